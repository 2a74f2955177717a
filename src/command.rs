//! The subcommands, one file each, and what they share.

mod asciicast;
mod asides;
mod check;
mod chosen;
mod corrections;
mod demo;
mod documents;
mod export;
mod follower;
mod grep;
mod info;
mod lead;
mod linear;
mod loader;
mod manual;
mod memory;
mod place;
mod play;
mod post_line;
mod print;
mod settled;
mod source;
mod state;
mod stream;
mod subtitles;
mod takeaway;
mod view;
mod why;

pub use demo::DEMO;

use crate::choice::LangChoice;
use crate::cli::{Cli, Command};
use clap::{ArgMatches, CommandFactory, FromArgMatches};
use stream::Failure;

/// Reads the command line and runs what it asks for; the exit code: 0, 1 for a bad input, 2 for wrong usage, 128 and more for
/// a signal.
pub fn main() -> u8 {
    let parsed = Cli::command().try_get_matches();
    let cli = parsed.and_then(|matches| Ok((Cli::from_arg_matches(&matches)?, matches)));
    let (mut cli, matches) = match cli {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => return stream::usage(error, source::lang(LangChoice::Auto)),
        Err(help) => help.exit(),
    };
    match run(&mut cli, &matches) {
        Ok(code) => code,
        Err(failure) => stream::report(&failure, source::lang(settled::lang_of(&cli))),
    }
}

fn run(cli: &mut Cli, matches: &ArgMatches) -> Result<u8, Failure> {
    match cli.command {
        Some(Command::Completions { shell }) => return manual::completions(shell),
        Some(Command::Man) => return manual::man(),
        _ => {}
    }
    let lang = source::lang(settled::lang_of(cli));
    if cli.write_config {
        return settled::write_default(cli.config.as_deref(), lang);
    }
    let mut config = settled::load(cli.config.as_deref(), lang)?;
    settled::settle(cli, matches, &mut config.settings);
    match &cli.command {
        Some(Command::Play(args)) => play::run(args, &config),
        Some(Command::Print(args)) => print::run(args),
        Some(Command::Grep(args)) => grep::run(args, &config),
        Some(Command::Info(args)) => info::run(args),
        Some(Command::Check(args)) => check::run(args),
        Some(Command::Export(args)) => export::run(args, &config),
        Some(Command::State(args)) => state::run(args),
        None | Some(Command::Completions { .. } | Command::Man) => view::run(&cli.view, &config),
    }
}
