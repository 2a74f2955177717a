//! The list of hits: which one is chosen, and how many are whose.

use crate::query::Hit;
use crate::structure::Structure;
use crate::transcript::{PostId, SpeakerId, Transcript};
use hashbrown::HashMap;
use ratatui::layout::Rect;
use std::cmp::Reverse;

/// How many hits a speaker has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Who.
    pub speaker: SpeakerId,
    /// How many hits.
    pub hits: usize,
    /// In how many posts.
    pub posts: usize,
}

/// Where the list stands on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// The box.
    pub area: Rect,
    /// The rows of hits in it.
    pub rows: Rect,
    /// Index of the first hit in sight.
    pub first: usize,
}

/// The list.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// The hit that is chosen: its post, and its first byte there. Its index grows with what is found before it.
    chosen: Option<(PostId, usize)>,
    /// How many hits are whose, the most first.
    pub counts: Vec<Count>,
    /// Which search they are of, how many hits, and of how many.
    counted: (u64, usize),
}

impl Results {
    /// Index of the chosen hit.
    pub fn index(&self, hits: &[Hit]) -> usize {
        let before = |hit: &Hit| self.chosen.is_some_and(|chosen| (hit.post, hit.range.start) < chosen);
        hits.partition_point(before).min(hits.len().saturating_sub(1))
    }

    /// Chooses a hit.
    pub fn choose(&mut self, hits: &[Hit], index: usize) {
        let index = index.min(hits.len().saturating_sub(1));
        self.chosen = hits.get(index).map(|hit| (hit.post, hit.range.start));
    }

    /// Counts the hits of a search by speaker, unless they are counted.
    pub fn count(&mut self, search: u64, hits: &[Hit], (transcript, structure): (&Transcript, &Structure)) {
        if self.counted == (search, hits.len()) {
            return;
        }
        self.counted = (search, hits.len());
        let mut places = HashMap::new();
        self.counts.clear();
        for own in hits.chunk_by(|a, b| a.post == b.post) {
            let speaker = structure.author(transcript, own[0].post);
            let place = *places.entry(speaker).or_insert(self.counts.len());
            if place == self.counts.len() {
                self.counts.push(Count { speaker, hits: 0, posts: 0 });
            }
            self.counts[place].hits += own.len();
            self.counts[place].posts += 1;
        }
        self.counts.sort_by_key(|count| Reverse(count.hits));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(places: &[(usize, usize)]) -> Vec<Hit> {
        places.iter().map(|&(post, at)| Hit { post: PostId::new(post), range: at..at + 1 }).collect()
    }

    #[test]
    fn the_chosen_hit_stays_chosen_while_others_are_found() {
        let mut results = Results::default();
        assert_eq!(results.index(&[]), 0);
        let few = hits(&[(4, 0), (4, 7), (9, 0)]);
        assert_eq!(results.index(&few), 0);
        results.choose(&few, 1);
        assert_eq!(results.index(&few), 1);
        assert_eq!(results.index(&hits(&[(0, 0), (2, 5), (4, 0), (4, 7), (9, 0)])), 3);
        results.choose(&few, 99);
        assert_eq!(results.index(&few), 2);
        assert_eq!(results.index(&few[..1]), 0, "what is no more found is not chosen");
    }

    #[test]
    fn hits_are_counted_by_speaker() {
        let text = "2025-01-01 08:00\n甲\n一\n2025-01-01 08:01\n乙\n二\n2025-01-01 08:02\n乙\n三\n";
        let transcript = crate::format::read_bytes(text.as_bytes(), Default::default()).unwrap().0;
        let structure = Structure::of(&transcript);
        let mut results = Results::default();
        results.count(1, &hits(&[(0, 0), (1, 0), (1, 1), (2, 0)]), (&transcript, &structure));
        let told: Vec<_> =
            results.counts.iter().map(|count| (count.speaker.number(), count.hits, count.posts)).collect();
        assert_eq!(told, [(2, 3, 2), (1, 1, 1)]);
        results.count(2, &[], (&transcript, &structure));
        assert_eq!(results.counts, []);
    }
}
