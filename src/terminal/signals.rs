//! Signals as messages.

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use std::io;
use std::time::Duration;

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

/// Every signal that concerns the reader.
const ALL: [i32; 7] = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];

/// Catches every signal that concerns the reader, from now on.
pub fn catch() -> io::Result<Signals> {
    Signals::new(ALL)
}

/// The same but for those that whoever started the process wants to be ignored, as `nohup` does with SIGHUP.
pub fn catch_unless_ignored() -> io::Result<Signals> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    Signals::new(ALL.into_iter().filter(|&signal| !is_ignored(&status, signal)))
}

/// Whether a file `status` under `/proc` tells that a signal is ignored: a hexadecimal mask, see proc(5). Where the
/// system does not tell, none is.
fn is_ignored(status: &str, signal: i32) -> bool {
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    mask >> (signal - 1) & 1 == 1
}

/// Sends the signals into the loop. A second request to leave ends the process; so does the first one, if that much
/// time has passed without an effect.
pub fn watch(mut signals: Signals, sender: Sender, patience: Option<Duration>) -> io::Result<()> {
    let mut leaving = false;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            let leaves = meaning(signal) == Meaning::Leave;
            let is_second = leaves && std::mem::replace(&mut leaving, true);
            if !is_second && sender.send(Message::Signal(signal)).is_err() {
                return;
            }
            let patience = patience.filter(|_| leaves && !is_second);
            if let Some(patience) = patience {
                std::thread::sleep(patience);
            }
            if is_second || patience.is_some() {
                abandon();
                typing::give_back();
                std::process::exit(128 + signal);
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
            assert_eq!([SIGHUP, SIGINT].map(|signal| is_ignored(status, signal)), ignored, "{status:?}");
        }
    }
}
