//! One dated block by one speaker.

use super::speaker::SpeakerId;
use std::ops::Range;

/// Names a post: its index in file order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct PostId(u32);

impl PostId {
    /// The id of the post at `index`.
    pub const fn new(index: usize) -> Self {
        Self(index as u32)
    }

    /// Position in file order, from 0.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// What a reader calls it: counted from 1.
    pub const fn number(self) -> usize {
        self.0 as usize + 1
    }
}

/// What sort of post it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// Somebody speaks.
    #[default]
    Speech,
    /// A host asks.
    Question,
    /// A guest answers.
    Answer,
    /// A line under a picture.
    Caption,
    /// An announcement.
    Notice,
    /// `/me` and its like.
    Action,
    /// Joins, renames: written by the service.
    System,
    /// An editor's remark.
    Note,
    /// A kind this version does not know; index into the transcript's names.
    Other(u8),
}

impl Kind {
    /// Those that have names of their own.
    pub const KNOWN: [Self; 8] = [
        Self::Speech,
        Self::Question,
        Self::Answer,
        Self::Caption,
        Self::Notice,
        Self::Action,
        Self::System,
        Self::Note,
    ];

    /// The word in JSON; for an unknown kind ask the transcript.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Speech | Self::Other(_) => "speech",
            Self::Question => "question",
            Self::Answer => "answer",
            Self::Caption => "caption",
            Self::Notice => "notice",
            Self::Action => "action",
            Self::System => "system",
            Self::Note => "note",
        }
    }

    /// The kind of that name, if this version knows it.
    pub fn known(name: &str) -> Option<Self> {
        Self::KNOWN.into_iter().find(|kind| kind.name() == name)
    }

    /// A number for it.
    pub(super) fn code(self) -> u16 {
        match self {
            Self::Other(index) => u16::from(index) + Self::KNOWN.len() as u16,
            known => Self::KNOWN.iter().position(|&kind| kind == known).unwrap_or_default() as u16,
        }
    }

    /// The kind of that number.
    pub(super) fn of_code(code: u16) -> Self {
        let other = || Self::Other((usize::from(code) - Self::KNOWN.len()) as u8);
        Self::KNOWN.get(usize::from(code)).copied().unwrap_or_else(other)
    }
}

/// A post as it is handed in and out; kept it is in packed columns, in some nine bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Post {
    /// Milliseconds from the origin, if the source gives a time.
    pub start: Option<i64>,
    /// Milliseconds from the origin, if the source gives an end; no earlier than the start.
    pub end: Option<i64>,
    /// Who.
    pub speaker: SpeakerId,
    /// What sort.
    pub kind: Kind,
    /// Where the body stands in the source, in bytes.
    pub body: Range<usize>,
    /// First source line, from 1.
    pub line: Option<u32>,
}
