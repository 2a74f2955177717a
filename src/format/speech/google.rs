//! JSON of Google Cloud Speech-to-Text, v1 and v2 (`results[].alternatives[]` with `transcript` and `words`), as the service answers
//! it or as an operation holds it (`response.results`). Times are durations (`"1.200s"`). Where v1 tells speakers, the last result holds
//! all words once more, and only there they have a `speakerTag` (`RecognitionConfig.diarizationConfig`).

use super::language::tag;
use super::time::{Time, seconds};
use super::utterances::{Grain, Piece, name, speaker, tell};
use crate::format::head::Head;
use crate::format::items::{Apart, Item, Items};
use crate::format::parser::{Parser, Wire};
use crate::transcript::Draft;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

const WORDS: &str = "results[].alternatives[].words";

/// The format.
#[derive(Debug, Default)]
pub struct Google {
    /// By their place in the file.
    results: BTreeMap<u32, Result>,
}

/// What is told of a stretch of speech.
#[derive(Debug, Default)]
struct Result {
    transcript: String,
    line: u32,
    words: Vec<Piece>,
    end: Option<Time>,
    channel: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Said {
    word: String,
    #[serde(default, alias = "startOffset", alias = "start_time", alias = "start_offset")]
    start_time: Value,
    #[serde(default, alias = "endOffset", alias = "end_time", alias = "end_offset")]
    end_time: Value,
    #[serde(default, alias = "speaker_tag")]
    speaker_tag: Value,
    #[serde(default, alias = "speaker_label")]
    speaker_label: Value,
}

impl Said {
    fn piece(self, line: u32) -> Piece {
        // A speaker of the number 0 is none: it is what protobuf has for a number that is not told.
        let tag = Some(speaker(&self.speaker_tag)).filter(|tag| tag != "Speaker 0");
        let label = Some(speaker(&self.speaker_label)).filter(|label| !label.is_empty());
        let (start, end) = (seconds(&self.start_time), seconds(&self.end_time));
        Piece { text: self.word, start, end, speaker: label.or(tag).unwrap_or_default(), line }
    }
}

impl Google {
    /// Leaves out what the last result tells again, with speakers.
    fn leave_out(&mut self) {
        let Some((last, result)) = self.results.pop_last() else { return };
        let before = || self.results.values().flat_map(|result| &result.words);
        let is_told_again = result.words.iter().any(|word| !word.speaker.is_empty())
            && before().all(|word| word.speaker.is_empty())
            && before().count() <= result.words.len();
        if is_told_again {
            self.results.clear();
        }
        self.results.insert(last, result);
    }

    /// The words of each channel, or what stands for them.
    fn by_channel(&mut self) -> BTreeMap<u32, Vec<Piece>> {
        let mut channels: BTreeMap<u32, Vec<Piece>> = BTreeMap::new();
        for (_, result) in std::mem::take(&mut self.results) {
            let channel = channels.entry(result.channel).or_default();
            if !result.words.is_empty() {
                channel.extend(result.words);
                continue;
            }
            // It begins where the one before it has ended, or later: that is not told.
            let Result { transcript: text, line, end, .. } = result;
            channel.push(Piece { text, end, line, ..Piece::default() });
        }
        name(&mut channels);
        channels
    }
}

impl Items for Google {
    const PLACES: &'static [&'static str] = &[WORDS, "response.results[].alternatives[].words"];

    fn item(&mut self, item: Item, _out: &mut Draft) -> serde_json::Result<()> {
        let word: Said = serde_json::from_str(item.json)?;
        if let [result, 0, _] = item.at {
            self.results.entry(*result).or_default().words.push(word.piece(item.line));
        }
        Ok(())
    }

    fn field(&mut self, field: Item, out: &mut Draft) -> serde_json::Result<()> {
        let path = field.path.strip_prefix("response.").unwrap_or(field.path);
        let (Some(name), Some(&at)) = (path.strip_prefix("results[]."), field.at.first()) else {
            return Ok(());
        };
        let value: Value = serde_json::from_str(field.json)?;
        let result = self.results.entry(at).or_default();
        match name {
            "alternatives[].transcript" if field.at.get(1) == Some(&0) => {
                value.as_str().unwrap_or_default().clone_into(&mut result.transcript);
                result.line = field.line;
            }
            "resultEndTime" | "resultEndOffset" | "result_end_time" | "result_end_offset" => {
                result.end = seconds(&value);
            }
            "channelTag" | "channel_tag" => result.channel = value.as_u64().unwrap_or_default() as u32,
            "languageCode" | "language_code" => {
                out.meta.language = out.meta.language.take().or_else(|| tag(&value));
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Draft) {
        self.leave_out();
        tell(Grain::Words, &self.by_channel(), out);
    }
}

impl Wire for Google {
    fn score(head: &Head) -> u8 {
        let has = |path: &str| head.has_paths(&[path]);
        let told = ["transcript", "words[].word"].map(|name| format!("results[].alternatives[].{name}"));
        if told.iter().any(|path| has(path) || has(&format!("response.{path}"))) { 92 } else { 0 }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Apart<Self>>::default()
    }
}
