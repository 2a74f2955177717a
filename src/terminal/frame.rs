//! A drawn screen, row by row. Much of a screen is empty, so that each row knows how far it is filled.

use super::glyph::tame;
use super::pen::{digest, equal, is_blank, is_void};
use crate::text::certain::Trust;
use ratatui::buffer::Cell;
use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

/// A drawn screen: rows that stand on the screen before are the same ones.
#[derive(Debug)]
pub struct Frame {
    /// Columns.
    pub width: u16,
    /// Its rows.
    pub rows: Vec<Rc<Line>>,
}

impl Frame {
    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        (self.width, self.rows.len() as u16)
    }

    /// Which rows differ from those of another screen.
    pub fn changes(&self, other: &Self) -> Vec<bool> {
        self.rows.iter().zip(&other.rows).map(|(one, other)| !one.equals(other)).collect()
    }
}

/// A row of cells. It does not change any more.
#[derive(Debug)]
pub struct Line {
    /// All its cells.
    pub cells: Vec<Cell>,
    /// Where they are filled: before and behind there is nothing.
    pub filled: Range<usize>,
    text: OnceCell<Option<u64>>,
    inked: OnceCell<usize>,
    /// A number for what each cell shows; 0 for nothing.
    digests: OnceCell<Vec<u64>>,
}

impl Line {
    /// Cells that have been painted, made safe for the edge of a terminal.
    pub fn new(mut cells: Vec<Cell>, trust: Trust) -> Self {
        tame(&mut cells, trust);
        let filled = filled(&cells);
        Self { cells, filled, text: OnceCell::new(), inked: OnceCell::new(), digests: OnceCell::new() }
    }

    /// The cells without what was painted.
    pub fn into_blank(self) -> Vec<Cell> {
        let mut cells = self.cells;
        cells.get_mut(self.filled).unwrap_or_default().iter_mut().for_each(Cell::reset);
        cells
    }

    /// The filled cells and where they stand.
    fn filled_cells(&self) -> impl Iterator<Item = (usize, &Cell)> {
        let cells = self.cells.get(self.filled.clone()).unwrap_or_default();
        (self.filled.start..).zip(cells)
    }

    /// Whether two rows of one length show the same.
    pub fn equals(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
            || self.filled == other.filled && self.pairs(other).all(|(one, other)| equal(one, other))
    }

    /// How many cells differ, as their digests tell.
    pub fn differing(&self, other: &Self) -> usize {
        if std::ptr::eq(self, other) {
            return 0;
        }
        let both = union(&self.filled, &other.filled);
        let (one, other) = (self.digests().get(both.clone()), other.digests().get(both));
        let pairs = one.unwrap_or_default().iter().zip(other.unwrap_or_default());
        pairs.filter(|(one, other)| one != other).count()
    }

    fn digests(&self) -> &[u64] {
        self.digests.get_or_init(|| {
            let mut digests = vec![0; self.cells.len()];
            for (x, cell) in self.filled_cells().filter(|(_, cell)| !is_void(cell)) {
                digests[x] = digest(cell);
            }
            digests
        })
    }

    /// The cells of two rows where one of them is filled.
    fn pairs<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (&'a Cell, &'a Cell)> {
        let both = union(&self.filled, &other.filled);
        let part = |line: &'a Self| line.cells.get(both.clone()).unwrap_or_default();
        part(self).iter().zip(part(other))
    }

    /// How many cells show more than a background.
    pub fn inked(&self) -> usize {
        *self.inked.get_or_init(|| self.filled_cells().filter(|(_, cell)| !is_blank(cell)).count())
    }

    /// A number for the text and its place: marks in the margin, rules and shades are no text, since they move by
    /// themselves. Nothing for a row without text.
    pub fn text(&self) -> Option<u64> {
        *self.text.get_or_init(|| {
            let mut hash = 0;
            for (x, cell) in self.filled_cells() {
                let symbol = cell.symbol();
                // U+2500 to U+25FF: E2 94 80 to E2 97 BF.
                if symbol == " " || matches!(symbol.as_bytes(), [0xe2, 0x94..=0x97, _]) {
                    continue;
                }
                let symbol =
                    symbol.bytes().fold(x as u64 + 1, |sum, byte| sum << 8 ^ sum >> 56 ^ u64::from(byte));
                hash = (hash ^ symbol).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
            }
            (hash != 0).then_some(hash)
        })
    }
}

/// The shortest range that holds two.
pub fn union(one: &Range<usize>, other: &Range<usize>) -> Range<usize> {
    match (one.is_empty(), other.is_empty()) {
        (true, _) => other.clone(),
        (_, true) => one.clone(),
        _ => one.start.min(other.start)..one.end.max(other.end),
    }
}

fn filled(cells: &[Cell]) -> Range<usize> {
    let Some(start) = cells.iter().position(|cell| !is_void(cell)) else { return 0..0 };
    let end = cells.iter().rposition(|cell| !is_void(cell)).map_or(start, |last| last + 1);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};

    fn lines(rows: &[&str]) -> Vec<Line> {
        let line = |row: &&str| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
            buffer.set_string(0, 0, row, Style::new());
            Line::new(buffer.content, Trust { wide: true, ..Trust::default() })
        };
        rows.iter().map(line).collect()
    }

    #[test]
    fn a_row_knows_how_far_it_is_filled() {
        let lines = lines(&["", " a 质", "abcdefgh", "  "]);
        let filled: Vec<_> = lines.iter().map(|line| line.filled.clone()).collect();
        assert_eq!(filled, [0..0, 1..4, 0..8, 0..0]);
        let mut cells = lines[0].cells.clone();
        cells[6].set_bg(Color::Red);
        assert_eq!(super::filled(&cells), 6..7);
    }

    #[test]
    fn a_row_leaves_blank_cells() {
        for line in lines(&["", " a 质", "abcdefgh"]) {
            assert_eq!(line.into_blank(), vec![Cell::EMPTY; 8]);
        }
    }

    #[test]
    fn rows_are_compared_cell_by_cell() {
        let lines = lines(&["", "a", "  a", "  b c", "abcdefgh", "质量", "质 量"]);
        for one in &lines {
            for other in &lines {
                let differing =
                    one.cells.iter().zip(&other.cells).filter(|(one, other)| one != other).count();
                assert_eq!(one.differing(other), differing);
                assert_eq!(one.equals(other), differing == 0);
            }
        }
    }
}
