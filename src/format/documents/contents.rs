//! The table of contents of a page: sessions, chapters, and the questions in them.

use super::markup::escaped;
use super::record::{Record, clean};
use crate::structure::Exchange;
use crate::transcript::PostId;
use crate::when::long_date;
use std::collections::BTreeMap;

/// A longer table helps nobody: then it has no questions, or there is none at all.
const MOST: usize = 500;

/// A shorter one neither.
const FEWEST: usize = 3;

/// Characters of a question.
const WORDS: usize = 48;

/// Bytes of a post that a question is taken from.
const HEAD: usize = 600;

/// The table; empty where it would help nobody.
pub fn contents(record: Record) -> String {
    let parts = parts(record);
    let mut lines = parts.clone();
    if record.structure.exchange_count() <= MOST {
        for exchange in record.structure.exchanges(record.transcript) {
            if record.posts.binary_search(&exchange.question).is_ok() {
                lines.entry(exchange.question).or_default().extend(question(record, &exchange));
            }
        }
    }
    let count = lines.values().map(Vec::len).sum::<usize>();
    if !(FEWEST..=MOST).contains(&count) {
        return String::new();
    }
    let title = record.lang.pick("目录", "Contents");
    let lines: Vec<_> = lines.into_values().flatten().collect();
    format!(
        "<nav class=\"contents\"><details><summary>{title}</summary>\n<ul>\n{}</ul></details></nav>\n",
        lines.concat()
    )
}

/// Sessions and chapters, by their first posts.
fn parts(record: Record) -> BTreeMap<PostId, Vec<String>> {
    let Record { transcript, structure, lang, .. } = record;
    let mut parts: BTreeMap<PostId, Vec<String>> = BTreeMap::new();
    let mut day = None;
    let sessions = structure.sessions();
    for session in sessions.iter().filter(|_| sessions.len() <= MOST) {
        let moment = transcript.moment(session.first);
        let is_new = moment.map(|moment| moment.date()) != day;
        day = moment.map(|moment| moment.date());
        let date = moment.filter(|_| is_new).map(|moment| long_date(lang, moment));
        let part = session.part.map(|part| lang.day_part(part).to_owned());
        let title: Vec<_> = date.into_iter().chain(part).collect();
        if !title.is_empty() {
            parts.entry(session.first).or_default().push(line(session.first, "part", &title.join(" · "), ""));
        }
    }
    for (id, title) in structure.chapters().all() {
        parts.entry(id).or_default().push(line(id, "part", &clean(title), ""));
    }
    // A part may begin with posts that were not chosen.
    let first = |id: PostId| record.posts.get(record.posts.partition_point(|&post| post < id)) == Some(&id);
    parts.retain(|&id, _| first(id));
    parts
}

/// A question, and who answers.
fn question(record: Record, exchange: &Exchange) -> Option<String> {
    let Record { transcript, structure, .. } = record;
    let (_, text) = transcript.part(exchange.question, 0..HEAD);
    let range = transcript.paragraphs(&text).next()?;
    let words = clean(crate::text::slice(&text, range));
    let mut short: String = words.chars().take(WORDS).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    let names = exchange.guests.iter().map(|&guest| clean(structure.name(transcript, guest)));
    let names: Vec<_> = names.filter(|name| !name.is_empty()).collect();
    Some(line(exchange.question, "question", &short, &names.join(record.lang.pick("、", ", "))))
}

fn line(id: PostId, class: &str, words: &str, names: &str) -> String {
    let names = if names.is_empty() {
        String::new()
    } else {
        format!(" <bdi class=\"names\">{}</bdi>", escaped(names))
    };
    format!(
        "<li class=\"{class}\"><a href=\"#{}\"><bdi>{}</bdi>{names}</a></li>\n",
        id.number(),
        escaped(words)
    )
}
