//! The stamps of `WhatsApp`: how a telephone prints a date and a time depends on its language and country.

use crate::format::scan::Scan;
use crate::text::beginning;
use chrono::{NaiveDate, NaiveDateTime};

/// Longer stamps do not exist, with the name behind them, in bytes.
const LONGEST: usize = 512;

/// How a stamp is parted from what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `[13/06/18, 21:25:15] a: m`: iPhone.
    Bracket,
    /// `13/06/18, 21:25 - a: m`: Android.
    Dash,
    /// `13.06.18 21.25.15: a: m`.
    Colon,
    /// `13. 6. 2018. 21:25:15 a: m`.
    Bare,
}

/// Which number of a date comes first where the year does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Day, month, year.
    Day,
    /// Month, day, year.
    Month,
    /// Year, month, day, with two digits of the year.
    Year,
}

/// A stamp and what stands behind it.
#[derive(Debug, Clone, Copy)]
pub struct Stamp<'a> {
    numbers: [u32; 3],
    /// Printed as in the United States: numbers are not filled up, and AM or PM follows the time.
    is_american: bool,
    time: chrono::NaiveTime,
    /// What the print can express, in milliseconds.
    pub resolution_ms: i64,
    /// How it is parted from the rest.
    pub form: Form,
    /// Name and words.
    pub rest: &'a str,
}

/// How stamps are printed in a whole file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// How they are parted from the rest.
    pub form: Form,
    /// How dates are read.
    pub order: Order,
}

/// The stamp at the beginning of a line.
pub fn stamp(line: &str) -> Option<Stamp<'_>> {
    let shown = beginning(line, LONGEST);
    let mut scan = Scan::new(shown);
    scan.blanks();
    let bracket = scan.eat(&['[']);
    scan.blanks();
    let (numbers, time, resolution_ms) = date_and_time(&mut scan)?;
    let form = behind(&mut scan, bracket)?;
    // What was looked at may be the beginning of a long line only.
    let rest = line.get(shown.len() - scan.rest.len()..)?;
    let printed = shown.get(..shown.len() - scan.rest.len())?;
    Some(Stamp { numbers, time, resolution_ms, form, rest, is_american: is_american(printed) })
}

/// Whether a stamp may be one of the United States: `1/5/24, 10:00:00 AM`.
fn is_american(printed: &str) -> bool {
    let mut numbers =
        printed.split('/').map(|part| part.trim_start_matches(|ch: char| !ch.is_alphanumeric()));
    let are_short =
        [numbers.next(), numbers.next()].iter().flatten().filter(|part| !part.starts_with('0')).count();
    are_short == 2 && numbers.next().is_some() && (printed.contains("AM") || printed.contains("PM"))
}

fn date_and_time(scan: &mut Scan) -> Option<([u32; 3], chrono::NaiveTime, i64)> {
    let mut ahead = *scan;
    if let Some(clock) = ahead.clock(&[':']) {
        // Vietnamese: the time first.
        ahead.eat(&[',']);
        if ahead.blanks()
            && let Some(numbers) = date(&mut ahead)
        {
            *scan = ahead;
            return Some((numbers, clock.time()?, clock.resolution_ms()));
        }
    }
    let numbers = date(scan)?;
    let parted = scan.eat(&[',', '،', '、']);
    let parted = scan.blanks() || parted;
    let mut ahead = *scan;
    let clock = ahead.clock(&[':', '.']).or_else(|| {
        ahead = *scan;
        filler(&mut ahead)?;
        ahead.clock(&[':', '.'])
    })?;
    *scan = ahead;
    parted.then_some((numbers, clock.time()?, clock.resolution_ms()))
}

/// A word before a time or behind it: `klo`, `um`, `at`, `Uhr`.
fn filler(scan: &mut Scan) -> Option<()> {
    let word = scan.rest.split(|ch: char| !ch.is_alphabetic() && ch != '.').next()?;
    if word.is_empty() || word.chars().count() > 8 {
        return None;
    }
    scan.rest = scan.rest.strip_prefix(word)?;
    scan.blanks();
    Some(())
}

/// Three numbers with the same mark between them.
fn date(scan: &mut Scan) -> Option<[u32; 3]> {
    let first = scan.number(1..=4)?;
    let mark = ['/', '.', '-', '\u{2010}'].into_iter().find(|&mark| {
        let mut ahead = *scan;
        ahead.blanks();
        let found = ahead.eat(&[mark]);
        *scan = if found { ahead } else { *scan };
        found
    })?;
    scan.blanks();
    let second = scan.number(1..=4)?;
    scan.blanks();
    if !scan.eat(&[mark]) {
        return None;
    }
    scan.blanks();
    let third = scan.number(1..=4)?;
    scan.eat(&['.']);
    // Bulgarian: the word for a year.
    let mut ahead = *scan;
    ahead.blanks();
    if let Some(rest) = ahead.rest.strip_prefix("г.") {
        scan.rest = rest;
    }
    Some([first, second, third])
}

/// What parts a stamp from the rest.
fn behind(scan: &mut Scan, bracket: bool) -> Option<Form> {
    let parted = scan.blanks();
    if bracket {
        if !scan.eat(&[']']) {
            // A word for before noon or after that is not known.
            filler(scan)?;
            scan.blanks();
            return (scan.eat(&[']']) && scan.blanks()).then_some(Form::Bracket);
        }
        return (scan.blanks() || scan.rest.is_empty()).then_some(Form::Bracket);
    }
    let mut ahead = *scan;
    if !ahead.rest.starts_with(['-', '–', '—', ':'])
        && filler(&mut ahead).is_some()
        && ahead.rest.starts_with("- ")
    {
        *scan = ahead;
    }
    if parted && scan.eat(&['-', '–', '—']) && scan.blanks() {
        Some(Form::Dash)
    } else if !parted && scan.eat(&[':']) && scan.blanks() {
        Some(Form::Colon)
    } else {
        (parted && scan.rest.contains(": ")).then_some(Form::Bare)
    }
}

impl Stamp<'_> {
    /// The moment, and whether its date can be read in this order.
    pub fn moment(&self, order: Order) -> Option<(NaiveDateTime, bool)> {
        let date = self.date(order);
        let found =
            date.or_else(|| self.date(if order == Order::Day { Order::Month } else { Order::Day }))?;
        Some((found.and_time(self.time), date.is_some()))
    }

    fn date(&self, order: Order) -> Option<NaiveDate> {
        let [first, second, third] = self.numbers;
        let (year, month, day) = match () {
            () if first > 31 => (first, second, third),
            () if second > 31 && order == Order::Month => (second, first, third),
            () if second > 31 => (second, third, first),
            () if third > 31 || order != Order::Year => {
                let is_month_first = order == Order::Month;
                if is_month_first { (third, first, second) } else { (third, second, first) }
            }
            () => (first, second, third),
        };
        let year = if year < 100 { year + 2000 } else { year };
        NaiveDate::from_ymd_opt(year as i32, month, day)
    }
}

/// How stamps are printed, by the beginning of a file: nothing if there are none.
pub fn style(head: &str) -> Option<Style> {
    let stamps: Vec<_> = head.lines().filter_map(stamp).collect();
    let count = |form| stamps.iter().filter(|stamp| stamp.form == form).count();
    let forms = [Form::Bracket, Form::Dash, Form::Colon, Form::Bare];
    let form = forms.into_iter().rev().max_by_key(|&form| count(form))?;
    let first = *stamps.first()?;
    let form = if count(first.form) == count(form) { first.form } else { form };
    let stamps: Vec<_> = stamps.into_iter().filter(|stamp| stamp.form == form).collect();
    Some(Style { form, order: order(&stamps) })
}

/// How dates are to be read: as most of them can be, else as they ascend, else as they lie close together; else day first.
fn order(stamps: &[Stamp]) -> Order {
    let fault = |order| {
        let dates: Vec<_> = stamps.iter().map(|stamp| stamp.date(order)).collect();
        let unread = dates.iter().filter(|date| date.is_none()).count();
        let descents = dates.windows(2).filter(|pair| matches!(pair, [Some(a), Some(b)] if b < a)).count();
        let mut read: Vec<_> = dates.into_iter().flatten().collect();
        read.sort_unstable();
        read.dedup();
        let days = match &read[..] {
            [first, .., last] => last.signed_duration_since(*first).num_days(),
            _ => 0,
        };
        (unread + descents, days, read.len())
    };
    let (day, month, year) = (fault(Order::Day), fault(Order::Month), fault(Order::Year));
    if year.0 < day.0 && year.0 < month.0 {
        return Order::Year;
    }
    let is_closer = day.0 == month.0 && day.2 > 2 && day.1 > 5 * month.1;
    // What decides between several dates if nothing else does; a day first may be told by its days, which lie much closer
    // together. Of one date nothing is known.
    let is_american = day.0 == month.0
        && day.2 > 1
        && stamps.iter().all(|stamp| stamp.is_american)
        && !(day.2 > 2 && month.1 > 5 * day.1);
    if day.0 > month.0 || is_closer || is_american { Order::Month } else { Order::Day }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_are_read_in_many_languages() {
        for (line, moment, form) in [
            ("13/06/18, 21:25 - a: m", "2018-06-13 21:25:00", Form::Dash),
            ("2021. 3. 4. 오후 1:55 - a: m", "2021-03-04 13:55:00", Form::Dash),
            ("2021/3/4 下午1:55 - a: m", "2021-03-04 13:55:00", Form::Dash),
            ("[2021/3/4 上午1:55:07] a: m", "2021-03-04 01:55:07", Form::Bracket),
            ("21:25, 13/06/2018 - a: m", "2018-06-13 21:25:00", Form::Dash),
            ("[13.06.18, 21:25:15] a: m", "2018-06-13 21:25:15", Form::Bracket),
            ("13.06.18, 9:25 nachm. - a: m", "2018-06-13 21:25:00", Form::Dash),
            ("\u{200f}[١٣‏/٦‏/٢٠١٨، ٩:٢٥:١٥ م] a: m", "2018-06-13 21:25:15", Form::Bracket),
            ("3/6/18, 1:55\u{202f}PM - a: m", "2018-06-03 13:55:00", Form::Dash),
            ("[13-06-18 21:25:15] a: m", "2018-06-13 21:25:15", Form::Bracket),
            ("13.06.2018 г., 21:25 - a: m", "2018-06-13 21:25:00", Form::Dash),
            ("13/06/2018 à 21:25 - a: m", "2018-06-13 21:25:00", Form::Dash),
            ("[13/06/2018, 9:25:15 xy] a: m", "2018-06-13 09:25:15", Form::Bracket),
        ] {
            let stamp = stamp(line).unwrap_or_else(|| panic!("{line}"));
            let moment_read = stamp.moment(Order::Day).map(|(moment, _)| moment.to_string());
            assert_eq!(
                (moment_read.as_deref(), stamp.form, stamp.rest),
                (Some(moment), form, "a: m"),
                "{line}"
            );
        }
        for line in [
            "2016-04-29 10:30:00",
            "13/06/18 - a: m",
            "21:25 - a: m",
            "[00:12.50]a: m",
            "[12:18] <a> b: c",
            "a: 13/06/18, 21:25 - m",
            "13/06/18, 21:25",
            "",
        ] {
            assert!(stamp(line).is_none(), "{line}");
        }
    }

    #[test]
    fn the_order_of_day_and_month_is_told_by_the_whole() {
        for (dates, expected) in [
            (&["3/6/18"][..], Order::Day),
            (&["3/6/18", "13/6/18"], Order::Day),
            (&["3/6/18", "6/13/18"], Order::Month),
            (&["3/6/18", "4/1/18"], Order::Month),
            (&["3/6/18", "1/7/18"], Order::Day),
            (&["3/6/18", "3/7/18", "3/8/18", "3/9/18"], Order::Month),
            (&["3/6/18", "4/6/18", "5/6/18", "6/6/18"], Order::Day),
            (&["21/06/13", "21/06/14", "21/07/01"], Order::Year),
            (&["01/01/19", "20/01/19", "30/01/19", "10/06/20", "20/06/20"], Order::Day),
        ] {
            let lines: Vec<_> = dates.iter().map(|date| format!("{date}, 21:25 - a: m")).collect();
            assert_eq!(style(&lines.join("\n")).map(|style| style.order), Some(expected), "{dates:?}");
        }
        for (lines, expected) in [
            ("[1/5/24, 10:00:00 AM] a: m\n[1/6/24, 1:05:00 PM] a: m", Order::Month),
            ("1/5/24, 10:00\u{202f}AM - a: m", Order::Day),
            ("[01/05/24, 10:00:00 AM] a: m\n[01/06/24, 1:05:00 PM] a: m", Order::Day),
            ("[1/5/24, 10:00:00 am] a: m", Order::Day),
            ("[1/5/24, 10:00:00 AM] a: m\n[13/5/24, 1:05:00 PM] a: m", Order::Day),
            ("3/6/18, 1:00 PM - a: m\n4/6/18, 1:00 PM - a: m\n5/6/18, 1:00 PM - a: m", Order::Day),
        ] {
            assert_eq!(style(lines).map(|style| style.order), Some(expected), "{lines}");
        }
    }
}
