//! What is looked for beside the search itself: the list of its hits, and the filters.

use super::filters::Filters;
use super::results::Results;
use crate::query::Ways;

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    /// The list of hits.
    pub results: Results,
    /// Which posts are shown.
    pub filters: Filters,
    /// How words are looked for.
    pub ways: Ways,
    /// For whom a part of the source is being looked through, and whose turn is next.
    pub scanning: Option<u64>,
    /// The search is 0, then come the filters.
    pub turn: usize,
}
