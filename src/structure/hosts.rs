//! Who hosts a record whose bylines do not say: who speaks before nearly everybody's first word, and asks.
//!
//! Looked for at fixed lengths of the record and among the posts before, so that a record that grows has the same host
//! as one that is read at once.

use super::known::Record;
use crate::transcript::{PostId, Role, SpeakerId};

/// After so many posts, and whenever there are twice as many, a host is looked for.
const FIRST: usize = 32;

/// After so many posts no longer.
const LAST: usize = 1024;

/// With fewer who speak for a first time behind others there is nothing to tell.
const GUESTS: usize = 4;

/// Whether a host is looked for among the posts before a post.
pub fn is_due(id: PostId) -> bool {
    id.index().is_power_of_two() && (FIRST..=LAST).contains(&id.index())
}

/// The host among the authors of the posts before `end`.
pub fn find(record: Record, end: PostId) -> Option<SpeakerId> {
    let Record { transcript, members, persons } = record;
    let mut introduced = vec![0; members.len()];
    let (mut before, mut guests) = (None::<SpeakerId>, 0);
    let posts = (0..end.index()).map(PostId::new);
    let authors = transcript.speakers_from(PostId::default()).map(|speaker| persons.of(speaker));
    for (id, speaker) in posts.clone().zip(authors) {
        let member = members.get(speaker.index())?;
        if member.role != Role::Unknown {
            continue;
        }
        if let Some(before) = before.replace(speaker).filter(|_| member.first == id) {
            guests += 1;
            introduced[before.index()] += 1;
        }
    }
    let (host, count) =
        introduced.iter().enumerate().max_by_key(|&(index, count)| (*count, usize::MAX - index))?;
    if guests < GUESTS || count * 5 < guests * 3 {
        return None;
    }
    let host = SpeakerId::new(host);
    let own: Vec<_> = posts.filter(|&id| persons.of(transcript.speaker_of(id)) == host).collect();
    let asks = own.iter().filter(|&&id| transcript.body(id).contains(['?', '？'])).count();
    (own.len() >= guests && asks * 2 >= own.len()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::Structure;
    use crate::transcript::{Draft, Post, Transcript};

    fn record(posts: impl IntoIterator<Item = (String, &'static str)>) -> (Transcript, Structure) {
        let mut draft = Draft::default();
        for (label, body) in posts {
            let (speaker, body) = (draft.intern(&label), draft.append_text(body));
            draft.push(Post { speaker, body, ..Post::default() });
        }
        let transcript = Transcript::from(draft.take());
        let structure = Structure::of(&transcript);
        (transcript, structure)
    }

    fn hosts(structure: &Structure) -> Vec<usize> {
        let roles = structure.members.iter().enumerate();
        roles.filter(|(_, member)| member.role == Role::Host).map(|(index, _)| index).collect()
    }

    #[test]
    fn who_introduces_everybody_and_asks_is_the_host() {
        let interview = (0..40).map(|index| match index % 2 {
            0 => ("宁远".to_owned(), "您怎么看?"),
            _ => (format!("客人{}", index / 8), "好。"),
        });
        let (transcript, structure) = record(interview);
        assert_eq!(hosts(&structure), [0]);
        assert_eq!(structure.exchange_count(), 20);
        assert_eq!(structure.role(SpeakerId::new(1)), &Role::Guest);
        assert_eq!(structure.exchange(&transcript, 3).unwrap().question.number(), 7);
    }

    #[test]
    fn nobody_is_made_a_host_who_does_not_ask_or_introduces_few() {
        let silent = (0..80).map(|index| match index % 2 {
            0 => ("甲".to_owned(), "说。"),
            _ => (format!("客人{}", index / 8), "好?"),
        });
        assert_eq!(hosts(&record(silent).1), [0; 0]);
        let chat =
            (0..600).map(|index| (format!("u{}", index * index / 7 % 23), ["hm?", "yes", "no?"][index % 3]));
        assert_eq!(hosts(&record(chat).1), [0; 0]);
        let short = (0..12).map(|index| (format!("u{}", index % 2 * index), "hm?"));
        assert_eq!(hosts(&record(short).1), [0; 0]);
    }

    #[test]
    fn a_record_that_grows_has_the_same_host_as_the_whole() {
        let post = |index: usize| match index % 2 {
            0 => ("宁远".to_owned(), "您怎么看?"),
            _ => (format!("客人{}", index / 8), "好。"),
        };
        let whole = record((0..100).map(post)).1;
        for size in [1, 7, 31, 33] {
            let (mut draft, mut transcript) = (Draft::default(), Transcript::default());
            let mut grown = Structure::default();
            for index in 0..100 {
                let (label, body) = post(index);
                let (speaker, body) = (draft.intern(&label), draft.append_text(body));
                draft.push(Post { speaker, body, ..Post::default() });
                if index % size == 0 || index == 99 {
                    transcript.grow(draft.take());
                    grown.extend(&transcript);
                }
            }
            assert_eq!(grown, whole, "{size} at a time");
        }
    }
}
