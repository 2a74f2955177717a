//! Exchanges: a host's question and the answers to it.
//!
//! Kept are the first post of the question and the last answer. Which posts between them are answers follows from
//! who wrote them.

use super::ascending::Ascending;
use crate::transcript::{PostId, Role, SpeakerId, Transcript};

/// A host's question and the answers to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exchange {
    /// The first post of the question.
    pub question: PostId,
    /// Who answers, in order.
    pub guests: Vec<SpeakerId>,
    /// The answers.
    pub answers: Vec<PostId>,
    /// The captions of the guests that stand with it.
    pub captions: Vec<PostId>,
}

/// What a post is to an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// It asks.
    Question,
    /// It answers what was asked.
    Answer,
    /// Neither.
    Aside,
}

impl From<&Role> for Part {
    fn from(role: &Role) -> Self {
        match role {
            Role::Host => Self::Question,
            Role::Admin | Role::System | Role::Bot => Self::Aside,
            Role::Guest | Role::Audience | Role::Unknown | Role::Other(_) => Self::Answer,
        }
    }
}

/// A question: its first and its last post so far, and the last answer to it if there is any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Open {
    question: PostId,
    asked: PostId,
    last: Option<PostId>,
}

/// All exchanges, in file order; the last may still run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exchanges {
    questions: Ascending,
    last_answers: Ascending,
    open: Option<Open>,
}

impl Exchanges {
    /// Takes in the next post; if it is the first answer to a question, says the last post of that.
    pub fn take(&mut self, id: PostId, part: Part) -> Option<PostId> {
        match (part, &mut self.open) {
            (Part::Answer, Some(open)) => {
                let is_first = open.last.replace(id).is_none();
                return is_first.then_some(open.asked);
            }
            (Part::Question, Some(open)) if open.last.is_none() => open.asked = id,
            (Part::Question, _) => {
                self.close();
                self.open = Some(Open { question: id, asked: id, last: None });
            }
            _ => {}
        }
        None
    }

    /// Ends the one that still runs.
    pub fn close(&mut self) {
        if let Some(Open { question, last: Some(last), .. }) = self.open.take() {
            self.questions.push(question);
            self.last_answers.push(last);
        }
    }

    /// The one that still runs, if it has an answer: its question and its last answer.
    fn running(&self) -> Option<(PostId, PostId)> {
        self.open.and_then(|open| Some((open.question, open.last?)))
    }

    pub fn count(&self) -> usize {
        self.questions.len() + usize::from(self.running().is_some())
    }

    /// The question and the last answer of the exchange at `index`.
    fn bounds(&self, index: usize) -> Option<(PostId, PostId)> {
        let closed = self.questions.get(index).zip(self.last_answers.get(index));
        closed.or_else(|| self.running().filter(|_| index == self.questions.len()))
    }

    /// Index of the exchange that a post is the question of or an answer in, or stands between the two.
    pub fn index_of(&self, id: PostId) -> Option<usize> {
        let running = self.running().is_some_and(|(question, _)| question <= id);
        let index = if running { self.questions.len() } else { self.questions.upto(id).checked_sub(1)? };
        self.bounds(index).filter(|&(_, last)| id <= last).map(|_| index)
    }

    /// The question of the exchange that a post belongs to.
    pub fn question_of(&self, id: PostId) -> Option<PostId> {
        let (question, _) = self.bounds(self.index_of(id)?)?;
        Some(question)
    }

    /// The first question behind a post.
    pub fn next(&self, from: PostId) -> Option<PostId> {
        let running = || self.running().map(|(question, _)| question).filter(|&question| question > from);
        self.questions.next(from).or_else(running)
    }

    /// The last question before a post.
    pub fn previous(&self, from: PostId) -> Option<PostId> {
        let running = self.running().map(|(question, _)| question).filter(|&question| question < from);
        running.or_else(|| self.questions.previous(from))
    }

    /// The exchange at `index`, put together from the posts, with who each speaker is and what part that has.
    pub fn get(
        &self,
        transcript: &Transcript,
        index: usize,
        who: impl Fn(SpeakerId) -> (SpeakerId, Part),
    ) -> Option<Exchange> {
        let (question, last) = self.bounds(index)?;
        let mut exchange = Exchange { question, ..Exchange::default() };
        let posts = (question.index()..=last.index()).map(PostId::new);
        for (id, speaker) in posts.zip(transcript.speakers_from(question)) {
            let (person, part) = who(speaker);
            if part == Part::Answer {
                exchange.answers.push(id);
                if !exchange.guests.contains(&person) {
                    exchange.guests.push(person);
                }
            }
        }
        Some(exchange)
    }

    /// Bytes that are held.
    pub fn size(&self) -> usize {
        self.questions.size() + self.last_answers.size()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{Draft, Post};
    use proptest::prelude::{Strategy, any, prop_assert_eq, proptest};

    const ROLES: [Role; 4] = [Role::Host, Role::Admin, Role::Guest, Role::Unknown];

    /// The rule, told post by post: speakers, each with whether a long break is before it.
    fn told(posts: &[(usize, bool)]) -> Vec<Exchange> {
        let mut all: Vec<Exchange> = Vec::new();
        let mut runs = false;
        for (index, &(speaker, resumed)) in posts.iter().enumerate() {
            let (id, speaker) = (PostId::new(index), SpeakerId::new(speaker));
            runs &= !resumed;
            match ROLES[speaker.index()] {
                Role::Host if !runs || all.last().is_some_and(|last| !last.answers.is_empty()) => {
                    all.push(Exchange { question: id, ..Exchange::default() });
                    runs = true;
                }
                Role::Host | Role::Admin => {}
                _ => {
                    if let Some(last) = all.last_mut().filter(|_| runs) {
                        last.answers.push(id);
                        if !last.guests.contains(&speaker) {
                            last.guests.push(speaker);
                        }
                    }
                }
            }
        }
        all.retain(|exchange| !exchange.answers.is_empty());
        all
    }

    proptest! {
        #[test]
        fn exchanges_are_those_that_the_rule_tells_post_by_post(
            posts in proptest::collection::vec((0usize..4, any::<u8>().prop_map(|byte| byte < 20)), 0..200)
        ) {
            let mut draft = Draft::default();
            let mut exchanges = Exchanges::default();
            for (index, &(speaker, resumed)) in posts.iter().enumerate() {
                draft.push(Post { speaker: SpeakerId::new(speaker), ..Post::default() });
                if resumed {
                    exchanges.close();
                }
                exchanges.take(PostId::new(index), Part::from(&ROLES[speaker]));
            }
            let (transcript, expected) = (Transcript::from(draft.take()), told(&posts));
            let who = |speaker: SpeakerId| (speaker, Part::from(&ROLES[speaker.index()]));
            let found: Vec<_> =
                (0..exchanges.count()).filter_map(|index| exchanges.get(&transcript, index, who)).collect();
            prop_assert_eq!(&found, &expected);
            for id in transcript.ids() {
                let holds = |exchange: &Exchange| exchange.question <= id && Some(&id) <= exchange.answers.last();
                prop_assert_eq!(exchanges.index_of(id), expected.iter().position(holds));
                let mut questions = expected.iter().map(|exchange| exchange.question);
                prop_assert_eq!(exchanges.next(id), questions.clone().find(|&question| question > id));
                prop_assert_eq!(exchanges.previous(id), questions.rfind(|&question| question < id));
            }
        }
    }
}
