//! A query: what is asked of posts, and the pattern that is looked for in their words.

use super::line::taken_apart;
use super::look::hits_of;
use super::pattern::{Pattern, Ways, fault};
use super::terms::{Bound, NoValue, Recorded, Term};
use crate::lang::Lang;
use crate::marks::Marks;
use crate::transcript::PostId;

/// A query, as it was typed.
#[derive(Debug, Clone)]
pub struct Query {
    /// The line.
    pub text: String,
    /// How its pattern is looked for.
    pub ways: Ways,
    terms: Vec<Term>,
    pattern: Option<Pattern>,
}

/// What is wrong with a query.
#[derive(Debug)]
pub enum Fault {
    /// The pattern is no regular expression, or an excessive one.
    Pattern(regex::Error),
    /// A word asks for nothing that there is.
    Value(NoValue),
}

impl Query {
    /// Reads a line.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(line: &str, ways: Ways) -> Result<Self, Fault> {
        let (words, pattern) = taken_apart(line);
        let terms = words.into_iter().map(Term::of).collect::<Result<Vec<_>, _>>().map_err(Fault::Value)?;
        let pattern = Some(pattern).filter(|pattern| !pattern.is_empty());
        let pattern =
            pattern.map(|pattern| Pattern::new(&pattern, ways)).transpose().map_err(Fault::Pattern)?;
        Ok(Self { text: line.to_owned(), ways, terms, pattern })
    }

    /// Whether another query asks for the same in the same way.
    pub fn is_same(&self, other: &Self) -> bool {
        self.text == other.text && self.ways == other.ways
    }

    /// The pattern; none where posts are asked for whatever is said in them.
    pub fn pattern(&self) -> Option<&Pattern> {
        self.pattern.as_ref()
    }

    /// Whether bookmarks, notes or tags are asked for.
    pub fn is_of_marks(&self) -> bool {
        self.terms.iter().any(Term::is_of_marks)
    }

    /// Whether nothing is asked of posts beside the pattern.
    pub fn is_of_words(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether a post is asked for, as `bound` has it looked up.
    pub fn asks_for(&self, post: PostId, bound: &Bound, record: Recorded) -> bool {
        bound.matches(post, record)
            && self.pattern().is_none_or(|pattern| !hits_of(pattern, record.0, post, 1).is_empty())
    }

    /// Looks up what is asked for in a record.
    pub fn bound(&self, record: Recorded, marks: &Marks) -> Bound {
        Bound::of(&self.terms, record, marks)
    }
}

impl Fault {
    /// What is wrong, in a few words.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Self::Pattern(error) => format!("{}: {}", lang.words().bad_pattern, fault(lang, error)),
            Self::Value(NoValue { key, value, example }) => match lang {
                Lang::Zh => format!("{key}:{value} 不认识,可以写 {example}"),
                Lang::En => format!("{key}:{value} is not known, try {example}"),
            },
        }
    }
}
