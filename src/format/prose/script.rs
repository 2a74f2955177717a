//! How it is written in a text in Markdown who speaks, and its lines taken apart: headings and bold words with a name, a time, a colon.

use super::inline::plain;
use super::labels::{Standing, is_sentence, standing};
use super::mark::{self, Mark};
use crate::text::slice;
use std::collections::BTreeMap;

/// How it is written in a text who speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Script {
    /// The level of headings that name somebody.
    pub level: Option<usize>,
    /// Whether bold words do.
    pub bold: bool,
    /// Whether names with a time on lines of their own do: `Ann: 00:12:30`.
    pub timed: bool,
    pub sureness: u8,
}

/// A name with a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    pub label: String,
    pub mark: Option<Mark>,
    /// Whether a colon or a time says that it is one.
    pub is_marked: bool,
}

/// What a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sort {
    Heading(usize, String),
    Bold(Name, String),
    Words,
}

/// A line without the marks of quotes.
pub fn unquoted(line: &str) -> &str {
    line.trim().trim_start_matches(|ch: char| ch == '>' || ch.is_whitespace())
}

/// Takes a line without the marks of quotes apart.
pub fn sort(line: &str) -> Sort {
    let hashes = line.len() - line.trim_start_matches('#').len();
    let behind = slice(line, hashes..line.len());
    if (1..=6).contains(&hashes) && behind.starts_with([' ', '\t']) {
        return Sort::Heading(hashes, plain(unclosed(behind.trim())));
    }
    let item = line
        .strip_prefix("- ")
        .or_else(|| line.strip_prefix("* "))
        .or_else(|| line.strip_prefix("+ "))
        .unwrap_or(line)
        .trim_start();
    let (before, item) = match escaped_time(item).or_else(|| mark::leading(item)) {
        Some((mark, rest)) => (Some(mark), rest.trim_start_matches([' ', ':', '-', '–', '—'])),
        None => (None, item),
    };
    bold(item, before).map_or(Sort::Words, |(name, rest)| Sort::Bold(name, rest.to_owned()))
}

/// A heading without the marks that close it, before which a blank stands.
fn unclosed(heading: &str) -> &str {
    let bare = heading.trim_end_matches('#');
    if bare.is_empty() || bare.ends_with([' ', '\t']) { bare.trim_end() } else { heading }
}

/// \[00:12:30\]
fn escaped_time(text: &str) -> Option<(Mark, &str)> {
    let (inner, rest) = text.strip_prefix("\\[")?.split_once(']')?;
    let mark = match mark::whole(inner.trim_end_matches('\\'))? {
        // Minutes and seconds of a recording.
        Mark::Time { ms, short: true, .. } => Mark::Time { ms: ms / 60, resolution_ms: 1000, short: false },
        mark => mark,
    };
    Some((mark, rest))
}

/// Ann: 00:12:30, a line of its own.
pub fn stamped(line: &str) -> Option<Name> {
    let (before, mark) = mark::trailing(line)?;
    let label = before.trim_end().strip_suffix([':', '：'])?.trim_end();
    let is_handle = label.len() > 2 && label.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_name = matches!(mark, Mark::Time { .. }) && (is_handle || standing(label) > Standing::Never);
    is_name.then(|| Name { label: plain(label), mark: Some(mark), is_marked: true })
}

/// Whether a text begins with fields between two lines of hyphens; and what stands behind them.
pub fn behind_front(text: &str) -> Option<&str> {
    let (front, rest) = text.trim_start_matches('\u{feff}').strip_prefix("---")?.split_once("\n---")?;
    let is_front = front.starts_with(['\n', '\r']) && front.contains(':');
    is_front.then_some(rest)
}

/// **Ann:** text, **Ann**: text, **Ann** [00:12:30] text, **Ann**
fn bold(line: &str, before: Option<Mark>) -> Option<(Name, &str)> {
    let marks = ["***", "**", "__", "<b>", "<strong>"].into_iter().find(|marks| line.starts_with(marks))?;
    let close = match marks {
        "<b>" => "</b>",
        "<strong>" => "</strong>",
        marks => marks,
    };
    let (inner, rest) = slice(line, marks.len()..line.len()).split_once(close)?;
    let mut name = named(&plain(inner))?;
    let rest = rest.trim_start();
    let behind = rest.trim_start_matches([':', '：', '·', '—', '–', '-']).trim_start();
    let timed = escaped_time(behind).or_else(|| mark::leading(behind)).filter(|_| {
        behind.starts_with('\\')
            || behind.starts_with(['[', '(', '（', '【'])
            || behind.len() < rest.len()
            || behind.starts_with(|ch: char| ch.is_ascii_digit())
    });
    let (own, words) = timed
        .map_or((None, behind), |(mark, words)| (Some(mark), words.trim_start_matches([':', '：', ' '])));
    let has_colon = behind.len() < rest.len() && rest.starts_with([':', '：']);
    name.is_marked |= has_colon || own.is_some() || before.is_some();
    name.mark = name.mark.or(own).or(before);
    (name.is_marked || rest.is_empty()).then_some((name, words))
}

/// A name with a time before or behind it, and perhaps a colon.
pub fn named(text: &str) -> Option<Name> {
    let text = text.trim();
    let bare = text.trim_end_matches([':', '：']).trim_end();
    let has_colon = bare.len() < text.len();
    let edges =
        |ch: char| ch.is_whitespace() || matches!(ch, '·' | '—' | '–' | '-' | '|' | ',' | '，' | ':' | '：');
    let (label, mark) = match mark::leading(bare).filter(|(_, rest)| !rest.trim_matches(edges).is_empty()) {
        Some((mark, rest)) => (rest.trim_matches(edges), Some(mark)),
        None => match mark::trailing(bare) {
            Some((before, mark)) => (before.trim_matches(edges), Some(mark)),
            None => (bare, None),
        },
    };
    let is_name = label.contains(char::is_alphabetic)
        && label.chars().count() <= 80
        && !label.contains(['。', '？', '?', '！']);
    is_name.then(|| Name { label: label.to_owned(), mark, is_marked: has_colon || mark.is_some() })
}

/// What names of one sort say: how many, how often again, and how many are marked and surely names.
#[derive(Debug, Default)]
struct Tally {
    counts: BTreeMap<String, usize>,
    all: usize,
    likely: usize,
    said: usize,
    /// With a time.
    timed: usize,
    others: usize,
}

impl Tally {
    fn add(&mut self, name: Option<Name>, words: &str) {
        let Some(name) = name else { return self.others += 1 };
        let standing = standing(&name.label);
        let is_field = standing == Standing::Never && (!name.is_marked || name.label.is_ascii());
        if is_field {
            return self.others += 1;
        }
        self.all += 1;
        self.timed += usize::from(name.mark.is_some());
        self.likely += usize::from(name.is_marked || standing >= Standing::Name);
        // Below the headings of a list of changes are lists.
        self.said +=
            usize::from(is_sentence(words) && (name.is_marked || !words.starts_with(['-', '*', '+', '|'])));
        *self.counts.entry(name.label).or_default() += 1;
    }

    /// How sure it is that they say who speaks.
    fn sureness(&self) -> u8 {
        let again = self.counts.values().filter(|&&count| count > 1).count();
        let often: usize = self.counts.values().filter(|&&count| count > 1).sum();
        let is_most = self.all > self.others;
        match () {
            // Surer than names with times in a chat.
            () if self.timed == self.all && self.others == 0 && self.all > 1 => 96,
            () if !is_most || self.said * 2 < self.all => 0,
            () if self.counts.len() > 1 && again > 0 && self.all > 2 && self.likely * 2 >= self.all => 85,
            () if again > 1 && often * 4 >= (self.all + self.others) * 3 && self.all > 3 => 70,
            () if self.all == 2 && self.counts.len() == 2 && self.likely == 2 => 58,
            () => 0,
        }
    }
}

impl Script {
    /// By the beginning of the text.
    pub fn of(head: &str) -> Self {
        let front = behind_front(head);
        let head = front.unwrap_or(head);
        if front.is_none()
            && !head.contains("\n#")
            && !head.starts_with('#')
            && !head.contains("**")
            && !head.contains("__")
            && !head.contains("<b>")
        {
            return Self::default();
        }
        let (mut levels, mut bold): ([Tally; 7], Tally) = Default::default();
        let mut stamps = 0;
        let mut fenced = false;
        let mut lines = head.lines().map(unquoted).filter(|line| !line.is_empty()).take(2000).peekable();
        while let Some(line) = lines.next() {
            fenced ^= line.starts_with("```");
            if fenced {
                continue;
            }
            let next = lines.peek().copied().unwrap_or_default();
            match sort(line) {
                // Somebody without a name.
                Sort::Heading(_, text) if mark::whole(&text).is_some() => {}
                Sort::Heading(level, text) => levels[level].add(named(&text), next),
                Sort::Bold(name, words) => bold.add(Some(name), if words.is_empty() { next } else { &words }),
                Sort::Words => stamps += usize::from(front.is_some() && stamped(line).is_some()),
            }
        }
        if stamps > 0 {
            return Self { timed: true, sureness: if stamps > 1 { 95 } else { 60 }, ..Self::default() };
        }
        let level = (1..7)
            .max_by_key(|&level| (levels[level].sureness(), levels[level].all))
            .filter(|&level| levels[level].sureness() > 0);
        let (by_level, by_bold) = (level.map_or(0, |level| levels[level].sureness()), bold.sureness());
        // Bold words below a name are stressed.
        let is_bold = by_bold > by_level
            || by_bold == by_level && level.is_none_or(|level| bold.all > levels[level].all);
        if is_bold && by_bold > 0 {
            return Self { bold: true, sureness: by_bold, ..Self::default() };
        }
        Self { level, sureness: by_level, ..Self::default() }
    }
}
