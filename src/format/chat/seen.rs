//! Names of the messages that came last: some are told twice.

use std::collections::{HashSet, VecDeque};

/// So many are known.
const KNOWN: usize = 4096;

/// The names that came last.
#[derive(Debug, Default)]
pub struct Seen {
    names: HashSet<Box<str>>,
    order: VecDeque<Box<str>>,
}

impl Seen {
    /// Whether a name came before; from now on it has. One without a name never did.
    pub fn has(&mut self, name: &str) -> bool {
        if name.is_empty() || name.len() > 1024 {
            return false;
        }
        if !self.names.insert(name.into()) {
            return true;
        }
        self.order.push_back(name.into());
        if self.order.len() > KNOWN
            && let Some(oldest) = self.order.pop_front()
        {
            self.names.remove(&oldest);
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_names_are_known() {
        let mut seen = Seen::default();
        assert_eq!(["", "", "a", "a"].map(|name| seen.has(name)), [false, false, false, true]);
        for number in 0..KNOWN {
            assert!(!seen.has(&number.to_string()));
        }
        assert!(!seen.has("a"));
        assert_eq!(seen.names.len(), KNOWN);
    }
}
