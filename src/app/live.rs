//! A live record: it is begun anew when its file was replaced, or its beginning proved to be something else, and what it
//! gains may have been watched for.

use super::jumps::Jumps;
use super::mixed::Mixed;
use super::reader::Reader;
use super::source::Source;
use super::state::App;
use super::watching::{Alerted, Watch};
use crate::action::{Mode, PromptKind};
use crate::format::Fate;
use crate::layout::flow::Anchor;
use crate::replay::Schedule;
use crate::structure::Structure;
use std::sync::Arc;

impl App {
    /// Derives everything from the record as it is now. Whoever read at its end reads there; everybody else at the
    /// beginning, or at the same post of one that was only written over.
    pub(super) fn begin_anew(&mut self, source: Source) {
        let focus = self.reader.focus;
        // A part of the old file is shown no more.
        let waiting = self.ahead.take().and_then(|ahead| ahead.waiting);
        let (chosen, heard) = (self.chosen_label(), self.heard_labels());
        if let Some(waiting) = waiting {
            self.transcript = waiting.transcript;
        }
        self.structure = Structure::corrected(&self.transcript, Arc::clone(self.structure.corrections()));
        self.schedule = Schedule::of(&self.transcript, &self.structure, self.schedule.pacing());
        self.clock = self.clock.parked(self.now);
        self.revealed = 0;
        self.controls.forget_record();
        self.jumps = Jumps::default();
        self.mixed = Mixed::default();
        self.kept.forget();
        self.kept.takeaway.from = None;
        self.keep_note_open();
        let is_correcting = matches!(self.prompt, PromptKind::Name | PromptKind::Title);
        if matches!(self.mode, Mode::Finder | Mode::Outline | Mode::Card)
            || self.mode == Mode::Prompt && is_correcting
        {
            // What stands there names posts and people of the old record.
            self.mode = Mode::Reading;
        }
        self.reader = Reader { follow: self.reader.follow, ..Reader::default() };
        self.started &= self.reader.follow;
        if let Some((_, Fate::Rewritten | Fate::Shortened)) = source.fate.filter(|_| !self.reader.follow) {
            // Most of it is what it was.
            let anchor = Anchor { post: focus, ..Anchor::default() };
            self.reader = Reader { focus, anchor, follow: false };
            self.started = true;
        }
        self.sought.before_search = self.sought.before_search.map(|_| self.reader);
        if source.fate == self.source.fate {
            // It is the same record, whose beginning was taken for something else.
            (self.at, self.play) = self.asked.clone();
            self.started &= !self.play && self.at.is_none();
        }
        self.know_source(source);
        self.search_anew(self.query(), None);
        self.choose(chosen.as_ref(), &heard);
        self.forget_rows();
        self.search_on();
        self.find_marks();
        self.bind_filters(Vec::new());
        self.look_out(false);
        self.has_grown = true;
    }

    /// Takes in what is known of the source, and says what became of it.
    pub(super) fn know_source(&mut self, source: Source) {
        if source.fate != self.source.fate
            && let Some((_, fate)) = source.fate
        {
            let words = self.lang.words();
            let said = match fate {
                Fate::Shortened => words.shortened,
                Fate::Replaced => words.replaced_by_other,
                Fate::Rewritten => words.rewritten,
                Fate::Deleted => words.gone,
                Fate::Back => words.back,
            };
            self.message = Some(said.to_owned());
        }
        if self.source.live && !source.live {
            self.message = Some(self.lang.words().replay.live_ended.to_owned());
        }
        self.source = source;
    }

    /// A live record cannot be read on: why is told from now on.
    pub fn stop_reading(&mut self, sentence: String) {
        let live_no_more =
            Source { live: false, loading: false, fault: Some(sentence.clone()), ..self.source.clone() };
        self.know_source(live_no_more);
        self.message = Some(sentence);
    }

    /// Watches for something.
    pub fn watch(&mut self, watch: Watch) {
        self.watch = watch;
    }

    /// What came that was watched for, since this was asked last.
    pub fn take_alert(&mut self) -> Option<Alerted> {
        self.watch.take()
    }

    /// Looks whether something came that is watched for; not where the record was not live before.
    pub(super) fn look_out(&mut self, was_live: bool) {
        if let Some(title) = self.watch.look((&self.transcript, &self.structure), was_live) {
            self.message = Some(title);
        }
    }
}
