//! Writing the project's own format, streaming: nothing is held but the post at hand.

use super::shilu::{MOMENT, SCHEMA};
use crate::text::slice;
use crate::transcript::{ClockKind, Extras, PostId, Speaker, SpeakerId, Transcript};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};
use std::io::{self, Write};

/// Writes the record as one object, pretty printed with two spaces.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_json(transcript: &Transcript, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::pretty(&mut *out);
    Record { transcript, with_posts: true }.serialize(&mut serializer)?;
    out.write_all(b"\n")
}

/// Writes the record as a header line and one line a post.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_jsonl(transcript: &Transcript, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Record { transcript, with_posts: false })?;
    out.write_all(b"\n")?;
    for id in transcript.ids() {
        serde_json::to_writer(&mut *out, &post_object(transcript, id))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

struct Record<'a> {
    transcript: &'a Transcript,
    with_posts: bool,
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let transcript = self.transcript;
        let mut map = serializer.serialize_map(None)?;
        let mut extras = transcript.extras.0.iter().peekable();
        for (place, name) in ["schema", "meta", "speakers", "posts", "sections"].into_iter().enumerate() {
            while let Some(extra) = extras.next_if(|extra| extra.place <= place) {
                map.serialize_entry(&extra.name, &parsed(&extra.json))?;
            }
            match name {
                "schema" => map.serialize_entry(name, SCHEMA)?,
                "meta" => map.serialize_entry(name, &meta_object(transcript))?,
                "speakers" => map.serialize_entry(name, &speaker_objects(transcript))?,
                "posts" if self.with_posts => map.serialize_entry(name, &Posts(transcript))?,
                "sections" => {
                    if let Some(sections) = &transcript.sections {
                        map.serialize_entry(name, &parsed(sections))?;
                    }
                }
                _ => {}
            }
        }
        for extra in extras {
            map.serialize_entry(&extra.name, &parsed(&extra.json))?;
        }
        map.end()
    }
}

struct Posts<'a>(&'a Transcript);

impl Serialize for Posts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.ids().map(|id| post_object(self.0, id)))
    }
}

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or(Value::Null)
}

/// An object of the given fields, absent ones left out, with the unknown ones back at their places.
fn with_extras(fields: Vec<(&str, Option<Value>)>, extras: Option<&Extras>) -> Map<String, Value> {
    let mut all: Vec<(String, Value)> =
        fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    for extra in extras.into_iter().flat_map(|extras| &extras.0) {
        all.insert(extra.place.min(all.len()), (extra.name.clone(), parsed(&extra.json)));
    }
    all.into_iter().collect()
}

fn meta_object(transcript: &Transcript) -> Map<String, Value> {
    let meta = transcript.told_meta();
    let fields = vec![
        ("title", meta.title.clone().map(Value::from)),
        ("lead", (!meta.lead.is_empty()).then(|| meta.lead.clone().into())),
        ("language", meta.language.clone().map(Value::from)),
        ("format", (!meta.format.is_empty()).then(|| meta.format.clone().into())),
        ("clock", Some(meta.clock.name().into())),
        ("origin", meta.origin.map(|origin| origin.format(MOMENT).to_string().into())),
        ("offset", meta.offset.clone().map(Value::from)),
        ("resolution_ms", (meta.clock != ClockKind::None).then(|| meta.resolution_ms.into())),
    ];
    with_extras(fields, Some(&meta.extras))
}

fn speaker_objects(transcript: &Transcript) -> Vec<Map<String, Value>> {
    let object = |(index, speaker): (usize, &Speaker)| {
        let declared = speaker.declared();
        let fields = vec![
            ("id", Some(SpeakerId::new(index).number().into())),
            ("label", Some(speaker.label.clone().into())),
            ("name", declared.name.clone().map(Value::from)),
            ("title", declared.title.clone().map(Value::from)),
            ("role", declared.role.as_ref().map(|role| role.name().into())),
            ("aliases", declared.aliases.clone().map(Value::from)),
        ];
        with_extras(fields, Some(&declared.extras))
    };
    transcript.speakers().iter().enumerate().map(object).collect()
}

fn post_object(transcript: &Transcript, id: PostId) -> Map<String, Value> {
    let post = transcript.post(id);
    let body = transcript.body(id);
    let body: Vec<Value> = transcript.paragraphs(&body).map(|range| slice(&body, range).into()).collect();
    let fields = vec![
        ("id", Some(id.number().into())),
        ("start_ms", post.start.filter(|_| !transcript.is_arrival(id)).map(Value::from)),
        ("end_ms", post.end.map(Value::from)),
        ("speaker", Some(post.speaker.number().into())),
        ("kind", Some(transcript.kind_name(post.kind).into())),
        ("body", Some(body.into())),
        ("lines", transcript.lines(id).map(|(first, last)| vec![first, last].into())),
    ];
    with_extras(fields, transcript.post_extras(id))
}
