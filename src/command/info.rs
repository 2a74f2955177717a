//! `shilu info`: speakers, sessions, exchanges, gaps and reading time.

use super::source::{self, Opened};
use super::stream::{Failure, harmless_json};
use super::why;
use crate::choice::Format;
use crate::cli::InfoArgs;
use crate::evidence::Evidence;
use crate::format::{Facts, Packing};
use crate::lang::Lang;
use crate::layout::card::percent;
use crate::replay::reading_ms;
use crate::structure::Structure;
use crate::terminal;
use crate::text::count::{count, reading};
use crate::text::ruler::Ruler;
use crate::text::safe::Shown;
use crate::transcript::{ClockKind, PostId, SpeakerId, Transcript};
use crate::when::{clock_time, duration, long_date};
use serde::Serialize;
use serde_json::{Map, Value};
use std::io::{self, Write};
use std::time::Duration;

/// Runs the command.
pub fn run(args: &InfoArgs) -> Result<u8, Failure> {
    let lang = source::lang(args.lang);
    let started = terminal::now();
    let opened = source::read(&args.file, &args.source, lang)?;
    let index = started.elapsed();
    let structure = opened.structure();
    let derived = started.elapsed();
    let text = Text::of(&opened.transcript);
    let timing = Timing::new(index, derived, started.elapsed());
    let mut out = Vec::new();
    if args.json {
        let file = args.file.display().to_string();
        let info = info(file, &opened, &structure, &text, timing, args.cpm);
        let json = serde_json::to_vec_pretty(&info).map_err(io::Error::from)?;
        out.extend(harmless_json(&json).into_bytes());
        out.push(b'\n');
    } else {
        told(&mut out, &opened, &structure, &text, args.cpm, lang)?;
        if args.why {
            out.push(b'\n');
            let evidence = Evidence { transcript: &opened.transcript, structure: &structure, lang };
            why::told(&mut out, evidence)?;
            why::idle(&mut out, evidence)?;
        }
    }
    io::stdout().write_all(&out)?;
    Ok(0)
}

/// Counts over all bodies.
#[derive(Default)]
struct Text {
    paragraphs: usize,
    chars: usize,
    han: usize,
    /// As how many characters it is read.
    reading: usize,
}

impl Text {
    fn of(transcript: &Transcript) -> Self {
        let mut text = Self::default();
        for id in transcript.ids() {
            let body = transcript.body(id);
            let counted = count(&body);
            text.paragraphs += transcript.paragraphs(&body).count();
            text.chars += counted.chars;
            text.han += counted.han;
            text.reading += reading(&body, counted.chars);
        }
        text
    }
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names of the schema")]
struct Timing {
    index_ms: u64,
    structure_ms: u64,
    text_ms: u64,
}

impl Timing {
    /// From when the record was read, its structure derived, its text counted.
    fn new(read: Duration, derived: Duration, counted: Duration) -> Self {
        let ms = |duration: Duration| duration.as_millis() as u64;
        Self {
            index_ms: ms(read),
            structure_ms: ms(derived.saturating_sub(read)),
            text_ms: ms(counted.saturating_sub(derived)),
        }
    }
}

/// From when to when it goes: the date once if that is one, none in a recording.
fn span(transcript: &Transcript, lang: Lang) -> Option<String> {
    let meta = &transcript.meta;
    let first = transcript.ids().find_map(|id| transcript.start(id))?;
    let last = transcript.ids().rev().find_map(|id| transcript.start(id))?;
    let date =
        |at| meta.moment(at).filter(|_| meta.clock == ClockKind::Wall).map(|moment| long_date(lang, moment));
    let told = |at, date: Option<String>| match date {
        Some(date) => format!("{date} {}", clock_time(meta, at)),
        None => clock_time(meta, at),
    };
    let (begin, end) = (date(first), date(last));
    let end = end.filter(|end| begin.as_ref() != Some(end));
    Some(format!("{} – {}", told(first, begin), told(last, end)))
}

/// As what the record was read: format, encoding, packing.
fn as_read(facts: &Facts, lang: Lang) -> String {
    let (format, other) = facts.detection.map_or((None, None), |found| (Some(found.format), found.runner_up));
    let format = format.map_or("", Format::name);
    let told = match other {
        Some(other) => format!("{format} ({} {})", lang.words().or_else, other.name()),
        None => format.to_owned(),
    };
    let packing = facts.packing.map(Packing::name);
    [Some(told.as_str()), Some(facts.encoding), packing].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The schema `shilu-info/1`.
#[derive(Serialize)]
struct Info<'a> {
    schema: &'static str,
    file: String,
    format: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    runner_up: Option<&'static str>,
    encoding: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    packing: Option<&'static str>,
    bytes: u64,
    clock: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolution_ms: Option<i64>,
    span_ms: i64,
    posts: usize,
    paragraphs: usize,
    chars: usize,
    han: usize,
    turns: usize,
    reading_ms: i64,
    timing: Timing,
    kinds: Map<String, Value>,
    speakers: Vec<SpeakerInfo<'a>>,
    sessions: Vec<SessionInfo>,
    exchanges: Vec<ExchangeInfo>,
    gaps: Vec<GapInfo>,
}

#[derive(Serialize)]
struct SpeakerInfo<'a> {
    id: usize,
    label: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    role: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<&'a str>,
    posts: usize,
    chars: usize,
    first: usize,
    last: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<usize>,
}

#[derive(Serialize)]
struct SessionInfo {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'static str>,
    first: usize,
    last: usize,
}

#[derive(Serialize)]
struct ExchangeInfo {
    question: usize,
    guests: Vec<usize>,
    answers: Vec<usize>,
    captions: Vec<usize>,
}

#[derive(Serialize)]
struct GapInfo {
    after: usize,
    before: usize,
    ms: i64,
}

fn info<'a>(
    file: String,
    opened: &'a Opened,
    structure: &'a Structure,
    text: &Text,
    timing: Timing,
    cpm: u32,
) -> Info<'a> {
    let transcript = &opened.transcript;
    let meta = &transcript.meta;
    Info {
        schema: "shilu-info/1",
        file,
        format: opened.facts.detection.map_or("", |found| found.format.name()),
        runner_up: opened.facts.detection.and_then(|found| found.runner_up).map(Format::name),
        encoding: opened.facts.encoding,
        packing: opened.facts.packing.map(Packing::name),
        bytes: opened.facts.bytes,
        clock: meta.clock.name(),
        origin: meta.origin.map(|origin| origin.format("%Y-%m-%dT%H:%M:%S%.f").to_string()),
        resolution_ms: (meta.clock != ClockKind::None).then_some(meta.resolution_ms),
        span_ms: transcript.span_ms(),
        posts: transcript.len(),
        paragraphs: text.paragraphs,
        chars: text.chars,
        han: text.han,
        turns: structure.turn_count(),
        reading_ms: reading_ms(text.reading, cpm),
        timing,
        kinds: kinds(transcript, structure),
        speakers: speakers(transcript, structure),
        sessions: sessions(structure),
        exchanges: exchanges(&opened.transcript, structure),
        gaps: structure
            .gaps()
            .map(|gap| GapInfo { after: gap.before.index(), before: gap.before.number(), ms: gap.ms })
            .collect(),
    }
}

fn kinds(transcript: &Transcript, structure: &Structure) -> Map<String, Value> {
    let mut kinds = Map::new();
    for id in transcript.ids() {
        let count =
            kinds.entry(transcript.kind_name(structure.kind(transcript, id))).or_insert_with(|| 0.into());
        *count = (count.as_u64().unwrap_or(0) + 1).into();
    }
    kinds
}

fn speakers<'a>(transcript: &'a Transcript, structure: &'a Structure) -> Vec<SpeakerInfo<'a>> {
    let info = |id: SpeakerId| {
        let member = structure.member(id);
        let number = |post: PostId| if member.posts == 0 { 0 } else { post.number() };
        let speaker = transcript.speaker(id);
        SpeakerInfo {
            id: id.number(),
            label: &speaker.label,
            name: structure.name(transcript, id),
            title: structure.title(transcript, id),
            role: structure.role(id).name(),
            aliases: structure.aliases(transcript, id),
            posts: member.posts,
            chars: member.chars,
            first: number(member.first),
            last: number(member.last),
            caption: structure.captions(id).first().map(|caption| caption.number()),
        }
    };
    structure.people().map(info).collect()
}

fn sessions(structure: &Structure) -> Vec<SessionInfo> {
    structure
        .sessions()
        .iter()
        .enumerate()
        .map(|(index, session)| SessionInfo {
            title: session.part.map(|part| Lang::Zh.day_part(part)),
            first: session.first.number(),
            last: structure.session_posts(index).end,
        })
        .collect()
}

fn exchanges(transcript: &Transcript, structure: &Structure) -> Vec<ExchangeInfo> {
    structure
        .exchanges(transcript)
        .map(|exchange| ExchangeInfo {
            question: exchange.question.number(),
            guests: exchange.guests.iter().map(|guest| guest.number()).collect(),
            answers: exchange.answers.iter().map(|answer| answer.number()).collect(),
            captions: exchange.captions.iter().map(|caption| caption.number()).collect(),
        })
        .collect()
}

/// The same for people.
fn told(
    out: &mut Vec<u8>,
    opened: &Opened,
    structure: &Structure,
    text: &Text,
    cpm: u32,
    lang: Lang,
) -> io::Result<()> {
    let transcript = &opened.transcript;
    let meta = &transcript.meta;
    if let Some(title) = &meta.title {
        writeln!(out, "{}", Shown::of(title))?;
    }
    if let Some(span) = span(transcript, lang) {
        writeln!(out, "{span} ({})", duration(lang, transcript.span_ms()))?;
    }
    let fact = |zh: &'static str, en: &'static str, value: String| format!("{} {value}", lang.pick(zh, en));
    let facts = [
        fact("发言", "posts", transcript.len().to_string()),
        fact("发言人", "speakers", structure.people_count().to_string()),
        fact("话轮", "turns", structure.turn_count().to_string()),
        fact("问答", "exchanges", structure.exchange_count().to_string()),
        fact("段", "paragraphs", text.paragraphs.to_string()),
        fact("字", "characters", text.chars.to_string()),
        fact("阅读约", "reading time", duration(lang, reading_ms(text.reading, cpm))),
    ];
    writeln!(out, "{}", facts.join(" · "))?;
    writeln!(out, "{}\n", as_read(&opened.facts, lang))?;
    speaker_table(out, transcript, structure, lang)?;
    for (post, title) in structure.chapters().all() {
        let words = lang.pick("章", "chapter");
        writeln!(out, "  {words} #{} {}", post.number(), Shown::of(title))?;
    }
    if structure.gap_count() > 0 {
        writeln!(out, "\n{}", lang.pick("静默(超过十分钟)", "Silences over ten minutes"))?;
    }
    for gap in structure.gaps() {
        let at = transcript.start(gap.before).map(|at| clock_time(meta, at)).unwrap_or_default();
        let (length, number) = (duration(lang, gap.ms), gap.before.number());
        match lang {
            Lang::Zh => writeln!(out, "  {at} #{number} 之前 {length}")?,
            Lang::En => writeln!(out, "  {length} before {at} #{number}")?,
        }
    }
    Ok(())
}

fn speaker_table(
    out: &mut Vec<u8>,
    transcript: &Transcript,
    structure: &Structure,
    lang: Lang,
) -> io::Result<()> {
    let ruler = Ruler::default();
    let name = |id| ruler.fit(structure.name(transcript, id), 24);
    let names: Vec<_> = structure.people().map(name).collect();
    let width = names.iter().map(|name| ruler.width(name)).max().unwrap_or(0);
    let total = structure.total_chars().max(1);
    for (name, id) in names.iter().zip(structure.people()) {
        let member = structure.member(id);
        let pad = " ".repeat(width - ruler.width(name));
        let role = lang.role(structure.role(id));
        let role_pad = " ".repeat(8usize.saturating_sub(ruler.width(role)));
        let talk = structure.talk(id);
        let share = percent(talk, total);
        let (name, role, title) =
            (Shown::of(name), Shown::of(role), Shown::of(structure.title(transcript, id)));
        let row = format!(
            "{:>4}  {name}{pad}  {role}{role_pad} {:>4} {:>7} {share:>3}%  {title}",
            id.number(),
            member.posts,
            talk
        );
        writeln!(out, "{}", row.trim_end())?;
    }
    Ok(())
}
