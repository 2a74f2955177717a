//! What the program remembers of a record in the state folder: bookmarks and notes, and where it was read last.
//!
//! # Where
//! `marks/` and `reading/` of the state folder hold a file each for a record, called
//! `talk.txt.89abcdef01234567.01234567.toml`: the numbers are hashes of where the record is and of its first post. A record
//! that lies elsewhere now is found by its first posts, which stay what they are while it grows; one whose beginning was
//! edited is found by where it is, if a mark is found in it.
//!
//! # What
//! TOML 1.0, private (mode 0600 in folders of mode 0700). A mark names its post by number, time, byline and first words.
//! ```toml
//! version = 1
//! path = "/home/me/talk.txt"
//! size = 75000
//! posts = 16                       # of so many first posts
//! fingerprint = "0123456789abcdef" # this is a hash
//!
//! [[mark]]
//! post = 42
//! at = "2018-01-09T15:14:00"
//! by = "主持人"
//! begins = "各位网友"
//! bookmark = true
//! name = "开幕"
//! tags = ["报告"]
//! note = "问一问原话"
//! ```
//! A file of a newer version and one that cannot be read are never written over. Reading positions that were not
//! written for longest are removed beyond [`MOST_READ`] of them; marks never are.

use super::broken::{Broken, Failed, What};
use super::folder::{Folder, PRIVATE};
use super::head::Record;
use super::mark_sheet::{MarkSheet, changed};
use super::place::{folder_of, state_folder};
use super::print::Print;
use super::reading::{self, Reading};
use super::steps::{Disk, Steps};
use super::table::read_text;
use crate::marks::Entry;
use crate::text::safe::Shown;
use crate::transcript::Transcript;
use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// So many reading positions are kept.
pub const MOST_READ: usize = 500;

/// Behind the names of files.
pub const ENDING: &str = ".toml";

/// What is remembered of a record, and where.
#[derive(Debug, Clone)]
pub struct Memory {
    state: PathBuf,
    record: Record,
}

/// What a file was found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Found {
    /// Place and first post.
    Both,
    /// The first posts.
    Posts,
    /// Its place alone: it may be of another record.
    Place,
}

impl Memory {
    /// Of a record that is a file; of what comes from standard input, a pipe or a device nothing is remembered.
    pub fn of(record: &Path) -> Option<Self> {
        let is_file = record.as_os_str() != "-" && fs::metadata(record).is_ok_and(|found| found.is_file());
        is_file.then(|| Some(Self::in_state(&state_folder()?, record)))?
    }

    /// Of a record that is no file, by its name.
    pub fn called(name: &str) -> Option<Self> {
        Some(Self { state: state_folder()?, record: Record::called(name) })
    }

    /// Of a record, in a state folder.
    pub fn in_state(state: &Path, record: &Path) -> Self {
        Self { state: state.to_owned(), record: Record::of(record) }
    }

    /// The marks of a record of which the beginning is known.
    ///
    /// # Errors
    /// A file is broken or of a newer version.
    pub fn marks(&self, transcript: &Transcript) -> Result<Vec<Entry>, Broken> {
        let Some(print) = Print::of(transcript) else { return Ok(Vec::new()) };
        Ok(self.sheet(&print, transcript)?.1.entries)
    }

    /// Keeps one mark, which says nothing if there is none any more: reads the file again, changes what is kept of that post,
    /// and writes. Gives all marks there are then.
    ///
    /// # Errors
    /// The file is broken, cannot be written, or somebody else is writing; what is on the disk is as it was then.
    pub fn keep(&self, transcript: &Transcript, entry: &Entry) -> Result<Vec<Entry>, Failed> {
        self.keep_by(&Disk, transcript, entry)
    }

    /// The same by steps of one's own.
    ///
    /// # Errors
    /// As of [`Memory::keep`].
    pub fn keep_by(
        &self,
        steps: &dyn Steps,
        transcript: &Transcript,
        entry: &Entry,
    ) -> Result<Vec<Entry>, Failed> {
        let Some(print) = Print::of(transcript) else { return Ok(Vec::new()) };
        let (path, _) = self.sheet(&print, transcript)?;
        make_folder(&path)?;
        let folder = Folder::of(&path, steps).map_err(|error| Failed::of(&path, error))?;
        let text = read_text(&path)?.unwrap_or_default();
        let mut wanted = MarkSheet::of(&path, &text)?;
        wanted.keep(entry);
        if wanted.entries.is_empty() && text.is_empty() {
            return Ok(Vec::new());
        }
        let name = self.record.path.to_string_lossy();
        let comment = format!("# Bookmarks and notes of {}, by shilu.\n", Shown::of(&name));
        let text = changed(&text, (&self.record, print.told()), &comment, entry);
        let text = text.map_err(|_| Broken::whole(&path, What::Uneditable))?;
        let mut kept = MarkSheet::of(&path, &text)?.entries;
        let by_number = |entry: &Entry| entry.number;
        kept.sort_by_key(by_number);
        wanted.entries.sort_by_key(by_number);
        if kept != wanted.entries {
            return Err(Broken::whole(&path, What::Uneditable).into());
        }
        folder.put(&path, &text, PRIVATE).map_err(|error| Failed::of(&path, error))?;
        Ok(kept)
    }

    /// Where the record was read last.
    ///
    /// # Errors
    /// A file is broken or of a newer version.
    pub fn reading(&self, transcript: &Transcript) -> Result<Option<Reading>, Broken> {
        let Some(print) = Print::of(transcript) else { return Ok(None) };
        Ok(self.position(&print, transcript)?.1)
    }

    /// Keeps where it is read.
    ///
    /// # Errors
    /// As of [`Memory::keep`].
    pub fn keep_reading(&self, transcript: &Transcript, reading: &Reading) -> Result<(), Failed> {
        self.keep_reading_by(&Disk, transcript, reading)
    }

    /// The same by steps of one's own.
    ///
    /// # Errors
    /// As of [`Memory::keep`].
    pub fn keep_reading_by(
        &self,
        steps: &dyn Steps,
        transcript: &Transcript,
        reading: &Reading,
    ) -> Result<(), Failed> {
        let Some(print) = Print::of(transcript) else { return Ok(()) };
        let (path, _) = self.position(&print, transcript)?;
        make_folder(&path)?;
        let failed = |error| Failed::of(&path, error);
        let folder = Folder::of(&path, steps).map_err(failed)?;
        folder.put(&path, &reading::write(&self.record, print.told(), reading), PRIVATE).map_err(failed)?;
        prune(folder_of(&path), steps);
        Ok(())
    }

    /// The file of the marks, and what it says.
    fn sheet(&self, print: &Print, transcript: &Transcript) -> Result<(PathBuf, MarkSheet), Broken> {
        for (path, found) in self.files("marks", print) {
            let sheet = MarkSheet::of(&path, &read_text(&path)?.unwrap_or_default());
            match (found, sheet) {
                (Found::Both, sheet) => return Ok((path, sheet?)),
                (Found::Posts, Ok(sheet)) if print.is_of(sheet.print) => return Ok((path, sheet)),
                (Found::Place, Ok(sheet)) => {
                    let is_its = |entry: &Entry| entry.find(transcript, true).is_some();
                    if sheet.entries.iter().any(is_its) {
                        return Ok((path, sheet));
                    }
                }
                // A broken file of another record says nothing.
                _ => {}
            }
        }
        Ok((self.new_file("marks", print), MarkSheet::default()))
    }

    /// The file of the reading position, and what it says.
    fn position(&self, print: &Print, transcript: &Transcript) -> Result<(PathBuf, Option<Reading>), Broken> {
        for (path, found) in self.files("reading", print) {
            let text = read_text(&path)?.unwrap_or_default();
            match (found, reading::read(&path, &text)) {
                (Found::Both, reading) => return Ok((path, Some(reading?.1))),
                (Found::Posts, Ok((known, reading))) if print.is_of(known) => {
                    return Ok((path, Some(reading)));
                }
                (Found::Place, Ok((_, reading)))
                    if reading.check.find(reading.number, transcript).is_some() =>
                {
                    return Ok((path, Some(reading)));
                }
                _ => {}
            }
        }
        Ok((self.new_file("reading", print), None))
    }

    fn new_file(&self, folder: &str, print: &Print) -> PathBuf {
        let (name, place) = (self.record.name(), self.record.hash());
        self.state.join(folder).join(format!("{name}.{place:016x}.{:08x}{ENDING}", print.first))
    }

    /// The files that may be of the record, the most certain first.
    fn files(&self, folder: &str, print: &Print) -> Vec<(PathBuf, Found)> {
        let (place, first) = (format!("{:016x}", self.record.hash()), format!("{:08x}", print.first));
        let Ok(entries) = fs::read_dir(self.state.join(folder)) else { return Vec::new() };
        let found = entries.flatten().filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let mut parts = name.strip_suffix(ENDING)?.rsplitn(3, '.');
            let (of_first, of_place) = (parts.next()?, parts.next()?);
            parts.next()?;
            let found = match (of_place == place, of_first == first) {
                (true, true) => Found::Both,
                (false, true) => Found::Posts,
                (true, false) => Found::Place,
                (false, false) => return None,
            };
            Some((entry.path(), found))
        });
        let mut found: Vec<_> = found.collect();
        // What was written last comes first.
        found.sort_by_cached_key(|(path, found)| (*found, std::cmp::Reverse(written(path)), path.clone()));
        found
    }
}

/// When a file was written.
fn written(path: &Path) -> SystemTime {
    fs::metadata(path).and_then(|found| found.modified()).unwrap_or(SystemTime::UNIX_EPOCH)
}

fn make_folder(file: &Path) -> Result<(), Failed> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder_of(file));
    made.map_err(|error| Failed::of(file, error))
}

/// Removes the reading positions that were not written for longest, where there are too many. Whoever calls this holds
/// the lock of the folder.
fn prune(folder: &Path, steps: &dyn Steps) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let is_own = |path: &PathBuf| path.to_string_lossy().ends_with(ENDING);
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).filter(is_own).collect();
    let Some(over) = paths.len().checked_sub(MOST_READ).filter(|&over| over > 0) else { return };
    paths.sort_by_cached_key(|path| written(path));
    for path in paths.iter().take(over) {
        let _ = steps.remove(path);
    }
}
