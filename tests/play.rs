//! `shilu play`: what it writes, when it ends, and what keys and signals do in a real terminal.

#![cfg(unix)]

mod pty;

use pty::{Piece, SHILU, Terminal, last, launch, now, pieces, rows, signal};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// Two days of live text: stamps that are shared, a turn that goes on, silences.
const TEXT: &str = "\
灯下 · 文字直播

2025-10-18 08:05

直播管理员

各位网友早上好,江上有雾。

2025-10-18 08:05

主持人

先请陆馆长说说,这盏灯为什么关得最晚?

2025-10-18 08:07

云江市图书馆馆长陆知远

准确地说,是全市第二晚。最晚的是马路对面那家馄饨店,读者都端着书去那儿坐。
第二天还回来的书里,偶尔夹着一粒葱花。

2025-10-18 08:07

云江市图书馆馆长陆知远

我们就没有再关过。

2025-10-18 12:30

主持人

下午好。

2025-10-19 09:00

云江市图书馆馆长陆知远

灯还亮着。
";

/// Two posts, a minute apart.
const MINUTE: &str =
    "2025-10-18 08:05\n主持人\n各位网友早上好,江上有雾。\n2025-10-18 08:06\n主持人\n过了一分钟。\n";

/// A file of a test, gone with it.
struct Fixture {
    _folder: TempDir,
    path: PathBuf,
}

impl Fixture {
    fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("record.txt");
        std::fs::write(&path, text).expect("a file");
        Self { _folder: folder, path }
    }

    /// The program on this file.
    fn play(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(SHILU);
        command.arg("play").arg(&self.path).args(arguments).env_clear().env("LC_ALL", "zh_CN.UTF-8");
        command
    }

    /// What it writes in an environment without a terminal, and its exit code.
    fn written(&self, arguments: &[&str]) -> (String, Option<i32>) {
        let output = self.play(arguments).stdin(Stdio::null()).output().expect("the program runs");
        (String::from_utf8(output.stdout).expect("UTF-8"), output.status.code())
    }

    /// The numbers of the posts that are chosen.
    fn chosen(&self, arguments: &[&str]) -> Vec<i64> {
        let (text, code) = self.written(&[&["--dry-run", "--json"], arguments].concat());
        assert_eq!(code, Some(0), "{arguments:?}");
        let line =
            |line| serde_json::from_str::<Value>(line).expect("JSON")["id"].as_i64().expect("a number");
        text.lines().map(line).collect()
    }

    /// The program on this file in a terminal, with its first post shown.
    fn in_terminal(&self, arguments: &[&str]) -> Terminal {
        let path = self.path.to_str().expect("a path in UTF-8");
        let launch = launch(SHILU).args(["play", path]).args(arguments.iter().copied());
        let mut terminal = launch.env("LC_ALL", "zh_CN.UTF-8").start();
        terminal.wait_for_text("各位网友早上好,江上有雾。");
        terminal
    }
}

#[test]
fn plain_text_has_a_header_for_each_turn_and_a_row_for_each_silence() {
    let (text, code) = Fixture::new(TEXT).written(&["--dry-run", "--width", "30"]);
    let expected = "\
2025年10月18日 星期六

08:05 直播管理员
各位网友早上好,江上有雾。

≈08:05 主持人
先请陆馆长说说,这盏灯为什么关
得最晚?

08:07 云江市图书馆馆长陆知远
准确地说,是全市第二晚。最晚的
是马路对面那家馄饨店,读者都端
着书去那儿坐。
    第二天还回来的书里,偶尔夹
着一粒葱花。
≈08:07
我们就没有再关过。

静默 4 小时 23 分

12:30 主持人
下午好。

静默 20 小时 30 分
2025年10月19日 星期日

09:00 云江市图书馆馆长陆知远
灯还亮着。
";
    assert_eq!((text.as_str(), code), (expected, Some(0)));
}

#[test]
fn for_the_ear_each_post_is_one_line_and_a_silence_a_sentence() {
    let fixture = Fixture::new(TEXT);
    let expected = "\
2025年10月18日 星期六。
08:05 直播管理员：各位网友早上好,江上有雾。
08:05 主持人：先请陆馆长说说,这盏灯为什么关得最晚?
08:07 陆知远：准确地说,是全市第二晚。最晚的是马路对面那家馄饨店,读者都端着书去那儿坐。 第二天还回来的书里,偶尔夹着一粒葱花。
08:07 陆知远：我们就没有再关过。
静默 4 小时 23 分。
12:30 主持人：下午好。
静默 20 小时 30 分。
2025年10月19日 星期日。
09:00 陆知远：灯还亮着。
";
    assert_eq!(fixture.written(&["--dry-run", "--linear"]).0, expected);
    let english = "\
Saturday 18 October 2025.
08:05 主持人: 先请陆馆长说说,这盏灯为什么关得最晚?
Silence for 4 h 23 min.
12:30 主持人: 下午好。
";
    let (text, _) = fixture.written(&["--dry-run", "--linear", "--lang", "en", "--speaker", "主持人"]);
    assert_eq!(text, english);
}

#[test]
fn a_line_of_json_tells_a_post_to_programs() {
    let (text, _) = Fixture::new(TEXT).written(&["--dry-run", "--json", "--since", "#4", "--until", "#4"]);
    let expected = "{\"at_ms\":120000,\"show_ms\":171044,\"estimated\":true,\"id\":4,\"speaker\":3,\
                    \"label\":\"云江市图书馆馆长陆知远\",\"name\":\"陆知远\",\"kind\":\"answer\",\
                    \"body\":[\"我们就没有再关过。\"]}\n";
    assert_eq!(text, expected);
}

#[test]
fn posts_are_chosen_by_speaker_and_by_place() {
    let fixture = Fixture::new(TEXT);
    for (arguments, ids) in [
        (&[][..], &[1, 2, 3, 4, 5, 6][..]),
        (&["--speaker", "陆知远"], &[3, 4, 6]),
        (&["--speaker", "lzy", "--speaker", "直播管理员"], &[1, 3, 4, 6]),
        (&["--since", "08:06"], &[3, 4, 5, 6]),
        (&["--since", "８：０７", "--until", "12:30"], &[3, 4, 5]),
        (&["--until", "08:05"], &[1, 2]),
        (&["--until", "07:00"], &[]),
        (&["--since", "2025-10-19T00:00", "--until", "09:00"], &[6]),
        (&["--since", "2025-10-20T08:00"], &[]),
        (&["--since", "#2", "--until", "50%"], &[2, 3, 4]),
        (&["--since", "@陆知远", "--speaker", "主持人"], &[5]),
        (&["--since", "12:30", "--until", "08:05"], &[]),
    ] {
        assert_eq!(fixture.chosen(arguments), ids, "{arguments:?}");
    }
}

#[test]
fn who_and_what_is_not_there_is_said_in_one_sentence() {
    let fixture = Fixture::new(TEXT);
    for (arguments, words) in [
        (["--speaker", "王五"], "--speaker 王五: 没有这位发言人"),
        (["--since", "哪里"], "--since 哪里: 不是位置"),
        (["--until", "#7"], "--until #7: 实录里没有这个位置"),
    ] {
        let output = fixture.play(&arguments).output().expect("the program runs");
        let err = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!((output.status.code(), err.lines().count()), (Some(2), 1), "{err}");
        assert!(err.contains(words) && output.stdout.is_empty(), "{err}");
    }
    let timeless = Fixture::new("灯还亮着。\n");
    assert_eq!(
        timeless.written(&["--since", "08:00"]).1,
        Some(2),
        "a record without a clock has no such place"
    );
}

#[test]
fn a_replay_begins_with_the_first_chosen_post_and_keeps_what_the_schedule_says() {
    let begun = now();
    let pacing = ["--speed", "10000", "--gaps", "cap", "--idle-limit", "1h"];
    let (text, code) = Fixture::new(TEXT).written(&[&["--linear", "--since", "12:30"][..], &pacing].concat());
    assert_eq!((text.lines().count(), code), (5, Some(0)), "{text}");
    // An hour of silence is left of twenty; that before 12:30 is not waited for.
    let took = begun.elapsed();
    assert!(took >= Duration::from_millis(360) && took < Duration::from_millis(720), "{took:?}");
}

/// A process that is played into a pipe, and what it has written: its first line is waited for.
fn piped(fixture: &Fixture, arguments: &[&str]) -> (Child, BufReader<std::process::ChildStdout>) {
    let mut child =
        fixture.play(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("a start");
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut line = String::new();
    out.read_line(&mut line).expect("a line");
    assert!(line.starts_with("2025年"), "{line}");
    (child, out)
}

#[test]
fn a_reader_who_leaves_is_noticed_at_once_and_is_no_error() {
    let fixture = Fixture::new(TEXT);
    let (mut child, out) = piped(&fixture, &["--linear", "--speed", "0.1"]);
    drop(out);
    // The next post would come in minutes.
    let begun = now();
    assert_eq!(child.wait().expect("an end").code(), Some(0));
    assert!(begun.elapsed() < pty::PATIENCE);
}

#[test]
fn a_signal_ends_it_behind_whole_lines() {
    let fixture = Fixture::new(TEXT);
    for (name, code) in [("HUP", 129), ("INT", 130), ("TERM", 143)] {
        let (mut child, mut out) = piped(&fixture, &["--linear", "--speed", "0.1"]);
        signal(child.id(), name);
        let mut rest = String::new();
        out.read_to_string(&mut rest).expect("text");
        assert_eq!(child.wait().expect("an end").code(), Some(code), "{name}");
        assert_eq!(rest, "08:05 直播管理员：各位网友早上好,江上有雾。\n", "{name}");
    }
}

#[test]
fn a_signal_ends_it_though_nobody_takes_what_it_writes() {
    let fixture = Fixture::new(&TEXT.replace("江上有雾", &"灯".repeat(100_000)));
    // Where its first line is read, the rest of the post waits for a reader.
    let (mut child, _out) = piped(&fixture, &["--format", "zhibo", "--linear", "--speed", "0.1"]);
    signal(child.id(), "TERM");
    assert_eq!(child.wait().expect("an end").code(), Some(143));
}

#[test]
#[cfg(target_os = "linux")]
fn what_it_was_told_to_ignore_does_not_end_it() {
    let fixture = Fixture::new(TEXT);
    let mut child = Command::new("sh")
        .args(["-c", "trap '' HUP; exec \"$0\" play \"$1\" --linear --speed 0.1", SHILU])
        .arg(&fixture.path)
        .env_clear()
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a start");
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    out.read_line(&mut String::new()).expect("a line");
    signal(child.id(), "HUP");
    signal(child.id(), "HUP");
    signal(child.id(), "TERM");
    assert_eq!(child.wait().expect("an end").code(), Some(143));
}

#[test]
fn standard_input_is_played() {
    let mut child = Command::new(SHILU)
        .args(["play", "-", "--linear", "--speed", "10000", "--gaps", "skip"])
        .env_clear()
        .env("LC_ALL", "zh_CN.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a start");
    child.stdin.take().expect("a pipe").write_all(TEXT.as_bytes()).expect("a reader");
    let output = child.wait_with_output().expect("an end");
    assert!(output.status.success());
    assert!(String::from_utf8(output.stdout).unwrap().ends_with("\n09:00 陆知远：灯还亮着。\n"));
}

/// Nothing is left on the screen but text, and the terminal is as it was.
fn assert_as_found(terminal: &Terminal) {
    assert_eq!(terminal.termios(), terminal.found);
    assert!(!terminal.text().contains(['‖', '▶']), "{}", terminal.text());
}

#[test]
fn keys_pause_it_change_its_speed_and_show_the_next_post() {
    let fixture = Fixture::new(TEXT);
    let mut terminal = fixture.in_terminal(&["--speed", "0.1"]);
    assert_ne!(terminal.termios(), terminal.found, "keys come one by one");
    for (keys, shown) in [
        (" ", "‖ 0.1× 暂停"),
        (".", "先请陆馆长说说"),
        // Full-width, as an input method types it.
        ("．", "准确地说"),
        (" ", "▶ 0.1×"),
        ("}", "▶ 0.2×"),
        ("\x7f", "▶ 1×"),
        ("{", "▶ 0.5×"),
        // A silence is told when it begins.
        (">", "静默 4 小时 23 分"),
        ("》", "下午好。"),
        ("　", "‖ 0.5× 暂停"),
    ] {
        terminal.press(keys);
        terminal.wait_for_text(shown);
    }
    terminal.press("gj？");
    terminal.wait_for_text("Space 播放 / 暂停  q 退出");
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_as_found(&terminal);
    let text = terminal.text();
    let found: Vec<_> = text.lines().map(str::trim_end).collect();
    assert_eq!(found[2..5], ["08:05 直播管理员", "各位网友早上好,江上有雾。", ""], "{text}");
    assert_eq!(found.iter().rfind(|row| !row.is_empty()), Some(&"静默 20 小时 30 分"), "{text}");
}

#[test]
fn a_word_about_the_replay_leaves_with_the_next_post() {
    let mut terminal = Fixture::new(TEXT).in_terminal(&["--speed", "0.1"]);
    terminal.press("}");
    terminal.wait_for_text("▶ 0.2×");
    terminal.press(".");
    terminal.wait_for_text("先请陆馆长说说");
    assert!(!terminal.text().contains('▶'), "{}", terminal.text());
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn for_the_ear_nothing_moves_the_cursor_and_nothing_has_colour() {
    let mut terminal = Fixture::new(TEXT).in_terminal(&["--linear", "--speed", "0.1"]);
    terminal.press(" ");
    terminal.wait_for_text("暂停");
    terminal.press(".");
    terminal.wait_for_text("08:05 主持人：");
    terminal.press("}");
    terminal.press(" ");
    terminal.wait_for_text("播放 0.2×");
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
    let strange = |piece: &Piece| {
        !matches!(piece, Piece::Text(_)) && !matches!(piece, Piece::Control(end) if "\r\n".contains(end))
    };
    assert_eq!(pieces(&terminal.bytes).into_iter().find(strange), None);
}

#[test]
fn colours_and_passing_words_are_all_that_is_sent_beside_text() {
    let fixture = Fixture::new(TEXT);
    let mut terminal = fixture.in_terminal(&["--speed", "0.1"]);
    terminal.press(" ");
    terminal.wait_for_text("暂停");
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
    let found = pieces(&terminal.bytes);
    assert!(found.iter().any(|piece| matches!(piece, Piece::Csi(_, 'm'))));
    for piece in found {
        let known = match &piece {
            Piece::Text(_) => true,
            Piece::Control(end) => ["\r", "\n"].contains(&end.as_str()),
            Piece::Csi(body, end) => *end == 'm' || *end == 'K' && body.is_empty(),
        };
        assert!(known, "{piece:?}");
    }
}

#[test]
fn rows_follow_the_width_of_the_terminal_up_to_a_comfortable_measure() {
    let fixture = Fixture::new(&TEXT.replace("我们就没有再关过。", &"灯".repeat(90)));
    for (columns, lamps) in [(160, 36), (30, 15)] {
        let mut terminal = fixture.in_terminal(&["--speed", "0.1"]);
        terminal.resize(columns, 40);
        terminal.press("..");
        terminal.wait_for_text("一粒葱花。");
        terminal.press(".");
        terminal.wait_for("rows of that width", |screen| rows(screen).contains(&"灯".repeat(lamps)));
        terminal.press("q");
        assert_eq!(terminal.exit_code(), 0);
    }
}

#[test]
fn ctrl_c_and_signals_leave_the_terminal_as_it_was_found() {
    let fixture = Fixture::new(TEXT);
    for (name, code) in [("", 130), ("HUP", 129), ("INT", 130), ("TERM", 143)] {
        let mut terminal = fixture.in_terminal(&["--speed", "0.1"]);
        terminal.press(" ");
        terminal.wait_for_text("暂停");
        if name.is_empty() {
            terminal.press("\x03");
        } else {
            terminal.signal(name);
        }
        assert_eq!(terminal.exit_code(), code, "{name}");
        assert_as_found(&terminal);
    }
}

#[test]
fn a_panic_leaves_the_terminal_as_it_was_found() {
    let path = Fixture::new(TEXT);
    let launch = launch(SHILU).args(["play", path.path.to_str().unwrap(), "--speed", "0.1"]);
    let mut terminal = launch.env("SHILU_PANIC", "1").start();
    terminal.wait_for_text("各位网友早上好");
    terminal.press("!");
    assert_eq!(terminal.exit_code(), 101);
    assert!(last(&terminal.bytes, "a panic was asked for").is_some());
    assert_as_found(&terminal);
}

#[test]
fn a_terminal_that_goes_away_ends_it() {
    let mut terminal = Fixture::new(TEXT).in_terminal(&["--speed", "0.1"]);
    let code = terminal.hang_up(pty::PATIENCE);
    // Either word of it may come first: that of the kernel, or that nothing can be read.
    assert!([129, 1].contains(&code), "{code}");
}

#[test]
#[cfg(target_os = "linux")]
fn stopped_it_gives_the_terminal_back_and_its_time_stands() {
    let mut terminal = Fixture::new(MINUTE).in_terminal(&["--speed", "60"]);
    let single = terminal.termios();
    terminal.signal("TSTP");
    terminal.wait_until("a stopped process", |terminal| state(terminal.pid) == 'T');
    assert_eq!(terminal.termios(), terminal.found);
    // As long as the minute would take.
    assert_eq!(terminal.written_within(Duration::from_secs(1)), b"");
    let continued = now();
    terminal.signal("CONT");
    terminal.wait_until("single keys again", |terminal| terminal.termios() == single);
    terminal.wait_for_text("过了一分钟。");
    assert!(continued.elapsed() > Duration::from_millis(200), "{:?}", continued.elapsed());
    assert_eq!(terminal.exit_code(), 0);
    assert_as_found(&terminal);
}

/// The state of a process: `S` asleep, `T` stopped.
#[cfg(target_os = "linux")]
fn state(pid: u32) -> char {
    let state = pty::proc_field(format!("/proc/{pid}/status").as_ref(), "State");
    state.and_then(|state| state.chars().next()).unwrap_or('?')
}

/// How often the threads of a process have gone to sleep so far.
#[cfg(target_os = "linux")]
fn wake_ups(pid: u32) -> u64 {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).expect("a process has threads");
    let status = |task: std::io::Result<std::fs::DirEntry>| task.expect("a thread").path().join("status");
    let count = |path: PathBuf| pty::proc_field(&path, "voluntary_ctxt_switches").expect("a count");
    tasks.map(|task| count(status(task)).parse::<u64>().expect("a number")).sum()
}

#[test]
#[cfg(target_os = "linux")]
fn paused_and_in_a_silence_nothing_wakes() {
    let fixture = Fixture::new(TEXT);
    for keys in [" ", "}"] {
        let mut terminal = fixture.in_terminal(&["--speed", "0.1"]);
        terminal.press(keys);
        terminal.wait_for_text("×");
        while !terminal.written_within(Duration::from_millis(200)).is_empty() {}
        let before = wake_ups(terminal.pid);
        assert_eq!(terminal.written_within(Duration::from_secs(2)), b"");
        assert_eq!(wake_ups(terminal.pid), before, "it woke up");
        terminal.press("q");
        assert_eq!(terminal.exit_code(), 0);
    }
}

/// A shell with job control.
fn shell() -> Terminal {
    let mut shell = launch("bash")
        .args(["--norc", "--noprofile", "-i"])
        .env("PS1", "ready> ")
        .env("HISTFILE", "/dev/null")
        .env("LC_ALL", "C.UTF-8")
        .start();
    shell.wait_for_text("ready>");
    shell
}

#[test]
fn in_the_background_keys_are_left_to_the_shell_and_it_is_not_stopped() {
    let fixture = Fixture::new(TEXT);
    let mut shell = shell();
    shell.press(&format!("$SHILU play '{}' --speed 0.1 &\n", fixture.path.display()));
    shell.wait_for_text("各位网友早上好");
    shell.press("echo $((6 * 7)). q; jobs\n");
    shell.wait_for_text("42. q");
    shell.wait_for_text("Running");
    shell.press("kill %1; wait %1; echo code=$?\n");
    shell.wait_for_text("code=143");
    assert!(!shell.text().contains("Stopped"), "{}", shell.text());
    shell.press("exit\n");
    shell.exit_code();
}

#[test]
fn ctrl_z_gives_the_keys_to_the_shell_and_fg_takes_them_back() {
    let fixture = Fixture::new(TEXT);
    let mut shell = shell();
    shell.press(&format!("$SHILU play '{}' --speed 0.1\n", fixture.path.display()));
    shell.wait_for_text("各位网友早上好");
    shell.press("\x1a");
    shell.wait_for_text("Stopped");
    shell.press("clear; fg\n");
    shell.wait_for("the command in front", |screen| screen.contents().contains("$SHILU play"));
    shell.press(".");
    shell.wait_for_text("先请陆馆长说说");
    shell.press("q");
    shell.wait_for("the shell", |screen| {
        rows(screen).into_iter().rfind(|row| !row.is_empty()).is_some_and(|row| row == "ready>")
    });
    shell.press("echo code=$?\n");
    shell.wait_for_text("code=0");
    shell.press("exit\n");
    shell.exit_code();
}

#[test]
fn stopped_and_sent_to_the_background_it_goes_on_without_keys() {
    let fixture = Fixture::new(MINUTE);
    let mut shell = shell();
    shell.press(&format!("$SHILU play '{}' --speed 60\n", fixture.path.display()));
    shell.wait_for_text("各位网友早上好");
    shell.press("\x1a");
    shell.wait_for_text("Stopped");
    shell.press("bg; echo $((6 * 7)). q\n");
    shell.wait_for_text("42. q");
    shell.wait_for_text("过了一分钟。");
    shell.press("wait; echo code=$?\n");
    shell.wait_for_text("code=0");
    shell.press("exit\n");
    shell.exit_code();
}
