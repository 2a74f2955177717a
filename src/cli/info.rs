//! The options of `info`.

use super::shared::SourceArgs;
use crate::choice::LangChoice;
use clap::Args;
use std::path::PathBuf;

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
