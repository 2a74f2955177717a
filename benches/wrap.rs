//! Wrapping beside the pipeline that a program without a knife of its own would use: breaks by `icu_segmenter`,
//! clusters by `unicode-segmentation`, cells by `unicode-width`.
//!
//! `cargo bench --bench wrap` runs both in one run. `--once BYTES` wraps that much text once and nothing else, to be
//! run under `valgrind --tool=callgrind --toggle-collect='shilu::text::wrap::rows'`.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use shilu::command::DEMO;
use shilu::format::{Forced, read_bytes};
use shilu::text::paragraphs::paragraphs;
use shilu::text::ruler::Ruler;
use shilu::text::wrap::{self, Typesetting};
use std::ops::Range;
use std::path::Path;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

type Segmenter = LineSegmenterBorrowed<'static>;

/// How text is measured by those who have no ruler of their own.
#[expect(clippy::disallowed_methods, reason = "the bench measures the library")]
fn cells(cluster: &str) -> usize {
    cluster.width()
}

const WIDTHS: [usize; 3] = [40, 60, 72];

#[expect(clippy::print_stdout, reason = "a bench says what it did")]
fn main() {
    let mut args = std::env::args().skip_while(|arg| arg != "--once").skip(1);
    if let Some(bytes) = args.next().and_then(|bytes| bytes.parse().ok()) {
        println!("{} bytes wrapped", once(bytes));
        return;
    }
    divan::main();
}

/// The paragraphs of the real record where it is present, else of the demo.
fn record() -> Vec<String> {
    let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/transcripts/quality-2018.txt");
    let text = std::fs::read(real).unwrap_or_else(|_| DEMO.into());
    let (transcript, _) = read_bytes(&text, Forced::default()).expect("the record reads");
    let bodies: Vec<_> = transcript.ids().map(|id| transcript.body(id)).collect();
    bodies
        .iter()
        .flat_map(|body| paragraphs(body).filter_map(|range| body.get(range)).map(str::to_owned))
        .collect()
}

fn size(paragraphs: &[String]) -> usize {
    paragraphs.iter().map(String::len).sum()
}

/// Wraps the record again and again until so many bytes are done; says how many.
fn once(bytes: usize) -> usize {
    let paragraphs = record();
    let mut done = 0;
    while done < bytes {
        black_box(ours(&paragraphs, 60));
        done += size(&paragraphs);
    }
    done
}

fn ours(paragraphs: &[String], width: usize) -> usize {
    let set = (Ruler::default(), Typesetting::default());
    paragraphs.iter().map(|paragraph| wrap::rows(set, paragraph, width, 0).len()).sum()
}

fn pipeline(segmenter: Segmenter, paragraphs: &[String], width: usize) -> usize {
    paragraphs.iter().map(|paragraph| first_fit(segmenter, paragraph, width).len()).sum()
}

fn first_fit(segmenter: Segmenter, text: &str, width: usize) -> Vec<Range<usize>> {
    let mut breaks = segmenter.segment_str(text).skip(1).peekable();
    let (mut rows, mut start, mut used, mut rest) = (Vec::new(), 0, 0, None);
    for (at, cluster) in text.grapheme_indices(true) {
        while breaks.peek().is_some_and(|&place| place < at) {
            breaks.next();
        }
        if breaks.peek() == Some(&at) {
            rest = Some((at, used));
        }
        let cells = cells(cluster);
        if used + cells > width && cluster != " " {
            let (end, cells_there) = rest.take().unwrap_or((at, used));
            rows.push(start..end);
            start = end;
            used -= cells_there;
        }
        used += cells;
    }
    rows.push(start..text.len());
    rows
}

#[divan::bench(args = WIDTHS)]
fn rows(bencher: Bencher, width: usize) {
    let paragraphs = record();
    bencher.counter(BytesCount::new(size(&paragraphs))).bench(|| ours(black_box(&paragraphs), width));
}

#[divan::bench(args = WIDTHS)]
fn icu_graphemes_width(bencher: Bencher, width: usize) {
    let paragraphs = record();
    let segmenter = LineSegmenter::new_neo_for_non_complex_scripts(LineBreakOptions::default());
    bencher
        .counter(BytesCount::new(size(&paragraphs)))
        .bench(|| pipeline(segmenter, black_box(&paragraphs), width));
}
