//! Marks of show time: one a page of posts, from which that of any post is a short walk.

use super::pacing::{Pacing, reading_ms};
use crate::structure::Structure;
use crate::transcript::{PAGE, Packed, PostId, Transcript};

/// What no stamp is kept as: earlier than all.
const NEVER: i64 = i64::MIN;

/// Posts that share a stamp, or have none or an earlier one: where they begin, in the record and in show time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    pub first: usize,
    pub show: i64,
    stamp: i64,
}

impl Default for Group {
    fn default() -> Self {
        Self { first: 0, show: 0, stamp: NEVER }
    }
}

impl Group {
    /// The group of the next post: this one, or one that it begins, if its start is later than the stamp of this one.
    /// This is the inner loop of everything here, and written so that nothing is guessed by a branch.
    #[inline]
    pub fn step(self, index: usize, start: Option<i64>, pacing: Pacing, resolution: i64) -> Self {
        let start = start.unwrap_or(NEVER);
        let is_later = start > self.stamp;
        let gap = if self.stamp == NEVER { 0 } else { start.saturating_sub(self.stamp).max(0) };
        let room = pacing.gap(gap, resolution);
        Self {
            first: if is_later { index } else { self.first },
            show: self.show + if is_later { room } else { 0 },
            stamp: self.stamp.max(start),
        }
    }
}

/// For the first post of every page the group it belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    firsts: Packed,
    shows: Packed,
    posts: usize,
    /// The group of the last post.
    last: Group,
}

impl Marks {
    /// How many posts were taken in.
    pub fn posts(&self) -> usize {
        self.posts
    }

    /// Takes in new posts under the pace of the clock.
    pub fn extend_by_clock(&mut self, transcript: &Transcript, pacing: Pacing, resolution: i64) {
        let starts = transcript.starts(PostId::new(self.posts));
        for (index, start) in (self.posts..).zip(starts) {
            self.last = self.last.step(index, start, pacing, resolution);
            self.push(index);
        }
    }

    /// Takes in new posts under the pace of reading: each is a group of its own, after what those before it take.
    pub fn extend_by_reading(&mut self, transcript: &Transcript, structure: &Structure, cpm: u32) {
        let mut before = structure.reading_from(PostId::new(self.posts.saturating_sub(1)));
        for index in self.posts..transcript.len() {
            let wait = if index == 0 { 0 } else { before.next().map_or(0, |chars| reading_ms(chars, cpm)) };
            self.last = Group { first: index, show: self.last.show + wait, stamp: NEVER };
            self.push(index);
        }
    }

    fn push(&mut self, index: usize) {
        if index.is_multiple_of(PAGE) {
            self.firsts.push(self.last.first as u64);
            self.shows.push(self.last.show as u64);
        }
        self.posts = index + 1;
    }

    /// The group of the first post of a page.
    pub fn group(&self, page: usize, transcript: &Transcript) -> Group {
        let first = self.firsts.get(page) as usize;
        Group {
            first,
            show: self.shows.get(page) as i64,
            stamp: transcript.start(PostId::new(first)).unwrap_or(NEVER),
        }
    }

    /// When the group of the first post of a page is shown.
    pub fn show(&self, page: usize) -> i64 {
        self.shows.get(page) as i64
    }

    /// How many pages begin in a group whose show time fulfils what holds up to some time and not behind it.
    pub fn pages(&self, holds: impl Fn(i64) -> bool) -> usize {
        self.shows.partition_point(|show| holds(show as i64))
    }

    /// How many pages begin in a group or before it.
    pub fn pages_upto(&self, group: Group) -> usize {
        self.firsts.partition_point(|first| first <= group.first as u64)
    }

    /// Bytes that are held.
    pub fn size(&self) -> usize {
        self.firsts.size() + self.shows.size()
    }
}
