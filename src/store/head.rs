//! What the files of the state folder begin with: their version, and the record that they are of.

use super::broken::What;
use super::place::{hash_of, short_name, whereabouts};
use super::table::{Flaw, number, optional, string};
use crate::marks::Check;
use std::path::{Path, PathBuf};
use toml_edit::{Document, DocumentMut, Item, Table, TableLike};

/// The version of the files.
const VERSION: u64 = 1;

/// The record that a file is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Where it is, all links followed.
    pub path: PathBuf,
    /// Its size in bytes.
    pub size: u64,
}

impl Record {
    /// A file.
    pub fn of(path: &Path) -> Self {
        let size = path.metadata().map_or(0, |found| found.len());
        Self { path: whereabouts(path), size }
    }

    /// Something that is no file, by its name.
    pub fn called(name: &str) -> Self {
        Self { path: PathBuf::from(name), size: 0 }
    }

    /// A hash of where it is.
    pub fn hash(&self) -> u64 {
        hash_of(&self.path)
    }

    /// Its name, cut where it is long.
    pub fn name(&self) -> String {
        short_name(&self.path)
    }
}

/// Writes the head. What stands there already keeps its place and its comments.
pub fn write(document: &mut DocumentMut, record: &Record, (posts, hash): (usize, u64)) {
    let number = |number: u64| Item::Value((number as i64).into());
    let table: &mut Table = document.as_table_mut();
    for (key, item) in [
        ("version", number(VERSION)),
        ("path", Item::Value(string(&record.path.to_string_lossy()))),
        ("size", number(record.size)),
        ("posts", number(posts as u64)),
        ("fingerprint", Item::Value(string(&format!("{hash:016x}")))),
    ] {
        put(table, key, item);
    }
}

/// Puts a value in the place of the one that a key has.
pub fn put(table: &mut Table, key: &str, item: Item) {
    match (table.get_mut(key).and_then(Item::as_value_mut), item) {
        (Some(old), Item::Value(mut new)) => {
            old.decor().clone_into(new.decor_mut());
            *old = new;
        }
        (None, new) => drop(table.insert(key, new)),
        _ => {}
    }
}

/// Reads the head: what the record was known by.
pub fn read(document: &Document<&str>) -> Result<(usize, u64), Flaw> {
    let table = document.as_table();
    match number(table, "version")? {
        Some(VERSION) => {}
        Some(newer) => return Err((table.get("version").and_then(Item::span), What::Newer(newer))),
        None => return Err((None, What::Missing("version"))),
    }
    let posts = number(table, "posts")?.unwrap_or_default() as usize;
    let hash = optional(table, "fingerprint")?.unwrap_or_default();
    Ok((posts, u64::from_str_radix(&hash, 16).unwrap_or_default()))
}

/// Writes what tells a post from others.
pub fn write_post(table: &mut Table, number: usize, check: &Check) {
    put(table, "post", Item::Value((number as i64).into()));
    for (key, text) in [("at", &check.at), ("by", &check.by), ("begins", &check.begins)] {
        put(table, key, Item::Value(string(text)));
    }
}

/// Reads it.
pub fn read_post(table: &dyn TableLike) -> Result<(usize, Check), Flaw> {
    let post = number(table, "post")?.ok_or((None, What::Missing("post")))? as usize;
    let text = |key| Ok(optional(table, key)?.unwrap_or_default());
    Ok((post, Check { at: text("at")?, by: text("by")?, begins: text("begins")? }))
}
