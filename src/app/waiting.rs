//! A record that waits while a part of its file, which the index has not come to, is shown in its place.

use super::jumps::Jumps;
use crate::format::Index;
use crate::query::{Picked, Search};
use crate::replay::Schedule;
use crate::structure::Structure;
use crate::transcript::Transcript;
use std::fs::File;
use std::ops::Range;
use std::sync::Arc;

/// What parts are read with, and the record that waits while one is shown.
pub struct Ahead {
    pub index: Index,
    pub file: Arc<File>,
    pub part: Range<u64>,
    pub waiting: Option<Box<Waiting>>,
}

/// The record, and all that names posts of it.
pub struct Waiting {
    pub transcript: Transcript,
    pub structure: Structure,
    pub schedule: Schedule,
    pub search: Option<Search>,
    pub picked: Vec<Picked>,
    pub jumps: Jumps,
}

impl std::fmt::Debug for Ahead {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.debug_struct("Ahead").field("part", &self.part).finish_non_exhaustive()
    }
}
