//! Who says how much, in groups of posts: so that a speaker is found and a lane is drawn without a look at every
//! post.

use super::chars::Chars;
use super::persons::Persons;
use crate::transcript::{Packed, PostId, SpeakerId, Transcript};
use std::ops::Range;

/// Posts of a group.
const GROUP: usize = 1024;

/// From so many ids a place on, those who have places are looked up one by one.
const SCATTERED: usize = 16;

/// Whose the posts of a record are.
#[derive(Debug, Clone, Copy)]
pub struct Authors<'a> {
    pub transcript: &'a Transcript,
    pub persons: &'a Persons,
}

impl<'a> Authors<'a> {
    /// The persons from a post on.
    fn from(self, from: PostId) -> impl Iterator<Item = SpeakerId> + use<'a> {
        self.transcript.speakers_from(from).map(move |speaker| self.persons.of(speaker))
    }

    /// The posts by a person among some.
    fn posts_by(self, person: SpeakerId, posts: Range<usize>) -> impl Iterator<Item = PostId> {
        let authors = self.from(PostId::new(posts.start));
        posts.zip(authors).filter(move |&(_, who)| who == person).map(|(index, _)| PostId::new(index))
    }
}

/// For each group who speaks in it, by id, and with what weight: characters, and one for each post. The last group
/// is open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    speakers: Packed,
    weights: Packed,
    /// Index of the first pair of each group.
    firsts: Vec<u32>,
    open: Open,
    posts: usize,
}

/// The pairs of the last group, by first appearance. Where that of a speaker is, is kept in a sparse set: a slot
/// counts only if the pair there is the speaker's, so that nothing is cleared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Open {
    pairs: Vec<(SpeakerId, u64)>,
    slots: Vec<u32>,
}

impl Open {
    fn find(&self, speaker: SpeakerId) -> Option<usize> {
        let slot = *self.slots.get(speaker.index())? as usize;
        self.pairs.get(slot).is_some_and(|pair| pair.0 == speaker).then_some(slot)
    }

    fn add(&mut self, speaker: SpeakerId, weight: u64) {
        if let Some(slot) = self.find(speaker) {
            self.pairs[slot].1 += weight;
            return;
        }
        if self.slots.len() <= speaker.index() {
            self.slots.resize(speaker.index() + 1, 0);
        }
        self.slots[speaker.index()] = self.pairs.len() as u32;
        self.pairs.push((speaker, weight));
    }
}

impl Tally {
    /// Takes in the next post.
    pub fn take(&mut self, speaker: SpeakerId, chars: u64) {
        if self.posts > 0 && self.posts.is_multiple_of(GROUP) {
            self.seal();
        }
        self.posts += 1;
        self.open.add(speaker, chars + 1);
    }

    /// Corrects what the last post was taken for.
    pub fn retake(&mut self, speaker: SpeakerId, (old, new): (u64, u64)) {
        if let Some(slot) = self.open.find(speaker) {
            self.open.pairs[slot].1 = self.open.pairs[slot].1 - old + new;
        }
    }

    fn seal(&mut self) {
        self.firsts.push(self.speakers.len() as u32);
        self.open.pairs.sort_unstable();
        for (speaker, weight) in self.open.pairs.drain(..) {
            self.speakers.push(speaker.index() as u64);
            self.weights.push(weight);
        }
    }

    /// Indices of the pairs of a closed group, from that of a speaker on or of the first behind.
    fn pairs_from(&self, group: usize, speaker: usize) -> Range<usize> {
        let first = self.firsts[group] as usize;
        let end = self.firsts.get(group + 1).map_or(self.speakers.len(), |&end| end as usize);
        let (mut low, mut high) = (first, if speaker == 0 { first } else { end });
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.speakers.get(middle) < speaker as u64 { low = middle + 1 } else { high = middle }
        }
        low..end
    }

    /// The weight of a speaker in a closed group.
    fn weight(&self, group: usize, speaker: usize) -> Option<u64> {
        let pair = self.pairs_from(group, speaker).next()?;
        (self.speakers.get(pair) == speaker as u64).then(|| self.weights.get(pair))
    }

    /// Whether a speaker has a post in a group.
    fn has(&self, group: usize, speaker: SpeakerId) -> bool {
        if group < self.firsts.len() {
            return self.weight(group, speaker.index()).is_some();
        }
        self.open.find(speaker).is_some()
    }

    /// The posts of a group.
    fn group(&self, group: usize) -> Range<usize> {
        group * GROUP..((group + 1) * GROUP).min(self.posts)
    }

    /// The first post by a speaker behind a post.
    pub fn next_by(&self, authors: Authors, speaker: SpeakerId, from: PostId) -> Option<PostId> {
        let start = from.index() + 1;
        let own = start / GROUP;
        let find = |posts: Range<usize>| authors.posts_by(speaker, posts).next();
        find(start..self.group(own).end).or_else(|| {
            let groups = own + 1..self.posts.div_ceil(GROUP);
            groups
                .into_iter()
                .find(|&group| self.has(group, speaker))
                .and_then(|group| find(self.group(group)))
        })
    }

    /// The last post by a speaker before a post.
    pub fn previous_by(&self, authors: Authors, speaker: SpeakerId, from: PostId) -> Option<PostId> {
        let end = from.index().min(self.posts);
        let own = end / GROUP;
        let find = |posts: Range<usize>| authors.posts_by(speaker, posts).last();
        find(own * GROUP..end).or_else(|| {
            let found = (0..own).rev().find(|&group| self.has(group, speaker));
            found.and_then(|group| find(self.group(group)))
        })
    }

    /// What each of some speakers says in each run of posts, the runs one behind another, each up to one of `ends`:
    /// a row of weights for each speaker.
    pub fn weights(
        &self,
        authors: Authors,
        chars: &Chars,
        ends: &[usize],
        speakers: &[SpeakerId],
    ) -> Vec<Vec<u64>> {
        let mut rows = vec![vec![0; ends.len()]; speakers.len()];
        let (seats, used) = (Seats::new(speakers), vec![0; speakers.len()]);
        let mut sweep = Sweep { tally: self, authors, chars, seats, at: 0, used };
        for (index, &end) in ends.iter().enumerate() {
            for (row, weight) in rows.iter_mut().zip(sweep.run(end.min(self.posts))) {
                row[index] = weight;
            }
        }
        rows
    }

    /// Bytes that are held.
    pub fn size(&self) -> usize {
        let open =
            self.open.pairs.len() * size_of::<(SpeakerId, u64)>() + self.open.slots.len() * size_of::<u32>();
        self.speakers.size() + self.weights.size() + self.firsts.len() * size_of::<u32>() + open
    }
}

/// The places of some speakers in a list, by their ids.
struct Seats {
    first: usize,
    places: Vec<Option<u32>>,
    /// Who has a place, and which.
    taken: Vec<(usize, usize)>,
}

impl Seats {
    fn new(speakers: &[SpeakerId]) -> Self {
        let ids = || speakers.iter().map(|speaker| speaker.index());
        let (first, end) = (ids().min().unwrap_or(0), ids().max().map_or(0, |last| last + 1));
        let mut places = vec![None; end - first];
        let taken: Vec<_> = ids().zip(0..).collect();
        for &(id, place) in &taken {
            places[id - first] = Some(place as u32);
        }
        Self { first, places, taken }
    }

    fn of(&self, speaker: usize) -> Option<usize> {
        self.places.get(speaker.wrapping_sub(self.first)).copied().flatten().map(|place| place as usize)
    }

    /// Whether few of the ids between the lowest and the highest have a place.
    fn are_scattered(&self) -> bool {
        self.places.len() > self.taken.len() * SCATTERED
    }

    /// One behind the highest id.
    fn end(&self) -> usize {
        self.first + self.places.len()
    }
}

/// Adds up runs of posts: whole groups from the tally, and of the group that a run ends in the posts before that
/// end. The next run gets what these leave of the group, so that no post is looked at twice.
struct Sweep<'a> {
    tally: &'a Tally,
    authors: Authors<'a>,
    chars: &'a Chars,
    seats: Seats,
    at: usize,
    /// What the runs so far have used of the group that `at` is in.
    used: Vec<u64>,
}

impl Sweep<'_> {
    /// The weights from where the last run ended to `end`.
    fn run(&mut self, end: usize) -> Vec<u64> {
        let mut sums = vec![0; self.used.len()];
        let end = end.max(self.at);
        if self.at / GROUP < end / GROUP {
            for group in self.at / GROUP..end / GROUP {
                self.add_group(group, &mut sums);
            }
            sums.iter_mut().zip(&mut self.used).for_each(|(sum, used)| *sum -= std::mem::take(used));
            self.at = end / GROUP * GROUP;
        }
        if self.at == end {
            return sums;
        }
        let from = PostId::new(self.at);
        let posts = self.authors.from(from).zip(self.chars.from(from));
        for (speaker, chars) in posts.take(end - self.at) {
            if let Some(place) = self.seats.of(speaker.index()) {
                sums[place] += chars + 1;
                self.used[place] += chars + 1;
            }
        }
        self.at = end;
        sums
    }

    fn add_group(&self, group: usize, sums: &mut [u64]) {
        if group < self.tally.firsts.len() && self.seats.are_scattered() {
            for &(speaker, place) in &self.seats.taken {
                if let Some(weight) = self.tally.weight(group, speaker) {
                    sums[place] += weight;
                }
            }
            return;
        }
        if group < self.tally.firsts.len() {
            for pair in self.tally.pairs_from(group, self.seats.first) {
                let speaker = self.tally.speakers.get(pair) as usize;
                if speaker >= self.seats.end() {
                    break;
                }
                if let Some(place) = self.seats.of(speaker) {
                    sums[place] += self.tally.weights.get(pair);
                }
            }
            return;
        }
        for &(speaker, weight) in &self.tally.open.pairs {
            if let Some(place) = self.seats.of(speaker.index()) {
                sums[place] += weight;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{Draft, Post};

    /// Speakers, and the lengths of what they say.
    fn posts(count: usize, speakers: usize) -> Vec<(usize, usize)> {
        (0..count).map(|index| ((index * index / 7 + index / 900) % speakers, index * 31 % 23)).collect()
    }

    fn record(posts: &[(usize, usize)], speakers: usize) -> (Transcript, Chars, Tally) {
        let mut draft = Draft::default();
        for speaker in 0..speakers {
            draft.intern(&speaker.to_string());
        }
        for &(speaker, length) in posts {
            let body = draft.append_text(&"x".repeat(length));
            draft.push(Post { speaker: SpeakerId::new(speaker), body, ..Post::default() });
        }
        let transcript = Transcript::from(draft.take());
        let (mut chars, mut tally) = (Chars::default(), Tally::default());
        for id in transcript.ids() {
            tally.take(transcript.speaker_of(id), chars.take(&transcript));
        }
        (transcript, chars, tally)
    }

    #[test]
    fn a_speakers_neighbours_are_found_as_by_looking_at_every_post() {
        for (count, speakers) in [(0, 1), (1, 2), (1024, 3), (1025, 3), (5000, 2000)] {
            let posts = posts(count, speakers);
            let (transcript, _, tally) = record(&posts, speakers);
            let authors = Authors { transcript: &transcript, persons: &Persons::default() };
            for speaker in (0..speakers).step_by(speakers / 40 + 1) {
                let by = |index: &usize| posts[*index].0 == speaker;
                for from in (0..count).step_by(97).chain([0, 1023, 1024, 1025]) {
                    let (id, from_id) = (SpeakerId::new(speaker), PostId::new(from));
                    let next = (from + 1..count).find(by);
                    assert_eq!(tally.next_by(authors, id, from_id).map(PostId::index), next);
                    let previous = (0..from.min(count)).rfind(by);
                    assert_eq!(tally.previous_by(authors, id, from_id).map(PostId::index), previous);
                }
            }
        }
    }

    #[test]
    fn runs_are_added_up_as_post_by_post() {
        for (count, speakers) in [(10, 2), (1024, 3), (2048, 5), (7000, 1500)] {
            let posts = posts(count, speakers);
            let (transcript, chars, tally) = record(&posts, speakers);
            let authors = Authors { transcript: &transcript, persons: &Persons::default() };
            for step in [1, 13, 500, 1024, 3000, 9000] {
                let ends: Vec<usize> = (step..count + step).step_by(step).chain([count]).collect();
                let in_sight = speakers / 3..speakers.min(speakers / 3 + 14);
                let ids: Vec<_> = in_sight.clone().rev().map(SpeakerId::new).collect();
                let rows = tally.weights(authors, &chars, &ends, &ids);
                for (row, speaker) in rows.iter().zip(in_sight.rev()) {
                    let mut start = 0;
                    for (&weight, &end) in row.iter().zip(&ends) {
                        let run = posts.get(start..end.min(count)).unwrap_or_default();
                        let own = run.iter().filter(|post| post.0 == speaker);
                        assert_eq!(weight, own.map(|post| post.1 as u64 + 1).sum::<u64>(), "{start}..{end}");
                        start = end;
                    }
                }
            }
        }
    }

    #[test]
    fn a_tally_takes_little_even_if_everybody_speaks() {
        let (_, _, tally) = record(&posts(64 * GROUP, 28), 28);
        assert!(tally.size() < 64 * GROUP / 4, "{}", tally.size());
    }
}
