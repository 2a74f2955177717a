//! A replay that the real program writes as an asciicast: its screens are those of the reader, at their moments.

mod grid;
mod hostile_cases;
mod support;

use grid::{Grid, Nature};
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::style::{Color, Modifier};
use serde_json::Value;
use shilu::app::Options;
use shilu::choice::{GapModel, Pace, ThemeName};
use shilu::command::DEMO;
use shilu::format::{Forced, read_bytes};
use shilu::replay::{Pacing, Schedule};
use shilu::structure::Structure;
use shilu::text::ruler::Ruler;
use shilu::view::theme::{Depth, Theme};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::num::NonZeroU16;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use support::Stage;

/// A replay of the demo in a good minute.
const BRISK: [&str; 6] = ["--gaps", "cap", "--idle-limit", "20s", "--speed", "40"];

const SIZES: [(u16, u16); 3] = [(100, 30), (80, 24), (40, 12)];

/// How long the last screen is held.
const HOLD_MS: i64 = 3000;

/// How a time is rounded, and how late a deadline may be.
const ROUNDED: Duration = Duration::from_micros(600);

struct Event {
    at_ms: i64,
    code: String,
    data: String,
}

struct Cast {
    header: Value,
    events: Vec<Event>,
}

impl Cast {
    /// What the program makes of a text, or of the demo where there is none.
    fn of(text: Option<&[u8]>, size: (u16, u16), options: &[&str]) -> Self {
        let size = format!("{}x{}", size.0, size.1);
        let arguments = ["export", "--to", "asciicast", "--lang", "zh", "--size", &size];
        let input = text.map(|_| "-");
        let mut child = start(arguments.iter().chain(input.as_slice()).chain(options));
        // The program reads all of it before it writes.
        let mut input = child.stdin.take().expect("standard input");
        input.write_all(text.unwrap_or_default()).expect("a reader");
        drop(input);
        let output = child.wait_with_output().expect("the program ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Self::read(&String::from_utf8(output.stdout).expect("a cast is UTF-8"))
    }

    /// Reads an asciicast v3, strictly.
    fn read(text: &str) -> Self {
        let mut lines = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"));
        let header = lines.next().expect("a header");
        let mut at_ms = 0;
        let event = |line: Value| {
            let [interval, code, data] = &line.as_array().expect("an array")[..] else { panic!("{line}") };
            let ms = interval.as_f64().expect("a number") * 1000.0;
            assert!(ms >= 0.0 && (ms - ms.round()).abs() < 1e-6, "{interval}");
            at_ms += ms.round() as i64;
            let text = |value: &Value| value.as_str().expect("a string").to_owned();
            Event { at_ms, code: text(code), data: text(data) }
        };
        Self { header, events: lines.map(event).collect() }
    }

    fn of_code(&self, code: &str) -> impl DoubleEndedIterator<Item = &Event> {
        self.events.iter().filter(move |event| event.code == code)
    }

    /// The screens, without what gives the terminal back.
    fn screens(&self) -> Vec<&Event> {
        let mut screens: Vec<_> = self.of_code("o").collect();
        screens.pop();
        screens
    }

    fn length_ms(&self) -> i64 {
        self.events.last().expect("an event").at_ms
    }
}

fn start<'a>(arguments: impl Iterator<Item = &'a &'a str>) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shilu"));
    command.args(arguments).env_clear().env("LC_ALL", "C.UTF-8");
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

/// The reader in the replay that is filmed.
fn stage(size: (u16, u16), pacing: Pacing, speed: f64) -> Stage {
    Stage::with(&Options { pacing, speed, play: true, ..support::options() }, DEMO, size.0, size.1)
}

fn brisk() -> Pacing {
    Pacing { gaps: GapModel::Cap, limit_ms: 20_000, ..Pacing::default() }
}

/// Lets the reader go on as far as a moment of the cast.
fn follow(stage: &mut Stage, at_ms: i64) {
    let until = Duration::from_millis(at_ms as u64) + ROUNDED;
    while let Some(due) = stage.app.deadline().filter(|due| *due <= until) {
        stage.app.tick(due);
    }
}

/// Holds the terminal against the cells of the reader: each symbol in its column, in its colour and weight.
fn assert_shows(screen: &vt100::Screen, cells: &Buffer, rows: u16) {
    for y in 0..rows {
        let mut x = 0;
        while x < cells.area.width {
            let (wanted, found) = (&cells[(x, y)], screen.cell(y, x).expect("a cell"));
            let place = format!("column {x} of row {y}: {wanted:?}, {found:?}");
            let symbol = if found.contents().is_empty() { " " } else { found.contents() };
            assert_eq!(symbol, wanted.symbol(), "{place}");
            assert_eq!(found.is_wide(), wanted.cell_width() == 2, "{place}");
            if symbol != " " {
                assert_eq!(found.fgcolor(), colour(wanted.fg), "{place}");
                assert_eq!(found.bold(), wanted.modifier.contains(Modifier::BOLD), "{place}");
            }
            assert_eq!(found.bgcolor(), colour(wanted.bg), "{place}");
            x += wanted.cell_width().max(1);
        }
    }
}

fn colour(colour: Color) -> vt100::Color {
    match colour {
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        Color::Reset => vt100::Color::Default,
        other => panic!("{other:?} is no colour of the theme"),
    }
}

#[test]
fn a_terminal_that_is_fed_the_cast_shows_the_screens_of_the_reader() {
    let cells = |count| NonZeroU16::new(count).unwrap();
    for size in SIZES {
        let cast = Cast::of(None, size, &BRISK);
        let mut stage = stage(size, brisk(), 40.0);
        let mut parser = vt100::Parser::new(cells(size.1), cells(size.0), 0);
        let screens = cast.screens();
        assert!(screens.len() > 100, "{}", screens.len());
        for event in screens {
            parser.process(event.data.as_bytes());
            follow(&mut stage, event.at_ms);
            assert_shows(parser.screen(), &stage.cells(), size.1);
            assert!(parser.screen().hide_cursor());
        }
        assert_eq!(stage.app.deadline(), None, "the cast ends with the replay");
        let last = cast.of_code("o").next_back().unwrap();
        parser.process(last.data.as_bytes());
        assert!(!parser.screen().hide_cursor(), "the cursor is given back");
        assert_eq!(parser.screen().cursor_position(), (size.1 - 1, 0));
        assert_shows(parser.screen(), &stage.cells(), size.1 - 1);
    }
}

#[test]
fn each_post_is_revealed_at_its_moment_by_an_event_of_its_own() {
    let size = SIZES[0];
    let cast = Cast::of(None, size, &BRISK);
    let at: BTreeSet<_> = cast.screens().iter().map(|event| event.at_ms).collect();
    assert_eq!(at.len(), cast.screens().len(), "one event for a change");
    let stage = stage(size, brisk(), 40.0);
    for post in stage.app.transcript.ids() {
        let shown = (stage.app.shows().show(post) as f64 / 40.0).round() as i64;
        assert!(at.contains(&shown), "{post:?} at {shown} ms");
    }
}

#[test]
fn the_intervals_add_up_to_the_length_of_the_replay_and_the_hold() {
    let transcript = read_bytes(DEMO.as_bytes(), Forced::default()).unwrap().0;
    let structure = Structure::of(&transcript);
    let usual = Pacing::default();
    for (options, pacing, speed) in [
        (&["--speed", "600"][..], usual, 600.0),
        (&["--speed", "9999.9"], usual, 9999.9),
        (&BRISK, brisk(), 40.0),
        (&["--gaps", "skip", "--speed", "7"], Pacing { gaps: GapModel::Skip, ..usual }, 7.0),
        (
            &["--gaps", "log", "--idle-limit", "1s", "--speed", "3"],
            Pacing { gaps: GapModel::Log, limit_ms: 1000, ..usual },
            3.0,
        ),
        (
            &["--pace", "reading", "--cpm", "2000", "--speed", "3"],
            Pacing { pace: Pace::Reading, cpm: 2000, ..usual },
            3.0,
        ),
    ] {
        let schedule = Schedule::of(&transcript, &structure, pacing);
        let total = schedule.over(&transcript, &structure).total();
        let length = (total as f64 / speed).round() as i64 + HOLD_MS;
        let cast = Cast::of(None, SIZES[2], options);
        assert_eq!(cast.length_ms(), length, "{options:?}");
    }
}

#[test]
fn a_cast_says_what_it_is_and_ends_with_an_exit() {
    let cast = Cast::of(None, SIZES[1], &BRISK);
    let term = &cast.header["term"];
    assert_eq!((&cast.header["version"], &term["cols"], &term["rows"]), (&3.into(), &80.into(), &24.into()));
    assert!(cast.header["title"].as_str().unwrap().contains("图书馆"));
    let codes: BTreeSet<_> = cast.events.iter().map(|event| event.code.as_str()).collect();
    assert_eq!(codes, BTreeSet::from(["m", "o", "x"]));
    let exit = cast.events.last().unwrap();
    assert_eq!((exit.code.as_str(), exit.data.as_str()), ("x", "0"));
}

#[test]
fn sessions_and_questions_are_marked_when_they_begin() {
    let cast = Cast::of(None, SIZES[0], &BRISK);
    let stage = stage(SIZES[0], brisk(), 40.0);
    let (structure, shows) = (&stage.app.structure, stage.app.shows());
    let questions = stage.app.transcript.ids().filter(|&id| structure.question_of(id) == Some(id));
    let mut begins: Vec<_> = structure.sessions().iter().map(|session| session.first).collect();
    begins.extend(questions);
    begins.sort_unstable();
    let expected: Vec<_> = begins.iter().map(|&id| (shows.show(id) as f64 / 40.0).round() as i64).collect();
    let marks: Vec<_> = cast.of_code("m").collect();
    assert_eq!(marks.iter().map(|mark| mark.at_ms).collect::<Vec<_>>(), expected);
    assert!(marks.len() > 20);
    for mark in marks {
        assert!(mark.data.starts_with("问答 ") || mark.data.starts_with("场次 "), "{}", mark.data);
        assert!(stage.app.ruler.width(&mark.data) <= 40, "{}", mark.data);
    }
}

#[test]
fn a_chapter_is_marked_and_its_title_gives_no_orders() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.txt");
    std::fs::write(&path, "2025-01-01 08:00\n\n主持人\n\n开始。\n\n2025-01-01 08:05\n\n主持人\n\n灯。\n")
        .unwrap();
    let sheet = "[[chapter]]\ntitle = \"\\u001b]0;x\\u0007灯\"\nby = \"主持人\"\nbegins = \"灯\"\n";
    std::fs::write(folder.path().join("record.txt.shilu.toml"), sheet).unwrap();
    let cast = Cast::of(None, SIZES[1], &["--speed", "60", path.to_str().unwrap()]);
    let marks: Vec<_> = cast.of_code("m").map(|mark| (mark.at_ms, mark.data.as_str())).collect();
    assert_eq!(marks, [(0, "场次 1 上午"), (5000, "␛]0;x␇灯")]);
}

#[test]
fn the_theme_that_is_asked_for_is_drawn_on_its_ground() {
    for (name, theme, ground) in [
        ("auto", ThemeName::Dark, Value::Null),
        ("dark", ThemeName::Dark, "#14181d".into()),
        ("light", ThemeName::Light, "#ffffff".into()),
        ("mono", ThemeName::Mono, Value::Null),
    ] {
        let cast = Cast::of(None, SIZES[1], &["--speed", "10000", "--theme", name]);
        let screens: String = cast.screens().iter().map(|event| event.data.as_str()).collect();
        match Theme::new(theme, Depth::True, false).accent.fg {
            Some(Color::Rgb(r, g, b)) => assert!(screens.contains(&format!("38;2;{r};{g};{b}")), "{name}"),
            _ => assert!(!screens.contains("38;"), "{name}"),
        }
        assert_eq!(cast.header["term"]["theme"]["bg"], ground, "{name}");
    }
}

#[test]
fn a_terminal_of_wide_ambiguous_characters_is_drawn_for_if_that_is_said() {
    let wide =
        Options { ruler: Ruler::new(true), play: true, pacing: brisk(), speed: 40.0, ..support::options() };
    let mut stage = Stage::with(&wide, DEMO, 80, 24);
    let cast = Cast::of(None, SIZES[1], &[&BRISK[..], &["--ambiguous-width", "2"]].concat());
    let mut grid = Grid::new(Nature { ambiguous: 2, ..Nature::USUAL }, 80, 24);
    for event in cast.screens() {
        grid.frame(event.data.as_bytes());
        follow(&mut stage, event.at_ms);
        let cells = stage.cells();
        for (x, y) in (0..24).flat_map(|y| (0..80).map(move |x| (x, y))) {
            assert_eq!(grid.text(x, y).trim(), cells[(x, y)].symbol().trim(), "column {x} of row {y}");
        }
    }
}

#[test]
fn hostile_text_asks_nothing_of_the_terminal_that_plays_it() {
    for case in hostile_cases::cases().iter().filter(|case| !case.is_binary()) {
        for text in [case.as_body(), [&b"2018-01-09 08:00\n"[..], &case.as_line(), b"\n\nok\n"].concat()] {
            let cast = Cast::of(Some(&text), (60, 12), &["--speed", "10000"]);
            // The grid knows what draws, and fails at anything else.
            let mut grid = Grid::new(Nature::USUAL, 60, 12);
            for event in cast.screens() {
                grid.frame(event.data.as_bytes());
            }
            for text in cast.of_code("m").map(|mark| mark.data.as_str()).chain(cast.header["title"].as_str())
            {
                assert!(!text.contains(char::is_control), "{}: {text:?}", case.name);
            }
        }
    }
}

#[test]
fn a_player_that_leaves_early_is_no_error() {
    let mut child = start(["export", "--to", "asciicast"].iter());
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.next().unwrap().unwrap().starts_with("{\"version\":3"));
    drop(lines);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn what_cannot_be_done_is_one_sentence() {
    for (options, code, said) in [
        (&["--size", "9x9"][..], 2, "20x5 to 1000x500 is expected"),
        (&["--output", "/nowhere/at/all"], 1, "shilu: /nowhere/at/all: no such file\n"),
        (&["/nowhere"], 1, "shilu: /nowhere: no such file\n"),
    ] {
        let child = start(["export", "--to", "asciicast"].iter().chain(options));
        let output = child.wait_with_output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(code), 0));
        assert!(error.contains(said), "{error}");
    }
}
