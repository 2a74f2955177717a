//! The replay under keys, orders and the mouse: what is revealed is what the schedule says, whatever one does.

mod say;
mod support;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use say::say;
use shilu::app::{App, Options, PointerKind, Repeat, Source};
use shilu::choice::{GapModel, Pace};
use shilu::replay::Pacing;
use shilu::transcript::{ClockKind, Draft, Post, PostId, SpeakerId};
use std::path::Path;
use std::time::Duration;
use support::{Stage, options};

/// Five posts: two share a minute, then a silence of two hours, then English.
const RECORD: &str = "2025-01-01 08:00\n主持人\n请图书馆馆长陆知远介绍?\n2025-01-01 08:01\n图书馆馆长陆知远\n质量第一。\n\
    2025-01-01 08:01\n图书馆馆长陆知远\n质量质量质量质量。\n2025-01-01 10:01\n主持人\n请陆知远再谈谈?\n\
    2025-01-01 10:02\n图书馆馆长陆知远\nOne two three.\n";

/// Something that is done to a reader, or happens to it.
#[derive(Debug, Clone)]
enum Step {
    Keys(&'static str),
    Order(String),
    Wait(u64),
    Grow(Vec<(i64, usize)>),
    Click(u16, u16),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let keys = prop_oneof![
        Just("Space"),
        Just("."),
        Just(","),
        Just("}"),
        Just("{"),
        Just("Backspace"),
        Just("Right"),
        Just("Left"),
        Just("Shift-Right"),
        Just("Ctrl-Left"),
        Just("Ctrl-Right"),
        Just(">"),
        Just("L"),
        Just("P"),
        Just("T"),
        Just("l"),
        Just("b"),
        Just("E"),
        Just("R"),
        Just("J"),
        Just("K"),
        Just("G"),
        Just("g g"),
        Just("z"),
        Just("x"),
    ];
    let order = prop_oneof![
        (1u32..1000).prop_map(|speed| format!("speed {}", f64::from(speed) / 7.0)),
        (1u32..2000).prop_map(|seconds| format!("show {seconds}s")),
        (1u32..40).prop_map(|post| format!("seek #{post}")),
        (1u32..900).prop_map(|seconds| format!("gaps cap {seconds}s")),
        (1u32..900).prop_map(|seconds| format!("gaps log {seconds}s")),
        (1u32..900).prop_map(|cpm| format!("cpm {cpm}")),
        Just("pace clock".to_owned()),
        Just("break exchange".to_owned()),
        Just("break gap 3m".to_owned()),
    ];
    let step = prop_oneof![
        6 => keys.prop_map(Step::Keys),
        2 => order.prop_map(Step::Order),
        3 => (0u64..200_000).prop_map(Step::Wait),
        2 => vec((0i64..400, 0usize..60), 1..5).prop_map(Step::Grow),
        1 => (0u16..80, 0u16..24).prop_map(|(x, y)| Step::Click(x, y)),
    ];
    vec(step, 1..40)
}

/// A reader of a record that grows, and what makes it grow.
struct Growing {
    stage: Stage,
    draft: Draft,
    minute: i64,
    live: bool,
}

impl Growing {
    fn new(resolution_ms: i64, live: bool, posts: &[(i64, usize)]) -> Self {
        let mut draft = Draft::default();
        draft.meta.origin =
            chrono::NaiveDate::from_ymd_opt(2025, 1, 1).and_then(|day| day.and_hms_opt(8, 0, 0));
        draft.meta.clock = ClockKind::Wall;
        draft.meta.resolution_ms = resolution_ms;
        let mut app = App::new(&options(), Source { live, ..Source::default() });
        app.resize(80, 24, Duration::ZERO);
        let mut growing = Self { stage: Stage { app, now: Duration::ZERO }, draft, minute: 0, live };
        growing.grow(posts);
        growing
    }

    /// Posts so many units of the clock behind the one before, with so many characters.
    fn grow(&mut self, posts: &[(i64, usize)]) {
        for &(later, chars) in posts {
            self.minute += later / 100;
            let speaker = self.draft.intern(["主持人", "图书馆馆长陆知远"][chars % 2]);
            let body = self.draft.append_text(&"字".repeat(chars));
            let start = Some(self.minute * self.draft.meta.resolution_ms);
            self.draft.push(Post { start, speaker, body, ..Post::default() });
        }
        let batch = self.draft.take();
        let source = Source { live: self.live, ..Source::default() };
        self.stage.app.grow(self.stage.now, |transcript| {
            transcript.grow(batch);
            source
        });
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Keys(keys) => {
                self.stage.keys(keys);
            }
            Step::Order(typed) => order(&mut self.stage, typed),
            Step::Wait(ms) => {
                self.stage.wait(*ms);
            }
            Step::Grow(posts) => self.grow(posts),
            // Hints may leave the reader: the last row is no target here.
            Step::Click(x, y) => {
                self.stage.click(*x, (*y).min(22));
            }
        }
    }
}

/// Types an order.
fn order(stage: &mut Stage, order: &str) {
    stage.keys(":");
    stage.app.paste(order, stage.now);
    stage.keys("Enter");
}

/// What the schedule shows at the time of the clock.
fn scheduled(app: &App, now: Duration) -> usize {
    app.shows().revealed(app.clock.at_ms(now)).max(usize::from(!app.transcript.is_empty()))
}

proptest! {
    #[test]
    fn what_is_revealed_is_what_the_schedule_says_whatever_is_done(
        steps in steps(),
        posts in vec((0i64..400, 0usize..60), 1..30),
        minutes in any::<bool>(),
        live in any::<bool>(),
    ) {
        let mut growing = Growing::new(if minutes { 60_000 } else { 1000 }, live, &posts);
        for step in &steps {
            let stood = !growing.stage.app.clock.is_playing();
            let at_edge = growing.stage.app.is_at_edge();
            let before = growing.stage.app.revealed;
            growing.take(step);
            let (app, now) = (&growing.stage.app, growing.stage.now);
            prop_assert_eq!(app.revealed, scheduled(app, now), "{:?}", step);
            prop_assert!((1..=app.transcript.len()).contains(&app.revealed));
            prop_assert!(app.reader.focus.index() < app.revealed || app.page.is_empty());
            match step {
                // Nothing appears by itself while the replay stands: but at the edge, and of what is spread finer than a second.
                Step::Grow(_) if stood && !at_edge => prop_assert!(app.revealed >= before && (app.revealed == before
                    || app.shows().show(PostId::new(before)) <= app.shows().show(PostId::new(before - 1)))),
                Step::Keys("L" | "P" | "}" | "{" | "Backspace" | "T") => {
                    prop_assert!(app.revealed >= before || app.repeat_ms().is_some());
                }
                _ => {}
            }
            if let Some(deadline) = app.deadline() {
                prop_assert!(app.clock.is_playing() && deadline > now);
            } else {
                let over = app.shows().next_after(app.clock.at_ms(now)).is_none();
                prop_assert!(!app.clock.is_playing() || over);
            }
        }
    }

    #[test]
    fn a_replay_that_is_only_looked_at_reveals_at_the_deadlines_and_never_between(
        posts in vec((0i64..400, 0usize..60), 1..20), speed in 1u32..5000,
    ) {
        let mut growing = Growing::new(60_000, false, &posts);
        growing.take(&Step::Order(format!("speed {speed}")));
        growing.take(&Step::Keys("g"));
        growing.take(&Step::Keys("g"));
        let stage = &mut growing.stage;
        stage.keys("Space");
        let mut count = 0;
        while let Some(deadline) = stage.app.deadline() {
            let (before, just_before) = (stage.app.revealed, deadline.saturating_sub(Duration::from_micros(3)));
            if just_before > stage.now {
                stage.now = just_before;
                stage.app.tick(stage.now);
                prop_assert_eq!(stage.app.revealed, before);
            }
            stage.now = deadline;
            stage.app.tick(deadline);
            count += 1;
            prop_assert!(count < 100_000);
        }
        prop_assert_eq!(stage.app.revealed, stage.app.transcript.len());
        prop_assert!(!stage.app.clock.is_playing());
    }
}

#[test]
fn skipping_every_gap_shows_each_post_once() {
    for keys in ["", "L", "L L", "L L L", "P"] {
        let mut stage = Stage::demo(80, 24);
        stage.keys(keys).keys("g g Space");
        let (mut shown, mut presses) = (stage.app.revealed, 0);
        while stage.app.is_replaying() {
            stage.keys(">");
            assert!(stage.app.revealed > shown, "{keys}: nothing more than {shown}");
            assert_eq!(stage.app.reader.focus.index() + 1, stage.app.revealed);
            shown = stage.app.revealed;
            presses += 1;
        }
        assert_eq!(shown, stage.app.transcript.len());
        assert!(presses <= shown);
    }
}

#[test]
fn orders_set_speed_pacing_and_place_without_losing_the_post() {
    let mut stage = Stage::new(RECORD, 120, 30);
    stage.keys("g g Space").wait(90_000);
    assert_eq!(stage.app.revealed, 3);
    order(&mut stage, "speed 45");
    assert!(
        (stage.app.clock.speed() - 45.0).abs() < 1e-9 && stage.row(0).contains("▶ 45×"),
        "{}",
        stage.row(0)
    );
    for (typed, told) in [
        ("gaps cap 5m", "静默 截短 5 分 · 全长 7:00"),
        ("静默 log 2m", "静默 渐缩 2 分 · 全长"),
        ("gaps real", "全长 2:02:00"),
        ("cpm 300", "按阅读 300 字/分 · 全长"),
        ("pace clock", "全长 2:02:00"),
    ] {
        order(&mut stage, typed);
        assert_eq!(stage.app.revealed, 3, "{typed}");
        assert!(stage.row(29).contains(told), "{typed}: {}", stage.row(29));
    }
    order(&mut stage, "seek #4");
    assert_eq!((stage.app.revealed, stage.focus()), (4, 4));
    order(&mut stage, "seek -1h");
    assert_eq!(stage.app.revealed, 3);
    order(&mut stage, "show 2:01:30");
    assert_eq!(stage.app.show_ms(), 7_290_000);
    order(&mut stage, "seek 8:01");
    assert_eq!(stage.app.revealed, 2);
    order(&mut stage, "speed fast");
    assert!(stage.row(29).contains("看不懂: speed fast · speed 45"), "{}", stage.row(29));
}

#[test]
fn the_replay_stops_at_breakpoints_and_goes_on_from_there() {
    let mut stage = Stage::new(RECORD, 100, 30);
    for breakpoint in ["/第一", "gap 1h", "@陆知远"] {
        stage.keys("B n");
        stage.app.paste(breakpoint, stage.now);
        stage.keys("Enter q");
    }
    order(&mut stage, "speed 3600");
    stage.keys("g g Space").wait(7000);
    let stops = |stage: &mut Stage| {
        let found = (stage.app.revealed, stage.app.clock.is_playing());
        stage.keys("Space").wait(10_000);
        found
    };
    assert!(stage.row(29).contains("断点停下: /第一/"), "{}", stage.row(29));
    assert_eq!([(); 3].map(|()| stops(&mut stage)), [(2, false), (3, false), (5, false)]);
    // In the list each is turned off, and then deleted.
    stage.keys("B Enter k Enter k Enter");
    assert!(stage.screen().contains("[ ] @陆知远") && stage.screen().contains("[ ] 静默 > 1 小时"));
    stage.keys("q g g Space").wait(10_000);
    assert_eq!((stage.app.revealed, stage.app.clock.is_playing()), (5, false));
    stage.keys("B d d d");
    assert!(stage.screen().contains("没有断点"), "{}", stage.screen());
    stage.keys("Esc 3 b");
    assert!(stage.screen().contains("断点: #"), "{}", stage.screen());
}

#[test]
fn a_breakpoint_at_a_post_is_marked_beside_it_and_on_the_axis() {
    let mut stage = Stage::new(RECORD, 100, 30);
    stage.keys("g g J J J b");
    assert_eq!(stage.screen().matches('■').count(), 2, "{}", stage.screen());
    stage.keys("g g Space .").wait(10_000_000);
    assert_eq!((stage.app.revealed, stage.app.clock.is_playing()), (4, false));
    stage.keys("b");
    assert!(!stage.screen().contains('■'));
}

#[test]
fn a_skipped_gap_ends_at_a_breakpoint_there() {
    let mut stage = Stage::new(RECORD, 100, 30);
    stage.keys("g g J J J b g g Space > >");
    assert_eq!((stage.app.revealed, stage.app.clock.is_playing()), (3, true));
    stage.keys(">");
    assert_eq!((stage.app.revealed, stage.app.clock.is_playing()), (4, false));
}

#[test]
fn a_range_is_played_again_and_again_until_it_is_ended() {
    let mut stage = Stage::new(RECORD, 100, 30);
    stage.keys("g g J l");
    assert!(stage.row(29).contains("循环 #2 · 再按 l 标终点"), "{}", stage.row(29));
    stage.keys("J l");
    assert_eq!(stage.app.controls.repeat, Repeat::Within(PostId::new(1), PostId::new(2)));
    let (start, end) = stage.app.repeat_ms().unwrap();
    assert_eq!((start, stage.app.clock.is_playing(), stage.app.revealed), (60_000, true, 2));
    let length = (end - start) as u64;
    for round in 0..5 {
        stage.wait(length - 1);
        assert_eq!((stage.app.revealed, stage.app.show_ms()), (3, end - 1), "{round}");
        assert!(stage.app.deadline().unwrap() <= stage.now + Duration::from_millis(2));
        stage.wait(1);
        assert_eq!((stage.app.revealed, stage.app.show_ms()), (2, start), "{round}");
    }
    // However late one looks, it is as far in as if it had been looked at all the time.
    stage.wait(length * 100 + 7);
    assert_eq!(stage.app.show_ms(), start + 7);
    stage.keys("l").wait(10_000_000);
    assert_eq!((stage.app.revealed, stage.app.clock.is_playing()), (5, false));
}

#[test]
fn a_post_is_typed_out_at_reading_speed_and_whole_when_the_replay_stands() {
    let mut stage = Stage::new(RECORD, 100, 30);
    stage.keys("g g T Space");
    let text = "请图书馆馆长陆知远介绍?";
    let shown = |stage: &Stage| {
        let screen = stage.screen();
        let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        ends.filter(|&end| end > 0 && text.get(..end).is_some_and(|typed| screen.contains(typed))).count()
    };
    let mut before = 0;
    for _ in 0..12 {
        let deadline = stage.app.deadline().unwrap();
        assert!(deadline <= stage.now + Duration::from_millis(150));
        stage.wait(150);
        let now = shown(&stage);
        assert!((before..=before + 2).contains(&now), "{now} after {before}");
        before = now;
    }
    assert!(before >= 10, "{before}");
    stage.keys("Space");
    assert!(stage.screen().contains("请图书馆馆长陆知远介绍?"));
}

#[test]
fn the_timeline_and_the_progress_bar_are_scrubbed_with_mouse_and_keys() {
    let mut stage = Stage::demo(120, 40);
    stage.keys("g g Space Space");
    let from = stage.app.revealed;
    let (names, columns) = stage.app.lane_columns();
    stage.click(names + columns / 2, stage.app.panes.tracks.y);
    let middle = stage.app.revealed;
    assert!(middle > from + 10, "{middle}");
    for step in 1..5 {
        stage.mouse(PointerKind::Drag, names + columns / 2 + step * 4, stage.app.panes.tracks.y);
    }
    assert!(stage.app.revealed > middle);
    let far = stage.app.show_ms();
    // The heading of the names is no part of the axis.
    stage.click(names / 2, stage.app.panes.tracks.y);
    assert_eq!(stage.app.show_ms(), far);
    stage.keys("Ctrl-Left");
    let less = stage.app.show_ms();
    assert!(less < far);
    stage.keys("Ctrl-Right");
    assert!(stage.app.show_ms() > less && stage.app.show_ms() <= far);
    let column = (0..120)
        .find(|&x| matches!(shilu::view::target(&stage.app, x, 0), Some(shilu::app::Target::Share(_))));
    stage.click(column.unwrap(), 0);
    assert_eq!((stage.app.show_ms(), stage.app.revealed), (0, 1));
    let button = (0..120).find(|&x| {
        matches!(
            shilu::view::target(&stage.app, x, 0),
            Some(shilu::app::Target::Act(shilu::action::Action::TogglePlay))
        )
    });
    stage.click(button.unwrap(), 0);
    assert!(stage.app.clock.is_playing());
    stage.mouse(PointerKind::Drag, button.unwrap(), 0);
    assert!(stage.app.clock.is_playing(), "holding the button is no second click");
    stage.mouse(PointerKind::WheelUp, button.unwrap(), 0);
    assert!(stage.row(0).contains("▶ 2×"), "{}", stage.row(0));
}

#[test]
fn every_hint_can_be_clicked() {
    let mut stage = Stage::demo(120, 40);
    let row = stage.row(39);
    let column = |words: &str| {
        let before = row.split(words).next().unwrap();
        stage.app.ruler.width(before) as u16
    };
    let (search, help) = (column("搜索"), column("全部按键"));
    stage.click(search, 39);
    assert!(stage.row(39).contains("找/"), "{}", stage.row(39));
    stage.keys("Esc").click(help, 39);
    assert!(stage.screen().contains("按键"), "{}", stage.screen());
}

#[test]
fn a_live_record_is_held_rewound_and_caught_up_with() {
    let mut growing = Growing::new(1000, true, &[(100, 20); 10]);
    growing.stage.keys("G");
    assert!(growing.stage.row(0).contains("● 直播"), "{}", growing.stage.row(0));
    growing.grow(&[(100, 20)]);
    assert_eq!((growing.stage.app.revealed, growing.stage.focus()), (11, 11));
    // Held: what comes waits.
    growing.stage.keys("Space");
    growing.grow(&[(100, 20); 5]);
    growing.stage.wait(100_000);
    assert_eq!(growing.stage.app.revealed, 11);
    assert!(
        growing.stage.row(0).contains("落后 5 条") && growing.stage.row(0).contains("‖ 1×"),
        "{}",
        growing.stage.row(0)
    );
    // Played on from there, at speed, until it has caught up.
    growing.stage.keys("} } Space").wait(1000);
    assert_eq!(growing.stage.app.revealed, 15);
    growing.stage.wait(1000);
    assert!(growing.stage.app.is_at_edge() && growing.stage.row(0).contains("直播"));
    growing.grow(&[(100, 20)]);
    assert_eq!(growing.stage.app.revealed, 17);
    // Rewound it goes on that much later.
    growing.stage.keys("Backspace Left").wait(3500);
    assert!(growing.stage.app.clock.is_playing() && growing.stage.app.revealed < 17);
    growing.grow(&[(100, 20); 3]);
    assert!(growing.stage.app.revealed < 17);
    growing.stage.keys("R");
    assert_eq!((growing.stage.app.revealed, growing.stage.app.is_at_edge()), (20, true));
}

#[test]
fn what_comes_while_one_reads_elsewhere_moves_nothing_is_counted_and_marked() {
    let mut growing = Growing::new(1000, true, &[(100, 30); 40]);
    growing.stage.keys("G K K K K K K K K K K K K K K K K K K");
    let body = |stage: &Stage| stage.screen().lines().skip(6).take(14).collect::<Vec<_>>().join("\n");
    let before = body(&growing.stage);
    growing.grow(&[(100, 30); 7]);
    assert_eq!(body(&growing.stage), before);
    assert!(growing.stage.row(22).contains("条新发言 R"), "{}", growing.stage.row(22));
    assert!(!growing.stage.screen().contains("\n+"));
    // The badge is a button, too.
    growing.stage.click(70, 22);
    assert_eq!(growing.stage.focus(), 47);
    let marked = |stage: &Stage| (0..47).filter(|&post| stage.app.is_new(PostId::new(post))).count();
    assert_eq!(marked(&growing.stage), 7);
    assert!(growing.stage.screen().lines().any(|row| row.starts_with('+')), "{}", growing.stage.screen());
    growing.stage.keys("k");
    assert_eq!(marked(&growing.stage), 0, "what stood on the screen at a key was seen");
}

#[test]
fn reading_speed_is_taken_over_from_the_reader() {
    let text = format!("{}\n\n", "字".repeat(60)).repeat(200);
    let mut stage = Stage::with(&Options { measured: true, ..options() }, &text, 80, 24);
    order(&mut stage, "cpm auto");
    assert!(stage.row(23).contains("还在测"), "{}", stage.row(23));
    stage.keys("g g j");
    for _ in 0..40 {
        // A row at a time: on average twenty characters in four seconds.
        stage.wait(4000).keys("j");
    }
    let cpm = stage.app.schedule.pacing().cpm;
    assert!((250..=420).contains(&cpm), "{cpm}");
    order(&mut stage, "cpm auto");
    assert!(stage.row(23).contains(&format!("{cpm} 字/分(实测)")), "{}", stage.row(23));
}

#[test]
fn the_record_is_as_long_as_the_sum_of_its_gaps_in_the_status_line() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/transcripts/quality-2018.txt");
    let Ok(text) = std::fs::read_to_string(path) else {
        return say("the real record is not here: 0 cases run");
    };
    let with = |pacing| Stage::with(&Options { pacing, ..options() }, &text, 140, 40);
    let base = Pacing::default();
    let mut cases = 0;
    for (pacing, told) in [
        (Pacing { gaps: GapModel::Cap, ..base }, "静默 截短 2 分 · 全长 "),
        (Pacing { gaps: GapModel::Log, ..base }, "静默 渐缩 2 分 · 全长 "),
        (Pacing { pace: Pace::Reading, ..base }, "按阅读 400 字/分 · 全长 "),
    ] {
        let mut stage = with(pacing);
        let sum = sum_of(&stage, pacing);
        assert_eq!(stage.app.shows().total(), sum, "{told}");
        stage.keys("g g Space");
        let status = stage.row(39);
        let length = shilu::when::timer(sum);
        assert!(status.contains(told) && status.contains(&length), "{status} · {length}");
        say(&format!("{told}{length} · {sum} ms"));
        cases += 1;
        assert!(pacing.gaps != GapModel::Cap || length == "1:42:00");
    }
    say(&format!("cases of the real record run: {cases}"));
}

/// How long a replay is, by its definition: every later stamp adds what the gap model makes of the time since the latest
/// one; or every post but the last is read.
fn sum_of(stage: &Stage, pacing: Pacing) -> i64 {
    let transcript = &stage.app.transcript;
    if pacing.pace == Pace::Reading {
        let chars = |id| transcript.body(id).chars().filter(|ch| !ch.is_whitespace()).count() as i64;
        return transcript
            .ids()
            .take(transcript.len() - 1)
            .map(|id| chars(id) * 60_000 / i64::from(pacing.cpm))
            .sum();
    }
    let (mut sum, mut latest, mut last_group) = (0, None::<i64>, Vec::new());
    for id in transcript.ids() {
        let Some(start) = transcript.start(id) else { continue };
        let gap = latest.map_or(0, |latest| (start - latest).max(0));
        sum += match pacing.gaps {
            GapModel::Cap => gap.min(pacing.limit_ms),
            GapModel::Log if gap > pacing.limit_ms => {
                let ratio = gap as f64 / pacing.limit_ms as f64;
                (pacing.limit_ms as f64 * (1.0 + ratio.ln())) as i64
            }
            _ => gap,
        };
        if gap > 0 {
            last_group.clear();
        }
        last_group.push(transcript.body(id).chars().filter(|ch| !ch.is_whitespace()).count() as i64 + 1);
        latest = latest.max(Some(start));
    }
    // Posts that share the last stamp are spread over the minute by length.
    let before: i64 = last_group[..last_group.len() - 1].iter().sum();
    sum + transcript.meta.resolution_ms * before / last_group.iter().sum::<i64>()
}

#[test]
fn a_breakpoint_holds_a_live_record_with_the_post_in_sight() {
    let mut growing = Growing::new(1000, true, &[(100, 20); 40]);
    growing.stage.keys("G");
    order(&mut growing.stage, "break @主持人");
    order(&mut growing.stage, "break gap 30s");
    growing.grow(&[(100, 21)]);
    assert_eq!((growing.stage.app.revealed, growing.stage.app.is_at_edge()), (41, true));
    growing.grow(&[(100, 20), (100, 21)]);
    let stage = &mut growing.stage;
    assert_eq!((stage.app.revealed, stage.focus(), stage.app.is_at_edge()), (42, 42, false));
    assert!(stage.row(23).contains("断点停下: @主持人"), "{}", stage.row(23));
    // Of a silence it is known when it is over.
    stage.keys("R R");
    growing.grow(&[(3100, 21)]);
    assert_eq!((growing.stage.app.revealed, growing.stage.app.is_at_edge()), (44, false));
    assert!(growing.stage.row(23).contains("静默 > 30 秒"), "{}", growing.stage.row(23));
}

#[test]
fn there_is_nothing_behind_what_comes_just_now() {
    for keys in ["Right", "Shift-Right", ".", ">", "Ctrl-Right"] {
        let mut growing = Growing::new(1000, true, &[(100, 20); 10]);
        growing.stage.keys("G").keys(keys);
        assert!(growing.stage.app.is_live(), "{keys}");
        growing.grow(&[(100, 20)]);
        assert_eq!((growing.stage.app.revealed, growing.stage.focus()), (11, 11), "{keys}");
    }
    let mut growing = Growing::new(1000, true, &[(100, 20); 10]);
    growing.stage.keys("G");
    order(&mut growing.stage, "seek +10s");
    order(&mut growing.stage, "show 9h");
    assert!(growing.stage.app.is_live());
}

#[test]
fn a_range_of_posts_of_one_second_lasts_until_they_are_read_or_the_next_second_comes() {
    let mut growing = Growing::new(1000, false, &[(0, 60), (0, 60), (0, 60), (900, 60)]);
    growing.stage.keys("g g l J l");
    let (start, end) = growing.stage.app.repeat_ms().unwrap();
    assert_eq!((start, end), (0, 9000));
    growing.stage.wait(8999);
    assert_eq!(growing.stage.app.show_ms(), 8999);
}

#[test]
fn a_breakpoint_at_the_beginning_of_a_range_stops_every_round_and_a_seek_elsewhere_ends_the_range() {
    let mut stage = Stage::new(RECORD, 100, 30);
    stage.keys("g g J b l J l");
    for _ in 0..3 {
        stage.wait(10_000_000);
        assert_eq!((stage.app.revealed, stage.app.clock.is_playing()), (2, false));
        stage.keys("Space");
    }
    order(&mut stage, "seek #5");
    assert_eq!((stage.app.revealed, stage.app.controls.repeat), (5, Repeat::Off));
}

#[test]
fn a_change_of_speed_takes_no_letter_back_and_the_last_post_is_typed_out_too() {
    let mut stage = Stage::new(RECORD, 100, 30);
    stage.keys("g g T Space").wait(1000);
    let typed = stage.app.typed_out().unwrap();
    stage.keys("} } }");
    assert_eq!(stage.app.typed_out(), Some(typed));
    order(&mut stage, "speed 10000");
    stage.wait(3000);
    assert_eq!((stage.app.revealed, stage.app.clock.is_playing()), (5, true));
    let (mut frames, begun) = (0, stage.app.typed_out().unwrap().1);
    while let Some(deadline) = stage.app.deadline() {
        stage.now = deadline;
        stage.app.tick(deadline);
        frames += 1;
        assert!(frames < 100);
    }
    assert!(begun < 14 && frames >= 2 && !stage.app.clock.is_playing(), "{begun} {frames}");
}

#[test]
fn stepping_starts_where_one_reads_and_ends_at_the_end() {
    let mut stage = Stage::new(RECORD, 100, 30);
    stage.keys("g g J J ,");
    assert_eq!((stage.app.revealed, stage.focus()), (2, 2));
    stage.keys("E G .");
    assert_eq!(stage.app.revealed, 5);
    assert!(stage.row(29).contains("那边没有了"), "{}", stage.row(29));
}

#[test]
fn halving_and_doubling_go_over_the_same_speeds_and_are_told() {
    let mut stage = Stage::new(RECORD, 100, 30);
    stage.keys("{ { { { { {");
    assert!(stage.row(29).contains("速度 0.12×"), "{}", stage.row(29));
    stage.keys("} } }");
    assert!((stage.app.speed - 1.0).abs() < 1e-9);
    order(&mut stage, "speed 0");
    assert!(stage.row(29).contains("看不懂"), "{}", stage.row(29));
}

#[test]
fn a_live_record_that_was_caught_up_with_goes_on_at_its_own_speed() {
    let mut growing = Growing::new(1000, true, &[(100, 20); 100]);
    growing.stage.keys("G Shift-Left } } } }").wait(20_000);
    assert!(growing.stage.app.is_live());
    growing.stage.keys("Left").wait(9000);
    assert!(growing.stage.app.clock.is_playing() && (growing.stage.app.speed - 1.0).abs() < 1e-9);
}

#[test]
fn a_record_that_is_written_over_is_read_on_at_the_same_post() {
    let mut growing = Growing::new(1000, true, &[(100, 20); 40]);
    growing.stage.keys("g g J J J J J J J");
    let source = Source { live: true, fate: Some((1, shilu::format::Fate::Rewritten)), ..Source::default() };
    growing.draft = Draft::anew();
    growing.draft.meta = growing.stage.app.transcript.meta.clone();
    for minute in 0..40 {
        let (speaker, body) = (growing.draft.intern("主持人"), growing.draft.append_text("换了一个字"));
        growing.draft.push(Post { start: Some(minute * 1000), speaker, body, ..Post::default() });
    }
    let batch = growing.draft.take();
    growing.stage.app.grow(growing.stage.now, |transcript| {
        transcript.grow(batch);
        source
    });
    assert_eq!((growing.stage.focus(), growing.stage.app.is_live()), (8, true));
    assert_eq!(growing.stage.app.reader.anchor.post, PostId::new(7), "the page begins with it");
    assert!(growing.stage.row(23).contains("改写"), "{}", growing.stage.row(23));
}

#[test]
fn a_silence_of_thousands_of_years_is_waited_for() {
    let text = "2018-01-09 08:27\nA\nx\n\n9618-01-10 08:27\nB\ny\n";
    let mut stage = Stage::new(text, 100, 30);
    stage.keys("{ { { Space").wait(1000);
    let next = stage.app.next_post().unwrap();
    assert!(next > Duration::from_secs(7600 * 365 * 86_400));
}

#[test]
fn a_breakpoint_on_somebody_stays_when_bylines_are_merged() {
    let mut stage = Stage::demo(100, 30);
    order(&mut stage, "break @郝大川");
    stage.keys("4 e m \"lzy\" Enter Esc");
    let person = SpeakerId::new(2);
    assert_eq!(stage.app.structure.person(SpeakerId::new(3)), person, "郝大川 counts as 陆知远 now");
    order(&mut stage, "speed 3600");
    stage.keys("g g Space").wait(1_000_000);
    let app = &stage.app;
    let newest = PostId::new(app.revealed - 1);
    assert!(!app.clock.is_playing() && app.revealed < app.transcript.len(), "{}", stage.row(29));
    assert_eq!(app.structure.author(&app.transcript, newest), person);
    // And it is still one and the same.
    order(&mut stage, "break @郝大川");
    assert_eq!(stage.app.controls.breaks.list.len(), 1);
}
