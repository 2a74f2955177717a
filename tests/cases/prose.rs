//! Minutes, debates, interviews.

#![expect(clippy::unwrap_used, reason = "a case that cannot be read fails the test")]

use super::table::{Table, cases, files, name, read, same, told};
use serde_json::Value;
use shilu::choice::Format;
use shilu::format::{Forced, Index, Input, Intake, Patience, read_bytes, write_json};
use shilu::text::paragraphs::paragraphs;
use shilu::transcript::{Kind, Transcript};
use std::collections::BTreeMap;
use std::path::Path;

pub fn run(table: &mut Table) {
    if let Some(folder) = cases("zhibo") {
        let expected = std::fs::read_to_string(folder.join("expected.json")).unwrap();
        let expected: Value = serde_json::from_str(&expected).unwrap();
        for path in files(&folder, "txt") {
            table.case("live records of pages", &name(&path), record(&path, &expected[name(&path)]));
        }
    }
    for format in ["dialogue", "markdown", "hansard", "tei", "akoma-ntoso"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(format);
        table.case("prose cut anywhere", format, cut_anywhere(&path));
        table.case("prose in pieces", format, in_pieces(&path));
    }
    for path in cases("zhibo").into_iter().flat_map(|folder| files(&folder, "txt")) {
        table.case("prose cut anywhere", &name(&path), cut_anywhere(&path));
        table.case("prose in pieces", &name(&path), in_pieces(&path));
    }
    if let Some(folder) = cases("markdown") {
        for path in files(&folder, "md") {
            table.case("markdown", &name(&path), markdown(&path));
        }
    }
}

fn labels(transcript: &Transcript) -> Vec<&str> {
    transcript
        .speakers()
        .iter()
        .map(|speaker| speaker.label.as_str())
        .filter(|label| !label.is_empty())
        .collect()
}

fn record(path: &Path, expected: &Value) -> Result<(), String> {
    let (transcript, facts) = read(path);
    let is_timed = expected["time"].as_str().is_some_and(|time| time.starts_with("absolute"));
    told(&facts, if is_timed { Format::Zhibo } else { Format::Dialogue })?;
    same("posts", transcript.len() as u64, expected["posts"].as_u64().unwrap())?;
    let words = |field: &str| -> Vec<String> {
        let list = expected[field].as_array().map_or(&[][..], Vec::as_slice);
        list.iter().map(|word| word.as_str().unwrap().to_owned()).collect()
    };
    same("speakers", labels(&transcript), words("speakers").iter().map(String::as_str).collect())?;
    let count = |id| paragraphs(&transcript.body(id)).count() as u64;
    if let Some(wanted) = expected["paragraphs"].as_array() {
        let wanted: Vec<_> = wanted.iter().map(|count| count.as_u64().unwrap()).collect();
        same("paragraphs", transcript.ids().map(count).collect(), wanted)?;
    }
    let notes: Vec<_> = transcript.ids().filter(|&id| transcript.post(id).kind == Kind::Note).collect();
    same("cues", notes.len(), words("cues").len())?;
    for (id, cue) in notes.into_iter().zip(words("cues")) {
        same("a cue in its post", transcript.body(id).contains(&cue), true)?;
    }
    same("times", transcript.ids().any(|id| transcript.start(id).is_some()), is_timed)?;
    same("what is not there", missing(path, &transcript), String::new())?;
    comes_back(&transcript)
}

/// The characters of a file that are in no body, byline, title or lead, marks of a form aside.
fn missing(path: &Path, transcript: &Transcript) -> String {
    let source = std::fs::read_to_string(path).unwrap();
    let mut counts: BTreeMap<char, i64> = BTreeMap::new();
    let mut count = |text: &str, by: i64| {
        for ch in text.chars().filter(|ch| !ch.is_whitespace() && !":：[]【】#*".contains(*ch)) {
            *counts.entry(ch).or_default() += by;
        }
    };
    count(&source, 1);
    for id in transcript.ids() {
        let post = transcript.post(id);
        count(&transcript.body(id), -1);
        count(&transcript.speakers()[post.speaker.index()].label, -1);
        let moment = post.start.and_then(|start| transcript.meta.moment(start));
        count(&moment.map(|moment| moment.format("%Y-%m-%d%H:%M").to_string()).unwrap_or_default(), -1);
    }
    count(transcript.meta.title.as_deref().unwrap_or_default(), -1);
    for line in &transcript.meta.lead {
        count(line, -1);
    }
    counts.into_iter().filter(|(_, count)| *count > 0).map(|(ch, _)| ch).collect()
}

/// Whether the beginning of a file is read, wherever it ends.
fn cut_anywhere(path: &Path) -> Result<(), String> {
    let bytes = std::fs::read(path).unwrap();
    let broken = (0..bytes.len()).find(|&end| read_bytes(&bytes[..end], Forced::default()).is_err());
    same("an end at which it is not read", broken, None)
}

/// Gives out a few bytes at a time.
struct Drip(Vec<u8>, usize);

impl std::io::Read for Drip {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.0.len().min(into.len()).min(self.1);
        into[..count].copy_from_slice(&self.0[..count]);
        self.0.drain(..count);
        Ok(count)
    }
}

/// Whether a file that comes in pieces is the same record.
fn in_pieces(path: &Path) -> Result<(), String> {
    let bytes = std::fs::read(path).unwrap();
    let whole = json(&read(path).0);
    for size in [1, 7, 50] {
        let input = Input::Stream(Box::new(Drip(bytes.clone(), size)));
        let mut intake = Intake::new(input, None, Patience::None);
        let (mut index, mut transcript) = (Index::new(None), Transcript::default());
        while let Some(piece) = intake.next().unwrap() {
            index.feed(&piece).unwrap();
            transcript.grow(index.take());
        }
        index.finish().unwrap();
        transcript.grow(index.take());
        same("in pieces", json(&transcript), whole.clone())?;
    }
    Ok(())
}

fn json(transcript: &Transcript) -> String {
    let mut out = Vec::new();
    write_json(transcript, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Whether a record comes back as it went out.
fn comes_back(transcript: &Transcript) -> Result<(), String> {
    let written = json(transcript);
    let back = read_bytes(written.as_bytes(), Forced::default()).unwrap().0;
    same("the record that comes back", json(&back), written)
}

/// Posts are the headings that name somebody.
fn markdown(path: &Path) -> Result<(), String> {
    let source = std::fs::read_to_string(path).unwrap();
    let (transcript, facts) = read(path);
    told(&facts, Format::Markdown)?;
    let headings: Vec<_> = source.lines().filter_map(|line| line.strip_prefix("### ")).collect();
    let said = transcript.ids().map(|id| &transcript.speakers()[transcript.post(id).speaker.index()].label);
    same(
        "speakers",
        said.map(String::as_str).collect::<Vec<_>>(),
        headings.iter().map(|heading| heading.trim_end_matches('：')).collect(),
    )?;
    same(
        "title",
        transcript.meta.title.as_deref(),
        source.lines().next().and_then(|line| line.strip_prefix("# ")),
    )?;
    // The addresses of links are not shown.
    let missing: String = missing(path, &transcript).chars().filter(|ch| !ch.is_ascii()).collect();
    same("what is not there", missing, String::new())?;
    comes_back(&transcript)
}
