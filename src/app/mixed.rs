//! What the last key of the mixer did, so that the same key again does the next thing.

use super::reader::Left;
use crate::action::Action;
use crate::transcript::SpeakerId;

/// What the last key of the mixer did.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mixed {
    /// Which one it was, and whom it gave solo or muted.
    pub last: Option<(Action, SpeakerId)>,
    /// Where one read when something was hidden, and where that has led.
    pub hid_at: Option<Left>,
}
