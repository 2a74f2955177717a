//! Marks of time: which moments an axis marks, step by step, and what the marks say.

use crate::transcript::{ClockKind, Meta};
use crate::when::timer;
use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};
use std::ops::Range;

const MINUTE_MS: i64 = 60_000;
const DAY_MIN: i64 = 1440;

/// From one mark to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// So many seconds since the start of a recording.
    Seconds(i64),
    /// So many minutes, counted from midnight before the record.
    Minutes(i64),
    /// So many months of the calendar.
    Months(i64),
}

impl Step {
    /// Its length in milliseconds; a month has none.
    const fn ms(self) -> i64 {
        match self {
            Self::Seconds(seconds) => seconds * 1000,
            Self::Minutes(minutes) => minutes * MINUTE_MS,
            Self::Months(_) => 0,
        }
    }
}

/// Parts of a minute, and minutes that only a recording marks.
const SECONDS: [i64; 4] = [5, 10, 15, 30];
const FEW_MINUTES: [i64; 2] = [1, 2];

/// Parts of a day.
const MINUTES: [i64; 9] = [5, 10, 15, 30, 60, 120, 180, 360, 720];

/// Days, in a calendar.
const DAYS: [i64; 4] = [1, 2, 7, 14];

/// Months of a calendar, up to a thousand years.
const MONTHS: [i64; 13] = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000];

/// Days since the start of a recording.
const PLAIN_DAYS: [i64; 9] = [1, 2, 5, 10, 20, 50, 100, 1000, 10_000];

/// The clock of a record as its marks count it: from midnight before the origin.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    clock: ClockKind,
    midnight: NaiveDateTime,
    /// From that midnight to the origin.
    pub shift_ms: i64,
    /// Whether the stamps of a recording tell seconds.
    seconds: bool,
}

impl Scale {
    /// The scale of a record.
    pub fn of(meta: &Meta) -> Self {
        let origin = meta.origin.unwrap_or_default();
        let midnight = origin.date().and_time(chrono::NaiveTime::MIN);
        let seconds = meta.clock == ClockKind::Offset && meta.resolution_ms < MINUTE_MS;
        Self { clock: meta.clock, midnight, shift_ms: (origin - midnight).num_milliseconds(), seconds }
    }

    /// The steps there are, from the finest on.
    pub fn steps(&self) -> impl Iterator<Item = Step> + use<> {
        let (days, months): (&[i64], &[i64]) = match self.clock {
            ClockKind::Offset => (&PLAIN_DAYS, &[]),
            ClockKind::Wall | ClockKind::None => (&DAYS, &MONTHS),
        };
        let (seconds, few): (&[i64], &[i64]) =
            if self.seconds { (&SECONDS, &FEW_MINUTES) } else { (&[], &[]) };
        let minutes = few.iter().copied().chain(MINUTES).chain(days.iter().map(|days| days * DAY_MIN));
        let seconds = seconds.iter().copied().map(Step::Seconds);
        seconds.chain(minutes.map(Step::Minutes)).chain(months.iter().copied().map(Step::Months))
    }

    /// Numbers of the marks from one moment to another, that one included.
    pub fn marks(&self, step: Step, from: i64, to: i64) -> Range<i64> {
        self.first(step, from).zip(self.first(step, to.saturating_add(1))).map_or(0..0, |(a, b)| a..b)
    }

    /// Number of the first mark at a moment or after it.
    fn first(&self, step: Step, at: i64) -> Option<i64> {
        match step {
            Step::Seconds(_) | Step::Minutes(_) => {
                let step = step.ms();
                Some(at.div_euclid(step) + i64::from(at.rem_euclid(step) > 0))
            }
            Step::Months(months) => {
                let date = self.moment(at)?.date();
                let mark = (i64::from(date.year()) * 12 + i64::from(date.month0())).div_euclid(months);
                Some(mark + i64::from(self.at(step, mark)? < at))
            }
        }
    }

    /// The moment of a mark.
    pub fn at(&self, step: Step, mark: i64) -> Option<i64> {
        match step {
            Step::Seconds(_) | Step::Minutes(_) => mark.checked_mul(step.ms()),
            Step::Months(months) => {
                let month = mark.checked_mul(months)?;
                let (year, month) = (i32::try_from(month.div_euclid(12)).ok()?, month.rem_euclid(12) as u32);
                let first = NaiveDate::from_ymd_opt(year, month + 1, 1)?.and_time(chrono::NaiveTime::MIN);
                Some(first.signed_duration_since(self.midnight).num_milliseconds())
            }
        }
    }

    /// What a mark says: `08`, `08:30`; `01-09` where a day begins, `2019-01` and `2019` where months and years are
    /// marked; the time since the start of a recording as its posts show it.
    pub fn label(&self, step: Step, at: i64) -> String {
        let date =
            |pattern| self.moment(at).map(|moment| moment.format(pattern).to_string()).unwrap_or_default();
        let minutes = at.div_euclid(MINUTE_MS);
        let (hour, minute) = (minutes.div_euclid(60), minutes.rem_euclid(60));
        match step {
            _ if self.seconds => timer(at),
            Step::Seconds(_) => String::new(),
            _ if self.clock == ClockKind::Offset => format!("{hour}:{minute:02}"),
            Step::Months(months) if months % 12 == 0 => date("%Y"),
            Step::Months(_) => date("%Y-%m"),
            Step::Minutes(_) if minutes.rem_euclid(DAY_MIN) == 0 => date("%m-%d"),
            Step::Minutes(step) if step % 60 == 0 => format!("{:02}", hour.rem_euclid(24)),
            Step::Minutes(_) => format!("{:02}:{minute:02}", hour.rem_euclid(24)),
        }
    }

    fn moment(&self, at: i64) -> Option<NaiveDateTime> {
        self.midnight.checked_add_signed(TimeDelta::try_milliseconds(at)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(clock: ClockKind) -> Scale {
        let origin = NaiveDate::from_ymd_opt(2018, 11, 9).and_then(|day| day.and_hms_opt(7, 34, 0));
        Scale::of(&Meta { clock, origin, ..Meta::default() })
    }

    /// What is marked from one hour to another, counted from midnight before the record.
    fn told(scale: &Scale, step: Step, from: i64, to: i64) -> String {
        let marks = scale.marks(step, from * 60 * MINUTE_MS, to * 60 * MINUTE_MS);
        let labels = marks.filter_map(|mark| scale.at(step, mark)).map(|at| scale.label(step, at));
        labels.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn marks_say_what_their_step_needs() {
        let scale = scale(ClockKind::Wall);
        assert_eq!(scale.shift_ms, (7 * 60 + 34) * MINUTE_MS);
        for (step, from, to, labels) in [
            (Step::Minutes(30), 7, 8, "07:00 07:30 08:00"),
            (Step::Minutes(60), 22, 25, "22 23 11-10 01"),
            (Step::Minutes(DAY_MIN), 7, 72, "11-10 11-11 11-12"),
            (Step::Minutes(7 * DAY_MIN), -200, 200, "11-02 11-09 11-16"),
            (Step::Months(1), 7, 24 * 100, "2018-12 2019-01 2019-02"),
            (Step::Months(3), 7, 24 * 200, "2019-01 2019-04"),
            (Step::Months(12), 7, 24 * 366 * 3, "2019 2020 2021"),
            (Step::Months(60), -24 * 366 * 4, 24 * 366 * 13, "2015 2020 2025 2030"),
        ] {
            assert_eq!(told(&scale, step, from, to), labels, "{step:?}");
        }
    }

    #[test]
    fn a_recording_counts_its_hours() {
        let recording = |resolution_ms| Meta { clock: ClockKind::Offset, resolution_ms, ..Meta::default() };
        let scale = Scale::of(&recording(60_000));
        assert_eq!(told(&scale, Step::Minutes(30), 0, 1), "0:00 0:30 1:00");
        assert_eq!(told(&scale, Step::Minutes(2 * DAY_MIN), 1, 100), "48:00 96:00");
        assert!(scale.steps().all(|step| matches!(step, Step::Minutes(_))));
        let fine = Scale::of(&recording(1000));
        assert_eq!(told(&fine, Step::Minutes(30), 0, 1), "0:00 30:00 1:00:00");
        assert_eq!(fine.steps().next(), Some(Step::Seconds(5)));
    }

    #[test]
    fn steps_only_grow() {
        let minutes = |step| match step {
            Step::Seconds(_) | Step::Minutes(_) => step.ms(),
            Step::Months(months) => months * 30 * DAY_MIN * MINUTE_MS,
        };
        for clock in [ClockKind::Wall, ClockKind::Offset] {
            assert!(scale(clock).steps().map(minutes).is_sorted_by(|a, b| a < b));
        }
    }

    #[test]
    fn moments_that_no_calendar_holds_are_not_marked() {
        let scale = scale(ClockKind::Wall);
        for step in scale.steps().filter(|step| matches!(step, Step::Months(_))) {
            assert!(scale.marks(step, 0, i64::MAX).is_empty());
            assert!(scale.marks(step, i64::MIN, 0).is_empty());
        }
    }
}
