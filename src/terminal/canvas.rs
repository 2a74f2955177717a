//! Cells to bytes: the backend of the reader, collecting a whole frame before it leaves.
//!
//! After a wide character the cursor is always placed anew: a terminal that draws it otherwise is put right at
//! once. Numbers and styles are written without formatting machinery, since the first frame waits for them.

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use std::cell::RefCell;
use std::io;
use std::rc::Rc;

/// The bytes of a frame, shared between the library that draws and the screen that writes.
#[derive(Clone, Default)]
pub struct Canvas {
    bytes: Rc<RefCell<Vec<u8>>>,
    size: Rc<RefCell<Size>>,
}

/// What the terminal draws with at present.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

const PLAIN: Pen = Pen { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

/// The modifiers that are drawn, and their SGR parameters (ECMA-48, 8.3.117).
const MODIFIERS: [(Modifier, u16); 5] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::REVERSED, 7),
];

impl Canvas {
    /// Begins a frame for a screen of that size.
    pub fn begin(&self, width: u16, height: u16) {
        *self.size.borrow_mut() = Size { width, height };
        self.bytes.borrow_mut().clear();
    }

    /// Adds bytes as they are.
    pub fn push(&self, text: &str) {
        self.bytes.borrow_mut().extend_from_slice(text.as_bytes());
    }

    /// The frame so far.
    pub fn bytes(&self) -> std::cell::Ref<'_, Vec<u8>> {
        self.bytes.borrow()
    }
}

impl Backend for Canvas {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut out = self.bytes.borrow_mut();
        let mut pen = PLAIN;
        let mut next = None;
        for (x, y, cell) in content {
            if next != Some((x, y)) {
                place(&mut out, x, y);
            }
            let wanted = Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier };
            if wanted != pen {
                style(&mut out, wanted);
                pen = wanted;
            }
            out.extend_from_slice(cell.symbol().as_bytes());
            next = Some((x + 1, y));
        }
        if pen != PLAIN {
            style(&mut out, PLAIN);
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.push("\x1b[?25l");
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.push("\x1b[?25h");
        Ok(())
    }

    /// Not asked: no query reaches the terminal while it is read from elsewhere.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let Position { x, y } = position.into();
        place(&mut self.bytes.borrow_mut(), x, y);
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.push(match region {
            ClearType::All => "\x1b[2J",
            ClearType::AfterCursor => "\x1b[J",
            ClearType::BeforeCursor => "\x1b[1J",
            ClearType::CurrentLine => "\x1b[2K",
            ClearType::UntilNewLine => "\x1b[K",
        });
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(*self.size.borrow())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: *self.size.borrow(), pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn place(out: &mut Vec<u8>, x: u16, y: u16) {
    out.extend_from_slice(b"\x1b[");
    number(out, y + 1);
    out.push(b';');
    number(out, x + 1);
    out.push(b'H');
}

fn number(out: &mut Vec<u8>, value: u16) {
    if value >= 10 {
        number(out, value / 10);
    }
    out.push(b'0' + (value % 10) as u8);
}

fn style(out: &mut Vec<u8>, pen: Pen) {
    out.extend_from_slice(b"\x1b[0");
    for (modifier, parameter) in MODIFIERS {
        if pen.modifier.contains(modifier) {
            out.push(b';');
            number(out, parameter);
        }
    }
    colour(out, pen.fg, 30);
    colour(out, pen.bg, 40);
    out.push(b'm');
}

/// The parameters of a colour; `base` is 30 for the foreground, 40 for the background.
fn colour(out: &mut Vec<u8>, colour: Color, base: u16) {
    let parameters = |out: &mut Vec<u8>, values: &[u16]| {
        for &value in values {
            out.push(b';');
            number(out, value);
        }
    };
    match colour {
        Color::Reset => {}
        Color::Rgb(r, g, b) => parameters(out, &[base + 8, 2, r.into(), g.into(), b.into()]),
        Color::Indexed(index) => parameters(out, &[base + 8, 5, index.into()]),
        named => parameters(out, &[if palette(named) < 8 { base } else { base + 52 } + palette(named)]),
    }
}

/// A named colour's place among the sixteen.
const fn palette(colour: Color) -> u16 {
    match colour {
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Black | Color::Reset | Color::Rgb(..) | Color::Indexed(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    fn drawn(cells: &[(u16, u16, &str, Style)]) -> String {
        let mut canvas = Canvas::default();
        let cells: Vec<_> = cells
            .iter()
            .map(|&(x, y, symbol, style)| {
                let mut cell = Cell::default();
                cell.set_symbol(symbol).set_style(style);
                (x, y, cell)
            })
            .collect();
        canvas.draw(cells.iter().map(|(x, y, cell)| (*x, *y, cell))).unwrap();
        String::from_utf8(canvas.bytes().clone()).unwrap()
    }

    #[test]
    fn the_cursor_is_placed_only_where_it_is_not() {
        let plain = Style::new();
        let cells = [
            (0, 0, "a", plain),
            (1, 0, "b", plain),
            (2, 0, "质", plain),
            (4, 0, "c", plain),
            (0, 11, "d", plain),
        ];
        assert_eq!(drawn(&cells), "\x1b[1;1Hab质\x1b[1;5Hc\x1b[12;1Hd");
    }

    #[test]
    fn a_style_is_told_in_full_when_it_changes_and_ends_plain() {
        let bold = Style::new().fg(Color::Rgb(1, 20, 255)).add_modifier(Modifier::BOLD | Modifier::REVERSED);
        let named = Style::new().fg(Color::LightBlue).bg(Color::Red);
        let indexed = Style::new().fg(Color::Indexed(246));
        let cells = [(0, 0, "a", bold), (1, 0, "b", bold), (2, 0, "c", named), (3, 0, "d", indexed)];
        let expected = "\x1b[1;1H\x1b[0;1;7;38;2;1;20;255mab\x1b[0;94;41mc\x1b[0;38;5;246md\x1b[0m";
        assert_eq!(drawn(&cells), expected);
    }
}
