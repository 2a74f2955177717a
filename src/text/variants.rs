//! Simplified and traditional forms of Chinese characters.
//!
//! The table is the character dictionary of `OpenCC` (Apache-2.0), both directions together: groups of characters, the
//! simplified one first and then what it is written as in traditional text. A traditional character may be in several groups.

use std::sync::OnceLock;

const TABLE: &str = include_str!("variants.txt");

/// Each character of the table with a group that it is in, in order.
fn groups() -> &'static [(char, &'static str)] {
    static GROUPS: OnceLock<Vec<(char, &str)>> = OnceLock::new();
    GROUPS.get_or_init(|| {
        let groups = TABLE.split_ascii_whitespace();
        let mut all: Vec<_> = groups.flat_map(|group| group.chars().map(move |ch| (ch, group))).collect();
        all.sort_unstable();
        all
    })
}

/// The characters that a character is one with, itself among them: `发` and `髮` are written for `發` in other texts. None of
/// one that has a single form.
pub fn variants(ch: char) -> impl Iterator<Item = char> {
    let groups = if ch < '\u{3400}' { &[][..] } else { groups() };
    let from = groups.partition_point(|(other, _)| *other < ch);
    let own = groups.get(from..).unwrap_or_default().iter().take_while(move |(other, _)| *other == ch);
    own.flat_map(|(_, group)| group.chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_one_with_its_other_forms() {
        for (ch, expected) in [
            ('质', "质質"),
            ('質', "质質"),
            ('發', "发發髮"),
            ('臺', "台檯臺颱"),
            ('量', ""),
            ('a', ""),
            ('著', "着著"),
        ] {
            let sorted = |mut chars: Vec<char>| {
                chars.sort_unstable();
                chars
            };
            assert_eq!(sorted(variants(ch).collect()), sorted(expected.chars().collect()), "{ch}");
        }
    }

    #[test]
    fn each_group_has_a_simplified_form_and_another_one() {
        let groups: Vec<&str> = TABLE.split_ascii_whitespace().collect();
        assert!(groups.len() > 2500 && groups.iter().all(|group| group.chars().count() > 1));
        let mut first: Vec<_> = groups.iter().filter_map(|group| group.chars().next()).collect();
        first.dedup();
        assert_eq!(first.len(), groups.len());
    }
}
