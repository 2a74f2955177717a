//! The files that are to be searched: those that are named, and those in folders that are.

use crate::command::source::unreadable;
use crate::command::stream::{Failure, say};
use crate::lang::Lang;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

/// A file to be searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its path; `-` is standard input.
    pub path: PathBuf,
    /// Whether it was named, and not found in a folder.
    pub named: bool,
}

/// The files that are meant by some names, in order; and whether a folder could not be read, which is said.
pub fn of(names: &[PathBuf], lang: Lang) -> (Vec<Target>, bool) {
    let mut walk = Walk { targets: Vec::new(), trouble: false, lang };
    if names.is_empty() && io::stdin().is_terminal() {
        walk.folder(Path::new("."), Path::new(""));
    } else if names.is_empty() {
        walk.targets.push(Target { path: "-".into(), named: true });
    }
    for name in names {
        if name.is_dir() {
            walk.folder(name, name);
        } else {
            walk.targets.push(Target { path: name.clone(), named: true });
        }
    }
    (walk.targets, walk.trouble)
}

struct Walk {
    targets: Vec<Target>,
    trouble: bool,
    lang: Lang,
}

impl Walk {
    /// The files in a folder, those of folders in it among them, by name. Links are not followed, so that there is an
    /// end; what is hidden is left out. `called` is what the path of each begins with.
    fn folder(&mut self, folder: &Path, called: &Path) {
        let mut folders = vec![(folder.to_owned(), called.to_owned())];
        while let Some((folder, called)) = folders.pop() {
            let mut entries = match entries(&folder) {
                Ok(entries) => entries,
                Err(error) => {
                    self.trouble = true;
                    if let Failure::Input(sentence) = unreadable(&folder, &error, self.lang) {
                        say(&sentence);
                    }
                    continue;
                }
            };
            // The folders among them come behind the files.
            entries.sort();
            let (inner, files): (Vec<_>, Vec<_>) = entries.into_iter().partition(|(is_folder, _)| *is_folder);
            let path = |(_, name): (bool, std::ffi::OsString)| (folder.join(&name), called.join(&name));
            self.targets.extend(files.into_iter().map(|file| Target { path: path(file).1, named: false }));
            folders.extend(inner.into_iter().rev().map(path));
        }
    }
}

/// What is in a folder and may be searched: folders and files that are no links and are not hidden.
fn entries(folder: &Path) -> io::Result<Vec<(bool, std::ffi::OsString)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (kind, name) = (entry.file_type()?, entry.file_name());
        if !name.as_encoded_bytes().starts_with(b".") && (kind.is_dir() || kind.is_file()) {
            found.push((kind.is_dir(), name));
        }
    }
    Ok(found)
}
