//! Where the files of the store are.

use crate::text::beginning;
use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// Behind the file name of a record.
const ENDING: &str = ".shilu.toml";

/// So much of a file name stands in the name of a file in the state folder, in bytes: names have at most 255.
const LONGEST: usize = 160;

/// More symbolic links in a row than any system follows.
const MOST_LINKS: usize = 40;

/// The file beside a record: `talk.txt.shilu.toml`. A link to a record has its own.
pub fn beside(record: &Path) -> PathBuf {
    let mut name = record.file_name().map(OsString::from).unwrap_or_default();
    name.push(ENDING);
    record.with_file_name(name)
}

/// The file name of the record that a file stands beside.
pub fn name_of(beside: &Path) -> String {
    let name = beside.file_name().unwrap_or_default().to_string_lossy();
    name.strip_suffix(ENDING).unwrap_or(&name).to_owned()
}

/// The file in the state folder: `talk.txt.89abcdef01234567.shilu.toml`. The number is a hash of where the record is, all links
/// followed.
pub fn in_state(state: &Path, record: &Path) -> PathBuf {
    let place = whereabouts(record);
    state.join("corrections").join(format!("{}.{:016x}{ENDING}", short_name(&place), hash_of(&place)))
}

/// The file name of a record, cut where it is long.
pub fn short_name(record: &Path) -> String {
    let name = record.file_name().unwrap_or_default().to_string_lossy();
    beginning(&name, LONGEST).to_owned()
}

/// A hash of where a record is.
pub fn hash_of(place: &Path) -> u64 {
    fnv1a(place.as_os_str().as_bytes())
}

/// Where a record is, all links followed.
pub fn whereabouts(record: &Path) -> PathBuf {
    let canonical = fs::canonicalize(record).or_else(|_| std::path::absolute(record));
    canonical.unwrap_or_else(|_| record.to_owned())
}

/// The state folder of the program: `$XDG_STATE_HOME/shilu`, or `$HOME/.local/state/shilu`. A variable that is no absolute
/// path is none.
pub fn state_folder() -> Option<PathBuf> {
    let absolute = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let state = absolute("XDG_STATE_HOME").or_else(|| Some(absolute("HOME")?.join(".local/state")));
    state.map(|state| state.join("shilu"))
}

/// The name at the end of a chain of symbolic links: a link stays one.
pub fn followed(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            Ok(target) => path = folder_of(&path).join(target),
            Err(_) => break,
        }
    }
    path
}

/// The folder of a file.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The hash FNV-1a of 64 bits: the same in every version of the program and on every machine.
pub fn fnv1a(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn the_hash_is_the_published_one() {
        let known = [
            ("", 0xcbf2_9ce4_8422_2325),
            ("a", 0xaf63_dc4c_8601_ec8c),
            ("foobar", 0x8594_4171_f739_67e8_u64),
        ];
        for (text, hash) in known {
            assert_eq!(fnv1a(text.as_bytes()), hash);
        }
    }

    #[test]
    fn a_file_is_called_as_its_record() {
        for (record, file) in [
            ("talk.txt", "talk.txt.shilu.toml"),
            ("/实录/开幕", "/实录/开幕.shilu.toml"),
            ("../.hidden", "../.hidden.shilu.toml"),
        ] {
            assert_eq!(beside(Path::new(record)), Path::new(file));
        }
        let raw = std::ffi::OsStr::from_bytes(b"\xc8\xcb.txt");
        assert_eq!(beside(Path::new(raw)).as_os_str().as_bytes(), b"\xc8\xcb.txt.shilu.toml");
    }

    #[test]
    fn the_state_folder_tells_records_of_one_name_apart_and_links_not() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["a", "b"] {
            fs::create_dir(at(name)).unwrap();
            fs::write(at(name).join("talk.txt"), "").unwrap();
        }
        symlink(at("a/talk.txt"), at("link")).unwrap();
        let state = |name: &str| in_state(Path::new("/state"), &at(name));
        assert_ne!(state("a/talk.txt"), state("b/talk.txt"));
        assert_eq!(state("a/talk.txt"), state("link"));
        let shown = state("a/talk.txt").display().to_string();
        assert!(
            shown.starts_with("/state/corrections/talk.txt.") && shown.ends_with(".shilu.toml"),
            "{shown}"
        );
        let long = in_state(Path::new("/"), Path::new(&"馆".repeat(85)));
        assert!(long.file_name().unwrap().len() < 200, "{long:?}");
    }
}
