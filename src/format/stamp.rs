//! Date-times as people print them on a line of their own.
//!
//! `2018-01-09 08:27`, `2018/1/9 8:27:30`, `2018.01.09 08:27`, `2018年1月9日 星期二 上午8时27分`, full-width
//! digits and colons included.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// A moment as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The moment.
    pub moment: NaiveDateTime,
    /// What the print can express, in milliseconds: 60 000, 1000 or 1.
    pub resolution_ms: i64,
}

/// Longer lines are no stamps.
const LONGEST: usize = 96;

/// The stamp that a whole line is, if it is one.
pub fn parse(line: &str) -> Option<Stamp> {
    let line = line.trim();
    let first = line.chars().next()?;
    if line.len() > LONGEST || !(first.is_ascii_digit() || ('０'..='９').contains(&first)) {
        return None;
    }
    if let Some(stamp) = usual(line.as_bytes()) {
        return Some(stamp);
    }
    let mut reader = Reader::new(line);
    let date = reader.date()?;
    reader.weekday();
    let (time, resolution_ms) = reader.time()?;
    reader.at_end().then(|| Stamp { moment: date.and_time(time), resolution_ms })
}

/// `2018-01-09 08:27`, with seconds or without: what nearly every stamp looks like, at the speed of a scan.
pub fn usual(line: &[u8]) -> Option<Stamp> {
    let digit =
        |at: usize| line.get(at).map(|byte| u32::from(byte.wrapping_sub(b'0'))).filter(|&digit| digit < 10);
    let pair = |at: usize| Some(digit(at)? * 10 + digit(at + 1)?);
    let has = |at: usize, wanted: &[u8]| line.get(at).is_some_and(|byte| wanted.contains(byte));
    let dashed = has(4, b"-") && has(7, b"-") && has(10, b" T") && has(13, b":");
    let (second, resolution_ms) = match line.len() {
        16 => (0, 60_000),
        19 if has(16, b":") => (pair(17)?, 1000),
        _ => return None,
    };
    let date = NaiveDate::from_ymd_opt((pair(0)? * 100 + pair(2)?) as i32, pair(5)?, pair(8)?)?;
    let time = NaiveTime::from_hms_opt(pair(11)?, pair(14)?, second)?;
    dashed.then(|| Stamp { moment: date.and_time(time), resolution_ms })
}

/// Whether a stamp, or what surrounds it, may hold a character.
pub fn may_hold(ch: char) -> bool {
    let folded = fold(ch).to_ascii_lowercase();
    folded == ' '
        || folded.is_ascii_digit()
        || "-/.:()tapm年月日号时点分秒星期周一二三四五六天上下午凌晨早晚".contains(folded)
}

/// A time of day alone (`15:14`, `15:14:30`).
pub fn parse_time_of_day(text: &str) -> Option<NaiveTime> {
    let mut reader = Reader::new(text.trim());
    let (time, _) = reader.time()?;
    reader.at_end().then_some(time)
}

struct Reader {
    chars: Vec<char>,
    at: usize,
}

impl Reader {
    fn new(text: &str) -> Self {
        Self { chars: text.chars().map(fold).collect(), at: 0 }
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn eat(&mut self, wanted: &[char]) -> Option<char> {
        let found = self.peek().filter(|ch| wanted.contains(ch))?;
        self.at += 1;
        Some(found)
    }

    fn spaces(&mut self) {
        while self.eat(&[' ']).is_some() {}
    }

    fn at_end(&mut self) -> bool {
        self.spaces();
        self.at == self.chars.len()
    }

    fn word(&mut self, word: &str) -> bool {
        let here = self.chars[self.at..].iter().map(char::to_ascii_lowercase);
        let found = here.take(word.chars().count()).eq(word.chars());
        if found {
            self.at += word.chars().count();
        }
        found
    }

    fn number(&mut self, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
        let (mut value, mut count) = (0, 0);
        while let Some(digit) = self.peek().and_then(|ch| ch.to_digit(10)) {
            value = value * 10 + digit;
            count += 1;
            self.at += 1;
            if count > *digits.end() {
                return None;
            }
        }
        digits.contains(&count).then_some(value)
    }

    fn date(&mut self) -> Option<NaiveDate> {
        let year = self.number(4..=4)?;
        let separator = self.eat(&['-', '/', '.', '年'])?;
        let month = self.number(1..=2)?;
        self.eat(&[if separator == '年' { '月' } else { separator }])?;
        let day = self.number(1..=2)?;
        if separator == '年' {
            self.eat(&['日', '号'])?;
        }
        let parted = self.eat(&[' ', 't', 'T']).is_some();
        self.spaces();
        let joined = separator == '年' || self.peek().is_some_and(|ch| "上下星周晚(".contains(ch));
        if parted || joined { NaiveDate::from_ymd_opt(year as i32, month, day) } else { None }
    }

    fn weekday(&mut self) {
        if self.peek().is_none_or(|ch| ch.is_ascii_digit()) {
            return;
        }
        let bracket = self.eat(&['(']).is_some();
        if self.word("星期") || self.word("周") {
            self.at += usize::from(self.peek().is_some_and(|ch| "一二三四五六日天".contains(ch)));
        }
        if bracket {
            let _ = self.eat(&[')']);
        }
        self.spaces();
    }

    fn time(&mut self) -> Option<(NaiveTime, i64)> {
        let half = self.half();
        self.spaces();
        let hour = self.number(1..=2)?;
        let separator = self.eat(&[':', '时', '点'])?;
        let minute = self.number(if separator == ':' { 2..=2 } else { 1..=2 })?;
        let (mut second, mut millis, mut resolution) = (0, 0, 60_000);
        let more = if separator == ':' { self.eat(&[':']) } else { self.eat(&['分']) };
        if more.is_some() && self.peek().is_some_and(|ch| ch.is_ascii_digit()) {
            second = self.number(2..=2)?;
            resolution = 1000;
            let _ = self.eat(&['秒']);
            if self.eat(&['.']).is_some() {
                millis = self.number(3..=3)?;
                resolution = 1;
            }
        } else if more == Some(':') {
            return None;
        }
        self.spaces();
        let hour = in_half(hour, half.or_else(|| self.half()))?;
        NaiveTime::from_hms_milli_opt(hour, minute, second, millis).map(|time| (time, resolution))
    }

    /// Morning (false) or afternoon (true).
    fn half(&mut self) -> Option<bool> {
        self.peek().filter(|ch| !ch.is_ascii_digit())?;
        [
            ("上午", false),
            ("凌晨", false),
            ("早上", false),
            ("下午", true),
            ("晚上", true),
            ("am", false),
            ("pm", true),
        ]
        .into_iter()
        .find_map(|(word, late)| self.word(word).then_some(late))
    }
}

fn in_half(hour: u32, half: Option<bool>) -> Option<u32> {
    match half {
        None => Some(hour),
        Some(true) if hour > 12 => Some(hour),
        Some(late) => (hour <= 12).then_some(hour % 12 + if late { 12 } else { 0 }),
    }
}

/// Full-width forms to ASCII, every blank to a space.
fn fold(ch: char) -> char {
    match ch {
        '！'..='～' => char::from_u32(ch as u32 - 0xfee0).unwrap_or(ch),
        ch if ch.is_whitespace() => ' ',
        ch => ch,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_nothing_but_a_moment_is_a_stamp() {
        for (line, expected, resolution) in [
            ("2018-01-09 08:27", "2018-01-09 08:27:00", 60_000),
            ("2018/1/9 8:27", "2018-01-09 08:27:00", 60_000),
            ("2018.01.09  08:27:30", "2018-01-09 08:27:30", 1000),
            ("2018年1月9日 08:27", "2018-01-09 08:27:00", 60_000),
            ("2018年01月09日08:27", "2018-01-09 08:27:00", 60_000),
            ("2018年1月9日 星期二 下午3时05分", "2018-01-09 15:05:00", 60_000),
            ("２０１８－０１－０９　０８：２７", "2018-01-09 08:27:00", 60_000),
            (" 2018-01-09T08:27:30.250 ", "2018-01-09 08:27:30.250", 1),
            ("2018-01-09 12:05 AM", "2018-01-09 00:05:00", 60_000),
            ("2018年1月9号(星期天)凌晨1点5分07秒", "2018-01-09 01:05:07", 1000),
            ("2018/1/9 ＰＭ 3:05", "2018-01-09 15:05:00", 60_000),
            ("2018-01-09 早上8:27", "2018-01-09 08:27:00", 60_000),
            ("2018-01-09 (周二) 8:27", "2018-01-09 08:27:00", 60_000),
        ] {
            let stamp = parse(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(stamp.moment.to_string(), expected, "{line}");
            assert_eq!(stamp.resolution_ms, resolution, "{line}");
            assert!(line.chars().all(may_hold), "{line}");
        }
    }

    #[test]
    fn other_lines_are_text() {
        for line in [
            "",
            "2018",
            "2018-01-09",
            "08:27",
            "2018-13-09 08:27",
            "2018-02-30 08:27",
            "2018-01-09 24:01",
            "2018-01-09 08:60",
            "2018-01-09 08:27 主持人",
            "发布时间: 2020-05-28 16:56",
            "2018-01/09 08:27",
            "2018-01-0908:27",
            "2018年,我们将按照本次会议的要求",
            "12018-01-09 08:27",
            "2018-01-09 08:27:",
            "99999999999999999999",
        ] {
            assert_eq!(parse(line), None, "{line}");
        }
    }

    #[test]
    fn a_time_of_day_stands_alone() {
        assert_eq!(parse_time_of_day("15:14"), NaiveTime::from_hms_opt(15, 14, 0));
        assert_eq!(parse_time_of_day("9：05：07"), NaiveTime::from_hms_opt(9, 5, 7));
        assert_eq!(parse_time_of_day("25:00"), None);
        assert_eq!(parse_time_of_day("15"), None);
    }
}
