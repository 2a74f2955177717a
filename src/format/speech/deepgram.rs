//! JSON of Deepgram (`v1/listen`): `results.channels[].alternatives[]` with `transcript` and `words`, and `results.utterances` that tell
//! the same again; or the messages of a live transcription, one a line. Times are seconds. The first alternative is taken.

use super::language::tag;
use super::time::seconds;
use super::utterances::{Grain, Piece, name, speaker, tell, tell_text};
use crate::format::head::Head;
use crate::format::items::{Apart, Item, Items};
use crate::format::parser::{Parser, Wire};
use crate::transcript::Draft;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

const UTTERANCES: &str = "results.utterances";
const LIVE: &str = "channel.alternatives[].words";

/// The format.
#[derive(Debug, Default)]
pub struct Deepgram {
    words: BTreeMap<u32, Vec<Piece>>,
    /// Taken where no words are told.
    utterances: BTreeMap<u32, Vec<Piece>>,
    transcripts: Vec<(String, u32)>,
    /// A message of a live transcription that will be told again.
    interim: bool,
    channel: u32,
}

#[derive(Deserialize)]
struct Said {
    #[serde(alias = "transcript")]
    word: Option<String>,
    punctuated_word: Option<String>,
    #[serde(default)]
    start: Value,
    #[serde(default)]
    end: Value,
    #[serde(default)]
    speaker: Value,
    #[serde(default)]
    channel: Option<u32>,
}

impl Items for Deepgram {
    const PLACES: &'static [&'static str] = &["results.channels[].alternatives[].words", UTTERANCES, LIVE];

    fn item(&mut self, item: Item, _out: &mut Draft) -> serde_json::Result<()> {
        let word: Said = serde_json::from_str(item.json)?;
        let (channel, kept) = match (item.path, item.at) {
            (UTTERANCES, _) => (word.channel.unwrap_or_default(), &mut self.utterances),
            (LIVE, [0, _]) if !self.interim => (self.channel, &mut self.words),
            (_, [channel, 0, _]) => (*channel, &mut self.words),
            _ => return Ok(()),
        };
        kept.entry(channel).or_default().push(Piece {
            text: word.punctuated_word.or(word.word).unwrap_or_default(),
            start: seconds(&word.start),
            end: seconds(&word.end),
            speaker: speaker(&word.speaker),
            line: item.line,
        });
        Ok(())
    }

    fn field(&mut self, field: Item, out: &mut Draft) -> serde_json::Result<()> {
        match (field.path, field.at) {
            ("results.channels[].alternatives[].transcript", [_, 0]) => {
                self.transcripts.push((serde_json::from_str(field.json)?, field.line));
            }
            ("results.channels[].detected_language", [0]) => {
                out.meta.language = tag(&serde_json::from_str(field.json)?);
            }
            ("is_final", _) => self.interim = field.json == "false",
            ("channel_index", _) => {
                let index: Vec<u32> = serde_json::from_str(field.json)?;
                self.channel = index.first().copied().unwrap_or_default();
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Draft) {
        let (grain, told) = match (self.words.is_empty(), self.utterances.is_empty()) {
            (false, _) => (Grain::Words, &mut self.words),
            (true, false) => (Grain::Phrases, &mut self.utterances),
            (true, true) => {
                return self.transcripts.iter().for_each(|(text, line)| tell_text(text, *line, out));
            }
        };
        name(told);
        tell(grain, told, out);
    }
}

impl Wire for Deepgram {
    fn score(head: &Head) -> u8 {
        let has = |paths: &[&str]| head.has_paths(paths);
        if has(&["results.channels[].alternatives[].transcript"])
            || has(&["results.channels[].alternatives[].words[].word"])
            || has(&["results.utterances[].transcript", "results.utterances[].start"])
        {
            95
        } else if has(&["channel.alternatives[].transcript", "is_final"]) {
            90
        } else {
            0
        }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Apart<Self>>::default()
    }
}
