//! The card of a speaker, and what one corrects there.
//!
//! A correction holds at once; to keep it is the matter of the shell, which takes it by [`App::take_edits`].

use super::card::Card;
use super::finder::Purpose;
use super::state::App;
use crate::action::{Action, Mode, PromptKind};
use crate::evidence::Evidence;
use crate::layout::card::{self, Line};
use crate::structure::{Corrections, Edit, Structure};
use crate::transcript::{Role, SpeakerId};
use std::sync::Arc;
use tui_input::Input;

/// The roles that a correction goes through.
const ROLES: [Role; 4] = [Role::Host, Role::Guest, Role::Audience, Role::Admin];

impl App {
    /// Begins with what was corrected before.
    pub fn know(&mut self, corrections: Corrections) {
        self.structure = Structure::corrected(&self.transcript, Arc::new(corrections));
        self.cache.clear();
        self.roster.forget();
        self.search_once_more();
        self.rebind_filters();
    }

    /// What was corrected since the last time: bylines, each with what is new of it.
    pub fn take_edits(&mut self) -> Vec<(String, Edit)> {
        std::mem::take(&mut self.edits)
    }

    pub(super) fn toggle_card(&mut self) {
        if self.mode == Mode::Card {
            self.mode = self.card.from;
            return;
        }
        let post = (self.mode == Mode::Reading).then_some(self.reader.focus);
        self.card = Card { person: self.speaker(), post, scroll: 0, from: self.mode };
        self.mode = Mode::Card;
    }

    /// What derivations rest on.
    pub fn evidence(&self) -> Evidence<'_> {
        Evidence { transcript: &self.transcript, structure: &self.structure, lang: self.lang }
    }

    /// The lines of the card, and how far it can be scrolled.
    pub fn card_lines(&self) -> (Vec<Line>, usize) {
        let within = self.panes.text.union(self.panes.tracks);
        let size = card::size((within.width, within.height));
        let lines = card::lines(self.evidence(), (self.card.person, self.card.post), (self.ruler, size.0));
        let last = lines.len().saturating_sub(size.1);
        (lines, last)
    }

    /// The byline that corrections of a person are kept by.
    fn main_label(&self, person: SpeakerId) -> String {
        self.label(self.structure.main_byline(person))
    }

    /// Whether the keys go to the card, or to what was opened from it.
    pub(super) fn is_on_card(&self) -> bool {
        match self.mode {
            Mode::Card => true,
            Mode::Prompt => matches!(self.prompt, PromptKind::Name | PromptKind::Title),
            Mode::Finder => self.purpose == Purpose::Merge,
            _ => false,
        }
    }

    fn correct(&mut self, edits: Vec<(String, Edit)>) {
        if edits.is_empty() {
            return;
        }
        let mut corrections = Corrections::clone(self.structure.corrections());
        for (label, edit) in &edits {
            corrections.edit(label, edit);
        }
        self.know(corrections);
        self.edits.extend(edits);
        let structure = &self.structure;
        self.hearing.rename(|person| Some(structure.person(person)));
        self.chosen = structure.person(self.chosen);
        self.card.person = structure.person(self.card.person);
        self.sift();
    }

    pub(super) fn begin_correction(&mut self, action: Action) {
        if self.ahead().is_some() {
            self.message = Some(self.lang.words().indexing.to_owned());
            return;
        }
        match action {
            Action::CycleRole => self.cycle_role(),
            Action::Merge => self.open_finder(Purpose::Merge),
            Action::Part => self.part(),
            Action::Restore => self.restore(),
            _ => self.ask_correction(action),
        }
    }

    fn ask_correction(&mut self, action: Action) {
        let (prompt, now) = match action {
            Action::EditName => (PromptKind::Name, self.structure.name(&self.transcript, self.card.person)),
            _ => (PromptKind::Title, self.structure.title(&self.transcript, self.card.person)),
        };
        self.input = Input::new(now.to_owned());
        self.prompt = prompt;
        self.mode = Mode::Prompt;
    }

    /// What was typed is the name or the title; nothing takes the correction back.
    pub(super) fn accept_correction(&mut self) {
        self.mode = Mode::Card;
        let typed = Some(self.input.value().trim().to_owned()).filter(|typed| !typed.is_empty());
        let person = self.card.person;
        let (known, edit): (_, fn(_) -> _) = match self.prompt {
            PromptKind::Name => (self.structure.name(&self.transcript, person), Edit::Name),
            _ => (self.structure.title(&self.transcript, person), Edit::Title),
        };
        if typed.as_deref() != Some(known) {
            self.correct(vec![(self.main_label(person), edit(typed))]);
        }
    }

    fn cycle_role(&mut self) {
        let main = self.structure.main_byline(self.card.person);
        let now = self.structure.correction(main).and_then(|correction| correction.role.as_ref());
        let next = match now {
            None => ROLES.first(),
            Some(role) => ROLES.iter().skip_while(|other| *other != role).nth(1),
        };
        self.correct(vec![(self.main_label(self.card.person), Edit::Role(next.cloned()))]);
    }

    /// The speaker on the card is the one who was chosen.
    pub(super) fn accept_merge(&mut self, chosen: Option<SpeakerId>) {
        self.mode = Mode::Card;
        let Some(chosen) = chosen else { return };
        if self.structure.person(chosen) == self.structure.person(self.card.person) {
            self.message = Some(self.lang.words().same_already.to_owned());
            return;
        }
        let same = Edit::SameAs(Some(self.main_label(chosen)));
        self.correct(vec![(self.main_label(self.card.person), same)]);
    }

    /// The bylines of the person are several people.
    fn part(&mut self) {
        let person = self.card.person;
        let bylines: Vec<_> = std::iter::once(person).chain(self.structure.other_bylines(person)).collect();
        if bylines.len() == 1 {
            self.message = Some(self.lang.words().one_byline.to_owned());
            return;
        }
        let part = |&id: &SpeakerId| {
            let is_merged = self.structure.correction(id).is_some_and(|known| known.same_as.is_some());
            // A byline that is apart no longer counts with another one, whatever was said or found.
            let is_own = self.structure.person(id) == id;
            (is_merged || !is_own).then(|| (self.label(id), Edit::Apart(!is_own)))
        };
        self.correct(bylines.iter().filter_map(part).collect());
    }

    /// Takes back what was corrected of the person.
    fn restore(&mut self) {
        let person = self.card.person;
        let bylines: Vec<_> = std::iter::once(person).chain(self.structure.other_bylines(person)).collect();
        let corrected = bylines.into_iter().filter(|&id| self.structure.correction(id).is_some());
        let edits: Vec<_> = corrected.map(|id| (self.label(id), Edit::Forget)).collect();
        if edits.is_empty() {
            self.message = Some(self.lang.words().not_corrected.to_owned());
        }
        self.correct(edits);
    }

    fn label(&self, id: SpeakerId) -> String {
        self.transcript.speaker(id).label.clone()
    }
}
