//! JSON of whisper.cpp (`whisper-cli -oj` and `-ojf`): `result.language` and `transcription[]` with `offsets{from, to}` in milliseconds
//! and `text`, which holds every blank there is to be; with `-ml 1` a segment is a part of a word. `-tdrz` marks the end of a turn
//! (`speaker_turn_next`), `-di` tells the channel as `speaker`.

use super::language::tag;
use super::time::{milliseconds, seconds};
use super::utterances::{Grain, Piece, Utterances, speaker};
use crate::format::head::Head;
use crate::format::items::{Apart, Item, Items};
use crate::format::parser::{Parser, Wire};
use crate::transcript::Draft;
use serde::Deserialize;
use serde_json::Value;

/// The format.
#[derive(Debug)]
pub struct WhisperCpp {
    utterances: Utterances,
}

impl Default for WhisperCpp {
    fn default() -> Self {
        Self { utterances: Utterances::of(Grain::Exact) }
    }
}

#[derive(Deserialize)]
struct Segment {
    #[serde(default)]
    offsets: Times,
    #[serde(default)]
    timestamps: Times,
    text: String,
    #[serde(default)]
    speaker: Value,
    #[serde(default)]
    speaker_turn_next: bool,
}

#[derive(Deserialize, Default)]
struct Times {
    #[serde(default)]
    from: Value,
    #[serde(default)]
    to: Value,
}

impl Items for WhisperCpp {
    const PLACES: &'static [&'static str] = &["transcription"];

    fn item(&mut self, item: Item, out: &mut Draft) -> serde_json::Result<()> {
        let Segment { offsets, timestamps, text, speaker: label, speaker_turn_next } =
            serde_json::from_str(item.json)?;
        self.utterances.add(&Piece {
            text,
            start: milliseconds(&offsets.from).or_else(|| seconds(&timestamps.from)),
            end: milliseconds(&offsets.to).or_else(|| seconds(&timestamps.to)),
            speaker: speaker(&label),
            line: item.line,
        });
        if speaker_turn_next {
            self.utterances.part();
        }
        self.utterances.tell(out);
        Ok(())
    }

    fn field(&mut self, field: Item, out: &mut Draft) -> serde_json::Result<()> {
        if field.path == "result" {
            let result: Value = serde_json::from_str(field.json)?;
            out.meta.language = result.get("language").and_then(tag);
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Draft) {
        self.utterances.finish(out);
    }
}

impl Wire for WhisperCpp {
    fn score(head: &Head) -> u8 {
        let has = |paths: &[&str]| head.has_paths(paths);
        let timed = has(&["transcription[].offsets.from"]) || has(&["transcription[].timestamps.from"]);
        if timed && has(&["transcription[].text"]) { 95 } else { 0 }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Apart<Self>>::default()
    }
}
