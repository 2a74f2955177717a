//! The command line. Completions and the man page are made from it.

mod grep;

pub use grep::{GrepArgs, TellArgs, WaysArgs, When};

use crate::choice::{
    Alert, AmbiguousWidth, ExportFormat, Format, GapModel, Indent, Kinsoku, LangChoice, Pace, ReadingSpeed,
    ThemeName,
};
use crate::when::{FASTEST, SLOWEST, parse_duration, parse_times};
use chrono::{NaiveDate, NaiveDateTime};
use clap::{ArgMatches, Args, FromArgMatches, Parser, Subcommand};
use std::ops::Deref;
use std::path::PathBuf;

/// Read transcripts in a terminal and replay them at their original timing.
///
/// Without FILE the built-in demo broadcast is opened; '-' is standard input.
#[derive(Debug, Parser)]
#[command(name = "shilu", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// What else to do than to open the reader
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How to open the reader
    #[command(flatten)]
    pub view: ViewArgs,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Replay to standard output, timed; ends by itself
    Play(Late<PlayArgs>),
    /// Print the whole record, wrapped
    Print(Late<PrintArgs>),
    /// Search records for words, by speaker, role, kind and time
    Grep(Late<GrepArgs>),
    /// Tell speakers, sessions, exchanges, gaps and reading time
    Info(Late<InfoArgs>),
    /// Tell what is irregular in the record, with line numbers; exit code 1 if anything is
    Check(Late<CheckArgs>),
    /// Write the record in another format
    Export(Late<ExportArgs>),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// The options of a subcommand, which are not made before it is known to be the one that is meant: a reader that opens
/// does not need them.
#[derive(Debug)]
pub struct Late<T>(T);

impl<T> Deref for Late<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: FromArgMatches> FromArgMatches for Late<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        T::from_arg_matches(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.update_from_arg_matches(matches)
    }
}

impl<T: Args> Args for Late<T> {
    fn augment_args(command: clap::Command) -> clap::Command {
        command.defer(|command| described(command, T::augment_args))
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        command.defer(|command| described(command, T::augment_args_for_update))
    }
}

/// A subcommand with its options; what it is about stays what the subcommand says.
fn described(command: clap::Command, augment: impl FnOnce(clap::Command) -> clap::Command) -> clap::Command {
    let about = command.get_about().cloned().unwrap_or_default();
    augment(command).about(about)
}

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
    #[arg(long)]
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

/// Options of the reader.
#[derive(Debug, Args)]
pub struct ViewArgs {
    /// The transcript; '-' for standard input
    pub file: Option<PathBuf>,
    /// Start there: 15:14, 2018-01-09T15:14, #42, 50%, @name
    #[arg(long, value_name = "WHERE")]
    pub at: Option<String>,
    /// Start replaying
    #[arg(long)]
    pub play: bool,
    /// Keep reading a file that grows
    #[arg(short, long)]
    pub follow: bool,
    /// Alert when a new post of a live record is by this speaker or says this: a name, a word or a regular expression
    #[arg(long, value_name = "NAME|WORD")]
    pub watch: Vec<String>,
    /// How --watch alerts
    #[arg(long, value_name = "HOW", default_value = "bell")]
    pub alert: Alert,
    /// Pacing
    #[command(flatten)]
    pub pacing: PacingArgs,
    /// Source
    #[command(flatten)]
    pub source: SourceArgs,
    /// Text
    #[command(flatten)]
    pub text: TextArgs,
    /// Colours
    #[arg(long, value_name = "NAME", default_value = "auto")]
    pub theme: ThemeName,
    /// No colour
    #[arg(long)]
    pub no_color: bool,
}

/// Options of `play`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct PlayArgs {
    /// The transcript; '-' for standard input
    pub file: PathBuf,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
    /// For a screen reader: each post is one plain line, and nothing is told twice
    #[arg(long, conflicts_with_all = ["json", "width"])]
    pub linear: bool,
    /// Write everything at once
    #[arg(long)]
    pub dry_run: bool,
    /// Cells a row; those of the terminal, but no more than 72, else 80
    #[arg(long, value_name = "N", value_parser = width)]
    pub width: Option<usize>,
    /// Choice
    #[command(flatten)]
    pub choice: ChoiceArgs,
    /// Pacing
    #[command(flatten)]
    pub pacing: PacingArgs,
    /// Source
    #[command(flatten)]
    pub source: SourceArgs,
    /// Text
    #[command(flatten)]
    pub text: TextArgs,
    /// Colours
    #[arg(long, value_name = "NAME", default_value = "auto")]
    pub theme: ThemeName,
    /// No colour
    #[arg(long)]
    pub no_color: bool,
}

/// Options of `print`.
#[derive(Debug, Args)]
pub struct PrintArgs {
    /// The transcript; '-' for standard input
    pub file: PathBuf,
    /// Cells a row, 2 or more; the terminal's, else 80
    #[arg(long, value_name = "N", value_parser = width)]
    pub width: Option<usize>,
    /// Source
    #[command(flatten)]
    pub source: SourceArgs,
    /// Text
    #[command(flatten)]
    pub text: TextArgs,
}

/// Options of `info`.
#[derive(Debug, Args)]
pub struct InfoArgs {
    /// The transcript; '-' for standard input
    pub file: PathBuf,
    /// One JSON object, schema shilu-info/1
    #[arg(long)]
    pub json: bool,
    /// Tell what each name, office, role and session rests on
    #[arg(long, conflicts_with = "json")]
    pub why: bool,
    /// Reading speed in characters a minute
    #[arg(long, value_name = "N", default_value = "400", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub cpm: u32,
    /// Source
    #[command(flatten)]
    pub source: SourceArgs,
    /// Language of the user interface
    #[arg(long, default_value = "auto")]
    pub lang: LangChoice,
}

/// Options of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The transcript; '-' for standard input
    pub file: PathBuf,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
    /// Source
    #[command(flatten)]
    pub source: SourceArgs,
    /// Language of the user interface
    #[arg(long, default_value = "auto")]
    pub lang: LangChoice,
}

/// Options of `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The transcript; '-' for standard input. Without it, the built-in demo
    pub file: Option<PathBuf>,
    /// The format to write
    #[arg(long, value_name = "FORMAT")]
    pub to: ExportFormat,
    /// Where to; standard output if absent
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// Write nothing if the format cannot hold all of the record
    #[arg(long)]
    pub strict: bool,
    /// Columns and rows of the screen (asciicast)
    #[arg(long, value_name = "COLSxROWS", default_value = "100x30", value_parser = size)]
    pub size: (u16, u16),
    /// Colours (asciicast)
    #[arg(long, value_name = "NAME", default_value = "auto")]
    pub theme: ThemeName,
    /// Pacing (asciicast, vtt, srt)
    #[command(flatten)]
    pub pacing: PacingArgs,
    /// Source
    #[command(flatten)]
    pub source: SourceArgs,
    /// Text (asciicast)
    #[command(flatten)]
    pub text: TextArgs,
}

fn moment(text: &str) -> Result<NaiveDateTime, String> {
    let text = text.trim().replace(' ', "T");
    let told = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S%.f"]
        .iter()
        .find_map(|how| NaiveDateTime::parse_from_str(&text, how).ok());
    let day = || NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok().map(NaiveDateTime::from);
    told.or_else(day).ok_or_else(|| "a date and time is expected, such as 2018-01-09T15:00".to_owned())
}

fn encoding(label: &str) -> Result<&'static encoding_rs::Encoding, String> {
    encoding_rs::Encoding::for_label(label.as_bytes()).ok_or_else(|| "no encoding has that label".to_owned())
}

fn speed(text: &str) -> Result<f64, String> {
    let speed = parse_times(text).ok_or_else(|| "a number is expected".to_owned())?;
    if (SLOWEST..=FASTEST).contains(&speed) {
        Ok(speed)
    } else {
        Err(format!("{SLOWEST} to {FASTEST} is expected"))
    }
}

fn width(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(width @ 2..=10_000) => Ok(width),
        _ => Err("2 to 10000 is expected".to_owned()),
    }
}

fn size(text: &str) -> Result<(u16, u16), String> {
    let number = |text: &str| text.trim().parse().ok();
    match text.split_once(['x', 'X', '×']).map(|(columns, rows)| (number(columns), number(rows))) {
        Some((Some(columns @ 20..=1000), Some(rows @ 5..=500))) => Ok((columns, rows)),
        _ => Err("20x5 to 1000x500 is expected".to_owned()),
    }
}

fn duration_ms(text: &str) -> Result<i64, String> {
    parse_duration(text).ok_or_else(|| "a time such as 90s, 2m or 1h30m is expected".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn sizes_are_read() {
        assert_eq!((size("100x30"), size("20×5")), (Ok((100, 30)), Ok((20, 5))));
        for text in ["", "100", "x", "19x5", "20x4", "1001x30", "100x-3", "99999999x30"] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_reading_speed_is_a_number_or_measured() {
        let cpm =
            |text: &str| Cli::try_parse_from(["shilu", "--cpm", text]).ok().map(|cli| cli.view.pacing.cpm);
        assert_eq!(cpm("300"), Some(ReadingSpeed::Fixed(300)));
        assert_eq!(cpm("auto"), Some(ReadingSpeed::Measured));
        assert_eq!((cpm("0"), cpm("fast"), cpm("100001")), (None, None, None));
    }

    #[test]
    fn a_file_and_a_subcommand_are_told_apart() {
        let cli = Cli::parse_from(["shilu", "a.txt", "--play", "--speed", "60x"]);
        assert!(cli.command.is_none() && cli.view.play && cli.view.file.is_some());
        let cli = Cli::parse_from(["shilu", "info", "--json", "a.txt"]);
        assert!(matches!(cli.command, Some(Command::Info(args)) if args.json));
        assert!(Cli::try_parse_from(["shilu", "--speed", "0"]).is_err());
        assert!(Cli::try_parse_from(["shilu", "export", "a.txt"]).is_err());
    }
}
