//! A set of posts: bits, on each floor above a bit for every word that is not empty, and counts of what lies before
//! each block. The next member, and how many there are up to a post, are found in a few steps among millions.

use super::post::PostId;

/// Words of a block, whose members are counted together.
const BLOCK: usize = 64;

/// 64 to that power is more than there can be posts.
const FLOORS: usize = 6;

/// A set of posts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostSet {
    /// Bits of the posts, then on each floor one for every word of the floor below that is not empty. No floor ends with an
    /// empty word.
    floors: [Vec<u64>; FLOORS],
    /// How many members lie before each block.
    before: Vec<u32>,
}

impl PostSet {
    /// Adds a post: best at the end, or not far from there.
    pub fn insert(&mut self, post: PostId) {
        if self.contains(post) {
            return;
        }
        let mut at = post.index();
        let block = at / 64 / BLOCK;
        if block >= self.before.len() {
            self.before.resize(block + 1, self.len() as u32);
        }
        self.before.iter_mut().skip(block + 1).for_each(|before| *before += 1);
        for words in &mut self.floors {
            if words.len() <= at / 64 {
                words.resize(at / 64 + 1, 0);
            }
            let word = &mut words[at / 64];
            let was_empty = *word == 0;
            *word |= 1 << (at % 64);
            if !was_empty {
                break;
            }
            at /= 64;
        }
    }

    /// Keeps members among the first `posts` posts alone.
    pub fn truncate(&mut self, posts: usize) {
        let mut end = posts;
        for words in &mut self.floors {
            words.truncate(end.div_ceil(64));
            if let Some(word) = words.get_mut(end / 64) {
                *word &= below(end % 64);
            }
            while words.last() == Some(&0) {
                words.pop();
            }
            end = words.len();
        }
        self.before.truncate(self.floors[0].len().div_ceil(BLOCK));
    }

    /// Whether a post is a member.
    pub fn contains(&self, post: PostId) -> bool {
        self.word(post.index() / 64) >> (post.index() % 64) & 1 == 1
    }

    /// Posts `64 * at` and following, from the lowest bit on.
    pub fn word(&self, at: usize) -> u64 {
        self.floors[0].get(at).copied().unwrap_or_default()
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.rank(usize::MAX)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.floors[0].is_empty()
    }

    /// How many of the first `posts` posts are members.
    pub fn rank(&self, posts: usize) -> usize {
        let words = &self.floors[0];
        let at = (posts / 64).min(words.len());
        let block = (at / BLOCK).min(self.before.len().saturating_sub(1));
        let Some(&before) = self.before.get(block) else { return 0 };
        let whole: u32 = words[block * BLOCK..at].iter().map(|word| word.count_ones()).sum();
        let part = words.get(at).map_or(0, |word| (word & below(posts % 64)).count_ones());
        (before + whole + part) as usize
    }

    /// The first member from a post on.
    pub fn first_from(&self, post: PostId) -> Option<PostId> {
        self.first_on(0, post.index()).map(PostId::new)
    }

    /// The last member before a post.
    pub fn last_before(&self, post: PostId) -> Option<PostId> {
        self.last_on(0, post.index()).map(PostId::new)
    }

    /// The members of a range.
    pub fn members(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = PostId> {
        let first = self.first_from(PostId::new(range.start));
        let next = |post: &PostId| self.first_from(PostId::new(post.number()));
        std::iter::successors(first, next).take_while(move |post| post.index() < range.end)
    }

    fn first_on(&self, floor: usize, from: usize) -> Option<usize> {
        let words = self.floors.get(floor)?;
        let word = words.get(from / 64)? >> (from % 64);
        if word != 0 {
            return Some(from + word.trailing_zeros() as usize);
        }
        let at = self.first_on(floor + 1, from / 64 + 1)?;
        Some(at * 64 + words[at].trailing_zeros() as usize)
    }

    fn last_on(&self, floor: usize, end: usize) -> Option<usize> {
        let words = self.floors.get(floor)?;
        let end = end.min(words.len() * 64);
        let highest = |at: usize, word: u64| at * 64 + 63 - word.leading_zeros() as usize;
        let word = words.get(end / 64).map_or(0, |word| word & below(end % 64));
        if word != 0 {
            return Some(highest(end / 64, word));
        }
        let at = self.last_on(floor + 1, end / 64)?;
        Some(highest(at, words[at]))
    }
}

/// The lowest `bits` bits, fewer than 64.
const fn below(bits: usize) -> u64 {
    (1 << bits) - 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert_eq, prop_oneof, proptest};
    use proptest::strategy::Strategy;
    use std::collections::BTreeSet;

    /// Posts near the beginning, at the borders of words and blocks, and far away.
    fn posts() -> impl Strategy<Value = usize> {
        prop_oneof![0usize..200, 4000usize..4200, 262_100usize..262_200, 0usize..20_000_000]
    }

    proptest! {
        #[test]
        fn a_set_of_bits_is_as_any_other_set(
            changes in proptest::collection::vec((posts(), any::<u8>()), 0..80),
            asked in proptest::collection::vec(posts(), 0..40),
        ) {
            let (mut set, mut expected) = (PostSet::default(), BTreeSet::new());
            for (at, how) in changes {
                if how < 20 {
                    set.truncate(at);
                    expected.retain(|&post| post < at);
                } else {
                    set.insert(PostId::new(at));
                    expected.insert(at);
                }
            }
            let members: Vec<_> = set.members(0..usize::MAX).map(PostId::index).collect();
            prop_assert_eq!(&members, &expected.iter().copied().collect::<Vec<_>>());
            prop_assert_eq!((set.len(), set.is_empty()), (expected.len(), expected.is_empty()));
            for at in asked.into_iter().chain(members) {
                let post = PostId::new(at);
                prop_assert_eq!(set.contains(post), expected.contains(&at));
                prop_assert_eq!(set.rank(at), expected.range(..at).count());
                prop_assert_eq!(set.first_from(post).map(PostId::index), expected.range(at..).next().copied());
                prop_assert_eq!(set.last_before(post).map(PostId::index), expected.range(..at).next_back().copied());
            }
            // What was forgotten leaves nothing behind.
            let mut anew = PostSet::default();
            for at in expected {
                anew.insert(PostId::new(at));
            }
            prop_assert_eq!(anew, set);
        }
    }
}
