//! What is asked of places: turns, sessions, gaps, exchanges, and the characters between them.

use super::derived::Structure;
use super::exchanges::Exchange;
use super::gaps::Gap;
use super::known::Record;
use super::sessions::Session;
use crate::transcript::{PostId, Transcript};
use std::ops::Range;

impl Structure {
    /// Characters of a post: counted, or estimated from its bytes in a record that is too large for memory.
    pub fn chars(&self, id: PostId) -> usize {
        self.chars.get(id) as usize
    }

    /// As how many characters a post is read: its characters, or if it is in letters 9/8 of its words.
    pub fn reading(&self, id: PostId) -> usize {
        self.chars.reading(id) as usize
    }

    /// As how many characters each post is read from one on.
    pub fn reading_from(&self, from: PostId) -> impl Iterator<Item = usize> {
        self.chars.reading_from(from).map(|chars| chars as usize)
    }

    /// As how many characters a run of posts is read, by index. Costs the same however long it is.
    pub fn reading_between(&self, posts: &Range<usize>) -> usize {
        self.chars.reading_between(posts) as usize
    }

    /// Characters of a run of posts, by index. Costs the same however long it is.
    pub fn chars_between(&self, posts: &Range<usize>) -> usize {
        self.chars.between(posts) as usize
    }

    /// Characters of all posts.
    pub fn total_chars(&self) -> usize {
        self.chars.total() as usize
    }

    /// How many runs of posts by one byline there are.
    pub fn turn_count(&self) -> usize {
        self.turns.len()
    }

    /// The next post behind one that may have another voice: another byline, or a caption, or the first behind one.
    pub fn next_run(&self, from: PostId) -> Option<PostId> {
        let next = PostId::new(from.number());
        let changes = self.caption_of(from).is_some() && next.index() < self.chars.len();
        let caption = self.acts.cast.caption_from(next);
        self.turns.next(from).into_iter().chain(caption).chain(changes.then_some(next)).min()
    }

    /// The last post before one that may have another voice.
    pub fn previous_run(&self, from: PostId) -> Option<PostId> {
        let last = PostId::new(from.index().checked_sub(1)?);
        if self.caption_of(from).is_some() {
            return Some(last);
        }
        let begin = self.turns.get(self.turns.upto(from).checked_sub(1)?)?;
        let run = begin.index().checked_sub(1).map(PostId::new);
        run.into_iter().chain(self.acts.cast.caption_before(from)).max()
    }

    /// The post whose author speaks when a post stands there: itself, but for a caption the last one before that is none.
    fn voice(&self, id: PostId) -> PostId {
        let mut voice = id;
        while let Some(before) = voice.index().checked_sub(1).filter(|_| self.caption_of(voice).is_some()) {
            voice = PostId::new(before);
        }
        voice
    }

    /// Whether a post begins a turn: somebody else speaks than before. A caption stands within the turn it interrupts.
    pub fn begins_turn(&self, transcript: &Transcript, id: PostId) -> bool {
        let Some(before) = id.index().checked_sub(1).map(PostId::new) else { return true };
        self.caption_of(id).is_none()
            && self.author(transcript, self.voice(before)) != self.author(transcript, id)
    }

    /// First post of the turn that a post belongs to.
    pub fn turn_of(&self, transcript: &Transcript, id: PostId) -> PostId {
        if self.begins_turn(transcript, id) {
            return id;
        }
        self.previous_turn(transcript, id).unwrap_or_default()
    }

    /// First post of the next turn that begins behind a post.
    pub fn next_turn(&self, transcript: &Transcript, from: PostId) -> Option<PostId> {
        let mut from = from;
        loop {
            // A turn begins where the byline changes, or behind a caption.
            let behind = self.acts.cast.caption_from(from).map(|caption| PostId::new(caption.number()));
            let behind = behind.filter(|behind| behind.index() < self.chars.len());
            from = self.turns.next(from).into_iter().chain(behind).min()?;
            if self.begins_turn(transcript, from) {
                return Some(from);
            }
        }
    }

    /// First post of the last turn that begins before a post.
    pub fn previous_turn(&self, transcript: &Transcript, from: PostId) -> Option<PostId> {
        let mut from = from;
        loop {
            let last = PostId::new(from.index().checked_sub(1)?);
            let behind = self.acts.cast.caption_before(last).map(|caption| PostId::new(caption.number()));
            from = self.turns.previous(from).into_iter().chain(behind).max()?;
            if self.begins_turn(transcript, from) {
                return Some(from);
            }
        }
    }

    /// The sessions, one at least if there is a post.
    pub fn sessions(&self) -> &[Session] {
        self.acts.sessions.all()
    }

    /// The posts of the session at an index, by index.
    pub fn session_posts(&self, index: usize) -> Range<usize> {
        let first = |index: usize| self.sessions().get(index).map(|session| session.first.index());
        let end = first(index + 1).unwrap_or(self.chars.len());
        first(index).unwrap_or(end)..end
    }

    /// The session that begins with a post.
    pub fn session_at(&self, id: PostId) -> Option<Session> {
        self.acts.sessions.at(id)
    }

    /// The longest breaks between sessions, `count` at most, in file order, as (first post behind, milliseconds).
    pub fn longest_breaks(&self, count: usize) -> Vec<(PostId, i64)> {
        self.acts.sessions.longest(count)
    }

    /// How many gaps over [`GAP_MS`] there are.
    pub fn gap_count(&self) -> usize {
        self.gaps.len()
    }

    /// Gaps over [`GAP_MS`], in file order.
    pub fn gaps(&self) -> impl Iterator<Item = Gap> {
        self.gaps.iter()
    }

    /// The gap right before a post.
    pub fn gap_before(&self, id: PostId) -> Option<Gap> {
        self.gaps.before(id)
    }

    /// The post behind the next gap.
    pub fn next_gap(&self, from: PostId) -> Option<PostId> {
        self.gaps.places().next(from)
    }

    /// The post behind the last gap before a post.
    pub fn previous_gap(&self, from: PostId) -> Option<PostId> {
        self.gaps.places().previous(from)
    }

    /// The exchange at an index, put together from its posts; the one still running included.
    pub fn exchange(&self, transcript: &Transcript, index: usize) -> Option<Exchange> {
        let spoken =
            |guest, caption| self.previous_by(transcript, guest, caption).or_else(|| self.first_by(guest));
        let record = Record { transcript, members: &self.members, persons: &self.persons };
        self.acts.exchange(record, index, |guest| self.captions(guest), spoken)
    }

    /// All exchanges, put together one by one.
    pub fn exchanges(&self, transcript: &Transcript) -> impl Iterator<Item = Exchange> {
        (0..self.exchange_count()).filter_map(|index| self.exchange(transcript, index))
    }

    /// How many exchanges there are.
    pub fn exchange_count(&self) -> usize {
        self.acts.exchanges.count()
    }

    /// Number of the exchange that a post is the question of or an answer in, from 1.
    pub fn exchange_of(&self, id: PostId) -> Option<usize> {
        self.acts.exchanges.index_of(id).map(|index| index + 1)
    }

    /// The first post of the question of the exchange that a post belongs to.
    pub fn question_of(&self, id: PostId) -> Option<PostId> {
        self.acts.exchanges.question_of(id)
    }

    /// The next question behind a post.
    pub fn next_exchange(&self, from: PostId) -> Option<PostId> {
        self.acts.exchanges.next(from)
    }

    /// The last question before a post.
    pub fn previous_exchange(&self, from: PostId) -> Option<PostId> {
        self.acts.exchanges.previous(from)
    }
}
