//! What stands beside the text: where in the record its rows are, hits, and what is marked.

use crate::marks::Marks;
use crate::query::Hit;
use crate::transcript::{PostId, Transcript};
use std::ops::Range;

/// Hits and marks by rows of a column that stands for all that is revealed, by its bytes. Hits are kept until they change.
#[derive(Debug, Clone, Default)]
pub struct Scrollbar {
    basis: (u64, usize, usize, usize),
    /// The bytes that it stands for.
    span: Range<usize>,
    /// For each row, the first hit there, by index; empty where there is nothing to show.
    pub hits: Vec<Option<usize>>,
    /// For each row, the first post there that is marked.
    pub marks: Vec<Option<PostId>>,
}

impl Scrollbar {
    /// Brings it up to date for the hits of a search and the marks in the first `posts` posts, on `rows` rows.
    pub fn update(
        &mut self,
        (search, hits): (u64, &[Hit]),
        marks: &Marks,
        (transcript, posts): (&Transcript, usize),
        rows: usize,
    ) {
        let marked = || marks.iter().map(|(post, _)| post).take_while(|post| post.index() < posts);
        let rows = if hits.is_empty() && marked().next().is_none() { 0 } else { rows };
        self.update_hits((search, hits), (transcript, posts), rows);
        self.marks.clear();
        self.marks.resize(rows, None);
        for post in marked() {
            let row = self.row(transcript.body_range(post).start);
            if let Some(first) = self.marks.get_mut(row) {
                first.get_or_insert(post);
            }
        }
    }

    fn update_hits(
        &mut self,
        (search, hits): (u64, &[Hit]),
        (transcript, posts): (&Transcript, usize),
        rows: usize,
    ) {
        let basis = (search, hits.len(), posts, rows);
        if self.basis == basis && self.span.end == end(transcript, posts) {
            return;
        }
        self.basis = basis;
        let first = if posts > 0 { transcript.body_range(PostId::new(0)).start } else { 0 };
        self.span = first..end(transcript, posts);
        self.hits = vec![None; rows];
        for (index, hit) in hits.iter().enumerate().rev() {
            let row = self.row(transcript.body_range(hit.post).start + hit.range.start);
            if let Some(first) = self.hits.get_mut(row) {
                *first = Some(index);
            }
        }
    }

    /// Whether there is something to show.
    pub fn is_empty(&self) -> bool {
        self.hits.is_empty()
    }

    /// The row of a byte of the source.
    pub fn row(&self, byte: usize) -> usize {
        let rows = self.hits.len();
        let bytes = self.span.len().max(1) as u128;
        let row = byte.saturating_sub(self.span.start) as u128 * rows as u128 / bytes;
        (row as usize).min(rows.saturating_sub(1))
    }

    /// The first byte of a row.
    pub fn byte(&self, row: usize) -> usize {
        let rows = self.hits.len().max(1) as u128;
        self.span.start + (self.span.len() as u128 * row as u128).div_ceil(rows) as usize
    }
}

/// Where the first posts end.
fn end(transcript: &Transcript, posts: usize) -> usize {
    posts.checked_sub(1).map_or(0, |last| transcript.body_range(PostId::new(last)).end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marks::Mark;

    #[test]
    fn each_row_stands_for_as_much_of_the_record() {
        let text = "2025-01-01 08:00\n甲\n一一一一一一一一\n2025-01-01 08:01\n乙\n二二二二二二二二\n";
        let transcript =
            crate::format::read_bytes(text.as_bytes(), crate::format::Forced::default()).unwrap().0;
        let hit = |post: usize, at: usize| Hit { post: PostId::new(post), range: at..at + 3 };
        let hits = [hit(0, 0), hit(0, 3), hit(1, 21)];
        let mut bar = Scrollbar::default();
        assert!(bar.is_empty());
        bar.update((1, &hits), &Marks::default(), (&transcript, 2), 10);
        assert_eq!((bar.hits[0], bar.hits[9]), (Some(0), Some(2)));
        assert_eq!(bar.hits.iter().flatten().count(), 2);
        for row in 0..10 {
            assert_eq!(bar.row(bar.byte(row)), row);
        }
        assert_eq!((bar.row(0), bar.row(usize::MAX)), (0, 9));
        bar.update((2, &[]), &Marks::default(), (&transcript, 2), 10);
        assert!(bar.is_empty());
        let mut marks = Marks::default();
        marks.set(PostId::new(1), Mark { bookmarked: true, ..Mark::default() });
        bar.update((2, &[]), &marks, (&transcript, 2), 10);
        let row = bar.row(transcript.body_range(PostId::new(1)).start);
        assert_eq!((bar.marks.len(), bar.hits.len()), (10, 10));
        assert_eq!(bar.marks.iter().position(|mark| *mark == Some(PostId::new(1))), Some(row));
        bar.update((2, &[]), &marks, (&transcript, 1), 10);
        assert!(bar.is_empty(), "what is not revealed is not told");
    }
}
