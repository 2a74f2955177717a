//! What is known about a record as a whole.

use super::extras::Extras;
use chrono::{NaiveDateTime, TimeDelta};

/// What the times of a record are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClockKind {
    /// Date and time of day.
    Wall,
    /// Time since the start of a recording.
    Offset,
    /// No times at all: a normal case.
    #[default]
    None,
}

impl ClockKind {
    /// The word in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wall => "wall",
            Self::Offset => "offset",
            Self::None => "none",
        }
    }

    /// The kind of that name.
    pub fn known(name: &str) -> Option<Self> {
        [Self::Wall, Self::Offset, Self::None].into_iter().find(|kind| kind.name() == name)
    }
}

/// Title, language, format and clock of a record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meta {
    /// The title the record gives itself.
    pub title: Option<String>,
    /// What stands before the first post and was said by nobody: an introduction, the furniture of a page.
    pub lead: Vec<String>,
    /// BCP 47 tag of the text's language.
    pub language: Option<String>,
    /// Name of the wire format it came in.
    pub format: String,
    /// What times are counted from.
    pub clock: ClockKind,
    /// The moment of 0 ms, with a wall clock.
    pub origin: Option<NaiveDateTime>,
    /// Offset from UTC as printed in the source, such as `+08:00`.
    pub offset: Option<String>,
    /// The finest step the stamps can express, in milliseconds; 0 without a clock.
    pub resolution_ms: i64,
    /// Unknown fields.
    pub extras: Extras,
}

impl Meta {
    /// The wall-clock moment of a time, where there is a wall clock.
    pub fn moment(&self, at_ms: i64) -> Option<NaiveDateTime> {
        self.origin?.checked_add_signed(TimeDelta::try_milliseconds(at_ms)?)
    }

    /// The time of a wall-clock moment, in milliseconds from the origin.
    pub fn time_of(&self, moment: NaiveDateTime) -> Option<i64> {
        Some(moment.signed_duration_since(self.origin?).num_milliseconds())
    }
}
