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

    /// Takes in what has come and is not complete, as far as it is certain whatever comes next: the words of a line
    /// whose end has not come. Nothing of it is taken back later.
    ///
    /// # Errors
    /// As [`Parser::feed`].
    fn settle(&mut self, out: &mut Draft) -> Result<(), ParseError>;

    /// Whether the last thing that was fed has not come to its end, such as a line.
    fn is_midway(&self) -> bool;

    /// Whether a parser that was begun with less would be the same if it had seen all of this head of the source.
    fn suits(&self, _head: &[u8]) -> bool {
        true
    }

    /// Whether bodies are ranges of the text as it comes. Else the parser adds their text to the source itself.
    fn in_place(&self) -> bool {
        true
    }

    /// A parser for a later part of the same source that begins with a line, if such a part can be read by itself.
    fn elsewhere(&self) -> Option<Box<dyn Parser>> {
        None
    }
}
