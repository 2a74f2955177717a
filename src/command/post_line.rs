//! One post as it is told to other programs: a line of JSON.

use super::stream::harmless_json;
use crate::replay::Shows;
use crate::text::slice;
use crate::transcript::PostId;
use serde::Serialize;

#[derive(Serialize)]
struct Line<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    at_ms: Option<i64>,
    show_ms: i64,
    estimated: bool,
    id: usize,
    speaker: usize,
    label: &'a str,
    name: &'a str,
    kind: &'a str,
    body: Vec<&'a str>,
}

/// The line of a post.
///
/// # Errors
/// If it cannot be put into JSON.
pub fn of(shows: Shows, id: PostId) -> serde_json::Result<String> {
    let transcript = shows.transcript;
    let post = transcript.post(id);
    let body = transcript.body(id);
    let line = Line {
        at_ms: post.start,
        show_ms: shows.show(id),
        estimated: shows.is_estimated(id),
        id: id.number(),
        speaker: shows.structure.person(post.speaker).number(),
        label: &transcript.speaker(post.speaker).label,
        name: shows.structure.name(transcript, post.speaker),
        kind: transcript.kind_name(shows.structure.kind(transcript, id)),
        body: transcript.paragraphs(&body).map(|range| slice(&body, range)).collect(),
    };
    Ok(harmless_json(&serde_json::to_vec(&line)?) + "\n")
}
