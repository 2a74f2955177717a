//! Filters under the keys: typed, listed, turned on and off, opened where one wants to see what is left out.

use super::filters::{Filter, MOST_CONTEXT, Typing};
use super::state::App;
use crate::action::{Action, Mode, PromptKind};
use crate::query::{Fault, Hit};
use crate::transcript::{PostId, SpeakerId};
use std::ops::Range;
use std::time::Duration;
use tui_input::Input;

/// So many hits are looked at to tell how many are left out.
const MOST_COUNTED: usize = 10_000;

impl App {
    pub(super) fn act_on_filters(&mut self, action: Action, now: Duration) -> bool {
        match action {
            Action::Filter => self.ask_for_filter(None, now),
            Action::ToggleFilters => self.toggle_filters(now),
            Action::Filters => {
                self.mode = if self.mode == Mode::Filters { Mode::Reading } else { Mode::Filters };
            }
            Action::EditFilter => {
                let chosen = self.sought.filters.chosen;
                if chosen < self.sought.filters.list.len() {
                    self.ask_for_filter(Some(chosen), now);
                }
            }
            Action::DropFilter => self.drop_filter(self.sought.filters.chosen, now),
            Action::MoreContext => self.set_context(1, now),
            Action::LessContext => self.set_context(-1, now),
            Action::Open => self.open_here(now),
            _ => return false,
        }
        true
    }

    /// Asks for a filter: another one, or what becomes of one in the list.
    fn ask_for_filter(&mut self, place: Option<usize>, now: Duration) {
        let listed = self.mode == Mode::Filters;
        self.open_prompt(PromptKind::Filter);
        let filters = &mut self.sought.filters;
        filters.typing = Typing { filter: None, place, listed, was_off: filters.off };
        if let Some(filter) = place.and_then(|place| filters.list.get(place)) {
            self.input = Input::from(filter.text.clone());
            filters.typing.filter = Some(filter.clone());
        }
        self.reshow(now, |app| {
            app.sought.filters.off = false;
            app.sift();
        });
    }

    /// Shows what the line so far lets through; of a line that is none what that is, and what was shown before.
    pub(super) fn filter_as_typed(&mut self, now: Duration) {
        let typed = self.input.value().to_owned();
        let filter = if is_blank(&typed) { Ok(None) } else { self.filter(&typed).map(Some) };
        match filter {
            Ok(filter) => {
                let nowhere = filter.as_ref().and_then(|filter| filter.picked.nowhere());
                self.reshow(now, |app| {
                    app.sought.filters.typing.filter = filter;
                    app.sift();
                });
                self.message = nowhere.map(|value| Fault::Value(value).words(self.lang));
            }
            Err(fault) => self.message = Some(fault.words(self.lang)),
        }
    }

    pub(super) fn accept_filter(&mut self, now: Duration) {
        let typed = self.input.value().to_owned();
        let place = self.sought.filters.typing.place;
        if is_blank(&typed) {
            self.end_filter_prompt();
            return match place {
                Some(place) => self.drop_filter(place, now),
                None => self.drop_filters(now),
            };
        }
        let known = self.sought.filters.typing.filter.take().filter(|filter| filter.text == typed);
        let filter = match known.map_or_else(|| self.filter(&typed), Ok) {
            Ok(filter) => Filter { on: true, ..filter },
            Err(fault) => {
                // It can still be put right.
                self.mode = Mode::Prompt;
                self.message = Some(fault.words(self.lang));
                return;
            }
        };
        self.end_filter_prompt();
        let filters = &mut self.sought.filters;
        if let Some(old) = place.and_then(|place| filters.list.get_mut(place)) {
            *old = filter;
        } else {
            filters.list.push(filter);
            filters.chosen = filters.list.len() - 1;
        }
        self.reshow_more(now, Self::sift);
        self.message = self.nothing_shown();
    }

    /// Takes back what was being typed.
    pub(super) fn give_up_filter(&mut self) {
        let was_off = self.sought.filters.typing.was_off;
        self.end_filter_prompt();
        self.reshow(self.now, |app| {
            app.sought.filters.off = was_off;
            app.sift();
        });
    }

    fn end_filter_prompt(&mut self) {
        let filters = &mut self.sought.filters;
        let typing = std::mem::take(&mut filters.typing);
        self.mode = if typing.listed { Mode::Filters } else { Mode::Reading };
    }

    /// A word where filters leave nothing.
    fn nothing_shown(&self) -> Option<String> {
        let words = &self.lang.words().find;
        let is_certain = self.shown_count().is_some_and(|(count, is_certain)| count == 0 && is_certain);
        is_certain.then(|| self.with_keys(words.nothing_matches))
    }

    fn drop_filters(&mut self, now: Duration) {
        let words = &self.lang.words().find;
        let any = !self.sought.filters.list.is_empty();
        self.reshow_more(now, |app| {
            app.sought.filters.list.clear();
            app.sought.filters.chosen = 0;
            app.sift();
        });
        self.say(if any { words.none_left } else { words.no_filter });
    }

    fn drop_filter(&mut self, index: usize, now: Duration) {
        if index >= self.sought.filters.list.len() {
            return;
        }
        self.reshow_more(now, |app| {
            app.sought.filters.list.remove(index);
            app.sift();
        });
        self.choose_filter(0);
    }

    fn toggle_filters(&mut self, now: Duration) {
        let words = &self.lang.words().find;
        if self.sought.filters.list.is_empty() {
            return self.say(words.no_filter);
        }
        let opened = self.sought.filters.opened.clone();
        self.reshow_by_turns(now, |app| {
            app.sought.filters.off ^= true;
            app.sift();
            app.sought.filters.opened = opened;
        });
        let off = self.sought.filters.off;
        let said = if off { Some(self.with_keys(words.turned_off)) } else { self.nothing_shown() };
        self.message = Some(said.unwrap_or_else(|| words.turned_on.to_owned()));
    }

    pub(super) fn flip_chosen_filter(&mut self) {
        let (now, chosen) = (self.now, self.sought.filters.chosen);
        self.reshow_more(now, |app| {
            let filters = &mut app.sought.filters;
            if let Some(filter) = filters.list.get_mut(chosen) {
                // Where none holds for now, what is turned on is to hold.
                filter.on = !filter.on || filters.off;
                filters.off = false;
            }
            app.sift();
        });
    }

    pub(super) fn choose_filter(&mut self, by: isize) {
        let filters = &mut self.sought.filters;
        let last = filters.list.len().saturating_sub(1);
        filters.chosen = filters.chosen.saturating_add_signed(by).min(last);
    }

    /// More or fewer posts round each match.
    pub(super) fn set_context(&mut self, by: isize, now: Duration) {
        if self.mode == Mode::Prompt && self.prompt != PromptKind::Filter {
            return;
        }
        let context = self.sought.filters.context.saturating_add_signed(by).min(MOST_CONTEXT);
        self.reshow_more(now, |app| {
            app.sought.filters.context = context;
            app.sift();
        });
    }

    /// Opens what is left out behind the post in focus, or else before it; where nothing is left out any more, closes what
    /// was opened there.
    fn open_here(&mut self, now: Duration) {
        let (shown, focus) = (self.showing(), self.reader.focus);
        if !shown.hides() {
            return self.say(self.lang.words().find.nothing_left_out);
        }
        let run = if shown.has(focus) {
            let [behind, before] = [shown.left_out_after(focus, self.revealed), shown.left_out_before(focus)];
            if behind.is_empty() { before } else { behind }
        } else {
            self.left_out_round(focus)
        };
        let near = |index: usize| shown.opened.run_of(PostId::new(index)).is_some().then_some(index);
        let open = near(focus.index()).or_else(|| near(focus.number()));
        let open = open.or_else(|| focus.index().checked_sub(1).and_then(near));
        match open {
            // One who stands in what is open closes that first.
            Some(index) if run.is_empty() || index == focus.index() => self.close(PostId::new(index), now),
            _ if run.is_empty() => self.say(self.lang.words().find.nothing_left_out),
            _ => self.open(run, now),
        }
    }

    /// The posts that are left out round one that is.
    fn left_out_round(&self, post: PostId) -> Range<usize> {
        let shown = self.showing();
        let end = self.revealed.max(post.number());
        shown.left_out_before(post).start..shown.after(post, end).map_or(end, PostId::index)
    }

    /// Shows posts that are left out.
    pub(super) fn open(&mut self, run: Range<usize>, now: Duration) {
        let said = self.lang.opened(run.len());
        self.keep_seat(now, |app| app.sought.filters.opened.open(run));
        self.message = Some(said);
    }

    fn close(&mut self, post: PostId, now: Duration) {
        self.keep_seat(now, |app| app.sought.filters.opened.close(post));
        self.say(self.lang.words().find.closed);
    }

    /// Changes what is shown where one reads now.
    fn keep_seat(&mut self, now: Duration, change: impl FnOnce(&mut Self)) {
        self.mixed.hid_at = None;
        self.reshow(now, change);
        self.mixed.hid_at = None;
    }

    /// A click on the line of what is left out, or was opened, before a post; or behind the last.
    pub(super) fn press_left_out(&mut self, post: PostId, is_tail: bool, now: Duration) {
        let shown = self.showing();
        let run =
            if is_tail { shown.left_out_after(post, self.revealed) } else { shown.left_out_before(post) };
        self.open(run, now);
    }

    /// A click on the line above what is open.
    pub(super) fn press_opened(&mut self, post: PostId, now: Duration) {
        self.close(post, now);
    }

    /// Opens what a filter leaves out, if a post is that one goes to.
    pub(super) fn open_for(&mut self, post: PostId) {
        if post.index() < self.transcript.len() && !self.is_shown(post) {
            let run = self.left_out_round(post);
            self.message = Some(self.lang.opened(run.len()));
            self.sought.filters.opened.open(run);
            self.mixed.hid_at = None;
            self.cache.clear();
        }
    }

    /// The next or previous post by somebody that filters do not leave out.
    pub(super) fn by_shown(&self, speaker: SpeakerId, from: PostId, forward: bool) -> Option<PostId> {
        let (shown, record) = (self.showing(), &self.transcript);
        let mut at = from;
        loop {
            let next = if forward {
                self.structure.next_by(record, speaker, at)?
            } else {
                self.structure.previous_by(record, speaker, at)?
            };
            if !shown.is_filtered(next) || shown.has(next) {
                return Some(next);
            }
            at = if forward {
                PostId::new(shown.after(next, record.len())?.index() - 1)
            } else {
                PostId::new(shown.before(next)?.number())
            };
        }
    }

    /// How many hits among what is revealed filters leave out; 0 where there are too many to count for each frame.
    pub fn hits_left_out(&self) -> usize {
        let (shown, hits) =
            (self.showing(), self.search.as_ref().map_or(&[][..], |search| search.hits(self.revealed)));
        if shown.sieve.is_none() || hits.len() > MOST_COUNTED {
            return 0;
        }
        hits.iter().filter(|hit| shown.is_filtered(hit.post) && !shown.has(hit.post)).count()
    }

    /// Goes to the next or previous hit that filters do not leave out; true with it if it lies at the other end.
    pub(super) fn advance_shown(&mut self, forward: bool) -> Option<(Hit, bool)> {
        let mut search = self.search.take()?;
        let (shown, posts) = (self.showing(), self.revealed);
        let (mut from, mut wrapped) = (self.reader.focus, false);
        let mut found = None;
        for _ in 0..search.hits(posts).len() {
            let Some((hit, goes_round)) = search.advance(from, posts, forward) else { break };
            wrapped |= goes_round;
            if !shown.is_filtered(hit.post) || shown.has(hit.post) {
                found = Some((hit, wrapped));
                break;
            }
            from = hit.post;
        }
        if found.is_none() {
            search.current = None;
        }
        self.search = Some(search);
        found
    }
}

/// Whether a line asks for nothing.
fn is_blank(line: &str) -> bool {
    line.trim_matches(['!', '！', ' ']).is_empty()
}
