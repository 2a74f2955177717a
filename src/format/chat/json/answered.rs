//! The messages that came last, by their names, so that an answer can say what it answers.

use std::collections::{HashMap, VecDeque};

/// So many of the last messages are known.
const KNOWN: usize = 20_000;

/// Characters of a message that an answer shows.
const SHOWN: usize = 40;

/// The last messages.
#[derive(Debug, Default)]
pub struct Answered {
    by_id: HashMap<Box<str>, Box<str>>,
    order: VecDeque<Box<str>>,
}

impl Answered {
    /// Takes note of a message.
    pub fn note(&mut self, id: &str, label: &str, text: &str) {
        if id.is_empty() || id.len() > 256 {
            return;
        }
        let mut line = format!("{label}: ");
        line.extend(beginning(text));
        if self.by_id.insert(id.into(), line.into()).is_some() {
            return;
        }
        self.order.push_back(id.into());
        if self.order.len() > KNOWN
            && let Some(oldest) = self.order.pop_front()
        {
            self.by_id.remove(&oldest);
        }
    }

    /// The line before an answer to a message: `↩ 王: 早上好`. None if that is not known.
    pub fn line(&self, id: &str) -> Option<String> {
        self.by_id.get(id).map(|line| format!("↩ {line}"))
    }

    /// Who wrote a message, and its beginning.
    pub fn begun(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).map(|line| &**line)
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
            answered.note(&id.to_string(), "a", "c");
        }
        assert_eq!(answered.begun("0"), None);
        assert_eq!(answered.begun("1"), Some("a: c"));
        assert_eq!((answered.by_id.len(), answered.order.len()), (KNOWN, KNOWN));
    }
}
