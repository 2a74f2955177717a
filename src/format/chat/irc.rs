//! Log of an IRC channel: irssi, weechat, ZNC, `HexChat` and `XChat`, mIRC, eggdrop, energymech, Limnoria, and what looks like them.
//!
//! A line is a time, if there is one, and `<name> words`, an act of somebody (`* name does`), a notice (`-name- words`), or what the
//! program says. Signs of rank (`@+%~&`) and colours are no part of a name. Colours in words are left as they are.
//!
//! Dates stand with each time, or in lines of the log (`--- Log opened`, `--- Day changed`), or nowhere but in the file's name: see
//! [`Days`] for what is made of that.

use super::days::Days;
use super::irc_line::{Event, When, clock_in, read};
use crate::format::by_line::{ByLine, InPlace, Line};
use crate::format::head::Head;
use crate::format::parser::{Parser, Wire};
use crate::transcript::{Draft, Kind, Post, Remark};
use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

/// The format.
#[derive(Debug, Default)]
pub struct Irc {
    days: Days,
    style: Style,
    /// There was a time with its date, and maybe its zone.
    has_zone: bool,
    /// The month that came last, where no year is told with it.
    month: Option<u32>,
    year: Option<i32>,
    /// What is read is a later part of a source.
    is_part: bool,
}

/// How a log tells dates, by its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Style {
    /// The day of the first line.
    first: Option<NaiveDate>,
    /// Each time has its date.
    is_dated: bool,
    /// The clock has twelve hours, and does not say which half of the day it is.
    has_twelve: bool,
    /// Times are told with their seconds.
    has_seconds: bool,
}

/// Whether times of day, in the order of a log, go from 12:59 to 1:00, and never to another hour than such a clock has.
fn has_twelve(times: &[NaiveTime]) -> bool {
    let goes_round = |pair: &[NaiveTime]| match pair {
        [from, to] if (from.hour(), to.hour()) == (12, 1) => to.minute() + 60 < from.minute() + 30,
        _ => false,
    };
    times.iter().all(|time| (1..=12).contains(&time.hour())) && times.windows(2).any(goes_round)
}

impl Style {
    fn of(head: &str) -> Self {
        let (mut times, mut first, mut has_seconds) = (Vec::new(), None, false);
        for line in head.lines() {
            let found = read(line);
            has_seconds |= found.0.is_some_and(|when| when.resolution_ms < 60_000);
            match found {
                (Some(When { date: Some(date), resolution_ms, .. }), ..) => {
                    let has_seconds = resolution_ms < 60_000;
                    return Self { first: Some(date), is_dated: true, has_twelve: false, has_seconds };
                }
                (when, _, Event::Dated(date, words)) if first.is_none() => {
                    // A change of the day that is not the first line ends the day before.
                    let is_later = !times.is_empty() && words.is_none();
                    first = if is_later { date.pred_opt() } else { Some(date) };
                    times.extend(when.map(|when| when.time));
                }
                (when, ..) => times.extend(when.map(|when| when.time)),
            }
        }
        Self { first, is_dated: false, has_twelve: has_twelve(&times), has_seconds }
    }
}

impl Irc {
    fn start(&mut self, when: Option<When>, number: u32, out: &mut Draft) -> Option<i64> {
        let When { date, day, time, resolution_ms } = when?;
        let date = date.or_else(|| day.and_then(|(month, day)| self.date_of(month, day)));
        if let Some(date) = date {
            return self.days.moment(date.and_time(time), resolution_ms, out);
        }
        let shown = if self.style.has_twelve { self.days.of_twelve(time) } else { time };
        if shown != time && out.remarks.count(Remark::TwelveHours) == 0 {
            out.remarks.note(Remark::TwelveHours, number);
        }
        self.days.time(shown, resolution_ms, out)
    }

    /// The date of a day whose year is not told, if it is known from elsewhere.
    fn date_of(&mut self, month: u32, day: u32) -> Option<NaiveDate> {
        let year = self.year?;
        let goes_back = self.month.replace(month).is_some_and(|last| last > month + 6);
        let year = year + i32::from(goes_back);
        self.year = Some(year);
        NaiveDate::from_ymd_opt(year, month, day)
    }

    /// The time of a line that tells a date, no finer than the others are: the minute of the first words is not before it.
    fn session(&mut self, date: NaiveDate, time: NaiveTime, out: &mut Draft) -> Option<i64> {
        let resolution_ms = if self.style.has_seconds { 1000 } else { 60_000 };
        let time = if self.style.has_seconds { time } else { time.with_second(0)? };
        self.days.moment(date.and_time(time), resolution_ms, out)
    }

    /// Takes note of a date that a line tells.
    fn dated(&mut self, date: NaiveDate) {
        self.year = Some(date.year());
        self.month = Some(date.month());
        self.days.set(date);
    }

    /// The zone is that of the record if all times have it.
    fn zone(&mut self, zone: Option<String>, out: &mut Draft) {
        let is_first = !std::mem::replace(&mut self.has_zone, true);
        if out.meta.offset != zone {
            out.meta.offset = zone.filter(|_| is_first);
        }
    }
}

/// A name without colours.
fn without_colours(name: &str) -> String {
    let mut kept = String::new();
    for (index, part) in name.split('\u{3}').enumerate() {
        let part = if index == 0 { part } else { behind_colour(part) };
        kept.extend(part.chars().filter(|ch| !ch.is_control()));
    }
    kept
}

/// What stands behind `4,12`.
fn behind_colour(text: &str) -> &str {
    let digits = |text: &str| text.bytes().take(2).take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits(text)..).unwrap_or_default();
    match rest.strip_prefix(',') {
        Some(ground) if digits(ground) > 0 && rest.len() < text.len() => {
            ground.get(digits(ground)..).unwrap_or_default()
        }
        _ => rest,
    }
}

impl ByLine for Irc {
    fn begin(&mut self, head: &str) {
        self.style = Style::of(head);
        if let Some(first) = self.style.first.filter(|_| !self.style.is_dated) {
            self.dated(first);
        }
    }

    fn suits(&self, head: &str) -> bool {
        self.style == Style::of(head)
    }

    fn line(&mut self, line: &Line, out: &mut Draft) {
        if line.text.trim().is_empty() {
            return;
        }
        let (when, zone, event) = read(line.text);
        if when.is_some_and(|when| when.date.is_some()) {
            self.zone(zone, out);
        }
        let mut start = None;
        if let Event::Dated(date, _) = event {
            self.dated(date);
            let time = clock_in(line.text).filter(|_| when.is_none());
            start = time.and_then(|time| self.session(date, time, out));
        }
        let (kind, name, words) = match event {
            Event::Said(name, words) => (Kind::Speech, name, words),
            Event::Did(name, words) => (Kind::Action, name, words),
            Event::Told(name, words) => (Kind::Notice, name, words),
            Event::Dated(_, None) => return,
            Event::Other(_) if when.is_none() && (self.is_part || !out.is_empty()) => {
                let body = line.place(line.text);
                return out.extend_body(body.start, body.end);
            }
            Event::Service(words) | Event::Dated(_, Some(words)) | Event::Other(words) => {
                (Kind::System, "", words)
            }
        };
        let start = start.or_else(|| self.start(when, line.number, out));
        let speaker = out.intern(&without_colours(name));
        out.push(Post {
            start,
            speaker,
            kind,
            body: line.place(words),
            line: Some(line.number),
            ..Post::default()
        });
    }

    fn elsewhere(&self) -> Option<Self> {
        self.style.is_dated.then(|| Self { style: self.style, is_part: true, ..Self::default() })
    }
}

impl Wire for Irc {
    fn score(head: &Head) -> u8 {
        let (mut lines, mut said, mut timed, mut other) = (0, 0, 0, 0);
        for line in head.text.split('\n').filter(|line| !line.trim().is_empty()).take(60) {
            lines += 1;
            let (when, _, event) = read(line.trim_end());
            match event {
                Event::Dated(_, Some(_)) if lines < 6 => return 95,
                Event::Said(..) => {
                    said += 1;
                    timed += usize::from(when.is_some());
                }
                Event::Told(..) | Event::Did(..) | Event::Service(..) if when.is_some() => {}
                Event::Service(..) | Event::Dated(..) => {}
                _ => other += 1,
            }
        }
        match (said, timed) {
            (2.., 2..) if other * 3 <= lines => 92,
            (3.., _) if other * 5 <= lines => 75,
            (2, _) if other == 0 => 62,
            (1, 1) if other * 2 <= lines => 58,
            (1, 0) if other == 0 && lines < 4 => 32,
            _ => 0,
        }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<InPlace<Self>>::default()
    }
}

#[cfg(test)]
mod tests {
    use crate::choice::Format;
    use crate::format::{Forced, read_bytes};
    use crate::transcript::ClockKind;

    fn told(text: &str) -> (ClockKind, Vec<String>) {
        let forced = Forced { format: Some(Format::Irc), ..Forced::default() };
        let (transcript, _) = read_bytes(text.as_bytes(), forced).unwrap();
        let posts = transcript.ids().map(|id| {
            let post = transcript.post(id);
            let label = &transcript.speaker(transcript.speaker_of(id)).label;
            let start = post.start.map(|start| match transcript.meta.moment(start) {
                Some(moment) => moment.format("%m-%d %H:%M").to_string(),
                None => format!("{}", start / 60_000),
            });
            format!("{} {:?} {label}: {}", start.unwrap_or_default(), post.kind, transcript.body(id))
        });
        (transcript.meta.clock, posts.collect())
    }

    #[test]
    fn days_go_on_at_midnight_and_where_a_line_tells_them() {
        let text = "--- Log opened Mon Nov 15 23:50:00 2004\n23:50 <ann> a\n00:10 <bob> b\n--- Day changed Wed Nov 17 \
                    2004\n08:00  * ann c\n08:01 -!- bob [b@c] has quit [x]\n--- Log closed Wed Nov 17 09:00:00 2004\n";
        let (clock, posts) = told(text);
        assert_eq!(clock, ClockKind::Wall);
        assert_eq!(
            posts,
            [
                "11-15 23:50 System : Log opened Mon Nov 15 23:50:00 2004",
                "11-15 23:50 Speech ann: a",
                "11-16 00:10 Speech bob: b",
                "11-17 08:00 Action ann: c",
                "11-17 08:01 System : bob [b@c] has quit [x]",
                "11-17 09:00 System : Log closed Wed Nov 17 09:00:00 2004",
            ]
        );
    }

    #[test]
    fn a_log_without_a_date_has_times_of_day() {
        let (clock, posts) =
            told("[12:18] <ann> a\ngoes on\n[12:17] <@bob> b\n[00:01] <\u{3}04,01c\u{f}> c\n");
        assert_eq!(clock, ClockKind::Offset);
        assert_eq!(posts, ["738 Speech ann: a\ngoes on", "737 Speech bob: b", "1441 Speech c: c"]);
    }

    #[test]
    fn a_clock_of_twelve_hours_is_told_by_how_it_goes_on() {
        let (_, posts) = told("[12:58] <ann> a\n[01:02] <bob> b\n");
        assert_eq!(posts, ["778 Speech ann: a", "782 Speech bob: b"]);
        let (_, posts) = told("[12:58] <ann> a\n[01:02] <bob> b\n[13:00] <ann> c\n");
        assert_eq!(posts, ["778 Speech ann: a", "1502 Speech bob: b", "2220 Speech ann: c"]);
    }

    #[test]
    fn a_change_of_the_day_tells_the_day_before() {
        let (_, posts) = told("23:59 <ann> a\n--- Day changed Tue Nov 16 2004\n00:01 <bob> b\n");
        assert_eq!(posts, ["11-15 23:59 Speech ann: a", "11-16 00:01 Speech bob: b"]);
    }

    #[test]
    fn years_are_told_by_the_log_where_lines_have_none() {
        let text = "**** BEGIN LOGGING AT Fri Dec 31 23:00:00 2004\n\nDec 31 23:59:00 <ann>\ta\nJan 01 00:01:00 <bob>\tb\n";
        let (clock, posts) = told(text);
        assert_eq!(clock, ClockKind::Wall);
        assert_eq!(posts[1..], ["12-31 23:59 Speech ann: a", "01-01 00:01 Speech bob: b"]);
        assert_eq!(told("Dec 31 23:59:00 <ann>\ta\n").0, ClockKind::Offset);
    }
}
