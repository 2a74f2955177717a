//! `shilu info --why`: what each derivation rests on.

use crate::lang::Lang;
use crate::structure::{Place, Structure, role_of};
use crate::text::safe::Shown;
use crate::transcript::{Kind, PostId, Role, SpeakerId, Transcript};
use crate::when::duration;
use std::io::{self, Write};

/// Tells of every speaker where part, name and office come from, and of every session what parts it.
pub fn told(out: &mut Vec<u8>, transcript: &Transcript, structure: &Structure, lang: Lang) -> io::Result<()> {
    let line = |key: (&str, &str), value: &str, why: &str| {
        format!("      {}: {} — {}", lang.pick(key.0, key.1), Shown::of(value), Shown::of(why))
    };
    for id in (0..transcript.speakers().len()).map(SpeakerId::new) {
        writeln!(out, "{:>4}  {}", id.number(), Shown::of(&transcript.speaker(id).label))?;
        let role = lang.role(structure.role(id));
        writeln!(out, "{}", line(("角色", "role"), role, why_role(transcript, structure, id, lang)))?;
        let (name, title) = (structure.name(transcript, id), structure.title(transcript, id));
        writeln!(out, "{}", line(("姓名", "name"), name, &why_name(transcript, structure, id, lang)))?;
        if !title.is_empty() {
            writeln!(out, "{}", line(("职务", "title"), title, &why_title(transcript, structure, id, lang)))?;
        }
    }
    writeln!(out, "\n{}", lang.pick("场次", "Sessions"))?;
    for (index, session) in structure.sessions().iter().enumerate() {
        let last = structure.session_posts(index).end;
        let part = session.part.map(|part| format!(" {}", lang.day_part(part))).unwrap_or_default();
        let why = why_session(transcript, structure, session.first, lang);
        writeln!(out, "      #{}–{last}{part} — {why}", session.first.number())?;
    }
    Ok(())
}

fn why_role(transcript: &Transcript, structure: &Structure, id: SpeakerId, lang: Lang) -> &'static str {
    let declared = transcript.speaker(id).declared().role.is_some();
    match (declared, &structure.member(id).role, structure.role(id)) {
        (true, ..) => lang.pick("文件写明", "the file says so"),
        (_, Role::Unknown, Role::Guest) => {
            lang.pick("有主持人,而署名没有别的角色", "there is a host, and the byline says nothing else")
        }
        (_, Role::Host, _) if role_of(transcript.speaker(id)) == Role::Unknown => lang
            .pick("几乎每人首次发言前都是此人在问", "speaks before nearly everybody's first word, and asks"),
        (_, Role::Unknown, _) => lang.pick("署名没有说明", "the byline does not say"),
        _ => lang.pick("署名写明", "the byline says so"),
    }
}

fn why_name(transcript: &Transcript, structure: &Structure, id: SpeakerId, lang: Lang) -> String {
    let speaker = transcript.speaker(id);
    if speaker.declared().name.is_some() {
        return lang.pick("文件写明", "the file says so").to_owned();
    }
    let Some(told) = structure.told(id) else {
        let whole = structure.name(transcript, id) == speaker.label;
        return if whole {
            lang.pick("整个署名", "the whole byline")
        } else {
            lang.pick("拆自署名", "taken from the byline")
        }
        .to_owned();
    };
    let place = |(at, spelling): &(Place, String)| {
        let at = place(*at, lang);
        if *spelling == told.name { at } else { format!("{at} ({spelling})") }
    };
    told.places.iter().map(place).collect::<Vec<_>>().join(lang.pick("、", ", "))
}

fn why_title(transcript: &Transcript, structure: &Structure, id: SpeakerId, lang: Lang) -> String {
    if transcript.speaker(id).declared().title.is_some() {
        return lang.pick("文件写明", "the file says so").to_owned();
    }
    let office = structure.told(id).and_then(|told| told.office.as_ref());
    place(office.map_or(Place::Byline, |(place, _)| *place), lang)
}

/// Where a name is spelled.
pub fn place(place: Place, lang: Lang) -> String {
    match place {
        Place::Byline => lang.pick("署名", "byline").to_owned(),
        Place::Question(post) => format!("{} #{}", lang.pick("提问", "question"), post.number()),
        Place::Caption(post) => format!("{} #{}", lang.pick("图说", "caption"), post.number()),
    }
}

fn why_session(transcript: &Transcript, structure: &Structure, first: PostId, lang: Lang) -> String {
    let before = first.index().checked_sub(1).map(PostId::new).and_then(|before| transcript.start(before));
    let gap = before.zip(transcript.start(first)).map(|(before, start)| start - before);
    let is_notice = structure.kind(transcript, first) == Kind::Notice;
    match gap {
        None => lang.pick("从头开始", "the record begins").to_owned(),
        Some(ms) => {
            let behind = format!("{} {}", lang.pick("此前静默", "behind a silence of"), duration(lang, ms));
            let joins = lang.pick(";预告归入所预告的场次", "; an announcement joins what it announces");
            if is_notice { behind + joins } else { behind }
        }
    }
}
