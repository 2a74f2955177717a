//! A line as it is read from its beginning: numbers, words, dates and times of day as programs and people print them.

use chrono::{NaiveDate, NaiveTime};
use std::ops::RangeInclusive;

/// What is left of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scan<'a> {
    /// What was not read yet.
    pub rest: &'a str,
}

/// A time of day as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clock {
    hour: u32,
    minute: u32,
    second: Option<u32>,
    /// Whether it is after noon, where that is told.
    late: Option<bool>,
}

impl Clock {
    /// The time of day, if there is such a one.
    pub fn time(self) -> Option<NaiveTime> {
        let hour = match self.late {
            None => self.hour,
            Some(true) if self.hour > 12 => self.hour,
            Some(late) => self.hour % 12 + if late { 12 } else { 0 },
        };
        NaiveTime::from_hms_opt(hour, self.minute, self.second.unwrap_or_default())
    }

    /// What the print can express, in milliseconds.
    pub const fn resolution_ms(self) -> i64 {
        if self.second.is_some() { 1000 } else { 60_000 }
    }
}

/// Words for before noon and after, letters only, in small letters.
const HALVES: [(&str, bool); 40] = [
    ("am", false),
    ("pm", true),
    ("上午", false),
    ("下午", true),
    ("凌晨", false),
    ("清晨", false),
    ("早上", false),
    ("早晨", false),
    ("中午", true),
    ("傍晚", true),
    ("晚上", true),
    ("午前", false),
    ("午後", true),
    ("오전", false),
    ("오후", true),
    ("vorm", false),
    ("nachm", true),
    ("πμ", false),
    ("μμ", true),
    ("ص", false),
    ("م", true),
    ("sa", false),
    ("ch", true),
    ("öö", false),
    ("ös", true),
    ("de", false),
    ("du", true),
    ("dop", false),
    ("odp", true),
    ("fm", false),
    ("em", true),
    ("pg", false),
    ("ptg", true),
    ("पूर्वाह्न", false),
    ("अपराह्न", true),
    ("lt", false),
    ("yb", true),
    ("ip", true),
    ("ap", false),
    ("vm", false),
];

impl<'a> Scan<'a> {
    /// All of a line.
    pub const fn new(line: &'a str) -> Self {
        Self { rest: line }
    }

    /// Reads one of these characters, if it comes next.
    pub fn eat(&mut self, wanted: &[char]) -> bool {
        let found = self.rest.strip_prefix(wanted);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    /// Reads blanks of any width and marks of direction; says whether there were any blanks.
    pub fn blanks(&mut self) -> bool {
        let before = self.rest;
        self.rest = before.trim_start_matches(|ch: char| ch.is_whitespace() || is_mark(ch));
        before.chars().take_while(|&ch| ch.is_whitespace() || is_mark(ch)).any(char::is_whitespace)
    }

    /// Reads a number of so many digits, of any script that a telephone writes.
    pub fn number(&mut self, digits: RangeInclusive<usize>) -> Option<u32> {
        let (mut value, mut count) = (0, 0);
        let mut rest = self.rest;
        while let Some((digit, behind)) = first_digit(rest) {
            count += 1;
            if count > *digits.end() {
                return None;
            }
            (value, rest) = (value * 10 + digit, behind);
        }
        if !digits.contains(&count) {
            return None;
        }
        self.rest = rest;
        Some(value)
    }

    /// Reads a date, year first: `2018-01-09`, `2018/1/9`, `2018.1.9`, `2018年1月9日`.
    pub fn date(&mut self) -> Option<NaiveDate> {
        let mut scan = *self;
        let year = scan.number(4..=4)?;
        let separator = ['-', '/', '.', '年'].into_iter().find(|&separator| scan.eat(&[separator]))?;
        let month = scan.number(1..=2)?;
        let second = if separator == '年' { '月' } else { separator };
        if !scan.eat(&[second]) {
            return None;
        }
        let day = scan.number(1..=2)?;
        if separator == '年' && !scan.eat(&['日', '号']) {
            return None;
        }
        let date = NaiveDate::from_ymd_opt(year as i32, month, day)?;
        *self = scan;
        Some(date)
    }

    /// Reads a time of day: `8:27`, `08:27:30`, `8:27 PM`, `下午8:27`, with other separators where they are given.
    pub fn clock(&mut self, separators: &[char]) -> Option<Clock> {
        let mut scan = *self;
        let before = scan.half();
        scan.blanks();
        let hour = scan.number(1..=2).filter(|&hour| hour < 24)?;
        let minute = scan.part(separators)?;
        let second = scan.part(separators);
        let mut behind = scan;
        behind.blanks();
        let late = before.or_else(|| behind.half());
        if before.is_none() && late.is_some() {
            scan = behind;
        }
        *self = scan;
        Some(Clock { hour, minute, second, late })
    }

    /// Reads minutes or seconds behind a separator.
    fn part(&mut self, separators: &[char]) -> Option<u32> {
        let mut scan = *self;
        let value =
            if scan.eat(separators) { scan.number(2..=2).filter(|&part| part < 60)? } else { return None };
        *self = scan;
        Some(value)
    }

    /// Reads a word that says whether it is before noon or after.
    fn half(&mut self) -> Option<bool> {
        let first = word(self.rest);
        let behind = self.rest.strip_prefix(first)?.trim_start();
        let second = word(behind);
        let both = self.rest.len() - behind.len() + second.len();
        let ends = [if second.is_empty() { 0 } else { both }, first.len()];
        let (late, end) = ends.into_iter().find_map(|end| Some((half(self.rest.get(..end)?)?, end)))?;
        self.rest = self.rest.get(end..)?;
        Some(late)
    }
}

/// The letters and full stops at the beginning of a text.
fn word(text: &str) -> &str {
    let is_of_it = |ch: char| {
        ch.is_alphabetic() || ch == '.' || !ch.is_ascii() && !ch.is_numeric() && !ch.is_whitespace()
    };
    text.split(|ch| !is_of_it(ch)).next().unwrap_or_default()
}

/// Whether a word says before noon (false) or after (true).
fn half(word: &str) -> Option<bool> {
    if word.is_empty() || word.len() > 40 {
        return None;
    }
    let letters: String = word
        .chars()
        .filter(|&ch| ch != '.' && !ch.is_whitespace() && !is_mark(ch))
        .flat_map(char::to_lowercase)
        .collect();
    HALVES.into_iter().find(|(known, _)| *known == letters).map(|(_, late)| late)
}

/// A mark of direction, or one of byte order.
pub const fn is_mark(ch: char) -> bool {
    matches!(ch, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn first_digit(text: &str) -> Option<(u32, &str)> {
    let mut chars = text.chars();
    let ch = chars.next()?;
    let zero = match ch {
        '0'..='9' => '0',
        '０'..='９' => '０',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{966}'..='\u{96f}' => '\u{966}',
        _ => return None,
    };
    Some((ch as u32 - zero as u32, chars.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(text: &str) -> Option<(String, &str)> {
        let mut scan = Scan::new(text);
        let time = scan.clock(&[':', '.'])?.time()?;
        Some((time.to_string(), scan.rest))
    }

    #[test]
    fn times_of_day_are_read_as_they_are_printed() {
        for (text, time, rest) in [
            ("8:27", "08:27:00", ""),
            ("08:27:30]", "08:27:30", "]"),
            ("1:55 p.m. - a", "13:55:00", " - a"),
            ("1:55 p. m.]", "13:55:00", "]"),
            ("1:55\u{202f}PM - a", "13:55:00", " - a"),
            ("12:05 AM x", "00:05:00", " x"),
            ("01.55 PM", "13:55:00", ""),
            ("下午1:55 名", "13:55:00", " 名"),
            ("오후 12:05", "12:05:00", ""),
            ("1:55 PM a: m", "13:55:00", " a: m"),
            ("21.25.15: a", "21:25:15", ": a"),
            ("٩:٣٢:١٢ م]", "21:32:12", "]"),
            ("12:18 < a>", "12:18:00", " < a>"),
            ("13:05 pm", "13:05:00", ""),
        ] {
            assert_eq!(clock(text), Some((time.to_owned(), rest)), "{text}");
        }
        for text in ["", "8", "8:2", "24:00", "08:60", "ab 8", "123:00"] {
            assert_eq!(clock(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_read_year_first() {
        for (text, rest) in
            [("2018-01-09 x", " x"), ("2018/1/9", ""), ("2018年1月9日8", "8"), ("2018.1.9.", ".")]
        {
            let mut scan = Scan::new(text);
            assert_eq!(scan.date().map(|date| date.to_string()).as_deref(), Some("2018-01-09"), "{text}");
            assert_eq!(scan.rest, rest, "{text}");
        }
        for text in ["2018-13-01", "18-01-09", "2018-1/9", "2018年1月9"] {
            let mut scan = Scan::new(text);
            assert_eq!(scan.date(), None, "{text}");
            assert_eq!(scan.rest, text);
        }
    }

    #[test]
    fn blanks_and_marks_are_passed_over() {
        for (text, are_blanks, rest) in
            [("\u{200e}\u{202f} a", true, "a"), ("\u{200e}a", false, "a"), ("a b", false, "a b")]
        {
            let mut scan = Scan::new(text);
            assert_eq!((scan.blanks(), scan.rest), (are_blanks, rest), "{text:?}");
        }
    }
}
