//! A drawn screen, row by row. Much of a screen is empty, so that each row knows how far it is filled.

use super::pen::{equal, is_void};
use ratatui::buffer::{Buffer, Cell};
use std::ops::Range;

/// A drawn screen. It does not change any more.
#[derive(Debug)]
pub struct Frame {
    buffer: Buffer,
    filled: Vec<Range<usize>>,
}

impl Frame {
    /// A buffer that has been drawn.
    pub fn new(buffer: Buffer) -> Self {
        let width = usize::from(buffer.area.width).max(1);
        let filled = buffer.content.chunks(width).map(filled).collect();
        Self { buffer, filled }
    }

    /// The buffer without what was drawn.
    pub fn into_blank(self) -> Buffer {
        let mut buffer = self.buffer;
        let width = usize::from(buffer.area.width).max(1);
        for (row, filled) in buffer.content.chunks_mut(width).zip(self.filled) {
            row.get_mut(filled).unwrap_or_default().iter_mut().for_each(Cell::reset);
        }
        buffer
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        (self.buffer.area.width, self.buffer.area.height)
    }

    /// A row; an empty one where there is none.
    pub fn row(&self, y: usize) -> Line<'_> {
        let width = usize::from(self.buffer.area.width);
        let cells = self.buffer.content.get(y * width..(y + 1) * width).unwrap_or_default();
        Line { cells, filled: self.filled.get(y).cloned().unwrap_or_default() }
    }
}

/// A row of cells.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// All its cells.
    pub cells: &'a [Cell],
    /// Where they are filled: before and behind there is nothing.
    pub filled: Range<usize>,
}

impl<'a> Line<'a> {
    /// The filled cells and where they stand.
    pub fn filled_cells(&self) -> impl Iterator<Item = (usize, &'a Cell)> + use<'a> {
        let cells = self.cells.get(self.filled.clone()).unwrap_or_default();
        (self.filled.start..).zip(cells)
    }

    /// Whether two rows of one length show the same.
    pub fn equals(&self, other: &Self) -> bool {
        self.filled == other.filled && self.pairs(other).all(|(one, other)| equal(one, other))
    }

    /// How many cells differ.
    pub fn differing(&self, other: &Self) -> usize {
        self.pairs(other).filter(|(one, other)| !equal(one, other)).count()
    }

    /// The cells of two rows where one of them is filled.
    fn pairs(&self, other: &Self) -> impl Iterator<Item = (&'a Cell, &'a Cell)> + use<'a> {
        let both = union(&self.filled, &other.filled);
        let part = |cells: &'a [Cell]| cells.get(both.clone()).unwrap_or_default();
        part(self.cells).iter().zip(part(other.cells))
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
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};

    fn frame(rows: &[&str]) -> Frame {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, rows.len() as u16));
        for (y, row) in rows.iter().enumerate() {
            buffer.set_string(0, y as u16, row, Style::new());
        }
        Frame::new(buffer)
    }

    #[test]
    fn a_row_knows_how_far_it_is_filled() {
        let frame = frame(&["", " a 质", "abcdefgh", "  "]);
        let filled: Vec<_> = (0..5).map(|y| frame.row(y).filled).collect();
        assert_eq!(filled, [0..0, 1..4, 0..8, 0..0, 0..0]);
        let mut cells = frame.row(0).cells.to_vec();
        cells[6].set_bg(Color::Red);
        assert_eq!(super::filled(&cells), 6..7);
    }

    #[test]
    fn a_frame_leaves_a_blank_buffer() {
        let frame = frame(&["", " a 质", "abcdefgh"]);
        assert_eq!(frame.into_blank(), Buffer::empty(Rect::new(0, 0, 8, 3)));
    }

    #[test]
    fn rows_are_compared_cell_by_cell() {
        let rows = ["", "a", "  a", "  b c", "abcdefgh", "质量", "质 量"];
        let frame = frame(&rows);
        for one in 0..rows.len() {
            for other in 0..rows.len() {
                let (one, other) = (frame.row(one), frame.row(other));
                let differing = one.cells.iter().zip(other.cells).filter(|(one, other)| one != other).count();
                assert_eq!(one.differing(&other), differing);
                assert_eq!(one.equals(&other), differing == 0);
            }
        }
    }
}
