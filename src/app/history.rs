//! What was typed at each kind of prompt, for as long as the reader is open.

use crate::action::PromptKind;

/// Lines that are kept of a kind of prompt.
const MOST: usize = 100;

/// The lines, oldest first, and which of them is recalled.
#[derive(Debug, Clone, Default)]
pub struct History {
    kinds: Vec<(PromptKind, Vec<String>)>,
    /// Index of the line that is recalled, and what was being typed before.
    recalled: Option<(usize, String)>,
}

impl History {
    /// Keeps a line that was accepted as the newest of its kind; the same one twice in a row is kept once.
    pub fn keep(&mut self, kind: PromptKind, line: &str) {
        self.leave();
        if line.is_empty() || self.newest(kind) == Some(line) {
            return;
        }
        match self.kinds.iter_mut().find(|(other, _)| *other == kind) {
            Some((_, lines)) => {
                lines.push(line.to_owned());
                let over = lines.len().saturating_sub(MOST);
                lines.drain(..over);
            }
            None => self.kinds.push((kind, vec![line.to_owned()])),
        }
    }

    /// The line that was accepted last.
    pub fn newest(&self, kind: PromptKind) -> Option<&str> {
        self.lines(kind).last().map(String::as_str)
    }

    /// The prompt is closed: nothing is recalled any more.
    pub fn leave(&mut self) {
        self.recalled = None;
    }

    /// The line before the one that is recalled, or the one after it; behind the newest stands what was being typed. None
    /// at either end.
    pub fn recall(&mut self, kind: PromptKind, typed: &str, earlier: bool) -> Option<String> {
        let lines = self.lines(kind);
        let (at, draft) = self.recalled.clone().unwrap_or_else(|| (lines.len(), typed.to_owned()));
        let at = if earlier { at.checked_sub(1)? } else { at + 1 };
        let line = match at.cmp(&lines.len()) {
            std::cmp::Ordering::Less => lines.get(at)?.clone(),
            std::cmp::Ordering::Equal => draft.clone(),
            std::cmp::Ordering::Greater => return None,
        };
        self.recalled = (at < lines.len()).then_some((at, draft));
        Some(line)
    }

    fn lines(&self, kind: PromptKind) -> &[String] {
        self.kinds.iter().find(|(other, _)| *other == kind).map_or(&[], |(_, lines)| lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walked(history: &mut History, typed: &str, keys: &str) -> Vec<String> {
        let mut line = typed.to_owned();
        let mut seen = Vec::new();
        for key in keys.chars() {
            if let Some(other) = history.recall(PromptKind::Search, &line, key == '^') {
                line = other;
            }
            seen.push(line.clone());
        }
        seen
    }

    #[test]
    fn lines_come_back_in_their_order_and_what_is_typed_stays_the_newest() {
        let mut history = History::default();
        assert_eq!(walked(&mut history, "x", "^v"), ["x", "x"]);
        for line in ["甲", "乙", "乙", "", " 丙"] {
            history.keep(PromptKind::Search, line);
        }
        history.keep(PromptKind::GoTo, "#4");
        assert_eq!(
            walked(&mut history, "正在写", "^^^^vvvv"),
            [" 丙", "乙", "甲", "甲", "乙", " 丙", "正在写", "正在写"]
        );
        assert_eq!(history.newest(PromptKind::Search), Some(" 丙"));
        assert_eq!(history.newest(PromptKind::Filter), None);
    }

    #[test]
    fn a_prompt_that_is_opened_again_begins_with_the_newest() {
        let mut history = History::default();
        history.keep(PromptKind::Search, "甲");
        history.keep(PromptKind::Search, "乙");
        walked(&mut history, "", "^^");
        history.leave();
        assert_eq!(walked(&mut history, "", "^v"), ["乙", ""]);
    }

    #[test]
    fn no_more_lines_are_kept_than_anyone_goes_through() {
        let mut history = History::default();
        for number in 0..3 * MOST {
            history.keep(PromptKind::Search, &number.to_string());
        }
        let seen = walked(&mut history, "", &"^".repeat(2 * MOST));
        assert_eq!(seen.last().map(String::as_str), Some((2 * MOST).to_string().as_str()));
    }
}
