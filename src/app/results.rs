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
    /// The first one in sight, likewise.
    top: Option<(PostId, usize)>,
    /// How many hits are whose, the most first.
    pub counts: Vec<Count>,
    /// Which search they are of, and how many hits.
    counted: (u64, usize),
}

impl Results {
    /// Index of the chosen hit.
    pub fn index(&self, hits: &[Hit]) -> usize {
        place(self.chosen, hits)
    }

    /// Index of the first hit in sight on so many rows.
    pub fn first(&self, hits: &[Hit], rows: usize) -> usize {
        let (chosen, rows) = (self.index(hits), rows.max(1));
        let first = place(self.top, hits).clamp((chosen + 1).saturating_sub(rows), chosen);
        first.min(hits.len().saturating_sub(rows))
    }

    /// Chooses a hit, and brings it in sight on so many rows, away from the edges where there are others.
    pub fn choose(&mut self, hits: &[Hit], index: usize, rows: usize) {
        let index = index.min(hits.len().saturating_sub(1));
        let key = |index: usize| hits.get(index).map(|hit| (hit.post, hit.range.start));
        let apart = rows.saturating_sub(1) / 3;
        let least = (index + 1 + apart).saturating_sub(rows);
        let first = place(self.top, hits).clamp(least, index.saturating_sub(apart).max(least));
        let first = first.min(hits.len().saturating_sub(rows));
        (self.chosen, self.top) = (key(index), key(first));
    }

    /// Forgets what was counted: who is one person is another matter now.
    pub fn forget(&mut self) {
        self.counted = (0, 0);
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

/// The index of a hit among those that are known now.
fn place(hit: Option<(PostId, usize)>, hits: &[Hit]) -> usize {
    let before = |other: &Hit| hit.is_some_and(|hit| (other.post, other.range.start) < hit);
    hits.partition_point(before).min(hits.len().saturating_sub(1))
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
        results.choose(&few, 1, 9);
        assert_eq!(results.index(&few), 1);
        assert_eq!(results.index(&hits(&[(0, 0), (2, 5), (4, 0), (4, 7), (9, 0)])), 3);
        results.choose(&few, 99, 9);
        assert_eq!(results.index(&few), 2);
        assert_eq!(results.index(&few[..1]), 0, "what is no more found is not chosen");
    }

    #[test]
    fn the_list_moves_no_more_than_it_must() {
        let all = hits(&(0..40).map(|post| (post, 0)).collect::<Vec<_>>());
        let mut results = Results::default();
        let mut walked = |indexes: &[usize]| {
            let mut first = |&index: &usize| {
                results.choose(&all, index, 10);
                results.first(&all, 10)
            };
            indexes.iter().map(&mut first).collect::<Vec<_>>()
        };
        assert_eq!(walked(&[0, 5, 6, 7, 8, 6, 5, 4, 3]), [0, 0, 0, 1, 2, 2, 2, 1, 0]);
        assert_eq!(walked(&[39, 38, 33, 32, 0]), [30, 30, 30, 29, 0]);
        assert_eq!(results.first(&all, 100), 0);
        results.choose(&all, 7, 0);
        assert_eq!(results.first(&all, 0), 7, "where there is no room at all");
        results.choose(&all, 20, 10);
        let more = hits(&(0..40).flat_map(|post| [(post, 0), (post, 5)]).collect::<Vec<_>>());
        let row = |hits: &[Hit]| results.index(hits) - results.first(hits, 10);
        assert!(row(&all) < 10 && row(&more) < 10);
    }

    #[test]
    fn hits_are_counted_by_speaker() {
        let text = "2025-01-01 08:00\n甲\n一\n2025-01-01 08:01\n乙\n二\n2025-01-01 08:02\n乙\n三\n";
        let transcript =
            crate::format::read_bytes(text.as_bytes(), crate::format::Forced::default()).unwrap().0;
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
