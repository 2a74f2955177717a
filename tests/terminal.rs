//! The real program in a real terminal: what it draws, what it writes, and how it leaves.

#![cfg(unix)]

mod pty;
mod say;

use pty::{FRAME, Piece, SHILU, Terminal, count, last, launch, pieces, rows};
use regex::Regex;
use say::say;
use shilu::terminal::probe::question;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use vt100::{MouseProtocolMode, Screen};

const TITLE: &str = "全国图书馆年会";
const FIRST_SPEAKER: &str = "直播管理员";

/// What is switched on when the terminal is taken, and off when it is given back.
const MODES: [(&str, &str); 5] = [
    ("\x1b[?1049h", "\x1b[?1049l"),
    ("\x1b[?25l", "\x1b[?25h"),
    ("\x1b[?1002h", "\x1b[?1002l"),
    ("\x1b[?1006h", "\x1b[?1006l"),
    ("\x1b[?2004h", "\x1b[?2004l"),
];

/// The demo, opened and drawn.
fn demo() -> Terminal {
    drawn(launch(SHILU).start())
}

fn drawn(mut terminal: Terminal) -> Terminal {
    terminal.wait_for("the first frame", |screen| is_reading(screen) && !rows(screen)[0].is_empty());
    terminal
}

/// Whether the reader has the terminal.
fn is_reading(screen: &Screen) -> bool {
    screen.alternate_screen()
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern")
}

/// A file of a test, gone with it.
struct Fixture {
    folder: TempDir,
    path: PathBuf,
}

impl Fixture {
    fn new(name: &str, text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        Self { folder, path }
    }

    /// A live text of so many posts, a minute apart.
    fn record(posts: usize) -> Self {
        let mut text = "灯下 · 文字直播\n\n地点:江边\n\n".to_owned();
        for post in 0..posts {
            let (hour, minute, who) = (8 + post / 60 % 12, post % 60, ["主持人", "馆长陆知远"][post % 2]);
            let day = 1 + post / 720;
            let _ = write!(
                text,
                "2025-10-{day:02} {hour:02}:{minute:02}\n\n{who}\n\n第{post}条。灯都亮着,江上有雾。\n\n"
            );
        }
        Self::new("record.txt", &text)
    }
}

fn assert_as_found(terminal: &Terminal) {
    let screen = terminal.screen();
    assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
    assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::None);
    for (on, off) in MODES {
        let (taken, given) = (last(&terminal.bytes, on), last(&terminal.bytes, off));
        assert!(taken.is_some() && taken < given, "{on:?} at {taken:?}, {off:?} at {given:?}");
    }
    assert_eq!(terminal.termios(), terminal.found);
}

#[test]
fn the_demo_opens_at_every_usual_size() {
    for (columns, height) in [(80, 24), (120, 40), (40, 12)] {
        let mut terminal = drawn(launch(SHILU).size(columns, height).start());
        let rows = rows(terminal.screen());
        assert!(rows[0].starts_with(&format!(" {TITLE}")), "{}", terminal.text());
        let header = format!("▎08:05 {FIRST_SPEAKER}");
        assert!(rows.iter().any(|row| row.trim_start() == header), "{}", terminal.text());
        assert_eq!(rows.len(), usize::from(height));
        assert!(rows[usize::from(height) - 1].contains("? all keys"), "{}", terminal.text());
        terminal.press("q");
        assert_eq!(terminal.exit_code(), 0);
    }
}

#[test]
fn the_screen_speaks_the_language_of_the_locale() {
    let mut terminal = drawn(launch(SHILU).env("LC_ALL", "zh_CN.UTF-8").start());
    terminal.wait_for_text("q 退出");
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_source_is_not_read_from_where_keys_are_pressed() {
    let mut terminal = launch(SHILU).arg("-").start();
    terminal.wait_for_text("standard input is this terminal");
    assert_eq!(terminal.exit_code(), 2);
}

#[test]
fn without_a_terminal_for_keys_there_is_a_sentence() {
    let script = r#"setsid -w "$SHILU" </dev/null; echo "code $?""#;
    let mut terminal = launch("sh").args(["-c", script]).start();
    terminal.wait_for_text("code 1");
    assert!(terminal.text().contains("there is no terminal to press keys in"), "{}", terminal.text());
}

#[test]
fn what_comes_down_a_pipe_is_called_standard_input() {
    let mut terminal = launch("sh").args(["-c", r#"echo words | "$SHILU" -"#]).start();
    terminal
        .wait_for("the reader", |screen| is_reading(screen) && screen.contents().contains("standard input"));
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_window_that_is_too_small_shows_one_short_line() {
    for (locale, words) in [("zh_CN.UTF-8", "窗口太小"), ("C.UTF-8", "too small")] {
        let mut terminal = launch(SHILU).env("LC_ALL", locale).size(10, 4).start();
        terminal.wait_for_text(words);
        let filled: Vec<_> = rows(terminal.screen()).into_iter().filter(|row| !row.is_empty()).collect();
        assert_eq!(filled.len(), 1, "{}", terminal.text());
        terminal.press("q");
        assert_eq!(terminal.exit_code(), 0);
    }
}

#[test]
fn no_size_of_window_stops_it() {
    for (columns, rows) in [(1, 1), (0, 0), (0, 9), (1, 50), (300, 1), (2, 2), (20, 5), (19, 5)] {
        let mut terminal = launch(SHILU).size(columns, rows).start();
        terminal.wait_until("a frame", |terminal| terminal.frames() > 0);
        for key in ["j", "?", "\x1b", "@", "\x1b", "v", "/", "雾\r", "\x1b[<0;1;1M"] {
            terminal.press_and_wait(key);
        }
        terminal.resize(90, 25);
        terminal.wait_for_text(TITLE);
        terminal.press("q");
        assert_eq!(terminal.exit_code(), 0, "{columns}x{rows}");
    }
}

#[test]
fn q_leaves_the_terminal_as_it_was_found() {
    let mut terminal = demo();
    let screen = terminal.screen();
    assert!(screen.alternate_screen() && screen.hide_cursor() && screen.bracketed_paste());
    assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::ButtonMotion);
    assert_ne!(terminal.termios(), terminal.found);
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_as_found(&terminal);
    assert_eq!(terminal.text().trim(), "", "nothing is left on the normal screen");
}

#[test]
fn line_settings_are_the_same_for_the_shell_before_and_after() {
    let mut terminal =
        launch("sh").args(["-c", r#"stty -g; "$SHILU"; echo "code $?"; stty -g"#]).size(200, 24).start();
    terminal.wait_for("the reader", is_reading);
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
    let shown: Vec<_> = rows(terminal.screen()).into_iter().filter(|row| !row.is_empty()).collect();
    assert_eq!(shown.len(), 3, "{shown:?}");
    assert_eq!(shown[1], "code 0");
    assert_eq!(shown[0], shown[2]);
}

#[test]
fn a_signal_restores_the_terminal_and_is_told_by_the_exit_code() {
    for (name, code) in [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)] {
        let mut terminal = demo();
        terminal.signal(name);
        assert_eq!(terminal.exit_code(), code, "{name}");
        assert_as_found(&terminal);
    }
}

#[test]
fn a_panic_gives_the_terminal_back_before_its_report() {
    let mut terminal = drawn(launch(SHILU).env("SHILU_PANIC", "1").start());
    terminal.press("!");
    assert_eq!(terminal.exit_code(), 101);
    assert_as_found(&terminal);
    let rows = rows(terminal.screen());
    assert!(rows.iter().any(|row| row.starts_with("thread 'main'")), "{}", terminal.text());
    assert!(rows.iter().any(|row| row.starts_with("a panic was asked for")), "{}", terminal.text());
    let report = last(&terminal.bytes, "thread 'main'");
    assert!(last(&terminal.bytes, "\x1b[?1049l") < report);
}

#[test]
fn without_being_asked_to_it_does_not_panic() {
    let mut terminal = demo();
    terminal.press_and_wait("!");
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
}

/// Whether a shell waits for a command. What is typed before that, the reader may still take.
fn is_ready(screen: &Screen) -> bool {
    let shown = rows(screen).into_iter().rfind(|row| !row.is_empty());
    !is_reading(screen) && shown.is_some_and(|row| row == "ready>")
}

/// A shell with job control.
fn shell() -> Terminal {
    let mut shell = launch("bash")
        .args(["--norc", "--noprofile", "-i"])
        .env("PS1", "ready> ")
        .env("HISTFILE", "/dev/null")
        .start();
    shell.wait_for("the shell", is_ready);
    shell
}

/// Runs the reader under a shell, stops it, and goes on with it.
fn stop_and_continue(stop: impl Fn(&mut Terminal, u32)) {
    let fixture = Fixture::new("pid", "");
    let mut shell = shell();
    shell.press(&format!("(echo $BASHPID > '{}'; exec $SHILU)\n", fixture.path.display()));
    shell.wait_for("the reader", |screen| is_reading(screen) && screen.contents().contains(TITLE));
    let pid = std::fs::read_to_string(&fixture.path).expect("a number").trim().parse().expect("a number");

    stop(&mut shell, pid);
    shell.wait_for("the shell", |screen| is_ready(screen) && screen.contents().contains("Stopped"));
    assert!(!shell.screen().hide_cursor());
    assert_eq!(shell.screen().mouse_protocol_mode(), MouseProtocolMode::None);
    shell.press("clear; stty -a; echo done=$?\n");
    shell.wait_for("the settings", |screen| is_ready(screen) && screen.contents().contains("done=0"));
    let words = shell.text();
    let words: Vec<_> = words.split([' ', '\n', ';']).collect();
    assert!(words.contains(&"icanon") && words.contains(&"echo"), "{}", shell.text());

    shell.press("fg\n");
    shell.wait_for("the reader", |screen| is_reading(screen) && screen.contents().contains(TITLE));
    assert!(shell.screen().hide_cursor() && shell.screen().bracketed_paste());
    shell.press_and_wait("G");
    shell.wait_for_text("129/129");
    shell.press("q");
    shell.wait_for("the shell", is_ready);
    shell.press("clear; echo code=$?\n");
    shell.wait_for_text("code=0");
    shell.press("exit\n");
    shell.exit_code();
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_back() {
    stop_and_continue(|shell, _| shell.press("\x1a"));
}

#[test]
fn kill_tstp_gives_the_terminal_to_the_shell_and_fg_takes_it_back() {
    stop_and_continue(|_, pid| pty::signal(pid, "TSTP"));
}

#[test]
fn ctrl_z_stops_the_whole_pipeline() {
    let mut shell = shell();
    shell.press("(printf '2025-10-18 08:05\\n\\n主持人\\n\\n各位早上好。\\n'; exec sleep 60) | $SHILU -\n");
    shell.wait_for("the reader", |screen| is_reading(screen) && screen.contents().contains("各位早上好。"));
    shell.press("\x1a");
    shell.wait_for("the shell", |screen| is_ready(screen) && screen.contents().contains("Stopped"));
    shell.press("fg\n");
    shell.wait_for("the reader", is_reading);
    shell.press("\x03");
    shell.wait_for("the normal screen", |screen| !is_reading(screen));
}

#[test]
#[cfg(target_os = "linux")]
fn stopped_it_leaves_the_terminal_as_it_was_found() {
    let mut terminal = demo();
    let raw = terminal.termios();
    let before = terminal.text();
    for _ in 0..3 {
        terminal.signal("TSTP");
        terminal.wait_until("a stopped process", |terminal| state(terminal.pid) == 'T');
        terminal.wait_for("the normal screen", |screen| !is_reading(screen));
        assert_as_found(&terminal);
        terminal.signal("CONT");
        terminal.wait_until("the same screen, in raw mode", |terminal| {
            terminal.text() == before && terminal.termios() == raw
        });
    }
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_as_found(&terminal);
}

#[test]
#[cfg(target_os = "linux")]
fn continued_it_takes_the_terminal_whatever_became_of_it_meanwhile() {
    let mut terminal = demo();
    let raw = terminal.termios();
    terminal.signal("STOP");
    terminal.wait_until("a stopped process", |terminal| state(terminal.pid) == 'T');
    let settings = Command::new("stty").arg("-F").arg(terminal.device()).arg("sane").status();
    assert!(settings.unwrap().success());
    assert_ne!(terminal.termios(), raw);
    terminal.signal("CONT");
    terminal.wait_until("raw mode", |terminal| terminal.termios() == raw);
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
}

/// The state of a process: `S` asleep, `T` stopped.
#[cfg(target_os = "linux")]
fn state(pid: u32) -> char {
    let state = pty::proc_field(Path::new(&format!("/proc/{pid}/status")), "State");
    state.and_then(|state| state.chars().next()).unwrap_or('?')
}

/// How often the threads of a process have gone to sleep so far.
#[cfg(target_os = "linux")]
fn wake_ups(pid: u32) -> u64 {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).expect("a process has threads");
    let switches = |task: std::io::Result<std::fs::DirEntry>| -> u64 {
        let status = task.expect("a thread").path().join("status");
        let switches = pty::proc_field(&status, "voluntary_ctxt_switches").expect("a count");
        switches.parse().expect("a number")
    };
    tasks.map(switches).sum()
}

#[cfg(target_os = "linux")]
fn assert_asleep_for_five_seconds(mut terminal: Terminal) {
    // What was asked at the start is not answered: when that is no longer waited for, all is drawn once more.
    terminal.wait_until("all is drawn anew", |terminal| count(&terminal.bytes, "\x1b[2J") == 2);
    while !terminal.written_within(Duration::from_millis(200)).is_empty() {}
    let before = wake_ups(terminal.pid);
    let written = terminal.written_within(Duration::from_secs(5));
    assert_eq!(String::from_utf8_lossy(&written), "");
    assert_eq!(wake_ups(terminal.pid), before, "it woke up");
    assert!(before > 0);
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
#[cfg(target_os = "linux")]
fn paused_for_five_seconds_nothing_is_written_and_nothing_wakes() {
    assert_asleep_for_five_seconds(demo());
}

#[test]
#[cfg(target_os = "linux")]
fn paused_amid_a_replay_for_five_seconds_nothing_is_written_and_nothing_wakes() {
    let mut terminal = drawn(launch(SHILU).args(["--at", "15:14", "--play"]).start());
    terminal.wait_for_text("▶");
    terminal.press(" ");
    terminal.wait_for_text("‖");
    assert_asleep_for_five_seconds(terminal);
}

/// The first words of the post in focus: what stands beside its mark, below its header.
fn focused_words(screen: &Screen) -> Option<String> {
    let marked = |row: &String| row.trim_start().strip_prefix('▎').map(str::to_owned);
    let body = rows(screen).iter().filter_map(marked).nth(1)?;
    Some(body.trim().chars().take(8).collect())
}

/// The rows below the line between lanes and text.
fn text_pane(screen: &Screen) -> Vec<String> {
    rows(screen).into_iter().skip_while(|row| !row.starts_with('─')).skip(1).collect()
}

/// A reader a few exchanges into the demo, and the first words of the post in focus.
fn amid_the_demo() -> (Terminal, String) {
    let mut terminal = drawn(launch(SHILU).size(120, 40).start());
    let first = focused_words(terminal.screen()).expect("a post in focus");
    for _ in 0..4 {
        terminal.press_and_wait(")");
    }
    let words = focused_words(terminal.screen()).expect("a post in focus");
    assert_ne!(words, first);
    (terminal, words)
}

fn resize_and_find(terminal: &mut Terminal, (columns, height): (u16, u16), words: &str) {
    terminal.resize(columns, height);
    let last_row = usize::from(height) - 1;
    terminal.wait_for("the words in focus, on a whole screen", |screen| {
        !rows(screen)[last_row].is_empty() && focused_words(screen).is_some_and(|found| found == words)
    });
}

#[test]
fn resizing_keeps_the_reading_place() {
    let (mut terminal, words) = amid_the_demo();
    let before = terminal.text();
    for _ in 0..3 {
        resize_and_find(&mut terminal, (60, 20), &words);
        resize_and_find(&mut terminal, (120, 40), &words);
        terminal.wait_until("the same screen", |terminal| terminal.text() == before);
    }
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn resizing_to_any_size_keeps_the_reading_place() {
    let (mut terminal, words) = amid_the_demo();
    let before = text_pane(terminal.screen());
    for size in [(40, 12), (30, 8), (200, 50), (20, 9), (61, 13), (90, 60), (120, 40)] {
        resize_and_find(&mut terminal, size, &words);
    }
    terminal.wait_for("the same words", |screen| text_pane(screen) == before);
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn piped_input_leaves_the_keys_to_the_terminal() {
    let script = r#"printf '2025-10-18 08:05\n\n主持人\n\n各位早上好。\n' | "$SHILU" -"#;
    let mut terminal = launch("sh").args(["-c", script]).start();
    terminal.wait_for_text("各位早上好。");
    terminal.press_and_wait("?");
    terminal.wait_for_text("Keys");
    terminal.press_and_wait("q");
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_as_found(&terminal);
}

/// Runs the program without a terminal.
fn run(args: &[&str], output: Stdio) -> Output {
    let mut command = Command::new(SHILU);
    command.env("LC_ALL", "C.UTF-8").env("TERM", "xterm-256color").args(args);
    let child = command.stdin(Stdio::null()).stdout(output).stderr(Stdio::piped()).spawn();
    child.and_then(std::process::Child::wait_with_output).expect("the program runs")
}

#[test]
fn output_that_is_no_terminal_is_the_text_itself() {
    let fixture = Fixture::record(3);
    let file = fixture.path.to_str().unwrap();
    for (args, words) in [(&[][..], TITLE), (&[file], "灯都亮着,江上有雾。"), (&["--play", file], "陆知远")]
    {
        let output = run(args, Stdio::piped());
        assert_eq!(output.status.code(), Some(0));
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains(words), "{text}");
        assert!(!text.chars().any(|ch| ch.is_control() && ch != '\n'), "{text:?}");
        assert!(output.stderr.is_empty());
    }
}

#[test]
fn a_reader_that_has_left_is_quiet_success() {
    let fixture = Fixture::record(3000);
    let file = fixture.path.to_str().unwrap();
    for args in [
        &["print", file][..],
        &["play", "--dry-run", "--json", file],
        &["play", "--dry-run", file],
        &["export", "--to", "json", file],
        &["export", "--to", "jsonl", file],
        &["export", "--to", "txt", file],
        &["info", file],
        &["info", "--json", file],
        &["completions", "bash"],
        &["man"],
        &[file],
        &[],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = run(args, writer.into());
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
    }
}

#[test]
fn a_pipeline_whose_end_does_not_read_succeeds() {
    let fixture = Fixture::record(3000);
    for command in ["print", "play --dry-run --json", "export --to json", "info"] {
        let script = format!(r#"set -o pipefail; "{SHILU}" {command} "{}" | true"#, fixture.path.display());
        let output = Command::new("bash").args(["-c", &script]).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{command}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{command}");
    }
}

/// The cells of a row that are reversed, as text.
fn reversed(screen: &Screen, row: u16) -> String {
    let cells = (0..screen.size().1.get()).filter_map(|column| screen.cell(row, column));
    cells.filter(|cell| cell.inverse()).map(vt100::Cell::contents).collect()
}

fn all_reversed(screen: &Screen) -> Vec<String> {
    let rows = 0..screen.size().0.get();
    rows.map(|row| reversed(screen, row)).filter(|text| !text.is_empty()).collect()
}

/// The numbers of every rendition that was set.
fn renditions(bytes: &[u8]) -> Vec<String> {
    let rendition = |piece| match piece {
        Piece::Csi(body, 'm') => Some(body),
        _ => None,
    };
    pieces(bytes).into_iter().filter_map(rendition).collect()
}

#[test]
fn without_colour_what_is_chosen_is_reversed() {
    let coloured = pattern(r"(^|;)([34][0-8]|9\d|10\d)(;|$)");
    for launch in [launch(SHILU).env("NO_COLOR", "1"), launch(SHILU).arg("--no-color")] {
        let mut terminal = drawn(launch.start());
        assert_eq!(all_reversed(terminal.screen()), [""; 0]);
        terminal.press("@");
        terminal.wait_for_text("Find a speaker");
        let chosen = all_reversed(terminal.screen());
        assert!(chosen.len() == 1 && chosen[0].contains(FIRST_SPEAKER), "{chosen:?}");
        terminal.press("\x1b[B");
        terminal.wait_for("the second speaker chosen", |screen| {
            all_reversed(screen).first().is_some_and(|row| row.contains("主持人"))
        });
        assert_eq!(all_reversed(terminal.screen()).len(), 1);
        terminal.press_and_wait("\x1b");
        terminal.press("/馄饨\r");
        terminal.wait_for("the hit", |screen| all_reversed(screen) == ["馄饨"]);
        terminal.press("q");
        assert_eq!(terminal.exit_code(), 0);
        let renditions = renditions(&terminal.bytes);
        let reverse = |numbers: &String| numbers.split(';').any(|number| number == "7");
        assert!(renditions.iter().any(reverse), "{renditions:?}");
        assert!(!renditions.iter().any(|numbers| coloured.is_match(numbers)), "{renditions:?}");
    }
}

#[test]
fn the_terminal_going_away_ends_it() {
    let mut terminal = demo();
    let code = terminal.hang_up(Duration::from_secs(2));
    assert!([1, 129].contains(&code), "{code}");
}

#[test]
fn the_terminal_going_away_ends_it_even_without_a_signal() {
    let mut terminal = drawn(launch(SHILU).without_controlling_terminal().start());
    let code = terminal.hang_up(Duration::from_secs(2));
    assert!([1, 129].contains(&code), "{code}");
}

#[test]
fn the_terminal_going_away_ends_a_replay() {
    let fixture = Fixture::record(3000);
    let mut terminal = drawn(launch(SHILU).args(["--play", "--speed", "600"]).arg(&fixture.path).start());
    let code = terminal.hang_up(Duration::from_secs(2));
    assert!([1, 129].contains(&code), "{code}");
}

/// Between taking the terminal and giving it back there are whole synchronized updates, and nothing else.
fn assert_synchronized(terminal: &Terminal) {
    let text = std::str::from_utf8(&terminal.bytes).expect("only UTF-8 is written");
    let (taken, rest) = text.split_once(FRAME.0).expect("a frame");
    let (frames, given) = rest.rsplit_once(FRAME.1).expect("a frame");
    let frames = frames.strip_suffix(FRAME.1).expect("the last frame is whole");
    for frame in frames.split(&format!("{}{}", FRAME.1, FRAME.0)) {
        assert_eq!(count(frame.as_bytes(), "\x1b[?2026"), 0, "{frame:?}");
    }
    for (on, off) in MODES {
        assert_eq!((count(taken.as_bytes(), on), count(given.as_bytes(), off)), (1, 1));
    }
    let drawn = |text: &str| pieces(text.as_bytes()).iter().any(|piece| matches!(piece, Piece::Text(_)));
    assert!(!drawn(taken) && !drawn(given));
}

#[test]
fn every_frame_is_one_synchronized_update() {
    let mut terminal = demo();
    for keys in ["j", "G", "gg", "@", "\x1b[B", "\x1b", "?", "q", "v", "t", "v", " ", "}", "/灯\r", "n", "E"]
    {
        terminal.press_and_wait(keys);
    }
    terminal.resize(100, 30);
    terminal.wait_for_text(TITLE);
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
    assert!(terminal.frames() > 16);
    assert_synchronized(&terminal);
}

/// Only characters that show, and only the sequences of this list, reach the terminal.
fn assert_harmless(terminal: &Terminal) {
    let place = pattern(r"^(\d+(;\d+)?)?$");
    let count = pattern(r"^\d*$");
    let region = pattern(r"^(\d+;\d+)?$");
    let one = r"(0|[12347]|2[2347]|3[0-79]|4[0-79]|9[0-7]|10[0-7]|[34]8;5;\d+)";
    let rendition = pattern(&format!("^({one}(;{one})*)?$"));
    let modes = ["?1049", "?1002", "?1006", "?2004", "?25", "?2026"];
    let text = std::str::from_utf8(&terminal.bytes).expect("only UTF-8 is written");
    let (before, after) = text.split_once(&question()).expect("the terminal is asked");
    for piece in pieces(before.as_bytes()).into_iter().chain(pieces(after.as_bytes())) {
        let allowed = match &piece {
            Piece::Text(ch) => !is_deceptive(*ch),
            Piece::Csi(body, 'H') => place.is_match(body),
            Piece::Csi(body, 'm') => rendition.is_match(body),
            Piece::Csi(body, 'C' | 'D' | 'L' | 'M') => count.is_match(body),
            Piece::Csi(body, 'r') => region.is_match(body),
            Piece::Csi(body, 'K') => body.is_empty(),
            Piece::Csi(body, 'J') => body == "2",
            Piece::Csi(body, 'h' | 'l') => modes.contains(&body.as_str()),
            Piece::Control(control) => ["\r", "\n", "\x08"].contains(&control.as_str()),
            Piece::Csi(..) => false,
        };
        assert!(allowed, "{piece:?}");
    }
}

/// Characters that are not seen, or that change the order of what is seen.
fn is_deceptive(ch: char) -> bool {
    matches!(ch, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

const HOSTILE: &str = "甲\x1b]0;evil\x07乙\x1b[2J丙\u{9b}31m丁\u{202e}戊\0己\x1bP1$r\x1b\\庚\x1b[6n\x7f\u{85}辛\u{200b}\u{e0041}";

#[test]
fn a_hostile_record_sends_no_control_to_the_terminal() {
    for text in [
        format!(
            "灯下\n\n2025-10-18 08:05\n\n主持人\n\n{HOSTILE}\n\n2025-10-18 08:06\n\n馆长陆知远\n\n{HOSTILE}\n"
        ),
        format!(
            "{HOSTILE}\n\n地点:{HOSTILE}\n\n2025-10-18 08:05\n\n主持人{HOSTILE}\n\n话\n\n2025-10-18 08:06\n\n主持人{HOSTILE}\n\n话\n"
        ),
        HOSTILE.to_owned(),
    ] {
        let fixture = Fixture::new("evil\x1b]0;evil\x07\x1b[31m\u{202e}.txt", &text);
        let mut terminal = drawn(launch(SHILU).arg(&fixture.path).start());
        terminal.wait_for_text("␛");
        for keys in ["j", "J", "@", "\x1b[B", "\r", "v", "v", "t", "?", "q", "/evil\r", "n", "w", "\t", "1"] {
            terminal.press_and_wait(keys);
        }
        terminal.resize(30, 10);
        terminal.wait_for("a whole screen", |screen| !rows(screen)[9].is_empty());
        terminal.press("q");
        assert_eq!(terminal.exit_code(), 0);
        assert_harmless(&terminal);
        assert_as_found(&terminal);
    }
}

#[test]
fn a_hostile_name_sends_no_control_to_the_terminal_when_the_file_is_missing() {
    let fixture = Fixture::new("there", "");
    let missing = fixture.folder.path().join("evil\x1b]0;evil\x07\x1b[31m\u{9b}2J\u{202e}.txt");
    for args in [&[][..], &["print"], &["info"], &["--at", "\x1b]0;evil\x07"]] {
        let mut terminal = launch(SHILU).args(args.iter().copied()).arg(&missing).start();
        assert_ne!(terminal.exit_code(), 0);
        let shown = pieces(&terminal.bytes);
        let harmless = |piece: &Piece| match piece {
            Piece::Text(ch) => !is_deceptive(*ch),
            Piece::Control(control) => ["\r", "\n"].contains(&control.as_str()),
            Piece::Csi(..) => false,
        };
        assert!(shown.iter().all(harmless), "{args:?} {shown:?}");
        assert!(terminal.text().contains("␛"), "{}", terminal.text());
    }
}

#[test]
fn the_demo_sends_no_control_to_the_terminal() {
    let mut terminal = demo();
    for keys in ["G", "@", "\x1b", "?", "q", "v", "v", "v", "t", "t", "t", "t", "/灯\r", "n", " ", "+", "\t"]
    {
        terminal.press_and_wait(keys);
    }
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_harmless(&terminal);
}

#[test]
fn pasting_into_a_prompt_is_text_without_controls() {
    for (open, shown) in [("/", "search/a[31mq"), (":", "go to: a[31mq"), ("@", "@a[31mq")] {
        let mut terminal = demo();
        terminal.press_and_wait(open);
        terminal.paste("a\x1b[31m\nq");
        terminal.wait_for_text(shown);
        assert_harmless(&terminal);
        terminal.press_and_wait("\x1b");
        terminal.wait_for("the prompt closed", |screen| !screen.contents().contains(shown));
        terminal.press("q");
        assert_eq!(terminal.exit_code(), 0);
        assert_harmless(&terminal);
    }
}

#[test]
fn pasting_into_the_text_does_nothing() {
    let mut terminal = demo();
    terminal.press_and_wait("J");
    let before = terminal.text();
    for text in ["q", "a\x1b[31m\nq", "G", "\x03", "/灯\n"] {
        terminal.paste(text);
        assert_eq!(terminal.text(), before, "{text:?}");
    }
    terminal.press("?");
    terminal.wait_for_text("Keys");
    terminal.press_and_wait("q");
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_late_answer_to_another_program_is_no_key() {
    for answer in
        ["\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", "\x1b]11;rgb:1e1e/1e1e/1e1e\x07", "\x1bP>|XTerm(379)\x1b\\"]
    {
        let mut terminal = demo();
        terminal.press_and_wait("J");
        terminal.press(answer);
        terminal.press_and_wait("J");
        terminal.wait_until("the post after the next", |terminal| terminal.text().contains("3/129"));
        terminal.press("q");
        assert_eq!(terminal.exit_code(), 0, "{answer:?}");
    }
}

/// How many posts a replay has revealed, by the first row.
fn revealed(screen: &Screen) -> usize {
    let position = pattern(r"(\d+)/24\b");
    let row = rows(screen).swap_remove(0);
    position.captures(&row).and_then(|found| found[1].parse().ok()).unwrap_or(0)
}

#[test]
fn a_replay_reveals_posts_as_time_passes_and_ends_by_itself() {
    let fixture = Fixture::record(24);
    let mut terminal = drawn(launch(SHILU).args(["--play", "--speed", "600"]).arg(&fixture.path).start());
    terminal.wait_for("the speed", |screen| rows(screen)[0].contains("▶ 600×"));
    let mut seen = revealed(terminal.screen());
    for _ in 0..5 {
        terminal.wait_for("a further post", |screen| revealed(screen) > seen);
        seen = revealed(terminal.screen());
    }
    assert!(seen < 24, "{}", terminal.text());
    assert!(!terminal.text().contains("第23条"));
    terminal.wait_for_text("the replay is over");
    terminal.wait_for_text("第23条");
    terminal.press("?");
    terminal.wait_for_text("Keys");
    terminal.press_and_wait("q");
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_synchronized(&terminal);
}

#[test]
fn a_real_record_opens_if_it_is_there() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/transcripts/quality-2018.txt");
    let cases = usize::from(path.is_file());
    if cases > 0 {
        let mut terminal = drawn(launch(SHILU).size(120, 40).arg(&path).start());
        for keys in ["G", "gg", ")", "]", "/质量\r", "n", " ", "E", "v", "v"] {
            terminal.press_and_wait(keys);
        }
        terminal.press("q");
        assert_eq!(terminal.exit_code(), 0);
        assert_as_found(&terminal);
        assert_harmless(&terminal);
    }
    say(&format!("shared records opened: {cases}"));
}
