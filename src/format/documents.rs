//! Documents that other programs show: Markdown, CSV, HTML.

mod html;
mod markdown;
mod record;
mod spreadsheet;
mod stamps;
mod thing;
mod turns;

pub use html::write_html;
pub use markdown::write_markdown;
pub use record::Record;
pub use spreadsheet::write_csv;
pub use thing::Thing;
