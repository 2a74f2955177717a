//! Coming back: to the word at which one stopped, in a record that was renamed or has grown; and what the real program keeps
//! when it is left in any way.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a record that cannot be written fails its test")]

mod pty;
mod say;
mod support;

use pty::{Launch, SHILU, Terminal, launch};
use say::say;
use shilu::format::{Forced, read_bytes};
use shilu::marks::Entry;
use shilu::store::Memory;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use support::Stage;

/// Minutes of a talk from one on, two speakers in turn.
fn talk(minutes: std::ops::Range<usize>) -> String {
    minutes.fold(String::new(), |mut text, minute| {
        let who = ["主持人", "图书馆馆长陆知远"][minute % 2];
        let (hour, minute) = (8 + minute / 60, minute % 60);
        let words = format!("这是第{hour}时{minute}分的话。").repeat(9);
        let _ = writeln!(text, "2025-01-01 {hour:02}:{minute:02}\n{who}\n{words}");
        text
    })
}

#[test]
fn one_comes_back_to_the_word_whatever_the_size() {
    let text = talk(0..60);
    for keys in ["J J J j j", "PgDn PgDn j", "G", ": \"50%\" Enter j j j j", ") ) K"] {
        let mut left = Stage::new(&text, 80, 24);
        left.keys(keys);
        let same = left.come_back(&text, (80, 24));
        assert_eq!(
            (same.app.reader.focus, &same.app.page),
            (left.app.reader.focus, &left.app.page),
            "{keys}"
        );
        let other = left.come_back(&text, (40, 16));
        let shown = other.app.page.iter().any(|row| row.post == left.app.reader.focus);
        assert!(shown && other.app.reader.focus == left.app.reader.focus, "{keys}");
    }
}

#[test]
fn the_card_tells_what_has_come_and_any_key_closes_it_and_does_what_it_does() {
    let mut left = Stage::new(&talk(0..20), 80, 24);
    left.keys("J J J J J");
    let mut stage = left.come_back(&talk(0..50), (80, 24));
    let screen = stage.screen();
    for told in
        ["回到上次读到的地方", "#6 08:05", "上次 2025年1月2日", "此后新增 30 条", "未读 44 条", "22  陆知远"]
    {
        assert!(screen.contains(told), "{told}\n{screen}");
    }
    stage.keys("J");
    assert!(stage.app.resume_card().is_none() && stage.focus() == 7, "{}", stage.screen());
    assert!(!stage.screen().contains("回到上次"));
    let mut stage = left.come_back(&talk(0..50), (80, 24));
    stage.click(40, 10);
    assert!(stage.app.resume_card().is_none());
}

#[test]
fn whoever_stood_at_the_beginning_is_told_nothing() {
    let left = Stage::new(&talk(0..20), 80, 24);
    assert_eq!(left.app.reading(String::new()), None, "nothing was read");
    let mut left = Stage::new(&talk(0..20), 80, 24);
    left.keys("J J J");
    let mut back = left.come_back(&talk(0..20), (80, 24));
    back.keys("g g");
    let again = back.come_back(&talk(0..20), (80, 24));
    assert!(again.app.resume_card().is_none() && again.focus() == 1, "the beginning is a place too");
}

#[test]
fn a_place_that_is_not_known_yet_is_waited_for_unless_one_reads_elsewhere() {
    let mut left = Stage::new(&talk(0..60), 80, 24);
    left.keys(": \"#50\" Enter");
    let reading = left.app.reading("2025-01-02T21:40:00+08:00".into()).unwrap();
    for (keys, focus) in [("", 50), ("?", 50), ("J", 2)] {
        let mut stage = Stage::new("", 80, 24);
        stage.app.resume(reading.clone(), "昨天".into());
        for (minutes, loading) in [(0..20, true), (0..60, false)] {
            let record = read_bytes(talk(minutes).as_bytes(), Forced::default()).unwrap().0;
            let source = shilu::app::Source { loading, ..shilu::app::Source::default() };
            stage.app.grow(stage.now, |known| {
                *known = record;
                source
            });
            if loading {
                assert_eq!(stage.focus(), 1);
                assert_eq!(
                    stage.app.reading(String::new()),
                    None,
                    "what was kept is not forgotten meanwhile"
                );
                stage.keys(keys);
            }
        }
        assert_eq!(stage.focus(), focus, "{keys}");
    }
}

#[test]
fn a_replay_goes_on_where_it_stood() {
    let text = talk(0..60);
    let mut left = Stage::new(&text, 80, 24);
    left.keys(": \"#20\" Enter Space } } } } } }").wait(3000).keys("Space");
    assert!(left.app.revealed < 60);
    let mut back = left.come_back(&text, (80, 24));
    assert_eq!((back.app.revealed, back.app.clock.is_playing()), (left.app.revealed, false));
    back.keys("Space").wait(61_000);
    assert_eq!(back.app.revealed, left.app.revealed + 1);
}

/// A folder with a record and the state of the program.
fn reader(folder: &Path) -> Launch {
    launch(SHILU).args(["--lang", "en"]).env("XDG_STATE_HOME", folder.join("state"))
}

fn open(folder: &Path, record: &Path) -> Terminal {
    let mut terminal = reader(folder).arg(record).start();
    terminal.wait_for_text("08:");
    terminal
}

fn record(folder: &Path) -> PathBuf {
    let path = folder.join("talk.txt");
    fs::write(&path, talk(0..60)).unwrap();
    path
}

const BACK: &str = "Back where you stopped";

#[test]
fn however_the_program_is_left_the_next_one_goes_on_there() {
    for way in ["q", "TERM", "HUP", "gone"] {
        let folder = tempfile::tempdir().unwrap();
        let record = record(folder.path());
        let mut terminal = open(folder.path(), &record);
        terminal.press_and_wait(":");
        terminal.press_and_wait("#31\r");
        match way {
            "q" => {
                terminal.press("q");
                assert_eq!(terminal.exit_code(), 0);
            }
            "gone" => drop(terminal.hang_up(pty::PATIENCE)),
            signal => {
                terminal.signal(signal);
                terminal.exit_code();
            }
        }
        let renamed = folder.path().join("moved.txt");
        fs::write(&renamed, talk(0..75)).unwrap();
        fs::remove_file(&record).unwrap();
        let mut again = open(folder.path(), &renamed);
        for told in [BACK, "#31 08:30", "15 new posts since", "unread: 44 posts"] {
            again.wait_for_text(told);
        }
        again.press_and_wait("J");
        assert!(!again.text().contains(BACK), "{}", again.text());
        again.press("q");
        assert_eq!(again.exit_code(), 0);
        // Whoever wants to be somewhere is there, and a look is no reading.
        let mut there = reader(folder.path()).args(["--at", "#2"]).arg(&renamed).start();
        there.wait_for_text("08:01");
        assert!(!there.text().contains(BACK), "{}", there.text());
        there.press("q");
        assert_eq!(there.exit_code(), 0);
        let mut private = reader(folder.path()).arg("--no-resume").arg(&renamed).start();
        private.wait_for_text("08:00");
        private.press_and_wait("G");
        private.press("q");
        assert_eq!(private.exit_code(), 0);
        let mut last = open(folder.path(), &renamed);
        last.wait_for_text("#32 08:31");
    }
}

#[test]
fn a_note_that_was_acknowledged_outlives_a_kill_and_none_is_ever_half() {
    const KILLS: usize = 36;
    let folder = tempfile::tempdir().unwrap();
    let record = record(folder.path());
    let transcript = read_bytes(&fs::read(&record).unwrap(), Forced::default()).unwrap().0;
    let memory = Memory::in_state(&folder.path().join("state/shilu"), &record);
    let (mut old, mut new_ones) = (String::new(), 0);
    for round in 0..KILLS {
        let mut terminal = open(folder.path(), &record);
        let new = format!("note {round}");
        terminal.press_and_wait("a");
        terminal.press_and_wait("\x15");
        let written = terminal.bytes.len();
        terminal.press(&format!("{new}\x13"));
        // From one round to the next, some more of what it draws is waited for.
        if round % 6 == 5 {
            terminal.wait_for_text("note kept");
        } else {
            let more = (round / 6) * 40 * (round % 6);
            terminal
                .wait_until("more on the screen", |terminal| terminal.bytes.len() >= written + more.min(150));
        }
        terminal.kill();
        let entries = memory.marks(&transcript).unwrap();
        let found = entries.first().map_or("", |entry: &Entry| &entry.mark.note).to_owned();
        assert!(found == old || found == new, "{found:?} is neither {old:?} nor {new:?}");
        assert!(round % 6 != 5 || found == new, "what was acknowledged is there");
        assert!(entries.len() <= 1, "{entries:?}");
        new_ones += usize::from(found == new);
        old = found;
    }
    say(&format!(
        "{KILLS} kills while notes were written: {new_ones} times the new one was there, else the old one"
    ));
    let mut terminal = open(folder.path(), &record);
    terminal.press_and_wait("a");
    terminal.press_and_wait("\x15the end\x13");
    terminal.wait_for_text("note kept");
    let left = fs::read_dir(folder.path().join("state/shilu/marks")).unwrap().count();
    assert_eq!(left, 1, "nothing is left over");
}

#[test]
fn two_readers_that_are_open_at_once_see_and_keep_what_the_other_has_written() {
    let folder = tempfile::tempdir().unwrap();
    let record = record(folder.path());
    let (mut one, mut other) = (open(folder.path(), &record), open(folder.path(), &record));
    one.press_and_wait("m");
    one.wait_for_text("bookmark: #1");
    other.press_and_wait("J");
    other.press_and_wait("a");
    other.press_and_wait("hello\x13");
    other.wait_for_text("note kept: #2");
    other.press_and_wait("'");
    other.wait_for_text("⚑ 08:00");
    let transcript = read_bytes(&fs::read(&record).unwrap(), Forced::default()).unwrap().0;
    let memory = Memory::in_state(&folder.path().join("state/shilu"), &record);
    assert_eq!(memory.marks(&transcript).unwrap().len(), 2);
}

#[test]
fn a_broken_file_is_told_of_and_marks_hold_until_the_reader_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let record = record(folder.path());
    let mut terminal = open(folder.path(), &record);
    terminal.press_and_wait("m");
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
    let marks = folder.path().join("state/shilu/marks");
    let file = fs::read_dir(&marks).unwrap().next().unwrap().unwrap().path();
    let newer = fs::read_to_string(&file).unwrap().replace("version = 1", "version = 7");
    fs::write(&file, &newer).unwrap();
    let mut terminal = reader(folder.path()).size(160, 24).arg(&record).start();
    terminal.wait_for_text("newer version");
    terminal.press_and_wait("J");
    terminal.press_and_wait("m");
    terminal.wait_for_text("bookmarks and notes not kept");
    terminal.press_and_wait("'");
    terminal.wait_for_text("⚑ 08:01");
    assert_eq!(fs::read_to_string(&file).unwrap(), newer);
}
