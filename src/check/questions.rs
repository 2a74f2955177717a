//! Names as the host says them before somebody answers: 毕克新局长您好 before 毕可新.

use super::finding::{Detail, Finding, Spelling};
use super::record::Record;
use crate::structure::{Place, first_office, is_variant};
use crate::text::slice;
use crate::transcript::{PostId, Role, SpeakerId};
use hashbrown::HashSet;

/// In a record of more speakers nobody is called by name.
const SPEAKERS: usize = 1024;

/// Posts of a question that are listened to.
const POSTS: usize = 8;

/// No question is longer, in bytes.
const LONGEST: usize = 4096;

/// Looks at the question before each guest's first answer.
pub fn look(record: Record, found: &mut Vec<Finding>) {
    if record.structure.people_count() > SPEAKERS {
        return;
    }
    let names: HashSet<&str> =
        record.speakers().map(|id| record.structure.name(record.transcript, id)).collect();
    for id in record.speakers() {
        let is_guest = *record.structure.role(id) == Role::Guest;
        if is_guest && record.structure.told(id).is_none_or(|told| told.aliases.is_empty()) {
            found.extend(called(record, id, &names));
        }
    }
}

/// Where the host calls somebody by a name that is one character apart, with the same office.
fn called(record: Record, id: SpeakerId, names: &HashSet<&str>) -> Option<Finding> {
    let name = record.structure.name(record.transcript, id);
    let title = record.structure.title(record.transcript, id);
    let office = short(first_office(title))?;
    let byline = record.structure.member(id).first;
    let question = record.structure.question_of(byline)?;
    let posts = (question.index()..byline.index()).map(PostId::new).take(POSTS);
    let by_host = |id: &PostId| {
        let body = record.transcript.body_range(*id).len();
        body <= LONGEST && *record.structure.role(record.transcript.speaker_of(*id)) == Role::Host
    };
    let mut heard = None;
    for post in posts.filter(by_host) {
        let body = record.transcript.body(post);
        if body.contains(name) {
            return None;
        }
        heard = heard.or_else(|| spelled(&body, name, office, names).map(|here| (post, here)));
    }
    let (post, here) = heard?;
    let there = name.to_owned();
    let spelling = Spelling { at: Place::Question(post), here, there, places: vec![Place::Byline(id)] };
    Some(record.at_words(post, Detail::Spelled(Box::new(spelling))))
}

/// The last two characters of an office, by which people are called: 局长, 主任.
fn short(office: &str) -> Option<&str> {
    let (at, _) = office.char_indices().nth_back(1)?;
    Some(slice(office, at..office.len()))
}

/// A name of the same length before or behind the office that is one character apart and nobody else's.
fn spelled(body: &str, name: &str, office: &str, names: &HashSet<&str>) -> Option<String> {
    let count = name.chars().count();
    if count < 2 {
        return None;
    }
    body.match_indices(office).find_map(|(at, _)| {
        let before = slice(body, 0..at);
        let behind = slice(body, at + office.len()..body.len());
        let start = before.char_indices().nth_back(count - 1).map_or(before.len(), |(start, _)| start);
        let end = behind.char_indices().nth(count).map_or(behind.len(), |(end, _)| end);
        let words = [slice(before, start..before.len()), slice(behind, 0..end)];
        let is_meant = |word: &&str| is_variant(word, name) && is_likely(word, name) && !names.contains(word);
        words.into_iter().find(is_meant).map(str::to_owned)
    })
}

/// Whether the surname is the same, or only the surname is another one of a longer name.
fn is_likely(word: &str, name: &str) -> bool {
    word.chars().next() == name.chars().next() || name.chars().count() > 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_heard_beside_the_office() {
        let names = HashSet::from(["陆知远", "王建军"]);
        let heard = |body: &str, name: &str| spelled(body, name, "馆长", &names);
        assert_eq!(heard("陆志远馆长您好!", "陆知远").as_deref(), Some("陆志远"));
        assert_eq!(heard("下面请某市图书馆馆长陆志远介绍。", "陆知远").as_deref(), Some("陆志远"));
        assert_eq!(heard("陆志远书记您好!", "陆知远"), None);
        assert_eq!(heard("王建军馆长您好!", "王建国"), None, "somebody else");
        assert_eq!(heard("各位馆长好!", "陆知远"), None);
        assert_eq!(heard("", "陆知远"), None);
    }
}
