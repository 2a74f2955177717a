//! A replay on standard output: each post is one write at its moment, keys and signals come between.
//!
//! It sleeps until the next post is due or something comes; paused, until something comes.

use super::keyboard::Keyboard;
use super::mailbox::Mailbox;
use super::message::Message;
use super::screen::panic_on_request;
use super::signals::{self, Meaning};
use super::typing;
use crate::action::Mode;
use crate::keymap::{Key, Keymap, Lookup};
use crate::replay::{Clock, Cue, Playback, Reply};
use crate::transcript::PostId;
use rustix::fs::{FileType, OFlags, fcntl_getfl, fstat};
use std::fs::File;
use std::io::{self, ErrorKind, PipeWriter, Write, pipe};
use std::os::fd::{AsFd, OwnedFd};
use std::time::{Duration, Instant};

/// Takes back a word about the replay.
const ERASE: &[u8] = b"\r\x1b[K";

/// How long a reader who takes nothing keeps a signal from ending the process.
const PATIENCE: Duration = Duration::from_millis(500);

/// Why a replay has ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Ended {
    /// It has shown everything, or the user wanted to leave.
    Quit,
    /// A signal.
    Signal(i32),
    /// The terminal is gone.
    Gone,
}

/// How a word about the replay is said in a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// Below the text, until something comes there.
    Passing,
    /// As a line of its own that stays.
    Lasting,
}

/// What a word is about.
#[derive(Debug, Clone, Copy)]
pub enum Word {
    /// How the replay stands.
    State(Clock),
    /// The keys.
    Keys,
}

/// What is played, and how.
pub struct Stage<'a> {
    /// A post as whole lines, where the terminal has so many columns.
    pub post: &'a mut dyn FnMut(PostId, Option<usize>) -> Vec<u8>,
    /// A few words, as they are written where the terminal has so many columns.
    pub word: &'a dyn Fn(Word, Option<usize>) -> String,
    /// How they are said, if at all.
    pub aside: Option<Aside>,
    /// Whether keys may be pressed, if the process is in the foreground.
    pub keys: bool,
    /// What they mean.
    pub keymap: Keymap,
    /// Columns of the terminal, if there is one.
    pub columns: fn() -> Option<usize>,
    /// Tells the time.
    pub clock: fn() -> Instant,
}

/// Plays posts to standard output at some speed, the first one at once. The terminal is as it was found afterwards.
///
/// # Errors
/// If standard output cannot be written, or the system cannot wait; a reader who has left is a broken pipe.
pub fn play<Cues: Iterator<Item = Cue>>(cues: Cues, speed: f64, stage: Stage) -> io::Result<Ended> {
    let signals = signals::catch_unless_ignored()?;
    let out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    let (keyboard, silence) = nobody(&out)?;
    let (sender, mailbox) = Mailbox::new(keyboard)?;
    let columns = (stage.columns)();
    let mut player = Player {
        playback: Playback::begin(cues, speed, Duration::ZERO),
        started: (stage.clock)(),
        stage,
        mailbox,
        out,
        columns,
        silence,
        listens: false,
        pending: Vec::new(),
        ready: None,
        said: false,
    };
    signals::watch(signals, sender, Some(PATIENCE))?;
    let ended = player.begin().and_then(|()| player.run());
    player.leave();
    ended
}

/// A keyboard that nobody presses: one that is silent as long as what is returned with it is held, or, where standard
/// output is a pipe, that very end of it, at which nothing is heard but that the reader has left.
fn nobody(out: &File) -> io::Result<(Keyboard, Option<PipeWriter>)> {
    let is_pipe = FileType::from_raw_mode(fstat(out)?.st_mode) == FileType::Fifo;
    // One that is open for reading too would give away what others are to read.
    if is_pipe && fcntl_getfl(out)? & OFlags::RWMODE == OFlags::WRONLY {
        return Ok((Keyboard::new(out.try_clone()?), None));
    }
    let (silent, held) = pipe()?;
    Ok((Keyboard::new(File::from(OwnedFd::from(silent))), Some(held)))
}

struct Player<'a, Cues> {
    playback: Playback<Cues>,
    stage: Stage<'a>,
    mailbox: Mailbox,
    out: File,
    started: Instant,
    columns: Option<usize>,
    /// What keeps the keyboard that nobody presses silent.
    silence: Option<PipeWriter>,
    /// Whether keys are listened to.
    listens: bool,
    /// The keys of a sequence so far.
    pending: Vec<Key>,
    /// The next post, as it will be written.
    ready: Option<Vec<u8>>,
    /// Whether a passing word stands below the text.
    said: bool,
}

impl<Cues: Iterator<Item = Cue>> Player<'_, Cues> {
    /// Time begins when everything is ready for the first post.
    fn begin(&mut self) -> io::Result<()> {
        self.listen()?;
        if let Some(first) = self.playback.next() {
            self.get_ready(first);
        }
        self.started = (self.stage.clock)();
        Ok(())
    }

    fn run(&mut self) -> io::Result<Ended> {
        while let Some(next) = self.playback.next() {
            self.get_ready(next);
            let deadline = self.playback.deadline().map(|deadline| self.started + deadline);
            let message = self.mailbox.wait(deadline, self.stage.clock)?;
            if let Some(ended) = message.map_or(Ok(None), |message| self.take(&message))? {
                return Ok(ended);
            }
            // One message and one post in turn: neither waits for many of the other.
            if self.playback.take_due(self.now()).is_some() {
                self.tell(next)?;
                // A shell that calls a process to the front need not say so.
                self.listen()?;
            }
        }
        Ok(Ended::Quit)
    }

    fn now(&self) -> Duration {
        (self.stage.clock)().saturating_duration_since(self.started)
    }

    fn get_ready(&mut self, post: PostId) -> &[u8] {
        self.ready.get_or_insert_with(|| (self.stage.post)(post, self.columns))
    }

    /// Writes a post in one go.
    fn tell(&mut self, post: PostId) -> io::Result<()> {
        let mut bytes = if self.said { ERASE.to_vec() } else { Vec::new() };
        bytes.extend_from_slice(self.get_ready(post));
        self.ready = None;
        // What was said of a replay that stands is still true.
        self.said &= !self.playback.clock().is_playing();
        if self.said {
            bytes.extend(self.word(Word::State(self.playback.clock())).into_bytes());
        }
        self.out.write_all(&bytes)
    }

    fn word(&self, about: Word) -> String {
        (self.stage.word)(about, self.columns)
    }

    /// Says a word.
    fn say(&mut self, about: Word) -> io::Result<()> {
        let word = self.word(about);
        let bytes = match self.stage.aside {
            Some(Aside::Passing) => [ERASE, word.as_bytes()].concat(),
            Some(Aside::Lasting) => [word.as_bytes(), b"\n"].concat(),
            None => return Ok(()),
        };
        self.said = self.stage.aside == Some(Aside::Passing);
        self.out.write_all(&bytes)
    }

    /// Takes back what was said.
    fn hush(&mut self) {
        if std::mem::take(&mut self.said) {
            let _ = self.out.write_all(ERASE);
        }
    }

    fn take(&mut self, message: &Message) -> io::Result<Option<Ended>> {
        match *message {
            Message::Key(key) => return self.key(key),
            Message::Signal(signal) => match signals::meaning(signal) {
                Meaning::Leave => return Ok(Some(Ended::Signal(signal))),
                Meaning::Suspend => self.suspend()?,
                Meaning::Continue => self.take_again()?,
                Meaning::Resize => self.resize(),
            },
            Message::Resize => self.resize(),
            Message::InputGone if self.listens => return Ok(Some(Ended::Gone)),
            Message::InputGone => return Err(ErrorKind::BrokenPipe.into()),
            // Nothing is asked of the terminal, and the record is whole.
            Message::Paste(_)
            | Message::Pointer(_)
            | Message::Probed(_)
            | Message::Source(_)
            | Message::Found(_) => {}
        }
        Ok(None)
    }

    fn key(&mut self, key: Key) -> io::Result<Option<Ended>> {
        panic_on_request(key);
        let key = key.folded();
        let found = self.stage.keymap.find(Mode::Reading, &self.pending, key);
        match found {
            Lookup::Pending => self.pending.push(key),
            Lookup::Found(_) | Lookup::Unbound => self.pending.clear(),
        }
        let Lookup::Found(action) = found else { return Ok(None) };
        match self.playback.act(action, self.now()) {
            Reply::Nothing => {}
            Reply::Changed => self.say(Word::State(self.playback.clock()))?,
            Reply::Help => self.say(Word::Keys)?,
            Reply::Quit => return Ok(Some(Ended::Quit)),
            Reply::Suspend => self.suspend()?,
        }
        Ok(None)
    }

    /// Rows are cut anew from the next post on.
    fn resize(&mut self) {
        self.columns = (self.stage.columns)();
        self.ready = None;
    }

    /// Listens to keys if they are meant for this process, and not if they are not.
    fn listen(&mut self) -> io::Result<()> {
        let listens = self.stage.keys && typing::is_in_foreground();
        if listens == self.listens {
            return Ok(());
        }
        if listens {
            typing::take()?;
            *self.mailbox.keyboard() = Keyboard::open()?;
            self.silence = None;
        } else {
            typing::give_back();
            (*self.mailbox.keyboard(), self.silence) = nobody(&self.out)?;
        }
        self.listens = listens;
        Ok(())
    }

    /// The shell has let the process go on, here or in the background, and may have changed the terminal meanwhile.
    fn take_again(&mut self) -> io::Result<()> {
        self.listen()?;
        self.resize();
        if self.listens { typing::take() } else { Ok(()) }
    }

    /// Gives the terminal back and stops; that time does not count.
    fn suspend(&mut self) -> io::Result<()> {
        let from = self.now();
        self.leave();
        signals::stop()?;
        self.playback.leave_out(from, self.now());
        self.take_again()
    }

    /// Leaves the terminal as it was found.
    fn leave(&mut self) {
        self.hush();
        typing::give_back();
    }
}
