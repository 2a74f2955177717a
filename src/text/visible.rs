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
        let Some(first) = source.find(is_invisible) else {
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
}
