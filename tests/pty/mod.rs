//! A pseudo-terminal with a program in it: keys go in, bytes come out, and its screen can be waited for.
//!
//! Nothing here sleeps: a thread reads the terminal into a channel, another one waits for the program to end,
//! and every wait is for a condition, with a time-out. The screen honours synchronized updates, so that what a
//! test sees is always a whole frame.
#![allow(dead_code, reason = "each test file uses its part")]

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use std::ffi::OsStr;
use std::fmt::Debug;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};
use vt100::Screen;

/// The program under test.
pub const SHILU: &str = env!("CARGO_BIN_EXE_shilu");

/// How long a condition is waited for before the test fails.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// How long a condition that nothing announces is left alone between two looks.
const GLANCE: Duration = Duration::from_millis(5);

/// The beginning and the end of a synchronized update.
pub const FRAME: (&str, &str) = ("\x1b[?2026h", "\x1b[?2026l");

/// What is to run, and in what terminal.
pub struct Launch {
    command: CommandBuilder,
    size: (u16, u16),
}

/// A program in a new terminal of 80x24, with the environment of a plain UTF-8 terminal of 256 colours.
pub fn launch(program: impl AsRef<OsStr>) -> Launch {
    let mut command = CommandBuilder::new(program);
    for name in ["NO_COLOR", "COLORTERM", "COLORFGBG", "LINES", "COLUMNS", "SHILU_PANIC", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("LC_ALL", "C.UTF-8")] {
        command.env(name, value);
    }
    command.env("SHILU", SHILU);
    // Nothing is remembered, unless a test wants that.
    command.env("XDG_STATE_HOME", "/dev/null");
    // Whoever runs the tests may have settings of their own.
    command.env("XDG_CONFIG_HOME", "/nonexistent");
    command.cwd(env!("CARGO_MANIFEST_DIR"));
    Launch { command, size: (80, 24) }
}

impl Launch {
    /// With a further argument.
    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    /// With further arguments.
    pub fn args<'a>(self, args: impl IntoIterator<Item = &'a str>) -> Self {
        args.into_iter().fold(self, Self::arg)
    }

    /// With a variable of the environment.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// In a terminal of so many columns and rows.
    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    /// In a terminal that is not the controlling one: the kernel sends no signal when it goes away.
    pub fn without_controlling_terminal(mut self) -> Self {
        self.command.set_controlling_tty(false);
        self
    }

    /// Starts it.
    pub fn start(self) -> Terminal {
        let (columns, rows) = self.size;
        let pair = native_pty_system().openpty(size(columns, rows)).expect("a pseudo-terminal");
        let found = termios(pair.master.as_ref());
        let child = pair.slave.spawn_command(self.command).expect("the program starts");
        drop(pair.slave);
        let pid = child.process_id().expect("a process has a number");
        let listening = Arc::new(AtomicBool::new(true));
        let output = listen(pair.master.try_clone_reader().expect("a reader"), Arc::clone(&listening));
        Terminal {
            parser: vt100::Parser::new(cells(rows, 24), cells(columns, 80), 0),
            bytes: Vec::new(),
            shown: 0,
            found,
            pid,
            output,
            ended: attend(child),
            status: None,
            listening,
            keyboard: Some(pair.master.take_writer().expect("a writer")),
            master: Some(pair.master),
        }
    }
}

/// The terminal, with its program running or ended.
pub struct Terminal {
    parser: vt100::Parser,
    /// All that the program has written.
    pub bytes: Vec<u8>,
    shown: usize,
    /// The line settings before the program was started.
    pub found: String,
    /// The number of the process.
    pub pid: u32,
    output: Receiver<Vec<u8>>,
    ended: Receiver<ExitStatus>,
    status: Option<ExitStatus>,
    listening: Arc<AtomicBool>,
    keyboard: Option<Box<dyn Write + Send>>,
    master: Option<Box<dyn MasterPty + Send>>,
}

impl Terminal {
    /// The screen as of the last whole frame.
    pub fn screen(&self) -> &Screen {
        self.parser.screen()
    }

    /// The text on the screen, row by row.
    pub fn text(&self) -> String {
        rows(self.screen()).join("\n")
    }

    /// The line settings as they are now.
    pub fn termios(&self) -> String {
        termios(self.master())
    }

    /// The device that the program has as its terminal.
    #[cfg(target_os = "linux")]
    pub fn device(&self) -> std::path::PathBuf {
        self.master().tty_name().expect("the terminal has a name")
    }

    /// How many frames have been drawn.
    pub fn frames(&self) -> usize {
        count(&self.bytes, FRAME.1)
    }

    /// Types.
    pub fn press(&mut self, keys: &str) {
        let keyboard = self.keyboard.as_mut().expect("the terminal is there");
        keyboard.write_all(keys.as_bytes()).expect("the terminal takes keys");
        keyboard.flush().expect("the terminal takes keys");
    }

    /// Types, and waits for a frame drawn after that. Every message draws one, even if nothing has changed.
    pub fn press_and_wait(&mut self, keys: &str) {
        let frames = self.frames();
        self.press(keys);
        self.wait_until("a frame after the keys", |terminal| terminal.frames() > frames);
    }

    /// Pastes, as a terminal with bracketed paste does, and waits for the frame after it.
    pub fn paste(&mut self, text: &str) {
        self.press_and_wait(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Changes the size of the window. The screen is blank until the program draws it anew.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.parser.screen_mut().set_size(cells(rows, 24), cells(columns, 80));
        self.parser.process(b"\x1b[m\x1b[2J");
        self.master().resize(size(columns, rows)).expect("the terminal takes a size");
    }

    /// Sends a signal to the process, by its name.
    pub fn signal(&self, name: &str) {
        signal(self.pid, name);
    }

    /// Waits until the screen is as wanted.
    pub fn wait_for(&mut self, what: &str, seen: impl Fn(&Screen) -> bool) {
        self.wait_until(what, |terminal| seen(terminal.screen()));
    }

    /// Waits until a text stands on the screen.
    pub fn wait_for_text(&mut self, text: &str) {
        self.wait_for(text, |screen| screen.contents().contains(text));
    }

    /// Waits until something is so, looking again whenever the program writes, and now and then between.
    pub fn wait_until(&mut self, what: &str, so: impl Fn(&Self) -> bool) {
        let deadline = now() + PATIENCE;
        while !so(self) {
            let left = deadline.saturating_duration_since(now());
            let ended = match self.output.recv_timeout(left.min(GLANCE)) {
                Ok(bytes) => {
                    self.take(&bytes);
                    false
                }
                Err(RecvTimeoutError::Timeout) => left.is_zero(),
                Err(RecvTimeoutError::Disconnected) => !so(self),
            };
            assert!(!ended, "never came: {what}\n{}", self.report());
        }
    }

    /// What the program writes within a time. Nothing, if it is idle.
    pub fn written_within(&mut self, time: Duration) -> Vec<u8> {
        match self.output.recv_timeout(time) {
            Ok(bytes) => {
                self.take(&bytes);
                bytes
            }
            Err(_) => Vec::new(),
        }
    }

    /// Waits for the program to end, takes in all that it wrote, and says its exit code.
    pub fn exit_code(&mut self) -> u32 {
        let deadline = now() + PATIENCE;
        loop {
            match self.output.recv_timeout(deadline.saturating_duration_since(now())) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("the program does not end\n{}", self.report()),
            }
        }
        let rest = self.bytes.split_off(self.shown);
        self.parser.process(&rest);
        self.bytes.extend(rest);
        self.shown = self.bytes.len();
        self.code(PATIENCE)
    }

    /// Takes the terminal away, and says the exit code of the program, if it ends within a time.
    pub fn hang_up(&mut self, within: Duration) -> u32 {
        self.listening.store(false, Ordering::SeqCst);
        self.press("?");
        while let Ok(bytes) = self.output.recv_timeout(PATIENCE) {
            self.take(&bytes);
        }
        self.keyboard = None;
        self.master = None;
        self.code(within)
    }

    /// Kills the program, and waits until it is gone.
    pub fn kill(&mut self) {
        self.signal("KILL");
        let status = self.ended.recv_timeout(PATIENCE).expect("a killed program ends");
        self.status = Some(status);
    }

    fn code(&mut self, within: Duration) -> u32 {
        let Ok(status) = self.ended.recv_timeout(within) else {
            panic!("the program does not end within {within:?}\n{}", self.report());
        };
        assert_eq!(status.signal(), None, "the program was killed\n{}", self.report());
        self.status.insert(status).exit_code()
    }

    fn master(&self) -> &(dyn MasterPty + Send) {
        self.master.as_deref().expect("the terminal is there")
    }

    /// Shows what is not part of an unfinished frame.
    fn take(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        let (begin, end) = (last(&self.bytes, FRAME.0), last(&self.bytes, FRAME.1));
        let until = match (begin, end) {
            (Some(begin), end) if end.is_none_or(|end| end < begin) => begin,
            _ => self.bytes.len(),
        };
        if until > self.shown {
            self.parser.process(&self.bytes[self.shown..until]);
            self.shown = until;
        }
    }

    /// The screen and the last bytes, for a message.
    pub fn report(&self) -> String {
        let tail = &self.bytes[self.bytes.len().saturating_sub(400)..];
        format!("screen:\n{}\nlast bytes: {:?}", self.text(), String::from_utf8_lossy(tail))
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if self.status.is_none() && self.ended.try_recv().is_err() {
            let _ = send_signal(self.pid, "KILL");
        }
    }
}

/// The text of each row, without the blanks behind it.
pub fn rows(screen: &Screen) -> Vec<String> {
    screen.rows(0, screen.size().1.get()).map(|row| row.trim_end().to_owned()).collect()
}

/// Sends a signal to a process, by its name.
pub fn signal(pid: u32, name: &str) {
    assert!(send_signal(pid, name).is_ok_and(|status| status.success()), "kill -{name} {pid}");
}

fn send_signal(pid: u32, name: &str) -> std::io::Result<std::process::ExitStatus> {
    Command::new("kill").args([&format!("-{name}"), &pid.to_string()]).status()
}

/// A field of a file `status` under `/proc`.
#[cfg(target_os = "linux")]
pub fn proc_field(status: &std::path::Path, name: &str) -> Option<String> {
    let text = std::fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    Some(line.trim().to_owned())
}

/// How often a text occurs in bytes.
pub fn count(bytes: &[u8], text: &str) -> usize {
    bytes.windows(text.len()).filter(|window| *window == text.as_bytes()).count()
}

/// Where a text occurs last in bytes.
pub fn last(bytes: &[u8], text: &str) -> Option<usize> {
    bytes.windows(text.len()).rposition(|window| window == text.as_bytes())
}

/// A piece of what a terminal is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A character to show.
    Text(char),
    /// A control sequence: what stands between `ESC [` and its end, and its final character.
    Csi(String, char),
    /// Any other escape sequence, or a control character.
    Control(String),
}

/// What a terminal is sent, in pieces.
pub fn pieces(bytes: &[u8]) -> Vec<Piece> {
    let text = std::str::from_utf8(bytes).expect("only UTF-8 is written");
    let mut chars = text.chars();
    let mut pieces = Vec::new();
    while let Some(ch) = chars.next() {
        pieces.push(match ch {
            '\x1b' => match chars.next() {
                Some('[') => {
                    let mut body = String::new();
                    let end = chars.by_ref().find(|ch| {
                        body.push(*ch);
                        ('@'..='~').contains(ch)
                    });
                    body.pop();
                    Piece::Csi(body, end.unwrap_or('\0'))
                }
                other => Piece::Control(format!("\x1b{}", other.map(String::from).unwrap_or_default())),
            },
            ch if ch.is_control() => Piece::Control(ch.to_string()),
            ch => Piece::Text(ch),
        });
    }
    pieces
}

/// Reads the terminal into a channel until it is closed, or until something comes that is no longer wanted.
///
/// A kernel may look for bytes, find none, be held up while the program writes its last ones and ends, and then
/// tell that the other side is closed. So the end is believed when it is told a second time.
fn listen(mut reader: Box<dyn Read + Send>, listening: Arc<AtomicBool>) -> Receiver<Vec<u8>> {
    let (sender, output) = channel();
    std::thread::spawn(move || {
        let mut buffer = [0; 16_384];
        let mut ends = 0;
        while ends < 2 {
            let Ok(read @ 1..) = reader.read(&mut buffer) else {
                ends += 1;
                continue;
            };
            let wanted = listening.load(Ordering::SeqCst);
            if sender.send(buffer[..read].to_vec()).is_err() || !wanted {
                return;
            }
        }
    });
    output
}

/// Waits for the program to end.
fn attend(mut child: Box<dyn Child + Send + Sync>) -> Receiver<ExitStatus> {
    let (sender, ended): (Sender<ExitStatus>, _) = channel();
    std::thread::spawn(move || child.wait().map(|status| sender.send(status)));
    ended
}

fn termios(master: &(dyn MasterPty + Send)) -> String {
    fn told(settings: Option<impl Debug>) -> String {
        format!("{:?}", settings.expect("a terminal has line settings"))
    }
    told(master.get_termios())
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// So many cells; a screen without any is taken as 80x24, as the program takes it.
fn cells(cells: u16, otherwise: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).or(NonZeroU16::new(otherwise)).unwrap_or(NonZeroU16::MIN)
}

/// The time.
#[expect(clippy::disallowed_methods, reason = "a time-out needs the clock")]
pub fn now() -> Instant {
    Instant::now()
}
