//! JSON of Amazon Transcribe.

use crate::format::head::Head;
use crate::format::parser::{Parser, Wire};
use crate::format::plain::Plain;

/// The format.
#[derive(Debug)]
pub struct Aws;

impl Wire for Aws {
    fn score(_head: &Head) -> u8 {
        0
    }

    fn parser() -> Box<dyn Parser> {
        Box::new(Plain::default())
    }
}
