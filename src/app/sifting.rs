//! What filters let through, kept in step with the record: looked up, looked for, put together.

use super::filters::Filter;
use super::hits::AT_ONCE;
use super::reader::{Left, Reader, Seat};
use super::state::App;
use crate::layout::hearing::Voice;
use crate::layout::opened::Opened;
use crate::layout::rows::RowKind;
use crate::layout::shown::Shown;
use crate::layout::sieve::Sieve;
use crate::query::{Fault, Found, Picked, Query, Scan};
use crate::transcript::PostId;
use std::time::Duration;

impl App {
    /// Which posts are shown.
    pub fn showing(&self) -> Shown<'_> {
        let filters = &self.sought.filters;
        Shown {
            transcript: &self.transcript,
            structure: &self.structure,
            hearing: &self.hearing,
            sieve: filters.sieve.as_ref(),
            opened: &filters.opened,
        }
    }

    /// Whether a post is shown once it is revealed.
    pub fn is_shown(&self, post: PostId) -> bool {
        self.showing().has(post)
    }

    /// The revealed posts that are shown, in order.
    pub fn shown_posts(&self) -> impl Iterator<Item = PostId> {
        let (shown, posts) = (self.showing(), self.revealed);
        let first = Some(PostId::default()).filter(|_| posts > 0);
        let first =
            first.and_then(|first| if shown.has(first) { Some(first) } else { shown.after(first, posts) });
        std::iter::successors(first, move |&post| shown.after(post, posts))
    }

    /// How many of the revealed posts filters show, and whether that is certain; none where no filter holds.
    pub fn shown_count(&self) -> Option<(usize, bool)> {
        let shown = self.showing();
        let count = shown.count(self.revealed)?;
        Some((count, shown.sieve.is_some_and(|sieve| sieve.known() >= self.revealed)))
    }

    /// Whether filters leave nothing of what is revealed.
    pub fn is_filtered_empty(&self) -> bool {
        let sieve = self.sought.filters.sieve.as_ref();
        sieve.is_some_and(|sieve| sieve.known() >= self.revealed && sieve.matches().rank(self.revealed) == 0)
    }

    /// How many posts were revealed beyond so many that filters show.
    pub fn shown_since(&self, posts: usize) -> usize {
        let count = |posts| self.showing().count(posts).unwrap_or(posts);
        count(self.revealed).saturating_sub(count(posts))
    }

    /// What filters show, in a few words: `26/129 ±1`; none where none holds.
    pub fn only(&self) -> Option<String> {
        let (count, is_certain) = self.shown_count()?;
        let more = if is_certain { "" } else { "+" };
        let context = match self.sought.filters.context {
            0 => String::new(),
            context if self.ruler.is_wide() => format!(" +-{context}"),
            context => format!(" ±{context}"),
        };
        Some(format!("{} {count}/{}{more}{context}", self.lang.words().find.filter, self.revealed))
    }

    /// A filter, bound to the record.
    pub(super) fn filter(&mut self, text: &str) -> Result<Filter, Fault> {
        let (query, others) = Filter::parse(text, self.sought.ways)?;
        let picked = self.pick(query);
        Ok(Filter { text: text.to_owned(), on: true, others, picked })
    }

    fn pick(&mut self, query: Query) -> Picked {
        self.sought.searches += 1;
        let record = (&self.transcript, &self.structure);
        let mut picked = Picked::new(self.sought.searches, query, record, &self.kept.marks);
        self.pick_now(&mut picked);
        picked
    }

    /// Looks through what has not been looked through, here and now, in a record of usual size.
    fn pick_now(&self, picked: &mut Picked) {
        if self.transcript.source().len() <= AT_ONCE {
            picked.run((&self.transcript, &self.structure));
        }
    }

    /// Looks all filters up in what is shown now: with what is known of earlier, if that was for the same.
    pub(super) fn bind_filters(&mut self, mut earlier: Vec<Picked>) {
        let mut filters = std::mem::take(&mut self.sought.filters);
        filters.marks.clone_from(&self.kept.marks);
        for filter in filters.all_mut() {
            let known = earlier.iter().position(|known| known.query.is_same(&filter.picked.query));
            filter.picked = if let Some(known) = known {
                self.sought.searches += 1;
                let mut picked = earlier.swap_remove(known).restarted(self.sought.searches);
                picked.extend((&self.transcript, &self.structure));
                self.pick_now(&mut picked);
                picked
            } else {
                self.pick(filter.picked.query.clone())
            };
        }
        self.sought.filters = filters;
        self.sift();
    }

    /// What filters have found, to be kept while another record is shown.
    pub(super) fn picked(&self) -> Vec<Picked> {
        self.sought.filters.all().map(|filter| filter.picked.clone()).collect()
    }

    /// Tags and notes that filters ask for may have changed.
    pub(super) fn heed_marks(&mut self) {
        if self.sought.filters.ask() && self.sought.filters.marks != self.kept.marks {
            self.rebind_filters();
        }
    }

    /// Looks all filters up once more in the same record: what they ask for may mean other posts.
    pub(super) fn rebind_filters(&mut self) {
        let opened = self.sought.filters.opened.clone();
        self.bind_filters(Vec::new());
        self.sought.filters.opened = opened;
    }

    /// Puts together anew what is let through; nothing is open any more.
    pub(super) fn sift(&mut self) {
        self.sought.searches += 1;
        let filters = &mut self.sought.filters;
        filters.opened = Opened::default();
        filters.sieve = filters.known().map(|_| Sieve::new(self.sought.searches, filters.context));
        self.sift_on(0);
    }

    /// Goes on as far as filters are known, once more over the posts from one on.
    fn sift_on(&mut self, again: usize) {
        self.cache.clear();
        let filters = &mut self.sought.filters;
        let (Some(mut sieve), Some(known)) = (filters.sieve.take(), filters.known()) else { return };
        let heard = |post| self.hearing.voice_of(&self.transcript, &self.structure, post) != Voice::Hidden;
        sieve.go_on(&filters.kept(), (again, known.min(self.transcript.len())), heard);
        filters.sieve = Some(sieve);
    }

    /// The record has grown beyond so many posts; other posts than before may be captions, and all of it may be there now.
    pub(super) fn filter_on(&mut self, posts: usize, (placed, complete): (bool, bool)) {
        if self.sought.filters.all().next().is_none() {
            return;
        }
        let is_small = self.transcript.source().len() <= AT_ONCE;
        if (complete || placed && is_small) && self.sought.filters.ask() {
            // Names and roles may be others than they seemed.
            return self.rebind_filters();
        }
        let mut filters = std::mem::take(&mut self.sought.filters);
        for filter in filters.all_mut() {
            filter.picked.extend((&self.transcript, &self.structure));
            self.pick_now(&mut filter.picked);
        }
        self.sought.filters = filters;
        self.sift_on(if placed { 0 } else { posts.saturating_sub(1) });
    }

    /// The next part of the source to be looked through elsewhere, if there is one: for the search and each filter in turn.
    /// What that finds is to come back by [`App::found`].
    pub fn next_scan(&mut self) -> Option<Scan> {
        let is_out = |id: &u64| {
            let search = self.search.iter().map(crate::query::Search::id);
            search.chain(self.sought.filters.all().map(|filter| filter.picked.id())).any(|other| other == *id)
        };
        if self.sought.scanning.as_ref().is_some_and(is_out) {
            return None;
        }
        let transcript = &self.transcript;
        let parties = 1 + self.sought.filters.all().count();
        let turn = self.sought.turn;
        for party in (0..parties).map(|party| (turn + party) % parties) {
            let scan = match party.checked_sub(1) {
                None => self.search.as_mut().and_then(|search| search.next_scan(transcript)),
                Some(index) => self
                    .sought
                    .filters
                    .all_mut()
                    .nth(index)
                    .and_then(|filter| filter.picked.next_scan(transcript)),
            };
            if let Some(scan) = scan {
                self.sought.turn = party + 1;
                self.sought.scanning = Some(scan.search);
                return Some(scan);
            }
        }
        None
    }

    /// Takes in what a scan has found for a filter.
    pub(super) fn found_for_filters(&mut self, found: &Found) {
        if found.last {
            self.sought.scanning.take_if(|id| *id == found.search);
        }
        let record = (&self.transcript, &self.structure);
        let filters = &mut self.sought.filters;
        let mut is_news = false;
        filters.all_mut().for_each(|filter| is_news |= filter.picked.take(found, record));
        filters.stale |= is_news;
        self.has_grown |= is_news;
    }

    /// Shows what filters have found since.
    pub(super) fn sift_found(&mut self, now: Duration) {
        if std::mem::take(&mut self.sought.filters.stale) {
            self.reshow(now, |app| app.sift_on(usize::MAX));
        }
    }

    /// Changes what is shown, and keeps the place: the post in focus, or the nearest that is shown, stays on its row.
    /// Whoever has not moved since something was left out is back where that was read.
    pub(super) fn reshow(&mut self, now: Duration, change: impl FnOnce(&mut Self)) {
        let here = self.reader;
        let left = self.mixed.hid_at.filter(|left| left.after == here);
        let left = left.unwrap_or_else(|| Left { before: here, seat: self.seat(), after: here });
        change(self);
        self.cache.clear();
        self.reader = left.before;
        self.refresh(now);
        self.sit(left.seat);
        self.refresh(now);
        self.mixed.hid_at = self.showing().hides().then_some(Left { after: self.reader, ..left });
    }

    /// The same for a change of what is shown already: the post in focus stays unless it is left out now. Where nothing is
    /// left out any more one is back, too.
    pub(super) fn reshow_more(&mut self, now: Duration, change: impl FnOnce(&mut Self)) {
        let here = self.reader;
        let left = self.mixed.hid_at.take().filter(|left| left.after == here);
        self.reshow(now, change);
        if let Some(left) = left {
            self.mixed.hid_at = Some(Left { after: self.reader, ..left });
            if !self.showing().hides() {
                self.reshow(now, |_| ());
            }
        }
    }

    /// The same there and back: either way one is where one was.
    pub(super) fn reshow_by_turns(&mut self, now: Duration, change: impl FnOnce(&mut Self)) {
        let (before, seat) = (self.reader, self.seat());
        let turned = self.sought.filters.turned.filter(|left| left.after == before);
        self.mixed.hid_at = turned.or(self.mixed.hid_at);
        self.reshow(now, change);
        self.sought.filters.turned = Some(Left { before, seat, after: self.reader });
    }

    /// Where the post in focus stands on the page.
    fn seat(&self) -> Option<Seat> {
        let post = self.reader.focus;
        let rows = self.page.iter().enumerate().skip(usize::from(self.covered));
        let mut own = rows.filter(|(_, row)| row.post == post);
        own.find_map(|(row, own)| match &own.kind {
            RowKind::Body { range, .. } => Some(Seat { post, byte: range.start, row }),
            _ => None,
        })
    }

    /// Puts the post in focus on a row of the page.
    fn sit(&mut self, seat: Option<Seat>) {
        let Some(seat) = seat.filter(|_| self.seat() != seat && !self.flow().is_empty()) else { return };
        let flow = self.flow();
        let focus = self.reader.focus;
        if seat.post == PostId::default() && focus != seat.post && focus == flow.start().post {
            // What is left out before it is told, too.
            self.reader.anchor = flow.anchor(flow.start());
            return;
        }
        let at = if focus == seat.post { flow.row_at(focus, seat.byte) } else { flow.words_of(focus) };
        let top = flow.step(at, -(seat.row as isize)).min(flow.last_top(self.height()));
        self.reader = Reader { anchor: flow.anchor(top), ..self.reader };
    }
}
