//! JSON of speech to text in Azure: batch transcription (REST API v3, `recognizedPhrases[]` with `offset` as an ISO 8601 duration and
//! in ticks, `nBest[].display`), its version 2 (`AudioFileResults[].SegmentResults[]`), and fast transcription (`phrases[]` with
//! `offsetMilliseconds` and `text`). What is recognised best is taken.

use super::language::tag;
use super::time::{Time, milliseconds, seconds, ticks};
use super::utterances::{Grain, Piece, name, speaker, tell, tell_text};
use crate::format::head::Head;
use crate::format::items::{Apart, Item, Items};
use crate::format::parser::{Parser, Wire};
use crate::transcript::Draft;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The format.
#[derive(Debug, Default)]
pub struct Azure {
    channels: BTreeMap<u32, Vec<Piece>>,
    combined: Vec<(String, u32)>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Phrase {
    #[serde(default, alias = "ChannelNumber")]
    channel: Value,
    #[serde(default, alias = "SpeakerId")]
    speaker: Value,
    #[serde(default, alias = "Offset")]
    offset: Value,
    #[serde(default, alias = "Duration")]
    duration: Value,
    #[serde(default)]
    offset_in_ticks: Value,
    #[serde(default)]
    duration_in_ticks: Value,
    #[serde(default)]
    offset_milliseconds: Value,
    #[serde(default)]
    duration_milliseconds: Value,
    #[serde(default, alias = "NBest")]
    n_best: Vec<Best>,
    text: Option<String>,
    #[serde(default)]
    locale: Value,
}

#[derive(Deserialize)]
struct Best {
    #[serde(alias = "Display")]
    display: Option<String>,
    #[serde(alias = "Lexical")]
    lexical: Option<String>,
}

/// A time that is told in one of several ways. A bare number is of ticks, and of milliseconds in the first versions of fast
/// transcription, which tell the `text` of a phrase.
fn time(in_ms: &Value, in_ticks: &Value, told: &Value, fast: bool) -> Option<Time> {
    let told = match told {
        Value::Number(_) if fast => milliseconds(told),
        Value::Number(_) => ticks(told),
        _ => seconds(told),
    };
    milliseconds(in_ms).or(told).or_else(|| ticks(in_ticks))
}

impl Phrase {
    fn piece(self, line: u32) -> Piece {
        let fast = self.text.is_some();
        let start = time(&self.offset_milliseconds, &self.offset_in_ticks, &self.offset, fast);
        let length = time(&self.duration_milliseconds, &self.duration_in_ticks, &self.duration, fast);
        let end = start.zip(length).map(|(start, length)| start.after(length));
        let best = self.n_best.into_iter().next();
        let text = self.text.or_else(|| best.and_then(|best| best.display.or(best.lexical)));
        Piece { text: text.unwrap_or_default(), start, end, speaker: speaker(&self.speaker), line }
    }
}

impl Items for Azure {
    const PLACES: &'static [&'static str] =
        &["recognizedPhrases", "phrases", "AudioFileResults[].SegmentResults"];

    fn item(&mut self, item: Item, out: &mut Draft) -> serde_json::Result<()> {
        let phrase: Phrase = serde_json::from_str(item.json)?;
        out.meta.language = out.meta.language.take().or_else(|| tag(&phrase.locale));
        let channel =
            phrase.channel.as_str().and_then(|text| text.parse().ok()).or_else(|| phrase.channel.as_u64());
        let channel = channel.unwrap_or_default() as u32;
        self.channels.entry(channel).or_default().push(phrase.piece(item.line));
        Ok(())
    }

    fn field(&mut self, field: Item, out: &mut Draft) -> serde_json::Result<()> {
        match field.path {
            "locale" => out.meta.language = tag(&serde_json::from_str(field.json)?),
            "combinedRecognizedPhrases" | "combinedPhrases" => {
                let all: Vec<BTreeMap<String, Value>> = serde_json::from_str(field.json)?;
                let texts =
                    all.iter().filter_map(|one| one.get("display").or_else(|| one.get("text"))?.as_str());
                self.combined.extend(texts.map(|text| (text.to_owned(), field.line)));
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Draft) {
        name(&mut self.channels);
        tell(Grain::Phrases, &self.channels, out);
        if out.is_empty() {
            self.combined.iter().for_each(|(text, line)| tell_text(text, *line, out));
        }
    }
}

impl Wire for Azure {
    fn score(head: &Head) -> u8 {
        let has = |paths: &[&str]| head.has_paths(paths);
        let batch =
            has(&["recognizedPhrases[].nBest[].display"]) || has(&["combinedRecognizedPhrases[].display"]);
        let fast =
            has(&["phrases[].offsetMilliseconds", "phrases[].text"]) || has(&["combinedPhrases[].text"]);
        let old = has(&["AudioFileResults[].SegmentResults[].NBest[].Display"]);
        if batch || fast || old { 95 } else { 0 }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Apart<Self>>::default()
    }
}
