//! The options of `check`.

use super::shared::SourceArgs;
use crate::choice::LangChoice;
use clap::Args;
use std::path::PathBuf;

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
