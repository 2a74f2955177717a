//! Captions: damaged ones, and those that name nobody who speaks.

use super::finding::{Detail, Finding, Spelling};
use super::record::Record;
use crate::structure::{Caption, Place, is_damaged_office, is_same_office, is_variant, read_caption};
use crate::transcript::{PostId, Role, SpeakerId};

/// The structure looks at no more lines of admins, and at no longer ones.
const LINES: usize = 8192;
const LONGEST: usize = 180;

/// The structure weighs no more guests.
const GUESTS: usize = 1024;

/// So many captions of nobody are told of.
const ALONE: usize = 256;

/// Looks at captions.
pub struct Captions {
    is_hosted: bool,
    lines: usize,
    alone: usize,
}

impl Captions {
    pub fn new(record: Record) -> Self {
        let is_hosted = record.structure.people_count() <= GUESTS && record.structure.is_hosted();
        Self { is_hosted, lines: 0, alone: 0 }
    }

    /// Looks at a post.
    pub fn take(&mut self, record: Record, id: PostId, body: &str, found: &mut Vec<Finding>) {
        let role = record.structure.role(record.transcript.speaker_of(id));
        if *role != Role::Admin || body.len() > LONGEST || self.lines == LINES {
            return;
        }
        self.lines += 1;
        let Some(caption) = read_caption(body) else { return };
        if is_damaged_office(caption.title) {
            found.push(record.at_words(id, Detail::DamagedCaption { office: caption.title.to_owned() }));
        }
        let is_alone = self.is_hosted && record.structure.caption_of(id).is_none();
        if is_alone && self.alone < ALONE && !is_heard(record, caption) {
            self.alone += 1;
            found.push(record.at_words(id, alone(record, id, caption)));
        }
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
