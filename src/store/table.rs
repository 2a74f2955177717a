//! What the files of the store have in common: they are TOML, read whole, and what is wrong in them has a line.

use super::broken::{Broken, Shape, What};
use rustix::fs::OFlags;
use std::fmt::Write;
use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::ops::Range;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use toml_edit::{Document, Item, Table, TableLike, Value};

/// The largest file that is read, in bytes.
pub const LARGEST: u64 = 16 << 20;

/// A place in the text.
pub type Span = Option<Range<usize>>;

/// What is wrong, and where.
pub type Flaw = (Span, What);

/// The text of a file; none if there is no file.
pub fn read_text(path: &Path) -> Result<Option<String>, Broken> {
    let whole = |what| Broken::whole(path, what);
    let mut file = match open(path) {
        Ok(Some(file)) => file,
        Ok(None) => return Ok(None),
        Err(error) => return Err(whole(What::Unreadable(error))),
    };
    if !file.metadata().is_ok_and(|found| found.is_file()) {
        return Err(whole(What::NoFile));
    }
    let mut bytes = Vec::new();
    let read = Read::by_ref(&mut file).take(LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| whole(What::Unreadable(error)))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let line = line_at(error.as_bytes(), error.utf8_error().valid_up_to());
        Broken { line: Some(line), ..whole(What::Encoding) }
    })?;
    Ok(Some(text))
}

/// Reads what a text says; the path is for what is wrong with it.
pub fn parsed<T>(
    path: &Path,
    text: &str,
    read: impl FnOnce(&Document<&str>) -> Result<T, Flaw>,
) -> Result<T, Broken> {
    if text.len() as u64 > LARGEST {
        return Err(Broken::whole(path, What::TooLarge(LARGEST)));
    }
    let document = Document::parse(text);
    let document = document.map_err(|error| (error.span(), What::Syntax(error.message().to_owned())));
    document.and_then(|document| read(&document)).map_err(|(span, what)| {
        let line = span.map(|span| line_at(text.as_bytes(), span.start));
        Broken { path: path.to_owned(), line, what }
    })
}

/// Opens a file, and waits for no other end of a pipe; a name that no file can have is none.
fn open(path: &Path) -> io::Result<Option<File>> {
    use io::ErrorKind::{InvalidFilename, NotADirectory, NotFound};
    let flags = (OFlags::NONBLOCK | OFlags::NOCTTY).bits();
    match OpenOptions::new().read(true).custom_flags(flags as i32).open(path) {
        Err(error) if [NotFound, NotADirectory, InvalidFilename].contains(&error.kind()) => Ok(None),
        result => result.map(Some),
    }
}

/// The line, from 1, of a byte of a text.
fn line_at(text: &[u8], offset: usize) -> usize {
    1 + text.iter().take(offset).filter(|byte| **byte == b'\n').count()
}

/// The tables under a key, written as `[[key]]` or as an array of inline tables, and where they stand.
pub fn tables<'a>(item: Option<&'a Item>, key: &'static str) -> Result<Vec<(Span, &'a dyn TableLike)>, Flaw> {
    let Some(item) = item else { return Ok(Vec::new()) };
    if let Some(tables) = item.as_array_of_tables() {
        return Ok(tables.iter().map(|table| (table.span(), table as &dyn TableLike)).collect());
    }
    let array = item.as_array().ok_or_else(|| wrong(item, key, Shape::Tables))?;
    let inline = |value: &'a Value| value.as_inline_table();
    let table = |value| inline(value).map(|table| (table.span(), table as &dyn TableLike));
    array.iter().map(table).collect::<Option<_>>().ok_or_else(|| wrong(item, key, Shape::Tables))
}

pub fn needed(span: Span, table: &dyn TableLike, key: &'static str) -> Result<String, Flaw> {
    optional(table, key)?.ok_or((span, What::Missing(key)))
}

pub fn optional(table: &dyn TableLike, key: &'static str) -> Result<Option<String>, Flaw> {
    let text = |item: &Item| item.as_str().map(str::to_owned).ok_or_else(|| wrong(item, key, Shape::Text));
    table.get(key).map(text).transpose()
}

pub fn yes_no(table: &dyn TableLike, key: &'static str) -> Result<Option<bool>, Flaw> {
    table.get(key).map(|item| item.as_bool().ok_or_else(|| wrong(item, key, Shape::YesNo))).transpose()
}

pub fn texts(table: &dyn TableLike, key: &'static str) -> Result<Option<Vec<String>>, Flaw> {
    let Some(item) = table.get(key) else { return Ok(None) };
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let all = item.as_array().and_then(|array| array.iter().map(text).collect());
    all.map(Some).ok_or_else(|| wrong(item, key, Shape::Texts))
}

pub fn wrong(item: &Item, key: &'static str, shape: Shape) -> Flaw {
    let first = item.as_array_of_tables().and_then(|tables| tables.get(0));
    (item.span().or_else(|| first.and_then(Table::span)), What::Expected(key, shape))
}

/// A whole number, 0 or more.
pub fn number(table: &dyn TableLike, key: &'static str) -> Result<Option<u64>, Flaw> {
    let Some(item) = table.get(key) else { return Ok(None) };
    let whole = item.as_integer().and_then(|number| u64::try_from(number).ok());
    whole.map(Some).ok_or_else(|| wrong(item, key, Shape::Number))
}

/// A string of one line, whatever is in it, as TOML 1.0 writes one.
pub fn string(text: &str) -> Value {
    let mut written = String::with_capacity(text.len() + 2);
    for ch in text.chars() {
        match ch {
            '"' | '\\' => written.extend(['\\', ch]),
            '\n' => written.push_str("\\n"),
            '\t' => written.push_str("\\t"),
            _ => push(&mut written, ch),
        }
    }
    format!("\"{written}\"").parse().unwrap_or_else(|_| text.into())
}

/// A string of several lines, each on a line of its own.
pub fn lines(text: &str) -> Value {
    if !text.contains('\n') {
        return string(text);
    }
    let mut written = String::with_capacity(text.len() + 8);
    for ch in text.chars() {
        match ch {
            '"' if written.ends_with('"') => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' | '\t' => written.push(ch),
            _ => push(&mut written, ch),
        }
    }
    format!("\"\"\"\n{written}\"\"\"").parse().unwrap_or_else(|_| string(text))
}

/// Adds a character; of one that may not stand there its number.
fn push(written: &mut String, ch: char) {
    match ch {
        '\0'..='\u{1f}' | '\u{7f}' => {
            let _ = write!(written, "\\u{:04X}", ch as u32);
        }
        _ => written.push(ch),
    }
}
