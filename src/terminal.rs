//! The shell of the reader: the only place that knows the terminal, the clock and signals.
//!
//! One mailbox leads into one loop. It blocks until something comes or the clock of the replay reaches its
//! next deadline; a paused reader never wakes.

mod canvas;
mod clipboard;
pub mod decoder;
mod diff;
mod drawing;
mod film;
mod frame;
mod glyph;
mod keyboard;
mod leave;
mod mailbox;
mod message;
pub mod output;
mod pen;
mod player;
pub mod probe;
mod screen;
mod scroll;
mod searcher;
mod signals;
mod typing;

pub use film::{Shot, closing, film};
pub use leave::{Leave, Moment};
pub use mailbox::Sender;
pub use message::{Growth, Message, News};
pub use pen::Pen;
pub use player::{Aside, Ended, Stage, Word, play};
pub use screen::{columns, restore};

use crate::app::{App, Effect, Errand, ExportOrder, Exported};
use crate::text::certain::Trust;
use crate::view;
use crate::view::theme::{Depth, Theme};
use clipboard::Clipboard;
use keyboard::Keyboard;
use mailbox::Mailbox;
use probe::{Found, Outcome};
use screen::Screen;
use searcher::Searcher;
use std::io;
use std::sync::mpsc::SyncSender;
use std::time::{Duration, Instant};

/// What the terminal can do.
#[derive(Debug, Clone, Copy)]
pub struct Abilities {
    /// Colours.
    pub depth: Depth,
    /// Whether its background is light.
    pub light: bool,
    /// Whether it can be asked how it draws.
    pub answers: bool,
}

/// So often what is read is kept, if somebody does something.
const NOW_AND_THEN: Duration = Duration::from_secs(60);

/// Frames that nobody asked for have at least this pause before them.
const REST: Duration = Duration::from_millis(50);

/// No frame waits longer for what comes in.
const LONGEST_TAKE: Duration = Duration::from_millis(5);

/// How long an answer of the terminal is waited for. Nothing else waits for it.
const PATIENCE: Duration = Duration::from_millis(600);

/// How long leaving waits for an answer that is still to come, lest it come to the shell as if typed.
const PARTING: Duration = Duration::from_millis(100);

/// Runs the reader until it is left; `begin` is called with the way into the loop when the first frame has been drawn,
/// `keep` whenever there may be something to keep, `export` with a file that is to be written. The terminal is as it was found
/// afterwards.
///
/// # Errors
/// If the terminal cannot be set up or written.
pub fn run(
    app: &mut App,
    abilities: Abilities,
    keep: &mut dyn FnMut(&mut App, Moment),
    export: &dyn Fn(&App, &ExportOrder) -> Exported,
    begin: impl FnOnce(Sender) -> io::Result<()>,
) -> io::Result<Leave> {
    let started = now();
    let (sender, mut mailbox) = Mailbox::new(Keyboard::open()?)?;
    let signals = signals::catch()?;
    let (width, height) = screen::size();
    let abilities = Abilities { answers: abilities.answers && probe::fits(width, height), ..abilities };
    let mut screen = Screen::enter(abilities.answers.then(probe::question).as_deref())?;
    if abilities.answers {
        mailbox.keyboard().expect_answer(started + PATIENCE);
        // Until it has answered it is taken for what nearly all are: the first frame need not be drawn twice.
        screen.trust(Trust { wide: true, ambiguous: true, letters: true });
    }
    app.resize(width, height, started.elapsed());
    let mut reader = Loop {
        app,
        screen: &mut screen,
        mailbox,
        abilities,
        keep,
        export,
        clipboard: Clipboard::default(),
        kept: Duration::ZERO,
        started,
        said: None,
        drawn: Duration::ZERO,
        owed: None,
        taken: Vec::new(),
        searcher: Searcher::new(sender.clone()),
    };
    let result = reader
        .draw()
        .and_then(|()| signals::watch(signals, sender.clone(), None))
        .and_then(|()| begin(sender))
        .and_then(|()| reader.run());
    (reader.keep)(reader.app, Moment::Leaving);
    reader.part();
    drop(screen);
    result
}

struct Loop<'a> {
    app: &'a mut App,
    screen: &'a mut Screen,
    mailbox: Mailbox,
    abilities: Abilities,
    keep: &'a mut dyn FnMut(&mut App, Moment),
    export: &'a dyn Fn(&App, &ExportOrder) -> Exported,
    clipboard: Clipboard,
    /// When the place that is read was kept last.
    kept: Duration,
    started: Instant,
    /// What the terminal said of itself.
    said: Option<Found>,
    /// When the last frame was drawn.
    drawn: Duration,
    /// When the next one is due, if one is.
    owed: Option<Duration>,
    /// Where word is waited for that what came was drawn.
    taken: Vec<SyncSender<()>>,
    /// Looks for what the user looks for.
    searcher: Searcher,
}

impl Loop<'_> {
    fn run(&mut self) -> io::Result<Leave> {
        loop {
            let deadline = self.app.deadline().into_iter().chain(self.owed).min();
            let first = self.mailbox.wait(deadline.map(|deadline| self.started + deadline), now)?;
            if first.is_none() {
                self.app.tick(self.started.elapsed());
                self.owe();
            }
            // What has come meanwhile makes one frame.
            let patience = self.started.elapsed() + LONGEST_TAKE;
            let mut next = first;
            while let Some(message) = next {
                if let Some(leave) = self.take(message)? {
                    return Ok(leave);
                }
                next = if self.started.elapsed() < patience { self.mailbox.next() } else { None };
            }
            self.searcher.serve(self.app)?;
            let now = self.started.elapsed();
            if now.saturating_sub(self.kept) >= NOW_AND_THEN {
                self.kept = now;
                (self.keep)(self.app, Moment::Passing);
            }
            if self.owed.is_some_and(|due| due <= self.started.elapsed()) {
                self.draw()?;
            }
        }
    }

    /// Something has changed that the user waits for.
    fn owe(&mut self) {
        self.owed = Some(Duration::ZERO);
    }

    /// Something has changed that can wait a little: many such changes make one frame.
    fn owe_in_time(&mut self) {
        self.owed = self.owed.or(Some(self.drawn + REST));
    }

    fn draw(&mut self) -> io::Result<()> {
        self.drawn = self.started.elapsed();
        self.app.settle(self.drawn);
        self.owed = None;
        let theme = self.theme();
        self.screen.draw(self.app, &theme)?;
        for taken in self.taken.drain(..) {
            let _ = taken.try_send(());
        }
        Ok(())
    }

    /// Draws, unless all is as it was.
    fn draw_changes(&mut self) -> io::Result<()> {
        let theme = self.theme();
        self.screen.draw_changes(self.app, &theme)
    }

    fn theme(&self) -> Theme {
        Theme::of(self.app.theme, &self.app.config, self.abilities.depth, self.abilities.light)
    }

    fn take(&mut self, message: Message) -> io::Result<Option<Leave>> {
        let now = self.started.elapsed();
        match &message {
            Message::Probed(_) => {}
            Message::Source(_) | Message::Found(_) => self.owe_in_time(),
            _ => self.owe(),
        }
        match message {
            Message::Key(key) => {
                screen::panic_on_request(key);
                screen::calm();
                let effect = self.app.key(key, now);
                return self.follow(effect);
            }
            Message::Paste(text) => self.app.paste(&text, now),
            Message::Pointer(pointer) => match view::target(self.app, pointer.x, pointer.y) {
                Some(target) => {
                    let effect = self.app.click(target, pointer.kind, now);
                    return self.follow(effect);
                }
                None => self.app.pointer(pointer, now),
            },
            Message::Resize => self.resize(),
            Message::Probed(outcome) => {
                self.learn(outcome);
                if self.owed.is_none() {
                    self.draw_changes()?;
                }
            }
            Message::InputGone => return Ok(Some(Leave::Gone)),
            Message::Signal(signal) => return self.signal(signal),
            Message::Found(found) => {
                let before = self.app.reader;
                self.app.found(&found, now);
                // The first hit is shown at once.
                if self.app.reader != before || found.last {
                    self.owe();
                }
            }
            Message::Source(News::Grown(growth)) => self.grow(*growth)?,
            // What was read of a live record stays.
            Message::Source(News::Failed(sentence)) if self.app.source.live => {
                self.app.stop_reading(sentence);
            }
            Message::Source(News::Failed(sentence)) => return Ok(Some(Leave::Failed(sentence))),
        }
        Ok(None)
    }

    /// Does what is to be done after an update.
    fn follow(&mut self, effect: Effect) -> io::Result<Option<Leave>> {
        (self.keep)(self.app, Moment::Key);
        match effect {
            Effect::None => {}
            Effect::Quit => return Ok(Some(Leave::Quit)),
            Effect::Suspend => self.suspend()?,
            Effect::Redraw => self.redraw(),
            Effect::TakeAway => self.take_away()?,
        }
        Ok(None)
    }

    /// Copies or exports, and says so.
    fn take_away(&mut self) -> io::Result<()> {
        match self.app.take_errand() {
            Some(Errand::Copy { text, said }) => {
                self.screen.tell(&self.clipboard.copy(self.app, &text, said))
            }
            Some(Errand::Export(order)) => {
                if self.app.announce(&order) {
                    self.draw_changes()?;
                }
                let exported = (self.export)(self.app, &order);
                self.app.conclude(&order, exported);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Takes in what the record has gained. The first words and the end of the loading are shown at once. What a live
    /// record gains while that is not drawn is gathered elsewhere.
    fn grow(&mut self, Growth { batch, source, done }: Growth) -> io::Result<()> {
        let (was_empty, was_loading) = (self.app.transcript.is_empty(), self.app.source.loading);
        let (live, loading) = (source.live, source.loading);
        self.app.take_in(|transcript| {
            transcript.grow(batch);
            source
        });
        if let Some(alerted) = self.app.take_alert() {
            self.screen.alert(&alerted)?;
        }
        if live && !loading {
            self.taken.push(done);
        } else {
            let _ = done.try_send(());
        }
        if was_empty || was_loading && !loading {
            self.owe();
        }
        Ok(())
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

    /// Measures from now on as the terminal draws.
    fn learn(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Unknown => {}
            Outcome::NotUtf8 => self.app.message = Some(self.app.lang.words().not_utf8.to_owned()),
            Outcome::Found(found) => {
                self.said = Some(found);
                if self.app.learn(found.habits) {
                    self.screen.redraw();
                }
            }
        }
        self.trust();
    }

    /// Another ruler by the user's word: the terminal may have drawn anything but what was meant.
    fn redraw(&mut self) {
        self.screen.redraw();
        self.trust();
    }

    /// The terminal has spoken, or the ruler is another one: says what of it may be trusted in.
    fn trust(&mut self) {
        self.screen.trust(self.said.map(|found| found.trust(self.app.ruler)).unwrap_or_default());
    }

    /// Waits a moment for an answer that is still to come.
    fn part(&mut self) {
        let Some(patience) = self.mailbox.keyboard().patience() else { return };
        let until = patience.min(now() + PARTING);
        while self.mailbox.keyboard().patience().is_some() {
            match self.mailbox.wait(Some(until), now) {
                Ok(Some(Message::InputGone) | None) | Err(_) => return,
                Ok(Some(_)) => {}
            }
        }
    }

    /// Gives the terminal back, stops, and takes it again when the shell continues us.
    fn suspend(&mut self) -> io::Result<()> {
        // Whoever is stopped may never go on.
        (self.keep)(self.app, Moment::Passing);
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
