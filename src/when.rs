//! Times and durations in words; never finer than the source.

use crate::lang::Lang;
use crate::transcript::{ClockKind, Meta};
use chrono::{Datelike, NaiveDateTime, Timelike, Weekday};

/// A time of the record as the source can express it: `08:27`, `08:27:30`, or `0:12:34` since the start. Times of day that no
/// source tells the date of are counted from a midnight: `12:18`.
pub fn clock_time(meta: &Meta, at_ms: i64) -> String {
    match meta.clock {
        ClockKind::Wall => {
            let Some(moment) = meta.moment(at_ms) else { return String::new() };
            let (hour, minute) = (moment.hour(), moment.minute());
            if meta.resolution_ms >= 60_000 {
                format!("{hour:02}:{minute:02}")
            } else {
                format!("{hour:02}:{minute:02}:{:02}", moment.second())
            }
        }
        ClockKind::Offset if meta.resolution_ms >= 60_000 => {
            let minutes = at_ms.div_euclid(60_000);
            format!("{:02}:{:02}", minutes.div_euclid(60), minutes.rem_euclid(60))
        }
        ClockKind::Offset => timer(at_ms),
        ClockKind::None => String::new(),
    }
}

/// A running time: `4:10`, `1:04:10`.
pub fn timer(ms: i64) -> String {
    let (sign, seconds) = if ms < 0 { ("-", ms.unsigned_abs() / 1000) } else { ("", ms as u64 / 1000) };
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{sign}{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{sign}{minutes}:{seconds:02}")
    }
}

/// The slowest speed of a replay.
pub const SLOWEST: f64 = 0.1;
/// The fastest speed of a replay.
pub const FASTEST: f64 = 10_000.0;

/// The number of a speed: `45`, `45x`, `0.5×`.
pub fn parse_times(text: &str) -> Option<f64> {
    text.trim_end_matches(['x', 'X', '×']).trim().parse().ok()
}

/// A speed without idle digits: `0.25`, `60`.
pub fn speed(speed: f64) -> String {
    let text = format!("{speed:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A length: `12m`, `3:51`, `9d`; seconds below a minute.
pub fn length(ms: i64) -> String {
    let minutes = ms / 60_000;
    match (minutes / 60, minutes % 60) {
        (0, 0) => format!("{}s", ms / 1000),
        (0, minutes) => format!("{minutes}m"),
        (hours @ 48.., _) => format!("{}d", hours / 24),
        (hours, minutes) => format!("{hours}:{minutes:02}"),
    }
}

/// A duration in words: `3 小时 51 分`, `3 h 51 min`.
pub fn duration(lang: Lang, ms: i64) -> String {
    let minutes = ms.max(0) / 60_000;
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let (d, h, m, s) = match lang {
        Lang::Zh => ("天", "小时", "分", "秒"),
        Lang::En => ("d", "h", "min", "s"),
    };
    match (days, hours, rest) {
        (0, 0, 0) => format!("{} {s}", ms.max(0) / 1000),
        (0, 0, rest) => format!("{rest} {m}"),
        (0, hours, 0) => format!("{hours} {h}"),
        (0, hours, rest) => format!("{hours} {h} {rest} {m}"),
        (days, 0, _) => format!("{days} {d}"),
        (days, hours, _) => format!("{days} {d} {hours} {h}"),
    }
}

/// Reads `90s`, `2m`, `1h30m`, `500ms`, or seconds without a unit, in milliseconds.
pub fn parse_duration(text: &str) -> Option<i64> {
    let mut total = 0.0;
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|ch: char| !(ch.is_ascii_digit() || ch == '.')).unwrap_or(rest.len());
        let (number, tail) = rest.split_at_checked(digits)?;
        let letters = tail.find(|ch: char| ch.is_ascii_digit()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at_checked(letters)?;
        let factor = match unit.trim() {
            "ms" | "毫秒" => 1.0,
            "" | "s" | "秒" => 1000.0,
            "m" | "min" | "分" | "分钟" => 60_000.0,
            "h" | "小时" => 3_600_000.0,
            "d" | "天" => 86_400_000.0,
            _ => return None,
        };
        total += number.parse::<f64>().ok()? * factor;
        rest = tail;
    }
    Some(total.min(1e15) as i64)
}

/// A duration of a record in words, no finer than its stamps: `< 1 分`.
pub fn coarse_duration(lang: Lang, meta: &Meta, ms: i64) -> String {
    if ms < meta.resolution_ms {
        format!("< {}", duration(lang, meta.resolution_ms))
    } else {
        duration(lang, ms)
    }
}

/// A day: `2018年1月9日 星期二`, `Tuesday 9 January 2018`.
pub fn long_date(lang: Lang, moment: NaiveDateTime) -> String {
    let date = moment.date();
    match lang {
        Lang::En => date.format("%A %-d %B %Y").to_string(),
        Lang::Zh => {
            let day = match date.weekday() {
                Weekday::Mon => "一",
                Weekday::Tue => "二",
                Weekday::Wed => "三",
                Weekday::Thu => "四",
                Weekday::Fri => "五",
                Weekday::Sat => "六",
                Weekday::Sun => "日",
            };
            format!("{}年{}月{}日 星期{day}", date.year(), date.month(), date.day())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_told_in_words() {
        for (ms, zh, en, short) in [
            (0, "0 秒", "0 s", "0s"),
            (42_000, "42 秒", "42 s", "42s"),
            (120_000, "2 分", "2 min", "2m"),
            (231 * 60_000, "3 小时 51 分", "3 h 51 min", "3:51"),
            (3_600_000, "1 小时", "1 h", "1:00"),
            (90_000_000, "1 天 1 小时", "1 d 1 h", "25:00"),
            (528 * 86_400_000, "528 天", "528 d", "528d"),
        ] {
            assert_eq!(duration(Lang::Zh, ms), zh);
            assert_eq!(duration(Lang::En, ms), en);
            assert_eq!(length(ms), short);
        }
        assert_eq!(
            (timer(250_999), timer(3_850_000), timer(-1500)),
            ("4:10".into(), "1:04:10".into(), "-0:01".into())
        );
    }

    #[test]
    fn durations_are_read() {
        for (text, ms) in [
            ("90s", 90_000),
            ("2m", 120_000),
            ("1h30m", 5_400_000),
            ("1 小时 30 分", 5_400_000),
            ("500ms", 500),
            ("5", 5000),
            ("1.5m", 90_000),
            ("0", 0),
        ] {
            assert_eq!(parse_duration(text), Some(ms), "{text}");
        }
        for text in ["", "m", "2x", "1h-2", "质", "1..2s"] {
            assert!(parse_duration(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_speed_is_told_as_it_is_read() {
        for (text, told) in [("45", "45"), ("45x", "45"), ("0.50 ×", "0.5"), ("1e2X", "100")] {
            assert_eq!(parse_times(text).map(speed).as_deref(), Some(told));
        }
        assert!(parse_times("x").is_none() && parse_times("fast").is_none());
    }

    #[test]
    fn a_minute_stamp_shows_no_seconds() {
        let mut meta = Meta { clock: ClockKind::Wall, resolution_ms: 60_000, ..Meta::default() };
        meta.origin = chrono::NaiveDate::from_ymd_opt(2018, 1, 9).and_then(|day| day.and_hms_opt(7, 34, 0));
        assert_eq!(clock_time(&meta, 3_180_000), "08:27");
        meta.resolution_ms = 1000;
        assert_eq!(clock_time(&meta, 3_180_000), "08:27:00");
        meta.clock = ClockKind::Offset;
        assert_eq!(clock_time(&meta, 3_180_000), "53:00");
        meta.resolution_ms = 60_000;
        assert_eq!(clock_time(&meta, 44_280_000), "12:18");
        assert_eq!(long_date(Lang::Zh, meta.origin.unwrap()), "2018年1月9日 星期二");
        assert_eq!(long_date(Lang::En, meta.origin.unwrap()), "Tuesday 9 January 2018");
    }
}
