//! The model: a record of who said what and when, which only grows at its end.
//!
//! Ids are indices and never dangle. Posts are kept as packed columns; a body is a byte range into one source, which
//! is in memory or read from the file on demand, so that opening a record allocates nothing per post.
//!
//! A parser writes to a [`Draft`], which hands over what it has found as a [`Batch`]; the transcript takes it in.

mod buffer;
mod draft;
mod extras;
mod meta;
mod packed;
mod post;
mod post_set;
mod posts;
mod remark;
mod source;
mod speaker;

pub use buffer::Buffer;
pub use draft::{Batch, Draft};
pub use extras::{Extra, Extras};
pub use meta::{ClockKind, Meta};
pub use packed::{PAGE, Packed, Values, ordered, signed};
pub use post::{Kind, Post, PostId};
pub use post_set::PostSet;
pub use remark::{Remark, Remarks};
pub use source::{Change, Extent, Looks, Source, read_at};
pub use speaker::{Declared, Role, Speaker, SpeakerId};

use crate::choice::Format;
use crate::text::paragraphs::parted;
use posts::Posts;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// A whole record. See [`Transcript::grow`] for how it grows.
#[derive(Debug, Clone, Default)]
pub struct Transcript {
    /// What is known about the record as a whole.
    pub meta: Meta,
    /// Fields of the record that this version does not know, kept for the way out.
    pub extras: Extras,
    /// Derived sections of an imported record, as JSON text, kept for the way out.
    pub sections: Option<String>,
    speakers: Vec<Speaker>,
    posts: Posts,
    source: Source,
    lines: u32,
    last_lines: BTreeMap<PostId, u32>,
    post_extras: BTreeMap<PostId, Extras>,
    kinds: Vec<String>,
    begun: u32,
    arrived: Option<PostId>,
    /// Its format is one of lines.
    is_of_lines: bool,
}

impl From<Batch> for Transcript {
    fn from(batch: Batch) -> Self {
        let mut transcript = Self::default();
        transcript.grow(batch);
        transcript
    }
}

impl Transcript {
    /// Takes in what a parser has found since the last time.
    pub fn grow(&mut self, batch: Batch) {
        if batch.anew {
            *self = Self { begun: self.begun + 1, ..Self::default() };
        }
        self.is_of_lines = Format::named(&batch.meta.format).is_some_and(Format::is_of_lines);
        self.meta = batch.meta;
        self.arrived = batch.arrived;
        self.extras = batch.extras;
        self.sections = batch.sections;
        for extent in batch.source {
            self.source.push(extent);
        }
        for (id, speaker) in batch.speakers {
            match self.speakers.get_mut(id.index()) {
                Some(known) => *known = speaker,
                None => self.speakers.push(speaker),
            }
        }
        if let Some(body) = batch.last_body {
            self.posts.set_last_body(&body);
        }
        for post in &batch.posts {
            self.posts.push(post);
        }
        self.lines = batch.lines;
        self.last_lines.extend(batch.last_lines);
        self.post_extras.extend(batch.post_extras);
        self.kinds = batch.kinds;
    }

    /// How often the record was begun anew: then no post is what it was before.
    pub fn begun(&self) -> u32 {
        self.begun
    }

    /// Whether a post stands at the moment when it came, because the source tells no time.
    pub fn is_arrival(&self, id: PostId) -> bool {
        self.arrived.is_some_and(|first| first <= id)
    }

    /// What the source itself says about the record as a whole.
    pub fn told_meta(&self) -> Cow<'_, Meta> {
        if self.arrived.is_none() {
            return Cow::Borrowed(&self.meta);
        }
        Cow::Owned(Meta { clock: ClockKind::None, origin: None, resolution_ms: 0, ..self.meta.clone() })
    }

    /// The paragraphs of a body, or of a part of it: a run of spaces parts them unless the record is one of lines, such as
    /// a chat, where it is text.
    pub fn paragraphs<'t>(&self, body: &'t str) -> impl Iterator<Item = Range<usize>> + use<'t> {
        parted(body, !self.is_of_lines)
    }

    /// Whether its posts are made of lines, not of paragraphs: a chat, subtitles.
    pub const fn is_of_lines(&self) -> bool {
        self.is_of_lines
    }

    /// How many posts there are.
    pub fn len(&self) -> usize {
        self.posts.len()
    }

    /// Whether there is no post.
    pub fn is_empty(&self) -> bool {
        self.posts.len() == 0
    }

    /// Every post id, in file order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = PostId> + use<> {
        (0..self.len()).map(PostId::new)
    }

    /// The id of the last post.
    pub fn last_id(&self) -> Option<PostId> {
        self.len().checked_sub(1).map(PostId::new)
    }

    /// A post.
    pub fn post(&self, id: PostId) -> Post {
        self.posts.get(id)
    }

    /// When a post starts, in milliseconds from the origin.
    pub fn start(&self, id: PostId) -> Option<i64> {
        self.posts.start(id)
    }

    /// The starts from a post on.
    pub fn starts(&self, from: PostId) -> impl Iterator<Item = Option<i64>> {
        self.posts.starts(from)
    }

    /// Whose a post is.
    pub fn speaker_of(&self, id: PostId) -> SpeakerId {
        self.posts.speaker(id)
    }

    /// The speakers from a post on.
    pub fn speakers_from(&self, from: PostId) -> impl Iterator<Item = SpeakerId> {
        self.posts.speakers(from)
    }

    /// Where the body of a post stands in the source, in bytes.
    pub fn body_range(&self, id: PostId) -> Range<usize> {
        self.posts.body(id)
    }

    /// The body as it stands in the source, paragraph breaks included.
    pub fn body(&self, id: PostId) -> Cow<'_, str> {
        self.source.text(self.posts.body(id))
    }

    /// A part of a body, by bytes of the body, and where it begins: a character that the range cuts is left out.
    pub fn part(&self, id: PostId, range: Range<usize>) -> (usize, Cow<'_, str>) {
        let body = self.posts.body(id);
        let (start, text) =
            self.source.whole_text(body.start + range.start..(body.start + range.end).min(body.end));
        (start - body.start, text)
    }

    /// The first post that starts at a time or after it.
    pub fn starting_from(&self, at_ms: i64) -> Option<PostId> {
        self.posts.starting_from(at_ms)
    }

    /// The last post whose body begins at a byte of the source or before it.
    pub fn post_at(&self, byte: usize) -> Option<PostId> {
        self.posts.before(byte + 1).checked_sub(1).map(PostId::new)
    }

    /// Every speaker, by first appearance.
    pub fn speakers(&self) -> &[Speaker] {
        &self.speakers
    }

    /// One speaker.
    pub fn speaker(&self, id: SpeakerId) -> &Speaker {
        &self.speakers[id.index()]
    }

    /// The first and last source line of a post, counted from 1; none where the source has no lines.
    pub fn lines(&self, id: PostId) -> Option<(u32, u32)> {
        let first = self.posts.line(id)?;
        let next = PostId::new(id.index() + 1);
        let derived = if next.index() < self.len() {
            self.posts.line(next).map_or(first, |line| line.saturating_sub(1))
        } else {
            self.lines
        };
        let last = self.last_lines.get(&id).copied().unwrap_or(derived);
        Some((first, last.max(first)))
    }

    /// The name of a post's kind.
    pub fn kind_name(&self, kind: Kind) -> &str {
        match kind {
            Kind::Other(index) => self.kinds.get(usize::from(index)).map_or("speech", String::as_str),
            known => known.name(),
        }
    }

    /// The unknown fields of a post.
    pub fn post_extras(&self, id: PostId) -> Option<&Extras> {
        self.post_extras.get(&id)
    }

    /// The moment of a post on the wall clock.
    pub fn moment(&self, id: PostId) -> Option<chrono::NaiveDateTime> {
        self.meta.moment(self.start(id)?)
    }

    /// Whether a post is the first of a day.
    pub fn begins_day(&self, id: PostId) -> bool {
        self.begins_day_after(id, id.index().checked_sub(1).map(PostId::new))
    }

    /// Whether a post is of another day than the one that is read before it.
    pub fn begins_day_after(&self, id: PostId, before: Option<PostId>) -> bool {
        let Some(moment) = self.moment(id) else { return false };
        let before = before.and_then(|before| self.moment(before));
        before.is_none_or(|before| before.date() != moment.date())
    }

    /// Time between the earliest and the latest stamp, in milliseconds; 0 without a clock.
    pub fn span_ms(&self) -> i64 {
        self.posts.span().map_or(0, |(first, last)| last - first)
    }

    /// The text the bodies point into.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Bytes that the posts take in memory, without their text.
    pub fn size(&self) -> usize {
        self.posts.size()
    }
}
