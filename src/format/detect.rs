//! Telling the format of a text by its beginning.

use super::parser::Parser;
use super::plain::Plain;
use super::shilu::{self, Shilu};
use super::zhibo::{self, Zhibo};
use crate::choice::Format;

/// The parser of a format.
pub fn parser(format: Format) -> Box<dyn Parser> {
    match format {
        Format::Zhibo => Box::new(Zhibo::default()),
        Format::Shilu => Box::new(Shilu::default()),
        Format::Plain => Box::new(Plain::default()),
    }
}

/// How sure a format is of a text, from 0 (not at all) to 100.
fn score(format: Format, head: &str) -> u8 {
    match format {
        Format::Zhibo => zhibo::score(head),
        Format::Shilu => shilu::score(head),
        Format::Plain => 20,
    }
}

/// What a text was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detection {
    /// The format it is read as.
    pub format: Format,
    /// The next best, if it scored at all.
    pub runner_up: Option<Format>,
}

/// Tells the format of a text from its beginning.
pub fn detect(head: &str) -> Detection {
    let mut ranked: Vec<_> = Format::ALL.into_iter().map(|format| (score(format, head), format)).collect();
    ranked.sort_by_key(|&(score, _)| std::cmp::Reverse(score));
    Detection {
        format: ranked[0].1,
        runner_up: ranked.get(1).filter(|(score, _)| *score > 0).map(|&(_, format)| format),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str =
        "2025-10-18 08:05\n\n直播管理员\n\n直播将于9点开始。\n\n2025-10-18 09:00\n\n主持人\n\n早上好。\n";

    #[test]
    fn a_format_is_told_by_its_content() {
        for (head, format, runner_up) in [
            (RECORD, Format::Zhibo, Some(Format::Plain)),
            ("{\n \"schema\": \"shilu/1\",", Format::Shilu, Some(Format::Plain)),
            ("甲\n\n乙\n", Format::Plain, None),
            ("", Format::Plain, None),
            ("2025-01-01 08:00\n2025-01-01 08:01\n2025-01-0", Format::Plain, None),
            ("2025-01-01 08:00\n主持人", Format::Zhibo, Some(Format::Plain)),
            ("来源:某网\n2018-08-04 20:25:08\n\n主持人沙某\n\n欢迎。\n", Format::Plain, Some(Format::Zhibo)),
        ] {
            assert_eq!(detect(head), Detection { format, runner_up }, "{head}");
        }
    }
}
