//! What depends on who has which part: sessions, exchanges, the cast.

use super::cast::Cast;
use super::exchanges::{Exchange, Exchanges, Part};
use super::known::{Known, Record};
use super::sessions::{BREAK_MS, Sessions};
use super::waits::Waits;
use crate::transcript::{PostId, SpeakerId};

/// Sessions, exchanges and the cast, kept in step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Acts {
    pub sessions: Sessions,
    pub exchanges: Exchanges,
    pub cast: Cast,
    pub waits: Waits,
}

impl Acts {
    /// Takes in the next post, with the gap before it.
    pub fn take(&mut self, record: Record, (id, speaker, gap): (PostId, SpeakerId, Option<i64>)) {
        if gap.is_some_and(|ms| ms >= BREAK_MS) {
            self.exchanges.close();
        }
        let part = record.members[speaker.index()].part();
        self.sessions.take(record.transcript, id, (gap, part == Part::Aside));
        if let Some(asked) = self.exchanges.take(id, part) {
            self.waits.take(record.transcript, (asked, id), record.persons.of(speaker));
        }
        if let Some(before) = id.index().checked_sub(1) {
            let known = Known { record, exchanges: &self.exchanges };
            self.cast.seal(known, PostId::new(before));
        }
    }

    /// Takes in who has written that post; says with whom its byline counts, if it merely spells the name otherwise.
    pub fn meet(&mut self, record: Record, (id, speaker): (PostId, SpeakerId)) -> Option<SpeakerId> {
        let known = Known { record, exchanges: &self.exchanges };
        let joined = self.cast.meet(known, id, speaker)?;
        self.waits.join(speaker, joined);
        Some(joined)
    }

    /// Looks at the last post, which may still grow.
    pub fn look(&mut self, record: Record, last: PostId) {
        self.cast.look(Known { record, exchanges: &self.exchanges }, last);
    }

    /// The exchange at an index, with the captions that stand with it: of those that a guest has the ones of which `spoken`,
    /// the last post of the guest before a caption or else the first, is a part of it.
    pub fn exchange<Captions: AsRef<[PostId]>>(
        &self,
        record: Record,
        index: usize,
        captions: impl Fn(SpeakerId) -> Captions,
        spoken: impl Fn(SpeakerId, PostId) -> Option<PostId>,
    ) -> Option<Exchange> {
        let who = |speaker: SpeakerId| (record.persons.of(speaker), record.members[speaker.index()].part());
        let mut exchange = self.exchanges.get(record.transcript, index, who)?;
        for &guest in &exchange.guests {
            let stands = |caption: &PostId| {
                spoken(guest, *caption).and_then(|post| self.exchanges.index_of(post)) == Some(index)
            };
            exchange.captions.extend(captions(guest).as_ref().iter().copied().filter(stands));
        }
        exchange.captions.sort_unstable();
        Some(exchange)
    }

    /// Bytes that are held, without the words of the cast.
    pub fn size(&self) -> usize {
        self.sessions.size() + self.exchanges.size() + self.cast.size() + self.waits.size()
    }
}
