//! The one table of settings: names, words in both languages, what may be set, how it is read and written. The file is
//! read by it, its default is written from it, and the command line of the reader completes from it.

use super::settings::Settings;
use crate::choice::{
    Alert, AmbiguousWidth, GapModel, Indent, Kinsoku, LangChoice, LayoutKind, Pace, QuoteForm, ReadingSpeed,
    ThemeName,
};
use crate::when::{FASTEST, SLOWEST, parse_duration, parse_times, speed};
use clap::ValueEnum;
use std::fmt::Write as _;
use std::str::FromStr;

/// What may stand for a setting.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Yes or no.
    Switch,
    /// One of some words.
    Choice(fn() -> Vec<String>),
    /// A theme, also one of the user's.
    Theme,
    /// A number from one to another.
    Number(f64, f64),
    /// The same, or a word.
    NumberOr(f64, f64, &'static str),
    /// A length of time.
    Time,
}

/// One setting.
#[derive(Debug)]
pub struct Entry {
    /// Its name.
    pub key: &'static str,
    /// What it is, in Chinese.
    pub zh: &'static str,
    /// What it is, in English.
    pub en: &'static str,
    /// What may be set.
    pub kind: Kind,
    /// How it is set, as text.
    pub get: fn(&Settings) -> String,
    /// Sets it; false if that cannot be.
    pub set: fn(&mut Settings, &str) -> bool,
}

impl Entry {
    /// The words that may be set.
    pub fn words(&self) -> Vec<String> {
        match self.kind {
            Kind::Switch => vec!["true".to_owned(), "false".to_owned()],
            Kind::Choice(words) => words(),
            Kind::Theme => names::<ThemeName>(),
            Kind::NumberOr(.., word) => vec![word.to_owned()],
            Kind::Number(..) | Kind::Time => Vec::new(),
        }
    }

    /// What may be set, as it stands in the file: `"real" | "cap"`, `0 .. 2`.
    pub fn allowed(&self) -> String {
        let quoted = || self.words().iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" | ");
        match self.kind {
            Kind::Switch => "true | false".to_owned(),
            Kind::Choice(_) => quoted(),
            Kind::Theme => format!("{} | [themes.…]", quoted()),
            Kind::Number(least, most) => format!("{least} .. {most}"),
            Kind::NumberOr(least, most, _) => format!("{least} .. {most} | {}", quoted()),
            Kind::Time => "\"90s\" | \"2m\" | \"1h30m\" …".to_owned(),
        }
    }

    /// How it is set, as it stands in the file.
    pub fn written(&self, settings: &Settings) -> String {
        let text = (self.get)(settings);
        let bare = match self.kind {
            Kind::Switch | Kind::Number(..) => true,
            Kind::NumberOr(.., word) => text != word,
            Kind::Choice(_) | Kind::Theme | Kind::Time => false,
        };
        if bare { text } else { format!("\"{text}\"") }
    }
}

/// A heading of the file and what stands below it.
#[derive(Debug)]
pub struct Section {
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
    /// The settings.
    pub entries: &'static [Entry],
}

/// Every setting.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    SECTIONS.iter().flat_map(|section| section.entries)
}

/// The setting of that name.
pub fn entry(key: &str) -> Option<&'static Entry> {
    entries().find(|entry| entry.key == key)
}

fn names<T: ValueEnum>() -> Vec<String> {
    let name = |value: &T| Some(value.to_possible_value()?.get_name().to_owned());
    T::value_variants().iter().filter_map(name).collect()
}

fn name<T: ValueEnum>(value: &T) -> String {
    value.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}

fn put<T>(place: &mut T, value: Option<T>) -> bool {
    value.map(|value| *place = value).is_some()
}

fn number<T: FromStr + PartialOrd>(text: &str, least: T, most: T) -> Option<T> {
    text.parse().ok().filter(|number| (least..=most).contains(number))
}

fn yes(text: &str) -> Option<bool> {
    match text {
        "true" | "on" | "开" | "是" => Some(true),
        "false" | "off" | "关" | "否" => Some(false),
        _ => None,
    }
}

/// A length of time as it is typed, exactly: `90s`, `2m`, `1h30m`.
fn time(ms: i64) -> String {
    let mut left = ms;
    let mut text = String::new();
    for (unit, length) in [("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)] {
        if left >= length {
            let _ = write!(text, "{}{unit}", left / length);
            left %= length;
        }
    }
    text
}

/// The widest column of text that can be asked for, in cells, and the narrowest.
const MEASURE: (usize, usize) = (10, 1000);

/// The most posts of context of a filter.
const CONTEXT: usize = 100;

macro_rules! choice {
    ($key:literal, $field:ident: $type:ty, $zh:literal, $en:literal) => {
        Entry {
            key: $key,
            zh: $zh,
            en: $en,
            kind: Kind::Choice(names::<$type>),
            get: |settings| name(&settings.$field),
            set: |settings, text| put(&mut settings.$field, ValueEnum::from_str(text, true).ok()),
        }
    };
}

macro_rules! switch {
    ($key:literal, $field:ident, $zh:literal, $en:literal) => {
        Entry {
            key: $key,
            zh: $zh,
            en: $en,
            kind: Kind::Switch,
            get: |settings| settings.$field.to_string(),
            set: |settings, text| put(&mut settings.$field, yes(text)),
        }
    };
}

const SCREEN: &[Entry] = &[
    choice!("lang", lang: LangChoice, "界面语言", "Language of the user interface"),
    Entry {
        key: "theme",
        zh: "配色,也可以是下面自己写的",
        en: "Colours; also one of your own, below",
        kind: Kind::Theme,
        get: |settings| settings.theme.clone(),
        set: |settings, text| put(&mut settings.theme, Some(text.to_owned())),
    },
    choice!("layout", layout: LayoutKind, "布局", "Where the panes stand"),
    Entry {
        key: "measure",
        zh: "正文栏宽,以格计;full:占满",
        en: "Cells of the text column; full: all there is",
        kind: Kind::NumberOr(MEASURE.0 as f64, MEASURE.1 as f64, "full"),
        get: |settings| match settings.measure {
            0 => "full".to_owned(),
            cells => cells.to_string(),
        },
        set: |settings, text| {
            let cells = number(text, MEASURE.0, MEASURE.1);
            put(&mut settings.measure, if text == "full" { Some(0) } else { cells })
        },
    },
];

const TEXT: &[Entry] = &[
    choice!("indent", indent: Indent, "哪些段落首行缩进两字", "Which paragraphs begin with two ideographs of space"),
    choice!(
        "kinsoku",
        kinsoku: Kinsoku,
        "避头尾的严格程度",
        "How strictly punctuation is kept from the wrong end of a row"
    ),
    Entry {
        key: "hang",
        zh: "逗号、句号可以悬出版心几格",
        en: "Cells that a comma or full stop may hang in the margin",
        kind: Kind::Number(0.0, 2.0),
        get: |settings| settings.hang.to_string(),
        set: |settings, text| put(&mut settings.hang, number(text, 0, 2)),
    },
    switch!(
        "autospace",
        autospace,
        "汉字与西文、数字之间留空",
        "A cell between ideographs and Latin letters or digits"
    ),
    choice!("ambiguous-width", ambiguous_width: AmbiguousWidth, "引号、破折号等占几格", "Cells of ambiguous characters such as “ — …"),
];

const REPLAY: &[Entry] = &[
    Entry {
        key: "speed",
        zh: "速度",
        en: "Speed",
        kind: Kind::Number(SLOWEST, FASTEST),
        get: |settings| speed(settings.speed).trim_end_matches('×').to_owned(),
        set: |settings, text| {
            let speed = parse_times(text).filter(|speed| (SLOWEST..=FASTEST).contains(speed));
            put(&mut settings.speed, speed)
        },
    },
    choice!("gaps", gaps: GapModel, "静默怎么办", "What becomes of silence"),
    Entry {
        key: "idle-limit",
        zh: "静默从多长起截短",
        en: "From where on silence is cut",
        kind: Kind::Time,
        get: |settings| time(settings.idle_limit),
        set: |settings, text| put(&mut settings.idle_limit, parse_duration(text).filter(|ms| *ms > 0)),
    },
    choice!("pace", pace: Pace, "节奏:按时钟,或按阅读", "Pace by the stamps or by reading time"),
    Entry {
        key: "cpm",
        zh: "阅读速度,每分钟字数;auto:实测",
        en: "Reading speed in characters a minute; auto: as it is measured",
        kind: Kind::NumberOr(1.0, 100_000.0, "auto"),
        get: |settings| match settings.cpm {
            ReadingSpeed::Fixed(cpm) => cpm.to_string(),
            ReadingSpeed::Measured => "auto".to_owned(),
        },
        set: |settings, text| put(&mut settings.cpm, text.parse().ok()),
    },
    switch!("typed", typed, "新发言逐字出现", "Posts appear letter by letter"),
    choice!("alert", alert: Alert, "--watch 怎样提醒", "How --watch alerts"),
];

const FIND: &[Entry] = &[
    switch!("pinyin", pinyin, "搜索时字母也当拼音", "Letters that are searched are also pinyin"),
    switch!("regex", regex, "搜索用正则表达式", "What is searched is a regular expression"),
    switch!(
        "folding",
        folding,
        "全半角、简繁、引号不分",
        "Widths, simplified and traditional, and quotes are one"
    ),
    Entry {
        key: "filter-context",
        zh: "过滤时多看前后几条",
        en: "Posts before and behind each one that a filter shows",
        kind: Kind::Number(0.0, CONTEXT as f64),
        get: |settings| settings.filter_context.to_string(),
        set: |settings, text| put(&mut settings.filter_context, number(text, 0, CONTEXT)),
    },
];

const KEEP: &[Entry] = &[
    choice!("copy-form", copy_form: QuoteForm, "引文格式", "What a quotation is copied as"),
    switch!("resume", resume, "打开时回到上次读到的地方", "A record is opened where it was left"),
];

/// Every setting, in the order of the file.
pub const SECTIONS: [Section; 5] = [
    Section { zh: "画面", en: "Screen", entries: SCREEN },
    Section { zh: "排版", en: "Text", entries: TEXT },
    Section { zh: "重放", en: "Replay", entries: REPLAY },
    Section { zh: "查找", en: "Find", entries: FIND },
    Section { zh: "保存与带走", en: "Keep and take away", entries: KEEP },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for entry in entries() {
            let mut settings = Settings::default();
            for word in entry.words() {
                assert!((entry.set)(&mut settings, &word), "{} {word}", entry.key);
                assert_eq!((entry.get)(&settings), word, "{}", entry.key);
            }
            let mut settings = Settings::default();
            let text = (entry.get)(&settings);
            assert!((entry.set)(&mut settings, &text), "{} {text}", entry.key);
            assert_eq!(settings, Settings::default(), "{} {text}", entry.key);
            assert!(!(entry.set)(&mut settings, "¿") || entry.key == "theme", "{}", entry.key);
            assert!(!entry.zh.is_empty() && !entry.en.is_empty());
        }
    }

    #[test]
    fn a_time_is_written_exactly() {
        for text in ["90s", "2m", "1h30m", "1ms", "25h1s"] {
            assert_eq!(
                parse_duration(text).map(|ms| parse_duration(&time(ms)) == Some(ms)),
                Some(true),
                "{text}"
            );
        }
        assert_eq!(time(5_400_000), "1h30m");
    }

    #[test]
    fn a_value_out_of_range_is_none() {
        for (key, fits, not) in [
            ("hang", &["0", "2"][..], &["3", "-1", "1.5"][..]),
            ("measure", &["10", "1000", "full"], &["9", "1001", "0", "Full"]),
            ("speed", &["0.1", "10000", "45x"], &["0", "10001", "nan"]),
            ("idle-limit", &["2m", "90"], &["0", "soon"]),
            ("cpm", &["1", "auto"], &["0", "100001"]),
            ("filter-context", &["0", "100"], &["101"]),
            ("pinyin", &["true", "on", "关"], &["yes please"]),
        ] {
            let set = |text: &&&str| (entry(key).unwrap().set)(&mut Settings::default(), text);
            assert!(fits.iter().all(|text| set(&text)), "{key}");
            assert!(!not.iter().any(|text| set(&text)), "{key}");
        }
    }
}
