//! `shilu play`: the replay as a stream on standard output, each post at its moment.

use super::print::Page;
use super::source;
use super::stream::{Failure, harmless_json};
use crate::cli::PlayArgs;
use crate::replay::{Clock, Schedule, Shows};
use crate::terminal;
use crate::text::paragraphs::paragraphs;
use crate::text::slice;
use crate::transcript::PostId;
use serde::Serialize;
use std::io::{self, Write};
use std::time::Duration;

/// Runs the command.
pub fn run(args: &PlayArgs) -> Result<u8, Failure> {
    let lang = source::lang(args.text.lang);
    let opened = source::read(&args.file, &args.source, lang)?;
    let (transcript, structure) = (&opened.transcript, opened.structure());
    let schedule = Schedule::of(transcript, &structure, source::pacing(&args.pacing));
    let shows = schedule.over(transcript, &structure);
    let page = Page::new(args.text, args.width, lang);
    let clock = Clock::paused_at(0, args.pacing.speed).play(Duration::ZERO);
    let started = terminal::now();
    for id in transcript.ids() {
        let mut post = Vec::new();
        if args.json {
            line(&mut post, shows, id)?;
        } else {
            page.post(&mut post, transcript, &structure, id)?;
        }
        if !args.dry_run
            && let Some(due) = clock.reaches(shows.show(id))
        {
            std::thread::sleep(due.saturating_sub(started.elapsed()));
        }
        let mut out = io::stdout().lock();
        out.write_all(&post)?;
        out.flush()?;
    }
    Ok(0)
}

/// One post as it is told to other programs.
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

fn line(out: &mut Vec<u8>, shows: Shows, id: PostId) -> io::Result<()> {
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
        body: paragraphs(&body).map(|range| slice(&body, range)).collect(),
    };
    out.extend(harmless_json(&serde_json::to_vec(&line)?).into_bytes());
    out.push(b'\n');
    Ok(())
}
