//! Minutes, debates, interviews: text for people, in which it is told who speaks.

mod akoma_ntoso;
mod dialogue;
mod hansard;
mod markdown;
mod meeting;
mod meeting_line;
mod spacelog;
mod tei;

pub use akoma_ntoso::AkomaNtoso;
pub use dialogue::Dialogue;
pub use hansard::Hansard;
pub use markdown::Markdown;
pub use meeting::Meeting;
pub use spacelog::Spacelog;
pub use tei::Tei;
