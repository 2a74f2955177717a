//! What the terminal draws with, and the shortest way to change it.

use ratatui::buffer::{Cell, CellDiffOption};
use ratatui::style::{Color, Modifier, Style};
use std::hash::{Hash, Hasher};

/// Colours and modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

/// The pen that a frame begins and ends with.
pub const PLAIN: Pen = Pen { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

impl Default for Pen {
    fn default() -> Self {
        PLAIN
    }
}

/// The modifiers that are drawn, with their SGR parameters (ECMA-48, 8.3.117): to begin and to end.
const MODIFIERS: [(Modifier, u16, u16); 5] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::REVERSED, 7, 27),
];

/// They share the parameter that ends them, and there are terminals where one takes the place of the other.
const WEIGHTS: Modifier = Modifier::BOLD.union(Modifier::DIM);

/// They show on a blank.
const ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED);

/// Whether a cell shows nothing but its background.
pub fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && is_bare(cell)
}

/// Whether a cell is as every cell is before anything is drawn.
pub fn is_void(cell: &Cell) -> bool {
    cell.symbol() == " " && Pen::of(cell) == PLAIN && cell.diff_option == CellDiffOption::None
}

/// Whether two cells are equal: what the library compares, the symbols first, and these from their end, where
/// neighbours in a block of characters differ.
pub fn equal(one: &Cell, other: &Cell) -> bool {
    let symbols = match (one.symbol().as_bytes(), other.symbol().as_bytes()) {
        ([one @ .., last], [other @ .., end]) => last == end && one == other,
        (one, other) => one == other,
    };
    symbols && Pen::of(one) == Pen::of(other) && one.diff_option == other.diff_option
}

/// A number for a cell: that of an equal one, and hardly ever that of another.
pub fn digest(cell: &Cell) -> u64 {
    let Pen { fg, bg, modifier } = Pen::of(cell);
    let mut digest = Digest(0);
    (cell.symbol(), fg, bg, modifier, cell.diff_option).hash(&mut digest);
    digest.finish()
}

/// Words folded into one by multiplication: for cells that nobody chose to collide it is as good as any.
struct Digest(u64);

impl Hasher for Digest {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let word = chunk.iter().fold(1, |word, &byte| word << 8 | u64::from(byte));
            self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Whether nothing but the background of a cell shows where its symbol does not.
pub fn is_bare(cell: &Cell) -> bool {
    !cell.modifier.intersects(ON_BLANKS)
}

impl Pen {
    /// What a cell is drawn with.
    pub const fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// What text of a style is written with.
    pub fn for_text(style: Style) -> Self {
        let colour = |colour: Option<Color>| colour.unwrap_or(Color::Reset);
        Self { fg: colour(style.fg), bg: colour(style.bg), modifier: style.add_modifier }
    }

    /// What turns this pen into another; nothing if they are the same.
    pub fn turned(self, to: Self) -> String {
        let mut out = Vec::new();
        if self != to {
            self.change(to, &mut out);
        }
        String::from_utf8(out).unwrap_or_default()
    }

    /// Whether a blank drawn with it shows nothing but that background.
    pub fn is_blank_of(self, bg: Color) -> bool {
        self.bg == bg && !self.modifier.intersects(ON_BLANKS)
    }

    /// Writes what changes this pen into another: the parameters that differ, or all of them after a reset.
    pub fn change(self, to: Self, out: &mut Vec<u8>) {
        let start = out.len();
        Sgr::begin(out).differences(self, to).end();
        let middle = out.len();
        Sgr::begin(out).reset(to).end();
        if out.len() - middle < middle - start {
            out.drain(start..middle);
        } else {
            out.truncate(middle);
        }
    }
}

/// One SGR sequence being written.
struct Sgr<'a> {
    out: &'a mut Vec<u8>,
    first: bool,
}

impl<'a> Sgr<'a> {
    fn begin(out: &'a mut Vec<u8>) -> Self {
        out.extend_from_slice(b"\x1b[");
        Self { out, first: true }
    }

    fn end(self) {
        self.out.push(b'm');
    }

    fn add(&mut self, parameters: &[u16]) {
        for &parameter in parameters {
            if !std::mem::take(&mut self.first) {
                self.out.push(b';');
            }
            number(self.out, parameter);
        }
    }

    fn differences(mut self, from: Pen, to: Pen) -> Self {
        let gone = from.modifier - to.modifier;
        let mut added = to.modifier - from.modifier;
        let (lost, wanted) = (from.modifier & WEIGHTS, to.modifier & WEIGHTS);
        if lost != wanted && !lost.is_empty() {
            self.add(&[22]);
            added |= wanted;
        }
        for (modifier, begin, end) in MODIFIERS {
            if gone.contains(modifier) && end != 22 {
                self.add(&[end]);
            }
            if added.contains(modifier) {
                self.add(&[begin]);
            }
        }
        if from.fg != to.fg {
            self.colour(to.fg, 30);
        }
        if from.bg != to.bg {
            self.colour(to.bg, 40);
        }
        self
    }

    /// The whole pen after a reset, which alone needs no parameter.
    fn reset(mut self, to: Pen) -> Self {
        if to == PLAIN {
            return self;
        }
        self.add(&[0]);
        self.differences(PLAIN, to)
    }

    /// The parameters of a colour; `base` is 30 for the foreground, 40 for the background.
    fn colour(&mut self, colour: Color, base: u16) {
        match colour {
            Color::Reset => self.add(&[base + 9]),
            Color::Rgb(r, g, b) => self.add(&[base + 8, 2, r.into(), g.into(), b.into()]),
            Color::Indexed(index) => self.add(&[base + 8, 5, index.into()]),
            named => self.add(&[if palette(named) < 8 { base } else { base + 52 } + palette(named)]),
        }
    }
}

/// Writes a number without formatting machinery, since the first frame waits for it.
pub fn number(out: &mut Vec<u8>, value: u16) {
    if value >= 10 {
        number(out, value / 10);
    }
    out.push(b'0' + (value % 10) as u8);
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

    fn pen(fg: Color, bg: Color, modifier: Modifier) -> Pen {
        Pen { fg, bg, modifier }
    }

    #[test]
    fn only_what_differs_is_told_unless_a_reset_is_shorter() {
        let none = Modifier::empty();
        let (bold, dim) = (Modifier::BOLD, Modifier::DIM);
        let grey = Color::Indexed(246);
        for (from, to, expected) in [
            (PLAIN, PLAIN, "\x1b[m"),
            (PLAIN, pen(Color::Reset, Color::Reset, bold), "\x1b[1m"),
            (pen(Color::Reset, Color::Reset, bold), PLAIN, "\x1b[m"),
            (pen(grey, Color::Red, bold), pen(grey, Color::Red, none), "\x1b[22m"),
            (pen(grey, Color::Red, bold), pen(grey, Color::Red, dim), "\x1b[22;2m"),
            (pen(grey, Color::Red, bold | dim), pen(grey, Color::Red, bold), "\x1b[22;1m"),
            (pen(grey, Color::Reset, none), pen(Color::LightBlue, Color::Reset, none), "\x1b[94m"),
            (pen(grey, Color::Red, Modifier::REVERSED), pen(grey, Color::Red, none), "\x1b[27m"),
            (
                pen(Color::Red, Color::Blue, bold | Modifier::ITALIC),
                pen(Color::Red, Color::Reset, none),
                "\x1b[0;31m",
            ),
            (pen(grey, Color::Red, dim), pen(grey, Color::Red, bold | dim), "\x1b[22;1;2m"),
            (PLAIN, pen(Color::Rgb(1, 20, 255), Color::Black, none), "\x1b[38;2;1;20;255;40m"),
            (pen(Color::White, Color::Green, bold), pen(Color::Reset, Color::Green, bold), "\x1b[39m"),
        ] {
            let mut out = Vec::new();
            from.change(to, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), expected, "{from:?} {to:?}");
        }
    }

    #[test]
    fn a_blank_shows_only_its_background() {
        let mut cell = Cell::default();
        cell.set_fg(Color::Red).modifier = Modifier::BOLD;
        assert!(
            is_blank(&cell)
                && Pen::of(&cell).is_blank_of(Color::Reset)
                && !Pen::of(&cell).is_blank_of(Color::Red)
        );
        for shows in [Modifier::UNDERLINED, Modifier::REVERSED] {
            cell.modifier = shows;
            assert!(!is_blank(&cell) && !Pen::of(&cell).is_blank_of(Color::Reset));
        }
    }
}
