//! What was read with indulgence: what a reader should know about a source that is not quite as its format asks.

/// What was indulged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// A time that is not written as the format asks, and can be read all the same.
    LooseTime,
    /// A record that is not as the format asks, and was left out.
    Skipped,
    /// The source ends in the middle of a record.
    CutShort,
    /// Times of a clock of twelve hours that does not say which half of the day it is: they are shown by one of 24 hours.
    TwelveHours,
}

/// How often each was, and in which line first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Remarks([(u32, u32); Remark::ALL.len()]);

impl Remark {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::LooseTime, Self::Skipped, Self::CutShort, Self::TwelveHours];
}

impl Remarks {
    /// Notes one in a line, from 1; 0 where there are none.
    pub fn note(&mut self, remark: Remark, line: u32) {
        let (count, first) = &mut self.0[remark as usize];
        if *count == 0 {
            *first = line;
        }
        *count = count.saturating_add(1);
    }

    /// What was noted: how often, and in which line first.
    pub fn iter(&self) -> impl Iterator<Item = (Remark, u32, u32)> {
        Remark::ALL
            .into_iter()
            .zip(self.0)
            .filter(|(_, (count, _))| *count > 0)
            .map(|(remark, (count, first))| (remark, count, first))
    }

    /// Together with others.
    #[must_use]
    pub fn with(mut self, others: Self) -> Self {
        for ((count, first), (more, line)) in self.0.iter_mut().zip(others.0) {
            *first = if *count == 0 { line } else { *first };
            *count = count.saturating_add(more);
        }
        self
    }

    /// How often.
    pub const fn count(&self, remark: Remark) -> u32 {
        self.0[remark as usize].0
    }
}
