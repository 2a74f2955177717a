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
        let is_at =
            |mark: &ChapterMark| begins(transcript, id, &mark.begins) && is_moment(transcript, id, mark);
        if let Some(index) = marks.iter().position(is_at) {
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

fn begins(transcript: &Transcript, id: PostId, words: &str) -> bool {
    if transcript.body_range(id).len() < words.len() {
        return false;
    }
    let (_, start) = transcript.part(id, 0..words.len());
    start == words
}

/// Whether a post is stamped as a mark says, as far as that goes.
fn is_moment(transcript: &Transcript, id: PostId, mark: &ChapterMark) -> bool {
    let Some(wanted) = &mark.at else { return true };
    let stamp = match transcript.meta.clock {
        ClockKind::None => None,
        ClockKind::Wall => transcript.moment(id).map(|moment| moment.format("%Y-%m-%dT%H:%M:%S").to_string()),
        ClockKind::Offset => transcript.start(id).map(|ms| {
            let seconds = ms / 1000;
            format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
        }),
    };
    stamp.is_some_and(|stamp| stamp.starts_with(&wanted.replace(' ', "T")))
}
