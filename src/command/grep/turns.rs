//! What is told of files that are searched side by side comes out in their order.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// What is written at once, in bytes.
const BLOCK: usize = 64 * 1024;

/// What is held of one file whose turn has not come, and of all that are finished.
const MOST: usize = 1 << 20;
const MOST_OF_ALL: usize = 16 << 20;

/// An output that files share.
pub struct Turns {
    state: Mutex<State>,
    changed: Condvar,
    /// Whether a line parts what is told of one from what was told of another.
    separates: bool,
}

struct State {
    out: Box<dyn Write + Send>,
    /// Whose turn it is.
    turn: usize,
    /// What is told of those that are finished before their turn.
    done: BTreeMap<usize, Vec<u8>>,
    held: usize,
    /// Whether something was written.
    begun: bool,
    failed: Option<io::Error>,
}

impl Turns {
    /// Turns at an output.
    pub fn new(out: impl Write + Send + 'static, separates: bool) -> Self {
        let (done, out) = (BTreeMap::new(), Box::new(out));
        let state = State { out, turn: 0, done, held: 0, begun: false, failed: None };
        Self { state: Mutex::new(state), changed: Condvar::new(), separates }
    }

    /// The turn of a file by its number, from 0. Each is to be finished.
    pub fn turn(&self, number: usize) -> Turn<'_> {
        Turn { turns: self, number, held: Vec::new(), begun: false }
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// If the output could not be written.
    pub fn end(self) -> io::Result<()> {
        let mut state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        state.failed.take().map_or_else(|| state.out.flush(), Err)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(
        &self,
        state: MutexGuard<'a, State>,
        until: impl Fn(&State) -> bool,
    ) -> MutexGuard<'a, State> {
        self.changed.wait_while(state, |state| !until(state)).unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Writes what is told of the file whose turn it is; `begins` with its first.
    fn write(&mut self, bytes: &[u8], begins: bool) {
        if bytes.is_empty() || self.failed.is_some() {
            return;
        }
        let separator = if begins && self.begun { &b"--\n"[..] } else { b"" };
        self.begun = true;
        let written = self.out.write_all(separator).and_then(|()| self.out.write_all(bytes));
        self.failed = written.err();
    }
}

/// Where what is told of a file is written to.
pub struct Turn<'a> {
    turns: &'a Turns,
    number: usize,
    held: Vec<u8>,
    /// Whether some of it was written.
    begun: bool,
}

impl Turn<'_> {
    /// All was told: the next file has its turn.
    pub fn finish(mut self) {
        let Self { turns, number, .. } = self;
        let is_next = |state: &State| state.turn == number || state.failed.is_some();
        let mut state = turns.lock();
        state = turns.wait(state, |state| is_next(state) || state.held <= MOST_OF_ALL);
        if state.turn != number {
            state.held += self.held.len();
            state.done.insert(number, self.held);
            return;
        }
        self.write_to(&mut state);
        state.turn += 1;
        loop {
            let turn = state.turn;
            let Some(told) = state.done.remove(&turn) else { break };
            state.write(&told, turns.separates);
            state.held -= told.len();
            state.turn += 1;
        }
        drop(state);
        turns.changed.notify_all();
    }

    fn write_to(&mut self, state: &mut State) {
        state.write(&self.held, self.turns.separates && !self.begun);
        self.begun |= !self.held.is_empty();
        self.held.clear();
    }
}

impl Write for Turn<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        if self.held.len() >= BLOCK {
            let mut state = self.turns.lock();
            if self.held.len() >= MOST {
                state = self.turns.wait(state, |state| state.turn == self.number || state.failed.is_some());
            }
            if state.turn == self.number {
                self.write_to(&mut state);
            }
            if state.failed.is_some() {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_is_told_comes_out_in_order_whoever_is_first() {
        for separates in [false, true] {
            let out = Shared::default();
            let turns = Turns::new(out.clone(), separates);
            for number in [2, 1, 4, 0, 3] {
                let mut turn = turns.turn(number);
                if number != 1 {
                    writeln!(turn, "{number}").unwrap();
                }
                turn.finish();
            }
            turns.end().unwrap();
            let expected = if separates { "0\n--\n2\n--\n3\n--\n4\n" } else { "0\n2\n3\n4\n" };
            assert_eq!(out.0.lock().unwrap().as_slice(), expected.as_bytes());
        }
    }

    #[test]
    fn much_that_is_told_waits_for_its_turn() {
        let out = Shared::default();
        let turns = Turns::new(out.clone(), true);
        let much = |number: u8| vec![number; MOST + BLOCK + 7];
        std::thread::scope(|scope| {
            for number in (0..4u8).rev() {
                let turns = &turns;
                scope.spawn(move || {
                    let mut turn = turns.turn(usize::from(number));
                    for part in much(number).chunks(1000) {
                        turn.write_all(part).unwrap();
                    }
                    turn.finish();
                });
            }
        });
        turns.end().unwrap();
        let expected: Vec<_> = (0..4).map(much).collect();
        assert!(*out.0.lock().unwrap() == expected.join(&b"--\n"[..]));
    }

    #[test]
    fn who_is_heard_by_nobody_is_told_so() {
        let turns = Turns::new(Closed, false);
        let mut turn = turns.turn(0);
        assert!(turn.write_all(&vec![b'a'; BLOCK]).is_err());
        turn.finish();
        assert!(turns.end().is_err());
    }
}
