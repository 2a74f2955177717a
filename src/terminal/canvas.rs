//! A frame as bytes: knows where the cursor stands and what the pen is, and moves both the shortest way.

use super::pen::{PLAIN, Pen, is_bare, number};
use ratatui::buffer::Cell;
use ratatui::style::Color;

/// A frame is shown at once (synchronized update, private mode 2026).
pub const BEGIN_FRAME: &str = "\x1b[?2026h";
/// The end of it.
pub const END_FRAME: &str = "\x1b[?2026l";

const SHOW_CURSOR: &str = "\x1b[?25h";
const HIDE_CURSOR: &str = "\x1b[?25l";

/// The bytes of a frame.
#[derive(Debug)]
pub struct Canvas {
    bytes: Vec<u8>,
    pen: Pen,
    /// Where the next character goes; unknown after what a terminal may take for another width, and at the edge,
    /// where terminals differ.
    cursor: Option<(u16, u16)>,
    size: (u16, u16),
}

impl Canvas {
    /// One without a frame.
    pub const fn new() -> Self {
        Self { bytes: Vec::new(), pen: PLAIN, cursor: None, size: (0, 0) }
    }

    /// Begins a frame for a screen of that size. Nothing is known of the cursor: others may have moved it.
    pub fn begin(&mut self, size: (u16, u16)) {
        self.bytes.clear();
        self.size = size;
        self.cursor = None;
        self.push(BEGIN_FRAME);
    }

    /// Ends the frame.
    pub fn end(&mut self) -> &[u8] {
        self.turn(PLAIN);
        self.push(END_FRAME);
        &self.bytes
    }

    /// Blanks the whole screen, whatever state it was left in.
    pub fn wipe(&mut self) {
        self.push("\x1b[m\x1b[r\x1b[2J");
        self.pen = PLAIN;
        self.cursor = None;
    }

    /// Shows the cursor or hides it.
    pub fn show_cursor(&mut self, shown: bool) {
        self.push(if shown { SHOW_CURSOR } else { HIDE_CURSOR });
    }

    /// Moves the cursor.
    pub fn place(&mut self, x: u16, y: u16) {
        let from = self.cursor.replace((x, y));
        match from {
            Some(at) if at == (x, y) => {}
            Some((_, row)) if row == y && x == 0 => self.push("\r"),
            Some((column, row)) if row == y && x + 1 == column => self.push("\x08"),
            Some((column, row)) if row + 1 == y && x == column => self.push("\n"),
            Some((column, row)) if row + 1 == y && x + 1 == column => self.push("\x08\n"),
            Some((column, row)) if row == y && x > column => self.sequence(&[x - column], 'C'),
            Some((column, row)) if row == y => self.sequence(&[column - x], 'D'),
            Some((_, row)) if row + 1 == y && digits(x) + 2 < digits(y + 1) + digits(x + 1) + 1 => {
                self.push("\r\n");
                if x > 0 {
                    self.sequence(&[x], 'C');
                }
            }
            _ if x == 0 => self.sequence(&[y + 1], 'H'),
            _ => self.sequence(&[y + 1, x + 1], 'H'),
        }
    }

    /// Writes a symbol with the pen of a cell; `sure` says that the terminal takes just `width` cells for it.
    pub fn put(&mut self, symbol: &str, width: u16, cell: &Cell, sure: bool) {
        self.turn(Pen::of(cell));
        self.push(symbol);
        self.advance(width, sure);
    }

    /// Blanks a cell, in its style.
    pub fn blank(&mut self, cell: &Cell) {
        if !(is_bare(cell) && self.pen.is_blank_of(cell.bg)) {
            self.turn(Pen::of(cell));
        }
        self.push(" ");
        self.advance(1, true);
    }

    /// Blanks the rest of the row.
    pub fn blank_rest(&mut self) {
        if !self.pen.is_blank_of(Color::Reset) {
            self.turn(PLAIN);
        }
        self.push("\x1b[K");
    }

    /// Moves rows `top..bottom` up by `by`, or down where it is negative; blanks come in. By deleting and
    /// inserting lines in a region (DECSTBM): the Linux console has no SU and SD.
    pub fn scroll(&mut self, top: u16, bottom: u16, by: i16) {
        self.turn(PLAIN);
        let whole = top == 0 && bottom == self.size.1;
        if !whole {
            self.sequence(&[top + 1, bottom], 'r');
        }
        self.cursor = None;
        self.place(0, top);
        self.sequence(&[by.unsigned_abs()], if by > 0 { 'M' } else { 'L' });
        if !whole {
            self.push("\x1b[r");
        }
        self.cursor = None;
    }

    fn advance(&mut self, width: u16, sure: bool) {
        let edge = self.size.0;
        self.cursor = self.cursor.map(|(x, y)| (x + width, y)).filter(|&(x, _)| sure && x < edge);
    }

    fn turn(&mut self, pen: Pen) {
        if pen != self.pen {
            self.pen.change(pen, &mut self.bytes);
            self.pen = pen;
        }
    }

    /// Writes bytes as they are; the cursor stays where it was, or is placed anew afterwards.
    pub fn push(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Writes a control sequence; a lone parameter of 1 is understood.
    fn sequence(&mut self, parameters: &[u16], end: char) {
        self.push("\x1b[");
        for (index, &parameter) in parameters.iter().enumerate() {
            if index > 0 {
                self.bytes.push(b';');
            }
            if parameters != [1] {
                number(&mut self.bytes, parameter);
            }
        }
        self.bytes.push(end as u8);
    }
}

/// How long a number is; nothing at all for 0.
const fn digits(value: u16) -> u16 {
    match value {
        0 => 0,
        1..=9 => 1,
        10..=99 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::{Modifier, Style};

    /// The bytes of a frame of 80x24 between its marks.
    fn drawn(draw: impl FnOnce(&mut Canvas)) -> String {
        let mut canvas = Canvas::new();
        canvas.begin((80, 24));
        draw(&mut canvas);
        let frame = String::from_utf8(canvas.end().to_vec()).unwrap();
        frame.strip_prefix(BEGIN_FRAME).unwrap().strip_suffix(END_FRAME).unwrap().to_owned()
    }

    fn styled(symbol: &str, style: Style) -> Cell {
        let mut cell = Cell::default();
        cell.set_symbol(symbol).set_style(style);
        cell
    }

    #[test]
    fn the_cursor_takes_the_shortest_way() {
        let cell = Cell::default();
        for (from, to, moves) in [
            ((3, 5), (4, 5), ""),
            ((3, 5), (5, 5), "\x1b[C"),
            ((3, 5), (44, 5), "\x1b[40C"),
            ((3, 5), (0, 5), "\r"),
            ((3, 5), (3, 5), "\x08"),
            ((3, 5), (2, 5), "\x1b[2D"),
            ((3, 5), (4, 6), "\n"),
            ((3, 5), (3, 6), "\x08\n"),
            ((3, 5), (0, 6), "\r\n"),
            ((3, 5), (8, 6), "\x1b[7;9H"),
            ((3, 5), (9, 6), "\r\n\x1b[9C"),
            ((3, 9), (8, 10), "\r\n\x1b[8C"),
            ((3, 5), (0, 9), "\x1b[10H"),
            ((3, 5), (0, 0), "\x1b[H"),
            ((3, 5), (8, 2), "\x1b[3;9H"),
            ((79, 5), (79, 6), "\x1b[7;80H"),
            ((79, 5), (0, 6), "\x1b[7H"),
        ] {
            let bytes = drawn(|canvas| {
                canvas.place(from.0, from.1);
                canvas.put("a", 1, &cell, true);
                canvas.place(to.0, to.1);
            });
            let (_, found) = bytes.split_once('a').unwrap();
            assert_eq!(found, moves, "{from:?} {to:?}");
        }
    }

    #[test]
    fn behind_what_is_not_sure_the_cursor_is_placed_anew() {
        let cell = Cell::default();
        let bytes = drawn(|canvas| {
            for (x, symbol, width, sure) in [(0, "质", 2, true), (2, "“", 1, false), (3, "a", 1, true)] {
                canvas.place(x, 0);
                canvas.put(symbol, width, &cell, sure);
            }
        });
        assert_eq!(bytes, "\x1b[H质“\x1b[1;4Ha");
    }

    #[test]
    fn a_blank_needs_only_its_background_and_a_frame_ends_plain() {
        let bold = styled("a", Style::new().fg(Color::Red).add_modifier(Modifier::BOLD));
        let reversed = styled(" ", Style::new().add_modifier(Modifier::REVERSED));
        let bytes = drawn(|canvas| {
            canvas.place(0, 0);
            canvas.put("a", 1, &bold, true);
            canvas.blank(&Cell::default());
            canvas.blank(&reversed);
            canvas.blank_rest();
            canvas.put("a", 1, &bold, true);
        });
        assert_eq!(bytes, "\x1b[H\x1b[1;31ma \x1b[0;7m \x1b[m\x1b[K\x1b[1;31ma\x1b[m");
    }

    #[test]
    fn a_band_is_scrolled_in_a_region_and_the_whole_screen_without() {
        for (top, bottom, by, expected) in [
            (2, 20, 1, "\x1b[3;20r\x1b[3H\x1b[M\x1b[r"),
            (2, 20, -3, "\x1b[3;20r\x1b[3H\x1b[3L\x1b[r"),
            (0, 24, 2, "\x1b[H\x1b[2M"),
        ] {
            assert_eq!(drawn(|canvas| canvas.scroll(top, bottom, by)), expected);
        }
    }
}
