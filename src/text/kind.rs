//! What the rules of line breaking ask of a character.

use super::class::Class;
use super::tables::{BLOCK, BLOCKS, FIRST, HIGH, INDEX, KINDS, LOW};

/// What the rules ask of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Kind {
    /// Its class.
    pub class: Class,
    /// Whether its `East_Asian_Width` is F, W or H (LB19a, LB30).
    pub east_asian: bool,
}

impl Kind {
    /// The kind of a character: two steps through the table.
    pub fn of(ch: char) -> Self {
        let code = ch as usize;
        let block = match code {
            0..LOW => INDEX[code / BLOCK],
            HIGH.. if code < HIGH + 0x1000 => INDEX[(LOW + code - HIGH) / BLOCK],
            _ => return Self { class: Class::AL, east_asian: false },
        };
        let (class, east_asian) =
            KINDS[usize::from(BLOCKS[usize::from(block) * BLOCK + code % BLOCK] - FIRST)];
        Self { class, east_asian }
    }
}
