//! What is wrong with a configuration, in one sentence with its place.

use crate::action::Mode;
use crate::keymap::mode_name;
use crate::lang::Lang;
use std::fmt::Write as _;
use std::io;
use std::ops::Range;
use std::path::PathBuf;

/// A place in the text, and what is wrong there.
pub type Flaw = (Option<Range<usize>>, What);

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// A setting.
    Setting,
    /// Something that can be done.
    Action,
    /// Where keys work.
    Mode,
    /// A key.
    Key,
    /// A theme.
    Theme,
    /// A part of a theme.
    Part,
    /// A colour or an attribute.
    Colour,
    /// What may be typed at `:`.
    Command,
}

impl Thing {
    const fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Setting => lang.pick("设置", "setting"),
            Self::Action => lang.pick("动作", "action"),
            Self::Mode => lang.pick("场合", "mode of that action"),
            Self::Key => lang.pick("按键", "key"),
            Self::Theme => lang.pick("配色", "theme"),
            Self::Part => lang.pick("配色部分", "part of a theme"),
            Self::Colour => lang.pick("颜色", "colour"),
            Self::Command => lang.pick("指令", "command"),
        }
    }
}

/// What is wrong.
#[derive(Debug)]
pub enum What {
    /// The file cannot be read.
    Unreadable(io::Error),
    /// It is not UTF-8.
    Encoding,
    /// It has more bytes than this.
    TooLarge(u64),
    /// It is no TOML.
    Syntax(String),
    /// There is no such thing.
    Unknown(Thing, String, Option<String>),
    /// A setting cannot be that: its name, what is there, what may be there, what is near.
    Value(String, String, String, Option<String>),
    /// A theme of that name is built in.
    Taken(String),
    /// One key for two actions.
    Clash(String, Mode, [&'static str; 2]),
    /// A character where text is typed.
    Text(String, Mode),
    /// A terminal cannot tell this key from that.
    Twins(String, &'static str),
}

/// What is wrong with a configuration.
#[derive(Debug)]
pub struct Fault {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: Option<usize>,
    /// What is wrong.
    pub what: Box<What>,
}

impl Fault {
    /// In one sentence.
    pub fn tell(&self, lang: Lang) -> String {
        let mut told = self.path.display().to_string();
        if let Some(line) = self.line {
            let _ = write!(told, ":{line}");
        }
        let _ = write!(told, ": {}", self.what.tell(lang));
        told
    }
}

impl What {
    /// In one sentence, without the place.
    pub fn tell(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Unreadable(error), _) => lang.os_error(error),
            (Self::Encoding, _) => lang.pick("不是 UTF-8", "is not UTF-8").to_owned(),
            (Self::TooLarge(most), Lang::Zh) => format!("太大,设置文件应不超过 {most} 字节"),
            (Self::TooLarge(most), Lang::En) => format!("too large: {most} bytes at most are expected"),
            (Self::Syntax(what), Lang::Zh) => format!("不合 TOML 语法:{}", what.replace('\n', ", ")),
            (Self::Syntax(what), Lang::En) => format!("not TOML: {}", what.replace('\n', ", ")),
            (Self::Unknown(thing, name, near), _) => unknown(*thing, name, near.as_deref(), lang),
            (Self::Value(key, found, allowed, near), _) => {
                let told = match lang {
                    Lang::Zh => format!("{key} = {found}:应为 {allowed}"),
                    Lang::En => format!("{key} = {found}: {allowed} is expected"),
                };
                told + &meant(near.as_deref(), lang)
            }
            (Self::Taken(name), Lang::Zh) => format!("已有配色 {name}:请换个名字"),
            (Self::Taken(name), Lang::En) => format!("{name} is a theme already: another name is expected"),
            (Self::Clash(keys, mode, [one, other]), Lang::Zh) => {
                format!("{keys} 在 {} 中既是 {one} 又是 {other}", mode_name(*mode))
            }
            (Self::Clash(keys, mode, [one, other]), Lang::En) => {
                format!("{keys} would be both {one} and {other} in {}", mode_name(*mode))
            }
            (Self::Text(key, mode), Lang::Zh) => {
                format!("{key} 在 {} 中是要输入的字:应为 Ctrl-、Alt- 或有名字的键", mode_name(*mode))
            }
            (Self::Text(key, mode), Lang::En) => {
                let mode = mode_name(*mode);
                format!("{key} is text in {mode}: a key with Ctrl- or Alt-, or one with a name, is expected")
            }
            (Self::Twins(key, twin), Lang::Zh) => format!("终端分不清 {key} 和 {twin}:请换一个键"),
            (Self::Twins(key, twin), Lang::En) => {
                format!("a terminal cannot tell {key} from {twin}: another key is expected")
            }
        }
    }
}

/// There is no such thing.
pub fn unknown(thing: Thing, name: &str, near: Option<&str>, lang: Lang) -> String {
    let word = thing.word(lang);
    let told = match lang {
        Lang::Zh => format!("没有 {name} 这个{word}"),
        Lang::En => format!("there is no {word} {name}"),
    };
    told + &meant(near, lang)
}

fn meant(near: Option<&str>, lang: Lang) -> String {
    match (near, lang) {
        (Some(near), Lang::Zh) => format!(",是不是 {near}?"),
        (Some(near), Lang::En) => format!(", did you mean {near}?"),
        (None, _) => String::new(),
    }
}
