//! The shell of the reader: the only place that knows the terminal, the clock and signals.
//!
//! One channel leads into one loop. It blocks until something comes or the clock of the replay reaches its
//! next deadline; a paused reader never wakes.

mod canvas;
mod diff;
mod events;
mod glyph;
mod hangup;
mod message;
pub mod output;
mod pen;
mod screen;
mod scroll;
mod signals;

pub use message::{Message, News};
pub use screen::restore;

use crate::app::{App, Effect};
use crate::text::certain::Trust;
use crate::view::theme::{Depth, Theme};
use screen::Screen;
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// Why the reader was left.
#[derive(Debug, PartialEq, Eq)]
pub enum Leave {
    /// The user wanted to.
    Quit,
    /// The source could not be read on: a sentence.
    Failed(String),
    /// A signal.
    Signal(i32),
    /// The terminal is gone.
    Gone,
}

/// What the terminal can do.
#[derive(Debug, Clone, Copy)]
pub struct Abilities {
    /// Colours.
    pub depth: Depth,
    /// Whether its background is light.
    pub light: bool,
    /// Which characters it is known to draw as wide as they are measured.
    pub trust: Trust,
}

/// Takes in what comes from the source.
pub trait Feed {
    /// Takes what came from the source into the reader.
    ///
    /// # Errors
    /// A sentence, if the source cannot be read on.
    fn take(&mut self, app: &mut App, news: News, now: Duration) -> Result<(), String>;
}

/// The way into the loop.
pub fn mailbox() -> (Sender<Message>, Receiver<Message>) {
    channel()
}

/// Runs the reader until it is left. The terminal is as it was found afterwards.
///
/// # Errors
/// If the terminal cannot be set up or written.
pub fn run(
    app: &mut App,
    feed: &mut dyn Feed,
    (sender, mailbox): (Sender<Message>, Receiver<Message>),
    abilities: Abilities,
) -> io::Result<Leave> {
    let started = now();
    let signals = signals::catch()?;
    let mut screen = Screen::enter()?;
    screen.trust(abilities.trust);
    let (width, height) = screen::size();
    app.resize(width, height, started.elapsed());
    let mut reader = Loop { app, feed, screen: &mut screen, abilities, started };
    let result = reader
        .draw()
        .and_then(|()| signals::watch(signals, sender.clone()))
        .and_then(|()| hangup::watch(sender.clone()))
        .and_then(|()| events::watch(sender))
        .and_then(|()| reader.run(&mailbox));
    drop(screen);
    result
}

struct Loop<'a> {
    app: &'a mut App,
    feed: &'a mut dyn Feed,
    screen: &'a mut Screen,
    abilities: Abilities,
    started: Instant,
}

impl Loop<'_> {
    fn run(&mut self, mailbox: &Receiver<Message>) -> io::Result<Leave> {
        loop {
            match self.wait(mailbox) {
                None => self.app.tick(self.started.elapsed()),
                Some(message) => {
                    if let Some(leave) = self.take(message)? {
                        return Ok(leave);
                    }
                }
            }
            // What has come meanwhile makes one frame, but no more than one piece of the source does.
            while let Ok(message) = mailbox.try_recv() {
                let piece = matches!(message, Message::Source(_));
                if let Some(leave) = self.take(message)? {
                    return Ok(leave);
                }
                if piece {
                    break;
                }
            }
            self.draw()?;
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        let theme = Theme::new(self.app.theme, self.abilities.depth, self.abilities.light);
        self.screen.draw(self.app, &theme)
    }

    /// The next message; none when the deadline came first.
    fn wait(&self, mailbox: &Receiver<Message>) -> Option<Message> {
        let Some(deadline) = self.app.deadline() else {
            return Some(mailbox.recv().unwrap_or(Message::InputGone));
        };
        match mailbox.recv_timeout(deadline.saturating_sub(self.started.elapsed())) {
            Ok(message) => Some(message),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Message::InputGone),
        }
    }

    fn take(&mut self, message: Message) -> io::Result<Option<Leave>> {
        let now = self.started.elapsed();
        match message {
            Message::Key(key) => {
                screen::panic_on_request(key);
                match self.app.key(key, now) {
                    Effect::None => {}
                    Effect::Quit => return Ok(Some(Leave::Quit)),
                    Effect::Suspend => self.suspend()?,
                }
            }
            Message::Paste(text) => self.app.paste(&text, now),
            Message::Pointer(pointer) => self.app.pointer(pointer, now),
            Message::Resize => self.resize(),
            Message::InputGone => return Ok(Some(Leave::Gone)),
            Message::Signal(signal) => return self.signal(signal),
            Message::Source(news) => return Ok(self.feed.take(self.app, news, now).err().map(Leave::Failed)),
        }
        Ok(None)
    }

    fn signal(&mut self, signal: i32) -> io::Result<Option<Leave>> {
        match signals::meaning(signal) {
            signals::Meaning::Leave => return Ok(Some(Leave::Signal(signal))),
            signals::Meaning::Suspend => self.suspend()?,
            signals::Meaning::Continue => {
                self.screen.reenter()?;
                self.resize();
            }
            signals::Meaning::Resize => self.resize(),
        }
        Ok(None)
    }

    fn resize(&mut self) {
        let (width, height) = screen::size();
        self.app.resize(width, height, self.started.elapsed());
    }

    /// Gives the terminal back, stops, and takes it again when the shell continues us.
    fn suspend(&mut self) -> io::Result<()> {
        restore();
        signals::stop()?;
        self.screen.reenter()?;
        self.resize();
        Ok(())
    }
}

/// The one place that asks the clock.
#[expect(clippy::disallowed_methods, reason = "the event loop asks the clock")]
pub fn now() -> Instant {
    Instant::now()
}

/// Columns of the terminal, if there is one.
pub fn columns() -> Option<usize> {
    crossterm::terminal::size().ok().map(|(width, _)| usize::from(width)).filter(|&width| width > 0)
}
