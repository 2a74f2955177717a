//! The outline: a line for each exchange and each chapter that was revealed.

use crate::transcript::{PostId, SpeakerId};
use std::collections::BTreeSet;

/// Which line is chosen, and what has been read.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// Index of the line that is chosen.
    pub chosen: usize,
    /// First posts of the questions of exchanges that one has been in.
    pub(super) read: BTreeSet<PostId>,
}

/// A line of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutlineLine {
    /// A chapter: the post it begins with, and what it is called.
    Chapter(PostId, String),
    /// An exchange.
    Exchange(OutlineEntry),
}

/// An exchange in the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineEntry {
    /// Number of the exchange, from 1.
    pub number: usize,
    /// The first post of the question.
    pub question: PostId,
    /// Who answers.
    pub guests: Vec<SpeakerId>,
    /// The first words of the question.
    pub words: String,
    /// How long question and answers take to read.
    pub reading_ms: i64,
    /// Whether one has been there.
    pub read: bool,
}
