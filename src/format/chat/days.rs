//! Times of day of which the date is told now and then, or not at all.
//!
//! Where no date is told the clock is an offset from the midnight of the first day, so that 12:18 is shown as such. A time that
//! goes back by more than ninety minutes belongs to the next day; by less, the lines are out of order, or summer time ended.
//!
//! A clock of twelve hours that does not say which half of the day it is begins with the second one: 1:00 behind 12:59 is 13:00.

use crate::transcript::{ClockKind, Draft};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

/// How far a time goes back from one day to the next, at the most, in minutes.
const BACK: i64 = -90;

/// Where no date is told, days are counted from this one.
const NO_DAY: NaiveDate = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a day");

/// The day that is read, and the time that came last.
#[derive(Debug, Clone, Default)]
pub struct Days {
    /// The day, and whether it is known which.
    day: Option<(NaiveDate, bool)>,
    last: Option<NaiveTime>,
    /// The half of the day and the time in it, of a clock of twelve hours.
    half: Option<(bool, NaiveTime)>,
}

impl Days {
    /// The time of day by a clock of twelve hours.
    pub fn of_twelve(&mut self, time: NaiveTime) -> NaiveTime {
        let time = time.with_hour(time.hour() % 12).unwrap_or(time);
        let (late, last) = self.half.unwrap_or((true, time));
        let later = time.signed_duration_since(last).num_minutes();
        let late = late == (BACK..=12 * 60 + BACK).contains(&later);
        if later <= 12 * 60 + BACK {
            self.half = Some((late, time));
        }
        if late { time.with_hour(time.hour() + 12).unwrap_or(time) } else { time }
    }

    /// Says which day it is from here.
    pub fn set(&mut self, date: NaiveDate) {
        self.day = match self.day {
            // Days are counted that have no dates.
            Some((day, false)) => day.succ_opt().map(|day| (day, false)),
            _ => Some((date, true)),
        };
        self.last = None;
    }

    /// The time of a moment whose date is told with it.
    pub fn moment(&mut self, moment: NaiveDateTime, resolution_ms: i64, out: &mut Draft) -> Option<i64> {
        self.day = Some((moment.date(), true));
        self.last = Some(moment.time());
        out.wall(moment, resolution_ms)
    }

    /// The time of a time of day.
    pub fn time(&mut self, time: NaiveTime, resolution_ms: i64, out: &mut Draft) -> Option<i64> {
        let (day, known) = *self.day.get_or_insert((NO_DAY, false));
        let later =
            self.last.map_or(TimeDelta::zero(), |last| time.signed_duration_since(last)).num_minutes();
        let day = match later {
            ..BACK => {
                let next = day.succ_opt()?;
                self.day = Some((next, known));
                self.last = Some(time);
                next
            }
            // Out of order at midnight.
            _ if later > 24 * 60 + BACK => day.pred_opt()?,
            _ => {
                self.last = Some(time);
                day
            }
        };
        let moment = day.and_time(time);
        if known && out.meta.clock != ClockKind::Offset {
            out.wall(moment, resolution_ms)
        } else {
            out.offset(
                moment.signed_duration_since(NO_DAY.and_time(NaiveTime::MIN)).num_milliseconds(),
                resolution_ms,
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(dated: bool, times: &[&str]) -> Vec<i64> {
        let (mut days, mut out) = (Days::default(), Draft::default());
        if dated {
            days.set(NaiveDate::from_ymd_opt(2004, 11, 15).unwrap());
        }
        let minutes = |time: &&str| {
            let time = NaiveTime::parse_from_str(time, "%H:%M").unwrap();
            days.time(time, 60_000, &mut out).unwrap() / 60_000
        };
        times.iter().map(minutes).collect()
    }

    #[test]
    fn a_day_begins_where_times_go_back_by_much() {
        let printed = ["12:18", "12:17", "23:59", "00:01", "23:58", "00:02", "02:30", "01:10", "00:59"];
        let expected = [0, -1, 701, 703, 700, 704, 852, 772, 1481 - 720];
        assert_eq!(times(true, &printed), expected);
        assert_eq!(times(false, &printed), expected.map(|minutes| minutes + 738));
    }

    #[test]
    fn a_clock_of_twelve_hours_goes_round_twice_a_day() {
        let mut days = Days::default();
        let printed = ["12:18", "12:59", "1:00", "12:59", "6:00", "11:59", "12:00", "11:58", "1:00"];
        let told = printed.map(|time| {
            let time = NaiveTime::parse_from_str(time, "%H:%M").unwrap();
            days.of_twelve(time).format("%H:%M").to_string()
        });
        let expected = ["12:18", "12:59", "13:00", "12:59", "18:00", "23:59", "00:00", "23:58", "01:00"];
        assert_eq!(told, expected);
    }
}
