//! `shilu state`: what is kept of records in the state folder, and removing what is not needed any more.

use super::corrections::{unusable, unwritable};
use super::source;
use super::stream::{Failure, harmless_json, say};
use crate::cli::StateArgs;
use crate::lang::Lang;
use crate::store::{Disk, Prune, Remembered, StateFile, inventory, state_folder, take_out};
use crate::text::ruler::Ruler;
use crate::text::safe::Shown;
use chrono::{DateTime, Local, SecondsFormat};
use serde::Serialize;
use std::io::{self, Write};
use std::path::Path;

/// Runs the command. The exit code is 1 if a file cannot be read or removed.
pub fn run(args: &StateArgs) -> Result<u8, Failure> {
    let lang = source::lang(args.lang);
    let no_home = || {
        Failure::Input(
            lang.pick("没有 HOME,也就没有状态目录", "there is no HOME, and so no state folder").to_owned(),
        )
    };
    let state = state_folder().ok_or_else(no_home)?;
    let found = inventory(&state);
    let (items, broken) = found.map_err(|broken| Failure::Input(unusable(&broken, lang)))?;
    for broken in &broken {
        say(&unusable(broken, lang));
    }
    let code = u8::from(!broken.is_empty());
    if args.prune {
        let prune = Prune { older: args.older_than, marks: args.marks };
        return Ok(code.max(removed(&items, prune, args.json, lang)?));
    }
    let mut out = io::stdout().lock();
    if args.json {
        json(&mut out, &List::of(&state, &items))?;
    } else {
        table(&mut out, &state, &items, lang)?;
    }
    Ok(code)
}

/// Removes what may go. Marks are told before, since nothing brings them back.
fn removed(items: &[Remembered], prune: Prune, as_json: bool, lang: Lang) -> Result<u8, Failure> {
    let (mut out, mut all, mut code) = (io::stdout().lock(), Vec::new(), 0);
    let now = Local::now().into();
    for (item, kept) in items.iter().flat_map(|item| item.files.iter().map(move |kept| (item, kept))) {
        if !prune.takes(item.gone, kept, now) {
            continue;
        }
        if !as_json {
            for line in told(item, kept, lang) {
                writeln!(out, "{}", Shown::of(&line))?;
            }
            out.flush()?;
        }
        match take_out(&Disk, &kept.path, prune, now) {
            Ok(true) => all.push(Gone::of(item, kept)),
            Ok(false) => say(&format!(
                "{}: {}",
                item.record,
                lang.pick("刚才又读过,留下了", "read again just now, and stays")
            )),
            Err(failed) => {
                say(&unwritable(&failed, lang));
                code = 1;
            }
        }
    }
    match as_json {
        true => json(&mut out, &Removal { schema: SCHEMA, removed: all })?,
        false if all.is_empty() && code == 0 => {
            writeln!(out, "{}", lang.pick("没有要删去的", "there is nothing to remove"))?;
        }
        false => {}
    }
    Ok(code)
}

/// `删去 /实录/talk.txt 的书签与笔记 3 处`, and a line for each: `  #42 开幕`
fn told(item: &Remembered, kept: &StateFile, lang: Lang) -> Vec<String> {
    let record = &item.record;
    if kept.marks().is_empty() {
        return vec![match lang {
            Lang::Zh => format!("删去 {record} 读到的位置"),
            Lang::En => format!("removing the reading position of {record}"),
        }];
    }
    let mut marks: Vec<_> = kept.marks().iter().collect();
    marks.sort_by_key(|entry| entry.number);
    let each = marks.into_iter().map(|entry| {
        let mark = &entry.mark;
        let is_bare = mark.name.is_empty() && mark.note.is_empty();
        let called = if is_bare { &entry.check.begins } else { &mark.name };
        let tags = mark.tags.iter().map(|tag| format!("#{tag}"));
        let parts = [format!("#{}", entry.number), called.clone(), mark.note.clone()];
        let parts = parts.into_iter().chain(tags).filter(|part| !part.is_empty());
        let words = parts.collect::<Vec<_>>().join(" ");
        format!("  {}", words.split_whitespace().collect::<Vec<_>>().join(" "))
    });
    let count = kept.marks().len();
    let head = match lang {
        Lang::Zh => format!("删去 {record} 的书签与笔记 {count} 处"),
        Lang::En => format!("removing the bookmarks and notes of {record}: {count}"),
    };
    std::iter::once(head).chain(each).collect()
}

fn table(out: &mut impl Write, state: &Path, items: &[Remembered], lang: Lang) -> io::Result<()> {
    let folder = state.display().to_string();
    if items.is_empty() {
        let nothing = lang.pick("还没有留下什么", "nothing is kept yet");
        return writeln!(out, "{}: {nothing}", Shown::of(&folder));
    }
    let head = match lang {
        Lang::Zh => ["改动", "书签", "笔记", "标签", "读到", "大小", "实录"],
        Lang::En => ["changed", "bookmarks", "notes", "tagged", "read to", "size", "record"],
    };
    let mut rows = vec![head.map(str::to_owned)];
    rows.extend(items.iter().map(|item| row(item, lang)));
    let ruler = Ruler::default();
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| ruler.width(cell)).max().unwrap_or(0)
    };
    let widths: Vec<_> = (0..head.len()).map(width).collect();
    for row in &rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            let pad = " ".repeat(width.saturating_sub(ruler.width(cell)));
            match column {
                0 => format!("{cell}{pad}"),
                1..6 => format!("{pad}{cell}"),
                _ => Shown::of(cell).to_string(),
            }
        });
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  "))?;
    }
    Ok(())
}

fn row(item: &Remembered, lang: Lang) -> [String; 7] {
    let told = Told::of(item);
    let count = |count: usize| if count == 0 { "-".to_owned() } else { count.to_string() };
    let changed = DateTime::<Local>::from(item.changed()).format("%Y-%m-%d %H:%M").to_string();
    let read = item.reading().map_or_else(|| "-".to_owned(), |(post, posts, _)| format!("#{post}/{posts}"));
    let gone = if item.gone { lang.pick("(已不在)", " (gone)") } else { "" };
    let record = format!("{}{gone}", item.record);
    [changed, count(told.bookmarks), count(told.notes), count(told.tagged), read, size(told.bytes), record]
}

/// `812 B`, `1.2 kB`
fn size(bytes: u64) -> String {
    match bytes {
        0..1000 => format!("{bytes} B"),
        1000..1_000_000 => format!("{}.{} kB", bytes / 1000, bytes / 100 % 10),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

/// The name of what is written as JSON.
const SCHEMA: &str = "shilu-state/1";

#[derive(Serialize)]
struct List<'a> {
    schema: &'static str,
    folder: String,
    records: Vec<Told<'a>>,
}

/// What is kept of a record, in numbers.
#[derive(Serialize)]
struct Told<'a> {
    record: &'a str,
    gone: bool,
    changed: String,
    bytes: u64,
    bookmarks: usize,
    notes: usize,
    tagged: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    reading: Option<Position<'a>>,
}

#[derive(Serialize)]
struct Position<'a> {
    post: usize,
    posts: usize,
    when: &'a str,
}

#[derive(Serialize)]
struct Removal<'a> {
    schema: &'static str,
    removed: Vec<Gone<'a>>,
}

#[derive(Serialize)]
struct Gone<'a> {
    record: &'a str,
    file: String,
    marks: usize,
}

impl<'a> List<'a> {
    fn of(state: &Path, items: &'a [Remembered]) -> Self {
        let folder = state.display().to_string();
        Self { schema: SCHEMA, folder, records: items.iter().map(Told::of).collect() }
    }
}

impl<'a> Told<'a> {
    fn of(item: &'a Remembered) -> Self {
        let marks = || item.marks().map(|entry| &entry.mark);
        let changed = DateTime::<Local>::from(item.changed());
        Self {
            record: &item.record,
            gone: item.gone,
            changed: changed.to_rfc3339_opts(SecondsFormat::Secs, false),
            bytes: item.files.iter().map(|kept| kept.bytes).sum(),
            bookmarks: marks().filter(|mark| mark.bookmarked).count(),
            notes: marks().filter(|mark| !mark.note.is_empty()).count(),
            tagged: marks().filter(|mark| !mark.tags.is_empty()).count(),
            reading: item.reading().map(|(post, posts, when)| Position { post, posts, when }),
        }
    }
}

impl<'a> Gone<'a> {
    fn of(item: &'a Remembered, kept: &StateFile) -> Self {
        Self { record: &item.record, file: kept.path.display().to_string(), marks: kept.marks().len() }
    }
}

fn json(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let json = serde_json::to_vec_pretty(value).map_err(io::Error::from)?;
    writeln!(out, "{}", harmless_json(&json))
}
