//! Chance that is the same for the same seed everywhere.

use std::ops::RangeInclusive;

/// Splitmix64.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// What a seed gives.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x9e37_79b9)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number of a range.
    pub fn within(&mut self, range: RangeInclusive<usize>) -> usize {
        let count = range.end() - range.start() + 1;
        range.start() + (self.next() % count as u64) as usize
    }

    /// Whether something happens that happens so many times of a hundred.
    pub fn percent(&mut self, times: usize) -> bool {
        self.within(0..=99) < times
    }

    /// One of some.
    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.within(0..=items.len() - 1)]
    }
}
