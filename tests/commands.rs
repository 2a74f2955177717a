//! The line of commands: everything by name, completed as it is typed, done where one came from.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails its test")]

mod support;

use shilu::action::{Action, Mode};
use shilu::app::{Effect, Options};
use shilu::choice::{GapModel, LayoutKind, ThemeName};
use shilu::config::Config;
use shilu::keymap::{NAMES, ROWS, Row, row_in};
use shilu::lang::Lang;
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
    /// It points at nothing that stands on the screen.
    Nowhere,
}

#[expect(clippy::too_many_lines, reason = "a line each")]
const fn way(action: Action) -> Way {
    match action {
        Action::TogglePlay | Action::CycleGaps | Action::GoTo | Action::Faster | Action::Slower => Way::Bar,
        Action::RowDown
        | Action::RowUp
        | Action::PageDown
        | Action::PageUp
        | Action::NumberNext(_)
        | Action::NumberPrevious(_)
        | Action::ScrubForward
        | Action::ScrubBack
        | Action::SwitchPane
        | Action::LiveEdge
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
        | Action::Open
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
        | Action::Suspend
        | Action::Complete
        | Action::CompleteBack => Way::Nowhere,
    }
}

#[test]
fn what_is_hinted_can_be_clicked_on() {
    for (action, name) in NAMES {
        let hinted = |row: &&Row| row.action == action && row.hint > 0;
        let row = ROWS.iter().find(hinted);
        assert!(way(action) != Way::Hint || row.is_some(), "{name} has no hint to click on");
    }
    let mut stage = configured("", 1000, 30);
    let hints: Vec<&Row> =
        ROWS.iter().filter(|row| row.hint > 0 && row.modes.contains(&Mode::Reading)).collect();
    for row in hints {
        let hint = format!("{} {}", row.keys[0], row.en);
        let at = stage.row(29).find(&hint).unwrap_or_else(|| panic!("{hint} is not hinted")) as u16;
        let target = shilu::view::target(&stage.app, at, 29);
        assert_eq!(target, Some(shilu::app::Target::Act(row.action)), "{hint}");
    }
    stage.click(5, 0);
}
