//! What has changed in a row, written so that the terminal shows it whatever it did with the row before.
//!
//! A row falls into segments that nothing reaches out of: neither a glyph that stands there, nor one that is to
//! stand there, as wide as a terminal may draw it. A segment is written whole or not at all. Where a terminal
//! may take other cells for a glyph than we do, its segment is blanked first, so that the result does not depend
//! on what it showed before; and the cursor is placed anew behind the glyph.

use super::canvas::Canvas;
use super::frame::{Line, union};
use super::glyph::{Glyph, is_harmless};
use super::pen::{Pen, equal, is_bare, is_blank};
use crate::text::certain::Trust;
use ratatui::buffer::Cell;
use ratatui::style::Color;
use std::ops::Range;

static BLANK: Cell = Cell::EMPTY;

/// The longest run of unchanged cells that is written again rather than jumped over.
const BRIDGE: usize = 3;

/// The fewest blanks at the end of a row that are worth an erasure.
const REST: usize = 4;

/// A row as the terminal shows it, and what it is to show.
pub struct Row<'a> {
    /// What is shown; nothing where the row is blank.
    pub shown: Option<&'a Line>,
    /// What is to be shown.
    pub next: &'a Line,
    /// What was trusted when the shown row was written.
    pub before: Trust,
    /// What is trusted now.
    pub trust: Trust,
}

/// Neighbouring segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    from: usize,
    to: usize,
    /// Whether something differs.
    changed: bool,
    /// Whether each glyph that is to stand here takes the cells that it should.
    sure: bool,
}

impl Row<'_> {
    /// Writes what has changed, but for a mark in front of it, which is left to be written with those of other
    /// rows: a column of marks in one colour is cheaper than the changes of colour.
    pub fn write(&self, canvas: &mut Canvas, y: u16) -> Option<Run> {
        if self.shown.is_some_and(|shown| shown.equals(self.next)) {
            return None;
        }
        let rest = self.rest();
        let runs = self.runs(rest);
        let mark = runs.first().copied().filter(|run| run.sure && run.to == run.from + 1 && run.to <= rest);
        for &run in runs.iter().skip(usize::from(mark.is_some())) {
            self.write_run(canvas, y, run, rest);
        }
        mark
    }

    /// Writes a mark that was left.
    pub fn write_mark(&self, canvas: &mut Canvas, y: u16, mark: Run) {
        self.write_run(canvas, y, mark, self.cells().len());
    }

    /// The runs to write. One that goes on into the blanks from `rest` on goes to the end of the row.
    fn runs(&self, rest: usize) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        // Outside there is nothing, and there is to be nothing.
        let Range { start: mut x, end } = match self.shown {
            Some(shown) => union(&shown.filled, &self.next.filled),
            None => self.next.filled.clone(),
        };
        while x < end {
            let segment = self.segment(x);
            let to = if segment.changed && segment.to > rest { self.cells().len() } else { segment.to };
            x = to;
            if !segment.changed {
                continue;
            }
            let segment = Run { to, ..segment };
            match runs.last_mut() {
                Some(run) if run.to == segment.from || self.bridges(*run, segment) => {
                    *run = Run { from: run.from, sure: run.sure && segment.sure, ..segment };
                }
                _ => runs.push(segment),
            }
        }
        runs
    }

    fn shown(&self, x: usize) -> &Cell {
        self.shown.and_then(|row| row.cells.get(x)).unwrap_or(&BLANK)
    }

    /// The cells that are to be shown.
    const fn cells(&self) -> &[Cell] {
        self.next.cells.as_slice()
    }

    /// Where the blanks at the end of the row begin that an erasure makes; the end if they are too few.
    fn rest(&self) -> usize {
        let is_erased = |cell: &Cell| is_blank(cell) && cell.bg == Color::Reset;
        let filled = self.cells().get(..self.next.filled.end).unwrap_or_default();
        let last = filled.iter().rposition(|cell| !is_erased(cell)).unwrap_or(0);
        let end =
            self.cells().get(last).map_or(0, |cell| last + usize::from(Glyph::of(cell, self.trust).width));
        if end + REST > self.cells().len() { self.cells().len() } else { end }
    }

    /// The segment that begins at `from`, where a glyph begins both in the shown row and in the next.
    fn segment(&self, from: usize) -> Run {
        let mut run = Run { from, to: from + 1, changed: false, sure: true };
        let (shown, next) = (self.shown(from), &self.cells()[from]);
        if Glyph::is_plain(shown) && Glyph::is_plain(next) {
            return Run { changed: !looks_like(shown, next), ..run };
        }
        let glyph = Glyph::of(next, self.trust);
        let to = (from + usize::from(glyph.width)).min(self.cells().len());
        // Nearly always nothing reaches out of the cells of the glyph itself.
        if glyph.reach == glyph.width {
            if self.before == self.trust && equal(shown, next) {
                return Run { to, ..run };
            }
            if (from..to).all(|x| Glyph::is_plain(self.shown(x))) {
                return Run {
                    to,
                    changed: glyph.width > 1 || !looks_like(shown, next),
                    sure: glyph.sure,
                    ..run
                };
            }
        }
        let (mut old, mut new) = (from, from);
        let mut x = from;
        while x < run.to.min(self.cells().len()) {
            let (shown, next) = (self.shown(x), &self.cells()[x]);
            run.changed |= match (x == old, x == new) {
                (true, true) => !looks_like(shown, next),
                (false, false) => false,
                _ => true,
            };
            if x == old {
                let glyph = Glyph::of(shown, self.before);
                old += usize::from(glyph.width);
                run.to = run.to.max(x + usize::from(glyph.reach));
            }
            if x == new {
                let glyph = Glyph::of(next, self.trust);
                new += usize::from(glyph.width);
                run.to = run.to.max(x + usize::from(glyph.reach));
                run.sure &= glyph.sure;
            }
            x += 1;
        }
        run.to = run.to.min(self.cells().len());
        run
    }

    /// Whether the cells between two runs are cheaper to write than to jump over.
    fn bridges(&self, run: Run, segment: Run) -> bool {
        let Some(last) = self.cells().get(run.to - 1) else { return false };
        run.sure
            && segment.sure
            && segment.from - run.to <= BRIDGE
            && self.cells()[run.to..segment.from].iter().all(|cell| {
                let pen = Pen::of(last);
                is_blank(cell) && pen.is_blank_of(cell.bg) || cell.symbol().len() == 1 && Pen::of(cell) == pen
            })
    }

    fn write_run(&self, canvas: &mut Canvas, y: u16, run: Run, rest: usize) {
        let ground = !run.sure && !self.is_blank_already(run);
        let text = Run { to: run.to.min(rest), ..run };
        if ground {
            for (x, cell, glyph) in self.glyphs(text) {
                for covered in x..x + usize::from(glyph.width) {
                    canvas.place(covered as u16, y);
                    canvas.blank(cell);
                }
            }
            erase(canvas, y, run, rest);
        }
        for (x, cell, glyph) in self.glyphs(text) {
            if is_blank(cell) {
                if run.sure {
                    canvas.place(x as u16, y);
                    canvas.blank(cell);
                }
            } else if glyph.sure || is_harmless(cell.symbol()) {
                canvas.place(x as u16, y);
                canvas.put(cell.symbol(), glyph.width, cell, glyph.sure);
            }
        }
        if run.sure {
            erase(canvas, y, run, rest);
        }
    }

    /// The glyphs that are to stand in a run, and where.
    fn glyphs(&self, run: Run) -> impl Iterator<Item = (usize, &Cell, Glyph)> {
        let mut x = run.from;
        std::iter::from_fn(move || {
            let cell = self.cells().get(x).filter(|_| x < run.to)?;
            let (at, glyph) = (x, Glyph::of(cell, self.trust));
            x += usize::from(glyph.width);
            Some((at, cell, glyph))
        })
    }

    /// Whether the terminal shows just the blanks that a run is to be drawn on.
    fn is_blank_already(&self, run: Run) -> bool {
        self.glyphs(run).all(|(x, next, glyph)| {
            let mut shown = (x..x + usize::from(glyph.width)).map(|x| self.shown(x));
            is_bare(next) && shown.all(|shown| is_blank(shown) && shown.bg == next.bg)
        })
    }
}

/// Erases the blanks at the end of the row, if a run goes as far.
fn erase(canvas: &mut Canvas, y: u16, run: Run, rest: usize) {
    if run.to > rest {
        canvas.place(rest.max(run.from) as u16, y);
        canvas.blank_rest();
    }
}

/// Whether two cells show the same.
fn looks_like(shown: &Cell, next: &Cell) -> bool {
    equal(shown, next) || is_blank(shown) && is_blank(next) && shown.bg == next.bg
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::canvas::{BEGIN_FRAME, END_FRAME};
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    const ALL: Trust = Trust { wide: true, ambiguous: true, letters: true };
    const NONE: Trust = Trust { wide: false, ambiguous: false, letters: false };

    fn cells(text: &str) -> Vec<Cell> {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 1));
        buffer.set_string(0, 0, text, Style::new());
        buffer.content
    }

    fn line(cells: Vec<Cell>) -> Line {
        Line::new(cells, ALL)
    }

    fn written(shown: Option<&str>, next: &str, before: Trust, trust: Trust) -> String {
        let (shown, next) = (shown.map(|text| line(cells(text))), line(cells(next)));
        let mut canvas = Canvas::new();
        canvas.begin((20, 4));
        let row = Row { shown: shown.as_ref(), next: &next, before, trust };
        if let Some(mark) = row.write(&mut canvas, 0) {
            row.write_mark(&mut canvas, 0, mark);
        }
        let frame = String::from_utf8(canvas.end().to_vec()).unwrap();
        frame.strip_prefix(BEGIN_FRAME).unwrap().strip_suffix(END_FRAME).unwrap().to_owned()
    }

    #[test]
    fn only_what_changed_is_written_where_widths_are_sure() {
        for (shown, next, bytes) in [
            ("质量", "质量", ""),
            ("质量很好", "质量更好", "\x1b[1;5H更"),
            ("质量", "质ab", "\x1b[1;3Hab"),
            ("a质量", "质量a", "\x1b[H质量a"),
            ("ab", "a质", "\x1b[1;2H质"),
            ("a bc d", "x by d", "\x1b[Hx by"),
            ("a bcdefg d", "x bcdefy d", "\x1b[1;8Hy\rx"),
            ("质量很好", "质", "\x1b[1;3H\x1b[K"),
            ("“质”", "“量”", "\x1b[1;2H量"),
        ] {
            assert_eq!(written(Some(shown), next, ALL, ALL), bytes, "{shown:?} {next:?}");
        }
        assert_eq!(written(None, "质 “量”", ALL, ALL), "\x1b[H质 “量”");
    }

    #[test]
    fn what_is_not_sure_is_drawn_on_blanks_and_left_by_a_new_place() {
        let family = "👨\u{200d}👩";
        for (shown, next, trust, bytes) in [
            ("质量", "量量", NONE, "\x1b[H  \r量".to_owned()),
            ("", "质量", NONE, "\x1b[H质\x1b[1;3H量".to_owned()),
            // The quote may reach over the letter behind it: both are written, or none.
            ("“ab", "“xb", NONE, "\x1b[H  \r“\x1b[1;2Hx".to_owned()),
            ("“ab", "“ax", NONE, "\x1b[1;3Hx".to_owned()),
            ("“ab", "“xb", ALL, "\x1b[1;2Hx".to_owned()),
            ("ab", &format!("{family}c"), ALL, format!("\x1b[H   \x1b[K\r{family}\x1b[1;3Hc")),
        ] {
            assert_eq!(written(Some(shown), next, trust, trust), bytes, "{shown:?} {next:?}");
        }
    }

    #[test]
    fn what_was_not_sure_when_it_was_written_is_written_over_as_far_as_it_may_reach() {
        assert_eq!(written(Some("“ b"), "a b", NONE, ALL), "\x1b[Ha ");
        assert_eq!(written(Some("“ b"), "a b", ALL, ALL), "\x1b[Ha");
    }

    #[test]
    fn a_control_reaches_no_terminal() {
        let mut next = cells("ab");
        next[1].set_symbol("\u{1b}");
        let mut canvas = Canvas::new();
        canvas.begin((20, 4));
        Row { shown: None, next: &line(next), before: ALL, trust: ALL }.write(&mut canvas, 0);
        let frame = canvas.end();
        assert!(frame.ends_with(b"\x1b[Ha\x1b[?2026l"), "{frame:?}");
    }
}
