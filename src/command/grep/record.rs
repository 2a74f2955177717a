//! A record that is searched, as far as that needs.

use super::sift::Places;
use crate::marks::Marks;
use crate::structure::Structure;
use crate::transcript::Transcript;
use std::sync::Arc;

/// A record, and where in it something may be found.
pub struct Record {
    /// The record.
    pub transcript: Transcript,
    /// What is derived from it; nothing where nobody asks for it.
    pub structure: Arc<Structure>,
    /// What the reader keeps of it; nothing where nobody asks for it.
    pub marks: Marks,
    /// Where; none where every post may be asked for.
    pub places: Option<Places>,
}

impl Record {
    /// The same record for another thread, which reads its text by itself.
    pub fn copy(&self) -> Self {
        let Self { transcript, structure, marks, .. } = self;
        let (transcript, structure, marks) = (transcript.clone(), Arc::clone(structure), marks.clone());
        Self { transcript, structure, marks, places: None }
    }
}
