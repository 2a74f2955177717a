//! Text in cells: paragraphs, the ruler, the knife, and what makes hostile text harmless.

pub mod breaks;
pub mod count;
pub mod paragraphs;
pub mod pinyin;
pub mod ruler;
pub mod safe;
pub mod wrap;

use std::ops::Range;

/// The part of `text` in `range`; nothing where the range does not fall on character borders.
pub fn slice(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}
