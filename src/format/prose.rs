//! Minutes, debates, interviews: text for people, in which it is told who speaks.

mod akoma_ntoso;
mod blocks;
mod cut;
mod dialogue;
mod hansard;
mod inline;
mod labels;
mod lead;
mod mark;
mod markdown;
mod meeting;
mod meeting_line;
mod script;
mod spacelog;
mod tei;
mod tree;
mod turns;

pub use akoma_ntoso::AkomaNtoso;
pub use dialogue::Dialogue;
pub use hansard::Hansard;
pub use markdown::Markdown;
pub use meeting::Meeting;
pub use spacelog::Spacelog;
pub use tei::Tei;
