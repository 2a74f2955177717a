//! What is derived from a record, at a thousand posts up to five million: structure, schedule, axis
//! and lanes.
//!
//! `cargo bench --bench derive`. `--size POSTS` says instead how many bytes of memory that takes.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use shilu::choice::{GapModel, Pace};
use shilu::lang::Lang;
use shilu::layout::axis::Axis;
use shilu::layout::lanes::lanes;
use shilu::replay::{Pacing, Schedule, Shows};
use shilu::structure::Structure;
use shilu::text::ruler::Ruler;
use shilu::transcript::{ClockKind, Draft, Extent, Post, PostId, SpeakerId, Transcript};
use std::fs::File;
use std::sync::Arc;

const POSTS: [usize; 4] = [1000, 100_000, LARGE, 5_000_000];

/// As many as a record of 1 GB has.
const LARGE: usize = 1_750_000;

const SPEAKERS: usize = 28;
const COLUMNS: usize = 134;
const LANES: usize = 14;

const PACINGS: [&str; 5] = ["real", "cap", "log", "skip", "reading"];

#[expect(clippy::print_stdout, reason = "a bench says what it did")]
fn main() {
    let mut args = std::env::args().skip_while(|arg| arg != "--size").skip(1);
    if let Some(posts) = args.next().and_then(|posts| posts.parse().ok()) {
        let (transcript, structure) = derived(posts);
        let schedule = Schedule::of(&transcript, &structure, Pacing::default());
        println!(
            "transcript {} structure {} schedule {}",
            transcript.size(),
            structure.size(),
            schedule.size()
        );
        return;
    }
    divan::main();
}

/// A record like one of text broadcasts over many years, kept in a file that nobody reads: some posts a minute, some
/// minutes between, nights between sessions.
fn record(posts: usize) -> Transcript {
    let mut draft = Draft::default();
    draft.meta.clock = ClockKind::Wall;
    draft.meta.resolution_ms = 60_000;
    draft.meta.origin = chrono::NaiveDate::from_ymd_opt(2018, 1, 9).and_then(|day| day.and_hms_opt(8, 0, 0));
    let file = Arc::new(File::open(std::env::current_exe().expect("a bench")).expect("a file"));
    draft.append(Extent::File { file, at: 0, len: posts * 600 });
    draft.intern("主持人");
    for speaker in 1..SPEAKERS {
        draft.intern(&format!("某市图书馆馆长第{speaker}号"));
    }
    let (mut transcript, mut minute, mut seed, mut at) = (Transcript::default(), 0, 7u64, 0);
    for index in 0..posts {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let dice = seed >> 33;
        minute += if index % 97 == 96 { 15 * 60 } else { (dice % 7).saturating_sub(2) as i64 };
        let speaker = SpeakerId::new(if dice % 5 < 2 { 0 } else { (dice / 5) as usize % SPEAKERS });
        let body = at + 40..at + 80 + (dice % 520) as usize;
        at = body.end;
        draft.push(Post { start: Some(minute * 60_000), speaker, body, ..Post::default() });
        if index % 8192 == 8191 {
            transcript.grow(draft.take());
        }
    }
    transcript.grow(draft.take());
    transcript
}

fn derived(posts: usize) -> (Transcript, Structure) {
    let transcript = record(posts);
    let structure = Structure::of(&transcript);
    (transcript, structure)
}

fn pacing(name: &str) -> Pacing {
    let gaps = match name {
        "cap" => GapModel::Cap,
        "log" => GapModel::Log,
        "skip" => GapModel::Skip,
        _ => GapModel::Real,
    };
    let pace = if name == "reading" { Pace::Reading } else { Pace::Clock };
    Pacing { gaps, pace, ..Pacing::default() }
}

/// Places all over the record, in no order.
fn places(posts: usize) -> impl Iterator<Item = usize> {
    (0..1000).map(move |index| index * 7919 * 104_729 % posts)
}

#[divan::bench(args = POSTS, sample_count = 10)]
fn structure(bencher: Bencher, posts: usize) {
    let transcript = record(posts);
    bencher.counter(ItemsCount::new(posts)).bench_local(|| Structure::of(black_box(&transcript)));
}

#[divan::bench(args = PACINGS, sample_count = 10)]
fn schedule(bencher: Bencher, name: &str) {
    let (transcript, structure) = derived(LARGE);
    let (counter, pacing) = (ItemsCount::new(LARGE), pacing(name));
    bencher.counter(counter).bench_local(|| Schedule::of(black_box(&transcript), &structure, pacing));
}

fn with_shows(posts: usize, name: &str, test: impl FnOnce(Shows)) {
    let (transcript, structure) = derived(posts);
    let schedule = Schedule::of(&transcript, &structure, pacing(name));
    test(schedule.over(&transcript, &structure));
}

#[divan::bench(args = PACINGS)]
fn show(bencher: Bencher, name: &str) {
    with_shows(LARGE, name, |shows| {
        let show = |place| shows.show(PostId::new(place));
        bencher.counter(ItemsCount::new(1000usize)).bench_local(|| places(LARGE).map(show).sum::<i64>());
    });
}

#[divan::bench(args = PACINGS)]
fn revealed(bencher: Bencher, name: &str) {
    with_shows(LARGE, name, |shows| {
        let total = shows.total() as usize;
        let revealed = |place| shows.revealed(place as i64);
        bencher
            .counter(ItemsCount::new(1000usize))
            .bench_local(|| places(total).map(revealed).sum::<usize>());
    });
}

#[divan::bench(args = POSTS)]
fn axis_and_lanes(bencher: Bencher, posts: usize) {
    let people: Vec<_> = (0..LANES).map(SpeakerId::new).collect();
    with_shows(posts, "cap", |shows| {
        bencher.bench_local(|| {
            let axis = Axis::new(black_box(shows), COLUMNS, (Lang::Zh, Ruler::default()));
            lanes(shows, &axis.ends(shows, COLUMNS), &people)
        });
    });
}

#[divan::bench(args = POSTS)]
fn axis_alone(bencher: Bencher, posts: usize) {
    with_shows(posts, "real", |shows| {
        bencher.bench_local(|| Axis::new(black_box(shows), COLUMNS, (Lang::Zh, Ruler::default())));
    });
}

#[divan::bench(args = POSTS)]
fn next_by(bencher: Bencher, posts: usize) {
    let (transcript, structure) = derived(posts);
    let next = |place| {
        structure
            .next_by(&transcript, SpeakerId::new(place % SPEAKERS), PostId::new(place))
            .map_or(0, PostId::index)
    };
    bencher.counter(ItemsCount::new(1000usize)).bench_local(|| places(posts).map(next).sum::<usize>());
}
