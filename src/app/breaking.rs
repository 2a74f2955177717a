//! Breakpoints under the keys: made, listed, turned on and off, and what happens at one.

use super::breaks::Stop;
use super::state::App;
use crate::action::{Action, Mode, PromptKind};
use std::time::Duration;

impl App {
    pub(super) fn break_points(&mut self, action: Action) {
        match action {
            Action::Breaks => {
                self.mode = if self.mode == Mode::Breaks { Mode::Reading } else { Mode::Breaks }
            }
            Action::NewBreak => self.open_prompt(PromptKind::Break),
            Action::DropBreak => self.controls.breaks.remove(self.controls.breaks.chosen),
            _ => {
                let stop = match self.mode {
                    Mode::People => Stop::Speaker(self.chosen),
                    _ => Stop::Post(self.reader.focus),
                };
                let (words, name) = (self.lang.words(), self.stop_name(&stop));
                let is_set = self.controls.breaks.flip(stop, &self.structure);
                self.message = Some(format!("{} {name}", words.replay.breakpoint[usize::from(!is_set)]));
            }
        }
    }

    /// What a breakpoint is called.
    pub fn stop_name(&self, stop: &Stop) -> String {
        stop.words((&self.transcript, &self.structure), self.lang)
    }

    /// Adds the breakpoint that was typed.
    pub(super) fn add_break(&mut self, text: &str) {
        let words = self.lang.words();
        if self.ahead().is_some() {
            return self.say(words.indexing);
        }
        let record = (&self.transcript, &self.structure);
        self.message = Some(match Stop::parse(text, record, self.reader.focus) {
            Some(stop) => {
                let name = self.stop_name(&stop);
                self.controls.breaks.add(stop, &self.structure);
                format!("{} {name}", words.replay.breakpoint[0])
            }
            None if text.starts_with('/') => format!("{}: {text}", words.bad_pattern),
            None => format!("{}: {text} · {}", words.not_found, words.replay.breaks_examples),
        });
    }

    /// The chosen breakpoint stops the replay, or not any more.
    pub(super) fn flip_chosen_break(&mut self) {
        let breaks = &mut self.controls.breaks;
        if let Some(chosen) = breaks.list.get_mut(breaks.chosen) {
            chosen.on = !chosen.on;
        }
    }

    pub(super) fn choose_break(&mut self, by: isize) {
        let breaks = &mut self.controls.breaks;
        let last = breaks.list.len().saturating_sub(1);
        breaks.chosen = breaks.chosen.saturating_add_signed(by).min(last);
    }

    /// Stops at the first breakpoint among the posts that have just appeared, wherever the clock has got to.
    pub(super) fn stop_at_break(&mut self, before: usize, now: Duration) {
        let is_live = self.is_live();
        if !(self.clock.is_playing() || is_live) || self.source.loading || before == 0 {
            return;
        }
        let record = (&self.transcript, &self.structure);
        let posts = before..self.revealed;
        let Some((post, stop)) = self.controls.breaks.first_in(posts, record, (&self.kept.marks, is_live))
        else {
            return;
        };
        let name = self.stop_name(stop);
        self.message = Some(format!("{} {name}", self.lang.words().replay.stopped_at));
        let show = self.shows().show(post);
        self.clock = self.clock.pause(now).seek(show, now);
        self.revealed = self.shows().revealed(show);
    }
}
