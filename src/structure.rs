//! What can be derived from a record: the cast, turns, exchanges and sessions. The source stays as it is.
//!
//! Everything grows with the transcript: [`Structure::extend`] looks at new posts only, and again at the last one
//! seen, whose body may have grown. All of it is packed, some two to four bytes for a post, and nothing that is
//! asked for a screen looks at every post: see [`Structure::next_by`] and [`Structure::weights`].

mod acts;
mod ascending;
mod byline;
mod caption;
mod cast;
mod chars;
mod corrections;
mod english;
mod exchanges;
mod gaps;
mod hosts;
mod members;
mod names;
mod roles;
mod sessions;
mod surnames;
mod tables;
mod tally;
mod titles;

pub use byline::split as split_byline;
pub use caption::{
    Caption, is_damaged as is_damaged_office, is_same_office, is_variant, read as read_caption,
};
pub use cast::{Place, Told};
pub use corrections::{ChapterMark, Correction, Corrections, Edit};
pub use exchanges::Exchange;
pub use gaps::{GAP_MS, Gap};
pub use members::Member;
pub use roles::role_of;
pub use sessions::{BREAK_MS, DayPart, Session};

use crate::transcript::{Kind, PostId, Role, SpeakerId, Transcript};
use acts::Acts;
use ascending::Ascending;
use chars::Chars;
use exchanges::Part;
use gaps::Gaps;
use std::ops::Range;
use tally::Tally;

/// Everything derived from a transcript.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Structure {
    members: Vec<Member>,
    hosted: bool,
    chars: Chars,
    turns: Ascending,
    gaps: Gaps,
    acts: Acts,
    tally: Tally,
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
        let mut structure = Self::default();
        structure.extend(transcript);
        structure
    }

    /// Takes in what the transcript has gained.
    pub fn extend(&mut self, transcript: &Transcript) {
        self.retake_last(transcript);
        self.acts.cast.look_away();
        for speaker in transcript.speakers().iter().skip(self.members.len()) {
            let member = Member::new(speaker);
            self.hosted |= member.role == Role::Host;
            self.members.push(member);
        }
        let from = PostId::new(self.chars.len());
        let heads = transcript.starts(from).zip(transcript.speakers_from(from));
        for (index, (start, speaker)) in (from.index()..).zip(heads) {
            self.take(transcript, PostId::new(index), Head { start, speaker });
        }
        if let Some(last) = self.chars.len().checked_sub(1) {
            self.acts.look(transcript, &self.members, PostId::new(last));
        }
    }

    fn retake_last(&mut self, transcript: &Transcript) {
        let Some(Head { speaker, .. }) = self.newest else { return };
        if let Some((old, new)) = self.chars.retake(transcript) {
            let member = &mut self.members[speaker.index()];
            member.chars = member.chars - old as usize + new as usize;
            self.tally.retake(speaker, (old, new));
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
        let chars = self.chars.take(transcript);
        self.tally.take(head.speaker, chars);
        let member = &mut self.members[head.speaker.index()];
        member.take(id, chars);
        self.acts.take(transcript, &self.members, (id, head.speaker, gap));
    }

    /// Looks for a host among the posts before `end`; with one all that depends on parts is taken in anew.
    fn find_host(&mut self, transcript: &Transcript, end: PostId) {
        if let Some(host) = hosts::find(transcript, &self.members, end) {
            self.members[host.index()].role = Role::Host;
            self.hosted = true;
            self.acts = Acts::of(transcript, &self.members, end);
        }
    }

    /// What is known of a speaker.
    pub fn member(&self, id: SpeakerId) -> &Member {
        &self.members[id.index()]
    }

    /// Every speaker, by first appearance.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The name of a speaker: as the file declares it, else the spelling of most places, else split from the byline
    /// where that is certain, else the whole byline.
    pub fn name<'a>(&'a self, transcript: &'a Transcript, id: SpeakerId) -> &'a str {
        let speaker = transcript.speaker(id);
        let declared = speaker.declared().name.as_deref();
        let told = || self.told(id).map(|told| told.name.as_str());
        declared.or_else(told).unwrap_or_else(|| self.member(id).name(speaker))
    }

    /// The office or title of a speaker: as the file declares it, else that of the fullest caption, else where the
    /// byline holds one.
    pub fn title<'a>(&'a self, transcript: &'a Transcript, id: SpeakerId) -> &'a str {
        let speaker = transcript.speaker(id);
        let declared = speaker.declared().title.as_deref();
        let told = || self.told(id).map(Told::title).filter(|title| !title.is_empty());
        declared.or_else(told).unwrap_or_else(|| self.member(id).title(speaker))
    }

    /// What captions and the host tell of a speaker, and where.
    pub fn told(&self, id: SpeakerId) -> Option<&Told> {
        self.acts.cast.told(id)
    }

    /// Other spellings of a speaker's name.
    pub fn aliases(&self, id: SpeakerId) -> &[String] {
        self.told(id).map(|told| told.aliases.as_slice()).unwrap_or_default()
    }

    /// The captions of a speaker.
    pub fn captions(&self, id: SpeakerId) -> &[PostId] {
        self.told(id).map(|told| told.captions.as_slice()).unwrap_or_default()
    }

    /// Whose caption a post is, if it is one.
    pub fn caption_of(&self, id: PostId) -> Option<SpeakerId> {
        self.acts.cast.caption_of(id)
    }

    /// What a post is: as the file says, else by who wrote it in a hosted record. A host's post outside every exchange
    /// is speech, and so is a guest's.
    pub fn kind(&self, transcript: &Transcript, id: PostId) -> Kind {
        let stored = transcript.post(id).kind;
        if stored != Kind::Speech || !self.hosted {
            return stored;
        }
        let role = &self.member(transcript.speaker_of(id)).role;
        let in_exchange = self.acts.exchanges.index_of(id).is_some();
        match Part::from(role) {
            _ if self.caption_of(id).is_some() => Kind::Caption,
            Part::Aside if *role == Role::Admin => Kind::Notice,
            Part::Question if in_exchange => Kind::Question,
            Part::Answer if in_exchange => Kind::Answer,
            _ => Kind::Speech,
        }
    }

    /// The part a speaker has; whoever is not host or admin of a hosted record is a guest.
    pub fn role(&self, id: SpeakerId) -> &Role {
        match &self.member(id).role {
            Role::Unknown if self.hosted => &Role::Guest,
            role => role,
        }
    }

    /// The first post by a speaker.
    pub fn first_by(&self, speaker: SpeakerId) -> Option<PostId> {
        let member = self.members.get(speaker.index())?;
        (member.posts > 0).then_some(member.first)
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
        self.tally.next_by(transcript, speaker, from)
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
        self.tally.previous_by(transcript, speaker, from)
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

    /// How much each of some speakers says in runs of posts that follow each other, each run up to one of `ends`:
    /// for each speaker a row of characters, and one for every post.
    pub fn weights(&self, transcript: &Transcript, ends: &[usize], speakers: Range<usize>) -> Vec<Vec<u64>> {
        self.tally.weights(transcript, &self.chars, ends, speakers)
    }

    /// Characters of a post: counted, or estimated from its bytes in a record that is too large for memory.
    pub fn chars(&self, id: PostId) -> usize {
        self.chars.get(id) as usize
    }

    /// Characters of each post from one on.
    pub fn chars_from(&self, from: PostId) -> impl Iterator<Item = usize> {
        self.chars.from(from).map(|chars| chars as usize)
    }

    /// Characters of a run of posts, by index. Costs the same however long it is.
    pub fn chars_between(&self, posts: &Range<usize>) -> usize {
        self.chars.between(posts) as usize
    }

    /// Characters of all posts.
    pub fn total_chars(&self) -> usize {
        self.chars.total() as usize
    }

    /// How many turns there are.
    pub fn turn_count(&self) -> usize {
        self.turns.len()
    }

    /// Whether a post begins a turn.
    pub fn begins_turn(&self, transcript: &Transcript, id: PostId) -> bool {
        let before = id.index().checked_sub(1).map(PostId::new);
        before.is_none_or(|before| transcript.speaker_of(before) != transcript.speaker_of(id))
    }

    /// First post of the turn that a post belongs to.
    pub fn turn_of(&self, id: PostId) -> PostId {
        let index = self.turns.upto(id).checked_sub(1);
        index.and_then(|index| self.turns.get(index)).unwrap_or_default()
    }

    /// First post of the next turn that begins behind a post.
    pub fn next_turn(&self, from: PostId) -> Option<PostId> {
        self.turns.next(from)
    }

    /// First post of the last turn that begins before a post.
    pub fn previous_turn(&self, from: PostId) -> Option<PostId> {
        self.turns.previous(from)
    }

    /// The sessions, one at least if there is a post.
    pub fn sessions(&self) -> &[Session] {
        self.acts.sessions.all()
    }

    /// The posts of the session at an index, by index.
    pub fn session_posts(&self, index: usize) -> Range<usize> {
        let first = |index: usize| self.sessions().get(index).map(|session| session.first.index());
        let end = first(index + 1).unwrap_or(self.chars.len());
        first(index).unwrap_or(end)..end
    }

    /// The session that begins with a post.
    pub fn session_at(&self, id: PostId) -> Option<Session> {
        self.acts.sessions.at(id)
    }

    /// The longest breaks between sessions, `count` at most, in file order, as (first post behind, milliseconds).
    pub fn longest_breaks(&self, count: usize) -> Vec<(PostId, i64)> {
        self.acts.sessions.longest(count)
    }

    /// How many gaps over [`GAP_MS`] there are.
    pub fn gap_count(&self) -> usize {
        self.gaps.len()
    }

    /// Gaps over [`GAP_MS`], in file order.
    pub fn gaps(&self) -> impl Iterator<Item = Gap> {
        self.gaps.iter()
    }

    /// The gap right before a post.
    pub fn gap_before(&self, id: PostId) -> Option<Gap> {
        self.gaps.before(id)
    }

    /// The post behind the next gap.
    pub fn next_gap(&self, from: PostId) -> Option<PostId> {
        self.gaps.places().next(from)
    }

    /// The post behind the last gap before a post.
    pub fn previous_gap(&self, from: PostId) -> Option<PostId> {
        self.gaps.places().previous(from)
    }

    /// The exchange at an index, put together from its posts; the one still running included.
    pub fn exchange(&self, transcript: &Transcript, index: usize) -> Option<Exchange> {
        let spoken =
            |guest, caption| self.previous_by(transcript, guest, caption).or_else(|| self.first_by(guest));
        self.acts.exchange(transcript, &self.members, index, spoken)
    }

    /// All exchanges, put together one by one.
    pub fn exchanges(&self, transcript: &Transcript) -> impl Iterator<Item = Exchange> {
        (0..self.exchange_count()).filter_map(|index| self.exchange(transcript, index))
    }

    /// How many exchanges there are.
    pub fn exchange_count(&self) -> usize {
        self.acts.exchanges.count()
    }

    /// Number of the exchange that a post is the question of or an answer in, from 1.
    pub fn exchange_of(&self, id: PostId) -> Option<usize> {
        self.acts.exchanges.index_of(id).map(|index| index + 1)
    }

    /// The first post of the question of the exchange that a post belongs to.
    pub fn question_of(&self, id: PostId) -> Option<PostId> {
        self.acts.exchanges.question_of(id)
    }

    /// The next question behind a post.
    pub fn next_exchange(&self, from: PostId) -> Option<PostId> {
        self.acts.exchanges.next(from)
    }

    /// The last question before a post.
    pub fn previous_exchange(&self, from: PostId) -> Option<PostId> {
        self.acts.exchanges.previous(from)
    }

    /// Bytes that are held, without what roles this version does not know are called.
    pub fn size(&self) -> usize {
        let cast = self.members.len() * size_of::<Member>();
        let columns = self.chars.size() + self.turns.size() + self.tally.size();
        cast + columns + self.gaps.size() + self.acts.size()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{ClockKind, Draft, Post};

    /// A draft that tells a record of (minute, byline) posts with bodies of three characters.
    fn draft(posts: &[(i64, &str)]) -> Draft {
        let mut draft = Draft::default();
        draft.meta.clock = ClockKind::Wall;
        draft.meta.origin =
            chrono::NaiveDate::from_ymd_opt(2025, 1, 1).and_then(|day| day.and_hms_opt(9, 0, 0));
        say(&mut draft, posts);
        draft
    }

    fn say(draft: &mut Draft, posts: &[(i64, &str)]) {
        for &(minute, label) in posts {
            let (speaker, body) = (draft.intern(label), draft.append_text("一二三"));
            draft.push(Post { start: Some(minute * 60_000), speaker, body, ..Post::default() });
        }
    }

    fn record(posts: &[(i64, &str)]) -> (Transcript, Structure) {
        let transcript = Transcript::from(draft(posts).take());
        let structure = Structure::of(&transcript);
        (transcript, structure)
    }

    #[test]
    fn exchanges_hold_a_question_and_every_answer_to_it() {
        let (transcript, structure) = record(&[
            (0, "直播管理员"),
            (1, "主持人"),
            (2, "主持人"),
            (3, "局长李明"),
            (4, "直播管理员"),
            (5, "局长李明"),
            (6, "主任王芳"),
            (7, "主持人"),
            (200, "主持人"),
            (201, "主任王芳"),
        ]);
        let exchanges: Vec<_> = structure
            .exchanges(&transcript)
            .map(|e| (e.question.number(), e.guests.len(), e.answers.len()))
            .collect();
        assert_eq!(exchanges, [(2, 2, 3), (9, 1, 1)]);
        assert_eq!(structure.exchange_of(PostId::new(5)), Some(1));
        assert_eq!(structure.exchange_of(PostId::new(9)), Some(2));
        assert_eq!(structure.exchange_of(PostId::new(0)), None);
        assert_eq!(structure.exchange_of(PostId::new(7)), None);
        let next = |index| structure.next_exchange(PostId::new(index)).map(PostId::number);
        let previous = |index| structure.previous_exchange(PostId::new(index)).map(PostId::number);
        assert_eq!([next(0), next(1), next(7), next(8)], [Some(2), Some(9), Some(9), None]);
        assert_eq!([previous(9), previous(8), previous(1)], [Some(9), Some(2), None]);
    }

    #[test]
    fn long_breaks_part_sessions_and_speakers_part_turns() {
        let (transcript, structure) = record(&[(0, "甲"), (5, "甲"), (20, "乙"), (240, "乙"), (241, "甲")]);
        let sessions: Vec<_> = structure.sessions().iter().map(|s| (s.first.number(), s.part)).collect();
        assert_eq!(sessions, [(1, Some(DayPart::Morning)), (4, Some(DayPart::Afternoon))]);
        assert_eq!(structure.turn_count(), 3);
        assert_eq!(structure.turn_of(PostId::new(3)), PostId::new(2));
        let begin = transcript.ids().filter(|&id| structure.begins_turn(&transcript, id));
        assert_eq!(begin.map(PostId::number).collect::<Vec<_>>(), [1, 3, 5]);
        assert_eq!(structure.gaps().map(|gap| gap.ms / 60_000).collect::<Vec<_>>(), [15, 220]);
        assert_eq!(structure.longest_breaks(9), [(PostId::new(3), 220 * 60_000)]);
        assert_eq!(structure.next_gap(PostId::new(2)), Some(PostId::new(3)));
        assert_eq!(structure.previous_gap(PostId::new(3)), Some(PostId::new(2)));
    }

    #[test]
    fn a_growing_record_gives_the_same_structure_as_a_whole_one() {
        let labels = ["主持人", "甲", "乙", "直播管理员", "丙"];
        let minute = |index: i64| index * 3 + index / 40 * 90 - index % 9 / 8 * 30;
        let posts: Vec<_> =
            (0..3000).map(|index| (minute(index), labels[(index * index / 3) as usize % 5])).collect();
        let mut draft = draft(&[]);
        let (mut transcript, mut grown) = (Transcript::default(), Structure::default());
        for batch in posts.chunks(7) {
            say(&mut draft, batch);
            transcript.grow(draft.take());
            grown.extend(&transcript);
            let more = draft.append_text("四");
            draft.extend_body(more.start, more.end);
        }
        transcript.grow(draft.take());
        grown.extend(&transcript);
        assert_eq!(grown, Structure::of(&transcript));
        assert_eq!(grown.total_chars(), 3000 * 3 + 3000usize.div_ceil(7));
    }

    #[test]
    fn posts_by_a_speaker_are_found_both_ways_and_in_a_run() {
        let (transcript, structure) =
            record(&[(0, "甲"), (1, "乙"), (2, "甲"), (3, "乙"), (4, "甲"), (5, "丙")]);
        let speaker = SpeakerId::new(1);
        let number = |post: Option<PostId>| post.map(PostId::number);
        let next = |from| number(structure.next_by(&transcript, speaker, PostId::new(from)));
        let previous = |from| number(structure.previous_by(&transcript, speaker, PostId::new(from)));
        let first_in = |posts| number(structure.first_in(&transcript, speaker, &posts));
        assert_eq!([0, 1, 2, 3, 5].map(next), [Some(2), Some(4), Some(4), None, None]);
        assert_eq!([0, 1, 2, 3, 5].map(previous), [None, None, Some(2), Some(2), Some(4)]);
        assert_eq!([0..6, 2..6, 2..3, 4..6].map(first_in), [Some(2), Some(4), None, None]);
        assert_eq!(structure.first_by(speaker), Some(PostId::new(1)));
    }

    #[test]
    fn a_long_record_takes_few_bytes_a_post() {
        let labels: Vec<String> = (0..28).map(|index| format!("某市图书馆馆长{index}")).collect();
        let label = |index: i64| labels[(index * index / 3) as usize % 28].as_str();
        let posts: Vec<_> = (0..64_000).map(|index| (index * 2 + index / 90 * 700, label(index))).collect();
        let (_, structure) = record(&posts);
        assert!(structure.size() < posts.len() * 4, "{}", structure.size());
    }

    #[test]
    fn a_body_that_grows_is_counted_again() {
        let mut draft = draft(&[(0, "甲")]);
        let mut transcript = Transcript::from(draft.take());
        let mut structure = Structure::of(&transcript);
        let more = draft.append_text("四五");
        draft.extend_body(more.start, more.end);
        transcript.grow(draft.take());
        structure.extend(&transcript);
        assert_eq!(structure.chars(PostId::new(0)), 5);
        assert_eq!((structure.total_chars(), structure.member(SpeakerId::new(0)).chars), (5, 5));
    }
}
