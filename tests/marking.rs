//! Bookmarks, notes and tags by keys and mouse: what the reader holds, what the screen shows.

mod support;

use shilu::action::Mode;
use shilu::app::PointerKind;
use shilu::choice::ThemeName;
use shilu::marks::{Check, Entry, Mark};
use shilu::transcript::PostId;
use shilu::view::theme::{Depth, Theme};
use support::{Stage, options, text_of};

fn mark(stage: &Stage, number: usize) -> Mark {
    stage.app.kept.marks.of(PostId::new(number - 1)).cloned().unwrap_or_default()
}

fn marked(stage: &Stage) -> Vec<usize> {
    stage.app.kept.marks.iter().map(|(post, _)| post.number()).collect()
}

/// The row of the screen that holds a text.
fn row_of(stage: &Stage, text: &str) -> u16 {
    let found = stage.screen().lines().position(|row| row.contains(text));
    found.unwrap_or_else(|| panic!("{text} is not on\n{}", stage.screen())) as u16
}

#[test]
fn a_bookmark_is_made_and_taken_away_and_says_so() {
    let mut stage = Stage::demo(80, 24);
    stage.keys("J J m");
    assert!(mark(&stage, 3).bookmarked && stage.screen().contains("书签 #3"), "{}", stage.screen());
    stage.keys("' n \"开场\" Enter Esc m");
    assert_eq!(marked(&stage), [0; 0]);
    assert!(stage.screen().contains("取消书签 #3"));
    stage.keys("m");
    assert_eq!(mark(&stage, 3).name, "开场", "whoever took it away by mistake has its name again");
}

#[test]
fn every_change_is_to_be_written_once() {
    let mut stage = Stage::demo(80, 24);
    stage.keys("m J m J a \"问\" Ctrl-s A \"报告,质量\" Enter");
    let changes = stage.app.marks_to_keep();
    let numbers: Vec<_> = changes.iter().map(|entry| entry.number).collect();
    assert_eq!(numbers, [1, 2, 3]);
    assert_eq!(
        (changes[2].mark.note.as_str(), changes[2].mark.tags.join(" ")),
        ("问", "报告 质量".to_owned())
    );
    for entry in &changes {
        stage.app.mark_is_kept(entry, changes.clone());
    }
    assert!(stage.app.marks_to_keep().is_empty());
    assert_eq!(marked(&stage), [1, 2, 3]);
    stage.keys("a Ctrl-s A Enter");
    assert!(stage.app.marks_to_keep().is_empty(), "nothing was changed");
    stage.keys("m m");
    assert_eq!(stage.app.marks_to_keep().len(), 1, "only the last state of a post counts");
}

#[test]
fn the_way_leads_from_mark_to_mark_and_the_list_lands_there() {
    let mut stage = Stage::demo(80, 24);
    stage.keys("`");
    assert!(stage.screen().contains("按 m 做书签"), "{}", stage.screen());
    stage.keys("J J m J J a \"原话\" Esc g g `");
    assert_eq!(stage.focus(), 3);
    stage.keys("`");
    assert_eq!(stage.focus(), 5);
    stage.keys("`");
    assert!(stage.focus() == 5 && stage.screen().contains("后面没有"));
    stage.keys("~");
    assert_eq!(stage.focus(), 3);
    stage.keys("' j Enter");
    assert_eq!((stage.focus(), stage.app.mode), (5, Mode::Reading));
    stage.keys("Ctrl-o");
    assert_eq!(stage.focus(), 3, "a landing is a jump");
    stage.keys("' G");
    assert_eq!(stage.app.kept.chosen, 1);
    stage.keys("g g '");
    assert_eq!((stage.app.kept.chosen, stage.app.mode), (0, Mode::Reading));
}

#[test]
fn a_mark_with_a_note_is_deleted_when_that_is_asked_for_twice() {
    let mut stage = Stage::demo(80, 24);
    stage.keys("m J a \"长长的笔记\" Ctrl-s ' j d");
    assert!(marked(&stage) == [1, 2] && stage.screen().contains("再按 d"), "{}", stage.screen());
    stage.keys("k j d");
    assert_eq!(marked(&stage), [1, 2], "something else was done between");
    stage.keys("d");
    assert_eq!(marked(&stage), [1]);
    stage.keys("d");
    assert_eq!(marked(&stage), [0; 0]);
    assert!(stage.screen().contains("按 m 做书签"), "an empty list says how to make one");
    stage.keys("d n a A Enter");
    assert_eq!(
        (marked(&stage), stage.app.mode),
        (vec![], Mode::Reading),
        "and nothing can be done to nothing"
    );
}

#[test]
fn tags_are_edited_where_one_is() {
    let mut stage = Stage::demo(80, 24);
    stage.keys("A \"质量\" Enter");
    assert_eq!((mark(&stage, 1).tags, stage.app.mode), (vec!["质量".to_owned()], Mode::Reading));
    stage.keys("' A");
    assert_eq!(stage.app.input.value(), "质量", "what is there is edited");
    stage.keys("\"，报告\" Enter");
    assert_eq!((mark(&stage, 1).tags.join(" "), stage.app.mode), ("质量 报告".to_owned(), Mode::Marks));
    stage.keys("A Esc");
    assert_eq!(stage.app.mode, Mode::Marks);
    stage.keys("A Ctrl-u Enter");
    assert_eq!(marked(&stage), [0; 0]);
}

#[test]
fn the_mouse_chooses_a_mark_and_lands_there() {
    let mut stage = Stage::demo(80, 24);
    stage.keys("m J J m J J J m g g '");
    let third = row_of(&stage, "书签与笔记") + 3;
    stage.click(30, third);
    assert_eq!((stage.app.kept.chosen, stage.app.mode), (2, Mode::Marks));
    stage.mouse(PointerKind::WheelUp, 30, third);
    assert_eq!(stage.app.kept.chosen, 0);
    stage.click(30, third).click(30, third);
    assert_eq!((stage.focus(), stage.app.mode), (6, Mode::Reading));
}

#[test]
fn a_note_is_written_in_lines_pasted_undone_and_given_up() {
    let mut stage = Stage::demo(80, 24);
    stage.keys("a \"第一行\" Enter \"第2行q?\"");
    assert_eq!(stage.app.mode, Mode::Note, "no key of the reader is a key there");
    stage.app.paste("粘贴的\r\n\u{1b}[31m一段\u{7}", stage.now);
    stage.keys("Ctrl-s");
    assert_eq!(mark(&stage, 1).note, "第一行\n第2行q?粘贴的\n[31m一段");
    stage.keys("a \"多余\" Ctrl-z Ctrl-z Esc");
    assert!(mark(&stage, 1).note.ends_with("一段"), "{:?}", mark(&stage, 1).note);
    stage.keys("a \"不要\" Ctrl-c");
    assert!(mark(&stage, 1).note.ends_with("一段") && stage.screen().contains("没有改动"));
    stage.keys("' a \"!\" Ctrl-s");
    assert!(mark(&stage, 1).note.ends_with("一段!") && stage.app.mode == Mode::Marks);
}

#[test]
fn the_cursor_of_a_note_is_seen_in_wide_text_however_long_and_narrow() {
    for (width, height) in [(80, 24), (40, 12), (24, 8)] {
        let mut stage = Stage::demo(width, height);
        stage.keys("a");
        for turn in 0..60 {
            stage.app.paste(if turn % 7 == 6 { "一段完。\n" } else { "宽字与 narrow，👩‍👩‍👧 " }, stage.now);
            for keys in ["Up Up Left", "Home", "End", "Down Down Down", "PgUp", "PgDn PgDn", "Backspace"] {
                stage.keys(keys);
                let theme = Theme::new(ThemeName::Dark, Depth::True, false);
                let cursor = shilu::view::draw(&stage.app, &theme, Vec::new()).cursor.unwrap();
                assert!(cursor.x < width && cursor.y < height, "{keys} {cursor} at {width}x{height}");
                let row: String = stage.row(usize::from(cursor.y));
                assert!(row.contains('│'), "{keys} {cursor}: {row}\n{}", stage.screen());
            }
            stage.keys("Down Down Down Down Down End");
        }
    }
}

#[test]
fn what_is_noted_stands_below_its_post_and_scrolls_by() {
    let mut stage = Stage::demo(60, 20);
    stage.keys("v J J m ' n \"五个重点\" Enter Esc A \"报告\" Enter a");
    stage.app.paste(&"这一段要核对原话。".repeat(12), stage.now);
    stage.keys("Esc");
    let screen = stage.screen();
    assert!(
        screen.contains("⚑ 五个重点") && screen.contains("#报告") && screen.contains("✎ 这一段"),
        "{screen}"
    );
    let noted: Vec<_> =
        screen.lines().filter(|row| row.contains("核对原话") || row.contains("要核对")).collect();
    assert!(noted.len() == 3 && noted[2].ends_with('⋯'), "{screen}");
    // Row by row to the end and back: every press shows something else, and nothing holds on to a note.
    stage.keys("g g");
    let (mut down, mut seen) = (vec![stage.screen()], 0);
    for _ in 0..40 {
        stage.keys("j");
        assert_ne!(stage.screen(), *down.last().unwrap(), "after {} rows", down.len());
        seen += usize::from(stage.screen().contains("✎"));
        down.push(stage.screen());
    }
    assert!(seen > 5, "{seen}");
}

#[test]
fn nothing_of_a_mark_is_told_by_colour_alone() {
    let mut stage = Stage::demo(120, 40);
    stage.keys("J J m J J a \"原话\" Esc ) ) ) A \"报告\" Enter");
    let theme = Theme::new(ThemeName::Mono, Depth::None, false);
    let screen = text_of(&stage.cells_in(&theme));
    let axis = screen.lines().nth(1).unwrap();
    assert!(axis.contains('⚑') && axis.contains('✎'), "{axis}");
    let mut wide = options();
    wide.ruler = shilu::text::ruler::Ruler::new(true);
    let mut stage = Stage::with(&wide, shilu::command::DEMO, 120, 40);
    stage.keys("J J m J J a \"原话\" Esc");
    let screen = stage.screen();
    let axis = screen.lines().nth(1).unwrap();
    assert!(axis.contains('!') && axis.contains('"') && screen.contains("\" 原话"), "{screen}");
}

#[test]
fn marks_of_a_file_that_grows_are_found_as_their_posts_come() {
    let whole = Stage::demo(80, 24);
    let entry = |number: usize| {
        let mark = Mark { bookmarked: true, ..Mark::default() };
        Entry::of(&whole.app.transcript, PostId::new(number - 1), mark)
    };
    let mut stage = Stage::new("", 80, 24);
    let gone = Entry {
        check: Check { begins: "没有这句话".into(), by: "谁".into(), ..entry(7).check },
        ..entry(7)
    };
    stage.app.know_marks(vec![entry(3), entry(9), gone]);
    assert_eq!((marked(&stage), stage.app.kept.missing()), (vec![], 3));
    let demo = whole.app.transcript.clone();
    let source = whole.app.source.clone();
    stage.app.grow(stage.now, |empty| {
        *empty = demo;
        source
    });
    assert_eq!((marked(&stage), stage.app.kept.missing()), (vec![3, 9], 1));
    stage.keys("'");
    assert!(stage.screen().contains("找不到"), "{}", stage.screen());
}

#[test]
fn a_note_that_is_being_written_outlives_the_record_that_is_written_over() {
    let mut stage = Stage::demo(80, 24);
    stage.keys(": \"#100\" Enter m a \"draft\"");
    let source = stage.app.source.clone();
    let short = "2025-01-01 08:00\n甲\n一\n2025-01-01 08:01\n乙\n二\n";
    let mut draft = shilu::transcript::Draft::default();
    let parsed = shilu::format::read_bytes(short.as_bytes(), shilu::format::Forced::default()).unwrap().0;
    draft.meta = parsed.meta.clone();
    for id in parsed.ids() {
        let speaker = draft.intern(&parsed.speaker(parsed.speaker_of(id)).label);
        let body = draft.append_text(&parsed.body(id));
        draft.push(shilu::transcript::Post { speaker, body, ..parsed.post(id) });
    }
    let batch = shilu::transcript::Batch { anew: true, ..draft.take() };
    stage.app.grow(stage.now, |transcript| {
        transcript.grow(batch);
        source
    });
    assert_eq!((stage.app.mode, stage.app.transcript.len(), marked(&stage)), (Mode::Note, 2, vec![]));
    assert!(stage.screen().contains("draft"), "{}", stage.screen());
    stage.keys("Ctrl-s");
    assert_eq!(mark(&stage, 2).note, "draft");
    assert_eq!(stage.app.marks_to_keep().len(), 2, "the bookmark of the old record is kept too");
}

#[test]
fn a_replay_stops_at_a_bookmark() {
    let mut stage = Stage::demo(80, 24);
    stage.keys(": \"#43\" Enter m : \"#45\" Enter a \"笔记\" Esc : \"#40\" Enter");
    stage.keys(": \"break\" Space \"bookmark\" Enter Space } } } } } }").wait(60_000);
    assert!(!stage.app.clock.is_playing());
    assert_eq!(stage.app.revealed, 43, "{}", stage.screen());
    assert!(stage.screen().contains("每个书签"), "{}", stage.screen());
}
