//! What ran, what passed, and why not.

use crate::say::say;
use shilu::choice::Format;
use shilu::format::{Facts, Forced, read_bytes};
use shilu::transcript::Transcript;
use std::path::{Path, PathBuf};

/// The table of all cases.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    group: &'static str,
    ran: usize,
    faults: Vec<String>,
}

impl Table {
    /// Notes a case of a group: what is wrong with it, if anything is.
    pub fn case(&mut self, group: &'static str, name: &str, result: Result<(), String>) {
        let at = self.rows.iter().position(|row| row.group == group).unwrap_or_else(|| {
            self.rows.push(Row { group, ran: 0, faults: Vec::new() });
            self.rows.len() - 1
        });
        let row = &mut self.rows[at];
        row.ran += 1;
        row.faults.extend(result.err().map(|why| format!("{name}: {why}")));
    }

    pub fn print(&self) {
        let mut told = format!("{:<40} {:>5} {:>6}", "cases", "ran", "passed");
        for Row { group, ran, faults } in &self.rows {
            let row = format!("\n{group:<40} {ran:>5} {:>6}", ran - faults.len());
            told += &row;
            for fault in faults {
                told += &["\n    ", fault].concat();
            }
        }
        let ran: usize = self.rows.iter().map(|row| row.ran).sum();
        say(&format!("{told}\n{:<40} {ran:>5} {:>6}", "all", ran - self.failed()));
    }

    pub fn failed(&self) -> usize {
        self.rows.iter().map(|row| row.faults.len()).sum()
    }
}

/// A folder or file of the cases, if they are there.
pub fn cases(path: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases");
    let found = root.join(path);
    if !root.exists() {
        return None;
    }
    assert!(found.exists(), "{} is not among the cases", found.display());
    Some(found)
}

/// The files of a folder with this extension, by name.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|found| found == extension)).collect();
    files.sort();
    files
}

pub fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A file of any format, as it is told by its content.
pub fn read(path: &Path) -> (Transcript, Facts) {
    read_bytes(&std::fs::read(path).unwrap(), Forced::default()).unwrap()
}

/// Whether a file was told to be of a format.
pub fn told(facts: &Facts, format: Format) -> Result<(), String> {
    same("format", facts.detection.map(|found| found.format), Some(format))
}

/// Whether two things are the same.
pub fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: T, expected: T) -> Result<(), String> {
    match [found, expected] {
        [found, expected] if found == expected => Ok(()),
        [found, expected] => Err(format!("{what}: {found:?}, expected {expected:?}")),
    }
}
