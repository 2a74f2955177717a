//! The options of `export`.

use super::shared::{ChoiceArgs, PacingArgs, SourceArgs, TextArgs};
use super::values::{Themes, size};
use crate::choice::ExportFormat;
use clap::Args;
use std::path::PathBuf;

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
    /// Write nothing if the format cannot hold all of what is written
    #[arg(long)]
    pub strict: bool,
    /// Choice
    #[command(flatten)]
    pub choice: ChoiceArgs,
    /// Only posts that this asks for: from:NAME role:ROLE kind:KIND after:PLACE before:PLACE tag:TAG has:note and words, as in
    /// the filters of the reader; '!' before it: only the others
    #[arg(long, value_name = "QUERY")]
    pub only: Option<String>,
    /// Only posts with a bookmark, a note or a tag
    #[arg(long)]
    pub marks: bool,
    /// Columns and rows of the screen (asciicast)
    #[arg(long, value_name = "COLSxROWS", default_value = "100x30", value_parser = size)]
    pub size: (u16, u16),
    /// Colours (asciicast)
    #[arg(long, value_name = "NAME", default_value = "auto", value_parser = Themes)]
    pub theme: String,
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
