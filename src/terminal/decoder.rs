//! Bytes of a terminal to what they mean: keys, the mouse, pasted text, and control sequences that are none of these.
//!
//! Bytes may be cut at any place; it needs no look ahead, and holds back nothing but the beginning of a sequence. The
//! library's reader is not used: it waits for the rest of half a sequence, knows no end of OSC and DCS, keeps what it
//! does not know from the probe, and cannot wait for anything else at the same time.

use crate::app::{Pointer, PointerKind};
use crate::keymap::{Code, Key};

/// What a user does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// A key.
    Key(Key),
    /// The mouse.
    Pointer(Pointer),
    /// Pasted text.
    Paste(String),
}

/// What bytes meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// The user did something.
    Typed(Typed),
    /// A control sequence that is no key: what stands between `CSI` and its final byte, and that byte.
    Control(Vec<u8>, u8),
}

/// What is held back, since more belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Nothing.
    Nothing,
    /// ESC: a key, or the beginning of something.
    Escape,
    /// The beginning of something that no person types.
    Sequence,
    /// The beginning of a paste, which takes the time that it takes.
    Paste,
}

/// Reads byte by byte.
#[derive(Debug, Default)]
pub struct Decoder {
    state: State,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Ground,
    /// Amid a character of several bytes.
    Character { bytes: Vec<u8>, length: usize, alt: bool },
    /// Behind ESC.
    Escape,
    /// Behind CSI.
    Control(Vec<u8>),
    /// Behind ESC O.
    Single,
    /// Amid OSC, DCS, SOS, PM or APC, which no key sends; and whether an ESC may end it.
    Text { ending: bool },
    /// So many bytes mean nothing to us.
    Skip(u8),
    /// Amid a paste.
    Paste(Vec<u8>),
}

/// Control sequences are cut at this length: none that means anything to us is longer.
const LONGEST: usize = 64;

/// What ends a paste.
const PASTED: &[u8] = b"\x1b[201~";

const ESC: u8 = 0x1b;

impl Decoder {
    /// Takes a byte; says what has become complete with it.
    pub fn feed(&mut self, byte: u8) -> Option<Token> {
        match std::mem::take(&mut self.state) {
            State::Ground => self.ground(byte, false),
            State::Character { bytes, length, alt } => self.character(bytes, length, alt, byte),
            State::Escape => self.escape(byte),
            State::Control(body) => self.control(body, byte),
            State::Single => single(byte).map(key),
            // No string goes on behind a cancel (ECMA-48, 8.3.6), nor where somebody wants out.
            State::Text { .. } if byte == 0x18 || byte == 0x1a => None,
            State::Text { .. } if byte == 0x03 => self.ground(byte, false),
            State::Text { ending } => {
                let ended = byte == 0x07 || (ending && byte == b'\\');
                self.state = if ended { State::Ground } else { State::Text { ending: byte == ESC } };
                None
            }
            State::Skip(count) => {
                self.state = if count > 1 { State::Skip(count - 1) } else { State::Ground };
                None
            }
            State::Paste(text) => self.paste(text, byte),
        }
    }

    /// What is held back.
    pub const fn held(&self) -> Held {
        match self.state {
            State::Ground => Held::Nothing,
            State::Escape => Held::Escape,
            State::Paste(_) => Held::Paste,
            _ => Held::Sequence,
        }
    }

    /// Nothing more has come: an ESC was the key, half a sequence was nothing. The rest of a paste is waited for.
    pub fn pause(&mut self) -> Option<Token> {
        match std::mem::take(&mut self.state) {
            State::Escape => Some(key(plain(Code::Esc))),
            paste @ State::Paste(_) => {
                self.state = paste;
                None
            }
            _ => None,
        }
    }

    fn ground(&mut self, byte: u8, alt: bool) -> Option<Token> {
        let typed = match byte {
            ESC => {
                self.state = State::Escape;
                return None;
            }
            b'\r' => plain(Code::Enter),
            b'\t' => plain(Code::Tab),
            0x7f => plain(Code::Backspace),
            0 => ctrl(b' '),
            1..=0x1a => ctrl(byte - 1 + b'a'),
            0x1c..=0x1f => ctrl(byte - 0x1c + b'4'),
            b' '..=b'~' => char(byte.into()),
            // CSI in eight bits.
            0x9b => {
                self.state = State::Control(Vec::new());
                return None;
            }
            _ => {
                if let Some(length) = length(byte) {
                    self.state = State::Character { bytes: vec![byte], length, alt };
                }
                return None;
            }
        };
        Some(key(Key { alt, ..typed }))
    }

    fn character(&mut self, mut bytes: Vec<u8>, length: usize, alt: bool, byte: u8) -> Option<Token> {
        if !(0x80..0xc0).contains(&byte) {
            return self.ground(byte, false);
        }
        bytes.push(byte);
        if bytes.len() < length {
            self.state = State::Character { bytes, length, alt };
            return None;
        }
        let ch = std::str::from_utf8(&bytes).ok()?.chars().next()?;
        if ch == '\u{9b}' {
            self.state = State::Control(Vec::new());
        }
        (!ch.is_control()).then(|| key(Key { alt, ..char(ch) }))
    }

    fn escape(&mut self, byte: u8) -> Option<Token> {
        match byte {
            b'[' => self.state = State::Control(Vec::new()),
            b'O' => self.state = State::Single,
            b']' | b'P' | b'X' | b'^' | b'_' => self.state = State::Text { ending: false },
            ESC => {
                self.state = State::Escape;
                return Some(key(plain(Code::Esc)));
            }
            _ => return self.ground(byte, true),
        }
        None
    }

    fn control(&mut self, mut body: Vec<u8>, byte: u8) -> Option<Token> {
        match byte {
            b' '..=b'?' => {
                if body.len() < LONGEST {
                    body.push(byte);
                }
                self.state = State::Control(body);
            }
            // A function key of the Linux console, and the mouse without SGR coordinates.
            b'[' if body.is_empty() => self.state = State::Skip(1),
            b'M' if body.is_empty() => self.state = State::Skip(3),
            b'~' if body == b"200" => self.state = State::Paste(Vec::new()),
            b'@'..=b'~' => return controlled(body, byte),
            _ => return self.ground(byte, false),
        }
        None
    }

    fn paste(&mut self, mut text: Vec<u8>, byte: u8) -> Option<Token> {
        text.push(byte);
        if let Some(text) = text.strip_suffix(PASTED) {
            return Some(Token::Typed(Typed::Paste(String::from_utf8_lossy(text).into_owned())));
        }
        self.state = State::Paste(text);
        None
    }
}

/// How many bytes a character of UTF-8 has that begins with this one.
const fn length(byte: u8) -> Option<usize> {
    match byte {
        0xc2..=0xdf => Some(2),
        0xe0..=0xef => Some(3),
        0xf0..=0xf4 => Some(4),
        _ => None,
    }
}

const fn key(key: Key) -> Token {
    Token::Typed(Typed::Key(key))
}

const fn plain(code: Code) -> Key {
    Key { code, ctrl: false, alt: false, shift: false }
}

const fn char(ch: char) -> Key {
    plain(Code::Char(ch))
}

const fn ctrl(byte: u8) -> Key {
    Key { ctrl: true, ..char(byte as char) }
}

/// The key of a final byte behind CSI or ESC O.
const fn named(end: u8) -> Option<Code> {
    match end {
        b'A' => Some(Code::Up),
        b'B' => Some(Code::Down),
        b'C' => Some(Code::Right),
        b'D' => Some(Code::Left),
        b'H' => Some(Code::Home),
        b'F' => Some(Code::End),
        _ => None,
    }
}

fn single(byte: u8) -> Option<Key> {
    named(byte).map(plain)
}

fn controlled(body: Vec<u8>, end: u8) -> Option<Token> {
    if let Some(report) = body.strip_prefix(b"<").filter(|_| matches!(end, b'M' | b'm')) {
        return pointer(report).filter(|_| end == b'M').map(|pointer| Token::Typed(Typed::Pointer(pointer)));
    }
    let numbers = numbers(&body);
    let code = match (end, numbers.first()) {
        (b'~', Some(1 | 7)) => Some(Code::Home),
        (b'~', Some(3)) => Some(Code::Delete),
        (b'~', Some(4 | 8)) => Some(Code::End),
        (b'~', Some(5)) => Some(Code::PgUp),
        (b'~', Some(6)) => Some(Code::PgDn),
        _ => named(end),
    };
    if (end, body.as_slice()) == (b'Z', b"") {
        return Some(key(Key { shift: true, ..plain(Code::Tab) }));
    }
    let Some(code) = code else { return Some(Token::Control(body, end)) };
    // xterm's modifiers: one more than the sum of 1 for Shift, 2 for Alt, 4 for Control.
    let held = numbers.get(1).map_or(0, |modifiers| modifiers.saturating_sub(1));
    let (shift, alt, ctrl) = (held & 1 != 0, held & 2 != 0, held & 4 != 0);
    Some(key(Key { code, ctrl, alt, shift }))
}

/// A report of the mouse with SGR coordinates: button, column, row. Only what the reader knows of.
fn pointer(report: &[u8]) -> Option<Pointer> {
    const HELD: u16 = 4 | 8 | 16;
    let &[button, x, y] = numbers(report).as_slice() else { return None };
    let kind = match button & !HELD {
        0 => PointerKind::Press,
        32 => PointerKind::Drag,
        64 => PointerKind::WheelUp,
        65 => PointerKind::WheelDown,
        _ => return None,
    };
    Some(Pointer { kind, x: x.checked_sub(1)?, y: y.checked_sub(1)? })
}

/// The numbers between semicolons; one that is none, or too large, is 0.
pub fn numbers(body: &[u8]) -> Vec<u16> {
    let number = |part: &[u8]| std::str::from_utf8(part).ok()?.parse().ok();
    body.split(|&byte| byte == b';').map(|part| number(part).unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Vec<Token> {
        let mut decoder = Decoder::default();
        let mut tokens: Vec<_> = bytes.iter().filter_map(|&byte| decoder.feed(byte)).collect();
        tokens.extend(decoder.pause());
        tokens
    }

    fn keys(bytes: &[u8]) -> String {
        let name = |token| match token {
            Token::Typed(Typed::Key(key)) => key.to_string(),
            other => format!("{other:?}"),
        };
        decoded(bytes).into_iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn bytes_are_keys() {
        for (bytes, expected) in [
            ("j", "j"),
            ("质量", "质 量"),
            ("é👍", "é 👍"),
            ("\r\t\x7f\x1b[Z", "Enter Tab Backspace Shift-Tab"),
            ("\x03\x04\x0a\0\x1f", "Ctrl-c Ctrl-d Ctrl-j Ctrl-Space Ctrl-7"),
            ("\x1b", "Esc"),
            ("\x1b\x1b", "Esc Esc"),
            ("\x1b\x1b[A", "Esc Up"),
            ("\x1b3\x1bo\x1b质", "Alt-3 Alt-o Alt-质"),
            ("\x1b\x04\x1b\x7f", "Ctrl-Alt-d Alt-Backspace"),
            ("\x1b[", ""),
            ("\x1bO", ""),
            ("\x1b[A\x1b[B\x1b[C\x1b[D\x1b[H\x1b[F", "Up Down Right Left Home End"),
            ("\x1bOA\x1bOH\x1bOP", "Up Home"),
            ("\x1b[1;2C\x1b[1;3D\x1b[1;5A\x1b[1;8F", "Shift-Right Alt-Left Ctrl-Up Ctrl-Alt-Shift-End"),
            ("\x1b[1~\x1b[7~\x1b[3~\x1b[4~\x1b[8~\x1b[5~\x1b[6~", "Home Home Delete End End PgUp PgDn"),
            ("\x1b[5;5~", "Ctrl-PgUp"),
            ("\x1b]ab\x03j\x1bPcd\x18k", "Ctrl-c j k"),
        ] {
            assert_eq!(keys(bytes.as_bytes()), expected, "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_key_of_ours_is_no_key() {
        for bytes in [
            &b"\x1b[[A"[..],
            b"\x1b[M !!",
            b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
            b"\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
            b"\x1bP>|XTerm(379)\x1b\\",
            b"\xc2\x85",
            b"\xff\xc0\x80\xe4\xb8",
            b"\x1b[<0;0;0M",
            b"\x1b[<35;4;5M",
            b"\x1b[<0;3;4m",
        ] {
            assert_eq!(decoded(bytes), [], "{bytes:?}");
            assert_eq!(keys(&[bytes, b"\x1b\\j"].concat()).rsplit(' ').next(), Some("j"), "{bytes:?}");
        }
    }

    #[test]
    fn a_broken_sequence_loses_nothing_behind_it() {
        for (bytes, expected) in [
            (&b"\xe4\xb8j"[..], "j"),
            (b"\xe4\x1b[A", "Up"),
            (b"\x1b[12\x1b[A", "Up"),
            (b"\x1b[12\rj", "Enter j"),
            ("\x1b[12质".as_bytes(), "质"),
        ] {
            assert_eq!(keys(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn the_mouse_and_pasted_text_are_told() {
        let press = |kind, x, y| Token::Typed(Typed::Pointer(Pointer { kind, x, y }));
        for (bytes, expected) in [
            ("\x1b[<0;1;2M", press(PointerKind::Press, 0, 1)),
            ("\x1b[<32;10;20M", press(PointerKind::Drag, 9, 19)),
            ("\x1b[<64;1;1M", press(PointerKind::WheelUp, 0, 0)),
            ("\x1b[<65;1;1M", press(PointerKind::WheelDown, 0, 0)),
            ("\x1b[200~q质\x1b[A\nx\x1b[201~", Token::Typed(Typed::Paste("q质\x1b[A\nx".to_owned()))),
            ("\x1b[2;3R", Token::Control(b"2;3".to_vec(), b'R')),
            ("\u{9b}2;3R", Token::Control(b"2;3".to_vec(), b'R')),
            ("\x1b[?62;22c", Token::Control(b"?62;22".to_vec(), b'c')),
        ] {
            assert_eq!(decoded(bytes.as_bytes()), [expected], "{bytes:?}");
        }
        assert_eq!(decoded(b"\x9b2;3R"), [Token::Control(b"2;3".to_vec(), b'R')]);
    }

    #[test]
    fn a_paste_is_waited_for() {
        let mut decoder = Decoder::default();
        assert!(b"\x1b[200~q".iter().all(|&byte| decoder.feed(byte).is_none()));
        assert_eq!(decoder.pause(), None);
        assert_eq!(decoder.held(), Held::Paste);
        let rest: Vec<_> = b"j\x1b[201~".iter().filter_map(|&byte| decoder.feed(byte)).collect();
        assert_eq!(rest, [Token::Typed(Typed::Paste("qj".to_owned()))]);
        assert_eq!(decoder.held(), Held::Nothing);
    }
}
