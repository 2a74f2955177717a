//! Quotation marks and brackets without their other half.
//!
//! A quotation may go on in the next post of the same speaker, and may be opened again at the beginning of each of
//! its paragraphs. An apostrophe is no quotation mark, the bracket behind the number of an item and the mouth of a
//! smiling face are no brackets.

use super::finding::{Detail, Finding};
use super::record::Record;
use crate::text::count::is_han;
use crate::text::slice;
use crate::transcript::{PostId, SpeakerId};

/// Deeper marks are not looked at.
const DEEPEST: usize = 64;

/// What begins with an apostrophe.
const CUT: [&str; 6] = ["tis", "twas", "em", "n", "til", "cause"];

/// No number of an item is longer, in characters.
const LONGEST_ITEM: usize = 4;

/// No face is longer, in characters.
const LONGEST_FACE: usize = 8;

/// Sorts of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Double,
    Single,
    Corner,
    WhiteCorner,
    Title,
    Lenticular,
    Round,
}

impl Kind {
    /// The sort of a mark, and whether it opens.
    const fn of(ch: char) -> Option<(Self, bool)> {
        Some(match ch {
            '“' => (Self::Double, true),
            '”' => (Self::Double, false),
            '‘' => (Self::Single, true),
            '’' => (Self::Single, false),
            '「' => (Self::Corner, true),
            '」' => (Self::Corner, false),
            '『' => (Self::WhiteCorner, true),
            '』' => (Self::WhiteCorner, false),
            '《' => (Self::Title, true),
            '》' => (Self::Title, false),
            '【' => (Self::Lenticular, true),
            '】' => (Self::Lenticular, false),
            '(' | '（' => (Self::Round, true),
            ')' | '）' => (Self::Round, false),
            _ => return None,
        })
    }

    /// Whether it may go on in the next post.
    const fn is_quotation(self) -> bool {
        matches!(self, Self::Double | Self::Single | Self::Corner | Self::WhiteCorner)
    }
}

/// A mark that is open.
#[derive(Debug, Clone, Copy)]
struct Open {
    kind: Kind,
    mark: char,
    /// Where it stands in the body; none if it stands in the post before.
    at: Option<usize>,
}

/// The marks without their other half in a body.
#[derive(Debug, Default)]
struct Alone {
    first: Option<(usize, char)>,
    count: u32,
}

impl Alone {
    fn take(&mut self, at: usize, mark: char) {
        self.count += 1;
        if self.first.is_none_or(|(first, _)| at < first) {
            self.first = Some((at, mark));
        }
    }
}

/// Looks at one body after another.
#[derive(Debug, Default)]
pub struct Marks {
    speaker: Option<SpeakerId>,
    /// Quotations that the post before has left open.
    open: Vec<Open>,
    /// What is to be told of it if they stay so.
    pending: Option<Finding>,
}

impl Marks {
    /// Looks at a body.
    pub fn take(&mut self, record: Record, id: PostId, body: &str, found: &mut Vec<Finding>) {
        let speaker = record.structure.author(record.transcript, id);
        if self.speaker != Some(speaker) {
            self.finish(found);
            self.speaker = Some(speaker);
        }
        let mut open = std::mem::take(&mut self.open);
        let mut alone = Alone::default();
        scan(body, &mut open, &mut alone);
        if open.iter().any(|open| open.at.is_none()) {
            found.extend(self.pending.take());
        }
        self.pending = None;
        open.retain(|open| open.at.is_some());
        let is_closed_later = |open: &Open| open.kind.is_quotation();
        let mut later = Alone::default();
        for open in &open {
            if let Some(at) = open.at.filter(|&at| !is_excused(body, at, open.mark)) {
                let into = if is_closed_later(open) { &mut later } else { &mut alone };
                into.take(at, open.mark);
            }
        }
        open.retain(is_closed_later);
        for open in &mut open {
            open.at = None;
        }
        self.open = open;
        let told = |alone: &Alone| {
            let (at, mark) = alone.first?;
            let line = record.lines(id).line(body, at);
            Some(Finding { post: Some(id), line, detail: Detail::Unbalanced { mark, count: alone.count } })
        };
        match alone.first {
            Some(_) => {
                if let Some((at, mark)) = later.first {
                    alone.take(at, mark);
                    alone.count += later.count - 1;
                }
                found.extend(told(&alone));
            }
            None => self.pending = told(&later),
        }
    }

    /// Nothing comes that could close what is open.
    pub fn finish(&mut self, found: &mut Vec<Finding>) {
        found.extend(self.pending.take());
        self.open.clear();
    }
}

/// Opens and closes the marks of a body.
fn scan(body: &str, open: &mut Vec<Open>, alone: &mut Alone) {
    let mut is_doubtful = false;
    for (at, mark) in body.char_indices() {
        let Some((kind, opens)) = Kind::of(mark) else { continue };
        if kind == Kind::Single && is_apostrophe(body, at, mark, open, is_doubtful) {
            continue;
        }
        let place = open.iter().rposition(|open| open.kind == kind);
        match (opens, place) {
            (true, Some(again)) if kind.is_quotation() && begins_paragraph(body, at) => {
                open[again] = Open { kind, mark, at: Some(at) };
            }
            (true, _) if open.len() < DEEPEST => open.push(Open { kind, mark, at: Some(at) }),
            (false, Some(place)) => {
                is_doubtful |= kind == Kind::Single && slice(body, 0..at).ends_with(is_latin);
                for inner in open.drain(place..).skip(1) {
                    if let Some(at) = inner.at.filter(|&at| !is_excused(body, at, inner.mark)) {
                        alone.take(at, inner.mark);
                    }
                }
            }
            (false, None) if is_excused(body, at, mark) => {}
            (true, _) | (false, None) => alone.take(at, mark),
        }
    }
}

/// Whether ‘ or ’ is an apostrophe: inside a word, or at the end of one where nothing is open.
fn is_apostrophe(body: &str, at: usize, mark: char, open: &[Open], is_doubtful: bool) -> bool {
    let rest = slice(body, at + mark.len_utf8()..body.len());
    let behind_letter = slice(body, 0..at).ends_with(is_latin);
    let before_letter = rest.starts_with(is_latin);
    let is_cut = || {
        let word = rest.split(|ch: char| !ch.is_alphabetic()).next().unwrap_or_default();
        rest.starts_with(|ch: char| ch.is_ascii_digit())
            || CUT.iter().any(|cut| word.eq_ignore_ascii_case(cut))
    };
    if mark == '‘' {
        return behind_letter && before_letter || is_cut() && !behind_letter;
    }
    let is_open = open.iter().any(|open| open.kind == Kind::Single);
    behind_letter && before_letter || !is_open && (behind_letter || before_letter || is_doubtful)
}

fn is_latin(ch: char) -> bool {
    ch.is_alphanumeric() && !is_han(ch)
}

/// Whether nothing but blanks stands before a place in its line.
fn begins_paragraph(body: &str, at: usize) -> bool {
    slice(body, 0..at)
        .trim_end_matches([' ', '\u{a0}', '\u{3000}', '\t'])
        .chars()
        .next_back()
        .is_none_or(|ch| ch == '\n')
}

/// Whether a round bracket is part of a face, or stands behind the number of an item.
fn is_excused(body: &str, at: usize, mark: char) -> bool {
    let before = slice(body, 0..at);
    let start = before.char_indices().nth_back(LONGEST_FACE).map_or(0, |(start, _)| start);
    match mark {
        '(' | ')' => is_face(slice(before, start..at), mark) || mark == ')' && is_item(before),
        '）' => is_item(before),
        _ => false,
    }
}

/// Whether a text ends with the eyes, or the eyes and some mouths: `:-)))`
fn is_face(before: &str, mouth: char) -> bool {
    before.trim_end_matches(mouth).trim_end_matches('-').ends_with([':', ';', '='])
}

/// Whether a text ends with the number of an item: 1) 一) a)
fn is_item(before: &str) -> bool {
    let is_number = |ch: &char| ch.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(*ch);
    let count = before.chars().rev().take(LONGEST_ITEM).take_while(is_number).count();
    let ahead = before.chars().rev().nth(count);
    count > 0 && ahead.is_none_or(|ch| !ch.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first mark that stands alone, and how many do.
    fn alone(body: &str) -> Option<(char, u32)> {
        let (mut open, mut alone) = (Vec::new(), Alone::default());
        scan(body, &mut open, &mut alone);
        for open in open {
            if let Some(at) = open.at.filter(|&at| !is_excused(body, at, open.mark)) {
                alone.take(at, open.mark);
            }
        }
        alone.first.map(|(_, mark)| (mark, alone.count))
    }

    #[test]
    fn a_mark_without_its_other_half_is_found() {
        for (body, mark, count) in [
            ("他说“好。", '“', 1),
            ("他说好”。", '”', 1),
            ("见《某书第一页。", '《', 1),
            ("“甲（乙”丙", '（', 1),
            ("「甲『乙」", '『', 1),
            ("共2018年)", ')', 1),
            ("“一”二”三“", '”', 2),
            ("【图】【", '【', 1),
            ("她说‘好。", '‘', 1),
        ] {
            assert_eq!(alone(body), Some((mark, count)), "{body}");
        }
    }

    #[test]
    fn what_is_no_quotation_mark_or_bracket_is_left_alone() {
        for body in [
            "“甲‘乙’丙”《丁〈戊〉》（己）",
            "全角（半角)混用",
            "it’s the dogs’ day, ’tis, rock ’n’ roll, the ’90s",
            "‘the dogs’ bones.’",
            "办法:1)看;2)听。\n一）想",
            "a) one b) two",
            "thanks :) and :-( or ;))",
            "“一段。\n“二段。\n“三段。”",
            "",
        ] {
            assert_eq!(alone(body), None, "{body}");
        }
    }

    #[test]
    fn any_number_of_open_marks_costs_no_more_than_it_is_long() {
        let body = "(".repeat(100_000) + &")".repeat(10);
        assert_eq!(alone(&body), Some(('(', 100_000 - 10)));
        assert_eq!(alone(&")".repeat(1_000_000)), Some((')', 1_000_000)));
    }
}
