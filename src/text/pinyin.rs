//! Finding Chinese names by typing Latin letters: syllables or initials, all readings of a character.

use ib_pinyin::matcher::PinyinMatcher;
use ib_pinyin::pinyin::PinyinNotation;

/// Whether `query` is contained in `text`: literally without regard to case, or as pinyin (`lw`, `linwei`).
pub fn contains(text: &str, query: &str) -> bool {
    let query = query.to_lowercase();
    if query.is_empty() || text.to_lowercase().contains(&query) {
        return true;
    }
    query.is_ascii()
        && PinyinMatcher::builder(query.as_str())
            .pinyin_notations(PinyinNotation::Ascii | PinyinNotation::AsciiFirstLetter)
            .build()
            .is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_characters_syllables_and_initials() {
        for (text, query, found) in [
            ("办公厅主任林伟", "林", true),
            ("办公厅主任林伟", "lw", true),
            ("办公厅主任林伟", "LinWei", true),
            ("单田芳", "stf", true),
            ("重庆", "cq", true),
            ("林伟", "wl", false),
            ("Paul", "au", true),
            ("林伟", "", true),
        ] {
            assert_eq!(contains(text, query), found, "{query} in {text}");
        }
    }
}
