//! What every format's reader can do.

use super::error::ParseError;
use super::head::Head;
use crate::text::valid;
use crate::transcript::Draft;

/// How much of a source is looked at to tell what it is, in bytes.
pub const HEAD: usize = 64 * 1024;

/// The beginning of a text, in whole characters, by which it is told what it is and how it is written.
pub fn head(text: &[u8]) -> &str {
    valid(text.get(..HEAD).unwrap_or(text))
}

/// A wire format.
pub trait Wire {
    /// How sure it is that a text is its own, by the beginning: from 0 (not at all) to 100.
    ///
    /// - 90 and more: a signature, or several records of a form that nothing else has;
    /// - 60 to 89: several records of a form that others have too;
    /// - 30 to 59: one record, in a short text;
    /// - 20 is what plain text scores, and less is never taken.
    ///
    /// It is asked of every text, so it looks at lines with plain comparisons, and at few of them.
    fn score(head: &Head) -> u8;

    /// A parser for a text from its beginning.
    fn parser() -> Box<dyn Parser>;
}

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
    fn settle(&mut self, _out: &mut Draft) -> Result<(), ParseError> {
        Ok(())
    }

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
