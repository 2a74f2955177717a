//! What the outline tells, and how one moves in it.

use super::outline::{OutlineEntry, OutlineLine};
use super::state::App;
use crate::action::Mode;
use crate::layout::rows::RowKind;
use crate::replay::reading_ms;
use crate::structure::Exchange;
use crate::text::slice;
use crate::transcript::PostId;
use std::cmp::Ordering;
use std::time::Duration;

/// Bytes of a question that its first words are taken from.
const WORDS: usize = 600;

impl App {
    /// Opens the outline at the exchange that is read, or closes it.
    pub(super) fn toggle_outline(&mut self) {
        if self.mode == Mode::Outline {
            self.mode = Mode::Reading;
        } else if self.outline_len() == 0 {
            self.message = Some(self.lang.words().no_exchange.to_owned());
        } else {
            let behind = PostId::new(self.reader.focus.number());
            let chapters = self.revealed_chapters().take_while(|(post, _)| *post < behind).count();
            self.outline.chosen = (self.exchanges_before(behind) + chapters).saturating_sub(1);
            self.mode = Mode::Outline;
        }
    }

    /// How many lines there are: what is still to come is not told.
    pub fn outline_len(&self) -> usize {
        self.exchanges_before(PostId::new(self.revealed)) + self.revealed_chapters().count()
    }

    /// How many exchanges begin before a post.
    fn exchanges_before(&self, post: PostId) -> usize {
        let last = self.structure.previous_exchange(post);
        last.and_then(|question| self.structure.exchange_of(question)).unwrap_or(0)
    }

    fn revealed_chapters(&self) -> impl Iterator<Item = (PostId, &str)> {
        self.structure.chapters().all().take_while(|(post, _)| post.index() < self.revealed)
    }

    /// A line: a chapter stands before the exchanges in it.
    pub fn outline_line(&self, index: usize) -> Option<OutlineLine> {
        let mut before = 0;
        for (post, title) in self.revealed_chapters() {
            match (before + self.exchanges_before(post)).cmp(&index) {
                Ordering::Less => before += 1,
                Ordering::Equal => return Some(OutlineLine::Chapter(post, title.to_owned())),
                Ordering::Greater => break,
            }
        }
        self.outline_entry(index - before).map(OutlineLine::Exchange)
    }

    /// An exchange, by index.
    pub fn outline_entry(&self, index: usize) -> Option<OutlineEntry> {
        let Exchange { question, guests, answers, .. } = self.structure.exchange(&self.transcript, index)?;
        let end = answers.last().map_or(question.number(), |last| last.number());
        let chars = self.structure.reading_between(&(question.index()..end));
        Some(OutlineEntry {
            number: index + 1,
            question,
            guests,
            words: self.first_words(question),
            reading_ms: reading_ms(chars, self.schedule.pacing().cpm),
            read: self.outline.read.contains(&question),
        })
    }

    /// The first paragraph of a post, as far as a line may tell it.
    pub fn first_words(&self, post: PostId) -> String {
        let (_, text) = self.transcript.part(post, 0..WORDS);
        self.transcript.paragraphs(&text).next().map_or("", |range| slice(&text, range)).to_owned()
    }

    /// The question of the exchange that is read, if it has scrolled out of sight, with its first words.
    pub(super) fn find_pinned(&self) -> Option<(PostId, String)> {
        let rows = self.page.get(usize::from(self.covered)..)?;
        let first = rows.iter().find(|row| matches!(row.kind, RowKind::Header | RowKind::Body { .. }))?;
        let question = self.structure.question_of(first.post)?;
        let is_seen = rows
            .iter()
            .any(|row| row.post == question && matches!(row.kind, RowKind::Body { first: true, .. }));
        (!is_seen).then(|| (question, self.first_words(question)))
    }

    /// Moves the choice.
    pub(super) fn choose_line(&mut self, by: isize) {
        let last = self.outline_len().saturating_sub(1);
        self.outline.chosen = self.outline.chosen.saturating_add_signed(by).min(last);
    }

    /// Goes to the question or chapter that is chosen.
    pub(super) fn accept_line(&mut self, now: Duration) {
        let post = match self.outline_line(self.outline.chosen) {
            Some(OutlineLine::Chapter(post, _)) => Some(post),
            Some(OutlineLine::Exchange(entry)) => Some(entry.question),
            None => None,
        };
        if let Some(post) = post {
            self.jump(post, now);
        }
    }

    /// Remembers the exchange that is read.
    pub(super) fn mark_read(&mut self) {
        if self.ahead().is_none()
            && let Some(question) = self.structure.question_of(self.reader.focus)
        {
            self.outline.read.insert(question);
        }
    }
}
