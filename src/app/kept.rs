//! What the reader keeps of a record, and takes away from it.

use super::note::Editor;
use super::resume::Resume;
use super::takeaway::Takeaway;
use crate::action::Mode;
use crate::config::Settings;
use crate::marks::{Entry, Mark, Marks};
use crate::transcript::{PostId, Transcript};
use std::collections::BTreeMap;

/// What is kept, and how it is shown and taken away.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// Bookmarks, notes and tags.
    pub marks: Marks,
    /// Index of the chosen mark in their list.
    pub chosen: usize,
    /// What is taken away.
    pub takeaway: Takeaway,
    /// The note that is being written.
    pub editor: Option<Editor>,
    /// Where one came back to.
    pub resume: Option<Resume>,
    /// The post that a prompt is about, and where it was opened.
    pub(super) asked: Option<(PostId, Mode)>,
    /// What was marked last that is not any more.
    pub(super) dropped: Option<(PostId, Mark)>,
    /// The post whose note goes if one asks for that again.
    pub(super) doomed: Option<PostId>,
    /// Whether it was said that marks have no post.
    pub(super) told: bool,
    /// How each mark names its post.
    named: BTreeMap<PostId, Entry>,
    /// Those whose posts are not there, or not yet.
    missing: Vec<Entry>,
    /// Marks that have changed and are to be written.
    changes: Vec<Entry>,
}

impl Kept {
    /// As it is set at the start.
    pub(super) fn of(settings: &Settings) -> Self {
        let takeaway = Takeaway { form: settings.copy_form, ..Takeaway::default() };
        Self { takeaway, ..Self::default() }
    }

    /// Sets what is kept of a post.
    pub(super) fn set(&mut self, transcript: &Transcript, post: PostId, mark: Mark) {
        let named = self.named.get(&post);
        let entry = match named {
            Some(named) => Entry { mark: mark.clone(), ..named.clone() },
            None => Entry::of(transcript, post, mark.clone()),
        };
        self.changes.retain(|other| !other.is_same(&entry));
        self.changes.push(entry.clone());
        self.named.insert(post, entry);
        self.marks.set(post, mark);
    }

    /// Takes in all marks that are kept of the record; says whether anything is new. What is still to be written counts.
    pub(super) fn learn(&mut self, mut entries: Vec<Entry>) -> bool {
        for change in &self.changes {
            entries.retain(|entry| !entry.is_same(change));
            entries.push(change.clone());
        }
        entries.retain(|entry| !entry.mark.is_empty());
        let known = || self.named.values().chain(&self.missing).filter(|entry| !entry.mark.is_empty());
        if known().count() == entries.len() && entries.iter().all(|entry| known().any(|own| own == entry)) {
            return false;
        }
        self.forget();
        self.missing = entries;
        true
    }

    /// No post is what it was: every mark has to be found again.
    pub(super) fn forget(&mut self) {
        let named = std::mem::take(&mut self.named).into_values().filter(|entry| !entry.mark.is_empty());
        self.missing.extend(named);
        self.marks = Marks::default();
        (self.asked, self.dropped, self.doomed) = (None, None, None);
    }

    /// Finds the posts of marks that are missing, where they were or, if so wanted, elsewhere; says whether one was found.
    pub(super) fn find(&mut self, transcript: &Transcript, elsewhere: bool) -> bool {
        let before = self.missing.len();
        for entry in std::mem::take(&mut self.missing) {
            match entry.find(transcript, elsewhere) {
                Some(post) if !self.named.contains_key(&post) => {
                    self.marks.set(post, entry.mark.clone());
                    self.named.insert(post, entry);
                }
                _ => self.missing.push(entry),
            }
        }
        self.missing.len() < before
    }

    /// How many marks have no post in the record.
    pub fn missing(&self) -> usize {
        self.missing.len()
    }

    /// Whether a mark is still to be written.
    pub fn is_unwritten(&self) -> bool {
        !self.changes.is_empty()
    }

    /// What has changed and is to be written.
    pub(super) fn changes(&self) -> &[Entry] {
        &self.changes
    }

    /// A mark is written.
    pub(super) fn written(&mut self, entry: &Entry) {
        self.changes.retain(|change| change != entry);
    }

    /// Index of the last mark up to a post, or of the first.
    pub(super) fn place(&self, post: PostId) -> usize {
        self.marks.iter().take_while(|(marked, _)| *marked <= post).count().saturating_sub(1)
    }
}
