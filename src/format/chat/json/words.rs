//! The words of a message as they are to be read. What is no word of the speaker is a mark in square brackets, in English:
//! `[photo]`, `[edited]`.

use std::fmt::Write;

/// The words of a message, put together line by line.
#[derive(Debug, Default)]
pub struct Words(String);

impl Words {
    /// Adds lines, if they are not blank.
    pub fn line(&mut self, text: &str) {
        let text = text.trim_end();
        if text.trim_start().is_empty() {
            return;
        }
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(text);
    }

    /// Adds a mark on a line of its own: what it is, and more about it, if there is any.
    pub fn mark(&mut self, what: &str, more: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push('[');
        self.inside(what);
        if !what.is_empty() && !more.trim().is_empty() {
            self.0.push(' ');
        }
        self.inside(more);
        self.0.push(']');
    }

    /// What stands within a mark, on one line.
    fn inside(&mut self, text: &str) {
        for (index, word) in text.split_whitespace().enumerate() {
            if index > 0 {
                self.0.push(' ');
            }
            self.0.push_str(word);
        }
    }

    /// Adds text behind a blank on the same line.
    pub fn behind(&mut self, text: &str) {
        let text = text.trim_end();
        if !self.0.is_empty() && !text.trim_start().is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(text);
    }

    /// Notes at the end that it was changed.
    pub fn edited(&mut self) {
        self.behind("[edited]");
    }

    /// Notes how often others have reacted with what.
    pub fn reactions(&mut self, reactions: impl Iterator<Item = (String, i64)>) {
        let mut all = String::new();
        for (name, count) in reactions.filter(|(name, _)| !name.is_empty()) {
            let _ = write!(all, " {name} {count}");
        }
        if !all.is_empty() {
            self.mark(&all, "");
        }
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them; a mark says so if there are none.
    pub fn text(&self) -> &str {
        if self.0.is_empty() { "[no text]" } else { &self.0 }
    }
}

/// A time as a player shows it: `0:12`, `1:02:03`.
pub fn length(seconds: i64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// The name of a file without its folders.
pub fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_put_together() {
        let mut words = Words::default();
        assert_eq!(words.text(), "[no text]");
        words.line(" \n");
        words.line("  一\n");
        words.mark("file", " a\nb ");
        words.mark("", "5");
        words.mark("photo", " ");
        words.line("二");
        words.reactions([("👍".to_owned(), 2), (String::new(), 1), ("x".to_owned(), 1)].into_iter());
        words.edited();
        assert_eq!(words.text(), "  一\n[file a b]\n[5]\n[photo]\n二\n[👍 2 x 1] [edited]");
    }

    #[test]
    fn lengths_are_those_of_a_player() {
        assert_eq!([0, 12, 62, 3723].map(length), ["0:00", "0:12", "1:02", "1:02:03"]);
    }
}
