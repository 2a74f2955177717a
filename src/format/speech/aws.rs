//! JSON of Amazon Transcribe (developer guide, “How Amazon Transcribe works: data input and output”): `results.items[]` are words and
//! marks of punctuation, with times in seconds as strings; who says a word is told by it (`speaker_label`) or, in older files, by
//! `results.speaker_labels` or `results.channel_labels`. Call Analytics writes `Transcript[]` of turns, in milliseconds.

use super::language::tag;
use super::time::{milliseconds, seconds};
use super::utterances::{Grain, Piece, Utterances, speaker, tell, tell_text};
use crate::format::head::Head;
use crate::format::items::{Apart, Item, Items};
use crate::format::parser::{Parser, Wire};
use crate::transcript::Draft;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

const LABELS: &str = "results.speaker_labels.segments";
const CHANNELS: &str = "results.channel_labels.channels[].items";
const TURNS: &str = "Transcript";

/// The format.
#[derive(Debug, Default)]
pub struct Aws {
    items: Vec<Piece>,
    /// Who speaks from a time on, in milliseconds.
    labels: BTreeMap<i64, String>,
    channels: BTreeMap<u32, Vec<Piece>>,
    turns: Utterances,
    text: (String, u32),
}

#[derive(Deserialize)]
struct Word {
    #[serde(default)]
    start_time: Value,
    #[serde(default)]
    end_time: Value,
    #[serde(default)]
    speaker_label: Value,
    #[serde(default)]
    channel_label: Value,
    #[serde(default)]
    alternatives: Vec<Alternative>,
    /// Of a segment: who says each word.
    #[serde(default)]
    items: Vec<Self>,
}

#[derive(Deserialize)]
struct Alternative {
    content: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Turn {
    content: String,
    #[serde(default)]
    participant_role: Value,
    #[serde(default)]
    begin_offset_millis: Value,
    #[serde(default)]
    end_offset_millis: Value,
}

impl Word {
    fn piece(self, line: u32) -> Piece {
        let label = [&self.speaker_label, &self.channel_label]
            .map(speaker)
            .into_iter()
            .find(|label| !label.is_empty());
        let text =
            self.alternatives.into_iter().next().map_or_else(String::new, |alternative| alternative.content);
        let (start, end) = (seconds(&self.start_time), seconds(&self.end_time));
        Piece { text, start, end, speaker: label.unwrap_or_default(), line }
    }
}

impl Aws {
    fn label(&mut self, segment: Word) {
        for word in segment.items {
            self.label(word);
        }
        let (label, start) = (speaker(&segment.speaker_label), seconds(&segment.start_time));
        if let Some(start) = start.filter(|_| !label.is_empty()) {
            // A word tells more than the segment that begins with it.
            self.labels.entry(start.ms).or_insert(label);
        }
    }

    /// Says of each item who speaks: a word by its time, a mark as what is before it.
    fn attribute(&mut self) {
        let mut last = String::new();
        for item in &mut self.items {
            let known = item.start.and_then(|start| self.labels.range(..=start.ms).next_back());
            match (item.speaker.is_empty(), known) {
                (false, _) => last.clone_from(&item.speaker),
                (true, Some((_, label))) => last.clone_from(label),
                (true, None) => {}
            }
            item.speaker.clone_from(&last);
        }
    }
}

impl Items for Aws {
    const PLACES: &'static [&'static str] = &["results.items", LABELS, CHANNELS, TURNS];

    fn item(&mut self, item: Item, out: &mut Draft) -> serde_json::Result<()> {
        if item.path == TURNS {
            let turn: Turn = serde_json::from_str(item.json)?;
            self.turns.add(&Piece {
                text: turn.content,
                start: milliseconds(&turn.begin_offset_millis),
                end: milliseconds(&turn.end_offset_millis),
                speaker: speaker(&turn.participant_role),
                line: item.line,
            });
            self.turns.tell(out);
            return Ok(());
        }
        let word: Word = serde_json::from_str(item.json)?;
        match (item.path, item.at) {
            (LABELS, _) => self.label(word),
            (CHANNELS, [channel, ..]) => {
                let mut piece = word.piece(item.line);
                if piece.speaker.is_empty() {
                    piece.speaker = format!("ch_{channel}");
                }
                self.channels.entry(*channel).or_default().push(piece);
            }
            _ => self.items.push(word.piece(item.line)),
        }
        Ok(())
    }

    fn field(&mut self, field: Item, out: &mut Draft) -> serde_json::Result<()> {
        match field.path {
            "results.language_code" | "LanguageCode" => {
                out.meta.language = tag(&serde_json::from_str(field.json)?);
            }
            "results.transcripts" => {
                let transcripts: Vec<BTreeMap<String, Value>> = serde_json::from_str(field.json)?;
                let text = transcripts.iter().filter_map(|one| one.get("transcript")?.as_str());
                self.text = (text.collect::<Vec<_>>().join("\n"), field.line);
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Draft) {
        self.attribute();
        if self.channels.len() < 2 {
            self.channels = BTreeMap::from([(0, std::mem::take(&mut self.items))]);
        }
        tell(Grain::Words, &self.channels, out);
        self.turns.finish(out);
        if out.is_empty() {
            tell_text(&self.text.0, self.text.1, out);
        }
    }
}

impl Wire for Aws {
    fn score(head: &Head) -> u8 {
        let has = |paths: &[&str]| head.has_paths(paths);
        let is_job =
            has(&["results.transcripts[].transcript"]) || has(&["results.items[].alternatives[].content"]);
        let is_call = has(&["Transcript[].Content", "Transcript[].ParticipantRole"]);
        if is_job || is_call { 95 } else { 0 }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Apart<Self>>::default()
    }
}
