//! Where a record was read last, as a file of its own.

use super::broken::Broken;
use super::head::{self, Record, put, read_post, write_post};
use super::table::{Flaw, number, optional, parsed, string, yes_no};
use crate::marks::Check;
use std::path::Path;
use toml_edit::{Document, DocumentMut, Item, Value};

/// Where somebody stopped to read, and what was known then.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The number of the post that was read, from 1.
    pub number: usize,
    /// What tells it from others.
    pub check: Check,
    /// So many posts before it the page began.
    pub before: usize,
    /// The byte of the body of that one that the page began with.
    pub byte: usize,
    /// Rows above or below its words, where the page began there.
    pub rows: (usize, usize),
    /// Whether who speaks stood on the row before.
    pub covered: bool,
    /// How many posts there were.
    pub posts: usize,
    /// When that was: RFC 3339.
    pub when: String,
    /// How fast it was read, in characters a minute, once that was measured.
    pub cpm: Option<u32>,
    /// How many posts a replay had shown, if it was not at its end.
    pub revealed: Option<usize>,
}

/// Reads a text; the path is for what is wrong with it. Also says what the record was known by.
pub fn read(path: &Path, text: &str) -> Result<((usize, u64), Reading), Broken> {
    parsed(path, text, |document: &Document<&str>| {
        let print = head::read(document)?;
        Ok((print, of(document)?))
    })
}

fn of(document: &Document<&str>) -> Result<Reading, Flaw> {
    let table = document.as_table();
    let (post, check) = read_post(table)?;
    let count = |key| number(table, key).map(|found| found.map(|found| found as usize));
    Ok(Reading {
        number: post,
        check,
        before: count("before")?.unwrap_or_default(),
        byte: count("byte")?.unwrap_or_default(),
        rows: (count("above")?.unwrap_or_default(), count("below")?.unwrap_or_default()),
        covered: yes_no(table, "covered")?.unwrap_or_default(),
        posts: count("of")?.unwrap_or_default(),
        when: optional(table, "when")?.unwrap_or_default(),
        cpm: number(table, "cpm")?.and_then(|cpm| u32::try_from(cpm).ok()),
        revealed: count("revealed")?,
    })
}

/// The text of a file.
pub fn write(record: &Record, print: (usize, u64), reading: &Reading) -> String {
    let mut document = DocumentMut::new();
    head::write(&mut document, record, print);
    let table = document.as_table_mut();
    write_post(table, reading.number, &reading.check);
    let count = |count: usize| -> Option<Value> { Some((count as i64).into()) };
    let some = |number| count(number).filter(|_| number > 0);
    for (key, value) in [
        ("before", some(reading.before)),
        ("byte", some(reading.byte)),
        ("above", some(reading.rows.0)),
        ("below", some(reading.rows.1)),
        ("covered", reading.covered.then(|| true.into())),
        ("of", count(reading.posts)),
        ("when", Some(string(&reading.when))),
        ("cpm", reading.cpm.and_then(|cpm| count(cpm as usize))),
        ("revealed", reading.revealed.and_then(count)),
    ] {
        if let Some(value) = value {
            put(table, key, Item::Value(value));
        }
    }
    document.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        let record = Record { path: "/实录/talk.txt".into(), size: 3 };
        let check = Check { at: "0:12:34".into(), by: "甲".into(), begins: "各位\"网友".into() };
        let full = Reading {
            number: 42,
            check,
            before: 1,
            byte: 120,
            rows: (0, 2),
            covered: true,
            posts: 129,
            when: "2026-11-26T18:00:00+08:00".into(),
            cpm: Some(400),
            revealed: Some(50),
        };
        for reading in [full.clone(), Reading { cpm: None, revealed: None, ..full }] {
            let text = write(&record, (3, 0xab), &reading);
            assert_eq!(read(Path::new("x"), &text).unwrap(), ((3, 0xab), reading), "{text}");
        }
    }
}
