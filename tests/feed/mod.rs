//! A source that comes bit by bit, cut wherever a test likes.
#![allow(dead_code, reason = "each test file uses its part")]

use shilu::format::{Broken, Detection, Forced, Index, Input, Intake, Patience};
use shilu::transcript::Transcript;
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read};
use std::sync::{Arc, Mutex, MutexGuard};

/// Bytes that have come and were not read yet.
#[derive(Default)]
struct Queue {
    bytes: VecDeque<u8>,
    closed: bool,
}

/// Either end of a pipe that never waits.
#[derive(Clone, Default)]
struct Pipe(Arc<Mutex<Queue>>);

impl Pipe {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().expect("nobody panics with the queue")
    }
}

impl Read for Pipe {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut queue = self.queue();
        if queue.bytes.is_empty() && !queue.closed {
            return Err(ErrorKind::WouldBlock.into());
        }
        queue.bytes.read(into)
    }
}

/// Gives bytes to a transcript as they come.
pub struct Feeder {
    pipe: Pipe,
    intake: Intake,
    index: Index,
}

impl Feeder {
    /// A source of which nothing has come.
    pub fn new(forced: Forced, patience: Patience) -> Self {
        let pipe = Pipe::default();
        let intake = Intake::new(Input::Stream(Box::new(pipe.clone())), forced.encoding, patience);
        Self { pipe, intake, index: Index::new(forced.format) }
    }

    /// More bytes come.
    pub fn feed(&mut self, bytes: &[u8], into: &mut Transcript) -> Result<(), Broken> {
        self.pipe.queue().bytes.extend(bytes);
        self.drain(into)
    }

    /// Nothing comes for now: what has come is shown as far as it is certain.
    pub fn settle(&mut self, into: &mut Transcript) -> Result<(), Broken> {
        self.index.settle().map_err(Broken::Text)?;
        into.grow(self.index.take());
        Ok(())
    }

    /// No more come.
    pub fn finish(&mut self, into: &mut Transcript) -> Result<(), Broken> {
        self.pipe.queue().closed = true;
        self.drain(into)?;
        self.index.finish().map_err(Broken::Text)?;
        into.grow(self.index.take());
        Ok(())
    }

    /// What the source was taken for, once that is known.
    pub fn detection(&self) -> Option<Detection> {
        self.index.detection()
    }

    /// Reads all that has come.
    fn drain(&mut self, into: &mut Transcript) -> Result<(), Broken> {
        loop {
            let Some(piece) = self.intake.next()? else { return Ok(()) };
            self.index.feed(&piece).map_err(Broken::Text)?;
            into.grow(self.index.take());
            self.intake.reuse([piece.into_buffer()].into_iter());
        }
    }
}
