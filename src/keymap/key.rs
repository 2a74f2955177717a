//! A key press, in our own words: `j`, `Ctrl-d`, `Alt-3`, `Shift-Right`, `PgDn`.

use std::fmt;
use std::str::FromStr;

/// Which key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are the keys")]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PgUp,
    PgDn,
}

/// The keys that are no characters, and characters that have names.
pub const NAMED: [(&str, Code); 15] = [
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("Backspace", Code::Backspace),
    ("Delete", Code::Delete),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PgUp", Code::PgUp),
    ("PgDn", Code::PgDn),
    ("Space", Code::Char(' ')),
    ("Bar", Code::Char('|')),
];

/// A key with its modifiers. Shift counts only for keys that are not characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Control is held.
    pub ctrl: bool,
    /// Alt or Meta is held.
    pub alt: bool,
    /// Shift is held.
    pub shift: bool,
}

impl Key {
    /// The key with the full-width character of a Chinese input method turned to ASCII, and with Shift left
    /// out of characters, which already are what Shift made of them.
    #[must_use]
    pub fn folded(self) -> Self {
        match self.code {
            Code::Char(ch) => Self { code: Code::Char(fold(ch)), shift: false, ..self },
            _ => self,
        }
    }
}

fn fold(ch: char) -> char {
    match ch {
        '！'..='～' => char::from_u32(ch as u32 - 0xfee0).unwrap_or(ch),
        '\u{3000}' => ' ',
        '。' => '.',
        '、' => '/',
        '《' => '<',
        '》' => '>',
        '【' => '[',
        '】' => ']',
        '‘' | '’' => '\'',
        '￥' => '$',
        '…' => '^',
        _ => ch,
    }
}

impl FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut key = Self { code: Code::Esc, ctrl: false, alt: false, shift: false };
        let mut rest = text;
        while let Some((modifier, name)) = rest.split_once('-').filter(|(_, name)| !name.is_empty()) {
            match modifier {
                "Ctrl" => key.ctrl = true,
                "Alt" => key.alt = true,
                "Shift" => key.shift = true,
                _ => return Err(format!("{text}: no such key")),
            }
            rest = name;
        }
        let mut chars = rest.chars();
        key.code = match (NAMED.iter().find(|(name, _)| *name == rest), chars.next(), chars.next()) {
            (Some(&(_, code)), ..) => code,
            (None, Some(ch), None) => Code::Char(ch),
            _ => return Err(format!("{text}: no such key")),
        };
        Ok(key.folded())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        match (NAMED.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, Code::Char(ch)) => write!(f, "{ch}"),
            (None, code) => write!(f, "{code:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_is_written() {
        for text in
            ["j", "J", "Ctrl-d", "Alt-3", "Shift-Right", "PgDn", "Space", "-", "Alt--", "Ctrl-Alt-x", "|"]
        {
            let key: Key = text.parse().unwrap();
            let shown = if text == "|" { "Bar".to_owned() } else { text.to_owned() };
            assert_eq!(key.to_string(), shown);
        }
        assert!("Hyper-x".parse::<Key>().is_err());
        assert!("".parse::<Key>().is_err());
        assert!("Foo".parse::<Key>().is_err());
    }
}
