//! The keyboard and the mouse, read on a thread of their own, in our words.

use super::inquiry::Inquiry;
use super::message::Message;
use crate::app::{Pointer, PointerKind};
use crate::keymap::{Code, Key};
use crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};
use std::io;
use std::panic::catch_unwind;
use std::sync::mpsc::Sender;
use std::time::Duration;

/// The name of the reading thread; a panic in it is an event that the library could not read.
pub const THREAD: &str = "input";

/// The characters of an answer come without one.
const PAUSE: Duration = Duration::from_millis(20);

/// Sends what is typed into the loop, and first the answer to a question that is out.
pub fn watch(sender: Sender<Message>, inquiry: Option<Inquiry>) -> io::Result<()> {
    std::thread::Builder::new().name(THREAD.to_owned()).spawn(move || {
        if let Some(inquiry) = inquiry {
            inquiry.listen(&sender);
        }
        loop {
            let message = match catch_unwind(event::read) {
                Ok(Ok(event)) if begins_reply(&event) => {
                    swallow_reply();
                    None
                }
                Ok(Ok(event)) => translate(event),
                Ok(Err(_)) => Some(Message::InputGone),
                Err(_) => None,
            };
            let gone = matches!(message, Some(Message::InputGone));
            if message.is_some_and(|message| sender.send(message).is_err()) || gone {
                return;
            }
        }
    })?;
    Ok(())
}

/// Whether an event is the beginning of a terminal's late answer to some program before us: the library does
/// not know OSC, DCS and their like, and delivers them as Alt-], Alt-P ... and the characters that follow.
fn begins_reply(event: &Event) -> bool {
    let Event::Key(key) = event else { return false };
    key.modifiers.contains(KeyModifiers::ALT)
        && matches!(key.code, KeyCode::Char(']' | 'P' | '_' | '^' | 'X'))
}

/// Throws the rest of such an answer away: to its end, or to a pause that only a person makes.
fn swallow_reply() {
    while let Ok(true) = event::poll(PAUSE) {
        let Ok(Event::Key(key)) = event::read() else { return };
        let (alt, ctrl) = (KeyModifiers::ALT, KeyModifiers::CONTROL);
        let terminator = key.code == KeyCode::Char('\\') && key.modifiers.contains(alt);
        let bell = key.code == KeyCode::Char('g') && key.modifiers.contains(ctrl);
        if terminator || bell {
            return;
        }
    }
}

fn translate(event: Event) -> Option<Message> {
    match event {
        Event::Key(event) if event.kind != KeyEventKind::Release => key(event).map(Message::Key),
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Resize(..) => Some(Message::Resize),
        Event::Mouse(event) => {
            let kind = match event.kind {
                MouseEventKind::Down(MouseButton::Left) | MouseEventKind::Drag(MouseButton::Left) => {
                    PointerKind::Press
                }
                MouseEventKind::ScrollDown => PointerKind::WheelDown,
                MouseEventKind::ScrollUp => PointerKind::WheelUp,
                _ => return None,
            };
            Some(Message::Pointer(Pointer { kind, x: event.column, y: event.row }))
        }
        Event::Key(_) | Event::FocusGained | Event::FocusLost => None,
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    let code = match event.code {
        KeyCode::Char(ch) => Code::Char(ch),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PgUp,
        KeyCode::PageDown => Code::PgDn,
        _ => return None,
    };
    let held = |modifier| event.modifiers.contains(modifier);
    let shift = held(KeyModifiers::SHIFT) && !matches!(code, Code::Char(_));
    let (ctrl, alt) = (held(KeyModifiers::CONTROL), held(KeyModifiers::ALT));
    let code = match code {
        Code::Char(ch) if ctrl => Code::Char(ch.to_ascii_lowercase()),
        other => other,
    };
    Some(Key { code, ctrl, alt, shift })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_told_in_our_words() {
        for (code, modifiers, expected) in [
            (KeyCode::Char('J'), KeyModifiers::SHIFT, "J"),
            (KeyCode::Char('d'), KeyModifiers::CONTROL, "Ctrl-d"),
            (KeyCode::Char('3'), KeyModifiers::ALT, "Alt-3"),
            (KeyCode::Right, KeyModifiers::SHIFT, "Shift-Right"),
            (KeyCode::PageDown, KeyModifiers::NONE, "PgDn"),
        ] {
            let found = key(KeyEvent::new(code, modifiers)).unwrap();
            assert_eq!(found, expected.parse().unwrap());
        }
        assert_eq!(key(KeyEvent::new(KeyCode::F(1), KeyModifiers::NONE)), None);
    }
}
