//! What every format's reader can do.

use super::error::ParseError;
use crate::transcript::Draft;

/// How much of a source is looked at to tell what it is, in bytes.
pub const HEAD: usize = 64 * 1024;

/// A streaming parser of one wire format. It is given the text in pieces of any length.
pub trait Parser: Send {
    /// Takes the next piece of text: UTF-8, cut between characters. `at` is where it stands in the source of the
    /// draft, if the format is read in place.
    ///
    /// # Errors
    /// If the text breaks a rule without which the format cannot be read.
    fn feed(&mut self, text: &[u8], at: usize, out: &mut Draft) -> Result<(), ParseError>;

    /// Says that no more is to come.
    ///
    /// # Errors
    /// As [`Parser::feed`].
    fn finish(&mut self, out: &mut Draft) -> Result<(), ParseError>;

    /// Whether bodies are ranges of the text as it comes. Else the parser adds their text to the source itself.
    fn in_place(&self) -> bool {
        true
    }

    /// A parser for a later part of the same source that begins with a line, if such a part can be read by itself.
    fn elsewhere(&self) -> Option<Box<dyn Parser>> {
        None
    }
}
