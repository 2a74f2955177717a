//! For formats that are only understood as a whole, such as XML: the parser that waits for the end.

use super::error::ParseError;
use super::parser::Parser;
use crate::transcript::{Draft, Remark};

/// What comes behind so many bytes is left out.
const LONGEST: usize = 256 << 20;

/// What reads a format as a whole.
pub trait Whole: Default + Send + 'static {
    /// Takes the text.
    fn read(&mut self, text: &str, out: &mut Draft);
}

/// The parser of a format that is read as a whole.
#[derive(Debug, Default)]
pub struct AtOnce<F> {
    text: String,
    is_cut: bool,
    format: F,
}

impl<F: Whole> Parser for AtOnce<F> {
    fn in_place(&self) -> bool {
        false
    }

    fn feed(&mut self, text: &[u8], _at: usize, _out: &mut Draft) -> Result<(), ParseError> {
        let text = std::str::from_utf8(text).unwrap_or_default();
        let room = LONGEST.saturating_sub(self.text.len());
        self.is_cut |= text.len() > room;
        self.text.push_str(crate::text::beginning(text, room));
        Ok(())
    }

    fn finish(&mut self, out: &mut Draft) -> Result<(), ParseError> {
        let text = std::mem::take(&mut self.text);
        out.lines = text.lines().count() as u32;
        if self.is_cut {
            out.remarks.note(Remark::CutShort, out.lines);
        }
        self.format.read(&text, out);
        Ok(())
    }

    fn is_midway(&self) -> bool {
        !self.text.is_empty()
    }
}
