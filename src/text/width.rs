//! Cells of characters and clusters by UAX #11, as `unicode-width` implements it and terminals vary it.

use super::habits::Habits;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Joins emoji to one picture.
const ZWJ: char = '\u{200d}';

/// Asks for the picture of a character that is also text (VS16).
const PICTURE: char = '\u{fe0f}';

/// Cells of one harmless character.
#[expect(clippy::disallowed_methods, reason = "the ruler measures with this")]
pub fn of_char(ch: char, habits: Habits) -> usize {
    let width = if habits.ambiguous_wide { ch.width_cjk() } else { ch.width() };
    width.unwrap_or(0)
}

/// Cells of a harmless text, drawn by a terminal of those habits.
pub fn of_text(text: &str, habits: Habits) -> usize {
    if !habits.joins && text.contains(ZWJ) {
        return text.split(ZWJ).map(|part| of_text(part, Habits { joins: true, ..habits })).sum();
    }
    if !habits.tones && text.contains(is_tone) {
        let tones = text.chars().filter(|&ch| is_tone(ch)).count();
        let bare: String = text.chars().filter(|&ch| !is_tone(ch)).collect();
        return 2 * tones + of_text(&bare, habits);
    }
    if !habits.presents && text.contains(PICTURE) {
        let bare: String = text.chars().filter(|&ch| ch != PICTURE).collect();
        return whole(&bare, habits);
    }
    whole(text, habits)
}

#[expect(clippy::disallowed_methods, reason = "the ruler measures with this")]
fn whole(text: &str, habits: Habits) -> usize {
    if habits.ambiguous_wide { text.width_cjk() } else { text.width() }
}

/// The skin tones (UTS #51, 2.4).
const fn is_tone(ch: char) -> bool {
    matches!(ch, '\u{1f3fb}'..='\u{1f3ff}')
}

/// Cells of a character by itself, with ambiguous ones narrow, and wide.
#[expect(clippy::disallowed_methods, reason = "the ruler measures with this")]
pub fn both_widths(ch: char) -> (usize, usize) {
    (ch.width().unwrap_or(0), ch.width_cjk().unwrap_or(0))
}

/// Whether a character takes no cell of its own.
#[expect(clippy::disallowed_methods, reason = "the ruler measures with this")]
pub fn is_zero_width(ch: char) -> bool {
    ch.width() == Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_that_does_not_join_sets_the_members_side_by_side() {
        let plain = Habits::default();
        let apart = Habits { joins: false, tones: false, presents: false, ..plain };
        for (text, together, each) in [
            ("👨‍👩‍👧", 2, 6),
            ("👍\u{1f3fd}", 2, 4),
            ("❤\u{fe0f}", 2, 1),
            ("👩\u{1f3fd}\u{200d}❤\u{fe0f}\u{200d}👨", 2, 7),
            ("🇨🇳", 2, 2),
            ("质", 2, 2),
            ("e\u{301}", 1, 1),
        ] {
            assert_eq!(of_text(text, plain), together, "{text}");
            assert_eq!(of_text(text, apart), each, "{text} apart");
        }
    }
}
