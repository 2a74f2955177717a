//! Text of `WeChat` (微信): what is copied from the program for computers, what it sends as a mail, and what tools write.
//!
//! A header, then lines of words: `昵称:`; `昵称 2023/3/4 12:34`, `2023-03-04 12:34:56 昵称`; or `昵称  12:34` below lines of the day,
//! `—————  2023-03-04  —————`. What the service writes stands by itself: `"张三"撤回了一条消息`.

use super::blocks::{Blocks, Header, is_name, is_of_service};
use super::days::Days;
use crate::format::by_line::{ByLine, InPlace, Line};
use crate::format::head::Head;
use crate::format::lead::Opening;
use crate::format::parser::{Parser, Wire};
use crate::format::scan::{Clock, Scan};
use crate::text::beginning;
use crate::transcript::{Draft, Kind};
use chrono::{NaiveDate, NaiveTime};

/// The format.
#[derive(Debug, Default)]
pub struct Wechat {
    blocks: Blocks,
    days: Days,
    style: Style,
    opening: Opening,
}

/// Longer lines are no headers, in bytes.
const LONGEST: usize = 300;

/// Where a header has its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `2023-03-04 12:34:56 name`.
    Before,
    /// `name 2023/3/4 12:34`, `name(2023-03-04 12:34:56)`.
    Behind,
    /// `name  12:34`.
    Clock,
    /// `name:`.
    None,
}

const FORMS: [Form; 4] = [Form::Before, Form::Behind, Form::Clock, Form::None];

/// How a text is laid out, by its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Style {
    form: Option<Form>,
    /// Blank lines stand before headers.
    is_spaced: bool,
}

/// The header of a message.
#[derive(Debug, Clone, Copy)]
struct Heading<'a> {
    form: Form,
    name: &'a str,
    date: Option<NaiveDate>,
    clock: Option<Clock>,
}

impl Heading<'_> {
    fn time(&self) -> Option<NaiveTime> {
        self.clock?.time()
    }
}

fn heading(line: &str) -> Option<Heading<'_>> {
    if line.len() > LONGEST {
        return None;
    }
    let line = line.trim();
    if line.starts_with(|ch: char| ch.is_ascii_digit())
        && let Some(found) = before(line)
    {
        return Some(found);
    }
    if let Some(name) = line.strip_suffix([':', '：']) {
        let name = name.trim();
        let is_plain =
            is_name(name) && !name.contains(['。', '，', '？', '！', ':', '：', '"', '“', '[', '<']);
        return is_plain.then_some(Heading { form: Form::None, name, date: None, clock: None });
    }
    behind(line)
}

fn before(line: &str) -> Option<Heading<'_>> {
    let mut scan = Scan::new(line);
    let date = scan.date()?;
    scan.blanks();
    let clock = scan.clock(&[':'])?;
    clock.time()?;
    let name = scan.blanks().then_some(scan.rest).filter(|name| is_name(name))?;
    Some(Heading { form: Form::Before, name, date: Some(date), clock: Some(clock) })
}

fn behind(line: &str) -> Option<Heading<'_>> {
    let line = line.strip_suffix(')').or_else(|| line.strip_suffix('）')).unwrap_or(line);
    if !line.ends_with(|ch: char| ch.is_ascii_digit() || ch == 'M') {
        return None;
    }
    let borders = line.char_indices().filter(|(_, ch)| ch.is_whitespace() || "(（".contains(*ch));
    borders.into_iter().find_map(|(at, border)| {
        let mut scan = Scan::new(line.get(at + border.len_utf8()..)?);
        scan.blanks();
        let date = scan.date();
        scan.blanks();
        let clock = scan.clock(&[':'])?;
        clock.time()?;
        let name = line.get(..at)?.trim();
        let form = if date.is_some() { Form::Behind } else { Form::Clock };
        let is_plain =
            !name.contains(['。', '，', '？', '！', ':', '：', '•']) && Scan::new(name).date().is_none();
        let is_plain = is_plain || form == Form::Behind && !name.contains(['。', '！', '？']);
        let is_found = scan.rest.is_empty() && is_name(name) && is_plain;
        is_found.then_some(Heading { form, name, date, clock: Some(clock) })
    })
}

/// The day of `—————  2023-03-04  —————`.
fn day(line: &str) -> Option<NaiveDate> {
    let is_dash = |ch: char| matches!(ch, '-' | '—' | '─' | '–' | '=');
    let line = line.trim();
    let inner = line.trim_matches(is_dash);
    if line.len() > LONGEST || !line.starts_with(is_dash) || !line.ends_with(is_dash) {
        return None;
    }
    let mut scan = Scan::new(inner.trim());
    let date = scan.date()?;
    let weekday = scan.rest.trim().trim_start_matches("星期").trim_start_matches('周');
    (weekday.chars().count() < 2).then_some(date)
}

/// How often each form was found, how often behind a blank line, and the first of them.
#[derive(Debug, Default)]
struct Count<'a> {
    found: [usize; 4],
    spaced: [usize; 4],
    first: [Option<Heading<'a>>; 4],
    days: usize,
    blocks: usize,
    services: usize,
    names: Vec<&'a str>,
}

fn count(head: &str) -> Count<'_> {
    let mut counts = Count::default();
    let mut is_spaced = true;
    for line in head.lines().take(400) {
        if line.trim().is_empty() {
            is_spaced = true;
            continue;
        }
        counts.days += usize::from(day(line).is_some());
        counts.services += usize::from(is_spaced && is_of_service(line));
        counts.blocks += usize::from(is_spaced);
        if let Some(found) = heading(line) {
            let form = found.form as usize;
            counts.found[form] += 1;
            counts.spaced[form] += usize::from(is_spaced);
            counts.first[form] = counts.first[form].or(Some(found));
            if !counts.names.contains(&found.name) && counts.names.len() < 50 {
                counts.names.push(found.name);
            }
        }
        is_spaced = false;
    }
    counts
}

impl Style {
    fn of(head: &str) -> Self {
        let counts = count(head);
        // A form with times goes before names alone.
        let timed = FORMS.into_iter().take(3).rev().max_by_key(|&form| counts.found[form as usize]);
        let form = timed.filter(|&form| counts.found[form as usize] > 0).unwrap_or(Form::None);
        let (found, spaced) = (counts.found[form as usize], counts.spaced[form as usize]);
        Self { form: (found > 0).then_some(form), is_spaced: spaced * 3 >= found * 2 }
    }
}

impl Wechat {
    fn heading(&mut self, found: &Heading, line: &Line, out: &mut Draft) {
        let resolution_ms = found.clock.map_or(0, Clock::resolution_ms);
        let start = match (found.date, found.time()) {
            (Some(date), Some(time)) => self.days.moment(date.and_time(time), resolution_ms, out),
            (None, Some(time)) => self.days.time(time, resolution_ms, out),
            _ => None,
        };
        if is_of_service(found.name) {
            return self.blocks.service(line, found.name, start, out);
        }
        let kind =
            if ["系统消息", "系统提示"].contains(&found.name) { Kind::System } else { Kind::Speech };
        let speaker = out.intern(found.name);
        let (number, end) = (line.number, line.place(line.text).end);
        self.blocks.header(Header { start, speaker, kind, number, end }, out);
    }
}

impl ByLine for Wechat {
    fn begin(&mut self, head: &str) {
        self.style = Style::of(head);
    }

    fn suits(&self, head: &str) -> bool {
        self.style == Style::of(head)
    }

    fn line(&mut self, line: &Line, out: &mut Draft) {
        let is_free = self.blocks.passes(line);
        let text = beginning(line.text, LONGEST + 1).trim_start_matches('\u{feff}');
        if text.trim().is_empty() {
            return;
        }
        if let Some(date) = day(text) {
            return self.days.set(date);
        }
        let found = heading(text).filter(|found| Some(found.form) == self.style.form);
        if let Some(found) = found.filter(|_| is_free || !self.style.is_spaced) {
            self.heading(&found, line, out);
        } else if is_free
            && text.len() <= LONGEST
            && is_of_service(text)
            && (!self.blocks.is_bare() || self.style.form == Some(Form::None))
        {
            self.blocks.service(line, text.trim(), None, out);
        } else if out.is_empty() && !self.blocks.is_bare() {
            self.opening.line(line.text, line.number, out);
        } else {
            self.blocks.words(line.place(line.text), out);
        }
    }

    fn finish(&mut self, out: &mut Draft) {
        self.blocks.close(out);
    }

    fn elsewhere(&self) -> Option<Self> {
        // Without a date, the day depends on what came before.
        let (style, opening) = (self.style, Opening::elsewhere());
        (style.form != Some(Form::Clock)).then(|| Self { style, opening, ..Self::default() })
    }
}

impl Wire for Wechat {
    fn score(head: &Head) -> u8 {
        let counts = count(beginning(head.text, 8192));
        let Count { found, spaced, days, services, blocks, .. } = counts;
        // Who leads a talk in the open has an office, not a nickname.
        let is_led = |name: &str| ["主持人", "记者", "嘉宾"].iter().any(|office| name.contains(office));
        if counts.names.iter().any(|&name| is_led(name)) {
            return 0;
        }
        let [before, behind, clock, named] = FORMS.map(|form| found[form as usize]);
        let is_at_top = |form: Form| {
            let first = head.lines().next().and_then(heading);
            first.is_some_and(|first| first.form == form)
        };
        // Times that begin with the first minutes count from the beginning of a recording.
        let is_of_day = counts.first[Form::Clock as usize]
            .and_then(|first| first.time())
            .is_some_and(|time| time >= NaiveTime::from_hms_opt(5, 0, 0).unwrap_or_default());
        let is_repeated = spaced[Form::None as usize] > counts.names.len();
        match () {
            () if days > 0 && clock > 0 => 94,
            () if behind > 1 => 88,
            () if before > 1 && (services > 0 || head.text.contains("wxid_")) => 80,
            () if clock > 1 && is_of_day => 65,
            () if named > 1
                && spaced[Form::None as usize] == blocks - services.min(blocks)
                && is_repeated =>
            {
                66
            }
            () if behind == 1 && is_at_top(Form::Behind) => 46,
            () if clock == 1 && is_of_day && is_at_top(Form::Clock) => 36,
            () => 0,
        }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<InPlace<Self>>::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::Format;
    use crate::format::{Forced, read_bytes};

    fn told(text: &str) -> Vec<String> {
        let forced = Forced { format: Some(Format::Wechat), ..Forced::default() };
        let (transcript, _) = read_bytes(text.as_bytes(), forced).unwrap();
        let posts = transcript.ids().map(|id| {
            let post = transcript.post(id);
            let label = &transcript.speaker(transcript.speaker_of(id)).label;
            let moment = post.start.and_then(|start| transcript.meta.moment(start));
            let moment = moment.map(|moment| moment.format("%m-%d %H:%M").to_string()).unwrap_or_default();
            let mark = if post.kind == Kind::System { " !" } else { "" };
            format!("{moment}{mark} {label}: {}", transcript.body(id))
        });
        posts.collect()
    }

    #[test]
    fn chats_are_read_in_the_shapes_that_people_have() {
        for (text, expected) in [
            ("张三:\n早。\n好吗\n\n李四:\n[图片]\n", &[" 张三: 早。\n好吗", " 李四: [图片]"][..]),
            (
                "张三 2023/3/4 12:34\n早\n李四 2023/3/4 下午1:05\n[语音]\n",
                &["03-04 12:34 张三: 早", "03-04 13:05 李四: [语音]"],
            ),
            ("小 王(2023-03-04 12:34:56)\n早\n", &["03-04 12:34 小 王: 早"]),
            (
                "2023-03-04 12:34:56 张三\n早\n\n2023-03-04 12:35:00 \"张三\" 撤回了一条消息\n\n2023-03-04 12:36:00 李四\n咦\n",
                &["03-04 12:34 张三: 早", "03-04 12:35 ! : \"张三\" 撤回了一条消息", "03-04 12:36 李四: 咦"],
            ),
            (
                "与“读书会”的聊天记录\n\n—————  2023-03-04  —————\n\n张三  09:12\n\n早\n\n\"李四\"加入了群聊\n\n李四  23:59\n\n[图片]\n\n\
                 —————  2023-03-05  —————\n\n张三  00:10\n\n晚\n",
                &[
                    "03-04 09:12 张三: 早",
                    " ! : \"李四\"加入了群聊",
                    "03-04 23:59 李四: [图片]",
                    "03-05 00:10 张三: 晚",
                ],
            ),
            ("张三 12:34\n早\n\n李四 12:35\n约 13:00\n\n", &[" 张三: 早", " 李四: 约 13:00"]),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn days_are_told_by_lines_between_dashes() {
        for line in ["—————  2020-01-01  —————", "----- 2020年1月1日 星期三 -----", "──2020/1/1──"]
        {
            assert_eq!(day(line), NaiveDate::from_ymd_opt(2020, 1, 1), "{line}");
        }
        for line in ["2020-01-01", "—————", "— 2020-01-01 的事 —", ""] {
            assert_eq!(day(line), None, "{line}");
        }
    }
}
