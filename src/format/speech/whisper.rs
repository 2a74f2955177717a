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
    #[serde(alias = "word")]
    text: Option<String>,
    #[serde(default)]
    start: Value,
    #[serde(default)]
    end: Value,
    #[serde(default)]
    duration: Value,
    /// Start and end of a chunk.
    #[serde(default)]
    timestamp: Vec<Value>,
    #[serde(default, alias = "speaker_id", alias = "speaker_label")]
    speaker: Value,
    #[serde(default)]
    words: Option<Vec<Self>>,
}

impl Segment {
    fn piece(self, line: u32) -> Piece {
        let [start, end] =
            if let [start, end] = &self.timestamp[..] { [start, end] } else { [&self.start, &self.end] };
        let (start, end) = (seconds(start), seconds(end));
        let end = end.or_else(|| Some(start?.after(seconds(&self.duration)?)));
        let words = self.words.unwrap_or_default();
        let own = speaker(&self.speaker);
        let speaker = if own.is_empty() { of_most(&words) } else { own };
        let text = self.text.unwrap_or_else(|| {
            let words: Vec<_> = words.iter().filter_map(|word| word.text.as_deref()).map(str::trim).collect();
            words.join(" ")
        });
        Piece { text, start, end, speaker, line }
    }
}

/// Who speaks most of the words; of two who speak as many, who does so first.
fn of_most(words: &[Segment]) -> String {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for label in words.iter().map(|word| speaker(&word.speaker)).filter(|label| !label.is_empty()) {
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
            pieces.iter().for_each(|piece| self.segments.add(piece));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::Format;
    use crate::format::{Forced, read_bytes};

    /// What a file is taken for, and its posts as `start speaker: text`.
    fn told(text: &str) -> (Option<Format>, Vec<String>) {
        let (transcript, facts) = read_bytes(text.as_bytes(), Forced::default()).unwrap();
        let post = |id| {
            let start = transcript.start(id).map_or_else(|| "-".to_owned(), |start| start.to_string());
            format!(
                "{start} {}: {}",
                transcript.speaker(transcript.speaker_of(id)).label,
                transcript.body(id).trim_end()
            )
        };
        (facts.detection.map(|found| found.format), transcript.ids().map(post).collect())
    }

    #[test]
    fn every_dialect_is_read() {
        for (text, expected) in [
            (
                r#"{"text": " Hi. Ho.", "segments": [{"id": 0, "seek": 0, "start": 0.0, "end": 1.5, "text": " Hi."}, {"start": 9.25, "end": 10, "text": " Ho."}], "language": "en"}"#,
                &["0 : Hi.", "9250 : Ho."][..],
            ),
            (
                r#"{"segments": [{"start": 0.5, "end": 2, "text": " 大家好", "words": [{"word": "大家", "start": 0.5, "end": 1, "speaker": "SPEAKER_01"}, {"word": "好", "speaker": "SPEAKER_01"}]},
                {"start": 2, "end": 3, "text": "Hello there", "speaker": "SPEAKER_00", "words": [{"word": "Hello"}]}], "word_segments": [{"word": "大家", "start": 0.5}]}"#,
                &["500 SPEAKER_01: 大家好", "2000 SPEAKER_00: Hello there"],
            ),
            (
                r#"{"task": "transcribe", "duration": 3, "text": "A b.", "segments": [{"type": "transcript.text.segment", "id": "s1", "start": 0, "end": 1, "text": " A b.", "speaker": "A"}, {"start": 1, "end": 3, "text": "C", "speaker": "agent"}]}"#,
                &["0 Speaker A: A b.", "1000 agent: C"],
            ),
            (
                r#"{"task": "transcribe", "language": "english", "duration": 3, "text": "A b.", "words": [{"word": "A", "start": 0.1, "end": 0.2}, {"word": "b", "start": 5, "end": 6}]}"#,
                &["100 : A", "5000 : b"],
            ),
            (
                r#"{"speakers": [{"speaker": "SPEAKER_00", "timestamp": [0.0, 2.5], "text": " Yes."}], "chunks": [{"timestamp": [0.0, 2.5], "text": " Yes."}], "text": " Yes."}"#,
                &["0 SPEAKER_00: Yes."],
            ),
            (
                r#"{"text": " Yes.", "chunks": [{"timestamp": [1.5, null], "text": " Yes."}]}"#,
                &["1500 : Yes."],
            ),
            (
                r#"[{"text": "one", "start": 0.0, "duration": 1.5}, {"text": "two", "start": 1.5, "duration": 3.0}]"#,
                &["0 : one two"],
            ),
            (
                r#"{"language_code": "zh", "language_probability": 1.0, "text": "好，OK.", "words": [{"text": "好，", "start": 0.1, "end": 0.3, "type": "word", "speaker_id": "speaker_0"}, {"text": " ", "type": "spacing", "speaker_id": "speaker_0"}, {"text": "OK.", "start": 0.4, "end": 0.5, "type": "word", "speaker_id": "speaker_1"}]}"#,
                &["100 speaker_0: 好，", "400 speaker_1: OK."],
            ),
            (r#"{"text": "Only this.\nAnd that."}"#, &["- : Only this.", "- : And that."]),
        ] {
            let (format, posts) = told(text);
            assert_eq!(format, Some(Format::Whisper), "{text}");
            assert_eq!(posts, expected, "{text}");
        }
    }

    #[test]
    fn a_text_that_is_longer_than_the_head_is_told() {
        let sentence = "一句不短的话。And some words. ";
        let long = sentence.repeat(HEAD / sentence.len() + 100);
        let segment = r#"{"start": 0, "end": 1, "text": " x"}"#;
        let text = format!("{{\"text\": \"{long}\", \"segments\": [{segment}]}}");
        assert_eq!(told(&text), (Some(Format::Whisper), vec!["0 : x".to_owned()]));
    }
}
