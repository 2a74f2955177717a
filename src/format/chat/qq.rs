//! Text export of QQ: the message manager of QQ for Windows (消息管理器, 导出为文本文件), and tools that write the same.
//!
//! `2021-03-04 12:34:56 昵称(10001)`, or `昵称<mail>`, or only `昵称` between two people; then lines of words, blank ones too, and the
//! marks `[图片]`, `[表情]`. An export of everything has a part for each group or person under `消息分组:` and `消息对象:`.
//!
//! The label is the printed name. A second person of the same name is called by name and number, as printed. One person under
//! two names is two speakers: names are what is printed. A level or an office before the name, such as 【管理员】, is the title.

use super::blocks::{Blocks, Header, is_name, is_of_service};
use crate::format::by_line::{ByLine, InPlace, Line};
use crate::format::head::Head;
use crate::format::lead::Opening;
use crate::format::parser::{Parser, Wire};
use crate::format::scan::Scan;
use crate::text::beginning;
use crate::transcript::{Declared, Draft, Kind, Role, SpeakerId};
use chrono::NaiveDateTime;
use hashbrown::HashMap;
use std::ops::Range;

/// The format.
#[derive(Debug, Default)]
pub struct Qq {
    blocks: Blocks,
    /// The number or address of the first who had a name.
    numbers: HashMap<String, String>,
    /// The titles that speakers have, by index.
    titles: HashMap<usize, &'static str>,
    /// There are parts of several conversations.
    has_parts: bool,
    /// Between conversations: what stands here is no one's words.
    is_between: bool,
    /// A line of `=`, which may end a part.
    rule: Option<Range<usize>>,
    opening: Opening,
}

/// Longer lines are no headers, in bytes.
const LONGEST: usize = 400;

/// The name of the service.
const SERVICE: &str = "系统消息";

/// Levels and offices that a group shows before names.
const TITLES: [&str; 9] = ["群主", "管理员", "潜水", "冒泡", "吐槽", "活跃", "话唠", "传说", "机器人"];

/// The header of a message.
#[derive(Debug, PartialEq, Eq)]
struct Heading<'a> {
    moment: NaiveDateTime,
    resolution_ms: i64,
    name: &'a str,
    title: Option<&'static str>,
    /// The number or address in brackets.
    id: Option<&'a str>,
}

fn heading(line: &str) -> Option<Heading<'_>> {
    if line.len() > LONGEST || !line.starts_with(|ch: char| ch.is_ascii_digit()) {
        return None;
    }
    let mut scan = Scan::new(line);
    let date = scan.date()?;
    if !scan.blanks() {
        return None;
    }
    let clock = scan.clock(&[':'])?;
    let moment = date.and_time(clock.time()?);
    if !scan.blanks() {
        return None;
    }
    let byline = scan.rest.trim_end();
    let (name, id) = parted(byline).map_or((byline, None), |(name, id)| (name, Some(id)));
    let (title, name) = titled(name).map_or((None, name), |(title, name)| (Some(title), name));
    let name = if name.is_empty() { id? } else { name };
    is_name(name).then(|| Heading { moment, resolution_ms: clock.resolution_ms(), name, title, id })
}

/// A name, and the number or the address behind it.
fn parted(byline: &str) -> Option<(&str, &str)> {
    if let Some(rest) = byline.strip_suffix(')') {
        let (name, id) = rest.rsplit_once('(')?;
        let is_number = (4..=12).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit());
        return is_number.then_some((name, id));
    }
    let (name, id) = byline.strip_suffix('>')?.rsplit_once('<')?;
    let is_address = id.contains('@') || id.len() > 4 && id.bytes().all(|byte| byte.is_ascii_digit());
    is_address.then_some((name, id))
}

/// A title and the name behind it.
fn titled(name: &str) -> Option<(&'static str, &str)> {
    let (title, name) = name.strip_prefix('【')?.split_once('】')?;
    TITLES.into_iter().find(|known| *known == title).map(|known| (known, name))
}

/// Whether a header without a number may be one in the middle of a block: a single word.
fn is_plain(name: &str) -> bool {
    name.chars().count() <= 24
        && !name.contains(|ch: char| ch.is_whitespace() || "，。！？；,!?;:：[]{}=".contains(ch))
}

fn object(line: &str) -> Option<&str> {
    line.strip_prefix("消息对象").and_then(|rest| rest.strip_prefix([':', '：'])).map(str::trim)
}

/// Whether there are several conversations.
fn has_parts(head: &str) -> bool {
    head.lines().filter(|line| object(line).is_some()).nth(1).is_some()
}

impl Qq {
    fn speaker(&mut self, heading: &Heading, out: &mut Draft) -> SpeakerId {
        let Heading { name, id, title, .. } = *heading;
        let mut label = name.to_owned();
        if name == SERVICE {
            let is_new = out.speaker(name.as_bytes()).is_none();
            let speaker = out.intern(name);
            if is_new {
                let role = Some(Role::System);
                out.speaker_mut(speaker).declare(Declared { role, ..Declared::default() });
            }
            return speaker;
        }
        if let Some(id) = id {
            let known = self.numbers.entry_ref(name).or_insert_with(|| id.to_owned());
            if known != id {
                label = if id.contains('@') { format!("{name}<{id}>") } else { format!("{name}({id})") };
            }
        }
        let speaker = out.intern(&label);
        if let Some(title) = title.filter(|&title| self.titles.insert(speaker.index(), title) != Some(title))
        {
            let title = Some(title.to_owned());
            out.speaker_mut(speaker).declare(Declared { title, ..Declared::default() });
        }
        speaker
    }

    fn heading(&mut self, heading: &Heading, line: &Line, out: &mut Draft) {
        self.keep_rule(out);
        self.is_between = false;
        let start = out.wall(heading.moment, heading.resolution_ms);
        if heading.id.is_none() && is_of_service(heading.name) {
            return self.blocks.service(line, heading.name, start, out);
        }
        let is_service =
            heading.name == SERVICE || heading.id.is_some_and(|id| ["10000", "1000000"].contains(&id));
        let kind = if is_service { Kind::System } else { Kind::Speech };
        let speaker = self.speaker(heading, out);
        let (number, end) = (line.number, line.place(line.text).end);
        self.blocks.header(Header { start, speaker, kind, number, end }, out);
    }

    /// A line of `=` that ended no part is words.
    fn keep_rule(&mut self, out: &mut Draft) {
        if let Some(rule) = self.rule.take().filter(|_| !self.is_between) {
            self.blocks.words(rule, out);
        }
    }

    /// Takes the name of a conversation.
    fn object(&mut self, object: &str, line: &Line, out: &mut Draft) {
        self.blocks.close(out);
        if self.has_parts || !out.is_empty() {
            out.meta.title = None;
            let (speaker, number, end) = (out.intern(""), line.number, line.place(line.text).end);
            let header = Header { start: None, speaker, kind: Kind::Note, number, end };
            self.blocks.header(header, out);
            self.blocks.words(line.place(line.text), out);
        } else {
            out.meta.title = Some(object.to_owned());
        }
    }
}

impl ByLine for Qq {
    fn begin(&mut self, head: &str) {
        self.is_between = true;
        self.has_parts = has_parts(head);
    }

    fn suits(&self, head: &str) -> bool {
        self.has_parts == has_parts(head)
    }

    fn line(&mut self, line: &Line, out: &mut Draft) {
        let is_free = self.blocks.passes(line) || self.is_between;
        let text = beginning(line.text, LONGEST + 1).trim_start_matches('\u{feff}');
        let is_header = |found: &Heading| found.id.is_some() || is_free || is_plain(found.name);
        if let Some(found) = heading(text).filter(is_header) {
            return self.heading(&found, line, out);
        }
        if text.trim().is_empty() {
            return;
        }
        let is_rule = text.len() > 15 && text.bytes().all(|byte| byte == b'=');
        let is_of_part = text.starts_with("消息分组") || object(text).is_some();
        if is_of_part && (self.is_between || self.rule.is_some()) {
            self.is_between = true;
            self.rule = None;
            if let Some(object) = object(text) {
                self.object(object, line, out);
            }
        } else if is_rule && self.rule.is_none() {
            self.rule = Some(line.place(line.text));
        } else if !self.is_between {
            self.keep_rule(out);
            self.blocks.words(line.place(line.text), out);
        } else if out.is_empty() && !is_rule && !is_of_part && !text.starts_with("消息记录（此消息记录")
        {
            self.opening.keep(line.text, line.number, out);
        }
    }

    fn finish(&mut self, out: &mut Draft) {
        self.keep_rule(out);
        self.blocks.close(out);
    }

    fn elsewhere(&self) -> Option<Self> {
        let (numbers, has_parts) = (self.numbers.clone(), self.has_parts);
        Some(Self { numbers, has_parts, opening: Opening::elsewhere(), ..Self::default() })
    }
}

impl Wire for Qq {
    fn score(head: &Head) -> u8 {
        let (mut numbered, mut plain, mut first) = (0, 0, false);
        for (index, line) in head.lines().take(200).enumerate() {
            if index < 12 && (line.starts_with("消息记录（此消息记录") || object(line).is_some()) {
                return 96;
            }
            let Some(heading) = heading(line) else { continue };
            first |= index == 0;
            if heading.id.is_some() {
                numbered += 1;
            } else if heading.resolution_ms < 60_000
                && (is_plain(heading.name) || is_of_service(heading.name))
            {
                plain += 1;
            }
            if numbered > 1 {
                return 93;
            }
        }
        match (numbered, plain) {
            (1, 1..) => 80,
            (1, _) => 55,
            (_, 2..) if first => 75,
            (_, 2..) => 65,
            (_, 1) if first => 40,
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
    use crate::format::{Forced, read_bytes};

    fn told(text: &str) -> Vec<String> {
        let (transcript, _) = read_bytes(
            text.as_bytes(),
            Forced { format: Some(crate::choice::Format::Qq), ..Forced::default() },
        )
        .unwrap();
        transcript
            .ids()
            .map(|id| {
                let label = &transcript.speaker(transcript.speaker_of(id)).label;
                let post = transcript.post(id);
                let minutes = post.start.map_or(-1, |start| start / 60_000);
                format!("{minutes} {:?} {label}: {}", post.kind, transcript.body(id))
            })
            .collect()
    }

    #[test]
    fn a_header_says_who_and_when() {
        for (line, name, id, time) in [
            ("2021-03-04 12:34:56 小鹿(10001)", "小鹿", Some("10001"), "12:34:56"),
            ("2021-03-04 2:34:56 (小鹿)(10001)", "(小鹿)", Some("10001"), "02:34:56"),
            ("2021/3/4 下午2:34:56 小鹿<a@b.com>", "小鹿", Some("a@b.com"), "14:34:56"),
            ("2021-03-04 8:43:38 PM 骰娘-Roll(87200175)", "骰娘-Roll", Some("87200175"), "20:43:38"),
            ("2021-03-04 12:34:56 【管理员】小 鹿(10001)", "小 鹿", Some("10001"), "12:34:56"),
            ("2021-03-04 12:34:56 【北京】小鹿(10001)", "【北京】小鹿", Some("10001"), "12:34:56"),
            ("2021-03-04 12:34:56 (10001)", "10001", Some("10001"), "12:34:56"),
            ("2021-03-04 12:34:56 小鹿(2号)", "小鹿(2号)", None, "12:34:56"),
            ("2021-03-04 12:34:56 Ann Smith", "Ann Smith", None, "12:34:56"),
        ] {
            let found = heading(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((found.name, found.id), (name, id), "{line}");
            assert_eq!(found.moment.time().to_string(), time, "{line}");
        }
        for line in
            ["2021-03-04 12:34:56", "2021-03-04 12:34", "12:34:56 小鹿(10001)", "2021-03-04 小鹿(10001)", ""]
        {
            assert_eq!(heading(line), None, "{line}");
        }
    }

    #[test]
    fn people_of_one_name_are_kept_apart_by_their_numbers() {
        let text = "2021-03-04 12:00:00 小鹿(10001)\n一\n\n2021-03-04 12:01:00 小鹿(10002)\n二\n\n2021-03-04 12:02:00 \
                    小鹿(10001)\n三\n\n2021-03-04 12:03:00 大鹿(10001)\n四\n2021-03-04 12:04:00 小鹿<a@b.c>\n五\n";
        assert_eq!(
            told(text),
            [
                "0 Speech 小鹿: 一",
                "1 Speech 小鹿(10002): 二",
                "2 Speech 小鹿: 三",
                "3 Speech 大鹿: 四",
                "4 Speech 小鹿<a@b.c>: 五"
            ]
        );
    }

    #[test]
    fn parts_of_an_export_of_everything_are_told_and_end_where_they_end() {
        let rule = "=".repeat(64);
        let part = |name: &str, text: &str| {
            format!("{rule}\n消息分组:我的\n{rule}\n消息对象:{name}\n{rule}\n\n{text}\n\n")
        };
        let first = part("读书会", &format!("2021-03-04 12:00:00 小鹿(10001)\n一\n\n{rule}\n二"));
        let second = part("小王", "2021-03-04 12:01:00 系统消息(10000)\n小王加入本群。");
        let head = "消息记录（此消息记录为文本格式，不支持重新导入）\n\n";
        assert_eq!(
            told(&format!("{head}{first}{second}")),
            [
                "-1 Note : 消息对象:读书会".to_owned(),
                format!("0 Speech 小鹿: 一\n\n{rule}\n二"),
                "-1 Note : 消息对象:小王".to_owned(),
                "1 System 系统消息: 小王加入本群。".to_owned(),
            ]
        );
        assert_eq!(told(&format!("{head}{first}")).len(), 1);
        let words = format!("2021-03-04 12:00:00 小鹿\n{rule}\n\n2021-03-04 12:01:00 小王\n好\n{rule}\n");
        assert_eq!(told(&words), [format!("0 Speech 小鹿: {rule}"), format!("1 Speech 小王: 好\n{rule}")]);
    }

    #[test]
    fn words_that_look_like_a_header_are_words() {
        let text = "2021-03-04 12:00:00 小鹿\n2021-01-01 10:00:00 the server is down again\n2021-01-01 10:00:00\n\n\n2021-01-01 \
                    10:00:00\n\n2021-03-04 12:01:00 小王\n\n2021-03-04 12:02:00 小鹿\n好\n";
        let told = told(text);
        assert_eq!(told.len(), 3, "{told:?}");
        assert_eq!(told[1], "1 Speech 小王: ");
    }
}
