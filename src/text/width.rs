//! Cells of characters and clusters by UAX #11, as `unicode-width` implements it.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Cells of a harmless cluster; ambiguous characters take two cells if `wide`.
#[expect(clippy::disallowed_methods, reason = "the ruler measures with this")]
pub fn cells(shown: &str, wide: bool) -> usize {
    if wide { shown.width_cjk() } else { shown.width() }
}

/// Whether a character takes no cell of its own.
#[expect(clippy::disallowed_methods, reason = "the ruler measures with this")]
pub fn is_zero_width(ch: char) -> bool {
    ch.width() == Some(0)
}

/// Whether a character takes two cells whatever the terminal thinks of ambiguous ones.
#[expect(clippy::disallowed_methods, reason = "the ruler measures with this")]
pub fn is_wide_char(ch: char) -> bool {
    ch.width() == Some(2)
}
