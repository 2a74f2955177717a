//! Standard output and standard error: a reader who has left is no error, and no message carries a control.

use crate::cli::Cli;
use crate::lang::Lang;
use crate::text::safe::Shown;
use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::fmt::Write as _;
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
pub fn report(failure: &Failure, lang: Lang) -> u8 {
    let (sentence, code) = match failure {
        Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => return 0,
        Failure::Output(error) => {
            (format!("{}: {}", lang.pick("标准输出", "standard output"), lang.os_error(error)), 1)
        }
        Failure::Input(sentence) => (sentence.clone(), 1),
        Failure::Usage(sentence) => (sentence.clone(), 2),
    };
    say(&sentence);
    code
}

/// JSON in which no string carries a control or a bidi override to the terminal; it means the same.
pub fn harmless_json(json: &[u8]) -> String {
    let mut out = String::with_capacity(json.len());
    for ch in String::from_utf8_lossy(json).chars() {
        match ch {
            '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {
                let _ = write!(out, "\\u{:04x}", ch as u32);
            }
            _ => out.push(ch),
        }
    }
    out
}

/// Says what is wrong with the command line, which may hold anything, and the exit code for it.
pub fn usage(error: clap::Error, lang: Lang) -> u8 {
    if let Some(file) = second_file(&error) {
        let words =
            lang.pick("一次只打开一个文件,多了", "one file is opened at a time, and this is a second one");
        return report(&Failure::Usage(format!("{words}: {file}")), lang);
    }
    for line in harmless(error).render().to_string().lines() {
        let _ = writeln!(io::stderr(), "{}", Shown::of(line));
    }
    2
}

/// The second file of a command line that opens one: the parser takes it for a subcommand.
fn second_file(error: &clap::Error) -> Option<&str> {
    let Some(ContextValue::String(name)) = error.get(ContextKind::InvalidSubcommand) else { return None };
    let known = Cli::command().find_subcommand(name).is_some();
    (error.kind() == ErrorKind::ArgumentConflict && !known).then_some(name)
}

/// The same error with marks for what a terminal would obey: the library would leave out what looks like a style.
fn harmless(mut error: clap::Error) -> clap::Error {
    let shown = |text: &String| Shown::of(text).to_string();
    let marked = |(kind, value): (ContextKind, &ContextValue)| match value {
        ContextValue::String(text) => Some((kind, ContextValue::String(shown(text)))),
        ContextValue::Strings(texts) => {
            Some((kind, ContextValue::Strings(texts.iter().map(shown).collect())))
        }
        _ => None,
    };
    let all: Vec<_> = error.context().filter_map(marked).collect();
    for (kind, value) in all {
        error.insert(kind, value);
    }
    error
}

/// Writes a line to standard error; nobody there to read it is no matter.
pub fn say(sentence: &str) {
    let _ = writeln!(io::stderr(), "shilu: {}", Shown::of(sentence));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_for_a_terminal_means_the_same_and_carries_no_control() {
        let text = "a\u{9b}31m\u{7f}\u{202e}质\u{1f600}";
        let json = harmless_json(serde_json::to_string(text).unwrap().as_bytes());
        assert_eq!(json, "\"a\\u009b31m\\u007f\\u202e质\u{1f600}\"");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
