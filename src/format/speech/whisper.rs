//! JSON of Whisper (openai-whisper 20231117 and what is made after it: faster-whisper, whisper-timestamped, stable-ts, `WhisperX`):
//! `text`, `segments[start, end, text]` with `words` and `speaker` at times, `language`. Also what the API of `OpenAI` gives
//! (`verbose_json`, `diarized_json`, or `text` alone), the `chunks` of Transformers with `speakers` of insanely-fast-whisper, an array
//! of segments at the top, and the `words` of `ElevenLabs`. Times are seconds.

use super::language::tag;
use super::time::seconds;
use super::utterances::{Grain, Piece, Utterances, speaker, tell_text};
use crate::format::head::Head;
use crate::format::items::{Apart, Item, Items};
use crate::format::parser::{HEAD, Parser, Wire};
use crate::transcript::Draft;
use serde::Deserialize;
use serde_json::Value;

/// The format.
#[derive(Debug)]
pub struct Whisper {
    segments: Utterances,
    has_segments: bool,
    /// What tells the same again where there are segments: turns, chunks, words.
    again: [Vec<Piece>; 3],
    text: (String, u32),
}

impl Default for Whisper {
    fn default() -> Self {
        let segments = Utterances::of(Grain::Phrases);
        Self { segments, has_segments: false, again: Default::default(), text: Default::default() }
    }
}

/// A segment, a chunk or a word.
#[derive(Deserialize)]
struct Segment {
    text: Option<String>,
    word: Option<String>,
    #[serde(default)]
    start: Value,
    #[serde(default)]
    end: Value,
    #[serde(default)]
    duration: Value,
    /// Start and end of a chunk.
    #[serde(default)]
    timestamp: Value,
    #[serde(default)]
    speaker: Value,
    #[serde(default, alias = "speakerLabel", alias = "speaker_label")]
    speaker_id: Value,
    #[serde(default)]
    words: Option<Vec<Self>>,
}

impl Segment {
    fn piece(self, line: u32) -> Piece {
        let (start, end) = match self.timestamp.as_array().map(Vec::as_slice) {
            Some([start, end]) => (seconds(start), seconds(end)),
            _ => (seconds(&self.start), seconds(&self.end)),
        };
        let end = end.or_else(|| Some(start?.after(seconds(&self.duration)?)));
        let words = self.words.unwrap_or_default();
        let speaker = of_most([&self.speaker, &self.speaker_id].into_iter());
        let speaker =
            if speaker.is_empty() { of_most(words.iter().map(|word| &word.speaker)) } else { speaker };
        let text = self.text.or(self.word).unwrap_or_else(|| {
            let words: Vec<_> =
                words.iter().filter_map(|word| word.word.as_deref().or(word.text.as_deref())).collect();
            words.join(" ")
        });
        Piece { text, start, end, speaker, line }
    }
}

/// Who is told most often; of two who are told as often, the first.
fn of_most<'a>(told: impl Iterator<Item = &'a Value>) -> String {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for label in told.map(speaker).filter(|label| !label.is_empty()) {
        match counts.iter_mut().find(|(known, _)| *known == label) {
            Some((_, count)) => *count += 1,
            None => counts.push((label, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max();
    counts.into_iter().find(|(_, count)| Some(*count) == most).map_or_else(String::new, |(label, _)| label)
}

impl Items for Whisper {
    const PLACES: &'static [&'static str] = &["segments", "speakers", "chunks", "words", ""];

    fn item(&mut self, item: Item, out: &mut Draft) -> serde_json::Result<()> {
        let piece = serde_json::from_str::<Segment>(item.json)?.piece(item.line);
        match item.path {
            "speakers" => self.again[0].push(piece),
            "chunks" => self.again[1].push(piece),
            "words" => self.again[2].push(piece),
            // A text without times, and no segment: its lines are paragraphs.
            _ if piece.start.is_none() && piece.text.trim().contains('\n') => {
                for line in piece.text.lines() {
                    self.segments.part();
                    self.segments.add(&Piece { text: line.to_owned(), ..piece.clone() });
                }
                self.segments.part();
                self.segments.tell(out);
            }
            _ => {
                self.has_segments |= !piece.text.trim().is_empty();
                self.segments.add(&piece);
                self.segments.tell(out);
            }
        }
        Ok(())
    }

    fn field(&mut self, field: Item, out: &mut Draft) -> serde_json::Result<()> {
        match field.path {
            "text" => self.text = (serde_json::from_str(field.json)?, field.line),
            "language" | "language_code" => out.meta.language = tag(&serde_json::from_str(field.json)?),
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Draft) {
        let told = self.again.iter().enumerate().find(|(_, pieces)| !pieces.is_empty());
        if let Some((at, pieces)) = told.filter(|_| !self.has_segments) {
            self.segments = Utterances::of(if at == 2 { Grain::Words } else { Grain::Phrases });
            self.segments.add_all(pieces);
        }
        self.segments.finish(out);
        if out.is_empty() {
            tell_text(&self.text.0, self.text.1, out);
        }
    }
}

impl Wire for Whisper {
    fn score(head: &Head) -> u8 {
        let has = |paths: &[&str]| head.has_paths(paths);
        let segments = has(&["segments[].start", "segments[].end", "segments[].text"]);
        let marks = [
            "segments[].seek",
            "segments[].words",
            "segments[].avg_logprob",
            "word_segments",
            "text",
            "task",
        ];
        if segments {
            return if marks.iter().any(|mark| has(&[mark])) { 95 } else { 85 };
        }
        if has(&["chunks[].timestamp", "chunks[].text"]) || has(&["speakers[].timestamp", "speakers[].text"])
        {
            return 92;
        }
        if has(&["text", "words[].word", "words[].start", "words[].end"])
            || has(&["language_code", "words[].speaker_id", "words[].type"])
        {
            return 85;
        }
        if has(&["[].start", "[].text"]) && (has(&["[].end"]) || has(&["[].duration"])) {
            return if has(&["[].words"]) || has(&["[].seek"]) { 90 } else { 70 };
        }
        by_text(head)
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Apart<Self>>::default()
    }
}

/// By nothing but the `text` of the whole: it may be longer than what is seen, and may be all there is.
fn by_text(head: &Head) -> u8 {
    let first = head.text.trim_start().strip_prefix('{').map(str::trim_start).unwrap_or_default();
    let begins = first.strip_prefix("\"text\"").is_some_and(|rest| rest.trim_start().starts_with(':'));
    let is_cut = head.text.len() + 8 > HEAD;
    let is_api = head.has_paths(&["text", "task", "language", "duration"]);
    let is_alone = begins && head.text.trim_end().ends_with('}') && !head.has_paths(&["[].text"]);
    match (begins, is_cut) {
        _ if is_api => 80,
        (true, true) => 60,
        _ if is_alone => 40,
        _ => 0,
    }
}
