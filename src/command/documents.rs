//! A record as a document that other programs show, and what is said of what a format does not hold.

use crate::format::{Record, Thing, write_csv, write_html, write_markdown};
use crate::lang::Lang;
use std::io::{self, Write};

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
            Self::Markdown => &[Thing::Title, Thing::Kept],
            Self::Html => {
                &[Thing::Title, Thing::Language, Thing::Zone, Thing::Kinds, Thing::People, Thing::Kept]
            }
            Self::Csv => &[Thing::Zone, Thing::Ends, Thing::Kinds, Thing::People, Thing::Kept],
        }
    }
}

/// A record that is written as a document.
pub struct Document<'a> {
    record: Record<'a>,
    shape: Shape,
    /// Texts of a table that begin with an apostrophe which is not theirs.
    guards: usize,
}

impl<'a> Document<'a> {
    /// Posts of a record.
    pub const fn new(record: Record<'a>, shape: Shape) -> Self {
        Self { record, shape, guards: 0 }
    }

    /// Writes it.
    pub fn write(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self.shape {
            Shape::Markdown => write_markdown(self.record, out),
            Shape::Html => write_html(self.record, out),
            Shape::Csv => {
                self.guards = write_csv(self.record, out)?;
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
        let mut notices = losses(self.shape.name(), self.record, self.shape.held(), lang);
        if self.guards > 0 {
            let sentence = lang.pick(
                "有 # 格会被表格软件当成公式,前面加了 '",
                "texts that a spreadsheet would take for formulas have a ' before them (texts: #)",
            );
            notices.push(format!("{}: {}", self.shape.name(), counted(sentence, self.guards)));
        }
        notices
    }
}

/// What a record has that a format does not hold: a sentence each.
pub fn losses(name: &str, record: Record, held: &[Thing], lang: Lang) -> Vec<String> {
    let lost = Thing::ALL.into_iter().filter(|thing| !held.contains(thing));
    let sentence = |thing: Thing| {
        let count = thing.count(record);
        (count > 0).then(|| format!("{name}: {}", counted(sentence_on(thing, lang), count)))
    };
    lost.filter_map(sentence).collect()
}

/// A sentence with its number.
pub fn counted(sentence: &str, count: usize) -> String {
    sentence.replace('#', &count.to_string())
}

/// What is said of what is lost; `#` stands for how often it is.
const fn sentence_on(thing: Thing, lang: Lang) -> &'static str {
    match thing {
        Thing::Title => lang.pick("没有写标题", "the title is left out"),
        Thing::Language => lang.pick("没有写语言", "the language is left out"),
        Thing::Zone => lang.pick("没有写时区", "the offset from UTC is left out"),
        Thing::Ends => lang.pick("没有写 # 条的结束时间", "end times are left out (posts: #)"),
        Thing::Kinds => lang.pick("没有写 # 条的类别", "kinds of posts are left out (posts: #)"),
        Thing::People => lang.pick(
            "没有写 # 人所注的姓名、职务、角色",
            "declared names, titles and roles are left out (people: #)",
        ),
        Thing::Aliases => lang.pick("没有写 # 人的别名", "other spellings of names are left out (people: #)"),
        Thing::Extras => {
            lang.pick("没有写 # 处不认识的字段", "fields that are not known are left out (places: #)")
        }
        Thing::Marks => lang.pick(
            "有 # 处控制字符或不可见字符写成了记号",
            "control and invisible characters are written as marks (posts and names: #)",
        ),
        Thing::Kept => {
            lang.pick("没有写 # 条的书签、笔记、标签", "bookmarks, notes and tags are left out (posts: #)")
        }
    }
}
