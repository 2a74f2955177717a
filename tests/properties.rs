//! What holds for any text, any record, and any sequence of events.

mod feed;
mod texts;

use feed::Feeder;
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::sample::{Index, select};
use proptest::strategy::{Just, Strategy};
use proptest::test_runner::Config;
use proptest::{prop_assert, prop_assert_eq, prop_oneof, proptest};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use shilu::action::Action;
use shilu::app::{App, Options, Pointer, PointerKind, Source};
use shilu::choice::{Format, GapModel, Pace, ThemeName};
use shilu::command::DEMO;
use shilu::format::{Forced, HEAD, Patience, read_bytes, write_json, write_jsonl};
use shilu::keymap::{Code, Key, ROWS, Row};
use shilu::lang::Lang;
use shilu::replay::{Clock, Pacing, Schedule, Shows};
use shilu::structure::Structure;
use shilu::text::paragraphs::paragraphs;
use shilu::text::ruler::Ruler;
use shilu::text::safe::is_invisible;
use shilu::transcript::{ClockKind, Draft, Post, PostId, Transcript};
use shilu::view;
use shilu::view::theme::{Depth, Theme};
use std::fmt::{self, Debug, Formatter};
use std::io;
use std::time::Duration;
use texts::{any_text, ink, is_bidi_control, live_text};

fn config(cases: u32) -> Config {
    Config { failure_persistence: None, ..Config::with_cases(cases) }
}

// Text

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn paragraphs_lose_nothing_but_white_space(text in any_text(50), breaks in vec((any::<Index>(), "[ \u{a0}\u{3000}]{2,5}|\n|\r\n"), 0..6)) {
        let mut body = text;
        for (at, gap) in breaks {
            let borders: Vec<usize> = body.char_indices().map(|(at, _)| at).chain([body.len()]).collect();
            body.insert_str(*at.get(&borders), &gap);
        }
        let (mut end, mut kept) = (0, String::new());
        for range in paragraphs(&body) {
            prop_assert!(end <= range.start && range.start < range.end, "{range:?} behind {end}");
            let paragraph = body.get(range.clone()).expect("a part of the body");
            prop_assert_eq!(paragraph.trim(), paragraph);
            prop_assert!(!paragraph.contains('\n'));
            kept.push_str(&ink(paragraph));
            end = range.end;
        }
        prop_assert_eq!(kept, ink(&body));
    }
}

// Records

fn zhibo() -> Forced {
    Forced { format: Some(Format::Zhibo), ..Forced::default() }
}

fn read(bytes: &[u8], forced: Forced) -> Transcript {
    read_bytes(bytes, forced).expect("a record").0
}

/// The record of a source that came in pieces, settled by the first.
fn read_in_pieces(first: &str, rest: &[u8], sizes: &[usize], patience: Patience) -> Transcript {
    let (mut transcript, mut feeder) = (Transcript::default(), Feeder::new(Forced::default(), patience));
    feeder.feed(first.as_bytes(), &mut transcript).expect("a record");
    assert!(feeder.detection().is_some(), "the first piece settles it");
    let (mut rest, mut sizes) = (rest, sizes.iter().cycle());
    while !rest.is_empty() {
        let size = sizes.next().map_or(rest.len(), |&size| size.min(rest.len()));
        let (piece, left) = rest.split_at(size);
        feeder.feed(piece, &mut transcript).expect("a record");
        rest = left;
    }
    feeder.finish(&mut transcript).expect("a record");
    transcript
}

fn written(
    write: impl Fn(&Transcript, &mut dyn io::Write) -> io::Result<()>,
    transcript: &Transcript,
) -> String {
    let mut out = Vec::new();
    write(transcript, &mut out).expect("memory");
    String::from_utf8(out).expect("text")
}

/// What a live text still holds once it was read: stamps, bylines and bodies from the first post on.
fn told(transcript: &Transcript, lines: &[&str]) -> String {
    let post = |id| {
        let (first, _) = transcript.lines(id).expect("lines");
        let label = transcript.speaker(transcript.speaker_of(id)).label.clone();
        format!("{}{label}{}", lines[first as usize - 1], transcript.body(id))
    };
    transcript.ids().map(post).collect()
}

/// Ink without the invisible characters that are no part of a name, and without what is trimmed from its ends.
fn visible_ink(text: &str) -> String {
    let trimmed = |ch| matches!(ch, '\u{200c}'..='\u{200f}');
    ink(text).chars().filter(|&ch| !is_invisible(ch) && !trimmed(ch)).collect()
}

const TWO_POSTS: &str =
    "2018-01-09 07:34\n\n直播管理员\n\n就要开始了。\n\n2018-01-09 08:21\n\n主持人\n\n早上好。\n";

proptest! {
    #![proptest_config(config(192))]

    #[test]
    fn any_cut_of_a_live_text_gives_the_same_record(text in live_text(8), sizes in vec(1usize..40, 1..6)) {
        let whole = read(format!("{TWO_POSTS}{text}").as_bytes(), Forced::default());
        let cut = read_in_pieces(TWO_POSTS, text.as_bytes(), &sizes, Patience::None);
        prop_assert_eq!(written(write_json, &cut), written(write_json, &whole));
    }

    #[test]
    fn any_cut_of_a_plain_text_gives_the_same_record(
        lines in vec(any_text(10), 0..8), sizes in vec(1usize..40, 1..6)
    ) {
        let (first, rest) = ("灯下\n\n江上有雾。\n\n", lines.join("\n"));
        let whole = read(format!("{first}{rest}").as_bytes(), Forced::default());
        let cut = read_in_pieces(first, rest.as_bytes(), &sizes, Patience::None);
        prop_assert_eq!(written(write_json, &cut), written(write_json, &whole));
    }

    #[test]
    fn nothing_is_lost_from_the_first_post_on(text in live_text(8)) {
        let transcript = read(text.as_bytes(), zhibo());
        let source = text.replace("\r\n", "\n");
        let lines: Vec<&str> = source.split('\n').collect();
        let first = transcript.ids().next().and_then(|id| transcript.lines(id));
        let whole = first.map_or(String::new(), |(first, _)| lines[first as usize - 1..].concat());
        prop_assert_eq!(visible_ink(&told(&transcript, &lines)), visible_ink(&whole));
    }

    #[test]
    fn json_and_jsonl_come_back_byte_for_byte(text in live_text(8)) {
        let transcript = read(text.as_bytes(), zhibo());
        let (json, jsonl) = (written(write_json, &transcript), written(write_jsonl, &transcript));
        let back = read(json.as_bytes(), Forced::default());
        prop_assert_eq!(&written(write_json, &back), &json);
        prop_assert_eq!(&written(write_jsonl, &back), &jsonl);
        let back = read(jsonl.as_bytes(), Forced::default());
        prop_assert_eq!(&written(write_jsonl, &back), &jsonl);
        prop_assert_eq!(&written(write_json, &back), &json);
    }
}

#[test]
fn a_source_longer_than_the_head_is_the_same_in_blocks_of_any_size() {
    let late_blank = format!("{}\n\n{}", "一行字\n".repeat(HEAD / 10), "另一行\n".repeat(HEAD / 10));
    let late_post = format!("{}{TWO_POSTS}", "页眉\n".repeat(HEAD / 5));
    let late_line_feed = format!("{}\n尾\n", "一\r".repeat(HEAD / 2));
    let late_latin = format!("{}好", "a\n".repeat(HEAD / 2));
    for source in [late_blank, late_post, late_line_feed, late_latin, DEMO.repeat(3)] {
        let whole = written(write_json, &read(source.as_bytes(), Forced::default()));
        for size in [HEAD / 3, HEAD - 1, HEAD, HEAD + 1, HEAD * 2] {
            let (mut cut, mut feeder) =
                (Transcript::default(), Feeder::new(Forced::default(), Patience::Head));
            for piece in source.as_bytes().chunks(size) {
                feeder.feed(piece, &mut cut).unwrap();
            }
            feeder.finish(&mut cut).unwrap();
            let beginning: String = source.chars().take(8).collect();
            assert!(written(write_json, &cut) == whole, "{beginning:?} in blocks of {size}");
        }
    }
}

// Replay

fn pacing() -> impl Strategy<Value = Pacing> {
    (
        select(vec![GapModel::Real, GapModel::Cap, GapModel::Log, GapModel::Skip]),
        select(vec![0, 1, 999, 30_000, 120_000, 3_600_000]),
        select(vec![Pace::Clock, Pace::Reading]),
        1u32..2000,
    )
        .prop_map(|(gaps, limit_ms, pace, cpm)| Pacing { gaps, limit_ms, pace, cpm })
}

/// Stamps in order for the most part, some out of order, some missing.
fn stamps() -> impl Strategy<Value = Vec<Option<i64>>> {
    let step = prop_oneof![4 => Just(0), 6 => 0i64..200, 2 => 200i64..100_000, 1 => -5000i64..0];
    (vec((step, prop_oneof![9 => Just(true), 1 => Just(false)]), 0..14), select(vec![1, 250, 1000, 60_000]))
        .prop_map(|(steps, unit)| {
            let mut at = 0;
            let mut stamp = |(step, known): (i64, bool)| {
                at += step * unit;
                known.then_some(at)
            };
            steps.into_iter().map(&mut stamp).collect()
        })
}

/// A record of posts at those moments, with bodies of those lengths.
fn record(resolution_ms: i64, stamps: &[Option<i64>], lengths: &[usize]) -> Transcript {
    let mut draft = draft(resolution_ms);
    for (&start, length) in stamps.iter().zip(lengths.iter().cycle()) {
        push(&mut draft, start, *length);
    }
    Transcript::from(draft.take())
}

fn draft(resolution_ms: i64) -> Draft {
    let mut draft = Draft::default();
    draft.meta.clock = if resolution_ms > 0 { ClockKind::Offset } else { ClockKind::None };
    draft.meta.resolution_ms = resolution_ms;
    draft
}

fn push(draft: &mut Draft, start: Option<i64>, length: usize) {
    let speaker = draft.intern(if length.is_multiple_of(2) { "主持人" } else { "陆知远" });
    let body = draft.append_text(&"字".repeat(length));
    draft.push(Post { start, speaker, body, ..Post::default() });
}

/// A record with what its show times are worked out from.
struct Scheduled {
    transcript: Transcript,
    structure: Structure,
    schedule: Schedule,
}

impl Scheduled {
    fn new(transcript: Transcript, pacing: Pacing) -> Self {
        let structure = Structure::of(&transcript);
        let schedule = Schedule::of(&transcript, &structure, pacing);
        Self { transcript, structure, schedule }
    }

    /// Lets the record grow, and everything with it.
    fn grow(&mut self, grow: impl FnOnce(&mut Transcript)) {
        grow(&mut self.transcript);
        self.structure.extend(&self.transcript);
        self.schedule.extend(&self.transcript, &self.structure);
    }

    fn shows(&self) -> Shows<'_> {
        self.schedule.over(&self.transcript, &self.structure)
    }

    /// Show times and estimate marks of all posts.
    fn told(&self) -> Vec<(i64, bool)> {
        let shows = self.shows();
        self.transcript.ids().map(|id| (shows.show(id), shows.is_estimated(id))).collect()
    }

    /// The same, all of it worked out at once.
    fn whole(&self) -> Self {
        Self::new(self.transcript.clone(), self.schedule.pacing())
    }
}

fn resolution() -> impl Strategy<Value = i64> {
    select(vec![0, 1, 10, 1000, 60_000, 3_600_000])
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn show_times_never_decrease_and_lead_both_ways(
        resolution in resolution(), stamps in stamps(), lengths in vec(0usize..300, 1..5), pacing in pacing()
    ) {
        let scheduled = Scheduled::new(record(resolution, &stamps, &lengths), pacing);
        let shows = scheduled.shows();
        let times: Vec<i64> = scheduled.transcript.ids().map(|id| shows.show(id)).collect();
        prop_assert!(times.is_sorted(), "{times:?}");
        prop_assert_eq!(times.first().copied().unwrap_or(0), 0);
        prop_assert_eq!(times.last().copied().unwrap_or(0), shows.total());
        for id in scheduled.transcript.ids() {
            prop_assert!(shows.revealed(shows.show(id)) >= id.number());
            prop_assert!(shows.revealed(shows.show(id) - 1) < id.number());
        }
        for at in times.iter().flat_map(|&show| [show - 1, show, show + 1]) {
            prop_assert_eq!(shows.revealed(at), times.iter().filter(|&&show| show <= at).count());
            prop_assert_eq!(shows.next_after(at), times.iter().copied().find(|&show| show > at));
        }
    }

    #[test]
    fn posts_of_one_stamp_stay_inside_what_it_can_express(
        resolution in resolution(), stamps in stamps(), lengths in vec(0usize..300, 1..5), gaps in pacing()
    ) {
        let mut stamps: Vec<i64> = stamps.into_iter().flatten().collect();
        stamps.sort_unstable();
        let pacing = Pacing { gaps: GapModel::Real, pace: Pace::Clock, ..gaps };
        let resolution = resolution.max(1);
        let transcript = record(resolution, &stamps.iter().copied().map(Some).collect::<Vec<_>>(), &lengths);
        let scheduled = Scheduled::new(transcript, pacing);
        let shows = scheduled.shows();
        for id in scheduled.transcript.ids() {
            let (show, stamp) = (shows.show(id), stamps[id.index()] - stamps[0]);
            prop_assert!(show == stamp || show - stamp < resolution, "#{} {show} {stamp}", id.number());
            prop_assert!(show == stamp || shows.is_estimated(id), "#{} {show} {stamp}", id.number());
        }
    }

    #[test]
    fn a_schedule_that_grows_post_by_post_is_that_of_the_whole(
        resolution in resolution(), stamps in stamps(), lengths in vec(0usize..300, 1..5), pacing in pacing()
    ) {
        let whole = Scheduled::new(record(resolution, &stamps, &lengths), pacing);
        let mut draft = draft(resolution);
        let mut grown = Scheduled::new(Transcript::from(draft.take()), pacing);
        for (start, length) in stamps.iter().zip(lengths.iter().cycle()) {
            push(&mut draft, *start, *length);
            grown.grow(|transcript| transcript.grow(draft.take()));
        }
        prop_assert_eq!(grown.told(), whole.told());
    }

    #[test]
    fn schedule_and_structure_of_a_text_that_comes_in_pieces_are_those_of_the_whole(
        text in live_text(8), size in 1usize..200, pacing in pacing()
    ) {
        let (mut transcript, mut feeder) =
            (Transcript::default(), Feeder::new(Forced::default(), Patience::None));
        feeder.feed(TWO_POSTS.as_bytes(), &mut transcript).expect("a record");
        let mut grown = Scheduled::new(transcript, pacing);
        for piece in text.as_bytes().chunks(size).map(Some).chain([None]) {
            grown.grow(|transcript| match piece {
                Some(piece) => feeder.feed(piece, transcript).expect("a record"),
                None => feeder.finish(transcript).expect("a record"),
            });
        }
        let whole = grown.whole();
        prop_assert_eq!(&grown.structure, &whole.structure);
        prop_assert_eq!(grown.told(), whole.told());
    }

    #[test]
    fn a_change_of_pacing_and_back_keeps_what_is_revealed(
        resolution in resolution(), stamps in stamps(), lengths in vec(0usize..300, 1..5),
        here in pacing(), there in pacing(), at in -10i64..1000
    ) {
        let transcript = record(resolution, &stamps, &lengths);
        let [here, there] = [here, there].map(|pacing| Scheduled::new(transcript.clone(), pacing));
        let (here, there) = (here.shows(), there.shows());
        let show = here.total().saturating_mul(at) / 990;
        let moved = here.translate(show, &there);
        let newest = here.revealed(show).checked_sub(1).map(PostId::new);
        prop_assert_eq!(there.revealed(moved), newest.map_or(0, |newest| there.revealed(there.show(newest))));
        if there.revealed(moved) == here.revealed(show) {
            prop_assert_eq!(here.revealed(there.translate(moved, &here)), here.revealed(show));
        }
    }
}

#[test]
fn a_finer_stamp_changes_what_was_scheduled_before_it() {
    let stamps = ["07:34", "07:34", "09:00", "09:00:30"];
    let mut feeder = Feeder::new(zhibo(), Patience::None);
    let skip = Pacing { gaps: GapModel::Skip, ..Pacing::default() };
    let mut grown = Scheduled::new(Transcript::default(), skip);
    for (index, stamp) in stamps.iter().enumerate() {
        let post = format!("2018-01-09 {stamp}\n甲\n好。\n");
        let posts = post.repeat(if index == 0 { HEAD / 20 } else { 1 });
        grown.grow(|transcript| feeder.feed(posts.as_bytes(), transcript).unwrap());
        assert_eq!(grown.transcript.meta.resolution_ms, if index < 3 { 60_000 } else { 1000 });
    }
    assert_eq!(grown.told(), grown.whole().told());
}

/// What is done to a clock, after so many milliseconds.
#[derive(Debug, Clone)]
enum Turn {
    Play,
    Pause,
    Speed(f64),
    Seek(i64),
}

fn turn() -> impl Strategy<Value = Turn> {
    prop_oneof![
        Just(Turn::Play),
        Just(Turn::Pause),
        prop_oneof![0.01f64..20_000.0, 0.1f64..4.0].prop_map(Turn::Speed),
        (-1_000_000i64..1_000_000_000).prop_map(Turn::Seek),
    ]
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn a_clock_runs_on_unless_it_is_set(
        start in -1000i64..1_000_000_000, speed in 0.1f64..10_000.0, turns in vec((turn(), 0u64..10_000_000_000), 0..20)
    ) {
        let mut clock = Clock::paused_at(start, speed);
        let mut now = Duration::ZERO;
        for (turn, wait_ns) in turns {
            let shown = clock.at_ms(now);
            now += Duration::from_nanos(wait_ns);
            prop_assert!(clock.at_ms(now) >= shown, "time runs back by itself");
            let shown = clock.at_ms(now);
            clock = match turn {
                Turn::Play => clock.play(now),
                Turn::Pause => clock.pause(now),
                Turn::Speed(speed) => clock.with_speed(speed, now),
                Turn::Seek(to) => clock.seek(to, now),
            };
            let wanted = if let Turn::Seek(to) = turn { to } else { shown };
            prop_assert_eq!(clock.at_ms(now), wanted);
        }
    }

    #[test]
    fn a_deadline_is_never_early(
        start in -1000i64..1_000_000_000, speed in 0.1f64..10_000.0, since_ns in 0u64..100_000_000_000,
        target in -1000i64..3_000_000_000_000
    ) {
        let since = Duration::from_nanos(since_ns);
        let clock = Clock::paused_at(start, speed);
        prop_assert_eq!(clock.reaches(target), None);
        let clock = clock.play(since);
        let at = clock.reaches(target).expect("a running clock gets there");
        prop_assert!(clock.at_ms(at) >= target, "{} at {at:?}", clock.at_ms(at));
    }
}

#[test]
fn a_deadline_centuries_away_is_still_a_deadline() {
    for speed in [0.1, 1.0, 10_000.0] {
        for years in [100, 584, 10_000, 100_000] {
            let target = years * 365 * 86_400_000;
            let clock = Clock::paused_at(0, speed).play(Duration::from_secs(5));
            let due = clock.reaches(target).unwrap();
            let exact = Duration::from_secs_f64(target as f64 / 1000.0 / speed)
                .min(Duration::from_nanos(u64::MAX / 2));
            assert!(due >= exact, "{years} years at {speed}x: {due:?}");
        }
    }
}

// The reader

/// What happens to the reader.
#[derive(Debug, Clone)]
enum Event {
    Keys(Index),
    Type(char),
    Press(Key),
    Paste(String),
    Resize(u16, u16),
    Pointer(Pointer),
    Tick(u64),
    Grow(usize),
}

fn key() -> impl Strategy<Value = Key> {
    let codes = vec![
        Code::Enter,
        Code::Esc,
        Code::Tab,
        Code::Backspace,
        Code::Delete,
        Code::Up,
        Code::Down,
        Code::Left,
        Code::Right,
        Code::Home,
        Code::End,
        Code::PgUp,
        Code::PgDn,
    ];
    let code = prop_oneof![
        select(codes),
        any::<char>().prop_map(Code::Char),
        (b' '..=b'~').prop_map(|byte| Code::Char(char::from(byte)))
    ];
    (code, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(code, ctrl, alt, shift)| Key {
        code,
        ctrl,
        alt,
        shift,
    })
}

fn pointer() -> impl Strategy<Value = Pointer> {
    let kind = select(vec![PointerKind::Press, PointerKind::WheelDown, PointerKind::WheelUp]);
    let near = (0u16..100, 0u16..30);
    (kind, prop_oneof![9 => near, 1 => (any::<u16>(), any::<u16>())]).prop_map(|(kind, (x, y))| Pointer {
        kind,
        x,
        y,
    })
}

fn size() -> impl Strategy<Value = (u16, u16)> {
    prop_oneof![
        2 => (0u16..8, 0u16..8),
        4 => (18u16..45, 4u16..14),
        4 => (45u16..=120, 10u16..=40),
        1 => (0u16..=200, 0u16..=60),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    let typed =
        select("0123456789:#%@.*[(|\\一质lw主持，。 \t\u{202e}\u{301}👩ｑ？／".chars().collect::<Vec<_>>());
    prop_oneof![
        12 => any::<Index>().prop_map(Event::Keys),
        3 => typed.prop_map(Event::Type),
        2 => key().prop_map(Event::Press),
        1 => any_text(6).prop_map(Event::Paste),
        2 => size().prop_map(|(width, height)| Event::Resize(width, height)),
        3 => pointer().prop_map(Event::Pointer),
        3 => prop_oneof![0u64..3000, 0u64..100_000_000].prop_map(Event::Tick),
        2 => prop_oneof![1usize..200, 200usize..20_000].prop_map(Event::Grow),
    ]
}

const ONE_POST: &str = "2018-01-09 07:34\n\n主持人\n\n早。\n";

const NO_CLOCK: &str = "江上有雾,灯下有书。\n\n第二段“话”——没有名字,也没有时间。\n\n第三段。\n";

const TIES: &str = "2018-01-09 07:34:05\n主持人\n一\n2018-01-09 07:34:05\n甲\n二\n2018-01-09 07:34:05\n乙\n三\n2018-01-09 09:34:05\n甲\n四\n";

const STRANGE: &str = "标题\u{202e}\u{1b}[31m\t题\n\n2018-01-09 07:34\n主持人\u{1b}]0;x\u{7}\n字\ta\tb\t，\u{301}\u{301}\u{301}\u{301}\u{301}\n2018-01-09 08:50\n👩\u{200d}👩\u{200d}👩长\u{9b}31m\n🇨🇨🇨\u{feff}ᄀᄀ\u{2067}العربية שלום\n2018-01-09 23:50\n主持人\u{1b}]0;x\u{7}\n——……“”·①①①\n2018-02-09 08:50\n（\n“\n";

/// A text of which a report tells no more than the beginning.
#[derive(Clone)]
struct Told(String);

impl Debug for Told {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let beginning: String = self.0.chars().take(400).collect();
        write!(f, "{beginning:?} of {} bytes", self.0.len())
    }
}

fn source() -> impl Strategy<Value = Told> {
    let text = prop_oneof![
        8 => Just(DEMO.to_owned()),
        6 => select(vec!["", ONE_POST, TWO_POSTS, NO_CLOCK, TIES, STRANGE]).prop_map(String::from),
        3 => live_text(10),
    ];
    text.prop_map(Told)
}

/// The reader with what comes from its source and what time it is.
struct Session {
    app: App,
    feeder: Feeder,
    rest: Vec<u8>,
    now: Duration,
}

impl Session {
    fn new(source: &str, first: usize, options: &Options) -> Self {
        let app = App::new(options, Source { loading: true, ..Source::default() });
        let feeder = Feeder::new(Forced::default(), Patience::None);
        let mut session = Self { app, feeder, rest: source.as_bytes().to_vec(), now: Duration::ZERO };
        session.app.resize(80, 24, session.now);
        session.grow(first);
        session
    }

    fn grow(&mut self, bytes: usize) {
        let piece: Vec<u8> = self.rest.drain(..bytes.min(self.rest.len())).collect();
        let ended = self.rest.is_empty();
        if ended && piece.is_empty() && !self.app.source.loading {
            return;
        }
        let feeder = &mut self.feeder;
        self.app.grow(self.now, |transcript| {
            feeder.feed(&piece, transcript).expect("a record");
            if ended {
                feeder.finish(transcript).expect("a record");
            }
            Source {
                name: "灯下".to_owned(),
                format: feeder.detection().map(|found| found.format),
                loading: !ended,
                ..Source::default()
            }
        });
    }

    fn press(&mut self, key: Key) {
        let _ = self.app.key(key, self.now);
    }

    fn take(&mut self, event: &Event) {
        match event {
            Event::Keys(index) => {
                let all: Vec<Vec<Key>> = ROWS.iter().flat_map(Row::expanded).map(|(keys, _)| keys).collect();
                for &key in index.get(&all) {
                    self.press(key);
                }
            }
            Event::Type(ch) => {
                self.press(Key { code: Code::Char(*ch), ctrl: false, alt: false, shift: false });
            }
            Event::Press(key) => self.press(*key),
            Event::Paste(text) => self.app.paste(text, self.now),
            Event::Resize(width, height) => self.app.resize(*width, *height, self.now),
            Event::Pointer(pointer) => self.app.pointer(*pointer, self.now),
            Event::Tick(ms) => {
                self.now += Duration::from_millis(*ms);
                self.app.tick(self.now);
            }
            Event::Grow(bytes) => self.grow(*bytes),
        }
    }

    /// What is wrong with the state, if anything is.
    fn fault(&self) -> Option<String> {
        let app = &self.app;
        let posts = app.transcript.len();
        let due = app.shows().revealed(app.clock.at_ms(self.now)).max(posts.min(1));
        let (focus, anchor) = (app.reader.focus.index(), app.reader.anchor.post.index());
        let last = app.revealed.saturating_sub(1);
        if app.revealed != due || app.revealed > posts {
            return Some(format!("{} revealed, {due} due, of {posts}", app.revealed));
        }
        if focus > last || anchor > last {
            return Some(format!("focus {focus} or anchor {anchor} beyond {last}"));
        }
        let deadline = app.deadline();
        deadline.filter(|&at| at <= self.now).map(|at| format!("deadline {at:?} at {:?}", self.now))
    }
}

fn drawn(app: &App, depth: Depth, (width, height): (u16, u16)) -> Buffer {
    let theme = Theme::new(app.theme, depth, false);
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    view::draw(app, &theme, Vec::new()).paint(&mut buffer);
    buffer
}

/// What is wrong with a screen, if anything is.
fn blemish(screen: &Buffer, ruler: Ruler) -> Option<String> {
    let area = screen.area;
    for y in 0..area.height {
        for x in 0..area.width {
            let symbol = screen[(x, y)].symbol();
            if symbol.chars().any(|ch| ch.is_control() || is_bidi_control(ch)) || symbol.len() > 64 {
                return Some(format!("{symbol:?} in a cell"));
            }
            let width = ruler.width(symbol) as u16;
            if x + width > area.width {
                return Some(format!("{symbol:?} stands across the edge in row {y}"));
            }
            if width == 2 && screen[(x + 1, y)].symbol() != " " {
                return Some(format!(
                    "{symbol:?} half covered by {:?} in row {y}",
                    screen[(x + 1, y)].symbol()
                ));
            }
        }
    }
    None
}

fn options(pacing: Pacing, wide: bool, lang: Lang, play: bool) -> Options {
    let theme = if wide { ThemeName::Mono } else { ThemeName::Dark };
    Options { pacing, speed: 60.0, play, lang, ruler: Ruler::new(wide), theme, ..Options::default() }
}

proptest! {
    #![proptest_config(config(192))]

    #[test]
    fn the_reader_stays_sound_whatever_happens(
        source in source(), first in prop_oneof![Just(1 << 20), 0usize..3000], pacing in pacing(),
        wide in any::<bool>(), lang in select(vec![Lang::Zh, Lang::En]), play in any::<bool>(),
        depth in select(vec![Depth::None, Depth::True]), events in vec(event(), 1..40)
    ) {
        let mut session = Session::new(&source.0, first, &options(pacing, wide, lang, play));
        for (index, event) in events.iter().enumerate() {
            session.take(event);
            session.app.tick(session.now);
            prop_assert_eq!(session.fault(), None, "after event {} {:?}", index, event);
            let screen = drawn(&session.app, depth, session.app.size);
            prop_assert_eq!(blemish(&screen, session.app.ruler), None, "after event {} {:?}", index, event);
        }
    }

    #[test]
    fn stepping_back_ends_at_the_first_posts_and_stepping_on_at_the_last(source in source(), pacing in pacing()) {
        let mut session = Session::new(&source.0, usize::MAX, &options(pacing, false, Lang::En, false));
        session.grow(0);
        let first = session.app.shows().revealed(0);
        for (action, end) in [(Action::StepBack, first), (Action::StepForward, session.app.transcript.len())] {
            while session.app.revealed != end {
                let before = session.app.revealed;
                session.app.act(action, session.now);
                prop_assert!(session.app.revealed != before, "{action:?} stands still at {before}");
            }
        }
    }
}

#[test]
fn the_foot_of_the_help_covers_no_half_of_a_character() {
    for width in 20..60 {
        let mut session = Session::new(DEMO, usize::MAX, &options(Pacing::default(), false, Lang::Zh, false));
        session.app.resize(width, 5, session.now);
        session.app.act(Action::Help, session.now);
        assert_eq!(
            blemish(&drawn(&session.app, Depth::True, (width, 5)), session.app.ruler),
            None,
            "{width}"
        );
    }
}
