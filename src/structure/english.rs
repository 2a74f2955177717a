//! English bylines: which words are names, which say what someone is.

use crate::text::count::is_han;
use crate::text::slice;
use std::ops::Range;

/// Words that say what someone is, or what an organisation is.
const TITLES: [&str; 112] = [
    "academy",
    "advisor",
    "agency",
    "ambassador",
    "analyst",
    "anchor",
    "architect",
    "artist",
    "assistant",
    "association",
    "attorney",
    "author",
    "bank",
    "captain",
    "caretaker",
    "center",
    "centre",
    "ceo",
    "cfo",
    "chair",
    "chairman",
    "chairwoman",
    "chief",
    "clerk",
    "coach",
    "college",
    "commissioner",
    "committee",
    "company",
    "consultant",
    "coordinator",
    "corp",
    "correspondent",
    "council",
    "councillor",
    "cto",
    "curator",
    "dean",
    "department",
    "deputy",
    "designer",
    "developer",
    "director",
    "doctor",
    "driver",
    "economist",
    "editor",
    "engineer",
    "executive",
    "fellow",
    "foundation",
    "founder",
    "governor",
    "group",
    "guest",
    "head",
    "historian",
    "hospital",
    "host",
    "inc",
    "inspector",
    "institute",
    "interviewer",
    "investor",
    "journalist",
    "judge",
    "justice",
    "lawyer",
    "leader",
    "lecturer",
    "librarian",
    "library",
    "ltd",
    "manager",
    "mayor",
    "md",
    "member",
    "minister",
    "ministry",
    "moderator",
    "museum",
    "nurse",
    "officer",
    "owner",
    "panelist",
    "partner",
    "phd",
    "physician",
    "pilot",
    "president",
    "principal",
    "producer",
    "professor",
    "reporter",
    "representative",
    "researcher",
    "school",
    "scientist",
    "secretary",
    "senator",
    "society",
    "speaker",
    "specialist",
    "spokesperson",
    "student",
    "surgeon",
    "teacher",
    "university",
    "user",
    "vet",
    "volunteer",
    "writer",
];

/// Words before a title that belong to it.
const BEFORE: [&str; 8] = ["acting", "assistant", "associate", "deputy", "general", "senior", "the", "vice"];

/// Forms of address before a name.
const ADDRESS: [&str; 9] = ["dr", "hon", "miss", "mr", "mrs", "ms", "prof", "rev", "sir"];

/// Words in the middle of a name that need no capital.
const PARTICLES: [&str; 14] =
    ["al", "bin", "da", "de", "del", "den", "der", "di", "du", "el", "la", "le", "van", "von"];

/// Name and title of an English byline, where both are certain.
pub fn split(label: &str) -> Option<(Range<usize>, Range<usize>)> {
    let is_english = label.contains(' ') && label.starts_with(char::is_alphabetic) && !label.contains(is_han);
    if is_english { listed(label).or_else(|| led(label)) } else { None }
}

/// Ann Smith, Director, Oakfield Library; Ann Smith - Director
fn listed(label: &str) -> Option<(Range<usize>, Range<usize>)> {
    let parts = [", ", " - ", " – ", " — ", " | "];
    let (at, size) = parts.iter().filter_map(|part| Some((label.find(part)?, part.len()))).min()?;
    let start = at - addressed(slice(label, 0..at)).len();
    let is_certain = is_name(slice(label, start..at)) && says_title(slice(label, at + size..label.len()));
    is_certain.then_some((start..at, at + size..label.len()))
}

/// Dr. Ann Lee; Professor Ann Lee
fn led(label: &str) -> Option<(Range<usize>, Range<usize>)> {
    let name = addressed(label).trim_start_matches(|ch: char| ch == ':' || ch.is_whitespace());
    let start = label.len() - name.len();
    let is_certain = start > 0 && is_name(name);
    let title = slice(label, 0..start).trim_end_matches(|ch: char| ch == ':' || ch.is_whitespace());
    is_certain.then_some((start..label.len(), 0..title.len()))
}

/// What is left of a text behind forms of address and titles.
fn addressed(text: &str) -> &str {
    let (mut rest, mut behind) = (text, text);
    while let Some((word, next)) = rest.split_once(' ') {
        let word = word.trim_end_matches(['.', ':']);
        if is_among(word, &ADDRESS) || is_among(word, &TITLES) {
            behind = next;
        } else if !is_among(word, &BEFORE) {
            break;
        }
        rest = next;
    }
    behind
}

/// Two to five words with capitals, none of which is a title.
pub fn is_name(text: &str) -> bool {
    (2..=5).contains(&text.split(' ').count())
        && !says_title(text)
        && text.split(' ').all(|word| is_capital(word) || is_among(word, &PARTICLES))
        && text.chars().any(char::is_lowercase)
}

/// A word of two letters and more that begins with no small letter.
pub fn is_capital(word: &str) -> bool {
    let is_initial = word.len() == 2 && word.ends_with('.');
    let inner = |ch: char| ch.is_alphabetic() || matches!(ch, '.' | '-' | '\'' | '’');
    word.starts_with(|ch: char| ch.is_alphabetic() && !ch.is_lowercase())
        && word.chars().all(inner)
        && (is_initial
            || word.chars().nth(1).is_some()
            || word.starts_with(|ch: char| ch.is_ascii_uppercase()))
}

/// Whether one of the words of a text is a title or an organisation.
pub fn says_title(text: &str) -> bool {
    text.split(|ch: char| !ch.is_ascii_alphabetic()).any(|word| is_among(word, &TITLES))
}

/// Whether a word is in a sorted table, in whatever letters.
fn is_among(word: &str, table: &[&str]) -> bool {
    table
        .binary_search_by(|entry| entry.bytes().cmp(word.bytes().map(|byte| byte.to_ascii_lowercase())))
        .is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(TITLES.is_sorted() && BEFORE.is_sorted() && ADDRESS.is_sorted() && PARTICLES.is_sorted());
    }

    #[test]
    fn names_have_capitals_and_no_titles_in_them() {
        for name in ["Ann Lee", "J. R. Hill", "Juan de la Cruz", "Mary-Jane O'Neil", "Élodie Brun"] {
            assert!(is_name(name), "{name}");
        }
        for other in
            ["Ann", "ann lee", "Director Lee", "ANN LEE", "Ann  Lee", "Lee 2", "Oakfield College", ""]
        {
            assert!(!is_name(other), "{other}");
        }
    }
}
