//! LRC lyrics (no standard; as Kuwata's `LyricShow` began it, with the word times of A2): `[01:02.34]words`. A line may have several
//! times, and is told at each; `[offset:+500]` lets all be told so many milliseconds earlier.

use super::clock;
use super::prefixes::{Cue, Cues};
use crate::format::by_line::{ByLine, Line, Rewritten};
use crate::format::head::Head;
use crate::format::parser::{Parser, Wire};
use crate::transcript::{Draft, Remark};

/// More lines are told as they come, and not sorted.
const MOST: usize = 100_000;

/// The format.
#[derive(Debug, Default)]
pub struct Lrc {
    lines: Vec<Cue>,
    cues: Cues,
    resolution_ms: Option<i64>,
    offset_ms: i64,
}

impl Wire for Lrc {
    fn score(head: &Head) -> u8 {
        let (mut exact, mut whole, mut tagged) = (0, 0, 0);
        for line in head.lines().take(60) {
            let is_said = |rest: &str| {
                !rest.trim_start().starts_with(['<', '*', '-']) || word_times(rest) || tagged > 0
            };
            if stamp(line).is_some_and(|(_, rest)| is_said(rest)) {
                exact += 1;
            } else if whole_seconds(line).is_some_and(|(_, rest)| is_said(rest)) {
                whole += 1;
            } else if tag(line).is_some() {
                tagged += 1;
            } else if tagged == 0 && (line.starts_with('[') || exact == 0) {
                return 0;
            }
        }
        // A time without a fraction may be that of a chat.
        match (exact, tagged) {
            _ if exact + whole == 0 => 0,
            (_, 1..) => 96,
            _ if whole > exact => 0,
            (1, _) if whole == 0 => 50,
            _ => 85,
        }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Rewritten<Self>>::default()
    }
}

fn word_times(text: &str) -> bool {
    text.trim_start().strip_prefix('<').and_then(clock::time).is_some_and(|(_, rest)| rest.starts_with('>'))
}

/// A time in brackets, minutes and seconds at least and a fraction of them: `[01:02.34]`, `[01:02:34]`.
fn stamp(text: &str) -> Option<(clock::Time, &str)> {
    let (inside, rest) = text.strip_prefix('[')?.split_once(']')?;
    let inside = inside.trim();
    let parts = inside.matches(':').count();
    let is_plain = inside.len() < 16
        && inside.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'-'));
    if !is_plain || parts == 0 || parts == 1 && !inside.contains('.') {
        return None;
    }
    // Some write the hundredths behind a colon.
    let inside = match inside.rsplit_once(':') {
        Some((before, hundredths)) if parts == 2 && hundredths.len() == 2 => format!("{before}.{hundredths}"),
        _ => inside.to_owned(),
    };
    let (time, behind) = clock::time(&inside)?;
    behind.is_empty().then_some((time, rest))
}

/// `[ti:Title]`
fn tag(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.trim().strip_prefix('[')?.strip_suffix(']')?.split_once(':')?;
    let known = [
        "ti", "ar", "al", "au", "by", "re", "ve", "la", "id", "lr", "tool", "length", "offset", "hash",
        "sign", "qq", "total", "kana", "lang", "#",
    ];
    known.contains(&name.trim().to_ascii_lowercase().as_str()).then(|| (name.trim(), value.trim()))
}

impl ByLine for Lrc {
    fn line(&mut self, line: &Line, out: &mut Draft) {
        let text = line.text.trim();
        let mut rest = text;
        let mut times = Vec::new();
        while let Some((time, behind)) = stamp(rest.trim_start()).or_else(|| whole_seconds(rest.trim_start()))
        {
            times.push(time);
            rest = behind;
        }
        if times.is_empty() {
            return self.other(text, line.number, out);
        }
        let words = without_word_times(rest);
        for time in times {
            let resolution_ms = self.resolution_ms.get_or_insert(time.resolution_ms);
            *resolution_ms = time.resolution_ms.min(*resolution_ms);
            let start = Some(time.ms);
            let text = words.clone();
            self.lines.push(Cue {
                start,
                text,
                line: line.number,
                last_line: Some(line.number),
                ..Cue::default()
            });
        }
        if self.lines.len() > MOST {
            self.tell(out);
        }
    }

    fn finish(&mut self, out: &mut Draft) {
        self.tell(out);
        self.cues.finish(out);
    }
}

/// `[01:02]`, which only is a time where the format is known.
fn whole_seconds(text: &str) -> Option<(clock::Time, &str)> {
    let (inside, rest) = text.strip_prefix('[')?.split_once(']')?;
    let (time, behind) = clock::time(inside)?;
    (inside.contains(':') && behind.is_empty()).then_some((time, rest))
}

impl Lrc {
    /// A line without a time: a tag, or words that go on.
    fn other(&mut self, text: &str, number: u32, out: &mut Draft) {
        match tag(text) {
            Some((name, value)) if name.eq_ignore_ascii_case("ti") && !value.is_empty() => {
                out.meta.title = Some(value.to_owned());
            }
            Some((name, value)) if name.eq_ignore_ascii_case("offset") => {
                self.offset_ms = value.trim_start_matches('+').parse::<i32>().unwrap_or(0).into();
            }
            Some((name, value)) if name.eq_ignore_ascii_case("la") && !value.is_empty() => {
                out.meta.language = Some(value.to_owned());
            }
            Some(_) => {}
            None if text.is_empty() || text.starts_with("[#") => {}
            None => match self.lines.last_mut() {
                Some(last) => {
                    last.text.push('\n');
                    last.text.push_str(&without_word_times(text));
                }
                None => out.remarks.note(Remark::Skipped, number),
            },
        }
    }

    fn tell(&mut self, out: &mut Draft) {
        let mut lines = std::mem::take(&mut self.lines);
        lines.sort_by_key(|line| line.start);
        let resolution_ms = self.resolution_ms.unwrap_or(10);
        for line in lines.into_iter().filter(|line| !line.text.trim().is_empty()) {
            let start = line.start.and_then(|start| out.offset(start - self.offset_ms, resolution_ms));
            self.cues.take(Cue { start, ..line }, out);
        }
    }
}

/// The words of a line without `<01:02.34>`, or `[01:02.34]` within.
fn without_word_times(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '[']) {
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        let (mark, inside) = behind.split_at(1);
        let close = if mark == "<" { '>' } else { ']' };
        let time = clock::time(inside).and_then(|(_, behind)| behind.strip_prefix(close));
        let time = time.filter(|_| inside.chars().take(4).any(|ch| ch == ':'));
        if time.is_none() {
            out.push_str(mark);
        }
        rest = time.unwrap_or(inside);
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::told::{read, told};
    use super::*;

    #[test]
    fn lines_are_told_at_each_of_their_times() {
        for (text, expected) in [
            ("[ti:灯]\n[00:01.50][00:10]一\n[00:05.00]二\n", &["1500- |一", "5000- |二", "10000- |一"][..]),
            ("[offset:500]\n[00:01.50]一\n", &["1000- |一"]),
            ("[00:01.50]<00:01.50>one <00:02.00>two\n", &["1500- |one two"]),
            ("[00:01:50]一\n还有\n[00:02.00]\n", &["1500- |一\n还有"]),
            ("[00:01.50]a <3 [b]\n", &["1500- |a <3 [b]"]),
            (
                "[00:01.00]男：一\n[00:02.00]女：二\n[00:03.00]男：三\n",
                &["1000- 男|一", "2000- 女|二", "3000- 男|三"],
            ),
            (
                "[00:01.00]作词 : 某\n[00:02.00]一\n[00:03.00]二\n",
                &["1000- |作词 : 某", "2000- |一", "3000- |二"],
            ),
        ] {
            assert_eq!(told::<Lrc>(text), expected, "{text:?}");
        }
        assert_eq!(read::<Lrc>("[ti:灯]\n[00:01.50]一").0.meta.title.as_deref(), Some("灯"));
    }

    #[test]
    fn it_is_told_from_chats() {
        for (text, expected) in [
            ("[ti:灯]\n[ar:某]\n[00:01.50]一\n[00:02.50]二\n", 96),
            ("[ti:x]\n[00:12.50]a\n[00:16.80]chorus\n[01:05]none\n", 96),
            ("[ti:x]\n[00:12]a\n[00:16]b\n[01:05]c\n", 96),
            ("[by:某]\n[00:12]- a\n[Chorus]\n", 96),
            ("[ar:Dio]\n[00:12.50]a\n[61:05]b\n[61:07.10]c\n", 96),
            ("[00:12.50]a\n[00:16.80]chorus\n[01:05]none\n", 85),
            ("[00:12]a\n[00:16]b\n[01:05]c\n", 0),
            ("[00:01.50]一\n[00:02.50]二\n", 85),
            ("[00:01.50]一\n", 50),
            ("[00:01.50]<00:01.50>one <00:02.00>two\n[00:03.50]x", 85),
            ("[12:18] <nick> hello\n[12:19] <other> hi\n", 0),
            ("[12:18:30] <nick> hello\n[12:18:31] <other> hi\n", 0),
            ("[2018-01-09 12:18] a: b\n[2018-01-09 12:19] c: d\n", 0),
            ("[09.01.18, 12:18:30] Ann: hello\n[09.01.18, 12:18:31] Bo: hi\n", 0),
            ("[主持人]你好\n[嘉宾]你好\n", 0),
            ("[ti:灯]\n", 0),
            ("x\n[00:01.50]一\n", 0),
            ("", 0),
        ] {
            assert_eq!(Lrc::score(&Head::new(text)), expected, "{text:?}");
        }
    }
}
