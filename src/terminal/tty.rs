//! The terminal that keys come from: the one that crossterm reads.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::fd::AsFd;

/// Standard input if it is a terminal, else the controlling one.
pub fn open() -> io::Result<File> {
    if io::stdin().is_terminal() {
        Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?))
    } else {
        File::open("/dev/tty")
    }
}
