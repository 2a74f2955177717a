//! `shilu info --why`: what each derivation rests on.

use crate::evidence::Evidence;
use crate::text::safe::Shown;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Tells of everybody where part, name and title come from, and of every session what parts it.
pub fn told(out: &mut Vec<u8>, evidence: Evidence) -> io::Result<()> {
    let Evidence { transcript, structure, lang } = evidence;
    let line = |(zh, en): (&'static str, &'static str), value: &str, why: &str| {
        format!("      {}: {} — {}", lang.pick(zh, en), Shown::of(value), Shown::of(why))
    };
    for id in structure.people() {
        writeln!(out, "{:>4}  {}", id.number(), Shown::of(&transcript.speaker(id).label))?;
        for other in structure.other_bylines(id) {
            let why = evidence.byline(other).unwrap_or_default();
            let label = &transcript.speaker(other).label;
            writeln!(out, "{}", line(("同一人", "the same"), label, why))?;
        }
        let role = lang.role(structure.role(id));
        writeln!(out, "{}", line(("角色", "role"), role, evidence.role(id)))?;
        let (name, title) = (structure.name(transcript, id), structure.title(transcript, id));
        writeln!(out, "{}", line(("姓名", "name"), name, &evidence.name(id)))?;
        if !title.is_empty() {
            writeln!(out, "{}", line(("职务", "title"), title, &evidence.title(id)))?;
        }
    }
    writeln!(out, "\n{}", lang.pick("场次", "Sessions"))?;
    for (index, session) in structure.sessions().iter().enumerate() {
        let last = structure.session_posts(index).end;
        let part = session.part.map(|part| format!(" {}", lang.day_part(part))).unwrap_or_default();
        let why = evidence.session(session.first);
        writeln!(out, "      #{}–{last}{part} — {why}", session.first.number())?;
    }
    Ok(())
}

/// Tells of corrections that concern nothing in the record.
pub fn idle(out: &mut Vec<u8>, evidence: Evidence) -> io::Result<()> {
    let Evidence { transcript, structure, lang } = evidence;
    let known: BTreeSet<_> = transcript.speakers().iter().map(|speaker| speaker.label.as_str()).collect();
    let bylines = structure.corrections().speakers.keys();
    for byline in bylines.filter(|byline| !known.contains(byline.as_str())) {
        let nobody = lang.pick("有更正,实录中无此署名", "corrected, and nobody in the record");
        writeln!(out, "   –  {} — {nobody}", Shown::of(byline))?;
    }
    for mark in structure.chapters().lost() {
        let nowhere = lang.pick("这一章没有找到开头的发言", "no post is the beginning of that chapter");
        writeln!(out, "   –  {} — {nowhere}", Shown::of(&mark.title))?;
    }
    Ok(())
}
