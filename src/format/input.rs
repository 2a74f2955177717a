//! Where bytes come from.

use super::error::ParseError;
use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

/// A source of bytes.
pub enum Input {
    /// A file that can be read by position, and its length.
    File(Arc<File>, u64),
    /// Anything else.
    Stream(Box<dyn Read + Send>),
}

/// Why there is no next piece.
#[derive(Debug)]
pub enum Broken {
    /// The input cannot be read.
    Input(io::Error),
    /// It is no text.
    Text(ParseError),
}
