//! Gaps: silences between two posts that are worth a word.

use super::ascending::Ascending;
use crate::transcript::{Packed, PostId};

/// A gap longer than this is worth a word.
pub const GAP_MS: i64 = 10 * 60 * 1000;

/// Time between two posts that is longer than [`GAP_MS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The post behind it.
    pub before: PostId,
    /// How long.
    pub ms: i64,
}

/// All gaps, in file order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gaps {
    before: Ascending,
    ms: Packed,
}

impl Gaps {
    pub fn len(&self) -> usize {
        self.before.len()
    }

    /// Takes in the time before a post, which counts if it is long.
    pub fn take(&mut self, before: PostId, ms: i64) {
        if ms > GAP_MS {
            self.before.push(before);
            self.ms.push(ms as u64);
        }
    }

    /// The gap right before a post.
    pub fn before(&self, id: PostId) -> Option<Gap> {
        let index = self.before.index_of(id)?;
        Some(Gap { before: id, ms: self.ms.get(index) as i64 })
    }

    /// The posts behind the gaps.
    pub fn places(&self) -> &Ascending {
        &self.before
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Gap> {
        self.before.iter().zip(self.ms.from(0)).map(|(before, ms)| Gap { before, ms: ms as i64 })
    }

    /// Bytes that are held.
    pub fn size(&self) -> usize {
        self.before.size() + self.ms.size()
    }
}
