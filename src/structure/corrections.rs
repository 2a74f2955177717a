//! What a reader has corrected: people by their bylines, chapters by the post they begin with.
//!
//! A byline is as printed, so that a correction holds in a record that has grown or was put in another order. Where
//! it is kept is the matter of `store`.

use crate::transcript::Role;
use hashbrown::HashMap;
use std::collections::BTreeMap;

/// All that was corrected in a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corrections {
    /// What was corrected of a speaker, by byline.
    pub speakers: BTreeMap<String, Correction>,
    /// Where chapters begin.
    pub chapters: Vec<ChapterMark>,
}

/// What was corrected of a speaker. What is absent is derived.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Correction {
    /// The name.
    pub name: Option<String>,
    /// The title; an empty one is none.
    pub title: Option<String>,
    /// The role.
    pub role: Option<Role>,
    /// Other spellings.
    pub aliases: Option<Vec<String>>,
    /// The byline of the same person that this one counts with.
    pub same_as: Option<String>,
    /// Whether the byline is a person of its own, whatever looks like it.
    pub apart: bool,
}

/// The beginning of a chapter: the first post by that speaker, at that moment if one is given, whose body begins with
/// those words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChapterMark {
    /// What the chapter is called.
    pub title: String,
    /// The stamp of the post, as ISO 8601 or as h:mm:ss in a record without dates.
    pub at: Option<String>,
    /// The byline of the post.
    pub by: String,
    /// The words that the post begins with.
    pub begins: String,
}

/// One correction of a speaker; none takes it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// The name.
    Name(Option<String>),
    /// The title.
    Title(Option<String>),
    /// The role.
    Role(Option<Role>),
    /// The byline to count with. What was apart is so no longer.
    SameAs(Option<String>),
    /// A person of its own, or not. What was merged is so no longer.
    Apart(bool),
    /// All of it is taken back.
    Forget,
}

impl Corrections {
    /// Whether nothing was corrected.
    pub fn is_empty(&self) -> bool {
        self.speakers.is_empty() && self.chapters.is_empty()
    }

    /// What was corrected of a speaker.
    pub fn of(&self, label: &str) -> Option<&Correction> {
        self.speakers.get(label)
    }

    /// Corrects a speaker. A correction of which nothing is left is no more.
    pub fn edit(&mut self, label: &str, edit: &Edit) {
        let entry = self.speakers.entry(label.to_owned()).or_default();
        match edit.clone() {
            Edit::Name(name) => entry.name = name,
            Edit::Title(title) => entry.title = title,
            Edit::Role(role) => entry.role = role,
            Edit::SameAs(other) => (entry.same_as, entry.apart) = (other, false),
            Edit::Apart(apart) => (entry.same_as, entry.apart) = (None, apart),
            Edit::Forget => *entry = Correction::default(),
        }
        if *entry == Correction::default() {
            self.speakers.remove(label);
        }
    }

    /// For each byline that counts with another one, or that others count with, the one in the end, by `same_as`; of a
    /// circle the first in order.
    pub fn mains(&self) -> HashMap<String, String> {
        let mut mains: HashMap<&str, &str> = HashMap::new();
        for label in self.speakers.keys() {
            let (mut way, mut places) = (Vec::new(), HashMap::new());
            let mut at = label.as_str();
            let main = loop {
                if let Some(&known) = mains.get(at) {
                    break known;
                }
                if let Some(&place) = places.get(at) {
                    break way.iter().skip(place).min().copied().unwrap_or(at);
                }
                places.insert(at, way.len());
                way.push(at);
                match self.of(at).and_then(|correction| correction.same_as.as_deref()) {
                    Some(other) => at = other,
                    None => break at,
                }
            };
            if way.len() > 1 || main != label {
                mains.extend(way.into_iter().map(|label| (label, main)));
            }
        }
        mains.into_iter().map(|(label, main)| (label.to_owned(), main.to_owned())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_of_which_nothing_is_left_is_no_more() {
        let mut corrections = Corrections::default();
        corrections.edit("甲", &Edit::Name(Some("乙".into())));
        corrections.edit("甲", &Edit::Role(Some(Role::Host)));
        assert_eq!(corrections.of("甲").unwrap().name.as_deref(), Some("乙"));
        corrections.edit("甲", &Edit::Name(None));
        assert!(!corrections.is_empty());
        corrections.edit("甲", &Edit::Role(None));
        assert!(corrections.is_empty());
        corrections.edit("甲", &Edit::Apart(true));
        corrections.edit("甲", &Edit::Forget);
        assert!(corrections.is_empty());
    }

    #[test]
    fn bylines_that_count_with_each_other_lead_to_one() {
        let mut corrections = Corrections::default();
        for (label, other) in [("甲", "乙"), ("乙", "丙"), ("子", "丑"), ("丑", "子")] {
            corrections.edit(label, &Edit::SameAs(Some(other.into())));
        }
        let mains = |corrections: &Corrections| {
            let mut all: Vec<_> = corrections.mains().into_iter().collect();
            all.sort();
            all.into_iter().map(|(label, main)| format!("{label}{main}")).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(mains(&corrections), "丑丑 丙丙 乙丙 子丑 甲丙");
        corrections.edit("乙", &Edit::Apart(true));
        corrections.edit("丑", &Edit::SameAs(Some("丑".into())));
        assert_eq!(mains(&corrections), "丑丑 乙乙 子丑 甲乙");
    }
}
