//! Transcript of a space mission, as the Spacelog project writes them: `missions/*/transcripts/TEC`.
//!
//! `[00:00:04:12]` (days, hours, minutes, seconds since the start; negative before it) on a line of its own; lines `_page : 12` that
//! say where it stands; then `CC: words`, and lines that go on. `_note : words` is a remark of the editor.

use crate::format::by_line::{ByLine, InPlace, Line};
use crate::format::head::Head;
use crate::format::lead::Opening;
use crate::format::parser::{Parser, Wire};
use crate::transcript::{Draft, Kind, Post};

/// The format.
#[derive(Debug, Default)]
pub struct Spacelog {
    start: Option<i64>,
    /// The stamp that the next words are under.
    stamp: Option<u32>,
    opening: Opening,
    /// How many brackets of a value over several lines are open.
    open: i32,
}

/// Longer names do not exist, in bytes.
const LONGEST_NAME: usize = 60;

/// A time, in milliseconds: `[00:00:04:12]`, `[-00:00:00:05]`.
fn stamp(line: &str) -> Option<i64> {
    let inner = line.trim().strip_prefix('[')?.strip_suffix(']')?;
    let (sign, digits) = inner.strip_prefix('-').map_or((1, inner), |digits| (-1, digits));
    let mut parts = [0; 4];
    let mut words = digits.split(':');
    for (index, part) in parts.iter_mut().enumerate() {
        let word = words.next()?;
        let is_number = (1..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
        *part = word.parse::<i64>().ok().filter(|&part| is_number && part < [1000, 24, 60, 60][index])?;
    }
    let [days, hours, minutes, seconds] = parts;
    let seconds = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
    words.next().is_none().then_some(sign * seconds * 1000)
}

/// Name and words.
fn named(line: &str) -> Option<(&str, &str)> {
    let (name, words) = line.split_once(':')?;
    let is_name = !name.is_empty()
        && name.len() <= LONGEST_NAME
        && name.starts_with(char::is_alphanumeric)
        && name.chars().all(|ch| ch.is_alphanumeric() || " ()/-.'&".contains(ch))
        && !name.chars().all(|ch| ch.is_ascii_digit())
        && name.split(' ').count() < 5;
    (is_name && (words.is_empty() || words.starts_with([' ', '\t'])))
        .then_some((name.trim(), words.trim_start()))
}

/// What a line of `_name : words` says, and of what.
fn aside(line: &str) -> Option<(&str, &str)> {
    let (name, words) = line.strip_prefix('_')?.split_once(':')?;
    let is_word =
        !name.trim().is_empty() && name.trim().bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    is_word.then_some((name.trim(), words.trim()))
}

/// How many brackets a line opens, less those that it closes.
fn opened(text: &str) -> i32 {
    let of = |ch| i32::from(matches!(ch, '[' | '{')) - i32::from(matches!(ch, ']' | '}'));
    text.chars().map(of).sum()
}

impl ByLine for Spacelog {
    fn line(&mut self, line: &Line, out: &mut Draft) {
        let text = line.text.trim_start_matches('\u{feff}');
        if text.trim().is_empty() || text.starts_with('#') {
            return;
        }
        if let Some(ms) = stamp(text) {
            self.start = out.offset(ms, 1000);
            self.open = 0;
            self.stamp = Some(line.number);
            return;
        }
        if self.open > 0 {
            self.open += opened(text);
            return;
        }
        if out.is_empty() && self.start.is_none() && !self.opening.is_out_of_sight {
            return self.opening.keep(text, line.number, out);
        }
        let (kind, name, words) = match (aside(text), named(text)) {
            (Some(("note", words)), _) => (Kind::Note, "", words),
            (Some((_, value)), _) => {
                self.open = if value.starts_with(['[', '{']) { opened(value) } else { 0 };
                return;
            }
            (None, Some((name, words))) => (Kind::Speech, name, words),
            // Words right below a stamp belong to nobody; else they go on.
            (None, None) if self.stamp.is_some() => (Kind::Speech, "", text),
            (None, None) => {
                let body = line.place(line.text);
                return out.extend_body(body.start, body.end);
            }
        };
        let number = self.stamp.take().unwrap_or(line.number);
        let (speaker, body) = (out.intern(name), line.place(words));
        out.push(Post { start: self.start, speaker, kind, body, line: Some(number), ..Post::default() });
    }

    fn elsewhere(&self) -> Option<Self> {
        Some(Self { opening: Opening::elsewhere(), ..Self::default() })
    }
}

impl Wire for Spacelog {
    fn score(head: &Head) -> u8 {
        let mut lines = head.lines().take(60).peekable();
        let (mut found, mut first) = (0, false);
        let mut index = 0;
        while let Some(line) = lines.next() {
            let is_followed = lines.peek().is_some_and(|next| aside(next).is_some() || named(next).is_some());
            if stamp(line).is_some() && is_followed {
                found += 1;
                first |= index == 0;
            }
            index += 1;
        }
        match (found, first) {
            (2.., _) => 96,
            (1, true) => 59,
            _ => 0,
        }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<InPlace<Self>>::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::Format;
    use crate::format::{Forced, read_bytes};

    #[test]
    fn stamps_are_days_hours_minutes_and_seconds() {
        for (line, expected) in [
            ("[00:00:04:12]", Some(252_000)),
            ("[-00:00:00:05]", Some(-5000)),
            ("[01:02:03:04] ", Some(93_784_000)),
            ("[00:04:12]", None),
            ("[00:00:60:00]", None),
            ("[00:00:04:12:00]", None),
            ("[00:00:04:12] CC: x", None),
            ("[]", None),
        ] {
            assert_eq!(stamp(line), expected, "{line}");
        }
    }

    #[test]
    fn speakers_stand_under_stamps_and_asides_are_no_words() {
        let text = "[-00:00:00:05]\n_page : 1\n_tape : 1/1\nCC: Ready at [glossary:T].\nGo on.\nCDR (EAGLE): Roger: go.\n\n\
                    [00:00:00:10]\n_note : There is noise.\nCC: Good.\n[00:00:00:20]\n(Pause)\n";
        let forced = Forced { format: Some(Format::Spacelog), ..Forced::default() };
        let (transcript, _) = read_bytes(text.as_bytes(), forced).unwrap();
        let told: Vec<_> = transcript
            .ids()
            .map(|id| {
                let (post, label) =
                    (transcript.post(id), &transcript.speaker(transcript.speaker_of(id)).label);
                format!(
                    "{} {:?} {label}: {}",
                    post.start.unwrap_or_default() / 1000,
                    post.kind,
                    transcript.body(id)
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                "-5 Speech CC: Ready at [glossary:T].\nGo on.",
                "-5 Speech CDR (EAGLE): Roger: go.",
                "10 Note : There is noise.",
                "10 Speech CC: Good.",
                "20 Speech : (Pause)"
            ]
        );
    }
}
