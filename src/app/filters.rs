//! The filters: which posts are shown.

use super::reader::Left;
use crate::layout::opened::Opened;
use crate::layout::sieve::{Kept, Sieve};
use crate::marks::Marks;
use crate::query::{Fault, Picked, Query, Ways};

/// The most posts of context.
pub const MOST_CONTEXT: usize = 9;

/// One filter.
#[derive(Debug, Clone)]
pub struct Filter {
    /// The line as it was typed.
    pub text: String,
    /// Whether it holds.
    pub on: bool,
    /// Whether it keeps the posts that do not match.
    pub others: bool,
    /// The posts that match.
    pub picked: Picked,
}

impl Filter {
    /// Takes a line apart: `!` before a query keeps the others.
    ///
    /// # Errors
    /// What is wrong with the query.
    pub fn parse(text: &str, ways: Ways) -> Result<(Query, bool), Fault> {
        let plain = text.strip_prefix(['!', '！']);
        Ok((Query::parse(plain.unwrap_or(text), ways)?, plain.is_some()))
    }

    /// How many of the first `posts` posts it keeps, and whether that is all that is to be known.
    pub fn count(&self, posts: usize) -> (usize, bool) {
        let known = posts.min(self.picked.known());
        let found = self.picked.posts().rank(known);
        (if self.others { known - found } else { found }, known == posts)
    }

    fn kept(&self) -> Kept<'_> {
        (self.picked.posts(), self.others)
    }
}

/// A filter that is being typed.
#[derive(Debug, Clone, Default)]
pub struct Typing {
    /// The filter, once there is one.
    pub filter: Option<Filter>,
    /// Where it will stand, if it was there before.
    pub place: Option<usize>,
    /// Whether it was asked for in the list.
    pub listed: bool,
    /// Whether none held before it was.
    pub was_off: bool,
}

/// The filters, and which one is chosen in their list.
#[derive(Debug, Clone, Default)]
pub struct Filters {
    /// All of them; a post must match those that are on.
    pub list: Vec<Filter>,
    /// Index of the chosen one.
    pub chosen: usize,
    /// Whether none holds for now.
    pub off: bool,
    /// So many posts are shown before and behind each that matches.
    pub context: usize,
    /// What is being typed.
    pub typing: Typing,
    /// Whether more is known of them than was put together.
    pub stale: bool,
    /// Where one read when they were turned off or on, and where that has led.
    pub turned: Option<Left>,
    /// What they let through; none where none holds.
    pub sieve: Option<Sieve>,
    /// What was opened of that which is left out.
    pub opened: Opened,
    /// The marks by which they were looked up.
    pub marks: Marks,
}

impl Filters {
    /// Those that hold.
    pub fn holding(&self) -> impl Iterator<Item = &Filter> {
        let list = self.list.iter().enumerate();
        let on = list.filter(|(index, filter)| filter.on && Some(*index) != self.typing.place);
        let all = on.map(|(_, filter)| filter).chain(&self.typing.filter);
        all.filter(|_| !self.off)
    }

    /// Of so many posts all filters that hold are known; none if none holds.
    pub fn known(&self) -> Option<usize> {
        self.holding().map(|filter| filter.picked.known()).min()
    }

    /// What those that hold keep.
    pub fn kept(&self) -> Vec<Kept<'_>> {
        self.holding().map(Filter::kept).collect()
    }

    /// All of them, also the one that is being typed.
    pub fn all(&self) -> impl Iterator<Item = &Filter> {
        self.list.iter().chain(&self.typing.filter)
    }

    /// The same, to be changed.
    pub fn all_mut(&mut self) -> impl Iterator<Item = &mut Filter> {
        self.list.iter_mut().chain(&mut self.typing.filter)
    }

    /// Whether any asks for more than words.
    pub fn ask(&self) -> bool {
        self.all().any(|filter| !filter.picked.query.is_of_words())
    }
}
