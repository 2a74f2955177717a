//! The real program with a file that is larger than what it keeps in memory.

#![cfg(target_os = "linux")]

mod ground;
mod pty;
mod support;

use ground::record;
use pty::{PATIENCE, SHILU, launch, rows};
use shilu::terminal::now;
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// Bytes of a file that is read in place.
const LARGE: usize = (64 << 20) + 4096;

/// Writes a text again and again, and another one behind it.
fn write(path: &Path, text: &[u8], end: &[u8], least: usize) {
    let mut file = File::create(path).expect("a file");
    for _ in 0..least.div_ceil(text.len()) {
        file.write_all(text).expect("room for it");
    }
    file.write_all(end).expect("room for it");
}

#[test]
fn a_large_file_opens_shows_its_end_and_leaves_nothing_behind() {
    let (folder, temporary) =
        (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let end = "2025-12-31 23:59\n\n主持人\n\n这是末条。\n";
    let text = record(20_000);
    let path = folder.path().join("large.txt");
    write(&path, text.as_bytes(), end.as_bytes(), LARGE);
    let mut terminal = launch(SHILU).arg(&path).env("TMPDIR", temporary.path()).start();
    terminal.wait_for_text("第1条");
    assert_eq!(rows(terminal.screen()).len(), 24);
    terminal.press("G");
    terminal.wait_for_text("这是末条");
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
    std::fs::remove_file(&path).expect("it goes");

    // Text of another encoding is decoded into a file that has no name.
    let (gbk, _, _) = encoding_rs::GBK.encode(&text);
    let path = folder.path().join("gbk.txt");
    write(&path, &gbk, &encoding_rs::GBK.encode(end).0, LARGE);
    let mut terminal = launch(SHILU).arg(&path).env("TMPDIR", temporary.path()).start();
    terminal.wait_for_text("第1条");
    let open = format!("/proc/{}/fd", terminal.pid);
    let is_temporary = |file: std::io::Result<std::fs::DirEntry>| {
        file.and_then(|file| std::fs::read_link(file.path())).is_ok_and(|to| to.starts_with(temporary.path()))
    };
    terminal.wait_until("a temporary file", |_| {
        std::fs::read_dir(&open).is_ok_and(|mut files| files.any(is_temporary))
    });
    terminal.signal("KILL");
    let deadline = now() + PATIENCE;
    while std::fs::read_dir(&open).is_ok_and(|mut files| files.next().is_some()) {
        assert!(now() < deadline, "the program does not end");
        std::thread::yield_now();
    }
    let left: Vec<_> = std::fs::read_dir(temporary.path()).expect("the folder").collect();
    assert!(left.is_empty(), "{left:?}");
}
