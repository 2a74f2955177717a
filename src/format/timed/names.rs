//! What looks like the name of a speaker at the beginning of a line.

use super::sound;

/// The longest name, in characters.
const LONGEST: usize = 40;

/// The longest name in Han characters.
const LONGEST_HAN: usize = 11;

/// Words before a colon that name nobody.
const NOBODY: [&str; 24] = [
    "注意",
    "例如",
    "比如",
    "提示",
    "警告",
    "其中",
    "备注",
    "来源",
    "时间",
    "地点",
    "字幕",
    "翻译",
    "校对",
    "Note",
    "Warning",
    "Example",
    "Remember",
    "Listen",
    "Look",
    "Look here",
    "Http",
    "Https",
    "Subtitles",
    "Translation",
];

/// A name at the beginning of a line, and the words behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prefix<'a> {
    /// The name.
    pub name: &'a str,
    /// The words.
    pub words: &'a str,
}

/// The name that a line begins with, if it looks like one.
pub fn prefix(line: &str) -> Option<Prefix<'_>> {
    let line = line.lines().next()?.trim_start();
    let line = line.trim_start_matches(['>', '-', '–', '—']).trim_start();
    if let Some((name, words)) = sound::bracketed(line).filter(|_| line.starts_with(['[', '【', '［'])) {
        let words = words.trim_start().trim_start_matches([':', '：']).trim_start();
        let is_name = !words.is_empty() && is_name(name) && !sound::is_heard(name);
        return is_name.then_some(Prefix { name: name.trim(), words });
    }
    let (at, colon) = line.char_indices().take(LONGEST + 2).find(|(_, ch)| matches!(ch, ':' | '：'))?;
    let (name, rest) = line.split_at(at);
    let words = rest.strip_prefix(colon)?;
    // Behind a colon of the Latin script comes a blank, or another script.
    let ends_well =
        colon == '：' || words.is_empty() || words.starts_with(|ch: char| ch == ' ' || !ch.is_ascii());
    // `作词 : 某` is a table of words, no speech.
    let is_close = !name.ends_with(' ');
    (ends_well && is_close && is_name(name)).then_some(Prefix { name, words: words.trim_start() })
}

fn is_name(name: &str) -> bool {
    let name = name.trim();
    let count = name.chars().count();
    if count == 0 || count > LONGEST || NOBODY.iter().any(|nobody| nobody.eq_ignore_ascii_case(name)) {
        return false;
    }
    let is_mark = |ch: char| {
        matches!(ch, '.' | '\'' | '’' | '-' | '·' | '・' | '•' | '#' | '_' | '&' | '(' | ')' | '/')
    };
    if !name.chars().all(|ch| ch.is_alphanumeric() || ch == ' ' || ch == ',' || is_mark(ch)) {
        return false;
    }
    let is_han = |ch: char| !ch.is_ascii() && ch.is_alphabetic() && !ch.is_lowercase() && !ch.is_uppercase();
    if name.contains(is_han) {
        return count <= LONGEST_HAN || name.contains(|ch: char| ch.is_ascii_alphabetic());
    }
    let mut words = name.split([' ', ',']).filter(|word| !word.is_empty());
    let starts = |word: &str| word.starts_with(|ch: char| !ch.is_lowercase());
    let is_part = |word: &str| {
        starts(word)
            || matches!(
                word,
                "de" | "van" | "von" | "der" | "den" | "of" | "the" | "and" | "al" | "bin" | "la" | "di"
            )
    };
    let first = words.next().unwrap_or_default();
    let is_speaker = first.starts_with("speaker") || first.starts_with("spk");
    (is_speaker || first.starts_with(char::is_uppercase)) && words.clone().all(is_part) && words.count() < 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_other_words_before_a_colon() {
        for (line, expected) in [
            ("Anna: Hi.", Some(("Anna", "Hi."))),
            ("Dr. Ann van Lee: Hi: ho", Some(("Dr. Ann van Lee", "Hi: ho"))),
            ("SPEAKER_00: x", Some(("SPEAKER_00", "x"))),
            ("speaker 1: x", Some(("speaker 1", "x"))),
            (">> MAN #2: x", Some(("MAN #2", "x"))),
            ("- 林：早", Some(("林", "早"))),
            ("主持人:早", Some(("主持人", "早"))),
            ("[Anna] Hi", Some(("Anna", "Hi"))),
            ("【旁白】很久以前", Some(("旁白", "很久以前"))),
            ("MAN:", Some(("MAN", ""))),
            ("[LAUGHS] Hi", None),
            ("[music]", None),
            ("注意：风大", None),
            ("作词 : 某", None),
            ("It is 10:30", None),
            ("https://x", None),
            ("Then he said: no", None),
            ("他看着窗外的雨慢慢地说道：走吧", None),
            ("Yes! Well: no", None),
            (": x", None),
            ("", None),
        ] {
            let found = prefix(line).map(|found| (found.name, found.words));
            assert_eq!(found, expected, "{line}");
        }
    }
}
