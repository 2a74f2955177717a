//! What a record is known by wherever it lies and however much it has grown: its first posts.

use super::place::fnv1a;
use crate::marks::Check;
use crate::transcript::{PostId, Transcript};

/// So many posts are looked at.
const POSTS: usize = 16;

/// So many bytes of each.
const BYTES: usize = 200;

/// The print of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// A hash of the first post.
    pub first: u32,
    /// Hashes of the first post, of the first two and so on.
    hashes: Vec<u64>,
}

impl Print {
    /// That of a record that has a post.
    pub fn of(transcript: &Transcript) -> Option<Self> {
        if transcript.is_empty() {
            return None;
        }
        let (mut read, mut hashes) = (Vec::new(), Vec::new());
        for post in (0..transcript.len().min(POSTS)).map(PostId::new) {
            let Check { at, by, .. } = Check::of(transcript, post);
            for part in [at.as_str(), &by, &transcript.part(post, 0..BYTES).1] {
                read.extend_from_slice(part.trim_end().as_bytes());
                read.push(0);
            }
            hashes.push(fnv1a(&read));
        }
        let Check { at, by, begins } = Check::of(transcript, PostId::default());
        let first = fnv1a([at, by, begins].join("\0").as_bytes());
        Some(Self { first: (first ^ (first >> 32)) as u32, hashes })
    }

    /// How many posts are told by, and their hash. The last post may not be complete and does not count.
    pub fn told(&self) -> (usize, u64) {
        let posts = if self.hashes.len() < POSTS { (self.hashes.len() - 1).max(1) } else { POSTS };
        (posts, self.hashes.get(posts - 1).copied().unwrap_or_default())
    }

    /// Whether that was told of this record.
    pub fn is_of(&self, (posts, hash): (usize, u64)) -> bool {
        posts.checked_sub(1).and_then(|index| self.hashes.get(index)) == Some(&hash)
    }
}
