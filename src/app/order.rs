//! What can be typed at `:` beside a place: an order to the replay, such as `speed 45` or `gaps cap 2m`.

use super::place::Where;
use crate::choice::{GapModel, Pace};
use crate::replay::{FASTEST, SLOWEST};
use crate::when::parse_duration;
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
    /// Reading speed in characters a minute, or as it is measured; it also sets the pace to reading.
    Reading(Option<u32>),
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
const WORDS: [(&str, &str, &str); 7] = [
    ("speed", "速度", "speed 45"),
    ("gaps", "静默", "gaps cap 2m"),
    ("pace", "节奏", "pace reading"),
    ("cpm", "阅读", "cpm 400 · cpm auto"),
    ("seek", "重放", "seek 15:14 · seek +10m"),
    ("show", "播出", "show 1:02:30"),
    ("break", "断点", "break @name · break /words · break gap 10m · break exchange · break #42"),
];

impl Order {
    /// Reads an order; none if it does not begin like one. An order that is begun and not understood is an example of
    /// a right one.
    pub fn parse(text: &str) -> Option<Result<Self, &'static str>> {
        let text = text.trim();
        if let Some(speed) = text.strip_suffix(['x', 'X', '×']).and_then(|speed| speed.trim().parse().ok()) {
            return Some(Ok(Self::Speed(kept(speed))));
        }
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let (name, _, example) = WORDS.iter().find(|(en, zh, _)| *en == word || *zh == word)?;
        Some(Self::of(name, rest.trim()).ok_or(example))
    }

    fn of(name: &str, rest: &str) -> Option<Self> {
        Some(match name {
            "speed" => Self::Speed(kept(rest.trim_end_matches(['x', 'X', '×']).trim().parse().ok()?)),
            "gaps" => {
                let (model, limit) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                let limit = if limit.trim().is_empty() { None } else { Some(parse_duration(limit)?) };
                Self::Gaps(GapModel::from_str(model, true).ok()?, limit)
            }
            "pace" => Self::Pace(Pace::from_str(rest, true).ok()?),
            "cpm" if matches!(rest, "auto" | "自动") => Self::Reading(None),
            "cpm" => Self::Reading(Some(rest.parse().ok().filter(|cpm| (1..=100_000).contains(cpm))?)),
            "seek" => match rest.strip_prefix(['+', '-']) {
                Some(by) if rest.starts_with('-') => Self::By(-parse_duration(by)?),
                Some(by) => Self::By(parse_duration(by)?),
                None => Self::Seek(Where::parse(rest)?),
            },
            "show" => Self::Show(parse_timer(rest)?),
            _ => Some(Self::Break(rest.to_owned())).filter(|_| !rest.is_empty())?,
        })
    }
}

/// A speed that is allowed.
fn kept(speed: f64) -> f64 {
    if speed.is_nan() { 1.0 } else { speed.clamp(SLOWEST, FASTEST) }
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
            ("speed 1e9", Order::Speed(FASTEST)),
            ("gaps cap 2m", Order::Gaps(GapModel::Cap, Some(120_000))),
            ("静默 log", Order::Gaps(GapModel::Log, None)),
            ("pace reading", Order::Pace(Pace::Reading)),
            ("cpm 300", Order::Reading(Some(300))),
            ("阅读 自动", Order::Reading(None)),
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
        let wrong =
            ["speed", "speed fast", "gaps cap soon", "gaps none", "cpm 0", "show 1:x", "show 99999999999:00"];
        for text in wrong.into_iter().chain(["seek", "seek +", "break", "pace 3"]) {
            assert!(matches!(Order::parse(text), Some(Err(_))), "{text}");
        }
    }
}
