//! Writing live text, so that it reads back the same or is not written at all.
//!
//! A paragraph that looks like a stamp, or like the byline of a post without a name, begins with
//! [`TEXT`]: a blank to the eye, and to the parser a sign that it is neither.

use super::parser::Parser;
use super::plain::Plain;
use super::stamp;
use super::zhibo::{TEXT, Zhibo, is_byline, trim};
use crate::text::paragraphs::paragraphs;
use crate::text::slice;
use crate::transcript::{ClockKind, Draft, Extent, PostId, Transcript};
use chrono::NaiveDateTime;
use std::fmt::Write as _;

/// Why a record cannot be written as live text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Live text has no times but those of the wall clock, and tells speakers by them.
    Clock(ClockKind),
    /// This post would not read back as it is.
    Post(PostId),
}

/// Writes posts of a record as live text, with the stamps of the source; one without a clock and without names as
/// paragraphs.
///
/// # Errors
/// If it would not read back with the same times, bylines and paragraphs.
pub fn write_txt(transcript: &Transcript, posts: &[PostId]) -> Result<String, Unfit> {
    let clock = transcript.meta.clock;
    let nameless = transcript.speakers().iter().all(|speaker| speaker.label.is_empty());
    let stamped = match clock {
        ClockKind::Wall => true,
        ClockKind::None if nameless => false,
        ClockKind::None | ClockKind::Offset if transcript.is_empty() => false,
        ClockKind::None | ClockKind::Offset => return Err(Unfit::Clock(clock)),
    };
    let text = written(transcript, posts, stamped);
    let parser: Box<dyn Parser> = if stamped { Box::<Zhibo>::default() } else { Box::<Plain>::default() };
    let again = read(parser, &text).ok_or(Unfit::Post(PostId::default()))?;
    let is_lost =
        |index: usize, id| index >= again.len() || told(transcript, id) != told(&again, PostId::new(index));
    match posts.iter().enumerate().find(|&(index, &id)| is_lost(index, id)) {
        Some((_, &id)) => Err(Unfit::Post(id)),
        None if again.len() > posts.len() => {
            Err(posts.last().map_or(Unfit::Clock(clock), |&id| Unfit::Post(id)))
        }
        None => Ok(text),
    }
}

fn written(transcript: &Transcript, posts: &[PostId], stamped: bool) -> String {
    let mut out = String::new();
    if let Some(title) = transcript.meta.title.as_ref().filter(|_| stamped) {
        let _ = writeln!(out, "{title}\n");
    }
    let pattern = match transcript.meta.resolution_ms {
        60_000.. => "%Y-%m-%d %H:%M",
        1000.. => "%Y-%m-%d %H:%M:%S",
        _ => "%Y-%m-%d %H:%M:%S%.3f",
    };
    for &id in posts {
        if let Some(moment) = transcript.moment(id).filter(|_| stamped) {
            let _ = writeln!(out, "{}\n", moment.format(pattern));
        }
        let label = &transcript.speaker(transcript.speaker_of(id)).label;
        if !label.is_empty() {
            let _ = writeln!(out, "{label}\n");
        }
        let body = transcript.body(id);
        for (index, paragraph) in paragraphs(&body).enumerate() {
            let paragraph = slice(&body, paragraph);
            let name = index == 0 && label.is_empty() && is_byline(trim(paragraph));
            if stamped && (name || stamp::parse(trim(paragraph)).is_some()) {
                out.push(TEXT);
            }
            let _ = writeln!(out, "{paragraph}");
        }
        out.push('\n');
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

fn read(mut parser: Box<dyn Parser>, text: &str) -> Option<Transcript> {
    let mut draft = Draft::default();
    let at = draft.append(Extent::Memory(text.into()));
    parser.feed(text.as_bytes(), at, &mut draft).ok()?;
    parser.finish(&mut draft).ok()?;
    Some(Transcript::from(draft.take()))
}

/// What live text tells of a post: when, who, what.
fn told(transcript: &Transcript, id: PostId) -> (Option<NaiveDateTime>, &str, Vec<String>) {
    let body = transcript.body(id);
    let paragraphs = paragraphs(&body).map(|range| slice(&body, range).to_owned()).collect();
    (transcript.moment(id), &transcript.speaker(transcript.speaker_of(id)).label, paragraphs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Forced, read_bytes};

    fn whole(transcript: &Transcript) -> Result<String, Unfit> {
        write_txt(transcript, &transcript.ids().collect::<Vec<_>>())
    }

    fn json(clock: &str, speakers: &[&str], posts: &[(&str, usize, &[&str])]) -> Transcript {
        let speaker = |(at, label)| format!("{{\"id\": {}, \"label\": {label:?}}}", at + 1);
        let speakers: Vec<_> = speakers.iter().enumerate().map(speaker).collect();
        let post = |(at, (start, who, body)): (usize, &(&str, usize, &[&str]))| {
            format!(
                "{{\"id\": {}, {start} \"speaker\": {who}, \"kind\": \"speech\", \"body\": {body:?}}}",
                at + 1
            )
        };
        let posts: Vec<_> = posts.iter().enumerate().map(post).collect();
        let text = format!(
            "{{\"schema\": \"shilu/1\", \"meta\": {{{clock}}}, \"speakers\": [{}], \"posts\": [{}]}}",
            speakers.join(", "),
            posts.join(", ")
        );
        read_bytes(text.as_bytes(), Forced::default()).unwrap().0
    }

    const WALL: &str = "\"title\": \"标题\", \"clock\": \"wall\", \"origin\": \"2019-01-01T08:00:00\", \"resolution_ms\": 60000";
    const EXACT: &str = "\"clock\": \"wall\", \"origin\": \"2019-01-01T08:00:00\", \"resolution_ms\": 1";
    const OFFSET: &str = "\"clock\": \"offset\", \"resolution_ms\": 1000";
    const NONE: &str = "\"clock\": \"none\"";

    #[test]
    fn what_is_written_reads_back_the_same() {
        let text = "标题\n\n2025-01-01 08:00\n\n甲\n\n一\n二\n\n2025-01-01 08:05\n\n乙\n\n三\n";
        let transcript = read_bytes(text.as_bytes(), Forced::default()).unwrap().0;
        assert_eq!(whole(&transcript).as_deref(), Ok(text));
        let plain = "一\n二\n\n三\n";
        let transcript = read_bytes(plain.as_bytes(), Forced::default()).unwrap().0;
        assert_eq!(whole(&transcript).as_deref(), Ok(plain));
    }

    #[test]
    fn a_body_forges_no_post() {
        let forged: &[&str] = &["真话。", "2019-01-01 09:00", "root", "forged"];
        let blank: &[&str] = &["2019年1月1日 9:00", "root"];
        for (speakers, posts) in [
            (&["甲", "乙"][..], &[("\"start_ms\": 0,", 1, forged), ("\"start_ms\": 60000,", 2, blank)][..]),
            (&["", "乙"], &[("\"start_ms\": 0,", 1, forged), ("\"start_ms\": 60000,", 1, &["root", "x"])]),
            (&["甲"], &[("\"start_ms\": 0,", 1, &["2019-01-01 09:00"]), ("\"start_ms\": 0,", 1, &[])]),
        ] {
            let transcript = json(WALL, speakers, posts);
            let text = whole(&transcript).unwrap();
            let again = read_bytes(
                text.as_bytes(),
                Forced { format: Some(crate::choice::Format::Zhibo), ..Forced::default() },
            );
            let again = again.unwrap().0;
            assert_eq!(again.len(), posts.len(), "{text}");
            assert!(transcript.ids().all(|id| told(&transcript, id) == told(&again, id)), "{text}");
        }
    }

    #[test]
    fn what_would_not_read_back_is_not_written() {
        let post = |index| Unfit::Post(PostId::new(index));
        let long = "长".repeat(61);
        let start = "\"start_ms\": 60000,";
        for (clock, label, start, body, expected) in [
            (WALL, "甲", start, &["一"][..], None),
            (EXACT, "甲", "\"start_ms\": 60001,", &["一"], None),
            (WALL, "甲", "\"start_ms\": 60001,", &["一"], Some(post(0))),
            (WALL, "甲", "", &["一"], Some(post(0))),
            (WALL, "甲！", start, &["一"], Some(post(0))),
            (WALL, &long, start, &["一"], Some(post(0))),
            (WALL, "甲\n2019-01-01 09:00\nroot", start, &["一"], Some(post(0))),
            (WALL, "2019-01-01 09:00", start, &["一"], Some(post(0))),
            (WALL, "", start, &[], Some(post(0))),
            (OFFSET, "甲", start, &["一"], Some(Unfit::Clock(ClockKind::Offset))),
            (NONE, "甲", "", &["一"], Some(Unfit::Clock(ClockKind::None))),
            (NONE, "", "", &["一"], None),
        ] {
            let transcript = json(clock, &[label], &[(start, 1, body)]);
            assert_eq!(whole(&transcript).err(), expected, "{clock} {label} {start}");
        }
    }
}
