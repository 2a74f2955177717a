//! What may reach a terminal: every cluster of untrusted text passes through here.
//!
//! Controls, escape sequences, bidi overrides, invisible characters and stacks of marks become visible
//! substitutes (see the terminal incidents around CVE-2022-46663, CVE-2021-42574 and CVE-2003-0063). Real
//! Arabic, Hebrew, emoji and accents are kept.

use std::borrow::Cow;
use std::fmt::Write as _;
use unicode_segmentation::UnicodeSegmentation;

const MARKS: usize = 4;
const SCALARS: usize = 14;

/// The harmless form of one grapheme cluster; empty where it shows as nothing. A tab stays a tab: the
/// ruler turns it into blanks, since only it knows the column.
pub fn cluster(cluster: &str) -> Cow<'_, str> {
    let mut chars = cluster.chars();
    match (chars.next(), chars.next()) {
        (None, _) => Cow::Borrowed(""),
        (Some(first), None) => {
            if is_plain(first) || first == '\t' {
                return Cow::Borrowed(cluster);
            }
            let mut out = String::new();
            push(&mut out, first, true);
            Cow::Owned(out)
        }
        (Some(first), Some(_)) => several(cluster, first),
    }
}

/// The harmless form of a whole line: for messages, titles, file names. Tabs and line ends become blanks.
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let kept: String = text.chars().filter(|&ch| !is_dropped(ch)).collect();
    for piece in kept.graphemes(true) {
        match piece {
            "\t" | "\n" | "\r\n" => out.push(' '),
            other => out.push_str(&cluster(other)),
        }
    }
    out
}

fn several(cluster: &str, first: char) -> Cow<'_, str> {
    let marks = cluster.chars().filter(|&ch| is_mark(ch)).count();
    let count = cluster.chars().count();
    if is_plain(first) && marks <= MARKS && count <= SCALARS && cluster.chars().all(is_joinable) {
        return Cow::Borrowed(cluster);
    }
    let mut out = String::new();
    let (mut kept, mut marks) = (0, 0);
    for ch in cluster.chars() {
        if is_mark(ch) {
            marks += 1;
            if marks > MARKS {
                continue;
            }
        }
        if kept < SCALARS {
            let alone = out.is_empty();
            push(&mut out, ch, alone);
            kept += 1;
        }
    }
    while out.ends_with('\u{200d}') {
        out.pop();
    }
    Cow::Owned(out)
}

/// Adds the visible form of `ch`; `alone` says that nothing stands before it for it to combine with.
fn push(out: &mut String, ch: char, alone: bool) {
    match ch {
        '\0'..='\u{1f}' => out.push(char::from_u32(0x2400 + ch as u32).unwrap_or('␀')),
        '\u{7f}' => out.push('␡'),
        '\u{80}'..='\u{9f}' => {
            let _ = write!(out, "<{:02X}>", ch as u32);
        }
        '\u{61c}' => out.push_str("⟨ALM⟩"),
        '\u{200e}' => out.push_str("⟨LRM⟩"),
        '\u{200f}' => out.push_str("⟨RLM⟩"),
        '\u{202a}'..='\u{202e}' => {
            out.push_str(["⟨LRE⟩", "⟨RLE⟩", "⟨PDF⟩", "⟨LRO⟩", "⟨RLO⟩"][ch as usize - 0x202a]);
        }
        '\u{2066}'..='\u{2069}' => {
            out.push_str(["⟨LRI⟩", "⟨RLI⟩", "⟨FSI⟩", "⟨PDI⟩"][ch as usize - 0x2066]);
        }
        '\u{2028}' | '\u{2029}' => out.push('␤'),
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' => out.push('·'),
        _ if is_dropped(ch) => {}
        _ if is_noncharacter(ch) => out.push('\u{fffd}'),
        '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' if alone => {}
        _ if alone && is_mark(ch) => {
            let carried = String::from_iter(['\u{25cc}', ch]);
            out.push_str(if carried.graphemes(true).count() == 1 { &carried } else { "·" });
        }
        _ => out.push(ch),
    }
}

/// Invisible characters that carry nothing a reader sees: not shown, and no part of anyone's name.
pub const fn is_dropped(ch: char) -> bool {
    matches!(ch,
        '\u{ad}' | '\u{34f}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'
        | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

const fn is_noncharacter(ch: char) -> bool {
    matches!(ch, '\u{fdd0}'..='\u{fdef}') || (ch as u32) & 0xfffe == 0xfffe
}

/// Whether a character shows by itself as it is.
fn is_plain(ch: char) -> bool {
    match ch {
        ' '..='~' | '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{3029}' | '\u{ff01}'..='\u{ff9f}' => true,
        _ => {
            is_joinable(ch)
                && !is_mark(ch)
                && !matches!(ch, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
        }
    }
}

/// Whether a character may stay inside a cluster.
const fn is_joinable(ch: char) -> bool {
    !(ch.is_ascii_control()
        || is_dropped(ch)
        || is_noncharacter(ch)
        || matches!(ch, '\u{80}'..='\u{9f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{3164}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'))
}

/// Whether a character combines with the one before it without taking a cell: the ruler's zero width.
fn is_mark(ch: char) -> bool {
    !ch.is_ascii()
        && !matches!(ch, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
        && super::width::is_zero_width(ch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_characters_become_visible_substitutes() {
        for (raw, shown) in [
            ("a\u{1b}[31mb", "a␛[31mb"),
            ("\0\u{7}\u{7f}", "␀␇␡"),
            ("\u{9b}2J", "<9B>2J"),
            ("a\u{202e}b\u{2067}c", "a⟨RLO⟩b⟨RLI⟩c"),
            ("a\u{200b}b\u{feff}c\u{ad}d\u{e0041}", "abcd"),
            ("a\tb\nc", "a b c"),
            ("\u{301}x", "\u{25cc}\u{301}x"),
            ("\u{ffff}", "\u{fffd}"),
            ("\u{3164}", "·"),
        ] {
            assert_eq!(line(raw), shown, "{raw:?}");
        }
    }

    #[test]
    fn real_scripts_and_emoji_are_kept() {
        for text in ["质量“提升”", "العربية", "e\u{301}", "👨‍👩‍👧", "❤\u{fe0f}", "葛\u{e0100}", "हिन्दी", "ｶﾞ"]
        {
            assert_eq!(line(text), text);
        }
    }

    #[test]
    fn a_stack_of_marks_is_cut_to_four() {
        let stack = format!("a{}", "\u{301}".repeat(20_000));
        assert_eq!(line(&stack).chars().count(), 5);
        let family = "👩\u{200d}".repeat(500);
        assert!(line(&family).chars().count() <= SCALARS);
    }
}
