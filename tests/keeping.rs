//! Corrections from the reader to the disk and back: the real program in a terminal, and in other commands.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a record that cannot be written fails its test")]

mod pty;

use pty::{Launch, SHILU, Terminal, launch};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const RECORD: [&str; 3] = [
    "2025-01-01 08:00\n主持人\n请图书馆馆长陆知远介绍。\n",
    "2025-01-01 08:01\n图书馆馆长陆知远\n好的。\n",
    "2025-01-01 08:02\n副馆长沈砚秋\n我补充。\n",
];

fn record(folder: &Path) -> PathBuf {
    let path = folder.join("talk.txt");
    fs::write(&path, RECORD.concat()).unwrap();
    path
}

fn side_car(record: &Path) -> PathBuf {
    record.with_file_name("talk.txt.shilu.toml")
}

fn reader(folder: &Path) -> Launch {
    launch(SHILU).args(["--lang", "en"]).env("XDG_STATE_HOME", folder.join("state"))
}

fn open(folder: &Path, record: &Path) -> Terminal {
    let mut terminal = reader(folder).arg(record).start();
    terminal.wait_for_text("talk");
    terminal
}

/// Names and roles as programs are told of them.
fn told(folder: &Path, record: &Path) -> Vec<(String, String)> {
    let output = Command::new(SHILU)
        .args(["info", "--json"])
        .arg(record)
        .env("XDG_STATE_HOME", folder.join("state"))
        .output()
        .unwrap();
    let info: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let speakers = info["speakers"].as_array().unwrap();
    speakers.iter().map(|speaker| (text(&speaker["name"]), text(&speaker["role"]))).collect()
}

#[test]
fn what_is_corrected_in_the_reader_holds_for_every_command_and_a_record_that_has_changed() {
    let folder = tempfile::tempdir().unwrap();
    let record = record(folder.path());
    let before = fs::read(&record).unwrap();
    let mut terminal = open(folder.path(), &record);
    for keys in ["2", "e", "n"] {
        terminal.press_and_wait(keys);
    }
    terminal.press_and_wait("\x15陆远\r");
    terminal.wait_for_text("kept in talk.txt.shilu.toml");
    terminal.press_and_wait("r");
    terminal.press_and_wait("q");
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
    let person = ("陆远".to_owned(), "host".to_owned());
    assert_eq!(told(folder.path(), &record)[1], person);
    assert_eq!(fs::read(&record).unwrap(), before, "the record is never written");
    let newer = "2025-01-01 08:03\n图书馆馆长陆知远\n完。\n";
    for parts in [vec![RECORD[1], RECORD[2], RECORD[0], newer], vec![RECORD[2], newer, RECORD[0]]] {
        fs::write(&record, parts.concat()).unwrap();
        assert!(told(folder.path(), &record).contains(&person), "{parts:?}");
    }
    let mut again = open(folder.path(), &record);
    again.wait_for_text("陆远");
}

#[test]
fn a_correction_that_was_acknowledged_outlives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let record = record(folder.path());
    for (round, role) in ["host", "guest", "audience", "admin"].into_iter().enumerate() {
        let mut terminal = open(folder.path(), &record);
        terminal.press_and_wait("3");
        terminal.press_and_wait("e");
        terminal.press_and_wait("r");
        terminal.wait_for_text("kept in");
        terminal.signal("KILL");
        assert_eq!(told(folder.path(), &record)[2].1, role, "round {round}");
    }
}

#[test]
fn a_broken_file_of_corrections_is_told_of_and_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let record = record(folder.path());
    let broken = "[[speaker]]\nbyline = \"图书馆馆长陆知远\"\nname = 7\n";
    fs::write(side_car(&record), broken).unwrap();
    let mut terminal = open(folder.path(), &record);
    terminal.wait_for_text("talk.txt.shilu.toml:3");
    for keys in ["2", "e", "r"] {
        terminal.press_and_wait(keys);
    }
    terminal.wait_for_text("talk.txt.shilu.toml:3");
    assert_eq!(fs::read_to_string(side_car(&record)).unwrap(), broken);
}

#[test]
fn corrections_of_the_demo_hold_as_long_as_it_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = reader(folder.path()).start();
    terminal.wait_for_text("直播");
    for keys in ["3", "e", "r"] {
        terminal.press_and_wait(keys);
    }
    terminal.wait_for_text("there is no file to keep it beside");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
