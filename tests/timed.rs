//! Whatever stands in a file that is said to be timed text, it is read without harm and in no time.

mod texts;

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::proptest;
use proptest::sample::select;
use proptest::strategy::Strategy;
use proptest::test_runner::Config;
use shilu::choice::Format;
use shilu::format::{Forced, read_bytes};
use shilu::transcript::Transcript;
use std::path::{Path, PathBuf};

const FORMATS: [Format; 7] =
    [Format::Vtt, Format::Srt, Format::Sbv, Format::Ass, Format::Lrc, Format::Ttml, Format::Asciicast];

fn read(format: Format, bytes: &[u8]) -> Option<Transcript> {
    let forced = Forced { format: Some(format), ..Forced::default() };
    read_bytes(bytes, forced).ok().map(|(transcript, _)| transcript)
}

/// A post's end is no earlier than its start, and its body is there.
fn is_sound(transcript: &Transcript) -> bool {
    transcript.ids().all(|id| {
        let post = transcript.post(id);
        let is_ordered = post.end.is_none_or(|end| post.start.is_some_and(|start| start <= end));
        is_ordered && !transcript.body(id).trim().is_empty()
    })
}

fn assert_sound(format: Format, bytes: &[u8]) {
    if let Some(transcript) = read(format, bytes) {
        assert!(is_sound(&transcript), "{format:?}: {:?}", String::from_utf8_lossy(bytes));
    }
}

/// The samples, and the cases of others where they are.
fn texts() -> Vec<(Format, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<_> =
        FORMATS.map(|format| (format, root.join("tests/samples").join(format.name()))).into();
    for (format, folders) in [
        (Format::Vtt, &["vtt/wpt-file-parsing", "vtt/wpt-cue-parsing", "vtt/zoom", "vtt/podcast20"][..]),
        (Format::Srt, &["srt/astisub", "srt/cdown", "srt/podcast20"]),
    ] {
        for folder in folders {
            let entries = std::fs::read_dir(root.join("../shared/cases").join(folder)).into_iter().flatten();
            found.extend(entries.flatten().map(|entry| (format, entry.path())));
        }
    }
    found
}

#[test]
fn any_beginning_of_a_file_is_read() {
    for (format, path) in texts() {
        let bytes = std::fs::read(&path).expect("it reads");
        let step = (bytes.len() / 200).max(1);
        for end in (0..bytes.len()).step_by(if bytes.len() < 1500 { 1 } else { step }) {
            assert_sound(format, &bytes[..end]);
        }
    }
}

#[test]
fn what_repeats_a_million_times_takes_time_in_proportion() {
    let heads = [
        "",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n",
        "1\n00:00:01,000 --> 00:00:02,000\n",
        "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,",
        "[00:01.00]",
        "<tt><body><p begin='1s'>",
    ];
    let pieces = [
        "&",
        "<",
        "<v a>",
        "</",
        "{",
        "{\\",
        "[",
        "(",
        "-->",
        ":",
        "a:",
        "\n\n",
        "\r",
        "[00:01.00]",
        "<rt>",
        "<ruby><rt>x\n",
        "♪",
        "1\n",
        "- ",
        "[1,\"o\",\"",
    ];
    for (format, head) in FORMATS.into_iter().flat_map(|format| heads.map(|head| (format, head))) {
        for piece in pieces {
            let text = format!("{head}{}", piece.repeat(1_000_000 / piece.len() / 4));
            read(format, text.as_bytes());
        }
    }
}

/// Words that mean something in some timed format, and others.
fn piece() -> impl Strategy<Value = String> {
    let words = vec![
        "WEBVTT",
        "\n",
        "\r",
        "\n\n",
        "-->",
        " --> ",
        "00:01.000",
        "00:00:02,500",
        "1",
        "<v Ann>",
        "</v>",
        "<c>",
        "<00:01.000>",
        "<ruby>",
        "<rt>",
        "&amp;",
        "&",
        "<",
        ">",
        "STYLE\n",
        "REGION\nid:a\n",
        "NOTE",
        " region:a line:1%",
        "[Events]\n",
        "Format: Start, End, Text\n",
        "Dialogue: ",
        ",",
        "{\\p1}",
        "{\\p0}",
        "{",
        "}",
        "\\N",
        "[00:01.50]",
        "[offset:500]",
        "[ti:x]",
        "[",
        "]",
        ":",
        "：",
        "<tt>",
        "<body>",
        "<p begin=\"1s\" end=\"2s\">",
        "<p dur='9999999999h'>",
        "</p>",
        "<br/>",
        "<!--",
        "<![CDATA[",
        "{\"version\": 2}\n",
        "[1.5, \"o\", \"x\\r\\n\"]\n",
        "[1e300, \"m\", \"x\"]\n",
        "Ann: ",
        ">> ",
        "- ",
        "[music]",
        "♪",
        "\u{0}",
        "0:00:01.000,0:00:02.000\n",
        "-99999999:00:00.000",
    ];
    select(words).prop_map(String::from)
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(600) })]

    #[test]
    fn arbitrary_bytes_are_read(bytes in vec(any::<u8>(), 0..300)) {
        for format in FORMATS {
            assert_sound(format, &bytes);
        }
    }

    #[test]
    fn scraps_of_timed_text_are_read(pieces in vec(piece(), 0..40), text in texts::any_text(5)) {
        let bytes = (pieces.concat() + &text).into_bytes();
        for format in FORMATS {
            assert_sound(format, &bytes);
        }
    }
}
