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
mod place;
mod play;
mod post_line;
mod print;
mod source;
mod stream;
mod subtitles;
mod view;
mod why;

pub use demo::DEMO;

use crate::choice::LangChoice;
use crate::cli::{Cli, Command};
use clap::Parser;

/// Reads the command line and runs what it asks for; the exit code: 0, 1 for a bad input, 2 for wrong usage, 128 and more for
/// a signal.
pub fn main() -> u8 {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => return stream::usage(error, source::lang(LangChoice::Auto)),
        Err(help) => help.exit(),
    };
    let lang = source::lang(lang_of(&cli));
    let result = match cli.command {
        None => view::run(&cli.view),
        Some(Command::Play(args)) => play::run(&args),
        Some(Command::Print(args)) => print::run(&args),
        Some(Command::Grep(args)) => grep::run(&args),
        Some(Command::Info(args)) => info::run(&args),
        Some(Command::Check(args)) => check::run(&args),
        Some(Command::Export(args)) => export::run(&args),
        Some(Command::Completions { shell }) => manual::completions(shell),
        Some(Command::Man) => manual::man(),
    };
    match result {
        Ok(code) => code,
        Err(failure) => stream::report(&failure, lang),
    }
}

fn lang_of(cli: &Cli) -> LangChoice {
    match &cli.command {
        None => cli.view.text.lang,
        Some(Command::Play(args)) => args.text.lang,
        Some(Command::Print(args)) => args.text.lang,
        Some(Command::Grep(args)) => args.lang,
        Some(Command::Info(args)) => args.lang,
        Some(Command::Check(args)) => args.lang,
        Some(Command::Export(args)) => args.text.lang,
        Some(Command::Completions { .. } | Command::Man) => LangChoice::Auto,
    }
}
