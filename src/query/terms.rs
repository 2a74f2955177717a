//! What the words of a query ask of a post, and what that means in a record.

use super::line::{KEYS, Key, Word};
use super::place::Where;
use crate::lang::Lang;
use crate::marks::{Mark, Marks};
use crate::structure::Structure;
use crate::text::pinyin;
use crate::transcript::{Kind, PostId, Role, SpeakerId, Transcript};
use std::collections::BTreeSet;
use std::ops::Range;

/// A record with what was derived from it.
pub type Recorded<'a> = (&'a Transcript, &'a Structure);

/// What is asked of a post.
#[derive(Debug, Clone)]
pub struct Term {
    /// The word.
    word: Word,
    wanted: Vec<Wanted>,
}

#[derive(Debug, Clone)]
enum Wanted {
    Person(String),
    Role(Role),
    Kind(Kind),
    After(Where),
    Before(Where),
    Tag(String),
    Bookmark,
    Note,
}

/// A word that asks for nothing that there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoValue {
    /// The key, as it is written in English.
    pub key: &'static str,
    /// What it has.
    pub value: String,
    /// What it might have had.
    pub example: String,
}

/// The roles that can be asked for.
const ROLES: [Role; 7] =
    [Role::Admin, Role::Host, Role::Guest, Role::Audience, Role::System, Role::Bot, Role::Unknown];

impl Term {
    /// Whether it asks for what a reader keeps.
    pub const fn is_of_marks(&self) -> bool {
        matches!(self.word.key, Key::Tag | Key::Has)
    }

    /// What a word asks.
    ///
    /// # Errors
    /// The value that is none.
    pub fn of(word: Word) -> Result<Self, NoValue> {
        if word.values.is_empty() {
            return Err(none(word.key, ""));
        }
        let wanted =
            word.values.iter().map(|value| wanted(word.key, value).ok_or_else(|| none(word.key, value)));
        Ok(Self { wanted: wanted.collect::<Result<_, _>>()?, word })
    }
}

fn none(key: Key, value: &str) -> NoValue {
    let row = KEYS.iter().find(|(other, ..)| *other == key);
    let example = match key {
        Key::Kind => Kind::KNOWN.iter().filter_map(|&kind| Lang::En.kind(kind)).collect::<Vec<_>>().join(" "),
        Key::Role => ROLES.iter().map(Role::name).collect::<Vec<_>>().join(" "),
        Key::Has => "bookmark note".to_owned(),
        _ => row.map_or("", |row| row.3).to_owned(),
    };
    NoValue { key: row.map_or("", |row| row.1), value: value.to_owned(), example }
}

fn wanted(key: Key, value: &str) -> Option<Wanted> {
    let both = [Lang::Zh, Lang::En];
    Some(match key {
        Key::From => Wanted::Person(value.to_owned()),
        Key::Role => {
            let named = |role: &&Role| role.name() == value || Lang::Zh.role(role) == value;
            Wanted::Role(ROLES.iter().find(named)?.clone())
        }
        Key::Kind => {
            let named = |kind: &&Kind| both.iter().any(|lang| lang.kind(**kind) == Some(value));
            Wanted::Kind(*Kind::KNOWN.iter().find(named)?)
        }
        Key::After => Wanted::After(Where::parse(value)?),
        Key::Before => Wanted::Before(Where::parse(value)?),
        Key::Tag => Wanted::Tag(value.to_owned()),
        Key::Has if matches!(value, "note" | "笔记") => Wanted::Note,
        Key::Has if matches!(value, "bookmark" | "书签") => Wanted::Bookmark,
        Key::Has => return None,
    })
}

/// Terms, bound to a record: what is asked for is looked up once.
#[derive(Debug, Clone, Default)]
pub struct Bound {
    tests: Vec<Test>,
    /// So many bylines are looked up.
    speakers: usize,
}

#[derive(Debug, Clone)]
struct Test {
    term: Term,
    /// By byline.
    people: Vec<bool>,
    /// Of places.
    posts: Vec<Range<usize>>,
    /// Of marks.
    marked: BTreeSet<PostId>,
}

impl Bound {
    /// Looks up what terms ask for.
    pub fn of(terms: &[Term], record: Recorded, marks: &Marks) -> Self {
        let marked = |term: &Term| {
            let all =
                marks.iter().filter(|(_, mark)| term.wanted.iter().any(|wanted| is_marked(wanted, mark)));
            all.map(|(post, _)| post).collect()
        };
        let test = |term: &Term| Test {
            term: term.clone(),
            people: Vec::new(),
            posts: Vec::new(),
            marked: marked(term),
        };
        let mut bound = Self { tests: terms.iter().map(test).collect(), speakers: 0 };
        bound.extend(record);
        bound
    }

    /// The record has grown: there are more bylines, and places that were none before.
    pub fn extend(&mut self, record: Recorded) {
        let speakers = record.0.speakers().len();
        for test in &mut self.tests {
            test.posts = test.term.wanted.iter().filter_map(|wanted| posts(wanted, record)).collect();
            if test.term.word.key == Key::From && self.speakers < speakers {
                test.people = people(&test.term, record);
            }
        }
        self.speakers = speakers;
    }

    /// Whether a post is asked for.
    pub fn matches(&self, post: PostId, record: Recorded) -> bool {
        self.tests.iter().all(|test| test.matches(post, record) != test.term.word.negated)
    }

    /// Whether every post is.
    pub fn is_empty(&self) -> bool {
        self.tests.is_empty()
    }

    /// A value that names nobody, or no place of the record.
    pub fn nowhere(&self) -> Option<NoValue> {
        let lost = self.tests.iter().find(|test| match test.term.word.key {
            Key::From => !test.people.contains(&true),
            Key::After | Key::Before => test.posts.is_empty(),
            _ => false,
        })?;
        Some(none(lost.term.word.key, &lost.term.word.values.join(",")))
    }
}

impl Test {
    fn matches(&self, post: PostId, (transcript, structure): Recorded) -> bool {
        let author = structure.author(transcript, post);
        self.term.wanted.iter().any(|wanted| match wanted {
            Wanted::Person(_) => {
                let is = |id: SpeakerId| self.people.get(id.index()).copied().unwrap_or_default();
                is(author) || is(transcript.speaker_of(post))
            }
            Wanted::Role(role) => structure.role(author) == role,
            Wanted::Kind(kind) => structure.kind(transcript, post) == *kind,
            Wanted::After(_) | Wanted::Before(_) => {
                self.posts.iter().any(|posts| posts.contains(&post.index()))
            }
            Wanted::Tag(_) | Wanted::Bookmark | Wanted::Note => self.marked.contains(&post),
        })
    }
}

fn is_marked(wanted: &Wanted, mark: &Mark) -> bool {
    match wanted {
        Wanted::Tag(tag) => mark.tags.iter().any(|other| other.to_lowercase() == tag.to_lowercase()),
        Wanted::Bookmark => mark.bookmarked,
        Wanted::Note => !mark.note.is_empty(),
        _ => false,
    }
}

/// Who is meant, by byline: whoever is called exactly so; else those in whose byline, name or other spelling it is, by
/// characters or by sound.
fn people(term: &Term, (transcript, structure): Recorded) -> Vec<bool> {
    let ids = || (0..transcript.speakers().len()).map(SpeakerId::new);
    let mut all = vec![false; transcript.speakers().len()];
    for wanted in &term.wanted {
        let Wanted::Person(name) = wanted else { continue };
        let is =
            |id: SpeakerId| structure.name(transcript, id) == name || transcript.speaker(id).label == *name;
        let exact: Vec<SpeakerId> = ids().filter(|&id| is(id)).collect();
        if exact.is_empty() {
            let query = pinyin::Query::new(name);
            let is_like = |id: SpeakerId| {
                query.is_in(&transcript.speaker(id).label)
                    || query.is_in(structure.name(transcript, id))
                    || structure.aliases(transcript, id).iter().any(|alias| query.is_in(alias))
            };
            ids().filter(|&id| is_like(id)).for_each(|id| all[id.index()] = true);
        }
        for id in exact {
            all[id.index()] = true;
        }
    }
    all
}

/// The posts from a place on, or before it; none where there is no such place.
fn posts(wanted: &Wanted, (transcript, structure): Recorded) -> Option<Range<usize>> {
    let first = PostId::new(0);
    let index = |place: &Where| match place.time(transcript, first) {
        Some(at) => Some(transcript.starting_from(at).map_or(transcript.len(), PostId::index)),
        None => place.find(transcript, structure, first).map(PostId::index),
    };
    match wanted {
        Wanted::After(place) => Some(index(place)?..usize::MAX),
        Wanted::Before(place) => Some(0..index(place)?),
        _ => None,
    }
}
