//! The ways to write who speaks: a line taken apart into name, time and words, whatever they mean.

use super::labels::LONGEST;
use super::mark::{self, Mark};
use crate::text::slice;

/// How it is written who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// 甲：早, Ann: hello
    Colon,
    /// [甲]早
    Square,
    /// 【甲】早
    Lenticular,
    /// ○甲君　早
    Circle,
    /// 甲　早: a wide blank, a tab or several blanks.
    Gap,
    /// Q. Why?
    Letter,
    /// A name and a time, on a line of their own.
    Stamped,
    /// A name on a line of its own.
    Alone,
}

impl Form {
    /// Every one.
    pub const ALL: [Self; 8] = [
        Self::Colon,
        Self::Square,
        Self::Lenticular,
        Self::Circle,
        Self::Gap,
        Self::Letter,
        Self::Stamped,
        Self::Alone,
    ];
}

/// A line taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut<'a> {
    pub form: Form,
    pub label: &'a str,
    pub body: &'a str,
    pub mark: Option<Mark>,
}

/// A longer line is no name alone, in characters.
const LONGEST_ALONE: usize = 24;

const CIRCLES: [char; 7] = ['○', '◯', '〇', '◎', '●', '◆', '◇'];

/// What a name does not hold outside of brackets.
const STOPS: &str = "。！？；，,!?;“”\"…<>{}|\\=*#_~「」『』‘—《》";

/// Takes a trimmed line apart.
pub fn cut(line: &str) -> Option<Cut<'_>> {
    let (mark, rest) = match mark::leading(line) {
        Some((mark, rest)) => (
            Some(mark),
            rest.trim_start_matches(|ch: char| ch.is_whitespace() || matches!(ch, ':' | '：' | '-' | '–')),
        ),
        None => (None, line),
    };
    let first = rest.chars().next()?;
    if let Some((before, mark @ Mark::Moment(_))) = mark::trailing(rest)
        && let Some(found) = alone(before.trim(), Form::Stamped)
    {
        return Some(Cut { mark: Some(mark), ..found });
    }
    let found = match first {
        '[' => bracketed(rest, '[', ']', Form::Square),
        '［' => bracketed(rest, '［', '］', Form::Square),
        '【' => bracketed(rest, '【', '】', Form::Lenticular),
        '〔' => bracketed(rest, '〔', '〕', Form::Lenticular),
        '<' => None,
        _ if CIRCLES.contains(&first) => circled(rest),
        _ => colon(rest).or_else(|| letter(rest)).or_else(|| gap(rest)),
    };
    let alone = || match mark {
        Some(_) => alone(rest, Form::Stamped),
        None => mark::trailing(rest)
            .and_then(|(before, mark)| {
                Some(Cut { mark: Some(mark), body: "", ..alone(before.trim(), Form::Stamped)? })
            })
            .or_else(|| alone(rest, Form::Alone)),
    };
    let found = found.or_else(alone)?;
    Some(Cut { mark: found.mark.or(mark), ..found })
}

/// What is behind a name: a colon, a time in brackets, both or nothing.
fn behind(text: &str) -> (Option<Mark>, &str) {
    let text = text.trim_start().trim_start_matches([':', '：']).trim_start();
    match mark::leading(text).filter(|_| text.starts_with(['[', '(', '（', '【', '［'])) {
        Some((mark, rest)) => (Some(mark), rest.trim_start().trim_start_matches([':', '：']).trim_start()),
        None => (None, text),
    }
}

fn bracketed(line: &str, open: char, close: char, form: Form) -> Option<Cut<'_>> {
    let (label, rest) = line.strip_prefix(open)?.split_once(close)?;
    let is_link = ["(http", "(/", "(#", "(.", "(mailto", "["].iter().any(|start| rest.starts_with(start));
    let is_name = !label.is_empty() && !label.contains(open) && label.chars().nth(LONGEST).is_none();
    let (mark, body) = behind(rest);
    (is_name && !is_link).then_some(Cut { form, label: label.trim(), body, mark })
}

/// ○議長（甲野君）　これより, ◯위원장 홍길동  성원이
fn circled(line: &str) -> Option<Cut<'_>> {
    let rest = line.trim_start_matches(CIRCLES).trim_start();
    let parted = |ch: char| matches!(ch, '\u{3000}' | '\t');
    let end = rest.find(parted).or_else(|| rest.find("  ")).unwrap_or(rest.len());
    let label = slice(rest, 0..end).trim_end_matches([':', '：']);
    let is_name =
        !label.is_empty() && label.chars().nth(LONGEST_ALONE + 8).is_none() && !label.contains(['。', '，']);
    is_name.then(|| Cut {
        form: Form::Circle,
        label,
        body: slice(rest, end..rest.len()).trim_start(),
        mark: None,
    })
}

fn colon(line: &str) -> Option<Cut<'_>> {
    let mut depth = 0_u32;
    for (count, (at, ch)) in line.char_indices().enumerate() {
        match ch {
            '(' | '（' | '[' | '［' | '〔' => depth += 1,
            ')' | '）' | ']' | '］' | '〕' => depth = depth.saturating_sub(1),
            ':' | '：' if depth == 0 => return colon_at(line, at, ch),
            _ if count > LONGEST || depth == 0 && STOPS.contains(ch) => return None,
            _ => {}
        }
    }
    None
}

fn colon_at(line: &str, at: usize, colon: char) -> Option<Cut<'_>> {
    let (label, rest) = (slice(line, 0..at), slice(line, at + colon.len_utf8()..line.len()));
    let is_number =
        label.ends_with(|ch: char| ch.is_ascii_digit()) && rest.starts_with(|ch: char| ch.is_ascii_digit());
    let is_code = colon == ':'
        && label.is_ascii()
        && !rest.is_empty()
        && !rest.starts_with(char::is_whitespace)
        && rest.starts_with(|ch: char| ch.is_ascii());
    if label.trim().is_empty() || is_number || is_code || rest.starts_with("//") {
        return None;
    }
    let (before, marked) = match mark::trailing(label) {
        Some((before, mark)) if !before.trim().is_empty() => (before, Some(mark)),
        _ => (label, None),
    };
    let (mark, body) = behind(rest);
    Some(Cut { form: Form::Colon, label: before.trim(), body, mark: marked.or(mark) })
}

/// Q. Why?  A.  Because.
fn letter(line: &str) -> Option<Cut<'_>> {
    let rest = line.strip_prefix(['Q', 'A', 'Ｑ', 'Ａ'])?;
    let body = rest
        .strip_prefix(['.', '、', '．'])
        .or_else(|| rest.strip_prefix("  "))
        .or_else(|| rest.strip_prefix(['\t', '\u{3000}']))?;
    let is_parted = rest.len() - body.len() > 1 || body.starts_with(char::is_whitespace);
    let label = slice(line, 0..line.len() - rest.len());
    is_parted.then(|| Cut { form: Form::Letter, label, body: body.trim_start(), mark: None })
}

fn gap(line: &str) -> Option<Cut<'_>> {
    let short = line.char_indices().nth(10).map_or(line.len(), |(at, _)| at);
    let start = slice(line, 0..short);
    let at = start.find(['\u{3000}', '\t']).or_else(|| start.find("  "))?;
    let (label, body) = (slice(line, 0..at), slice(line, at..line.len()).trim_start());
    let is_name = label.chars().all(char::is_alphabetic) && !label.is_ascii() && !body.is_empty();
    is_name.then_some(Cut { form: Form::Gap, label, body, mark: None })
}

fn alone(line: &str, form: Form) -> Option<Cut<'_>> {
    let is_name = line.chars().nth(LONGEST_ALONE).is_none()
        && !line.contains(|ch| STOPS.contains(ch) || matches!(ch, ':' | '：'))
        && line.contains(char::is_alphabetic);
    let end = slice(line, line.len()..line.len());
    is_name.then_some(Cut { form, label: line, body: end, mark: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_taken_apart_in_the_way_it_is_written() {
        for (line, form, label, body) in [
            ("主持人：早。", Form::Colon, "主持人", "早。"),
            ("某局局长、党组书记李明: 三件事:一是", Form::Colon, "某局局长、党组书记李明", "三件事:一是"),
            ("Dr. Smith: Hello.", Form::Colon, "Dr. Smith", "Hello."),
            ("李明（某公司，董事长）：好", Form::Colon, "李明（某公司，董事长）", "好"),
            ("[主持人]早", Form::Square, "主持人", "早"),
            ("[主持人]:[08:27]早", Form::Square, "主持人", "早"),
            ("[08:27] 主持人：早", Form::Colon, "主持人", "早"),
            ("08:27 主持人：早", Form::Colon, "主持人", "早"),
            ("主持人[08:27]：早", Form::Colon, "主持人", "早"),
            ("【李某】早", Form::Lenticular, "李某", "早"),
            ("○議長（甲野太郎君）　これより", Form::Circle, "議長（甲野太郎君）", "これより"),
            ("◯위원장 홍길동  성원이", Form::Circle, "위원장 홍길동", "성원이"),
            ("Q. Why?", Form::Letter, "Q", "Why?"),
            ("周家　你好", Form::Gap, "周家", "你好"),
            ("2018-01-09 08:27 主持人", Form::Stamped, "主持人", ""),
            ("主持人 2018-01-09 08:27", Form::Stamped, "主持人", ""),
            ("主持人沙某", Form::Alone, "主持人沙某", ""),
        ] {
            let found = cut(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((found.form, found.label, found.body), (form, label, body), "{line}");
            assert_eq!(found.mark.is_some(), line.contains("08:27"), "{line}");
        }
    }

    #[test]
    fn sentences_addresses_and_numbers_are_no_names() {
        for line in [
            "他说，有三件事：一是",
            "http://example.org/a",
            "std::mem::swap(a, b)",
            "比分是3：1，主队领先",
            "[链接](https://x)",
            "——他来了。",
            "",
            "A time: it was",
            "key:value",
        ] {
            assert!(cut(line).is_none_or(|cut| cut.label == "A time"), "{line}: {:?}", cut(line));
        }
    }
}
