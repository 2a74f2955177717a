//! What may reach a terminal: every cluster of untrusted text passes through here.
//!
//! Controls, escape sequences, bidi overrides, invisible characters and stacks of marks become visible
//! substitutes (see the terminal incidents around CVE-2022-46663, CVE-2021-42574 and CVE-2003-0063). Real
//! Arabic, Hebrew, emoji and accents are kept.

use super::cluster::{Stack, clusters, is_mark, is_selector, is_simple};
use std::borrow::Cow;
use std::fmt;
use unicode_segmentation::UnicodeSegmentation;

/// Text that may reach a terminal: only this module makes it, out of any text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown<'a> {
    text: Cow<'a, str>,
    substitute: bool,
}

impl<'a> Shown<'a> {
    /// The harmless form of a line: for messages, titles, file names. Tabs and line ends become blanks.
    pub fn of(text: &'a str) -> Self {
        if text.chars().all(is_simple) {
            return Self::as_it_is(text);
        }
        let kept: String = text.chars().filter(|&ch| !is_invisible(ch)).collect();
        let mut out = String::with_capacity(text.len());
        for piece in clusters(&kept) {
            match piece {
                "\t" | "\n" | "\r\n" => out.push(' '),
                other => out.push_str(Shown::cluster(other, false).as_str()),
            }
        }
        Self { text: Cow::Owned(out), substitute: false }
    }

    /// The harmless form of one grapheme cluster; empty where it shows as nothing, unless what is invisible is to
    /// be revealed. A tab is none of its own: the ruler turns it into blanks, since only it knows the column.
    pub fn cluster(cluster: &'a str, reveal: bool) -> Self {
        let mut chars = cluster.chars();
        match (chars.next(), chars.next()) {
            (Some(first), None) if is_plain(first) => Self::as_it_is(cluster),
            (Some(first), Some(_)) if is_plain(first) && is_modest(cluster) => Self::as_it_is(cluster),
            _ => Self::substitute(cluster, reveal),
        }
    }

    /// Blanks.
    pub fn blanks(count: usize) -> Self {
        const BLANKS: &str = "                ";
        Self::as_it_is(BLANKS.get(..count).unwrap_or(BLANKS))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it stands for something that must not be shown as it is.
    pub const fn is_substitute(&self) -> bool {
        self.substitute
    }

    /// Text of characters that are known to be harmless as they are.
    pub(super) const fn as_it_is(text: &'a str) -> Self {
        Self { text: Cow::Borrowed(text), substitute: false }
    }

    fn substitute(cluster: &str, reveal: bool) -> Self {
        let mut out = String::new();
        let (mut substitute, mut stack) = (false, Stack::default());
        for ch in cluster.chars().filter(|&ch| stack.takes(ch)) {
            if reveal && is_invisible(ch) {
                out.push('·');
                substitute = true;
            } else {
                substitute |= push(&mut out, ch);
            }
        }
        while out.ends_with('\u{200d}') {
            out.pop();
        }
        Self { text: Cow::Owned(out), substitute }
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Whether a cluster of several characters is harmless as it is.
fn is_modest(cluster: &str) -> bool {
    let mut stack = Stack::default();
    cluster.chars().all(|ch| is_joinable(ch) && stack.takes(ch)) && !cluster.ends_with('\u{200d}')
}

/// Adds the visible form of a character, which combines with what is there; says whether it is a substitute.
fn push(out: &mut String, ch: char) -> bool {
    use fmt::Write as _;
    let alone = out.is_empty();
    let before = out.len();
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
        _ if is_invisible(ch) => {}
        _ if is_noncharacter(ch) => out.push('\u{fffd}'),
        _ if alone && is_selector(ch) => {}
        // A vowel or a final of Hangul that no syllable carries.
        _ if (alone || out.ends_with('·')) && is_mark(ch) && !combines(ch) => out.push('·'),
        _ if alone && is_mark(ch) => out.extend(['\u{25cc}', ch]),
        _ => {
            out.push(ch);
            return false;
        }
    }
    out.len() > before
}

/// Whether a mark combines with what is no letter of its script.
fn combines(ch: char) -> bool {
    String::from_iter(['\u{25cc}', ch]).graphemes(true).count() == 1
}

/// Invisible characters that carry nothing a reader sees: not shown, and no part of anyone's name.
pub const fn is_invisible(ch: char) -> bool {
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
    is_simple(ch) || is_joinable(ch) && !is_mark(ch) && !is_selector(ch)
}

/// Whether a character may stay inside a cluster.
const fn is_joinable(ch: char) -> bool {
    !(ch.is_ascii_control()
        || is_invisible(ch)
        || is_noncharacter(ch)
        || matches!(ch, '\u{80}'..='\u{9f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{3164}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'))
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
            assert_eq!(Shown::of(raw).as_str(), shown, "{raw:?}");
        }
    }

    #[test]
    fn real_scripts_and_emoji_are_kept() {
        for text in ["质量“提升”", "العربية", "e\u{301}", "👨‍👩‍👧", "❤\u{fe0f}", "葛\u{e0100}", "हिन्दी", "ｶﾞ"]
        {
            assert_eq!(Shown::of(text).as_str(), text);
        }
    }

    #[test]
    fn a_stack_of_marks_is_cut_and_nothing_else_is() {
        let shown =
            |text: &str| clusters(text).map(|piece| Shown::cluster(piece, false).to_string()).collect();
        let stack = format!("a{}", "\u{301}".repeat(400));
        assert_eq!(
            clusters(&stack)
                .map(|piece| Shown::cluster(piece, false).to_string())
                .next()
                .unwrap()
                .chars()
                .count(),
            5
        );
        for text in [
            "कार्त्स्न्येन",
            "שָׁ\u{596}\u{5bd}",
            "\u{915}\u{94d}".repeat(60).as_str(),
            "ᄀ".repeat(60).as_str(),
            format!("{}👩", "👩\u{200d}".repeat(13)).as_str(),
        ] {
            let shown: String = shown(text);
            let kept = |text: &str| text.chars().filter(|&ch| ch != '\u{200d}').collect::<String>();
            assert_eq!(kept(&shown), kept(text));
        }
    }
}
