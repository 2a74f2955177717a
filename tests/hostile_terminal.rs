//! Text that means harm in a real terminal: the program sends it no sequence but its own, and keeps what the
//! cases promise.
//!
//! Every case at every width: as the body of a post in the reader, in `print` and in `play`, and as a file name.

#![cfg(unix)]

mod hostile_cases;
mod pty;
mod say;

use hostile_cases::{
    Case, Form, LARGEST_CELL, WIDTHS, broken, cases, ink, is_deceptive, is_harmful, shared_cases, told,
};
use pty::{Launch, Piece, SHILU, Terminal, count, launch, pieces, rows};
use regex::Regex;
use say::say;
use shilu::terminal::probe::question;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use vt100::{MouseProtocolMode, Screen};

const ROWS: u16 = 24;

/// Sessions at a time; most of one is spent in waiting.
const THREADS: usize = 4;

/// The narrowest screens that show a record.
const READABLE: u16 = 20;

/// What turns a style on or off.
static STYLE: LazyLock<Regex> = LazyLock::new(|| Regex::new("\x1b\\[[0-9;]*m").expect("a pattern"));

/// What stands in the last post of every record.
const LATER: &str = "好。";

/// How many characters from the beginning of a case are looked for on a screen.
const BEGINNING: usize = 12;

const MODES: [&str; 6] = ["?1049", "?1002", "?1006", "?2004", "?25", "?2026"];

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern")
}

static PLACE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\d+(;\d+)?)?$"));
static COUNT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d*$"));
static REGION: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\d+;\d+)?$"));
static RENDITION: LazyLock<Regex> = LazyLock::new(|| {
    let one = r"(0|[12347]|2[2347]|3[0-79]|4[0-79]|9[0-7]|10[0-7]|[34]8;5;\d+)";
    pattern(&format!("^({one}(;{one})*)?$"))
});

/// What the reader never sends.
fn foreign_to_the_reader(piece: &Piece) -> bool {
    !match piece {
        Piece::Text(ch) => !is_deceptive(*ch),
        Piece::Csi(body, 'H') => PLACE.is_match(body),
        Piece::Csi(body, 'm') => RENDITION.is_match(body),
        Piece::Csi(body, 'C' | 'D' | 'L' | 'M') => COUNT.is_match(body),
        Piece::Csi(body, 'r') => REGION.is_match(body),
        Piece::Csi(body, 'K') => body.is_empty(),
        Piece::Csi(body, 'J') => body == "2",
        Piece::Csi(body, 'h' | 'l') => MODES.contains(&body.as_str()),
        Piece::Control(control) => ["\r", "\n", "\x08"].contains(&control.as_str()),
        Piece::Csi(..) => false,
    }
}

/// What is never printed. A record in JSON keeps characters that are merely not seen.
fn foreign_to_print(piece: &Piece, json: bool) -> bool {
    !match piece {
        Piece::Text(ch) => {
            if json {
                !is_harmful(*ch)
            } else {
                !is_deceptive(*ch)
            }
        }
        Piece::Control(control) => ["\r", "\n"].contains(&control.as_str()),
        Piece::Csi(..) => false,
    }
}

/// A terminal for one session.
#[derive(Clone, Copy)]
struct Window {
    width: u16,
    /// Whether it answers what it is asked at the start; a dumb one is asked nothing.
    answers: bool,
}

impl Window {
    fn open(self) -> Launch {
        let launch = launch(SHILU).size(self.width, ROWS);
        if self.answers { launch } else { launch.env("TERM", "dumb") }
    }
}

/// The faults of one case, and how many sessions it took to find them.
struct Trial<'a> {
    case: &'a Case,
    folder: PathBuf,
    sessions: usize,
    faults: Vec<String>,
}

impl<'a> Trial<'a> {
    fn new(case: &'a Case, folder: &Path) -> Self {
        let trial = Self { case, folder: folder.join(&case.name), sessions: 0, faults: Vec::new() };
        std::fs::create_dir(&trial.folder).expect("a folder");
        trial
    }

    fn check(&mut self, holds: bool, fault: impl FnOnce() -> String) {
        if !holds {
            self.faults.push(format!("{}: {}", self.case.name, fault()));
        }
    }

    fn run(&mut self, turn: usize) {
        let record = self.folder.join("record.txt");
        std::fs::write(&record, self.case.as_body()).expect("a file");
        let name = self.case.as_name();
        let named = self.folder.join(OsStr::from_bytes(&name));
        let is_name = !matches!(name.as_slice(), b"" | b"." | b".." | b"record.txt");
        for (index, width) in WIDTHS.into_iter().enumerate() {
            let window = Window { width, answers: (turn + index).is_multiple_of(2) };
            if self.case.is_binary() {
                for arguments in
                    [&[][..], &["print"], &["play", "--dry-run"], &["play", "--dry-run", "--json"]]
                {
                    self.refuse(window.open().args(arguments.iter().copied()).arg(&record));
                }
            } else {
                self.read(window, &record, Form::Body);
                self.print(window, &record);
                self.play(window, &record);
                self.play_as_json(window, &record);
            }
            if is_name {
                self.miss(window, &named);
                std::fs::write(&named, format!("话\n\n{LATER}\n")).expect("a file");
                self.read(window, &named, Form::Name);
                std::fs::remove_file(&named).expect("a file");
            }
        }
    }

    fn read(&mut self, window: Window, path: &Path, form: Form) {
        self.sessions += 1;
        let width = window.width;
        let mut terminal = window.open().arg(path).start();
        let readable = width >= READABLE;
        terminal.wait_until(&format!("the first frame of {}", self.case.name), |terminal| {
            terminal.frames() > 0 && (!readable || !rows(terminal.screen())[0].is_empty())
        });
        let asked = window.answers && width > 9;
        if asked {
            answer(&mut terminal);
        }
        self.look(&terminal, width);
        let first = terminal.text();
        terminal.press_and_wait("j");
        terminal.press_and_wait("G");
        terminal.wait_until(&format!("the last post of {}", self.case.name), |terminal| {
            !readable || terminal.text().contains(LATER)
        });
        self.look(&terminal, width);
        terminal.press_and_wait("J");
        terminal.press_and_wait("/");
        self.look(&terminal, width);
        // A lone Esc would be taken for the beginning of the next key, were it not for another Esc.
        terminal.press("\x1b\x1b[Bq");
        let code = terminal.exit_code();
        self.check(code == 0, || format!("exit code {code} at {width}"));
        self.check(is_given_back(&terminal), || {
            format!("the terminal is not as it was at {width}: {}", terminal.report())
        });
        self.check_reader(&terminal.bytes, asked, width);
        if readable {
            self.check_beginning(form, &first, width);
        }
    }

    /// The beginning of what is to be told whole stands on the first screen.
    fn check_beginning(&mut self, form: Form, screen: &str, width: u16) {
        // The terminal of the test joins no emoji.
        let Some(whole) = self.case.whole(form).filter(|_| !screen.contains('\u{200d}')) else { return };
        // The terminal of the test shows no U+FFFD, and the title is cut on a narrow screen.
        let length = if form == Form::Name { usize::from(width) / 8 } else { BEGINNING };
        // The extension of a file is no part of the title.
        let whole = if form == Form::Name { whole.split('.').next().unwrap_or_default() } else { &whole };
        let beginning: String = whole.chars().take(length).filter(|&ch| ch != '\u{fffd}').collect();
        self.check(ink(screen).contains(&beginning), || {
            format!("{form:?}: {beginning} is not on a screen of {width}:\n{screen}")
        });
    }

    fn check_reader(&mut self, bytes: &[u8], asked: bool, width: u16) {
        let text = std::str::from_utf8(bytes).expect("only UTF-8 is written");
        let (before, after) = text.split_once(&question()).unwrap_or((text, ""));
        self.check(asked != after.is_empty(), || format!("asked at {width}: {}", !after.is_empty()));
        for part in [before, after] {
            let foreign = pieces(part.as_bytes()).into_iter().find(foreign_to_the_reader);
            self.check(foreign.is_none(), || format!("{foreign:?} sent by the reader at {width}"));
        }
    }

    /// The terminal is in the modes of the reader, and every cell is modest.
    fn look(&mut self, terminal: &Terminal, width: u16) {
        let screen = terminal.screen();
        self.check(is_taken(screen), || format!("the terminal is not the reader's at {width}"));
        for (row, column) in (0..ROWS).flat_map(|row| (0..width).map(move |column| (row, column))) {
            let Some(cell) = screen.cell(row, column) else { continue };
            let symbol = cell.contents();
            let modest = symbol.len() <= LARGEST_CELL && !symbol.chars().any(is_harmful);
            self.check(modest, || format!("{symbol:?} in a cell at {width}"));
        }
    }

    /// What a session writes that ends by itself, and its exit code.
    fn written(&mut self, launch: Launch, json: bool, what: &str) -> (u32, String) {
        self.sessions += 1;
        let mut terminal = launch.start();
        let code = terminal.exit_code();
        let foreign = pieces(&terminal.bytes).into_iter().find(|piece| foreign_to_print(piece, json));
        self.check(foreign.is_none(), || format!("{foreign:?} sent by {what}"));
        let text = String::from_utf8_lossy(&terminal.bytes).replace("\r\n", "\n");
        self.check(!text.contains('\r'), || format!("a return sent by {what}"));
        (code, text)
    }

    /// A record printed at the width of the window: nothing of it is lost.
    fn check_printed(&mut self, (code, text): &(u32, String), what: &str) {
        self.check(*code == 0, || format!("exit code {code} of {what}: {text}"));
        self.check(ink(text).ends_with(LATER), || format!("no later text in {what}: {text:?}"));
        let fault = broken(self.case, Form::Body, Some(0), text);
        self.faults.extend(fault.map(|fault| format!("{what}: {fault}")));
    }

    fn print(&mut self, window: Window, record: &Path) {
        let what = format!("print at {}", window.width);
        let launch = window.open().arg("print").arg(record);
        // It takes no width below 2, but a terminal may have one.
        let launch =
            if window.width < 2 { launch } else { launch.args(["--width", &window.width.to_string()]) };
        let written = self.written(launch, false, &what);
        self.check_printed(&written, &what);
    }

    fn play(&mut self, window: Window, record: &Path) {
        let what = format!("play at {}", window.width);
        let launch = || window.open().args(["play", "--dry-run"]).arg(record);
        let written = self.written(launch().env("TERM", "dumb"), false, &what);
        self.check_printed(&written, &what);
        // In colour it is the same but for the styles; a terminal that answers nothing has none.
        self.sessions += 1;
        let mut terminal = launch().start();
        terminal.exit_code();
        let text = String::from_utf8_lossy(&terminal.bytes).replace("\r\n", "\n");
        let bare = STYLE.replace_all(&text, "");
        let is_coloured = bare != text;
        self.check(bare == written.1, || format!("other text in colour from {what}: {text:.300}"));
        self.check(is_coloured == window.answers, || format!("colour from {what}: {is_coloured}"));
    }

    fn play_as_json(&mut self, window: Window, record: &Path) {
        let what = format!("play --json at {}", window.width);
        let launch = window.open().args(["play", "--dry-run", "--json"]).arg(record);
        let (code, text) = self.written(launch, true, &what);
        self.check(code == 0, || format!("exit code {code} of {what}: {text}"));
        let mut bodies = String::new();
        for line in text.lines().filter(|line| !line.starts_with("shilu: ")) {
            let value: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
            let paragraphs = value["body"].as_array().cloned().unwrap_or_default();
            self.check(value.is_object(), || format!("no object in {what}: {line:.200}"));
            bodies.extend(paragraphs.iter().filter_map(serde_json::Value::as_str));
        }
        let whole = self.case.whole(Form::Body).unwrap_or_default();
        self.check(told(&bodies).contains(&whole), || format!("{whole:.200} is not in {what}"));
        self.check(bodies.ends_with(LATER), || format!("no later text in {what}: {text:?}"));
    }

    /// It is no text: one sentence tells that.
    fn refuse(&mut self, launch: Launch) {
        let (code, text) = self.written(launch, false, "a refusal");
        self.check(code == 1 && text.lines().count() == 1 && text.contains("binary data"), || {
            format!("exit code {code}, not refused: {text}")
        });
    }

    /// There is no such file: one sentence tells its name.
    fn miss(&mut self, window: Window, path: &Path) {
        let what = format!("print of a missing file at {}", window.width);
        let (code, text) = self.written(window.open().arg("print").arg(path), false, &what);
        self.check(code == 1, || format!("exit code {code} of {what}"));
        self.check(text.lines().count() == 1, || format!("more than a sentence from {what}: {text}"));
        let fault = broken(self.case, Form::Name, Some(1), &text);
        self.faults.extend(fault.map(|fault| format!("{what}: {fault}")));
    }
}

/// Answers what was asked at the start, as a terminal does that draws everything in two cells.
fn answer(terminal: &mut Terminal) {
    terminal.wait_until("the question", |terminal| count(&terminal.bytes, "\x1b[c") > 0);
    let places = question().matches("\x1b[6n").count();
    terminal.press(&format!("{}\x1b[?62;22c", "\x1b[2;3R".repeat(places)));
}

fn is_taken(screen: &Screen) -> bool {
    screen.alternate_screen()
        && screen.bracketed_paste()
        && screen.mouse_protocol_mode() == MouseProtocolMode::ButtonMotion
}

fn is_given_back(terminal: &Terminal) -> bool {
    let screen = terminal.screen();
    !screen.alternate_screen()
        && !screen.bracketed_paste()
        && !screen.hide_cursor()
        && screen.mouse_protocol_mode() == MouseProtocolMode::None
        && terminal.termios() == terminal.found
        && terminal.text().trim().is_empty()
}

#[test]
fn hostile_text_sends_the_terminal_nothing_but_what_the_program_writes_itself() {
    let cases = cases();
    let folder = tempfile::tempdir().unwrap();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = (0, Vec::new());
        loop {
            let turn = next.fetch_add(1, Ordering::SeqCst);
            let Some(case) = cases.get(turn) else { return done };
            let mut trial = Trial::new(case, folder.path());
            trial.run(turn);
            done.0 += trial.sessions;
            done.1.extend(trial.faults);
        }
    };
    let (mut sessions, mut faults) = (0, Vec::new());
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            let (ran, found) = thread.join().expect("no session is stuck");
            sessions += ran;
            faults.extend(found);
        }
    });
    say(&format!("cases run: {}, of them third-party: {}", cases.len(), shared_cases().len()));
    say(&format!("sessions run: {sessions} at {} widths", WIDTHS.len()));
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert!(sessions >= cases.len() * WIDTHS.len() * 4);
}
