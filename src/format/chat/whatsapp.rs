//! Text export of `WhatsApp`: `_chat.txt` of an iPhone, `WhatsApp Chat with ….txt` of Android.
//!
//! `[13/06/18, 21:25:15] name: words` or `13/06/18, 21:25 - name: words`; lines without a stamp go on. How a stamp is printed depends
//! on the language of the telephone, and is the same in a whole file. A stamp without a name is written by the service.
//!
//! A date is read as most dates of the file can be, else as they ascend, else as they lie close together, else day first.

use super::whatsapp_stamp::{Form, Order, Stamp, Style, stamp, style};
use crate::format::by_line::{ByLine, InPlace, Line};
use crate::format::head::Head;
use crate::format::lead::Opening;
use crate::format::parser::{Parser, Wire};
use crate::format::scan::is_mark;
use crate::text::beginning;
use crate::transcript::{Declared, Draft, Kind, Post, Remark};

/// The format.
#[derive(Debug, Default)]
pub struct Whatsapp {
    style: Option<Style>,
    opening: Opening,
}

/// Longer names do not exist, in bytes.
const LONGEST_NAME: usize = 256;

/// What the service says in the name of a person or the group, on an iPhone: behind a mark of direction.
const OF_SERVICE: [&str; 25] = [
    "end-to-end encrypted",
    "Ende-zu-Ende-verschlüsselt",
    "cifrad",
    "chiffré",
    "crittograf",
    "端到端加密",
    "端對端加密",
    " created ",
    " added ",
    " removed ",
    " left",
    " joined ",
    " changed ",
    "'s security code",
    "call",
    " hat ",
    "创建了",
    "添加了",
    "加入",
    "退出",
    "更改",
    "移除",
    "建立了",
    "通话",
    "通話",
];

/// Name and words of a message; nothing if the service writes it.
fn parted(rest: &str) -> Option<(&str, &str)> {
    let shown = beginning(rest, LONGEST_NAME + 2);
    let colon = shown
        .find(": ")
        .or_else(|| shown.strip_suffix(':').filter(|_| shown.len() == rest.len()).map(str::len))?;
    let name = rest.get(..colon)?;
    let words = rest.get(colon + 1..)?;
    // `X changed the subject to "a: b"`.
    let is_within_quotes = ["\"\"", "“”", "«»", "「」", "„“"].into_iter().any(|quotes| {
        let (open, close) = (quotes.chars().next(), quotes.chars().next_back());
        let count = |wanted| name.chars().filter(|&ch| Some(ch) == wanted).count();
        if open == close { count(open) % 2 == 1 } else { count(open) > count(close) }
    });
    (!name.trim().is_empty() && !is_within_quotes).then_some((name, words.strip_prefix(' ').unwrap_or(words)))
}

/// What stands in brackets before a name, and the name.
fn badges(name: &str) -> Option<(&str, &str)> {
    let (badges, name) = name.strip_prefix('(')?.split_once(") ")?;
    (!name.trim().is_empty()).then_some((badges, name.trim()))
}

/// Whether the service says that in someone's name.
fn is_of_service(words: &str) -> bool {
    let shown = beginning(words, 400);
    let is_marked = shown.starts_with('\u{200e}');
    let said = shown.trim_start_matches(is_mark);
    is_marked
        && !said.starts_with('<')
        && !said.contains("omitted")
        && OF_SERVICE.iter().any(|word| said.contains(word))
}

impl Whatsapp {
    fn message(stamp: &Stamp, order: Order, line: &Line, out: &mut Draft) -> bool {
        let Some((moment, is_ordered)) = stamp.moment(order) else { return false };
        if !is_ordered {
            out.remarks.note(Remark::LooseTime, line.number);
        }
        let start = out.wall(moment, stamp.resolution_ms);
        // chat-downloader: `2020-09-03 17:25:35 | (Moderator) Ann: hi`.
        let rest = stamp.rest.strip_prefix("| ").unwrap_or(stamp.rest);
        let (name, words) = parted(rest).unwrap_or(("", rest));
        let (badges, name) = badges(name).filter(|_| rest.len() < stamp.rest.len()).unwrap_or(("", name));
        let label: String = name.chars().filter(|&ch| !is_mark(ch)).collect();
        let kind = if name.is_empty() || is_of_service(words) { Kind::System } else { Kind::Speech };
        let is_new = out.speaker(label.trim().as_bytes()).is_none();
        let speaker = out.intern(label.trim());
        if is_new && !badges.is_empty() {
            let title = Some(badges.to_owned());
            out.speaker_mut(speaker).declare(Declared { title, ..Declared::default() });
        }
        let body = line.place(words.trim_start_matches(is_mark));
        out.push(Post { start, speaker, kind, body, line: Some(line.number), ..Post::default() });
        true
    }
}

impl ByLine for Whatsapp {
    fn begin(&mut self, head: &str) {
        self.style = style(head);
    }

    fn suits(&self, head: &str) -> bool {
        self.style == style(head)
    }

    fn line(&mut self, line: &Line, out: &mut Draft) {
        let style = self.style.unwrap_or(Style { form: Form::Dash, order: Order::Day });
        let stamp = stamp(line.text).filter(|stamp| stamp.form == style.form);
        if !stamp.is_some_and(|stamp| Self::message(&stamp, style.order, line, out)) {
            if out.is_empty() {
                return self.opening.keep(line.text, line.number, out);
            }
            let body = line.place(line.text);
            out.extend_body(body.start, body.end);
        }
    }

    fn elsewhere(&self) -> Option<Self> {
        Some(Self { style: self.style, opening: Opening::elsewhere() })
    }
}

impl Wire for Whatsapp {
    fn score(head: &Head) -> u8 {
        if head.is_log() {
            return 0;
        }
        let (mut firm, mut loose, mut named, mut first) = (0, 0, 0, false);
        for (index, line) in head.lines().take(40).enumerate() {
            let Some(stamp) = stamp(line).filter(|stamp| stamp.moment(Order::Day).is_some()) else {
                continue;
            };
            if stamp.rest.starts_with(['<', '*', '=']) {
                continue;
            }
            first |= index == 0;
            let is_firm = matches!(stamp.form, Form::Bracket | Form::Dash);
            *(if is_firm { &mut firm } else { &mut loose }) += 1;
            named += usize::from(parted(stamp.rest).is_some());
        }
        match (firm, loose) {
            (2.., _) if named > 0 => 92,
            (2.., _) => 45,
            (1, _) if first && named > 0 => 58,
            (1, _) if first => 45,
            (0, 3..) if named > 2 => 72,
            (0, 2) if named == 2 => 62,
            (0, 1) if first && named > 0 => 42,
            _ => 0,
        }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<InPlace<Self>>::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_at_the_first_colon_with_a_blank() {
        for (rest, expected) in [
            ("Ann: hi", Some(("Ann", "hi"))),
            ("Ann: ", Some(("Ann", ""))),
            ("Ann:", Some(("Ann", ""))),
            ("John-John Doe: a : b: c", Some(("John-John Doe", "a : b: c"))),
            ("10:30 club: hi", Some(("10:30 club", "hi"))),
            ("Ann changed the subject to \"a: b\"", None),
            ("Ann changed the subject from “a: b” to “c”", None),
            ("You created group \"Test\"", None),
            ("John Doe:.", None),
            (": hi", None),
            ("", None),
        ] {
            assert_eq!(parted(rest), expected, "{rest}");
        }
        assert_eq!(parted(&format!("{}: hi", "n".repeat(10_000))), None);
    }

    #[test]
    fn what_the_service_says_in_a_name_is_told_by_its_mark() {
        for (words, expected) in [
            ("\u{200e}Messages and calls are end-to-end encrypted.", true),
            ("\u{200e}Ann added Bob", true),
            ("\u{200e}image omitted", false),
            ("\u{200e}<attached: 1-PHOTO.jpg>", false),
            ("I was added too", false),
        ] {
            assert_eq!(is_of_service(words), expected, "{words}");
        }
    }
}
