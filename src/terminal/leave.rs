//! How the reader ends, and when there is something to keep before.

/// Why the reader was left.
#[derive(Debug, PartialEq, Eq)]
pub enum Leave {
    /// The user wanted to.
    Quit,
    /// The source could not be read on: a sentence.
    Failed(String),
    /// A signal.
    Signal(i32),
    /// The terminal is gone.
    Gone,
}

/// When there may be something to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A key or a click was taken.
    Key,
    /// Some time has passed.
    Passing,
    /// The reader is left.
    Leaving,
}
