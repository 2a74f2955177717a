//! Names: one person spelled in two ways, by what captions and the host tell, and byline against byline.
//!
//! Bylines are not compared with each other: those that are alike meet under one key. So a hundred thousand speakers
//! cost a hundred thousand times one.

use super::finding::{Detail, Finding, Spelling};
use super::offices::is_of_one;
use super::record::Record;
use crate::structure::{Place, first_office, is_variant};
use crate::text::pinyin::sound;
use crate::text::safe::is_invisible;
use crate::transcript::SpeakerId;
use hashbrown::{DefaultHashBuilder, HashMap};
use std::hash::{BuildHasher, Hash};

/// No name is longer, in characters.
const LONGEST: usize = 40;

/// No shared office says where somebody is from that is shorter, in bytes: four ideographs.
const SHORTEST_SHARED: usize = 12;

/// So many places with the usual spelling are told.
const PLACES: usize = 8;

/// Looks at every name.
pub fn look(record: Record, found: &mut Vec<Finding>) {
    let mut bylines = Bylines::default();
    for id in record.speakers() {
        told(record, id, found);
        if record.structure.correction(id).is_some_and(|known| known.apart) {
            continue;
        }
        let other = bylines.same(record, id).or_else(|| bylines.variant(record, id));
        if let Some(other) = other {
            let [own, first] = [id, other].map(|id| record.structure.member(id).first);
            found.push(record.at_byline(own, Detail::Alike { byline: id, other, first }));
        }
    }
}

/// Every place where a name is not spelled as in most places.
fn told(record: Record, id: SpeakerId, found: &mut Vec<Finding>) {
    let declared = record.transcript.speaker(id).declared();
    let corrected = record.structure.correction(record.structure.main_byline(id));
    let Some(told) = record.structure.told(id).filter(|told| !told.aliases.is_empty()) else { return };
    let is_corrected = corrected.is_some_and(|known| known.name.is_some() || known.aliases.is_some());
    if is_corrected || declared.name.is_some() || declared.aliases.is_some() {
        return;
    }
    let usual = told.places.iter().filter(|(_, name)| *name == told.name);
    let most: Vec<Place> = usual.map(|&(place, _)| place).take(PLACES).collect();
    for (place, name) in told.places.iter().filter(|(_, name)| *name != told.name) {
        let (at, here, there, places) = (*place, name.clone(), told.name.clone(), most.clone());
        let detail = Detail::Spelled(Box::new(Spelling { at, here, there, places }));
        found.push(match place {
            Place::Byline(id) => record.at_byline(record.structure.first_of_byline(*id), detail),
            Place::Question(post) | Place::Caption(post) => record.at_words(*post, detail),
        });
    }
}

/// The bylines so far, by what they have in common.
#[derive(Default)]
struct Bylines {
    hasher: DefaultHashBuilder,
    keys: HashMap<u64, SpeakerId>,
}

impl Bylines {
    fn key(&self, parts: impl Hash) -> u64 {
        self.hasher.hash_one(parts)
    }

    /// An earlier byline that differs in width, blanks and dots only.
    fn same(&mut self, record: Record, id: SpeakerId) -> Option<SpeakerId> {
        let label = folded(record.label(id));
        if label.is_empty() {
            return None;
        }
        let key = self.key(("same", &label));
        let other = *self.keys.entry(key).or_insert(id);
        (other != id && folded(record.label(other)) == label).then_some(other)
    }

    /// An earlier byline of the same office, with a name that is one character apart. Where many may have that office
    /// the two names sound alike, too.
    fn variant(&mut self, record: Record, id: SpeakerId) -> Option<SpeakerId> {
        let (name, title) = parts(record, id)?;
        let office = folded(first_office(title));
        if is_of_one(title) {
            let keys: Vec<u64> = shorter(name).map(|short| self.key(("one", &office, short))).collect();
            let mut met = None;
            for key in keys {
                let other = *self.keys.entry(key).or_insert(id);
                met = met.or(Some(other).filter(|&other| other != id));
            }
            return met.filter(|&other| are_one(record, (id, other)));
        }
        if office.len() < SHORTEST_SHARED {
            return None;
        }
        let key = self.key(("sound", &office, sound(name)));
        let other = *self.keys.entry(key).or_insert(id);
        (other != id && are_one(record, (id, other))).then_some(other)
    }
}

/// Name and office of a byline that holds both.
fn parts(record: Record<'_>, id: SpeakerId) -> Option<(&str, &str)> {
    let (speaker, member) = (record.transcript.speaker(id), record.structure.member(id));
    let declared = speaker.declared();
    let name = declared.name.as_deref().unwrap_or_else(|| member.name(speaker));
    let title = declared.title.as_deref().unwrap_or_else(|| member.title(speaker));
    let is_name = (2..=LONGEST).contains(&name.chars().take(LONGEST + 1).count());
    (is_name && !title.is_empty()).then_some((name, title))
}

/// Whether two who meet under a key are probably one: not if each has a caption that spells the name as the byline does.
fn are_one(record: Record, (one, other): (SpeakerId, SpeakerId)) -> bool {
    let names = parts(record, one).zip(parts(record, other)).map(|(one, other)| (one.0, other.0));
    let is_shown = |id: SpeakerId| !record.structure.captions(id).is_empty();
    names.is_some_and(|(one, other)| is_variant(one, other)) && !(is_shown(one) && is_shown(other))
}

/// A name, and the name without each of its characters.
fn shorter(name: &str) -> impl Iterator<Item = String> {
    let without = |(at, ch): (usize, char)| {
        let mut short = name.to_owned();
        short.replace_range(at..at + ch.len_utf8(), "\u{0}");
        short
    };
    let lacking = name.char_indices().map(move |(at, _)| {
        let mut short = name.to_owned();
        short.remove(at);
        short
    });
    std::iter::once(name.to_owned()).chain(name.char_indices().map(without)).chain(lacking)
}

/// A byline without what does not tell people apart: blanks, width, the sort of a dot, a colon at its end.
fn folded(label: &str) -> String {
    let kept = label.chars().filter(|&ch| !ch.is_whitespace() && !is_invisible(ch));
    let mut folded: String = kept
        .map(|ch| match ch {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(ch as u32 - 0xfee0).unwrap_or(ch),
            '•' | '‧' | '∙' | '・' | '･' => '·',
            _ => ch,
        })
        .collect();
    while folded.ends_with(':') {
        folded.pop();
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_folded_by_width_blanks_and_dots() {
        assert_eq!(folded(" 主持人： "), "主持人");
        assert_eq!(folded("Ａnn Ｌee"), "AnnLee");
        assert_eq!(folded("阿依古丽・买买提"), folded("阿依古丽·买买提"));
        assert_ne!(folded("王芳"), folded("王方"));
    }
}
