//! Which bylines are one person: as somebody has corrected, or as the record itself shows.
//!
//! A person has the id of the byline that appeared first, so that nothing that was counted before moves when another
//! one joins.

use super::corrections::{Correction, Corrections};
use super::roles::role_of;
use crate::transcript::{PostId, Role, Speaker, SpeakerId, Transcript};
use hashbrown::HashMap;
use std::sync::Arc;

/// The bylines that count with others, and what was corrected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Persons {
    corrections: Arc<Corrections>,
    merges: Arc<Merges>,
    /// How many bylines have appeared.
    met: usize,
    /// What was corrected of bylines that have appeared.
    corrected: HashMap<SpeakerId, Correction>,
    /// The person of a byline that is not its own.
    joined: HashMap<SpeakerId, SpeakerId>,
    /// Whom a byline merely spells otherwise, as the record shows.
    found: HashMap<SpeakerId, SpeakerId>,
    /// The first posts of bylines that have joined.
    firsts: HashMap<SpeakerId, PostId>,
    /// All bylines of a person of several, by first appearance.
    bylines: HashMap<SpeakerId, Vec<SpeakerId>>,
    /// The persons that are merged by correction, by the byline that they count with in the end.
    merged: HashMap<String, SpeakerId>,
    /// Of a person of several bylines the one that the others count with, once it has appeared.
    mains: HashMap<SpeakerId, SpeakerId>,
}

/// What is merged by correction.
#[derive(Debug, Default, PartialEq, Eq)]
struct Merges {
    /// For each byline the one that it counts with in the end.
    mains: HashMap<String, String>,
    /// The role of that one and all that count with it.
    roles: HashMap<String, Role>,
}

impl Merges {
    /// One role for all: the first that is corrected, that of the main one before others, else the first that is said.
    fn of(corrections: &Corrections) -> Self {
        let mains = corrections.mains();
        let mut labels: Vec<(&String, &String)> = mains.iter().collect();
        labels.sort_by_key(|(label, main)| (label != main, *label));
        let mut roles = HashMap::new();
        for corrected in [true, false] {
            for &(label, main) in &labels {
                let role = if corrected {
                    corrections.of(label).and_then(|correction| correction.role.clone())
                } else {
                    Some(role_of(&Speaker::new(label))).filter(|role| *role != Role::Unknown)
                };
                if let Some(role) = role {
                    roles.entry(main.clone()).or_insert(role);
                }
            }
        }
        Self { mains, roles }
    }
}

impl Persons {
    /// Nobody yet, but what was corrected of them.
    pub fn new(corrections: Arc<Corrections>) -> Self {
        let merges = Arc::new(Merges::of(&corrections));
        Self { corrections, merges, ..Self::default() }
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
        let Some(main) = self.merges.mains.get(label) else { return };
        let is_main = main == label;
        let person = *self.merged.entry(main.clone()).or_insert(id);
        if person != id {
            self.join(id, person);
        }
        if is_main {
            self.mains.insert(self.of(id), id);
        }
    }

    /// A byline counts with a person from now on, and so do those that count with it.
    fn join(&mut self, id: SpeakerId, person: SpeakerId) {
        let person = self.of(person);
        for byline in self.bylines.remove(&id).unwrap_or_else(|| vec![id]) {
            self.joined.insert(byline, person);
            self.bylines.entry(person).or_insert_with(|| vec![person]).push(byline);
        }
        if let Some(main) = self.mains.remove(&id) {
            self.mains.entry(person).or_insert(main);
        }
    }

    /// A byline merely spells another one's name otherwise.
    pub fn find(&mut self, id: SpeakerId, other: SpeakerId) {
        self.found.insert(id, other);
        self.join(id, other);
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
        let (corrections, merges) = (Arc::clone(&self.corrections), Arc::clone(&self.merges));
        *self = Self { corrections, merges, ..Self::default() };
    }

    /// The person of a byline.
    #[inline]
    pub fn of(&self, id: SpeakerId) -> SpeakerId {
        if self.joined.is_empty() { id } else { self.joined.get(&id).copied().unwrap_or(id) }
    }

    /// The byline whose name a byline spells: another one only if the record shows that.
    pub fn spelled(&self, id: SpeakerId) -> SpeakerId {
        if self.found.is_empty() { id } else { self.found.get(&id).copied().unwrap_or(id) }
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
    pub fn main(&self, person: SpeakerId) -> SpeakerId {
        self.mains.get(&person).copied().unwrap_or(person)
    }

    /// What was corrected of a byline.
    pub fn correction(&self, id: SpeakerId) -> Option<&Correction> {
        self.corrected.get(&id)
    }

    /// Whether a byline is a person of its own, whatever looks like it.
    pub fn is_apart(&self, id: SpeakerId) -> bool {
        self.correction(id).is_some_and(|correction| correction.apart)
    }

    /// The role of a byline: as corrected, else as it says. Bylines that are merged have one role.
    pub fn role(&self, speaker: &Speaker) -> Role {
        let main = self.merges.mains.get(&speaker.label);
        let merged = main.and_then(|main| self.merges.roles.get(main));
        let own = || self.corrections.of(&speaker.label).and_then(|correction| correction.role.as_ref());
        merged.or_else(own).cloned().unwrap_or_else(|| role_of(speaker))
    }

    /// Bytes that are held, without the words.
    pub fn size(&self) -> usize {
        (self.joined.len() + self.bylines.len()) * 2 * size_of::<SpeakerId>()
    }
}
