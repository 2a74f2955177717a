//! Bytes of frames: after any sequence of them a terminal shows what a redraw would, and they are few.

mod grid;
mod support;

use grid::{Grid, Nature};
use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;
use ratatui::buffer::{Buffer, Cell, CellDiffOption, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use shilu::app::{App, Options};
use shilu::choice::ThemeName;
use shilu::terminal::output::Output;
use shilu::text::certain::Trust;
use shilu::text::ruler::Ruler;
use shilu::view::strokes::Strokes;
use shilu::view::theme::{Depth, Theme};
use shilu::view::{self, Sheet};
use std::cell::RefCell;
use std::num::NonZeroU16;
use std::path::Path;
use support::{Stage, options};

const NOTHING: Trust = Trust { wide: false, ambiguous: false, letters: false };
const HAN: Trust = Trust { wide: true, ambiguous: false, letters: false };
const ALL: Trust = Trust { wide: true, ambiguous: true, letters: true };
/// All that a terminal with wide ambiguous characters can be trusted with.
const ALL_WIDE: Trust = Trust { letters: false, ..ALL };

/// A terminal, whether the ruler takes ambiguous characters for wide, and what may be trusted of the two.
#[derive(Debug, Clone, Copy)]
struct Setting {
    nature: Nature,
    wide_ruler: bool,
    trust: Trust,
}

impl Setting {
    /// Whether the terminal draws everything as it is measured.
    fn agrees(self) -> bool {
        let Nature { ambiguous, wide, joins, presents, .. } = self.nature;
        wide == 2 && joins && presents && (ambiguous == 2) == self.wide_ruler
    }
}

/// The first cell that the terminal does not show: a letter of ASCII, or anything where it agrees on widths.
fn lost(grid: &Grid, cells: &Buffer, agrees: bool) -> Option<String> {
    let area = cells.area;
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let cell = &cells[(x, y)];
            let fits = x + cell.cell_width() <= area.width && (agrees || cell.symbol().len() == 1);
            // At the edge there may be a stand-in.
            let inside = x + 64 < area.width || cell.symbol().len() == 1;
            let shown = grid.text(x, y);
            let apart = matches!(cell.symbol(), "ｶ\u{ff9e}" | "é" | "Ж");
            if fits && !apart && inside && cell.symbol() != " " && shown != cell.symbol() {
                return Some(format!("{:?} at {x} {y} is {shown:?}", cell.symbol()));
            }
            x += cell.cell_width().max(1);
        }
    }
    None
}

/// Terminals that agree with the ruler, and such that do not.
fn settings() -> Vec<Setting> {
    let usual = Nature::USUAL;
    let apart = Nature { joins: false, presents: false, ..usual };
    let mut settings = Vec::new();
    for keeps_halves in [false, true] {
        for (nature, wide_ruler, trust) in [
            (usual, false, ALL),
            (Nature { ambiguous: 2, ..usual }, true, ALL_WIDE),
            (Nature { ambiguous: 2, ..usual }, false, HAN),
            (usual, true, HAN),
            (apart, false, ALL),
            (Nature { joiner: 1, ambiguous: 2, ..apart }, false, HAN),
            (Nature { presents: true, ..apart }, false, ALL),
            (Nature { wide: 1, ambiguous: 1, ..apart }, false, NOTHING),
        ] {
            settings.push(Setting { nature: Nature { keeps_halves, ..nature }, wide_ruler, trust });
        }
    }
    settings
}

fn style() -> impl Strategy<Value = Style> {
    let colour =
        select(vec![Color::Reset, Color::Red, Color::LightBlue, Color::Indexed(246), Color::Rgb(1, 20, 255)]);
    let back = prop_oneof![3 => Just(Color::Reset), 1 => Just(Color::Indexed(236)), 1 => Just(Color::White)];
    let modifier = prop_oneof![
        3 => Just(Modifier::empty()),
        1 => select(vec![
            Modifier::BOLD, Modifier::DIM, Modifier::REVERSED, Modifier::UNDERLINED,
            Modifier::BOLD | Modifier::DIM, Modifier::ITALIC | Modifier::REVERSED,
        ]),
    ];
    let any = (colour, back, modifier)
        .prop_map(|(fg, bg, modifier)| Style::new().fg(fg).bg(bg).add_modifier(modifier));
    prop_oneof![2 => Just(Style::reset()), 1 => any]
}

fn symbol() -> impl Strategy<Value = &'static str> {
    let list = |text: &'static str| select(text.split(' ').collect::<Vec<_>>());
    prop_oneof![
        4 => list("质 量 灯 下 江 。 ， 「 한 ｱ Ａ"),
        3 => list("a b : 1 ~"),
        3 => Just(" "),
        2 => list("“ ” … — · │ ─ ▎ ▁ é Ж ▸ ①"),
        1 => list("👨‍👩‍👧 👍🏽 ❤️ 🇨🇳 😀 e\u{301} ｶﾞ 葛\u{e0100} ▶ ★ ع ก 1\u{fe0f}\u{20e3} 🏴‍☠️"),
    ]
}

/// What changes between two frames.
#[derive(Debug, Clone)]
enum Change {
    Rows(u16, Vec<Vec<(&'static str, Style)>>),
    Text(u16, u16, Vec<&'static str>, Style),
    Scroll(u16, u16, i16, Vec<&'static str>),
    Restyle(Rect, Style),
    Box(Rect, Vec<&'static str>),
    Cursor(Option<(u16, u16)>),
    Resize(u16, u16),
    Forget,
    Trust,
}

fn change() -> impl Strategy<Value = Change> {
    let (column, line) = (0..60u16, 0..20u16);
    let area = (column.clone(), line.clone(), 1..20u16, 1..6u16);
    let area = area.prop_map(|(x, y, width, height)| Rect::new(x, y, width, height));
    let words = || vec(symbol(), 1..30);
    prop_oneof![
        3 => (line.clone(), vec(vec((symbol(), style()), 0..60), 1..20)).prop_map(|(y, rows)| Change::Rows(y, rows)),
        5 => (column.clone(), line.clone(), words(), style()).prop_map(|(x, y, text, style)| Change::Text(x, y, text, style)),
        6 => (line.clone(), line.clone(), -6..7i16, words()).prop_map(|(a, b, by, text)| Change::Scroll(a, b, by, text)),
        2 => (area.clone(), style()).prop_map(|(area, style)| Change::Restyle(area, style)),
        2 => (area, words()).prop_map(|(area, text)| Change::Box(area, text)),
        1 => proptest::option::of((column, line)).prop_map(Change::Cursor),
        1 => (1..60u16, 1..20u16).prop_map(|(width, height)| Change::Resize(width, height)),
        1 => Just(Change::Forget),
        1 => Just(Change::Trust),
    ]
}

/// A screen of cells, painted as the reader paints: no half of a wide character stays.
#[derive(Clone)]
struct Painting {
    cells: Buffer,
    cursor: Option<Position>,
    ruler: Ruler,
}

impl Painting {
    fn new(width: u16, height: u16, wide_ruler: bool) -> Self {
        let cells = Buffer::empty(Rect::new(0, 0, width, height));
        Self { cells, cursor: None, ruler: Ruler::new(wide_ruler) }
    }

    /// Blanks a cell, and the whole of a wide character that stands on it.
    fn free(&mut self, x: u16, y: u16) {
        for start in 0..=x {
            let width = self.cells[(start, y)].cell_width().max(1);
            if width > 1 && start + width > x {
                for covered in start..(start + width).min(self.cells.area.width) {
                    self.cells[(covered, y)].reset();
                }
            }
        }
        self.cells[(x, y)].reset();
    }

    fn text<'a>(&mut self, mut x: u16, y: u16, text: impl IntoIterator<Item = (&'a str, Style)>) {
        let area = self.cells.area;
        for (symbol, style) in text {
            let width = self.ruler.width(symbol) as u16;
            if y >= area.height || x + width > area.width {
                return;
            }
            for covered in x..x + width {
                self.free(covered, y);
                self.cells[(covered, y)].set_style(style);
            }
            let cell = &mut self.cells[(x, y)];
            cell.set_symbol(symbol);
            if cell.cell_width() != width {
                cell.set_diff_option(CellDiffOption::ForcedWidth(
                    NonZeroU16::new(width).unwrap_or(NonZeroU16::MIN),
                ));
            }
            x += width;
        }
    }

    fn change(&mut self, change: &Change) {
        let area = self.cells.area;
        match change {
            Change::Rows(y, rows) => {
                for (y, row) in (*y..area.height).zip(rows) {
                    (0..area.width).for_each(|x| self.cells[(x, y)].reset());
                    self.text(0, y, row.iter().copied());
                }
            }
            Change::Text(x, y, text, style) => self.text(*x, *y, text.iter().map(|&symbol| (symbol, *style))),
            Change::Scroll(a, b, by, text) => {
                let (top, bottom) = ((*a).min(*b), (*a).max(*b).min(area.height.saturating_sub(1)));
                let old = self.cells.clone();
                for y in top..=bottom.max(top).min(area.height.saturating_sub(1)) {
                    let from = y.checked_add_signed(*by).filter(|from| (top..=bottom).contains(from));
                    for x in 0..area.width {
                        self.cells[(x, y)] = from.map_or(Cell::EMPTY, |from| old[(x, from)].clone());
                    }
                    if from.is_none() {
                        self.text(0, y, text.iter().map(|&symbol| (symbol, Style::reset())));
                    }
                }
            }
            Change::Restyle(part, style) => {
                let part = part.intersection(area);
                self.cells.set_style(part, *style);
            }
            Change::Box(part, text) => {
                let part = part.intersection(area);
                for y in part.top()..part.bottom() {
                    (part.left()..part.right()).for_each(|x| self.free(x, y));
                    self.text(part.x, y, text.iter().map(|&symbol| (symbol, Style::new().bg(Color::Blue))));
                }
            }
            Change::Cursor(at) => {
                let inside = at.filter(|&(x, y)| x < area.width && y < area.height);
                self.cursor = inside.map(Position::from);
            }
            Change::Resize(width, height) => {
                *self = Self { cursor: None, ..Self::new(*width, *height, self.ruler.is_wide()) };
            }
            Change::Forget | Change::Trust => {}
        }
    }

    fn size(&self) -> (u16, u16) {
        (self.cells.area.width, self.cells.area.height)
    }

    fn written<'a>(&self, output: &'a mut Output<Vec<Cell>>) -> &'a [u8] {
        let rows = self.cells.content.chunks(self.size().0.into()).map(<[Cell]>::to_vec).collect();
        output.frame(self.size().0, rows, |row, cells| cells.clone_from_slice(row), self.cursor)
    }

    /// A terminal that is drawn on from nothing.
    fn redrawn(&self, nature: Nature, trust: Trust) -> Grid {
        let mut output = Output::new();
        output.trust(trust);
        let mut grid = Grid::new(nature, self.size().0, self.size().1);
        grid.frame(self.written(&mut output));
        grid
    }
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn after_any_frames_a_terminal_shows_what_a_redraw_shows(
        setting in select(settings()), trusting in any::<bool>(),
        size in (1..60u16, 1..20u16), changes in vec(vec(change(), 1..4), 1..12)
    ) {
        let Setting { nature, wide_ruler, trust: truth } = setting;
        let mut trust = if trusting { truth } else { NOTHING };
        let mut painting = Painting::new(size.0, size.1, wide_ruler);
        let (mut output, mut grid) = (Output::new(), Grid::new(nature, size.0, size.1));
        output.trust(trust);
        for (index, changes) in changes.iter().enumerate() {
            for change in changes {
                painting.change(change);
                match change {
                    Change::Trust => {
                        trust = truth;
                        output.trust(trust);
                    }
                    Change::Forget => output.forget(),
                    Change::Resize(width, height) => grid = Grid::new(nature, *width, *height),
                    _ => {}
                }
                if matches!(change, Change::Forget | Change::Resize(..)) {
                    output.forget();
                    grid.resize(painting.size().0, painting.size().1);
                }
            }
            let bytes = painting.written(&mut output).to_vec();
            grid.frame(&bytes);
            let redrawn = painting.redrawn(nature, trust);
            prop_assert_eq!(grid.seen(), redrawn.seen(), "frame {} {:?}", index, String::from_utf8(bytes));
            prop_assert_eq!(grid.cursor, redrawn.cursor);
            prop_assert_eq!(lost(&grid, &painting.cells, setting.agrees()), None, "frame {}", index);
            prop_assert_eq!(grid.cursor, painting.cursor.map(|at| (at.x.into(), at.y.into())));
        }
    }

    #[test]
    fn after_any_frames_another_emulator_shows_what_a_redraw_shows(
        trust in select(vec![NOTHING, HAN, ALL]), size in (2..60u16, 1..20u16),
        changes in vec(vec(change(), 1..4), 1..12)
    ) {
        let mut painting = Painting::new(size.0, size.1, false);
        let mut output = Output::new();
        output.trust(trust);
        let mut screen = emulator(size);
        for changes in &changes {
            for change in changes.iter().filter(|change| !matches!(change, Change::Resize(..))) {
                painting.change(change);
            }
            let bytes = painting.written(&mut output).to_vec();
            screen.process(&bytes);
            let mut fresh = Output::new();
            fresh.trust(trust);
            let mut redrawn = emulator(size);
            redrawn.process(painting.written(&mut fresh));
            let differs = looks(screen.screen()).into_iter().zip(looks(redrawn.screen())).find(|(a, b)| a != b);
            prop_assert_eq!(differs, None, "{:?}", String::from_utf8(bytes));
            if let Some(at) = painting.cursor {
                prop_assert_eq!(screen.screen().cursor_position(), (at.y, at.x));
            }
        }
    }
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn the_reader_is_drawn_right_whatever_keys_are_pressed(
        setting in select(settings()), trusting in any::<bool>(), size in (1..180u16, 1..60u16),
        steps in vec(step(), 1..30)
    ) {
        let trust = if trusting { setting.trust } else { NOTHING };
        let theme = Theme::new(ThemeName::Dark, Depth::Indexed, false);
        let options = Options { ruler: Ruler::new(setting.wide_ruler), ..options() };
        let mut stage = Stage::with(&options, shilu::command::DEMO, size.0, size.1);
        let (mut output, mut grid) = (Output::new(), Grid::new(setting.nature, size.0, size.1));
        output.trust(trust);
        for step in &steps {
            match *step {
                Step::Key(key) => { stage.app.key(key.parse().expect("a key"), stage.now); }
                Step::Wait(ms) => { stage.wait(ms); }
                Step::Resize(width, height) => {
                    stage.app.resize(width, height, stage.now);
                    grid.resize(width, height);
                    output.forget();
                }
            }
            grid.frame(frame(&mut output, &stage.app, &theme));
            let mut fresh = Output::new();
            fresh.trust(trust);
            let mut redrawn = Grid::new(setting.nature, stage.app.size.0, stage.app.size.1);
            redrawn.frame(frame(&mut fresh, &stage.app, &theme));
            prop_assert_eq!(grid.seen(), redrawn.seen(), "after {:?}", step);
            prop_assert_eq!(grid.cursor, redrawn.cursor);
        }
    }
}

fn frame<'a>(output: &'a mut Output<Strokes>, app: &App, theme: &Theme) -> &'a [u8] {
    let Sheet { rows, cursor } = view::draw(app, theme, output.spare_rows());
    output.frame(app.size.0, rows, Strokes::paint, cursor)
}

/// What happens to the reader.
#[derive(Debug, Clone)]
enum Step {
    Key(&'static str),
    Wait(u64),
    Resize(u16, u16),
}

fn step() -> impl Strategy<Value = Step> {
    let keys = "j j j k k J K PgDn PgUp Ctrl-d Ctrl-u ] [ ) ( o O g G Tab v w t + - ? / : @ & 灯 a 1 Enter Esc Space . , } { z x n N L P";
    prop_oneof![
        12 => select(keys.split(' ').collect::<Vec<_>>()).prop_map(Step::Key),
        2 => (0..3000u64).prop_map(Step::Wait),
        1 => (1..180u16, 1..60u16).prop_map(|(width, height)| Step::Resize(width, height)),
    ]
}

fn emulator((width, height): (u16, u16)) -> vt100::Parser {
    let size = |cells| NonZeroU16::new(cells).unwrap_or(NonZeroU16::MIN);
    vt100::Parser::new(size(height), size(width), 0)
}

/// What can be seen in each cell: of a blank only the background.
fn looks(screen: &vt100::Screen) -> Vec<String> {
    let (height, width) = screen.size();
    let cell = |x, y| {
        let cell = screen.cell(y, x).expect("a cell");
        let bare = !cell.underline() && !cell.inverse();
        if matches!(cell.contents(), "" | " ") && bare {
            return format!("{:?} ", cell.bgcolor());
        }
        let modes =
            (cell.bold(), cell.dim(), cell.italic(), cell.underline(), cell.inverse(), cell.is_wide());
        format!("{x} {y} {:?} {:?} {modes:?} {}", cell.bgcolor(), cell.fgcolor(), cell.contents())
    };
    (0..height.get()).flat_map(|y| (0..width.get()).map(move |x| (x, y))).map(|(x, y)| cell(x, y)).collect()
}

/// A reader and the bytes of its frames.
struct Counted {
    stage: Stage,
    output: Output<Strokes>,
    theme: Theme,
}

impl Counted {
    fn new(text: &str, width: u16, height: u16, trust: Trust) -> Self {
        let mut output = Output::new();
        output.trust(trust);
        let theme = Theme::new(ThemeName::Dark, Depth::True, false);
        Self { stage: Stage::new(text, width, height), output, theme }
    }

    fn frame(&mut self) -> &[u8] {
        frame(&mut self.output, &self.stage.app, &self.theme)
    }

    /// The bytes of the frames after a key that is pressed again and again, from the fewest to the most.
    fn pressed(&mut self, key: &str, times: usize) -> Vec<usize> {
        self.frame();
        let mut counts: Vec<_> = (0..times)
            .map(|_| {
                self.stage.keys(key);
                self.frame().len()
            })
            .collect();
        counts.sort_unstable();
        counts
    }
}

/// The demo, and a record of the neighbouring folder where there is one.
fn records() -> Vec<(&'static str, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/transcripts/quality-2018.txt");
    let shared = std::fs::read_to_string(path);
    let demo = ("demo", shilu::command::DEMO.to_owned());
    [demo].into_iter().chain(shared.ok().map(|text| ("quality-2018", text))).collect()
}

#[test]
fn only_rows_that_are_new_on_the_screen_are_painted() {
    let painted = RefCell::new(Vec::new());
    let mut output = Output::new();
    let mut frame = |width, trust, rows: &[&'static str]| {
        output.trust(trust);
        let paint = |row: &&'static str, cells: &mut [Cell]| {
            painted.borrow_mut().push(*row);
            cells.iter_mut().zip(row.chars()).for_each(|(cell, ch)| {
                cell.set_char(ch);
            });
        };
        output.frame(width, rows.to_vec(), paint, None);
        painted.take()
    };
    assert_eq!(frame(9, NOTHING, &["head", "one", "two", "foot"]), ["head", "one", "two", "foot"]);
    assert_eq!(frame(9, NOTHING, &["head", "two", "three", "foot"]), ["three"]);
    assert_eq!(frame(9, NOTHING, &["two", "two", "one"]), ["one"]);
    assert_eq!(frame(9, HAN, &["two", "two", "one"]), ["two", "two", "one"]);
    assert_eq!(frame(8, HAN, &["two"]), ["two"]);
}

#[test]
fn a_scrolled_row_takes_at_most_a_thousand_bytes() {
    for (name, text) in records() {
        for (trust, limit) in [(ALL, 1000), (HAN, 4000), (NOTHING, 6000)] {
            let mut reader = Counted::new(&text, 160, 48, trust);
            let counts = reader.pressed("j", 200);
            println!("{name}, {trust:?}: j median {} max {}", counts[100], counts[199]);
            assert!(counts[199] <= limit, "{name} {trust:?} {counts:?}");
            let counts = reader.pressed("k", 200);
            println!("{name}, {trust:?}: k median {} max {}", counts[100], counts[199]);
            assert!(counts[199] <= limit, "{name} {trust:?} {counts:?}");
        }
    }
}

/// A record of long speeches.
fn speeches() -> String {
    let sentence = "灯下读书，江上有雾；馆长说，这一页要慢慢翻，翻过去的都是日子。";
    let speech = |minute| format!("2025-10-01 08:{minute:02}\n\n馆长\n\n{}\n\n", sentence.repeat(60));
    format!("灯下 · 文字直播\n\n地点:江边\n\n{}", (0..9).map(speech).collect::<String>())
}

/// Bytes to text of screens drawn from nothing, page by page, in the layout that shows only text.
fn ratios(text: &str, (width, height): (u16, u16)) -> Vec<f64> {
    let mut reader = Counted::new(text, width, height, ALL);
    while reader.stage.app.panes.tracks.area() > 0 {
        reader.stage.keys("v");
    }
    let page = |_| {
        reader.stage.keys("PgDn");
        reader.output.forget();
        let text: usize = reader.stage.screen().split_whitespace().map(str::len).sum();
        reader.frame().len() as f64 / text as f64
    };
    let mut ratios: Vec<_> = (0..8).map(page).collect();
    ratios.sort_by(f64::total_cmp);
    ratios
}

#[test]
fn a_full_chinese_screen_takes_little_more_than_its_text() {
    for size in [(80, 24), (120, 40), (160, 48)] {
        let found = ratios(&speeches(), size);
        assert!(found.iter().all(|ratio| *ratio <= 1.3), "{size:?} {found:?}");
        println!("speeches {size:?}: median {:.2}, most {:.2}", found[4], found[7]);
        for (name, text) in records() {
            let found = ratios(&text, size);
            println!("{name} {size:?}: median {:.2}, most {:.2}", found[4], found[7]);
        }
    }
}
