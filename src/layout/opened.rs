//! Runs of posts that are left out, but were opened.

use crate::transcript::PostId;
use std::collections::BTreeMap;
use std::ops::Range;

/// The runs: first post, and the one behind the last. None touches another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opened(BTreeMap<usize, usize>);

impl Opened {
    /// Opens a run, as one with those that it touches.
    pub fn open(&mut self, run: Range<usize>) {
        if run.is_empty() {
            return;
        }
        let touching = |&(&start, &end): &(&usize, &usize)| end >= run.start && start <= run.end;
        let old: Vec<_> = self.0.iter().filter(touching).map(|(&start, &end)| start..end).collect();
        let new = old.iter().fold(run.clone(), |all, old| all.start.min(old.start)..all.end.max(old.end));
        for old in &old {
            self.0.remove(&old.start);
        }
        self.0.insert(new.start, new.end);
    }

    /// Closes the run of a post.
    pub fn close(&mut self, post: PostId) {
        if let Some(run) = self.run_of(post) {
            self.0.remove(&run.start);
        }
    }

    /// The run of a post.
    pub fn run_of(&self, post: PostId) -> Option<Range<usize>> {
        let (&start, &end) = self.0.range(..=post.index()).next_back()?;
        (post.index() < end).then_some(start..end)
    }

    /// How many posts were opened from a post on, if it is the first of a run.
    pub fn begun_at(&self, post: PostId) -> Option<usize> {
        self.0.get(&post.index()).map(|end| end - post.index())
    }

    /// The first opened post from a post on.
    pub fn first_from(&self, post: PostId) -> Option<PostId> {
        let next = || self.0.range(post.index()..).next().map(|(&start, _)| PostId::new(start));
        if self.run_of(post).is_some() { Some(post) } else { next() }
    }

    /// The last opened post before a post.
    pub fn last_before(&self, post: PostId) -> Option<PostId> {
        let (_, &end) = self.0.range(..post.index()).next_back()?;
        end.min(post.index()).checked_sub(1).map(PostId::new)
    }

    /// Whether nothing was opened.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_that_touch_are_one_and_close_as_one() {
        let mut opened = Opened::default();
        for run in [5..8, 20..30, 8..10, 12..12] {
            opened.open(run);
        }
        let post = PostId::new;
        assert_eq!(opened.run_of(post(9)), Some(5..10));
        assert_eq!((opened.run_of(post(4)), opened.run_of(post(10))), (None, None));
        assert_eq!((opened.begun_at(post(5)), opened.begun_at(post(6))), (Some(5), None));
        for (from, next, before) in [
            (0, Some(5), None),
            (5, Some(5), None),
            (6, Some(6), Some(5)),
            (10, Some(20), Some(9)),
            (30, None, Some(29)),
            (99, None, Some(29)),
        ] {
            let found = (opened.first_from(post(from)), opened.last_before(post(from)));
            assert_eq!(found, (next.map(post), before.map(post)), "{from}");
        }
        opened.open(9..21);
        assert_eq!(opened.run_of(post(15)), Some(5..30));
        opened.close(post(29));
        assert!(opened.is_empty());
    }
}
