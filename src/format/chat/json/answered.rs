//! The messages that came last, by their names, so that an answer can say what it answers.

use hashbrown::{DefaultHashBuilder, HashMap};
use std::collections::VecDeque;
use std::hash::BuildHasher;

/// So many of the last messages are known.
const KNOWN: usize = 20_000;

/// Characters of a message that an answer shows.
const SHOWN: usize = 40;

/// The last messages.
#[derive(Debug, Default)]
pub struct Answered {
    /// Who wrote each, and its beginning; by the hash of its name.
    lines: VecDeque<(u64, Box<str>)>,
    /// How many were before, by the hash of the name.
    numbers: HashMap<u64, usize>,
    forgotten: usize,
    hasher: DefaultHashBuilder,
}

impl Answered {
    /// Takes note of a message.
    pub fn note(&mut self, id: &str, label: &str, text: &str) {
        if id.is_empty() {
            return;
        }
        let mut line = String::with_capacity(label.len() + 3 * SHOWN);
        line.extend([label, ": "]);
        line.extend(beginning(text));
        let hash = self.hasher.hash_one(id);
        self.numbers.insert(hash, self.forgotten + self.lines.len());
        self.lines.push_back((hash, line.into()));
        if self.lines.len() > KNOWN
            && let Some((oldest, _)) = self.lines.pop_front()
        {
            // It may have come again since.
            if self.numbers.get(&oldest) == Some(&self.forgotten) {
                self.numbers.remove(&oldest);
            }
            self.forgotten += 1;
        }
    }

    /// The line before an answer to a message: `↩ 王: 早上好`. None if that is not known.
    pub fn line(&self, id: &str) -> Option<String> {
        self.begun(id).map(|line| format!("↩ {line}"))
    }

    /// Who wrote a message, and its beginning.
    pub fn begun(&self, id: &str) -> Option<&str> {
        let number = self.numbers.get(&self.hasher.hash_one(id))?;
        self.lines.get(number - self.forgotten).map(|(_, line)| &**line)
    }

    /// Forgets all of them.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

/// The beginning of a text on one line; an answer within it is passed over.
fn beginning(text: &str) -> impl Iterator<Item = char> {
    let own = match text.split_once('\n') {
        Some((first, rest)) if first.starts_with('↩') => rest,
        _ => text,
    };
    let is_cut = own.chars().nth(SHOWN).is_some();
    let shown = own.chars().take(SHOWN).map(|ch| if ch.is_whitespace() { ' ' } else { ch });
    shown.chain(is_cut.then_some('…'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_names_what_it_answers() {
        let mut answered = Answered::default();
        answered.note("1", "王", "早上\n好");
        answered.note("2", "Ann", &format!("↩ 王: 早上 好\n{}", "x".repeat(50)));
        assert_eq!(answered.line("1").as_deref(), Some("↩ 王: 早上 好"));
        assert_eq!(answered.line("2"), Some(format!("↩ Ann: {}…", "x".repeat(40))));
        assert_eq!(answered.line("3"), None);
    }

    #[test]
    fn only_the_last_ones_are_known() {
        let mut answered = Answered::default();
        for id in 0..=KNOWN {
            answered.note(&id.to_string(), "a", "b");
        }
        assert_eq!((answered.begun("0"), answered.begun("1")), (None, Some("a: b")));
        answered.note("2", "a", "c");
        answered.note("x", "a", "d");
        assert_eq!(["1", "2", "x"].map(|id| answered.begun(id)), [None, Some("a: c"), Some("a: d")]);
        assert_eq!((answered.numbers.len(), answered.lines.len()), (KNOWN, KNOWN));
    }
}
