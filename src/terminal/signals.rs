//! Signals as messages.

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use std::io;

use super::mailbox::Sender;
use super::message::Message;
use super::screen::abandon;
use super::typing;

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

/// Signals that whoever started the process wants to be ignored, as `nohup` does with SIGHUP.
#[derive(Debug, Clone, Copy)]
pub struct Ignored(u64);

impl Ignored {
    /// Those of now: to be asked before [`catch`]. None where the system does not tell.
    pub fn found() -> Self {
        Self::of(&std::fs::read_to_string("/proc/self/status").unwrap_or_default())
    }

    /// Those of a file `status` under `/proc`: a hexadecimal mask, see proc(5).
    fn of(status: &str) -> Self {
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        Self(mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0))
    }

    /// Whether a signal is one of them.
    pub const fn holds(self, signal: i32) -> bool {
        self.0 >> (signal - 1) & 1 == 1
    }
}

/// Sends the signals into the loop. A second request to leave ends the process.
pub fn watch(mut signals: Signals, sender: Sender) -> io::Result<()> {
    let mut leaving = false;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            if meaning(signal) == Meaning::Leave && std::mem::replace(&mut leaving, true) {
                abandon();
                typing::give_back();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ignored_signal_is_told_by_the_mask_of_the_system() {
        for (status, ignored) in [
            ("Name:\tshilu\nSigIgn:\t0000000000001001\nSigCgt:\t0000000000000002\n", [true, false]),
            ("SigIgn:\t0000000000001002\n", [false, true]),
            ("SigIgn:\tfrom elsewhere\n", [false, false]),
            ("", [false, false]),
        ] {
            let found = Ignored::of(status);
            assert_eq!([SIGHUP, SIGINT].map(|signal| found.holds(signal)), ignored, "{status:?}");
        }
    }
}
