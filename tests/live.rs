//! A record that comes bit by bit, cut anywhere, is the record that is read at once; what was shown of it stays.

mod feed;
mod say;
mod texts;

use chrono::NaiveDate;
use feed::Feeder;
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::sample::select;
use proptest::strategy::Strategy;
use proptest::test_runner::Config;
use proptest::{prop_assert_eq, proptest};
use say::say;
use shilu::app::{App, Options, Source};
use shilu::choice::ThemeName;
use shilu::command::DEMO;
use shilu::format::{Forced, HEAD, Index, Input, Intake, Patience, read_bytes, write_json, write_jsonl};
use shilu::keymap::ROWS;
use shilu::replay::{Pacing, Schedule};
use shilu::structure::Structure;
use shilu::transcript::{ClockKind, Draft, Post, PostId, Transcript};
use shilu::view;
use shilu::view::theme::{Depth, Theme};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use texts::{any_text, live_text};

/// How a text is written down.
#[derive(Debug, Clone, Copy)]
enum Written {
    Utf8,
    Utf8Mark,
    Gb18030,
    Utf16Le,
    Utf16Be,
}

const ALL: [Written; 5] =
    [Written::Utf8, Written::Utf8Mark, Written::Gb18030, Written::Utf16Le, Written::Utf16Be];

impl Written {
    fn bytes(self, text: &str) -> Vec<u8> {
        let units = || std::iter::once(0xfeff).chain(text.encode_utf16());
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Utf8Mark => format!("\u{feff}{text}").into_bytes(),
            Self::Gb18030 => encoding_rs::GB18030.encode(text).0.into_owned(),
            Self::Utf16Le => units().flat_map(u16::to_le_bytes).collect(),
            Self::Utf16Be => units().flat_map(u16::to_be_bytes).collect(),
        }
    }
}

/// What a reader sees of a post.
type Seen = (Option<i64>, String, String);

fn post(transcript: &Transcript, id: PostId) -> Seen {
    let label = transcript.speaker(transcript.speaker_of(id)).label.clone();
    (transcript.start(id), label, transcript.body(id).into_owned())
}

fn json(transcript: &Transcript) -> String {
    let mut out = Vec::new();
    write_json(transcript, &mut out).expect("memory");
    String::from_utf8(out).expect("text")
}

/// What was shown, and whether it stays when more comes.
#[derive(Default)]
struct Shown {
    begun: u32,
    posts: usize,
    last: Option<Seen>,
    all: Vec<Seen>,
}

impl Shown {
    /// Looks at a record that has grown: only the body of its last post may have, too.
    fn look(&mut self, transcript: &Transcript) {
        let told =
            |to: usize| -> Vec<_> { (0..to).map(|index| post(transcript, PostId::new(index))).collect() };
        if self.begun == transcript.begun() {
            assert_eq!(told(self.posts.saturating_sub(1)), self.all, "what was shown has changed");
            if let Some((start, label, body)) = &self.last {
                let now = post(transcript, PostId::new(self.posts - 1));
                assert_eq!((&now.0, &now.1), (start, label));
                assert!(now.2.starts_with(body), "{body:?} became {:?}", now.2);
            }
        }
        self.begun = transcript.begun();
        self.posts = transcript.len();
        self.last = transcript.last_id().map(|id| post(transcript, id));
        self.all = told(self.posts.saturating_sub(1));
    }
}

/// The record of bytes that come in chunks of these sizes through a pipe that is silent between them.
fn piped(bytes: &[u8], sizes: &[usize], watched: bool) -> Transcript {
    let (mut transcript, mut shown) = (Transcript::default(), Shown::default());
    let mut feeder = Feeder::new(Forced::default(), Patience::None);
    let (mut rest, mut sizes) = (bytes, sizes.iter().cycle());
    while !rest.is_empty() {
        let (chunk, left) = rest.split_at(sizes.next().map_or(1, |&size| size.min(rest.len())));
        feeder.feed(chunk, &mut transcript).expect("a record");
        feeder.settle(&mut transcript).expect("a record");
        if watched {
            shown.look(&transcript);
        }
        rest = left;
    }
    feeder.finish(&mut transcript).expect("a record");
    if watched {
        shown.look(&transcript);
    }
    transcript
}

/// The record of a file that grows by such chunks while it is followed.
fn followed(bytes: &[u8], sizes: &[usize]) -> Transcript {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    let open = Arc::new(File::open(file.path()).expect("a file"));
    let mut intake = Intake::new(Input::File(open, 0), None, Patience::None).following();
    let (mut index, mut transcript, mut shown) = (Index::new(None), Transcript::default(), Shown::default());
    let (mut rest, mut sizes) = (bytes, sizes.iter().cycle());
    while !rest.is_empty() {
        let (chunk, left) = rest.split_at(sizes.next().map_or(1, |&size| size.min(rest.len())));
        file.write_all(chunk).expect("a file");
        while let Some(piece) = intake.next().expect("a text") {
            index.feed(&piece).expect("a record");
        }
        assert!(!intake.has_ended());
        index.settle().expect("a record");
        transcript.grow(index.take());
        shown.look(&transcript);
        rest = left;
    }
    index.finish().expect("a record");
    transcript.grow(index.take());
    shown.look(&transcript);
    transcript
}

fn at_once(bytes: &[u8]) -> Transcript {
    read_bytes(bytes, Forced::default()).expect("a record").0
}

fn sizes() -> impl Strategy<Value = Vec<usize>> {
    vec(select(vec![1usize, 1, 2, 3, 5, 7, 20, 64, 300]), 1..12)
}

fn config(cases: u32) -> Config {
    Config { failure_persistence: None, ..Config::with_cases(cases) }
}

proptest! {
    #![proptest_config(config(192))]

    #[test]
    fn a_live_text_cut_anywhere_is_the_same_record(text in live_text(6), how in select(&ALL[..]), sizes in sizes()) {
        let bytes = how.bytes(&text);
        prop_assert_eq!(json(&piped(&bytes, &sizes, true)), json(&at_once(&bytes)));
    }

    #[test]
    fn any_text_cut_anywhere_is_the_same_record(
        lines in vec(any_text(10), 0..8), end in select(vec!["\n", "\r\n", "\n\n", "\r"]),
        how in select(&ALL[..]), sizes in sizes()
    ) {
        let bytes = how.bytes(&lines.join(end));
        prop_assert_eq!(json(&piped(&bytes, &sizes, true)), json(&at_once(&bytes)));
    }

    #[test]
    fn a_json_record_cut_anywhere_is_the_same_record(
        text in live_text(6), in_lines in any::<bool>(), ended in any::<bool>(), sizes in sizes()
    ) {
        let transcript = at_once(text.as_bytes());
        let mut bytes = Vec::new();
        if in_lines { write_jsonl(&transcript, &mut bytes) } else { write_json(&transcript, &mut bytes) }.expect("memory");
        bytes.truncate(if ended { bytes.len() } else { bytes.trim_ascii_end().len() });
        prop_assert_eq!(json(&piped(&bytes, &sizes, true)), json(&at_once(&bytes)));
    }

    #[test]
    fn a_file_that_grows_by_any_bytes_is_the_same_record(
        text in live_text(6), how in select(&ALL[..]), sizes in sizes()
    ) {
        let bytes = how.bytes(&(text + "\n"));
        prop_assert_eq!(json(&followed(&bytes, &sizes)), json(&at_once(&bytes)));
    }
}

#[test]
fn a_record_longer_than_the_head_is_the_same_in_every_encoding_and_cut() {
    let text = DEMO.repeat(1 + 3 * HEAD / DEMO.len());
    for how in ALL {
        let bytes = how.bytes(&text);
        let whole = json(&at_once(&bytes));
        for size in [997, HEAD - 1, HEAD + 1] {
            assert!(json(&piped(&bytes, &[size], false)) == whole, "{how:?} in chunks of {size}");
        }
    }
}

#[test]
fn words_are_shown_before_their_line_has_an_end_and_what_may_be_a_stamp_is_not() {
    let mut transcript = Transcript::default();
    let mut feeder = Feeder::new(Forced::default(), Patience::None);
    let mut told = |bytes: &[u8]| {
        feeder.feed(bytes, &mut transcript).expect("a record");
        feeder.settle(&mut transcript).expect("a record");
        transcript.last_id().map(|id| transcript.body(id).into_owned()).unwrap_or_default()
    };
    let (first, second) = "灯".as_bytes().split_at(1);
    told("2025-10-18 08:05\n主持人\n".as_bytes());
    for (bytes, body) in [
        ("江上".as_bytes(), "江上"),
        (first, "江上"),
        (second, "江上灯"),
        (b"\r", "江上灯"),
        (b"\n2018", "江上灯"),
        ("年,".as_bytes(), "江上灯\r\n2018年,"),
        (b"\n2025-10-18 08:0", "江上灯\r\n2018年,"),
        (b"6\n", "江上灯\r\n2018年,"),
        ("甲".as_bytes(), "江上灯\r\n2018年,"),
        (b"\n", ""),
        ("好".as_bytes(), "好"),
    ] {
        assert_eq!(told(bytes), body, "{bytes:?}");
    }
}

#[test]
fn posts_without_a_time_stand_at_the_moment_when_they_came_which_is_not_written_down() {
    let moment = |second| NaiveDate::from_ymd_opt(2025, 10, 18).and_then(|day| day.and_hms_opt(9, 0, second));
    let mut intake = Intake::new(Input::Stream(Box::new("一\n二\n".as_bytes())), None, Patience::None);
    let mut index = Index::new(None);
    let mut transcript = Transcript::default();
    index.feed(&intake.next().expect("a text").expect("a piece")).expect("a record");
    transcript.grow(index.take());
    assert!(transcript.meta.clock == ClockKind::None && transcript.start(PostId::new(0)).is_none());
    for (text, second) in [("三\n", 5), ("四\n五\n", 20), ("六\n", 3)] {
        let mut more = Intake::new(Input::Stream(Box::new(text.as_bytes())), None, Patience::None);
        let mut piece = more.next().expect("a text").expect("a piece");
        piece.is_head = false;
        index.feed(&piece).expect("a record");
        index.arrive(moment(second).expect("a moment"));
        transcript.grow(index.take());
    }
    let starts: Vec<_> =
        transcript.ids().map(|id| (transcript.start(id), transcript.is_arrival(id))).collect();
    let at = |ms| (Some(ms), true);
    assert_eq!(starts, [(None, false), (None, false), at(0), at(15_000), at(15_000), at(15_000)]);
    assert_eq!(transcript.moment(PostId::new(3)), moment(20));
    let structure = Structure::of(&transcript);
    let schedule = Schedule::of(&transcript, &structure, Pacing::default());
    let shows = schedule.over(&transcript, &structure);
    assert_eq!(shows.show(PostId::new(3)), 15_000);
    assert!(shows.is_estimated(PostId::new(3)));
    assert_eq!(json(&transcript), json(&at_once("一\n二\n三\n四\n五\n六\n".as_bytes())));
}

#[test]
fn a_record_with_a_clock_tells_its_own_times() {
    let mut intake = Intake::new(Input::Stream(Box::new(DEMO.as_bytes())), None, Patience::None);
    let mut index = Index::new(None);
    index.feed(&intake.next().expect("a text").expect("a piece")).expect("a record");
    index.arrive(NaiveDate::MIN.into());
    index.finish().expect("a record");
    assert_eq!(json(&Transcript::from(index.take())), json(&at_once(DEMO.as_bytes())));
}

/// A reader of a live record of many posts.
fn reader(draft: &mut Draft, follow: bool) -> App {
    let mut app = App::new(&Options::default(), Source { loading: true, ..Source::default() });
    app.resize(80, 24, Duration::ZERO);
    app.reader.follow = follow;
    say_so(draft, 60);
    take_in(&mut app, draft);
    app
}

fn say_so(draft: &mut Draft, posts: usize) {
    for index in 0..posts {
        let speaker = draft.intern(["主持人", "馆长陆知远", "甲", "乙"][index % 4]);
        let body = draft.append_text("江上有雾,灯都亮着?");
        draft.push(Post { speaker, body, start: Some(index as i64 * 60_000), ..Post::default() });
    }
}

fn take_in(app: &mut App, draft: &mut Draft) {
    let batch = draft.take();
    app.grow(Duration::ZERO, |transcript| {
        transcript.grow(batch);
        Source { live: true, ..Source::default() }
    });
    let _ = view::draw(app, &Theme::new(ThemeName::Mono, Depth::None, false), Vec::new());
}

#[test]
fn whatever_one_was_doing_a_record_may_be_begun_anew() {
    for (row, follow) in ROWS.iter().flat_map(|row| [(row, false), (row, true)]) {
        for (keys, posts) in row.expanded().into_iter().flat_map(|(keys, _)| [(keys.clone(), 0), (keys, 3)]) {
            let mut draft = Draft::default();
            let mut app = reader(&mut draft, follow);
            let press = |app: &mut App, key: &str| {
                let _ = app.key(key.parse().expect("a key"), Duration::ZERO);
            };
            for opening in ["", "p", "@", "O", "T", "/", "?", "G"] {
                if !opening.is_empty() {
                    press(&mut app, opening);
                }
                for &key in &keys {
                    let _ = app.key(key, Duration::ZERO);
                }
                draft = Draft::anew();
                say_so(&mut draft, posts);
                take_in(&mut app, &mut draft);
                for key in ["j", "J", "k", "Enter", "Esc"] {
                    press(&mut app, key);
                }
                say_so(&mut draft, 40);
                take_in(&mut app, &mut draft);
            }
            assert_eq!(app.transcript.len(), posts + 40);
        }
    }
}

#[test]
fn who_reads_at_the_live_edge_stays_there_and_who_reads_back_stays_put() {
    let mut draft = Draft::default();
    let mut app = reader(&mut draft, true);
    assert_eq!(app.reader.focus, PostId::new(59));
    say_so(&mut draft, 10);
    take_in(&mut app, &mut draft);
    assert_eq!(app.reader.focus, PostId::new(69));
    let _ = app.key("K".parse().expect("a key"), Duration::ZERO);
    let (reader, page) = (app.reader, app.page.len());
    say_so(&mut draft, 10);
    take_in(&mut app, &mut draft);
    assert_eq!((app.reader, app.page.len()), (reader, page));
    draft = Draft::anew();
    say_so(&mut draft, 30);
    take_in(&mut app, &mut draft);
    assert_eq!(app.reader.focus, PostId::new(0), "another record is read from its beginning");
    let _ = app.key("G".parse().expect("a key"), Duration::ZERO);
    draft = Draft::anew();
    say_so(&mut draft, 20);
    take_in(&mut app, &mut draft);
    assert_eq!(app.reader.focus, PostId::new(19), "or at its live edge");
}

#[test]
fn what_comes_behind_the_head_with_it_is_not_held_back() {
    let text = DEMO.repeat(1 + 2 * HEAD / DEMO.len());
    for how in ALL {
        let bytes = how.bytes(&text);
        let mut transcript = Transcript::default();
        let mut feeder = Feeder::new(Forced::default(), Patience::None);
        for part in [&bytes[..200], &bytes[200..]] {
            feeder.feed(part, &mut transcript).expect("a record");
        }
        assert_eq!(transcript.len(), at_once(&bytes).len(), "{how:?}");
    }
}

#[test]
fn three_bytes_do_not_settle_what_a_record_is() {
    for bytes in [Written::Utf8.bytes(DEMO), Written::Gb18030.bytes(DEMO), Written::Utf16Le.bytes(DEMO)] {
        let whole = at_once(&bytes);
        assert_eq!(json(&piped(&bytes, &[3], false)), json(&whole));
        assert_eq!(whole.meta.format, "zhibo");
    }
}

#[test]
fn the_real_record_is_the_same_in_random_chunks() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/transcripts/quality-2018.txt");
    let Ok(text) = std::fs::read_to_string(path) else { return say("real record cut: 0 cases") };
    let mut seed = 7u32;
    let mut random = |most: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        1 + (seed >> 16) as usize % most as usize
    };
    let mut cases = 0;
    for how in ALL {
        for end in ["\n", "\r\n"] {
            let bytes = how.bytes(&text.replace('\n', end));
            let whole = json(&at_once(&bytes));
            for most in [40, 3000] {
                let sizes: Vec<usize> = (0..500).map(|_| random(most)).collect();
                assert!(json(&piped(&bytes, &sizes, false)) == whole, "{how:?} {end:?} up to {most}");
                cases += 1;
            }
        }
    }
    say(&format!("real record cut: {cases} cases"));
}

#[test]
fn json_lines_with_objects_in_them_are_the_same_however_they_are_cut() {
    let text = "{\"schema\":\"shilu/1\",\"speakers\":[{\"id\":1,\"label\":\"甲\"}]}\n\
        {\"speaker\":1,\"x\":{\"a\":[{\"b\":\"}\"}]},\"body\":[\"一}\"]}\n{\"speaker\":1,\"y\":{},\"body\":[\"二{\"]}\n";
    let whole = json(&at_once(text.as_bytes()));
    assert_eq!(at_once(text.as_bytes()).len(), 2);
    for size in 1..text.len() {
        assert_eq!(json(&piped(text.as_bytes(), &[size], true)), whole, "in chunks of {size}");
    }
}
