//! Places as one types them: `15:14`, `2018-01-09 15:14`, `#42`, `50%`, `@name`, `exchange 11`, `+10m`.

use crate::format::{parse_stamp, parse_time_of_day};
use crate::structure::Structure;
use crate::text::pinyin::Query;
use crate::transcript::{ClockKind, PostId, SpeakerId, Transcript};
use crate::when::parse_duration;
use chrono::{NaiveDateTime, NaiveTime, Timelike};
use std::fmt;

/// A place in a record, as typed.
#[derive(Debug, Clone, PartialEq)]
pub enum Where {
    /// A post by its number.
    Post(usize),
    /// A share of the posts, 0 to 100.
    Percent(f64),
    /// The next post by a speaker.
    Speaker(String),
    /// A moment.
    Moment(NaiveDateTime),
    /// A time of day, on the day one stands on; or a time since the start.
    Time(Typed),
    /// The question of an exchange, by its number.
    Exchange(usize),
    /// So much later or earlier than the post one stands on, in milliseconds.
    By(i64),
}

/// What an exchange is called before its number.
pub const EXCHANGE: [&str; 2] = ["exchange", "问答"];

/// A time as it is typed, of two fields or three. What they are is told by the clock of the record: `20:06` is a time of day, or twenty
/// minutes and six seconds since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typed {
    negative: bool,
    fields: (u32, u32),
    third: Option<u32>,
}

impl Typed {
    /// Reads `15:14`, `1:02:03`, `-0:05`, and times of day in words.
    fn parse(text: &str) -> Option<Self> {
        let (negative, rest) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let digits: Option<Vec<u32>> = rest.split(':').map(|field| field.parse().ok()).collect();
        let (fields, third) = match digits.as_deref() {
            Some(&[first, second @ 0..60]) => ((first, second), None),
            Some(&[first, second @ 0..60, third @ 0..60]) => ((first, second), Some(third)),
            _ => {
                let time = parse_time_of_day(text)?;
                ((time.hour(), time.minute()), Some(time.second()))
            }
        };
        Some(Self { negative, fields, third })
    }

    /// The time of day.
    fn of_day(self) -> Option<NaiveTime> {
        let time = NaiveTime::from_hms_opt(self.fields.0, self.fields.1, self.third.unwrap_or(0));
        time.filter(|_| !self.negative)
    }

    /// The time since the start, in milliseconds, of a record whose stamps have that resolution.
    fn since_start(self, resolution_ms: i64) -> i64 {
        let (first, second) = (i64::from(self.fields.0), i64::from(self.fields.1));
        let seconds = match self.third {
            Some(third) => first * 3600 + second * 60 + i64::from(third),
            None if resolution_ms >= 60_000 => first * 3600 + second * 60,
            None => first * 60 + second,
        };
        seconds * if self.negative { -1000 } else { 1000 }
    }
}

impl fmt::Display for Typed {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        write!(f, "{sign}{}:{:02}", self.fields.0, self.fields.1)?;
        self.third.map_or(Ok(()), |third| write!(f, ":{third:02}"))
    }
}

impl Where {
    /// Reads a place. Full-width characters are fine, and so is a quotation: its reference is the place.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.trim().chars().map(fold).collect();
        if let Some(number) = cited(&text) {
            return Some(Self::Post(number));
        }
        if let Some(percent) = text.strip_suffix('%') {
            return percent
                .trim()
                .parse()
                .ok()
                .filter(|share| (0.0..=100.0).contains(share))
                .map(Self::Percent);
        }
        if let Some(name) = text.strip_prefix('@') {
            return (!name.trim().is_empty()).then(|| Self::Speaker(name.trim().to_owned()));
        }
        if let Some(number) = EXCHANGE.iter().find_map(|name| text.strip_prefix(name)) {
            return number.trim().parse().ok().filter(|number| *number > 0).map(Self::Exchange);
        }
        if let Some(ms) = relative(&text) {
            return Some(Self::By(ms));
        }
        if let Ok(number) = text.parse() {
            return Some(Self::Post(number));
        }
        if let Some(time) = Typed::parse(&text) {
            return Some(Self::Time(time));
        }
        parse_stamp(&text).map(|stamp| Self::Moment(stamp.moment))
    }

    /// The same place, whatever day one stands on later.
    #[must_use]
    pub fn absolute(self, transcript: &Transcript, from: PostId) -> Self {
        match self {
            Self::Time(time) if transcript.meta.clock == ClockKind::Wall => {
                let day = transcript.moment(from).map(|moment| moment.date());
                let moment = day.zip(time.of_day()).map(|(day, time)| day.and_time(time));
                moment.map_or(self, Self::Moment)
            }
            other => other,
        }
    }

    /// Whether the place will be the same when the transcript has grown.
    pub fn is_known(&self, transcript: &Transcript, structure: &Structure) -> bool {
        match self {
            Self::Post(number) => (1..=transcript.len()).contains(number),
            Self::Percent(_) | Self::By(_) => false,
            Self::Exchange(number) => (1..=structure.exchange_count()).contains(number),
            Self::Speaker(name) => named(name, transcript, structure).is_some(),
            Self::Moment(_) => self.is_reached(transcript),
            Self::Time(_) => transcript.meta.clock == ClockKind::Offset && self.is_reached(transcript),
        }
    }

    /// The post at this place, seen from another post.
    pub fn find(&self, transcript: &Transcript, structure: &Structure, from: PostId) -> Option<PostId> {
        let last = transcript.last_id()?;
        match self {
            Self::Post(number) => (1..=transcript.len()).contains(number).then(|| PostId::new(number - 1)),
            Self::Percent(share) => Some(PostId::new((last.index() as f64 * share / 100.0).round() as usize)),
            Self::Speaker(name) => {
                let speaker = named(name, transcript, structure)?;
                structure.next_by(transcript, speaker, from).or_else(|| structure.first_by(speaker))
            }
            Self::Moment(_) | Self::Time(_) => at_or_after(transcript, self.time(transcript, from)?),
            Self::Exchange(number) => Some(structure.exchange(transcript, number.checked_sub(1)?)?.question),
            Self::By(ms) => {
                let found = at_or_after(transcript, self.time(transcript, from)?)?;
                // What lies in a silence is not where one stands already.
                let there =
                    if *ms < 0 { found.min(PostId::new(from.index().saturating_sub(1))) } else { found };
                Some(there)
            }
        }
    }

    /// The time meant, in milliseconds from the origin, seen from a post; none where the place is no time, or the
    /// record has no such clock.
    pub fn time(&self, transcript: &Transcript, from: PostId) -> Option<i64> {
        match (self, transcript.meta.clock) {
            (Self::Moment(moment), _) => transcript.meta.time_of(*moment),
            (Self::Time(time), ClockKind::Offset) => Some(time.since_start(transcript.meta.resolution_ms)),
            (Self::Time(time), ClockKind::Wall) => {
                transcript.meta.time_of(transcript.moment(from)?.date().and_time(time.of_day()?))
            }
            (Self::By(_), ClockKind::None) => None,
            (Self::By(ms), _) => Some(transcript.start(from)?.saturating_add(*ms)),
            _ => None,
        }
    }

    fn is_reached(&self, transcript: &Transcript) -> bool {
        self.time(transcript, PostId::new(0)).is_some_and(|at| transcript.starting_from(at).is_some())
    }
}

impl fmt::Display for Where {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Post(number) => write!(f, "#{number}"),
            Self::Percent(share) => write!(f, "{share}%"),
            Self::Speaker(name) => write!(f, "@{name}"),
            Self::Moment(moment) => write!(f, "{}", moment.format("%Y-%m-%dT%H:%M")),
            Self::Time(time) => write!(f, "{time}"),
            Self::Exchange(number) => write!(f, "{} {number}", EXCHANGE[0]),
            Self::By(ms) => {
                write!(f, "{}{}s", if *ms < 0 { '-' } else { '+' }, ms.unsigned_abs() as f64 / 1000.0)
            }
        }
    }
}

/// `+10m` and `-1h30m` in milliseconds: a number without a unit is none.
fn relative(text: &str) -> Option<i64> {
    let length = text.strip_prefix(['+', '-'])?;
    let ms = parse_duration(length).filter(|_| length.contains(char::is_alphabetic))?;
    Some(if text.starts_with('-') { -ms } else { ms })
}

/// The number of the post that a reference ends with: `#42`, `《标题》#42–#45`, `[42.1]`.
fn cited(text: &str) -> Option<usize> {
    // A number sign may be part of a name, and no reference has a control character.
    if text.starts_with('@') || text.contains(|ch: char| ch.is_control() && ch != '\n') {
        return None;
    }
    if let Some(mark) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        let (post, paragraph) = mark.split_once('.')?;
        return paragraph.parse::<usize>().ok().and_then(|_| post.parse().ok());
    }
    let (before, number) = text.rsplit_once('#')?;
    let number = number.trim().parse().ok()?;
    let first = before.strip_suffix('–').and_then(|before| before.rsplit_once('#')?.1.parse().ok());
    Some(first.unwrap_or(number))
}

/// A full-width character as its ASCII one.
pub fn fold(ch: char) -> char {
    match ch {
        '！'..='～' => char::from_u32(ch as u32 - 0xfee0).unwrap_or(ch),
        '\u{3000}' => ' ',
        _ => ch,
    }
}

/// The first speaker of that name: exactly, else by characters or pinyin.
pub fn named(name: &str, transcript: &Transcript, structure: &Structure) -> Option<SpeakerId> {
    let query = Query::new(name);
    let ids = || (0..transcript.speakers().len()).map(SpeakerId::new);
    ids()
        .find(|&id| structure.name(transcript, id) == name || transcript.speaker(id).label == name)
        .or_else(|| ids().find(|&id| query.is_in(structure.name(transcript, id))))
        .or_else(|| ids().find(|&id| query.is_in(&transcript.speaker(id).label)))
}

/// The first post at a time or after it; the last one if there is none.
fn at_or_after(transcript: &Transcript, at_ms: i64) -> Option<PostId> {
    transcript.starting_from(at_ms).or_else(|| transcript.last_id())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Forced, read_bytes};

    #[test]
    fn a_place_is_told_as_it_is_typed() {
        for text in ["#42", "12.5%", "@陆知远", "2025-01-01T15:14", "15:14", "exchange 11", "+600s", "-90s"]
        {
            assert_eq!(Where::parse(text).map(|place| place.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Where::parse(" 42 ").map(|place| place.to_string()).as_deref(), Some("#42"));
    }

    #[test]
    fn a_time_since_the_start_is_typed_as_it_is_shown() {
        let text = "1\n00:00:05,000 --> 00:00:06,000\n一\n\n2\n00:20:06,000 --> 00:20:07,000\n二\n\n3\n01:02:03,000 --> 01:02:04,000\n三\n";
        let transcript = read_bytes(text.as_bytes(), Forced::default()).unwrap().0;
        let structure = Structure::of(&transcript);
        for (place, number) in [
            ("0:05", 1),
            ("-0:05", 1),
            ("20:06", 2),
            ("20:07", 3),
            ("54:43", 3),
            ("62:03", 3),
            ("1:02:03", 3),
            ("00:20:06", 2),
        ] {
            let found = Where::parse(place).unwrap().find(&transcript, &structure, PostId::new(0));
            assert_eq!(found.map(PostId::number), Some(number), "{place}");
        }
        assert_eq!(Where::parse("20:60"), None);
    }

    #[test]
    fn places_are_read_and_found() {
        let text = "2025-01-01 08:00\n主持人\n一\n2025-01-01 08:10\n馆长陆知远\n二\n2025-01-01 15:14\n主持人\n三\n2025-01-01 15:20\n馆长陆知远\n四\n";
        let transcript = read_bytes(text.as_bytes(), Forced::default()).unwrap().0;
        let structure = Structure::of(&transcript);
        for (place, number) in [
            ("15:14", Some(3)),
            ("15:15", Some(4)),
            ("１５：１４", Some(3)),
            ("23:00", Some(4)),
            ("2025-01-01 08:05", Some(2)),
            ("2025-01-01T15:14", Some(3)),
            ("#2", Some(2)),
            ("＃2", Some(2)),
            ("# 2", Some(2)),
            ("#2–#3", Some(2)),
            ("——陆知远，馆长，2025-01-01 08:10，《C #9 @甲 50%》#2", Some(2)),
            ("[2.1]", Some(2)),
            ("[2]", None),
            ("[2.x]", None),
            ("4", Some(4)),
            ("#0", None),
            ("#5", None),
            ("0%", Some(1)),
            ("50%", Some(3)),
            ("100%", Some(4)),
            ("+5m", Some(2)),
            ("+10m", Some(2)),
            ("+1d", Some(4)),
            ("-10m", Some(1)),
            ("exchange 1", Some(1)),
            ("问答1", Some(1)),
            ("问答 9", None),
            ("exchange 0", None),
            ("101%", None),
            ("@陆知远", Some(2)),
            ("@lzy", Some(2)),
            ("@没有", None),
            ("@", None),
            ("", None),
            ("胡说", None),
        ] {
            let found =
                Where::parse(place).and_then(|place| place.find(&transcript, &structure, PostId::new(0)));
            assert_eq!(found.map(PostId::number), number, "{place}");
        }
    }
}
