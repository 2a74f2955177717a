//! Replay: how many posts are revealed, as a pure function of time.

mod clock;
mod marks;
mod pacing;
mod playback;
mod schedule;

pub use clock::Clock;
pub use pacing::{Pacing, reading_ms};
pub use playback::{Cue, Playback, Reply};
pub use schedule::{Schedule, Shows};
