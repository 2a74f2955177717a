//! Searching: what was typed becomes a search, what it finds is gone to.

use super::state::App;
use crate::layout::flow::Place;
use crate::query::{Fault, Found, Hit, Query, Search};
use std::time::Duration;

/// Sources up to this size are looked through at once, in bytes.
pub(super) const AT_ONCE: usize = 8 << 20;

impl App {
    /// Begins to search from the post in focus. The first hit is gone to when it is found: at once in a record of usual
    /// size.
    pub(super) fn begin_search(&mut self, pattern: &str, now: Duration) -> Result<(), Fault> {
        self.searches += 1;
        let query = Query::parse(pattern, self.sought.ways)?;
        let record = (&self.transcript, &self.structure);
        self.search = Some(Search::new(self.searches, query, record, &self.kept.marks, self.reader.focus));
        if self.transcript.source().len() <= AT_ONCE {
            self.search_now();
        }
        self.first_hit(now);
        Ok(())
    }

    /// Looks through what has not been looked through, here and now.
    fn search_now(&mut self) {
        let Some(search) = &mut self.search else { return };
        while let Some(scan) = search.next_scan(&self.transcript) {
            scan.run(|found| {
                search.take(&found, (&self.transcript, &self.structure));
                true
            });
        }
    }

    /// Takes in what a scan has found.
    pub fn found(&mut self, found: &Found, now: Duration) {
        self.found_for_filters(found);
        if let Some(search) = &mut self.search {
            search.take(found, (&self.transcript, &self.structure));
            self.first_hit(now);
        }
        self.has_grown = true;
    }

    /// A record that has grown may have more hits.
    pub(super) fn search_on(&mut self) {
        if let Some(search) = &mut self.search {
            search.extend((&self.transcript, &self.structure));
            if self.transcript.source().len() <= AT_ONCE {
                self.search_now();
            }
        }
    }

    /// Goes to the first hit once it is certain which that is.
    fn first_hit(&mut self, now: Duration) {
        let (from, posts) = (self.reader.focus, self.revealed);
        let Some(search) = self.search.as_mut().filter(|search| search.awaited) else { return };
        let behind = search.hits(posts).last().is_some_and(|last| last.post >= from);
        if !behind && !search.has_wrapped() {
            return;
        }
        if let Some((hit, _)) = self.advance_shown(true) {
            self.search.iter_mut().for_each(|search| search.awaited = false);
            let searching = self.lang.words().searching;
            self.message.take_if(|message| message == searching);
            self.show_hit(&hit, now);
        } else if let Some(search) = self.search.as_mut().filter(|search| search.is_complete()) {
            search.awaited = false;
            self.message = self.no_hits();
        }
    }

    pub(super) fn go_hit(&mut self, forward: bool, now: Duration) {
        let (from, posts) = (self.reader.focus, self.revealed);
        let words = self.lang.words();
        let Some(search) = &mut self.search else {
            self.message = Some(words.no_search.to_owned());
            return;
        };
        // What lies at the other end may be behind hits that are not found yet.
        if !search.is_complete() && search.wraps(from, posts, forward).is_none_or(|wraps| wraps) {
            self.message = Some(words.searching.to_owned());
            return;
        }
        search.awaited = false;
        let Some((hit, wrapped)) = self.advance_shown(forward) else {
            self.message = self.no_hits();
            return;
        };
        self.jumps.leave(from);
        self.show_hit(&hit, now);
        if wrapped {
            self.message = Some(words.wrapped.to_owned());
        }
    }

    /// To the post of a hit, scrolled on if the hit lies below the page.
    fn show_hit(&mut self, hit: &Hit, now: Duration) {
        self.go(hit.post, now);
        let flow = self.flow();
        let shown = flow.row_at(hit.post, hit.range.start);
        let (top, height) = (self.top(), self.height());
        let bottom = flow.step(top, height as isize - 1);
        if shown > bottom {
            let new: Place = flow.step(shown, -(height as isize / 2)).min(flow.last_top(height));
            self.reader.anchor = flow.anchor(new);
        }
    }

    /// A word where a search has no hit among what is revealed and filters let through: there are none, they are still to
    /// come, or are left out.
    pub(super) fn no_hits(&self) -> Option<String> {
        let search = self.search.as_ref()?;
        let count = search.hits(self.revealed).len();
        if count > 0 {
            let left_out = self.lang.words().find.hits_left_out;
            return (count == self.hits_left_out()).then(|| left_out.to_owned());
        }
        Some(match search.later(self.revealed) {
            0 if !search.is_complete() => self.lang.words().searching.to_owned(),
            0 => format!("{}: {}", self.lang.words().not_found, search.query.text),
            later => format!("{}: {}", self.lang.not_yet(later), search.query.text),
        })
    }
}
