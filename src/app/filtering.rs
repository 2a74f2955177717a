//! Filters under the keys: typed, listed, turned on and off, opened where one wants to see what is left out.

use super::state::App;
use crate::action::Action;
use std::time::Duration;

impl App {
    pub(super) fn act_on_filters(&mut self, action: Action, _now: Duration) -> bool {
        matches!(
            action,
            Action::Filter
                | Action::ToggleFilters
                | Action::Filters
                | Action::EditFilter
                | Action::DropFilter
                | Action::MoreContext
                | Action::LessContext
                | Action::Open
        )
    }

    pub(super) fn accept_filter(&mut self, _now: Duration) {}

    pub(super) fn flip_chosen_filter(&mut self) {}

    pub(super) fn choose_filter(&mut self, by: isize) {
        self.sought.filters.chosen = self.sought.filters.chosen.saturating_add_signed(by);
    }
}
