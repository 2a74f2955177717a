//! What people really have, on the command line: packed, in another encoding, cut short, counted from a start.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

mod program;

use program::{Ran, run};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use tempfile::TempDir;

const RECORD: &str = "2025-01-01 08:00\n主持人\n早上好。\n2025-01-01 08:05\n馆长陆知远\n早。\n";

/// How a run ended, what it wrote, what it said.
fn shilu(arguments: &[&str], input: &[u8]) -> (Option<i32>, String, String) {
    let Ran { code, out, err } = run(arguments, input);
    (code, out, err)
}

/// What a run wrote that had nothing to say.
fn written(arguments: &[&str], input: &[u8]) -> String {
    let (code, out, said) = shilu(arguments, input);
    assert_eq!((code, said.as_str()), (Some(0), ""), "{arguments:?}");
    out
}

fn info(arguments: &[&str], input: &[u8]) -> Value {
    serde_json::from_str(&written(&[&["info", "--json"], arguments].concat(), input)).unwrap()
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(text).unwrap();
    packer.finish().unwrap()
}

fn file(folder: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn a_packed_record_is_read_as_if_it_were_not() {
    let folder = TempDir::new().unwrap();
    let plain = written(&["print", "--width", "60", "-"], RECORD.as_bytes());
    let packed = gzip(RECORD.as_bytes());
    let path = file(&folder, "record.txt.gz", &packed);
    assert_eq!(written(&["print", "--width", "60", path.to_str().unwrap()], b""), plain);
    assert_eq!(written(&["print", "--width", "60", "-"], &packed), plain);
    assert_eq!(info(&["-"], &packed)["packing"], "gzip");
    assert_eq!(info(&["-"], RECORD.as_bytes()).get("packing"), None);
}

#[test]
fn of_a_packed_record_that_breaks_off_the_beginning_is_read_and_it_is_said() {
    let packed = gzip(RECORD.repeat(5000).as_bytes());
    let (code, out, said) = shilu(&["print", "-"], &packed[..packed.len() / 2]);
    assert_eq!(code, Some(0));
    assert!(out.contains("早上好"));
    assert_eq!(said, "shilu: standard input: the file is not complete, and was read as far as it goes\n");
}

#[test]
fn an_encoding_is_told_and_can_be_set() {
    let (gbk, _, _) = encoding_rs::GBK.encode(RECORD);
    assert_eq!(info(&["-"], &gbk)["encoding"], "GBK");
    assert_eq!(info(&["-"], &gbk)["speakers"][1]["label"], "馆长陆知远");
    let (big5, _, _) = encoding_rs::BIG5.encode("2025-01-01 08:00\n陳\n好\n");
    assert_eq!(info(&["--encoding", "big5", "-"], &big5)["speakers"][0]["label"], "陳");
}

#[test]
fn a_recording_is_put_at_the_moment_when_it_began() {
    let record = r#"{"schema": "shilu/1", "meta": {"clock": "offset", "resolution_ms": 1000},
        "speakers": [{"label": "甲"}], "posts": [{"start_ms": 61000, "speaker": 1, "body": ["早。"]}]}"#;
    let start = ["--assume-start", "2025-01-01T09:00"];
    let printed = written(&[&["print", "-"][..], &start].concat(), record.as_bytes());
    assert!(printed.contains("09:01:01"), "{printed}");
    let info = info(&[&["-"][..], &start].concat(), record.as_bytes());
    assert_eq!((&info["clock"], &info["origin"]), (&"wall".into(), &"2025-01-01T09:00:00".into()));
    let (code, _, said) = shilu(&["print", "-", "--assume-start", "noon"], b"");
    assert_eq!(code, Some(2));
    assert!(said.contains("a date and time is expected"), "{said}");
}

#[test]
fn a_record_with_a_clock_on_the_wall_stays_where_it_is() {
    let info = info(&["-", "--assume-start", "1999-01-01"], RECORD.as_bytes());
    assert_eq!(info["origin"], "2025-01-01T08:00:00");
}

#[test]
fn several_texts_in_an_archive_are_no_record_and_it_is_said() {
    let folder = TempDir::new().unwrap();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["a.txt", "b.txt"] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(RECORD.as_bytes()).unwrap();
    }
    let path = file(&folder, "two.zip", &archive.finish().unwrap().into_inner());
    let (code, _, said) = shilu(&["print", path.to_str().unwrap()], b"");
    assert_eq!(code, Some(1));
    assert!(said.ends_with("the archive holds 2 files, 2 of them texts: unpack the one to read\n"), "{said}");
}
