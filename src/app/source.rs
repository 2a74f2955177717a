//! What is known of where the record came from.

use crate::choice::Format;
use crate::format::{Fate, Packing};
use crate::transcript::{Change, Remarks};

/// What is known of the source.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// File name, for records that have no title; already harmless.
    pub name: String,
    /// The format it was taken for.
    pub format: Option<Format>,
    /// The next best, if there is a doubt.
    pub runner_up: Option<Format>,
    /// How it is packed, if it is.
    pub packing: Option<Packing>,
    /// What was read with indulgence.
    pub remarks: Remarks,
    /// Characters that could not be decoded.
    pub replaced: usize,
    /// Name of the encoding, or of two, unless UTF-8.
    pub encoding: Option<String>,
    /// Whether more may come.
    pub loading: bool,
    /// Bytes that were read.
    pub read: u64,
    /// Bytes there are, where that is known.
    pub total: Option<u64>,
    /// What has become of the file since it was opened.
    pub change: Option<Change>,
    /// Whether it is live: it is read on as it grows.
    pub live: bool,
    /// Whether the end of what came is not complete, such as a line that is being written.
    pub unfinished: bool,
    /// Why it cannot be read on: a sentence.
    pub fault: Option<String>,
    /// What became last of a file that is followed, numbered.
    pub fate: Option<(u32, Fate)>,
}
