//! The door: arguments in, exit code out.

use clap::Parser;
use shilu::cli::Cli;
use shilu::command;

fn main() {
    std::process::exit(i32::from(command::run(Cli::parse())));
}
