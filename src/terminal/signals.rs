//! Signals as messages.

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use std::io;

use super::mailbox::Sender;
use super::message::Message;
use super::screen::abandon;

/// What a signal asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Leave.
    Leave,
    /// Stop for a while.
    Suspend,
    /// Go on.
    Continue,
    /// Look at the size of the screen.
    Resize,
}

/// Catches every signal that concerns the reader, from now on.
pub fn catch() -> io::Result<Signals> {
    Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])
}

/// Sends the signals into the loop. A second request to leave ends the process.
pub fn watch(mut signals: Signals, sender: Sender) -> io::Result<()> {
    let mut leaving = false;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            if meaning(signal) == Meaning::Leave && std::mem::replace(&mut leaving, true) {
                abandon();
                std::process::exit(128 + signal);
            }
            if sender.send(Message::Signal(signal)).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

/// What a signal asks for.
pub const fn meaning(signal: i32) -> Meaning {
    match signal {
        SIGTSTP => Meaning::Suspend,
        SIGCONT => Meaning::Continue,
        SIGWINCH => Meaning::Resize,
        _ => Meaning::Leave,
    }
}

/// Stops the process, and the others of its pipeline, until the shell continues them. SIGSTOP, since SIGTSTP
/// would come back as a message.
pub fn stop() -> io::Result<()> {
    Ok(rustix::process::kill_current_process_group(rustix::process::Signal::STOP)?)
}
