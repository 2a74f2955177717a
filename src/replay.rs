//! Replay: how many posts are revealed, as a pure function of time.

mod clock;
mod schedule;

pub use clock::{Clock, FASTEST, SLOWEST};
pub use schedule::{Pacing, Schedule, reading_ms};
