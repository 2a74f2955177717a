//! What the reader keeps of a record, and takes away from it.

use super::takeaway::Takeaway;
use crate::marks::Marks;

/// What is kept, and how it is shown and taken away.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// Bookmarks, notes and tags.
    pub marks: Marks,
    /// Index of the chosen mark in their list.
    pub chosen: usize,
    /// What is taken away.
    pub takeaway: Takeaway,
}
