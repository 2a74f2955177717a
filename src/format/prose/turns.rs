//! The parser of prose in which it is told before each turn who speaks; words are read in place.
//!
//! How turns look in a text is told by its beginning ([`Shape`]). What stands before the first of them is the lead; lines that
//! begin no turn belong to the last one.

use super::lead::Lead;
use super::mark::{self, Clock, Mark};
use crate::format::error::ParseError;
use crate::format::lines::{Line, Lines};
use crate::format::parser::{HEAD, Parser, head};
use crate::text::{beginning, valid};
use crate::transcript::{Draft, Kind, Post};
use std::ops::Range;

/// Of a long line so much is looked at, in bytes.
const LOOKED_AT: usize = 1024;

/// A longer line is no time, in bytes.
const LONGEST_TIME: usize = 64;

/// Fields above a text stand in the lines before this one.
const LAST_FIELD: u32 = 60;

/// What a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn<'a> {
    /// Who speaks; empty if nobody is named.
    pub label: &'a str,
    /// What of the line was said.
    pub body: &'a str,
    /// When.
    pub mark: Option<Mark>,
    /// A remark of the editor.
    pub is_note: bool,
    /// Whether whoever spoke before it goes on behind it.
    pub is_aside: bool,
}

impl<'a> Turn<'a> {
    /// A line that is an editor's remark.
    pub const fn note(body: &'a str, is_aside: bool) -> Self {
        Self { label: "", body, mark: None, is_note: true, is_aside }
    }
}

/// What stands before a line.
#[derive(Debug, Clone, Copy, Default)]
pub struct Before {
    /// A blank line.
    pub parted: bool,
    /// A time of day on a line of its own.
    pub timed: bool,
}

/// How turns look in a text.
pub trait Shape: PartialEq + Clone + Send + 'static {
    /// By the beginning of the text.
    fn of(head: &str) -> Self;

    /// Whether there are turns in it at all.
    fn is_known(&self) -> bool;

    /// Whether a time stands behind what was said: on a line of its own, or in brackets at the end of its last line.
    fn times_stand_behind(&self) -> bool {
        false
    }

    /// What a line begins, if it begins something. `number` is counted from 1.
    fn turn<'a>(&self, line: &'a str, number: u32, before: Before) -> Option<Turn<'a>>;
}

/// The streaming parser.
#[derive(Debug)]
pub struct Turns<S> {
    lines: Lines,
    shape: Option<S>,
    page: Page,
}

impl<S> Default for Turns<S> {
    fn default() -> Self {
        Self { lines: Lines::default(), shape: None, page: Page::default() }
    }
}

/// What is known at a line.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked by itself")]
struct Page {
    /// Before the first post.
    lead: Lead,
    lead_from: Option<(usize, u32)>,
    lead_to: usize,
    /// What comes before the first turn belongs to one out of sight.
    is_inner: bool,
    parted: bool,
    clock: Clock,
    /// A time on a line of its own, and where that line stands.
    waiting: Option<(Mark, Range<usize>)>,
    /// Who goes on behind an aside.
    resumes: Option<String>,
    speaker: String,
    /// Whether the line stands in fields above the text.
    is_front: bool,
    /// Whether times stand behind the words, and the last post, which waits for its time.
    holds: bool,
    held: Option<Post>,
}

impl<S: Shape> Parser for Turns<S> {
    fn feed(&mut self, text: &[u8], at: usize, out: &mut Draft) -> Result<(), ParseError> {
        let Self { lines, shape, page } = self;
        let shape = shape.get_or_insert_with(|| S::of(head(text)));
        lines.feed(text, at, |line| page.line(line, shape, out));
        out.lines = lines.count;
        Ok(())
    }

    fn finish(&mut self, out: &mut Draft) -> Result<(), ParseError> {
        let Self { lines, shape, page } = self;
        if let Some(shape) = shape {
            lines.finish(|line| page.line(line, shape, out));
        }
        out.lines = lines.count;
        if let Some((_, place)) = page.waiting.take() {
            page.extend(place, out);
        }
        if let Some(post) = page.held.take() {
            out.push(post);
        }
        if out.is_empty() {
            page.lead_is_all(out);
        }
        Ok(())
    }

    fn is_midway(&self) -> bool {
        self.lines.is_midway() || self.page.held.is_some()
    }

    fn suits(&self, text: &[u8]) -> bool {
        self.shape.as_ref().is_none_or(|shape| *shape == S::of(head(text)))
    }

    fn elsewhere(&self) -> Option<Box<dyn Parser>> {
        if self.shape.as_ref().is_some_and(Shape::times_stand_behind) {
            return None;
        }
        let page = Page { is_inner: true, ..Page::default() };
        Some(Box::new(Self { shape: self.shape.clone(), page, lines: Lines::default() }))
    }
}

impl Page {
    fn line<S: Shape>(&mut self, line: Line, shape: &S, out: &mut Draft) {
        let raw = valid(line.text);
        if !line.first {
            return self.words(&line, raw, out);
        }
        let text = raw.trim_matches(|ch: char| ch.is_whitespace() || ch == '\u{feff}');
        if text.is_empty() && line.whole {
            self.parted = true;
            return;
        }
        if line.number == 1 && text == "---" && !self.is_inner {
            self.is_front = true;
            return;
        }
        if self.is_front {
            return self.field(text, &line, raw, out);
        }
        let parted = std::mem::take(&mut self.parted);
        // Behind the beginning of the source, numbers do not count.
        let number = if self.is_inner { u32::MAX } else { line.number };
        let start_of_it = if line.whole { text } else { beginning(text, LOOKED_AT) };
        let before = Before { parted, timed: matches!(self.waiting, Some((Mark::Time { .. }, _))) };
        match shape.turn(start_of_it, number, before) {
            Some(turn) => {
                let start = line.start + text_offset(raw, turn.body);
                // A long line goes on behind what is looked at.
                let end = if line.whole { start + turn.body.len() } else { line.end() };
                self.begin(&turn, start..end, line.number, shape.times_stand_behind(), out);
            }
            None if !shape.is_known() && (parted || out.is_empty()) => {
                let nameless = Turn { label: "", body: text, mark: None, is_note: false, is_aside: false };
                self.begin(&nameless, line.start..line.end(), line.number, false, out);
            }
            None if line.whole && self.held.is_some() => self.words_with_time(text, raw, &line, out),
            None => {
                self.waiting = None;
                if line.whole {
                    self.time_alone(text, &line, self.is_lead(out));
                }
                // Whether a time is a part of a body is told by what follows it.
                if self.waiting.is_none() || self.is_lead(out) || self.resumes.is_some() {
                    self.words(&line, raw, out);
                }
            }
        }
    }

    /// A line that is a time or a day. Day and time in the lead are those of the page.
    fn time_alone(&mut self, text: &str, line: &Line, is_lead: bool) {
        if text.len() > LONGEST_TIME || !text.contains(|ch: char| ch.is_ascii_digit()) {
            return;
        }
        let mark = mark::leading(text).filter(|(_, rest)| rest.trim().is_empty()).map(|(mark, _)| mark);
        match mark {
            Some(Mark::Moment(_)) if is_lead => {}
            Some(mark) => self.waiting = Some((mark, line.start..line.end())),
            None => self.clock.day = mark::day(text).or(self.clock.day),
        }
    }

    /// Whether there is no post yet.
    fn is_lead(&self, out: &Draft) -> bool {
        out.is_empty() && self.held.is_none()
    }

    /// A line of the fields above the text.
    fn field(&mut self, text: &str, line: &Line, raw: &str, out: &mut Draft) {
        if matches!(text, "---" | "...") {
            self.is_front = false;
            return;
        }
        // A line above a text is no field.
        self.is_front = line.number < LAST_FIELD && (text.contains(':') || text.starts_with(['-', '#']));
        let title = text.strip_prefix("title:").map(|title| title.trim().trim_matches(['"', '\'']));
        match title.filter(|title| !title.is_empty()) {
            Some(title) => out.meta.title = Some(title.to_owned()),
            None => self.words(line, raw, out),
        }
    }

    /// A line of a post whose time stands behind it, or that time.
    fn words_with_time(&mut self, text: &str, raw: &str, line: &Line, out: &mut Draft) {
        let Some(post) = &mut self.held else { return };
        let alone =
            mark::leading(text).filter(|(_, rest)| rest.trim().is_empty() && text.len() <= LONGEST_TIME);
        let closing = mark::closing(text);
        let Some((words, mark)) =
            alone.map(|(mark, _)| ("", mark)).or(closing).filter(|_| post.start.is_none())
        else {
            return self.words(line, raw, out);
        };
        post.start = self.clock.time(mark, out);
        if !words.is_empty() {
            let start = line.start + text_offset(raw, words);
            self.extend(start..start + words.len(), out);
        }
    }

    /// Lets the last post reach further.
    fn extend(&mut self, more: Range<usize>, out: &mut Draft) {
        match &mut self.held {
            Some(post) if post.body.is_empty() => post.body = more,
            Some(post) => post.body.end = more.end,
            None => out.extend_body(more.start, more.end),
        }
    }

    fn begin(&mut self, turn: &Turn, body: Range<usize>, number: u32, holds: bool, out: &mut Draft) {
        if let Some(post) = self.held.take() {
            out.push(post);
        }
        if out.is_empty() {
            self.clock.day = self.lead.day().or(self.clock.day);
            self.lead.keep(out);
        }
        let mut mark = turn.mark;
        if let Some((waiting, place)) = self.waiting.take() {
            if mark.is_some() || turn.is_note {
                self.extend(place, out);
            } else {
                mark = Some(waiting);
            }
        }
        let start = mark.and_then(|mark| self.clock.time(mark, out));
        let kind = if turn.is_note { Kind::Note } else { Kind::default() };
        if !turn.is_note {
            turn.label.clone_into(&mut self.speaker);
        }
        self.resumes = (turn.is_aside && !out.is_empty()).then(|| self.speaker.clone());
        let speaker = out.intern(turn.label);
        let post = Post { start, speaker, kind, body, line: Some(number), ..Post::default() };
        self.holds = holds;
        self.keep(post, out);
    }

    fn keep(&mut self, post: Post, out: &mut Draft) {
        if self.holds && post.kind != Kind::Note {
            self.held = Some(post);
        } else {
            out.push(post);
        }
    }

    /// A line of the last turn, or of the lead.
    fn words(&mut self, line: &Line, text: &str, out: &mut Draft) {
        if let Some(label) = self.resumes.take_if(|_| line.first) {
            let speaker = out.intern(&label);
            let body = line.start..line.end();
            self.keep(Post { speaker, body, line: Some(line.number), ..Post::default() }, out);
        } else if !self.is_lead(out) {
            self.extend(line.start..line.end(), out);
        } else if !self.is_inner {
            self.lead_from.get_or_insert((line.start, line.number));
            self.lead_to = line.end();
            if line.first {
                self.lead.line(text);
            } else {
                self.lead.more(text);
            }
            if self.lead.len > HEAD {
                self.lead_is_all(out);
            }
        }
    }

    /// There is no turn: all of it is words of nobody.
    fn lead_is_all(&mut self, out: &mut Draft) {
        if let Some((start, number)) = self.lead_from.take() {
            self.lead = Lead::default();
            let speaker = out.intern("");
            out.push(Post { speaker, body: start..self.lead_to, line: Some(number), ..Post::default() });
        }
    }
}

/// Where a part of a text stands in it, in bytes. `part` is a slice of `text`, or empty.
fn text_offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len())
}

/// A remark on a line of its own, in round brackets or square ones: (Applause.), （掌声）.
pub fn direction(line: &str) -> Option<Turn<'_>> {
    let is_in = |open: char, close: char| {
        let inner = line.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        inner.is_some_and(|inner| !inner.contains([open, close]) && inner.contains(char::is_alphabetic))
    };
    let is_short = beginning(line, 240).len() == line.len();
    let is_one = is_short && (is_in('(', ')') || is_in('（', '）') || is_in('[', ']') || is_in('［', '］'));
    is_one.then_some(Turn::note(line, true))
}
