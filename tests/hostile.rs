//! Text that means harm: it is shown, printed and named in errors without a control ever leaving the program.
//!
//! The cases are the project's own, and those of `../shared/hostile.tsv` where it is present.

mod hostile_cases;
mod say;

use hostile_cases::{Case, Form, LARGEST_CELL, WIDTHS, broken, cases, is_harmful, shared_cases};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use say::say;
use shilu::action::Action;
use shilu::app::{App, Options, Source};
use shilu::choice::{GapModel, ThemeName};
use shilu::command::DEMO;
use shilu::format::{Forced, read_bytes};
use shilu::keymap::{Code, Key};
use shilu::replay::{Pacing, Schedule};
use shilu::structure::Structure;
use shilu::transcript::Transcript;
use shilu::view;
use shilu::view::theme::{Depth, Theme};
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

const HEIGHTS: [u16; 2] = [3, 24];

// On the screen

fn options(pacing: Pacing) -> Options {
    let theme = ThemeName::Dark;
    Options { pacing, theme, ..Options::default() }
}

fn reader(transcript: Transcript, options: &Options) -> App {
    let mut app = App::new(options, Source::default());
    app.grow(Duration::ZERO, |empty| {
        *empty = transcript;
        Source::default()
    });
    app
}

fn drawn(app: &App) -> Buffer {
    let theme = Theme::new(app.theme, Depth::True, false);
    let mut buffer = Buffer::empty(Rect::new(0, 0, app.size.0, app.size.1));
    view::draw(app, &theme, Vec::new()).paint(&mut buffer);
    buffer
}

fn assert_harmless(app: &App, name: &str) {
    let screen = drawn(app);
    for cell in screen.content() {
        let symbol = cell.symbol();
        assert!(!symbol.chars().any(is_harmful), "{name}: {symbol:?} in a cell");
        assert!(symbol.len() <= LARGEST_CELL, "{name}: {} bytes in a cell", symbol.len());
    }
    for row in 0..screen.area.height {
        let last = screen[(screen.area.width - 1, row)].symbol();
        assert!(app.ruler.width(last) <= 1, "{name}: {last:?} across the edge");
    }
}

/// Looks at a record on screens of every size: its end, its beginning, and its replay.
fn look_through(app: &mut App, name: &str) {
    let mut now = Duration::ZERO;
    for (width, height) in WIDTHS.into_iter().flat_map(|width| HEIGHTS.map(|height| (width, height))) {
        app.resize(width, height, now);
        for action in [Action::Bottom, Action::Top, Action::PageDown, Action::TogglePlay, Action::FindSpeaker]
        {
            app.act(action, now);
            now += Duration::from_millis(1500);
            app.tick(now);
            let _ = app.deadline();
            assert_harmless(app, name);
        }
        app.act(Action::Cancel, now);
    }
}

fn assert_harmless_record(bytes: &[u8], name: &str) {
    if let Ok((transcript, _)) = read_bytes(bytes, Forced::default()) {
        look_through(&mut reader(transcript, &options(Pacing::default())), name);
    }
}

#[test]
fn a_hostile_body_does_no_harm_on_any_screen() {
    for case in cases() {
        assert_harmless_record(&case.as_body(), &case.name);
    }
}

#[test]
fn a_hostile_file_does_no_harm_on_any_screen() {
    for case in cases() {
        assert_harmless_record(&case.bytes, &case.name);
    }
}

#[test]
fn hostile_bylines_and_titles_do_no_harm_on_any_screen() {
    for case in cases() {
        let line = case.as_line();
        let record = [&line, &b"\n\n2018-01-09 08:00\n"[..], &line, b"\n", "好。\n".as_bytes()].concat();
        assert_harmless_record(&record, &case.name);
    }
}

#[test]
fn hostile_input_does_no_harm_in_prompts() {
    for case in cases() {
        let transcript = read_bytes(DEMO.as_bytes(), Forced::default()).unwrap().0;
        let mut app = reader(transcript, &options(Pacing::default()));
        app.resize(60, 12, Duration::ZERO);
        for action in [Action::Search, Action::GoTo, Action::FindSpeaker] {
            app.act(action, Duration::ZERO);
            app.paste(&case.as_text(), Duration::ZERO);
            assert_harmless(&app, &case.name);
            app.key(Key { code: Code::Enter, ctrl: false, alt: false, shift: false }, Duration::ZERO);
            assert_harmless(&app, &case.name);
            app.act(Action::HitNext, Duration::ZERO);
            assert_harmless(&app, &case.name);
            app.act(Action::Cancel, Duration::ZERO);
        }
    }
}

#[test]
fn a_paste_into_a_prompt_presses_no_key() {
    let transcript = read_bytes(DEMO.as_bytes(), Forced::default()).unwrap().0;
    let mut app = reader(transcript, &options(Pacing::default()));
    app.paste("/q\nG", Duration::ZERO);
    let before = app.reader;
    app.act(Action::Search, Duration::ZERO);
    app.paste("灯\n\u{1b}[31mq\r", Duration::ZERO);
    assert_eq!(app.input.value(), "灯[31mq");
    assert_eq!(app.reader, before);
}

// Numbers

/// A record in JSON with such a `meta` and such posts.
fn json(meta: &str, posts: &[&String]) -> String {
    let posts: Vec<_> =
        posts.iter().map(|fields| format!("{{{fields}, \"speaker\": 1, \"body\": [\"一\"]}}")).collect();
    format!(
        "{{\"schema\": \"shilu/1\", \"meta\": {{{meta}}}, \"speakers\": [{{\"id\": 1, \"label\": \"甲\"}}], \"posts\": [{}]}}",
        posts.join(", ")
    )
}

#[test]
fn times_at_the_ends_of_the_scale_do_no_harm() {
    let mut texts = vec!["0000-01-01 00:00\nA\nx\n9999-12-31 23:59\nB\ny\n".to_owned()];
    for most in (10..19).map(|digits| 10i64.pow(digits)).chain([i64::MAX]) {
        let [low, zero, high] = [-most, 0, most].map(|ms| format!("\"start_ms\": {ms}"));
        let long = format!("\"start_ms\": 5, \"end_ms\": {most}");
        for meta in [
            "\"clock\": \"wall\", \"origin\": \"2018-01-09T07:34:00\", \"resolution_ms\": 60000".to_owned(),
            "\"clock\": \"offset\", \"resolution_ms\": 1000".to_owned(),
            format!("\"clock\": \"offset\", \"resolution_ms\": {most}"),
        ] {
            for posts in
                [[&low, &high, &high], [&high, &low, &zero], [&zero, &high, &high], [&zero, &zero, &long]]
            {
                texts.push(json(&meta, &posts));
            }
        }
    }
    for text in &texts {
        for gaps in [GapModel::Real, GapModel::Cap, GapModel::Log, GapModel::Skip] {
            let Ok((transcript, _)) = read_bytes(text.as_bytes(), Forced::default()) else { continue };
            let pacing = Pacing { gaps, ..Pacing::default() };
            let structure = Structure::of(&transcript);
            let schedule = Schedule::of(&transcript, &structure, pacing);
            let shows = schedule.over(&transcript, &structure);
            assert!(transcript.ids().map(|id| shows.show(id)).is_sorted(), "{gaps:?} {text}");
            look_through(&mut reader(transcript, &options(pacing)), text);
        }
    }
}

#[test]
fn more_speakers_than_a_screen_can_count_are_found() {
    let mut text = String::new();
    for number in 0..65_534 {
        writeln!(text, "2018-01-09 08:00\n第{number}人\n好。").unwrap();
    }
    let transcript = read_bytes(text.as_bytes(), Forced::default()).unwrap().0;
    let mut app = reader(transcript, &options(Pacing::default()));
    app.resize(100, 30, Duration::ZERO);
    app.act(Action::FindSpeaker, Duration::ZERO);
    assert_harmless(&app, "65 534 speakers");
}

// On paper

/// The real program, in a plain UTF-8 environment.
fn shilu(arguments: &[&OsStr]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_shilu"))
        .args(arguments)
        .env_clear()
        .env("LC_ALL", "C.UTF-8")
        .output()
        .expect("the program runs")
}

/// What the program wrote, which is text without any control but line ends.
fn harmless(bytes: &[u8], name: &str) -> String {
    let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
    for ch in text.chars().filter(|&ch| ch != '\n') {
        assert!(!is_harmful(ch), "{name}: {ch:?} written");
    }
    text
}

fn print(path: &Path, width: &str, name: &str) -> (Option<i32>, String) {
    let output = shilu(&["print".as_ref(), path.as_ref(), "--width".as_ref(), width.as_ref()]);
    harmless(&output.stderr, name);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {:?}", output.status);
    (output.status.code(), harmless(&output.stdout, name))
}

#[test]
fn hostile_text_is_printed_as_harmless_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.txt");
    for case in cases() {
        for (form, bytes) in [(Form::Body, case.as_body()), (Form::File, case.bytes.clone())] {
            std::fs::write(&path, &bytes).unwrap();
            for width in ["2", "80"] {
                let (code, printed) = print(&path, width, &case.name);
                assert_eq!(broken(&case, form, code, &printed), None);
            }
        }
    }
    say(&format!("third-party cases run: {}", shared_cases().len()));
}

#[test]
fn hostile_bylines_and_titles_are_told_as_harmless_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.txt");
    for case in cases() {
        let line = case.as_line();
        let record = [&line, &b"\n\n2018-01-09 08:00\n"[..], &line, b"\n", "好。\n".as_bytes()].concat();
        std::fs::write(&path, record).unwrap();
        for arguments in
            [&["info"][..], &["play", "--dry-run", "--width", "20"], &["play", "--dry-run", "--linear"]]
        {
            let arguments: Vec<&OsStr> =
                arguments.iter().map(AsRef::as_ref).chain([path.as_os_str()]).collect();
            let output = shilu(&arguments);
            harmless(&output.stdout, &case.name);
            harmless(&output.stderr, &case.name);
        }
    }
}

#[test]
fn declared_names_titles_and_roles_are_told_as_harmless_text() {
    let evil = "\\u001b[31m\\u202e\\u009b\\u0007\\n甲";
    let record = format!(
        "{{\"schema\": \"shilu/1\", \"meta\": {{\"title\": \"{evil}\", \"format\": \"{evil}\"}}, \"speakers\": [{{\"id\": 1, \
         \"label\": \"{evil}\", \"name\": \"{evil}\", \"title\": \"{evil}\", \"role\": \"{evil}\"}}], \
         \"posts\": [{{\"speaker\": 1, \"kind\": \"{evil}\", \"body\": [\"{evil}\"]}}]}}"
    );
    assert_harmless_record(record.as_bytes(), "declared");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.json");
    std::fs::write(&path, record).unwrap();
    for command in ["info", "print"] {
        let output = shilu(&[command.as_ref(), path.as_os_str()]);
        assert_eq!(output.status.code(), Some(0), "{command}");
        assert!(harmless(&output.stdout, command).contains("␛[31m⟨RLO⟩<9B>␇"), "{command}");
    }
}

/// A file name that no file has.
#[cfg(unix)]
fn missing(case: &Case) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    let name: Vec<u8> =
        case.bytes.iter().copied().filter(|byte| !matches!(byte, 0 | b'/')).take(80).collect();
    Path::new("/nowhere").join(OsStr::from_bytes(&name))
}

#[cfg(unix)]
#[test]
fn hostile_file_names_are_named_as_harmless_text() {
    for case in cases() {
        let path = missing(&case);
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo.txt");
        let out: [&OsStr; 6] =
            ["export".as_ref(), demo.as_ref(), "--to".as_ref(), "txt".as_ref(), "-o".as_ref(), path.as_ref()];
        for arguments in [&["info".as_ref(), path.as_os_str()][..], &[path.as_os_str()], &out] {
            let output = shilu(arguments);
            assert_eq!(output.status.code(), Some(1), "{}", case.name);
            assert_eq!(harmless(&output.stderr, &case.name).lines().count(), 1, "{}", case.name);
            assert!(output.stdout.is_empty(), "{}", case.name);
        }
    }
}

#[cfg(unix)]
#[test]
fn hostile_arguments_are_quoted_as_harmless_text() {
    for case in cases().into_iter().filter(|case| !case.bytes.is_empty()) {
        let argument = missing(&case);
        let demo: &OsStr = "demo.txt".as_ref();
        for arguments in [
            &["info".as_ref(), demo, argument.as_ref()][..],
            &["--speed".as_ref(), argument.as_ref()],
            &["--at".as_ref(), argument.as_ref(), demo],
            &["export".as_ref(), "--to".as_ref(), argument.as_ref(), demo],
            &["print".as_ref(), "--encoding".as_ref(), argument.as_ref(), demo],
        ] {
            let output = shilu(arguments);
            assert_eq!(output.status.code(), Some(2), "{} {arguments:?}", case.name);
            harmless(&output.stderr, &case.name);
        }
    }
}
