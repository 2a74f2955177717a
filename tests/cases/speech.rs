//! Speech recognition: every word of a file is in its posts, once and in order, by who the file says.

use super::table::{Table, cases, name, read, same, told};
use serde_json::Value;
use shilu::choice::Format;
use shilu::format::{HEAD, detect};
use shilu::text::beginning;
use shilu::transcript::{ClockKind, Transcript};
use std::path::{Path, PathBuf};

const GROUP: &str = "json: speech recognition";

const SPEECH: [Format; 8] = [
    Format::Podcast,
    Format::Whisper,
    Format::WhisperCpp,
    Format::Deepgram,
    Format::AssemblyAi,
    Format::Aws,
    Format::Google,
    Format::Azure,
];

/// A file, its format, the paths of its whole text, of its words with what is the text of one, and of their speakers.
struct Case {
    name: &'static str,
    format: Format,
    text: &'static str,
    words: &'static str,
    word: &'static str,
    prefix: &'static str,
}

const DEEPGRAM: (Format, &str, &str) = (
    Format::Deepgram,
    "/results/channels/0/alternatives/0/transcript",
    "/results/channels/0/alternatives/0/words",
);

const fn deepgram(name: &'static str, word: &'static str) -> Case {
    let (format, text, words) = DEEPGRAM;
    Case { name, format, text, words, word, prefix: "Speaker " }
}

const fn assemblyai(name: &'static str) -> Case {
    Case {
        name,
        format: Format::AssemblyAi,
        text: "/text",
        words: "/words",
        word: "text",
        prefix: "Speaker ",
    }
}

const CASES: [Case; 8] = [
    assemblyai("assemblyai_transcription.json"),
    assemblyai("assemblyai_utterances.json"),
    deepgram("dg_speakers.json", "punctuated_word"),
    deepgram("dg_speakers_no_utterances.json", "punctuated_word"),
    deepgram("dg_transcription.json", "punctuated_word"),
    deepgram("dg_utterances.json", "punctuated_word"),
    deepgram("dg_whisper_transcription.json", "word"),
    Case {
        name: "whisper_timestamped.json",
        format: Format::Whisper,
        text: "/text",
        words: "/segments",
        word: "text",
        prefix: "",
    },
];

pub fn run(table: &mut Table) {
    if let Some(folder) = cases("json/deepgram-assemblyai-whisper") {
        for case in &CASES {
            table.case(GROUP, case.name, holds(case, &folder.join(case.name)));
        }
    }
    if let Some(folder) = cases("") {
        for path in all(&folder).iter().filter(|path| !path.starts_with(folder.join("json"))) {
            table.case("no other case is taken for speech", &name(path), is_other(path));
        }
    }
    if let Some(path) = cases("json/podcast20/example.json") {
        table.case(GROUP, &name(&path), podcast(&path));
    }
}

/// Every file below a folder.
fn all(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { all(&path) } else { vec![path] }).collect()
}

fn is_other(path: &Path) -> Result<(), String> {
    let bytes = std::fs::read(path).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let found = detect(beginning(&text, HEAD)).format;
    if SPEECH.contains(&found) { Err(format!("{found:?}")) } else { Ok(()) }
}

fn ink(text: &str) -> String {
    text.chars().filter(|ch| !ch.is_whitespace()).collect()
}

/// Who speaks, and the words, of each post.
fn posts(transcript: &Transcript) -> Vec<(String, String)> {
    let label = |id| transcript.speaker(transcript.speaker_of(id)).label.clone();
    transcript.ids().map(|id| (label(id), transcript.body(id).trim().to_owned())).collect()
}

/// Turns: what each one says until another one speaks.
fn turns(posts: impl IntoIterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut turns: Vec<(String, String)> = Vec::new();
    for (who, words) in posts {
        match turns.last_mut() {
            Some((last, said)) if *last == who => said.push_str(&ink(&words)),
            _ => turns.push((who, ink(&words))),
        }
    }
    turns
}

fn holds(case: &Case, path: &Path) -> Result<(), String> {
    let (transcript, facts) = read(path);
    told(&facts, case.format)?;
    same("clock", transcript.meta.clock, ClockKind::Offset)?;
    same("remarks", facts.remarks.iter().count(), 0)?;
    let json: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let said = posts(&transcript);
    let bodies: String = said.iter().map(|(_, body)| body.as_str()).collect();
    same("text", ink(&bodies), ink(json.pointer(case.text).and_then(Value::as_str).unwrap_or_default()))?;
    let words = json.pointer(case.words).and_then(Value::as_array).unwrap();
    let word = |word: &Value| {
        let who = match word.get("speaker") {
            Some(Value::String(who)) => format!("{}{who}", case.prefix),
            Some(Value::Number(who)) => format!("{}{who}", case.prefix),
            _ => String::new(),
        };
        (who, word[case.word].as_str().unwrap_or_default().to_owned())
    };
    same("turns", turns(said.clone()), turns(words.iter().map(word)))?;
    let unit = if case.format == Format::AssemblyAi { 1.0 } else { 1000.0 };
    let ms = |value: &Value| value.as_f64().map(|time| (time * unit).round() as i64);
    let (first, last) = (&words[0], &words[words.len() - 1]);
    same("first start", transcript.ids().next().and_then(|id| transcript.start(id)), ms(&first["start"]))?;
    same("last end", transcript.last_id().and_then(|id| transcript.post(id).end), ms(&last["end"]))?;
    let longest = said.iter().map(|(_, body)| body.chars().count()).max().unwrap_or_default();
    if longest > 1200 { Err(format!("a post of {longest} characters")) } else { Ok(()) }
}

fn podcast(path: &Path) -> Result<(), String> {
    let (transcript, facts) = read(path);
    told(&facts, Format::Podcast)?;
    let told = |who: &str, words: &str| (who.to_owned(), words.to_owned());
    same(
        "posts",
        posts(&transcript),
        vec![told("Darth Vader", "I am your father."), told("Luke", "Nooooo")],
    )?;
    let times: Vec<_> = transcript.ids().map(|id| (transcript.start(id), transcript.post(id).end)).collect();
    same("times", times, vec![(Some(500), Some(2500)), (Some(2750), Some(3000))])
}
