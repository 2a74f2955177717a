//! Text without its invisible characters, for what is searched: they part no word.

use super::safe::is_invisible;
use std::borrow::Cow;
use std::ops::Range;

/// A text without invisible characters, that knows where its parts stand in the source.
#[derive(Debug)]
pub struct Visible<'a> {
    text: Cow<'a, str>,
    /// Where each part begins: here, and in the source. Empty where nothing was left out.
    parts: Vec<(usize, usize)>,
}

impl<'a> Visible<'a> {
    /// The visible part of a text.
    pub fn of(source: &'a str) -> Self {
        let first = if may_hide(source.as_bytes()) { source.find(is_invisible) } else { None };
        let Some(first) = first else {
            return Self { text: Cow::Borrowed(source), parts: Vec::new() };
        };
        let mut text = String::with_capacity(source.len());
        let mut parts = vec![(0, 0)];
        let mut left_out = false;
        for (at, ch) in source.char_indices() {
            if at >= first && is_invisible(ch) {
                left_out = true;
                continue;
            }
            if std::mem::take(&mut left_out) {
                parts.push((text.len(), at));
            }
            text.push(ch);
        }
        Self { text: Cow::Owned(text), parts }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where a range stands in the source, from its first character to its last.
    pub fn in_source(&self, range: &Range<usize>) -> Range<usize> {
        let source =
            |at: usize, parts: usize| match parts.checked_sub(1).and_then(|part| self.parts.get(part)) {
                Some((here, there)) => there + (at - here),
                None => at,
            };
        let start = source(range.start, self.parts.partition_point(|part| part.0 <= range.start));
        let end = source(range.end, self.parts.partition_point(|part| part.0 < range.end));
        start..end.max(start)
    }
}

/// Whether there may be an invisible character in some text: true is too often, false is certain. At the speed of a
/// scan, by the first two bytes of each kind, and the third where many others begin with the same two.
pub fn may_hide(text: &[u8]) -> bool {
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    let triples = pairs.zip(text.get(2..).unwrap_or_default());
    triples.fold(0, |hides, ((&a, &b), &c)| {
        let is = |byte: u8, wanted: u8| u8::from(byte == wanted);
        let latin = is(a, 0xc2) & is(b, 0xad) | is(a, 0xcd) & is(b, 0x8f);
        let asian = is(a, 0xe1) & (is(b, 0x9e) | is(b, 0xa0));
        let blank = is(a, 0xe2) & (is(b, 0x81) | is(b, 0x80) & is(c, 0x8b));
        let other = is(a, 0xef) & is(b, 0xbb) | is(a, 0xf0) & (is(b, 0x9b) | is(b, 0x9d)) | is(a, 0xf3);
        hides | latin | asian | blank | other
    }) > 0
        // The last two bytes have no third.
        || text.ends_with(b"\xc2\xad")
        || text.ends_with(b"\xcd\x8f")
}

#[cfg(test)]
mod tests {
    use super::super::slice;
    use super::*;

    #[test]
    fn what_is_found_stands_in_the_source() {
        for (source, found, there) in [
            ("质量提升", "量提", "量提"),
            ("质\u{200b}量\u{feff}提升", "质量", "质\u{200b}量"),
            ("质\u{200b}量\u{feff}提升", "提升", "提升"),
            ("\u{ad}a\u{ad}", "a", "a"),
        ] {
            let visible = Visible::of(source);
            let at = visible.as_str().find(found).unwrap();
            assert_eq!(slice(source, visible.in_source(&(at..at + found.len()))), there, "{source:?}");
        }
    }

    #[test]
    fn text_that_hides_a_character_is_told_from_most_that_does_not() {
        for ch in (0..=0x10_ffff).filter_map(char::from_u32).filter(|&ch| is_invisible(ch)) {
            for text in [format!("{ch}"), format!("质{ch}量"), format!("a{ch}")] {
                assert!(may_hide(text.as_bytes()), "{text:?}");
            }
        }
        for text in ["", "a", "质量提升,“从今天”——开始。……", "2018年1月9日\u{a0}\u{3000}é ü １２３"]
        {
            assert!(!may_hide(text.as_bytes()), "{text:?}");
        }
    }
}
