//! Documents that other programs show: Markdown, CSV, HTML; and quotations.

mod contents;
mod html;
mod kept;
mod markdown;
mod markup;
mod quotation;
mod record;
mod spreadsheet;
mod stamps;
mod thing;
mod turns;

pub use html::write_html;
pub use markdown::write_markdown;
pub use quotation::{Quotation, quotation};
pub use record::Record;
pub use spreadsheet::write_csv;
pub use thing::Thing;
