//! Searching: what was typed becomes a search, what it finds is gone to.

use super::state::App;
use crate::layout::flow::Place;
use crate::query::{Fault, Found, Hit, Query, Search, Ways};
use crate::transcript::PostId;
use std::time::Duration;

/// Sources up to this size are looked through at once, in bytes.
pub(super) const AT_ONCE: usize = 8 << 20;

/// In sources up to this size it is told what would be found otherwise, in bytes.
const BY_THE_WAY: usize = 2 << 20;

impl App {
    /// Begins to search from the post in focus. The first hit is gone to when it is found: at once in a record of usual
    /// size.
    pub(super) fn begin_search(&mut self, line: &str, now: Duration) -> Result<(), Fault> {
        self.look_for(Query::parse(line, self.sought.ways)?);
        self.search.iter_mut().for_each(|search| search.awaited = true);
        self.first_hit(now);
        Ok(())
    }

    /// Looks for something else from where one reads, and stays there.
    pub(super) fn look_for(&mut self, query: Query) {
        self.sought.searches += 1;
        let record = (&self.transcript, &self.structure);
        let mut search =
            Search::new(self.sought.searches, query, record, &self.kept.marks, self.reader.focus);
        search.awaited = false;
        self.search = Some(search);
        if self.transcript.source().len() <= AT_ONCE {
            self.search_now();
        }
    }

    /// Looks for the same in other ways; one keeps one's place among the hits.
    pub(super) fn search_in(&mut self, ways: Ways) -> Result<(), Fault> {
        let Some(search) = &self.search else { return Ok(()) };
        let query = Query::parse(&search.query.text, ways)?;
        self.look_for_again(query);
        Ok(())
    }

    /// Looks for the same once more: people, tags or marks that it asks for may be others now.
    pub(super) fn search_once_more(&mut self) {
        self.sought.results.forget();
        if let Some(query) = self.query().filter(|query| !query.is_of_words()) {
            self.look_for_again(query);
        }
    }

    fn look_for_again(&mut self, query: Query) {
        let stood = self.search.as_ref().and_then(|search| {
            search.current.and_then(|current| search.hits(usize::MAX).get(current).cloned())
        });
        self.look_for(query);
        if let Some(stood) = stood {
            self.stand_at(stood.post, stood.range.start);
        }
    }

    /// Stands on the hit at a byte of a post, if there is one; says whether.
    pub(super) fn stand_at(&mut self, post: PostId, byte: usize) -> bool {
        let Some(search) = &mut self.search else { return false };
        let (first, hits) = search.hits_in(post);
        let at = hits.iter().position(|hit| hit.range.contains(&byte) || hit.range.start == byte);
        let found = at.map(|at| first + at);
        search.current = found.or(search.current);
        found.is_some()
    }

    /// Goes to a hit, which one stands on then.
    pub(super) fn land_on(&mut self, index: usize, now: Duration) {
        let Some(search) = &mut self.search else { return };
        let Some(hit) = search.hits(self.revealed).get(index).cloned() else { return };
        search.current = Some(index);
        search.awaited = false;
        self.show_hit(&hit, now);
    }

    /// Looks through what has not been looked through, here and now.
    fn search_now(&mut self) {
        if let Some(search) = &mut self.search {
            search.run((&self.transcript, &self.structure));
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
            self.message = Some(self.with_keys(words.no_search));
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
    pub fn no_hits(&self) -> Option<String> {
        let search = self.search.as_ref()?;
        let count = search.hits(self.revealed).len();
        if count > 0 {
            let left_out = self.lang.words().find.hits_left_out;
            return (count == self.hits_left_out()).then(|| self.with_keys(left_out));
        }
        let (lang, text) = (self.lang, &search.query.text);
        let not_found = lang.words().not_found;
        Some(match search.later(self.revealed) {
            0 if !search.is_complete() => lang.words().searching.to_owned(),
            0 => match (search.nowhere(), self.found_by_sound(search)) {
                (Some(none), _) => lang.nowhere(none.key, &none.value),
                (None, Some(hits)) => format!("{not_found} · {}", self.with_keys(&lang.found_by_sound(hits))),
                (None, None) => format!("{not_found}: {text}"),
            },
            later => format!("{}: {text}", lang.not_yet(later)),
        })
    }

    /// How many hits there would be if letters were looked for by their sound; none in a record that takes long to look
    /// through, and where there would be no hit either.
    fn found_by_sound(&self, search: &Search) -> Option<usize> {
        let query = &search.query;
        let is_spelled = query.text.chars().any(|ch| ch.is_ascii_lowercase()) && query.pattern().is_some();
        if query.ways.pinyin || !is_spelled || self.transcript.source().len() > BY_THE_WAY {
            return None;
        }
        let query = Query::parse(&query.text, Ways { pinyin: true, ..query.ways }).ok()?;
        let record = (&self.transcript, &self.structure);
        let mut search = Search::new(search.id(), query, record, &self.kept.marks, PostId::default());
        search.run(record);
        Some(search.hits(self.revealed).len()).filter(|&hits| hits > 0)
    }
}
