//! The one ruler: how many cells a grapheme cluster takes.
//!
//! Widths follow UAX #11 as `unicode-width` implements it; East Asian *ambiguous* characters take one cell
//! or two, as the terminal draws them. What is measured is what is shown: the harmless form of [`safe`].

use super::habits::Habits;
use super::safe;
use super::slice::slice;
use super::width::cells;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

const TAB: usize = 4;
const BLANKS: &str = "    ";

/// Measures text as a terminal of certain habits draws it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ruler {
    habits: Habits,
}

/// One grapheme cluster with its place in the source, its harmless form and its width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster<'a> {
    /// Byte offset in the source.
    pub start: usize,
    /// Byte offset behind it.
    pub end: usize,
    /// The cluster as it stands in the source.
    pub raw: &'a str,
    /// What is drawn: a single cluster, blanks for a tab, or several characters of a substitute.
    pub shown: Cow<'a, str>,
    /// Cells that `shown` takes.
    pub width: usize,
}

impl Ruler {
    /// A ruler for ambiguous characters of two cells, or of one.
    pub fn new(wide: bool) -> Self {
        Self { habits: Habits { ambiguous_wide: wide, ..Habits::default() } }
    }

    /// A ruler for a terminal of those habits.
    pub const fn of(habits: Habits) -> Self {
        Self { habits }
    }

    /// The habits it measures by.
    pub const fn habits(self) -> Habits {
        self.habits
    }

    /// Whether ambiguous characters take two cells.
    pub const fn is_wide(self) -> bool {
        self.habits.ambiguous_wide
    }

    /// The clusters of `text`, tabs set from a first column of 0.
    pub fn clusters(self, text: &str) -> impl Iterator<Item = Cluster<'_>> {
        let (mut column, mut start) = (0, 0);
        std::iter::from_fn(move || {
            let rest = slice(text, start..text.len());
            let (raw, plain) = first(rest)?;
            let (shown, width) = match plain {
                Some(width) => (Cow::Borrowed(raw), width),
                None => self.measure(raw, column),
            };
            let cluster = Cluster { start, end: start + raw.len(), raw, shown, width };
            start = cluster.end;
            column += width;
            Some(cluster)
        })
    }

    /// The harmless form of a cluster that begins in `column`, and its width.
    pub fn measure(self, raw: &str, column: usize) -> (Cow<'_, str>, usize) {
        if let &[byte @ b' '..=b'~'] = raw.as_bytes() {
            debug_assert!(byte.is_ascii());
            return (Cow::Borrowed(raw), 1);
        }
        if raw == "\t" {
            let width = TAB - column % TAB;
            return (Cow::Borrowed(BLANKS.get(..width).unwrap_or(BLANKS)), width);
        }
        let shown = safe::cluster(raw);
        let width = cells(&shown, self.is_wide());
        (shown, width)
    }

    /// Cells of a text, drawn from column 0.
    pub fn width(self, text: &str) -> usize {
        self.clusters(text).map(|cluster| cluster.width).sum()
    }

    /// The longest beginning of `text` that fits, with an ellipsis where it was cut.
    pub fn fit(self, text: &str, cells: usize) -> String {
        if self.width(text) <= cells {
            return self.clusters(text).map(|cluster| cluster.shown).collect();
        }
        let mark = if self.is_wide() { "..." } else { "…" };
        let room = cells.saturating_sub(self.width(mark));
        let (mut out, mut used) = (String::new(), 0);
        for cluster in self.clusters(text) {
            if used + cluster.width > room {
                break;
            }
            used += cluster.width;
            out.push_str(&cluster.shown);
        }
        if self.width(mark) <= cells {
            out.push_str(mark);
        }
        out
    }
}

/// The first cluster of a text, with its width where that is plain to see: a character that nothing combines
/// with, followed by another such. Everything else goes by UAX #29.
fn first(text: &str) -> Option<(&str, Option<usize>)> {
    let mut chars = text.chars();
    let ch = chars.next()?;
    if let Some(width) = plain_width(ch)
        && chars.next().is_none_or(|next| plain_width(next).is_some())
    {
        return Some((slice(text, 0..ch.len_utf8()), Some(width)));
    }
    text.graphemes(true).next().map(|raw| (raw, None))
}

/// Cells of a character of GCB=Other that every terminal draws alike: ASCII, ideographs, CJK punctuation.
const fn plain_width(ch: char) -> Option<usize> {
    match ch {
        ' '..='~' => Some(1),
        '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{3029}' | '\u{ff01}'..='\u{ff60}' => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_terminal() {
        for (text, narrow, wide) in [
            ("", 0, 0),
            ("ab", 2, 2),
            ("质量", 4, 4),
            ("“质”", 4, 6),
            ("——……", 4, 8),
            ("e\u{301}", 1, 1),
            ("👨‍👩‍👧", 2, 2),
            ("❤\u{fe0f}", 2, 2),
            ("\u{3000}", 2, 2),
            ("a\u{a0}b", 3, 3),
            ("a\tb", 5, 5),
            ("\u{1b}[m", 3, 3),
            ("\u{200b}", 0, 0),
            ("\u{202e}", 5, 5),
        ] {
            assert_eq!(Ruler::new(false).width(text), narrow, "{text:?}");
            assert_eq!(Ruler::new(true).width(text), wide, "{text:?} wide");
        }
    }

    #[test]
    fn the_plain_way_is_that_of_the_standard() {
        let text = "质量e\u{301}质\u{301}“a”，。\u{3000}ｶﾞ👨‍👩‍👧x\u{fe0f}字\u{e0100}a\u{200d}b🇨🇳🇯🇵가\r\n";
        for wide in [false, true] {
            let ruler = Ruler::new(wide);
            let found: Vec<_> = ruler.clusters(text).map(|c| (c.start, c.raw, c.width)).collect();
            let standard: Vec<_> =
                text.grapheme_indices(true).map(|(at, raw)| (at, raw, ruler.measure(raw, 0).1)).collect();
            assert_eq!(found, standard);
        }
    }

    #[test]
    fn a_cut_text_says_so_and_fits() {
        let ruler = Ruler::default();
        for (text, cells, shown) in [
            ("质检总局", 8, "质检总局"),
            ("质检总局", 7, "质检总…"),
            ("质检", 2, "…"),
            ("质检", 0, ""),
            ("ab", 2, "ab"),
        ] {
            assert_eq!(ruler.fit(text, cells), shown);
        }
    }

    #[test]
    fn clusters_name_their_place_in_the_source() {
        let text = "a\u{1b}质e\u{301}";
        let places: Vec<_> = Ruler::default().clusters(text).map(|c| (c.start, c.end, c.width)).collect();
        assert_eq!(places, [(0, 1, 1), (1, 2, 1), (2, 5, 2), (5, 8, 1)]);
    }
}
