//! Live text (文字直播): a line that is a date-time, a byline, a body; blank lines anywhere.
//!
//! A post begins with a line that is nothing but a date-time, followed (blank lines aside) by a byline: a
//! line of at most 60 characters without a sentence's end. If what follows is no byline, the post has no
//! name and the line belongs to its body. Two stamps in a row: the first is text. What stands before the first
//! post is furniture of the page, and kept as such; its first line is the title.

use super::error::ParseError;
use super::head::Head;
use super::lead::Opening;
use super::lines::{Line, Lines};
use super::parser::{Parser, Wire};
use super::stamp::{self, Stamp};
use crate::text::safe::is_invisible;
use crate::transcript::{Draft, Post, SpeakerId};
use std::ops::Range;
use std::str::from_utf8;

/// A blank that no page puts at the beginning of a line: U+205F, the mathematical space.
pub const TEXT: char = '\u{205f}';

const LONGEST_BYLINE: usize = 60;

/// Longer lines are no stamps, whatever blanks are around them, in bytes.
const LONGEST_LINE_OF_A_STAMP: usize = 512;

/// A line with more blanks in front is looked at as a whole, in bytes.
const MOST_BLANKS: usize = 64;

/// The streaming parser.
#[derive(Debug, Default)]
pub struct Zhibo {
    lines: Lines,
    page: Page,
}

/// What is known at a line.
#[derive(Debug, Default)]
struct Page {
    pending: Option<Pending>,
    opening: Opening,
}

/// A stamp that waits for its byline.
#[derive(Debug)]
struct Pending {
    stamp: Stamp,
    number: u32,
    start: usize,
    end: usize,
    /// Its text, while there is no post: it may prove to be the title.
    text: Option<String>,
}

impl Parser for Zhibo {
    fn feed(&mut self, text: &[u8], at: usize, out: &mut Draft) -> Result<(), ParseError> {
        let Self { lines, page } = self;
        lines.feed(text, at, |line| page.line(line, out));
        out.lines = lines.count;
        Ok(())
    }

    fn finish(&mut self, out: &mut Draft) -> Result<(), ParseError> {
        let Self { lines, page } = self;
        lines.finish(|line| page.line(line, out));
        out.lines = lines.count;
        if let Some(pending) = page.pending.take() {
            page.stray(&pending, out);
        }
        Ok(())
    }

    fn settle(&mut self, out: &mut Draft) -> Result<(), ParseError> {
        let Self { lines, page } = self;
        if page.pending.is_none() && !out.is_empty() {
            lines.settle(|begun| is_words(begun) || is_no_stamp(begun), |line| page.line(line, out));
            out.lines = lines.count;
        }
        Ok(())
    }

    fn is_midway(&self) -> bool {
        self.lines.is_midway() || self.page.pending.is_some()
    }

    fn elsewhere(&self) -> Option<Box<dyn Parser>> {
        // What comes before the first post there belongs to one out of sight.
        let page = Page { opening: Opening::elsewhere(), pending: None };
        Some(Box::new(Self { page, ..Self::default() }))
    }
}

impl Page {
    fn line(&mut self, line: Line, out: &mut Draft) {
        // Nearly all lines are empty, or words below a byline.
        if line.text.is_empty() {
            return;
        }
        if self.pending.is_none() && !out.is_empty() && is_words(line.text) {
            return out.extend_body(line.start, line.end());
        }
        if line.whole {
            if let Some(stamp) = stamp::usual(line.text) {
                return self.stamp(stamp, &line, out);
            }
            if self.pending.is_some()
                && let Some(speaker) = out.speaker(line.text)
                && let Some(pending) = self.pending.take()
            {
                return begin(&pending, speaker, line.end()..line.end(), out);
            }
        }
        let Ok(raw) = from_utf8(line.text) else { return };
        let text = trim(raw);
        if line.whole && text.chars().all(is_invisible) {
            return;
        }
        let is_text = !line.whole || raw.starts_with(TEXT);
        if let Some(stamp) = stamp::parse(text).filter(|_| !is_text) {
            return self.stamp(stamp, &line, out);
        }
        let Some(pending) = self.pending.take() else { return self.words(&line, out) };
        let label: String = text.chars().filter(|&ch| !is_invisible(ch)).collect();
        if !is_text && is_byline(&label) {
            let speaker = out.intern(&label);
            begin(&pending, speaker, line.end()..line.end(), out);
        } else {
            let nameless = out.intern("");
            begin(&pending, nameless, line.start..line.end(), out);
        }
    }

    fn stamp(&mut self, stamp: Stamp, line: &Line, out: &mut Draft) {
        let text = if out.is_empty() { from_utf8(line.text).ok().map(str::to_owned) } else { None };
        let pending = Pending { stamp, number: line.number, start: line.start, end: line.end(), text };
        if let Some(stray) = self.pending.replace(pending) {
            self.stray(&stray, out);
        }
    }

    /// A stamp that no post followed is text.
    fn stray(&mut self, stray: &Pending, out: &mut Draft) {
        match &stray.text {
            Some(text) => self.opening.first(text, stray.number, out),
            None => out.extend_body(stray.start, stray.end),
        }
    }

    /// A line of the last post's body, or furniture before the first post.
    fn words(&mut self, line: &Line, out: &mut Draft) {
        if !out.is_empty() {
            return out.extend_body(line.start, line.end());
        }
        match from_utf8(line.text) {
            Ok(text) if line.whole => self.opening.first(text, line.number, out),
            _ if line.first => self.opening.leave_out(line.number, out),
            _ => {}
        }
    }
}

fn begin(pending: &Pending, speaker: SpeakerId, body: Range<usize>, out: &mut Draft) {
    let start = out.wall(pending.stamp.moment, pending.stamp.resolution_ms);
    out.push(Post { start, speaker, body, line: Some(pending.number), ..Post::default() });
}

/// Whether a line is plainly no stamp and not blank, by its first character behind some blanks and by its length.
fn is_words(line: &[u8]) -> bool {
    let mut rest = line;
    while line.len() - rest.len() < MOST_BLANKS {
        let length = match rest.first() {
            Some(b'!'..=b'/' | b':'..=b'~' | 0xe4..=0xe9) => return true,
            Some(b'0'..=b'9') => return line.len() > LONGEST_LINE_OF_A_STAMP,
            Some(0..=0x7f) => 1,
            Some(0xc0..=0xdf) => 2,
            Some(0xe0..=0xef) => 3,
            Some(_) => 4,
            None => return false,
        };
        let Some((first, behind)) = rest.split_at_checked(length) else { return false };
        match from_utf8(first).ok().and_then(|first| first.chars().next()) {
            Some('０'..='９') => return line.len() > LONGEST_LINE_OF_A_STAMP,
            Some(ch) if ch.is_whitespace() || is_invisible(ch) => rest = behind,
            first => return first.is_some(),
        }
    }
    false
}

/// Whether a line can be no stamp and is not blank, whatever follows this beginning of it.
fn is_no_stamp(begun: &[u8]) -> bool {
    let tells = |ch| !is_around(ch) && !is_invisible(ch) && !stamp::may_hold(ch);
    from_utf8(begun).is_ok_and(|begun| begun.chars().any(tells))
}

/// A line without what surrounds it.
pub fn trim(line: &str) -> &str {
    line.trim_matches(is_around)
}

fn is_around(ch: char) -> bool {
    ch.is_whitespace() || matches!(ch, '\u{feff}' | '\u{200b}'..='\u{200f}')
}

/// Whether a line behind a stamp says who speaks.
pub fn is_byline(line: &str) -> bool {
    line.chars().count() <= LONGEST_BYLINE && !line.contains(['。', '！', '？', '；', '!', '?', ';'])
}

impl Wire for Zhibo {
    fn score(head: &Head) -> u8 {
        score(head.text)
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Self>::default()
    }
}

/// Whether times stand behind what was said, each name before it with a colon: that is no live text.
#[derive(Debug, Default)]
struct Behind<'a> {
    opens: Option<&'a str>,
    has_words: bool,
    has_stamp: bool,
    names: u32,
    /// Whether who spoke first speaks again.
    again: bool,
}

impl<'a> Behind<'a> {
    fn line(&mut self, line: &'a str, stamped: bool) {
        let is_name = line.ends_with(['：', ':']) && line.chars().count() < 20 && is_byline(line);
        if stamp::parse(line).is_some() {
            self.has_stamp = true;
        } else if self.has_stamp {
            self.names += u32::from(stamped && is_name);
            self.again |= stamped && self.opens == Some(line);
        } else if is_name {
            (self.opens, self.has_words) = (Some(line), false);
        } else {
            self.has_words = true;
        }
    }

    /// Whether all names up to here are written so.
    fn is_so_far(&self, posts: u32) -> bool {
        self.opens.is_some() && self.has_words && self.names == posts
    }
}

/// Two posts are enough, or one at the very top.
fn score(head: &str) -> u8 {
    let lines = head.lines().filter(|line| !line.starts_with(TEXT)).map(trim).filter(|line| !line.is_empty());
    let mut lines = lines.enumerate().peekable();
    let mut posts = 0;
    let mut behind = Behind::default();
    let mut stamped = false;
    let mut first = false;
    while let Some((index, line)) = lines.next() {
        // The head may have been cut in the middle of a stamp.
        let is_cut = lines.peek().is_none() && !head.ends_with('\n') && line.starts_with(char::is_numeric);
        behind.line(line, stamped);
        if stamp::parse(line).is_some() {
            stamped = true;
            first |= index == 0;
        } else if std::mem::take(&mut stamped) && is_byline(line) && !is_cut {
            posts += 1;
            if posts > 1 && !behind.is_so_far(posts) {
                return 95;
            }
        }
    }
    match (posts, first) {
        (2.., _) => {
            if stamped || behind.again {
                40
            } else {
                95
            }
        }
        (1, true) => 60,
        (1, false) => 10,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paragraphs::paragraphs;
    use crate::text::slice;
    use crate::transcript::{Extent, Remark, Transcript};

    fn read(text: &str) -> Transcript {
        let mut draft = Draft::default();
        let mut parser = Zhibo::default();
        let at = draft.append(Extent::Memory(text.into()));
        parser.feed(text.as_bytes(), at, &mut draft).unwrap();
        parser.finish(&mut draft).unwrap();
        Transcript::from(draft.take())
    }

    /// Posts as `time speaker: paragraph / paragraph`.
    fn told(transcript: &Transcript) -> Vec<String> {
        transcript
            .ids()
            .map(|id| {
                let body = transcript.body(id);
                let body: Vec<_> = paragraphs(&body).map(|range| slice(&body, range)).collect();
                let label = &transcript.speaker(transcript.speaker_of(id)).label;
                let minutes = transcript.start(id).unwrap_or(-1) / 60_000;
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

    #[test]
    fn what_stands_before_the_first_post_is_kept() {
        let long = "很长".repeat(2000);
        let meta = read("标题\n首页 > 正文\n2024-01-01 08:00\n2025-01-01 08:00\n\n甲\n\n一\n").meta;
        assert_eq!(meta.title.as_deref(), Some("标题"));
        assert_eq!(meta.lead, ["首页 > 正文", "2024-01-01 08:00"]);
        let text = format!("标题\n{long}\n 导语\n2025-01-01 08:00\n甲\n一\n");
        for size in [1, 7, 4000, 4097, 100_000] {
            let (mut draft, mut parser) = (Draft::default(), Zhibo::default());
            for piece in text.chars().collect::<Vec<_>>().chunks(size) {
                let piece: String = piece.iter().collect();
                let at = draft.append(Extent::Memory(piece.as_str().into()));
                parser.feed(piece.as_bytes(), at, &mut draft).unwrap();
            }
            parser.finish(&mut draft).unwrap();
            assert_eq!(draft.meta.lead, ["导语"], "pieces of {size}");
            assert_eq!(draft.remarks.count(Remark::Skipped), 1, "pieces of {size}");
        }
    }
}
