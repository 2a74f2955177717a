//! What comes from the terminal, as messages: keys, the mouse, pasted text, and its answers to the question.
//!
//! The loop reads it itself, so that no key changes threads. Nothing here waits: when something has to be decided
//! though nothing comes, [`Keyboard::deadline`] says.

use super::decoder::{Held, Typed};
use super::message::Message;
use super::probe::{Outcome, Replies};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::time::{Duration, Instant};

/// The rest of a sequence comes without such a pause; ESC before it was a key.
const PAUSE: Duration = Duration::from_millis(25);

/// The same while answers come, perhaps from far away.
const LONG_PAUSE: Duration = Duration::from_millis(100);

/// What is read at once.
const BLOCK: usize = 1024;

/// The terminal as a source of messages.
#[derive(Debug)]
pub struct Keyboard<R = File> {
    terminal: R,
    replies: Replies,
    /// When the answer to the question is no longer waited for.
    patience: Option<Instant>,
    /// What was told of the answer.
    told: Option<Outcome>,
    /// When something came last.
    heard: Option<Instant>,
}

impl Keyboard {
    /// The terminal that keys come from: standard input if it is one, else the controlling one.
    ///
    /// # Errors
    /// If there is none.
    pub fn open() -> io::Result<Self> {
        let terminal = if io::stdin().is_terminal() {
            File::from(io::stdin().as_fd().try_clone_to_owned()?)
        } else {
            File::open("/dev/tty")?
        };
        Ok(Self::new(terminal))
    }

    /// What to wait at.
    pub fn fd(&self) -> BorrowedFd<'_> {
        self.terminal.as_fd()
    }
}

impl<R: Read> Keyboard<R> {
    /// Of that terminal.
    pub fn new(terminal: R) -> Self {
        Self { terminal, replies: Replies::default(), patience: None, told: None, heard: None }
    }

    /// A question is out; the answer is waited for until then. One that comes later is taken all the same.
    pub fn expect_answer(&mut self, until: Instant) {
        self.patience = Some(until);
    }

    /// Until when an answer is waited for.
    pub fn patience(&self) -> Option<Instant> {
        self.patience
    }

    /// Reads what is there.
    pub fn read(&mut self, now: Instant, into: &mut VecDeque<Message>) {
        let mut block = [0; BLOCK];
        match self.terminal.read(&mut block) {
            Ok(count @ 1..) => {
                self.heard = Some(now);
                into.extend(
                    block.iter().take(count).filter_map(|&byte| self.replies.feed(byte)).map(message),
                );
                // What adds up to nothing is no answer: a better one may come.
                let open = matches!(self.told, None | Some(Outcome::Unknown));
                if open && self.replies.is_ended() && self.replies.outcome() != Outcome::Unknown {
                    self.tell(into);
                }
            }
            Err(error) if matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::WouldBlock) => {}
            Ok(0) | Err(_) => into.push_back(Message::InputGone),
        }
    }

    /// When to call [`Keyboard::tick`] if nothing comes before.
    pub fn deadline(&self) -> Option<Instant> {
        self.held_until().into_iter().chain(self.patience).min()
    }

    /// Decides what can be waited for no longer: ESC was the key, half a sequence was nothing, there is no answer.
    pub fn tick(&mut self, now: Instant, into: &mut VecDeque<Message>) {
        if self.held_until().is_some_and(|until| until <= now) {
            into.extend(self.replies.pause().map(message));
        }
        if self.patience.is_some_and(|until| until <= now) {
            self.tell(into);
        }
    }

    fn held_until(&self) -> Option<Instant> {
        let pause = if self.patience.is_some() { LONG_PAUSE } else { PAUSE };
        match self.replies.held() {
            Held::Nothing | Held::Paste => None,
            Held::Escape => Some(self.heard? + pause),
            Held::Sequence => Some(self.heard? + LONG_PAUSE).max(self.patience),
        }
    }

    /// Tells what the terminal has said of itself, unless that was told.
    fn tell(&mut self, into: &mut VecDeque<Message>) {
        self.patience = None;
        let outcome = self.replies.outcome();
        if self.told.replace(outcome) != Some(outcome) {
            into.push_back(Message::Probed(outcome));
        }
    }
}

fn message(typed: Typed) -> Message {
    match typed {
        Typed::Key(key) => Message::Key(key),
        Typed::Pointer(pointer) => Message::Pointer(pointer),
        Typed::Paste(text) => Message::Paste(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Error;

    const ANSWERS: &str = "\x1b[2;3R\x1b[2;3R\x1b[2;3R\x1b[2;3R\x1b[2;2R\x1b[2;2R\x1b[2;2R\x1b[2;2R\x1b[2;2R\
                           \x1b[2;3R\x1b[2;3R\x1b[2;3R\x1b[?62;22c";

    /// A terminal that gives out one piece a read.
    struct Pieces(VecDeque<Result<&'static str, ErrorKind>>);

    impl Read for Pieces {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let piece = self.0.pop_front().unwrap_or(Ok("")).map_err(Error::from)?;
            into[..piece.len()].copy_from_slice(piece.as_bytes());
            Ok(piece.len())
        }
    }

    /// What comes of pieces that arrive at some millisecond, and of the ticks that are due between them.
    fn heard(pieces: &[(u64, Result<&'static str, ErrorKind>)], patience: Option<u64>) -> String {
        #[expect(clippy::disallowed_methods, reason = "some moment to count from")]
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut keyboard = Keyboard::new(Pieces(pieces.iter().map(|piece| piece.1).collect()));
        if let Some(patience) = patience {
            keyboard.expect_answer(at(patience));
        }
        let mut told = VecDeque::new();
        for ms in pieces.iter().map(|piece| piece.0).chain([10_000]) {
            while let Some(due) = keyboard.deadline().filter(|&due| due <= at(ms)) {
                keyboard.tick(due, &mut told);
            }
            if ms < 10_000 {
                keyboard.read(at(ms), &mut told);
            }
        }
        assert_eq!(keyboard.deadline(), None);
        let name = |message| match message {
            Message::Key(key) => key.to_string(),
            Message::Paste(text) => format!("paste {text}"),
            Message::Probed(Outcome::Found(_)) => "found".to_owned(),
            Message::Probed(Outcome::Unknown) => "unknown".to_owned(),
            Message::InputGone => "gone".to_owned(),
            other => format!("{other:?}"),
        };
        told.into_iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_escape_is_a_key_when_nothing_follows_at_once() {
        for (pieces, expected) in [
            (vec![(0, Ok("\x1b"))], "Esc"),
            (vec![(0, Ok("\x1b")), (24, Ok("[A"))], "Up"),
            (vec![(0, Ok("\x1b")), (26, Ok("[A"))], "Esc [ A"),
            (vec![(0, Ok("\x1bj"))], "Alt-j"),
            (vec![(0, Ok("\x1b")), (30, Ok("j"))], "Esc j"),
            (vec![(0, Ok("\x1b[")), (90, Ok("A"))], "Up"),
            (vec![(0, Ok("\x1b[1;")), (110, Ok("A"))], "A"),
            (vec![(0, Ok("\x1b[200~j")), (5000, Ok("k\x1b[201~"))], "paste jk"),
        ] {
            assert_eq!(heard(&pieces, None), expected, "{pieces:?}");
        }
    }

    #[test]
    fn an_answer_is_told_once_whenever_it_comes() {
        for (pieces, expected) in [
            (vec![(5, Ok("j")), (9, Ok(ANSWERS)), (12, Ok("k"))], "j found k"),
            (vec![(5, Ok("j"))], "j unknown"),
            (vec![(5, Ok("j")), (900, Ok(ANSWERS)), (905, Ok(ANSWERS)), (910, Ok("k"))], "j unknown found k"),
            (vec![(5, Ok("\x1b[?62;22c")), (9, Ok("k"))], "k unknown"),
            // An escape waits longer while answers may come.
            (vec![(5, Ok("\x1b")), (90, Ok("[A"))], "Up unknown"),
        ] {
            assert_eq!(heard(&pieces, Some(600)), expected, "{pieces:?}");
        }
    }

    #[test]
    fn a_terminal_that_ends_or_fails_is_gone_and_one_that_only_stutters_is_not() {
        for (pieces, expected) in [
            (vec![(0, Ok(""))], "gone"),
            (vec![(0, Err(ErrorKind::Other)), (1, Ok("j"))], "gone j"),
            (vec![(0, Err(ErrorKind::Interrupted)), (1, Err(ErrorKind::WouldBlock)), (2, Ok("j"))], "j"),
        ] {
            assert_eq!(heard(&pieces, None), expected, "{pieces:?}");
        }
    }

    #[test]
    fn a_block_of_keys_is_read_at_once() {
        let text: &str = "j".repeat(BLOCK).leak();
        assert_eq!(heard(&[(0, Ok(text))], None).len(), 2 * BLOCK - 1);
    }
}
