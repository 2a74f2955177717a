//! The configuration: one TOML file of settings, keys and themes. Whatever it says that is not understood is an error
//! with its line, so that nobody wonders why a setting does nothing.

mod fault;
mod keys;
mod nearest;
mod own_theme;
mod settings;
mod table;
mod written;

pub use fault::{Fault, Thing, What, unknown};
pub use nearest::nearest;
pub use own_theme::{Hue, Ink, OwnTheme, Part};
pub use settings::Settings;
pub use table::{Entry, Kind, SECTIONS, entries, entry};
pub use written::written;

use crate::choice::ThemeName;
use crate::keymap::{Keymap, named};
use clap::ValueEnum;
use fault::Flaw;
use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml_edit::{Document, Item, TableLike, Value};

/// The largest file that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// What is set.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Config {
    /// The file, if there is one.
    pub path: Option<PathBuf>,
    /// Its settings.
    pub settings: Settings,
    /// The keys.
    pub keymap: Keymap,
    /// The themes of the user's own.
    pub themes: Vec<OwnTheme>,
}

/// Where the file is looked for: `$XDG_CONFIG_HOME/shilu/config.toml`, else `~/.config/shilu/config.toml`. A path that
/// is not absolute is none, as the XDG Base Directory Specification has it.
pub fn place(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let absolute = |name| variable(name).filter(|path| path.is_absolute());
    let folder = absolute("XDG_CONFIG_HOME").or_else(|| absolute("HOME").map(|home| home.join(".config")));
    folder.map(|folder| folder.join("shilu").join("config.toml"))
}

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    /// A file that cannot be read, or says what is not understood.
    pub fn read(path: &Path) -> Result<Self, Fault> {
        let whole = |what| Fault { path: path.to_owned(), line: None, what: Box::new(what) };
        let mut bytes = Vec::new();
        let read = File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes));
        read.map_err(|error| whole(What::Unreadable(error)))?;
        if bytes.len() as u64 > LARGEST {
            return Err(whole(What::TooLarge(LARGEST)));
        }
        match String::from_utf8(bytes) {
            Ok(text) => Self::of(path, &text),
            Err(error) => {
                let line = line_at(error.as_bytes(), error.utf8_error().valid_up_to());
                Err(Fault { line: Some(line), ..whole(What::Encoding) })
            }
        }
    }

    /// Reads a text; the path is for what is wrong with it.
    ///
    /// # Errors
    /// The first thing that is not understood, with its line.
    pub fn of(path: &Path, text: &str) -> Result<Self, Fault> {
        let fault = |(span, what): Flaw| {
            let line = span.map(|span: Range<usize>| line_at(text.as_bytes(), span.start));
            Fault { path: path.to_owned(), line, what: Box::new(what) }
        };
        Self::understood(text).map(|config| Self { path: Some(path.to_owned()), ..config }).map_err(fault)
    }

    fn understood(text: &str) -> Result<Self, Flaw> {
        let document = Document::parse(text)
            .map_err(|error| (error.span(), What::Syntax(error.message().to_owned())))?;
        let table: &dyn TableLike = document.as_table();
        let mut config = Self::default();
        for (key, item) in table.iter() {
            let span = table.key(key).and_then(toml_edit::Key::span);
            match key {
                "keys" => keys::read(section(key, item)?, &mut config.keymap)?,
                "themes" => config.themes = own_theme::read(section(key, item)?)?,
                _ => {
                    let entry = entry(key).ok_or_else(|| (span, no_setting(key)))?;
                    set(&mut config.settings, entry, item)?;
                }
            }
        }
        let span = table.get("theme").and_then(Item::span);
        config.theme(&config.settings.theme).map_err(|what| (span, what))?;
        Ok(config)
    }

    /// The theme of that name.
    ///
    /// # Errors
    /// There is none.
    pub fn theme(&self, name: &str) -> Result<ThemeName, What> {
        let own = self.themes.iter().position(|theme| theme.name == name);
        let own = own.map(|index| ThemeName::Own(index as u8));
        own.or_else(|| ThemeName::from_str(name, true).ok()).ok_or_else(|| {
            let names = self.theme_names();
            let near = nearest(name, names.iter().map(String::as_str)).map(str::to_owned);
            What::Unknown(Thing::Theme, name.to_owned(), near)
        })
    }

    /// The names of all themes.
    pub fn theme_names(&self) -> Vec<String> {
        let built_in = entry("theme").map(Entry::words).unwrap_or_default();
        built_in.into_iter().chain(self.themes.iter().map(|theme| theme.name.clone())).collect()
    }

    /// One of the user's own themes.
    pub fn own_theme(&self, theme: ThemeName) -> Option<&OwnTheme> {
        match theme {
            ThemeName::Own(index) => self.themes.get(usize::from(index)),
            _ => None,
        }
    }
}

/// What is no setting may be an action that stands before `[keys]`.
fn no_setting(key: &str) -> What {
    let known = entries().map(|entry| entry.key).chain(["keys", "themes"]);
    let near = match named(key) {
        Some(_) => Some(format!("[keys] {key}")),
        None => nearest(key, known).map(str::to_owned),
    };
    What::Unknown(Thing::Setting, key.to_owned(), near)
}

fn section<'a>(key: &str, item: &'a Item) -> Result<&'a dyn TableLike, Flaw> {
    let wrong =
        || (item.span(), What::Value(key.to_owned(), own_theme::told(item), format!("[{key}]"), None));
    item.as_table_like().ok_or_else(wrong)
}

fn set(settings: &mut Settings, entry: &Entry, item: &Item) -> Result<(), Flaw> {
    let text = match (item.as_value(), entry.kind) {
        (Some(Value::Boolean(yes)), Kind::Switch) => Some(yes.value().to_string()),
        (Some(Value::String(text)), Kind::Choice(_) | Kind::Theme | Kind::Time) => Some(text.value().clone()),
        (Some(Value::String(text)), Kind::NumberOr(.., word)) => {
            Some(text.value().clone()).filter(|text| text == word)
        }
        (Some(Value::Integer(number)), Kind::Number(..) | Kind::NumberOr(..) | Kind::Choice(_)) => {
            Some(number.value().to_string())
        }
        (Some(Value::Float(number)), Kind::Number(..)) => Some(number.value().to_string()),
        _ => None,
    };
    if text.as_deref().is_some_and(|text| (entry.set)(settings, text)) {
        return Ok(());
    }
    let words = entry.words();
    let mistyped = item.as_str().filter(|_| !matches!(entry.kind, Kind::Switch));
    let near = mistyped.and_then(|text| nearest(text, words.iter().map(String::as_str)));
    let near = near.map(|near| format!("\"{near}\""));
    Err((item.span(), What::Value(entry.key.to_owned(), own_theme::told(item), entry.allowed(), near)))
}

/// The line, from 1, of a byte of a text.
fn line_at(text: &[u8], offset: usize) -> usize {
    1 + text.iter().take(offset).filter(|byte| **byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::{Action, Mode};
    use crate::choice::{GapModel, ReadingSpeed};
    use crate::lang::Lang;

    fn read(text: &str) -> Result<Config, (Option<usize>, String, String)> {
        let told = |fault: Fault| (fault.line, fault.what.tell(Lang::En), fault.what.tell(Lang::Zh));
        Config::of(Path::new("config.toml"), text).map_err(told)
    }

    /// A text in which every line that could hold does.
    fn uncommented(text: &str) -> String {
        let holds = |rest: &&str| rest.starts_with(|ch: char| ch.is_ascii_lowercase());
        let line = |line| str::strip_prefix(line, '#').filter(holds).unwrap_or(line);
        text.lines().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_default_is_written_as_it_is_read() {
        for lang in [Lang::Zh, Lang::En] {
            let text = written(lang);
            let path = Some(PathBuf::from("config.toml"));
            let default = Config { path, ..Config::default() };
            assert_eq!(read(&text), Ok(default.clone()));
            let all = uncommented(&text);
            let config = read(&all).unwrap();
            assert_eq!(config.settings, default.settings);
            for (action, name) in crate::keymap::NAMES {
                assert!(all.lines().any(|line| line.starts_with(&format!("{name} = "))), "{name}");
                for mode in crate::keymap::modes_of(action) {
                    let keys = (config.keymap.keys_for(action, mode), default.keymap.keys_for(action, mode));
                    assert_eq!(keys.0, keys.1, "{name} in {mode:?}");
                }
            }
            for entry in entries() {
                let told = format!("# {}: ", lang.pick(entry.zh, entry.en));
                assert!(text.lines().any(|line| line.starts_with(&told)), "{}", entry.key);
                assert!(
                    all.lines().any(|line| line.starts_with(&format!("{} = ", entry.key))),
                    "{}",
                    entry.key
                );
            }
            assert!(text.lines().all(|line| line.is_empty() || line.starts_with('#') || line == "[keys]"));
        }
    }

    #[test]
    fn the_example_of_a_theme_is_one() {
        let text = written(Lang::En);
        let lines: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("#   ")).collect();
        let config = read(&lines.join("\n")).unwrap();
        let paper = config.own_theme(config.theme("paper").unwrap()).unwrap();
        assert_eq!(
            (paper.base, paper.parts.len(), paper.speakers.len()),
            (ThemeName::Light, own_theme::PARTS.len(), 4)
        );
    }

    #[test]
    fn what_is_set_is_taken_over() {
        let config = read(
            "gaps = 'cap'\ncpm = 300\nspeed = 2.5\nmeasure = 'full'\nambiguous-width = 2\npinyin = true\ntheme = 'mine'\n\
             [keys]\nnext-hit = ['Ctrl-g', 'g n']\nmute = []\nquit = 'Q'\ncancel = { prompt = ['Ctrl-x'] }\n\
             [themes.mine]\naccent = 'red bold'\n",
        )
        .unwrap();
        let settings = &config.settings;
        assert_eq!(
            (settings.gaps, settings.cpm, settings.measure),
            (GapModel::Cap, ReadingSpeed::Fixed(300), 0)
        );
        assert!(settings.pinyin && settings.speed > 2.0);
        let keys = |action, mode| config.keymap.keys_for(action, mode);
        assert_eq!(keys(Action::HitNext, Mode::People), ["Ctrl-g", "g n"]);
        assert!(keys(Action::Mute, Mode::Reading).is_empty());
        assert_eq!(keys(Action::Quit, Mode::Reading), ["Q", "Ctrl-c"]);
        assert_eq!(keys(Action::Cancel, Mode::Prompt), ["Ctrl-x", "Ctrl-c"]);
        assert_eq!(keys(Action::Cancel, Mode::Help), ["Esc", "q", "Ctrl-c"]);
        assert_eq!(config.theme("mine").ok(), Some(ThemeName::Own(0)));
    }

    /// What is not understood, its line, and what is said of it in both languages.
    const WRONG: &[(&str, usize, &str, &str)] = &[
        (
            "\nspede = 2",
            2,
            "there is no setting spede, did you mean speed?",
            "没有 spede 这个设置,是不是 speed?",
        ),
        ("frobnicate = 2", 1, "there is no setting frobnicate", "没有 frobnicate 这个设置"),
        (
            "next-hit = 'n'",
            1,
            "there is no setting next-hit, did you mean [keys] next-hit?",
            "没有 next-hit 这个设置,是不是 [keys] next-hit?",
        ),
        ("hang = 3", 1, "hang = 3: 0 .. 2 is expected", "hang = 3:应为 0 .. 2"),
        (
            "pinyin = 'true'",
            1,
            "pinyin = \"true\": true | false is expected",
            "pinyin = \"true\":应为 true | false",
        ),
        (
            "# a\n# b\nkinsoku = 'strickt'",
            3,
            "kinsoku = \"strickt\": \"none\" | \"basic\" | \"gb\" | \"strict\" is expected, did you mean \"strict\"?",
            "kinsoku = \"strickt\":应为 \"none\" | \"basic\" | \"gb\" | \"strict\",是不是 \"strict\"?",
        ),
        (
            "measure = 'wide'",
            1,
            "measure = \"wide\": 10 .. 1000 | \"full\" is expected",
            "measure = \"wide\":应为 10 .. 1000 | \"full\"",
        ),
        (
            "theme = 'drak'",
            1,
            "there is no theme drak, did you mean dark?",
            "没有 drak 这个配色,是不是 dark?",
        ),
        ("keys = 3", 1, "keys = 3: [keys] is expected", "keys = 3:应为 [keys]"),
        (
            "[keys]\nmute = []\nnxt-hit = 'n'",
            3,
            "there is no action nxt-hit, did you mean next-hit?",
            "没有 nxt-hit 这个动作,是不是 next-hit?",
        ),
        (
            "[keys]\nmute = ['Etner']",
            2,
            "there is no key Etner, did you mean Enter?",
            "没有 Etner 这个按键,是不是 Enter?",
        ),
        (
            "[keys]\nmute = { reding = ['x'] }",
            2,
            "there is no mode of that action reding, did you mean reading?",
            "没有 reding 这个场合,是不是 reading?",
        ),
        (
            "[keys]\nmute = 1",
            2,
            "mute = 1: [\"n\", \"Ctrl-g\", \"g n\"] is expected",
            "mute = 1:应为 [\"n\", \"Ctrl-g\", \"g n\"]",
        ),
        (
            "[keys]\nmute = 'n'",
            2,
            "n would be both mute and next-hit in reading",
            "n 在 reading 中既是 mute 又是 next-hit",
        ),
        (
            "[keys]\nmute = 'g g x'",
            2,
            "g g would be both top and mute in reading",
            "g g 在 reading 中既是 top 又是 mute",
        ),
        (
            "[keys]\nsolo = 'Ctrl-c'",
            2,
            "Ctrl-c would be both solo and quit in reading",
            "Ctrl-c 在 reading 中既是 solo 又是 quit",
        ),
        (
            "[keys]\nmute = 'Ctrl-i'",
            2,
            "a terminal cannot tell Ctrl-i from Tab: another key is expected",
            "终端分不清 Ctrl-i 和 Tab:请换一个键",
        ),
        (
            "[keys.accept]\nprompt = ['y']",
            2,
            "y is text in prompt: a key with Ctrl- or Alt-, or one with a name, is expected",
            "y 在 prompt 中是要输入的字:应为 Ctrl-、Alt- 或有名字的键",
        ),
        (
            "[themes.mine]\nacent = 'red'",
            2,
            "there is no part of a theme acent, did you mean accent?",
            "没有 acent 这个配色部分,是不是 accent?",
        ),
        (
            "[themes.mine]\naccent = 'yelow'",
            2,
            "there is no colour yelow, did you mean yellow?",
            "没有 yelow 这个颜色,是不是 yellow?",
        ),
        (
            "[themes.dark]\naccent = 'red'",
            1,
            "dark is a theme already: another name is expected",
            "已有配色 dark:请换个名字",
        ),
    ];

    #[test]
    fn what_is_not_understood_is_told_with_its_line() {
        for &(text, line, english, chinese) in WRONG {
            assert_eq!(read(text), Err((Some(line), english.to_owned(), chinese.to_owned())), "{text}");
        }
        let (line, told, _) = read("a = 1\nb = [").unwrap_err();
        assert!(line == Some(2) && told.starts_with("not TOML: "), "{line:?} {told}");
    }

    #[test]
    fn the_file_is_looked_for_where_settings_are_kept() {
        for (xdg, home, found) in [
            (Some("/x"), Some("/home/a"), Some("/x/shilu/config.toml")),
            (Some("x"), Some("/home/a"), Some("/home/a/.config/shilu/config.toml")),
            (None, Some("/home/a"), Some("/home/a/.config/shilu/config.toml")),
            (None, None, None),
        ] {
            let variable = |name: &str| if name == "HOME" { home } else { xdg }.map(PathBuf::from);
            assert_eq!(place(variable), found.map(PathBuf::from));
        }
    }
}
