//! The model: a record of who said what and when, which only grows at its end.
//!
//! Ids are indices and never dangle. A post is a fixed record of 32 bytes; its body is a byte range into
//! one source text, so that opening a record allocates nothing per post.

mod extras;
mod meta;
mod post;
mod speaker;

pub use extras::{Extra, Extras};
pub use meta::{ClockKind, Meta};
pub use post::{Kind, NewPost, Post, PostId};
pub use speaker::{Role, Speaker, SpeakerId};

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// A whole record. See [`Transcript::push`] for how it grows.
#[derive(Debug, Clone, Default)]
pub struct Transcript {
    /// What is known about the record as a whole.
    pub meta: Meta,
    /// Fields of the record that this version does not know, kept for the way out.
    pub extras: Extras,
    /// Derived sections of an imported record, as JSON text, kept for the way out.
    pub sections: Option<String>,
    speakers: Vec<Speaker>,
    by_label: HashMap<String, SpeakerId>,
    posts: Vec<Post>,
    source: String,
    lines: u32,
    last_lines: BTreeMap<PostId, u32>,
    post_extras: BTreeMap<PostId, Extras>,
    kinds: Vec<String>,
}

impl Transcript {
    /// How many posts there are.
    pub fn len(&self) -> usize {
        self.posts.len()
    }

    /// Whether there is no post.
    pub fn is_empty(&self) -> bool {
        self.posts.is_empty()
    }

    /// Every post id, in file order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = PostId> + use<> {
        (0..self.posts.len()).map(PostId::new)
    }

    /// The id of the last post.
    pub fn last_id(&self) -> Option<PostId> {
        self.posts.len().checked_sub(1).map(PostId::new)
    }

    /// The record of a post.
    pub fn post(&self, id: PostId) -> Post {
        self.posts[id.index()]
    }

    /// The body as it stands in the source, paragraph breaks included.
    pub fn body(&self, id: PostId) -> Cow<'_, str> {
        Cow::Borrowed(self.source.get(self.post(id).body()).unwrap_or_default())
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
        let first = self.post(id).line()?;
        let derived = match self.posts.get(id.index() + 1) {
            Some(next) => next.line().map_or(first, |line| line.saturating_sub(1)),
            None => self.lines,
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

    /// The kind of that name; an unknown name is kept. After 200 unknown names the rest become speech.
    pub fn kind(&mut self, name: &str) -> Kind {
        if let Some(kind) = Kind::known(name) {
            return kind;
        }
        if let Some(index) = self.kinds.iter().position(|kept| kept == name) {
            return Kind::Other(index as u8);
        }
        if self.kinds.len() >= 200 {
            return Kind::Speech;
        }
        self.kinds.push(name.to_owned());
        Kind::Other((self.kinds.len() - 1) as u8)
    }

    /// The unknown fields of a post.
    pub fn post_extras(&self, id: PostId) -> Option<&Extras> {
        self.post_extras.get(&id)
    }

    /// The moment of a post on the wall clock.
    pub fn moment(&self, id: PostId) -> Option<chrono::NaiveDateTime> {
        self.meta.moment(self.post(id).start()?)
    }

    /// Whether a post is the first of a day.
    pub fn begins_day(&self, id: PostId) -> bool {
        let Some(moment) = self.moment(id) else { return false };
        let before = id.index().checked_sub(1).and_then(|index| self.moment(PostId::new(index)));
        before.is_none_or(|before| before.date() != moment.date())
    }

    /// Time between the earliest and the latest stamp, in milliseconds; 0 without a clock.
    pub fn span_ms(&self) -> i64 {
        let stamps = || self.posts.iter().filter_map(|post| post.start());
        match (stamps().min(), stamps().max()) {
            (Some(first), Some(last)) => last - first,
            _ => 0,
        }
    }

    /// Adds text to the source and says where it stands.
    pub fn append_source(&mut self, text: &str) -> Range<usize> {
        let start = self.source.len();
        self.source.push_str(text);
        start..self.source.len()
    }

    /// Adds text to the source; the first piece is taken as it is, without a copy.
    pub fn take_source(&mut self, text: String) {
        if self.source.is_empty() {
            self.source = text;
        } else {
            self.source.push_str(&text);
        }
    }

    /// The text the bodies point into.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Says how many lines of the source were read.
    pub fn set_lines(&mut self, lines: u32) {
        self.lines = lines;
    }

    /// The speaker with that byline, made on first use.
    pub fn intern(&mut self, label: &str) -> SpeakerId {
        if let Some(&id) = self.by_label.get(label) {
            return id;
        }
        let id = SpeakerId::new(self.speakers.len());
        self.speakers.push(Speaker::new(label));
        self.by_label.insert(label.to_owned(), id);
        id
    }

    /// A speaker, to record what an imported file declares of it.
    pub fn speaker_mut(&mut self, id: SpeakerId) -> &mut Speaker {
        &mut self.speakers[id.index()]
    }

    /// Adds a post at the end.
    pub fn push(&mut self, post: &NewPost) -> PostId {
        let id = PostId::new(self.posts.len());
        self.posts.push(Post::from(post));
        id
    }

    /// Lets the body of the last post reach to `end` in the source; a body that was empty begins at `start`.
    pub fn extend_body(&mut self, start: usize, end: usize) {
        if let Some(post) = self.posts.last_mut() {
            post.extend(start, end);
        }
    }

    /// Keeps the unknown fields of a post.
    pub fn keep_extras(&mut self, id: PostId, extras: Extras) {
        if !extras.is_empty() {
            self.post_extras.insert(id, extras);
        }
    }

    /// Keeps the last source line of a post where it does not follow from the next post.
    pub fn keep_last_line(&mut self, id: PostId, line: u32) {
        self.last_lines.insert(id, line);
    }
}
