//! What filters let through: the posts that match all of them, and some posts round each.
//!
//! It is put together word by word and goes on where it has come to, as more is known of the filters.

use crate::transcript::{PostId, PostSet};

/// The posts that a filter finds, and whether it keeps the others instead.
pub type Kept<'a> = (&'a PostSet, bool);

/// What filters let through. Posts that are not known yet are not held back.
#[derive(Debug, Clone, Default)]
pub struct Sieve {
    id: u64,
    matches: PostSet,
    shown: PostSet,
    known: usize,
    context: usize,
}

impl Sieve {
    /// One that shows so many posts round each match; `id` tells it from others.
    pub fn new(id: u64, context: usize) -> Self {
        Self { id, context, ..Self::default() }
    }

    /// Goes on up to where all filters are known, once more over the posts from `again` on. Posts that are not heard are not
    /// shown, whatever they hold.
    pub fn go_on(
        &mut self,
        filters: &[Kept],
        (again, known): (usize, usize),
        heard: impl Fn(PostId) -> bool,
    ) {
        // The posts before may be shown for the sake of later ones.
        let from = again.min(self.known).min(known).saturating_sub(self.context);
        self.matches.truncate(from);
        self.shown.truncate(from);
        self.known = known;
        for at in from / 64..known.div_ceil(64) {
            let kept = |word: u64, &(posts, others): &Kept| {
                word & (posts.word(at) ^ if others { u64::MAX } else { 0 })
            };
            let mut word = filters.iter().fold(u64::MAX, kept);
            while word != 0 {
                let post = at * 64 + word.trailing_zeros() as usize;
                word &= word - 1;
                if (from..known).contains(&post) {
                    self.matches.insert(PostId::new(post));
                }
            }
        }
        let mut next = from;
        for post in self.matches.members(from.saturating_sub(self.context)..known) {
            let round = post.index().saturating_sub(self.context).max(next)
                ..(post.number() + self.context).min(known);
            next = next.max(round.end);
            let posts = round.map(PostId::new).filter(|&post| heard(post));
            posts.for_each(|post| self.shown.insert(post));
        }
    }

    /// What tells it from others.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// Of so many posts it is known whether they are shown.
    pub fn known(&self) -> usize {
        self.known
    }

    /// Whether a post matches, or may.
    pub fn is_match(&self, post: PostId) -> bool {
        post.index() >= self.known || self.matches.contains(post)
    }

    /// Those that are known to match.
    pub fn matches(&self) -> &PostSet {
        &self.matches
    }

    /// Those that are known to be shown.
    pub fn shown(&self) -> &PostSet {
        &self.shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert_eq, proptest};

    fn set(posts: &[bool]) -> PostSet {
        let mut set = PostSet::default();
        let members = posts.iter().enumerate().filter(|(_, is_in)| **is_in);
        members.for_each(|(index, _)| set.insert(PostId::new(index)));
        set
    }

    proptest! {
        #[test]
        fn a_sieve_that_goes_on_lets_through_what_matches_all_and_what_stands_round_it(
            posts in proptest::collection::vec((any::<bool>(), any::<bool>(), any::<bool>()), 0..300),
            others in any::<bool>(),
            context in 0usize..4,
            steps in proptest::collection::vec((0usize..300, 0usize..300), 0..6),
        ) {
            let count = posts.len();
            let one = set(&posts.iter().map(|post| post.0).collect::<Vec<_>>());
            let two = set(&posts.iter().map(|post| post.1).collect::<Vec<_>>());
            let heard = |post: PostId| posts[post.index()].2;
            let mut sieve = Sieve::new(1, context);
            for (again, known) in steps.into_iter().chain([(count, count)]) {
                let known = known.min(count);
                sieve.go_on(&[(&one, false), (&two, others)], (again, known), heard);
                let is_match = |index: usize| posts[index].0 && posts[index].1 != others;
                for index in 0..known {
                    let post = PostId::new(index);
                    prop_assert_eq!(sieve.matches().contains(post), is_match(index));
                    let round = index.saturating_sub(context)..(index + context + 1).min(known);
                    let is_shown = heard(post) && round.into_iter().any(is_match);
                    prop_assert_eq!(sieve.shown().contains(post), is_shown, "{} of {}", index, known);
                }
            }
        }
    }
}
