//! Who posts: bylines of accounts, and the roles that a file declares of them.

use crate::transcript::{Declared, Draft, Role};
use std::borrow::Cow;
use std::collections::HashMap;

/// Which account a byline belongs to.
#[derive(Debug, Default)]
pub struct People(HashMap<Box<str>, Box<str>>);

impl People {
    /// The byline of an account: its name; with its handle behind it if another account had that name before.
    pub fn byline<'a>(&mut self, name: &'a str, account: &str, handle: &str) -> Cow<'a, str> {
        match self.0.get(name) {
            Some(owner) if &**owner == account || account.is_empty() => {}
            Some(_) if handle.is_empty() || handle == name => {}
            Some(_) => return Cow::Owned(format!("{name} ({handle})")),
            None => {
                self.0.insert(name.into(), account.into());
            }
        }
        Cow::Borrowed(name)
    }
}

impl People {
    /// Declares the role of somebody who has not posted yet.
    pub fn declare(label: &str, role: Option<Role>, out: &mut Draft) {
        if role.is_some() && out.speaker(label.as_bytes()).is_none() {
            let speaker = out.intern(label);
            out.speaker_mut(speaker).declare(Declared { role, ..Declared::default() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_accounts_of_one_name_are_two_speakers() {
        let mut people = People::default();
        for (name, account, handle, label) in [
            ("王", "1", "wang", "王"),
            ("王", "2", "wang2", "王 (wang2)"),
            ("王", "1", "wang", "王"),
            ("王", "", "", "王"),
            ("王", "3", "", "王"),
        ] {
            assert_eq!(people.byline(name, account, handle), label);
        }
    }

    #[test]
    fn a_role_is_declared_once() {
        let mut out = Draft::default();
        People::declare("a", Some(Role::Bot), &mut out);
        People::declare("a", Some(Role::Admin), &mut out);
        People::declare("b", None, &mut out);
        let id = out.speaker(b"a").unwrap();
        assert_eq!(out.speaker_mut(id).declared().role, Some(Role::Bot));
        assert_eq!(out.speaker(b"b"), None);
    }
}
