//! Frames as bytes: what the terminal shows, what it is to show, and the least that turns one into the other.

use super::canvas::{BEGIN_FRAME, Canvas, END_FRAME};
use super::diff::Row;
use super::frame::{Frame, Line};
use super::scroll;
use crate::text::certain::Trust;
use ratatui::buffer::Cell;
use ratatui::layout::Position;
use std::rc::Rc;

/// Turns frames into bytes. It knows no terminal, only what one shows that was sent all of them.
///
/// A frame is given as rows that can be painted. Equal ones are painted alike: one that stands on the screen
/// already is kept, wherever it stands, and costs next to nothing.
#[derive(Debug)]
pub struct Output<R> {
    canvas: Canvas,
    /// What the terminal shows; nothing where that is not known.
    shown: Option<Shown<R>>,
    /// Blank cells to paint a row on.
    spare: Vec<Vec<Cell>>,
    /// What the rows of the frame before the shown one were painted from.
    spare_rows: Vec<R>,
    /// What was trusted when the shown frame was written.
    before: Trust,
    trust: Trust,
    cursor_shown: bool,
}

/// What the terminal shows.
#[derive(Debug)]
struct Shown<R> {
    /// What its rows were painted from.
    rows: Vec<R>,
    frame: Frame,
}

impl<R> Shown<R> {
    /// Where a row painted from the same stands: first looked for at two places.
    fn find(&self, row: &R, likely: [usize; 2]) -> Option<usize>
    where
        R: PartialEq,
    {
        let stands = |&y: &usize| self.rows.get(y).is_some_and(|shown| shown == row);
        likely.into_iter().find(stands).or_else(|| self.rows.iter().position(|shown| shown == row))
    }
}

impl<R: PartialEq> Default for Output<R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<R: PartialEq> Output<R> {
    /// For a terminal of unknown content with a hidden cursor, that nothing is trusted of.
    pub const fn new() -> Self {
        let nothing = Trust { wide: false, ambiguous: false, letters: false };
        Self {
            canvas: Canvas::new(),
            shown: None,
            spare: Vec::new(),
            spare_rows: Vec::new(),
            before: nothing,
            trust: nothing,
            cursor_shown: false,
        }
    }

    /// Says what the terminal has shown that it draws as it is measured. Trust lost means that the screen may
    /// be wrong: it is drawn anew.
    pub fn trust(&mut self, trust: Trust) {
        if !trust.includes(self.trust) {
            self.shown = None;
        }
        self.trust = trust;
    }

    /// Forgets what the terminal shows, and that its cursor is not hidden.
    pub fn forget(&mut self) {
        self.shown = None;
        self.cursor_shown = false;
    }

    /// The cursor of the terminal may be shown: the next frame says whether it is to be.
    pub const fn find_cursor(&mut self) {
        self.cursor_shown = true;
    }

    /// Rows that are no longer needed.
    pub fn spare_rows(&mut self) -> Vec<R> {
        std::mem::take(&mut self.spare_rows)
    }

    /// The bytes of the next frame on a screen of that many columns. `paint` paints a row on blank cells; the
    /// cursor is shown at its place, if it has one.
    pub fn frame(
        &mut self,
        width: u16,
        rows: Vec<R>,
        paint: impl Fn(&R, &mut [Cell]),
        cursor: Option<Position>,
    ) -> &[u8] {
        let lines = self.lines(width, &rows, paint);
        let next = Frame { width, rows: lines };
        self.canvas.begin(next.size());
        match self.shown.take() {
            Some(Shown { frame: shown, rows }) if shown.size() == next.size() => {
                self.update(&shown, &next);
                self.spare_rows = rows;
                self.spare.extend(shown.rows.into_iter().filter_map(Rc::into_inner).map(Line::into_blank));
            }
            _ => self.draw_all(&next),
        }
        self.shown = Some(Shown { rows, frame: next });
        self.before = self.trust;
        self.place_cursor(cursor);
        self.canvas.end()
    }

    /// The rows of the next frame, each kept or painted.
    fn lines(&mut self, width: u16, rows: &[R], paint: impl Fn(&R, &mut [Cell])) -> Vec<Rc<Line>> {
        let shown =
            self.shown.as_ref().filter(|shown| shown.frame.width == width && self.before == self.trust);
        // A row stands where it stood, or scrolls with the one above it.
        let mut above = None;
        let row = |(y, row)| {
            let likely = [above.map_or(y, |above| above + 1), y];
            above = shown.and_then(|shown| shown.find(row, likely));
            if let Some(line) = shown.zip(above).and_then(|(shown, from)| shown.frame.rows.get(from)) {
                return Rc::clone(line);
            }
            let width = usize::from(width);
            let spare = self.spare.pop().filter(|cells| cells.len() == width);
            let mut cells = spare.unwrap_or_else(|| vec![Cell::EMPTY; width]);
            paint(row, &mut cells);
            Rc::new(Line::new(cells, self.trust))
        };
        rows.iter().enumerate().map(row).collect()
    }

    fn draw_all(&mut self, next: &Frame) {
        self.canvas.wipe();
        self.write(next, |_| Some(None));
    }

    fn update(&mut self, shown: &Frame, next: &Frame) {
        let changed = next.changes(shown);
        let scroll = scroll::find(shown, next, &changed);
        if let Some(scroll) = scroll {
            self.canvas.scroll(scroll.top, scroll.bottom, scroll.by);
        }
        self.write(next, |y| {
            let source = scroll.map_or(Some(y), |scroll| scroll.source(y));
            let stays = source == Some(y) && !changed[usize::from(y)];
            (!stays).then(|| source.map(|from| &*shown.rows[usize::from(from)]))
        });
    }

    /// Writes rows over what stands there; `shown` says what that is, or that the row is right.
    fn write<'a>(&mut self, next: &'a Frame, shown: impl Fn(u16) -> Option<Option<&'a Line>>) {
        let mut marks = Vec::new();
        for (y, next) in (0..).zip(&next.rows) {
            let Some(shown) = shown(y) else { continue };
            let row = Row { shown, next, before: self.before, trust: self.trust };
            if let Some(mark) = row.write(&mut self.canvas, y) {
                marks.push((y, row, mark));
            }
        }
        for (y, row, mark) in marks {
            row.write_mark(&mut self.canvas, y, mark);
        }
    }

    fn place_cursor(&mut self, cursor: Option<Position>) {
        if let Some(Position { x, y }) = cursor {
            self.canvas.place(x, y);
        }
        if cursor.is_some() != self.cursor_shown {
            self.cursor_shown = cursor.is_some();
            self.canvas.show_cursor(self.cursor_shown);
        }
    }
}

/// Whether a frame changes nothing.
pub fn is_empty(frame: &[u8]) -> bool {
    frame.len() <= BEGIN_FRAME.len() + END_FRAME.len()
}
