//! Text that means harm: it is shown, printed and named in errors without a control ever leaving the program.
//!
//! The cases are the project's own, and those of `../shared/hostile.tsv` where it is present.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use shilu::action::Action;
use shilu::app::{App, Options, Source};
use shilu::choice::{GapModel, ThemeName};
use shilu::command::DEMO;
use shilu::format::{Forced, Ingest};
use shilu::keymap::{Code, Key};
use shilu::lang::Lang;
use shilu::replay::{Pacing, Schedule};
use shilu::structure::Structure;
use shilu::text::ruler::Ruler;
use shilu::text::wrap::Typesetting;
use shilu::transcript::Transcript;
use shilu::view;
use shilu::view::theme::{Depth, Theme};
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

const WIDTHS: [u16; 6] = [1, 2, 3, 8, 25, 80];
const HEIGHTS: [u16; 2] = [3, 24];

/// Longer cases are cut, in bytes.
const LONGEST: usize = 100_000;

/// The most bytes a cell may hold.
const LARGEST_CELL: usize = 64;

/// Some bytes, and what a safe viewer does with them.
struct Case {
    name: String,
    bytes: Vec<u8>,
    promise: String,
}

impl Case {
    fn new(name: &str, bytes: &[u8], promise: &str) -> Self {
        let bytes = bytes.get(..LONGEST).unwrap_or(bytes).to_vec();
        Self { name: name.to_owned(), bytes, promise: promise.to_owned() }
    }

    /// As the body of a post of live text.
    fn as_body(&self) -> Vec<u8> {
        let around = ["2018-01-09 08:00\n主持人\n", "\n2018-01-09 08:01\n甲\n好。\n"].map(str::as_bytes);
        [around[0], &self.bytes, around[1]].concat()
    }

    /// On one line, for a byline, a title or a file name.
    fn as_line(&self) -> Vec<u8> {
        let short = self.bytes.get(..120).unwrap_or(&self.bytes);
        short.iter().copied().filter(|byte| !matches!(byte, b'\n' | b'\r' | 0)).collect()
    }

    fn as_text(&self) -> String {
        String::from_utf8_lossy(self.bytes.get(..600).unwrap_or(&self.bytes)).into_owned()
    }
}

fn own_cases() -> Vec<Case> {
    let marked = "show ESC as ␛";
    let pictures = "show control pictures";
    let bidi = "show the bidi control as a visible mark";
    let stack = format!("a{}b", "\u{301}".repeat(5000));
    let selectors = format!("\u{301}{}", "\u{e0100}".repeat(40));
    let family = "👩\u{200d}".repeat(2000);
    let long = "长".repeat(30_000);
    let word = "x，".repeat(10_000);
    let table: [(&str, &[u8], &str); 18] = [
        ("own-colour", b"a\x1b[31mred\x1b[0m", marked),
        ("own-title", b"\x1b]0;pwned\x07", marked),
        ("own-clipboard", b"\x1b]52;c;cm0gLXJmIH4K\x1b\\", marked),
        ("own-clear", b"safe\x1b[2J\x1b[H\x1b[?1049l", marked),
        ("own-c1", "a\u{9b}31mb\u{9d}0;x\u{9c}".as_bytes(), ""),
        ("own-c0", b"a\0b\x07c\x08d\x0ee\x7f", pictures),
        ("own-return", b"safe\rEVIL\nnext", "show ␍ or breaks the line"),
        ("own-override", "金额\u{202e}000,1\u{202c}元".as_bytes(), bidi),
        ("own-isolates", "\u{2067}说完\u{2066}主持人\u{2069}\u{61c}\u{200e}".as_bytes(), bidi),
        ("own-invisible", "主\u{200b}持\u{2060}人\u{feff}\u{ad}\u{e0041}\u{3164}\u{115f}".as_bytes(), ""),
        ("own-stack-of-marks", stack.as_bytes(), ""),
        ("own-selectors", selectors.as_bytes(), ""),
        ("own-endless-family", family.as_bytes(), ""),
        ("own-invalid", b"\xe4\xb8\x1b[m\xff\xfe\xc0\xaf\xed\xa0\x80", "U+FFFD for the bad bytes"),
        ("own-one-long-line", long.as_bytes(), ""),
        ("own-one-long-word", word.as_bytes(), ""),
        ("own-program", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0", "exit code not 0"),
        ("own-compressed", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x4b\x04\0", "exit code not 0"),
    ];
    table.map(|(name, bytes, promise)| Case::new(name, bytes, promise)).into()
}

/// Reads `HEX` or `HEX*N` segments.
fn bytes_of(segments: &str) -> Vec<u8> {
    let segment = |text: &str| {
        let (hex, times) = text.split_once('*').unwrap_or((text, "1"));
        let digits: Vec<u32> = hex.chars().map(|ch| ch.to_digit(16).expect("hex digits")).collect();
        let bytes: Vec<u8> = digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect();
        bytes.repeat(times.parse::<usize>().expect("a count").min(LONGEST / bytes.len().max(1) + 1))
    };
    segments.split_whitespace().flat_map(segment).collect()
}

fn shared_cases() -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/hostile.tsv");
    let table = std::fs::read_to_string(path).unwrap_or_default();
    let case = |line: &str| {
        let mut fields = line.split('\t');
        let (name, hex) = (fields.next()?, fields.next()?);
        Some(Case::new(name, &bytes_of(hex), fields.next().unwrap_or_default()))
    };
    table.lines().filter(|line| !line.starts_with('#')).filter_map(case).collect()
}

fn cases() -> Vec<Case> {
    own_cases().into_iter().chain(shared_cases()).collect()
}

fn is_harmful(ch: char) -> bool {
    ch.is_control()
        || matches!(ch, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

// On the screen

fn options(pacing: Pacing) -> Options {
    let theme = ThemeName::Dark;
    Options {
        pacing,
        speed: 1.0,
        play: false,
        at: None,
        lang: Lang::Zh,
        ruler: Ruler::default(),
        typesetting: Typesetting::default(),
        theme,
    }
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
    view::draw(&mut buffer, app, &theme);
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
    if let Ok((transcript, _)) = Ingest::read_all(bytes, Forced::default()) {
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
        let transcript = Ingest::read_all(DEMO.as_bytes(), Forced::default()).unwrap().0;
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
    let transcript = Ingest::read_all(DEMO.as_bytes(), Forced::default()).unwrap().0;
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
            let Ok((transcript, _)) = Ingest::read_all(text.as_bytes(), Forced::default()) else { continue };
            let pacing = Pacing { gaps, ..Pacing::default() };
            let schedule = Schedule::of(&transcript, &Structure::of(&transcript), pacing);
            assert!(transcript.ids().map(|id| schedule.show(id)).is_sorted(), "{gaps:?} {text}");
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
    let transcript = Ingest::read_all(text.as_bytes(), Forced::default()).unwrap().0;
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

/// Whether what was printed keeps the promise of a case, as far as a program can tell.
fn keeps(promise: &str, code: Option<i32>, printed: &str) -> bool {
    if code != Some(0) || promise.contains("exit code not 0") || promise.contains("or breaks the line") {
        return !(code == Some(0) && promise.contains("exit code not 0"));
    }
    let shown = |words: &str, mark: fn(char) -> bool| !promise.contains(words) || printed.contains(mark);
    shown("␛", |ch| ch == '␛')
        && shown("U+FFFD for the bad bytes", |ch| ch == '\u{fffd}')
        && shown("bidi control as a visible mark", |ch| ch == '⟨')
        && shown("control pictures", |ch| ('\u{2400}'..='\u{2421}').contains(&ch))
}

#[test]
fn hostile_text_is_printed_as_harmless_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.txt");
    for case in cases() {
        for bytes in [case.as_body(), case.bytes.clone()] {
            std::fs::write(&path, &bytes).unwrap();
            for width in ["2", "80"] {
                let (code, printed) = print(&path, width, &case.name);
                let shown: String = printed.chars().filter(|&ch| ch != '\n').collect();
                // White space of any kind is not drawn where a row ends: narrow rows tell less.
                let bound = width == "80" && bytes == case.bytes;
                assert!(
                    !bound || keeps(&case.promise, code, &shown),
                    "{}: {} {shown:.200}",
                    case.name,
                    case.promise
                );
            }
        }
    }
    println!("third-party cases run: {}", shared_cases().len());
}

#[test]
fn hostile_bylines_and_titles_are_told_as_harmless_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.txt");
    for case in cases() {
        let line = case.as_line();
        let record = [&line, &b"\n\n2018-01-09 08:00\n"[..], &line, b"\n", "好。\n".as_bytes()].concat();
        std::fs::write(&path, record).unwrap();
        for arguments in [&["info"][..], &["play", "--dry-run", "--width", "20"]] {
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
