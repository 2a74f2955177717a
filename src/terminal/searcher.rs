//! Looks through large sources on a thread of its own, so that the screen lives on.

use super::mailbox::Sender;
use super::message::Message;
use crate::app::App;
use crate::query::Scan;
use std::io;
use std::sync::mpsc::{self, Receiver, TryRecvError, channel};

/// The thread, once it was needed.
pub struct Searcher {
    sender: Sender,
    scans: Option<mpsc::Sender<Scan>>,
}

impl Searcher {
    /// No thread yet; what it will find comes by `sender`.
    pub fn new(sender: Sender) -> Self {
        Self { sender, scans: None }
    }

    /// Sends the thread on with what the reader wants to have looked through next, if there is anything.
    ///
    /// # Errors
    /// If there can be no thread.
    pub fn serve(&mut self, app: &mut App) -> io::Result<()> {
        let Some(scan) = app.next_scan() else { return Ok(()) };
        let scans = if let Some(scans) = &self.scans {
            scans
        } else {
            let (scans, wanted) = channel();
            let sender = self.sender.clone();
            std::thread::Builder::new().name("search".to_owned()).spawn(move || run(&wanted, &sender))?;
            self.scans.insert(scans)
        };
        let _ = scans.send(scan);
        Ok(())
    }
}

/// Runs one scan after another; a newer one ends the one before it.
fn run(wanted: &Receiver<Scan>, sender: &Sender) {
    let mut next = wanted.recv().ok();
    while let Some(scan) = next.take() {
        let mut gone = false;
        scan.run(|found| {
            gone = sender.send(Message::Found(found)).is_err();
            match wanted.try_recv() {
                Ok(newer) => next = Some(newer),
                Err(TryRecvError::Disconnected) => gone = true,
                Err(TryRecvError::Empty) => {}
            }
            !gone && next.is_none()
        });
        if gone {
            return;
        }
        next = next.or_else(|| wanted.recv().ok());
    }
}
