//! Parts of a text by byte range.

use std::ops::Range;

/// The part of `text` in `range`; nothing where the range does not fall on character borders.
pub fn slice(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}
