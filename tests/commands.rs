//! The line of commands: everything by name, completed as it is typed, done where one came from.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails its test")]

mod support;

use shilu::action::{Action, Mode};
use shilu::app::{Effect, Options, PointerKind, Source, Target, Watch};
use shilu::choice::{Alert, GapModel, LayoutKind, ThemeName};
use shilu::config::{self, Config};
use shilu::format::{Forced, read_bytes};
use shilu::keymap::{NAMES, ROWS, row_in};
use shilu::lang::Lang;
use shilu::layout::rows::RowKind;
use std::path::Path;
use support::{Stage, options};

fn stage() -> Stage {
    Stage::demo(100, 30)
}

/// A reader with a configuration, in English.
fn configured(text: &str, width: u16, height: u16) -> Stage {
    let config = Config::of(Path::new("/home/a/.config/shilu/config.toml"), text).unwrap();
    Stage::with(&Options { lang: Lang::En, config, ..options() }, shilu::command::DEMO, width, height)
}

fn said(stage: &Stage) -> &str {
    stage.app.message.as_deref().unwrap_or_default()
}

/// The names of what is offered.
fn offered(stage: &Stage) -> Vec<&str> {
    stage.app.candidates.all.iter().map(|found| found.name.as_str()).collect()
}

/// Puts a text, which may hold blanks, in place of what is typed.
fn type_in(stage: &mut Stage, text: &str) {
    stage.keys("Ctrl-u");
    stage.app.paste(text, stage.now);
}

/// Types a line of commands.
fn command(stage: &mut Stage, line: &str) -> Effect {
    stage.keys(":");
    stage.app.paste(line, stage.now);
    stage.app.key("Enter".parse().unwrap(), stage.now)
}

#[test]
fn a_name_does_what_its_key_does() {
    for (key, name) in [
        ("J", "next-post"),
        ("G", "bottom"),
        (")", "next-exchange"),
        ("o", "next-by-speaker"),
        ("]", "下一个话轮"),
    ] {
        let (mut by_key, mut by_name) = (stage(), stage());
        by_key.keys(key);
        command(&mut by_name, name);
        assert_eq!(by_name.app.reader, by_key.app.reader, "{name}");
        assert_eq!(by_name.app.mode, by_key.app.mode, "{name}");
    }
    let mut stage = stage();
    command(&mut stage, "next-by-number 2");
    assert_eq!(stage.app.chosen.number(), 2);
    assert_eq!(command(&mut stage, "quit"), Effect::Quit);
    assert_eq!(command(&mut stage, "suspend"), Effect::Suspend);
    assert_eq!(command(&mut stage, "flip-ambiguous"), Effect::Redraw);
}

#[test]
fn every_action_can_be_named_somewhere() {
    let begins: Vec<Mode> =
        ROWS.iter().filter(|row| row.action == Action::GoTo).flat_map(|row| row.modes).copied().collect();
    for (action, name) in NAMES {
        let only_typed = matches!(action, Action::Complete | Action::CompleteBack);
        let named = begins.iter().any(|mode| row_in(action, *mode).is_some());
        assert!(named || only_typed, "{name} cannot be named anywhere");
    }
}

#[test]
fn a_command_is_done_where_one_came_from() {
    let mut stage = stage();
    stage.keys("Tab j j");
    let chosen = stage.app.chosen;
    command(&mut stage, "solo");
    assert_eq!((stage.app.mode, stage.app.chosen), (Mode::People, chosen));
    assert!(said(&stage).contains("独听"), "{}", said(&stage));
    stage.keys(": Esc");
    assert_eq!(stage.app.mode, Mode::People);
    command(&mut stage, "#3");
    assert_eq!((stage.app.mode, stage.focus()), (Mode::Reading, 3));
    command(&mut stage, "drop-break");
    assert_eq!(said(&stage), "drop-break 只用于 breaks");
    stage.keys("b B");
    command(&mut stage, "drop-break");
    assert_eq!((stage.app.mode, stage.app.controls.breaks.list.len()), (Mode::Breaks, 0));
}

#[test]
fn what_an_action_asks_for_may_stand_behind_its_name() {
    let mut stage = stage();
    command(&mut stage, "search 图书馆");
    assert_eq!(stage.app.search.as_ref().map(|search| search.query.text.as_str()), Some("图书馆"));
    assert_eq!(stage.app.mode, Mode::Reading);
    command(&mut stage, "break /图书馆");
    command(&mut stage, "new-break gap 10m");
    command(&mut stage, "breaks");
    assert_eq!(stage.app.mode, Mode::Breaks);
    command(&mut stage, "new-break gap 10m");
    assert_eq!(stage.app.controls.breaks.list.len(), 2);
    stage.keys("q");
    let before = stage.focus();
    command(&mut stage, "find-speaker zhuchi");
    assert_ne!(stage.focus(), before);
}

#[test]
fn settings_hold_until_the_reader_is_left() {
    let mut stage = stage();
    for (line, said_is) in [
        ("theme light", "theme = light"),
        ("measure 60", "measure = 60"),
        ("ｍｅａｓｕｒｅ　６０", "measure = 60"),
        ("layout text-only", "layout = text-only"),
        ("pinyin on", "pinyin = true"),
        ("hang 3", "hang = 3:应为 0 .. 2"),
        (
            "layout text-onyl",
            "layout = text-onyl:应为 \"stacked\" | \"side-by-side\" | \"text-only\",是不是 text-only?",
        ),
        (
            "theme papr",
            "theme = papr:应为 \"auto\" | \"dark\" | \"light\" | \"ansi\" | \"mono\" | [themes.…]",
        ),
    ] {
        command(&mut stage, line);
        assert_eq!(said(&stage), said_is, "{line}");
    }
    let app = &stage.app;
    assert_eq!((app.theme, app.measure, app.layout), (ThemeName::Light, 60, LayoutKind::TextOnly));
    assert!(app.config.settings.pinyin);
    command(&mut stage, "lang en");
    assert_eq!(stage.app.lang, Lang::En);
    command(&mut stage, "gaps cap 5m");
    assert_eq!(stage.app.schedule.pacing().gaps, GapModel::Cap);
    command(&mut stage, "idle-limit 1m");
    assert_eq!(
        (stage.app.schedule.pacing().limit_ms, stage.app.schedule.pacing().gaps),
        (60_000, GapModel::Cap)
    );
}

#[test]
fn what_is_no_command_says_what_is_near() {
    let mut stage = stage();
    for (line, said_is) in [
        ("nxt-hit", "没有 nxt-hit 这个指令,是不是 next-hit?"),
        ("sped 3", "没有 sped 这个指令,是不是 speed?"),
        ("胡说八道", "没有找到: 胡说八道 · 可以写 15:14、#42、50%、@姓名"),
    ] {
        command(&mut stage, line);
        assert_eq!(said(&stage), said_is);
    }
}

#[test]
fn places_are_told_by_exchange_and_by_so_much_on_or_back() {
    let mut stage = stage();
    command(&mut stage, "exchange 2");
    let question = stage.focus();
    let by_key = {
        let mut stage = self::stage();
        stage.keys(") )");
        stage.focus()
    };
    assert_eq!(question, by_key);
    command(&mut stage, "+5m");
    let later = stage.focus();
    assert!(later > question);
    command(&mut stage, "-1s");
    assert_eq!(stage.focus(), later - 1, "what lies in a silence is the post before");
    command(&mut stage, "-10d");
    assert_eq!(stage.focus(), 1);
    command(&mut stage, "-1s");
    assert_eq!((stage.focus(), said(&stage)), (1, "那边没有了"));
    let mut clockless = Stage::new(
        "甲:一二三四五六七八九十。\n乙:一二三四五六七八九十。\n甲:一二三四五六七八九十。\n",
        80,
        24,
    );
    let before = clockless.focus();
    command(&mut clockless, "+1m");
    assert!(clockless.focus() > before, "without a clock it is that of the replay");
}

#[test]
fn a_line_is_completed_as_far_as_is_certain_and_then_gone_through() {
    let mut stage = stage();
    stage.keys(":").keys("\"next-t\" Tab");
    assert_eq!(stage.app.input.value(), "next-turn");
    stage.keys("Ctrl-u").keys("\"thm\"");
    assert!(offered(&stage).is_empty());
    stage.keys("Ctrl-u").keys("\"them\" Tab");
    assert_eq!(stage.app.input.value(), "theme ");
    assert_eq!(offered(&stage), ["auto", "dark", "light", "ansi", "mono"]);
    stage.keys("Tab");
    assert_eq!(stage.app.input.value(), "theme auto");
    stage.keys("Tab Tab");
    assert_eq!(stage.app.input.value(), "theme light");
    stage.keys("Shift-Tab Shift-Tab Shift-Tab");
    assert_eq!(stage.app.input.value(), "theme mono");
    stage.keys("Enter");
    assert_eq!(stage.app.theme, ThemeName::Mono);
}

#[test]
fn a_part_of_a_name_and_chinese_words_are_enough() {
    let mut stage = stage();
    stage.keys(":").keys("\"hit\"");
    assert_eq!(offered(&stage), ["next-hit", "previous-hit"]);
    stage.keys("Tab");
    assert_eq!(stage.app.input.value(), "next-hit");
    stage.keys("Ctrl-u").keys("\"下一个\"");
    assert!(offered(&stage).contains(&"下一个话轮"), "{:?}", offered(&stage));
    stage.keys("Ctrl-u").keys("\"静\" Tab");
    assert!(stage.app.input.value().starts_with("静"), "{:?}", stage.app.input.value());
    type_in(&mut stage, "gaps c");
    stage.keys("Tab");
    assert_eq!(stage.app.input.value(), "gaps cap");
}

#[test]
fn only_what_can_be_done_there_is_offered() {
    let mut stage = stage();
    stage.keys(":").keys("\"drop\"");
    assert!(offered(&stage).is_empty());
    stage.keys("Esc B :").keys("\"drop\"");
    assert_eq!(offered(&stage), ["drop-break"]);
}

#[test]
fn speakers_are_completed_by_name_and_pinyin() {
    let mut stage = stage();
    stage.keys(":").keys("\"@zhuchi\" Tab");
    assert_eq!(stage.app.input.value(), "@主持人");
    type_in(&mut stage, "break @zcr");
    stage.keys("Tab");
    assert_eq!(stage.app.input.value(), "break @主持人");
    stage.keys("Enter B");
    assert_eq!(stage.app.controls.breaks.list.len(), 1);
}

#[test]
fn what_is_offered_says_what_it_does_and_which_key_does_the_same() {
    for (width, height) in [(120, 40), (80, 24), (40, 12)] {
        let mut stage = configured("", width, height);
        stage.keys(":").keys("\"next-h\"");
        let screen = stage.screen();
        let row = screen.lines().find(|row| row.contains("next-hit")).unwrap_or_else(|| panic!("{screen}"));
        assert!(row.contains("next hit") && row.trim_end().ends_with(" n"), "{row}");
        assert!(screen.lines().last().unwrap_or_default().contains("next-h"), "{screen}");
    }
}

#[test]
fn the_keys_of_the_user_work_and_are_told() {
    let text = "[keys]\nnext-post = ['Ctrl-g', 'g n']\nhelp = ['F']\nfilters = []\nhear-all = 'g h'\n";
    let mut stage = configured(text, 120, 40);
    let hint = stage.row(39);
    assert!(hint.contains("Ctrl-g next post") && !hint.contains("J next post"), "{hint}");
    stage.keys("Ctrl-g");
    assert_eq!(stage.focus(), 2);
    stage.keys("g n J");
    assert_eq!(stage.focus(), 3, "the key of the table does nothing any more");
    stage.keys("F");
    assert_eq!(stage.app.mode, Mode::Help);
    let screen = stage.screen();
    assert!(screen.contains("/home/a/.config/shilu/config.toml"), "{screen}");
    let told = |words: &str| {
        let mut stage = configured(text, 120, 400);
        stage.keys("F");
        let screen = stage.screen();
        screen.lines().find(|row| row.contains(words)).unwrap_or_else(|| panic!("{screen}")).to_owned()
    };
    assert!(told(":next-post").contains("Ctrl-g  g n"));
    assert!(told("list of filters").contains("–"));
}

#[test]
fn themes_of_the_user_take_their_turn() {
    let text = "theme = 'mine'\n[themes.mine]\nbase = 'dark'\naccent = 'red'\n";
    let config = Config::of(Path::new("config.toml"), text).unwrap();
    let mut stage = Stage::with(
        &Options { lang: Lang::En, theme: ThemeName::Mono, config, ..options() },
        shilu::command::DEMO,
        80,
        24,
    );
    stage.keys("t");
    assert_eq!((stage.app.theme, said(&stage)), (ThemeName::Own(0), "theme mine"));
    stage.keys("t");
    assert_eq!(stage.app.theme, ThemeName::Dark);
    stage.keys(":");
    type_in(&mut stage, "theme m");
    assert_eq!(offered(&stage), ["mono", "mine"]);
}

/// How the mouse reaches what an action does, where it points at something on the screen.
#[derive(Debug, PartialEq)]
enum Way {
    /// Its hint in the status line.
    Hint,
    /// A click on the first row: speed, position, gaps.
    Bar,
    /// A click on a lane, a name or the text, or the wheel.
    Pointed,
    /// It points at nothing that stands on the screen, or at the post that a click has put in focus.
    Nowhere,
}

#[expect(clippy::too_many_lines, reason = "a line each")]
const fn way(action: Action) -> Way {
    match action {
        Action::TogglePlay | Action::CycleGaps | Action::GoTo | Action::Faster | Action::Slower => Way::Bar,
        Action::RowDown
        | Action::RowUp
        | Action::Open
        | Action::Complete
        | Action::CompleteBack
        | Action::NumberNext(_)
        | Action::NumberPrevious(_)
        | Action::ScrubForward
        | Action::ScrubBack
        | Action::ItemDown
        | Action::ItemUp => Way::Pointed,
        Action::PostDown
        | Action::Search
        | Action::Help
        | Action::Quit
        | Action::SpeakerNext
        | Action::TurnNext
        | Action::FindSpeaker
        | Action::Outline
        | Action::Solo
        | Action::Mute
        | Action::CycleOrder
        | Action::Card
        | Action::EditName
        | Action::EditTitle
        | Action::CycleRole
        | Action::Merge
        | Action::Part
        | Action::Restore
        | Action::Results
        | Action::Filter
        | Action::Bookmark
        | Action::Marks
        | Action::Note
        | Action::Copy
        | Action::CycleLayout
        | Action::SwitchPane
        | Action::LiveEdge
        | Action::NewBreak
        | Action::DropBreak
        | Action::EditFilter
        | Action::DropFilter
        | Action::MoreContext
        | Action::LessContext
        | Action::NameMark
        | Action::DropMark
        | Action::Accept
        | Action::Cancel => Way::Hint,
        Action::StepForward
        | Action::StepBack
        | Action::NormalSpeed
        | Action::SeekForward
        | Action::SeekBack
        | Action::SeekFarForward
        | Action::SeekFarBack
        | Action::SkipGap
        | Action::CyclePace
        | Action::Repeat
        | Action::ToggleTyped
        | Action::BreakHere
        | Action::Breaks
        | Action::RevealAll
        | Action::PostUp
        | Action::HalfDown
        | Action::HalfUp
        | Action::PageDown
        | Action::PageUp
        | Action::Top
        | Action::Bottom
        | Action::JumpBack
        | Action::JumpForward
        | Action::SpeakerPrevious
        | Action::TurnPrevious
        | Action::ExchangeNext
        | Action::ExchangePrevious
        | Action::HitNext
        | Action::HitPrevious
        | Action::SearchWord
        | Action::ToggleRegex
        | Action::TogglePinyin
        | Action::ToggleFolding
        | Action::ToggleFilters
        | Action::Filters
        | Action::MarkNext
        | Action::MarkPrevious
        | Action::Tag
        | Action::CopyExchange
        | Action::Select
        | Action::CycleCopyForm
        | Action::Export
        | Action::GapNext
        | Action::GapPrevious
        | Action::CycleTheme
        | Action::CycleMeasure
        | Action::FlipAmbiguous
        | Action::ToggleReveal
        | Action::HearAll
        | Action::GroupByRole
        | Action::Suspend => Way::Nowhere,
    }
}

/// Where a target is on the screen.
fn place_of(stage: &Stage, wanted: Target) -> Option<(u16, u16)> {
    let (width, height) = stage.app.size;
    let mut cells = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    cells.find(|(x, y)| shilu::view::target(&stage.app, *x, *y) == Some(wanted))
}

/// Does something with the mouse on a target that must be there.
fn mouse(stage: &mut Stage, kind: PointerKind, wanted: Target) -> Effect {
    let (x, y) = place_of(stage, wanted).unwrap_or_else(|| panic!("{wanted:?}\n{}", stage.screen()));
    let found = shilu::view::target(&stage.app, x, y).unwrap();
    stage.app.click(found, kind, stage.now)
}

/// How each mode that has hints is come to.
const OPENED: [(Mode, &str); 10] = [
    (Mode::Reading, "J"),
    (Mode::People, "Tab"),
    (Mode::Finder, "@"),
    (Mode::Outline, "c"),
    (Mode::Breaks, "b J J b B"),
    (Mode::Results, "/ \"图书馆\" Enter r"),
    (Mode::Filters, "& \"图书馆\" Enter & \"的\" Enter F"),
    (Mode::Marks, "m J J m '"),
    (Mode::Note, "a"),
    (Mode::Card, "e"),
];

#[test]
fn a_hint_that_is_clicked_on_does_what_its_key_does() {
    let mut clicked = Vec::new();
    for (mode, keys) in OPENED {
        let opened = || {
            let mut stage = configured("", 1000, 30);
            stage.keys(keys);
            assert_eq!(stage.app.mode, mode, "{keys}");
            stage
        };
        for row in ROWS.iter().filter(|row| row.hint > 0 && row.modes.contains(&mode)) {
            let (mut by_key, mut by_mouse) = (opened(), opened());
            let done = by_key.app.key(row.expanded()[0].0[0], by_key.now);
            let told = format!("{} in {mode:?}", row.en);
            let target = Target::Act(row.action);
            let hint = (0..1000).any(|x| shilu::view::target(&by_mouse.app, x, 29) == Some(target));
            assert!(hint, "{told} is not hinted\n{}", by_mouse.row(29));
            assert_eq!(by_mouse.app.click(target, PointerKind::Press, by_mouse.now), done, "{told}");
            assert_eq!(by_mouse.screen(), by_key.screen(), "{told}");
            assert_eq!(by_mouse.app.mode, by_key.app.mode, "{told}");
            clicked.push(row.action);
        }
    }
    for (action, name) in NAMES {
        assert!(way(action) != Way::Hint || clicked.contains(&action), "{name} has no hint to click on");
    }
}

#[test]
fn a_press_on_an_item_of_a_list_chooses_it_and_a_press_on_the_chosen_one_accepts_it() {
    for (mode, keys) in OPENED {
        if !matches!(
            mode,
            Mode::Finder | Mode::Outline | Mode::Breaks | Mode::Results | Mode::Filters | Mode::Marks
        ) {
            continue;
        }
        for (width, height) in [(120, 40), (80, 24), (40, 12)] {
            let opened = || {
                let mut stage = configured("", width, height);
                stage.keys(keys).keys(&"Up ".repeat(70));
                stage
            };
            let (mut by_key, mut by_mouse) = (opened(), opened());
            assert!(place_of(&by_mouse, Target::Item(0)).is_some(), "{mode:?}\n{}", by_mouse.screen());
            by_key.keys("Down");
            mouse(&mut by_mouse, PointerKind::Press, Target::Item(1));
            assert_eq!(by_mouse.cells(), by_key.cells(), "{mode:?} at {width}x{height}");
            by_key.keys("Up Up Up Down Down Down");
            mouse(&mut by_mouse, PointerKind::WheelUp, Target::Item(1));
            mouse(&mut by_mouse, PointerKind::WheelDown, Target::Item(0));
            assert_eq!(by_mouse.cells(), by_key.cells(), "the wheel in {mode:?} at {width}x{height}");
            let mut again = opened();
            by_key = opened();
            by_key.keys("Down Enter");
            mouse(&mut again, PointerKind::Press, Target::Item(1));
            mouse(&mut again, PointerKind::Press, Target::Item(1));
            assert_eq!(again.screen(), by_key.screen(), "{mode:?} at {width}x{height}");
        }
    }
}

#[test]
fn what_is_offered_at_the_line_of_commands_can_be_clicked_on() {
    for (width, height) in [(120, 40), (80, 24), (40, 12)] {
        let mut stage = configured("", width, height);
        stage.keys(":").keys("\"them\"");
        mouse(&mut stage, PointerKind::Press, Target::Item(0));
        assert_eq!(stage.app.input.value(), "theme ");
        assert_eq!(offered(&stage)[2], "light");
        mouse(&mut stage, PointerKind::Press, Target::Item(2));
        assert_eq!((stage.app.input.value(), stage.app.theme), ("theme light", ThemeName::Auto));
        mouse(&mut stage, PointerKind::WheelUp, Target::Item(2));
        assert_eq!(stage.app.input.value(), "theme mono", "three back, round the beginning");
        mouse(&mut stage, PointerKind::WheelDown, Target::Item(4));
        assert_eq!(stage.app.input.value(), "theme light");
        mouse(&mut stage, PointerKind::Press, Target::Item(2));
        assert_eq!((stage.app.mode, stage.app.theme), (Mode::Reading, ThemeName::Light));
        assert_eq!(place_of(&stage, Target::Item(0)), None);
        command(&mut stage, "zzz");
        stage.keys(":").keys("\"qui\"");
        mouse(&mut stage, PointerKind::Press, Target::Item(0));
        assert_eq!(mouse(&mut stage, PointerKind::Press, Target::Item(0)), Effect::Quit);
    }
}

#[test]
fn the_first_row_takes_the_mouse() {
    let (mut by_key, mut by_mouse) = (configured("", 120, 40), configured("", 120, 40));
    for (kind, target, key) in [
        (PointerKind::Press, Action::TogglePlay, "Space"),
        (PointerKind::WheelUp, Action::TogglePlay, "}"),
        (PointerKind::WheelDown, Action::TogglePlay, "{"),
        (PointerKind::Press, Action::CycleGaps, "L"),
        (PointerKind::Press, Action::GoTo, ":"),
    ] {
        by_key.keys(key);
        mouse(&mut by_mouse, kind, Target::Act(target));
        assert_eq!(by_mouse.screen(), by_key.screen(), "{key}");
    }
}

#[test]
fn text_names_lanes_and_thin_lines_take_the_mouse() {
    let (mut by_key, mut by_mouse) = (stage(), stage());
    let text = by_mouse.app.panes.text;
    by_key.keys("j j j j j j k k k");
    by_mouse.mouse(PointerKind::WheelDown, 40, text.y + 2).mouse(PointerKind::WheelDown, 40, text.y + 2);
    by_mouse.mouse(PointerKind::WheelUp, 40, text.y + 2);
    assert_eq!(by_mouse.app.reader, by_key.app.reader, "rows");
    let tracks = by_mouse.app.panes.tracks;
    by_mouse.click(tracks.x + 3, tracks.y + 2);
    by_key.keys("2");
    assert_eq!(by_mouse.focus(), by_key.focus(), "the name of a speaker");
    let chosen = by_mouse.app.speaker();
    let before = by_mouse.focus();
    let (names, _) = by_mouse.app.lane_columns();
    let mut posts = Vec::new();
    for x in tracks.x + names..tracks.right() {
        by_mouse.click(x, tracks.y + 2);
        if by_mouse.app.speaker() == chosen {
            posts.push(by_mouse.focus());
        }
    }
    assert!(posts.iter().any(|post| *post != before), "the lane of a speaker");
    by_mouse.keys("Space");
    by_mouse.click(tracks.x + names + 20, tracks.y);
    let revealed = by_mouse.app.revealed;
    by_mouse.click(tracks.x + names + 40, tracks.y);
    assert!(by_mouse.app.revealed > revealed, "the axis while it is replayed");
    let filtered = || {
        let mut stage = stage();
        stage.keys("& \"图书馆\" Enter g g");
        stage
    };
    let (mut by_key, mut by_mouse) = (filtered(), filtered());
    let is_thin = |stage: &Stage| {
        stage.app.page.iter().position(|row| matches!(row.kind, RowKind::Hidden(_))).map(|row| row as u16)
    };
    let row = is_thin(&by_mouse).expect("a thin line");
    by_key.keys("Enter");
    by_mouse.click(40, text.y + row);
    let shown = |stage: &Stage| stage.app.page.iter().map(|row| row.post).collect::<Vec<_>>();
    assert_eq!(shown(&by_mouse), shown(&by_key), "a thin line");
}

#[test]
fn keys_act_on_the_post_that_was_clicked_on() {
    let mut stage = stage();
    let other = stage.app.page.iter().position(|row| row.post.number() == 2).expect("two posts in sight");
    stage.click(40, stage.app.panes.text.y + other as u16);
    assert_eq!(stage.focus(), 2);
    stage.keys("m");
    let marked: Vec<usize> = stage.app.kept.marks.iter().map(|(post, _)| post.number()).collect();
    assert_eq!(marked, [2]);
}

#[test]
fn what_takes_nothing_says_so_and_what_takes_words_takes_them() {
    let mut stage = configured("", 100, 30);
    let before = stage.app.reader;
    for (line, said_is) in [
        ("next-post 3", "next-post takes nothing behind it: 3"),
        ("help me", "help takes nothing behind it: me"),
        ("quit now", "quit takes nothing behind it: now"),
        ("next-by-number two", "next-by-number takes the number of a speaker: two"),
        ("next-by-number 100", "next-by-number takes the number of a speaker: 100"),
        ("resume false", "resume holds when a record is opened: set it in the configuration"),
    ] {
        assert_eq!(command(&mut stage, line), Effect::None, "{line}");
        assert_eq!((said(&stage), stage.app.mode), (said_is, Mode::Reading), "{line}");
        assert_eq!(stage.app.reader, before, "{line}");
    }
    command(&mut stage, "note what of it?");
    command(&mut stage, "note And  then");
    command(&mut stage, "tag 问 答");
    command(&mut stage, "bookmark The beginning");
    command(&mut stage, "bookmark Another name");
    let mark = stage.app.kept.marks.of(stage.app.reader.focus).cloned().unwrap();
    assert_eq!((mark.note.as_str(), mark.name.as_str()), ("what of it?\nAnd  then", "Another name"));
    assert!(mark.bookmarked && mark.tags == ["问", "答"], "{mark:?}");
    command(&mut stage, "filter from:主持人");
    assert_eq!(stage.app.sought.filters.list[0].text, "from:主持人");
    assert_eq!(command(&mut stage, "export a.md"), Effect::TakeAway);
    assert_eq!(stage.app.mode, Mode::Reading);
}

/// A record in which each setting shows.
const TELLING: &str = "2025-01-01 08:00\n\n主持人\n\n一二三四五六，七八九十一abc一二“三四”。图书馆质检总局。\n\n\
                       2025-01-01 12:00\n\n主持人\n\n再说。\n\n2025-01-01 12:30\n\n嘉宾\n\n好。\n";

/// What a setting changes.
fn effect_of(key: &str, stage: &mut Stage) -> String {
    let found = |stage: &mut Stage, words: &str| {
        command(stage, &format!("search {words}"));
        let app = &stage.app;
        app.search.as_ref().map_or(0, |search| search.hits(app.revealed).len()).to_string()
    };
    match key {
        "theme" => format!("{:?}", stage.app.theme),
        "speed" => format!("{:?}", stage.app.clock),
        "gaps" | "idle-limit" | "pace" | "cpm" => {
            format!("{:?} {:?}", stage.app.schedule.pacing(), stage.app.controls)
        }
        "alert" => {
            let live = || Source { name: "record".to_owned(), live: true, ..Source::default() };
            stage.app.grow(stage.now, |_| live());
            let more = format!("{TELLING}\n2025-01-01 12:31\n\n嘉宾\n\n质检。\n");
            let more = read_bytes(more.as_bytes(), Forced::default()).unwrap().0;
            stage.app.grow(stage.now, |record| {
                *record = more;
                live()
            });
            format!("{:?}", stage.app.take_alert())
        }
        "pinyin" => found(stage, "zjzj"),
        "regex" => found(stage, "图.馆"),
        "folding" => found(stage, "圖書館"),
        "filter-context" => {
            command(stage, "filter 再说");
            stage.screen()
        }
        "copy-form" => {
            stage.keys("y");
            format!("{:?}", stage.app.take_errand())
        }
        "typed" => {
            stage.keys("g g Space } } }").wait(300);
            format!("{:?}", stage.app.controls.typed)
        }
        _ => {
            stage.app.message = None;
            stage.screen()
        }
    }
}

#[test]
fn each_setting_changes_what_it_says() {
    let values = [
        ("lang", "en"),
        ("theme", "mono"),
        ("layout", "text-only"),
        ("measure", "20"),
        ("indent", "all"),
        ("kinsoku", "none"),
        ("hang", "2"),
        ("autospace", "true"),
        ("ambiguous-width", "2"),
        ("speed", "60"),
        ("gaps", "skip"),
        ("idle-limit", "7m"),
        ("pace", "reading"),
        ("cpm", "1234"),
        ("typed", "true"),
        ("alert", "title"),
        ("pinyin", "true"),
        ("regex", "false"),
        ("folding", "false"),
        ("filter-context", "1"),
        ("copy-form", "markdown"),
    ];
    for entry in config::entries().filter(|entry| entry.key != "resume") {
        let (key, value) =
            values.iter().find(|(key, _)| *key == entry.key).expect("a value for each setting");
        let narrow = || {
            // A narrow column is never indented.
            let measure = if *key == "indent" { 40 } else { 12 };
            let config = Config::of(Path::new("config.toml"), &format!("measure = {measure}\n")).unwrap();
            let mut stage = Stage::with(&Options { config, ..options() }, TELLING, 80, 24);
            stage.app.watch(Watch::new(&["质检".to_owned()], Alert::Bell).unwrap());
            stage
        };
        let (mut as_it_is, mut set) = (narrow(), narrow());
        command(&mut set, &format!("{key} {value}"));
        assert_ne!(effect_of(key, &mut set), effect_of(key, &mut as_it_is), "{key} {value} changes nothing");
    }
}
