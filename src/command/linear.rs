//! A record for the ear: a line for each post, without layout, and without anything that was told before.

use super::lead::Lead;
use crate::lang::Lang;
use crate::structure::Structure;
use crate::text::safe::Shown;
use crate::text::slice;
use crate::transcript::{Kind, PostId, Transcript};
use crate::when::{clock_time, duration, long_date};
use std::fmt::Write as _;

/// The lines of a post: a new day and a new chapter are sentences of their own, and so is the silence behind it.
pub fn post(
    (transcript, structure): (&Transcript, &Structure),
    (before, id, next): (Option<PostId>, PostId, Option<PostId>),
    lang: Lang,
) -> String {
    let record = (transcript, structure);
    let lead = Lead::of(record, before, id);
    let mut out = String::new();
    let stop = lang.pick("。", ".");
    if let Some(day) = lead.day {
        let _ = writeln!(out, "{}{stop}", long_date(lang, day));
    }
    if let Some(title) = lead.chapter {
        let _ = writeln!(out, "{}{stop}", Shown::of(title));
    }
    let caption = lang.kind(Kind::Caption).filter(|_| lead.caption).map(str::to_owned);
    let who = caption.unwrap_or_else(|| {
        let author = structure.author(transcript, id);
        match structure.name(transcript, author) {
            "" => lang.words().nameless.to_owned(),
            name => Shown::of(name).to_string(),
        }
    });
    let time = transcript.start(id).map(|start| clock_time(&transcript.meta, start)).unwrap_or_default();
    let body = transcript.body(id);
    let words: Vec<_> =
        transcript.paragraphs(&body).map(|range| Shown::of(slice(&body, range)).to_string()).collect();
    let line = format!("{time} {who}{}{}", lang.pick("：", ": "), words.join(" "));
    let _ = writeln!(out, "{}", line.trim());
    if let Some(ms) = next.and_then(|next| Lead::of(record, Some(id), next).silence_ms) {
        let length = duration(lang, ms);
        let _ = match lang {
            Lang::Zh => writeln!(out, "静默 {length}。"),
            Lang::En => writeln!(out, "Silence for {length}."),
        };
    }
    out
}
