//! The two stages of the way in on threads of their own: one reads and decodes pieces, one finds the posts in them.
//!
//! It pays: reading and validating take about as long as finding the posts, and either is slower than the disk.

use super::index::{Facts, Index, facts};
use super::intake::{Broken, Intake, Piece};
use crate::transcript::Buffer;
use std::io;
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::thread::Builder;

/// Pieces that wait for the second stage.
const WAITING: usize = 4;

/// What comes of the first stage.
type Taken = (Result<Option<Piece>, Broken>, Facts);

/// How far the second stage has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// How the source was read so far.
    pub facts: Facts,
    /// Whether that is all of it.
    pub ended: bool,
}

/// Reads a source on two threads. After each piece `hand_over` is given the index, to take from it what it wants, or
/// why there is no more; it says whether to go on.
///
/// # Errors
/// If there can be no thread.
pub fn on_threads(
    mut intake: Intake,
    index: Index,
    hand_over: impl FnMut(Result<(&mut Index, Progress), Broken>) -> bool + Send + 'static,
) -> io::Result<()> {
    let (pieces, waiting) = sync_channel::<Taken>(WAITING);
    let (spent, spare) = channel::<Buffer>();
    Builder::new().name("index".to_owned()).spawn(move || find(index, &waiting, &spent, hand_over))?;
    let read = move || {
        give_way();
        loop {
            intake.reuse(spare.try_iter());
            let piece = intake.next();
            let goes_on = matches!(piece, Ok(Some(_)));
            if pieces.send((piece, facts(&intake, None))).is_err() || !goes_on {
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

fn find(
    mut index: Index,
    pieces: &Receiver<Taken>,
    spent: &Sender<Buffer>,
    mut hand_over: impl FnMut(Result<(&mut Index, Progress), Broken>) -> bool,
) {
    give_way();
    for (piece, mut facts) in pieces {
        let ended = matches!(piece, Ok(None));
        let found = piece.and_then(|piece| {
            match &piece {
                Some(piece) => index.feed(piece).map_err(Broken::Text)?,
                None => index.finish().map_err(Broken::Text)?,
            }
            Ok(piece)
        });
        facts.detection = index.detection();
        let goes_on = match found {
            Ok(piece) => {
                // Nobody may be reading any more.
                let _ = piece.map(|piece| spent.send(piece.into_buffer()));
                hand_over(Ok((&mut index, Progress { facts, ended })))
            }
            Err(error) => {
                hand_over(Err(error));
                false
            }
        };
        if !goes_on {
            return;
        }
    }
}
