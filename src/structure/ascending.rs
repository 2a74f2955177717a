//! Posts in file order, packed: where turns, gaps and exchanges begin.

use crate::transcript::{Packed, PostId};

/// The column. Each post that is added is behind those before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ascending {
    column: Packed,
}

impl Ascending {
    pub fn len(&self) -> usize {
        self.column.len()
    }

    pub fn push(&mut self, id: PostId) {
        self.column.push(id.index() as u64);
    }

    /// The one at `index`.
    pub fn get(&self, index: usize) -> Option<PostId> {
        (index < self.len()).then(|| PostId::new(self.column.get(index) as usize))
    }

    /// How many there are up to a post, itself included.
    pub fn upto(&self, id: PostId) -> usize {
        self.column.partition_point(|place| place <= id.index() as u64)
    }

    /// The index of a post that is one of them.
    pub fn index_of(&self, id: PostId) -> Option<usize> {
        self.upto(id).checked_sub(1).filter(|&index| self.get(index) == Some(id))
    }

    /// The first behind a post.
    pub fn next(&self, from: PostId) -> Option<PostId> {
        self.get(self.upto(from))
    }

    /// The last before a post.
    pub fn previous(&self, from: PostId) -> Option<PostId> {
        let before = self.column.partition_point(|place| place < from.index() as u64);
        self.get(before.checked_sub(1)?)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = PostId> {
        self.column.from(0).map(|place| PostId::new(place as usize))
    }

    /// Bytes that are held.
    pub fn size(&self) -> usize {
        self.column.size()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_found_as_in_a_list() {
        for count in [0, 1, 63, 64, 65, 200] {
            let list: Vec<usize> = (0..count).map(|index| index * 3 + index % 2).collect();
            let mut places = Ascending::default();
            for &place in &list {
                places.push(PostId::new(place));
            }
            assert!(places.iter().map(PostId::index).eq(list.iter().copied()));
            for at in 0..count * 3 + 3 {
                let id = PostId::new(at);
                assert_eq!(places.upto(id), list.partition_point(|&place| place <= at));
                assert_eq!(places.index_of(id), list.binary_search(&at).ok());
                let (next, previous) = (places.next(id), places.previous(id));
                assert_eq!(next.map(PostId::index), list.iter().copied().find(|&place| place > at));
                assert_eq!(previous.map(PostId::index), list.iter().copied().rfind(|&place| place < at));
            }
        }
    }
}
