//! The closed sets a user chooses from, on the command line or by a key.

mod format;

pub use format::Format;

use clap::ValueEnum;
use std::str::FromStr;

/// How silence between posts is turned into show time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum GapModel {
    /// Every gap at its original length.
    #[default]
    Real,
    /// No gap longer than the idle limit.
    Cap,
    /// Beyond the idle limit a gap grows with its logarithm.
    Log,
    /// A gap over the idle limit is left out, down to what its stamp can express.
    Skip,
}

impl GapModel {
    /// The model the key `L` turns to.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Real => Self::Cap,
            Self::Cap => Self::Log,
            Self::Log => Self::Skip,
            Self::Skip => Self::Real,
        }
    }
}

/// What sets the pace of a replay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Pace {
    /// The stamps of the transcript.
    #[default]
    Clock,
    /// The time it takes to read each post.
    Reading,
}

impl Pace {
    /// The pace the key `P` turns to.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Clock => Self::Reading,
            Self::Reading => Self::Clock,
        }
    }
}

/// How it is told that something came that was watched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Alert {
    /// By the bell of the terminal.
    #[default]
    Bell,
    /// By the title of the terminal, until the next key.
    Title,
    /// Not at all.
    None,
}

/// How fast somebody reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadingSpeed {
    /// Characters a minute.
    Fixed(u32),
    /// As it is measured.
    Measured,
}

impl FromStr for ReadingSpeed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.parse() {
            Ok(cpm @ 1..=100_000) => Ok(Self::Fixed(cpm)),
            _ if text == "auto" => Ok(Self::Measured),
            _ => Err("1 to 100000, or auto, is expected".to_owned()),
        }
    }
}

/// Where the panes of the reader stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum LayoutKind {
    /// Lanes above, words below.
    #[default]
    Stacked,
    /// Lanes left, words right.
    SideBySide,
    /// Words alone.
    TextOnly,
}

impl LayoutKind {
    /// The layout the key `v` turns to.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Stacked => Self::SideBySide,
            Self::SideBySide => Self::TextOnly,
            Self::TextOnly => Self::Stacked,
        }
    }
}

/// The colours of the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ThemeName {
    /// Dark or light as the terminal hints, in as many colours as it has.
    #[default]
    Auto,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// The sixteen colours of the terminal's own palette.
    Ansi,
    /// No colour: bold, dim, underline and reverse only.
    Mono,
    /// One of the user's own, by its place in the configuration.
    #[value(skip)]
    Own(u8),
}

impl ThemeName {
    /// The theme the key `t` turns to, where the user has so many.
    #[must_use]
    pub const fn next(self, own: u8) -> Self {
        match self {
            Self::Dark => Self::Light,
            Self::Light => Self::Ansi,
            Self::Ansi => Self::Mono,
            Self::Mono if own > 0 => Self::Own(0),
            Self::Own(index) if index + 1 < own => Self::Own(index + 1),
            Self::Auto | Self::Mono | Self::Own(_) => Self::Dark,
        }
    }
}

/// The language of the user interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum LangChoice {
    /// By the locale.
    #[default]
    Auto,
    /// 中文
    Zh,
    /// English
    En,
}

/// How many cells an East Asian ambiguous character takes (UAX #11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum AmbiguousWidth {
    /// As the terminal draws it, which the reader asks; one cell where it does not answer, or is not asked.
    #[default]
    Auto,
    /// One cell.
    #[value(name = "1")]
    One,
    /// Two cells.
    #[value(name = "2")]
    Two,
}

/// How strictly punctuation is kept from the wrong end of a row (避头尾), by the levels of W3C CLREQ, “prohibition
/// rules for line start and line end”. Each level adds to the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, ValueEnum)]
pub enum Kinsoku {
    /// Punctuation of East Asian text may stand anywhere.
    None,
    /// Pauses, stops and closing marks do not begin a row, opening marks do not end one.
    Basic,
    /// Also, a solidus neither begins nor ends a row (GB/T 15834-2011).
    Gb,
    /// Also, a dash does not begin a row.
    #[default]
    Strict,
}

/// Which paragraphs begin with two ideographs of space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Indent {
    /// None.
    None,
    /// All but the first of a post, which its header marks; none of subtitles and in a chat.
    #[default]
    Rest,
    /// All.
    All,
}

/// How posts are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum QuoteForm {
    /// In quotation marks, with the reference behind it.
    #[default]
    Plain,
    /// As a block quotation of Markdown, with the reference below it.
    Markdown,
    /// Each paragraph behind its mark: `[42.1]`.
    Marked,
}

impl QuoteForm {
    /// The form the key `Alt-y` turns to.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Plain => Self::Markdown,
            Self::Markdown => Self::Marked,
            Self::Marked => Self::Plain,
        }
    }
}

/// What `shilu export` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// The `shilu/1` object; of a choice of posts, `original_id` tells what each was.
    Json,
    /// Its header line, then one post a line.
    Jsonl,
    /// Live text: time, byline, body.
    Txt,
    /// Markdown: a heading a post.
    Md,
    /// A page for a browser, a phone or paper that needs nothing else.
    Html,
    /// A table, a row a post; a text that a spreadsheet would take for a formula has ' before it.
    Csv,
    /// Subtitles for the web, with voices, at the times of the replay.
    Vtt,
    /// Subtitles for most players, at the times of the replay.
    Srt,
    /// The replay on the screen of the reader, for asciinema: asciicast v3.
    Asciicast,
}

impl ExportFormat {
    /// Those that a reader may take posts away in, by the endings of their files.
    pub const DOCUMENTS: [(&str, Self); 8] = [
        ("md", Self::Md),
        ("html", Self::Html),
        ("csv", Self::Csv),
        ("json", Self::Json),
        ("jsonl", Self::Jsonl),
        ("txt", Self::Txt),
        ("vtt", Self::Vtt),
        ("srt", Self::Srt),
    ];

    /// The format that the ending of a file name tells.
    pub fn of_file(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        let known = |(known, _): &&(&str, Self)| known.eq_ignore_ascii_case(ending);
        Self::DOCUMENTS.iter().find(known).map(|&(_, format)| format)
    }
}
