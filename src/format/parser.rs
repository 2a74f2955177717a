//! What every format's reader can do.

use super::error::ParseError;
use crate::transcript::Transcript;

/// A streaming parser of one wire format. It is given the text in pieces of any length.
pub trait Parser: Send {
    /// Takes the next piece of text.
    ///
    /// # Errors
    /// If the text breaks a rule without which the format cannot be read.
    fn feed(&mut self, text: String, out: &mut Transcript) -> Result<(), ParseError>;

    /// Says that no more is to come.
    ///
    /// # Errors
    /// As [`Parser::feed`].
    fn finish(&mut self, out: &mut Transcript) -> Result<(), ParseError>;
}
