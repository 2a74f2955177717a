//! Which bylines are one person: as somebody has corrected, or as the record itself shows.
//!
//! A person has the id of the byline that appeared first, so that nothing that was counted before moves when another
//! one joins.

use super::corrections::{Correction, Corrections};
use super::roles::role_of;
use crate::transcript::{Role, Speaker, SpeakerId, Transcript};
use hashbrown::HashMap;
use std::sync::Arc;

/// The bylines that count with others, and what was corrected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Persons {
    corrections: Arc<Corrections>,
    /// How many bylines have appeared.
    met: usize,
    /// What was corrected of bylines that have appeared.
    corrected: HashMap<SpeakerId, Correction>,
    /// The person of a byline that is not its own.
    joined: HashMap<SpeakerId, SpeakerId>,
    /// All bylines of a person of several, by first appearance.
    bylines: HashMap<SpeakerId, Vec<SpeakerId>>,
    /// The persons that are merged by correction, by the byline that they count with in the end.
    mains: HashMap<String, SpeakerId>,
}

impl Persons {
    /// Nobody yet, but what was corrected of them.
    pub fn new(corrections: Arc<Corrections>) -> Self {
        Self { corrections, ..Self::default() }
    }

    /// What was corrected.
    pub fn corrections(&self) -> &Arc<Corrections> {
        &self.corrections
    }

    /// Takes in the bylines that have appeared: all before `end`.
    #[inline]
    pub fn meet(&mut self, transcript: &Transcript, end: SpeakerId) {
        while self.met < end.index() {
            let id = SpeakerId::new(self.met);
            self.met += 1;
            if !self.corrections.speakers.is_empty() {
                self.take(id, &transcript.speaker(id).label);
            }
        }
    }

    fn take(&mut self, id: SpeakerId, label: &str) {
        if let Some(correction) = self.corrections.of(label) {
            self.corrected.insert(id, correction.clone());
        }
        let main = self.corrections.main(label);
        if main == label && !self.corrections.is_main(label) {
            return;
        }
        let person = *self.mains.entry(main.to_owned()).or_insert(id);
        if person != id {
            self.join(id, person);
        }
    }

    /// A byline counts with a person from now on.
    pub fn join(&mut self, id: SpeakerId, person: SpeakerId) {
        self.joined.insert(id, person);
        self.bylines.entry(person).or_insert_with(|| vec![person]).push(id);
    }

    /// The person of a byline.
    #[inline]
    pub fn of(&self, id: SpeakerId) -> SpeakerId {
        if self.joined.is_empty() { id } else { self.joined.get(&id).copied().unwrap_or(id) }
    }

    /// How many bylines count with others.
    pub fn joined(&self) -> usize {
        self.joined.len()
    }

    /// The other bylines of a person.
    pub fn others(&self, person: SpeakerId) -> impl Iterator<Item = SpeakerId> {
        self.bylines.get(&person).into_iter().flatten().copied().filter(move |&id| id != person)
    }

    /// The byline that tells name and title of a person: the one that the others count with, if it has appeared.
    pub fn main(&self, transcript: &Transcript, person: SpeakerId) -> SpeakerId {
        let Some(bylines) = self.bylines.get(&person) else { return person };
        let main = self.corrections.main(&transcript.speaker(person).label);
        bylines.iter().copied().find(|&id| transcript.speaker(id).label == main).unwrap_or(person)
    }

    /// What was corrected of a byline.
    pub fn correction(&self, id: SpeakerId) -> Option<&Correction> {
        self.corrected.get(&id)
    }

    /// Whether a byline is a person of its own, whatever looks like it.
    pub fn is_apart(&self, id: SpeakerId) -> bool {
        self.correction(id).is_some_and(|correction| correction.apart)
    }

    /// The role of a byline: as corrected, of itself or of the one it counts with; else as the byline says, or that
    /// one's.
    pub fn role(&self, speaker: &Speaker) -> Role {
        if self.corrections.speakers.is_empty() {
            return role_of(speaker);
        }
        let main = self.corrections.main(&speaker.label);
        let corrected = |label| self.corrections.of(label).and_then(|correction| correction.role.clone());
        corrected(main).or_else(|| corrected(&speaker.label)).unwrap_or_else(|| match role_of(speaker) {
            Role::Unknown if main != speaker.label => role_of(&Speaker::new(main)),
            role => role,
        })
    }

    /// Bytes that are held, without the words.
    pub fn size(&self) -> usize {
        (self.joined.len() + self.bylines.len()) * 2 * size_of::<SpeakerId>()
    }
}
