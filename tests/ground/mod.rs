//! A reader over a file that is read piece by piece, in place or not, and that a test may change meanwhile.
#![expect(clippy::unwrap_used, reason = "a ground that cannot be laid fails its test")]
#![allow(dead_code, reason = "each test file uses its part")]

use crate::support::text_of;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use shilu::app::{App, Effect, Options, Source};
use shilu::choice::ThemeName;
use shilu::format::{Broken, Facts, Forced, Index, Input, Intake, Patience, Sizes, facts, write_json};
use shilu::transcript::{Batch, Transcript};
use shilu::view::theme::{Depth, Theme};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{Cursor, Write as _};
use std::sync::Arc;
use std::time::Duration;

/// Reads in place whatever can be, a little at a time.
pub const IN_PLACE: Sizes = Sizes { block: 64 * 1024, in_memory: 0 };

/// A file without a name that holds these bytes.
pub fn file_of(bytes: &[u8]) -> Arc<File> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    Arc::new(file)
}

/// A file as input, as long as it is now.
pub fn input(file: &Arc<File>) -> Input {
    Input::File(Arc::clone(file), file.metadata().unwrap().len())
}

/// Bytes as a stream.
pub fn stream(bytes: &[u8]) -> Input {
    Input::Stream(Box::new(Cursor::new(bytes.to_vec())))
}

/// Reads all of an input.
pub fn read(input: Input, sizes: Sizes, how: (Forced, Patience)) -> Result<(Transcript, Facts), Broken> {
    let mut reading = Reading::forced(input, sizes, how);
    let mut transcript = Transcript::default();
    loop {
        let (batch, ended) = reading.step()?;
        transcript.grow(batch);
        if ended {
            return Ok((transcript, reading.facts()));
        }
    }
}

/// A transcript as JSON.
pub fn json(transcript: &Transcript) -> String {
    let mut out = Vec::new();
    write_json(transcript, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The two stages of the way in, stepped by hand.
pub struct Reading {
    /// The first stage.
    pub intake: Intake,
    /// The second stage.
    pub index: Index,
}

impl Reading {
    pub fn new(input: Input, sizes: Sizes, patience: Patience) -> Self {
        Self::forced(input, sizes, (Forced::default(), patience))
    }

    pub fn forced(input: Input, sizes: Sizes, (forced, patience): (Forced, Patience)) -> Self {
        let intake = Intake::new(input, forced.encoding, patience).with(sizes);
        Self { intake, index: Index::new(forced.format) }
    }

    /// Takes the next piece in: what it gave, and whether that was the end.
    pub fn step(&mut self) -> Result<(Batch, bool), Broken> {
        let piece = self.intake.next()?;
        match &piece {
            Some(piece) => self.index.feed(piece).map_err(Broken::Text)?,
            None => self.index.finish().map_err(Broken::Text)?,
        }
        Ok((self.index.take(), piece.is_none()))
    }

    pub fn facts(&self) -> Facts {
        facts(&self.intake, Some(&self.index))
    }
}

/// How the readers of these tests start.
pub fn options() -> Options {
    Options::default()
}

/// A reader of a file that is being read.
pub struct Ground {
    pub app: App,
    pub file: Arc<File>,
    pub total: u64,
    pub reading: Reading,
    pub loading: bool,
    pub now: Duration,
}

impl Ground {
    /// A file of these bytes on a screen of 80x24; nothing is read yet.
    pub fn new(bytes: &[u8], sizes: Sizes) -> Self {
        let file = file_of(bytes);
        let mut app = App::new(&options(), Source { loading: true, ..Source::default() });
        app.resize(80, 24, Duration::ZERO);
        let reading = Reading::new(input(&file), sizes, Patience::None);
        Self { app, total: bytes.len() as u64, file, reading, loading: true, now: Duration::ZERO }
    }

    /// The whole file, read at once.
    pub fn whole(bytes: &[u8], sizes: Sizes) -> Self {
        let mut ground = Self::new(bytes, sizes);
        ground.feed_all();
        ground
    }

    /// A file that is read up to a share, and may be looked into ahead of that, as the program does it.
    pub fn partly(bytes: &[u8], share: f64) -> Self {
        Self::partly_in(bytes, share, IN_PLACE)
    }

    /// The same with other sizes.
    pub fn partly_in(bytes: &[u8], share: f64, sizes: Sizes) -> Self {
        let mut ground = Self::new(bytes, sizes);
        ground.feed();
        let index = ground.reading.index.elsewhere(&[]).unwrap();
        ground.app.may_look_ahead(index, Arc::clone(&ground.file));
        ground.feed_to(share);
        ground
    }

    /// Takes the next piece in, and brings the screen up to date.
    pub fn feed(&mut self) -> bool {
        let (batch, ended) = self.reading.step().unwrap();
        self.loading = !ended;
        let facts = self.reading.facts();
        let source = Source {
            name: "record".to_owned(),
            format: facts.detection.map(|found| found.format),
            replaced: facts.notice.map_or(0, |notice| notice.replaced),
            loading: self.loading,
            read: facts.bytes,
            total: Some(self.total),
            ..Source::default()
        };
        self.app.take_in(|transcript| {
            transcript.grow(batch);
            source
        });
        self.app.tick(self.now);
        !ended
    }

    pub fn feed_to(&mut self, share: f64) {
        let wanted = (self.total as f64 * share) as u64;
        while self.reading.intake.bytes() < wanted && self.feed() {}
    }

    pub fn feed_all(&mut self) {
        while self.loading && self.feed() {}
    }

    /// Types keys, parted by blanks; `"..."` types the characters between the quotes.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for part in keys.split(' ').filter(|part| !part.is_empty()) {
            match part.strip_prefix('"').and_then(|part| part.strip_suffix('"')) {
                Some(text) => text.chars().for_each(|ch| {
                    self.app.key(ch.to_string().parse().unwrap(), self.now);
                }),
                None => assert_ne!(self.app.key(part.parse().unwrap(), self.now), Effect::Quit),
            }
        }
        self
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        let (width, height) = self.app.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        shilu::view::draw(&self.app, &Theme::new(ThemeName::Dark, Depth::True, false), Vec::new())
            .paint(&mut buffer);
        text_of(&buffer)
    }

    /// The rows of the reading pane.
    pub fn page(&self) -> Vec<String> {
        let pane = self.app.panes.text;
        let rows = self.screen().lines().map(str::to_owned).collect::<Vec<_>>();
        rows[usize::from(pane.y)..usize::from(pane.y + pane.height)].to_vec()
    }

    /// The words of the post in focus.
    pub fn words(&self) -> String {
        self.app.transcript.body(self.app.reader.focus).trim().to_owned()
    }

    /// Does what the thread that searches would, until nothing is left to look through.
    pub fn search_out(&mut self) {
        while let Some(scan) = self.app.next_scan() {
            let mut found = Vec::new();
            scan.run(|news| {
                found.push(news);
                true
            });
            for news in found {
                self.app.found(&news, self.now);
            }
        }
        self.app.tick(self.now);
    }
}

/// A live text of so many posts, a minute apart; each says which it is.
pub fn record(posts: usize) -> String {
    let mut text = "灯下 · 文字直播\n\n".to_owned();
    for post in 0..posts {
        let (minute, who) = (post % 60, ["主持人", "馆长陆知远", "副馆长沈砚秋"][post * post % 7 % 3]);
        let (month, day, hour) = (1 + post / 720 / 28, 1 + post / 720 % 28, 8 + post / 60 % 12);
        let more = "灯都亮着,江上有雾。".repeat(post % 5);
        let _ = write!(
            text,
            "2025-{month:02}-{day:02} {hour:02}:{minute:02}\n\n{who}\n\n第{}条。{more}\n\n",
            post + 1
        );
    }
    text
}
