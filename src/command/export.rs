//! `shilu export`: the record in another format.

use super::asciicast::Cast;
use super::documents::{Document, Shape, losses};
use super::loader::About;
use super::place;
use super::source::{self, Opened};
use super::stream::{Failure, harmless_json, say};
use super::subtitles::Subtitled;
use crate::choice::ExportFormat;
use crate::cli::ExportArgs;
use crate::config::Config;
use crate::format::{Subtitles, Thing, Unfit, write_json, write_jsonl, write_txt};
use crate::lang::Lang;
use crate::text::safe::Shown;
use crate::transcript::{ClockKind, Meta};
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
        let why = lang.pick("是实录本身,不会被改写", "is the record itself, which is never written");
        return Err(Failure::Usage(format!("{}: {why}", source::called(out, lang))));
    }
    let mut export = Export::new(opened, path, (args, config), lang)?;
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
fn is_same(a: &Path, b: &Path) -> bool {
    let place = |path: &Path| {
        let known = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
        Some((known.dev(), known.ino()))
    };
    place(a).is_some_and(|a| place(b) == Some(a))
}

/// A sentence about a record that live text cannot hold.
fn unfit_for_txt(path: &Path, meta: &Meta, unfit: Unfit, lang: Lang) -> Failure {
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
    let instead = lang.pick("请用 --to json", "use --to json");
    Failure::Input(format!("{}: {why}; {instead}", source::called(path, lang)))
}

/// What is written.
enum Export {
    Json(Opened),
    Jsonl(Opened),
    /// The text, and what it does not hold.
    Txt(String, Vec<String>),
    Document(Box<Document>),
    Subtitles(Box<Subtitled>),
    Asciicast(Box<Cast>),
}

impl Export {
    fn new(
        opened: Opened,
        path: &Path,
        (args, config): (&ExportArgs, &Config),
        lang: Lang,
    ) -> Result<Self, Failure> {
        let subtitles =
            |opened, format| Self::Subtitles(Box::new(Subtitled::new(opened, args.pacing, format)));
        let document = |opened, shape| Self::Document(Box::new(Document::new(opened, path, shape, lang)));
        Ok(match args.to {
            ExportFormat::Json => Self::Json(opened),
            ExportFormat::Jsonl => Self::Jsonl(opened),
            ExportFormat::Txt => {
                let transcript = &opened.transcript;
                let text = write_txt(transcript)
                    .map_err(|unfit| unfit_for_txt(path, &transcript.meta, unfit, lang))?;
                let held = [Thing::Marks, Thing::Title];
                // Paragraphs without times have no title above them.
                let held = if transcript.meta.clock == ClockKind::Wall { &held[..] } else { &held[..1] };
                Self::Txt(text, losses("txt", transcript, held, lang))
            }
            ExportFormat::Md => document(opened, Shape::Markdown),
            ExportFormat::Html => document(opened, Shape::Html),
            ExportFormat::Csv => document(opened, Shape::Csv),
            ExportFormat::Vtt => subtitles(opened, Subtitles::Vtt),
            ExportFormat::Srt => subtitles(opened, Subtitles::Srt),
            ExportFormat::Asciicast => {
                let source = About::new(path, lang).source(Some(opened.facts), false);
                Self::Asciicast(Box::new(Cast::new(opened, source, (args, config), lang)?))
            }
        })
    }

    /// To a terminal nothing goes that it would obey; anything else gets the bytes as they are.
    fn write(&mut self, out: &mut (impl Write + IsTerminal)) -> io::Result<()> {
        if out.is_terminal() {
            self.write_harmless(out)?;
        } else {
            let mut out = BufWriter::new(&mut *out);
            self.encode(&mut out)?;
            out.flush()?;
        }
        out.flush()
    }

    fn encode(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Json(opened) => write_json(&opened.transcript, out),
            Self::Jsonl(opened) => write_jsonl(&opened.transcript, out),
            Self::Txt(text, _) => out.write_all(text.as_bytes()),
            Self::Document(document) => document.write(out),
            Self::Subtitles(subtitled) => subtitled.write(out),
            Self::Asciicast(cast) => cast.write(out),
        }
    }

    /// JSON escapes what live text can only show as marks; the rest holds nothing of the kind.
    fn write_harmless(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Json(_) | Self::Jsonl(_) => {
                let mut bytes = Vec::new();
                self.encode(&mut bytes)?;
                out.write_all(harmless_json(&bytes).as_bytes())
            }
            Self::Document(document) => document.write_harmless(out),
            Self::Txt(text, _) => text.lines().try_for_each(|line| writeln!(out, "{}", Shown::of(line))),
            Self::Subtitles(_) | Self::Asciicast(_) => self.encode(out),
        }
    }

    /// What the format does not hold, once it is written.
    fn notices(&self, lang: Lang) -> Vec<String> {
        match self {
            Self::Json(_) | Self::Jsonl(_) => Vec::new(),
            Self::Txt(_, notices) => notices.clone(),
            Self::Document(document) => document.notices(lang),
            Self::Subtitles(subtitled) => subtitled.notices(lang),
            Self::Asciicast(_) => {
                let words = lang
                    .pick("只有画面,读不回实录", "it holds screens, and does not read back as the record");
                vec![format!("asciicast: {words}")]
            }
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
            let export =
                || Export::new(opened(text), Path::new("x"), (&args, &Config::default()), Lang::En).unwrap();
            let (mut bytes, mut shown) = (Vec::new(), Vec::new());
            export().encode(&mut bytes).unwrap();
            export().write_harmless(&mut shown).unwrap();
            let shown = String::from_utf8(shown).unwrap();
            let obeyed = |ch: char| ch.is_control() && ch != '\n' || ch == '\u{202e}';
            assert!(!shown.contains(obeyed), "{shown}");
            assert_eq!(shown.lines().count(), String::from_utf8(bytes).unwrap().lines().count());
        }
    }
}
