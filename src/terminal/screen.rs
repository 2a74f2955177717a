//! The screen: taken, drawn in one write a frame, and left as it was found on every path.

use super::canvas::{BEGIN_FRAME, END_FRAME};
use super::drawing::{Drawing, draw};
use super::output::is_empty;
use crate::app::{Alerted, App};
use crate::choice::Alert;
use crate::keymap::{Code, Key};
use crate::text::certain::Trust;
use crate::view::theme::Theme;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{Command, cursor};
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the terminal is ours at present.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Whether the terminal has a title of ours.
static TITLED: AtomicBool = AtomicBool::new(false);

/// The title is put aside, and taken back: terminals that cannot do so keep ours.
const KEEP_TITLE: &str = "\x1b[22;2t";
const GIVE_TITLE: &str = "\x1b[23;2t";

/// Buttons, drags and the wheel with SGR coordinates; no reports of mere motion, which would wake a paused
/// reader.
const MOUSE_ON: &str = "\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l";

/// The largest screen that is drawn, in cells.
const LARGEST: (u16, u16) = (1000, 500);

/// The terminal while it is ours.
pub struct Screen {
    drawing: Drawing,
    out: File,
}

impl Screen {
    /// Takes the terminal and asks it the question, if there is one: in a synchronized update of its own that leaves
    /// the screen blank, so that nothing of it is seen.
    pub fn enter(question: Option<&str>) -> io::Result<Self> {
        hook_panics();
        let out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        take(question)?;
        Ok(Self { drawing: Drawing::new(), out })
    }

    /// Draws a frame: one write, shown at once.
    pub fn draw(&mut self, app: &App, theme: &Theme) -> io::Result<()> {
        let bytes = draw(&mut self.drawing, app, theme);
        self.out.write_all(bytes)
    }

    /// Draws a frame unless it changes nothing.
    pub fn draw_changes(&mut self, app: &App, theme: &Theme) -> io::Result<()> {
        let bytes = draw(&mut self.drawing, app, theme);
        if is_empty(bytes) { Ok(()) } else { self.out.write_all(bytes) }
    }

    /// Says what the terminal has shown that it draws as it is measured.
    pub fn trust(&mut self, trust: Trust) {
        self.drawing.trust(trust);
    }

    /// Takes the terminal again; the next frame draws everything.
    pub fn reenter(&mut self) -> io::Result<()> {
        // The shell may have changed the terminal while the library still believes that raw mode is on.
        let _ = disable_raw_mode();
        take(None)?;
        self.redraw();
        Ok(())
    }

    /// Tells that something came that was watched for.
    pub fn alert(&mut self, alerted: &Alerted) -> io::Result<()> {
        let text = match alerted.how {
            Alert::Bell => "\x07".to_owned(),
            Alert::Title => {
                let keep = if TITLED.swap(true, Ordering::SeqCst) { "" } else { KEEP_TITLE };
                format!("{keep}\x1b]2;{}\x1b\\", alerted.title)
            }
            Alert::None => return Ok(()),
        };
        self.out.write_all(text.as_bytes())
    }

    /// Tells the terminal something that draws nothing.
    pub fn tell(&mut self, sequence: &str) -> io::Result<()> {
        self.out.write_all(sequence.as_bytes())
    }

    /// The next frame draws everything.
    pub fn redraw(&mut self) {
        self.drawing.forget();
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        restore();
    }
}

/// Columns and rows; 80x24 where the terminal has none.
pub fn size() -> (u16, u16) {
    match crossterm::terminal::size() {
        Ok((0, _) | (_, 0)) | Err(_) => (80, 24),
        Ok(size) => sane(size),
    }
}

/// Columns of the terminal, if there is one.
pub fn columns() -> Option<usize> {
    crossterm::terminal::size().ok().map(|(width, _)| usize::from(width)).filter(|&width| width > 0)
}

/// A terminal may claim any size; no more is drawn than a person can see.
fn sane((width, height): (u16, u16)) -> (u16, u16) {
    (width.min(LARGEST.0), height.min(LARGEST.1))
}

fn take(question: Option<&str>) -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut text = String::new();
    let _ = EnterAlternateScreen.write_ansi(&mut text);
    text.push_str(MOUSE_ON);
    let _ = EnableBracketedPaste.write_ansi(&mut text);
    let _ = cursor::Hide.write_ansi(&mut text);
    if let Some(question) = question {
        text.push_str(BEGIN_FRAME);
        text.push_str(question);
        text.push_str(END_FRAME);
    }
    write_raw(&text)
}

/// Puts the terminal back as it was found. Safe to call at any time, from any thread, more than once.
pub fn restore() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    calm();
    let mut text = String::new();
    text.push_str(END_FRAME);
    let _ = DisableBracketedPaste.write_ansi(&mut text);
    text.push_str(MOUSE_OFF);
    let _ = cursor::Show.write_ansi(&mut text);
    let _ = LeaveAlternateScreen.write_ansi(&mut text);
    let _ = write_raw(&text);
    let _ = disable_raw_mode();
}

/// Gives the terminal its title back, if an alert has taken that.
pub fn calm() {
    if TITLED.swap(false, Ordering::SeqCst) {
        let _ = write_raw(GIVE_TITLE);
    }
}

/// Gives up the terminal without a word, for when it no longer reads.
pub fn abandon() {
    let _ = disable_raw_mode();
}

fn write_raw(text: &str) -> io::Result<()> {
    let mut out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    out.write_all(text.as_bytes())
}

/// A panic gives the terminal back before its report is written.
fn hook_panics() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        restore();
        report(info);
    }));
}

/// For the test of that path: builds with debug assertions panic on `!` when asked to by the environment.
pub fn panic_on_request(key: Key) {
    let asked =
        cfg!(debug_assertions) && key.code == Code::Char('!') && std::env::var_os("SHILU_PANIC").is_some();
    assert!(!asked, "a panic was asked for");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_that_nobody_can_see_is_cut() {
        for (claimed, drawn) in [((80, 24), (80, 24)), ((65_535, 65_535), LARGEST), ((2000, 1), (1000, 1))] {
            assert_eq!(sane(claimed), drawn);
        }
    }
}
