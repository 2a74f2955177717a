//! The speaker finder: what was typed, and who matches.

use crate::structure::Structure;
use crate::text::pinyin::Query;
use crate::transcript::{SpeakerId, Transcript};

/// What is done with who is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// One goes there.
    Go,
    /// The speaker on the card is the same person.
    Merge,
}

/// Who matches, and who is chosen.
#[derive(Debug, Clone, Default)]
pub struct Finder {
    /// The speakers that match: those whose name does, then those whose title does, each by first appearance.
    pub found: Vec<SpeakerId>,
    /// Index of the chosen one.
    pub chosen: usize,
    query: String,
    speakers: usize,
}

impl Finder {
    /// Looks for a query among bylines, by characters or pinyin.
    pub fn new(query: &str, transcript: &Transcript, structure: &Structure) -> Self {
        Self::among(structure.people(), query.trim(), transcript, structure)
    }

    /// Looks for another query. Whoever matches a longer one has matched what it begins with.
    #[must_use]
    pub fn next(&self, query: &str, transcript: &Transcript, structure: &Structure) -> Self {
        let query = query.trim();
        if !query.starts_with(&self.query) || self.speakers != transcript.speakers().len() {
            return Self::new(query, transcript, structure);
        }
        let mut rest = self.found.clone();
        rest.sort_unstable();
        Self::among(rest.into_iter(), query, transcript, structure)
    }

    fn among(
        ids: impl Iterator<Item = SpeakerId>,
        query: &str,
        transcript: &Transcript,
        structure: &Structure,
    ) -> Self {
        let wanted = Query::new(query);
        let (mut found, mut by_title) = (Vec::new(), Vec::new());
        for id in ids {
            let (label, name) = (&transcript.speaker(id).label, structure.name(transcript, id));
            let in_label = wanted.is_in(label);
            // Most names are a part of the byline: what is not in it is not in them.
            if (in_label || !label.ends_with(name)) && (name == label || wanted.is_in(name)) {
                found.push(id);
            } else if in_label || Self::is_told(&wanted, id, transcript, structure) {
                by_title.push(id);
            }
        }
        found.extend(by_title);
        Self { found, chosen: 0, query: query.to_owned(), speakers: transcript.speakers().len() }
    }

    /// Whether a query is in what is known of somebody beside byline and name.
    fn is_told(wanted: &Query, id: SpeakerId, transcript: &Transcript, structure: &Structure) -> bool {
        let bylines = || structure.other_bylines(id).map(|other| transcript.speaker(other).label.as_str());
        let is_known =
            structure.told(id).is_some() || structure.correction(id).is_some() || bylines().next().is_some();
        is_known
            && (wanted.is_in(structure.title(transcript, id))
                || structure.aliases(transcript, id).iter().any(|alias| wanted.is_in(alias))
                || bylines().any(|label| wanted.is_in(label)))
    }

    /// Moves the choice.
    pub fn choose(&mut self, by: isize) {
        let last = self.found.len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(by).min(last);
    }

    /// Who is chosen.
    pub fn speaker(&self) -> Option<SpeakerId> {
        self.found.get(self.chosen).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{Draft, Post};

    fn record(labels: &[&str]) -> (Transcript, Structure) {
        let mut draft = Draft::default();
        for label in labels {
            let speaker = draft.intern(label);
            draft.push(Post { speaker, ..Post::default() });
        }
        let transcript = Transcript::from(draft.take());
        let structure = Structure::of(&transcript);
        (transcript, structure)
    }

    const LABELS: [&str; 5] = ["主持人", "陆镇图书馆馆长林一", "云江市图书馆馆长陆知远", "Lu Wen", "沈砚秋"];

    #[test]
    fn names_are_found_before_titles() {
        let (transcript, structure) = record(&LABELS);
        for (query, numbers) in
            [("lu", &[3, 4, 2][..]), ("lzy", &[3]), ("", &[1, 2, 3, 4, 5]), ("图书馆", &[2, 3]), ("zz", &[])]
        {
            let finder = Finder::new(query, &transcript, &structure);
            assert_eq!(finder.found.iter().map(|id| id.number()).collect::<Vec<_>>(), numbers, "{query}");
        }
    }

    #[test]
    fn what_is_typed_on_finds_what_it_finds_at_once() {
        let (transcript, structure) = record(&LABELS);
        for query in ["luzhiyuan", "tushuguan", "lin", "LU w", "syq", "图书馆馆长l", "x", "lu wenn"] {
            let mut typed = String::new();
            let mut finder = Finder::new("", &transcript, &structure);
            for ch in query.chars() {
                typed.push(ch);
                finder = finder.next(&typed, &transcript, &structure);
                assert_eq!(finder.found, Finder::new(&typed, &transcript, &structure).found, "{typed}");
            }
            let shorter = finder.next("l", &transcript, &structure);
            assert_eq!(shorter.found, Finder::new("l", &transcript, &structure).found);
        }
    }
}
