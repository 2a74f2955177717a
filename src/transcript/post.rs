//! One dated block by one speaker, as a record of 32 bytes.

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
    const KNOWN: [Self; 8] = [
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
}

/// What a parser knows of a post when it begins.
#[derive(Debug, Clone)]
pub struct NewPost {
    /// Milliseconds from the origin.
    pub start: Option<i64>,
    /// Milliseconds from the origin; kept as a length of at most 49 days.
    pub end: Option<i64>,
    /// Who.
    pub speaker: SpeakerId,
    /// What sort.
    pub kind: Kind,
    /// Where the body stands in the source; the range is cut to 4 GiB.
    pub body: Range<usize>,
    /// First source line, from 1.
    pub line: Option<u32>,
}

const NO_START: i64 = i64::MIN;
const NO_LENGTH: u32 = u32::MAX;

/// A post as it is kept. `body` is split into five bytes of offset and four of length, which
/// lets the record stay at 32 bytes for sources of up to a terabyte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Post {
    start: i64,
    length: u32,
    speaker: SpeakerId,
    line: u32,
    body_len: u32,
    body_low: u32,
    body_high: u8,
    kind: Kind,
}

impl Post {
    /// Milliseconds from the origin, if the source gives a time.
    pub fn start(self) -> Option<i64> {
        (self.start != NO_START).then_some(self.start)
    }

    /// Milliseconds from the origin, if the source gives an end.
    pub fn end(self) -> Option<i64> {
        (self.length != NO_LENGTH).then(|| self.start.saturating_add(i64::from(self.length)))
    }

    /// Who.
    pub fn speaker(self) -> SpeakerId {
        self.speaker
    }

    /// What sort.
    pub fn kind(self) -> Kind {
        self.kind
    }

    /// First source line, from 1.
    pub fn line(self) -> Option<u32> {
        (self.line > 0).then_some(self.line)
    }

    /// Byte range of the body in the source.
    pub fn body(self) -> Range<usize> {
        let start = (usize::from(self.body_high) << 32) | self.body_low as usize;
        start..start + self.body_len as usize
    }

    pub(super) fn extend(&mut self, start: usize, end: usize) {
        let body = self.body();
        let start = if body.is_empty() { start } else { body.start };
        self.set_body(start..end);
    }

    fn set_body(&mut self, body: Range<usize>) {
        self.body_low = body.start as u32;
        self.body_high = (body.start >> 32) as u8;
        self.body_len = u32::try_from(body.end.saturating_sub(body.start)).unwrap_or(u32::MAX);
    }
}

impl From<&NewPost> for Post {
    fn from(new: &NewPost) -> Self {
        let length = match (new.start, new.end) {
            (Some(start), Some(end)) => u32::try_from(end.saturating_sub(start)).unwrap_or(NO_LENGTH),
            _ => NO_LENGTH,
        };
        let mut post = Self {
            start: new.start.unwrap_or(NO_START),
            length,
            speaker: new.speaker,
            line: new.line.unwrap_or(0),
            body_len: 0,
            body_low: 0,
            body_high: 0,
            kind: new.kind,
        };
        post.set_body(new.body.clone());
        post
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_takes_at_most_32_bytes() {
        assert!(size_of::<Post>() <= 32, "{}", size_of::<Post>());
    }

    #[test]
    fn a_body_beyond_four_gigabytes_keeps_its_place() {
        let place = (7usize << 32) + 11;
        let new = NewPost {
            start: Some(-5),
            end: Some(20),
            speaker: SpeakerId::new(3),
            kind: Kind::Other(2),
            body: place..place + 9,
            line: None,
        };
        let post = Post::from(&new);
        assert_eq!(post.body(), place..place + 9);
        assert_eq!((post.start(), post.end(), post.line()), (Some(-5), Some(20), None));
    }

    #[test]
    fn an_empty_body_begins_where_its_first_line_does() {
        let new = NewPost {
            start: None,
            end: None,
            speaker: SpeakerId::new(0),
            kind: Kind::Speech,
            body: 4..4,
            line: Some(1),
        };
        let mut post = Post::from(&new);
        post.extend(10, 12);
        post.extend(15, 20);
        assert_eq!(post.body(), 10..20);
        assert_eq!((post.start(), post.end()), (None, None));
    }
}
