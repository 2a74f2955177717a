//! What one types to search, the switches of the search, and the list of its hits under the keys.

use super::results::Listed;
use super::state::App;
use crate::action::{Action, Mode, PromptKind};
use crate::layout::excerpt::{Excerpt, excerpt};
use crate::layout::panes::{boxed, inside};
use crate::query::{Hit, Search};
use ratatui::layout::Rect;
use std::time::Duration;
use tui_input::Input;

/// Bytes round a hit that a row may show.
const AROUND: usize = 600;

/// The widest list.
const WIDEST: u16 = 120;

impl App {
    pub(super) fn act_on_search(&mut self, action: Action, now: Duration) -> bool {
        match action {
            Action::SearchWord => self.search_word(),
            Action::Results => self.toggle_results(),
            Action::ToggleRegex | Action::TogglePinyin | Action::ToggleFolding => self.switch(action, now),
            _ => return false,
        }
        true
    }

    /// Searches in another way: for what is typed, or for what was searched, from where one stands.
    fn switch(&mut self, action: Action, now: Duration) {
        let mut ways = self.sought.ways;
        let (flag, words) = match action {
            Action::ToggleRegex => (&mut ways.regex, self.lang.words().find.regex),
            Action::TogglePinyin => (&mut ways.pinyin, self.lang.words().find.pinyin),
            _ => (&mut ways.folding, self.lang.words().find.folding),
        };
        *flag = !*flag;
        let said = words[usize::from(!*flag)];
        self.sought.ways = ways;
        if self.mode == Mode::Prompt && self.prompt == PromptKind::Search {
            self.search_as_typed(now);
            if self.search.as_ref().is_none_or(|search| search.hits(self.revealed).is_empty()) {
                // What is wrong, or would be found otherwise, is worth more.
                self.message.get_or_insert_with(|| said.to_owned());
                return;
            }
        } else if let Err(fault) = self.search_in(ways) {
            self.message = Some(format!("{said} · {}", fault.words(self.lang)));
            return;
        }
        self.say(said);
    }

    /// Searches for what is being typed, from where one was before.
    pub(super) fn search_as_typed(&mut self, now: Duration) {
        let Some(origin) = self.sought.before_search else { return };
        self.reader = origin;
        self.search = None;
        if self.input.value().is_empty() {
            return;
        }
        let typed = self.input.value().to_owned();
        if let Err(fault) = self.begin_search(&typed, now) {
            self.message = Some(fault.words(self.lang));
        }
    }

    /// What was typed is searched; where nothing was, what was searched last.
    pub(super) fn accept_search(&mut self, now: Duration) {
        let origin = self.sought.before_search.take();
        self.sought.earlier = None;
        let typed = self.input.value().to_owned();
        if typed.is_empty() {
            return self.search_last(now);
        }
        if self.search.as_ref().is_none_or(|search| search.query.text != typed)
            && let Err(fault) = self.begin_search(&typed, now)
        {
            self.message = Some(format!("{typed} · {}", fault.words(self.lang)));
            return;
        }
        if let Some(origin) = origin {
            self.jumps.leave(origin.focus);
        }
        self.message = self.no_hits();
    }

    fn search_last(&mut self, now: Duration) {
        let last = self.sought.history.newest(PromptKind::Search).map(str::to_owned);
        match last.filter(|_| self.search.is_none()) {
            Some(last) => {
                self.jumps.leave(self.reader.focus);
                if let Err(fault) = self.begin_search(&last, now) {
                    self.message = Some(format!("{last} · {}", fault.words(self.lang)));
                }
            }
            None => self.go_hit(true, now),
        }
    }

    /// What is typed is given up: one is where one was, with the search of before.
    pub(super) fn give_up_search(&mut self) {
        if let Some(origin) = self.sought.before_search.take() {
            self.reader = origin;
        }
        let earlier = self.sought.earlier.take();
        let id = |search: &Option<Search>| search.as_ref().map(Search::id);
        if id(&earlier) == id(&self.search) {
            // Nothing was typed.
            return;
        }
        self.search_anew(earlier.as_ref().map(|earlier| earlier.query.clone()), earlier);
        self.search_on();
    }

    /// What was typed before or later at the same prompt.
    pub(super) fn recall(&mut self, by: isize) {
        if let Some(line) = self.sought.history.recall(self.prompt, self.input.value(), by < 0) {
            self.input = Input::new(line);
            self.typed(self.now);
        }
    }

    fn toggle_results(&mut self) {
        let (from, revealed) = (self.reader.focus, self.revealed);
        let Some(search) = &self.search else { return self.say(self.lang.words().no_search) };
        if self.mode == Mode::Results {
            self.mode = Mode::Reading;
            return;
        }
        let rows = usize::from(self.listed().rows.height);
        let hits = search.hits(revealed);
        let stands = search.current.filter(|&at| hits.get(at).is_some_and(|hit| hit.post == from));
        let near = stands.unwrap_or_else(|| hits.partition_point(|hit| hit.post < from));
        self.sought.results.choose(hits, near, rows);
        self.mode = Mode::Results;
    }

    /// The hits that are listed.
    pub fn listed_hits(&self) -> &[Hit] {
        self.search.as_ref().map_or(&[], |search| search.hits(self.revealed))
    }

    /// Counts the hits by speaker while they are listed.
    pub(super) fn count_hits(&mut self) {
        let Some(search) = self.search.as_ref().filter(|_| self.mode == Mode::Results) else { return };
        let record = (&self.transcript, &self.structure);
        self.sought.results.count(search.id(), search.hits(self.revealed), record);
    }

    /// Where the list of hits stands.
    pub fn listed(&self) -> Listed {
        let within = self.panes.text.union(self.panes.tracks);
        let count = self.listed_hits().len();
        // While more is found the box does not grow.
        let is_complete = self.search.as_ref().is_none_or(Search::is_complete);
        let wanted = if is_complete { count.clamp(1, 1000) as u16 + 3 } else { within.height };
        let area = boxed(within, (within.width.saturating_sub(4).clamp(18, WIDEST), wanted));
        let inner = inside(area);
        let head = u16::from(inner.height > 2);
        let rows = Rect { y: inner.y + head, height: inner.height - head, ..inner };
        let first = self.sought.results.first(self.listed_hits(), usize::from(rows.height));
        Listed { area, rows, first }
    }

    /// A hit with its surroundings, for a row of `room` cells with `left` of them before the hit.
    pub fn excerpt(&self, hit: &Hit, left: usize, room: usize) -> Excerpt {
        let (start, end) = (hit.range.start, hit.range.end);
        let part = |from: usize, to: usize| self.transcript.part(hit.post, from..to).1;
        let before = part(start.saturating_sub(AROUND), start);
        let found = part(start, end.min(start + AROUND));
        let after = if end <= start + AROUND { part(end, end + AROUND) } else { "".into() };
        excerpt(self.ruler, (&before, &found, &after), (left, room))
    }

    pub(super) fn choose_result(&mut self, by: isize) {
        let rows = usize::from(self.listed().rows.height);
        let Some(search) = &self.search else { return };
        let hits = search.hits(self.revealed);
        let index = self.sought.results.index(hits).saturating_add_signed(by);
        self.sought.results.choose(hits, index, rows);
    }

    /// Goes to the hit that is chosen.
    pub(super) fn accept_result(&mut self, now: Duration) {
        let index = self.sought.results.index(self.listed_hits());
        if !self.listed_hits().is_empty() {
            self.jumps.leave(self.reader.focus);
            self.land_on(index, now);
        }
    }
}
