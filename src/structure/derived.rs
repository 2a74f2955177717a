//! The structure itself: how it grows with the transcript.

use super::acts::Acts;
use super::ascending::Ascending;
use super::chapters::Chapters;
use super::chars::Chars;
use super::corrections::Corrections;
use super::gaps::Gaps;
use super::hosts;
use super::known::Record;
use super::members::Member;
use super::persons::Persons;
use super::tally::Tally;
use crate::transcript::{PostId, Role, SpeakerId, Transcript};
use std::sync::Arc;

/// Everything derived from a transcript.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Structure {
    pub(super) members: Vec<Member>,
    pub(super) persons: Persons,
    pub(super) hosted: bool,
    pub(super) chars: Chars,
    pub(super) turns: Ascending,
    pub(super) gaps: Gaps,
    pub(super) acts: Acts,
    pub(super) tally: Tally,
    pub(super) chapters: Chapters,
    newest: Option<Head>,
}

/// When a post starts, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head {
    start: Option<i64>,
    speaker: SpeakerId,
}

impl Structure {
    /// The structure of a whole transcript.
    pub fn of(transcript: &Transcript) -> Self {
        Self::corrected(transcript, Arc::default())
    }

    /// The structure of a whole transcript, with what was corrected.
    pub fn corrected(transcript: &Transcript, corrections: Arc<Corrections>) -> Self {
        let chapters = Chapters::new(&corrections);
        let mut structure = Self { persons: Persons::new(corrections), chapters, ..Self::default() };
        structure.extend(transcript);
        structure
    }

    /// Takes in what the transcript has gained.
    pub fn extend(&mut self, transcript: &Transcript) {
        self.retake_last(transcript);
        self.acts.cast.look_away();
        for speaker in transcript.speakers().iter().skip(self.members.len()) {
            let role = self.persons.role(speaker);
            self.hosted |= role == Role::Host;
            self.members.push(Member::new(speaker, role));
        }
        let from = PostId::new(self.chars.len());
        let heads = transcript.starts(from).zip(transcript.speakers_from(from));
        for (index, (start, speaker)) in (from.index()..).zip(heads) {
            self.take(transcript, PostId::new(index), Head { start, speaker });
        }
        self.persons.meet(transcript, SpeakerId::new(self.members.len()));
        if let Some(last) = self.chars.len().checked_sub(1).map(PostId::new) {
            let Self { members, persons, acts, .. } = self;
            acts.look(Record { transcript, members, persons }, last);
            self.chapters.take(transcript, last);
        }
    }

    fn retake_last(&mut self, transcript: &Transcript) {
        let Some(Head { speaker, .. }) = self.newest else { return };
        if let Some((old, new)) = self.chars.retake(transcript) {
            let person = self.persons.of(speaker);
            let member = &mut self.members[person.index()];
            member.chars = member.chars - old as usize + new as usize;
            self.tally.retake(person, (old, new));
        }
    }

    fn take(&mut self, transcript: &Transcript, id: PostId, head: Head) {
        if !self.hosted && hosts::is_due(id) {
            self.find_host(transcript, id);
        }
        let before = self.newest.replace(head);
        let gap = before.and_then(|before| Some(head.start?.saturating_sub(before.start?)));
        if let Some(ms) = gap {
            self.gaps.take(id, ms);
        }
        if before.is_none_or(|before| before.speaker != head.speaker) {
            self.turns.push(id);
        }
        if let Some(before) = id.index().checked_sub(1) {
            self.chapters.take(transcript, PostId::new(before));
        }
        let chars = self.chars.take(transcript);
        self.hear(transcript, (id, head.speaker, gap), chars);
    }

    /// Takes in who has written a post, with the gap before it, and how much.
    fn hear(
        &mut self,
        transcript: &Transcript,
        (id, speaker, gap): (PostId, SpeakerId, Option<i64>),
        chars: u64,
    ) {
        let Self { members, persons, acts, .. } = self;
        persons.meet(transcript, SpeakerId::new(speaker.number()));
        persons.see(speaker, id);
        members[persons.of(speaker).index()].meet(id);
        acts.take(Record { transcript, members, persons }, (id, speaker, gap));
        if let Some(person) = acts.meet(Record { transcript, members, persons }, (id, speaker)) {
            persons.find(speaker, person);
            persons.see(speaker, id);
        }
        let person = persons.of(speaker);
        members[person.index()].take(id, chars);
        self.tally.take(person, chars);
    }

    /// Looks for a host among the posts before `end`; with one everybody is heard anew.
    fn find_host(&mut self, transcript: &Transcript, end: PostId) {
        let Self { members, persons, .. } = &*self;
        let Some(host) = hosts::find(Record { transcript, members, persons }, end) else { return };
        for byline in std::iter::once(host).chain(persons.others(host)).collect::<Vec<_>>() {
            self.members[byline.index()].role = Role::Host;
        }
        self.hosted = true;
        self.members.iter_mut().for_each(Member::forget);
        self.persons.forget();
        (self.acts, self.tally) = (Acts::default(), Tally::default());
        let mut before = None;
        let heads = transcript.starts(PostId::default()).zip(transcript.speakers_from(PostId::default()));
        for (index, (start, speaker)) in heads.take(end.index()).enumerate() {
            let gap = before.and_then(|before: i64| Some(start?.saturating_sub(before)));
            before = start;
            let id = PostId::new(index);
            let chars = self.chars.get(id);
            self.hear(transcript, (id, speaker, gap), chars);
        }
    }

    /// Bytes that are held, without the words.
    pub fn size(&self) -> usize {
        let cast = self.members.len() * size_of::<Member>() + self.persons.size();
        let columns = self.chars.size() + self.turns.size() + self.tally.size();
        cast + columns + self.gaps.size() + self.acts.size()
    }
}
