//! Terminals that answer what the reader asks at its start: wide, narrow, late, in pieces, or not at all.

#![cfg(unix)]

mod pty;

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::strategy::{Just, Strategy};
use proptest::test_runner::Config;
use proptest::{prop_assert, prop_assert_eq, prop_oneof, proptest};
use pty::{FRAME, PATIENCE, SHILU, Terminal, count, launch, now, rows};
use shilu::keymap::{Code, Key};
use shilu::terminal::decoder::Typed;
use shilu::terminal::probe::{Outcome, Replies};
use std::time::{Duration, Instant};
use vt100::Screen;

/// The time by which a reader has begun, whatever the terminal does.
const BEGUN: Duration = Duration::from_millis(700);

/// How long nothing is drawn where there is nothing to draw.
const A_WHILE: Duration = Duration::from_millis(50);

/// What asks for the cursor's place, and what asks for the end of the answers.
const PLACE: &str = "\x1b[6n";
const END: &str = "\x1b[c";

const AMBIGUOUS: &str = "“—…·│";

/// Cells that a glyph takes.
type Cells = fn(&str) -> u16;

fn narrow(glyph: &str) -> u16 {
    if AMBIGUOUS.contains(glyph) { 1 } else { 2 }
}

fn wide(_: &str) -> u16 {
    2
}

/// Like xterm: the members of a family stand side by side.
fn apart(glyph: &str) -> u16 {
    let members = glyph.chars().filter(|ch| !['\u{200d}', '\u{fe0f}'].contains(ch)).count() as u16;
    if glyph.starts_with('❤') { 1 } else { members * narrow(glyph) }
}

/// Without UTF-8 every byte is a character.
fn bytes(glyph: &str) -> u16 {
    glyph.len() as u16
}

/// A reader that has asked and drawn its first frame.
fn asking(args: &[&str]) -> Terminal {
    let mut terminal = launch(SHILU).args(args.iter().copied()).start();
    terminal.wait_until("the question", |terminal| count(&terminal.bytes, END) == 1);
    terminal.wait_for("the first frame", is_drawn);
    terminal
}

fn is_drawn(screen: &Screen) -> bool {
    screen.contents().contains("q quit")
}

/// The answers of a terminal to what it was asked, one by one.
fn answers(terminal: &Terminal, cells: Cells) -> Vec<String> {
    let text = String::from_utf8_lossy(&terminal.bytes);
    let asked: Vec<_> = text.split(PLACE).collect();
    let (_, asked) = asked.split_last().expect("a question");
    let glyph = |asked: &&str| asked.rsplit_once("\x1b[2;1H").expect("a glyph on row 2").1.to_owned();
    let answer = |glyph: String| format!("\x1b[2;{}R", cells(&glyph) + 1);
    let answers = asked.iter().map(glyph).map(answer);
    answers.chain(["\x1b[?62;22c".to_owned()]).collect()
}

fn answer(terminal: &mut Terminal, cells: Cells) {
    let answers = answers(terminal, cells).concat();
    terminal.press(&answers);
}

/// The row between lanes and text.
fn rule(screen: &Screen) -> String {
    let is_rule = |row: &&String| row.starts_with("────────") || row.starts_with("--------");
    rows(screen).iter().find(is_rule).and_then(|row| row.chars().next()).map(String::from).unwrap_or_default()
}

/// Waits until the rules are drawn with a character, and no other drawing of lines is to be seen.
fn wait_for_rules(terminal: &mut Terminal, across: &str) {
    terminal.wait_for("the rules", |screen| rule(screen) == across);
    let drawn = terminal.text();
    assert_eq!(drawn.contains(['─', '│']), across == "─", "{drawn}");
}

fn wait_for_post(terminal: &mut Terminal, number: usize) {
    terminal.wait_for_text(&format!(" {number:>3}/129"));
}

fn leave(mut terminal: Terminal) {
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(terminal.termios(), terminal.found);
}

#[test]
fn the_question_leaves_no_trace() {
    let terminal = asking(&[]);
    assert_eq!((count(&terminal.bytes, PLACE), count(&terminal.bytes, "\x1b[8m")), (12, 1));
    assert!(!terminal.text().contains(['한', '👍', '❤']), "{}", terminal.text());
    assert_eq!(terminal.frames(), 2, "it is a frame of its own that leaves nothing");
    leave(terminal);
}

#[test]
fn where_ambiguous_characters_are_wide_the_drawing_is_ascii() {
    // The screen of the test draws them narrow all the same: the record has none.
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("record.txt");
    let text = "2025-01-01 08:00\n甲\n第一条。\n2025-01-01 08:05\n乙\n第二条。\n";
    std::fs::write(&path, text.repeat(3)).expect("the record can be written");
    let mut terminal = asking(&[path.to_str().expect("a path")]);
    assert_eq!(rule(terminal.screen()), "─");
    answer(&mut terminal, wide);
    wait_for_rules(&mut terminal, "-");
    terminal.press_and_wait("J");
    terminal.wait_for_text("2/6");
    leave(terminal);
}

#[test]
fn where_they_are_narrow_nothing_changes() {
    for cells in [narrow as Cells, apart] {
        let mut terminal = asking(&[]);
        answer(&mut terminal, cells);
        be_silent(&mut terminal, A_WHILE);
        wait_for_rules(&mut terminal, "─");
        leave(terminal);
    }
}

#[test]
fn a_terminal_that_never_answers_delays_nothing() {
    let begun = now();
    let mut terminal = asking(&[]);
    assert!(begun.elapsed() < BEGUN, "{:?}", begun.elapsed());
    terminal.press("J");
    wait_for_post(&mut terminal, 2);
    assert!(begun.elapsed() < BEGUN, "a key waited: {:?}", begun.elapsed());
    let before = within_edge(&terminal);
    be_drawn_anew(&mut terminal);
    assert_eq!(within_edge(&terminal), before);
    wait_for_rules(&mut terminal, "─");
    terminal.press("J");
    wait_for_post(&mut terminal, 3);
    leave(terminal);
}

/// Waits until what was taken for granted is drawn a second time, with every cell in its place.
fn be_drawn_anew(terminal: &mut Terminal) {
    terminal.wait_until("all is drawn anew", |terminal| {
        count(&terminal.bytes, "\x1b[2J") == 2 && terminal.bytes.ends_with(FRAME.1.as_bytes())
    });
}

/// The screen but for what may be two cells wide at its edge: it is not drawn there unless that is known.
fn within_edge(terminal: &Terminal) -> Vec<String> {
    let edge = ['─', '▁', '▃', '▅', '▇'];
    rows(terminal.screen()).iter().map(|row| row.trim_end_matches(edge).to_owned()).collect()
}

/// Lets a time pass in which nothing is drawn.
fn be_silent(terminal: &mut Terminal, time: Duration) {
    let written = terminal.written_within(time);
    assert_eq!(String::from_utf8_lossy(&written), "");
}

#[test]
fn an_answer_that_comes_late_is_no_key_and_is_taken_all_the_same() {
    for cells in [narrow as Cells, apart] {
        let mut terminal = asking(&[]);
        be_drawn_anew(&mut terminal);
        answer(&mut terminal, cells);
        // The rule goes to the edge again.
        terminal.wait_for_text(&"─".repeat(80));
        wait_for_post(&mut terminal, 1);
        terminal.press_and_wait("J");
        wait_for_post(&mut terminal, 2);
        leave(terminal);
    }
    let mut terminal = asking(&[]);
    be_drawn_anew(&mut terminal);
    answer(&mut terminal, wide);
    wait_for_rules(&mut terminal, "-");
    leave(terminal);
}

#[test]
fn an_answer_in_pieces_is_an_answer() {
    let mut terminal = asking(&[]);
    for byte in answers(&terminal, wide).concat().chars() {
        terminal.press(&byte.to_string());
        // Long enough for the byte to be read alone.
        terminal.written_within(Duration::from_millis(1));
    }
    wait_for_rules(&mut terminal, "-");
    wait_for_post(&mut terminal, 1);
    leave(terminal);
}

#[test]
fn an_answer_that_stops_amid_a_report_is_forgotten() {
    let mut terminal = asking(&[]);
    let answers = answers(&terminal, wide).concat();
    let before = within_edge(&terminal);
    terminal.press(answers.split_at(answers.len() / 2).0);
    be_drawn_anew(&mut terminal);
    assert_eq!(within_edge(&terminal), before);
    terminal.press_and_wait("J");
    wait_for_post(&mut terminal, 2);
    leave(terminal);
}

#[test]
fn keys_between_the_answers_are_kept() {
    let mut terminal = asking(&[]);
    let answers = answers(&terminal, wide);
    assert!(answers.len() > 12);
    let mixed: Vec<_> = answers.iter().zip(0..).map(|(answer, at)| format!("{answer}{}", key(at))).collect();
    terminal.press(&mixed.concat());
    wait_for_rules(&mut terminal, "-");
    terminal.wait_for_text("search/灯下读书会 \u{ff0c}");
    terminal.press("\x1b");
    terminal.wait_for("the prompt closed", is_drawn);
    wait_for_post(&mut terminal, 3);
    leave(terminal);
}

/// Two posts on, then a search.
fn key(at: usize) -> String {
    let typed: Vec<_> = "JJ/灯下读书会 ，".chars().collect();
    typed.get(at).map(|&ch| ch.to_string()).unwrap_or_default()
}

#[test]
fn keys_typed_before_the_start_are_kept() {
    let mut terminal = launch(SHILU).start();
    terminal.press("JJ");
    terminal.wait_until("the question", |terminal| count(&terminal.bytes, END) == 1);
    answer(&mut terminal, wide);
    wait_for_rules(&mut terminal, "-");
    wait_for_post(&mut terminal, 3);
    leave(terminal);
}

#[test]
fn members_of_an_emoji_that_stand_side_by_side_are_measured_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("record.txt");
    let text = "2025-10-18 08:05\n\n主持人\n\n一家人👨\u{200d}👩\u{200d}👧来了。“好”👍🏽❤\u{fe0f}\n";
    std::fs::write(&path, text).expect("a file");
    let mut terminal = launch(SHILU).arg(&path).start();
    terminal.wait_until("the question", |terminal| count(&terminal.bytes, END) == 1);
    terminal.wait_for("the first frame", is_drawn);
    answer(&mut terminal, apart);
    terminal.wait_until("a frame", |terminal| terminal.frames() > 2);
    wait_for_rules(&mut terminal, "─");
    terminal.wait_for_text("一家人");
    leave(terminal);
}

#[test]
fn answers_that_do_not_add_up_change_nothing() {
    for wrong in ["", "\x1b[2;3R", "\x1b[1;2R\x1b[1;2R", "\x1b]11;rgb:0/0/0\x1b\\", "\x1b[24;80R"] {
        let mut terminal = asking(&[]);
        terminal.press(&format!("{wrong}\x1b[?6c"));
        be_drawn_anew(&mut terminal);
        terminal.press("J");
        wait_for_post(&mut terminal, 2);
        leave(terminal);
    }
}

#[test]
fn a_terminal_without_utf_8_is_told_of() {
    let mut terminal = asking(&[]);
    answer(&mut terminal, bytes);
    terminal.wait_for_text("not set to UTF-8");
    leave(terminal);
}

#[test]
fn the_users_word_stands() {
    for (word, cells, across) in [("1", wide as Cells, "─"), ("2", narrow, "-"), ("auto", wide, "-")] {
        let mut terminal = asking(&["--ambiguous-width", word]);
        answer(&mut terminal, cells);
        terminal.press_and_wait("j");
        wait_for_rules(&mut terminal, across);
        leave(terminal);
    }
}

#[test]
fn a_key_flips_the_width_and_everything_is_drawn_anew() {
    let mut terminal = asking(&[]);
    answer(&mut terminal, narrow);
    for (cells, across) in [(2, "-"), (1, "─"), (2, "-")] {
        let cleared = count(&terminal.bytes, "\x1b[2J");
        terminal.press("W");
        wait_for_rules(&mut terminal, across);
        terminal.wait_for_text(&format!("cells of quotes and dashes {cells}"));
        assert_eq!(count(&terminal.bytes, "\x1b[2J"), cleared + 1);
    }
    leave(terminal);
}

#[test]
fn a_flip_before_the_answer_is_the_users_word() {
    let mut terminal = asking(&[]);
    terminal.press_and_wait("W");
    answer(&mut terminal, narrow);
    be_silent(&mut terminal, A_WHILE);
    wait_for_rules(&mut terminal, "-");
    leave(terminal);
}

#[test]
fn a_dumb_terminal_is_not_asked() {
    let mut terminal = launch(SHILU).env("TERM", "dumb").start();
    terminal.wait_for("the first frame", is_drawn);
    assert_eq!(count(&terminal.bytes, PLACE) + count(&terminal.bytes, END), 0);
    leave(terminal);
}

#[test]
fn no_answer_comes_to_the_shell_as_if_typed() {
    let script = r#""$SHILU"; echo left; read -r line; printf '<%s>' "$line""#;
    let mut terminal = launch("sh").args(["-c", script]).start();
    terminal.wait_until("the question", |terminal| count(&terminal.bytes, END) == 1);
    terminal.wait_for("the first frame", is_drawn);
    let answers = answers(&terminal, narrow).concat();
    terminal.press(&format!("q{answers}"));
    terminal.wait_for("the shell", |screen| rows(screen)[0] == "left");
    terminal.press("next\n");
    terminal.wait_for_text("<next>");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_pipe_is_read_while_the_terminal_answers() {
    let script = r#"printf '2025-10-18 08:05\n\n主持人\n\n各位早上好。\n' | "$SHILU" -"#;
    let mut terminal = launch("sh").args(["-c", script]).start();
    terminal.wait_until("the question", |terminal| count(&terminal.bytes, END) == 1);
    answer(&mut terminal, wide);
    terminal.wait_for_text("各位早上好。");
    wait_for_rules(&mut terminal, "-");
    leave(terminal);
}

#[test]
fn leaving_does_not_wait_long() {
    let mut terminal = asking(&[]);
    let asked: Instant = now();
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
    assert!(asked.elapsed() < PATIENCE / 4, "{:?}", asked.elapsed());
}

/// What is typed in bytes, and what the answers among them say.
fn read(bytes: &[u8]) -> (Vec<Typed>, Replies) {
    let mut replies = Replies::default();
    let mut typed: Vec<_> = bytes.iter().filter_map(|&byte| replies.feed(byte)).collect();
    typed.extend(replies.pause());
    (typed, replies)
}

/// A piece of what a terminal may send.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(any::<u8>(), 1..6),
        "\\x1b\\[[0-9;?<>]{0,30}[@-~]".prop_map(String::into_bytes),
        "\\x1b[\\]P_X^O\\[]?".prop_map(String::into_bytes),
        "\\PC{1,3}".prop_map(String::into_bytes),
        Just(b"\x1b[200~".to_vec()),
        Just(b"\x1b[201~".to_vec()),
    ]
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(2000) })]

    #[test]
    fn no_bytes_are_more_than_keys(bytes in vec(piece(), 0..20)) {
        let (typed, replies) = read(&bytes.concat());
        for typed in typed {
            if let Typed::Key(Key { code: Code::Char(ch), .. }) = typed {
                prop_assert!(!ch.is_control(), "{ch:?}");
            }
        }
        let _ = replies.outcome();
    }

    #[test]
    fn whatever_is_typed_among_the_answers_is_kept(typed in vec("\\PC{0,3}", 14), cells in vec(0u16..9, 12)) {
        let answers = cells.iter().map(|cells| format!("\x1b[2;{}R", cells + 1)).chain(["\x1b[?6c".to_owned()]);
        let mixed: String = typed.iter().zip(answers).map(|(typed, answer)| typed.clone() + &answer).collect();
        let (kept, replies) = read(mixed.as_bytes());
        let key = |ch| Typed::Key(Key { code: Code::Char(ch), ctrl: false, alt: false, shift: false });
        prop_assert_eq!(kept, typed[..13].concat().chars().map(key).collect::<Vec<_>>());
        prop_assert!(replies.is_ended());
        prop_assert_eq!(matches!(replies.outcome(), Outcome::Found(_)), [1, 2].contains(&cells[0]));
    }
}
