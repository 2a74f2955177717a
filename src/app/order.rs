//! What can be typed at `:` beside a place: an order to the replay, such as `speed 45` or `gaps cap 2m`.

use crate::choice::{GapModel, Pace, ReadingSpeed};
use crate::lang::Lang;
use crate::query::{Where, fold};
use crate::when::{FASTEST, SLOWEST, parse_duration, parse_times};
use clap::ValueEnum;

/// An order to the replay.
#[derive(Debug, Clone, PartialEq)]
pub enum Order {
    /// Show time that passes in a second.
    Speed(f64),
    /// Another gap model, and another idle limit in milliseconds if one is given.
    Gaps(GapModel, Option<i64>),
    /// By the clock or by reading.
    Pace(Pace),
    /// Another reading speed; it also sets the pace to reading.
    Reading(ReadingSpeed),
    /// To a place of the record, which is then the newest post.
    Seek(Where),
    /// On or back in show time, in milliseconds.
    By(i64),
    /// To a show time, in milliseconds.
    Show(i64),
    /// One more breakpoint, as it was typed.
    Break(String),
}

/// The first words of orders, Chinese and English, with what comes behind them.
pub(super) const WORDS: [(&str, &str, &str); 7] = [
    ("speed", "速度", "speed 45"),
    ("gaps", "静默", "gaps cap 2m"),
    ("pace", "节奏", "pace reading"),
    ("cpm", "阅读", "cpm 400 · cpm auto"),
    ("seek", "重放", "seek 15:14 · seek +10m"),
    ("show", "播出", "show 1:02:30"),
    ("break", "断点", "break @name · break /words · break gap 10m · break exchange · break #42"),
];

/// Whether an order begins with a word.
pub(super) fn is_order(word: &str) -> bool {
    WORDS.iter().any(|(english, ..)| *english == word)
}

/// What an order in either language is called in English; any other word as it is.
pub(super) fn english(word: &str) -> &str {
    WORDS.iter().find(|(_, chinese, _)| *chinese == word).map_or(word, |(english, ..)| english)
}

impl Order {
    /// Reads an order; none if it does not begin like one. An order that is begun and not understood is an example of
    /// a right one.
    pub fn parse(text: &str) -> Option<Result<Self, &'static str>> {
        let typed = text.trim();
        let text: String = typed.chars().map(fold).collect();
        let text = text.as_str();
        if let Some(number) =
            text.strip_suffix(['x', 'X', '×', '倍']).filter(|text| text.trim().parse::<f64>().is_ok())
        {
            return Some(speed(number).map(Self::Speed).ok_or(WORDS[0].2));
        }
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let (name, _, example) = WORDS.iter().find(|(en, zh, _)| *en == word || *zh == word)?;
        if *name == "break" {
            // A pattern is what was typed.
            let rest = typed.split_once(char::is_whitespace).map_or("", |(_, rest)| rest.trim());
            return Some(if rest.is_empty() { Err(example) } else { Ok(Self::Break(rest.to_owned())) });
        }
        Some(Self::of(name, rest.trim()).ok_or(example))
    }

    /// What an order that is being typed looks like.
    pub fn example(text: &str) -> Option<&'static str> {
        let word = text.trim_start().split(char::is_whitespace).next().filter(|word| !word.is_empty())?;
        let begins = |(en, zh, _): &&(&str, &str, &str)| en.starts_with(word) || zh.starts_with(word);
        WORDS.iter().find(begins).map(|(_, _, example)| *example)
    }

    fn of(name: &str, rest: &str) -> Option<Self> {
        Some(match name {
            "speed" => Self::Speed(speed(rest)?),
            "gaps" => {
                let (model, limit) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                let limit = match limit.trim() {
                    "" => None,
                    limit => Some(parse_duration(limit).filter(|ms| *ms > 0)?),
                };
                Self::Gaps(gap_model(model)?, limit)
            }
            "pace" => Self::Pace(pace(rest)?),
            "cpm" if rest == "自动" => Self::Reading(ReadingSpeed::Measured),
            "cpm" => Self::Reading(rest.parse().ok()?),
            "seek" => match rest.strip_prefix(['+', '-']) {
                Some(by) if rest.starts_with('-') => Self::By(-parse_duration(by)?),
                Some(by) => Self::By(parse_duration(by)?),
                None => Self::Seek(Where::parse(rest)?),
            },
            "show" => Self::Show(parse_timer(rest)?),
            _ => return None,
        })
    }
}

/// A speed, if it is one that is allowed.
fn speed(text: &str) -> Option<f64> {
    let speed = parse_times(text.trim_end_matches('倍'))?;
    (SLOWEST..=FASTEST).contains(&speed).then_some(speed)
}

/// A gap model by its name in either language.
fn gap_model(name: &str) -> Option<GapModel> {
    let mut models = GapModel::value_variants().iter().copied();
    models.find(|&model| Lang::Zh.gap_model(model) == name).or_else(|| GapModel::from_str(name, true).ok())
}

/// A pace by its name in either language.
fn pace(name: &str) -> Option<Pace> {
    let mut paces = Pace::value_variants().iter().copied();
    let is_named =
        |pace: &Pace| Lang::Zh.pace(*pace).trim_start_matches('按') == name.trim_start_matches('按');
    paces.find(is_named).or_else(|| Pace::from_str(name, true).ok())
}

/// `1:02:30`, `4:10`, or a duration such as `90s`.
fn parse_timer(text: &str) -> Option<i64> {
    if !text.contains(':') {
        return parse_duration(text);
    }
    let mut seconds = 0i64;
    for part in text.split(':') {
        let part = Some(part).filter(|part| (1..=6).contains(&part.len()))?;
        seconds = seconds.checked_mul(60)?.checked_add(i64::from(part.parse::<u32>().ok()?))?;
    }
    seconds.checked_mul(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_read_in_both_languages() {
        for (text, order) in [
            ("speed 45", Order::Speed(45.0)),
            ("速度 45×", Order::Speed(45.0)),
            ("2.5x", Order::Speed(2.5)),
            ("30倍", Order::Speed(30.0)),
            ("ｓｐｅｅｄ　４５", Order::Speed(45.0)),
            ("静默 截短 5m", Order::Gaps(GapModel::Cap, Some(300_000))),
            ("节奏 阅读", Order::Pace(Pace::Reading)),
            ("pace 按时钟", Order::Pace(Pace::Clock)),
            ("gaps cap 2m", Order::Gaps(GapModel::Cap, Some(120_000))),
            ("静默 log", Order::Gaps(GapModel::Log, None)),
            ("pace reading", Order::Pace(Pace::Reading)),
            ("cpm 300", Order::Reading(ReadingSpeed::Fixed(300))),
            ("阅读 自动", Order::Reading(ReadingSpeed::Measured)),
            ("seek #42", Order::Seek(Where::Post(42))),
            ("seek +10m", Order::By(600_000)),
            ("seek -1m30s", Order::By(-90_000)),
            ("show 1:02:30", Order::Show(3_750_000)),
            ("播出 90s", Order::Show(90_000)),
            ("break gap 10m", Order::Break("gap 10m".to_owned())),
        ] {
            assert_eq!(Order::parse(text), Some(Ok(order)), "{text}");
        }
    }

    #[test]
    fn what_is_no_order_is_told_from_what_is_a_wrong_one() {
        for text in ["15:14", "#42", "@speed", "50%", "", "x", "speedy 3"] {
            assert_eq!(Order::parse(text), None, "{text}");
        }
        assert_eq!(Order::example("sp"), Some("speed 45"));
        assert_eq!(
            (Order::example("静"), Order::example("15:1"), Order::example("")),
            (Some("gaps cap 2m"), None, None)
        );
        let wrong = [
            "speed 0",
            "speed 1e9",
            "0x",
            "speed nan",
            "gaps cap 0",
            "speed",
            "speed fast",
            "gaps cap soon",
            "gaps none",
            "cpm 0",
            "show 1:x",
            "show 99999999999:00",
        ];
        for text in wrong.into_iter().chain(["seek", "seek +", "break", "pace 3"]) {
            assert!(matches!(Order::parse(text), Some(Err(_))), "{text}");
        }
    }
}
