//! The clipboard of the terminal (OSC 52, xterm “Control Sequences”), and that of the system where the program was built with it.
//!
//! A terminal does not answer, so nothing tells whether it has taken the text; many take none but those that were told to. In tmux the
//! sequence is written twice: as it is, for one that keeps the text itself (`set-clipboard on`), and wrapped, for one that hands it on
//! (`allow-passthrough on`). GNU screen hands on what is wrapped, in pieces.

use crate::app::App;
use std::fmt::Write as _;

/// A terminal may cut or drop a sequence of more than 100 000 bytes, which is so many bytes of text.
const LARGEST: usize = 74_994;

/// Bytes of a sequence that GNU screen hands on at a time: it holds no more than 256.
const PIECE: usize = 240;

/// Why a text does not go to the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It would be cut.
    TooLarge,
    /// The terminal has none.
    None,
}

/// The clipboard.
#[derive(Default)]
pub struct Clipboard {
    /// On some systems the text is there as long as this is.
    #[cfg(feature = "clipboard")]
    system: Option<arboard::Clipboard>,
}

impl Clipboard {
    /// Copies a text, and lets the reader say so, or why not. Gives what is to be written to the terminal for it: nothing where the
    /// system has taken it.
    pub fn copy(&mut self, app: &mut App, text: &str, said: String) -> String {
        let words = &app.lang.words().keep;
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let copied = if self.copy_to_system(text) { Ok(String::new()) } else { sequence(text, variable) };
        app.message = Some(match copied {
            Ok(_) => said,
            Err(Refused::TooLarge) => app.with_keys(words.too_large),
            Err(Refused::None) => app.with_keys(words.no_clipboard),
        });
        copied.unwrap_or_default()
    }

    #[cfg(feature = "clipboard")]
    fn copy_to_system(&mut self, text: &str) -> bool {
        if self.system.is_none() {
            self.system = arboard::Clipboard::new().ok();
        }
        self.system.as_mut().is_some_and(|system| system.set_text(text).is_ok())
    }

    #[cfg(not(feature = "clipboard"))]
    #[expect(clippy::unused_self, reason = "there is no such clipboard in this build")]
    const fn copy_to_system(&self, _text: &str) -> bool {
        false
    }
}

/// The sequence that gives a text to the clipboard of the terminal that the environment tells of.
fn sequence(text: &str, variable: impl Fn(&str) -> Option<String>) -> Result<String, Refused> {
    if text.len() > LARGEST {
        return Err(Refused::TooLarge);
    }
    if variable("TERM").is_some_and(|name| name == "dumb" || name == "linux") {
        return Err(Refused::None);
    }
    let bare = format!("\x1b]52;c;{}\x07", base64(text.as_bytes()));
    Ok(if variable("TMUX").is_some() {
        format!("{bare}\x1bPtmux;{}\x1b\\", bare.replace('\x1b', "\x1b\x1b"))
    } else if variable("STY").is_some() {
        let bytes: Vec<char> = bare.chars().collect();
        bytes.chunks(PIECE).fold(String::new(), |mut out, piece| {
            let _ = write!(out, "\x1bP{}\x1b\\", piece.iter().collect::<String>());
            out
        })
    } else {
        bare
    })
}

/// Base 64 (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let digit = char::from(DIGITS[(bits >> (18 - 6 * at) & 63) as usize]);
            out.push(if at > three.len() { '=' } else { digit });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_is_as_the_rfc_has_it() {
        for (text, expected) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("质量", "6LSo6YeP"),
        ] {
            assert_eq!(base64(text.as_bytes()), expected);
        }
        assert_eq!(base64(&[0xff, 0xfe, 0xfb]), "//77");
    }

    #[test]
    fn a_sequence_goes_through_what_stands_before_the_terminal() {
        let within = |names: &'static [(&str, &str)]| {
            move |name: &str| {
                names.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            }
        };
        let bare = "\x1b]52;c;Zm9v\x07";
        assert_eq!(sequence("foo", within(&[("TERM", "xterm")])).as_deref(), Ok(bare));
        assert_eq!(
            sequence("foo", within(&[("TMUX", "/tmp/x")])).as_deref(),
            Ok("\x1b]52;c;Zm9v\x07\x1bPtmux;\x1b\x1b]52;c;Zm9v\x07\x1b\\")
        );
        assert_eq!(sequence("foo", within(&[("STY", "1")])).as_deref(), Ok("\x1bP\x1b]52;c;Zm9v\x07\x1b\\"));
        let long = sequence(&"x".repeat(1000), within(&[("STY", "1")])).unwrap();
        assert!(long.split("\x1b\\").all(|piece| piece.len() <= 256), "{long:?}");
        let joined: String =
            long.split("\x1b\\").map(|piece| piece.strip_prefix("\x1bP").unwrap_or(piece)).collect();
        assert_eq!(Ok(joined), sequence(&"x".repeat(1000), within(&[])));
        assert_eq!(sequence("foo", within(&[("TERM", "linux")])), Err(Refused::None));
    }

    #[test]
    fn what_would_be_cut_is_not_sent() {
        let fits = sequence(&"x".repeat(LARGEST), |_| None).unwrap();
        assert!(fits.len() <= 100_000, "{}", fits.len());
        assert_eq!(sequence(&"x".repeat(LARGEST + 1), |_| None), Err(Refused::TooLarge));
    }
}
