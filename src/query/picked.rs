//! All posts that a query asks for, without their hits and however many they are: for a filter.
//!
//! The source is looked through from its beginning; up to where it was looked through it is known of every post whether it
//! is asked for.

use super::ask::Query;
use super::look::{hits_in, part_of, posts_of};
use super::scan::{Found, SLICE, Scan};
use super::terms::{Bound, NoValue, Recorded};
use crate::marks::Marks;
use crate::transcript::{PostId, PostSet, Transcript};
use std::ops::Range;

/// A query and the posts that it asks for.
#[derive(Debug, Clone)]
pub struct Picked {
    /// What is asked for.
    pub query: Query,
    id: u64,
    bound: Bound,
    posts: PostSet,
    /// Of so many posts it is known whether they are asked for.
    known: usize,
    /// So many bytes of the source were looked through.
    scanned: usize,
    out: bool,
    /// The post that was the last one when the record had last grown, and where its body begins: it may have grown since.
    last: (usize, usize),
}

impl Picked {
    /// What a query asks for in a record. `id` tells it from every other one, and from every search.
    pub fn new(id: u64, query: Query, record: Recorded, marks: &Marks) -> Self {
        let bound = query.bound(record, marks);
        let mut picked = Self {
            query,
            id,
            bound,
            posts: PostSet::default(),
            known: 0,
            scanned: 0,
            out: false,
            last: (0, 0),
        };
        picked.extend(record);
        picked
    }

    /// What tells it from others; not 0.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// What is known to be asked for.
    pub fn posts(&self) -> &PostSet {
        &self.posts
    }

    /// Of so many posts it is known whether they are asked for.
    pub fn known(&self) -> usize {
        self.known
    }

    /// The query asks for something that there is nowhere in the record.
    pub fn nowhere(&self) -> Option<NoValue> {
        self.bound.nowhere()
    }

    /// The record has grown: there is more to look through, and its last known post again.
    pub fn extend(&mut self, record: Recorded) {
        self.bound.extend(record);
        let (last, start) = self.last;
        self.known = self.known.min(last);
        self.scanned = self.scanned.min(start);
        self.posts.truncate(self.known);
        let transcript = record.0;
        self.last = transcript.last_id().map_or((0, 0), |id| (id.index(), transcript.body_range(id).start));
        if self.query.pattern().is_none() {
            let asked = (self.known..transcript.len()).map(PostId::new);
            asked.filter(|&post| self.bound.matches(post, record)).for_each(|post| self.posts.insert(post));
            self.known = transcript.len();
        }
    }

    /// The next slice to look through, unless one is out.
    pub fn next_scan(&mut self, transcript: &Transcript) -> Option<Scan> {
        let end = transcript.source().len().min(self.scanned + SLICE);
        let raw = self.query.pattern().filter(|_| !self.out && self.scanned < end)?.raw().cloned();
        self.out = true;
        Some(Scan::new(self.id, transcript.source().clone(), raw, self.scanned..end))
    }

    /// The same where nobody waits any more for what is out.
    #[must_use]
    pub fn restarted(self, id: u64) -> Self {
        Self { id, out: false, ..self }
    }

    /// Looks through what has not been looked through, here and now.
    pub fn run(&mut self, record: Recorded) {
        while let Some(scan) = self.next_scan(record.0) {
            scan.run(|found| self.take(&found, record));
        }
    }

    /// Takes in what a scan has found so far; says whether that was for it.
    pub fn take(&mut self, found: &Found, record: Recorded) -> bool {
        if found.search != self.id {
            return false;
        }
        self.out &= !found.last;
        // The record may have grown meanwhile, so that what lies before is to be looked through once more.
        if found.range.start > self.scanned || found.range.end <= self.scanned {
            return true;
        }
        let transcript = record.0;
        posts_of(found, transcript).for_each(|post| self.look_at(post, &found.range, record));
        self.scanned = found.range.end;
        self.known = match transcript.post_at(self.scanned) {
            _ if self.scanned >= transcript.source().len() => transcript.len(),
            Some(post) if transcript.body_range(post).end <= self.scanned => post.number(),
            Some(post) => post.index(),
            None => 0,
        };
        true
    }

    /// Looks for the pattern in the words of a post, of a very long one in the part that a scan has come through.
    fn look_at(&mut self, post: PostId, scanned: &Range<usize>, record: Recorded) {
        let Some(pattern) = self.query.pattern() else { return };
        if self.posts.contains(post) || !self.bound.matches(post, record) {
            return;
        }
        let part = part_of(&record.0.body_range(post), scanned);
        let mut is_there = false;
        hits_in(pattern, record.0, (post, part), |_| {
            is_there = true;
            false
        });
        if is_there {
            self.posts.insert(post);
        }
    }
}
