//! The options of `play`.

use super::shared::{ChoiceArgs, PacingArgs, SourceArgs, TextArgs};
use super::values::{Themes, width};
use clap::Args;
use std::path::PathBuf;

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
    #[arg(long, value_name = "NAME", default_value = "auto", value_parser = Themes)]
    pub theme: String,
    /// No colour
    #[arg(long)]
    pub no_color: bool,
}
