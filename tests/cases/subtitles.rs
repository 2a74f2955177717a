//! Subtitles.

use super::table::{Table, cases, files, name, read, same, told};
use serde_json::Value;
use shilu::choice::Format;
use shilu::format::detect;
use shilu::format::webvtt::{self, Cue, Leaf, Node, Span, Tag};
use shilu::transcript::Transcript;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub fn run(table: &mut Table) {
    let Some(folder) = cases("vtt/wpt-file-parsing") else { return };
    let expected = json(&folder.join("expected.json"));
    for path in files(&folder, "vtt") {
        let expected = &expected[name(&path).as_str()];
        table.case("vtt/wpt-file-parsing, to the letter", &name(&path), file(&path, expected));
        table.case("vtt/wpt-file-parsing, as posts", &name(&path), posts(&path, expected));
    }
    for path in cases("vtt/wpt-cue-parsing").iter().flat_map(|folder| files(folder, "vtt")) {
        trees(&path, table);
    }
    if let Some(path) = cases("vtt/zoom/meeting001_transcript.vtt") {
        table.case("vtt/zoom", &name(&path), zoom(&path));
    }
    if let Some(path) = cases("vtt/podcast20/example.vtt") {
        table.case("vtt/podcast20", &name(&path), podcast(&path));
    }
    if let Some(path) = cases("srt/podcast20/example.srt") {
        table.case("srt/podcast20, voices", &name(&path), podcast_of_subrip(&path));
    }
    subrip(table);
    for path in cases("").iter().flat_map(|folder| all(folder)) {
        table.case("none of others is taken for timed text", &name(&path), told_apart(&path));
    }
}

/// All files below a folder.
fn all(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { all(&path) } else { vec![path] }).collect()
}

/// Only what is called so is timed text, whole and cut.
fn told_apart(path: &Path) -> Result<(), String> {
    let ours =
        [Format::Vtt, Format::Srt, Format::Sbv, Format::Ass, Format::Lrc, Format::Ttml, Format::Asciicast];
    let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
    let text = text(path);
    for length in [300, 64 * 1024] {
        let head: String = text.chars().take(length).collect();
        let found = Some(detect(&head).format).filter(|format| ours.contains(format));
        let expected = ours.into_iter().find(|format| format.name() == extension);
        // UTF-16 is not text here.
        if !head.contains("\u{0}0\u{0}") {
            same("format", found, expected)?;
        }
    }
    Ok(())
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn text(path: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned()
}

/// Every cue with its settings.
fn file(path: &Path, expected: &Value) -> Result<(), String> {
    let found = webvtt::parse(&text(path));
    let cues = expected["cues"].as_array().ok_or("no cues expected")?;
    same("cues", found.cues.len(), cues.len())?;
    for (cue, expected) in found.cues.iter().zip(cues) {
        same_cue(cue, expected)?;
    }
    Ok(())
}

fn same_cue(cue: &Cue, expected: &Value) -> Result<(), String> {
    let number = |name: &str| expected[name].as_f64();
    let word = |name: &str| expected[name].as_str().unwrap_or_default();
    let settings = &cue.settings;
    same("id", cue.id.as_str(), word("id"))?;
    same("text", cue.text.as_str(), word("text"))?;
    same("start", Some(cue.start as f64 / 1000.0), number("start"))?;
    same("end", Some(cue.end as f64 / 1000.0), number("end"))?;
    same("vertical", settings.vertical, word("vertical"))?;
    same("align", settings.align, word("align"))?;
    same("line", settings.line, number("line"))?;
    same("position", settings.position, number("position"))?;
    same("size", Some(settings.size), number("size"))?;
    same("snapToLines", Some(settings.snap_to_lines), expected["snapToLines"].as_bool())
}

/// As the program reads it: as many posts as there are cues with words.
fn posts(path: &Path, expected: &Value) -> Result<(), String> {
    let (transcript, facts) = read(path);
    told(&facts, Format::Vtt)?;
    same("posts", Some(transcript.len() as u64), expected["expected_cue_count"].as_u64())
}

fn trees(path: &Path, table: &mut Table) {
    let cues = webvtt::parse(&text(path)).cues;
    let expected = json(&path.with_extension("json"));
    let expected = expected.as_array().unwrap();
    table.case("vtt/wpt-cue-parsing", &name(path), same("cues", cues.len(), expected.len()));
    for (cue, expected) in cues.iter().zip(expected) {
        let found: String = webvtt::parse_text(&cue.text).iter().map(dumped).collect();
        let tree = expected["expectedTree"].as_str().unwrap_or_default();
        let of = format!("{} {}", name(path), expected["text"]);
        table.case("vtt/wpt-cue-parsing", &of, same("tree", found.as_str(), tree));
    }
}

/// A node as the tests write it: that of the document which browsers make of it.
fn dumped(node: &Node) -> String {
    let indent = "  ".repeat(node.depth);
    match &node.leaf {
        Leaf::Text(text) => format!("| {indent}\"{text}\"\n"),
        Leaf::Time(ms) => {
            let (seconds, rest) = (ms / 1000, ms % 1000);
            let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
            format!("| {indent}<?timestamp {hours:02}:{minutes:02}:{:02}.{rest:03}>\n", seconds % 60)
        }
        Leaf::Span(Span { tag, classes, annotation }) => {
            let (element, attribute) = match tag {
                Tag::Class => ("span", None),
                Tag::Italic => ("i", None),
                Tag::Bold => ("b", None),
                Tag::Underline => ("u", None),
                Tag::Ruby => ("ruby", None),
                Tag::RubyText => ("rt", None),
                Tag::Voice => ("span", Some("title")),
                Tag::Language => ("span", Some("lang")),
            };
            let class =
                (!classes.is_empty()).then(|| format!("|   {indent}class=\"{}\"\n", classes.join(" ")));
            let attribute = attribute.map(|name| format!("|   {indent}{name}=\"{annotation}\"\n"));
            let inside: String = class.into_iter().chain(attribute).collect();
            format!("| {indent}<{element}>\n{inside}")
        }
    }
}

/// How many posts each speaker has.
fn by_speaker(transcript: &Transcript) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for id in transcript.ids() {
        *counts.entry(transcript.speaker(transcript.speaker_of(id)).label.as_str()).or_default() += 1;
    }
    counts
}

fn zoom(path: &Path) -> Result<(), String> {
    let (transcript, facts) = read(path);
    told(&facts, Format::Vtt)?;
    let expected = [
        ("", 2),
        ("Andrew Knight", 45),
        ("George Harrison", 3),
        ("John Lennon", 7),
        ("Paul McCartney", 242),
        ("Ringo Starr", 1),
    ];
    same("speakers", by_speaker(&transcript), expected.into())
}

fn podcast(path: &Path) -> Result<(), String> {
    let (transcript, facts) = read(path);
    told(&facts, Format::Vtt)?;
    let voices = text(path).matches("<v ").count();
    same("posts", transcript.len(), voices)?;
    same("voices", by_speaker(&transcript).into_keys().collect::<Vec<_>>(), vec!["Gillian", "Sarah"])
}

/// A name stands where the speaker changes, and who speaks goes on.
fn podcast_of_subrip(path: &Path) -> Result<(), String> {
    let (transcript, facts) = read(path);
    told(&facts, Format::Srt)?;
    let voices = by_speaker(&transcript);
    same("voices", voices.keys().copied().collect::<Vec<_>>(), vec!["Gilon", "Sarah", "Travis"])?;
    let turns = transcript.ids().zip(transcript.ids().skip(1));
    let changes =
        turns.filter(|(one, next)| transcript.speaker_of(*one) != transcript.speaker_of(*next)).count();
    same("changes of speaker", changes, 9)
}

/// As many cues as the most lenient of three libraries counts, with the first and the last as that one reads them.
fn subrip(table: &mut Table) {
    let Some(path) = cases("srt/reference_counts.json") else { return };
    let expected = json(&path);
    for folder in ["astisub", "cdown", "podcast20"] {
        for file in cases(&format!("srt/{folder}")).iter().flat_map(|folder| files(folder, "srt")) {
            let key = format!("{folder}/{}", name(&file));
            table.case("srt", &key, counted(&file, &expected[key.as_str()]));
        }
    }
}

fn counted(path: &Path, expected: &Value) -> Result<(), String> {
    let (transcript, facts) = read(path);
    told(&facts, Format::Srt)?;
    let counts = ["srt_lib", "pysrt", "pysubs2"].map(|library| expected[library].as_u64());
    same("cues", Some(transcript.len() as u64), counts.into_iter().flatten().max())?;
    let start = transcript.ids().next().and_then(|id| transcript.start(id));
    let first = expected["first"]["start"].as_f64().map(|seconds| (seconds * 1000.0).round() as i64);
    same("first start", start, first)
}
