//! Bookmarks, notes and tags under the keys.

use super::state::App;
use crate::action::Action;
use std::time::Duration;

impl App {
    pub(super) fn act_on_marks(&mut self, action: Action, _now: Duration) -> bool {
        matches!(
            action,
            Action::Bookmark
                | Action::Marks
                | Action::MarkNext
                | Action::MarkPrevious
                | Action::Note
                | Action::Tag
                | Action::NameMark
                | Action::DropMark
        )
    }

    pub(super) fn accept_mark(&mut self, _now: Duration) {}

    pub(super) fn accept_note(&mut self) {}

    pub(super) fn give_up_note(&mut self) {}

    pub(super) fn accept_mark_name(&mut self) {}

    pub(super) fn accept_tags(&mut self) {}

    pub(super) fn choose_mark(&mut self, by: isize) {
        self.kept.chosen = self.kept.chosen.saturating_add_signed(by);
    }
}
