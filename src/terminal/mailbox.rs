//! Everything that comes into the loop: from the terminal without a detour, from other threads by a channel and a
//! pipe that wakes the loop.

use super::keyboard::Keyboard;
use super::message::Message;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::collections::VecDeque;
use std::io::{self, PipeReader, PipeWriter, Read, Write, pipe};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, SendError, channel};
use std::time::Instant;

/// The way into the loop for other threads.
#[derive(Debug, Clone)]
pub struct Sender {
    channel: mpsc::Sender<Message>,
    bell: Arc<Bell>,
}

/// Wakes the loop. The pipe holds a byte while it has been rung and not heard, and never more.
#[derive(Debug)]
struct Bell {
    pipe: PipeWriter,
    rung: AtomicBool,
}

impl Sender {
    /// Sends a message and wakes the loop.
    ///
    /// # Errors
    /// If there is no loop any more.
    pub fn send(&self, message: Message) -> Result<(), SendError<Message>> {
        self.channel.send(message)?;
        if !self.bell.rung.swap(true, Ordering::SeqCst) {
            // It fails only where nobody is there to be woken.
            let _ = (&self.bell.pipe).write_all(&[0]);
        }
        Ok(())
    }
}

/// The receiving end.
#[derive(Debug)]
pub struct Mailbox {
    keyboard: Keyboard,
    /// What came from the terminal and was not taken yet.
    typed: VecDeque<Message>,
    channel: Receiver<Message>,
    pipe: PipeReader,
    bell: Arc<Bell>,
}

impl Mailbox {
    /// One for a keyboard, and the way in for others.
    ///
    /// # Errors
    /// If there can be no pipe.
    pub fn new(keyboard: Keyboard) -> io::Result<(Sender, Self)> {
        let (channel, receiver) = channel();
        let (reader, writer) = pipe()?;
        let bell = Arc::new(Bell { pipe: writer, rung: AtomicBool::new(false) });
        let sender = Sender { channel, bell: Arc::clone(&bell) };
        Ok((sender, Self { keyboard, typed: VecDeque::new(), channel: receiver, pipe: reader, bell }))
    }

    /// The keyboard.
    pub fn keyboard(&mut self) -> &mut Keyboard {
        &mut self.keyboard
    }

    /// The next message that has come: what was typed goes before what other threads say.
    pub fn next(&mut self) -> Option<Message> {
        self.typed.pop_front().or_else(|| self.channel.try_recv().ok())
    }

    /// The next message; none when the deadline came first. `clock` tells the time.
    ///
    /// # Errors
    /// If the system cannot wait.
    pub fn wait(&mut self, deadline: Option<Instant>, clock: fn() -> Instant) -> io::Result<Option<Message>> {
        let mut first = self.channel.try_recv().ok();
        loop {
            let until = deadline.into_iter().chain(self.keyboard.deadline()).min();
            let is_there = first.is_some() || !self.typed.is_empty();
            let left = until.map(|until| until.saturating_duration_since(clock()));
            self.listen(
                if is_there { Some(Timespec::default()) } else { left.and_then(|left| left.try_into().ok()) },
                clock,
            )?;
            if let Some(typed) = self.typed.pop_front() {
                self.typed.extend(first);
                return Ok(Some(typed));
            }
            first = first.or_else(|| self.channel.try_recv().ok());
            if first.is_some() || deadline.is_some_and(|deadline| deadline <= clock()) {
                return Ok(first);
            }
        }
    }

    /// Waits at both ends, and takes in what the terminal has to say.
    fn listen(&mut self, limit: Option<Timespec>, clock: fn() -> Instant) -> io::Result<()> {
        let mut ends = [
            PollFd::from_borrowed_fd(self.keyboard.fd(), PollFlags::IN),
            PollFd::new(&self.pipe, PollFlags::IN),
        ];
        match poll(&mut ends, limit.as_ref()) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let [terminal, pipe] = ends.map(|end| !end.revents().is_empty());
        if terminal {
            self.keyboard.read(clock(), &mut self.typed);
        } else if self.keyboard.deadline().is_some_and(|until| until <= clock()) {
            self.keyboard.tick(clock(), &mut self.typed);
        }
        if pipe {
            let _ = self.pipe.read(&mut [0])?;
            self.bell.rung.store(false, Ordering::SeqCst);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::now;
    use std::fs::File;
    use std::os::fd::OwnedFd;
    use std::time::Duration;

    /// A mailbox whose terminal is a pipe.
    fn mailbox() -> (PipeWriter, Sender, Mailbox) {
        let (terminal, typist) = pipe().unwrap();
        let keyboard = Keyboard::new(File::from(OwnedFd::from(terminal)));
        let (sender, mailbox) = Mailbox::new(keyboard).unwrap();
        (typist, sender, mailbox)
    }

    fn signal(message: Option<&Message>) -> Option<i32> {
        match message? {
            Message::Signal(signal) => Some(*signal),
            _ => None,
        }
    }

    #[test]
    fn what_was_typed_goes_before_what_other_threads_say() {
        let (mut typist, sender, mut mailbox) = mailbox();
        (1..3).for_each(|number| sender.send(Message::Signal(number)).unwrap());
        typist.write_all(b"jk").unwrap();
        assert!(matches!(mailbox.wait(None, now).unwrap(), Some(Message::Key(_))));
        assert!(matches!(mailbox.next(), Some(Message::Key(_))));
        assert_eq!(signal(mailbox.next().as_ref()), Some(1));
        assert_eq!(signal(mailbox.wait(None, now).unwrap().as_ref()), Some(2));
        assert!(mailbox.next().is_none());
    }

    #[test]
    fn every_message_of_many_threads_wakes_the_loop_or_is_found_awake() {
        const EACH: i32 = 500;
        let (_typist, sender, mut mailbox) = mailbox();
        let threads: Vec<_> = (0..4)
            .map(|thread| {
                let sender = sender.clone();
                std::thread::spawn(move || {
                    (0..EACH)
                        .for_each(|number| sender.send(Message::Signal(thread * EACH + number)).unwrap());
                })
            })
            .collect();
        let told = (0..4 * EACH).map(|_| signal(mailbox.wait(None, now).unwrap().as_ref()).unwrap());
        let mut told: Vec<_> = told.collect();
        told.sort_unstable();
        assert!(told.into_iter().eq(0..4 * EACH));
        for thread in threads {
            thread.join().unwrap();
        }
        assert!(mailbox.wait(Some(now()), now).unwrap().is_none());
    }

    #[test]
    fn a_deadline_ends_the_wait_and_a_lone_escape_does_not() {
        let (mut typist, _sender, mut mailbox) = mailbox();
        typist.write_all(b"\x1b").unwrap();
        let deadline = now() + Duration::from_millis(1);
        assert!(mailbox.wait(Some(deadline), now).unwrap().is_none());
        assert!(now() >= deadline);
        assert!(matches!(mailbox.wait(None, now).unwrap(), Some(Message::Key(_))));
    }

    #[test]
    fn a_loop_that_is_gone_says_so() {
        let (_typist, sender, mailbox) = mailbox();
        drop(mailbox);
        assert!(sender.send(Message::Resize).is_err());
    }
}
