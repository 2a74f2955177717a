//! A theme of the user's own: which parts of the screen look how, over a theme that is built in.

use super::fault::{Flaw, Thing, What};
use super::nearest::nearest;
use crate::choice::ThemeName;
use clap::ValueEnum;
use toml_edit::{Item, TableLike, Value};

/// A colour as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hue {
    /// One of the sixteen of the terminal's palette.
    Palette(u8),
    /// One of the 256.
    Index(u8),
    /// 24 bits.
    Rgb(u8, u8, u8),
}

/// How a part looks: `yellow bold`, `black on #ffcc66`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an attribute of its own")]
pub struct Ink {
    /// Of the characters.
    pub on_top: Option<Hue>,
    /// Behind them.
    pub behind: Option<Hue>,
    /// Bold.
    pub bold: bool,
    /// Dim.
    pub dim: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Characters and ground change places.
    pub reversed: bool,
}

/// A part of the screen that has a style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What is said.
    Text,
    /// When and in what office.
    Dim,
    /// Lines that part.
    Rule,
    /// The playhead and what has the focus.
    Accent,
    /// A word to the user.
    Message,
    /// A search hit.
    Hit,
    /// The hit one stands on.
    CurrentHit,
    /// What is chosen in a list.
    Chosen,
    /// What is still to come in a lane.
    Unrevealed,
}

/// Every part with its name, and what it is in both languages.
pub const PARTS: [(Part, &str, &str, &str); 9] = [
    (Part::Text, "text", "正文", "what is said"),
    (Part::Dim, "dim", "时间、职务、说明", "times, offices, asides"),
    (Part::Rule, "rule", "分隔线", "lines that part"),
    (Part::Accent, "accent", "焦点、播放头、提示的按键", "what has the focus, the playhead, keys in hints"),
    (Part::Message, "message", "提示的话", "words to you"),
    (Part::Hit, "hit", "搜索命中", "a search hit"),
    (Part::CurrentHit, "current-hit", "正在看的命中", "the hit one stands on"),
    (Part::Chosen, "chosen", "列表中选定的一行", "what is chosen in a list"),
    (Part::Unrevealed, "unrevealed", "时间线上还没播的部分", "what is still to come on the timeline"),
];

/// The names of the sixteen colours, in the order of the palette.
pub const COLOURS: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

/// What a part may be beside its colours.
pub const ATTRIBUTES: [&str; 5] = ["bold", "dim", "italic", "underline", "reversed"];

/// A theme of the user's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnTheme {
    /// Its name.
    pub name: String,
    /// What it is laid over.
    pub base: ThemeName,
    /// The parts that look otherwise.
    pub parts: Vec<(Part, Ink)>,
    /// The hues of speakers: the first is the host's. None keeps those of the base.
    pub speakers: Vec<Ink>,
}

impl Ink {
    /// Reads it.
    ///
    /// # Errors
    /// The word that is not understood.
    pub fn parse(text: &str) -> Result<Self, &str> {
        let mut ink = Self::default();
        let mut behind = false;
        for word in text.split_whitespace() {
            match word {
                "on" => behind = true,
                "bold" => ink.bold = true,
                "dim" => ink.dim = true,
                "italic" => ink.italic = true,
                "underline" => ink.underline = true,
                "reversed" => ink.reversed = true,
                _ => {
                    let place = if std::mem::take(&mut behind) { &mut ink.behind } else { &mut ink.on_top };
                    *place = Some(hue(word).ok_or(word)?);
                }
            }
        }
        if behind { Err("on") } else { Ok(ink) }
    }
}

fn hue(word: &str) -> Option<Hue> {
    if let Some(digits) = word.strip_prefix('#') {
        let hex = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u32::from_str_radix(digits, 16).ok().filter(|_| hex)?;
        let [_, r, g, b] = number.to_be_bytes();
        return Some(Hue::Rgb(r, g, b));
    }
    let named = COLOURS.iter().position(|name| *name == word).map(|index| Hue::Palette(index as u8));
    named.or_else(|| word.parse().ok().map(Hue::Index))
}

/// Reads the themes below `[themes]`.
pub fn read(themes: &dyn TableLike) -> Result<Vec<OwnTheme>, Flaw> {
    let mut all = Vec::new();
    for (name, item) in themes.iter() {
        let span = themes.key(name).and_then(toml_edit::Key::span);
        let Some(table) = item.as_table_like() else {
            let (key, allowed) = (format!("themes.{name}"), format!("[themes.{name}]"));
            return Err((item.span(), What::Value(key, told(item), allowed, None)));
        };
        if ThemeName::from_str(name, true).is_ok() || all.len() >= usize::from(u8::MAX) {
            return Err((span, What::Taken(name.to_owned())));
        }
        all.push(theme(name, table)?);
    }
    Ok(all)
}

fn theme(name: &str, table: &dyn TableLike) -> Result<OwnTheme, Flaw> {
    let mut theme =
        OwnTheme { name: name.to_owned(), base: ThemeName::Auto, parts: Vec::new(), speakers: Vec::new() };
    for (key, item) in table.iter() {
        let part = PARTS.iter().find(|(_, name, ..)| *name == key).map(|(part, ..)| *part);
        match (part, key) {
            (Some(part), _) => theme.parts.push((part, ink(key, item.as_value())?)),
            (None, "base") => {
                let named = item.as_str().and_then(|name| ThemeName::from_str(name, false).ok());
                let allowed = "\"auto\" | \"dark\" | \"light\" | \"ansi\" | \"mono\"";
                let wrong = || (item.span(), What::Value("base".into(), told(item), allowed.into(), None));
                theme.base = named.ok_or_else(wrong)?;
            }
            (None, "speakers") => {
                let allowed = "[\"blue\", \"#5ab9aa\", …]".to_owned();
                let wrong = || (item.span(), What::Value(key.to_owned(), told(item), allowed, None));
                let array = item.as_array().filter(|array| !array.is_empty()).ok_or_else(wrong)?;
                theme.speakers = array.iter().map(|value| ink(key, Some(value))).collect::<Result<_, _>>()?;
            }
            (None, _) => {
                let known = PARTS.iter().map(|(_, name, ..)| *name).chain(["base", "speakers"]);
                let near = nearest(key, known).map(str::to_owned);
                let span = table.key(key).and_then(toml_edit::Key::span);
                return Err((span, What::Unknown(Thing::Part, key.to_owned(), near)));
            }
        }
    }
    Ok(theme)
}

fn ink(key: &str, value: Option<&Value>) -> Result<Ink, Flaw> {
    let span = value.and_then(Value::span);
    let text = match value {
        Some(Value::String(text)) => text.value().clone(),
        Some(Value::Integer(index)) => index.value().to_string(),
        _ => {
            let found = value.map_or_else(|| "{ … }".to_owned(), |value| value.to_string().trim().to_owned());
            let allowed = "\"yellow bold\" | \"black on #ffcc66\" | 214 …".to_owned();
            return Err((span, What::Value(key.to_owned(), found, allowed, None)));
        }
    };
    Ink::parse(&text).map_err(|word| {
        let near = nearest(word, COLOURS.into_iter().chain(ATTRIBUTES)).map(str::to_owned);
        (span, What::Unknown(Thing::Colour, word.to_owned(), near))
    })
}

/// What stands there, on one short line.
pub fn told(item: &Item) -> String {
    const LONGEST: usize = 40;
    let text = item.to_string();
    let line = text.trim().lines().next().unwrap_or_default();
    let short: String = line.chars().take(LONGEST).collect();
    if short.len() < text.trim().len() { format!("{short}…") } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ink_is_colours_and_attributes() {
        let plain = Ink::default();
        for (text, ink) in [
            ("", plain),
            ("yellow bold", Ink { on_top: Some(Hue::Palette(3)), bold: true, ..plain }),
            ("214", Ink { on_top: Some(Hue::Index(214)), ..plain }),
            (
                "black on #ffCC66",
                Ink { on_top: Some(Hue::Palette(0)), behind: Some(Hue::Rgb(255, 204, 102)), ..plain },
            ),
            ("on 7 reversed", Ink { behind: Some(Hue::Index(7)), reversed: true, ..plain }),
            ("dim italic underline", Ink { dim: true, italic: true, underline: true, ..plain }),
        ] {
            assert_eq!(Ink::parse(text), Ok(ink), "{text}");
        }
        for (text, wrong) in [
            ("yelow", "yelow"),
            ("#12345", "#12345"),
            ("#12345é", "#12345é"),
            ("256", "256"),
            ("red on", "on"),
        ] {
            assert_eq!(Ink::parse(text), Err(wrong), "{text}");
        }
    }
}
