//! What is drawn on a row of the screen: strokes, one over the other. A row of cells depends on its strokes and on
//! nothing else, so that rows with the same strokes need not be painted twice.
//!
//! A wide character is never half drawn, here or beside.

use crate::text::cluster::clusters;
use crate::text::ruler::Ruler;
use crate::text::safe::Shown;
use ratatui::buffer::{Cell, CellDiffOption, CellWidth};
use ratatui::style::Style;
use std::num::NonZeroU16;
use std::ops::Range;

/// Bytes of text that a row has room for at first.
const TEXT: usize = 256;

/// Strokes that a row has room for at first.
const STROKES: usize = 8;

/// The strokes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strokes {
    /// All that is written.
    text: String,
    order: Vec<Stroke>,
    /// Parts of the text in other styles than that of their stroke.
    marks: Vec<(Range<usize>, Style)>,
    ruler: Ruler,
    /// The style of what stands for something that must not be shown.
    substitute: Style,
}

/// One stroke; columns are those of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stroke {
    /// Clusters of the text, set by a ruler of their own, as far as they fit.
    Text { columns: Range<u16>, text: Range<usize>, ruler: Ruler, style: Style },
    /// A glyph of one cell in each column.
    Fill { columns: Range<u16>, glyph: &'static str, style: Style },
    /// Blanks.
    Clear { columns: Range<u16> },
    /// Another style for what stands there.
    Restyle { columns: Range<u16>, style: Style },
}

impl Strokes {
    /// A blank row; `substitute` is the style of what stands for something that must not be shown.
    pub fn new(ruler: Ruler, substitute: Style) -> Self {
        // Most rows need no more.
        let (text, order) = (String::with_capacity(TEXT), Vec::with_capacity(STROKES));
        Self { text, order, marks: Vec::new(), ruler, substitute }
    }

    /// A blank row in the memory of another one.
    #[must_use]
    pub fn anew(mut self, ruler: Ruler, substitute: Style) -> Self {
        self.text.clear();
        self.order.clear();
        self.marks.clear();
        Self { ruler, substitute, ..self }
    }

    /// Writes text that is set by a ruler of its own, as far as the columns go, with marks: bytes of it in other
    /// styles.
    pub fn text(
        &mut self,
        columns: Range<u16>,
        (ruler, text): (Ruler, &str),
        style: Style,
        marks: impl Iterator<Item = (Range<usize>, Style)>,
    ) {
        let start = self.text.len();
        self.text.push_str(text);
        self.marks.extend(marks.map(|(bytes, style)| (start + bytes.start..start + bytes.end, style)));
        self.order.push(Stroke::Text { columns, text: start..self.text.len(), ruler, style });
    }

    /// Draws a glyph of one cell in each column.
    pub fn fill(&mut self, columns: Range<u16>, glyph: &'static str, style: Style) {
        match self.order.last_mut() {
            Some(Stroke::Fill { columns: before, glyph: same, style: in_style })
                if before.end == columns.start && *same == glyph && *in_style == style =>
            {
                before.end = columns.end;
            }
            _ => self.order.push(Stroke::Fill { columns, glyph, style }),
        }
    }

    /// Blanks columns, and the first half of any wide character that reaches into them.
    pub fn clear(&mut self, columns: Range<u16>) {
        self.order.push(Stroke::Clear { columns });
    }

    /// Restyles what stands in columns.
    pub fn restyle(&mut self, columns: Range<u16>, style: Style) {
        self.order.push(Stroke::Restyle { columns, style });
    }

    /// Paints the row on blank cells.
    pub fn paint(&self, cells: &mut [Cell]) {
        for stroke in &self.order {
            match stroke {
                Stroke::Text { columns, text, ruler, style } => {
                    self.write(cells, columns, text.clone(), (*ruler, *style));
                }
                Stroke::Fill { columns, glyph, style } => {
                    columns.clone().for_each(|x| put(cells, x, (glyph, 1), *style));
                }
                Stroke::Clear { columns } => {
                    spare_half(cells, columns.start);
                    part(cells, columns).iter_mut().for_each(Cell::reset);
                }
                Stroke::Restyle { columns, style } => {
                    for cell in part(cells, columns) {
                        cell.set_style(*style);
                    }
                }
            }
        }
    }

    fn write(
        &self,
        cells: &mut [Cell],
        columns: &Range<u16>,
        bytes: Range<usize>,
        (ruler, style): (Ruler, Style),
    ) {
        let mut at = columns.start;
        for cluster in ruler.clusters(self.text.get(bytes.clone()).unwrap_or_default()) {
            let (lead, width) = (cluster.lead as u16, cluster.width as u16);
            if at + lead + width > columns.end {
                break;
            }
            let (from, to) = (bytes.start + cluster.start, bytes.start + cluster.end);
            let mark = self.marks.iter().find(|(bytes, _)| bytes.start < to && from < bytes.end);
            if let Some((_, style)) = mark.filter(|(bytes, _)| bytes.start < from) {
                // A cell that is left within what is marked is marked with it.
                for cell in part(cells, &(at..at + lead)) {
                    cell.set_style(*style);
                }
            }
            at += lead;
            let style = mark.map_or(style, |&(_, style)| style);
            if cluster.shown.as_str() == cluster.raw {
                put(cells, at, (cluster.raw, width), style);
            } else {
                let style = if cluster.shown.is_substitute() { style.patch(self.substitute) } else { style };
                self.put_each(cells, at, &cluster.shown, style);
            }
            at += width;
        }
    }

    /// Puts a substitute of several characters into as many cells.
    fn put_each(&self, cells: &mut [Cell], mut x: u16, shown: &Shown, style: Style) {
        for piece in clusters(shown.as_str()) {
            let width = self.ruler.width(piece) as u16;
            put(cells, x, (piece, width), style);
            x += width;
        }
    }
}

fn part<'a>(cells: &'a mut [Cell], columns: &Range<u16>) -> &'a mut [Cell] {
    let end = usize::from(columns.end).min(cells.len());
    cells.get_mut(usize::from(columns.start)..end).unwrap_or_default()
}

/// Blanks a wide character that reaches into a cell about to be drawn.
fn spare_half(cells: &mut [Cell], x: u16) {
    let Some(before) = usize::from(x).checked_sub(1).and_then(|x| cells.get_mut(x)) else { return };
    if before.symbol().len() > 1 && measured(before) > 1 {
        let style = before.style();
        before.reset();
        before.set_style(style);
    }
}

/// Puts one harmless cluster; where the library would measure it otherwise, its width is forced.
fn put(cells: &mut [Cell], x: u16, (shown, width): (&str, u16), style: Style) {
    let columns = usize::from(x)..usize::from(x) + usize::from(width);
    if width == 0 || columns.end > cells.len() {
        return;
    }
    spare_half(cells, x);
    let Some((cell, covered)) = cells[columns].split_first_mut() else { return };
    for cell in covered {
        cell.reset();
        cell.set_style(style);
    }
    cell.reset();
    cell.set_symbol(shown).set_style(style);
    if measured(cell) != width {
        let forced = NonZeroU16::new(width).unwrap_or(NonZeroU16::MIN);
        cell.set_diff_option(CellDiffOption::ForcedWidth(forced));
    }
}

/// Cells that the library takes a symbol for. It need not be asked about what fills the screen: ASCII, ideographs and
/// their punctuation, drawing characters.
fn measured(cell: &Cell) -> u16 {
    if cell.diff_option != CellDiffOption::None {
        return cell.cell_width();
    }
    match cell.symbol().as_bytes() {
        // The second are U+2500 to U+25BF.
        [b' '..=b'~'] | [0xe2, 0x94..=0x96, _] => 1,
        // U+3001 to U+3029, U+4E00 to U+9FFF, U+FF01 to U+FF3F.
        [0xe3, 0x80, 0x81..=0xa9]
        | [0xe4, 0xb8..=0xbf, _]
        | [0xe5..=0xe9, _, _]
        | [0xef, 0xbc, 0x81..=0xbf] => 2,
        _ => cell.cell_width(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_measures_what_it_need_not_be_asked_about_as_we_do() {
        for ch in (' '..='\u{ffff}').filter(|ch| !ch.is_control()) {
            let mut cell = Cell::default();
            cell.set_char(ch);
            assert_eq!(measured(&cell), cell.cell_width(), "{ch:?}");
            cell.set_diff_option(CellDiffOption::ForcedWidth(NonZeroU16::MAX));
            assert_eq!(measured(&cell), u16::MAX, "{ch:?}");
        }
    }
}
