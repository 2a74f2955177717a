//! The command line. Completions and the man page are made from it.

mod check;
mod export;
mod grep;
mod info;
mod late;
mod play;
mod print;
mod shared;
mod state;
mod values;
mod view;

pub use check::CheckArgs;
pub use export::ExportArgs;
pub use grep::{GrepArgs, TellArgs, WaysArgs, When};
pub use info::InfoArgs;
pub use late::Late;
pub use play::PlayArgs;
pub use print::PrintArgs;
pub use shared::{ChoiceArgs, PacingArgs, SourceArgs, TextArgs};
pub use state::StateArgs;
pub use view::ViewArgs;

use clap::{Parser, Subcommand};
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
    /// Settings, keys and themes from this file instead of ~/.config/shilu/config.toml
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// Write the commented default of that file, and do nothing else; '-' as FILE is standard output
    #[arg(long, conflicts_with_all = ["file", "play"])]
    pub write_config: bool,
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
    /// List what is kept of records: bookmarks, notes, reading positions; remove what is not needed
    State(Late<StateArgs>),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::ReadingSpeed;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
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
