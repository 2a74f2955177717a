//! Standard output and standard error: a reader who has left is no error, and no message carries a control.

use crate::text::safe;
use std::io::{self, Write};

/// Why a command ended without doing its work.
#[derive(Debug)]
pub enum Failure {
    /// A sentence about the input: exit code 1.
    Input(String),
    /// A sentence about the usage: exit code 2.
    Usage(String),
    /// The output could not be written.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Says what went wrong, and the exit code for it. A closed pipe is quiet success.
pub fn report(failure: &Failure) -> u8 {
    let (sentence, code) = match failure {
        Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => return 0,
        Failure::Output(error) => (error.to_string(), 1),
        Failure::Input(sentence) => (sentence.clone(), 1),
        Failure::Usage(sentence) => (sentence.clone(), 2),
    };
    say(&sentence);
    code
}

/// Says what is wrong with the command line, which may hold anything, and the exit code for it.
pub fn usage(error: &clap::Error) -> u8 {
    for line in error.render().to_string().lines() {
        let _ = writeln!(io::stderr(), "{}", safe::line(line));
    }
    2
}

/// Writes a line to standard error; nobody there to read it is no matter.
pub fn say(sentence: &str) {
    let _ = writeln!(io::stderr(), "shilu: {}", safe::line(sentence));
}
