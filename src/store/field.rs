//! The fields of a correction, each with its key in the file.

use crate::structure::{Correction, Corrections};
use crate::transcript::Role;
use std::collections::BTreeMap;

/// A field of a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The name.
    Name,
    /// The title.
    Title,
    /// The role.
    Role,
    /// Other spellings.
    Aliases,
    /// The byline to count with.
    SameAs,
    /// A person of its own.
    Apart,
}

/// What a field says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// A string.
    Text(String),
    /// An array of strings.
    Texts(Vec<String>),
    /// `true`.
    Yes,
}

/// What a file says of a byline; a field that says nothing takes back what another file says.
pub type Entry = BTreeMap<Field, Option<Said>>;

impl Field {
    /// All of them, in the order they are written in.
    pub const ALL: [Self; 6] =
        [Self::Name, Self::Title, Self::Role, Self::Aliases, Self::SameAs, Self::Apart];

    /// The key in the file.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Title => "title",
            Self::Role => "role",
            Self::Aliases => "aliases",
            Self::SameAs => "same-as",
            Self::Apart => "apart",
        }
    }

    /// What a correction says in this field.
    pub fn of(self, correction: &Correction) -> Option<Said> {
        let text = |text: &Option<String>| text.clone().map(Said::Text);
        match self {
            Self::Name => text(&correction.name),
            Self::Title => text(&correction.title),
            Self::Role => correction.role.as_ref().map(|role| Said::Text(role.name().to_owned())),
            Self::Aliases => correction.aliases.clone().map(Said::Texts),
            Self::SameAs => text(&correction.same_as),
            Self::Apart => correction.apart.then_some(Said::Yes),
        }
    }

    fn put(self, said: Option<Said>, correction: &mut Correction) {
        let text = match said.clone() {
            Some(Said::Text(text)) => Some(text),
            _ => None,
        };
        match self {
            Self::Name => correction.name = text,
            Self::Title => correction.title = text,
            Self::Role => correction.role = text.map(|name| Role::from(name.as_str())),
            Self::Aliases => {
                correction.aliases = match said {
                    Some(Said::Texts(texts)) => Some(texts),
                    _ => None,
                }
            }
            Self::SameAs => correction.same_as = text,
            Self::Apart => correction.apart = said.is_some(),
        }
    }
}

/// Lays what a file says of a byline over what is known of it.
pub fn lay_over(corrections: &mut Corrections, byline: &str, entry: &Entry) {
    let mut correction = corrections.of(byline).cloned().unwrap_or_default();
    for (field, said) in entry {
        field.put(said.clone(), &mut correction);
    }
    if correction == Correction::default() {
        corrections.speakers.remove(byline);
    } else {
        corrections.speakers.insert(byline.to_owned(), correction);
    }
}
