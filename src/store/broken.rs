//! What can be wrong with a file of the store, as data; the words are the caller's.

use std::io;
use std::path::{Path, PathBuf};

/// A file that cannot be read, or says something that means nothing there. It is never written over.
#[derive(Debug)]
pub struct Broken {
    /// The file.
    pub path: PathBuf,
    /// Line from 1, where there is one.
    pub line: Option<usize>,
    /// What is wrong.
    pub what: What,
}

/// What is wrong.
#[derive(Debug)]
pub enum What {
    /// The system does not let it be read.
    Unreadable(io::Error),
    /// A directory, a pipe or a device.
    NoFile,
    /// Larger than so many bytes.
    TooLarge(u64),
    /// Not UTF-8.
    Encoding,
    /// Not TOML, in the words of its reader.
    Syntax(String),
    /// A table without a key that it needs, such as `byline`.
    Missing(&'static str),
    /// A key with a value of another type.
    Expected(&'static str, Shape),
    /// Of a version of the program that is newer than this one.
    Newer(u64),
    /// Written in a way that an edit would not leave as it is.
    Uneditable,
}

/// What a value has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A string.
    Text,
    /// An array of strings.
    Texts,
    /// `true` or `false`.
    YesNo,
    /// A string or a date and time.
    Moment,
    /// An array of tables.
    Tables,
    /// A whole number, 0 or more.
    Number,
}

/// Why an edit is not kept. What is on the disk is as it was.
#[derive(Debug)]
pub enum Failed {
    /// A file that cannot be read is not written over.
    Broken(Broken),
    /// The system does not let it be written: the file, and what it says.
    Unwritable(PathBuf, io::Error),
    /// Somebody else has been holding the lock of the folder for seconds.
    Busy(PathBuf),
}

impl Broken {
    /// Something wrong with a file as a whole.
    pub fn whole(path: &Path, what: What) -> Self {
        Self { path: path.to_owned(), line: None, what }
    }
}

impl Failed {
    /// What the system says of a file that is to be written.
    pub fn of(path: &Path, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::WouldBlock => Self::Busy(path.to_owned()),
            _ => Self::Unwritable(path.to_owned(), error),
        }
    }
}

impl From<Broken> for Failed {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}
