//! Reading the project's own format: `shilu/1` as one JSON object, or as JSONL (the header object, then one post a line).
//!
//! Unknown fields, kinds and roles survive a round trip, each field at its place.

use super::error::{ParseError, Problem};
use super::head::Head;
use super::parser::{Parser, Wire};
use super::surrogates::mended;
use crate::text::slice;
use crate::transcript::{ClockKind, Declared, Draft, Extra, Extras, Post, Role, SpeakerId};
use chrono::NaiveDateTime;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The name of the schema.
pub const SCHEMA: &str = "shilu/1";
/// How the origin is written.
pub const MOMENT: &str = "%Y-%m-%dT%H:%M:%S%.f";

/// No time lies farther from the origin, in milliseconds.
const FARTHEST_MS: u64 = 1_000_000_000_000_000;

/// The parser. JSONL is read line by line; one object is read when it is complete.
#[derive(Debug, Default)]
pub struct Shilu {
    buffer: String,
    lines: usize,
    stage: Stage,
    speakers: HashMap<u64, SpeakerId>,
    /// The post of a line whose end has not come yet is there already.
    is_ahead: bool,
    nesting: Nesting,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum Stage {
    /// The first line has not ended yet.
    #[default]
    Unknown,
    /// One object.
    Object,
    /// One object, which was read.
    Read,
    /// A header line, then posts.
    Lines,
}

/// How deep in an object the text is that was looked at.
#[derive(Debug, Default)]
struct Nesting {
    looked: usize,
    depth: usize,
    quoted: bool,
    escaped: bool,
}

impl Nesting {
    /// Looks on in a text that has grown; says whether an object was closed, and nothing but blanks follows it.
    fn is_closed(&mut self, text: &str) -> bool {
        for byte in text.bytes().skip(self.looked) {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.quoted => self.escaped = true,
                b'"' => self.quoted = !self.quoted,
                b'{' if !self.quoted => self.depth += 1,
                b'}' if !self.quoted => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
        self.looked = text.len();
        self.depth == 0 && text.trim_end().ends_with('}')
    }
}

impl Wire for Shilu {
    fn score(head: &Head) -> u8 {
        let text = head.text.trim_start();
        if text.starts_with('{') && text.contains("\"schema\"") && text.contains("\"shilu/") {
            100
        } else {
            0
        }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Self>::default()
    }
}

impl Parser for Shilu {
    fn in_place(&self) -> bool {
        false
    }

    fn feed(&mut self, text: &[u8], _at: usize, out: &mut Draft) -> Result<(), ParseError> {
        self.buffer.push_str(std::str::from_utf8(text).unwrap_or_default());
        if self.stage == Stage::Unknown {
            self.header(out)?;
        }
        if self.stage == Stage::Lines {
            let complete = self.buffer.rfind('\n').map_or(0, |end| end + 1);
            let rest = self.buffer.split_off(complete);
            let lines = std::mem::replace(&mut self.buffer, rest);
            for line in lines.lines() {
                self.post_line(line, out)?;
            }
        }
        Ok(())
    }

    fn settle(&mut self, out: &mut Draft) -> Result<(), ParseError> {
        if self.is_ahead || self.stage == Stage::Read || !self.nesting.is_closed(&self.buffer) {
            return Ok(());
        }
        let text = std::mem::take(&mut self.buffer);
        if self.stage == Stage::Lines {
            self.post_line(&text, out)?;
            self.is_ahead = true;
        } else {
            let object = object(&text, 0)?;
            if self.stage == Stage::Object || object.contains_key("posts") {
                self.stage = Stage::Read;
                return self.whole(object, out).map_err(|problem| ParseError { line: None, problem });
            }
        }
        self.buffer = text;
        Ok(())
    }

    fn is_midway(&self) -> bool {
        let is_closed = self.is_ahead || self.stage == Stage::Read;
        !is_closed && !self.buffer.trim().is_empty()
    }

    fn finish(&mut self, out: &mut Draft) -> Result<(), ParseError> {
        let rest = std::mem::take(&mut self.buffer);
        match self.stage {
            Stage::Lines => self.post_line(&rest, out),
            Stage::Read if rest.trim().is_empty() => Ok(()),
            _ => {
                let object = object(&rest, 0)?;
                self.whole(object, out).map_err(|problem| ParseError { line: None, problem })
            }
        }
    }
}

impl Shilu {
    /// Reads the first line as the header of JSONL, if it is one.
    fn header(&mut self, out: &mut Draft) -> Result<(), ParseError> {
        let Some(end) = self.buffer.find('\n') else { return Ok(()) };
        let first = slice(&self.buffer, 0..end);
        if first.trim().is_empty() {
            return Ok(());
        }
        self.stage = Stage::Object;
        let Ok(Value::Object(header)) = serde_json::from_str(first) else { return Ok(()) };
        if !header.contains_key("posts") {
            self.stage = Stage::Lines;
            self.lines = 1;
            self.buffer.drain(..=end);
            self.nesting = Nesting::default();
            self.whole(header, out).map_err(|problem| ParseError { line: Some(1), problem })?;
        }
        Ok(())
    }

    fn post_line(&mut self, line: &str, out: &mut Draft) -> Result<(), ParseError> {
        self.nesting = Nesting::default();
        if std::mem::take(&mut self.is_ahead) {
            return object(line, self.lines - 1).map(drop);
        }
        self.lines += 1;
        if line.trim().is_empty() {
            return Ok(());
        }
        let post = object(line, self.lines - 1)?;
        let place = format!("posts[{}]", out.len());
        self.post(post, &place, out).map_err(|problem| ParseError { line: Some(self.lines), problem })
    }

    fn whole(&mut self, object: Map<String, Value>, out: &mut Draft) -> Result<(), Problem> {
        let mut fields = Fields::new(object, &["schema", "meta", "speakers", "posts", "sections"]);
        let schema = fields.text("schema", "", "the schema \"shilu/1\"")?;
        if schema.as_deref() != Some(SCHEMA) {
            return Err(expected("schema", "the schema \"shilu/1\""));
        }
        if let Some(meta) = fields.object("meta", "meta")? {
            read_meta(meta, out)?;
        }
        for (index, value) in fields.array("speakers", "")?.into_iter().enumerate() {
            let place = format!("speakers[{index}]");
            let Value::Object(speaker) = value else { return Err(expected(&place, "an object")) };
            let (id, speaker_id) = read_speaker(speaker, &place, out)?;
            self.speakers.insert(id.unwrap_or(index as u64 + 1), speaker_id);
        }
        for (index, value) in fields.array("posts", "")?.into_iter().enumerate() {
            let place = format!("posts[{index}]");
            let Value::Object(post) = value else { return Err(expected(&place, "an object")) };
            self.post(post, &place, out)?;
        }
        out.sections = fields.take("sections").map(|value| value.to_string());
        out.extras = fields.extras;
        Ok(())
    }

    fn post(&mut self, object: Map<String, Value>, place: &str, out: &mut Draft) -> Result<(), Problem> {
        let known = ["id", "start_ms", "end_ms", "speaker", "kind", "body", "lines"];
        let mut fields = Fields::new(object, &known);
        let number = out.len() as i64 + 1;
        if fields.integer("id", place)?.is_some_and(|id| id != number) {
            return Err(expected(&format!("{place}.id"), "ids from 1 in file order"));
        }
        let (start, end) = (fields.time("start_ms", place)?, fields.time("end_ms", place)?);
        let who = fields.integer("speaker", place)?.and_then(|id| u64::try_from(id).ok());
        let Some(&speaker) = who.and_then(|id| self.speakers.get(&id)) else {
            return Err(expected(&format!("{place}.speaker"), "the id of a speaker"));
        };
        let kind = fields.text("kind", place, "a string")?;
        let kind = kind.map_or_else(Default::default, |name| out.kind(&name));
        let mut paragraphs = Vec::new();
        for paragraph in fields.array("body", place)? {
            let Value::String(text) = paragraph else {
                return Err(expected(&format!("{place}.body"), "an array of strings"));
            };
            paragraphs.push(text);
        }
        let lines = fields.lines(place)?;
        let body = out.append_text(&paragraphs.join("\n"));
        out.append_text("\n");
        let line = lines.map(|(first, _)| first);
        let id = out.push(Post { start, end, speaker, kind, body, line });
        if let Some((_, last)) = lines {
            out.keep_last_line(id, last);
        }
        out.keep_extras(id, fields.extras);
        Ok(())
    }
}

fn read_meta(meta: Map<String, Value>, out: &mut Draft) -> Result<(), Problem> {
    let known = ["title", "lead", "language", "format", "clock", "origin", "offset", "resolution_ms"];
    let mut fields = Fields::new(meta, &known);
    let place = "meta";
    out.meta.title = fields.text("title", place, "a string")?;
    for line in fields.array("lead", place)? {
        let Value::String(line) = line else { return Err(expected("meta.lead", "an array of strings")) };
        out.meta.lead.push(line);
    }
    out.meta.language = fields.text("language", place, "a string")?;
    if let Some(format) = fields.text("format", place, "a string")? {
        out.meta.format = format;
    }
    if let Some(clock) = fields.text("clock", place, "a string")? {
        let what = "\"wall\", \"offset\" or \"none\"";
        out.meta.clock = ClockKind::known(&clock).ok_or_else(|| expected("meta.clock", what))?;
    }
    if let Some(origin) = fields.text("origin", place, "a string")? {
        let what = "a date-time such as 2018-01-09T07:34:00";
        let origin =
            NaiveDateTime::parse_from_str(&origin, MOMENT).map_err(|_| expected("meta.origin", what))?;
        out.meta.origin = Some(origin);
    }
    out.meta.offset = fields.text("offset", place, "a string")?;
    out.meta.resolution_ms = fields.time("resolution_ms", place)?.unwrap_or(0).max(0);
    out.meta.extras = fields.extras;
    Ok(())
}

fn read_speaker(
    speaker: Map<String, Value>,
    place: &str,
    out: &mut Draft,
) -> Result<(Option<u64>, SpeakerId), Problem> {
    let mut fields = Fields::new(speaker, &["id", "label", "name", "title", "role", "aliases"]);
    let id = fields.integer("id", place)?.and_then(|id| u64::try_from(id).ok());
    let label = fields.text("label", place, "a string")?.unwrap_or_default();
    let speaker_id = out.intern(&label);
    let name = fields.text("name", place, "a string")?;
    let title = fields.text("title", place, "a string")?;
    let role = fields.text("role", place, "a string")?.map(|role| Role::from(role.as_str()));
    let aliases = fields.has("aliases").then(|| fields.array("aliases", place)).transpose()?;
    let aliases = aliases.map(|list| list.iter().filter_map(Value::as_str).map(str::to_owned).collect());
    let declared = Declared { name, title, role, aliases, extras: fields.extras };
    out.speaker_mut(speaker_id).declare(declared);
    Ok((id, speaker_id))
}

fn expected(place: &str, what: &'static str) -> Problem {
    Problem::Expected { place: place.to_owned(), what }
}

/// One JSON object; `before` is the number of source lines in front of it.
fn object(text: &str, before: usize) -> Result<Map<String, Value>, ParseError> {
    match serde_json::from_str(&mended(text)) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(ParseError { line: Some(before + 1), problem: expected("the record", "an object") }),
        Err(error) => Err(ParseError {
            line: Some(before + error.line()),
            problem: Problem::Json { message: error.to_string() },
        }),
    }
}

/// The known fields of an object, taken one by one, and the unknown ones with their places.
struct Fields {
    known: HashMap<String, Value>,
    extras: Extras,
}

impl Fields {
    fn new(object: Map<String, Value>, names: &[&str]) -> Self {
        let mut fields = Self { known: HashMap::new(), extras: Extras::default() };
        for (place, (name, value)) in object.into_iter().enumerate() {
            if names.contains(&name.as_str()) {
                fields.known.insert(name, value);
            } else {
                fields.extras.0.push(Extra { place, name, json: value.to_string() });
            }
        }
        fields
    }

    fn has(&self, name: &str) -> bool {
        self.known.contains_key(name)
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        self.known.remove(name).filter(|value| !value.is_null())
    }

    fn text(&mut self, name: &str, place: &str, what: &'static str) -> Result<Option<String>, Problem> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(expected(&join(place, name), what)),
        }
    }

    fn integer(&mut self, name: &str, place: &str) -> Result<Option<i64>, Problem> {
        let Some(value) = self.take(name) else { return Ok(None) };
        value.as_i64().map(Some).ok_or_else(|| expected(&join(place, name), "an integer"))
    }

    /// A time in milliseconds, bounded so that sums and differences of times cannot overflow.
    fn time(&mut self, name: &str, place: &str) -> Result<Option<i64>, Problem> {
        let time = self.integer(name, place)?;
        if time.is_some_and(|ms| ms.unsigned_abs() > FARTHEST_MS) {
            return Err(expected(&join(place, name), "milliseconds within 30 000 years"));
        }
        Ok(time)
    }

    fn array(&mut self, name: &str, place: &str) -> Result<Vec<Value>, Problem> {
        match self.take(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(list)) => Ok(list),
            Some(_) => Err(expected(&join(place, name), "an array")),
        }
    }

    fn object(&mut self, name: &str, place: &str) -> Result<Option<Map<String, Value>>, Problem> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::Object(object)) => Ok(Some(object)),
            Some(_) => Err(expected(place, "an object")),
        }
    }

    fn lines(&mut self, place: &str) -> Result<Option<(u32, u32)>, Problem> {
        if !self.has("lines") {
            return Ok(None);
        }
        let pair = self.array("lines", place)?;
        let numbers: Vec<u32> =
            pair.iter().filter_map(Value::as_u64).filter_map(|n| u32::try_from(n).ok()).collect();
        match numbers[..] {
            [first, last] if first > 0 && pair.len() == 2 => Ok(Some((first, last))),
            _ => Err(expected(&join(place, "lines"), "two line numbers from 1")),
        }
    }
}

fn join(place: &str, name: &str) -> String {
    if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Broken, Forced, read_bytes, write_json, write_jsonl};
    use crate::transcript::Transcript;

    fn read(text: &str) -> Result<Transcript, ParseError> {
        match read_bytes(text.as_bytes(), Forced::default()) {
            Ok((transcript, _)) => Ok(transcript),
            Err(Broken::Text(error)) => Err(error),
            Err(Broken::Input(error)) => panic!("{error}"),
        }
    }

    fn json(transcript: &Transcript) -> String {
        let mut out = Vec::new();
        write_json(transcript, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    const STRANGE: &str = r#"{
  "schema": "shilu/1",
  "mood": {"b": 1.50, "a": [1e3, null]},
  "meta": {
    "title": "会",
    "format": "zhibo",
    "venue": "青屿",
    "clock": "wall",
    "origin": "2018-01-09T07:34:00",
    "offset": "+08:00",
    "resolution_ms": 60000
  },
  "speakers": [
    {
      "id": 1,
      "label": "甲",
      "role": "heckler",
      "aliases": [],
      "mail": "a@example.org"
    }
  ],
  "posts": [
    {
      "id": 1,
      "start_ms": 0,
      "end_ms": 1500,
      "stars": 12345678901234567890123,
      "speaker": 1,
      "kind": "song",
      "body": [
        "一\t“二”",
        "三"
      ],
      "lines": [
        3,
        9
      ]
    },
    {
      "id": 2,
      "speaker": 1,
      "kind": "speech",
      "body": []
    }
  ],
  "sections": [
    {
      "kind": "session",
      "first": 1
    }
  ]
}
"#;

    #[test]
    fn unknown_fields_kinds_and_roles_survive_at_their_places() {
        let expanded = serde_json::from_str::<Value>(STRANGE).unwrap();
        let pretty = serde_json::to_string_pretty(&expanded).unwrap() + "\n";
        assert_eq!(json(&read(STRANGE).unwrap()), pretty);
    }

    #[test]
    fn jsonl_and_json_hold_the_same() {
        let transcript = read(STRANGE).unwrap();
        let mut lines = Vec::new();
        write_jsonl(&transcript, &mut lines).unwrap();
        let lines = String::from_utf8(lines).unwrap();
        assert_eq!(lines.lines().count(), 3);
        let back = read(&lines).unwrap();
        let sorted = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        assert_eq!(sorted(&json(&back)), sorted(STRANGE));
        let mut again = Vec::new();
        write_jsonl(&back, &mut again).unwrap();
        assert_eq!(String::from_utf8(again).unwrap(), lines);
    }

    #[test]
    fn a_broken_record_is_refused_with_its_place() {
        let head = r#"{"schema": "shilu/1", "#;
        for (rest, line, place) in [
            (r#""posts": [{"speaker": 1}]}"#, None, "posts[0].speaker"),
            (r#""speakers": 3}"#, None, "speakers"),
            (r#""meta": {"clock": "sun"}}"#, None, "meta.clock"),
            (r#""meta": {"origin": "noon"}}"#, None, "meta.origin"),
            (r#""speakers": [{"label": "甲"}], "posts": [{"id": 2, "speaker": 1}]}"#, None, "posts[0].id"),
            ("\n\"posts\": [}", Some(2), ""),
        ] {
            let error = read(&format!("{head}{rest}")).unwrap_err();
            assert_eq!(error.line, line, "{rest}");
            if let Problem::Expected { place: found, .. } = error.problem {
                assert_eq!(found, place);
            }
        }
        let deep = format!("{head}\"x\": {}", "[".repeat(100_000));
        assert!(matches!(read(&deep).unwrap_err().problem, Problem::Json { .. }));
    }

    #[test]
    fn a_broken_line_of_jsonl_is_named() {
        let text =
            "{\"schema\":\"shilu/1\",\"speakers\":[{\"label\":\"甲\"}]}\n{\"speaker\":1}\n{\"speaker\":9}\n";
        let error = read(text).unwrap_err();
        assert_eq!(error.line, Some(3));
    }
}
