//! The speaker finder: what was typed, and who matches.

use crate::structure::Structure;
use crate::text::pinyin;
use crate::transcript::{SpeakerId, Transcript};

/// Who matches, and who is chosen.
#[derive(Debug, Clone, Default)]
pub struct Finder {
    /// The speakers that match, by first appearance.
    pub found: Vec<SpeakerId>,
    /// Index of the chosen one.
    pub chosen: usize,
}

impl Finder {
    /// Looks for a query among bylines, by characters or pinyin. Names come before titles.
    pub fn new(query: &str, transcript: &Transcript, structure: &Structure) -> Self {
        let query = query.trim();
        let ids = (0..transcript.speakers().len()).map(SpeakerId::new);
        let (mut found, rest): (Vec<_>, Vec<_>) =
            ids.partition(|&id| pinyin::contains(&structure.member(id).name, query));
        found.extend(rest.into_iter().filter(|&id| pinyin::contains(&transcript.speaker(id).label, query)));
        Self { found, chosen: 0 }
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
    use crate::transcript::{Kind, NewPost};

    #[test]
    fn names_are_found_before_titles() {
        let mut transcript = Transcript::default();
        for label in ["主持人", "陆镇图书馆馆长林一", "云江市图书馆馆长陆知远"] {
            let speaker = transcript.intern(label);
            transcript.push(&NewPost {
                start: None,
                end: None,
                speaker,
                kind: Kind::Speech,
                body: 0..0,
                line: None,
            });
        }
        let structure = Structure::of(&transcript);
        for (query, numbers) in
            [("lu", &[3, 2][..]), ("lzy", &[3]), ("", &[1, 2, 3]), ("图书馆", &[2, 3]), ("zz", &[])]
        {
            let finder = Finder::new(query, &transcript, &structure);
            assert_eq!(finder.found.iter().map(|id| id.number()).collect::<Vec<_>>(), numbers, "{query}");
        }
    }
}
