//! Markdown: a heading or bold name, then what was said.

use crate::format::head::Head;
use crate::format::parser::{Parser, Wire};
use crate::format::plain::Plain;

/// The format.
#[derive(Debug)]
pub struct Markdown;

impl Wire for Markdown {
    fn score(_head: &Head) -> u8 {
        0
    }

    fn parser() -> Box<dyn Parser> {
        Box::new(Plain::default())
    }
}
