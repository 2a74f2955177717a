//! Completing the line of commands: what could be meant, by names, words and places.

use super::candidates::{Candidate, Candidates};
use super::order;
use super::state::App;
use crate::action::{Action, Mode, PromptKind};
use crate::config::{self, Entry};
use crate::keymap::{NAMES, ROWS, Row, named, row_in};
use crate::query::{EXCHANGE, fold};
use crate::text::pinyin::Query;
use tui_input::Input;

/// More are not listed.
const MOST: usize = 60;

impl App {
    /// Looks for what the line may be completed to.
    pub(super) fn find_candidates(&mut self) {
        let typed: String = self.input.value().chars().map(fold).collect();
        let all = match typed.trim_start().rsplit_once(char::is_whitespace) {
            _ if self.prompt != PromptKind::GoTo => Vec::new(),
            None => self.commands_like(typed.trim_start()),
            Some((before, last)) => self.values_like(before, last),
        };
        self.candidates = Candidates { all, chosen: None, ..self.candidates };
    }

    /// Completes the line as far as is certain; then takes one candidate after the other.
    pub(super) fn complete(&mut self, by: isize) {
        let typed = self.input.value();
        let common = self.candidates.common(typed);
        let goes_on = common.len() > typed.len();
        if by > 0 && self.candidates.chosen.is_none() && goes_on {
            self.input = Input::from(common.to_owned());
            return self.find_candidates();
        }
        if let Some(found) = self.candidates.choose(by) {
            self.input = Input::from(found.line.clone());
        }
    }

    /// Puts a candidate in the line; behind the name of a setting stand then its values.
    pub(super) fn take_candidate(&mut self, index: usize) {
        let Some(found) = self.candidates.all.get(index) else { return };
        self.input = Input::from(found.line.clone());
        self.candidates.chosen = Some(index);
        if self.input.value().ends_with(' ') {
            self.find_candidates();
        }
    }

    fn commands_like(&self, typed: &str) -> Vec<Candidate> {
        if let Some(name) = typed.strip_prefix('@') {
            return self.speakers_like("", name);
        }
        if typed.is_empty() {
            return Vec::new();
        }
        let mut all: Vec<(u8, Candidate)> = Vec::new();
        for (action, name) in NAMES {
            if let Some((likely, line)) = self.action_like(action, name, typed) {
                all.push((likely, self.told_action(action, line)));
            }
        }
        let mut with_value = |name: &str, words: &str| {
            if let Some(likely) = likeness(name, typed) {
                all.push((likely, candidate((format!("{name} "), name), words)));
            }
        };
        for (english, chinese, example) in order::WORDS {
            let is_chinese = !typed.is_ascii();
            with_value(if is_chinese { chinese } else { english }, example);
        }
        for entry in config::entries().filter(|entry| !order::is_order(entry.key) && entry.key != "resume") {
            with_value(entry.key, self.lang.pick(entry.zh, entry.en));
        }
        for name in EXCHANGE {
            with_value(name, self.lang.pick("到第几组问答", "to an exchange by its number"));
        }
        all.sort_by_key(|(likely, _)| *likely);
        all.into_iter().map(|(_, candidate)| candidate).take(MOST).collect()
    }

    /// How likely an action is meant that can be done where one comes from, and the line for it.
    fn action_like(&self, action: Action, name: &str, typed: &str) -> Option<(u8, String)> {
        let row = row_in(action, self.candidates.from)?;
        let by_name = likeness(name, typed).map(|likely| (likely, name.to_owned()));
        let short = short(row.zh);
        by_name.or_else(|| {
            short.contains(typed).then(|| (u8::from(!short.starts_with(typed)), short.to_owned()))
        })
    }

    fn told_action(&self, action: Action, line: String) -> Candidate {
        let words = row_in(action, self.candidates.from).map_or("", |row| self.lang.pick(row.zh, row.en));
        let key =
            self.config.keymap.keys_for(action, self.candidates.from).first().copied().unwrap_or_default();
        Candidate { name: line.clone(), line, words: words.to_owned(), key: key.to_owned() }
    }

    fn values_like(&self, before: &str, last: &str) -> Vec<Candidate> {
        if let Some(name) = last.strip_prefix('@') {
            return self.speakers_like(before, name);
        }
        let Some(entry) = config::entry(order::english(before)) else { return Vec::new() };
        let words = self.values(entry);
        let fitting = words.into_iter().filter(|word| word.starts_with(last));
        fitting.map(|word| candidate((format!("{before} {word}"), &word), "")).collect()
    }

    /// The words that a setting may be.
    fn values(&self, entry: &Entry) -> Vec<String> {
        match entry.kind {
            config::Kind::Theme => self.config.theme_names(),
            _ => entry.words(),
        }
    }

    /// Speakers by name or pinyin, the name first that begins so.
    fn speakers_like(&self, before: &str, typed: &str) -> Vec<Candidate> {
        let query = Query::new(typed);
        let gap = if before.is_empty() { "" } else { " " };
        let mut found: Vec<_> = self
            .structure
            .people()
            .map(|id| (id, self.structure.name(&self.transcript, id)))
            .filter(|(_, name)| !name.is_empty() && query.is_in(name))
            .take(MOST)
            .collect();
        found.sort_by_key(|(_, name)| !name.starts_with(typed));
        let told = |(id, name): (_, &str)| Candidate {
            line: format!("{before}{gap}@{name}"),
            name: format!("@{name}"),
            words: self.structure.title(&self.transcript, id).to_owned(),
            key: String::new(),
        };
        found.into_iter().map(told).collect()
    }
}

fn candidate((line, name): (String, &str), words: &str) -> Candidate {
    Candidate { line, name: name.to_owned(), words: words.to_owned(), key: String::new() }
}

/// How likely a name is meant by what is typed, 0 the likeliest: it begins so, or a part of it does.
fn likeness(name: &str, typed: &str) -> Option<u8> {
    if name.starts_with(typed) {
        return Some(0);
    }
    name.split('-').any(|part| part.starts_with(typed)).then_some(1)
}

/// What an action is called in Chinese: its words up to the first sign.
pub(super) fn short(words: &str) -> &str {
    words.split([':', ',', '/', '(', '、']).next().unwrap_or_default().trim()
}

/// The action of a name in either language, if it can be of those that can be done in a mode.
pub(super) fn action_called(called: &str, mode: Mode) -> Option<Action> {
    let is_called = |row: &&Row| short(row.zh) == called;
    let there = || NAMES.iter().find(|(action, _)| row_in(*action, mode).is_some_and(|row| is_called(&row)));
    let anywhere = || ROWS.iter().find(is_called).map(|row| row.action);
    named(called).or_else(|| there().map(|(action, _)| *action)).or_else(anywhere)
}

/// Every name that a command may begin with, to find the nearest one.
pub(super) fn known() -> impl Iterator<Item = &'static str> {
    let actions = NAMES.iter().map(|(_, name)| *name);
    let orders = order::WORDS.iter().map(|(english, ..)| *english);
    actions.chain(orders).chain(config::entries().map(|entry| entry.key)).chain([EXCHANGE[0]])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::MODES;

    #[test]
    fn no_two_actions_of_a_mode_are_called_the_same() {
        for (mode, _) in MODES {
            let mut called: Vec<(&str, Action)> = Vec::new();
            for (action, _) in NAMES {
                let Some(row) = row_in(action, mode) else { continue };
                let short = short(row.zh);
                let same = called.iter().find(|(other, _)| *other == short);
                assert_eq!(same, None, "{short} is also {action:?} in {mode:?}");
                called.push((short, action));
            }
        }
    }

    #[test]
    fn no_name_means_two_things() {
        let mut names: Vec<_> = known().collect();
        names.retain(|name| !order::is_order(name));
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
