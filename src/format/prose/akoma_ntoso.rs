//! Akoma Ntoso XML of a debate.

use crate::format::head::Head;
use crate::format::parser::{Parser, Wire};
use crate::format::plain::Plain;

/// The format.
#[derive(Debug)]
pub struct AkomaNtoso;

impl Wire for AkomaNtoso {
    fn score(_head: &Head) -> u8 {
        0
    }

    fn parser() -> Box<dyn Parser> {
        Box::new(Plain::default())
    }
}
