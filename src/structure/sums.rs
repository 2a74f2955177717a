//! A column of numbers of which any run is summed at once.

use crate::transcript::{PAGE, Packed};
use std::ops::Range;

/// The numbers, and the sum of all before each page of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    column: Packed,
    before: Vec<u64>,
    total: u64,
}

impl Sums {
    pub fn len(&self) -> usize {
        self.column.len()
    }

    /// Adds a number.
    pub fn push(&mut self, value: u64) {
        if self.len().is_multiple_of(PAGE) {
            self.before.push(self.total);
        }
        self.column.push(value);
        self.total += value;
    }

    /// Another number in place of the last one.
    pub fn replace_last(&mut self, value: u64) {
        if let Some(old) = self.column.pop() {
            self.column.push(value);
            self.total = self.total - old + value;
        }
    }

    pub fn get(&self, index: usize) -> u64 {
        self.column.get(index)
    }

    pub fn total(&self) -> u64 {
        self.total
    }

    /// Each from an index on.
    pub fn from(&self, index: usize) -> impl Iterator<Item = u64> {
        self.column.from(index)
    }

    /// The sum of a run.
    pub fn between(&self, run: &Range<usize>) -> u64 {
        if run.len() <= PAGE {
            return run.clone().map(|index| self.column.get(index)).sum();
        }
        self.upto(run.end) - self.upto(run.start)
    }

    /// The sum of all before an index.
    fn upto(&self, index: usize) -> u64 {
        let index = index.min(self.len());
        let Some(&before) = self.before.get(index / PAGE) else { return self.total };
        before + (index / PAGE * PAGE..index).map(|index| self.column.get(index)).sum::<u64>()
    }

    /// Bytes that are held.
    pub fn size(&self) -> usize {
        self.column.size() + self.before.len() * size_of::<u64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_run_is_summed_as_one_by_one() {
        let values: Vec<u64> = (0..300).map(|index| index % 17 * 3).collect();
        let mut sums = Sums::default();
        for &value in &values {
            sums.push(value + 1);
            sums.replace_last(value);
        }
        for start in [0, 1, 63, 64, 65, 130, 299, 300] {
            for end in (start..=300).step_by(7) {
                assert_eq!(
                    sums.between(&(start..end)),
                    values[start..end].iter().sum::<u64>(),
                    "{start}..{end}"
                );
            }
        }
        assert_eq!(sums.total(), sums.between(&(0..300)));
        assert_eq!(sums.from(7).collect::<Vec<_>>(), values[7..]);
    }
}
