//! What the state folder has of all records, and taking out what nobody needs any more.

use super::broken::{Broken, Failed, What};
use super::folder::Folder;
use super::head;
use super::mark_sheet::MarkSheet;
use super::memory::ENDING;
use super::reading;
use super::steps::Steps;
use super::table::{optional, parsed, read_text};
use crate::marks::Entry;
use chrono::DateTime;
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// What is kept of a record.
#[derive(Debug, Clone)]
pub struct Remembered {
    /// Where the record was when this was written, or the name of what is no file.
    pub record: String,
    /// Whether there is nothing at that place now.
    pub gone: bool,
    /// Its files, those of the marks first.
    pub files: Vec<StateFile>,
}

/// A file.
#[derive(Debug, Clone)]
pub struct StateFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was written.
    pub changed: SystemTime,
    /// What it says.
    pub says: Says,
}

/// What a file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// Posts that are marked.
    Marks(Vec<Entry>),
    /// Where the record was read last: number of the post, number of posts, time in RFC 3339.
    Reading(usize, usize, String),
}

impl Remembered {
    /// When any of it was written last.
    pub fn changed(&self) -> SystemTime {
        self.files.iter().map(|kept| kept.changed).max().unwrap_or(SystemTime::UNIX_EPOCH)
    }

    /// All its marks.
    pub fn marks(&self) -> impl Iterator<Item = &Entry> {
        self.files.iter().flat_map(StateFile::marks)
    }

    /// Where it was read last: post, posts, time.
    pub fn reading(&self) -> Option<(usize, usize, &str)> {
        let told = self.files.iter().filter_map(|kept| match &kept.says {
            Says::Reading(post, posts, when) => Some((kept.changed, (*post, *posts, when.as_str()))),
            Says::Marks(_) => None,
        });
        told.max_by_key(|(changed, _)| *changed).map(|(_, reading)| reading)
    }
}

impl StateFile {
    /// The marks in it.
    pub fn marks(&self) -> &[Entry] {
        match &self.says {
            Says::Marks(entries) => entries,
            Says::Reading(..) => &[],
        }
    }
}

/// What may go.
#[derive(Debug, Clone, Copy, Default)]
pub struct Prune {
    /// Reading positions of records that have not been read for so long.
    pub older: Option<Duration>,
    /// Marks of records that are gone.
    pub marks: bool,
}

impl Prune {
    /// Whether a file of a record may go.
    pub fn takes(&self, gone: bool, kept: &StateFile, now: SystemTime) -> bool {
        match &kept.says {
            Says::Marks(_) => self.marks && gone,
            Says::Reading(_, _, when) => {
                let read = DateTime::parse_from_rfc3339(when).map_or(kept.changed, SystemTime::from);
                gone || self.older.is_some_and(|older| now.duration_since(read).is_ok_and(|age| age > older))
            }
        }
    }
}

/// What is kept of all records, what was changed last first; and the files that cannot be read.
///
/// # Errors
/// A folder cannot be read.
pub fn inventory(state: &Path) -> Result<(Vec<Remembered>, Vec<Broken>), Broken> {
    let (mut items, mut broken) = (BTreeMap::<String, Remembered>::new(), Vec::new());
    for folder in ["marks", "reading"].map(|name| state.join(name)) {
        for path in files(&folder)? {
            match read(&path) {
                Ok(Some((record, kept))) => {
                    let gone = is_gone(&record);
                    let new = || Remembered { record: record.clone(), gone, files: Vec::new() };
                    items.entry(record.clone()).or_insert_with(new).files.push(kept);
                }
                Ok(None) => {}
                Err(error) => broken.push(error),
            }
        }
    }
    let mut items: Vec<_> = items.into_values().collect();
    items.sort_by_key(|item| std::cmp::Reverse(item.changed()));
    Ok((items, broken))
}

/// Takes a file out if it still may go: somebody may have read on in its record meanwhile. Says whether it is out.
///
/// # Errors
/// It cannot be read or removed, or somebody else is writing.
pub fn take_out(steps: &dyn Steps, path: &Path, prune: Prune, now: SystemTime) -> Result<bool, Failed> {
    let failed = |error| Failed::of(path, error);
    let folder = Folder::of(path, steps).map_err(failed)?;
    match read(path)? {
        Some((record, kept)) if prune.takes(is_gone(&record), &kept, now) => {
            folder.remove(path).map_err(failed)?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Broken> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Broken::whole(folder, What::Unreadable(error))),
    };
    let is_own = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with(ENDING) && !name.starts_with('.')
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).filter(is_own).collect();
    paths.sort();
    Ok(paths)
}

/// The record of a file, and what is kept in it; nothing of a file that is not there any more.
fn read(path: &Path) -> Result<Option<(String, StateFile)>, Broken> {
    let Some(text) = read_text(path)? else { return Ok(None) };
    let record = parsed(path, &text, |document| {
        head::read(document)?;
        Ok(optional(document.as_table(), "path")?.unwrap_or_default())
    })?;
    let is_marks = path.parent().is_some_and(|folder| folder.ends_with("marks"));
    let says = if is_marks {
        Says::Marks(MarkSheet::of(path, &text)?.entries)
    } else {
        let reading = reading::read(path, &text)?.1;
        Says::Reading(reading.number, reading.posts, reading.when)
    };
    let changed = fs::metadata(path).and_then(|found| found.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    Ok(Some((record, StateFile { path: path.to_owned(), bytes: text.len() as u64, changed, says })))
}

/// Whether there is nothing at the place of a record. Of the demo, and of a name that is not UTF-8 and so not wholly told,
/// that is not known.
fn is_gone(record: &str) -> bool {
    let path = Path::new(record);
    let missing =
        |error: std::io::Error| matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory);
    path.is_absolute()
        && !record.contains(char::REPLACEMENT_CHARACTER)
        && fs::metadata(path).err().is_some_and(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_at(when: &str) -> StateFile {
        let says = Says::Reading(1, 2, when.into());
        StateFile { path: PathBuf::new(), bytes: 0, changed: SystemTime::UNIX_EPOCH, says }
    }

    #[test]
    fn a_position_goes_with_its_record_or_by_age_and_marks_only_when_that_is_said() {
        let day = Duration::from_secs(86_400);
        let now = SystemTime::UNIX_EPOCH + 100 * day;
        let marks = StateFile { says: Says::Marks(Vec::new()), ..read_at("") };
        let (young, old) = (read_at("1970-04-10T00:00:00+00:00"), read_at("1970-01-02T00:00:00+00:00"));
        let (bare, aged) = (Prune::default(), Prune { older: Some(90 * day), marks: false });
        let all = Prune { marks: true, ..aged };
        for (prune, gone, kept, goes) in [
            (bare, false, &young, false),
            (bare, false, &old, false),
            (bare, true, &young, true),
            (aged, false, &young, false),
            (aged, false, &old, true),
            (aged, false, &read_at("no time: the file tells it"), true),
            (aged, true, &marks, false),
            (all, false, &marks, false),
            (all, true, &marks, true),
        ] {
            assert_eq!(prune.takes(gone, kept, now), goes, "{prune:?} {gone} {kept:?}");
        }
    }

    #[test]
    fn what_is_no_file_or_not_wholly_told_is_never_gone() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        fs::write(at("there"), "").unwrap();
        for (record, gone) in [
            ("demo".to_owned(), false),
            (at("there"), false),
            (at("away"), true),
            (at("there/x"), true),
            (at("\u{fffd}"), false),
        ] {
            assert_eq!(is_gone(&record), gone, "{record}");
        }
    }
}
