//! What is asked of people. A byline that counts with another one is answered for by that person.

use super::cast::Told;
use super::chapters::Chapters;
use super::corrections::{Correction, Corrections};
use super::derived::Structure;
use super::exchanges::Part;
use super::members::Member;
use super::tally::Authors;
use crate::transcript::{Kind, PostId, Role, SpeakerId, Transcript};
use hashbrown::HashSet;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

impl Structure {
    /// What somebody has corrected.
    pub fn corrections(&self) -> &Arc<Corrections> {
        self.persons.corrections()
    }

    /// What somebody has corrected of a byline.
    pub fn correction(&self, id: SpeakerId) -> Option<&Correction> {
        self.persons.correction(id)
    }

    /// The chapters that somebody has marked.
    pub fn chapters(&self) -> &Chapters {
        &self.chapters
    }

    /// The person whose a byline is: the first byline of several that count with each other.
    pub fn person(&self, id: SpeakerId) -> SpeakerId {
        self.persons.of(id)
    }

    /// Who has written a post.
    pub fn author(&self, transcript: &Transcript, id: PostId) -> SpeakerId {
        self.persons.of(transcript.speaker_of(id))
    }

    /// How many people there are.
    pub fn people_count(&self) -> usize {
        self.members.len() - self.persons.joined()
    }

    /// Everybody, by first appearance.
    pub fn people(&self) -> impl Iterator<Item = SpeakerId> {
        (0..self.members.len()).map(SpeakerId::new).filter(|&id| self.persons.of(id) == id)
    }

    /// The other bylines of a person.
    pub fn other_bylines(&self, id: SpeakerId) -> impl Iterator<Item = SpeakerId> {
        self.persons.others(self.persons.of(id))
    }

    /// The byline that tells name and title of a person: where bylines are merged, the one that the others count with.
    pub fn main_byline(&self, id: SpeakerId) -> SpeakerId {
        self.persons.main(self.persons.of(id))
    }

    /// All bylines of a person, by first appearance.
    pub fn bylines(&self, id: SpeakerId) -> impl Iterator<Item = SpeakerId> {
        std::iter::once(self.person(id)).chain(self.other_bylines(id))
    }

    /// What is known of a person.
    pub fn member(&self, id: SpeakerId) -> &Member {
        &self.members[self.persons.of(id).index()]
    }

    /// Whether there is a host. Then whoever is neither host nor admin is a guest.
    pub fn is_hosted(&self) -> bool {
        self.hosted
    }

    /// The name of a speaker: as somebody has corrected, else as the file declares it, else the spelling of most
    /// places, else split from the byline where that is certain, else the whole byline.
    pub fn name<'a>(&'a self, transcript: &'a Transcript, id: SpeakerId) -> &'a str {
        let main = self.main_byline(id);
        let corrected = || self.correction(main).and_then(|correction| correction.name.as_deref());
        let declared = || transcript.speaker(main).declared().name.as_deref();
        let told = || self.told(id).map(|told| told.name.as_str());
        corrected()
            .or_else(declared)
            .or_else(told)
            .unwrap_or_else(|| self.members[main.index()].name(transcript.speaker(main)))
    }

    /// The office or title of a speaker: as somebody has corrected, else as the file declares it, else that of the
    /// fullest caption, else where the byline holds one.
    pub fn title<'a>(&'a self, transcript: &'a Transcript, id: SpeakerId) -> &'a str {
        let main = self.main_byline(id);
        let corrected = || self.correction(main).and_then(|correction| correction.title.as_deref());
        let declared = || transcript.speaker(main).declared().title.as_deref();
        let told = || self.told(id).map(Told::title).filter(|title| !title.is_empty());
        corrected()
            .or_else(declared)
            .or_else(told)
            .unwrap_or_else(|| self.members[main.index()].title(transcript.speaker(main)))
    }

    /// What captions and the host tell of a speaker, and where; of bylines that were merged by correction, of the one that
    /// the others count with.
    pub fn told(&self, id: SpeakerId) -> Option<&Told> {
        self.acts.cast.told(self.persons.spelled(self.main_byline(id)))
    }

    /// Other spellings of a speaker's name: as somebody has corrected, else as the file declares them, else all that
    /// were found.
    pub fn aliases<'a>(&'a self, transcript: &'a Transcript, id: SpeakerId) -> Vec<&'a str> {
        let main = self.main_byline(id);
        let corrected = self.correction(main).and_then(|correction| correction.aliases.as_ref());
        if let Some(all) = corrected.or(transcript.speaker(main).declared().aliases.as_ref()) {
            return all.iter().map(String::as_str).collect();
        }
        let name = self.name(transcript, id);
        let told = |id| self.acts.cast.told(id).map(|told| std::iter::once(&told.name).chain(&told.aliases));
        let is_alone = self.other_bylines(id).next().is_none() && self.correction(main).is_none();
        let split =
            |id: SpeakerId| (!is_alone).then(|| self.members[id.index()].name(transcript.speaker(id)));
        let spellings = self
            .bylines(id)
            .flat_map(|id| told(id).into_iter().flatten().map(String::as_str).chain(split(id)));
        let mut known = HashSet::new();
        spellings
            .filter(|&spelling| spelling != name && !spelling.is_empty() && known.insert(spelling))
            .collect()
    }

    /// The captions of a speaker.
    pub fn captions(&self, id: SpeakerId) -> Cow<'_, [PostId]> {
        let own = |id| self.acts.cast.told(id).map(|told| told.captions.as_slice()).unwrap_or_default();
        if self.other_bylines(id).next().is_none() {
            return Cow::Borrowed(own(self.person(id)));
        }
        let mut all: Vec<_> = self.bylines(id).flat_map(own).copied().collect();
        all.sort_unstable();
        Cow::Owned(all)
    }

    /// What tells whether other posts are captions than before.
    pub fn captions_mark(&self) -> (usize, Option<PostId>) {
        self.acts.cast.mark()
    }

    /// Whether a post has the form of a caption, and its guest has not spoken: of those that are looked at.
    pub fn waits_for_guest(&self, id: PostId) -> bool {
        let is_last = id.number() == self.chars.len();
        self.acts.cast.waits(id) || is_last && self.caption_of(id).is_none()
    }

    /// Whose caption a post is, if it is one.
    pub fn caption_of(&self, id: PostId) -> Option<SpeakerId> {
        self.acts.cast.caption_of(id).map(|guest| self.persons.of(guest))
    }

    /// Characters that a speaker says: captions are no talk.
    pub fn talk(&self, id: SpeakerId) -> usize {
        let captions = self.bylines(id).map(|id| self.acts.cast.chars(id)).sum();
        self.member(id).chars.saturating_sub(captions)
    }

    /// How long the first answers of a guest are waited for, in milliseconds: the mean over the questions, by the
    /// stamps.
    pub fn latency(&self, id: SpeakerId) -> Option<i64> {
        self.acts.waits.mean(self.persons.of(id))
    }

    /// What a post is: as the file says, else by who wrote it in a hosted record. A host's post outside every exchange
    /// is speech, and so is a guest's.
    pub fn kind(&self, transcript: &Transcript, id: PostId) -> Kind {
        let stored = transcript.post(id).kind;
        if stored != Kind::Speech || !self.hosted {
            return stored;
        }
        let member = &self.members[transcript.speaker_of(id).index()];
        let in_exchange = self.acts.exchanges.index_of(id).is_some();
        match member.part() {
            _ if self.caption_of(id).is_some() => Kind::Caption,
            Part::Aside if member.role == Role::Admin => Kind::Notice,
            Part::Question if in_exchange => Kind::Question,
            Part::Answer if in_exchange => Kind::Answer,
            _ => Kind::Speech,
        }
    }

    /// The part a speaker has; whoever is not host or admin of a hosted record is a guest.
    pub fn role(&self, id: SpeakerId) -> &Role {
        let member = self.member(id);
        match &member.role {
            Role::Unknown if self.hosted && !member.is_nameless() => &Role::Guest,
            role => role,
        }
    }

    fn authors<'a>(&'a self, transcript: &'a Transcript) -> Authors<'a> {
        Authors { transcript, persons: &self.persons }
    }

    /// The first post by a speaker.
    pub fn first_by(&self, speaker: SpeakerId) -> Option<PostId> {
        if speaker.index() >= self.members.len() {
            return None;
        }
        let member = self.member(speaker);
        (member.posts > 0).then_some(member.first)
    }

    /// The first post under a byline, whoever that is.
    pub fn first_of_byline(&self, id: SpeakerId) -> PostId {
        self.persons.first(id).unwrap_or(self.members[id.index()].first)
    }

    /// The next post by a speaker.
    pub fn next_by(&self, transcript: &Transcript, speaker: SpeakerId, from: PostId) -> Option<PostId> {
        let first = self.first_by(speaker)?;
        if from < first {
            return Some(first);
        }
        if from >= self.member(speaker).last {
            return None;
        }
        self.tally.next_by(self.authors(transcript), self.person(speaker), from)
    }

    /// The previous post by a speaker.
    pub fn previous_by(&self, transcript: &Transcript, speaker: SpeakerId, from: PostId) -> Option<PostId> {
        let (first, last) = (self.first_by(speaker)?, self.member(speaker).last);
        if from > last {
            return Some(last);
        }
        if from <= first {
            return None;
        }
        self.tally.previous_by(self.authors(transcript), self.person(speaker), from)
    }

    /// The first post by a speaker among a run of posts, by index.
    pub fn first_in(
        &self,
        transcript: &Transcript,
        speaker: SpeakerId,
        posts: &Range<usize>,
    ) -> Option<PostId> {
        let first = match posts.start.checked_sub(1) {
            Some(before) => self.next_by(transcript, speaker, PostId::new(before)),
            None => self.first_by(speaker),
        };
        first.filter(|first| first.index() < posts.end)
    }

    /// How much each of some people says in runs of posts that follow each other, each run up to one of `ends`: for each
    /// of them a row of characters, and one for every post.
    pub fn weights(&self, transcript: &Transcript, ends: &[usize], people: &[SpeakerId]) -> Vec<Vec<u64>> {
        self.tally.weights(self.authors(transcript), &self.chars, ends, people)
    }
}
