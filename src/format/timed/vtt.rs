//! `WebVTT` subtitles.

use crate::format::head::Head;
use crate::format::parser::{Parser, Wire};
use crate::format::plain::Plain;

/// The format.
#[derive(Debug)]
pub struct Vtt;

impl Wire for Vtt {
    fn score(_head: &Head) -> u8 {
        0
    }

    fn parser() -> Box<dyn Parser> {
        Box::new(Plain::default())
    }
}
