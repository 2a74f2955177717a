//! What the line of commands may be completed to.

use crate::action::Mode;

/// One way to complete it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The whole line.
    pub line: String,
    /// What it is called in the list: the line without what it begins with.
    pub name: String,
    /// What it does.
    pub words: String,
    /// The key that does the same.
    pub key: String,
}

/// The ways to complete what is typed, the likeliest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidates {
    /// They all.
    pub all: Vec<Candidate>,
    /// Index of the one that stands in the line.
    pub chosen: Option<usize>,
    /// Who had the keys when the line was opened: what is done is done there.
    pub from: Mode,
}

impl Candidates {
    /// The next one on or back, round and round.
    pub fn choose(&mut self, by: isize) -> Option<&Candidate> {
        let len = self.all.len() as isize;
        let next = match self.chosen {
            Some(chosen) => (chosen as isize + by).rem_euclid(len.max(1)),
            None if by > 0 => 0,
            None => len - 1,
        };
        self.chosen = usize::try_from(next).ok().filter(|next| *next < self.all.len());
        self.all.get(self.chosen?)
    }

    /// What all lines have in common that begin with what is typed.
    pub fn common(&self, typed: &str) -> &str {
        let mut begin = self.all.iter().filter(|found| found.line.starts_with(typed));
        let Some(first) = begin.next() else { return "" };
        let same = |line: &str| {
            let alike = first.line.char_indices().zip(line.chars()).take_while(|((_, a), b)| a == b);
            alike.last().map_or(0, |((at, ch), _)| at + ch.len_utf8())
        };
        let end = begin.map(|other| same(&other.line)).min().unwrap_or(first.line.len());
        first.line.get(..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lines: &[&str]) -> Candidates {
        let candidate = |line: &&str| Candidate {
            line: (*line).to_owned(),
            name: (*line).to_owned(),
            words: String::new(),
            key: String::new(),
        };
        Candidates { all: lines.iter().map(candidate).collect(), chosen: None, from: Mode::Reading }
    }

    #[test]
    fn what_lines_have_in_common_is_their_beginning() {
        for (lines, typed, common) in [
            (&["next-hit", "next-turn"][..], "n", "next-"),
            (&["下一处", "下一组"], "下", "下一"),
            (&["a"], "", "a"),
            (&["a", "b"], "", ""),
            (&["ab", "a"], "a", "a"),
            (&["theme ", "cycle-theme"], "th", "theme "),
            (&["next-hit", "previous-hit"], "hit", ""),
            (&[], "", ""),
        ] {
            assert_eq!(of(lines).common(typed), common, "{lines:?}");
        }
    }

    #[test]
    fn candidates_are_gone_through_both_ways() {
        let mut all = of(&["a", "b", "c"]);
        let mut lines = |by| all.choose(by).map(|found| found.line.clone()).unwrap_or_default();
        assert_eq!([lines(1), lines(1), lines(1), lines(1), lines(-1)], ["a", "b", "c", "a", "c"]);
        assert_eq!(of(&["a", "b"]).choose(-1).map(|found| found.line.as_str()), Some("b"));
        assert_eq!(of(&[]).choose(1), None);
    }
}
