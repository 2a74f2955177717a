//! A record as a document that other programs show, and what is said of what a format does not hold.

use super::source::Opened;
use crate::format::{Record, Thing, write_csv, write_html, write_markdown};
use crate::lang::Lang;
use crate::transcript::Transcript;
use std::io::{self, Write};
use std::path::Path;

/// The format of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Markdown.
    Markdown,
    /// A page of HTML.
    Html,
    /// A table.
    Csv,
}

impl Shape {
    const fn name(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Csv => "csv",
        }
    }

    const fn held(self) -> &'static [Thing] {
        match self {
            Self::Markdown => &[Thing::Title],
            Self::Html => &[Thing::Title, Thing::Language, Thing::Zone, Thing::Kinds, Thing::People],
            Self::Csv => &[Thing::Zone, Thing::Ends, Thing::Kinds, Thing::People],
        }
    }
}

/// A record that is written as a document.
pub struct Document {
    opened: Opened,
    name: String,
    shape: Shape,
    lang: Lang,
    /// Texts of a table that begin with an apostrophe which is not theirs.
    guards: usize,
}

impl Document {
    /// A record, as it is read from a file.
    pub fn new(opened: Opened, path: &Path, shape: Shape, lang: Lang) -> Self {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Self { opened, name, shape, lang, guards: 0 }
    }

    /// Writes it.
    pub fn write(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let (transcript, structure) = (&self.opened.transcript, self.opened.structure());
        let record = Record { transcript, structure: &structure, name: &self.name, lang: self.lang };
        match self.shape {
            Shape::Markdown => write_markdown(record, transcript.ids(), out),
            Shape::Html => write_html(record, transcript.ids(), out),
            Shape::Csv => {
                self.guards = write_csv(record, transcript.ids(), out)?;
                Ok(())
            }
        }
    }

    /// Writes it to a terminal: a table without its mark and its carriage returns.
    pub fn write_harmless(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.shape != Shape::Csv {
            return self.write(out);
        }
        let mut bytes = Vec::new();
        self.write(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        out.write_all(text.trim_start_matches('\u{feff}').replace('\r', "").as_bytes())
    }

    /// What was not held: a sentence each.
    pub fn notices(&self, lang: Lang) -> Vec<String> {
        let mut notices = losses(self.shape.name(), &self.opened.transcript, self.shape.held(), lang);
        if self.guards > 0 {
            let words = lang.pick(
                "表格软件会当成公式、因而前加 ' 的格数",
                "texts with ' before what a spreadsheet would take for a formula",
            );
            notices.push(format!("{}: {words}: {}", self.shape.name(), self.guards));
        }
        notices
    }
}

/// What a record has that a format does not hold: a sentence each.
pub fn losses(name: &str, transcript: &Transcript, held: &[Thing], lang: Lang) -> Vec<String> {
    let lost = Thing::ALL.into_iter().filter(|thing| !held.contains(thing));
    let sentence = |thing: Thing| {
        let count = thing.count(transcript);
        let (words, counts) = words(thing, lang);
        let number = if counts { format!(": {count}") } else { String::new() };
        (count > 0).then(|| format!("{name}: {words}{number}"))
    };
    lost.filter_map(sentence).collect()
}

/// What is said of what is lost, and whether it is counted.
const fn words(thing: Thing, lang: Lang) -> (&'static str, bool) {
    match thing {
        Thing::Title => (lang.pick("没有写标题", "the title is left out"), false),
        Thing::Language => (lang.pick("没有写语言", "the language is left out"), false),
        Thing::Zone => (lang.pick("没有写时区", "the offset from UTC is left out"), false),
        Thing::Ends => (lang.pick("没有写结束时间的条数", "posts whose end is left out"), true),
        Thing::Kinds => (lang.pick("没有写类别的条数", "posts whose kind is left out"), true),
        Thing::People => (
            lang.pick(
                "没有写所注姓名、职务、角色的人数",
                "people whose declared name, title or role is left out",
            ),
            true,
        ),
        Thing::Aliases => (lang.pick("没有写别名的人数", "people whose other spellings are left out"), true),
        Thing::Extras => {
            (lang.pick("没有写其他字段的处数", "places with fields left out that are not known"), true)
        }
        Thing::Marks => (
            lang.pick(
                "控制字符和不可见字符不照写的处数",
                "posts and names with marks for control and invisible characters",
            ),
            true,
        ),
    }
}
