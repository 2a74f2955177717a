//! The paragraphs of a body, as byte ranges.
//!
//! A body is split at line ends, and where a line holds a run of spaces that a web page left of a lost
//! paragraph break: three cells or more of space, NBSP or U+3000 (two cells). One space is text.

use super::slice::slice;
use std::ops::Range;

/// Byte ranges of the paragraphs of `body`: trimmed, none empty.
pub fn paragraphs(body: &str) -> impl Iterator<Item = Range<usize>> {
    parted(body, true)
}

/// The same where runs of spaces are text: `at_blanks` says whether they part paragraphs.
pub fn parted(body: &str, at_blanks: bool) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    let mut done = false;
    std::iter::from_fn(move || {
        while !done {
            let rest = slice(body, from..body.len());
            let (end, next) =
                split(rest, at_blanks).map_or((rest.len(), None), |(end, next)| (end, Some(next)));
            let piece = trimmed(body, from..from + end);
            match next {
                Some(next) => from += next,
                None => done = true,
            }
            if !piece.is_empty() {
                return Some(piece);
            }
        }
        None
    })
}

/// Where the first paragraph of `text` ends and the next begins.
fn split(text: &str, at_blanks: bool) -> Option<(usize, usize)> {
    let mut run: Option<(usize, usize)> = None;
    for (at, ch) in text.char_indices() {
        match ch {
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                return Some((at, at + ch.len_utf8()));
            }
            ' ' | '\u{a0}' | '\u{3000}' if at_blanks => {
                let (start, cells) = run.unwrap_or((at, 0));
                run = Some((start, cells + if ch == '\u{3000}' { 2 } else { 1 }));
            }
            _ => match run.take() {
                Some((start, 3..)) if start > 0 => return Some((start, at)),
                _ => {}
            },
        }
    }
    None
}

fn trimmed(body: &str, range: Range<usize>) -> Range<usize> {
    let text = slice(body, range.clone());
    let start = range.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split_all(body: &str) -> Vec<&str> {
        paragraphs(body).map(|range| slice(body, range)).collect()
    }

    #[test]
    fn a_body_splits_at_lines_and_at_lost_breaks() {
        let table: &[(&str, &[&str])] = &[
            ("", &[]),
            (" \u{a0}\n\n", &[]),
            ("甲", &["甲"]),
            ("甲。\n\n乙。\n", &["甲。", "乙。"]),
            ("甲。\u{a0}\u{a0}\u{a0} 乙。", &["甲。", "乙。"]),
            ("甲。\u{a0}\u{a0} 乙。", &["甲。", "乙。"]),
            ("甲 乙\u{a0}丙\u{a0} 丁", &["甲 乙\u{a0}丙\u{a0} 丁"]),
            ("\u{a0}\u{a0}\u{a0} 甲。\u{a0}", &["甲。"]),
            ("\u{3000}\u{3000}甲。\u{3000}\u{3000}乙", &["甲。", "乙"]),
            ("甲\u{2028}乙\u{85}丙", &["甲", "乙", "丙"]),
        ];
        for (body, expected) in table {
            assert_eq!(&split_all(body), expected, "{body:?}");
        }
    }

    #[test]
    fn nothing_but_white_space_is_lost() {
        let body = "一 二\u{a0}\u{a0}\u{a0}三\r\n\u{3000}四";
        let keep = |text: &str| text.chars().filter(|ch| !ch.is_whitespace()).collect::<String>();
        assert_eq!(keep(&split_all(body).concat()), keep(body));
    }
}
