//! What a reader keeps of a record: bookmarks with names, notes, tags, by post.

use crate::transcript::PostId;
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

    /// The first post behind one that has a mark.
    pub fn after(&self, post: PostId) -> Option<PostId> {
        self.0.range((Bound::Excluded(post), Bound::Unbounded)).next().map(|(&post, _)| post)
    }

    /// The last post before one that has a mark.
    pub fn before(&self, post: PostId) -> Option<PostId> {
        self.0.range(..post).next_back().map(|(&post, _)| post)
    }
}
