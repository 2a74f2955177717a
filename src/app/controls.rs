//! What a reader has set for the replay beside its clock: breakpoints, a range, how posts appear, what was looked at.

use super::breaks::Breaks;
use super::meter::Meter;
use crate::transcript::PostId;
use std::time::Duration;

/// What is set for the replay.
#[derive(Debug, Clone, Default)]
pub struct Controls {
    /// Where it stops by itself.
    pub breaks: Breaks,
    /// What is played again and again.
    pub repeat: Repeat,
    /// Whether a post appears letter by letter, at reading speed.
    pub typed: bool,
    /// Measures how fast one reads.
    pub meter: Meter,
    /// How many posts were seen.
    pub(super) looked: usize,
    /// When the newest post appeared, if it is to be typed out.
    pub(super) appeared: Option<Duration>,
}

impl Controls {
    /// Nothing is set; the reading speed is measured, or not.
    pub fn new(measured: bool) -> Self {
        Self { meter: Meter::new(measured), ..Self::default() }
    }

    /// Another record takes the place of this one: what names its posts and people means nothing any more.
    pub(super) fn forget_record(&mut self) {
        self.repeat = Repeat::Off;
        self.breaks.forget_record();
        self.looked = 0;
    }
}

/// A range of posts that is played again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Repeat {
    /// There is none.
    #[default]
    Off,
    /// Its first post is marked.
    From(PostId),
    /// From a post to another.
    Within(PostId, PostId),
}

impl Repeat {
    /// What comes of marking a post: the first one, the other one, and then no range any more.
    #[must_use]
    pub fn marked(self, post: PostId) -> Self {
        match self {
            Self::Off => Self::From(post),
            Self::From(first) => Self::Within(first.min(post), first.max(post)),
            Self::Within(..) => Self::Off,
        }
    }

    /// First and last post that are marked.
    pub const fn posts(self) -> Option<(PostId, PostId)> {
        match self {
            Self::Off => None,
            Self::From(post) => Some((post, post)),
            Self::Within(first, last) => Some((first, last)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_marks_make_a_range_whichever_comes_first_and_a_third_ends_it() {
        let post = PostId::new;
        let range = Repeat::Off.marked(post(7)).marked(post(3));
        assert_eq!(range, Repeat::Within(post(3), post(7)));
        assert_eq!(range.posts(), Some((post(3), post(7))));
        assert_eq!(range.marked(post(5)), Repeat::Off);
    }
}
