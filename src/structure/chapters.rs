//! Chapters: where somebody has said that they begin.

use super::corrections::{ChapterMark, Corrections};
use crate::transcript::{ClockKind, PostId, Transcript};
use hashbrown::HashMap;
use std::collections::BTreeMap;

/// The chapters that were found, and the marks whose post has not come yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chapters {
    found: BTreeMap<PostId, String>,
    /// By byline, in the order of the file.
    waiting: HashMap<String, Vec<ChapterMark>>,
}

impl Chapters {
    /// No chapter yet, but marks.
    pub fn new(corrections: &Corrections) -> Self {
        let mut waiting: HashMap<_, Vec<_>> = HashMap::new();
        for mark in &corrections.chapters {
            waiting.entry(mark.by.clone()).or_default().push(mark.clone());
        }
        Self { found: BTreeMap::new(), waiting }
    }

    /// Looks whether a chapter begins with a post. The post may still grow, and is looked at again.
    pub fn take(&mut self, transcript: &Transcript, id: PostId) {
        if self.waiting.is_empty() || self.found.contains_key(&id) {
            return;
        }
        let label = &transcript.speaker(transcript.speaker_of(id)).label;
        let Some(marks) = self.waiting.get_mut(label) else { return };
        let longest = marks.iter().map(|mark| mark.begins.len()).max().unwrap_or(0);
        let (_, start) = transcript.part(id, 0..longest);
        let mut stamp = None;
        let mut is_at = |mark: &ChapterMark| {
            let is_moment = |at: &String| {
                stamp.get_or_insert_with(|| stamp_of(transcript, id)).starts_with(&at.replace(' ', "T"))
            };
            start.starts_with(&mark.begins) && mark.at.as_ref().is_none_or(is_moment)
        };
        let found = marks.iter().position(&mut is_at);
        if let Some(index) = found {
            self.found.insert(id, marks.remove(index).title);
        }
        if marks.is_empty() {
            self.waiting.remove(label);
        }
    }

    /// All of them, in file order.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = (PostId, &str)> {
        self.found.iter().map(|(&id, title)| (id, title.as_str()))
    }

    /// The chapter that begins with a post.
    pub fn at(&self, id: PostId) -> Option<&str> {
        self.found.get(&id).map(String::as_str)
    }

    /// The marks that no post was found for.
    pub fn lost(&self) -> impl Iterator<Item = &ChapterMark> {
        self.waiting.values().flatten()
    }
}

/// The stamp of a post as a mark tells it; empty without one.
fn stamp_of(transcript: &Transcript, id: PostId) -> String {
    match transcript.meta.clock {
        ClockKind::None => String::new(),
        ClockKind::Wall => transcript
            .moment(id)
            .map(|moment| moment.format("%Y-%m-%dT%H:%M:%S").to_string())
            .unwrap_or_default(),
        ClockKind::Offset => {
            let seconds = transcript.start(id).unwrap_or_default() / 1000;
            format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
        }
    }
}
