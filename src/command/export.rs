//! `shilu export`: the record in another format.

use super::asciicast::Cast;
use super::chosen::Chosen;
use super::documents::{Document, Shape, losses};
use super::loader::About;
use super::memory;
use super::place;
use super::source::{self, Opened};
use super::stream::{Failure, harmless_json, say};
use super::subtitles::Subtitled;
use crate::app::{Filter, Sought};
use crate::choice::ExportFormat;
use crate::cli::ExportArgs;
use crate::config::Config;
use crate::format::{Record, Subtitles, Thing, Unfit, write_json_of, write_jsonl_of, write_txt};
use crate::lang::Lang;
use crate::marks::Marks;
use crate::query::Ways;
use crate::replay::Pacing;
use crate::structure::Structure;
use crate::text::safe::Shown;
use crate::transcript::{ClockKind, Meta, PostId, Transcript};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Runs the command.
pub fn run(args: &ExportArgs, config: &Config) -> Result<u8, Failure> {
    let lang = source::lang(args.text.lang);
    let opened = match &args.file {
        Some(path) => source::read(path, &args.source, lang)?,
        None => source::demo(&args.source, lang)?,
    };
    let path = args.file.as_deref().unwrap_or(Path::new("demo"));
    if let Some(out) = args.output.as_deref().filter(|out| is_same(path, out)) {
        let why = lang.words().keep.is_record;
        return Err(Failure::Usage(format!("{}: {why}", source::called(out, lang))));
    }
    if args.to == ExportFormat::Asciicast {
        return film(opened, path, (args, config), lang);
    }
    let structure = opened.structure();
    let marks = memory::marks_of(args.file.as_deref(), &opened.transcript, lang);
    let ways = Sought::of(&config.settings).ways;
    let posts = chosen((args, ways), (&opened.transcript, &structure), &marks, lang)?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let record = Record {
        transcript: &opened.transcript,
        structure: &structure,
        posts: &posts,
        marks: &marks,
        name: &name,
        lang,
    };
    let pacing = (source::pacing(&args.pacing), args.pacing.speed);
    let export = Export::new(record, args.to, pacing).map_err(|unfit| {
        Failure::Input(format!("{}: {}", source::called(path, lang), unfit_for_txt(record, unfit)))
    })?;
    finish(Written::Posts(Box::new(export)), path, args, lang)
}

/// Films the replay of a record, which is always the whole of it.
fn film(
    opened: Opened,
    path: &Path,
    (args, config): (&ExportArgs, &Config),
    lang: Lang,
) -> Result<u8, Failure> {
    let choice = &args.choice;
    if !choice.speaker.is_empty()
        || choice.since.is_some()
        || choice.until.is_some()
        || args.marks
        || args.only.is_some()
    {
        let why = lang.pick("拍的是整场重放,不能只取一部分", "films the replay of the whole record");
        return Err(Failure::Usage(format!("--to asciicast: {why}")));
    }
    let source = About::new(path, lang).source(Some(opened.facts), false);
    let cast = Cast::new(opened, source, (args, config), lang)?;
    finish(Written::Film(Box::new(cast)), path, args, lang)
}

/// The posts that were asked for; none at all is a sentence.
fn chosen(
    (args, ways): (&ExportArgs, Ways),
    record: (&Transcript, &Structure),
    marks: &Marks,
    lang: Lang,
) -> Result<Vec<PostId>, Failure> {
    let all = Chosen::of(&args.choice, record, lang)?.ids();
    let only = args.only.as_deref().map(|text| {
        Filter::parse(text, ways)
            .map_err(|fault| Failure::Usage(format!("--only {text}: {}", fault.words(lang))))
    });
    let only = only.transpose()?.map(|(query, others)| (query.bound(record, marks), query, others));
    let is_asked = |id: PostId| {
        only.as_ref().is_none_or(|(bound, query, others)| query.asks_for(id, bound, record) != *others)
    };
    let posts: Vec<_> = all.filter(|&id| (!args.marks || marks.of(id).is_some()) && is_asked(id)).collect();
    if posts.is_empty() && !record.0.is_empty() {
        let nowhere = only.as_ref().and_then(|(bound, ..)| bound.nowhere());
        return Err(Failure::Input(match nowhere {
            Some(none) => format!("--only: {}", lang.nowhere(none.key, &none.value)),
            None => lang.pick("没有这样的发言", "no post is like that").to_owned(),
        }));
    }
    Ok(posts)
}

/// Writes what is to be written where that was asked for, and says what the format does not hold.
fn finish(mut export: Written, path: &Path, args: &ExportArgs, lang: Lang) -> Result<u8, Failure> {
    if args.strict {
        // What is not held may only be known when it is written.
        export.encode(&mut io::sink())?;
        let notices = export.notices(lang);
        if !notices.is_empty() {
            let why = lang.pick("没有写(--strict)", "nothing is written (--strict)");
            return Err(Failure::Input(format!(
                "{}: {why}: {}",
                source::called(path, lang),
                notices.join("; ")
            )));
        }
    }
    match &args.output {
        None => export.write(&mut io::stdout().lock())?,
        Some(out) => place::fill(out, |file| export.write(file)).map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::Output(error),
            _ => source::unwritable(out, &error, lang),
        })?,
    }
    export.notices(lang).iter().for_each(|notice| say(notice));
    Ok(0)
}

/// Whether two names lead to one file.
pub fn is_same(a: &Path, b: &Path) -> bool {
    let place = |path: &Path| {
        let known = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
        Some((known.dev(), known.ino()))
    };
    place(a).is_some_and(|a| place(b) == Some(a))
}

/// Why live text cannot hold a record, and what can.
pub fn unfit_for_txt(record: Record, unfit: Unfit) -> String {
    let (lang, meta): (Lang, &Meta) = (record.lang, &record.transcript.meta);
    // Times of day that no source tells the date of.
    let is_of_day = meta.resolution_ms >= 60_000;
    let why = match (unfit, lang) {
        (Unfit::Clock(ClockKind::Offset), _) if is_of_day => lang
            .pick("只有钟点,没有日期,txt 要有日期", "its times of day have no date, and txt needs one")
            .to_owned(),
        (Unfit::Clock(ClockKind::Offset), Lang::Zh) => "时间从开头算起,txt 只能写钟点".to_owned(),
        (Unfit::Clock(ClockKind::Offset), Lang::En) => {
            "its times count from the start, and txt holds times of day only".to_owned()
        }
        (Unfit::Clock(_), Lang::Zh) => "没有时间,txt 就分不清谁在发言".to_owned(),
        (Unfit::Clock(_), Lang::En) => {
            "it has no times, and without them txt cannot tell who speaks".to_owned()
        }
        (Unfit::Post(post), Lang::Zh) => format!("#{} 写成 txt 后读不回原样", post.number()),
        (Unfit::Post(post), Lang::En) => {
            format!("post #{} would not read back the same from txt", post.number())
        }
    };
    format!("{why}; {}", lang.pick("请用 json", "use json"))
}

/// What a command writes.
enum Written<'a> {
    Posts(Box<Export<'a>>),
    Film(Box<Cast>),
}

impl Written<'_> {
    /// To a terminal nothing goes that it would obey; anything else gets the bytes as they are.
    fn write(&mut self, out: &mut (impl Write + IsTerminal)) -> io::Result<()> {
        if out.is_terminal() {
            match self {
                Self::Posts(export) => export.write_harmless(out)?,
                Self::Film(cast) => cast.write(out)?,
            }
        } else {
            let mut out = BufWriter::new(&mut *out);
            self.encode(&mut out)?;
            out.flush()?;
        }
        out.flush()
    }

    fn encode(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Posts(export) => export.write(out),
            Self::Film(cast) => cast.write(out),
        }
    }

    fn notices(&self, lang: Lang) -> Vec<String> {
        match self {
            Self::Posts(export) => export.notices(lang),
            Self::Film(_) => {
                let words = lang
                    .pick("只有画面,读不回实录", "it holds screens, and does not read back as the record");
                vec![format!("asciicast: {words}")]
            }
        }
    }
}

/// Posts of a record in a format.
pub enum Export<'a> {
    /// The project's own, as one object.
    Json(Record<'a>),
    /// The same by lines.
    Jsonl(Record<'a>),
    /// The text.
    Txt(Record<'a>, String),
    /// A document.
    Document(Document<'a>),
    /// Subtitles.
    Subtitles(Subtitled<'a>),
}

impl<'a> Export<'a> {
    /// Of a format that is no film; the pacing and the speed are those of subtitles.
    pub fn new(record: Record<'a>, format: ExportFormat, pacing: (Pacing, f64)) -> Result<Self, Unfit> {
        let subtitles = |format| Self::Subtitles(Subtitled::new(record, pacing, format));
        let document = |shape| Self::Document(Document::new(record, shape));
        Ok(match format {
            ExportFormat::Json => Self::Json(record),
            ExportFormat::Jsonl | ExportFormat::Asciicast => Self::Jsonl(record),
            ExportFormat::Txt => Self::Txt(record, write_txt(record.transcript, record.posts)?),
            ExportFormat::Md => document(Shape::Markdown),
            ExportFormat::Html => document(Shape::Html),
            ExportFormat::Csv => document(Shape::Csv),
            ExportFormat::Vtt => subtitles(Subtitles::Vtt),
            ExportFormat::Srt => subtitles(Subtitles::Srt),
        })
    }

    /// Writes it.
    pub fn write(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Json(record) => write_json_of(*record, out),
            Self::Jsonl(record) => write_jsonl_of(*record, out),
            Self::Txt(_, text) => out.write_all(text.as_bytes()),
            Self::Document(document) => document.write(out),
            Self::Subtitles(subtitled) => subtitled.write(out),
        }
    }

    /// JSON escapes what live text can only show as marks; the rest holds nothing of the kind.
    fn write_harmless(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Json(_) | Self::Jsonl(_) => {
                let mut bytes = Vec::new();
                self.write(&mut bytes)?;
                out.write_all(harmless_json(&bytes).as_bytes())
            }
            Self::Document(document) => document.write_harmless(out),
            Self::Txt(_, text) => text.lines().try_for_each(|line| writeln!(out, "{}", Shown::of(line))),
            Self::Subtitles(_) => self.write(out),
        }
    }

    /// What the format does not hold, once it is written.
    pub fn notices(&self, lang: Lang) -> Vec<String> {
        match self {
            Self::Json(_) | Self::Jsonl(_) => Vec::new(),
            Self::Txt(record, _) => {
                let held = [Thing::Marks, Thing::Title];
                // Paragraphs without times have no title above them.
                let held =
                    if record.transcript.meta.clock == ClockKind::Wall { &held[..] } else { &held[..1] };
                losses("txt", *record, held, lang)
            }
            Self::Document(document) => document.notices(lang),
            Self::Subtitles(subtitled) => subtitled.notices(lang),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::{Cli, Command};
    use crate::format::{Forced, read_bytes};
    use clap::{Parser, ValueEnum};
    use std::sync::Arc;

    fn opened(text: &str) -> Opened {
        let (transcript, facts) = read_bytes(text.as_bytes(), Forced::default()).unwrap();
        Opened { transcript, facts, corrections: Arc::default() }
    }

    #[test]
    fn no_export_gives_a_terminal_anything_to_obey() {
        let text = "2025-01-01 08:00\n\n坏\u{9b}人\n\n一\u{1b}]0;x\u{7}二\u{202e}三\n";
        for to in ExportFormat::value_variants() {
            let name = to.to_possible_value().unwrap();
            let arguments = ["shilu", "export", "--to", name.get_name()];
            let Some(Command::Export(args)) = Cli::parse_from(arguments).command else { panic!() };
            let opened = opened(text);
            let structure = opened.structure();
            let (posts, marks): (Vec<_>, _) = (opened.transcript.ids().collect(), Marks::default());
            let record = Record {
                transcript: &opened.transcript,
                structure: &structure,
                posts: &posts,
                marks: &marks,
                name: "x",
                lang: Lang::En,
            };
            let pacing = (source::pacing(&args.pacing), 1.0);
            let export = || Export::new(record, args.to, pacing).unwrap();
            let (mut bytes, mut shown) = (Vec::new(), Vec::new());
            export().write(&mut bytes).unwrap();
            export().write_harmless(&mut shown).unwrap();
            let shown = String::from_utf8(shown).unwrap();
            let obeyed = |ch: char| ch.is_control() && ch != '\n' || ch == '\u{202e}';
            assert!(!shown.contains(obeyed), "{shown}");
            assert_eq!(shown.lines().count(), String::from_utf8(bytes).unwrap().lines().count());
        }
    }
}
