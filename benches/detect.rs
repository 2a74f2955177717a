//! Telling the format of a text by its first 64 KiB: every format looks at it.

use divan::Bencher;
use shilu::command::DEMO;
use shilu::format::{HEAD, detect};

fn main() {
    divan::main();
}

/// Texts of a whole head: like one format or like none.
fn head(of: &str) -> String {
    let unit = match of {
        "prose" => "那年冬天来得很早。他说：“我们走吧。”她没有回答，只是把灯关了。\n\n".to_owned(),
        "essay" => {
            "It was a quiet year for the library. Nobody asked why: it rained, and the lamps stayed on.\n"
                .to_owned()
        }
        "log" => "2024-05-11 23:50:12,123 INFO  [main] server: listening on 127.0.0.1:8080\n".to_owned(),
        "live text" => DEMO.to_owned(),
        format => {
            let path = format!("{}/tests/samples/{format}", env!("CARGO_MANIFEST_DIR"));
            std::fs::read_to_string(path).expect("a sample")
        }
    };
    let text = unit.repeat(HEAD / unit.len() + 1);
    let end = (0..=HEAD).rev().find(|&end| text.is_char_boundary(end)).expect("a border");
    text.get(..end).unwrap_or_default().to_owned()
}

#[divan::bench(args = ["prose", "essay", "log", "live text", "irc", "whatsapp", "discord", "vtt", "dialogue", "tei"])]
fn all_formats(bencher: Bencher, of: &str) {
    let head = head(of);
    bencher.counter(divan::counter::BytesCount::of_str(&head)).bench(|| detect(divan::black_box(&head)));
}

#[divan::bench]
fn a_short_text(bencher: Bencher) {
    bencher.bench(|| detect(divan::black_box("只是一段话。\n\n又一段话。\n")));
}
