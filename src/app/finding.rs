//! The list of hits under the keys, the word that one reads, and what was typed before.

use super::state::App;
use crate::action::Action;
use std::time::Duration;

impl App {
    pub(super) fn act_on_search(&mut self, action: Action, _now: Duration) -> bool {
        matches!(
            action,
            Action::SearchWord
                | Action::Results
                | Action::ToggleRegex
                | Action::TogglePinyin
                | Action::ToggleFolding
        )
    }

    pub(super) fn accept_result(&mut self, _now: Duration) {}

    pub(super) fn choose_result(&mut self, by: isize) {
        self.sought.results.chosen = self.sought.results.chosen.saturating_add_signed(by);
    }

    /// What was typed before or later at the same prompt.
    pub(super) fn recall(&mut self, _by: isize) {}
}
