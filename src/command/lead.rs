//! What is to be told before a post, seen from the one that was told last.

use crate::structure::Structure;
use crate::transcript::{PostId, Transcript};
use chrono::NaiveDateTime;

/// What lies before a post, and what is new with it.
#[derive(Debug, PartialEq, Eq)]
pub struct Lead<'a> {
    /// Silence that is worth a word, in milliseconds.
    pub silence_ms: Option<i64>,
    /// Its moment, if it is the first of a day.
    pub day: Option<NaiveDateTime>,
    /// A chapter that has begun.
    pub chapter: Option<&'a str>,
    /// Whether a turn begins, or goes on under another byline.
    pub turn: bool,
    /// Whether the turn only goes on under another byline.
    pub byline: bool,
    /// Whether it is a caption.
    pub caption: bool,
}

impl<'a> Lead<'a> {
    /// What is to be told before a post; of the posts between it and `before`, which were not told, only silence and
    /// chapters are.
    pub fn of(
        (transcript, structure): (&Transcript, &'a Structure),
        before: Option<PostId>,
        id: PostId,
    ) -> Self {
        let from = before.map_or(id.index(), PostId::number);
        let passed = || (from..=id.index()).map(PostId::new);
        let silence = |id| structure.gap_before(id).map_or(0, |gap| gap.ms);
        let silence_ms = before.map_or(0, |_| passed().map(silence).sum());
        let date = |id| transcript.moment(id).map(|moment| moment.date());
        // A byline is told as it stands, also where it is the same person as before.
        let byline = before.is_some_and(|before| {
            structure.author(transcript, before) == structure.author(transcript, id)
                && transcript.speaker_of(before) != transcript.speaker_of(id)
        });
        Self {
            silence_ms: Some(silence_ms).filter(|&ms| ms > 0),
            day: transcript.moment(id).filter(|_| before.and_then(date) != date(id)),
            chapter: passed().rev().find_map(|id| structure.chapters().at(id)),
            turn: before.is_none() || structure.begins_turn(transcript, id),
            byline,
            caption: structure.caption_of(id).is_some(),
        }
    }
}
