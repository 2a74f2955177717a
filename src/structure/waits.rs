//! How long the first answer of each guest is waited for: from the end of the question, by the stamps.

use crate::transcript::{PostId, SpeakerId, Transcript};
use hashbrown::HashMap;

/// In a record of more guests than that nobody compares them, and no more are timed.
const GUESTS: usize = 1024;

/// The waits of each guest: how many, and their sum in milliseconds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waits {
    sums: HashMap<SpeakerId, (u32, i64)>,
}

impl Waits {
    /// Takes in the first answer to a question whose last post is `asked`.
    pub fn take(&mut self, transcript: &Transcript, (asked, answer): (PostId, PostId), guest: SpeakerId) {
        let times = transcript.start(asked).zip(transcript.start(answer));
        let Some(wait) = times.map(|(asked, answer)| answer - asked).filter(|&wait| wait >= 0) else {
            return;
        };
        if self.sums.len() < GUESTS || self.sums.contains_key(&guest) {
            let (count, sum) = self.sums.entry(guest).or_default();
            (*count, *sum) = (*count + 1, sum.saturating_add(wait));
        }
    }

    /// Those of one guest are another's from now on.
    pub fn join(&mut self, guest: SpeakerId, other: SpeakerId) {
        if let Some((more, wait)) = self.sums.remove(&guest) {
            let (count, sum) = self.sums.entry(other).or_default();
            (*count, *sum) = (*count + more, sum.saturating_add(wait));
        }
    }

    /// The mean wait for a guest, in milliseconds.
    pub fn mean(&self, guest: SpeakerId) -> Option<i64> {
        self.sums.get(&guest).map(|&(count, sum)| sum / i64::from(count.max(1)))
    }

    /// Bytes that are held.
    pub fn size(&self) -> usize {
        self.sums.len() * size_of::<(SpeakerId, (u32, i64))>()
    }
}
