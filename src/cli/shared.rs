//! The options that several subcommands share.

use super::values::{duration_ms, encoding, moment, speed};
use crate::choice::{AmbiguousWidth, Format, GapModel, Indent, Kinsoku, LangChoice, Pace, ReadingSpeed};
use chrono::NaiveDateTime;
use clap::Args;

/// How a source is read.
#[derive(Debug, Clone, Args, Default)]
pub struct SourceArgs {
    /// Read it as this format instead of telling it by its content
    #[arg(long, value_name = "NAME")]
    pub format: Option<Format>,
    /// Decode it from this encoding (any WHATWG label, such as gb18030)
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// When a recording began whose times count from its start: 2018-01-09T15:00
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    pub assume_start: Option<NaiveDateTime>,
}

/// What paces a replay.
#[derive(Debug, Clone, Copy, Args)]
pub struct PacingArgs {
    /// Speed, 0.1 to 10000
    #[arg(long, value_name = "X", default_value = "1", value_parser = speed)]
    pub speed: f64,
    /// What becomes of silence
    #[arg(long, value_name = "MODEL", default_value = "real")]
    pub gaps: GapModel,
    /// From where on silence is cut, at 1x: 90s, 2m, 1h30m
    #[arg(long, value_name = "TIME", default_value = "2m", value_parser = duration_ms)]
    pub idle_limit: i64,
    /// Pace by the stamps or by reading time
    #[arg(long, default_value = "clock")]
    pub pace: Pace,
    /// Reading speed in characters a minute; auto: as the reader measures it, 400 until then
    #[arg(long, value_name = "N", default_value = "400")]
    pub cpm: ReadingSpeed,
}

/// How text is set.
#[derive(Debug, Clone, Copy, Args)]
pub struct TextArgs {
    /// Cells that ambiguous characters such as “ — … take in this terminal
    #[arg(long, value_name = "N", default_value = "auto")]
    pub ambiguous_width: AmbiguousWidth,
    /// How strictly punctuation is kept from the wrong end of a row
    #[arg(long, value_name = "LEVEL", default_value = "strict")]
    pub kinsoku: Kinsoku,
    /// Cells that a comma or full stop may hang in the margin: 0, 1 or 2
    #[arg(long, value_name = "CELLS", default_value = "0", value_parser = clap::value_parser!(u8).range(0..=2))]
    pub hang: u8,
    /// Leave a cell between ideographs and Latin letters or digits; it is never copied
    #[arg(long, value_name = "YES", num_args = 0..=1, require_equals = true, default_value = "false", default_missing_value = "true")]
    pub autospace: bool,
    /// Which paragraphs begin with two ideographs of space
    #[arg(long, value_name = "WHICH", default_value = "rest")]
    pub indent: Indent,
    /// Language of the user interface
    #[arg(long, default_value = "auto")]
    pub lang: LangChoice,
}

/// Which posts are chosen.
#[derive(Debug, Clone, Args, Default)]
pub struct ChoiceArgs {
    /// Only posts by this speaker: name, byline, or a part of one, also in pinyin; may be given more than once
    #[arg(long, value_name = "NAME")]
    pub speaker: Vec<String>,
    /// Only posts from there on, where a replay then begins: 15:14, 2018-01-09T15:14, #42, 50%, @name
    #[arg(long, value_name = "WHERE")]
    pub since: Option<String>,
    /// Only posts up to there, and with those of that time: the same
    #[arg(long, value_name = "WHERE")]
    pub until: Option<String>,
}
