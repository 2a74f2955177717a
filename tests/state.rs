//! `shilu state`, and marks in `export` and `grep`: the real program with a state folder.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a record that cannot be written fails its test")]

mod program;

use program::{Ran, run_at_home};
use serde_json::Value;
use shilu::format::{Forced, read_bytes};
use shilu::marks::{Check, Entry, Mark};
use shilu::store::{Memory, Reading};
use shilu::transcript::{PostId, Transcript};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const TALK: &str = "2025-01-01 08:00\n主持人\n请图书馆馆长陆知远介绍。\n\
    2025-01-01 08:01\n图书馆馆长陆知远\n好的。我们做了三件事。\n\
    2025-01-01 08:02\n副馆长沈砚秋\n我补充一点。\n";

/// A home with records, and what is kept of them.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn state(&self) -> PathBuf {
        self.at(".local/state/shilu")
    }

    fn record(&self, name: &str, first: &str) -> (Memory, Transcript) {
        let text = TALK.replace("请图书馆", first);
        fs::write(self.at(name), &text).unwrap();
        let transcript = read_bytes(text.as_bytes(), Forced::default()).unwrap().0;
        (Memory::in_state(&self.state(), &self.at(name)), transcript)
    }

    /// A record with a note on its second post, a bookmark on its third, and a reading position of that time.
    fn read_and_marked(&self, name: &str, when: &str) {
        let (memory, transcript) = self.record(name, name);
        let note = Mark { note: "哪三件?".into(), tags: vec!["问".into()], ..Mark::default() };
        let bookmark = Mark { bookmarked: true, name: "补充".into(), ..Mark::default() };
        for (post, mark) in [(1, note), (2, bookmark)] {
            memory.keep(&transcript, &Entry::of(&transcript, PostId::new(post), mark)).unwrap();
        }
        let check = Check::of(&transcript, PostId::new(1));
        let reading = Reading { number: 2, check, posts: 3, when: when.into(), ..Reading::default() };
        memory.keep_reading(&transcript, &reading).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        run_at_home(self.0.path(), arguments)
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.run(arguments).out).unwrap()
    }

    /// How many files there are of marks and of reading positions.
    fn files(&self) -> [usize; 2] {
        ["marks", "reading"].map(|folder| fs::read_dir(self.state().join(folder)).unwrap().count())
    }
}

const OLD: &str = "2020-01-01T00:00:00+08:00";
const NEW: &str = "2999-01-01T00:00:00+08:00";

#[test]
fn what_is_kept_is_listed_in_both_languages() {
    let home = Home::new();
    let nothing = home.run(&["state", "--lang", "en"]);
    assert_eq!((nothing.code, nothing.out.contains("nothing is kept yet")), (Some(0), true));
    home.read_and_marked("talk.txt", NEW);
    let path = home.at("talk.txt").canonicalize().unwrap();
    for (lang, head) in [("en", "bookmarks"), ("zh", "书签")] {
        let ran = home.run(&["state", "--lang", lang]);
        let rows: Vec<_> = ran.out.lines().collect();
        assert_eq!((ran.code, rows.len(), ran.err.as_str()), (Some(0), 2, ""), "{}", ran.out);
        assert!(rows[0].contains(head) && rows[1].ends_with(path.to_str().unwrap()), "{}", ran.out);
        assert!(rows[1].contains("#2/3"), "{}", ran.out);
    }
    let json = home.json(&["state", "--json"]);
    assert_eq!(json["schema"], "shilu-state/1");
    let record = &json["records"][0];
    for (key, value) in [("bookmarks", 1), ("notes", 1), ("tagged", 1)] {
        assert_eq!(record[key], value, "{record}");
    }
    assert_eq!((&record["gone"], &record["reading"]["when"]), (&Value::from(false), &Value::from(NEW)));
}

#[test]
fn pruning_takes_positions_of_records_that_are_gone_or_old_and_marks_when_that_is_said() {
    let home = Home::new();
    for (name, when) in [("a.txt", NEW), ("b.txt", OLD), ("c.txt", NEW)] {
        home.read_and_marked(name, when);
    }
    assert!(home.run(&["state", "--prune", "--lang", "en"]).out.contains("nothing to remove"));
    fs::remove_file(home.at("a.txt")).unwrap();
    let ran = home.run(&["state", "--prune", "--lang", "en"]);
    assert!(ran.out.contains("reading position of") && ran.out.contains("a.txt"), "{}", ran.out);
    assert_eq!(home.files(), [3, 2]);
    let removed = home.json(&["state", "--prune", "--older-than", "90d", "--json"]);
    let removed = removed["removed"].as_array().unwrap();
    assert_eq!(removed.len(), 1);
    assert!(removed[0]["record"].as_str().unwrap().ends_with("b.txt"));
    assert_eq!(home.files(), [3, 1]);
    let ran = home.run(&["state", "--prune", "--marks", "--lang", "zh"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for told in ["a.txt 的书签与笔记 2 处", "\n  #2 哪三件? #问\n", "\n  #3 补充\n"] {
        assert!(ran.out.contains(told), "{}", ran.out);
    }
    assert_eq!(home.files(), [2, 1], "what is marked in records that are there stays");
}

#[test]
fn what_is_asked_for_wrongly_is_a_usage_error() {
    let home = Home::new();
    for arguments in [
        &["state", "--marks"][..],
        &["state", "--older-than", "90d"],
        &["state", "--prune", "--older-than", "90"],
    ] {
        assert_eq!(home.run(arguments).code, Some(2), "{arguments:?}");
    }
}

#[test]
fn a_broken_file_is_told_of_and_stays() {
    let home = Home::new();
    home.read_and_marked("a.txt", OLD);
    fs::remove_file(home.at("a.txt")).unwrap();
    fs::write(home.state().join("marks/x.0.0.toml"), "version = 2\n").unwrap();
    for arguments in [&["state", "--lang", "en"][..], &["state", "--prune", "--marks", "--lang", "en"]] {
        let ran = home.run(arguments);
        assert_eq!(ran.code, Some(1), "{}", ran.out);
        assert!(
            ran.err.contains("x.0.0.toml:1: written by a newer version") && ran.out.contains("a.txt"),
            "{}",
            ran.err
        );
    }
    assert_eq!(home.files(), [1, 0]);
}

#[test]
fn names_and_notes_give_the_terminal_no_orders() {
    let home = Home::new();
    let (memory, transcript) = home.record("evil\u{1b}[31m.txt", "请图书馆");
    let mark = Mark { note: "\u{1b}]52;c;aGk=\u{7}\u{202e}".into(), ..Mark::default() };
    memory.keep(&transcript, &Entry::of(&transcript, PostId::new(1), mark)).unwrap();
    let harmless = |arguments: &[&str]| {
        let out = home.run(arguments).out;
        assert!(out.contains("evil") && !out.contains(['\u{1b}', '\u{7}', '\u{202e}', '\u{9b}']), "{out:?}");
    };
    harmless(&["state"]);
    harmless(&["state", "--json"]);
    fs::remove_file(home.at("evil\u{1b}[31m.txt")).unwrap();
    harmless(&["state", "--prune", "--marks"]);
}

#[test]
fn a_folder_that_cannot_be_written_is_told_of() {
    let home = Home::new();
    home.read_and_marked("a.txt", NEW);
    fs::remove_file(home.at("a.txt")).unwrap();
    let folder = home.state().join("reading");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).unwrap();
    let may_all = fs::write(folder.join("probe"), "").is_ok();
    let ran = home.run(&["state", "--prune", "--lang", "en"]);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
    if !may_all {
        assert_eq!((ran.code, ran.err.lines().count(), home.files()), (Some(1), 1, [1, 1]), "{}", ran.err);
    }
}

/// The posts that a command wrote as JSON.
fn bodies(ran: &Ran) -> Vec<String> {
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    ["介绍", "三件事", "补充一点"]
        .into_iter()
        .filter(|words| ran.out.contains(words))
        .map(str::to_owned)
        .collect()
}

#[test]
fn exports_and_searches_know_the_marks_of_the_state_folder() {
    let home = Home::new();
    home.read_and_marked("talk.txt", NEW);
    let path = home.at("talk.txt");
    let path: &str = Path::to_str(&path).unwrap();
    let export = |more: &[&str]| home.run(&[&["export", path, "--to", "md", "--lang", "zh"], more].concat());
    let marked = export(&["--marks"]);
    assert_eq!(bodies(&marked), ["三件事", "补充一点"], "{}", marked.out);
    assert!(marked.out.contains("哪三件"), "{}", marked.out);
    assert_eq!(bodies(&export(&["--only", "tag:问"])), ["三件事"]);
    assert_eq!(bodies(&export(&["--only", "has:bookmark"])), ["补充一点"]);
    assert_eq!(bodies(&home.run(&["grep", "has:note", path])), ["三件事"]);
    assert_eq!(bodies(&home.run(&["grep", "tag:问", path])), ["三件事"]);
    assert_eq!(home.run(&["grep", "tag:无", path]).code, Some(1));
}
