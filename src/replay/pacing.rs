//! Pacing: what turns the clock of a transcript into show time.

use crate::choice::{GapModel, Pace};

/// What turns the clock of a transcript into show time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pacing {
    /// What becomes of silence.
    pub gaps: GapModel,
    /// The idle limit of the gap model, in milliseconds of show time.
    pub limit_ms: i64,
    /// Whether stamps or reading time set the pace.
    pub pace: Pace,
    /// Reading speed, in characters a minute.
    pub cpm: u32,
}

impl Default for Pacing {
    fn default() -> Self {
        Self { gaps: GapModel::Real, limit_ms: 120_000, pace: Pace::Clock, cpm: 400 }
    }
}

impl Pacing {
    /// The show time of a gap. A gap that is left out keeps what its stamp can express, a second at least, so
    /// that posts of one stamp still have room.
    #[inline]
    pub fn gap(self, gap_ms: i64, resolution_ms: i64) -> i64 {
        let limit = self.limit_ms;
        let cut = match self.gaps {
            GapModel::Log if gap_ms <= limit => gap_ms,
            GapModel::Log if limit <= 0 => 0,
            GapModel::Log => (limit as f64 * (1.0 + (gap_ms as f64 / limit as f64).ln())) as i64,
            GapModel::Real => gap_ms,
            GapModel::Cap => limit,
            GapModel::Skip => limit.min(resolution_ms.max(1000)),
        };
        if gap_ms <= limit { gap_ms } else { cut }
    }
}

/// Time to read that many characters, in milliseconds.
pub fn reading_ms(chars: usize, cpm: u32) -> i64 {
    (chars as i64 * 60_000) / i64::from(cpm.max(1))
}
