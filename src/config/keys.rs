//! The keys of the user, laid over the table: `[keys]`, an action a line; by modes where it needs to be finer.

use super::fault::{Flaw, Thing, What};
use super::nearest::nearest;
use super::own_theme::told;
use crate::action::{Action, Mode};
use crate::keymap::{
    Code, Key, Keymap, MODES, NAMED, NAMES, mode_name, modes_of, name, named, numbered, row_in,
};
use std::ops::Range;
use toml_edit::{Item, TableLike, Value};

/// Keys that are another one in most terminals.
const TWINS: [(&str, &str); 4] =
    [("Ctrl-i", "Tab"), ("Ctrl-m", "Enter"), ("Ctrl-[", "Esc"), ("Alt-[", "a sequence of the terminal")];

/// Where somebody stands in the file who gives an action its keys.
type Asked = Vec<(Action, Option<Range<usize>>)>;

/// Lays the keys of the user over the table.
pub fn read(table: &dyn TableLike, keymap: &mut Keymap) -> Result<(), Flaw> {
    let mut asked = Asked::new();
    for (key, item) in table.iter() {
        let span = table.key(key).and_then(toml_edit::Key::span);
        let unknown = || {
            let near = nearest(key, NAMES.iter().map(|(_, name)| *name));
            (span.clone(), What::Unknown(Thing::Action, key.to_owned(), near.map(str::to_owned)))
        };
        let action = named(key).ok_or_else(unknown)?;
        asked.push((action, span));
        if let Some(by_mode) = item.as_table_like() {
            by_modes(by_mode, action, keymap)?;
            continue;
        }
        let keys = keys(key, item)?;
        for mode in modes_of(action) {
            bind((action, mode), &keys, item, keymap)?;
        }
    }
    no_clash(keymap, &asked)
}

fn by_modes(table: &dyn TableLike, action: Action, keymap: &mut Keymap) -> Result<(), Flaw> {
    for (key, item) in table.iter() {
        let works = |mode: &&(Mode, &str)| mode.1 == key && row_in(action, mode.0).is_some();
        let unknown = || {
            let near = nearest(key, modes_of(action).map(mode_name)).map(str::to_owned);
            let span = table.key(key).and_then(toml_edit::Key::span);
            (span, What::Unknown(Thing::Mode, key.to_owned(), near))
        };
        let (mode, _) = MODES.iter().find(works).ok_or_else(unknown)?;
        bind((action, *mode), &keys(key, item)?, item, keymap)?;
    }
    Ok(())
}

/// One key, or several.
fn keys<'a>(key: &str, item: &'a Item) -> Result<Vec<&'a str>, Flaw> {
    if let Some(one) = item.as_str() {
        return Ok(vec![one]);
    }
    let all = item.as_array().and_then(|array| array.iter().map(Value::as_str).collect());
    let allowed = "[\"n\", \"Ctrl-g\", \"g n\"]".to_owned();
    all.ok_or_else(|| (item.span(), What::Value(key.to_owned(), told(item), allowed, None)))
}

fn bind((action, mode): (Action, Mode), keys: &[&str], item: &Item, keymap: &mut Keymap) -> Result<(), Flaw> {
    for told in keys {
        if let Some((key, twin)) = TWINS.iter().find(|(key, _)| told.split(' ').any(|part| part == *key)) {
            return Err((item.span(), What::Twins((*key).to_owned(), twin)));
        }
        let first = told.split(' ').next().and_then(|first| first.parse::<Key>().ok());
        let is_text = first.is_some_and(|key| matches!(key.code, Code::Char(_)) && !key.ctrl && !key.alt);
        if is_text && matches!(mode, Mode::Prompt | Mode::Finder | Mode::Note) {
            return Err((item.span(), What::Text((*told).to_owned(), mode)));
        }
    }
    keymap.rebind(action, mode, keys).map_err(|key| {
        let bare = key.rsplit('-').next().unwrap_or_default();
        let near = nearest(bare, NAMED.iter().map(|(name, _)| *name)).map(str::to_owned);
        (item.span(), What::Unknown(Thing::Key, key, near))
    })
}

fn no_clash(keymap: &Keymap, asked: &Asked) -> Result<(), Flaw> {
    let Some((one, other)) = keymap.clash() else { return Ok(()) };
    let place = |action: Action| {
        let found = asked.iter().rev().find(|(known, _)| *known == numbered(action, 1));
        found.and_then(|(_, span)| span.clone())
    };
    let span = place(other.action).or_else(|| place(one.action));
    let shorter = if one.keys.len() <= other.keys.len() { one } else { other };
    Err((span, What::Clash(shorter.told.to_string(), one.mode, [name(one.action), name(other.action)])))
}
