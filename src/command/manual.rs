//! `shilu completions` and `shilu man`: made from the command line and the key table.

use super::stream::Failure;
use crate::action::Group;
use crate::cli::Cli;
use crate::keymap::{group_name, name, rows_of};
use crate::lang::Lang;
use clap::CommandFactory;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use std::io::{self, Write};

/// Prints a completion script.
pub fn completions(shell: clap_complete::Shell) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "shilu", &mut script);
    io::stdout().write_all(&script)?;
    Ok(0)
}

/// Prints the manual page, keys included.
pub fn man() -> Result<u8, Failure> {
    let mut page = Vec::new();
    Man::new(Cli::command()).render(&mut page)?;
    keys().to_writer(&mut page)?;
    io::stdout().write_all(&page)?;
    Ok(0)
}

fn keys() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["KEYS"]);
    for group in Group::ALL {
        roff.control("SS", [group_name(group, Lang::En)]);
        for row in rows_of(group) {
            roff.control("TP", []);
            roff.text([bold(row.keys.join(", "))]);
            roff.text([roman(row.en), roman(" (:"), bold(name(row.action)), roman(")")]);
        }
    }
    roff
}
