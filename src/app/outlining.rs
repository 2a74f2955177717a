//! What the outline tells, and how one moves in it.

use super::outline::OutlineEntry;
use super::state::App;
use crate::action::Mode;
use crate::layout::rows::RowKind;
use crate::replay::reading_ms;
use crate::structure::Exchange;
use crate::text::paragraphs::paragraphs;
use crate::text::slice;
use crate::transcript::PostId;
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
            let here = self.structure.previous_exchange(behind);
            let number = here.and_then(|question| self.structure.exchange_of(question)).unwrap_or(1);
            self.outline.chosen = number - 1;
            self.mode = Mode::Outline;
        }
    }

    /// How many lines there are: a question that is still to come is not told.
    pub fn outline_len(&self) -> usize {
        let last = self.structure.previous_exchange(PostId::new(self.revealed));
        last.and_then(|question| self.structure.exchange_of(question)).unwrap_or(0)
    }

    /// A line.
    pub fn outline_entry(&self, index: usize) -> Option<OutlineEntry> {
        let Exchange { question, guests, answers, .. } = self.structure.exchange(&self.transcript, index)?;
        let end = answers.last().map_or(question.number(), |last| last.number());
        let chars = self.structure.chars_between(&(question.index()..end));
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
        paragraphs(&text).next().map_or("", |range| slice(&text, range)).to_owned()
    }

    /// The question of the exchange that is read, if it has scrolled out of sight.
    pub fn pinned(&self) -> Option<PostId> {
        let rows = self.page.get(usize::from(self.covered)..)?;
        let first = rows.iter().find(|row| matches!(row.kind, RowKind::Header | RowKind::Body { .. }))?;
        let question = self.structure.question_of(first.post)?;
        let is_seen = rows
            .iter()
            .any(|row| row.post == question && matches!(row.kind, RowKind::Body { first: true, .. }));
        (!is_seen).then_some(question)
    }

    /// Moves the choice.
    pub(super) fn choose_exchange(&mut self, by: isize) {
        let last = self.outline_len().saturating_sub(1);
        self.outline.chosen = self.outline.chosen.saturating_add_signed(by).min(last);
    }

    /// Goes to the question that is chosen.
    pub(super) fn accept_exchange(&mut self, now: Duration) {
        if let Some(entry) = self.outline_entry(self.outline.chosen) {
            self.jump(entry.question, now);
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
