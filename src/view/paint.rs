//! The one brush: puts measured clusters into cells. A wide character is never half drawn, here or beside.

use super::glyphs::Glyphs;
use crate::text::cluster::clusters;
use crate::text::ruler::Ruler;
use crate::text::safe::Shown;
use ratatui::buffer::{Buffer, Cell, CellDiffOption, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::num::NonZeroU16;

/// Draws into a buffer with a ruler.
pub struct Painter<'a> {
    buffer: &'a mut Buffer,
    ruler: Ruler,
    substitute: Style,
}

impl<'a> Painter<'a> {
    /// A brush for a buffer; `substitute` is the style of what stands for something that must not be shown.
    pub fn new(buffer: &'a mut Buffer, ruler: Ruler, substitute: Style) -> Self {
        Self { buffer, ruler, substitute }
    }

    /// The ruler.
    pub fn ruler(&self) -> Ruler {
        self.ruler
    }

    /// Writes text at column `x`, row `y` of `area`, as far as `area` goes; says the column behind it.
    pub fn text(&mut self, area: Rect, x: u16, y: u16, text: &str, style: Style) -> u16 {
        self.words(self.ruler, area, (x, y), text, |_| style)
    }

    /// Writes text that is set by a ruler of its own, each cluster in the style for its byte of the text.
    pub fn words(
        &mut self,
        ruler: Ruler,
        area: Rect,
        (x, y): (u16, u16),
        text: &str,
        style: impl Fn(usize) -> Style,
    ) -> u16 {
        if y >= area.height {
            return x;
        }
        let mut at = x;
        for cluster in ruler.clusters(text) {
            let (lead, width) = (cluster.lead as u16, cluster.width as u16);
            if at + lead + width > area.width {
                break;
            }
            at += lead;
            let place = (area.x + at, area.y + y);
            let style = style(cluster.start);
            if cluster.shown.as_str() == cluster.raw {
                self.put(place, cluster.raw, width, style);
            } else {
                let style = if cluster.shown.is_substitute() { style.patch(self.substitute) } else { style };
                self.put_each(place, &cluster.shown, style);
            }
            at += width;
        }
        at
    }

    /// Writes text so that it ends before column `end`; says the column it begins at.
    pub fn text_before(&mut self, area: Rect, end: u16, y: u16, text: &str, style: Style) -> u16 {
        let start = end.saturating_sub(self.ruler.width(text) as u16);
        self.text(area, start, y, text, style);
        start
    }

    /// Draws a glyph of one cell at column `x`, row `y` of `area`.
    pub fn glyph(&mut self, area: Rect, (x, y): (u16, u16), glyph: &'static str, style: Style) {
        if y < area.height {
            self.fill(area, (x, x + 1), y, glyph, style);
        }
    }

    /// Fills a row of `area` between two columns with a glyph of one cell.
    pub fn fill(&mut self, area: Rect, (from, to): (u16, u16), y: u16, glyph: &'static str, style: Style) {
        for x in from..to.min(area.width) {
            self.put((area.x + x, area.y + y), glyph, 1, style);
        }
    }

    /// Draws a rule through the whole of `area`, along its longer side.
    pub fn rule(&mut self, area: Rect, glyphs: &Glyphs, style: Style) {
        for y in 0..area.height {
            let glyph = if area.width > 1 { glyphs.across } else { glyphs.down };
            self.fill(area, (0, area.width), y, glyph, style);
        }
    }

    /// Blanks `area`, and the first half of any wide character that reaches into it.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            self.spare_half(area.x, y);
            for x in area.left()..area.right() {
                self.buffer[(x, y)].reset();
            }
        }
    }

    /// Blanks a wide character that reaches into a cell about to be drawn.
    fn spare_half(&mut self, x: u16, y: u16) {
        if x <= self.buffer.area.left() {
            return;
        }
        let left = self.buffer.index_of(x - 1, y);
        let before = &mut self.buffer.content[left];
        if before.symbol().len() > 1 && measured(before) > 1 {
            let style = before.style();
            before.reset();
            before.set_style(style);
        }
    }

    /// Restyles cells of a row.
    pub fn restyle(&mut self, area: Rect, style: Style) {
        self.buffer.set_style(area, style);
    }

    /// Puts a substitute of several characters into as many cells.
    fn put_each(&mut self, (mut x, y): (u16, u16), shown: &Shown, style: Style) {
        for piece in clusters(shown.as_str()) {
            let width = self.ruler.width(piece) as u16;
            self.put((x, y), piece, width, style);
            x += width;
        }
    }

    /// Puts one harmless cluster; where the library would measure it otherwise, its width is forced.
    fn put(&mut self, (x, y): (u16, u16), shown: &str, width: u16, style: Style) {
        if width == 0 || x + width > self.buffer.area.right() || y >= self.buffer.area.bottom() {
            return;
        }
        self.spare_half(x, y);
        let at = self.buffer.index_of(x, y);
        let Some((cell, covered)) = self.buffer.content[at..at + usize::from(width)].split_first_mut() else {
            return;
        };
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
