//! Copying and exporting under the keys.

use super::state::App;
use crate::action::Action;
use std::time::Duration;

impl App {
    pub(super) fn act_on_taking(&mut self, action: Action, _now: Duration) -> bool {
        matches!(
            action,
            Action::Copy | Action::CopyExchange | Action::Select | Action::CycleCopyForm | Action::Export
        )
    }

    pub(super) fn accept_export(&mut self) {}
}
