//! The one brush: puts measured text on the rows of a sheet.

use super::glyphs::Glyphs;
use super::strokes::Strokes;
use crate::text::ruler::Ruler;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::ops::Range;

/// Draws on the rows of a screen with a ruler.
pub struct Painter {
    rows: Vec<Strokes>,
    area: Rect,
    ruler: Ruler,
}

impl Painter {
    /// A brush for a blank screen, in the memory of rows that are no longer needed; `substitute` is the style of what
    /// stands for something that must not be shown.
    pub fn new(
        (width, height): (u16, u16),
        (ruler, substitute): (Ruler, Style),
        spare: Vec<Strokes>,
    ) -> Self {
        let used = spare.into_iter().map(|row| row.anew(ruler, substitute));
        let new = std::iter::repeat_with(|| Strokes::new(ruler, substitute));
        let rows = used.chain(new).take(usize::from(height)).collect();
        Self { rows, area: Rect::new(0, 0, width, height), ruler }
    }

    /// The whole screen.
    pub fn area(&self) -> Rect {
        self.area
    }

    /// The ruler.
    pub fn ruler(&self) -> Ruler {
        self.ruler
    }

    /// What was drawn.
    pub fn into_rows(self) -> Vec<Strokes> {
        self.rows
    }

    /// Writes text at column `x`, row `y` of `area`, as far as `area` goes.
    pub fn text(&mut self, area: Rect, x: u16, y: u16, text: &str, style: Style) {
        self.words(self.ruler, area, (x, y), text, style, std::iter::empty());
    }

    /// The same; says the column behind it.
    pub fn text_to(&mut self, area: Rect, x: u16, y: u16, text: &str, style: Style) -> u16 {
        if y >= area.height {
            return x;
        }
        self.text(area, x, y, text, style);
        x + self.ruler.width_within(text, usize::from(area.width.saturating_sub(x))) as u16
    }

    /// Writes text that is set by a ruler of its own, with marks: bytes of it in other styles.
    pub fn words(
        &mut self,
        ruler: Ruler,
        area: Rect,
        (x, y): (u16, u16),
        text: &str,
        style: Style,
        marks: impl Iterator<Item = (Range<usize>, Style)>,
    ) {
        let columns = area.x + x..area.right();
        if let Some(row) = self.row(area, y) {
            row.text(columns, (ruler, text), style, marks);
        }
    }

    /// Writes text so that it ends before column `end`; says the column it begins at.
    pub fn text_before(&mut self, area: Rect, end: u16, y: u16, text: &str, style: Style) -> u16 {
        let start = end.saturating_sub(self.ruler.width(text) as u16);
        self.words(self.ruler, area, (start, y), text, style, std::iter::empty());
        start
    }

    /// Draws a glyph of one cell at column `x`, row `y` of `area`.
    pub fn glyph(&mut self, area: Rect, (x, y): (u16, u16), glyph: &'static str, style: Style) {
        self.fill(area, (x, x + 1), y, glyph, style);
    }

    /// Fills a row of `area` between two columns with a glyph of one cell.
    pub fn fill(&mut self, area: Rect, (from, to): (u16, u16), y: u16, glyph: &'static str, style: Style) {
        let columns = area.x + from..area.x + to.min(area.width);
        if let Some(row) = self.row(area, y).filter(|_| !columns.is_empty()) {
            row.fill(columns, glyph, style);
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
        for y in 0..area.height {
            if let Some(row) = self.row(area, y) {
                row.clear(area.left()..area.right());
            }
        }
    }

    /// Restyles cells of a row.
    pub fn restyle(&mut self, area: Rect, style: Style) {
        if let Some(row) = self.row(area, 0) {
            row.restyle(area.left()..area.right(), style);
        }
    }

    fn row(&mut self, area: Rect, y: u16) -> Option<&mut Strokes> {
        self.rows.get_mut(usize::from(area.y + y)).filter(|_| y < area.height)
    }
}
