//! Looking for words: making a pattern, and going through text with it, plain, with what is written otherwise, and by sound.
//!
//! `cargo bench --bench grep`.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use shilu::command::DEMO;
use shilu::query::{Pattern, Scan, Ways};
use shilu::transcript::{Extent, Source};

/// Bytes that are gone through.
const BYTES: usize = 64 << 20;

const WORDS: [&str; 5] = ["没有此语", "质量提升", "图书馆", "quality", "zjzj"];

const PLAIN: Ways = Ways { folding: false, ..FOLDED };
const FOLDED: Ways = Ways { regex: true, folding: true, pinyin: false, case: shilu::query::Case::Smart };
const BY_SOUND: Ways = Ways { pinyin: true, ..FOLDED };

fn main() {
    divan::main();
}

fn pattern(words: &str, ways: Ways) -> Pattern {
    Pattern::new(words, ways).expect("a pattern")
}

#[divan::bench(args = WORDS)]
fn made_folded(words: &str) -> Pattern {
    pattern(black_box(words), FOLDED)
}

#[divan::bench(args = WORDS)]
fn made_by_sound(words: &str) -> Pattern {
    pattern(black_box(words), BY_SOUND)
}

fn source() -> Source {
    let mut source = Source::default();
    source.push(Extent::Memory(DEMO.repeat(BYTES / DEMO.len()).into()));
    source
}

fn gone_through(bencher: Bencher, pattern: &Pattern) {
    let source = source();
    let range = 0..source.len();
    bencher.counter(BytesCount::new(range.len())).bench_local(|| {
        let mut places = 0;
        Scan::new(1, source.clone(), pattern.raw().cloned(), range.clone()).run(|found| {
            places += found.places.len();
            true
        });
        places
    });
}

#[divan::bench(args = WORDS, sample_count = 5)]
fn plain(bencher: Bencher, words: &str) {
    gone_through(bencher, &pattern(words, PLAIN));
}

#[divan::bench(args = WORDS, sample_count = 5)]
fn folded(bencher: Bencher, words: &str) {
    gone_through(bencher, &pattern(words, FOLDED));
}

#[divan::bench(args = WORDS, sample_count = 5)]
fn by_sound(bencher: Bencher, words: &str) {
    gone_through(bencher, &pattern(words, BY_SOUND));
}
