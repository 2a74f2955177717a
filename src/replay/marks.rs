//! Marks of show time: one a page of posts, from which that of any post is a short walk.

use super::pacing::{Pacing, reading_ms};
use crate::structure::Structure;
use crate::transcript::{PAGE, Packed, PostId, Transcript};

/// Posts that share a stamp, or have none or an earlier one: where they begin, in the record and in show time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Group {
    pub first: usize,
    pub show: i64,
    pub stamp: Option<i64>,
}

impl Group {
    /// The group that a post behind this one begins, if its start is later than the stamp of this one.
    pub fn next(self, index: usize, start: Option<i64>, pacing: Pacing, resolution: i64) -> Option<Self> {
        let start = start?;
        let room = match self.stamp {
            Some(stamp) if start <= stamp => return None,
            Some(stamp) => pacing.gap(start.saturating_sub(stamp), resolution),
            None => 0,
        };
        Some(Self { first: index, show: self.show + room, stamp: Some(start) })
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
            if index == 0 {
                self.last.stamp = start;
            } else if let Some(next) = self.last.next(index, start, pacing, resolution) {
                self.last = next;
            }
            self.push(index);
        }
    }

    /// Takes in new posts under the pace of reading: each is a group of its own, after what those before it take.
    pub fn extend_by_reading(&mut self, transcript: &Transcript, structure: &Structure, cpm: u32) {
        let mut before = structure.chars_from(PostId::new(self.posts.saturating_sub(1)));
        for index in self.posts..transcript.len() {
            let wait = if index == 0 { 0 } else { before.next().map_or(0, |chars| reading_ms(chars, cpm)) };
            self.last = Group { first: index, show: self.last.show + wait, stamp: None };
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
        Group { first, show: self.shows.get(page) as i64, stamp: transcript.start(PostId::new(first)) }
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
