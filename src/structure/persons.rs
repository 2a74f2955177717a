//! Which bylines are one person: as somebody has corrected, or as the record itself shows.
//!
//! A person has the id of the byline that appeared first, so that nothing that was counted before moves when another
//! one joins.

use super::corrections::{Correction, Corrections};
use super::roles::role_of;
use crate::transcript::{PostId, Role, Speaker, SpeakerId, Transcript};
use hashbrown::HashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The bylines that count with others, and what was corrected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Persons {
    corrections: Arc<Corrections>,
    /// How many bylines have appeared.
    met: usize,
    /// The bylines that are merged, by the one that they count with in the end, which comes first.
    groups: BTreeMap<String, Vec<String>>,
    /// What was corrected of bylines that have appeared.
    corrected: HashMap<SpeakerId, Correction>,
    /// The person of a byline that is not its own.
    joined: HashMap<SpeakerId, SpeakerId>,
    /// The first posts of such bylines.
    firsts: HashMap<SpeakerId, PostId>,
    /// All bylines of a person of several, by first appearance.
    bylines: HashMap<SpeakerId, Vec<SpeakerId>>,
    /// The persons that are merged by correction, by the byline that they count with in the end.
    mains: HashMap<String, SpeakerId>,
}

impl Persons {
    /// Nobody yet, but what was corrected of them.
    pub fn new(corrections: Arc<Corrections>) -> Self {
        let groups = corrections.groups();
        Self { corrections, groups, ..Self::default() }
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
        if !self.groups.contains_key(main) {
            return;
        }
        let person = *self.mains.entry(main.to_owned()).or_insert(id);
        if person != id {
            self.join(id, person);
        }
    }

    /// A byline counts with a person from now on, and so do those that count with it.
    pub fn join(&mut self, id: SpeakerId, person: SpeakerId) {
        let person = self.of(person);
        for byline in self.bylines.remove(&id).unwrap_or_else(|| vec![id]) {
            self.joined.insert(byline, person);
            self.bylines.entry(person).or_insert_with(|| vec![person]).push(byline);
        }
    }

    /// Takes in a post by a byline.
    #[inline]
    pub fn see(&mut self, id: SpeakerId, post: PostId) {
        if !self.joined.is_empty() && self.joined.contains_key(&id) {
            self.firsts.entry(id).or_insert(post);
        }
    }

    /// The first post by a byline that counts with another one.
    pub fn first(&self, id: SpeakerId) -> Option<PostId> {
        self.firsts.get(&id).copied()
    }

    /// Nobody has appeared yet; what was corrected stays.
    pub fn forget(&mut self) {
        *self = Self::new(Arc::clone(&self.corrections));
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

    /// The role of a byline: as corrected, else as it says. Bylines that are merged have one role: the first that is
    /// corrected of any, else the first that any says.
    pub fn role(&self, speaker: &Speaker) -> Role {
        if self.corrections.speakers.is_empty() {
            return role_of(speaker);
        }
        let group = self.groups.get(self.corrections.main(&speaker.label));
        let labels = || group.into_iter().flatten().map(String::as_str);
        let own = std::iter::once(speaker.label.as_str());
        let mut corrected = labels().chain(own).filter_map(|label| self.corrections.of(label)?.role.clone());
        let said = || labels().map(|label| role_of(&Speaker::new(label))).find(|role| *role != Role::Unknown);
        corrected.next().or_else(said).unwrap_or_else(|| role_of(speaker))
    }

    /// Bytes that are held, without the words.
    pub fn size(&self) -> usize {
        (self.joined.len() + self.bylines.len()) * 2 * size_of::<SpeakerId>()
    }
}
