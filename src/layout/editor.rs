//! How a note looks while it is written: its lines cut into rows, and the cursor among them.

use super::panes::Panes;
use crate::text::ruler::Ruler;
use crate::text::slice;
use crate::text::wrap::{self, Typesetting};
use std::ops::Range;

/// The widest box.
const WIDEST: u16 = 76;

/// The lowest and the highest box: above it some rows of the post that the note is about are in sight.
const HEIGHTS: (u16, u16) = (6, 14);

/// A row: its line, and its bytes there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Index of the line.
    pub line: usize,
    /// Bytes of the line.
    pub bytes: Range<usize>,
}

/// The size of the box, and of the text in it; one cell is left for a cursor behind the last character.
pub fn size(panes: &Panes) -> ((u16, u16), (usize, usize)) {
    let within = panes.text;
    let width = within.width.saturating_sub(4).clamp(18, WIDEST).min(within.width);
    let most = within.height.saturating_sub(2).max(4).min(within.height);
    let height = (within.height / 5 * 3).clamp(HEIGHTS.0, HEIGHTS.1).min(most);
    (
        (width, height),
        (usize::from(width).saturating_sub(5).max(2), usize::from(height).saturating_sub(2).max(1)),
    )
}

/// The rows of some lines.
pub fn rows(lines: &[String], ruler: Ruler, width: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for (line, text) in lines.iter().enumerate() {
        let before = rows.len();
        let cut = wrap::rows((ruler, Typesetting::default()), text, width, 0);
        rows.extend(cut.into_iter().map(|bytes| Row { line, bytes }));
        if rows.len() == before {
            rows.push(Row { line, bytes: 0..0 });
        }
    }
    rows
}

/// The row of a character of a line, and its column there in cells.
pub fn find(
    rows: &[Row],
    lines: &[String],
    (line, character): (usize, usize),
    ruler: Ruler,
) -> (usize, usize) {
    let text = lines.get(line).map_or("", String::as_str);
    let byte = text.char_indices().nth(character).map_or(text.len(), |(byte, _)| byte);
    let upto = rows.partition_point(|row| (row.line, row.bytes.start) <= (line, byte));
    let index = upto.saturating_sub(1);
    let start = rows.get(index).map_or(0, |row| row.bytes.start);
    (index, ruler.width(slice(text, start..byte)))
}

/// The character of a row at a column, or the last one before it: its line and its index there.
pub fn character_at(
    rows: &[Row],
    lines: &[String],
    (row, column): (usize, usize),
    ruler: Ruler,
) -> Option<(usize, usize)> {
    let place = rows.get(row)?;
    let text = lines.get(place.line)?;
    let words = slice(text, place.bytes.clone());
    let mut cells = 0;
    let fits = ruler.clusters(words).take_while(|cluster| {
        cells += cluster.lead + cluster.width;
        cells <= column
    });
    let end = fits.last().map_or(0, |cluster| cluster.end);
    // Behind the last character of a row the next row begins.
    let goes_on = rows.get(row + 1).is_some_and(|next| next.line == place.line);
    let end = if goes_on && end == words.len() {
        words.char_indices().next_back().map_or(0, |(last, _)| last)
    } else {
        end
    };
    Some((place.line, slice(text, 0..place.bytes.start + end).chars().count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_is_found_in_wide_and_narrow_text() {
        let ruler = Ruler::default();
        let lines: Vec<String> = ["一二三四五六七", "", "ab 好 "].map(str::to_owned).into();
        let rows = rows(&lines, ruler, 6);
        let cut: Vec<_> = rows.iter().map(|row| slice(&lines[row.line], row.bytes.clone())).collect();
        assert_eq!(cut[..4], ["一二三", "四五六", "七", ""]);
        for (at, found) in [
            ((0, 0), (0, 0)),
            ((0, 2), (0, 4)),
            ((0, 3), (1, 0)),
            ((0, 7), (2, 2)),
            ((1, 0), (3, 0)),
            ((2, 5), (4, 6)),
        ] {
            assert_eq!(find(&rows, &lines, at, ruler), found, "{at:?}");
        }
        for (place, at) in [
            ((1, 0), (0, 3)),
            ((0, 3), (0, 1)),
            ((0, 6), (0, 2)),
            ((2, 9), (0, 7)),
            ((3, 4), (1, 0)),
            ((4, 2), (2, 2)),
        ] {
            assert_eq!(character_at(&rows, &lines, place, ruler), Some(at), "{place:?}");
        }
    }
}
