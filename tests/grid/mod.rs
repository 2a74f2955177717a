//! A terminal of cells for the bytes of the reader: it draws what Unicode leaves open as it is told to, and fails
//! at any sequence that it does not know, at a wrapped row, and at a move that terminals take differently.
#![allow(dead_code, reason = "each test file uses its part")]

use std::collections::VecDeque;
use std::fmt::{Display, Formatter};
use unicode_width::UnicodeWidthChar;

/// How a terminal draws what Unicode leaves open.
#[derive(Debug, Clone, Copy)]
pub struct Nature {
    /// Cells of an ambiguous character.
    pub ambiguous: usize,
    /// Cells of a wide character.
    pub wide: usize,
    /// Whether a cluster is one picture of two cells; else its members stand side by side.
    pub joins: bool,
    /// Cells of a joiner where it joins nothing.
    pub joiner: usize,
    /// Whether VS16 makes a symbol two cells wide.
    pub presents: bool,
    /// Whether half of a wide character stays when its other half is written over.
    pub keeps_halves: bool,
}

impl Nature {
    /// What `unicode-width` takes for granted.
    pub const USUAL: Self =
        Self { ambiguous: 1, wide: 2, joins: true, joiner: 0, presents: true, keeps_halves: false };
}

/// Colours and modifiers, as the parameters that set them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "a terminal switches each by itself")]
pub struct Look {
    pub fg: Vec<u16>,
    pub bg: Vec<u16>,
    pub bold: bool,
    pub dim: bool,
    pub italic: bool,
    pub underlined: bool,
    pub reversed: bool,
}

/// One cell: the first of a character, or one behind it with nothing in it.
#[derive(Debug, Clone)]
pub struct Spot {
    pub text: String,
    pub width: usize,
    pub look: Look,
}

impl Spot {
    fn blank(bg: &[u16]) -> Self {
        Self { text: " ".to_owned(), width: 1, look: Look { bg: bg.to_vec(), ..Look::default() } }
    }

    /// What can be seen: of a blank only the background, unless a line or reversal shows on it.
    fn seen(&self) -> Self {
        if self.text == " " && !self.look.underlined && !self.look.reversed {
            return Self::blank(&self.look.bg);
        }
        self.clone()
    }
}

impl Display for Spot {
    fn fmt(&self, f: &mut Formatter) -> std::fmt::Result {
        let Look { fg, bg, bold, dim, italic, underlined, reversed } = &self.look;
        let flags = [(*bold, 'b'), (*dim, 'd'), (*italic, 'i'), (*underlined, 'u'), (*reversed, 'r')];
        let flags: String = flags.iter().filter(|(set, _)| *set).map(|(_, name)| *name).collect();
        if self.look != Look::default() {
            write!(f, "<{flags}{fg:?}{bg:?}>")?;
        }
        write!(f, "{}|", self.text)
    }
}

/// The terminal.
pub struct Grid {
    nature: Nature,
    size: (usize, usize),
    rows: VecDeque<Vec<Spot>>,
    at: (usize, usize),
    /// Where the last character began, if nothing has moved the cursor since.
    last: Option<usize>,
    pending: bool,
    region: (usize, usize),
    look: Look,
    in_frame: bool,
    /// Where the cursor is seen.
    pub cursor: Option<(usize, usize)>,
    cursor_shown: bool,
}

impl Grid {
    /// A terminal full of rubbish.
    pub fn new(nature: Nature, width: u16, height: u16) -> Self {
        let size = (usize::from(width), usize::from(height));
        let rubbish = Spot { text: "#".to_owned(), ..Spot::blank(&[41]) };
        Self {
            nature,
            size,
            rows: vec![vec![rubbish; size.0]; size.1].into(),
            at: (0, 0),
            last: None,
            pending: false,
            region: (0, size.1),
            look: Look { underlined: true, ..Look::default() },
            in_frame: false,
            cursor: None,
            cursor_shown: false,
        }
    }

    /// Another size of the window.
    pub fn resize(&mut self, width: u16, height: u16) {
        *self = Self::new(self.nature, width, height);
    }

    /// Draws a whole frame.
    pub fn frame(&mut self, bytes: &[u8]) {
        let text = std::str::from_utf8(bytes).expect("only UTF-8 is written");
        assert!(text.starts_with("\x1b[?2026h") && text.ends_with("\x1b[?2026l"), "{text:?}");
        let mut chars = text.chars();
        while let Some(ch) = chars.next() {
            match ch {
                '\x1b' => {
                    assert_eq!(chars.next(), Some('['));
                    let mut body = String::new();
                    let end = chars.by_ref().find(|ch| {
                        body.push(*ch);
                        ('@'..='~').contains(ch)
                    });
                    body.pop();
                    self.sequence(&body, end.expect("a whole sequence"));
                }
                '\r' | '\n' | '\x08' => self.control(ch),
                ch => self.draw(ch),
            }
        }
        assert_eq!((&self.look, self.in_frame), (&Look::default(), false));
        assert_eq!(self.region, (0, self.size.1));
        self.cursor = self.cursor_shown.then_some(self.at);
    }

    /// What can be seen, row by row: a cell between bars, its look before it where it is no plain one.
    pub fn seen(&self) -> Vec<String> {
        self.rows.iter().map(|row| row.iter().map(|spot| spot.seen().to_string()).collect()).collect()
    }

    /// What stands in a cell.
    pub fn text(&self, x: u16, y: u16) -> &str {
        &self.rows[usize::from(y)][usize::from(x)].text
    }

    fn control(&mut self, ch: char) {
        assert!(!self.pending, "{ch:?} at the edge");
        self.last = None;
        match ch {
            '\r' => self.at.0 = 0,
            '\x08' => self.at.0 = self.at.0.checked_sub(1).expect("a cell to go back to"),
            _ => {
                self.at.1 += 1;
                assert!(self.at.1 < self.size.1, "the screen scrolls");
            }
        }
    }

    fn sequence(&mut self, body: &str, end: char) {
        let numbers: Vec<usize> = body.split(';').map(|number| number.parse().unwrap_or(0)).collect();
        let (count, second) = (numbers[0].max(1), numbers.get(1).copied().unwrap_or(1).max(1));
        let relative = matches!(end, 'C' | 'D' | 'K');
        assert!(!relative || !self.pending, "{end} at the edge");
        match (body, end) {
            ("?2026", 'h' | 'l') => self.in_frame = end == 'h',
            ("?25", 'h' | 'l') => self.cursor_shown = end == 'h',
            ("2", 'J') => {
                self.rows.iter_mut().flatten().for_each(|spot| *spot = Spot::blank(&self.look.bg));
            }
            (_, 'm') => self.render(body),
            _ => {
                assert!(body.bytes().all(|byte| byte.is_ascii_digit() || byte == b';'), "{body:?} {end}");
                (self.last, self.pending) = (None, false);
                match end {
                    'H' => self.at = (second - 1, count - 1),
                    'C' => self.at.0 += count,
                    'D' => self.at.0 -= count,
                    'K' => self.cut(self.at.0..self.size.0, None),
                    'M' | 'L' => self.shift(count, end == 'M'),
                    'r' => {
                        let bottom = if body.is_empty() { self.size.1 } else { second };
                        assert!(body.is_empty() || count < bottom && bottom <= self.size.1);
                        self.region = (count - 1, bottom);
                        self.at = (0, 0);
                    }
                    _ => panic!("CSI {body} {end}"),
                }
                assert!(self.at.0 < self.size.0 && self.at.1 < self.size.1, "outside by {body} {end}");
            }
        }
    }

    fn shift(&mut self, count: usize, up: bool) {
        let (top, bottom) = (self.at.1, self.region.1);
        assert!((self.region.0..bottom).contains(&top));
        assert_eq!(self.look, Look::default());
        for _ in 0..count {
            let (from, to) = if up { (top, bottom - 1) } else { (bottom - 1, top) };
            self.rows.remove(from);
            self.rows.insert(to, vec![Spot::blank(&[]); self.size.0]);
        }
    }

    fn render(&mut self, body: &str) {
        let numbers: Vec<u16> = body.split(';').map(|number| number.parse().unwrap_or(0)).collect();
        let mut rest = numbers.as_slice();
        while let Some((&first, tail)) = rest.split_first() {
            let taken = match (first, tail.first()) {
                (38 | 48, Some(5)) => 3,
                (38 | 48, Some(2)) => 5,
                _ => 1,
            };
            let colour = rest[..taken].to_vec();
            rest = &rest[taken..];
            let look = &mut self.look;
            match first {
                0 => *look = Look::default(),
                1 => look.bold = true,
                2 => look.dim = true,
                3 => look.italic = true,
                4 => look.underlined = true,
                7 => look.reversed = true,
                22 => (look.bold, look.dim) = (false, false),
                23 => look.italic = false,
                24 => look.underlined = false,
                27 => look.reversed = false,
                30..=38 | 90..=97 => look.fg = colour,
                39 => look.fg.clear(),
                40..=48 | 100..=107 => look.bg = colour,
                49 => look.bg.clear(),
                _ => panic!("SGR {body}"),
            }
        }
    }

    #[expect(clippy::disallowed_methods, reason = "a terminal measures by itself")]
    fn draw(&mut self, ch: char) {
        assert!(!ch.is_control() && self.in_frame, "{ch:?}");
        let (narrow, cjk) = (ch.width().unwrap_or(0), ch.width_cjk().unwrap_or(0));
        let tone = matches!(ch, '\u{1f3fb}'..='\u{1f3ff}');
        let flag = matches!(ch, '\u{1f1e6}'..='\u{1f1ff}');
        if let (true, Some(x)) = (self.nature.joins, self.last) {
            let before = &self.rows[self.at.1][x].text;
            let pairs = flag && before.chars().all(|ch| matches!(ch, '\u{1f1e6}'..='\u{1f1ff}'));
            let single = before.chars().count() == 1;
            if tone || before.ends_with('\u{200d}') || pairs && single {
                return self.join(ch, x, 2);
            }
        }
        let width = match ch {
            '\u{200d}' => self.nature.joiner,
            '\u{ff9e}' | '\u{ff9f}' => 1,
            _ if narrow == 0 => 0,
            _ if narrow == 2 => self.nature.wide,
            // Ambiguous by UAX #11, though not to the library.
            'é' | 'Ж' => self.nature.ambiguous,
            _ if cjk == 2 => self.nature.ambiguous,
            _ => 1,
        };
        if width > 0 {
            return self.write(ch, width);
        }
        let x = self.last.expect("a mark stands behind what it marks");
        let width = if ch == '\u{fe0f}' && self.nature.presents { 2 } else { 0 };
        self.join(ch, x, width);
    }

    fn write(&mut self, ch: char, width: usize) {
        let (x, y) = self.at;
        assert!(!self.pending && x + width <= self.size.0, "{ch:?} wraps at {x} {y}");
        self.cut(x..x + width, Some(&ch.to_string()));
        self.last = Some(x);
        self.step(x + width);
    }

    /// Adds a character to the one before it, which takes at least `width` cells then.
    fn join(&mut self, ch: char, x: usize, width: usize) {
        let y = self.at.1;
        let old = self.rows[y][x].clone();
        let text = format!("{}{ch}", old.text);
        let width = width.max(old.width);
        assert!(x + width <= self.size.0, "{text:?} wraps at {x} {y}");
        if width > old.width {
            let look = std::mem::replace(&mut self.look, old.look);
            self.cut(x..x + width, Some(&text));
            self.look = look;
            self.step(x + width);
        } else {
            self.rows[y][x].text = text;
        }
    }

    fn step(&mut self, x: usize) {
        self.pending = x == self.size.0;
        self.at.0 = x.min(self.size.0 - 1);
    }

    /// Writes a character over cells, or blanks; what was half covered by them is lost, or its half stays.
    fn cut(&mut self, range: std::ops::Range<usize>, text: Option<&str>) {
        let (row, look) = (&mut self.rows[self.at.1], &self.look);
        for x in 0..row.len() {
            let end = x + row[x].width;
            let half = row[x].width > 1 && x < range.end && end > range.start;
            if half && !(range.contains(&x) && end <= range.end) {
                for spot in &mut row[x..end] {
                    let text = if self.nature.keeps_halves { "?" } else { " " };
                    (spot.text, spot.width) = (text.to_owned(), 1);
                }
            }
        }
        let width = range.len();
        for (index, spot) in row[range].iter_mut().enumerate() {
            *spot = match text {
                None => Spot::blank(&look.bg),
                Some(text) if index == 0 => Spot { text: text.to_owned(), width, look: look.clone() },
                Some(_) => Spot { text: String::new(), width: 0, look: look.clone() },
            };
        }
    }
}
