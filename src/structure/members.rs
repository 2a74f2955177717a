//! What is known of each speaker.

use super::byline::split;
use super::exchanges::Part;
use crate::text::slice;
use crate::transcript::{PostId, Role, Speaker};
use std::ops::Range;

/// What is known of a speaker. There may be a million of them: no text is copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The part in the record.
    pub role: Role,
    /// How many posts.
    pub posts: usize,
    /// Characters in them.
    pub chars: usize,
    /// The first of them, if there is any.
    pub first: PostId,
    /// The last of them, if there is any.
    pub last: PostId,
    name: Range<u32>,
    title: Range<u32>,
}

impl Member {
    /// A speaker who has said nothing yet.
    pub fn new(speaker: &Speaker, role: Role) -> Self {
        let (name, title) = split(&speaker.label);
        Self {
            role,
            posts: 0,
            chars: 0,
            first: PostId::default(),
            last: PostId::default(),
            name: name.start as u32..name.end as u32,
            title: title.start as u32..title.end as u32,
        }
    }

    /// The name: split from the byline where that is certain, else the whole byline.
    pub fn name<'a>(&self, speaker: &'a Speaker) -> &'a str {
        part(&speaker.label, &self.name)
    }

    /// Whether the byline is empty: what nobody said, such as a cue.
    pub const fn is_nameless(&self) -> bool {
        self.name.start == self.name.end
    }

    /// What the speaker does in exchanges.
    pub fn part(&self) -> Part {
        if self.is_nameless() { Part::Aside } else { Part::from(&self.role) }
    }

    /// Office or title, where the byline holds one.
    pub fn title<'a>(&self, speaker: &'a Speaker) -> &'a str {
        part(&speaker.label, &self.title)
    }

    /// Has said nothing yet.
    pub fn forget(&mut self) {
        (self.posts, self.chars) = (0, 0);
        (self.first, self.last) = (PostId::default(), PostId::default());
    }

    /// Takes in that a post is about to be taken in.
    pub fn meet(&mut self, id: PostId) {
        if self.posts == 0 {
            self.first = id;
        }
    }

    /// Takes in a post of so many characters.
    pub fn take(&mut self, id: PostId, chars: u64) {
        self.last = id;
        self.posts += 1;
        self.chars += chars as usize;
    }
}

fn part<'a>(label: &'a str, range: &Range<u32>) -> &'a str {
    slice(label, range.start as usize..range.end as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_members_are_light() {
        assert!(size_of::<Member>() <= 64, "{}", size_of::<Member>());
    }
}
