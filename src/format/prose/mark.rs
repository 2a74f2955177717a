//! When something was said, as it stands beside a name: `[08:27]`, `2018-01-09 08:27`, `(2.30 pm)`; and days in a text.

use crate::format::stamp::{self, Stamp};
use crate::text::slice;
use crate::transcript::Draft;
use chrono::{NaiveDate, NaiveTime, TimeDelta};

/// A time as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Day and time of day.
    Moment(Stamp),
    /// A time of day, or how far into a recording.
    Time {
        /// Milliseconds.
        ms: i64,
        /// What the print can express, in milliseconds.
        resolution_ms: i64,
        /// Whether it has two parts, such as `12:30`.
        short: bool,
    },
}

/// Longer ones are none, in bytes.
const LONGEST: usize = 64;

const BRACKETS: [(char, char); 5] = [('[', ']'), ('(', ')'), ('（', '）'), ('【', '】'), ('［', '］')];

const DAY_MS: i64 = 86_400_000;

/// The mark that a text is from end to end, without brackets.
pub fn whole(text: &str) -> Option<Mark> {
    let text = text.trim();
    if text.len() > LONGEST || !text.contains(is_digit) {
        return None;
    }
    stamp::parse(text).map(Mark::Moment).or_else(|| time(text))
}

/// A mark at the beginning of a line, with what stands behind it.
pub fn leading(line: &str) -> Option<(Mark, &str)> {
    if let Some((inner, rest)) = bracketed(line) {
        return Some((whole(inner)?, rest));
    }
    if !line.starts_with(is_digit) {
        return None;
    }
    let words = |count| line.match_indices(char::is_whitespace).nth(count).map(|(at, _)| at);
    let by_words = (0..3).rev().filter_map(words).chain((line.len() <= LONGEST).then_some(line.len()));
    let by_words =
        by_words.filter(|&end| end <= LONGEST).find_map(|end| Some((whole(slice(line, 0..end))?, end)));
    let glued = || {
        let end = line.find(|ch: char| !stamp::may_hold(ch) && ch != '：' || ch.is_whitespace())?;
        let text = slice(line, 0..end);
        let text = text.trim_end_matches([':', '：']);
        Some((whole(text)?, text.len()))
    };
    let (mark, end) = by_words.or_else(glued)?;
    Some((mark, slice(line, end..line.len())))
}

/// A mark at the end of a line, with what stands before it.
pub fn trailing(line: &str) -> Option<(&str, Mark)> {
    let line = line.trim_end();
    let last = line.chars().next_back()?;
    if let Some((open, _)) = BRACKETS.iter().find(|(_, close)| *close == last) {
        let at = line.rfind(*open)?;
        let inner = slice(line, at + open.len_utf8()..line.len() - last.len_utf8());
        return Some((slice(line, 0..at), whole(inner)?));
    }
    if !is_digit(last) && !last.eq_ignore_ascii_case(&'m') {
        return None;
    }
    let starts = line.rmatch_indices(char::is_whitespace).take(3).map(|(at, found)| (at, at + found.len()));
    let starts: Vec<_> = starts.filter(|&(at, _)| line.len() - at <= LONGEST).collect();
    starts.into_iter().rev().find_map(|(at, behind)| {
        let mark = whole(slice(line, behind..line.len()))?;
        Some((slice(line, 0..at), mark))
    })
}

/// A time in brackets at the end of a turn, and what stands before it.
pub fn closing(body: &str) -> Option<(&str, Mark)> {
    if !body.ends_with([']', ')', '）', '】', '］']) {
        return None;
    }
    trailing(body).map(|(before, mark)| (before.trim_end(), mark))
}

/// What stands in brackets at the beginning, and behind them.
fn bracketed(line: &str) -> Option<(&str, &str)> {
    let first = line.chars().next()?;
    let (open, close) = BRACKETS.iter().find(|(open, _)| *open == first)?;
    let (inner, rest) = line.strip_prefix(*open)?.split_once(*close)?;
    (inner.len() <= LONGEST).then_some((inner, rest))
}

const fn is_digit(ch: char) -> bool {
    ch.is_ascii_digit() || matches!(ch, '０'..='９')
}

/// `8:27`, `00:12:30.5`, `2.30 pm`, `15時14分`
fn time(text: &str) -> Option<Mark> {
    let folded: String = text.chars().map(fold).collect();
    let lower = folded.trim().to_ascii_lowercase();
    let half = [("a.m.", 0), ("am", 0), ("p.m.", 12), ("pm", 12)];
    let half = half.into_iter().find_map(|(word, hours)| Some((lower.strip_suffix(word)?.trim_end(), hours)));
    let (digits, hours) = half.map_or((lower.as_str(), None), |(digits, hours)| (digits, Some(hours)));
    let parts: Vec<&str> = if hours.is_some() && !digits.contains(':') {
        digits.split('.').collect()
    } else {
        digits.split(':').collect()
    };
    let (last, fraction) = parts.last()?.split_once('.').unwrap_or((parts.last()?, ""));
    let number = |text: &str, longest: usize| {
        let is_number = (1..=longest).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<i64>().ok()).flatten()
    };
    let (first, rest) = parts.split_first()?;
    let pairs = rest.iter().all(|part| part.split('.').next().is_some_and(|part| part.len() == 2));
    if !pairs
        || !(2..=3).contains(&parts.len())
        || fraction.len() > 3
        || parts.len() == 2 && !fraction.is_empty()
    {
        return None;
    }
    let first = number(first, 3)?;
    let hour = hours.map_or(Some(first), |late| (1..=12).contains(&first).then_some(first % 12 + late))?;
    let middle = if parts.len() == 3 { number(parts[1], 2)? } else { number(last, 2)? };
    let second = if parts.len() == 3 { number(last, 2)? } else { 0 };
    let millis = if fraction.is_empty() { 0 } else { number(&format!("{fraction:0<3}"), 3)? };
    if middle > 59 || second > 59 {
        return None;
    }
    let resolution_ms = match (parts.len(), fraction.len()) {
        (2, _) => 60_000,
        (_, 0) => 1000,
        _ => 1,
    };
    let ms = ((hour * 60 + middle) * 60 + second) * 1000 + millis;
    Some(Mark::Time { ms, resolution_ms, short: parts.len() == 2 })
}

fn fold(ch: char) -> char {
    match ch {
        '！'..='～' => char::from_u32(ch as u32 - 0xfee0).unwrap_or(ch),
        ch if ch.is_whitespace() => ' ',
        ch => ch,
    }
}

/// The first day that is named in a text: `2018-01-09`, `2018年1月9日`, `9 January 2018`, `January 9, 2018`.
pub fn day(text: &str) -> Option<NaiveDate> {
    let folded: String = text.chars().take(400).map(fold).collect();
    let pieces: Vec<&str> =
        folded.split(|ch: char| !ch.is_alphanumeric()).filter(|piece| !piece.is_empty()).collect();
    numeric(&folded).or_else(|| pieces.windows(3).find_map(named))
}

fn numeric(text: &str) -> Option<NaiveDate> {
    let mut rest = text;
    while let Some(at) = rest.find(|ch: char| ch.is_ascii_digit()) {
        let from = slice(rest, at..rest.len());
        let digits = from.find(|ch: char| !ch.is_ascii_digit()).unwrap_or(from.len());
        let (year, behind) = from.split_at(digits);
        if year.len() == 4
            && let Some(day) = behind_year(year, behind)
        {
            return Some(day);
        }
        rest = behind;
    }
    None
}

fn behind_year(year: &str, behind: &str) -> Option<NaiveDate> {
    let mut chars = behind.chars();
    let mark = chars.next().filter(|ch| matches!(ch, '-' | '/' | '.' | '年' | '년'))?;
    let mut parts = chars.as_str().splitn(3, |ch: char| !ch.is_ascii_digit() && ch != ' ');
    let month = parts.next()?.trim().parse().ok()?;
    let day: String = parts.next()?.trim().chars().take_while(char::is_ascii_digit).take(2).collect();
    let _ = mark;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month, day.parse().ok()?)
}

fn named(three: &[&str]) -> Option<NaiveDate> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month_of = |word: &str| {
        let start = word.get(..3)?.to_ascii_lowercase();
        MONTHS
            .iter()
            .position(|month| *month == start)
            .filter(|_| word.bytes().all(|b| b.is_ascii_alphabetic()))
    };
    let number = |word: &str| word.trim_end_matches(|ch: char| ch.is_ascii_alphabetic()).parse::<u32>().ok();
    let [first, second, third] = three else { return None };
    let year = third.parse::<i32>().ok().filter(|year| (1000..3000).contains(year))?;
    let (day, month) = match (month_of(first), month_of(second)) {
        (Some(month), _) => (number(second)?, month),
        (None, Some(month)) => (number(first)?, month),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year, month as u32 + 1, day)
}

/// What the marks of a record are counted from.
#[derive(Debug, Default)]
pub struct Clock {
    /// The day of times of day, if one was told.
    pub day: Option<NaiveDate>,
    counts: Option<Counts>,
    last_ms: i64,
}

/// What a time without a day says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    /// A time of day.
    Day,
    /// How far into a recording, in hours and minutes or finer.
    Recording,
    /// The same in minutes and seconds.
    Minutes,
}

/// A record that begins so early in the day was recorded: its times are counted from its start, in milliseconds.
const EARLY_MS: i64 = 30 * 60_000;

/// A time of day that is so much earlier than the one before is that of the next day, in milliseconds.
const BACK_MS: i64 = 12 * 3_600_000;

impl Clock {
    /// Whatever times follow are those of this day.
    pub fn begin(&mut self, day: NaiveDate) {
        *self = Self { day: Some(day), counts: Some(Counts::Day), last_ms: 0 };
    }

    /// The time of a post.
    pub fn time(&mut self, mark: Mark, out: &mut Draft) -> Option<i64> {
        let (ms, resolution_ms, short) = match mark {
            Mark::Moment(stamp) => {
                self.day = Some(stamp.moment.date());
                self.counts = Some(Counts::Day);
                self.last_ms = 0;
                return out.wall(stamp.moment, stamp.resolution_ms);
            }
            Mark::Time { ms, resolution_ms, short } => (ms, resolution_ms, short),
        };
        let counts = *self.counts.get_or_insert(match () {
            () if ms < EARLY_MS && short => Counts::Minutes,
            () if !(EARLY_MS..DAY_MS).contains(&ms) => Counts::Recording,
            () => Counts::Day,
        });
        match (counts, self.day) {
            (Counts::Minutes, _) if short => out.offset(ms / 60, 1000),
            (Counts::Day, Some(day)) => {
                if ms + BACK_MS < self.last_ms {
                    self.day = day.succ_opt();
                }
                self.last_ms = ms;
                let moment = self
                    .day?
                    .and_time(NaiveTime::MIN)
                    .checked_add_signed(TimeDelta::try_milliseconds(ms)?)?;
                out.wall(moment, resolution_ms)
            }
            _ => out.offset(ms, resolution_ms),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(mark: Mark) -> String {
        match mark {
            Mark::Moment(stamp) => stamp.moment.to_string(),
            Mark::Time { ms, resolution_ms, .. } => format!("{ms}/{resolution_ms}"),
        }
    }

    #[test]
    fn times_stand_before_and_behind_names() {
        for (line, mark, rest) in [
            ("2018-01-09 08:27 主持人", "2018-01-09 08:27:00", " 主持人"),
            ("2018年1月9日08:27 主持人", "2018-01-09 08:27:00", " 主持人"),
            ("[08:27] 主持人：早", "30420000/60000", " 主持人：早"),
            ("（00:12:30.5）甲", "750500/1", "甲"),
            ("08:27主持人：早", "30420000/60000", "主持人：早"),
            ("08:27", "30420000/60000", ""),
        ] {
            let (found, behind) = leading(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((told(found).as_str(), behind), (mark, rest), "{line}");
        }
        for (line, before, mark) in [
            ("主持人 2018-01-09 08:27", "主持人", "2018-01-09 08:27:00"),
            ("主持人 [08:27]", "主持人 ", "30420000/60000"),
            ("Ann Lee 00:12:30", "Ann Lee", "750000/1000"),
            ("Senator LEE (South) (14:02)", "Senator LEE (South) ", "50520000/60000"),
            ("Ann Lee 2.30 pm", "Ann Lee", "52200000/60000"),
        ] {
            let (rest, found) = trailing(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((rest, told(found).as_str()), (before, mark), "{line}");
        }
    }

    #[test]
    fn other_numbers_are_no_times() {
        for line in
            ["3：1，主队", "3:1 win", "[1] 注", "12", "8:99 x", "2018年，我们", "1.5 米", "", "[]", "12:3"]
        {
            assert_eq!(leading(line), None, "{line}");
        }
    }

    #[test]
    fn a_day_is_found_in_a_text() {
        for (text, expected) in [
            ("发布时间: 2020-05-28 16:56 来源", "2020-05-28"),
            ("新华社北京2018年1月9日电", "2018-01-09"),
            ("Tuesday, 9 January 2018", "2018-01-09"),
            ("January 9th, 2018: the House met", "2018-01-09"),
        ] {
            assert_eq!(day(text).map(|day| day.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in ["12345-1-1", "2018年", "2018-13-40", "may 2018", "", "1 2 3"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn times_of_day_go_on_past_midnight_and_early_ones_are_counted_from_the_start() {
        let times = |day: &str, marks: &[&str]| {
            let mut clock = Clock { day: super::day(day), ..Clock::default() };
            let mut out = Draft::default();
            let times: Vec<_> = marks.iter().filter_map(|mark| clock.time(whole(mark)?, &mut out)).collect();
            (out.meta.clock.name(), times.into_iter().map(|ms| ms / 1000).collect::<Vec<_>>())
        };
        assert_eq!(times("2018-01-09", &["23:50", "00:10"]), ("wall", vec![0, 1200]));
        assert_eq!(times("", &["23:50", "23:51"]), ("offset", vec![85_800, 85_860]));
        assert_eq!(times("2018-01-09", &["00:05", "01:10"]), ("offset", vec![5, 70]));
        assert_eq!(times("2018-01-09", &["00:00:05", "01:10:00"]), ("offset", vec![5, 4200]));
    }
}
