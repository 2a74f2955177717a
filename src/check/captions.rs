//! Captions: damaged ones, and those that name nobody who speaks.

use super::finding::{Detail, Finding, Spelling};
use super::record::Record;
use crate::structure::{Caption, Place, is_damaged_office, is_same_office, is_variant, read_caption};
use crate::transcript::{PostId, Role, SpeakerId};

/// Looks at a post.
pub fn look(record: Record, id: PostId, body: &str, found: &mut Vec<Finding>) {
    let structure = record.structure;
    if *structure.role(record.transcript.speaker_of(id)) != Role::Admin {
        return;
    }
    let Some(caption) = read_caption(body) else { return };
    if is_damaged_office(caption.title) {
        found.push(record.at_words(id, Detail::DamagedCaption { office: caption.title.to_owned() }));
    }
    if structure.is_hosted() && structure.waits_for_guest(id) && !is_heard(record, caption) {
        found.push(record.at_words(id, alone(record, id, caption)));
    }
}

/// Whether a name stands in any byline, however that is taken apart.
fn is_heard(record: Record, caption: Caption) -> bool {
    record.transcript.speakers().iter().any(|speaker| speaker.label.contains(caption.name))
}

/// A caption of nobody, or of somebody whose name is spelled otherwise.
fn alone(record: Record, id: PostId, caption: Caption) -> Detail {
    let name = |speaker: SpeakerId| record.structure.name(record.transcript, speaker);
    let meant = record.speakers().find(|&speaker| {
        let title = record.structure.title(record.transcript, speaker);
        !title.is_empty() && is_variant(name(speaker), caption.name) && is_same_office(title, caption.title)
    });
    match meant {
        Some(speaker) => Detail::Spelled(Box::new(Spelling {
            at: Place::Caption(id),
            here: caption.name.to_owned(),
            there: name(speaker).to_owned(),
            places: vec![Place::Byline(speaker)],
        })),
        None => Detail::LoneCaption { name: caption.name.to_owned() },
    }
}
