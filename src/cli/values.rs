//! The values of options, and what is said of one that is none.

use crate::choice::ThemeName;
use crate::when::{FASTEST, SLOWEST, parse_duration, parse_times};
use chrono::{NaiveDate, NaiveDateTime};
use clap::ValueEnum;
use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use std::ffi::OsStr;
use std::time::Duration;

/// A theme by its name: one that is built in, or the user's own.
#[derive(Debug, Clone)]
pub(super) struct Themes;

impl TypedValueParser for Themes {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(ThemeName::value_variants().iter().filter_map(ValueEnum::to_possible_value)))
    }
}

/// A date and a time, or a date.
pub(super) fn moment(text: &str) -> Result<NaiveDateTime, String> {
    let text = text.trim().replace(' ', "T");
    let told = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S%.f"]
        .iter()
        .find_map(|how| NaiveDateTime::parse_from_str(&text, how).ok());
    let day = || NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok().map(NaiveDateTime::from);
    told.or_else(day).ok_or_else(|| "a date and time is expected, such as 2018-01-09T15:00".to_owned())
}

/// A label of an encoding.
pub(super) fn encoding(label: &str) -> Result<&'static encoding_rs::Encoding, String> {
    encoding_rs::Encoding::for_label(label.as_bytes()).ok_or_else(|| "no encoding has that label".to_owned())
}

/// A speed that a replay can have.
pub(super) fn speed(text: &str) -> Result<f64, String> {
    let speed = parse_times(text).ok_or_else(|| "a number is expected".to_owned())?;
    if (SLOWEST..=FASTEST).contains(&speed) {
        Ok(speed)
    } else {
        Err(format!("{SLOWEST} to {FASTEST} is expected"))
    }
}

/// Cells of a row.
pub(super) fn width(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(width @ 2..=10_000) => Ok(width),
        _ => Err("2 to 10000 is expected".to_owned()),
    }
}

/// Columns and rows of a screen.
pub(super) fn size(text: &str) -> Result<(u16, u16), String> {
    let number = |text: &str| text.trim().parse().ok();
    match text.split_once(['x', 'X', '×']).map(|(columns, rows)| (number(columns), number(rows))) {
        Some((Some(columns @ 20..=1000), Some(rows @ 5..=500))) => Ok((columns, rows)),
        _ => Err("20x5 to 1000x500 is expected".to_owned()),
    }
}

/// A time, in milliseconds.
pub(super) fn duration_ms(text: &str) -> Result<i64, String> {
    parse_duration(text).ok_or_else(|| "a time such as 90s, 2m or 1h30m is expected".to_owned())
}

/// An age. A bare number would be seconds, which nobody means.
pub(super) fn age(text: &str) -> Result<Duration, String> {
    let told = parse_duration(text).filter(|_| text.trim().ends_with(char::is_alphabetic));
    let ms = told.and_then(|ms| u64::try_from(ms).ok());
    ms.map(Duration::from_millis).ok_or_else(|| "a time such as 90d, 36h or 1d12h is expected".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_have_units() {
        let hours = |hours: u64| Ok(Duration::from_secs(hours * 3600));
        assert_eq!(
            (age("90d"), age("36h"), age("1d12h"), age("2 天")),
            (hours(2160), hours(36), hours(36), hours(48))
        );
        for text in ["", "90", "90.", "-1d", "d", "90w", "1d12"] {
            assert!(age(text).is_err(), "{text}");
        }
    }

    #[test]
    fn sizes_are_read() {
        assert_eq!((size("100x30"), size("20×5")), (Ok((100, 30)), Ok((20, 5))));
        for text in ["", "100", "x", "19x5", "20x4", "1001x30", "100x-3", "99999999x30"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
