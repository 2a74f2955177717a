//! The lines of a meeting that tell a time since its beginning, and mostly who speaks.

use crate::format::scan::Scan;
use crate::text::beginning;

/// What is looked at of a line, in bytes.
const LONGEST: usize = 400;

/// A time since the beginning, or a part of the meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its beginning, in milliseconds.
    pub from: i64,
    /// Its end, if it is told.
    pub to: Option<i64>,
    /// What the print can express, in milliseconds.
    pub resolution_ms: i64,
    /// It has hours, or stands in brackets: it is no time of day without seconds.
    pub is_sure: bool,
}

/// Where a line has its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Nothing but a time, or from one to another.
    Alone,
    /// The time first: `[00:12] name: words`, `00:12 From name to Everyone : words`.
    Before,
    /// The name first: `name 00:12`, `name (00:12): words`, `name: [00:12] words`.
    Behind,
}

/// A line that tells a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading<'a> {
    /// Where the time is.
    pub form: Form,
    /// The time.
    pub span: Span,
    /// Who speaks.
    pub name: Option<&'a str>,
    /// What stands on the same line.
    pub words: &'a str,
    /// Zoom says from whom it is, and to whom.
    pub is_sent: bool,
    /// To whom, if not to everyone.
    pub to: Option<&'a str>,
    /// What chat-downloader tells of a person, in brackets before the name.
    pub title: Option<&'a str>,
}

/// Reads a line.
pub fn heading(line: &str) -> Option<Heading<'_>> {
    let text = line.trim_start();
    if text.starts_with(|ch: char| ch.is_ascii_digit() || "[(（【".contains(ch)) {
        before(text).or_else(|| behind(text))
    } else {
        behind(text)
    }
}

/// `[00:12] name: words`.
fn before(text: &str) -> Option<Heading<'_>> {
    let mut left = Scan::new(beginning(text, LONGEST));
    let close = [('[', ']'), ('(', ')'), ('（', '）'), ('【', '】')];
    let close = close.into_iter().find(|&(open, _)| left.eat(&[open])).map(|(_, close)| close);
    let (start, looked_at) = (left.rest, left.rest.len());
    let mut span = times(&mut left)?;
    span.is_sure |= close.is_some();
    let printed = start.get(..looked_at - left.rest.len())?;
    if close.is_some_and(|close| !left.eat(&[close])) {
        return None;
    }
    let rest = text.get(beginning(text, LONGEST).len() - left.rest.len()..)?;
    let found =
        Heading { form: Form::Alone, span, name: None, words: "", is_sent: false, to: None, title: None };
    if rest.trim().is_empty() {
        return Some(found);
    }
    // Lyrics: hundredths.
    let is_of_lyrics =
        close == Some(']') && printed.split_once('.').is_some_and(|(_, fraction)| fraction.len() == 2);
    if is_of_lyrics || !rest.starts_with(char::is_whitespace) && close.is_none() {
        return None;
    }
    let rest = rest.trim_start();
    if let Some((title, name, words)) = rest.strip_prefix("| ").and_then(piped) {
        return Some(Heading { form: Form::Before, name: Some(name), words, title, ..found });
    }
    let rest = rest.strip_prefix("- ").or_else(|| rest.strip_prefix("– ")).unwrap_or(rest).trim_start();
    if rest.starts_with(['<', '*', '=', '-']) {
        return None;
    }
    let found = Heading { form: Form::Before, words: rest, ..found };
    if let Some((name, to, words)) = sent(rest) {
        return Some(Heading { name: Some(name), words, is_sent: true, to, ..found });
    }
    let named = named(rest);
    Some(named.map_or(found, |(name, words)| Heading { name: Some(name), words, ..found }))
}

/// chat-downloader: `name: words`, `(Moderator) name: words`, behind `| `.
fn piped(rest: &str) -> Option<(Option<&str>, &str, &str)> {
    let badged = rest.strip_prefix('(').and_then(|rest| rest.split_once(") "));
    let (title, rest) = badged.map_or((None, rest), |(title, rest)| (Some(title), rest));
    named(rest).map(|(name, words)| (title, name, words))
}

/// Zoom: `From  name to Everyone : words`, `From name to somebody(Direct Message) : words`, of old `From name : words`; with whom it is
/// meant for, if not for everyone.
fn sent(rest: &str) -> Option<(&str, Option<&str>, &str)> {
    let from = rest.strip_prefix("From ")?.trim_start();
    let shown = beginning(from, LONGEST);
    let end = shown
        .find(" : ")
        .or_else(|| shown.find(": "))
        .or_else(|| shown.trim_end().strip_suffix(':').map(str::len))?;
    let head = shown.get(..end)?;
    let words = from.get(end..)?.trim_start().strip_prefix(':')?.trim_start();
    let everyone = [" to Everyone", " To Everyone", " to everyone", " 到 所有人", " 发送给 所有人"];
    if let Some(at) = everyone.into_iter().find_map(|whom| head.rfind(whom)) {
        return Some((from.get(..at)?.trim(), None, words));
    }
    match head.find(" to ").or_else(|| head.find(" To ")) {
        Some(at) => Some((from.get(..at)?.trim(), Some(head.get(at + 4..)?.trim()), words)),
        None => (is_name(head) && from.get(end..)?.starts_with(" : ")).then_some((head.trim(), None, words)),
    }
}

/// `name: words`, `name:`.
fn named(rest: &str) -> Option<(&str, &str)> {
    let shown = beginning(rest, LONGEST);
    let at = shown.find([':', '：'])?;
    let (name, behind) = (rest.get(..at)?, rest.get(at..)?);
    let words = behind.strip_prefix('：').or_else(|| {
        let words = behind.strip_prefix(':')?;
        (words.is_empty() || words.starts_with(char::is_whitespace)).then_some(words)
    })?;
    is_name(name).then_some((name.trim(), words.trim_start()))
}

/// `name 00:12`, `name (00:12): words`, `name: [00:12] words`.
fn behind(text: &str) -> Option<Heading<'_>> {
    let shown = beginning(text, LONGEST);
    let found = |name: &'_ str, span| -> Option<Heading<'_>> {
        let name = text.get(..name.len())?.trim().trim_end_matches([':', '：', '-', '|']).trim_end();
        is_name(name).then_some(Heading {
            form: Form::Behind,
            span,
            name: Some(name),
            words: "",
            is_sent: false,
            to: None,
            title: None,
        })
    };
    if let Some(open) = beginning(shown, 120).find(['(', '[', '（', '【']) {
        let (name, rest) = shown.split_at_checked(open)?;
        let mut left = Scan::new(rest);
        left.eat(&['(', '[', '（', '【']);
        if let Some(span) = times(&mut left)
            && left.eat(&[')', ']', '）', '】'])
        {
            left.eat(&[':', '：']);
            let words = text.get(shown.len() - left.rest.len()..)?.trim_start();
            let span = Span { is_sure: true, ..span };
            return found(name, span).map(|found| Heading { words, ..found });
        }
    }
    let line = shown.trim_end().trim_end_matches([':', '：']);
    if line.len() < text.trim_end().len().saturating_sub(3) || !line.ends_with(|ch: char| ch.is_ascii_digit())
    {
        return None;
    }
    let last = line.len().saturating_sub(40);
    let blanks = line.char_indices().filter(|&(at, ch)| at >= last && ch.is_whitespace());
    blanks.into_iter().find_map(|(at, _)| {
        let mut left = Scan::new(line.get(at..)?.trim_start());
        let span = times(&mut left).filter(|_| left.rest.is_empty())?;
        found(line.get(..at)?, span)
    })
}

/// `0:12`, `00:00:12.5`, `0:12 - 0:20`, `0:0:0.0 --> 0:0:2.1`.
fn times(scan: &mut Scan) -> Option<Span> {
    let (from, resolution_ms, is_sure) = offset(scan)?;
    let mut ahead = *scan;
    ahead.blanks();
    let ranges = ["-->", "->", "-", "–", "~", "～", "—"];
    let rest = ranges.into_iter().find_map(|range| ahead.rest.strip_prefix(range));
    let to = rest.and_then(|rest| {
        let mut behind = Scan::new(rest);
        behind.blanks();
        let (to, ..) = offset(&mut behind)?;
        *scan = behind;
        Some(to)
    });
    Some(Span { from, to: to.filter(|&to| to >= from), resolution_ms, is_sure: is_sure || to.is_some() })
}

/// Minutes and seconds, or hours too: in milliseconds, with the resolution, and whether there are hours or fractions.
fn offset(scan: &mut Scan) -> Option<(i64, i64, bool)> {
    let mut ahead = *scan;
    let first = i64::from(ahead.number(1..=3)?);
    let colon = |ahead: &mut Scan| ahead.eat(&[':', '：']);
    if !colon(&mut ahead) {
        return None;
    }
    let before = ahead.rest.len();
    let second = i64::from(ahead.number(1..=2)?);
    let is_pair = before - ahead.rest.len() == 2;
    let third = if colon(&mut ahead) { Some(i64::from(ahead.number(1..=2)?)) } else { None };
    let seconds = match third {
        Some(third) if second < 60 && third < 60 => first * 3600 + second * 60 + third,
        None if second < 60 && is_pair => first * 60 + second,
        _ => return None,
    };
    let (mut millis, mut resolution_ms, mut is_sure) = (0, 1000, third.is_some());
    let mut fraction = ahead;
    if fraction.eat(&['.', ',']) {
        let before = fraction.rest.len();
        if let Some(value) = fraction.number(1..=3) {
            let digits = (before - fraction.rest.len()) as u32;
            millis = i64::from(value) * 10_i64.pow(3 - digits.min(3));
            resolution_ms = 1;
            is_sure = true;
            ahead = fraction;
        }
    }
    *scan = ahead;
    Some((seconds * 1000 + millis, resolution_ms, is_sure))
}

/// Whether a text may be a name: short, a few words, no sentence.
pub fn is_name(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 60
        && (text.chars().any(char::is_alphabetic) || text.starts_with('+'))
        && Scan::new(text).date().is_none()
        && !text
            .contains(['。', '！', '？', '；', '，', '!', '?', ';', '<', '>', '•', ':', '：', '\t', '"', '“'])
        && text.split_whitespace().count() < 8
        && !text.ends_with('.')
        && !text.starts_with(['#', '*', '='])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> Option<(Form, i64, Option<&str>, &str)> {
        heading(line).map(|found| (found.form, found.span.from / 1000, found.name, found.words))
    }

    #[test]
    fn times_and_names_are_found_in_many_forms() {
        use Form::{Alone, Before, Behind};
        for (line, form, seconds, name, words) in [
            ("Ann Smith  0:12 ", Behind, 12, Some("Ann Smith"), ""),
            ("Unknown Speaker  1:02:03", Behind, 3723, Some("Unknown Speaker"), ""),
            ("说话人1 00:12", Behind, 12, Some("说话人1"), ""),
            ("发言人1  00:00:12", Behind, 12, Some("发言人1"), ""),
            ("张三(00:00:12):", Behind, 12, Some("张三"), ""),
            ("张三（00:12）：你好", Behind, 12, Some("张三"), "你好"),
            ("Speaker 1 (00:12):", Behind, 12, Some("Speaker 1"), ""),
            ("Speaker 1 (00:12): hello", Behind, 12, Some("Speaker 1"), "hello"),
            ("Ann: [00:12] hello", Behind, 12, Some("Ann"), "hello"),
            ("Ann 00:12 - 00:20", Behind, 12, Some("Ann"), ""),
            ("[00:00:12] Ann: hello", Before, 12, Some("Ann"), "hello"),
            ("(00:12) Ann: hello", Before, 12, Some("Ann"), "hello"),
            ("00:12 张三：你好", Before, 12, Some("张三"), "你好"),
            ("[00:00:12.340] - Ann", Before, 12, None, "Ann"),
            ("[00:12] hello there", Before, 12, None, "hello there"),
            ("00:21:14\tAnn Smith:\thello: you", Before, 1274, Some("Ann Smith"), "hello: you"),
            (
                "09:01:12\t From  Ann to Bob to Everyone : hi to: you",
                Before,
                32472,
                Some("Ann to Bob"),
                "hi to: you",
            ),
            ("09:01:12 From Ann To Everyone:", Before, 32472, Some("Ann"), ""),
            ("09:01:12 From Ann to Bob(Direct Message) : hi", Before, 32472, Some("Ann"), "hi"),
            ("10:12:34\t From Jane Doe : Hello", Before, 36754, Some("Jane Doe"), "Hello"),
            ("10:12:34 From John to Jane (Privately) : hi: you", Before, 36754, Some("John"), "hi: you"),
            ("0:03 | (Moderator) Ann: hi", Before, 3, Some("Ann"), "hi"),
            ("0:03 | Ann: hi", Before, 3, Some("Ann"), "hi"),
            ("0:0:0.0 --> 0:0:2.150", Alone, 0, None, ""),
            ("00:05:00", Alone, 300, None, ""),
        ] {
            assert_eq!(told(line), Some((form, seconds, name, words)), "{line}");
        }
        for line in [
            "See you at 10:30, then.",
            "The score was 3:2",
            "Mon, Nov 15, 2004 10:00AM • 45:10",
            "[00:12.50]words of a song",
            "[12:18] <ann> hi: you",
            "[12:18] * ann waves",
            "2018-01-09 08:27",
            "他说：下午 3:20",
            "12:99",
            "",
        ] {
            assert_eq!(told(line), None, "{line}");
        }
        assert_eq!(heading("0:0:1.5 --> 0:0:2.15").and_then(|found| found.span.to), Some(2150));
    }
}
