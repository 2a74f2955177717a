//! Writing the project's own format, streaming: nothing is held but the post at hand.

use super::documents::Record;
use super::shilu::{MOMENT, SCHEMA};
use crate::marks::{Mark, Marks};
use crate::text::slice;
use crate::transcript::{ClockKind, Extras, PostId, Speaker, SpeakerId, Transcript};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};
use std::io::{self, Write};

/// Writes a record as one object, pretty printed with two spaces.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_json(transcript: &Transcript, out: &mut dyn Write) -> io::Result<()> {
    write_object(&Whole::of(transcript), out)
}

/// Writes a record as a header line and one line a post.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_jsonl(transcript: &Transcript, out: &mut dyn Write) -> io::Result<()> {
    write_lines(Whole::of(transcript), out)
}

/// Writes posts of a record, with what a reader keeps of them, as one object: a whole record of its own. Posts are numbered anew, and so
/// are those who wrote them; what a post was in the record that it is taken from stands in `original_id`, and what is kept of it in
/// `mark`. Derived sections, which name posts, are left out.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_json_of(record: Record, out: &mut dyn Write) -> io::Result<()> {
    write_object(&Whole::chosen(record), out)
}

/// The same as a header line and one line a post.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_jsonl_of(record: Record, out: &mut dyn Write) -> io::Result<()> {
    write_lines(Whole::chosen(record), out)
}

fn write_object(whole: &Whole, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::pretty(&mut *out);
    whole.serialize(&mut serializer)?;
    out.write_all(b"\n")
}

fn write_lines(whole: Whole, out: &mut dyn Write) -> io::Result<()> {
    let header = Whole { with_posts: false, ..whole };
    serde_json::to_writer(&mut *out, &header)?;
    out.write_all(b"\n")?;
    for post in header.posts() {
        serde_json::to_writer(&mut *out, &post)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// What is written.
struct Whole<'a> {
    transcript: &'a Transcript,
    with_posts: bool,
    chosen: Option<Chosen<'a>>,
    marks: Option<&'a Marks>,
}

/// A part of the posts, and those who wrote them, by first appearance.
struct Chosen<'a> {
    posts: &'a [PostId],
    speakers: Vec<SpeakerId>,
    /// The new number of each speaker of the record; 0 of one who wrote none of the posts.
    numbers: Vec<usize>,
}

impl<'a> Chosen<'a> {
    fn new(transcript: &Transcript, posts: &'a [PostId]) -> Self {
        let mut numbers = vec![0; transcript.speakers().len()];
        let mut speakers = Vec::new();
        for speaker in posts.iter().map(|&id| transcript.speaker_of(id)) {
            let number = &mut numbers[speaker.index()];
            if *number == 0 {
                speakers.push(speaker);
                *number = speakers.len();
            }
        }
        Self { posts, speakers, numbers }
    }
}

impl<'a> Whole<'a> {
    fn of(transcript: &'a Transcript) -> Self {
        Self { transcript, with_posts: true, chosen: None, marks: None }
    }

    fn chosen(record: Record<'a>) -> Self {
        let chosen = (!record.is_whole()).then(|| Chosen::new(record.transcript, record.posts));
        Self { chosen, marks: Some(record.marks), ..Self::of(record.transcript) }
    }

    fn posts(&self) -> impl Iterator<Item = Map<String, Value>> {
        let count = self.chosen.as_ref().map_or(self.transcript.len(), |chosen| chosen.posts.len());
        (0..count).map(|index| self.post(index))
    }

    /// The post at an index of what is written.
    fn post(&self, index: usize) -> Map<String, Value> {
        let id = self.chosen.as_ref().map_or(PostId::new(index), |chosen| chosen.posts[index]);
        let mut post = post_object(self.transcript, id);
        if let Some(Chosen { numbers, .. }) = &self.chosen {
            post.insert("id".to_owned(), (index + 1).into());
            post.insert("speaker".to_owned(), numbers[self.transcript.speaker_of(id).index()].into());
            // Of what was taken from what was taken, the first record counts.
            post.entry("original_id").or_insert(id.number().into());
        }
        if let Some(mark) = self.marks.and_then(|marks| marks.of(id)) {
            post.insert("mark".to_owned(), mark_object(mark).into());
        }
        post
    }

    fn speakers(&self) -> Vec<Map<String, Value>> {
        let all = (0..self.transcript.speakers().len()).map(SpeakerId::new);
        let ids = self.chosen.as_ref().map_or_else(|| all.collect(), |chosen| chosen.speakers.clone());
        let object = |(index, id): (usize, SpeakerId)| speaker_object(index + 1, self.transcript.speaker(id));
        ids.into_iter().enumerate().map(object).collect()
    }
}

impl Serialize for Whole<'_> {
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
                "speakers" => map.serialize_entry(name, &self.speakers())?,
                "posts" if self.with_posts => map.serialize_entry(name, &Posts(self))?,
                "sections" => {
                    if let Some(sections) = transcript.sections.as_ref().filter(|_| self.chosen.is_none()) {
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

struct Posts<'a>(&'a Whole<'a>);

impl Serialize for Posts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.posts())
    }
}

/// What is kept of a post; what is not there is left out.
fn mark_object(mark: &Mark) -> Map<String, Value> {
    let text = |text: &String| (!text.is_empty()).then(|| text.clone().into());
    let fields = vec![
        ("bookmarked", mark.bookmarked.then(|| true.into())),
        ("name", text(&mark.name)),
        ("note", text(&mark.note)),
        ("tags", (!mark.tags.is_empty()).then(|| mark.tags.clone().into())),
    ];
    with_extras(fields, None)
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

fn speaker_object(number: usize, speaker: &Speaker) -> Map<String, Value> {
    let declared = speaker.declared();
    let fields = vec![
        ("id", Some(number.into())),
        ("label", Some(speaker.label.clone().into())),
        ("name", declared.name.clone().map(Value::from)),
        ("title", declared.title.clone().map(Value::from)),
        ("role", declared.role.as_ref().map(|role| role.name().into())),
        ("aliases", declared.aliases.clone().map(Value::from)),
    ];
    with_extras(fields, Some(&declared.extras))
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
