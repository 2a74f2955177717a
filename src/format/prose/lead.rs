//! What stands before the first turn: the title, the furniture of the page, an introduction.

use super::mark;
use crate::format::lead::{LONGEST_TITLE, is_furniture, trimmed};
use crate::transcript::Draft;
use chrono::NaiveDate;

/// The lines before the first turn.
#[derive(Debug, Default)]
pub struct Lead {
    lines: Vec<String>,
    /// Their text, in bytes.
    pub len: usize,
}

impl Lead {
    /// Takes a line that is not blank.
    pub fn line(&mut self, text: &str) {
        let text = trimmed(text);
        if !text.is_empty() {
            self.len += text.len();
            self.lines.push(text.to_owned());
        }
    }

    /// Takes more of the last line.
    pub fn more(&mut self, text: &str) {
        self.len += text.len();
        match self.lines.last_mut() {
            Some(last) => last.push_str(text),
            None => self.line(text),
        }
    }

    /// The day that is told first: of a page, when it was published.
    pub fn day(&self) -> Option<NaiveDate> {
        self.lines.iter().find_map(|line| mark::day(line))
    }

    /// Its lines, which are gone from it.
    pub fn take(&mut self) -> Vec<String> {
        self.len = 0;
        std::mem::take(&mut self.lines)
    }

    /// Keeps all of it in the record: the first line that can be one is the title, unless there is one.
    pub fn keep(&mut self, out: &mut Draft) {
        let mut lines = self.take();
        if out.meta.title.is_none()
            && let Some(at) = lines.iter().position(|line| !is_furniture(line))
            && lines[at].chars().count() <= LONGEST_TITLE
        {
            out.meta.title = Some(lines.remove(at));
        }
        out.meta.lead.append(&mut lines);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_says_something_is_the_title_and_the_rest_is_kept() {
        let mut lead = Lead::default();
        for line in ["首页 > 新闻 > 正文", " 夏夜谈书 ", "来源：某网  2018-08-04"] {
            lead.line(line);
        }
        assert_eq!(lead.day(), NaiveDate::from_ymd_opt(2018, 8, 4));
        let mut out = Draft::default();
        lead.keep(&mut out);
        assert_eq!(out.meta.title.as_deref(), Some("夏夜谈书"));
        assert_eq!(out.meta.lead, ["首页 > 新闻 > 正文", "来源：某网  2018-08-04"]);
    }
}
