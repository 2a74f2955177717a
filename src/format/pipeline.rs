//! The two stages of the way in on threads of their own: one reads and decodes pieces, one finds the posts in them.
//!
//! It pays: reading and validating take about as long as finding the posts, and either is slower than the disk.

use super::index::{Facts, Index, facts};
use super::input::Broken;
use super::intake::{Intake, Piece};
use crate::transcript::Buffer;
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel, sync_channel};
use std::thread::Builder;
use std::time::Duration;

/// Pieces that wait for the second stage.
const WAITING: usize = 4;

/// What has been silent for so long has nothing to say for now.
const SILENCE: Duration = Duration::from_millis(200);

/// What comes of the first stage.
enum Came {
    Piece(Piece),
    /// Nothing for now.
    Nothing,
    /// The source is begun anew.
    Anew,
    End,
    Broken(Broken),
}

/// How far the second stage has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// How the source was read so far.
    pub facts: Facts,
    /// Whether that is all of it.
    pub ended: bool,
    /// Whether there is nothing more for now.
    pub silent: bool,
    /// Whether nothing more waits for the second stage: what was found should be shown.
    pub caught_up: bool,
}

/// What a source that has nothing for now is waited for with.
pub trait Wait: Send {
    /// Waits until there may be more. False if nobody wants it.
    fn wait(&mut self, intake: &mut Intake) -> bool;
}

/// For a source that ends where it has nothing more.
impl Wait for () {
    fn wait(&mut self, _: &mut Intake) -> bool {
        false
    }
}

/// Reads a source on two threads; `wait` waits for more of a file that is followed. After each piece `hand_over` is
/// given the index, to take from it what it wants, or why there is no more; it says whether to go on.
///
/// # Errors
/// If there can be no thread.
pub fn on_threads(
    mut intake: Intake,
    index: Index,
    mut wait: Box<dyn Wait>,
    hand_over: impl FnMut(Result<(&mut Index, Progress), Broken>) -> bool + Send + 'static,
) -> io::Result<()> {
    let (pieces, waiting) = sync_channel(WAITING);
    let (spent, spare) = channel::<Buffer>();
    let stage = Stage { index, spent, hand_over };
    Builder::new().name("index".to_owned()).spawn(move || stage.run(&waiting))?;
    let read = move || {
        give_way();
        let send = |came, intake: &Intake| pieces.send((came, facts(intake, None))).is_ok();
        loop {
            intake.reuse(spare.try_iter());
            let came = match intake.next() {
                Ok(Some(piece)) => Came::Piece(piece),
                // Of what is begun anew there is nothing yet.
                Ok(None) if intake.take_anew() => Came::Anew,
                Ok(None) if intake.has_ended() => Came::End,
                Ok(None) => Came::Nothing,
                Err(error) => Came::Broken(error),
            };
            let (is_last, waits) =
                (matches!(came, Came::End | Came::Broken(_)), matches!(came, Came::Nothing));
            if !send(came, &intake) || is_last {
                return;
            }
            if waits && !wait.wait(&mut intake) {
                return;
            }
        }
    };
    Builder::new().name("intake".to_owned()).spawn(read).map(drop)
}

/// Lets the thread that answers keys go first where there are no more processors than threads. Linux alone knows a
/// priority of one thread.
fn give_way() {
    if cfg!(target_os = "linux") {
        let _ = rustix::process::setpriority_process(None, 5);
    }
}

/// The second stage.
struct Stage<HandOver> {
    index: Index,
    spent: Sender<Buffer>,
    hand_over: HandOver,
}

impl<HandOver: FnMut(Result<(&mut Index, Progress), Broken>) -> bool> Stage<HandOver> {
    fn run(mut self, pieces: &Receiver<(Came, Facts)>) {
        give_way();
        let Ok(mut next) = pieces.recv() else { return };
        loop {
            let (came, facts) = next;
            let silent = matches!(came, Came::Nothing);
            let ended = matches!(came, Came::End);
            if let Err(error) = self.take(came) {
                (self.hand_over)(Err(error));
                return;
            }
            let more = pieces.try_recv();
            let caught_up = matches!(more, Err(TryRecvError::Empty));
            let progress = Progress { facts, ended, silent, caught_up };
            if !self.tell(progress) || ended {
                return;
            }
            let waited = || if silent { pieces.recv().ok() } else { self.listen(progress, pieces) };
            let Some(more) = more.ok().or_else(waited) else { return };
            next = more;
        }
    }

    /// What comes next. If that is long in coming, it is told that there is nothing for now.
    fn listen(&mut self, progress: Progress, pieces: &Receiver<(Came, Facts)>) -> Option<(Came, Facts)> {
        match pieces.recv_timeout(SILENCE) {
            Ok(more) => Some(more),
            Err(RecvTimeoutError::Timeout) if self.tell(Progress { silent: true, ..progress }) => {
                pieces.recv().ok()
            }
            Err(_) => None,
        }
    }

    fn tell(&mut self, progress: Progress) -> bool {
        let facts = progress.facts.found(&self.index);
        (self.hand_over)(Ok((&mut self.index, Progress { facts, ..progress })))
    }

    fn take(&mut self, came: Came) -> Result<(), Broken> {
        match came {
            Came::Piece(piece) => {
                let found = self.index.feed(&piece);
                // Nobody may be reading any more.
                let _ = self.spent.send(piece.into_buffer());
                found
            }
            Came::Nothing => Ok(()),
            Came::Anew => {
                self.index.restart();
                Ok(())
            }
            Came::End => self.index.finish(),
            Came::Broken(error) => return Err(error),
        }
        .map_err(Broken::Text)
    }
}
