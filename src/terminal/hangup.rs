//! Notices that the terminal is gone where no signal says so: crossterm's reader takes a hung-up terminal for one
//! that has nothing to say, and asks it again without end.

use super::message::Message;
use super::tty;
use rustix::event::{PollFd, PollFlags, poll};
use std::io;
use std::sync::mpsc::Sender;

/// Sends [`Message::InputGone`] when the terminal hangs up. The thread sleeps until then.
pub fn watch(sender: Sender<Message>) -> io::Result<()> {
    let terminal = tty::open()?;
    std::thread::Builder::new().name("hangup".to_owned()).spawn(move || {
        loop {
            let mut watched = [PollFd::new(&terminal, PollFlags::empty())];
            match poll(&mut watched, None) {
                Ok(_) if !watched[0].revents().is_empty() => break,
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(_) => return,
            }
        }
        let _ = sender.send(Message::InputGone);
    })?;
    Ok(())
}
