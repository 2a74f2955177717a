//! The inputs that the fuzzer found worth keeping hold still.

mod say;

#[path = "fuzz/targets.rs"]
mod targets;

use say::say;
use std::path::Path;

fn run(name: &str, target: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(name);
    let files = std::fs::read_dir(&folder).expect("the corpus is there");
    let mut count = 0;
    for file in files {
        target(&std::fs::read(file.expect("a file").path()).expect("it reads"));
        count += 1;
    }
    say(&format!("{count} inputs of {name}"));
    assert!(count >= 10, "only {count} inputs of {name}");
}

#[test]
fn the_parsers_corpus_reads_the_same_at_any_cut() {
    run("parser", targets::parser);
}

#[test]
fn the_corpus_of_shown_text_is_harmless() {
    run("shown", targets::shown);
}

#[test]
fn the_knifes_corpus_is_cut_into_rows_that_fit() {
    run("wrap", targets::wrap);
}

#[test]
fn the_corpus_of_replies_keeps_what_was_typed() {
    run("replies", targets::replies);
}
