//! The one ruler: how many cells a grapheme cluster takes.
//!
//! Widths follow UAX #11 as `unicode-width` implements it; East Asian *ambiguous* characters take one cell
//! or two, as the terminal draws them. What is measured is what is shown: the harmless form that
//! [`Shown`] makes of it.

use super::cluster::first;
use super::count::is_han;
use super::habits::Habits;
use super::safe::Shown;
use super::slice::slice;
use super::width::{of_char, of_text};

const TAB: usize = 4;

/// Measures text as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ruler {
    /// How the terminal draws.
    pub habits: Habits,
    /// Whether a cell is left between ideographs and Latin letters or digits. It is only shown.
    pub autospace: bool,
    /// Whether invisible characters are shown by marks.
    pub reveal: bool,
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
    pub shown: Shown<'a>,
    /// Blank cells before it.
    pub lead: usize,
    /// Cells that `shown` takes.
    pub width: usize,
}

/// The room that a cluster takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent<'a> {
    /// The cluster as it stands in the source.
    pub raw: &'a str,
    /// Blank cells before it.
    pub lead: usize,
    /// Cells that it takes as it is shown.
    pub width: usize,
}

/// Whether nothing is seen of a text.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

impl Ruler {
    /// A ruler for ambiguous characters of two cells, or of one.
    pub fn new(wide: bool) -> Self {
        Self { habits: Habits { ambiguous_wide: wide, ..Habits::default() }, ..Self::default() }
    }

    /// Whether ambiguous characters take two cells.
    pub const fn is_wide(self) -> bool {
        self.habits.ambiguous_wide
    }

    /// The clusters of `text`, drawn from column 0.
    pub fn clusters(self, text: &str) -> impl Iterator<Item = Cluster<'_>> {
        let (mut start, mut column, mut before) = (0, 0, None);
        std::iter::from_fn(move || {
            let cluster = self.cluster(text, start, column, before)?;
            column += cluster.lead + cluster.width;
            (start, before) = (cluster.end, Some(cluster.raw));
            Some(cluster)
        })
    }

    /// The cluster that begins at the byte `start` and is drawn behind `column` cells and the cluster `before`.
    fn cluster<'a>(
        self,
        text: &'a str,
        start: usize,
        column: usize,
        before: Option<&str>,
    ) -> Option<Cluster<'a>> {
        let rest = slice(text, start..text.len());
        if let Some((bytes, width)) = self.plain(rest) {
            let (end, raw) = (start + bytes, slice(rest, 0..bytes));
            return Some(Cluster { start, end, raw, shown: Shown::as_it_is(raw), lead: 0, width });
        }
        let (raw, simple) = first(rest)?;
        let lead = usize::from(self.autospace && before.is_some_and(|before| is_seam(before, raw)));
        let shown = match raw {
            "\t" => Shown::blanks(TAB - (column + lead) % TAB),
            _ => Shown::cluster(raw, self.reveal),
        };
        let width = if simple { self.simple(raw) } else { of_text(shown.as_str(), self.habits) };
        Some(Cluster { start, end: start + raw.len(), raw, shown, lead, width })
    }

    /// The room of the cluster that begins at the byte `start`, behind `column` cells and the cluster `before`.
    pub fn extent<'a>(
        self,
        text: &'a str,
        start: usize,
        column: usize,
        before: Option<&str>,
    ) -> Option<Extent<'a>> {
        let rest = slice(text, start..text.len());
        if let Some((bytes, width)) = self.plain(rest) {
            return Some(Extent { raw: slice(rest, 0..bytes), lead: 0, width });
        }
        let (raw, simple) = first(rest)?;
        if !simple || self.autospace {
            let Cluster { raw, lead, width, .. } = self.cluster(text, start, column, before)?;
            return Some(Extent { raw, lead, width });
        }
        Some(Extent { raw, lead: 0, width: self.simple(raw) })
    }

    /// Bytes and cells of the first character where they are plain to see, and no cell is left before it.
    #[inline]
    fn plain(self, text: &str) -> Option<(usize, usize)> {
        if self.autospace { None } else { plain(text.as_bytes()) }
    }

    fn simple(self, raw: &str) -> usize {
        raw.chars().next().map_or(0, |ch| match ch {
            ' '..='~' => 1,
            '\u{4e00}'..='\u{9fff}' => 2,
            _ => of_char(ch, self.habits),
        })
    }

    /// Cells of a text, drawn from column 0.
    pub fn width(self, text: &str) -> usize {
        self.width_within(text, usize::MAX)
    }

    /// Cells of as many clusters from the beginning of a text as fit into `room` cells.
    pub fn width_within(self, text: &str, room: usize) -> usize {
        let (mut start, mut column, mut before) = (0, 0, None);
        while let Some(extent) = self.extent(text, start, column, before) {
            let end = column + extent.lead + extent.width;
            if end > room {
                break;
            }
            start += extent.raw.len();
            column = end;
            before = Some(extent.raw);
        }
        column
    }

    /// The longest beginning of `text` that fits, with an ellipsis where it was cut.
    pub fn fit(self, text: &str, cells: usize) -> String {
        if self.width(text) <= cells {
            return text.to_owned();
        }
        let mark = if self.is_wide() { "..." } else { "…" };
        let room = cells.saturating_sub(self.width(mark));
        let mut used = 0;
        let fitting = self.clusters(text).take_while(|cluster| {
            used += cluster.lead + cluster.width;
            used <= room
        });
        let end = fitting.last().map_or(0, |cluster| cluster.end);
        let mut out = slice(text, 0..end).to_owned();
        if self.width(mark) <= cells {
            out.push_str(mark);
        }
        out
    }
}

/// Bytes and cells of a character that is plain to see: ASCII or an ideograph, before another or last.
#[inline]
fn plain(bytes: &[u8]) -> Option<(usize, usize)> {
    let (length, cells) = match bytes {
        [b' '..=b'~', ..] => (1, 1),
        // From U+4E00 to U+9FFF.
        [0xe4, 0xb8..=0xbf, ..] | [0xe5..=0xe9, ..] => (3, 2),
        _ => return None,
    };
    matches!(bytes.get(length), None | Some(b' '..=b'~' | 0xe4..=0xe9)).then_some((length, cells))
}

/// Whether an ideograph and a Latin letter or a digit meet.
fn is_seam(before: &str, after: &str) -> bool {
    let last = before.chars().next().unwrap_or(' ');
    let next = after.chars().next().unwrap_or(' ');
    let is_latin = |ch: char| ch.is_ascii_alphanumeric() || ('\u{c0}'..='\u{24f}').contains(&ch);
    let is_ideograph = |ch: char| is_han(ch) || ('\u{3041}'..='\u{30ff}').contains(&ch);
    is_ideograph(last) && is_latin(next) || is_latin(last) && is_ideograph(next)
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
    fn a_cell_between_ideographs_and_letters_is_only_shown() {
        let ruler = Ruler { autospace: true, ..Ruler::default() };
        for (text, cells) in [("用RFID标签", 12), ("2018年", 7), ("字,2018", 7), ("ab cd", 5), ("字 a", 4)]
        {
            assert_eq!(ruler.width(text), cells, "{text}");
        }
        assert_eq!(ruler.fit("用RFID标签", 12), "用RFID标签");
    }

    #[test]
    fn what_is_invisible_can_be_revealed() {
        let ruler = Ruler { reveal: true, ..Ruler::default() };
        let shown: String = ruler.clusters("a\u{200b}b\u{feff}").map(|c| c.shown.to_string()).collect();
        assert_eq!(shown, "a·b·");
        assert_eq!(Ruler::default().width("a\u{200b}b\u{feff}"), 2);
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
