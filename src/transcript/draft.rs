//! The growing end of a record: what a parser has found and not handed over yet.

use super::extras::Extras;
use super::meta::{ClockKind, Meta};
use super::post::{Kind, Post, PostId};
use super::remark::Remarks;
use super::source::Extent;
use super::speaker::{Speaker, SpeakerId};
use chrono::NaiveDateTime;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::collections::BTreeMap;
use std::hash::BuildHasher;
use std::ops::Range;

/// What a record has gained, in file order. [`Transcript::grow`](super::Transcript::grow) takes it in.
#[derive(Debug, Default)]
pub struct Batch {
    /// Whether the source was begun anew: what was handed over before is void.
    pub anew: bool,
    /// The first post whose start is the moment when it came, as the source tells none.
    pub arrived: Option<PostId>,
    /// What is known about the record as a whole.
    pub meta: Meta,
    /// Fields of the record that this version does not know.
    pub extras: Extras,
    /// Derived sections of an imported record, as JSON text.
    pub sections: Option<String>,
    /// More of the source.
    pub source: Vec<Extent>,
    /// New speakers, and those of whom more was declared.
    pub speakers: Vec<(SpeakerId, Speaker)>,
    /// The body of the last post that was handed over, if it has grown.
    pub last_body: Option<Range<usize>>,
    /// New posts.
    pub posts: Vec<Post>,
    /// How many lines of the source were read.
    pub lines: u32,
    /// Last source lines that do not follow from the next post.
    pub last_lines: BTreeMap<PostId, u32>,
    /// Unknown fields of posts.
    pub post_extras: BTreeMap<PostId, Extras>,
    /// All names of kinds that this version does not know.
    pub kinds: Vec<String>,
}

/// Where a parser writes to. It knows the whole cast, but of the posts only those since the last hand-over, and the
/// one before them.
#[derive(Debug, Default)]
pub struct Draft {
    /// What is known about the record as a whole.
    pub meta: Meta,
    /// Fields of the record that this version does not know, kept for the way out.
    pub extras: Extras,
    /// Derived sections of an imported record, as JSON text, kept for the way out.
    pub sections: Option<String>,
    /// How many lines of the source were read.
    pub lines: u32,
    /// What was read with indulgence.
    pub remarks: Remarks,
    anew: bool,
    arrivals: Option<Arrivals>,
    cast: Cast,
    source: Vec<Extent>,
    own: String,
    len: usize,
    posts: Vec<Post>,
    handed_over: usize,
    last: Option<Post>,
    last_has_grown: bool,
    last_lines: BTreeMap<PostId, u32>,
    post_extras: BTreeMap<PostId, Extras>,
    kinds: Vec<String>,
}

/// Moments when posts came that the source tells no time of.
#[derive(Debug, Clone, Copy)]
struct Arrivals {
    first: PostId,
    /// When that came, and how long after it the last one did, in milliseconds.
    origin: NaiveDateTime,
    last_ms: i64,
}

/// What the time of an arrival can express: that of a clock on the wall, in milliseconds.
const ARRIVAL_MS: i64 = 1000;

/// Every speaker, found by hash of the label, and which of them are news.
#[derive(Debug, Default)]
struct Cast {
    speakers: Vec<Speaker>,
    by_label: HashTable<u32>,
    hasher: DefaultHashBuilder,
    news: Vec<u32>,
}

impl Cast {
    fn find(&self, label: &[u8]) -> Option<SpeakerId> {
        let is = |&index: &u32| self.speakers[index as usize].label.as_bytes() == label;
        self.by_label.find(self.hasher.hash_one(label), is).map(|&index| SpeakerId::new(index as usize))
    }

    fn add(&mut self, label: &str) -> SpeakerId {
        let index = self.speakers.len() as u32;
        self.speakers.push(Speaker::new(label));
        self.news.push(index);
        let (speakers, hasher) = (&self.speakers, &self.hasher);
        let hash = |&index: &u32| hasher.hash_one(speakers[index as usize].label.as_bytes());
        self.by_label.insert_unique(hasher.hash_one(label.as_bytes()), index, hash);
        SpeakerId::new(index as usize)
    }
}

impl Draft {
    /// A draft of a source that is begun anew: what was handed over before is void.
    pub fn anew() -> Self {
        Self { anew: true, ..Self::default() }
    }

    /// How many posts there are, those that were handed over included.
    pub fn len(&self) -> usize {
        self.handed_over + self.posts.len()
    }

    /// Whether there is no post.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of the source.
    pub fn source_len(&self) -> usize {
        self.len
    }

    /// Adds an extent to the source; says where it begins.
    pub fn append(&mut self, extent: Extent) -> usize {
        self.flush();
        let start = self.len;
        self.len += extent.len();
        let joined = self.source.last().and_then(|last| last.joined(&extent));
        match (joined, self.source.last_mut()) {
            (Some(joined), Some(last)) => *last = joined,
            _ => self.source.push(extent),
        }
        start
    }

    /// Adds text to the source that is not in the file as it is; says where it stands.
    pub fn append_text(&mut self, text: &str) -> Range<usize> {
        let start = self.len;
        self.own.push_str(text);
        self.len += text.len();
        start..self.len
    }

    /// The speaker with that byline, made on first use.
    pub fn intern(&mut self, label: &str) -> SpeakerId {
        self.cast.find(label.as_bytes()).unwrap_or_else(|| self.cast.add(label))
    }

    /// The speaker whose byline is exactly these bytes.
    pub fn speaker(&self, label: &[u8]) -> Option<SpeakerId> {
        self.cast.find(label)
    }

    /// A speaker, to record what the file declares of it.
    pub fn speaker_mut(&mut self, id: SpeakerId) -> &mut Speaker {
        self.cast.news.push(id.index() as u32);
        &mut self.cast.speakers[id.index()]
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

    /// The time of a moment on the clock on the wall, in milliseconds from the first one that was told; `resolution_ms`
    /// is what its stamp can express.
    pub fn wall(&mut self, moment: NaiveDateTime, resolution_ms: i64) -> Option<i64> {
        if self.meta.clock == ClockKind::None {
            self.meta.origin = Some(moment);
        }
        self.tell_by(ClockKind::Wall, resolution_ms);
        self.meta.time_of(moment)
    }

    /// The time that lies so far behind the start of a recording, or before it, in milliseconds; `resolution_ms` is what
    /// its stamp can express.
    pub fn offset(&mut self, ms: i64, resolution_ms: i64) -> Option<i64> {
        self.tell_by(ClockKind::Offset, resolution_ms);
        (self.meta.clock == ClockKind::Offset).then_some(ms)
    }

    fn tell_by(&mut self, clock: ClockKind, resolution_ms: i64) {
        let meta = &mut self.meta;
        let finest = if meta.clock == ClockKind::None { resolution_ms } else { meta.resolution_ms };
        meta.resolution_ms = finest.min(resolution_ms);
        if meta.clock == ClockKind::None {
            meta.clock = clock;
        }
    }

    /// Adds a post at the end, with its own text, and whatever else is told of it.
    pub fn say(&mut self, label: &str, text: &str, mut post: Post) -> PostId {
        post.speaker = self.intern(label);
        post.body = self.append_text(text);
        self.append_text("\n");
        self.push(post)
    }

    /// Adds a post at the end.
    pub fn push(&mut self, post: Post) -> PostId {
        self.posts.push(post);
        PostId::new(self.len() - 1)
    }

    /// Lets the body of the last post reach to `end` in the source; a body that was empty begins at `start`.
    pub fn extend_body(&mut self, start: usize, end: usize) {
        let post = match self.posts.last_mut() {
            Some(post) => post,
            None => match &mut self.last {
                Some(post) => {
                    self.last_has_grown = true;
                    post
                }
                None => return,
            },
        };
        post.body = if post.body.is_empty() { start } else { post.body.start }..end;
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

    /// Says that what was found since the last hand-over has come at a moment. That stands in for the time of posts of
    /// which a record without a clock tells none.
    pub fn arrive(&mut self, moment: NaiveDateTime) {
        if self.meta.clock != ClockKind::None || self.posts.is_empty() {
            return;
        }
        let first = PostId::new(self.handed_over);
        let arrivals = self.arrivals.get_or_insert(Arrivals { first, origin: moment, last_ms: 0 });
        let ms = moment.signed_duration_since(arrivals.origin).num_milliseconds();
        // The clock on the wall may be set back.
        arrivals.last_ms = ms.max(arrivals.last_ms);
        for post in &mut self.posts {
            post.start = post.start.or(Some(arrivals.last_ms));
        }
    }

    /// What is known about the record as a whole; with a clock where posts are told by when they came.
    fn told_meta(&self) -> Meta {
        let meta = self.meta.clone();
        match self.arrivals.filter(|_| meta.clock == ClockKind::None) {
            Some(Arrivals { origin, .. }) => {
                Meta { clock: ClockKind::Wall, origin: Some(origin), resolution_ms: ARRIVAL_MS, ..meta }
            }
            None => meta,
        }
    }

    /// Hands over what was found since the last time.
    pub fn take(&mut self) -> Batch {
        self.flush();
        let last_body = self.last.as_ref().filter(|_| std::mem::take(&mut self.last_has_grown));
        let last_body = last_body.map(|post| post.body.clone());
        // The next batch is about as large.
        let room = Vec::with_capacity(self.posts.len());
        let posts = std::mem::replace(&mut self.posts, room);
        self.handed_over += posts.len();
        self.last = posts.last().cloned().or_else(|| self.last.take());
        let news = std::mem::take(&mut self.cast.news).into_iter();
        let speakers =
            news.map(|index| (SpeakerId::new(index as usize), self.cast.speakers[index as usize].clone()));
        Batch {
            anew: std::mem::take(&mut self.anew),
            arrived: self.arrivals.map(|arrivals| arrivals.first),
            meta: self.told_meta(),
            extras: self.extras.clone(),
            sections: self.sections.clone(),
            source: std::mem::take(&mut self.source),
            speakers: speakers.collect(),
            last_body,
            posts,
            lines: self.lines,
            last_lines: std::mem::take(&mut self.last_lines),
            post_extras: std::mem::take(&mut self.post_extras),
            kinds: self.kinds.clone(),
        }
    }

    fn flush(&mut self) {
        if !self.own.is_empty() {
            let own = std::mem::take(&mut self.own);
            self.source.push(Extent::Memory(own.into()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::Transcript;

    fn post(draft: &mut Draft, label: &str, text: &str) {
        let speaker = draft.intern(label);
        let body = draft.append_text(text);
        draft.push(Post { speaker, body, ..Post::default() });
    }

    #[test]
    fn a_record_handed_over_in_parts_is_the_same_as_at_once() {
        for parts in [[false; 4], [true; 4], [true, false, true, false], [false, true, false, true]] {
            let (mut draft, mut transcript) = (Draft::default(), Transcript::default());
            for (step, hand_over) in parts.into_iter().enumerate() {
                match step {
                    0 => post(&mut draft, "甲", "一"),
                    1 => {
                        let more = draft.append_text("二三");
                        draft.extend_body(more.start, more.end);
                    }
                    2 => post(&mut draft, "乙", "四"),
                    _ => post(&mut draft, "甲", "五六"),
                }
                if hand_over {
                    transcript.grow(draft.take());
                }
            }
            transcript.grow(draft.take());
            let told: Vec<_> = transcript
                .ids()
                .map(|id| format!("{} {}", transcript.post(id).speaker.number(), transcript.body(id)))
                .collect();
            assert_eq!(told, ["1 一二三", "2 四", "1 五六"], "{parts:?}");
            assert_eq!(transcript.speakers().len(), 2);
        }
    }

    #[test]
    fn a_speaker_is_found_by_the_exact_label() {
        let mut draft = Draft::default();
        let ids: Vec<_> = (0..1000).map(|index| draft.intern(&format!("{index}号"))).collect();
        for (index, &id) in ids.iter().enumerate() {
            assert_eq!(draft.speaker(format!("{index}号").as_bytes()), Some(id));
        }
        assert_eq!(draft.speaker("1".as_bytes()), None);
        assert_eq!(draft.intern("7号"), ids[7]);
    }
}
