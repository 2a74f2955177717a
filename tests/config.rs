//! The configuration and the real program: where it is looked for, written, and told what is wrong with it.

mod program;

use program::{Ran, run, run_at_home};
use std::fs;
use std::path::Path;

const RECORD: &str = "2025-01-01 08:00\n\n主持人\n\n质量第一。\n\n2025-01-01 12:00\n\n主持人\n\n再说。\n";

/// A home with a record in it, and a configuration if there is a text for it.
fn home(text: Option<&str>) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a folder");
    fs::write(home.path().join("a.txt"), RECORD).expect("a file");
    if let Some(text) = text {
        let folder = home.path().join(".config/shilu");
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("config.toml"), text).expect("a file");
    }
    home
}

fn at(home: &Path, arguments: &[&str]) -> Ran {
    run_at_home(home, arguments)
}

#[test]
fn the_default_is_written_once_and_read_from_then_on() {
    let home = home(None);
    let path = home.path().join(".config/shilu/config.toml");
    let wrote = at(home.path(), &["--write-config"]);
    assert_eq!((wrote.code, wrote.out.trim()), (Some(0), path.to_str().expect("UTF-8")));
    let text = fs::read_to_string(&path).expect("the file");
    assert!(text.contains("#speed = 1\n") && text.contains("#next-hit = [\"n\"]"), "{text}");
    assert_eq!(at(home.path(), &["print", "a.txt"]).code, Some(0));
    fs::write(&path, "# mine\n").expect("a file");
    let again = at(home.path(), &["--write-config"]);
    assert_eq!(again.code, Some(1));
    assert!(again.err.contains("is there already"), "{}", again.err);
    assert_eq!(fs::read_to_string(&path).expect("the file"), "# mine\n");
}

#[test]
fn the_default_is_written_where_one_says() {
    let home = home(None);
    let named = at(home.path(), &["--write-config", "--config", "here.toml"]);
    assert_eq!(named.code, Some(0), "{}", named.err);
    assert!(home.path().join("here.toml").exists());
    let shown = at(home.path(), &["--write-config", "--config", "-", "--lang", "zh"]);
    assert_eq!(shown.code, Some(0));
    assert!(shown.out.contains("# 界面语言: \"auto\" | \"zh\" | \"en\"\n#lang = \"auto\""), "{}", shown.out);
    let nowhere = run(&["--write-config"], b"");
    assert_eq!((nowhere.code, nowhere.out.as_str()), (Some(2), ""), "{}", nowhere.err);
}

#[test]
fn what_the_file_sets_holds_unless_the_command_line_says_otherwise() {
    let home = home(Some("lang = \"zh\"\nindent = \"all\"\n"));
    let print = |arguments: &[&str]| at(home.path(), &[&["print", "a.txt"], arguments].concat());
    let set = print(&[]);
    assert!(set.out.contains("静默 4 小时") && set.out.contains("    质量第一"), "{}", set.out);
    let overridden = print(&["--lang", "en", "--indent", "none"]);
    assert!(
        overridden.out.contains("silence 4 h") && overridden.out.contains("\n质量第一"),
        "{}",
        overridden.out
    );
    let piped = at(home.path(), &["a.txt"]);
    assert_eq!(piped.out, set.out, "the reader without a terminal prints the same");
    let info = at(home.path(), &["info", "a.txt"]);
    assert!(info.out.contains("发言人"), "{}", info.out);
}

#[test]
fn another_file_can_be_named_and_must_be_there() {
    let home = home(Some("lang = \"zh\"\n"));
    fs::write(home.path().join("en.toml"), "lang = \"en\"\n").expect("a file");
    let named = at(home.path(), &["print", "a.txt", "--config", "en.toml"]);
    assert!(named.out.contains("silence"), "{}", named.out);
    let missing = at(home.path(), &["--config", "none.toml", "a.txt"]);
    assert_eq!((missing.code, missing.out.as_str()), (Some(2), ""));
    assert_eq!(missing.err.trim(), "shilu: none.toml: no such file");
    let xdg = home.path().join("xdg");
    assert!(xdg.is_absolute());
}

#[test]
fn what_is_wrong_with_the_file_is_told_in_one_sentence_with_its_line() {
    for (text, sentence) in [
        ("\nspede = 2\n", ":2: there is no setting spede, did you mean speed?"),
        ("hang = 9\n", ":1: hang = 9: 0 .. 2 is expected"),
        ("[keys]\nmute = \"n\"\n", ":2: n would be both mute and next-hit in reading"),
        ("theme = \"papr\"\n[themes.paper]\n", ":1: there is no theme papr, did you mean paper?"),
        ("a = \"\u{1b}[31m\"\n", ":1: not TOML"),
    ] {
        let home = home(Some(text));
        for arguments in [&["a.txt"][..], &["print", "a.txt"], &["info", "a.txt"], &["check", "a.txt"]] {
            let ran = at(home.path(), arguments);
            assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
            assert!(ran.err.contains(sentence) && ran.err.lines().count() == 1, "{}", ran.err);
            assert!(!ran.err.contains('\u{1b}'));
        }
        // What does not read it is not kept from working.
        assert_eq!(at(home.path(), &["man"]).code, Some(0));
    }
}

#[test]
fn a_theme_of_the_user_is_known_to_the_command_line() {
    let home = home(Some("[themes.paper]\naccent = \"red\"\n"));
    assert_eq!(at(home.path(), &["play", "a.txt", "--dry-run", "--theme", "paper"]).code, Some(0));
    let wrong = at(home.path(), &["play", "a.txt", "--dry-run", "--theme", "papre"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.contains("there is no theme papre, did you mean paper?"), "{}", wrong.err);
}
