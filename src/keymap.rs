//! The one table of keys: modes, keys, action, words, hint priority. Help, hints, README and man page are read
//! from it. A new command is an [`Action`], its arm in `App::act`, and a row here.

mod key;
mod names;
mod table;

pub use key::{Code, Key, NAMED};
pub use names::{MODES, NAMES, mode_name, name, named, numbered};
pub use table::{ROWS, Row, expanded};

use crate::action::{Action, Group, Mode};
use crate::lang::Lang;
use std::borrow::Cow;
use std::fmt::Write as _;

/// The key that always leaves: it cannot be taken from what it does.
const WAY_OUT: &str = "Ctrl-c";

/// What a key press leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup {
    /// An action.
    Found(Action),
    /// One of a sequence, and not the last.
    Pending,
    /// Nothing.
    Unbound,
}

/// A key, or a sequence of keys, and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Where.
    pub mode: Mode,
    /// Which keys.
    pub keys: Vec<Key>,
    /// What they do.
    pub action: Action,
    /// As it is told: `n`, `g g`, `1-9`.
    pub told: Cow<'static, str>,
    /// Index of its row in the table.
    row: usize,
}

/// The table, with a user's keys laid over it, ready for look-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

impl Default for Keymap {
    fn default() -> Self {
        let mut bindings = Vec::new();
        for (index, row) in ROWS.iter().enumerate() {
            for told in row.keys {
                for (keys, action) in expanded(told, row.action).unwrap_or_default() {
                    let told = Cow::Borrowed(*told);
                    let bound =
                        |&mode| Binding { mode, keys: keys.clone(), action, told: told.clone(), row: index };
                    bindings.extend(row.modes.iter().map(bound));
                }
            }
        }
        Self { bindings }
    }
}

impl Keymap {
    /// What `key` does in `mode`, after those of a sequence that were typed before.
    pub fn find(&self, mode: Mode, pending: &[Key], key: Key) -> Lookup {
        let typed: Vec<Key> = pending.iter().copied().chain([key]).collect();
        let mut begun = false;
        for bound in self.bindings.iter().filter(|bound| bound.mode == mode) {
            if bound.keys[..] == typed[..] {
                return Lookup::Found(bound.action);
            }
            begun |= bound.keys.len() > typed.len() && bound.keys.starts_with(&typed);
        }
        if begun { Lookup::Pending } else { Lookup::Unbound }
    }

    /// Gives an action other keys in a mode where it works; none takes all but the way out.
    ///
    /// # Errors
    /// What is no key; nothing is bound then.
    pub fn rebind(&mut self, action: Action, mode: Mode, keys: &[&str]) -> Result<(), String> {
        let Some(row) = row_in(action, mode) else { return Ok(()) };
        let index = ROWS.iter().position(|other| std::ptr::eq(other, row)).unwrap_or_default();
        let mut added = Vec::new();
        for told in keys {
            for (keys, action) in expanded(told, action)? {
                let told = Cow::Owned((*told).to_owned());
                added.push(Binding { mode, keys, action, told, row: index });
            }
        }
        let is_same = |bound: &Binding| bound.mode == mode && numbered(bound.action, 1) == row.action;
        let leaves = |bound: &Binding| bound.told == WAY_OUT && !keys.contains(&WAY_OUT);
        self.bindings.retain(|bound| !is_same(bound) || leaves(bound));
        // What somebody has chosen is told before the way out.
        let at = self.bindings.iter().position(|bound| bound.row >= index).unwrap_or(self.bindings.len());
        self.bindings.splice(at..at, added);
        Ok(())
    }

    /// Two bindings of one mode of which only one can be meant.
    pub fn clash(&self) -> Option<(&Binding, &Binding)> {
        let pairs = |mode: Mode| {
            let bound: Vec<_> = self.bindings.iter().filter(|bound| bound.mode == mode).collect();
            bound.iter().enumerate().find_map(|(index, &a)| {
                let clashes = |b: &&&Binding| a.keys.starts_with(&b.keys) || b.keys.starts_with(&a.keys);
                bound.get(..index)?.iter().find(clashes).map(|&b| (b, a))
            })
        };
        MODES.iter().find_map(|(mode, _)| pairs(*mode))
    }

    /// The keys of a row, as they are told; in one mode, or in all.
    pub fn keys_of(&self, row: &Row, mode: Option<Mode>) -> Vec<&str> {
        let is_of_row = |bound: &&Binding| ROWS.get(bound.row).is_some_and(|own| std::ptr::eq(own, row));
        told(
            self.bindings.iter().filter(is_of_row).filter(|bound| mode.is_none_or(|mode| bound.mode == mode)),
        )
    }

    /// The keys of an action in a mode, as they are told.
    pub fn keys_for(&self, action: Action, mode: Mode) -> Vec<&str> {
        let action = numbered(action, 1);
        let is_same = |bound: &&Binding| bound.mode == mode && numbered(bound.action, 1) == action;
        told(self.bindings.iter().filter(is_same))
    }

    /// A sentence in which `{next-hit}` stands for the first key of that action, in a mode if it has one there, or for
    /// its name.
    pub fn fill(&self, sentence: &str, mode: Mode) -> String {
        let (mut filled, mut rest) = (String::new(), sentence);
        while let Some((words, behind)) = rest.split_once('{') {
            filled.push_str(words);
            let placed = behind.split_once('}').and_then(|(name, left)| Some((named(name)?, name, left)));
            let Some((action, name, left)) = placed else {
                filled.push('{');
                rest = behind;
                continue;
            };
            let modes = std::iter::once(mode).chain(modes_of(action));
            match modes.flat_map(|mode| self.keys_for(action, mode)).next() {
                Some(key) => filled.push_str(key),
                None => filled.extend([":", name]),
            }
            rest = left;
        }
        filled.push_str(rest);
        filled
    }
}

/// The keys of some bindings as they are told, each once.
fn told<'a>(bindings: impl Iterator<Item = &'a Binding>) -> Vec<&'a str> {
    let mut keys: Vec<&str> = Vec::new();
    for bound in bindings {
        if !keys.contains(&&*bound.told) {
            keys.push(&bound.told);
        }
    }
    keys
}

/// The first row of an action in a mode.
pub fn row_in(action: Action, mode: Mode) -> Option<&'static Row> {
    let action = numbered(action, 1);
    ROWS.iter().find(|row| row.action == action && row.modes.contains(&mode))
}

/// The modes in which an action works.
pub fn modes_of(action: Action) -> impl Iterator<Item = Mode> {
    MODES.iter().map(|(mode, _)| *mode).filter(move |mode| row_in(action, *mode).is_some())
}

/// The rows of a group.
pub fn rows_of(group: Group) -> impl Iterator<Item = &'static Row> {
    ROWS.iter().filter(move |row| row.group == group)
}

/// The name of a group.
pub const fn group_name(group: Group, lang: Lang) -> &'static str {
    match group {
        Group::Replay => lang.pick("重放", "Replay"),
        Group::Read => lang.pick("阅读", "Read"),
        Group::People => lang.pick("人物", "People"),
        Group::Correct => lang.pick("更正(在人物卡片上)", "Corrections (on the card of a speaker)"),
        Group::Find => lang.pick("查找", "Find"),
        Group::Keep => lang.pick("保存与带走", "Keep and take away"),
        Group::View => lang.pick("画面", "View"),
        Group::Lists => lang.pick("输入与列表", "Prompts and lists"),
    }
}

/// The key table of the README, as Markdown.
pub fn markdown(lang: Lang) -> String {
    let mut out = String::new();
    for group in Group::ALL {
        let name = group_name(group, lang);
        let _ = writeln!(out, "| **{name}** | | |");
        for row in rows_of(group) {
            let keys: Vec<_> = row.keys.iter().map(|key| format!("`{key}`")).collect();
            let (words, name) = (lang.pick(row.zh, row.en), self::name(row.action));
            let _ = writeln!(out, "| {} | {words} | `{name}` |", keys.join(" "));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(mode: Mode, keys: &str) -> Lookup {
        let keymap = Keymap::default();
        let mut pending = Vec::new();
        let mut found = Lookup::Unbound;
        for key in keys.split(' ') {
            let key: Key = key.parse().unwrap();
            found = keymap.find(mode, &pending, key);
            if found == Lookup::Pending { pending.push(key) } else { pending.clear() }
        }
        found
    }

    #[test]
    fn keys_lead_to_actions() {
        for (keys, expected) in [
            ("j", Lookup::Found(Action::RowDown)),
            ("g", Lookup::Pending),
            ("g g", Lookup::Found(Action::Top)),
            ("g x", Lookup::Unbound),
            ("3", Lookup::Found(Action::NumberNext(3))),
            ("0 2", Lookup::Pending),
            ("0 2 8", Lookup::Found(Action::NumberNext(28))),
            ("Alt-3", Lookup::Found(Action::NumberPrevious(3))),
            ("Ctrl-d", Lookup::Found(Action::HalfDown)),
            ("？", Lookup::Found(Action::Help)),
            ("ｑ", Lookup::Found(Action::Quit)),
            ("Ctrl-x", Lookup::Unbound),
        ] {
            assert_eq!(find(Mode::Reading, keys), expected, "{keys}");
        }
        assert_eq!(find(Mode::Prompt, "j"), Lookup::Unbound);
    }

    #[test]
    fn no_key_is_bound_twice_in_a_mode() {
        let keymap = Keymap::default();
        assert_eq!(keymap.clash(), None);
    }

    #[test]
    fn neither_tab_twin_nor_half_an_escape_is_bound() {
        for Binding { keys, action, .. } in Keymap::default().bindings {
            for key in keys {
                assert_ne!(key, "Ctrl-i".parse().unwrap(), "{action:?}");
                assert_ne!(key, "Alt-[".parse().unwrap(), "{action:?}");
            }
        }
    }

    #[test]
    fn other_keys_take_the_place_of_those_of_the_table() {
        let mut keymap = Keymap::default();
        keymap.rebind(Action::HitNext, Mode::Reading, &["Ctrl-g", "g n"]).unwrap();
        let find = |pending: &[Key], key: &str| keymap.find(Mode::Reading, pending, key.parse().unwrap());
        assert_eq!(find(&[], "n"), Lookup::Unbound);
        assert_eq!(find(&[], "Ctrl-g"), Lookup::Found(Action::HitNext));
        assert_eq!(find(&["g".parse().unwrap()], "n"), Lookup::Found(Action::HitNext));
        assert_eq!(keymap.keys_for(Action::HitNext, Mode::Reading), ["Ctrl-g", "g n"]);
        let people = keymap.find(Mode::People, &[], "n".parse().unwrap());
        assert_eq!(people, Lookup::Found(Action::HitNext), "only where it was asked for");
        assert_eq!(keymap.rebind(Action::Top, Mode::Reading, &["g Gg"]), Err("Gg".to_owned()));
    }

    #[test]
    fn there_is_always_a_way_out() {
        let mut keymap = Keymap::default();
        for (action, _) in NAMES {
            for mode in modes_of(action) {
                keymap.rebind(action, mode, &[]).unwrap();
            }
        }
        for (mode, _) in MODES {
            let found = keymap.find(mode, &[], "Ctrl-c".parse().unwrap());
            assert!(matches!(found, Lookup::Found(Action::Quit | Action::Cancel)), "{mode:?}: {found:?}");
        }
    }

    #[test]
    fn numbers_are_bound_as_a_whole() {
        let mut keymap = Keymap::default();
        keymap.rebind(Action::NumberNext(1), Mode::Reading, &["g 1-9"]).unwrap();
        assert_eq!(keymap.keys_for(Action::NumberNext(7), Mode::Reading), ["g 1-9"]);
        let g: Key = "g".parse().unwrap();
        assert_eq!(
            keymap.find(Mode::Reading, &[g], "7".parse().unwrap()),
            Lookup::Found(Action::NumberNext(7))
        );
        assert_eq!(keymap.clash(), None);
        keymap.rebind(Action::Mute, Mode::Reading, &["g"]).unwrap();
        let (a, b) = keymap.clash().unwrap();
        assert!([a.action, b.action].contains(&Action::Mute));
    }

    #[test]
    fn a_sentence_names_the_keys_of_the_user() {
        let mut keymap = Keymap::default();
        assert_eq!(keymap.fill("按 {hear-all} 恢复", Mode::Reading), "按 X 恢复");
        keymap.rebind(Action::HearAll, Mode::Reading, &["g h"]).unwrap();
        assert_eq!(keymap.fill("按 {hear-all} 恢复", Mode::Reading), "按 g h 恢复");
        assert_eq!(keymap.fill("{hear-all} {new-break}", Mode::Breaks), "g h n");
        for mode in [Mode::Reading, Mode::People] {
            keymap.rebind(Action::HearAll, mode, &[]).unwrap();
        }
        assert_eq!(keymap.fill("{hear-all} shows {what}.", Mode::Reading), ":hear-all shows {what}.");
    }

    #[test]
    fn names_are_told_apart_and_read_back() {
        for (action, name) in NAMES {
            assert_eq!((self::name(action), named(name)), (name, Some(action)));
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}");
        }
        for (mode, name) in MODES {
            assert_eq!(mode_name(mode), name);
        }
    }
}
