//! The options of the reader.

use super::shared::{PacingArgs, SourceArgs, TextArgs};
use super::values::Themes;
use crate::choice::Alert;
use clap::Args;
use std::path::PathBuf;

/// Options of the reader.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct ViewArgs {
    /// The transcript; '-' for standard input
    pub file: Option<PathBuf>,
    /// Start there: 15:14, 2018-01-09T15:14, #42, 50%, @name, "exchange 11"
    #[arg(long, value_name = "WHERE")]
    pub at: Option<String>,
    /// Start replaying
    #[arg(long)]
    pub play: bool,
    /// Neither go on where it was read last nor keep where it is read now
    #[arg(long)]
    pub no_resume: bool,
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
    #[arg(long, value_name = "NAME", default_value = "auto", value_parser = Themes)]
    pub theme: String,
    /// No colour
    #[arg(long)]
    pub no_color: bool,
}
