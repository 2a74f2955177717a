//! What comes into the loop.

use super::probe::Outcome;
use crate::app::{Pointer, Source};
use crate::keymap::Key;
use crate::query::Found;
use crate::transcript::Batch;
use std::sync::mpsc::SyncSender;

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
    /// From the thread that searches.
    Found(Found),
}

/// What comes from the source of the record.
#[derive(Debug)]
pub enum News {
    /// More of it, or its end.
    Grown(Box<Growth>),
    /// Why it cannot be read on: a sentence.
    Failed(String),
}

/// What a record has gained.
#[derive(Debug)]
pub struct Growth {
    /// Its posts and its text.
    pub batch: Batch,
    /// What is now known of the source.
    pub source: Source,
    /// Takes a word when this was taken in, so that more may come.
    pub done: SyncSender<()>,
}
