//! Subtitles: what is said, by whom, at the times of a replay. `WebVTT` (W3C, section 4) and `SubRip`.
//!
//! A cue ends at a blank line, and a line with `-->` begins one: neither is left in what is said. What is long is told in several cues.
//! A record that came with ends of its own, as subtitles do, keeps its times.

use super::parts::{Part, parts, times};
use super::timed::decoded;
use crate::choice::{GapModel, Pace};
use crate::replay::{Shows, reading_ms};
use crate::text::kind::Kind;
use crate::text::paragraphs::paragraphs;
use crate::text::safe::Shown;
use crate::text::slice;
use crate::transcript::{ClockKind, PostId, SpeakerId, Transcript};
use std::collections::BTreeSet;
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

/// Writes posts of a record as subtitles at the viewer's times of a replay of that speed which begins with the first of them. A post is
/// shown until the next one of the record appears, but no longer than it takes to read it. At the pace of its clock, a record with times
/// in a recording that tells ends too is written at those times.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_subtitles(
    format: Subtitles,
    (shows, posts): (Shows, &[PostId]),
    speed: f64,
    out: &mut dyn Write,
) -> io::Result<Lost> {
    let (transcript, structure) = (shows.transcript, shows.structure);
    let title = transcript.meta.title.as_deref().map(clean).unwrap_or_default();
    let timing = Timing::of((shows, posts), speed);
    let people: BTreeSet<_> = posts.iter().map(|&id| structure.author(transcript, id)).collect();
    let offices = people.into_iter().filter(|&person| !structure.title(transcript, person).is_empty());
    let mut lost = Lost {
        stamps: transcript.meta.clock != ClockKind::None && !timing.own,
        title: format == Subtitles::Srt && !title.is_empty(),
        offices: if is_exact(transcript) { 0 } else { offices.count() },
        ..Lost::default()
    };
    if format == Subtitles::Vtt {
        let mark = if title.is_empty() { "" } else { " - " };
        writeln!(out, "WEBVTT{mark}{}\n", title.replace(ARROW, "→"))?;
    }
    let mut number = 0;
    let cues = timing.cues(shows, posts);
    for (at, &(id, (start, end))) in cues.iter().enumerate() {
        let speaker = clean(byline(shows, transcript.speaker_of(id)));
        let lines = lines(&transcript.body(id));
        if lines.is_empty() {
            lost.wordless += 1;
            continue;
        }
        // Parts of what another cue joins would come between.
        let is_joined = cues.get(at + 1).is_some_and(|(_, (next, _))| *next < end);
        let is_whole = is_exact(transcript) || is_joined;
        let parts = if is_whole { vec![Part { lines, weight: 1 }] } else { parts(&lines, end - start) };
        let times = times(&parts, (start, end));
        for (index, (part, time)) in parts.iter().zip(times.windows(2)).enumerate() {
            number += 1;
            let time = (time[0], time[1]);
            match format {
                Subtitles::Vtt => write_vtt(out, (id, index), time, &voiced_vtt(&speaker, &part.lines))?,
                Subtitles::Srt => {
                    // Who speaks is told where the post begins.
                    let speaker = if index == 0 { &speaker } else { "" };
                    write_srt(out, number, time, &voiced_srt(speaker, &part.lines), &mut lost)?;
                }
            }
        }
    }
    Ok(lost)
}

/// Among so many posts behind one the next that is later is looked for: a record may stamp all alike.
const AHEAD: usize = 1000;

/// Which times are written.
struct Timing {
    /// Those of the record.
    own: bool,
    speed: f64,
    /// When the replay begins, in show time.
    begins: i64,
}

impl Timing {
    fn of((shows, posts): (Shows, &[PostId]), speed: f64) -> Self {
        let pacing = shows.pacing();
        let is_as_it_was =
            (speed - 1.0).abs() < f64::EPSILON && pacing.gaps == GapModel::Real && pacing.pace == Pace::Clock;
        let transcript = shows.transcript;
        let has_ends = || transcript.ids().any(|id| transcript.post(id).end.is_some());
        let own = is_as_it_was && transcript.meta.clock == ClockKind::Offset && has_ends();
        let is_whole = posts.len() == transcript.len();
        let begins = if is_whole { None } else { posts.iter().map(|&id| shows.show(id)).min() };
        Self { own, speed, begins: begins.unwrap_or(0) }
    }

    /// Posts with their times, in the order in which they are shown.
    fn cues(&self, shows: Shows, posts: &[PostId]) -> Vec<(PostId, (i64, i64))> {
        let mut cues: Vec<_> = posts.iter().map(|&id| (id, self.times(shows, id))).collect();
        cues.sort_by_key(|(_, (start, _))| *start);
        cues
    }

    /// When a post is shown, and when it is gone.
    fn times(&self, shows: Shows, id: PostId) -> (i64, i64) {
        let viewed = |show_ms: i64| ((show_ms - self.begins) as f64 / self.speed).round() as i64;
        let reading = reading_ms(shows.structure.reading(id), shows.pacing().cpm).max(SHORTEST_MS);
        let post = shows.transcript.post(id);
        if let Some(start) = post.start.filter(|_| self.own) {
            let start = start.max(0);
            let later = || shows.transcript.starts(id).flatten().take(AHEAD);
            let next = || later().find(|&next| next > start).unwrap_or(i64::MAX);
            let end = post.end.unwrap_or_else(|| next().min(start + reading));
            let least = if is_exact(shows.transcript) {
                start + 1
            } else {
                // What would be gone at once stays until another one comes.
                next().min(start + SHORTEST_MS).max(start + 1)
            };
            return (start, end.max(least));
        }
        let show = shows.show(id);
        let start = viewed(show);
        let read = start + reading;
        let end = shows.next_after(show).map_or(read, |next| viewed(next).min(read));
        (start, end.max(start + 1))
    }
}

/// Whether cues are written as they were read: the record came as subtitles.
fn is_exact(transcript: &Transcript) -> bool {
    ["vtt", "srt", "sbv", "ass", "ttml"].contains(&transcript.meta.format.as_str())
}

/// Who speaks: in subtitles as it was written there, unless somebody has corrected it.
fn byline(shows: Shows<'_>, speaker: SpeakerId) -> &str {
    let (transcript, structure) = (shows.transcript, shows.structure);
    let is_corrected = |id| structure.correction(id).is_some();
    if is_exact(transcript) && !is_corrected(speaker) && !is_corrected(structure.main_byline(speaker)) {
        return &transcript.speaker(speaker).label;
    }
    structure.name(transcript, speaker)
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

/// A cue is named by the number of its post, and behind the first by its own.
fn write_vtt(
    out: &mut dyn Write,
    (id, index): (PostId, usize),
    (start, end): (i64, i64),
    text: &str,
) -> io::Result<()> {
    let part = if index == 0 { String::new() } else { format!(".{}", index + 1) };
    writeln!(out, "#{}{part}\n{} {ARROW} {}\n{text}\n", id.number(), time(start, '.'), time(end, '.'))
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
    lost.markup += usize::from(text.contains(['<', '{']) || decoded(text) != text);
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
        let lost = {
            let posts: Vec<_> = transcript.ids().collect();
            write_subtitles(format, (schedule.over(&transcript, &structure), &posts), speed, &mut out)
                .unwrap()
        };
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
    fn cues_are_in_the_order_of_their_starts_and_no_shorter_than_they_need_be() {
        let segment = |start: f64, end: f64, name: &str| {
            format!(
                "{{\"startTime\": {start}, \"endTime\": {end}, \"speaker\": \"{name}\", \"body\": \"so\"}}"
            )
        };
        let text = [
            segment(1.15, 1.45, "Bo"),
            segment(0.0, 0.3, "Ann"),
            segment(2.0, 2.1, "Cy"),
            segment(9.0, 9.3, "Di"),
        ];
        let text = format!("{{\"segments\": [{}]}}", text.join(","));
        let (text, _) = written(Subtitles::Srt, &text, 1.0);
        let times: Vec<_> = text.lines().filter(|line| line.contains(ARROW)).collect();
        assert_eq!(
            times,
            [
                "00:00:00,000 --> 00:00:01,000",
                "00:00:01,150 --> 00:00:02,000",
                "00:00:02,000 --> 00:00:03,000",
                "00:00:09,000 --> 00:00:10,000"
            ]
        );
        assert_eq!(text.lines().nth(2), Some("Ann: so"));
    }

    #[test]
    fn a_time_has_as_many_hours_as_there_are() {
        assert_eq!((time(0, '.'), time(360_061_001, ',')), ("00:00:00.000".into(), "100:01:01,001".into()));
    }
}
