//! Indexing beside a bare scan for newlines of the same file, page cache warm.
//!
//! `cargo bench --bench index -- FILE [ROUNDS]` reads FILE each round once by the scan and once by the index, in turn,
//! and prints medians and their ratio. Without a file a record of 64 MB is made.

use shilu::format::{Index, Input, Intake, Patience, on_threads, read};
use shilu::transcript::{Buffer, Transcript, read_at};
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

/// What the scan reads at a time, in bytes.
const BLOCK: usize = 256 * 1024;

fn main() {
    let mut args = std::env::args().skip(1).filter(|arg| !arg.starts_with("--"));
    let made = tempfile::NamedTempFile::new().expect("a temporary file");
    let path = args.next().map_or_else(
        || {
            write_record(&made, 64 << 20);
            made.path().to_owned()
        },
        PathBuf::from,
    );
    let rounds = args.next().and_then(|rounds| rounds.parse().ok()).unwrap_or(7);
    report(&path, rounds);
}

#[expect(clippy::print_stdout, reason = "a bench says what it measured")]
fn report(path: &PathBuf, rounds: usize) {
    let bytes = std::fs::metadata(path).expect("the file").len();
    let mut times: [Vec<Duration>; 4] = Default::default();
    let mut posts = 0;
    for _ in 0..rounds {
        times[0].push(timed(|| lines_by_count(path)).0);
        times[1].push(timed(|| lines_one_by_one(path)).0);
        times[2].push(timed(|| on_one_thread(path)).0);
        let (time, found) = timed(|| on_two_threads(path));
        times[3].push(time);
        posts = found;
    }
    println!("{bytes} bytes, {posts} posts, {rounds} rounds");
    let names = ["newlines counted", "newlines one by one", "index, one thread", "index, two threads"];
    let mut speeds = [0.0; 4];
    for ((name, times), speed) in names.iter().zip(&mut times).zip(&mut speeds) {
        times.sort_unstable();
        *speed = bytes as f64 / times[rounds / 2].as_secs_f64() / 1e9;
        println!("{name:<22} {speed:6.2} GB/s");
    }
    for (index, name) in [(2, "one thread"), (3, "two threads")] {
        let (counted, told) = (speeds[index] / speeds[0], speeds[index] / speeds[1]);
        println!(
            "{name}: {told:.2} of the scan that stops at each newline, {counted:.2} of the one that counts"
        );
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    #[expect(clippy::disallowed_methods, reason = "a bench measures time")]
    let started = Instant::now();
    let result = work();
    (started.elapsed(), result)
}

fn scan(path: &PathBuf, mut look: impl FnMut(&[u8]) -> usize) -> usize {
    let file = File::open(path).expect("the file");
    let (mut block, mut at, mut found) = (Buffer::default(), 0, 0);
    block.reset(&[], BLOCK);
    loop {
        let read = read_at(&file, at, &mut block).expect("a block");
        if read == 0 {
            return found;
        }
        at += read as u64;
        found += look(&block[..read]);
    }
}

fn lines_by_count(path: &PathBuf) -> usize {
    scan(path, |block| memchr::memchr_iter(b'\n', block).count())
}

fn lines_one_by_one(path: &PathBuf) -> usize {
    scan(path, |block| {
        memchr::memchr_iter(b'\n', block).fold(0, |sum, at| std::hint::black_box(sum ^ at)) & 1
    })
}

fn input(path: &PathBuf) -> Input {
    let file = File::open(path).expect("the file");
    let len = file.metadata().expect("its length").len();
    Input::File(Arc::new(file), len)
}

fn on_one_thread(path: &PathBuf) -> usize {
    read(input(path), shilu::format::Forced::default()).map_or(0, |(transcript, _)| transcript.len())
}

/// As the reader does it: two threads, and the record taken in by a third.
fn on_two_threads(path: &PathBuf) -> usize {
    let (sender, batches) = channel();
    let mut handed_over = 0;
    let intake = Intake::new(input(path), None, Patience::None);
    let threads = on_threads(intake, Index::new(None), Box::new(()), move |step| {
        let Ok((index, progress)) = step else { return false };
        if !progress.ended && progress.facts.bytes - handed_over < 1 << 20 {
            return true;
        }
        handed_over = progress.facts.bytes;
        sender.send(index.take()).is_ok()
    });
    threads.expect("threads");
    let mut transcript = Transcript::default();
    for batch in batches {
        transcript.grow(batch);
    }
    transcript.len()
}

/// A record of so many bytes, in the form of a live text.
fn write_record(mut out: &tempfile::NamedTempFile, bytes: usize) {
    let mut text = String::new();
    let names = ["主持人", "直播管理员", "云江市图书馆馆长陆知远", "读者沈砚秋"];
    for minute in 0.. {
        if text.len() > bytes {
            break;
        }
        let (day, hour) = (minute / 1440 % 28 + 1, minute / 60 % 24);
        let stamp = format!("{:04}-01-{day:02} {hour:02}:{:02}", 2000 + minute / 40_320 % 1000, minute % 60);
        let body = "质量提升,从今天开始。".repeat(minute % 23 + 1);
        let name = names[minute % names.len()];
        text.extend([&*stamp, "\n\n", name, "\n\n", &body, "\n\n"]);
    }
    out.write_all(text.as_bytes()).expect("the record is written");
}
