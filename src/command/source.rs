//! Opening what is to be read, and saying in one sentence why it cannot be.

use super::corrections;
use super::demo::DEMO;
use super::stream::{Failure, say};
use crate::app::Options;
use crate::choice::{AmbiguousWidth, LangChoice, ReadingSpeed, ThemeName};
use crate::cli::{PacingArgs, SourceArgs, TextArgs};
use crate::config::Config;
use crate::format::{self, Broken, Facts, Forced, Input, ParseError, Problem};
use crate::lang::Lang;
use crate::replay::Pacing;
use crate::structure::{Corrections, Structure};
use crate::text::ruler::Ruler;
use crate::text::wrap::Typesetting;
use crate::transcript::Transcript;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// A whole record, and how it was read.
pub struct Opened {
    /// The record.
    pub transcript: Transcript,
    /// What was found out on the way.
    pub facts: Facts,
    /// What a reader has corrected in it.
    pub corrections: Arc<Corrections>,
}

impl Opened {
    /// What is derived from the record, as corrected.
    pub fn structure(&self) -> Structure {
        Structure::corrected(&self.transcript, Arc::clone(&self.corrections))
    }
}

/// The language of messages.
pub fn lang(choice: LangChoice) -> Lang {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG")).unwrap_or_default();
    Lang::choose(choice, &locale)
}

/// The ruler for the terminal.
pub fn ruler(text: TextArgs) -> Ruler {
    Ruler::new(text.ambiguous_width == AmbiguousWidth::Two)
}

/// How text is to be set.
pub fn typesetting(text: TextArgs) -> Typesetting {
    Typesetting {
        kinsoku: text.kinsoku,
        hang: text.hang.into(),
        autospace: text.autospace,
        indent: text.indent,
    }
}

/// The pacing asked for.
pub fn pacing(args: &PacingArgs) -> Pacing {
    let cpm = match args.cpm {
        ReadingSpeed::Fixed(cpm) => cpm,
        ReadingSpeed::Measured => Pacing::default().cpm,
    };
    Pacing { gaps: args.gaps, limit_ms: args.idle_limit, pace: args.pace, cpm }
}

/// How the reader starts, paused, at the beginning.
pub fn options(
    pacing: &PacingArgs,
    text: TextArgs,
    (theme, lang): (ThemeName, Lang),
    config: &Config,
) -> Options {
    Options {
        pacing: self::pacing(pacing),
        measured: pacing.cpm == ReadingSpeed::Measured,
        speed: pacing.speed,
        play: false,
        at: None,
        lang,
        ruler: ruler(text),
        typesetting: typesetting(text),
        theme,
        config: config.clone(),
    }
}

/// The theme of that name.
pub fn theme(name: &str, config: &Config, lang: Lang) -> Result<ThemeName, Failure> {
    config.theme(name).map_err(|what| Failure::Usage(format!("--theme: {}", what.tell(lang))))
}

/// What the user decided about the source.
pub const fn forced(args: &SourceArgs) -> Forced {
    Forced { format: args.format, encoding: args.encoding, start: args.assume_start }
}

/// What a source is called in a sentence.
pub fn called(path: &Path, lang: Lang) -> String {
    let input = path.as_os_str() == "-";
    if input { lang.words().standard_input.to_owned() } else { path.display().to_string() }
}

/// Opens a file; a directory, a missing or an unreadable one is a sentence.
pub fn open(path: &Path, lang: Lang) -> Result<Input, Failure> {
    if path.as_os_str() == "-" {
        return Ok(Input::Stream(Box::new(io::stdin())));
    }
    let file = File::open(path).map_err(|error| unreadable(path, &error, lang))?;
    let metadata = file.metadata().map_err(|error| unreadable(path, &error, lang))?;
    if metadata.is_dir() {
        return Err(unreadable(path, &io::ErrorKind::IsADirectory.into(), lang));
    }
    let by_position = metadata.is_file();
    Ok(if by_position { Input::File(Arc::new(file), metadata.len()) } else { Input::Stream(Box::new(file)) })
}

/// Reads the whole demo.
pub fn demo(args: &SourceArgs, lang: Lang) -> Result<Opened, Failure> {
    let (transcript, facts) = format::read_bytes(DEMO.as_bytes(), forced(args))
        .map_err(|error| failed(Path::new("demo"), &error, lang))?;
    Ok(Opened { transcript, facts, corrections: Arc::default() })
}

/// Reads a whole record.
pub fn read(path: &Path, args: &SourceArgs, lang: Lang) -> Result<Opened, Failure> {
    let (transcript, facts) =
        format::read(open(path, lang)?, forced(args)).map_err(|error| failed(path, &error, lang))?;
    if let Some(notice) = facts.notice.filter(|notice| notice.replaced > 0) {
        let replaced = lang.replaced(notice.replaced);
        say(&format!("{}: {replaced} ({})", called(path, lang), notice.encoding));
    }
    for (remark, count, line) in facts.remarks.iter() {
        let place = if line > 0 { format!(":{line}") } else { String::new() };
        say(&format!("{}{place}: {}", called(path, lang), lang.remark(remark, count)));
    }
    Ok(Opened { transcript, facts, corrections: Arc::new(corrections::load(path, lang)) })
}

/// A sentence about a source that cannot be read, or breaks its format.
pub fn failed(path: &Path, error: &Broken, lang: Lang) -> Failure {
    match error {
        Broken::Input(error) => unreadable(path, error, lang),
        Broken::Text(error) => broken(path, error, lang),
    }
}

/// A sentence about a file that cannot be read.
pub fn unreadable(path: &Path, error: &io::Error, lang: Lang) -> Failure {
    let why = match error.kind() {
        io::ErrorKind::IsADirectory => {
            lang.pick("是目录,不是实录文件", "is a directory, not a transcript").to_owned()
        }
        _ => lang.os_error(error),
    };
    Failure::Input(format!("{}: {why}", called(path, lang)))
}

/// A sentence about a file that cannot be written.
pub fn unwritable(path: &Path, error: &io::Error, lang: Lang) -> Failure {
    Failure::Input(format!("{}: {}", path.display(), lang.os_error(error)))
}

/// A sentence about a source that breaks its format.
fn broken(path: &Path, error: &ParseError, lang: Lang) -> Failure {
    let place = error.line.map_or_else(String::new, |line| format!(":{line}"));
    let what = match &error.problem {
        Problem::Binary { offset } => match lang {
            Lang::Zh => format!("不是文字实录:第 {offset} 字节处是二进制数据"),
            Lang::En => format!("not a transcript: binary data at offset {offset}"),
        },
        Problem::Compressed { how } => match lang {
            Lang::Zh => format!("是 {how} 压缩文件,请先解压"),
            Lang::En => format!("compressed with {how}: unpack it first"),
        },
        Problem::Archive { files, texts } => match lang {
            Lang::Zh => format!("压缩包里有 {files} 个文件,其中 {texts} 个像是文字:请取出要读的那一个"),
            Lang::En => {
                format!("the archive holds {files} files, {texts} of them texts: unpack the one to read")
            }
        },
        Problem::Json { message } => match lang {
            Lang::Zh => format!("JSON 有误:{message}"),
            Lang::En => format!("broken JSON: {message}"),
        },
        Problem::Expected { place, what } => match lang {
            Lang::Zh => format!("{place} 处应为 {what}"),
            Lang::En => format!("expected {what} at {place}"),
        },
    };
    Failure::Input(format!("{}{place}: {what}", called(path, lang)))
}
