//! The beginning of a text, as the formats look at it to tell whether it is theirs.

use super::glimpse::{Glimpse, glimpse};
use std::cell::OnceCell;

/// The beginning of a text: up to [`HEAD`](super::HEAD) bytes. It may be cut anywhere.
#[derive(Debug)]
pub struct Head<'a> {
    /// The text, without a byte order mark.
    pub text: &'a str,
    json: OnceCell<Option<Glimpse>>,
}

impl<'a> Head<'a> {
    /// The head of a text.
    pub fn new(text: &'a str) -> Self {
        Self { text: text.trim_start_matches('\u{feff}'), json: OnceCell::new() }
    }

    /// Its lines that are not blank, trimmed; the last one may be cut.
    pub fn lines(&self) -> impl Iterator<Item = &'a str> {
        self.text.split('\n').flat_map(|line| line.split('\r')).map(str::trim).filter(|line| !line.is_empty())
    }

    /// Whether it is what a program has logged: most lines tell how grave they are, which nobody says in a talk.
    pub fn is_log(&self) -> bool {
        let is_level = |word: &str| {
            let word = word.trim_matches(|ch: char| !ch.is_alphanumeric());
            let word = word.rsplit('.').next().unwrap_or_default();
            ["TRACE", "DEBUG", "INFO", "NOTICE", "WARN", "WARNING", "ERROR", "FATAL", "ALPM", "PACMAN"]
                .contains(&word)
        };
        let has_level = |line: &str| line.split_whitespace().take(6).any(is_level);
        let (levels, lines) = self
            .lines()
            .take(40)
            .fold((0, 0), |(levels, lines), line| (levels + usize::from(has_level(line)), lines + 1));
        levels * 2 > lines
    }

    /// What is seen of it as JSON, if it begins like an object or an array of them.
    pub fn json(&self) -> Option<&Glimpse> {
        self.json.get_or_init(|| glimpse(self.text)).as_ref()
    }

    /// Whether it begins like JSON in which all of these paths are seen, such as `messages[].author.name`.
    pub fn has_paths(&self, paths: &[&str]) -> bool {
        self.json().is_some_and(|glimpse| paths.iter().all(|path| glimpse.has(path)))
    }

    /// Whether it begins like XML whose first element has this name, whatever its prefix.
    pub fn is_xml_of(&self, element: &str) -> bool {
        let mut rest = self.text.trim_start();
        while let Some(tag) = rest.strip_prefix('<') {
            if !tag.starts_with(['?', '!']) {
                let name = tag.split(|ch: char| ch.is_whitespace() || matches!(ch, '>' | '/')).next();
                let name = name.unwrap_or_default();
                return name.rsplit(':').next() == Some(element);
            }
            let end = match tag {
                _ if tag.starts_with("!--") => "-->",
                _ if tag.starts_with('?') => "?>",
                // A document type may hold declarations of its own.
                _ if tag.find('[').is_some_and(|open| tag.find('>').is_none_or(|close| open < close)) => "]>",
                _ => ">",
            };
            let Some((_, behind)) = tag.split_once(end) else { return false };
            rest = behind.trim_start();
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_has_logged_is_a_log() {
        for (text, expected) in [
            ("[2024-01-01 12:00:00] local.ERROR: x\n[2024-01-01 12:00:00] INFO: x\n", true),
            ("12:00:00.123 DEBUG foo - bar\n  at line 3\n12:00:01 [main] INFO com.x - y\n", true),
            ("[2024-01-01 12:00] [ALPM] upgraded foo\n", true),
            ("[12:00] <ann> INFO?\n[12:01] <bob> hi\n[12:02] <ann> no\n", false),
            ("", false),
        ] {
            assert_eq!(Head::new(text).is_log(), expected, "{text}");
        }
    }

    #[test]
    fn the_first_element_of_xml_is_found_behind_what_stands_before_it() {
        for (text, expected) in [
            ("<tt>", true),
            ("\u{feff}<?xml version=\"1.0\"?>\n<!-- <div> -->\n<!DOCTYPE tt>\n<x:tt lang=\"zh\">", true),
            ("<?xml-model href=\"a>b\"?><!DOCTYPE tt [<!ENTITY x \"y\">]><tt>", true),
            ("<ttml>", false),
            ("tt", false),
            ("<!-- <tt>", false),
            ("", false),
        ] {
            assert_eq!(Head::new(text).is_xml_of("tt"), expected, "{text}");
        }
    }
}
