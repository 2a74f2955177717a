//! The options of `print`.

use super::shared::{SourceArgs, TextArgs};
use super::values::width;
use clap::Args;
use std::path::PathBuf;

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
