//! Moments as machines print them: ISO 8601, and numbers since 1970.

use crate::transcript::Draft;
use chrono::{DateTime, NaiveDate, NaiveDateTime};

/// A moment, as it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// On the clock on the wall.
    pub wall: NaiveDateTime,
    /// How far that clock is ahead of UTC, in minutes, if it is told.
    pub ahead: Option<i32>,
    /// What the stamp can express, in milliseconds.
    pub resolution_ms: i64,
}

impl Moment {
    /// With the zone that follows from the same moment in seconds since 1970.
    #[must_use]
    pub fn seen_from(self, unix_s: Option<i64>) -> Self {
        let seconds = unix_s.map(|unix_s| self.wall.and_utc().timestamp().saturating_sub(unix_s));
        // Zones are at most 14 hours from UTC, in quarters of an hour.
        let ahead = seconds.filter(|seconds| seconds % 900 == 0 && seconds.abs() <= 14 * 3600);
        Self { ahead: self.ahead.or(ahead.map(|seconds| (seconds / 60) as i32)), ..self }
    }
}

/// The moment so many milliseconds after the beginning of 1970, in UTC.
pub fn unix_ms(ms: i64) -> Option<Moment> {
    let wall = DateTime::from_timestamp_millis(ms)?.naive_utc();
    let is_sane = (0..=253_402_300_799_999).contains(&ms);
    is_sane.then_some(Moment { wall, ahead: Some(0), resolution_ms: if ms % 1000 == 0 { 1000 } else { 1 } })
}

/// `2021-05-08T12:34:56.789+08:00`: fraction and zone may be missing.
pub fn iso(text: &str) -> Option<Moment> {
    let bytes = text.trim().as_bytes();
    let (stamp, rest) = bytes.split_at_checked(19)?;
    let number = |at: usize| two(*stamp.get(at)?, *stamp.get(at + 1)?);
    let marks = [4, 7, 13, 16].map(|at| stamp.get(at).copied());
    let is_parted = stamp.get(10).is_some_and(|mark| b"Tt ".contains(mark));
    if marks != [b'-', b'-', b':', b':'].map(Some) || !is_parted {
        return None;
    }
    let year = number(0)? * 100 + number(2)?;
    let date = NaiveDate::from_ymd_opt(year as i32, number(5)?, number(8)?)?;
    let (ms, zone) = fraction(rest);
    // A leap second is the last one of its minute.
    let second = number(17)?.min(59);
    let wall = date.and_hms_milli_opt(number(11)?, number(14)?, second, ms.unwrap_or_default())?;
    let resolution_ms = if ms.is_some() { 1 } else { 1000 };
    Some(Moment { wall, ahead: ahead(zone), resolution_ms })
}

/// Milliseconds of a fraction of a second, if there is one, and what follows it.
fn fraction(bytes: &[u8]) -> (Option<u32>, &[u8]) {
    let Some(digits) = bytes.strip_prefix(b".") else { return (None, bytes) };
    let count = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = digits.split_at(count);
    let ms =
        (0..3).fold(0, |ms, place| ms * 10 + digits.get(place).map_or(0, |digit| u32::from(digit - b'0')));
    (Some(ms), rest)
}

fn two(tens: u8, ones: u8) -> Option<u32> {
    let digit = |byte: u8| Some(u32::from(byte.wrapping_sub(b'0'))).filter(|&digit| digit < 10);
    Some(digit(tens)? * 10 + digit(ones)?)
}

/// Minutes ahead of UTC by `Z`, `+08:00`, `+0800`, `+08`.
fn ahead(zone: &[u8]) -> Option<i32> {
    let (sign, digits) = match zone {
        [b'Z' | b'z'] => return Some(0),
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match *digits {
        [a, b] => (two(a, b)?, 0),
        [a, b, c, d] | [a, b, b':', c, d] => (two(a, b)?, two(c, d)?),
        _ => return None,
    };
    Some(sign * (hours * 60 + minutes) as i32)
}

/// Tells a draft of moments, and of the zone that all of them have.
#[derive(Debug, Default)]
pub struct Zone {
    has_begun: bool,
    /// That of the first moment.
    ahead: Option<i32>,
}

impl Zone {
    /// The time of a moment, in milliseconds, as [`Draft::wall`] counts it.
    pub fn tell(&mut self, moment: Option<Moment>, out: &mut Draft) -> Option<i64> {
        let Moment { wall, ahead, resolution_ms } = moment?;
        if !std::mem::replace(&mut self.has_begun, true) {
            self.ahead = ahead;
            out.meta.offset = ahead.map(name);
        } else if self.ahead != ahead && out.meta.offset.is_some() {
            out.meta.offset = None;
        }
        out.wall(wall, resolution_ms)
    }
}

/// `+08:00`.
fn name(ahead: i32) -> String {
    let (sign, minutes) = (if ahead < 0 { '-' } else { '+' }, ahead.abs());
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_with_their_zones() {
        for (text, expected) in [
            ("2021-05-08T12:34:56.789+08:00", "2021-05-08 12:34:56.789 Some(480) 1"),
            ("2021-05-08T12:34:56.7891234-03:30", "2021-05-08 12:34:56.789 Some(-210) 1"),
            ("2021-05-08T12:34:56.7Z", "2021-05-08 12:34:56.700 Some(0) 1"),
            ("2021-05-08T12:34:56+0000", "2021-05-08 12:34:56 Some(0) 1000"),
            (" 2021-05-08 12:34:56 ", "2021-05-08 12:34:56 None 1000"),
            ("2016-12-31T23:59:60Z", "2016-12-31 23:59:59 Some(0) 1000"),
            ("2021-05-08T25:00:00", ""),
            ("2021-02-30T12:00:00", ""),
            ("2021-05-08", ""),
            ("二〇二一年五月八日", ""),
        ] {
            let found = iso(text)
                .map(|Moment { wall, ahead, resolution_ms }| format!("{wall} {ahead:?} {resolution_ms}"));
            assert_eq!(found.unwrap_or_default(), expected, "{text}");
        }
    }

    #[test]
    fn the_zone_is_told_when_all_have_it() {
        for (zones, expected) in [
            (&["+08:00", "+08:00"][..], Some("+08:00")),
            (&["-03:30"], Some("-03:30")),
            (&["+01:00", "+02:00", "+01:00"], None),
            (&["", "+01:00"], None),
        ] {
            let (mut zone, mut out) = (Zone::default(), Draft::default());
            for text in zones {
                zone.tell(iso(&format!("2021-05-08T12:00:00{text}")), &mut out);
            }
            assert_eq!(out.meta.offset.as_deref(), expected, "{zones:?}");
        }
    }

    #[test]
    fn a_local_clock_and_one_since_1970_tell_the_zone() {
        let local = iso("1970-01-02T08:00:00").unwrap();
        for (unix_s, ahead) in [(86_400, Some(480)), (115_200, Some(0)), (86_401, None), (0, None)] {
            assert_eq!(local.seen_from(Some(unix_s)).ahead, ahead);
        }
    }
}
