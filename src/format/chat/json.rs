//! What the chats in JSON share: loose values, times, names, and the words of a message.

mod answered;
mod loose;
mod moment;
mod people;
mod words;

pub use answered::Answered;
pub use loose::Loose;
pub use moment::{Moment, Zone, iso, unix_ms};
pub use people::People;
pub use words::{Words, base_name, length};
