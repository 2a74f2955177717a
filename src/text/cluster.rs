//! Grapheme clusters (UAX #29), bounded so that no cluster costs more than the screen shows of it.

use super::slice::slice;
use super::width::is_zero_width;
use unicode_segmentation::UnicodeSegmentation;

/// Bytes in which a cluster ends at the latest. What would go on is a cluster of its own.
const LONGEST: usize = 64;

/// Characters that are kept of a cluster, at most: what follows is a cluster of its own.
const SCALARS: usize = 14;

/// Combining marks in a row that are kept: of those that fit any letter, and of those that belong to a script.
const MARKS: (usize, usize) = (4, 8);

/// Reads a cluster and says what of it is kept: all but the higher part of a stack of marks.
#[derive(Debug, Default)]
pub struct Stack {
    marks: usize,
}

impl Stack {
    /// Whether the next character is kept.
    pub fn takes(&mut self, ch: char) -> bool {
        if !is_mark(ch) {
            self.marks = 0;
            return true;
        }
        self.marks += 1;
        self.marks <= if is_common_mark(ch) { MARKS.0 } else { MARKS.1 }
    }
}

/// Whether a character combines with the one before it without taking a cell: the ruler's zero width.
pub fn is_mark(ch: char) -> bool {
    !ch.is_ascii() && !is_selector(ch) && is_zero_width(ch)
}

/// Marks of no script of their own (the blocks of Combining Diacritical Marks), which stack upon any letter.
const fn is_common_mark(ch: char) -> bool {
    matches!(ch, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}')
}

/// Joiners and variation selectors: they say how other characters are drawn.
pub const fn is_selector(ch: char) -> bool {
    matches!(ch, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The first cluster of a text, and whether it is a single [`is_simple`] character.
pub fn first(text: &str) -> Option<(&str, bool)> {
    let mut chars = text.chars();
    let ch = chars.next()?;
    if is_simple(ch) && ends_alone(chars.as_str()) {
        return Some((slice(text, 0..ch.len_utf8()), true));
    }
    Some((compound(text)?, false))
}

/// The first cluster of a text by the standard, as far as its bound.
#[inline(never)]
fn compound(text: &str) -> Option<&str> {
    let cluster = slice(text, 0..bound(text)).graphemes(true).next()?;
    let mut stack = Stack::default();
    let cut = cluster.char_indices().filter(|&(_, ch)| stack.takes(ch)).nth(SCALARS);
    Some(cut.map_or(cluster, |(cut, _)| slice(cluster, 0..cut)))
}

/// Whether nothing at the beginning of a text combines with a simple character before it.
#[inline]
pub fn ends_alone(text: &str) -> bool {
    match text.as_bytes().first() {
        // ASCII, and ideographs from U+4000 to U+9FFF.
        None | Some(0..=0x7f | 0xe4..=0xe9) => true,
        Some(_) => text.chars().next().is_some_and(is_simple),
    }
}

/// The clusters of a text.
pub fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (cluster, _) = first(slice(text, at..text.len()))?;
        at += cluster.len();
        Some(cluster)
    })
}

fn bound(text: &str) -> usize {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

/// Characters that are harmless as they are and combine with none of their own kind: `Grapheme_Cluster_Break` is
/// Other, and they are neither pictographs nor Indic consonants. Most of what is written, not all of it.
#[inline]
pub const fn is_simple(ch: char) -> bool {
    matches!(ch, ' '..='~' | '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{3029}' | '\u{ff01}'..='\u{ff9d}')
        || is_simple_elsewhere(ch)
}

const fn is_simple_elsewhere(ch: char) -> bool {
    match ch {
        '\u{a9}' | '\u{ad}' | '\u{ae}' | '\u{203c}' => false,
        '\u{a0}'..='\u{2ff}'
        | '\u{370}'..='\u{377}'
        | '\u{391}'..='\u{3a1}'
        | '\u{3a3}'..='\u{482}'
        | '\u{48a}'..='\u{52f}'
        | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{2048}'
        | '\u{2460}'..='\u{24c1}'
        | '\u{2500}'..='\u{257f}'
        | '\u{3041}'..='\u{3096}'
        | '\u{309b}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_are_those_of_the_standard() {
        let text = "质量e\u{301}质\u{301}“a”，。\u{3000}ｶﾞ👨‍👩‍👧x\u{fe0f}字\u{e0100}a\u{200d}b🇨🇳🇯🇵가\r\n";
        assert!(clusters(text).eq(text.graphemes(true)));
    }

    #[test]
    fn a_cluster_has_a_bound() {
        let marks = format!("a{}b", "\u{301}".repeat(1_000_000));
        let lengths: Vec<_> = clusters(&marks).map(str::len).collect();
        assert!(lengths.iter().all(|&length| length <= LONGEST));
        assert_eq!(lengths.iter().sum::<usize>(), marks.len());
        let family = "👩\u{200d}".repeat(1000);
        assert!(clusters(&family).all(|cluster| cluster.chars().count() <= SCALARS));
        assert_eq!(clusters(&family).collect::<String>(), family);
    }
}
