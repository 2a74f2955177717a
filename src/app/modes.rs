//! What accepting, giving up and moving mean in each mode.

use super::finder::Purpose;
use super::state::App;
use crate::action::{Mode, PromptKind};
use std::time::Duration;

impl App {
    pub(super) fn accept(&mut self, now: Duration) {
        let mode = std::mem::take(&mut self.mode);
        if mode == Mode::Prompt {
            self.sought.history.keep(self.prompt, self.input.value());
        }
        match (mode, self.prompt) {
            (Mode::Finder, _) => {
                let chosen = self.finder.speaker();
                match self.purpose {
                    Purpose::Go => self.accept_speaker(chosen, now),
                    Purpose::Merge => self.accept_merge(chosen),
                }
            }
            (Mode::People, _) => {
                self.mode = Mode::People;
                self.accept_speaker(Some(self.chosen), now);
            }
            (Mode::Outline, _) => self.accept_line(now),
            (Mode::Breaks, _) => {
                self.mode = Mode::Breaks;
                self.flip_chosen_break();
            }
            (Mode::Results, _) => self.accept_result(now),
            (Mode::Filters, _) => {
                self.mode = Mode::Filters;
                self.flip_chosen_filter();
            }
            (Mode::Marks, _) => self.accept_mark(now),
            (Mode::Note, _) => self.accept_note(),
            (Mode::Prompt, PromptKind::Filter) => self.accept_filter(now),
            (Mode::Prompt, PromptKind::MarkName) => self.accept_mark_name(),
            (Mode::Prompt, PromptKind::Tags) => self.accept_tags(),
            (Mode::Prompt, PromptKind::Export) => self.accept_export(),
            (Mode::Prompt, PromptKind::Break) => self.accept_break(),
            (Mode::Prompt, PromptKind::Search) => self.accept_search(now),
            (Mode::Prompt, PromptKind::Name | PromptKind::Title) => self.accept_correction(),
            // Commands are for the arm that may leave the reader.
            (Mode::Prompt, PromptKind::GoTo) | (Mode::Reading | Mode::Card | Mode::Help, _) => {}
        }
    }

    pub(super) fn cancel(&mut self) {
        self.sought.history.leave();
        match std::mem::take(&mut self.mode) {
            Mode::Prompt if self.prompt == PromptKind::Search => self.give_up_search(),
            Mode::Prompt if self.prompt == PromptKind::Filter => self.give_up_filter(),
            Mode::Reading if self.end_range() => {}
            Mode::Reading => self.search = None,
            Mode::Prompt if matches!(self.prompt, PromptKind::Name | PromptKind::Title) => {
                self.mode = Mode::Card;
            }
            Mode::Prompt if self.prompt == PromptKind::GoTo => self.mode = self.candidates.from,
            Mode::Prompt if self.prompt == PromptKind::Break => self.mode = Mode::Breaks,
            Mode::Finder if self.purpose == Purpose::Merge => self.mode = Mode::Card,
            Mode::Card => self.mode = self.card.from,
            Mode::Note => self.give_up_note(),
            Mode::Prompt if matches!(self.prompt, PromptKind::MarkName | PromptKind::Tags) => {
                self.leave_mark_prompt();
            }
            Mode::Prompt
            | Mode::Finder
            | Mode::People
            | Mode::Outline
            | Mode::Breaks
            | Mode::Results
            | Mode::Filters
            | Mode::Marks
            | Mode::Help => {}
        }
    }

    pub(super) fn move_item(&mut self, by: isize) {
        match self.mode {
            Mode::Finder => self.finder.choose(by),
            Mode::Outline => self.choose_line(by),
            Mode::Breaks => self.choose_break(by),
            Mode::Results => self.choose_result(by),
            Mode::Filters => self.choose_filter(by),
            Mode::Marks => self.choose_mark(by),
            Mode::Help => self.help_scroll = self.help_scroll.saturating_add_signed(by),
            Mode::Card => self.card.scroll = self.card.scroll.saturating_add_signed(by),
            Mode::People => {
                let last = self.roster.len().saturating_sub(1);
                let place = self.roster.place(self.chosen).unwrap_or(self.tracks.first);
                let place = place.saturating_add_signed(by).min(last);
                self.chosen = self.roster.at(place).unwrap_or(self.chosen);
            }
            Mode::Prompt => self.recall(by),
            Mode::Reading | Mode::Note => {}
        }
    }
}
