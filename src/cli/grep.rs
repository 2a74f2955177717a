//! The options of `grep`.

use super::shared::SourceArgs;
use super::values::Themes;
use crate::choice::LangChoice;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What follows the options in the help.
const MORE: &str = "\
Words ask something of a post, and what is left is one pattern that its words must match:
  from:NAME  role:ROLE  kind:KIND  after:PLACE  before:PLACE
A '-' before a word turns it round, a comma is 'or', quotes hold blanks together.

Full and half width, simplified and traditional characters, curly and straight quotes are
one unless --no-fold; case counts where the pattern has capital letters, unless -i or -s.

In a folder, hidden files, links, binary files and files that are no transcript are skipped.
A file that is named is always searched.

Examples:
  shilu grep 质量提升 talk.txt          posts that say it, with time and speaker
  shilu grep 'from:陆知远 古籍' talks    only his, in every record of a folder
  shilu grep --pinyin tsg talk.txt      图书馆, by its initials
  shilu grep -c 'kind:question' talks   how many questions each record has
  shilu grep -C1 'after:15:00 抽查' f   with a post before and behind
  shilu grep -- '-role:host 谢谢' f     what begins with '-' stands behind '--'

Exit code: 0 if a post was found, 1 if none, 2 if something went wrong (also if some were
found, except with -q).";

/// Options of `grep`.
#[derive(Debug, Args)]
#[command(after_help = MORE)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct GrepArgs {
    /// What is looked for: words such as from:NAME, and a regular expression
    pub query: String,
    /// Transcripts and folders; '-' for standard input, which is also searched where none is named, unless it is a
    /// terminal: then the current folder is
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How the pattern is looked for
    #[command(flatten)]
    pub ways: WaysArgs,
    /// Posts that do not match
    #[arg(short = 'v', long)]
    pub invert_match: bool,
    /// What is told
    #[command(flatten)]
    pub tell: TellArgs,
    /// Posts to show around each one that was found
    #[arg(short = 'C', long, value_name = "N")]
    pub context: Option<usize>,
    /// Posts to show behind each one that was found
    #[arg(short = 'A', long, value_name = "N")]
    pub after_context: Option<usize>,
    /// Posts to show before each one that was found
    #[arg(short = 'B', long, value_name = "N")]
    pub before_context: Option<usize>,
    /// Stop in each file after so many posts
    #[arg(short = 'm', long, value_name = "N")]
    pub max_count: Option<usize>,
    /// Name the file with each line, also if there is only one
    #[arg(short = 'H', long, overrides_with = "no_filename")]
    pub with_filename: bool,
    /// Never name the file
    #[arg(short = 'I', long)]
    pub no_filename: bool,
    /// Show long paragraphs as a whole also on a terminal, where else the words around each hit are shown
    #[arg(long)]
    pub whole: bool,
    /// Say which files are skipped, and why
    #[arg(long)]
    pub verbose: bool,
    /// When to colour
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: When,
    /// Source
    #[command(flatten)]
    pub source: SourceArgs,
    /// Colours
    #[arg(long, value_name = "NAME", default_value = "auto", value_parser = Themes)]
    pub theme: String,
    /// Language of the user interface
    #[arg(long, default_value = "auto")]
    pub lang: LangChoice,
    /// Taken for the sake of grep: posts are always numbered, folders always searched, expressions always extended
    #[arg(short = 'n', short_alias = 'r', short_aliases = ['R', 'E'], hide = true, action = clap::ArgAction::Count)]
    pub as_grep: u8,
}

/// How a pattern is looked for.
#[derive(Debug, Clone, Copy, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct WaysArgs {
    /// The pattern is plain text, no regular expression
    #[arg(short = 'F', long)]
    pub fixed_strings: bool,
    /// Case never counts
    #[arg(short = 'i', long, overrides_with = "case_sensitive")]
    pub ignore_case: bool,
    /// Case always counts
    #[arg(short = 's', long, overrides_with = "ignore_case")]
    pub case_sensitive: bool,
    /// Letters are also looked for as pinyin: syllables and initials
    #[arg(long)]
    pub pinyin: bool,
    /// Full and half width, simplified and traditional characters, curly and straight quotes are told apart
    #[arg(long)]
    pub no_fold: bool,
}

/// What is told of a file.
#[derive(Debug, Clone, Copy, Args)]
#[group(multiple = false)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct TellArgs {
    /// How many posts were found in each file
    #[arg(short = 'c', long)]
    pub count: bool,
    /// How often the pattern was found in each file
    #[arg(long)]
    pub count_matches: bool,
    /// Only the names of files with such posts
    #[arg(short = 'l', long)]
    pub files_with_matches: bool,
    /// Only the names of files without any
    #[arg(short = 'L', long)]
    pub files_without_match: bool,
    /// Only what matched, a line each
    #[arg(short = 'o', long)]
    pub only_matching: bool,
    /// One JSON object a line and hit
    #[arg(long)]
    pub json: bool,
    /// Nothing: the exit code says whether any was found
    #[arg(short = 'q', long)]
    pub quiet: bool,
}

impl TellArgs {
    /// Whether each post that is found is told of.
    pub const fn is_of_lines(&self) -> bool {
        let Self { count, count_matches, files_with_matches, files_without_match, quiet, .. } = *self;
        !(count || count_matches || files_with_matches || files_without_match || quiet)
    }
}

/// When output has colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum When {
    /// On a terminal, unless the environment says no
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
