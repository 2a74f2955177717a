//! Live text (文字直播): a line that is a date-time, a byline, a body; blank lines anywhere.
//!
//! A post begins with a line that is nothing but a date-time, followed (blank lines aside) by a byline: a
//! line of at most 60 characters without a sentence's end. If what follows is no byline, the post has no
//! name and the line belongs to its body. Two stamps in a row: the first is text. What stands before the first
//! post is furniture of the page; its first line is the title.

use super::error::ParseError;
use super::lines::Lines;
use super::parser::Parser;
use super::stamp::{self, Stamp};
use crate::text::safe::is_invisible;
use crate::text::slice;
use crate::transcript::{ClockKind, Kind, NewPost, Transcript};
use std::ops::Range;

/// A blank that no page puts at the beginning of a line: U+205F, the mathematical space.
pub const TEXT: char = '\u{205f}';

const LONGEST_BYLINE: usize = 60;
const LONGEST_TITLE: usize = 80;

/// The streaming parser: it works on complete lines of the source, however the text was cut.
#[derive(Debug, Default)]
pub struct Zhibo {
    lines: Lines,
    pending: Option<Pending>,
    titled: bool,
}

/// A stamp that waits for its byline.
#[derive(Debug)]
struct Pending {
    stamp: Stamp,
    line: u32,
    range: Range<usize>,
}

impl Parser for Zhibo {
    fn feed(&mut self, text: String, out: &mut Transcript) -> Result<(), ParseError> {
        out.take_source(text);
        while let Some(line) = self.lines.next(out) {
            self.line(line, out);
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Transcript) -> Result<(), ParseError> {
        if let Some(line) = self.lines.last(out) {
            self.line(line, out);
        }
        if let Some(pending) = self.pending.take() {
            self.text(&pending.range, out);
        }
        Ok(())
    }
}

impl Zhibo {
    fn line(&mut self, range: Range<usize>, out: &mut Transcript) {
        let raw = slice(out.source(), range.clone());
        let (line, is_text) = (trim(raw), raw.starts_with(TEXT));
        if line.chars().all(is_invisible) {
            return;
        }
        if let Some(stamp) = stamp::parse(line).filter(|_| !is_text) {
            let pending = Pending { stamp, line: self.lines.count, range };
            if let Some(stray) = self.pending.replace(pending) {
                self.text(&stray.range, out);
            }
            return;
        }
        match self.pending.take() {
            Some(pending) => Self::begin(&pending, (range, is_text), out),
            None => self.text(&range, out),
        }
    }

    fn begin(pending: &Pending, (range, is_text): (Range<usize>, bool), out: &mut Transcript) {
        let meta = &mut out.meta;
        let moment = pending.stamp.moment;
        if meta.clock == ClockKind::None {
            meta.clock = ClockKind::Wall;
            meta.origin = Some(moment);
            meta.resolution_ms = pending.stamp.resolution_ms;
        }
        meta.resolution_ms = meta.resolution_ms.min(pending.stamp.resolution_ms);
        let start = meta.time_of(moment);
        let line = trim(slice(out.source(), range.clone()));
        let line: String = line.chars().filter(|&ch| !is_invisible(ch)).collect();
        let (label, body) =
            if !is_text && is_byline(&line) { (line.as_str(), range.end..range.end) } else { ("", range) };
        let speaker = out.intern(label);
        out.push(&NewPost { start, end: None, speaker, kind: Kind::Speech, body, line: Some(pending.line) });
    }

    /// A line of the last post's body, or furniture before the first post.
    fn text(&mut self, range: &Range<usize>, out: &mut Transcript) {
        if out.is_empty() {
            if !self.titled {
                self.titled = true;
                let line = trim(slice(out.source(), range.clone()));
                if line.chars().count() <= LONGEST_TITLE {
                    out.meta.title = Some(line.to_owned());
                }
            }
            return;
        }
        out.extend_body(range.start, range.end);
    }
}

/// A line without what surrounds it.
pub fn trim(line: &str) -> &str {
    line.trim_matches(|ch: char| ch.is_whitespace() || matches!(ch, '\u{feff}' | '\u{200b}'..='\u{200f}'))
}

/// Whether a line behind a stamp says who speaks.
pub fn is_byline(line: &str) -> bool {
    line.chars().count() <= LONGEST_BYLINE && !line.contains(['。', '！', '？', '；', '!', '?', ';'])
}

/// How sure this format is of a text: two posts are enough, or one at the very top.
pub fn score(head: &str) -> u8 {
    let lines = head.lines().filter(|line| !line.starts_with(TEXT)).map(trim).filter(|line| !line.is_empty());
    let mut posts = 0;
    let mut stamped = false;
    let mut first = false;
    for (index, line) in lines.enumerate() {
        if stamp::parse(line).is_some() {
            stamped = true;
            first |= index == 0;
        } else if std::mem::take(&mut stamped) && is_byline(line) {
            posts += 1;
            if posts > 1 {
                return 95;
            }
        }
    }
    match (posts, first) {
        (1, true) => 60,
        (1, false) => 10,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paragraphs::paragraphs;

    fn read(text: &str) -> Transcript {
        let mut transcript = Transcript::default();
        let mut parser = Zhibo::default();
        parser.feed(text.to_owned(), &mut transcript).unwrap();
        parser.finish(&mut transcript).unwrap();
        transcript
    }

    /// Posts as `time speaker: paragraph / paragraph`.
    fn told(transcript: &Transcript) -> Vec<String> {
        transcript
            .ids()
            .map(|id| {
                let body = transcript.body(id);
                let body: Vec<_> = paragraphs(&body).map(|range| slice(&body, range)).collect();
                let label = &transcript.speaker(transcript.post(id).speaker()).label;
                let minutes = transcript.post(id).start().unwrap_or(-1) / 60_000;
                format!("{minutes} {label}: {}", body.join(" / "))
            })
            .collect()
    }

    #[test]
    fn posts_are_read_with_or_without_blank_lines() {
        for text in [
            "2025-01-01 08:00\n\n主持人\n\n早。\n\n2025-01-01 08:05\n\n甲\n\n好。\n谢谢。",
            "2025-01-01 08:00\n主持人\n早。\n2025-01-01 08:05\n甲\n好。\n\n\n谢谢。\n",
            "某页\n首页 > 新闻\n\n2025年1月1日 8:00\n主持人 \n\n早。\n2025年1月1日 8:05\n\u{3000}甲\n好。\n谢谢。\n\n",
        ] {
            assert_eq!(told(&read(text)), ["0 主持人: 早。", "5 甲: 好。 / 谢谢。"], "{text}");
        }
    }

    #[test]
    fn nothing_is_lost_where_a_header_is_broken() {
        let text = "2025-01-01 08:00\n2025-01-01 08:01\n甲\n一\n2025-01-01 08:02\n一句话。没有名字。\n二\n2025-01-01 08:03\n";
        let transcript = read(text);
        assert_eq!(told(&transcript), ["0 甲: 一", "1 : 一句话。没有名字。 / 二 / 2025-01-01 08:03"]);
        assert_eq!(transcript.meta.title.as_deref(), Some("2025-01-01 08:00"));
    }

    #[test]
    fn lines_of_a_post_reach_to_the_next_one() {
        let transcript = read("标题\n\n2025-01-01 08:00\n\n甲\n\n一\n\n2025-01-01 08:00:30\n乙\n");
        let lines: Vec<_> = transcript.ids().filter_map(|id| transcript.lines(id)).collect();
        assert_eq!(lines, [(3, 8), (9, 10)]);
        assert_eq!(transcript.meta.resolution_ms, 1000);
        assert_eq!(transcript.meta.title.as_deref(), Some("标题"));
    }
}
