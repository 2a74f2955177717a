//! Where an output file goes: over a regular file in one step, straight into anything else.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::Builder;

/// More symbolic links in a row than any system follows.
const MOST_LINKS: usize = 40;

/// Writes a file. A regular file, or none, is replaced when everything is written, so that a half-written one never
/// stands in its place; a device or a pipe is written into.
pub fn fill(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let target = followed(path);
    match fs::metadata(&target) {
        _ if is_open(&target) => write(&mut straight(&target)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => replace(&target, None, write),
        Err(error) => Err(error),
        Ok(found) if found.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(found) if found.is_file() => {
            // The folder may allow what the file itself does not.
            straight(&target)?;
            replace(&target, Some(found.permissions()), write)
        }
        Ok(_) => write(&mut straight(&target)?),
    }
}

/// Appending spares what a shell has opened with `>>` behind /dev/stdout.
fn straight(target: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).open(target)
}

/// The name at the end of a chain of symbolic links.
fn followed(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            Ok(target) if !is_open(&path) => path = path.parent().unwrap_or(Path::new("")).join(target),
            Ok(_) | Err(_) => break,
        }
    }
    path
}

/// Whether a name stands for what a process has open: a link there leads to no place in a folder.
fn is_open(path: &Path) -> bool {
    ["/proc", "/dev/fd", "/dev/stdout", "/dev/stderr"].iter().any(|open| path.starts_with(open))
}

/// Writes under a name that nobody can guess, beside the place, and moves it there.
fn replace(
    target: &Path,
    mode: Option<Permissions>,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<()> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = Builder::new();
    builder.prefix(".shilu-");
    if mode.is_none() {
        builder.permissions(Permissions::from_mode(0o666));
    }
    let mut part = builder.tempfile_in(folder)?;
    write(part.as_file_mut())?;
    if let Some(mode) = mode {
        part.as_file().set_permissions(mode)?;
    }
    part.as_file().sync_all()?;
    part.persist(target).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::os::unix::fs::symlink;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn names(folder: &Path) -> Vec<String> {
        let name = |entry: io::Result<fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
        let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(name).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_keeps_its_mode_and_a_link_its_target() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("kept"), "old").unwrap();
        fs::set_permissions(at("kept"), Permissions::from_mode(0o640)).unwrap();
        fs::write(at("kept.part"), "the user's own").unwrap();
        symlink("kept", at("link")).unwrap();
        symlink("link", at("link to link")).unwrap();
        symlink("new", at("dangling")).unwrap();
        for name in ["kept", "link", "link to link", "dangling", "fresh"] {
            fill(&at(name), |out| out.write_all(name.as_bytes())).unwrap();
            assert_eq!(fs::read_to_string(at(name)).unwrap(), name);
        }
        assert_eq!(fs::read_to_string(at("kept")).unwrap(), "link to link");
        assert_eq!(fs::read_link(at("link")).unwrap(), Path::new("kept"));
        assert_eq!(fs::read_to_string(at("new")).unwrap(), "dangling");
        assert_eq!(fs::read_to_string(at("kept.part")).unwrap(), "the user's own");
        assert_eq!(mode(&at("kept")), 0o640);
        assert_ne!(mode(&at("fresh")) & 0o044, 0, "a new file has the usual mode");
        assert_eq!(names(folder.path()).len(), 7, "{:?}", names(folder.path()));
    }

    #[test]
    fn what_fails_leaves_everything_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept");
        fs::write(&path, "old").unwrap();
        let fails = |out: &mut File| out.write_all(b"half").and(Err(io::ErrorKind::StorageFull.into()));
        assert_eq!(fill(&path, fails).unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fill(folder.path(), fails).unwrap_err().kind(), io::ErrorKind::IsADirectory);
        assert_eq!(names(folder.path()), ["kept"]);
    }

    #[test]
    fn a_pipe_stays_a_pipe() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
        assert!(made.success());
        let read = std::thread::spawn({
            let path = path.clone();
            move || fs::read_to_string(path).unwrap()
        });
        fill(&path, |out| out.write_all("过江".as_bytes())).unwrap();
        assert_eq!(read.join().unwrap(), "过江");
        assert!(!fs::metadata(&path).unwrap().is_file());
    }

    #[test]
    fn what_a_process_has_open_is_written_into() {
        use std::os::fd::AsRawFd;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        fs::write(&path, "before ").unwrap();
        let open = OpenOptions::new().append(true).open(&path).unwrap();
        fill(Path::new(&format!("/dev/fd/{}", open.as_raw_fd())), |out| out.write_all(b"after")).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "before after");
        assert_eq!(names(folder.path()), ["log"]);
    }
}
