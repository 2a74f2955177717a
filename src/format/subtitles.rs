//! Subtitles: what is said, by whom, at the times of a replay. `WebVTT` (W3C, section 4) and `SubRip`.
//!
//! A cue ends at a blank line, and a line with `-->` begins one: neither is left in what is said.

use crate::replay::{Shows, reading_ms};
use crate::text::kind::Kind;
use crate::text::paragraphs::paragraphs;
use crate::text::safe::Shown;
use crate::text::slice;
use crate::transcript::{ClockKind, PostId};
use std::io::{self, Write};

/// No subtitle goes sooner, in milliseconds, unless another one comes.
const SHORTEST_MS: i64 = 1000;

/// What stands between the times of a cue.
const ARROW: &str = "-->";

/// The format of subtitles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subtitles {
    /// `WebVTT`.
    Vtt,
    /// `SubRip`.
    Srt,
}

/// What of a record its subtitles do not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lost {
    /// Stamps: the times are those of the replay.
    pub stamps: bool,
    /// The title.
    pub title: bool,
    /// People whose office is not told.
    pub offices: usize,
    /// Posts that have no words to show.
    pub wordless: usize,
    /// Cues where an arrow stands for what would end them.
    pub arrows: usize,
    /// Cues with what players may take for markup.
    pub markup: usize,
}

/// Writes a record as subtitles at the viewer's times of a replay of that speed. A post is shown until the next one
/// appears, but no longer than it takes to read it.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_subtitles(format: Subtitles, shows: Shows, speed: f64, out: &mut dyn Write) -> io::Result<Lost> {
    let (transcript, structure) = (shows.transcript, shows.structure);
    let title = transcript.meta.title.as_deref().map(clean).unwrap_or_default();
    let offices = structure.people().filter(|&person| !structure.title(transcript, person).is_empty());
    let mut lost = Lost {
        stamps: transcript.meta.clock != ClockKind::None,
        title: format == Subtitles::Srt && !title.is_empty(),
        offices: offices.count(),
        ..Lost::default()
    };
    if format == Subtitles::Vtt {
        let mark = if title.is_empty() { "" } else { " - " };
        writeln!(out, "WEBVTT{mark}{}\n", title.replace(ARROW, "→"))?;
    }
    let viewed = |show_ms: i64| (show_ms as f64 / speed).round() as i64;
    let mut number = 0;
    for id in transcript.ids() {
        let speaker = clean(structure.name(transcript, transcript.speaker_of(id)));
        let lines = lines(&transcript.body(id));
        if lines.is_empty() {
            lost.wordless += 1;
            continue;
        }
        let show = shows.show(id);
        let start = viewed(show);
        let read = start + reading_ms(structure.reading(id), shows.pacing().cpm).max(SHORTEST_MS);
        let end = shows.next_after(show).map_or(read, |next| viewed(next).min(read)).max(start + 1);
        number += 1;
        match format {
            Subtitles::Vtt => write_vtt(out, id, (start, end), &voiced_vtt(&speaker, &lines))?,
            Subtitles::Srt => write_srt(out, number, (start, end), &voiced_srt(&speaker, &lines), &mut lost)?,
        }
    }
    Ok(lost)
}

/// A line without controls and line ends, in which blanks stand single and between words.
fn clean(text: &str) -> String {
    Shown::of(text).as_str().trim().split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// The paragraphs of a body as lines, none of which is blank.
fn lines(body: &str) -> Vec<String> {
    let line = |range| Shown::of(slice(body, range)).as_str().trim().to_owned();
    paragraphs(body).map(line).filter(|line| !line.is_empty()).collect()
}

/// `WebVTT` 4.2.2: a voice span that is the whole cue needs no end tag; a name in it is written as text is.
fn voiced_vtt(speaker: &str, lines: &[String]) -> String {
    let text = escaped(&lines.join("\n"));
    // The blank is no part of the name. It parts what would be an arrow.
    let end = if speaker.ends_with("--") { " >" } else { ">" };
    if speaker.is_empty() { text } else { format!("<v {}{end}{text}", escaped(speaker)) }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn write_vtt(out: &mut dyn Write, id: PostId, (start, end): (i64, i64), text: &str) -> io::Result<()> {
    writeln!(out, "#{}\n{} {ARROW} {}\n{text}\n", id.number(), time(start, '.'), time(end, '.'))
}

/// `SubRip` knows no voices: the name stands before the words, with the colon of its script.
fn voiced_srt(speaker: &str, lines: &[String]) -> String {
    let text = lines.join("\n");
    let wide = speaker.chars().next_back().is_some_and(|ch| Kind::of(ch).east_asian);
    match (speaker, wide) {
        ("", _) => text,
        (_, true) => format!("{speaker}：{text}"),
        (_, false) => format!("{speaker}: {text}"),
    }
}

fn write_srt(
    out: &mut dyn Write,
    number: usize,
    (start, end): (i64, i64),
    text: &str,
    lost: &mut Lost,
) -> io::Result<()> {
    lost.arrows += usize::from(text.contains(ARROW));
    lost.markup += usize::from(text.contains(['<', '{']));
    let text = text.replace(ARROW, "→");
    writeln!(out, "{number}\n{} {ARROW} {}\n{text}\n", time(start, ','), time(end, ','))
}

/// `01:02:03.004`, with as many hours as there are.
fn time(ms: i64, point: char) -> String {
    let (seconds, rest) = (ms / 1000, ms % 1000);
    format!("{:02}:{:02}:{:02}{point}{rest:03}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Forced, read_bytes};
    use crate::replay::{Pacing, Schedule};
    use crate::structure::Structure;

    fn written(format: Subtitles, text: &str, speed: f64) -> (String, Lost) {
        let transcript = read_bytes(text.as_bytes(), Forced::default()).unwrap().0;
        let structure = Structure::of(&transcript);
        let schedule = Schedule::of(&transcript, &structure, Pacing::default());
        let mut out = Vec::new();
        let lost = write_subtitles(format, schedule.over(&transcript, &structure), speed, &mut out).unwrap();
        (String::from_utf8(out).unwrap(), lost)
    }

    const RECORD: &str = "灯 --> 塔\n\n2025-01-01 08:00\n\n馆长李明\n\n一<b>二&三 --> 四\n五\n\n2025-01-01 10:00\n\nAnn Lee\n\nYes {so}.\n";

    #[test]
    fn webvtt_has_voices_and_escapes_what_it_would_obey() {
        let (text, lost) = written(Subtitles::Vtt, RECORD, 2.0);
        assert_eq!(
            text,
            "WEBVTT - 灯 → 塔\n\n\
            #1\n00:00:00.000 --> 00:00:01.800\n<v 李明>一&lt;b&gt;二&amp;三 --&gt; 四\n五\n\n\
            #2\n01:00:00.000 --> 01:00:01.000\n<v Ann Lee>Yes {so}.\n\n"
        );
        assert_eq!(lost, Lost { stamps: true, offices: 1, ..Lost::default() });
    }

    #[test]
    fn subrip_names_who_speaks_and_says_what_it_had_to_change() {
        let (text, lost) = written(Subtitles::Srt, RECORD, 1.0);
        assert_eq!(
            text,
            "1\n00:00:00,000 --> 00:00:01,800\n李明：一<b>二&三 → 四\n五\n\n\
            2\n02:00:00,000 --> 02:00:01,000\nAnn Lee: Yes {so}.\n\n"
        );
        let expected =
            Lost { stamps: true, title: true, offices: 1, arrows: 1, markup: 2, ..Lost::default() };
        assert_eq!(lost, expected);
    }

    #[test]
    fn a_time_has_as_many_hours_as_there_are() {
        assert_eq!((time(0, '.'), time(360_061_001, ',')), ("00:00:00.000".into(), "100:01:01,001".into()));
    }
}
