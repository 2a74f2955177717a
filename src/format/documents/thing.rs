//! What a record may hold and a format may not.

use super::record::clean;
use crate::text::slice;
use crate::transcript::{Kind, PostId, Speaker, Transcript};

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
}

impl Thing {
    /// Every one.
    pub const ALL: [Self; 9] = [
        Self::Title,
        Self::Language,
        Self::Zone,
        Self::Ends,
        Self::Kinds,
        Self::People,
        Self::Aliases,
        Self::Extras,
        Self::Marks,
    ];

    /// How often a record holds it; of what is of the whole record, once.
    pub fn count(self, transcript: &Transcript) -> usize {
        let meta = &transcript.meta;
        let posts = |holds: &dyn Fn(PostId) -> bool| transcript.ids().filter(|&id| holds(id)).count();
        let people = |holds: &dyn Fn(&Speaker) -> bool| {
            transcript.speakers().iter().filter(|speaker| holds(speaker)).count()
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

    #[test]
    fn what_a_record_holds_is_counted() {
        let text = r#"{"schema": "shilu/1", "new": 1, "meta": {"title": "灯", "language": "zh", "clock": "wall",
            "origin": "2025-01-01T08:00:00", "offset": "+08:00", "resolution_ms": 60000},
            "speakers": [{"id": 1, "label": "甲\u001b", "role": "host", "aliases": ["乙"]}, {"id": 2, "label": "丙"}],
            "posts": [{"id": 1, "start_ms": 0, "end_ms": 60000, "speaker": 1, "kind": "note", "body": ["a\tb"]},
            {"id": 2, "start_ms": 0, "speaker": 2, "kind": "speech", "mood": "good", "body": ["一\u200b二"]}]}"#;
        let transcript = read_bytes(text.as_bytes(), Forced::default()).unwrap().0;
        assert_eq!(Thing::ALL.map(|thing| thing.count(&transcript)), [1, 1, 1, 1, 1, 1, 1, 2, 2]);
        let plain = read_bytes("一段。\n\n又一段。\n".as_bytes(), Forced::default()).unwrap().0;
        assert_eq!(Thing::ALL.map(|thing| thing.count(&plain)), [0; 9]);
    }
}
