//! Transcript JSON of Podcasting 2.0.

use crate::format::head::Head;
use crate::format::parser::{Parser, Wire};
use crate::format::plain::Plain;

/// The format.
#[derive(Debug)]
pub struct Podcast;

impl Wire for Podcast {
    fn score(_head: &Head) -> u8 {
        0
    }

    fn parser() -> Box<dyn Parser> {
        Box::new(Plain::default())
    }
}
