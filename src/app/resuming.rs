//! Coming back to where one stopped to read, and telling where that is.

use super::reader::Reader;
use super::resume::{Resume, Stage, Unread};
use super::state::App;
use crate::layout::flow::Anchor;
use crate::marks::Check;
use crate::replay::reading_ms;
use crate::store::Reading;
use crate::structure::Structure;
use crate::transcript::PostId;
use hashbrown::HashMap;
use std::time::Duration;

/// So many of those who are unread are told.
const MOST_TOLD: usize = 4;

impl App {
    /// Comes back to a place as soon as it is known; `when` says in words when it was left. At the beginning there is
    /// nothing to come back to.
    pub fn resume(&mut self, reading: Reading, when: String) {
        if reading.number > 1 || reading.byte > 0 {
            self.kept.resume = Some(Resume { reading, when, stage: Stage::Waiting, unread: None });
        }
    }

    /// Goes to where one stopped, if that is known by now; says whether it does or may still.
    pub(super) fn take_up(&mut self, now: Duration) -> bool {
        let waits = |resume: &&Resume| resume.stage == Stage::Waiting;
        let Some(resume) = self.kept.resume.as_ref().filter(waits) else { return false };
        let Reading { number, check, .. } = &resume.reading;
        let there = check.find_at(*number, &self.transcript);
        let loading = self.source.loading;
        let Some(post) = there.or_else(|| check.find(*number, &self.transcript).filter(|_| !loading)) else {
            if loading {
                return true;
            }
            self.kept.resume = None;
            self.say(self.lang.words().keep.place_lost);
            return false;
        };
        let Reading { before, byte, rows: (above, below), covered, revealed, .. } = resume.reading;
        if let Some(last) =
            revealed.and_then(|revealed| revealed.checked_sub(1)).filter(|&last| last >= post.index())
        {
            let show = self.shows().show(PostId::new(last.min(self.transcript.len() - 1)));
            self.put(self.clock.seek(show, now), now);
        }
        let top = PostId::new(post.index().saturating_sub(before));
        self.reader =
            Reader { anchor: Anchor { post: top, byte, above, below, covered }, focus: post, follow: false };
        if let Some(resume) = &mut self.kept.resume {
            resume.stage = Stage::Card;
        }
        self.refresh(now);
        true
    }

    /// Says what is unread once the record is known to its end.
    pub(super) fn tell_unread(&mut self) {
        if self.source.loading || self.ahead().is_some() {
            return;
        }
        let from = self.reader.focus;
        let Some(resume) = self.kept.resume.as_ref().filter(|resume| resume.stage == Stage::Card) else {
            return;
        };
        if resume.unread.is_some() {
            return;
        }
        let unread = self.unread(from, &resume.reading);
        if let Some(resume) = &mut self.kept.resume {
            resume.unread = Some(unread);
        }
    }

    fn unread(&self, from: PostId, reading: &Reading) -> Unread {
        let (transcript, structure): (_, &Structure) = (&self.transcript, &self.structure);
        let next = PostId::new(from.number());
        let mut counts: HashMap<_, usize> = HashMap::new();
        for id in transcript.speakers_from(next) {
            *counts.entry(structure.person(id)).or_default() += 1;
        }
        let mut by: Vec<_> = counts.into_iter().collect();
        by.sort_by_key(|&(person, posts)| (std::cmp::Reverse(posts), person));
        let others = by.len().saturating_sub(MOST_TOLD);
        by.truncate(MOST_TOLD);
        let cpm = reading.cpm.unwrap_or(self.schedule.pacing().cpm);
        let chars = structure.reading_between(&(from.index()..transcript.len()));
        Unread {
            new: transcript.len().saturating_sub(reading.posts),
            posts: transcript.len() - next.index().min(transcript.len()),
            by,
            others,
            left: (reading_ms(chars, cpm), cpm, reading.cpm.is_some()),
        }
    }

    /// The card of where one has come back to, while it is open.
    pub fn resume_card(&self) -> Option<&Resume> {
        self.kept.resume.as_ref().filter(|resume| resume.stage == Stage::Card)
    }

    /// Somebody goes on: the card is closed.
    pub(super) fn go_on(&mut self) {
        self.end_resume(Stage::Card);
    }

    /// Somebody reads here: a place that is not known yet is not gone to any more.
    pub(super) fn stay(&mut self) {
        self.end_resume(Stage::Waiting);
    }

    fn end_resume(&mut self, from: Stage) {
        if let Some(resume) = self.kept.resume.as_mut().filter(|resume| resume.stage == from) {
            resume.stage = Stage::Done;
        }
    }

    /// Where one reads, for coming back later; `when` is the time as it is kept. Nothing where that is not known, or
    /// nothing was read.
    pub fn reading(&self, when: String) -> Option<Reading> {
        let before = self.kept.resume.as_ref();
        let is_waiting = before.is_some_and(|resume| resume.stage == Stage::Waiting);
        let Reader { anchor, focus, .. } = self.reader;
        let post = focus.max(anchor.post);
        let unread = post.index() == 0 && anchor.byte == 0 && before.is_none();
        if is_waiting || unread || self.transcript.is_empty() || self.ahead().is_some() || self.at.is_some() {
            return None;
        }
        let cpm = self.controls.meter.cpm().or(before.and_then(|resume| resume.reading.cpm));
        Some(Reading {
            number: post.number(),
            check: Check::of(&self.transcript, post),
            before: post.index() - anchor.post.index(),
            byte: anchor.byte,
            rows: (anchor.above, anchor.below),
            covered: anchor.covered,
            posts: self.transcript.len(),
            when,
            cpm,
            revealed: (self.revealed < self.transcript.len()).then_some(self.revealed),
        })
    }
}
