//! The steps by which a file comes to the disk, each of which may be the last one that a process does.

use std::ffi::OsStr;
use std::fmt::Debug;
use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::Builder;

/// Letters of a temporary name that nobody can guess.
pub const RANDOM: usize = 6;

/// Behind a temporary name.
pub const ENDING: &str = ".tmp";

/// What is done to the disk. A test has steps of its own, which end at any of them.
#[expect(clippy::missing_errors_doc, reason = "each fails as the system says")]
pub trait Steps: Debug {
    /// Makes a temporary file in a folder: its name begins with `start`.
    fn create(&self, folder: &Path, start: &OsStr, mode: u32) -> io::Result<(File, PathBuf)> {
        let mut builder = Builder::new();
        builder.prefix(start).suffix(ENDING).rand_bytes(RANDOM);
        builder.permissions(Permissions::from_mode(mode));
        Ok(builder.tempfile_in(folder)?.keep()?)
    }

    /// Writes into it.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    /// Forces what was written to the disk.
    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    /// Moves a file into the place of another.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    /// Takes a file away.
    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    /// Forces the names in a folder to the disk, where the file system can.
    fn sync_folder(&self, folder: &File) -> io::Result<()> {
        match folder.sync_all() {
            Err(error) if error.kind() != io::ErrorKind::InvalidInput => Err(error),
            _ => Ok(()),
        }
    }
}

/// The disk itself.
#[derive(Debug, Clone, Copy)]
pub struct Disk;

impl Steps for Disk {}
