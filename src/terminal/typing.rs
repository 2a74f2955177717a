//! Single keys from a terminal into which lines are written: no echo and no lines of input, all else as it was found.

use rustix::process::getpgrp;
use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcgetpgrp, tcsetattr,
};
use std::io;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

/// The settings that were found, while they are changed.
static FOUND: Mutex<Option<Termios>> = Mutex::new(None);

fn found() -> MutexGuard<'static, Option<Termios>> {
    FOUND.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether what is typed into the terminal on standard input is meant for this process. Another one would be stopped
/// when it reads there or changes the settings.
pub fn is_in_foreground() -> bool {
    tcgetpgrp(io::stdin()).is_ok_and(|group| group == getpgrp())
}

/// Asks the terminal on standard input for single keys; again, if somebody has changed its settings since.
pub fn take() -> io::Result<()> {
    hook_panics();
    let mut found = found();
    let before = match found.take() {
        Some(before) => before,
        None => tcgetattr(io::stdin())?,
    };
    let mut single = before.clone();
    single.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO);
    single.special_codes[SpecialCodeIndex::VMIN] = 1;
    single.special_codes[SpecialCodeIndex::VTIME] = 0;
    *found = Some(before);
    Ok(tcsetattr(io::stdin(), OptionalActions::Now, &single)?)
}

/// Puts the settings back, unless another process has the terminal by now. Safe to call at any time, from any thread,
/// more than once.
pub fn give_back() {
    let before = found().take();
    if let Some(before) = before.filter(|_| is_in_foreground()) {
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &before);
    }
}

/// A panic gives the terminal back before its report is written.
fn hook_panics() {
    static HOOKED: Once = Once::new();
    HOOKED.call_once(|| {
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            give_back();
            report(info);
        }));
    });
}
