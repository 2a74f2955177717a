//! What stands before the first post of a text that is read in place: its title, and what nobody said.

use super::scan::Scan;
use crate::text::safe::is_invisible;
use crate::transcript::{Draft, Remark};

/// Longer lines are no titles, in characters.
pub const LONGEST_TITLE: usize = 80;

/// More than this is not kept, in bytes.
const MOST: usize = 64 * 1024;

/// The line of a text may come in parts if it is longer, in bytes.
const LONGEST_LINE: usize = 4096;

/// Fields of a form that tell its title.
const TITLES: [&str; 7] = ["会议主题", "会议名称", "主题", "标题", "Topic", "Meeting Title", "Subject"];

/// How far the lines before the first post were read.
#[derive(Debug, Default)]
pub struct Opening {
    is_titled: bool,
    /// The text is a later part of a source: what comes before its first post belongs to one out of sight.
    pub is_out_of_sight: bool,
    /// What was kept, in bytes.
    len: usize,
}

impl Opening {
    /// That of a later part of a source, where nothing is kept.
    pub const fn elsewhere() -> Self {
        Self { is_titled: true, is_out_of_sight: true, len: 0 }
    }

    /// Takes a line: the first that can be one is the title, and the others are kept.
    pub fn line(&mut self, text: &str, number: u32, out: &mut Draft) {
        let line = trimmed(text);
        if self.is_titled || line.is_empty() {
            return self.keep(text, number, out);
        }
        let field = line.split_once([':', '：']).filter(|(name, _)| TITLES.contains(&name.trim()));
        let title = field.map_or(line, |(_, title)| title.trim());
        if field.is_none() && is_furniture(line) {
            return self.keep(text, number, out);
        }
        self.title(title, text, number, out);
    }

    /// Takes the first line: it is the title unless it is too long.
    pub fn first(&mut self, text: &str, number: u32, out: &mut Draft) {
        if self.is_titled {
            return self.keep(text, number, out);
        }
        self.title(trimmed(text), text, number, out);
    }

    fn title(&mut self, title: &str, text: &str, number: u32, out: &mut Draft) {
        self.is_titled = true;
        if out.meta.title.is_none() && !title.is_empty() && title.chars().count() <= LONGEST_TITLE {
            out.meta.title = Some(title.to_owned());
        } else {
            self.keep(text, number, out);
        }
    }

    /// Leaves a line out that is too long for a title and comes in parts.
    pub fn leave_out(&mut self, number: u32, out: &mut Draft) {
        self.is_titled = true;
        if !self.is_out_of_sight {
            out.remarks.note(Remark::Skipped, number);
        }
    }

    /// Takes a line that is no title.
    pub fn keep(&mut self, text: &str, number: u32, out: &mut Draft) {
        // The end of a long line may be still to come.
        let line =
            if text.len() > LONGEST_LINE { text.trim_start_matches('\u{feff}') } else { trimmed(text) };
        if self.is_out_of_sight || line.is_empty() {
            return;
        }
        if self.len > MOST {
            return out.remarks.note(Remark::Skipped, number);
        }
        out.meta.lead.push(String::new());
        more(line, out);
        self.len += line.len().min(MOST) + 1;
    }
}

/// Takes more of the last line that was kept, as far as there is room.
pub fn more(text: &str, out: &mut Draft) {
    if let Some(last) = out.meta.lead.last_mut() {
        for ch in text.chars() {
            if last.len() < MOST {
                last.push(ch);
            }
        }
    }
}

/// A line without what surrounds it.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(|ch: char| ch.is_whitespace() || is_invisible(ch))
}

/// Whether a line is a way through the site, a menu, a button, a field of a form or a day: no title.
pub fn is_furniture(line: &str) -> bool {
    let fields = [
        "来源",
        "來源",
        "发布时间",
        "会议时间",
        "会议号",
        "时间",
        "時間",
        "地点",
        "编辑",
        "責任編輯",
        "作者",
        "嘉宾：",
        "嘉宾:",
        "主持人：",
        "主持人:",
        "http",
        "当前位置",
        "您的位置",
        "【打印",
        "首页",
    ];
    let ends = ["started transcription", "stopped transcription", "started recording", "stopped recording"];
    [" > ", ">>", " » "].iter().any(|way| line.contains(way))
        || line.contains(['|', '｜'])
        || fields.iter().any(|field| line.starts_with(field))
        || ends.iter().any(|end| line.ends_with(end))
        || !line.contains(char::is_alphabetic)
        || is_day(line)
}

/// Whether a line tells a day, and maybe a time: `2024年1月5日 上午 10:00`, `January 5, 2024, 10:00AM`, `Fri, Jan 5, 2024 10:00AM • 45:10`.
fn is_day(line: &str) -> bool {
    const WORDS: [&str; 19] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon", "tue",
        "wed", "thu", "fri", "sat", "sun",
    ];
    let mut scan = Scan::new(line);
    if scan.date().is_some() {
        scan.blanks();
        return !scan.rest.contains(char::is_alphabetic) || scan.clock(&[':', '：']).is_some();
    }
    let first = line.split([' ', ',', '.']).next().unwrap_or_default().to_ascii_lowercase();
    let is_word = (3..10).contains(&first.len()) && WORDS.iter().any(|word| first.starts_with(word));
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    is_word && line.len() < LONGEST_TITLE && line.split([' ', ',', '.']).any(is_year) && {
        let digits = line.split(|ch: char| !ch.is_ascii_digit()).filter(|word| !word.is_empty());
        digits.count() > 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &[&str]) -> (Option<String>, Vec<String>) {
        let (mut opening, mut out) = (Opening::default(), Draft::default());
        for line in lines {
            opening.line(line, 1, &mut out);
        }
        (out.meta.title, out.meta.lead)
    }

    #[test]
    fn the_first_line_that_can_be_one_is_the_title_and_nothing_is_lost() {
        for (lines, title, lead) in [
            (
                &["产品评审会", "2024年1月5日 上午 10:00|1小时", "", "关键词:"][..],
                Some("产品评审会"),
                &["2024年1月5日 上午 10:00|1小时", "关键词:"][..],
            ),
            (
                &["January 5, 2024, 10:00AM", "Ann started transcription"],
                None,
                &["January 5, 2024, 10:00AM", "Ann started transcription"],
            ),
            (
                &["会议时间：2024-01-05 10:00", "会议主题：产品周会", "甲"],
                Some("产品周会"),
                &["会议时间：2024-01-05 10:00", "甲"],
            ),
            (&["March of the 2024 penguins", "x"], Some("March of the 2024 penguins"), &["x"]),
        ] {
            let lead: Vec<_> = lead.iter().map(|&line| line.to_owned()).collect();
            assert_eq!(told(lines), (title.map(str::to_owned), lead), "{lines:?}");
        }
    }

    #[test]
    fn what_is_kept_is_bounded_and_that_is_noted() {
        let (mut opening, mut out) = (Opening::default(), Draft::default());
        for number in 1..10_000 {
            opening.line("a line of many lines", number, &mut out);
        }
        let kept: usize = out.meta.lead.iter().map(String::len).sum();
        assert!((MOST / 2..2 * MOST).contains(&kept), "{kept}");
        assert!(out.remarks.count(Remark::Skipped) > 0);
    }
}
