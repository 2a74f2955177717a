//! JSON of `AssemblyAI` (`v2/transcript`): `text`, `words`, and where speakers are told `utterances`, each with its words; also what
//! `/sentences` and `/paragraphs` give. Times are milliseconds. `utterances` are taken before `words`, and these before `text`.

use super::language::tag;
use super::time::milliseconds;
use super::utterances::{Piece, Utterances, speaker, tell_text};
use crate::format::head::Head;
use crate::format::items::{Apart, Item, Items};
use crate::format::parser::{Parser, Wire};
use crate::transcript::Draft;
use serde::Deserialize;
use serde_json::Value;

/// The format.
#[derive(Debug, Default)]
pub struct AssemblyAi {
    words: Vec<Piece>,
    utterances: Utterances,
    has_utterances: bool,
    text: (String, u32),
}

/// A word, or an utterance with its words.
#[derive(Deserialize)]
struct Said {
    text: String,
    #[serde(default)]
    start: Value,
    #[serde(default)]
    end: Value,
    #[serde(default)]
    speaker: Value,
    words: Option<Vec<Self>>,
}

impl Said {
    fn piece(self, line: u32) -> Piece {
        let (start, end) = (milliseconds(&self.start), milliseconds(&self.end));
        Piece { text: self.text, start, end, speaker: speaker(&self.speaker), line }
    }
}

impl AssemblyAi {
    /// Takes the words of an utterance: all are by who said it.
    fn utterance(&mut self, mut said: Said, line: u32, out: &mut Draft) {
        let words = said.words.take().unwrap_or_default();
        let whole = said.piece(line);
        self.has_utterances |= !whole.text.trim().is_empty();
        if words.is_empty() {
            self.utterances.add(&whole);
        }
        for word in words {
            self.utterances.add(&Piece { speaker: whole.speaker.clone(), ..word.piece(line) });
        }
        self.utterances.part();
        self.utterances.tell(out);
    }
}

impl Items for AssemblyAi {
    const PLACES: &'static [&'static str] = &["words", "utterances", "sentences", "paragraphs"];

    fn item(&mut self, item: Item, out: &mut Draft) -> serde_json::Result<()> {
        let said: Said = serde_json::from_str(item.json)?;
        match item.path {
            "words" => self.words.push(said.piece(item.line)),
            _ => self.utterance(said, item.line, out),
        }
        Ok(())
    }

    fn field(&mut self, field: Item, out: &mut Draft) -> serde_json::Result<()> {
        match field.path {
            "text" => {
                let text: Option<String> = serde_json::from_str(field.json)?;
                self.text = (text.unwrap_or_default(), field.line);
            }
            "language_code" => out.meta.language = tag(&serde_json::from_str(field.json)?),
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Draft) {
        if !self.has_utterances {
            self.utterances.add_all(&self.words);
        }
        self.utterances.finish(out);
        if out.is_empty() {
            tell_text(&self.text.0, self.text.1, out);
        }
    }
}

impl Wire for AssemblyAi {
    fn score(head: &Head) -> u8 {
        let has = |paths: &[&str]| head.has_paths(paths);
        let parts = ["utterances", "sentences", "paragraphs"];
        let nested =
            |part: &&str| has(&[&format!("{part}[].words[].text"), &format!("{part}[].words[].confidence")]);
        if has(&["audio_url", "status"]) && (has(&["text"]) || has(&["words"])) {
            92
        } else if has(&["utterances[].speaker", "utterances[].text", "utterances[].start"])
            || parts.iter().any(nested)
        {
            90
        } else if has(&["words[].text", "words[].start", "words[].end", "words[].confidence"]) {
            80
        } else {
            0
        }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Apart<Self>>::default()
    }
}
