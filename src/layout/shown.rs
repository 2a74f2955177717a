//! Which posts are shown: those that are heard, that filters let through, or that were opened.

use super::hearing::{Hearing, Voice};
use super::opened::Opened;
use super::sieve::Sieve;
use crate::structure::Structure;
use crate::transcript::{PostId, Transcript};
use std::ops::Range;

/// Which posts of a record are shown.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// The record.
    pub transcript: &'a Transcript,
    /// What was derived from it.
    pub structure: &'a Structure,
    /// Who is heard.
    pub hearing: &'a Hearing,
    /// What filters let through, if there are any that hold.
    pub sieve: Option<&'a Sieve>,
    /// What was opened nevertheless.
    pub opened: &'a Opened,
}

impl Shown<'_> {
    /// Whether posts may be left out.
    pub fn hides(&self) -> bool {
        self.sieve.is_some() || self.hearing.hides()
    }

    /// How a post is heard.
    pub fn voice(&self, post: PostId) -> Voice {
        self.hearing.voice_of(self.transcript, self.structure, post)
    }

    /// Whether a filter leaves a post out.
    pub fn is_filtered(&self, post: PostId) -> bool {
        self.sieve.is_some_and(|sieve| post.index() < sieve.known() && !sieve.shown().contains(post))
    }

    /// Whether a post is shown without having been opened.
    fn is_let_through(&self, post: PostId) -> bool {
        !self.is_filtered(post) && self.voice(post) != Voice::Hidden
    }

    /// Whether a post is shown.
    pub fn has(&self, post: PostId) -> bool {
        self.is_let_through(post) || self.opened.run_of(post).is_some()
    }

    /// Whether a post is what one looks for: heard, and no mere neighbour of such a post.
    pub fn is_loud(&self, post: PostId) -> bool {
        self.is_let_through(post)
            && self.voice(post) == Voice::Heard
            && self.sieve.is_none_or(|sieve| sieve.is_match(post))
    }

    /// The first post behind one, and before `end`, that is shown.
    pub fn after(&self, post: PostId, end: usize) -> Option<PostId> {
        let next = PostId::new(post.number());
        let opened = if self.hides() { self.opened.first_from(next) } else { None };
        let (through, from) = match self.sieve {
            Some(sieve) => (sieve.shown().first_from(next), post.max(last_of(sieve.known()))),
            None => (None, post),
        };
        let through = through.or_else(|| self.hearing.after((self.transcript, self.structure), from, end));
        [opened, through].into_iter().flatten().min().filter(|found| found.index() < end)
    }

    /// The last post before one that is shown.
    pub fn before(&self, post: PostId) -> Option<PostId> {
        let heard = || self.hearing.before((self.transcript, self.structure), post);
        let through = match self.sieve {
            Some(sieve) => {
                let unknown = heard().filter(|found| found.index() >= sieve.known());
                unknown.or_else(|| sieve.shown().last_before(post.min(PostId::new(sieve.known()))))
            }
            None => heard(),
        };
        let opened = if self.hides() { self.opened.last_before(post) } else { None };
        opened.max(through)
    }

    /// The posts that are left out right behind a post, up to `end`.
    pub fn left_out_after(&self, post: PostId, end: usize) -> Range<usize> {
        post.number()..self.after(post, end).map_or(end, PostId::index)
    }

    /// The posts that are left out right before a post.
    pub fn left_out_before(&self, post: PostId) -> Range<usize> {
        self.before(post).map_or(0, PostId::number)..post.index()
    }

    /// How many of the first `posts` posts are shown, without those that were opened; none where that is not counted: without
    /// filters.
    pub fn count(&self, posts: usize) -> Option<usize> {
        let sieve = self.sieve?;
        Some(sieve.shown().rank(posts) + posts.saturating_sub(sieve.known()))
    }
}

/// The last of so many posts.
fn last_of(posts: usize) -> PostId {
    PostId::new(posts.saturating_sub(1))
}
