//! Keys typed as a string, then what the reader holds and shows.

mod feed;
mod support;

use feed::Feeder;
use shilu::action::Mode;
use shilu::app::{App, Errand, Exported, Options, Pointer, PointerKind, Source};
use shilu::choice::{AmbiguousWidth, ExportFormat, GapModel, LayoutKind, Pace};
use shilu::command::DEMO;
use shilu::format::{Forced, Patience, read_bytes};
use shilu::lang::Lang;
use shilu::layout::flow::PageRow;
use shilu::layout::rows::RowKind;
use shilu::query::Where;
use shilu::text::habits::Habits;
use shilu::transcript::{PostId, Transcript};
use std::time::Duration;
use support::{Stage, options};

const RECORD: &str = "\
2025-01-01 08:00

直播管理员

直播即将开始。

2025-01-01 08:10

主持人

请图书馆馆长陆知远介绍。质量第一。

2025-01-01 08:11

图书馆馆长陆知远

质量质量。

2025-01-01 08:11

图书馆馆长陆知远

再说两句。

2025-01-01 12:00

主持人

请副馆长沈砚秋回答。

2025-01-01 12:05

副馆长沈砚秋

谢谢。Quality 第一。

2025-01-02 09:00

图书馆馆长陆知远

第二天补充。
";

fn stage() -> Stage {
    Stage::new(RECORD, 80, 24)
}

#[test]
fn moves_land_where_they_say() {
    for (keys, focus) in [
        ("", 1),
        ("J", 2),
        ("J J K", 2),
        ("]", 2),
        ("] ]", 3),
        ("] ] ]", 5),
        ("] ] ] [", 3),
        (")", 2),
        (") )", 5),
        (") ) (", 2),
        ("3", 3),
        ("3 3", 4),
        ("3 3 3", 7),
        ("3 3 3 Alt-3", 4),
        ("3 o", 4),
        ("3 o o", 7),
        ("3 o o O", 4),
        ("4", 6),
        ("9", 1),
        ("s", 5),
        ("s s", 7),
        ("s s S", 5),
        ("G", 7),
        ("G g g", 1),
        ("End Home", 1),
        ("K", 1),
        ("G J", 7),
        (": \"#4\" Enter", 4),
        (": \"12:05\" Enter", 6),
        (": \"50%\" Enter", 4),
        (": \"@syq\" Enter", 6),
        (": \"2025-01-02\" Space \"09:00\" Enter", 7),
        (": \"99:99\" Enter", 1),
        (": \"#4\" Esc", 1),
        ("@ \"沈\" Enter", 6),
        ("@ \"lzy\" Enter", 3),
        ("@ Down Enter", 2),
        ("@ \"zzz\" Enter", 1),
        ("3 4 Ctrl-o", 3),
        ("3 4 Ctrl-o Ctrl-o", 1),
        ("3 4 Ctrl-o Ctrl-o Alt-o", 3),
        ("3 4 Alt-Left Alt-Right", 6),
        ("Tab j j Enter", 3),
        ("Tab j j Enter Enter", 4),
        ("ｊ ｏ", 1),
        ("３", 3),
    ] {
        assert_eq!(stage().keys(keys).focus(), focus, "{keys}");
    }
}

#[test]
fn the_outline_leads_to_questions_and_back() {
    for (keys, mode, focus) in [
        ("c", Mode::Outline, 1),
        ("c Enter", Mode::Reading, 2),
        ("c j Enter", Mode::Reading, 5),
        ("c G Enter", Mode::Reading, 5),
        ("c G k k k Enter", Mode::Reading, 2),
        ("G c g g Enter", Mode::Reading, 2),
        (": \"#6\" Enter c Enter", Mode::Reading, 5),
        ("c Esc", Mode::Reading, 1),
        ("c q", Mode::Reading, 1),
        ("c c", Mode::Reading, 1),
        ("c j Enter Ctrl-o", Mode::Reading, 1),
        ("c PgDn Enter", Mode::Reading, 5),
        ("Tab c Esc", Mode::Reading, 1),
    ] {
        let mut stage = stage();
        stage.keys(keys);
        assert_eq!((stage.app.mode, stage.focus()), (mode, focus), "{keys}");
    }
}

#[test]
fn the_outline_tells_what_was_read_and_nothing_that_is_to_come() {
    let read = |stage: &Stage| {
        let entries = (0..stage.app.outline_len()).filter_map(|index| stage.app.outline_entry(index));
        entries.map(|entry| entry.read).collect::<Vec<_>>()
    };
    assert_eq!(read(&stage()), [false, false]);
    assert_eq!(read(stage().keys("J J")), [true, false]);
    assert_eq!(read(stage().keys("J J G")), [true, false]);
    assert_eq!(read(stage().keys(") )")), [true, true]);
    assert_eq!(read(stage().keys(": \"#3\" Enter Space")), [true]);
    let entry = stage().app.outline_entry(1).unwrap();
    assert_eq!((entry.number, entry.question.number(), entry.words.as_str()), (2, 5, "请副馆长沈砚秋回答。"));
    let mut nothing = Stage::new("只有一段话。\n", 60, 14);
    nothing.keys("c");
    assert_eq!(nothing.app.mode, Mode::Reading);
    assert!(nothing.app.message.is_some());
}

/// Whether the first words of the post in focus can be read, below who speaks.
fn begins_in_sight(stage: &Stage) -> bool {
    let page = &stage.app.page;
    let at = |row: &PageRow| row.post == stage.app.reader.focus && matches!(row.kind, RowKind::Body { .. });
    page.iter().position(at).is_some_and(|row| {
        let first = matches!(&page[row].kind, RowKind::Body { range, .. } if range.start == 0);
        first && !(row == 0 && stage.app.covered)
    })
}

#[test]
fn a_jump_lands_where_its_post_begins() {
    for (width, height) in [(80, 24), (120, 40), (40, 12), (60, 9), (20, 7)] {
        for keys in ["J", "o", "3 3", "] J", ": \"08:12\" Enter", "R", "G K", "n", "Ctrl-o"] {
            let mut stage = Stage::demo(width, height);
            for step in 1..40 {
                stage.keys(keys).keys("Esc");
                assert!(
                    begins_in_sight(&stage),
                    "{step} times {keys} at {width}x{height}\n{}",
                    stage.screen()
                );
            }
        }
        for post in 1..=129 {
            let mut stage = Stage::demo(width, height);
            stage.keys(&format!(": \"#{post}\" Enter"));
            assert!(begins_in_sight(&stage), "#{post} at {width}x{height}\n{}", stage.screen());
        }
    }
}

#[test]
fn a_hit_is_in_sight_when_it_is_gone_to() {
    for (width, height) in [(80, 24), (40, 12), (20, 5)] {
        let mut stage = Stage::demo(width, height);
        stage.keys("/ \"书\" Enter");
        for step in 0..200 {
            let search = stage.app.search.as_ref().unwrap();
            let hit = &search.hits(usize::MAX)[search.current.unwrap()];
            let shows = |row: &PageRow| {
                let RowKind::Body { range, .. } = &row.kind else { return false };
                row.post == hit.post && range.contains(&hit.range.start)
            };
            let covered = usize::from(stage.app.covered);
            assert!(stage.app.page.iter().skip(covered).any(shows), "{step} at {width}x{height}");
            stage.keys("n");
        }
    }
}

#[test]
fn a_search_marks_its_hits_and_goes_round() {
    let mut stage = stage();
    stage.keys("/ \"质量\"");
    assert_eq!((stage.focus(), stage.app.mode), (2, Mode::Prompt), "the first hit is shown while typing");
    stage.keys("Enter");
    assert!(stage.row(23).contains("/质量 1/3 · 2 条"), "{}", stage.row(23));
    for (key, focus) in [("n", 3), ("n", 3), ("n", 2), ("N", 3)] {
        assert_eq!(stage.keys(key).focus(), focus);
    }
    stage.keys("Esc");
    assert!(stage.app.search.is_none());
    assert_eq!(stage.keys("/ \"quality\" Enter").focus(), 6);
    assert_eq!(stage.keys("g g / \"没有\" Enter").focus(), 1);
    assert!(stage.row(23).contains("没有找到"));
    for (pattern, why) in [("(", "括号没有闭合"), ("a{100000}", "太大")] {
        stage.keys(&format!("/ \"{pattern}\""));
        assert!(stage.row(23).contains(&format!("不是正则表达式: {why}")), "{}", stage.row(23));
        stage.keys("Esc");
    }
    stage.keys("/");
    assert_eq!(stage.keys("Esc").focus(), 1);
}

#[test]
fn without_a_search_there_is_no_next_hit() {
    let mut stage = stage();
    stage.keys("n N");
    assert_eq!(stage.app.mode, Mode::Reading);
    assert!(stage.row(23).contains("还没有搜索"), "{}", stage.row(23));
}

#[test]
fn what_a_replay_has_yet_to_reveal_is_told_apart_from_what_is_not_there() {
    let mut stage = stage();
    stage.keys("Space Space / \"质量\" Enter");
    assert!(stage.row(23).contains("还没到(后面 3 处): 质量"), "{}", stage.row(23));
    stage.keys("n");
    assert!(stage.row(23).contains("还没到(后面 3 处): 质量"), "{}", stage.row(23));
    stage.keys("3");
    assert!(
        stage.row(23).contains("1/3 · 2 条") || stage.row(23).contains("0/3 · 2 条"),
        "{}",
        stage.row(23)
    );
    stage.keys("/ \"没有\" Enter");
    assert!(stage.row(23).contains("没有找到: 没有"), "{}", stage.row(23));
}

#[test]
fn a_place_that_is_not_there_says_what_to_try() {
    let mut stage = stage();
    stage.keys(": \"99:99\" Enter");
    assert!(stage.row(23).contains("没有找到: 99:99 · 可以写 15:14"), "{}", stage.row(23));
    let mut wanted = options();
    wanted.at = Where::parse("#9999");
    let stage = Stage::with(&wanted, RECORD, 80, 24);
    assert!(stage.row(23).contains("没有找到: #9999 · 可以写"), "{}", stage.row(23));
}

#[test]
fn without_a_clock_gaps_and_pace_say_that_they_change_nothing() {
    let mut stage = Stage::new("一段。\n\n两段。\n", 80, 24);
    for key in ["L", "P"] {
        let before = stage.app.schedule.pacing();
        stage.keys(key);
        assert_eq!(stage.app.schedule.pacing(), before);
        assert!(stage.row(23).contains("没有时间，重放只按阅读速度"), "{}", stage.row(23));
    }
}

#[test]
fn a_record_that_came_before_the_size_of_the_screen_opens_at_its_date() {
    let (transcript, _) = read_bytes(RECORD.as_bytes(), Forced::default()).unwrap();
    let mut app = App::new(&options(), Source { loading: true, ..Source::default() });
    app.grow(Duration::ZERO, |empty| {
        *empty = transcript;
        Source::default()
    });
    app.resize(80, 12, Duration::ZERO);
    let first = app.page.first().map(|row| row.kind.clone());
    assert_eq!(first, Some(RowKind::Separator { day: true, gap: None }));
}

#[test]
fn a_replay_reveals_posts_at_their_time_and_ends() {
    let mut stage = stage();
    stage.keys("Space");
    assert_eq!(stage.app.revealed, 1);
    assert_eq!(stage.wait(599_999).app.revealed, 1);
    assert_eq!(stage.wait(1).app.revealed, 2);
    assert_eq!(stage.focus(), 2);
    assert!(stage.screen().contains("后面还有 5 条"));
    stage.wait(60_000);
    assert_eq!(stage.app.revealed, 3);
    stage.wait(59_999);
    assert_eq!(stage.app.revealed, 4, "posts of one minute are spread inside it");
    assert!(stage.row(0).contains('≈'), "an estimated time is marked: {}", stage.row(0));
    stage.keys("Space");
    assert_eq!(stage.wait(10_000_000).app.revealed, 4, "it stands while paused");
    assert_eq!(stage.app.deadline(), None, "nothing wakes a paused reader");
    stage.keys("Space");
    stage.wait(100_000_000);
    assert_eq!(stage.app.revealed, 7);
    assert!(!stage.app.is_replaying());
    assert!(stage.row(23).contains("重放完毕"));
}

#[test]
fn a_replay_starts_at_the_post_in_focus_and_obeys_its_keys() {
    let mut stage = stage();
    stage.keys("3 Space");
    assert_eq!(stage.app.revealed, 3);
    stage.keys("} }");
    assert!((stage.app.clock.speed() - 4.0).abs() < f64::EPSILON);
    stage.keys("{");
    assert!((stage.app.clock.speed() - 2.0).abs() < f64::EPSILON);
    stage.keys("Backspace .");
    assert_eq!(stage.app.revealed, 4);
    stage.keys(",");
    assert_eq!(stage.app.revealed, 3);
    stage.keys("> >");
    assert_eq!(stage.app.revealed, 5);
    stage.keys("Left");
    assert_eq!(stage.app.revealed, 4, "ten seconds back");
    stage.keys("Right");
    assert_eq!(stage.app.revealed, 5, "ten seconds on");
    stage.keys("Shift-Left Shift-Right E");
    assert_eq!((stage.app.revealed, stage.app.is_replaying()), (7, false));
}

#[test]
fn a_jump_to_what_is_still_to_come_moves_the_replay_there() {
    let mut stage = stage();
    stage.keys("Space Space");
    assert_eq!(stage.app.revealed, 1);
    stage.keys("4");
    assert_eq!((stage.app.revealed, stage.focus()), (6, 6));
}

#[test]
fn changes_of_pacing_keep_the_place() {
    let mut stage = stage();
    stage.keys("s Space Space");
    let revealed = stage.app.revealed;
    for gaps in [GapModel::Cap, GapModel::Log, GapModel::Skip, GapModel::Real] {
        stage.keys("L");
        assert_eq!((stage.app.schedule.pacing().gaps, stage.app.revealed), (gaps, revealed));
    }
    stage.keys("P");
    assert_eq!((stage.app.schedule.pacing().pace, stage.app.revealed), (Pace::Reading, revealed));
}

#[test]
fn reading_on_is_not_disturbed_by_the_replay_until_one_rejoins() {
    let mut stage = Stage::demo(80, 24);
    stage.keys(": \"#40\" Enter Space K K K");
    let (focus, words) = (stage.focus(), stage.row(12));
    stage.keys("} } } } } } }");
    stage.wait(20_000);
    assert!(stage.app.revealed > 42, "{}", stage.app.revealed);
    assert_eq!((stage.focus(), stage.row(12)), (focus, words), "the text being read has moved");
    assert!(stage.screen().contains("条新发言 R"), "{}", stage.screen());
    stage.keys("R");
    assert_eq!(stage.focus(), stage.app.revealed);
    assert!(!stage.screen().contains("条新发言"));
}

#[test]
fn resizing_and_layouts_keep_the_words_being_read() {
    for place in ["#2", "#20", "#61", "#90", "100%"] {
        let mut stage = Stage::demo(120, 40);
        stage.keys(&format!(": \"{place}\" Enter j j j"));
        let text = |stage: &Stage| stage.screen().lines().skip(14).map(str::to_owned).collect::<Vec<_>>();
        let (before, focus) = (text(&stage), stage.focus());
        for (width, height) in [(40, 12), (200, 60), (23, 7), (80, 24), (10, 4), (1, 1), (0, 0), (120, 40)] {
            stage.app.resize(width, height, stage.now);
            assert_eq!(stage.focus(), focus);
        }
        assert_eq!(text(&stage), before, "{place}");
        stage.keys("v v v w w w w");
        assert_eq!(stage.focus(), focus, "{place} after all layouts and measures");
    }
}

#[test]
fn rows_go_down_to_the_end_and_up_to_the_beginning_one_at_a_time() {
    let mut stage = Stage::demo(60, 20);
    let mut screens = vec![stage.screen()];
    while stage.focus() < stage.app.transcript.len() {
        stage.keys("j");
        let screen = stage.screen();
        assert_ne!(Some(&screen), screens.last(), "a key that shows nothing new at post {}", stage.focus());
        screens.push(screen);
        assert!(screens.len() < 3000);
    }
    let down = screens.len();
    while stage.focus() > 1 || stage.app.page.first().is_some_and(|row| row.post != PostId::new(0)) {
        let before = stage.screen();
        stage.keys("k");
        assert_ne!(stage.screen(), before);
    }
    assert!(down > 200);
}

#[test]
fn pages_overlap_by_a_row_and_meet() {
    let mut stage = Stage::demo(80, 24);
    let first = stage.screen();
    stage.keys("PgDn PgDn PgUp PgUp");
    assert_eq!(stage.screen(), first);
    stage.keys("Ctrl-d Ctrl-u");
    assert_eq!(stage.screen(), first);
}

#[test]
fn keys_that_undo_each_other_are_hinted_together() {
    let mut seen = 0;
    for width in 20..=250 {
        let hints = Stage::demo(width, 24).row(23);
        assert_eq!(hints.contains("} 加快"), hints.contains("{ 放慢"), "{hints}");
        seen += usize::from(hints.contains("} 加快"));
    }
    assert!(seen > 0);
    let hints = Stage::demo(80, 24).keys("@").row(23);
    assert!(hints.contains("Enter 确定") && hints.contains("Esc 关闭"), "{hints}");
}

#[test]
fn the_heading_of_the_lanes_tells_what_lies_out_of_sight() {
    for (width, keys, heading) in
        [(120, "", " 发言人 15 ↓4 "), (80, "8", " 发言人 15 ↑2↓7 "), (40, "", " 发言人 ↓14 ")]
    {
        let height = if width == 40 {
            12
        } else if width == 80 {
            24
        } else {
            40
        };
        let row = Stage::demo(width, height).keys(keys).row(1);
        assert!(row.starts_with(heading), "{row}");
    }
}

#[test]
fn layouts_take_turns_and_skip_what_has_no_room() {
    let mut wide = Stage::demo(120, 40);
    for layout in [LayoutKind::SideBySide, LayoutKind::TextOnly, LayoutKind::Stacked] {
        assert_eq!(wide.keys("v").app.layout, layout);
    }
    assert_eq!(Stage::demo(80, 24).keys("v").app.layout, LayoutKind::TextOnly);
}

#[test]
fn the_help_tells_every_key_and_scrolls_to_its_end() {
    let mut stage = Stage::demo(40, 12);
    stage.keys("?");
    let mut seen = stage.screen();
    for _ in 0..400 {
        seen.push_str(&stage.keys("j").screen());
    }
    for row in shilu::keymap::ROWS {
        assert!(seen.contains(row.keys[0]), "{:?}", row.keys);
    }
    stage.keys("k");
    assert_ne!(stage.screen(), { stage.keys("j").screen() }, "scrolling stops at the end");
    stage.keys("q");
    assert_eq!(stage.app.mode, Mode::Reading);
}

#[test]
fn the_mouse_seeks_on_lanes_names_and_text() {
    let mut stage = stage();
    let press = |x, y| Pointer { kind: PointerKind::Press, x, y };
    stage.app.pointer(press(8, 4), stage.now);
    assert_eq!(stage.focus(), 3, "a name leads to the next post of its speaker");
    stage.app.pointer(press(79, 1), stage.now);
    assert_eq!(stage.focus(), 7, "the end of the axis is the last post");
    stage.app.pointer(press(20, 1), stage.now);
    assert_eq!(stage.focus(), 1, "its beginning the first");
    let wheel = |kind| Pointer { kind, x: 30, y: 15 };
    stage.app.resize(40, 12, stage.now);
    let before = stage.screen();
    stage.app.pointer(wheel(PointerKind::WheelDown), stage.now);
    assert_ne!(stage.screen(), before);
    stage.app.pointer(wheel(PointerKind::WheelUp), stage.now);
    assert_eq!(stage.screen(), before);
    stage.app.pointer(press(u16::MAX, u16::MAX), stage.now);
    assert_eq!(stage.screen(), before, "a click off the screen is nothing");
}

#[test]
fn pasted_text_is_data() {
    let mut stage = stage();
    stage.app.paste("q3\u{1b}[31m", stage.now);
    assert_eq!((stage.focus(), stage.app.mode), (1, Mode::Reading));
    stage.keys("/");
    stage.app.paste("质\u{1b}量\nq", stage.now);
    assert_eq!(stage.app.input.value(), "质量q");
}

#[test]
fn the_command_line_says_where_to_start_and_whether_to_play() {
    let mut wanted = options();
    wanted.at = Where::parse("12:00");
    wanted.play = true;
    wanted.speed = 60.0;
    let mut stage = Stage::with(&wanted, RECORD, 80, 24);
    assert_eq!((stage.focus(), stage.app.revealed), (5, 5));
    assert_eq!(stage.wait(5000).app.revealed, 6);
}

#[test]
fn records_of_no_one_and_one_post_and_no_clock_can_be_read_and_replayed() {
    for (text, posts) in [("", 0), ("一段。\n", 1), ("一段。\n\n两段。\n\n三段。\n", 3)] {
        let mut stage = Stage::new(text, 80, 24);
        stage.keys("j k J K ] [ ) ( o O 1 Alt-1 s S n N G g g Space } { . , > < L P R E Right Left v t w");
        stage.keys("Tab j k Enter Tab ? j ? @ Enter / \"段\" Enter : \"1\" Enter Esc");
        stage.wait(100_000);
        assert_eq!(stage.app.transcript.len(), posts);
        assert!(!stage.screen().trim().is_empty());
    }
}

#[test]
fn without_a_clock_the_replay_goes_by_reading_time() {
    let text = format!("{}\n\n{}\n\n三\n", "一".repeat(400), "二".repeat(200));
    let mut stage = Stage::new(&text, 80, 24);
    stage.keys("Space");
    assert_eq!(stage.wait(59_999).app.revealed, 1);
    assert_eq!(stage.wait(1).app.revealed, 2);
    assert_eq!(stage.wait(30_000).app.revealed, 3);
}

#[test]
fn a_growing_record_does_not_move_what_is_read() {
    let mut stage = Stage::demo(80, 24);
    stage.keys(": \"#30\" Enter j j");
    let before: Vec<_> = stage.screen().lines().skip(10).map(str::to_owned).collect();
    let source = stage.app.source.clone();
    // What the stage holds was read by itself: only what comes behind it is handed over.
    let mut feeder = Feeder::new(Forced::default(), Patience::None);
    feeder.feed(DEMO.as_bytes(), &mut Transcript::default()).unwrap();
    stage.app.grow(stage.now, |transcript| {
        feeder.feed("\n2025-10-18 19:12\n后来者\n又来一条。\n".as_bytes(), transcript).unwrap();
        source
    });
    let after: Vec<_> = stage.screen().lines().skip(10).map(str::to_owned).collect();
    assert_eq!(after, before);
    assert!(stage.keys("G").screen().contains("又来一条。"));
}

#[test]
fn another_width_of_quotes_and_dashes_keeps_the_reading_place() {
    for place in ["", "]", ": \"#13\" Enter j j j j", ": \"50%\" Enter", "G"] {
        let mut stage = Stage::demo(80, 24);
        stage.keys(place);
        let (focus, before) = (stage.focus(), stage.screen());
        stage.keys("W");
        assert!(stage.app.ruler.is_wide() && !stage.screen().contains(['─', '│']), "{}", stage.screen());
        assert!(stage.row(23).contains("占格 2"), "{}", stage.row(23));
        assert_eq!(stage.focus(), focus, "{place}");
        stage.keys("W Esc");
        assert_eq!(stage.screen(), before, "{place}");
    }
}

#[test]
fn what_the_terminal_says_is_taken_unless_the_user_has_spoken() {
    let wide = Habits { ambiguous_wide: true, ..Habits::default() };
    let apart = Habits { joins: false, ..Habits::default() };
    for (word, said, drawn, is_wide) in [
        (AmbiguousWidth::Auto, wide, true, true),
        (AmbiguousWidth::Auto, Habits::default(), false, false),
        (AmbiguousWidth::One, wide, false, false),
        (AmbiguousWidth::Two, wide, true, true),
        (AmbiguousWidth::One, apart, false, false),
    ] {
        let mut stage = stage();
        stage.app.insist(word);
        assert_eq!(stage.app.learn(said), drawn, "{word:?} {said:?}");
        assert_eq!(stage.app.ruler.is_wide(), is_wide, "{word:?} {said:?}");
        assert_eq!(stage.app.ruler.habits.joins, said.joins);
    }
    let mut flipped = stage();
    flipped.keys("W W");
    assert!(!flipped.app.learn(wide), "the key is the user's word too");
}

#[test]
fn what_is_invisible_is_ignored_by_the_search_and_shown_by_a_key() {
    let record = RECORD.replace("直播即将开始", "直\u{200b}播即将\u{feff}开始");
    let mut stage = Stage::new(&record, 80, 24);
    assert!(stage.screen().contains("直播即将开始"));
    assert!(stage.keys("/ \"播即将开\" Enter").screen().contains("1/1"), "{}", stage.screen());
    assert!(stage.keys("i").screen().contains("直·播即将·开始"), "{}", stage.screen());
    assert!(stage.keys("i").screen().contains("直播即将开始"));
}

#[test]
fn a_post_of_ten_million_characters_is_walked_like_any_other() {
    let mut stage = Stage::new(
        &format!(
            "2025-01-01 08:00\n甲\n{}末\n2025-01-01 08:05\n乙\n后来。\n",
            "质量提升。".repeat(2_000_000)
        ),
        80,
        24,
    );
    assert!(stage.screen().contains("质量提升。质量提升。"));
    stage.keys("PgDn j j k");
    let before = stage.screen();
    assert_eq!(stage.keys("PgDn PgUp").screen(), before);
    assert!(stage.keys("J").screen().contains("后来。"));
    let end = stage.keys("k k k k k k").screen();
    assert!(end.contains('末') && end.contains("质量提升。"), "{end}");
}

/// The record in a reader that speaks English.
fn english() -> Stage {
    Stage::with(&Options { lang: Lang::En, ..options() }, RECORD, 80, 24)
}

/// What the reader wants copied, and what it says then.
fn copied(stage: &mut Stage) -> (String, String) {
    match stage.app.take_errand() {
        Some(Errand::Copy { text, said }) => (text, said),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_post_is_copied_with_its_reference() {
    let mut stage = english();
    stage.keys("J J y");
    let (text, said) = copied(&mut stage);
    assert_eq!(text, "“质量质量。” — 陆知远, 图书馆馆长, 2025-01-01 08:11, “record” #3");
    assert_eq!(said, "copied #3 (5 characters)");
    assert_eq!(stage.app.take_errand(), None);
}

#[test]
fn the_form_of_quotations_goes_round_and_is_said() {
    let mut stage = english();
    for (form, begins, said) in [
        ("quotation: Markdown", "> &ldquo;直播即将开始。”\n\n— ", "copied #1 (7 characters, Markdown)"),
        (
            "quotation: with paragraph marks",
            "[1.1] 直播即将开始。\n— ",
            "copied #1 (7 characters, with paragraph marks)",
        ),
        ("quotation: plain", "“直播即将开始。” — ", "copied #1 (7 characters)"),
    ] {
        stage.keys("Alt-y");
        assert_eq!(stage.app.message.as_deref(), Some(form));
        stage.keys("y");
        let (text, told) = copied(&mut stage);
        assert!(text.starts_with(begins), "{text}");
        assert_eq!(told, said);
    }
}

#[test]
fn an_exchange_is_copied_whole_and_without_what_stands_beside_it() {
    let mut stage = english();
    stage.keys("Y");
    assert_eq!(
        (stage.app.take_errand(), stage.app.message.as_deref()),
        (None, Some("this post is in no exchange"))
    );
    stage.keys("J J J Y");
    let (text, said) = copied(&mut stage);
    assert_eq!(
        text,
        "#2 2025-01-01 08:10 主持人: “请图书馆馆长陆知远介绍。质量第一。”\n#3 08:11 陆知远, 图书馆馆长: “质量质量。”\n\
        #4 08:11 陆知远: “再说两句。”\n— “record” #2–#4"
    );
    assert_eq!(said, "copied #2–#4 (3 posts, 27 characters)");
}

#[test]
fn a_range_is_marked_by_moving_and_ends_when_it_is_copied_or_given_up() {
    let mut stage = english();
    stage.keys("J V");
    assert!(
        stage.app.message.as_deref().is_some_and(|said| said.starts_with("range from #2")),
        "{:?}",
        stage.app.message
    );
    stage.keys("J J");
    assert_eq!(stage.app.taken().map(PostId::number).collect::<Vec<_>>(), [2, 3, 4]);
    let marked = stage.screen().lines().filter(|row| row.contains('┃')).count();
    assert!(marked >= 1, "{}", stage.screen());
    assert!(stage.screen().contains("3 posts in range"), "{}", stage.screen());
    stage.keys("y");
    let (text, said) = copied(&mut stage);
    assert!(text.starts_with("#2 ") && text.ends_with("#2–#4"), "{text}");
    assert!(said.starts_with("copied #2–#4 (3 posts"), "{said}");
    assert_eq!(stage.app.range(), None);
    // Backwards too.
    stage.keys("V K K y");
    assert!(copied(&mut stage).0.ends_with("#2–#4"));
    for end in ["Esc", "V"] {
        stage.keys("V");
        assert!(stage.app.range().is_some());
        stage.keys(end);
        assert_eq!((stage.app.range(), stage.app.message.as_deref()), (None, Some("no range")), "{end}");
        assert!(!stage.screen().contains('┃'));
    }
    assert_eq!(stage.app.taken().count(), 7);
}

#[test]
fn escape_ends_a_range_before_it_clears_a_search() {
    let mut stage = english();
    stage.keys("/ \"质量\" Enter V Esc");
    assert!(stage.app.range().is_none() && stage.app.search.is_some());
    stage.keys("Esc");
    assert!(stage.app.search.is_none());
}

#[test]
fn what_is_hidden_or_still_to_come_is_not_taken_away() {
    let mut stage = english();
    stage.keys("J J z z");
    assert_eq!(stage.app.taken().map(PostId::number).collect::<Vec<_>>(), [3, 4, 7]);
    let mut stage = english();
    stage.keys("Space Space");
    assert_eq!(stage.app.taken().count(), stage.app.revealed);
    assert!(stage.app.revealed < 7);
}

#[test]
fn an_export_asks_for_a_file_and_its_ending_is_the_format() {
    let mut stage = english();
    stage.keys("Ctrl-s");
    assert_eq!((stage.app.mode, stage.app.input.value()), (Mode::Prompt, "record.md"));
    assert!(stage.row(23).contains("7 posts · md html csv json"), "{}", stage.row(23));
    stage.keys("Enter");
    let Some(Errand::Export(order)) = stage.app.take_errand() else { panic!("nothing is exported") };
    assert_eq!(
        (order.name.as_str(), order.format, order.posts.len(), order.over),
        ("record.md", ExportFormat::Md, 7, false)
    );
    stage.app.conclude(&order, Exported::Written("done".to_owned()));
    assert_eq!((stage.app.mode, stage.app.message.as_deref()), (Mode::Reading, Some("done")));
    // A name that tells no format is asked for again.
    stage.keys("J V J Ctrl-s Ctrl-u \"a.doc\" Enter");
    assert_eq!((stage.app.mode, stage.app.take_errand()), (Mode::Prompt, None));
    assert!(stage.row(23).contains("end it with md html"), "{}", stage.row(23));
    stage.keys("Ctrl-u \"a.CSV\" Enter");
    let Some(Errand::Export(order)) = stage.app.take_errand() else { panic!("nothing is exported") };
    assert_eq!(
        (order.format, order.posts.iter().map(|post| post.number()).collect::<Vec<_>>()),
        (ExportFormat::Csv, vec![2, 3])
    );
    // A file that is there is written over by a second Enter, on the same name alone.
    stage.app.conclude(&order, Exported::Exists);
    assert_eq!((stage.app.mode, stage.app.input.value()), (Mode::Prompt, "a.CSV"));
    stage.wait(1);
    assert!(stage.row(23).contains("it exists: Enter again writes over it"), "{}", stage.row(23));
    stage.keys("Enter");
    let Some(Errand::Export(again)) = stage.app.take_errand() else { panic!("nothing is exported") };
    assert!(again.over && again.posts == order.posts);
    stage.app.conclude(&order, Exported::Exists);
    stage.keys("Backspace Backspace Backspace \"md\" Enter");
    let Some(Errand::Export(other)) = stage.app.take_errand() else { panic!("nothing is exported") };
    assert!(!other.over, "{other:?}");
    stage.app.conclude(&other, Exported::Failed("why".to_owned()));
    assert!(stage.app.range().is_some() && stage.app.message.as_deref() == Some("why"));
}

#[test]
fn a_reference_that_is_pasted_at_the_prompt_leads_to_its_post() {
    for (reference, focus) in [
        ("#6", 6),
        ("——沈砚秋，副馆长，2025-01-01 12:05，《record》#6", 6),
        ("— “record” #2–#4", 2),
        ("[3.1]", 3),
        ("12:05", 6),
        ("@沈砚秋", 6),
    ] {
        let mut stage = english();
        stage.keys(":");
        stage.app.paste(reference, stage.now);
        stage.keys("Enter");
        assert_eq!(stage.focus(), focus, "{reference}");
    }
}
