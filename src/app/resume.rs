//! Where one stopped to read, and what there is to say of it when one comes back.

use crate::store::Reading;
use crate::transcript::SpeakerId;

/// Where one comes back to.
#[derive(Debug, Clone)]
pub struct Resume {
    /// What was kept.
    pub reading: Reading,
    /// When that was, in words.
    pub when: String,
    /// How far that has got.
    pub stage: Stage,
    /// What is unread, once the record is known to its end.
    pub unread: Option<Unread>,
}

/// How far a resume has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The place is not known yet.
    Waiting,
    /// One is there, and its card is open.
    Card,
    /// The card was closed.
    Done,
}

/// What is unread of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Posts that have come since.
    pub new: usize,
    /// Posts behind the one that was read.
    pub posts: usize,
    /// Of whom most are, with how many.
    pub by: Vec<(SpeakerId, usize)>,
    /// How many others there are who have one.
    pub others: usize,
    /// Reading time of them, in milliseconds, at so many characters a minute, and whether that was measured.
    pub left: (i64, u32, bool),
}
