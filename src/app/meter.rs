//! How fast somebody reads, measured by how they turn pages.
//!
//! Between two moves on, the text that the second one takes out of sight was read. Moves are summed to windows of some
//! seconds; a window at a pace at which nobody reads was skimmed or slept through and does not count. What was read long
//! ago counts less and less.

use std::time::Duration;

/// The least length of a window.
const WINDOW: Duration = Duration::from_secs(10);

/// Whoever does not move for so long has done something else.
const AWAY: Duration = Duration::from_secs(120);

/// Characters a minute at which people read: silent reading of Chinese is 255 ± 29 (Trauzettel-Klosinski and Dietz
/// 2012, see [`crate::text::count::reading`]), with room for those who read three times as fast and those who study.
const PLAUSIBLE: std::ops::RangeInclusive<f64> = 60.0..=1500.0;

/// What an older window counts beside the next one.
const FADING: f64 = 0.9;

/// Milliseconds of reading before the measure is told.
const ENOUGH: f64 = 20_000.0;

/// The measure.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Meter {
    /// Whether the replay goes by it.
    pub on: bool,
    last: Option<Duration>,
    window: (f64, Duration),
    chars: f64,
    ms: f64,
}

impl Meter {
    /// One by which the replay goes, or not.
    pub fn new(on: bool) -> Self {
        Self { on, ..Self::default() }
    }

    /// A move on over so many characters.
    pub fn moved(&mut self, chars: u64, now: Duration) {
        let Some(spent) = self.last.replace(now).map(|last| now.saturating_sub(last)) else { return };
        if spent > AWAY {
            self.window = (0.0, Duration::ZERO);
            return;
        }
        self.window.0 += chars as f64;
        self.window.1 += spent;
        if self.window.1 < WINDOW {
            return;
        }
        let (chars, ms) = (self.window.0, self.window.1.as_secs_f64() * 1000.0);
        if PLAUSIBLE.contains(&(chars * 60_000.0 / ms)) {
            self.chars = self.chars * FADING + chars;
            self.ms = self.ms * FADING + ms;
        }
        self.window = (0.0, Duration::ZERO);
    }

    /// Something else than reading on: what was begun to be read is not known any more.
    pub fn lost(&mut self) {
        self.last = None;
        self.window = (0.0, Duration::ZERO);
    }

    /// Characters a minute, once enough was read.
    pub fn cpm(&self) -> Option<u32> {
        (self.ms >= ENOUGH).then(|| (self.chars * 60_000.0 / self.ms).round() as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Moves over characters, each so many seconds after the one before.
    fn read(meter: &mut Meter, from: u64, moves: &[(u64, u64)]) -> u64 {
        moves.iter().fold(from, |now, &(chars, seconds)| {
            meter.moved(chars, Duration::from_secs(now + seconds));
            now + seconds
        })
    }

    #[test]
    fn somebody_who_turns_pages_or_rows_is_measured_alike() {
        for moves in [vec![(800, 120); 5], vec![(40, 6); 60], vec![(0, 3), (80, 9)]] {
            let mut meter = Meter::default();
            let now = read(&mut meter, 5, &[(9999, 0)]);
            assert_eq!(meter.cpm(), None);
            read(&mut meter, now, &moves.repeat(4));
            assert_eq!(meter.cpm(), Some(400), "{moves:?}");
        }
    }

    #[test]
    fn skimming_and_sleeping_do_not_count() {
        let mut meter = Meter::default();
        let now = read(&mut meter, 0, &[(0, 0), (100, 20), (100, 20), (100, 20)]);
        let known = meter.cpm();
        assert_eq!(known, Some(300));
        let now = read(&mut meter, now, &[(5000, 10), (9000, 12), (10, 119), (100, 3600)]);
        assert_eq!(meter.cpm(), known);
        meter.lost();
        read(&mut meter, now, &[(900, 11), (50, 10)]);
        assert_eq!(meter.cpm(), known);
    }

    #[test]
    fn the_measure_follows_a_reader_who_changes() {
        let mut meter = Meter::default();
        let now = read(&mut meter, 0, &vec![(100, 20); 30]);
        read(&mut meter, now, &vec![(200, 20); 30]);
        assert!((580..=600).contains(&meter.cpm().unwrap()), "{:?}", meter.cpm());
    }
}
