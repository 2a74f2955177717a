//! Waits for more of a file that is followed, and notices when it is not that file any more.
//!
//! The system says when something happens in its folder; beside that it is looked at now and then, for file systems
//! that say nothing. Everything happens on the thread that reads.

use crate::format::{Compared, Fate, Input, Intake, Wait};
use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::ffi::OsString;
use std::fs::{File, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

/// How often a file is looked at of which nothing is heard.
const LOOK: Duration = Duration::from_secs(2);

/// A file that is being written is read no more often than that.
const REST: Duration = Duration::from_millis(10);

/// What waits for more of a file.
pub struct Follower {
    path: PathBuf,
    file: Arc<File>,
    gone: bool,
    modified: Option<SystemTime>,
    /// What it looked like when all of it was last compared with what was read.
    compared: Option<SystemTime>,
    heard: Receiver<()>,
    /// Keeps the channel open where the system says nothing.
    _mouth: SyncSender<()>,
    _watcher: Option<RecommendedWatcher>,
}

impl Follower {
    /// Follows a file that is open.
    pub fn new(path: &Path, file: Arc<File>) -> Self {
        let (mouth, heard) = sync_channel(1);
        let watcher = watch(path, mouth.clone()).ok();
        Self {
            path: path.to_owned(),
            file,
            gone: false,
            // Much may have happened since it was read.
            modified: None,
            compared: None,
            heard,
            _mouth: mouth,
            _watcher: watcher,
        }
    }

    /// Looks at the file. True if there is more to read, or something to tell.
    fn look(&mut self, intake: &mut Intake, slowly: bool) -> bool {
        let has_more = |file: &File| file.metadata().is_ok_and(|metadata| metadata.len() > intake.bytes());
        let metadata = match std::fs::metadata(&self.path) {
            Ok(metadata) if metadata.is_file() => Some(metadata),
            // A folder or a pipe is not that file, and may never be read.
            Ok(_) => None,
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            // Whoever has it open may still write.
            Err(_) => return has_more(&self.file),
        };
        let Some(metadata) = metadata else {
            if !std::mem::replace(&mut self.gone, true) {
                intake.note(Fate::Deleted);
                return true;
            }
            return has_more(&self.file);
        };
        if !self.file.metadata().is_ok_and(|known| is_same(&known, &metadata)) {
            return self.take_other(intake);
        }
        if std::mem::take(&mut self.gone) {
            intake.note(Fate::Back);
            return true;
        }
        let modified = metadata.modified().ok();
        let altered = std::mem::replace(&mut self.modified, modified) != modified;
        let len = metadata.len();
        let fate = if len < intake.bytes() {
            Some(Fate::Shortened)
        } else {
            // What is written over within one tick of the clock shows at a later look.
            let whole = altered && len == intake.bytes() || slowly && self.compared != modified;
            if whole && slowly {
                self.compared = modified;
            }
            let is_due = whole || len > intake.bytes();
            let how = if whole { Compared::Whole } else { Compared::Edges };
            (is_due && !intake.is_begun_by(&self.file, how)).then_some(Fate::Rewritten)
        };
        if let Some(fate) = fate {
            intake.restart(Input::File(Arc::clone(&self.file), len));
            intake.note(fate);
        }
        fate.is_some() || len > intake.bytes()
    }

    /// Another file stands in the place of the one that was read. One that begins with all that was read is that file
    /// for whoever reads: editors and some services write so.
    fn take_other(&mut self, intake: &mut Intake) -> bool {
        let Ok(file) = File::open(&self.path) else { return false };
        let Some(metadata) = file.metadata().ok().filter(Metadata::is_file) else { return false };
        let file = Arc::new(file);
        self.modified = metadata.modified().ok();
        self.file = Arc::clone(&file);
        let was_gone = std::mem::take(&mut self.gone);
        if metadata.len() >= intake.bytes() && intake.is_begun_by(&file, Compared::Whole) {
            intake.go_on_in(file);
            if was_gone {
                intake.note(Fate::Back);
            }
            return true;
        }
        intake.restart(Input::File(file, metadata.len()));
        intake.note(Fate::Replaced);
        true
    }
}

impl Wait for Follower {
    fn wait(&mut self, intake: &mut Intake) -> bool {
        sleep(REST);
        let mut slowly = false;
        while !self.look(intake, slowly) {
            slowly = self.heard.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout);
        }
        true
    }
}

fn is_same(a: &Metadata, b: &Metadata) -> bool {
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

/// Lets the system say when something happens to a file, or to what a link of that name leads to.
fn watch(path: &Path, mouth: SyncSender<()>) -> notify::Result<RecommendedWatcher> {
    let places = [Some(path.to_owned()), path.canonicalize().ok()];
    let names: Vec<OsString> =
        places.iter().flatten().filter_map(|path| path.file_name().map(OsString::from)).collect();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        let concerns = |event: &Event| {
            let is_named =
                |path: &PathBuf| path.file_name().is_some_and(|name| names.iter().any(|own| own == name));
            tells(event.kind) && (event.paths.is_empty() || event.paths.iter().any(is_named))
        };
        if event.as_ref().map_or(true, concerns) {
            // One word that waits is enough.
            let _ = mouth.try_send(());
        }
    })?;
    let mut folders: Vec<PathBuf> = places.iter().flatten().map(|path| folder(path)).collect();
    folders.dedup();
    for folder in folders {
        watcher.watch(&folder, RecursiveMode::NonRecursive)?;
    }
    Ok(watcher)
}

fn folder(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}

/// Whether an event says that a file may have changed: others read it, too.
fn tells(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Patience;
    use std::fs::{remove_file, rename, write};

    /// A file in a folder of its own, followed.
    struct Ground {
        folder: tempfile::TempDir,
        path: PathBuf,
        follower: Follower,
        intake: Intake,
    }

    impl Ground {
        fn new(text: &str) -> Self {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("record.txt");
            write(&path, text).unwrap();
            let file = Arc::new(File::open(&path).unwrap());
            let input = Input::File(Arc::clone(&file), text.len() as u64);
            let intake = Intake::new(input, None, Patience::None).following();
            let mut ground = Self { follower: Follower::new(&path, file), folder, path, intake };
            assert_eq!(ground.read(), (text.to_owned(), false));
            ground
        }

        /// The text that comes, and whether it is all anew.
        fn read(&mut self) -> (String, bool) {
            let (mut text, mut anew) = (String::new(), false);
            while let Some(piece) = self.intake.next().unwrap() {
                text += std::str::from_utf8(piece.text()).unwrap();
                anew |= piece.anew;
            }
            (text, anew)
        }

        fn look(&mut self) -> bool {
            self.follower.look(&mut self.intake, false)
        }

        fn fate(&self) -> Option<Fate> {
            self.intake.fate().map(|(_, fate)| fate)
        }

        fn append(&self, text: &str) {
            use std::io::Write;
            File::options().append(true).open(&self.path).unwrap().write_all(text.as_bytes()).unwrap();
        }

        /// Puts another file in the place of the one that is followed.
        fn put(&self, text: &str) {
            let other = self.folder.path().join("other");
            write(&other, text).unwrap();
            rename(other, &self.path).unwrap();
        }
    }

    fn told(text: &str, anew: bool) -> (String, bool) {
        (text.to_owned(), anew)
    }

    #[test]
    fn what_is_appended_is_read_on() {
        let mut ground = Ground::new("one\n");
        assert!(!ground.look(), "nothing has happened");
        ground.append("two\n");
        assert!(ground.look());
        assert_eq!((ground.read(), ground.fate()), (told("two\n", false), None));
        assert!(!ground.look());
    }

    #[test]
    fn a_file_that_is_cut_short_or_written_over_is_read_anew() {
        for (text, fate) in [
            ("", Fate::Shortened),
            ("tw\n", Fate::Shortened),
            ("two\n", Fate::Rewritten),
            ("two and more\n", Fate::Rewritten),
        ] {
            let mut ground = Ground::new("one\n");
            write(&ground.path, text).unwrap();
            // As if the clock of the file had not gone on since it was opened, and so no event told of it.
            assert!(
                ground.look() || {
                    ground.follower.compared = None;
                    ground.follower.look(&mut ground.intake, true)
                }
            );
            assert_eq!(ground.fate(), Some(fate), "{text:?}");
            assert_eq!(ground.read(), told(text, !text.is_empty()));
            ground.append("on\n");
            assert!(ground.look());
            assert_eq!(ground.read(), told("on\n", text.is_empty()));
        }
    }

    #[test]
    fn what_was_written_over_before_anybody_watched_is_noticed() {
        let mut ground = Ground::new("one\n");
        write(&ground.path, "two\n").unwrap();
        ground.follower = Follower::new(&ground.path, Arc::clone(&ground.follower.file));
        assert!(ground.look());
        assert_eq!((ground.read(), ground.fate()), (told("two\n", true), Some(Fate::Rewritten)));
    }

    #[test]
    fn a_file_that_was_only_touched_is_not_read_anew() {
        let mut ground = Ground::new("one\n");
        File::options().write(true).open(&ground.path).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
        assert!(!ground.look() && !ground.follower.look(&mut ground.intake, true));
        assert_eq!(ground.fate(), None);
    }

    #[test]
    fn another_file_in_its_place_is_read_anew_unless_it_begins_with_all_that_was_read() {
        let mut ground = Ground::new("one\n");
        ground.put("one\ntwo\n");
        assert!(ground.look());
        assert_eq!((ground.read(), ground.fate()), (told("two\n", false), None));
        ground.put("three\n");
        assert!(ground.look());
        assert_eq!((ground.read(), ground.fate()), (told("three\n", true), Some(Fate::Replaced)));
        ground.append("four\n");
        assert!(ground.look());
        assert_eq!(ground.read(), told("four\n", false));
    }

    #[test]
    fn a_deleted_file_is_kept_as_it_was_read_until_there_is_one_again() {
        for (text, read, fate) in [
            ("one\n", told("", false), Fate::Back),
            ("one\ntwo\n", told("two\n", false), Fate::Back),
            ("two\n", told("two\n", true), Fate::Replaced),
        ] {
            let mut ground = Ground::new("one\n");
            remove_file(&ground.path).unwrap();
            assert!(ground.look());
            assert_eq!((ground.read(), ground.fate()), (told("", false), Some(Fate::Deleted)));
            assert!(!ground.look(), "it is told once");
            write(&ground.path, text).unwrap();
            assert!(ground.look());
            assert_eq!((ground.read(), ground.fate()), (read, Some(fate)));
        }
    }

    #[test]
    fn the_system_says_when_the_file_is_written() {
        let ground = Ground::new("one\n");
        ground.append("two\n");
        assert!(ground.follower.heard.recv_timeout(Duration::from_secs(20)).is_ok());
    }
}
