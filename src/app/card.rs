//! Which card is open.

use crate::action::Mode;
use crate::transcript::{PostId, SpeakerId};

/// The card of a speaker.
#[derive(Debug, Clone, Copy, Default)]
pub struct Card {
    /// Whose it is.
    pub person: SpeakerId,
    /// The post that it was opened at, if that is what it was opened for.
    pub post: Option<PostId>,
    /// The first line in sight.
    pub scroll: usize,
    /// Who had the keys before.
    pub from: Mode,
}
