//! A folder that is written into: one at a time, each file whole or not at all, nothing left behind.
//!
//! The lock is an advisory one (`flock`) of the folder itself, so that it leaves no file and ends with the process that
//! holds it. Where a file system has none for folders (some network ones), edits go on without.

use super::place::folder_of;
use super::steps::{ENDING, RANDOM, Steps};
use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, fchown};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// How long somebody else may hold the lock: so many times this long, some 10 s.
const PATIENCE: (u32, Duration) = (5_000, Duration::from_millis(2));

/// So much of a file name stands in that of its temporary file, in bytes.
const LONGEST: usize = 200;

/// The mode of a file that only its owner may read, and of one that the user's mask decides on.
pub const PRIVATE: u32 = 0o600;
pub const USUAL: u32 = 0o666;

/// A folder that nobody else edits in until it is dropped.
#[derive(Debug)]
pub struct Folder<'a> {
    steps: &'a dyn Steps,
    path: PathBuf,
    open: File,
    locked: bool,
}

impl<'a> Folder<'a> {
    /// Takes the folder of a file. `WouldBlock`: somebody else has been holding it for seconds.
    pub fn of(file: &Path, steps: &'a dyn Steps) -> io::Result<Self> {
        let path = folder_of(file).to_owned();
        let open = File::open(&path)?;
        let locked = lock(&open)?;
        Ok(Self { steps, path, open, locked })
    }

    /// Puts a text into a file of the folder, whole and in one step. A file keeps its mode, and its owner if it may; a new
    /// one has a mode.
    pub fn put(&self, file: &Path, text: &str, mode: u32) -> io::Result<()> {
        let old = writable(file)?;
        self.sweep(file);
        let start = prefix(file.file_name().unwrap_or_default());
        // Until it has the mode of the old one, nobody else may look into it.
        let mode = if old.is_some() { PRIVATE } else { mode };
        let (mut part, path) = self.steps.create(&self.path, &start, mode)?;
        let moved = self.fill(&mut part, old.as_ref(), text).and_then(|()| self.steps.rename(&path, file));
        if let Err(error) = moved {
            let _ = self.steps.remove(&path);
            return Err(error);
        }
        self.steps.sync_folder(&self.open)
    }

    fn fill(&self, part: &mut File, old: Option<&fs::Metadata>, text: &str) -> io::Result<()> {
        self.steps.write(part, text.as_bytes())?;
        if let Some(old) = old {
            let _ = fchown(&*part, Some(old.uid()), Some(old.gid()));
            part.set_permissions(old.permissions())?;
        }
        self.steps.sync(part)
    }

    /// Takes a file out of the folder.
    pub fn remove(&self, file: &Path) -> io::Result<()> {
        writable(file)?;
        self.sweep(file);
        self.steps.remove(file)?;
        self.steps.sync_folder(&self.open)
    }

    /// Removes what killed processes have left of a file. Nobody else writes under the lock, so that nothing of it is in
    /// use; without one that is not known.
    fn sweep(&self, file: &Path) {
        let name = file.file_name().unwrap_or_default();
        let Some(Ok(entries)) = self.locked.then(|| fs::read_dir(&self.path)) else { return };
        for entry in entries.flatten() {
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            if is_file && is_left(&entry.file_name(), name) {
                let _ = self.steps.remove(&entry.path());
            }
        }
    }
}

/// What there is of a file, if it may be written: the folder may allow what the file itself does not.
fn writable(file: &Path) -> io::Result<Option<fs::Metadata>> {
    match fs::metadata(file) {
        Ok(found) => OpenOptions::new().append(true).open(file).map(|_| Some(found)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Waits for the lock of a folder; whether there is one.
fn lock(folder: &File) -> io::Result<bool> {
    let (times, pause) = PATIENCE;
    for _ in 0..times {
        match flock(folder, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => return Ok(true),
            Err(Errno::INTR) => {}
            Err(Errno::WOULDBLOCK) => thread::sleep(pause),
            Err(_) => return Ok(false),
        }
    }
    Err(io::ErrorKind::WouldBlock.into())
}

/// What the temporary files of a file begin with: `.talk.txt.shilu.toml.`
fn prefix(name: &OsStr) -> std::ffi::OsString {
    let bytes = name.as_bytes();
    let cut = bytes.get(..LONGEST).unwrap_or(bytes);
    OsStr::from_bytes(&[b".", cut, b"."].concat()).to_owned()
}

/// Whether a name is that of a temporary file of a file.
fn is_left(left: &OsStr, name: &OsStr) -> bool {
    let start = prefix(name);
    let random = left.as_bytes().strip_prefix(start.as_bytes());
    let random = random.and_then(|rest| rest.strip_suffix(ENDING.as_bytes()));
    random.is_some_and(|random| random.len() == RANDOM && random.iter().all(u8::is_ascii_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::super::steps::Disk;
    use super::*;
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn only_own_temporary_files_are_swept() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("talk.txt.shilu.toml");
        let others = [
            ".other.txt.shilu.toml.Ab12Cd.tmp",
            ".talk.txt.shilu.toml.Ab12Cd.tmp.bak",
            ".talk.txt.shilu.toml.Ab12C.tmp",
            ".talk.txt.shilu.toml.Ab-2Cd.tmp",
            "talk.txt.shilu.toml.Ab12Cd.tmp",
        ];
        for name in others.iter().chain(&[".talk.txt.shilu.toml.Ab12Cd.tmp"]) {
            fs::write(folder.path().join(name), "").unwrap();
        }
        Folder::of(&file, &Disk).unwrap().put(&file, "text", USUAL).unwrap();
        let names: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names.len(), others.len() + 1, "{names:?}");
        for name in others {
            assert!(folder.path().join(name).exists(), "{name}");
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), "text");
    }

    #[test]
    fn a_file_keeps_its_mode_and_the_longest_name_can_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x".repeat(255));
        for mode in [0o640, 0o604] {
            Folder::of(&file, &Disk).unwrap().put(&file, "text", USUAL).unwrap();
            fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
            Folder::of(&file, &Disk).unwrap().put(&file, "other", USUAL).unwrap();
            assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, mode);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
