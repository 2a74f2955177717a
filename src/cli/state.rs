//! The options of `state`.

use super::values::age;
use crate::choice::LangChoice;
use clap::Args;
use std::time::Duration;

/// Options of `state`.
#[derive(Debug, Args)]
pub struct StateArgs {
    /// Remove the reading positions of records that are not where they were; marks stay
    #[arg(long)]
    pub prune: bool,
    /// With --prune, also those of records not read for so long: 90d, 36h
    #[arg(long, value_name = "TIME", value_parser = age, requires = "prune")]
    pub older_than: Option<Duration>,
    /// With --prune, also the bookmarks and notes of records that are not where they were, each told
    #[arg(long, requires = "prune")]
    pub marks: bool,
    /// One JSON object, schema shilu-state/1
    #[arg(long)]
    pub json: bool,
    /// Language of the user interface
    #[arg(long, default_value = "auto")]
    pub lang: LangChoice,
}
