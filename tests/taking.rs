//! Copying and exporting in the real program: what the terminal is told, and what is written.

#![cfg(unix)]

mod pty;

use pty::{Terminal, launch};
use std::path::Path;
use tempfile::TempDir;

const RECORD: &str = "灯下夜谈\n\n2025-01-01 08:00\n\n主持人\n\n请馆长介绍。\n\n2025-01-01 15:14\n\n图书馆馆长陆知远\n\n第一段\u{1b}]52;c;ZXZpbA==\u{7}。\n第二段。\n\n\
    2025-01-01 15:20\n\n主持人\n\n谢谢。\n";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("night.txt"), RECORD).expect("a record");
    folder
}

fn open(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Terminal {
    // Its own folder is where files go.
    let script = format!("cd '{}' && exec \"$SHILU\" night.txt --lang en \"$@\"", folder.display());
    let mut launched = launch("sh").args(["-c", &script, "sh"]).args(arguments.iter().copied());
    for name in ["TMUX", "STY"] {
        let value = environment.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        launched = launched.env(name, value);
    }
    let mut terminal = launched.start();
    terminal.wait_for_text("主持人");
    terminal
}

/// Every text that the terminal was given for its clipboard.
fn clips(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let parts = text.split("\x1b]52;c;").skip(1);
    parts.map(|part| decoded(part.split(['\x07', '\x1b']).next().unwrap_or_default())).collect()
}

/// Text of base 64.
fn decoded(code: &str) -> String {
    let value = |ch: char| match ch {
        'A'..='Z' => ch as u32 - 'A' as u32,
        'a'..='z' => ch as u32 - 'a' as u32 + 26,
        '0'..='9' => ch as u32 - '0' as u32 + 52,
        '+' => 62,
        '/' => 63,
        other => panic!("{other} in base 64"),
    };
    let digits: Vec<u32> = code.trim_end_matches('=').chars().map(value).collect();
    let bytes = digits.chunks(4).flat_map(|four| {
        let bits = four.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - four.len()));
        let all = [(bits >> 16) as u8, (bits >> 8) as u8, bits as u8];
        all.into_iter().take(four.len() - 1)
    });
    String::from_utf8(bytes.collect()).expect("UTF-8")
}

const QUOTED: &str =
    "“第一段␛]52;c;ZXZpbA==␇。 ¶ “第二段。” ¶ — 陆知远, 图书馆馆长, 2025-01-01 15:14, “灯下夜谈” #2";

#[test]
fn a_copy_comes_out_once_and_is_the_quotation() {
    let folder = folder();
    let mut terminal = open(folder.path(), &[], &[]);
    terminal.press_and_wait("J");
    assert_eq!(clips(&terminal.bytes), [""; 0]);
    terminal.press("y");
    terminal.wait_for_text("copied #2");
    assert_eq!(clips(&terminal.bytes), [QUOTED]);
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(clips(&terminal.bytes).len(), 1);
}

#[test]
fn tmux_is_given_the_copy_for_itself_and_for_the_terminal_behind_it() {
    let folder = folder();
    let mut terminal = open(folder.path(), &[], &[("TMUX", "/tmp/x,1,0")]);
    terminal.press("y");
    terminal.wait_for_text("copied #1");
    let text = String::from_utf8_lossy(&terminal.bytes).into_owned();
    let (_, behind) = text.split_once("\x1bPtmux;\x1b\x1b]52;c;").expect("a sequence that is handed on");
    assert!(behind.contains("\x07\x1b\\"));
    assert_eq!(clips(&terminal.bytes), ["“请馆长介绍。” — 主持人, 2025-01-01 08:00, “灯下夜谈” #1"; 2]);
}

#[test]
fn what_is_larger_than_a_clipboard_is_not_sent_cut() {
    let folder = folder();
    let long = format!("{RECORD}\n2025-01-01 15:30\n\n主持人\n\n{}\n", "长".repeat(25_001));
    std::fs::write(folder.path().join("night.txt"), long).expect("a record");
    let mut terminal = open(folder.path(), &[], &[]);
    terminal.press("JJJy");
    terminal.wait_for_text("too long for the clipboard");
    assert_eq!(clips(&terminal.bytes), [""; 0]);
}

#[test]
fn every_reference_opens_the_record_at_its_post() {
    let folder = folder();
    for (at, focus) in
        [("#2", 2), ("15:14", 2), ("@陆知远", 2), ("2025-01-01 15:14", 2), ("— “灯下夜谈” #3", 3)]
    {
        let mut terminal = open(folder.path(), &["--at", at], &[]);
        terminal.press("y");
        terminal.wait_for_text(&format!("copied #{focus}"));
    }
}

#[test]
fn an_export_is_written_and_never_over_anything_unasked() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let read = |name: &str| std::fs::read_to_string(at(name)).expect("a file");
    let mut terminal = open(folder.path(), &[], &[]);
    terminal.press("\x13\r");
    terminal.wait_for_text("exported 3 posts: night.md");
    assert!(
        read("night.md").starts_with("# 灯下夜谈\n\n## 2025-01-01\n\n### 主持人 · 08:00\n"),
        "{}",
        read("night.md")
    );
    std::fs::write(at("night.md"), "mine").expect("a file");
    terminal.press("\x13\r");
    terminal.wait_for_text("it exists: Enter again");
    assert_eq!(read("night.md"), "mine");
    terminal.press("\r");
    terminal.wait_for_text("exported 3 posts");
    assert!(read("night.md").starts_with("# 灯下夜谈"));
    // A link to the record is the record.
    std::os::unix::fs::symlink(at("night.txt"), at("link.txt")).expect("a link");
    for name in ["night.txt", "link.txt"] {
        terminal.press(&format!("\x13\x15{name}\r"));
        terminal.wait_for_text(&format!("{name}: is the record itself"));
        assert_eq!(read("night.txt"), RECORD);
    }
    terminal.press("\x13\x15none/x.md\r");
    terminal.wait_for_text("none/x.md: there is no such folder");
    terminal.press("JV\x13\x15part.json\r");
    terminal.wait_for_text("exported 1 post: part.json");
    assert!(read("part.json").contains("\"original_id\": 2"), "{}", read("part.json"));
}

#[test]
fn that_a_long_record_is_being_written_is_said_before() {
    let folder = folder();
    let post = "2025-01-01 08:00\n\n主持人\n\n一。\n\n";
    std::fs::write(folder.path().join("night.txt"), post.repeat(6000)).expect("a record");
    let mut terminal = open(folder.path(), &[], &[]);
    terminal.wait_for_text("6000");
    terminal.press("\x13\r");
    terminal.wait_for_text("exported 6000 posts: night.md");
    let told = String::from_utf8_lossy(&terminal.bytes).into_owned();
    assert!(told.contains("exporting 6000 posts"), "{told:?}");
}
