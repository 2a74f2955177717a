//! What depends on who has which part: sessions, exchanges, the cast.

use super::cast::{Cast, Known};
use super::exchanges::{Exchange, Exchanges, Part};
use super::members::Member;
use super::sessions::{BREAK_MS, Sessions};
use crate::transcript::{PostId, SpeakerId, Transcript};

/// Sessions, exchanges and the cast, kept in step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Acts {
    pub sessions: Sessions,
    pub exchanges: Exchanges,
    pub cast: Cast,
}

impl Acts {
    /// Those of the posts before `end`.
    pub fn of(transcript: &Transcript, members: &[Member], end: PostId) -> Self {
        let mut acts = Self::default();
        let mut before = None;
        let heads = transcript.starts(PostId::default()).zip(transcript.speakers_from(PostId::default()));
        for (index, (start, speaker)) in heads.take(end.index()).enumerate() {
            let gap = before.and_then(|before: i64| Some(start?.saturating_sub(before)));
            before = start;
            acts.take(transcript, members, (PostId::new(index), speaker, gap));
        }
        acts
    }

    /// Takes in the next post, with the gap before it.
    pub fn take(
        &mut self,
        transcript: &Transcript,
        members: &[Member],
        (id, speaker, gap): (PostId, SpeakerId, Option<i64>),
    ) {
        if gap.is_some_and(|ms| ms >= BREAK_MS) {
            self.exchanges.close();
        }
        let part = Part::from(&members[speaker.index()].role);
        self.sessions.take(transcript, id, (gap, part == Part::Aside));
        self.exchanges.take(id, part);
        let known = Known { transcript, members, exchanges: &self.exchanges };
        if let Some(before) = id.index().checked_sub(1) {
            self.cast.seal(known, PostId::new(before));
        }
        self.cast.meet(known, id, speaker);
    }

    /// Looks at the last post, which may still grow.
    pub fn look(&mut self, transcript: &Transcript, members: &[Member], last: PostId) {
        self.cast.look(Known { transcript, members, exchanges: &self.exchanges }, last);
    }

    /// The exchange at an index, with the captions that stand with it: of each guest those of which `spoken`, the last
    /// post of the guest before a caption or else the first, is a part of it.
    pub fn exchange(
        &self,
        transcript: &Transcript,
        members: &[Member],
        index: usize,
        spoken: impl Fn(SpeakerId, PostId) -> Option<PostId>,
    ) -> Option<Exchange> {
        let part = |speaker: SpeakerId| Part::from(&members[speaker.index()].role);
        let mut exchange = self.exchanges.get(transcript, index, part)?;
        for &guest in &exchange.guests {
            let captions = self.cast.told(guest).map(|told| told.captions.as_slice()).unwrap_or_default();
            let stands = |caption: &PostId| {
                spoken(guest, *caption).and_then(|post| self.exchanges.index_of(post)) == Some(index)
            };
            exchange.captions.extend(captions.iter().copied().filter(stands));
        }
        exchange.captions.sort_unstable();
        Some(exchange)
    }

    /// Bytes that are held, without the words of the cast.
    pub fn size(&self) -> usize {
        self.sessions.size() + self.exchanges.size() + self.cast.size()
    }
}
