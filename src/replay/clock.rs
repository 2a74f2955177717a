//! The clock of a replay: show time as a function of now.
//!
//! Every change re-anchors; nothing is summed tick by tick, so that no speed drifts however long it runs.
//! `now` is time since the program started; show time is in microseconds.

use crate::when::{FASTEST, SLOWEST};
use std::time::Duration;

/// Later than any post, in milliseconds.
const END_MS: i64 = i64::MAX / 4000;

/// Where a replay stands and how fast it goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clock {
    since: Duration,
    from_us: i64,
    speed: f64,
    playing: bool,
}

impl Clock {
    /// A paused clock at a show time in milliseconds.
    pub fn paused_at(show_ms: i64, speed: f64) -> Self {
        let speed = speed.clamp(SLOWEST, FASTEST);
        Self { since: Duration::ZERO, from_us: show_ms.saturating_mul(1000), speed, playing: false }
    }

    /// A clock behind every post there will ever be.
    pub fn at_end(speed: f64) -> Self {
        Self::paused_at(END_MS, speed)
    }

    /// Show time in microseconds.
    pub fn at_us(self, now: Duration) -> i64 {
        if !self.playing {
            return self.from_us;
        }
        let elapsed = now.saturating_sub(self.since).as_nanos() as f64 / 1000.0;
        self.from_us.saturating_add((elapsed * self.speed) as i64)
    }

    /// Show time in milliseconds.
    pub fn at_ms(self, now: Duration) -> i64 {
        self.at_us(now).div_euclid(1000)
    }

    /// When the clock will show `show_ms`; none while it is paused. Never earlier than that moment, so that
    /// at the returned time [`Clock::at_ms`] has reached it.
    pub fn reaches(self, show_ms: i64) -> Option<Duration> {
        if !self.playing {
            return None;
        }
        let wait_us = show_ms.saturating_mul(1000).saturating_sub(self.from_us).max(0) as f64 / self.speed;
        let wait = Duration::from_micros((wait_us.ceil() as u64).saturating_add(1));
        Some(self.since.saturating_add(wait))
    }

    /// Whether it runs.
    pub const fn is_playing(self) -> bool {
        self.playing
    }

    /// Show time that passes in one second.
    pub const fn speed(self) -> f64 {
        self.speed
    }

    /// The same clock, running.
    #[must_use]
    pub fn play(self, now: Duration) -> Self {
        Self { playing: true, ..self.anchored(now) }
    }

    /// The same clock, standing still.
    #[must_use]
    pub fn pause(self, now: Duration) -> Self {
        Self { playing: false, ..self.anchored(now) }
    }

    /// The same clock at another speed, cut to what is allowed.
    #[must_use]
    pub fn with_speed(self, speed: f64, now: Duration) -> Self {
        Self { speed: speed.clamp(SLOWEST, FASTEST), ..self.anchored(now) }
    }

    /// The same clock at another show time.
    #[must_use]
    pub fn seek(self, show_ms: i64, now: Duration) -> Self {
        Self { from_us: show_ms.saturating_mul(1000), since: now, ..self }
    }

    /// The same clock behind every post there will ever be, standing.
    #[must_use]
    pub fn parked(self, now: Duration) -> Self {
        self.pause(now).seek(END_MS, now)
    }

    /// Whether it stands behind every post there will ever be.
    pub const fn is_parked(self) -> bool {
        self.from_us >= END_MS.saturating_mul(1000)
    }

    /// The same clock, running or not, ahead by so many milliseconds of show time.
    #[must_use]
    pub const fn shifted(self, by_ms: i64) -> Self {
        Self { from_us: self.from_us.saturating_add(by_ms.saturating_mul(1000)), ..self }
    }

    fn anchored(self, now: Duration) -> Self {
        Self { since: now, from_us: self.at_us(now), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::{any, prop_assert, proptest};

    const fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn time_passes_at_the_chosen_speed_and_stands_while_paused() {
        let clock = Clock::paused_at(0, 1.0);
        assert_eq!(clock.at_ms(s(100)), 0);
        let clock = clock.play(s(100));
        assert_eq!(clock.at_ms(s(110)), 10_000);
        let clock = clock.with_speed(60.0, s(110));
        assert_eq!(clock.at_ms(s(111)), 70_000);
        let clock = clock.pause(s(111));
        assert_eq!(clock.at_ms(s(1000)), 70_000);
        assert_eq!(clock.seek(5, s(1000)).at_ms(s(2000)), 5);
    }

    #[test]
    fn speed_is_kept_in_bounds() {
        assert_eq!(Clock::paused_at(0, 1e9).speed().to_bits(), FASTEST.to_bits());
        assert_eq!(Clock::paused_at(0, 0.0).speed().to_bits(), SLOWEST.to_bits());
    }

    #[test]
    fn a_deadline_is_never_early() {
        for speed in [0.1, 1.0, 3.0, 7.0, 599.0, 10_000.0] {
            let clock = Clock::paused_at(17, speed).play(s(3));
            for target in [17, 18, 1000, 36_360_000] {
                let at = clock.reaches(target).unwrap();
                assert!(clock.at_ms(at) >= target, "{speed} {target}");
                assert!(
                    at < s(3)
                        + Duration::from_secs_f64((target - 17) as f64 / 1000.0 / speed)
                        + Duration::from_micros(5)
                );
            }
        }
    }

    #[test]
    fn ten_hours_of_changes_do_not_drift() {
        let mut clock = Clock::paused_at(0, 7.0).play(Duration::ZERO);
        let mut now = Duration::ZERO;
        for step in 0..36_000u64 {
            now = Duration::from_millis(step * 1000 + step % 7);
            clock = if step % 2 == 0 { clock.pause(now).play(now) } else { clock.with_speed(7.0, now) };
        }
        let exact = now.as_micros() as i64 * 7;
        assert!((clock.at_us(now) - exact).abs() < 36_000, "{}", clock.at_us(now) - exact);
    }

    proptest! {
        #[test]
        fn ten_hours_at_any_speed_do_not_drift(
            speed in SLOWEST..FASTEST,
            rests in vec((0u64..200_000_000, any::<bool>()), 1..200),
        ) {
            let (mut clock, mut now) = (Clock::paused_at(0, speed).play(Duration::ZERO), Duration::ZERO);
            let mut played = Duration::ZERO;
            for &(us, plays) in &rests {
                clock = if plays { clock.play(now) } else { clock.pause(now) };
                now += Duration::from_micros(us);
                played += if plays { Duration::from_micros(us) } else { Duration::ZERO };
            }
            clock = clock.play(now);
            let rest = s(36_000).saturating_sub(played);
            let exact = (played + rest).as_micros() as f64 * speed;
            let off = clock.at_us(now + rest) as f64 - exact;
            // A microsecond of show time is lost at most whenever it is set, and what a double cannot hold.
            prop_assert!(off.abs() <= rests.len() as f64 + 2.0 + exact * f64::EPSILON * 2.0, "{off} us");
        }
    }
}
