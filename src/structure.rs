//! What can be derived from a record: the cast, turns, exchanges and sessions. The source stays as it is.
//!
//! Everything grows with the transcript: [`Structure::extend`] looks at new posts only, and again at the
//! last one seen, whose body may have grown.

mod byline;
mod roles;

pub use byline::split as split_byline;
pub use roles::role_of;

use crate::text::count;
use crate::transcript::{ClockKind, PostId, Role, SpeakerId, Transcript};
use chrono::Timelike;

/// A gap this long parts two sessions.
pub const BREAK_MS: i64 = 60 * 60 * 1000;

/// A gap longer than this is worth a word.
pub const GAP_MS: i64 = 10 * 60 * 1000;

/// What is known of a speaker.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Member {
    /// The name, split from the byline where that is certain, else the whole byline.
    pub name: String,
    /// Office or title, where the byline holds one.
    pub title: String,
    /// The part in the record.
    pub role: Role,
    /// How many posts.
    pub posts: Vec<PostId>,
    /// Characters in them.
    pub chars: usize,
}

/// Part of a day (上午, 下午, 晚上), for the name of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayPart {
    /// Before noon.
    Morning,
    /// Noon to six.
    Afternoon,
    /// From six.
    Evening,
}

/// A run of posts between long breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// Its first post.
    pub first: PostId,
    /// When it began, with a wall clock.
    pub part: Option<DayPart>,
}

/// A host's question and the answers to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exchange {
    /// The first post of the question.
    pub question: PostId,
    /// Who answers, in order.
    pub guests: Vec<SpeakerId>,
    /// The answers.
    pub answers: Vec<PostId>,
}

/// Time between two posts that is longer than [`GAP_MS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The post behind it.
    pub before: PostId,
    /// How long.
    pub ms: i64,
}

/// Everything derived from a transcript.
#[derive(Debug, Clone, Default)]
pub struct Structure {
    members: Vec<Member>,
    chars: Vec<u32>,
    turns: Vec<PostId>,
    sessions: Vec<Session>,
    gaps: Vec<Gap>,
    exchanges: Vec<Exchange>,
    open: Option<Exchange>,
    hosted: bool,
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
        self.recount_last(transcript);
        for speaker in transcript.speakers().iter().skip(self.members.len()) {
            let (name, title) = split_byline(speaker);
            let role = role_of(speaker);
            self.hosted |= role == Role::Host;
            self.members.push(Member { name, title, role, ..Member::default() });
        }
        for index in self.chars.len()..transcript.len() {
            self.take(transcript, PostId::new(index));
        }
    }

    fn recount_last(&mut self, transcript: &Transcript) {
        let Some(index) = self.chars.len().checked_sub(1) else { return };
        let id = PostId::new(index);
        let chars = count::chars(&transcript.body(id)) as u32;
        let member = &mut self.members[transcript.speaker_of(id).index()];
        member.chars = member.chars - self.chars[index] as usize + chars as usize;
        self.chars[index] = chars;
    }

    fn take(&mut self, transcript: &Transcript, id: PostId) {
        let speaker = transcript.speaker_of(id);
        let chars = count::chars(&transcript.body(id)) as u32;
        self.chars.push(chars);
        let member = &mut self.members[speaker.index()];
        member.posts.push(id);
        member.chars += chars as usize;
        let before = id.index().checked_sub(1).map(PostId::new);
        let gap =
            before.and_then(|before| Some(transcript.start(id)? - transcript.start(before)?));
        if let Some(ms) = gap.filter(|&ms| ms > GAP_MS) {
            self.gaps.push(Gap { before: id, ms });
        }
        let resumed = gap.is_some_and(|ms| ms >= BREAK_MS);
        if resumed || before.is_none() {
            self.sessions.push(Session { first: id, part: day_part(transcript, id) });
        }
        if before.is_none_or(|before| transcript.speaker_of(before) != speaker) {
            self.turns.push(id);
        }
        self.take_in_exchange(speaker, id, resumed);
    }

    fn take_in_exchange(&mut self, speaker: SpeakerId, id: PostId, resumed: bool) {
        if resumed {
            self.close_exchange();
        }
        match self.members[speaker.index()].role {
            Role::Host => {
                if self.open.as_ref().is_none_or(|open| !open.answers.is_empty()) {
                    self.close_exchange();
                    self.open = Some(Exchange { question: id, ..Exchange::default() });
                }
            }
            Role::Admin | Role::System | Role::Bot => {}
            Role::Guest | Role::Audience | Role::Unknown | Role::Other(_) => {
                if let Some(open) = &mut self.open {
                    open.answers.push(id);
                    if !open.guests.contains(&speaker) {
                        open.guests.push(speaker);
                    }
                }
            }
        }
    }

    fn close_exchange(&mut self) {
        self.exchanges.extend(self.open.take().filter(|open| !open.answers.is_empty()));
    }

    /// What is known of a speaker.
    pub fn member(&self, id: SpeakerId) -> &Member {
        &self.members[id.index()]
    }

    /// Every speaker, by first appearance.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The part a speaker has; whoever is not host or admin of a hosted record is a guest.
    pub fn role(&self, id: SpeakerId) -> &Role {
        match &self.member(id).role {
            Role::Unknown if self.hosted => &Role::Guest,
            role => role,
        }
    }

    /// Characters of a post.
    pub fn chars(&self, id: PostId) -> usize {
        self.chars.get(id.index()).map_or(0, |&chars| chars as usize)
    }

    /// Characters of all posts.
    pub fn total_chars(&self) -> usize {
        self.members.iter().map(|member| member.chars).sum()
    }

    /// First posts of the turns.
    pub fn turns(&self) -> &[PostId] {
        &self.turns
    }

    /// Whether a post begins a turn.
    pub fn begins_turn(&self, id: PostId) -> bool {
        self.turns.binary_search(&id).is_ok()
    }

    /// First post of the turn that a post belongs to.
    pub fn turn_of(&self, id: PostId) -> PostId {
        let index = self.turns.partition_point(|&first| first <= id);
        index.checked_sub(1).map_or(PostId::default(), |index| self.turns[index])
    }

    /// The sessions, one at least if there is a post.
    pub fn sessions(&self) -> &[Session] {
        &self.sessions
    }

    /// The session that begins with a post.
    pub fn session_at(&self, id: PostId) -> Option<Session> {
        self.sessions
            .binary_search_by_key(&id, |session| session.first)
            .ok()
            .map(|index| self.sessions[index])
    }

    /// Gaps over [`GAP_MS`].
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// The gap right before a post.
    pub fn gap_before(&self, id: PostId) -> Option<Gap> {
        self.gaps.binary_search_by_key(&id, |gap| gap.before).ok().map(|index| self.gaps[index])
    }

    /// The exchanges, the one still running included.
    pub fn exchanges(&self) -> impl Iterator<Item = &Exchange> {
        self.exchanges.iter().chain(self.open.as_ref().filter(|open| !open.answers.is_empty()))
    }

    /// How many exchanges there are.
    pub fn exchange_count(&self) -> usize {
        self.exchanges.len() + usize::from(self.open.as_ref().is_some_and(|open| !open.answers.is_empty()))
    }

    /// Number of the exchange that a post is the question of or an answer in, from 1.
    pub fn exchange_of(&self, id: PostId) -> Option<usize> {
        let index = self.exchanges.partition_point(|exchange| exchange.question <= id);
        let exchange = match &self.open {
            Some(open) if !open.answers.is_empty() && open.question <= id => open,
            _ => self.exchanges.get(index.checked_sub(1)?)?,
        };
        let number = if self.open.as_ref() == Some(exchange) { self.exchanges.len() + 1 } else { index };
        let inside = (exchange.question..=*exchange.answers.last()?).contains(&id);
        inside.then_some(number)
    }
}

fn day_part(transcript: &Transcript, id: PostId) -> Option<DayPart> {
    if transcript.meta.clock != ClockKind::Wall {
        return None;
    }
    Some(match transcript.moment(id)?.hour() {
        0..12 => DayPart::Morning,
        12..18 => DayPart::Afternoon,
        _ => DayPart::Evening,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{Kind, NewPost};

    /// A record of (minute, byline) posts with bodies of three characters.
    fn record(posts: &[(i64, &str)]) -> Transcript {
        let mut transcript = Transcript::default();
        transcript.meta.clock = ClockKind::Wall;
        transcript.meta.origin =
            chrono::NaiveDate::from_ymd_opt(2025, 1, 1).and_then(|day| day.and_hms_opt(9, 0, 0));
        for &(minute, label) in posts {
            let speaker = transcript.intern(label);
            let body = transcript.append_source("一二三");
            let start = Some(minute * 60_000);
            transcript.push(&NewPost { start, end: None, speaker, kind: Kind::Speech, body, line: None });
        }
        transcript
    }

    #[test]
    fn exchanges_hold_a_question_and_every_answer_to_it() {
        let transcript = record(&[
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
        let structure = Structure::of(&transcript);
        let exchanges: Vec<_> =
            structure.exchanges().map(|e| (e.question.number(), e.guests.len(), e.answers.len())).collect();
        assert_eq!(exchanges, [(2, 2, 3), (9, 1, 1)]);
        assert_eq!(structure.exchange_of(PostId::new(5)), Some(1));
        assert_eq!(structure.exchange_of(PostId::new(9)), Some(2));
        assert_eq!(structure.exchange_of(PostId::new(0)), None);
        assert_eq!(structure.exchange_of(PostId::new(7)), None);
    }

    #[test]
    fn long_breaks_part_sessions_and_speakers_part_turns() {
        let transcript = record(&[(0, "甲"), (5, "甲"), (20, "乙"), (240, "乙"), (241, "甲")]);
        let structure = Structure::of(&transcript);
        let sessions: Vec<_> = structure.sessions().iter().map(|s| (s.first.number(), s.part)).collect();
        assert_eq!(sessions, [(1, Some(DayPart::Morning)), (4, Some(DayPart::Afternoon))]);
        assert_eq!(structure.turns().len(), 3);
        assert_eq!(structure.turn_of(PostId::new(3)), PostId::new(2));
        assert_eq!(structure.gaps().iter().map(|gap| gap.ms / 60_000).collect::<Vec<_>>(), [15, 220]);
    }

    #[test]
    fn a_growing_record_gives_the_same_structure_as_a_whole_one() {
        let posts = [(0, "主持人"), (1, "甲"), (90, "主持人"), (91, "乙"), (92, "甲")];
        let mut grown = Structure::default();
        for end in 0..=posts.len() {
            grown.extend(&record(&posts[..end]));
        }
        let whole = Structure::of(&record(&posts));
        assert_eq!(format!("{grown:?}"), format!("{whole:?}"));
    }

    #[test]
    fn a_body_that_grows_is_counted_again() {
        let mut transcript = record(&[(0, "甲")]);
        let mut structure = Structure::of(&transcript);
        let more = transcript.append_source("四五");
        transcript.extend_body(more.start, more.end);
        structure.extend(&transcript);
        assert_eq!(structure.chars(PostId::new(0)), 5);
        assert_eq!(structure.total_chars(), 5);
    }
}
