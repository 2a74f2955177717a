//! What is looked for beside the search itself: how, in which words before, the list of its hits, and the filters.

use super::filters::Filters;
use super::history::History;
use super::reader::Reader;
use super::results::Results;
use super::scrollbar::Scrollbar;
use crate::config::Settings;
use crate::query::{Search, Ways};
use crate::transcript::PostId;
use std::ops::Range;

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    /// The list of hits.
    pub results: Results,
    /// Which posts are shown.
    pub filters: Filters,
    /// How words are looked for.
    pub ways: Ways,
    /// What was typed before.
    pub history: History,
    /// Hits and marks beside the text.
    pub scrollbar: Scrollbar,
    /// For whom a part of the source is being looked through, and whose turn is next.
    pub scanning: Option<u64>,
    /// The search is 0, then come the filters.
    pub turn: usize,
    /// How many searches there were: a number tells each from the others.
    pub(super) searches: u64,
    /// Where one read when the prompt of the search was opened.
    pub(super) before_search: Option<Reader>,
    /// The search that the prompt was opened over; it comes back when what is typed is given up.
    pub(super) earlier: Option<Search>,
    /// The word that was searched last by its key.
    pub(super) word: Option<Word>,
    /// Where the text was clicked on last: the post, and the byte of its body.
    pub(super) clicked: Option<(PostId, usize)>,
}

impl Sought {
    /// As it is set at the start.
    pub fn of(settings: &Settings) -> Self {
        let ways = Ways {
            regex: settings.regex,
            folding: settings.folding,
            pinyin: settings.pinyin,
            ..Ways::default()
        };
        let filters = Filters { context: settings.filter_context, ..Filters::default() };
        Self { filters, ways, ..Self::default() }
    }
}

/// A word of a post that is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The post.
    pub post: PostId,
    /// Its bytes in the body.
    pub range: Range<usize>,
    /// The search that was begun for it.
    pub search: u64,
}
