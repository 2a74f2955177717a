//! A replay on the screen of the reader as an asciicast v3 (docs.asciinema.org/manual/asciicast/v3): a header line, then a
//! line an event, each with the seconds since the one before.

use super::source::{self, Opened};
use super::stream::Failure;
use crate::app::{App, Options, Source};
use crate::choice::ThemeName;
use crate::cli::ExportArgs;
use crate::config::Config;
use crate::lang::Lang;
use crate::terminal::{Shot, closing, film};
use crate::text::safe::Shown;
use crate::text::slice;
use crate::transcript::PostId;
use crate::view::theme::{Depth, Theme};
use serde::Serialize;
use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

/// How long the last screen is held.
const HOLD: Duration = Duration::from_secs(3);

/// The longest label of a marker, in cells.
const LABEL: usize = 40;

/// Bytes of a question that its first words are taken from.
const WORDS: usize = 600;

/// A replay that is to be filmed.
pub struct Cast {
    app: App,
    theme: Theme,
}

#[derive(Serialize)]
struct Header<'a> {
    version: u8,
    term: Term,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
}

#[derive(Serialize)]
struct Term {
    cols: u16,
    rows: u16,
    #[serde(rename = "type")]
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    theme: Option<Ground>,
}

/// What a player is to draw on, lest a light theme stands on its dark ground: the colours of text, of the ground, and a
/// palette of eight, which the format asks for.
#[derive(Serialize)]
struct Ground {
    fg: &'static str,
    bg: &'static str,
    palette: &'static str,
}

const DARK: Ground = Ground {
    fg: "#d8dee9",
    bg: "#14181d",
    palette: "#14181d:#eb919b:#96b95f:#eba53c:#7aaaf0:#c896e1:#5ab9aa:#d8dee9",
};

const LIGHT: Ground = Ground {
    fg: "#1f2328",
    bg: "#ffffff",
    palette: "#1f2328:#aa324b:#4b690a:#af5500:#235fb4:#8241a5:#006c5f:#ffffff",
};

/// The ground of a theme that needs its own.
const fn ground(theme: ThemeName) -> Option<Ground> {
    match theme {
        ThemeName::Dark => Some(DARK),
        ThemeName::Light => Some(LIGHT),
        ThemeName::Auto | ThemeName::Ansi | ThemeName::Mono | ThemeName::Own(_) => None,
    }
}

impl Cast {
    /// The replay of a record from its first post on. The colours are those of a terminal that has them all: who plays
    /// it is not known.
    pub fn new(
        opened: Opened,
        source: Source,
        (args, config): (&ExportArgs, &Config),
        lang: Lang,
    ) -> Result<Self, Failure> {
        let theme = source::theme(&args.theme, config, lang)?;
        let options =
            Options { play: true, ..source::options(&args.pacing, args.text, (theme, lang), config) };
        let mut app = App::new(&options, Source::default());
        app.resize(args.size.0, args.size.1, Duration::ZERO);
        app.know(Arc::unwrap_or_clone(opened.corrections));
        app.grow(Duration::ZERO, |empty| {
            *empty = opened.transcript;
            source
        });
        Ok(Self { app, theme: Theme::of(theme, config, Depth::True, false) })
    }

    /// Writes it, a line an event, none of which is kept.
    pub fn write(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let (cols, rows) = self.app.size;
        let title = self.app.transcript.meta.title.as_deref().unwrap_or(&self.app.source.name);
        let title = Shown::of(title);
        let base = self.app.config.own_theme(self.app.theme).map_or(self.app.theme, |own| own.base);
        let term = Term { cols, rows, name: "xterm-256color", theme: ground(base) };
        line(out, &Header { version: 3, term, title: title.as_str() })?;
        let mut events = Events { out, last_ms: 0 };
        film(&mut self.app, &self.theme, |app, Shot { at, bytes, posts }| {
            let screen = str::from_utf8(bytes).map_err(io::Error::other)?;
            events.put(at, "o", screen)?;
            for post in posts.map(PostId::new) {
                for label in labels(app, post) {
                    events.put(at, "m", app.ruler.fit(&label, LABEL).trim_end())?;
                }
            }
            Ok(())
        })?;
        let end = self.app.now + HOLD;
        events.put(end, "o", &closing(rows))?;
        events.put(end, "x", "0")
    }
}

/// The events of a cast. The intervals are differences of rounded times: however many there are, they do not drift.
struct Events<'a> {
    out: &'a mut dyn Write,
    last_ms: u128,
}

impl Events<'_> {
    fn put(&mut self, at: Duration, code: &str, data: &str) -> io::Result<()> {
        let at_ms = (at.as_micros() + 500) / 1000;
        let interval = (at_ms - self.last_ms) as f64 / 1000.0;
        self.last_ms = at_ms;
        line(self.out, &(interval, code, data))
    }
}

fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    writeln!(out)
}

/// What begins with a post: a chapter, a session, an exchange.
fn labels(app: &App, post: PostId) -> impl Iterator<Item = String> {
    let (structure, lang) = (&app.structure, app.lang);
    let chapter = structure.chapters().at(post).map(|title| Shown::of(title).to_string());
    let session = structure.session_at(post).map(|session| {
        let number = structure.sessions().partition_point(|other| other.first <= post);
        let part = session.part.map(|part| format!(" {}", lang.day_part(part))).unwrap_or_default();
        format!("{} {number}{part}", lang.pick("场次", "session"))
    });
    let exchange = structure.exchange_of(post).filter(|_| structure.question_of(post) == Some(post));
    let exchange = exchange.map(|number| {
        let (_, text) = app.transcript.part(post, 0..WORDS);
        let words = app.transcript.paragraphs(&text).next().map_or("", |range| slice(&text, range));
        format!("{} {number} {}", lang.words().exchange, Shown::of(words))
    });
    chapter.into_iter().chain(session).chain(exchange)
}
