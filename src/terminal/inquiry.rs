//! Reads the terminal while the probe is out: answers are gathered, and what is typed meanwhile is handed on at once.

use super::decoder::{Held, Typed};
use super::message::Message;
use super::probe::{Outcome, Replies};
use super::tty;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use std::fs::File;
use std::io::Read;
use std::sync::mpsc::{SendError, Sender};
use std::time::{Duration, Instant};

/// How long an answer is waited for. Nothing else waits for it.
pub const PATIENCE: Duration = Duration::from_millis(600);

/// The rest of a sequence comes without such a pause; ESC before it was a key.
const PAUSE: Duration = Duration::from_millis(100);

/// A question that is out.
#[derive(Debug, Clone, Copy)]
pub struct Inquiry {
    /// When the answer is no longer waited for.
    pub until: Instant,
    /// The time.
    pub clock: fn() -> Instant,
}

impl Inquiry {
    /// Reads to the end of the answer and not a byte further, or until the time is up, but no sequence is left half
    /// read. Says what was learnt, also if it is nothing.
    pub fn listen(self, sender: &Sender<Message>) {
        let mut replies = Replies::default();
        let Ok(terminal) = tty::open() else { return };
        if self.gather(&terminal, &mut replies, sender).is_err() {
            return;
        }
        let _ = sender.send(Message::Probed(replies.outcome()));
    }

    fn gather(
        self,
        mut terminal: &File,
        replies: &mut Replies,
        sender: &Sender<Message>,
    ) -> Result<(), SendError<Message>> {
        let mut byte = [0];
        // What adds up to nothing is no answer: a better one may come.
        while !replies.is_ended() || replies.outcome() == Outcome::Unknown {
            let left = self.until.saturating_duration_since((self.clock)());
            let limit = match replies.held() {
                Held::Nothing if left.is_zero() => return Ok(()),
                Held::Nothing => Some(left),
                Held::Escape => Some(PAUSE),
                Held::Sequence => Some(left.max(PAUSE)),
                Held::Paste => None,
            };
            let typed = match wait(terminal, limit) {
                Ok(true) => match terminal.read(&mut byte) {
                    Ok(1..) => replies.feed(byte[0]),
                    // The terminal is gone; who reads it next will say so.
                    Ok(0) | Err(_) => return Ok(()),
                },
                Ok(false) => replies.pause(),
                Err(Errno::INTR) => None,
                Err(_) => return Ok(()),
            };
            if let Some(typed) = typed {
                sender.send(message(typed))?;
            }
        }
        Ok(())
    }
}

/// Waits for something to read; false if nothing has come in time.
fn wait(terminal: &File, limit: Option<Duration>) -> Result<bool, Errno> {
    let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
    let ready = poll(&mut [PollFd::new(terminal, PollFlags::IN)], limit.as_ref())?;
    Ok(ready > 0)
}

fn message(typed: Typed) -> Message {
    match typed {
        Typed::Key(key) => Message::Key(key),
        Typed::Pointer(pointer) => Message::Pointer(pointer),
        Typed::Paste(text) => Message::Paste(text),
    }
}
