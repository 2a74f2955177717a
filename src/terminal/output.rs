//! Frames as bytes: what the terminal shows, what it is to show, and the least that turns one into the other.

use super::canvas::{BEGIN_FRAME, Canvas, END_FRAME};
use super::diff::Row;
use super::frame::{Frame, Line};
use super::glyph::tame;
use super::scroll;
use crate::text::certain::Trust;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Turns frames into bytes. It knows no terminal, only what one shows that was sent all of them.
#[derive(Debug)]
pub struct Output {
    canvas: Canvas,
    /// What the terminal shows; nothing where that is not known.
    shown: Option<Frame>,
    /// A blank buffer to draw into.
    spare: Option<Buffer>,
    /// What was trusted when the shown frame was written.
    before: Trust,
    trust: Trust,
    cursor_shown: bool,
}

impl Default for Output {
    fn default() -> Self {
        Self::new()
    }
}

impl Output {
    /// For a terminal of unknown content with a hidden cursor, that nothing is trusted of.
    pub const fn new() -> Self {
        let nothing = Trust { wide: false, ambiguous: false, letters: false };
        Self {
            canvas: Canvas::new(),
            shown: None,
            spare: None,
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

    /// The bytes of the next frame on a screen of that size. `draw` draws it into a blank buffer and says where
    /// the cursor is to be shown, if at all.
    pub fn frame(
        &mut self,
        (width, height): (u16, u16),
        draw: impl FnOnce(&mut Buffer) -> Option<Position>,
    ) -> &[u8] {
        let mut next = self.blank(Rect::new(0, 0, width, height));
        let cursor = draw(&mut next);
        tame(&mut next, self.trust);
        let next = Frame::new(next);
        self.canvas.begin((width, height));
        match self.shown.take() {
            Some(shown) if shown.size() == next.size() => {
                self.update(&shown, &next);
                self.spare = Some(shown.into_blank());
            }
            _ => self.draw_all(&next),
        }
        self.shown = Some(next);
        self.before = self.trust;
        self.place_cursor(cursor);
        self.canvas.end()
    }

    fn blank(&mut self, area: Rect) -> Buffer {
        self.spare.take().filter(|spare| spare.area == area).unwrap_or_else(|| Buffer::empty(area))
    }

    fn draw_all(&mut self, next: &Frame) {
        self.canvas.wipe();
        self.write(next, |_| Some(None));
    }

    fn update(&mut self, shown: &Frame, next: &Frame) {
        let rows = 0..usize::from(next.size().1);
        let changed: Vec<bool> = rows.map(|y| !shown.row(y).equals(&next.row(y))).collect();
        let scroll = scroll::find(shown, next, &changed);
        if let Some(scroll) = scroll {
            self.canvas.scroll(scroll.top, scroll.bottom, scroll.by);
        }
        self.write(next, |y| {
            let source = scroll.map_or(Some(y), |scroll| scroll.source(y));
            let stays = source == Some(y) && !changed[usize::from(y)];
            (!stays).then(|| source.map(|from| shown.row(usize::from(from))))
        });
    }

    /// Writes rows over what stands there; `shown` says what that is, or that the row is right.
    fn write<'a>(&mut self, next: &'a Frame, shown: impl Fn(u16) -> Option<Option<Line<'a>>>) {
        let mut marks = Vec::new();
        for y in 0..next.size().1 {
            let Some(shown) = shown(y) else { continue };
            let row = Row { shown, next: next.row(usize::from(y)), before: self.before, trust: self.trust };
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
