//! What a reader keeps of a record: bookmarks with names, notes, tags, by post.

mod check;

pub use check::Check;

use crate::transcript::{PostId, Transcript};
use std::collections::BTreeMap;
use std::ops::Bound;

/// What is kept of a post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// Whether it has a bookmark.
    pub bookmarked: bool,
    /// What the bookmark is called; may be empty.
    pub name: String,
    /// The note; may be empty, and may have lines.
    pub note: String,
    /// The tags, in the order they were given, none twice.
    pub tags: Vec<String>,
}

impl Mark {
    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        !self.bookmarked && self.note.is_empty() && self.tags.is_empty()
    }
}

/// A mark as it is kept: it names its post by number and by a check, since posts may have moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The number of the post, from 1, when it was marked.
    pub number: usize,
    /// What tells the post from others.
    pub check: Check,
    /// What is kept of it.
    pub mark: Mark,
}

impl Entry {
    /// The mark of a post.
    pub fn of(transcript: &Transcript, post: PostId, mark: Mark) -> Self {
        Self { number: post.number(), check: Check::of(transcript, post), mark }
    }

    /// Whether another one is of the same post.
    pub fn is_same(&self, other: &Self) -> bool {
        self.number == other.number && self.check.by == other.check.by && self.check.at == other.check.at
    }

    /// The post it is of, if that is found: right where it was, or elsewhere in a record that was edited.
    pub fn find(&self, transcript: &Transcript, elsewhere: bool) -> Option<PostId> {
        let there = self.check.find_at(self.number, transcript);
        there.or_else(|| self.check.find(self.number, transcript).filter(|_| elsewhere))
    }
}

/// The marks of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks(BTreeMap<PostId, Mark>);

impl Marks {
    /// What is kept of a post.
    pub fn of(&self, post: PostId) -> Option<&Mark> {
        self.0.get(&post)
    }

    /// All of them, in the order of the posts.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (PostId, &Mark)> {
        self.0.iter().map(|(&post, mark)| (post, mark))
    }

    /// How many posts have one.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no post has one.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keeps something of a post; an empty mark is none.
    pub fn set(&mut self, post: PostId, mark: Mark) {
        if mark.is_empty() {
            self.0.remove(&post);
        } else {
            self.0.insert(post, mark);
        }
    }

    /// The mark of an index among all, and its post.
    pub fn nth(&self, index: usize) -> Option<(PostId, &Mark)> {
        self.iter().nth(index)
    }

    /// The first post behind one that has a mark.
    pub fn after(&self, post: PostId) -> Option<PostId> {
        self.0.range((Bound::Excluded(post), Bound::Unbounded)).next().map(|(&post, _)| post)
    }

    /// The last post before one that has a mark.
    pub fn before(&self, post: PostId) -> Option<PostId> {
        self.0.range(..post).next_back().map(|(&post, _)| post)
    }
}
