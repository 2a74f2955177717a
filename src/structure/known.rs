//! What bylines and the host tell of guests by themselves, before captions are weighed.

use super::caption::{Caption, is_same_office, is_variant};
use super::exchanges::{Exchanges, Part};
use super::members::Member;
use super::persons::Persons;
use crate::transcript::{PostId, SpeakerId, Transcript};

/// Posts of a question that are listened to.
const QUESTION: usize = 8;

/// A record, and who is in it.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    /// The record.
    pub transcript: &'a Transcript,
    /// Its bylines.
    pub members: &'a [Member],
    /// Which of them are one person.
    pub persons: &'a Persons,
}

/// What the cast is derived from.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The record.
    pub record: Record<'a>,
    /// Its questions.
    pub exchanges: &'a Exchanges,
}

impl<'a> Known<'a> {
    pub fn label(&self, guest: SpeakerId) -> &'a str {
        &self.record.transcript.speaker(guest).label
    }

    /// Name and office of a byline; no office where the name is not certain.
    pub fn byline(&self, guest: SpeakerId) -> (&'a str, &'a str) {
        let speaker = self.record.transcript.speaker(guest);
        let member = &self.record.members[guest.index()];
        (member.name(speaker), member.title(speaker))
    }

    /// Whether a name is that of a guest by a byline that merely spells it otherwise, or as somebody has corrected.
    pub fn is_called(&self, guest: SpeakerId, name: &str) -> bool {
        let persons = self.record.persons;
        let found = persons.others(persons.of(guest)).filter(|&id| persons.spelled(id) == guest);
        let mut bylines = std::iter::once(guest).chain(found);
        let is_own = |id: SpeakerId| id != guest && self.byline(id).0 == name;
        let is_corrected = |id| {
            persons.correction(id).is_some_and(|known| {
                let names = known.name.iter().chain(known.aliases.iter().flatten());
                names.into_iter().any(|other| other == name)
            })
        };
        bylines.any(|id| is_own(id) || is_corrected(id))
    }

    /// The first post under a byline.
    pub fn first(&self, byline: SpeakerId) -> Option<PostId> {
        let member = self.record.members.get(byline.index())?;
        Some(self.record.persons.first(byline).unwrap_or(member.first))
    }

    /// Whether a caption names a guest as the byline does, or a correction.
    pub fn is_named(&self, guest: SpeakerId, caption: Caption) -> bool {
        let (name, title) = self.byline(guest);
        name == caption.name
            || title.is_empty() && self.label(guest).ends_with(caption.name)
            || self.is_called(guest, caption.name)
    }

    /// Whether a caption names somebody in the office of a guest.
    pub fn is_in_office(&self, guest: SpeakerId, caption: Caption) -> bool {
        is_same_office(self.byline(guest).1, caption.title)
    }

    /// Whether a caption names somebody in the office of a guest as the host does, one character apart from the byline.
    pub fn is_spelled(&self, guest: SpeakerId, caption: Caption) -> bool {
        is_variant(self.byline(guest).0, caption.name)
            && self.is_in_office(guest, caption)
            && self.heard(guest, caption.name).is_some()
    }

    /// Where the host says a name in the question that a guest answers first.
    pub fn heard(&self, guest: SpeakerId, name: &str) -> Option<PostId> {
        let Record { transcript, members, .. } = self.record;
        let first = self.first(guest)?;
        let question = self.exchanges.question_of(first)?;
        let posts = (question.index()..first.index()).map(PostId::new).take(QUESTION);
        let by_host = |id: &PostId| {
            let member = &members[transcript.speaker_of(*id).index()];
            member.part() == Part::Question
        };
        posts.filter(by_host).find(|&id| transcript.body(id).contains(name))
    }

    /// Whether the host asks for a guest, who answers first, by another name than that of the byline.
    pub fn is_asked_for(&self, guest: SpeakerId, byline: &str, name: &str) -> bool {
        let Record { transcript, members, .. } = self.record;
        let Some(question) = self.heard(guest, name).filter(|_| self.heard(guest, byline).is_none()) else {
            return false;
        };
        let first = self.first(guest).unwrap_or_default();
        let mut between = (question.index()..first.index()).map(PostId::new);
        between.all(|id| members[transcript.speaker_of(id).index()].part() != Part::Answer)
    }
}
