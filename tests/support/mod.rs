//! A stage for tests: a reader on a screen of cells, played by keys and by a clock that only moves when told.
#![expect(clippy::unwrap_used, reason = "a stage that cannot be set fails its test")]
#![allow(dead_code, reason = "each test file uses its part")]

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use shilu::app::{App, Effect, Options, Pointer, PointerKind, Source};
use shilu::choice::ThemeName;
use shilu::format::{Forced, read_bytes};
use shilu::structure::{ChapterMark, Corrections};
use shilu::view::theme::{Depth, Theme};
use std::time::Duration;

/// A reader with its screen and its time.
pub struct Stage {
    /// The reader.
    pub app: App,
    /// Its time.
    pub now: Duration,
}

/// How most tests start the reader.
pub fn options() -> Options {
    Options::default()
}

impl Stage {
    /// A text opened on a screen of `width` by `height`.
    pub fn new(text: &str, width: u16, height: u16) -> Self {
        Self::with(&options(), text, width, height)
    }

    /// The same with other options.
    pub fn with(options: &Options, text: &str, width: u16, height: u16) -> Self {
        let (transcript, facts) = read_bytes(text.as_bytes(), Forced::default()).unwrap();
        let format = facts.detection.map(|found| found.format);
        let mut app =
            App::new(options, Source { name: "record".to_owned(), loading: true, ..Source::default() });
        app.resize(width, height, Duration::ZERO);
        app.grow(Duration::ZERO, |empty| {
            *empty = transcript;
            Source { name: "record".to_owned(), format, ..Source::default() }
        });
        Self { app, now: Duration::ZERO }
    }

    /// A text in which a chapter begins with the words of a speaker.
    pub fn corrected(text: &str, (by, begins): (&str, &str), (width, height): (u16, u16)) -> Self {
        let mark = ChapterMark { title: "第二章".into(), at: None, by: by.into(), begins: begins.into() };
        let mut stage = Self::new(text, width, height);
        stage.app.know(Corrections { chapters: vec![mark], ..Corrections::default() });
        stage.app.resize(width, height, Duration::ZERO);
        stage
    }

    /// The demo.
    pub fn demo(width: u16, height: u16) -> Self {
        Self::new(shilu::command::DEMO, width, height)
    }

    /// Another reader of a text, which comes back to where this one has stopped.
    pub fn come_back(&self, text: &str, (width, height): (u16, u16)) -> Self {
        let reading = self.app.reading("2025-01-02T21:40:00+08:00".into()).unwrap();
        let mut stage = Self::new("", width, height);
        stage.app.resume(reading, "2025年1月2日 星期四 21:40 · 1 天前".into());
        let record = read_bytes(text.as_bytes(), Forced::default()).unwrap().0;
        stage.app.grow(stage.now, |empty| {
            *empty = record;
            Source { name: "record".to_owned(), ..Source::default() }
        });
        stage
    }

    /// Types keys, parted by blanks; `"..."` types the characters between the quotes.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for part in keys.split(' ').filter(|part| !part.is_empty()) {
            if let Some(text) = part.strip_prefix('"').and_then(|part| part.strip_suffix('"')) {
                for ch in text.chars() {
                    self.app.key(ch.to_string().parse().unwrap(), self.now);
                }
            } else {
                let effect = self.app.key(part.parse().unwrap(), self.now);
                assert_ne!(effect, Effect::Quit, "{part} left the reader");
            }
        }
        self
    }

    /// Lets time pass.
    pub fn wait(&mut self, ms: u64) -> &mut Self {
        self.now += Duration::from_millis(ms);
        self.app.tick(self.now);
        self
    }

    /// Presses the mouse on a cell.
    pub fn click(&mut self, x: u16, y: u16) -> &mut Self {
        self.mouse(PointerKind::Press, x, y)
    }

    /// Does something with the mouse at a cell.
    pub fn mouse(&mut self, kind: PointerKind, x: u16, y: u16) -> &mut Self {
        match shilu::view::target(&self.app, x, y) {
            Some(target) => assert_ne!(self.app.click(target, kind, self.now), Effect::Quit),
            None => self.app.pointer(Pointer { kind, x, y }, self.now),
        }
        self
    }

    /// Number of the post in focus, from 1.
    pub fn focus(&self) -> usize {
        self.app.reader.focus.number()
    }

    /// The cells of the screen.
    pub fn cells(&self) -> Buffer {
        self.cells_in(&Theme::new(ThemeName::Dark, Depth::True, false))
    }

    /// The cells in a theme.
    pub fn cells_in(&self, theme: &Theme) -> Buffer {
        let (width, height) = self.app.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        shilu::view::draw(&self.app, theme, Vec::new()).paint(&mut buffer);
        buffer
    }

    /// The screen as text, each row stepped by the width of its cells.
    pub fn screen(&self) -> String {
        text_of(&self.cells())
    }

    /// One row of the screen.
    pub fn row(&self, y: usize) -> String {
        self.screen().lines().nth(y).unwrap_or_default().to_owned()
    }
}

/// A buffer as text: a cell behind a wide character is passed over, blanks at the end of a row are cut.
pub fn text_of(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut row = String::new();
        let mut x = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            row.push_str(cell.symbol());
            x += cell.cell_width().max(1);
        }
        out.push_str(row.trim_end());
        out.push('\n');
    }
    out
}
