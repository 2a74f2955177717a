//! The one table of keys: modes, keys, action, words, hint priority. Help, hints, README and man page are read
//! from it. A new command is an [`Action`], its arm in `App::act`, and a row here.

mod key;
mod table;

pub use key::{Code, Key};
pub use table::{ROWS, Row};

use crate::action::{Action, Group, Mode};
use crate::lang::Lang;
use std::fmt::Write as _;

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

/// The table, ready for look-up.
#[derive(Debug, Clone)]
pub struct Keymap {
    bindings: Vec<(Mode, Vec<Key>, Action)>,
}

impl Default for Keymap {
    fn default() -> Self {
        let mut bindings = Vec::new();
        for row in ROWS {
            for (keys, action) in row.expanded() {
                bindings.extend(row.modes.iter().map(|&mode| (mode, keys.clone(), action)));
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
        for (bound, keys, action) in &self.bindings {
            if *bound == mode && keys[..] == typed[..] {
                return Lookup::Found(*action);
            }
            begun |= *bound == mode && keys.len() > typed.len() && keys.starts_with(&typed);
        }
        if begun { Lookup::Pending } else { Lookup::Unbound }
    }
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
        let _ = writeln!(out, "| **{name}** | |");
        for row in rows_of(group) {
            let keys: Vec<_> = row.keys.iter().map(|key| format!("`{key}`")).collect();
            let _ = writeln!(out, "| {} | {} |", keys.join(" "), lang.pick(row.zh, row.en));
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
        for (index, (mode, keys, action)) in keymap.bindings.iter().enumerate() {
            for (other_mode, other, other_action) in &keymap.bindings[..index] {
                let clash = mode == other_mode && (keys.starts_with(other) || other.starts_with(keys));
                assert!(!clash, "{keys:?} is {other_action:?} and {action:?} in {mode:?}");
            }
        }
    }

    #[test]
    fn neither_tab_twin_nor_half_an_escape_is_bound() {
        for (_, keys, action) in Keymap::default().bindings {
            for key in keys {
                assert_ne!(key, "Ctrl-i".parse().unwrap(), "{action:?}");
                assert_ne!(key, "Alt-[".parse().unwrap(), "{action:?}");
            }
        }
    }
}
