//! Bookmarks and notes on the disk: found again in a record that was renamed, has grown or was edited; and whatever step of
//! the writing is the last one, the old or the new state.

#![expect(clippy::unwrap_used, reason = "a folder that cannot be made fails its test")]

mod say;

use say::say;
use shilu::format::{Forced, read_bytes};
use shilu::marks::{Check, Entry, Mark};
use shilu::store::{Disk, Failed, Keeper, MOST_READ, Memory, Reading, Steps, What};
use shilu::structure::Edit;
use shilu::transcript::{PostId, Transcript};
use std::cell::Cell;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const TALK: [&str; 4] = [
    "2025-01-01 08:00\n主持人\n请图书馆馆长陆知远介绍。\n",
    "2025-01-01 08:01\n图书馆馆长陆知远\n好的。我们做了三件事。\n",
    "2025-01-01 08:02\n副馆长沈砚秋\n我补充一点。\n",
    "2025-01-01 08:03\n主持人\n谢谢大家。\n",
];

/// A folder with a record and a place for state.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.write("talk.txt", &TALK.concat());
        desk
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> Transcript {
        fs::write(self.at(name), text).unwrap();
        read_bytes(text.as_bytes(), Forced::default()).unwrap().0
    }

    fn read(&self, name: &str) -> Transcript {
        read_bytes(&fs::read(self.at(name)).unwrap(), Forced::default()).unwrap().0
    }

    fn memory(&self, name: &str) -> Memory {
        Memory::in_state(&self.at("state"), &self.at(name))
    }

    /// Keeps a note on a post of a record.
    fn note(&self, name: &str, post: usize, text: &str) {
        let transcript = self.read(name);
        self.memory(name).keep(&transcript, &noted(&transcript, post, text)).unwrap();
    }

    /// The notes that are found in a record, by number of the post; 0 where the post is not found.
    fn notes(&self, name: &str) -> Vec<(usize, String)> {
        let transcript = self.read(name);
        let entries = self.memory(name).marks(&transcript).unwrap();
        let found = |entry: &Entry| entry.find(&transcript, true).map_or(0, PostId::number);
        let mut notes: Vec<_> = entries.iter().map(|entry| (found(entry), entry.mark.note.clone())).collect();
        notes.sort();
        notes
    }

    /// The one file of a folder of the state.
    fn file(&self, folder: &str) -> PathBuf {
        let files = names(&self.at("state").join(folder));
        assert_eq!(files.len(), 1, "{files:?}");
        self.at("state").join(folder).join(&files[0])
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn noted(transcript: &Transcript, post: usize, text: &str) -> Entry {
    let mark = Mark { note: text.to_owned(), ..Mark::default() };
    Entry::of(transcript, PostId::new(post - 1), mark)
}

fn told(notes: &[(usize, &str)]) -> Vec<(usize, String)> {
    notes.iter().map(|&(post, note)| (post, note.to_owned())).collect()
}

/// Steps of a process that is killed before one of them, or in the middle of writing.
#[derive(Debug)]
struct Dying {
    left: Cell<usize>,
    halves: bool,
    dead: Cell<bool>,
}

impl Dying {
    fn before(step: usize, halves: bool) -> Self {
        Self { left: Cell::new(step), halves, dead: Cell::new(false) }
    }

    /// Whether a step is done; nothing is after the last one.
    fn step(&self) -> io::Result<()> {
        match self.left.get().checked_sub(1) {
            Some(left) if !self.dead.get() => {
                self.left.set(left);
                Ok(())
            }
            _ => {
                self.dead.set(true);
                Err(io::ErrorKind::Other.into())
            }
        }
    }
}

impl Steps for Dying {
    fn create(&self, folder: &Path, start: &OsStr, mode: u32) -> io::Result<(File, PathBuf)> {
        self.step().and_then(|()| Disk.create(folder, start, mode))
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        let was_dead = self.dead.get();
        self.step().and_then(|()| Disk.write(file, bytes)).inspect_err(|_| {
            if self.halves && !was_dead {
                file.write_all(&bytes[..bytes.len() / 2]).unwrap();
            }
        })
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        self.step().and_then(|()| Disk.sync(file))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step().and_then(|()| Disk.rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| Disk.remove(path))
    }

    fn sync_folder(&self, folder: &File) -> io::Result<()> {
        self.step().and_then(|()| Disk.sync_folder(folder))
    }
}

/// Does something that dies at each of its steps in turn, from the same state, until it lives; says how often it died.
fn die_everywhere(mut attempt: impl FnMut(&Dying) -> bool) -> usize {
    let mut deaths = 0;
    for halves in [false, true] {
        for step in 0.. {
            let dying = Dying::before(step, halves);
            let lived = attempt(&dying);
            assert_eq!(lived, !dying.dead.get(), "who has died has not acknowledged anything");
            if lived {
                break;
            }
            deaths += 1;
        }
    }
    deaths
}

#[test]
fn at_whatever_step_a_process_dies_the_old_or_the_new_marks_are_there() {
    let mut deaths = 0;
    // A first note, a changed one, one more, and the last one taken away.
    for (before, post, note) in [
        (vec![], 1, "第一"),
        (vec![(1, "旧")], 1, "新\n两行"),
        (vec![(1, "旧")], 3, "另一条"),
        (vec![(1, "旧")], 1, ""),
    ] {
        deaths += die_everywhere(|dying| {
            let desk = Desk::new();
            for &(post, note) in &before {
                desk.note("talk.txt", post, note);
            }
            let old = told(&before);
            let mut new: Vec<_> = before.iter().filter(|(other, _)| *other != post).copied().collect();
            new.extend(Some((post, note)).filter(|_| !note.is_empty()));
            let transcript = desk.read("talk.txt");
            let kept = desk.memory("talk.txt").keep_by(dying, &transcript, &noted(&transcript, post, note));
            let found = desk.notes("talk.txt");
            assert!(found == old || found == told(&new), "{dying:?}: {found:?}");
            assert!(kept.is_err() || found == told(&new), "what was acknowledged is there");
            desk.note("talk.txt", 4, "之后");
            let more: Vec<_> = [found, told(&[(4, "之后")])].concat();
            assert_eq!(desk.notes("talk.txt"), more, "{dying:?}");
            assert_eq!(names(&desk.at("state/marks")).len(), 1, "nothing is left over");
            kept.is_ok()
        });
    }
    say(&format!("{deaths} deaths while marks were written: the old or the new ones each time"));
    assert!(deaths >= 4 * 2 * 5, "{deaths}");
}

#[test]
fn at_whatever_step_a_process_dies_the_old_or_the_new_corrections_are_there() {
    let name = |name: &str| Edit::Name(Some(name.to_owned()));
    let mut deaths = 0;
    for (before, edit, after) in [
        (None, name("陆"), Some("陆")),
        (Some("旧"), name("新"), Some("新")),
        (Some("旧"), Edit::Forget, None),
    ] {
        deaths += die_everywhere(|dying| {
            let desk = Desk::new();
            let keeper = Keeper::beside(&desk.at("talk.txt"), None);
            if let Some(old) = before {
                keeper.edit("主持人", &name(old)).unwrap();
            }
            let kept = keeper.edit_by(dying, "主持人", &edit);
            let loaded = keeper.load();
            assert!(loaded.broken.is_empty(), "{:?}", loaded.broken);
            let found = loaded.corrections.of("主持人").and_then(|known| known.name.clone());
            let found = found.as_deref();
            assert!(found == before || found == after, "{dying:?}: {found:?}");
            keeper.edit("副馆长沈砚秋", &name("沈")).unwrap();
            assert_eq!(
                names(desk.folder.path()),
                ["talk.txt", "talk.txt.shilu.toml"],
                "nothing is left over"
            );
            kept.is_ok()
        });
    }
    say(&format!("{deaths} deaths while corrections were written: the old or the new ones each time"));
    assert!(deaths >= 2 * (5 + 5 + 2), "{deaths}");
}

#[test]
fn at_whatever_step_a_process_dies_the_old_or_the_new_place_is_there() {
    let place = |transcript: &Transcript, number: usize| Reading {
        number,
        check: Check::of(transcript, PostId::new(number - 1)),
        posts: 4,
        ..Reading::default()
    };
    let deaths = die_everywhere(|dying| {
        let desk = Desk::new();
        let (memory, transcript) = (desk.memory("talk.txt"), desk.read("talk.txt"));
        memory.keep_reading(&transcript, &place(&transcript, 2)).unwrap();
        let kept = memory.keep_reading_by(dying, &transcript, &place(&transcript, 3));
        let found = memory.reading(&transcript).unwrap().unwrap();
        assert!([2, 3].contains(&found.number), "{found:?}");
        memory.keep_reading(&transcript, &place(&transcript, 4)).unwrap();
        assert_eq!(memory.reading(&transcript).unwrap(), Some(place(&transcript, 4)));
        assert_eq!(names(&desk.at("state/reading")).len(), 1, "nothing is left over");
        kept.is_ok()
    });
    assert!(deaths >= 10, "{deaths}");
}

#[test]
fn marks_are_found_in_a_record_that_was_renamed_or_has_grown() {
    let desk = Desk::new();
    desk.note("talk.txt", 2, "三件");
    let more = "2025-01-01 08:04\n主持人\n再见。\n";
    for (name, text) in [
        ("renamed.txt", TALK.concat()),
        ("grown.txt", TALK.concat() + more),
        ("talk.txt", TALK.concat() + more),
        ("folder/moved.txt", TALK.concat() + &more.repeat(40)),
    ] {
        fs::create_dir_all(desk.at("folder")).unwrap();
        desk.write(name, &text);
        assert_eq!(desk.notes(name), told(&[(2, "三件")]), "{name}");
    }
    // Written where it was found: no second file that knows only half.
    desk.note("folder/moved.txt", 3, "补充");
    assert_eq!(desk.notes("talk.txt"), told(&[(2, "三件"), (3, "补充")]));
    desk.file("marks");
    desk.write(
        "other.txt",
        "2025-01-01 08:00\n主持人\n请图书馆馆长陆知远介绍。\n2025-01-01 09:00\n甲\n别的。\n",
    );
    assert_eq!(desk.notes("other.txt"), told(&[]), "it begins alike and goes on otherwise");
}

#[test]
fn posts_that_have_moved_are_found_and_what_is_gone_is_kept_in_the_file() {
    let desk = Desk::new();
    for post in 1..=4 {
        desk.note("talk.txt", post, &post.to_string());
    }
    let notice = "2025-01-01 07:50\n直播员\n开始了。\n";
    desk.write("talk.txt", &[notice, TALK[0], TALK[1], TALK[3]].concat());
    assert_eq!(desk.notes("talk.txt"), told(&[(0, "3"), (2, "1"), (3, "2"), (4, "4")]));
    let transcript = desk.read("talk.txt");
    let memory = desk.memory("talk.txt");
    let first = memory.marks(&transcript).unwrap().into_iter().find(|entry| entry.mark.note == "1").unwrap();
    let mark = Mark { note: "changed".into(), ..first.mark.clone() };
    memory.keep(&transcript, &Entry { mark, ..first }).unwrap();
    assert_eq!(desk.notes("talk.txt"), told(&[(0, "3"), (2, "changed"), (3, "2"), (4, "4")]));
    desk.write("talk.txt", &TALK.concat());
    assert_eq!(desk.notes("talk.txt"), told(&[(1, "changed"), (2, "2"), (3, "3"), (4, "4")]));
}

#[test]
fn another_record_in_the_place_of_one_has_none_of_its_marks() {
    let desk = Desk::new();
    desk.note("talk.txt", 2, "三件");
    desk.write("talk.txt", "2026-02-02 10:00\n乙\n今天是另一场。\n2026-02-02 10:01\n丙\n好。\n");
    assert_eq!(desk.notes("talk.txt"), told(&[]));
    desk.note("talk.txt", 1, "新");
    assert_eq!(desk.notes("talk.txt"), told(&[(1, "新")]));
    desk.write("talk.txt", &TALK.concat());
    assert_eq!(desk.notes("talk.txt"), told(&[(2, "三件")]));
}

#[test]
fn readers_that_are_open_at_once_lose_nothing_and_the_last_change_of_a_post_wins() {
    let desk = Desk::new();
    let (memory, path) = (desk.memory("talk.txt"), desk.at("talk.txt"));
    let edits = |posts: [usize; 2], tag: &str| {
        let transcript = read_bytes(&fs::read(&path).unwrap(), Forced::default()).unwrap().0;
        for turn in 0..40 {
            for post in posts {
                memory.keep(&transcript, &noted(&transcript, post, &format!("{tag}{turn}"))).unwrap();
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| edits([1, 2], "甲"));
        scope.spawn(|| edits([3, 4], "乙"));
    });
    assert_eq!(desk.notes("talk.txt"), told(&[(1, "甲39"), (2, "甲39"), (3, "乙39"), (4, "乙39")]));
    let transcript = desk.read("talk.txt");
    let all = memory.keep(&transcript, &noted(&transcript, 1, "后来")).unwrap();
    assert_eq!(all.len(), 4, "whoever writes learns what the others have written");
    assert!(all.iter().any(|entry| entry.mark.note == "后来"));
}

#[test]
fn whatever_is_in_a_note_is_read_as_it_was_written() {
    let desk = Desk::new();
    for note in [
        "两行\n第二行",
        "\n",
        "\"\"\"",
        "a\"\"",
        "\"\n\"\"\"\"\n\"",
        "\\n\\",
        "tab\t\u{1b}[31m\r\n\u{7f}",
        "'''\n\"\"\"\n\"",
        "# no comment\n[[mark]]",
    ] {
        desk.note("talk.txt", 2, note);
        assert_eq!(desk.notes("talk.txt"), told(&[(2, note)]));
    }
}

#[test]
fn a_file_that_is_broken_or_newer_is_never_written_over() {
    let desk = Desk::new();
    desk.note("talk.txt", 1, "一");
    let (file, transcript) = (desk.file("marks"), desk.read("talk.txt"));
    let good = fs::read_to_string(&file).unwrap();
    for bad in [good.replace("version = 1", "version = 2"), good.clone() + "[[mark]\n"] {
        fs::write(&file, &bad).unwrap();
        let memory = desk.memory("talk.txt");
        let broken = memory.marks(&transcript).unwrap_err();
        assert!(matches!(broken.what, What::Newer(2) | What::Syntax(_)), "{broken:?}");
        let failed = memory.keep(&transcript, &noted(&transcript, 2, "二")).unwrap_err();
        assert!(matches!(failed, Failed::Broken(_)), "{failed:?}");
        assert_eq!(fs::read_to_string(&file).unwrap(), bad);
    }
    fs::write(&file, good).unwrap();
    desk.note("talk.txt", 2, "二");
    assert_eq!(desk.notes("talk.txt"), told(&[(1, "一"), (2, "二")]));
}

#[test]
fn the_state_is_private_and_names_its_record() {
    let desk = Desk::new();
    desk.note("talk.txt", 1, "一");
    let transcript = desk.read("talk.txt");
    let reading = Reading { number: 1, check: Check::of(&transcript, PostId::new(0)), ..Reading::default() };
    desk.memory("talk.txt").keep_reading(&transcript, &reading).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for folder in ["marks", "reading"] {
        assert_eq!((mode(&desk.at("state").join(folder)), mode(&desk.file(folder))), (0o700, 0o600));
        let text = fs::read_to_string(desk.file(folder)).unwrap();
        for wanted in ["version = 1\n", "talk.txt\"\n", "size = ", "posts = 3\n", "fingerprint = \""] {
            assert!(text.contains(wanted), "{text}");
        }
    }
}

#[test]
fn old_reading_positions_go_and_marks_stay() {
    let desk = Desk::new();
    let folder = desk.at("state/reading");
    fs::create_dir_all(&folder).unwrap();
    for number in 0..MOST_READ + 20 {
        let path = folder.join(format!("old.{number:016x}.00000000.toml"));
        let file = File::create(path).unwrap();
        let age =
            std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000 + number as u64);
        file.set_modified(age).unwrap();
    }
    desk.note("talk.txt", 1, "一");
    let transcript = desk.read("talk.txt");
    let reading = Reading { number: 1, check: Check::of(&transcript, PostId::new(0)), ..Reading::default() };
    desk.memory("talk.txt").keep_reading(&transcript, &reading).unwrap();
    let left = names(&folder);
    assert_eq!(left.len(), MOST_READ);
    assert!(left.iter().any(|name| name.starts_with("talk.txt.")), "what is read now is kept");
    assert!(
        !left.contains(&format!("old.{:016x}.00000000.toml", 20))
            && left.contains(&format!("old.{:016x}.00000000.toml", 21))
    );
    assert_eq!(names(&desk.at("state/marks")).len(), 1);
}
