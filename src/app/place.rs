//! Places as one types them: `15:14`, `2018-01-09 15:14`, `#42`, `50%`, `@name`.

use crate::format::{parse_stamp, parse_time_of_day};
use crate::structure::Structure;
use crate::text::pinyin::Query;
use crate::transcript::{ClockKind, PostId, SpeakerId, Transcript};
use chrono::{NaiveDateTime, NaiveTime};
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
    Time(NaiveTime),
}

impl Where {
    /// Reads a place. Full-width characters are fine.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.trim().chars().map(fold).collect();
        if let Some(number) = text.strip_prefix('#') {
            return number.trim().parse().ok().map(Self::Post);
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
        if let Ok(number) = text.parse() {
            return Some(Self::Post(number));
        }
        if let Some(time) = parse_time_of_day(&text) {
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
                day.map_or(self, |day| Self::Moment(day.and_time(time)))
            }
            other => other,
        }
    }

    /// Whether the place will be the same when the transcript has grown.
    pub fn is_known(&self, transcript: &Transcript, structure: &Structure) -> bool {
        match self {
            Self::Post(number) => (1..=transcript.len()).contains(number),
            Self::Percent(_) => false,
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
        }
    }

    /// The time meant, in milliseconds from the origin, seen from a post; none where the place is no time, or the
    /// record has no such clock.
    pub fn time(&self, transcript: &Transcript, from: PostId) -> Option<i64> {
        match (self, transcript.meta.clock) {
            (Self::Moment(moment), _) => transcript.meta.time_of(*moment),
            (Self::Time(time), ClockKind::Offset) => {
                Some(time.signed_duration_since(NaiveTime::MIN).num_milliseconds())
            }
            (Self::Time(time), ClockKind::Wall) => {
                transcript.meta.time_of(transcript.moment(from)?.date().and_time(*time))
            }
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
            Self::Time(time) => write!(f, "{}", time.format("%H:%M")),
        }
    }
}

pub(super) fn fold(ch: char) -> char {
    match ch {
        '！'..='～' => char::from_u32(ch as u32 - 0xfee0).unwrap_or(ch),
        '\u{3000}' => ' ',
        _ => ch,
    }
}

/// The first speaker of that name: exactly, else by characters or pinyin.
pub(super) fn named(name: &str, transcript: &Transcript, structure: &Structure) -> Option<SpeakerId> {
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
        for text in ["#42", "12.5%", "@陆知远", "2025-01-01T15:14", "15:14"] {
            assert_eq!(Where::parse(text).map(|place| place.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Where::parse(" 42 ").map(|place| place.to_string()).as_deref(), Some("#42"));
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
            ("4", Some(4)),
            ("#0", None),
            ("#5", None),
            ("0%", Some(1)),
            ("50%", Some(3)),
            ("100%", Some(4)),
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
