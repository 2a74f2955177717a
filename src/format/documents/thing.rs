//! What a record may hold and a format may not.

use super::record::{Record, clean};
use crate::text::slice;
use crate::transcript::{Kind, PostId, Speaker};
use std::collections::BTreeSet;

/// What a record may hold and a format may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// Its title.
    Title,
    /// The language that it declares.
    Language,
    /// The offset of its times from UTC.
    Zone,
    /// When posts end.
    Ends,
    /// Kinds of posts, other than speech.
    Kinds,
    /// What it declares of people: names, titles, roles.
    People,
    /// Other spellings of names that it declares.
    Aliases,
    /// Fields that this version does not know.
    Extras,
    /// Characters that act or do not show, where marks stand for them.
    Marks,
    /// What a reader keeps of posts: bookmarks, notes, tags.
    Kept,
}

impl Thing {
    /// Every one.
    pub const ALL: [Self; 10] = [
        Self::Title,
        Self::Language,
        Self::Zone,
        Self::Ends,
        Self::Kinds,
        Self::People,
        Self::Aliases,
        Self::Extras,
        Self::Marks,
        Self::Kept,
    ];

    /// How often the posts that are written hold it, and those who wrote them; of what is of the whole record, once.
    pub fn count(self, record: Record) -> usize {
        let transcript = record.transcript;
        let meta = &transcript.meta;
        let posts = |holds: &dyn Fn(PostId) -> bool| record.posts.iter().filter(|&&id| holds(id)).count();
        let people = |holds: &dyn Fn(&Speaker) -> bool| {
            let ids: BTreeSet<_> = record.posts.iter().map(|&id| transcript.speaker_of(id)).collect();
            ids.into_iter().filter(|&id| holds(transcript.speaker(id))).count()
        };
        match self {
            Self::Title => usize::from(meta.title.is_some()),
            Self::Language => usize::from(meta.language.is_some()),
            Self::Zone => usize::from(meta.offset.is_some()),
            Self::Ends => posts(&|id| transcript.post(id).end.is_some()),
            Self::Kinds => posts(&|id| transcript.post(id).kind != Kind::Speech),
            Self::People => people(&|speaker| {
                let declared = speaker.declared();
                declared.name.is_some() || declared.title.is_some() || declared.role.is_some()
            }),
            Self::Aliases => people(&|speaker| speaker.declared().aliases.is_some()),
            Self::Extras => {
                let whole =
                    [transcript.extras.is_empty(), meta.extras.is_empty(), transcript.sections.is_none()];
                whole.iter().filter(|is_empty| !**is_empty).count()
                    + people(&|speaker| !speaker.declared().extras.is_empty())
                    + posts(&|id| transcript.post_extras(id).is_some())
            }
            Self::Marks => {
                people(&|speaker| is_marked(&speaker.label))
                    + posts(&|id| {
                        let body = transcript.body(id);
                        transcript.paragraphs(&body).any(|range| is_marked(slice(&body, range)))
                    })
            }
            Self::Kept => posts(&|id| record.mark(id).is_some()),
        }
    }
}

/// Whether a text holds more than shows as it is; a tab is a blank.
fn is_marked(text: &str) -> bool {
    clean(text) != text.trim().replace('\t', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Forced, read_bytes};
    use crate::lang::Lang;
    use crate::marks::{Mark, Marks};
    use crate::structure::Structure;

    #[test]
    fn what_a_record_holds_is_counted() {
        let text = r#"{"schema": "shilu/1", "new": 1, "meta": {"title": "灯", "language": "zh", "clock": "wall",
            "origin": "2025-01-01T08:00:00", "offset": "+08:00", "resolution_ms": 60000},
            "speakers": [{"id": 1, "label": "甲\u001b", "role": "host", "aliases": ["乙"]}, {"id": 2, "label": "丙"}],
            "posts": [{"id": 1, "start_ms": 0, "end_ms": 60000, "speaker": 1, "kind": "note", "body": ["a\tb"]},
            {"id": 2, "start_ms": 0, "speaker": 2, "kind": "speech", "mood": "good", "body": ["一\u200b二"]}]}"#;
        let count = |text: &str| {
            let transcript = read_bytes(text.as_bytes(), Forced::default()).unwrap().0;
            let (structure, mut marks) = (Structure::of(&transcript), Marks::default());
            marks.set(PostId::new(1), Mark { note: "?".into(), ..Mark::default() });
            let count = |posts: &[PostId]| {
                let record = Record {
                    transcript: &transcript,
                    structure: &structure,
                    posts,
                    marks: &marks,
                    name: "x",
                    lang: Lang::En,
                };
                Thing::ALL.map(|thing| thing.count(record))
            };
            [count(&[PostId::new(0), PostId::new(1)]), count(&[PostId::new(1)])]
        };
        assert_eq!(count(text), [[1, 1, 1, 1, 1, 1, 1, 2, 2, 1], [1, 1, 1, 0, 0, 0, 0, 2, 1, 1]]);
        let nothing = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
        assert_eq!(count("一段。\n\n又一段。\n"), [nothing; 2]);
    }
}
