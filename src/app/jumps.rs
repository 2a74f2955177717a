//! The jump list: where one was before each jump.

use crate::transcript::PostId;

const LONGEST: usize = 100;

/// Places left behind, and the one that stands now among them.
#[derive(Debug, Clone, Default)]
pub struct Jumps {
    places: Vec<PostId>,
    at: usize,
}

impl Jumps {
    /// Notes that `from` was left by a jump; what lay forward is forgotten.
    pub fn leave(&mut self, from: PostId) {
        self.places.truncate(self.at);
        if self.places.last() != Some(&from) {
            self.places.push(from);
        }
        if self.places.len() > LONGEST {
            self.places.remove(0);
        }
        self.at = self.places.len();
    }

    /// The place before the last jump; `here` is kept as the way forward.
    pub fn back(&mut self, here: PostId) -> Option<PostId> {
        if self.at == self.places.len() && self.places.last() != Some(&here) {
            self.places.push(here);
        } else if self.at == self.places.len() {
            self.at = self.at.checked_sub(1)?;
        }
        self.at = self.at.checked_sub(1)?;
        self.places.get(self.at).copied()
    }

    /// The place one came back from.
    pub fn forward(&mut self) -> Option<PostId> {
        let next = self.places.get(self.at + 1).copied()?;
        self.at += 1;
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_comes_back_the_way_one_went() {
        let post = PostId::new;
        assert_eq!(Jumps::default().back(post(0)), None);
        let mut jumps = Jumps::default();
        jumps.leave(post(1));
        jumps.leave(post(5));
        assert_eq!(jumps.back(post(9)), Some(post(5)));
        assert_eq!(jumps.back(post(5)), Some(post(1)));
        assert_eq!(jumps.back(post(1)), None);
        assert_eq!(jumps.forward(), Some(post(5)));
        assert_eq!(jumps.forward(), Some(post(9)));
        assert_eq!(jumps.forward(), None);
    }

    #[test]
    fn a_new_jump_forgets_what_lay_forward() {
        let post = PostId::new;
        let mut jumps = Jumps::default();
        jumps.leave(post(1));
        jumps.leave(post(2));
        assert_eq!(jumps.back(post(3)), Some(post(2)));
        jumps.leave(post(2));
        assert_eq!(jumps.forward(), None);
        assert_eq!(jumps.back(post(7)), Some(post(2)));
    }
}
