//! Transcript JSON of Podcasting 2.0 (podcast-namespace, transcripts.md, version 1.0.0): `segments` with `speaker`, `startTime` and
//! `endTime` in seconds, and `body`, which is a word, a line or a whole turn. A segment without a speaker is by the one before.

use super::time::seconds;
use super::utterances::{Grain, Piece, Utterances, speaker};
use crate::format::head::Head;
use crate::format::items::{Apart, Item, Items};
use crate::format::parser::{Parser, Wire};
use crate::transcript::Draft;
use serde::Deserialize;
use serde_json::Value;

/// The format.
#[derive(Debug)]
pub struct Podcast {
    utterances: Utterances,
    speaker: String,
}

impl Default for Podcast {
    fn default() -> Self {
        Self { utterances: Utterances::of(Grain::Phrases), speaker: String::new() }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Segment {
    #[serde(default)]
    speaker: Value,
    #[serde(default)]
    start_time: Value,
    #[serde(default)]
    end_time: Value,
    body: String,
}

impl Items for Podcast {
    const PLACES: &'static [&'static str] = &["segments"];

    fn item(&mut self, item: Item, out: &mut Draft) -> serde_json::Result<()> {
        let segment: Segment = serde_json::from_str(item.json)?;
        if !segment.speaker.is_null() {
            self.speaker = speaker(&segment.speaker);
        }
        self.utterances.add(&Piece {
            text: segment.body,
            start: seconds(&segment.start_time),
            end: seconds(&segment.end_time),
            speaker: self.speaker.clone(),
            line: item.line,
        });
        self.utterances.tell(out);
        Ok(())
    }

    fn field(&mut self, field: Item, out: &mut Draft) -> serde_json::Result<()> {
        match field.path {
            "title" => out.meta.title = serde_json::from_str(field.json)?,
            "language" => out.meta.language = serde_json::from_str(field.json)?,
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Draft) {
        self.utterances.finish(out);
    }
}

impl Wire for Podcast {
    fn score(head: &Head) -> u8 {
        if head.has_paths(&["segments[].startTime", "segments[].body"]) { 95 } else { 0 }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Apart<Self>>::default()
    }
}
