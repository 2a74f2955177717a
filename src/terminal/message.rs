//! What comes into the loop.

use super::probe::Outcome;
use crate::app::Pointer;
use crate::keymap::Key;
use std::io;

/// What comes in.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse.
    Pointer(Pointer),
    /// The size of the screen has changed.
    Resize,
    /// What the terminal said of itself.
    Probed(Outcome),
    /// The terminal is gone.
    InputGone,
    /// A signal.
    Signal(i32),
    /// From the source of the record.
    Source(News),
}

/// What comes from the source of the record.
#[derive(Debug)]
pub enum News {
    /// More bytes.
    Bytes(Vec<u8>),
    /// The end, or why it ended early.
    End(Option<io::Error>),
}
