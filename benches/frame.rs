//! From a key to the bytes of its frame, in records of a thousand posts up to five million: what a key costs must not
//! depend on how long the record is.
//!
//! `cargo bench --bench frame`. The words are those of the demo, again and again; they are in memory once.

use divan::{Bencher, black_box};
use shilu::app::{App, Options, Source};
use shilu::choice::ThemeName;
use shilu::command::DEMO;
use shilu::keymap::Key;
use shilu::terminal::output::Output;
use shilu::text::certain::Trust;
use shilu::transcript::{ClockKind, Draft, Extent, Post, Transcript};
use shilu::view::strokes::Strokes;
use shilu::view::theme::{Depth, Theme};
use shilu::view::{self, Sheet};
use std::time::Duration;

const POSTS: [usize; 3] = [1000, 100_000, 5_000_000];
const SPEAKERS: usize = 28;

fn main() {
    divan::main();
}

fn record(posts: usize) -> Transcript {
    let mut draft = Draft::default();
    draft.meta.clock = ClockKind::Wall;
    draft.meta.resolution_ms = 60_000;
    draft.meta.origin = chrono::NaiveDate::from_ymd_opt(2018, 1, 9).and_then(|day| day.and_hms_opt(8, 0, 0));
    draft.append(Extent::Memory(DEMO.into()));
    let lines: Vec<_> = DEMO
        .lines()
        .filter(|line| line.len() > 60)
        .map(|line| {
            let start = line.as_ptr() as usize - DEMO.as_ptr() as usize;
            start..start + line.len()
        })
        .collect();
    let mut transcript = Transcript::default();
    for index in 0..posts {
        let speaker = draft.intern(&format!("某市图书馆馆长第{}号", index * index % SPEAKERS));
        let body = lines[index % lines.len()].clone();
        draft.push(Post { start: Some(index as i64 * 180_000), speaker, body, ..Post::default() });
        if index % 8192 == 8191 {
            transcript.grow(draft.take());
        }
    }
    transcript.grow(draft.take());
    transcript
}

struct Reader {
    app: App,
    output: Output<Strokes>,
    theme: Theme,
}

impl Reader {
    fn new(posts: usize) -> Self {
        let options = Options { theme: ThemeName::Dark, ..Options::default() };
        let mut app = App::new(&options, Source::default());
        app.resize(160, 48, Duration::ZERO);
        app.grow(Duration::ZERO, |empty| {
            *empty = record(posts);
            Source::default()
        });
        let mut output = Output::new();
        output.trust(Trust { wide: true, ambiguous: true, letters: true });
        let theme = Theme::new(app.theme, Depth::True, false);
        let mut reader = Self { app, output, theme };
        for key in [":", "5", "0", "%", "Enter"] {
            reader.press(key);
        }
        reader
    }

    fn press(&mut self, key: &str) -> usize {
        let key: Key = key.parse().expect("a key");
        let _ = self.app.key(key, Duration::ZERO);
        self.app.tick(Duration::ZERO);
        let Sheet { rows, cursor } = view::draw(&self.app, &self.theme, self.output.spare_rows());
        self.output.frame(self.app.size.0, rows, Strokes::paint, cursor).len()
    }
}

/// A key and the one that takes it back.
fn keys(bencher: Bencher, posts: usize, [there, back]: [&'static str; 2]) {
    let mut reader = Reader::new(posts);
    bencher.bench_local(|| black_box(reader.press(there) + reader.press(back)));
}

#[divan::bench(args = POSTS)]
fn row(bencher: Bencher, posts: usize) {
    keys(bencher, posts, ["j", "k"]);
}

#[divan::bench(args = POSTS)]
fn page(bencher: Bencher, posts: usize) {
    keys(bencher, posts, ["PgDn", "PgUp"]);
}

#[divan::bench(args = POSTS)]
fn post(bencher: Bencher, posts: usize) {
    keys(bencher, posts, ["J", "K"]);
}

#[divan::bench(args = POSTS)]
fn speaker(bencher: Bencher, posts: usize) {
    keys(bencher, posts, ["o", "O"]);
}

#[divan::bench(args = POSTS)]
fn turn(bencher: Bencher, posts: usize) {
    keys(bencher, posts, ["]", "["]);
}

#[divan::bench(args = POSTS)]
fn end(bencher: Bencher, posts: usize) {
    keys(bencher, posts, ["G", "Home"]);
}
