//! How much each post says, in characters: counted, or estimated where the record is too large for memory.
//!
//! A record that is read from a file on demand is not read twice for this: of such a record the first [`SAMPLE`]
//! bytes of bodies are counted, and the rest is estimated by what a byte of those has given.

use crate::text::count;
use crate::transcript::{PAGE, Packed, PostId, Transcript};
use std::ops::Range;

/// Bytes of bodies that are counted even if they are not in memory.
pub const SAMPLE: usize = 1 << 20;

/// Characters of each post, and of all posts before each page of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chars {
    column: Packed,
    before: Vec<u64>,
    total: u64,
    counted: Counted,
    last: Last,
}

/// What was counted, the last post left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counted {
    bytes: usize,
    chars: u64,
    /// Characters in [`SAMPLE`] bytes of it.
    rate: u64,
}

impl Counted {
    fn add(&mut self, bytes: usize, chars: u64) {
        self.bytes += bytes;
        self.chars += chars;
        self.rate = (u128::from(self.chars) * SAMPLE as u128 / self.bytes.max(1) as u128) as u64;
    }

    /// Characters that so many bytes would have.
    fn estimate(self, bytes: usize) -> u64 {
        (bytes as u64).saturating_mul(self.rate) / SAMPLE as u64
    }
}

/// The last post, whose body may still grow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Last {
    body: Range<usize>,
    chars: u64,
    is_counted: bool,
}

impl Chars {
    pub fn len(&self) -> usize {
        self.column.len()
    }

    /// Takes in the next post; says how much it says.
    pub fn take(&mut self, transcript: &Transcript) -> u64 {
        if self.last.is_counted {
            self.counted.add(self.last.body.len(), self.last.chars);
        }
        let id = PostId::new(self.len());
        let body = transcript.body_range(id);
        (self.last.chars, self.last.is_counted) = self.measured(transcript, id, &body);
        self.last.body = body;
        if id.index().is_multiple_of(PAGE) {
            self.before.push(self.total);
        }
        self.column.push(self.last.chars);
        self.total += self.last.chars;
        self.last.chars
    }

    /// Looks at the last post again; says how much it said and says now, if its body has grown.
    pub fn retake(&mut self, transcript: &Transcript) -> Option<(u64, u64)> {
        let id = PostId::new(self.len().checked_sub(1)?);
        let body = transcript.body_range(id);
        if body == self.last.body {
            return None;
        }
        let old = std::mem::take(&mut self.last);
        let goes_on = old.is_counted && body.start == old.body.start && body.end > old.body.end;
        self.last = if goes_on && transcript.source().in_memory(&body) {
            let more = transcript.source().text(old.body.end..body.end);
            Last { body, chars: old.chars + count::chars(&more) as u64, is_counted: true }
        } else {
            let (chars, is_counted) = self.measured(transcript, id, &body);
            Last { body, chars, is_counted }
        };
        self.column.pop();
        self.column.push(self.last.chars);
        self.total = self.total - old.chars + self.last.chars;
        Some((old.chars, self.last.chars))
    }

    /// Characters of a body, and whether they were counted.
    fn measured(&self, transcript: &Transcript, id: PostId, body: &Range<usize>) -> (u64, bool) {
        let in_sample = self.counted.bytes + body.len() <= SAMPLE;
        if in_sample || transcript.source().in_memory(body) {
            return (count::chars(&transcript.body(id)) as u64, true);
        }
        let mut known = self.counted;
        if known.bytes == 0 {
            let (_, sample) = transcript.part(id, 0..SAMPLE);
            known.add(sample.len(), count::chars(&sample) as u64);
        }
        (known.estimate(body.len()), false)
    }

    /// Characters of a post.
    pub fn get(&self, id: PostId) -> u64 {
        self.column.get(id.index())
    }

    /// Characters of all posts.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Characters of each post from one on.
    pub fn from(&self, from: PostId) -> impl Iterator<Item = u64> {
        self.column.from(from.index())
    }

    /// Characters of a run of posts.
    pub fn between(&self, posts: &Range<usize>) -> u64 {
        if posts.len() <= PAGE {
            return posts.clone().map(|index| self.column.get(index)).sum();
        }
        self.upto(posts.end) - self.upto(posts.start)
    }

    /// Characters of the posts before an index.
    fn upto(&self, index: usize) -> u64 {
        let index = index.min(self.len());
        let Some(&before) = self.before.get(index / PAGE) else { return self.total };
        before + (index / PAGE * PAGE..index).map(|index| self.column.get(index)).sum::<u64>()
    }

    /// Bytes that are held.
    pub fn size(&self) -> usize {
        self.column.size() + self.before.len() * size_of::<u64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{Draft, Extent, Post};
    use std::io::Write;
    use std::sync::Arc;

    /// A record of bodies of so many bytes, three to a character, whose source is in memory or in a file.
    fn record(sizes: &[usize], in_memory: bool) -> Transcript {
        let text = "字".repeat(sizes.iter().sum::<usize>() / 3);
        let mut draft = Draft::default();
        let extent = if in_memory {
            Extent::Memory(text.into())
        } else {
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(text.as_bytes()).unwrap();
            Extent::File { file: Arc::new(file), at: 0, len: text.len() }
        };
        let mut at = draft.append(extent);
        for size in sizes {
            draft.push(Post { body: at..at + size, ..Post::default() });
            at += size;
        }
        Transcript::from(draft.take())
    }

    fn counted(transcript: &Transcript) -> Chars {
        let mut chars = Chars::default();
        for _ in transcript.ids() {
            chars.take(transcript);
        }
        chars
    }

    #[test]
    fn any_run_of_posts_is_summed_as_one_by_one() {
        let sizes: Vec<usize> = (0..300).map(|index| index % 17 * 3).collect();
        let chars = counted(&record(&sizes, true));
        for start in [0, 1, 63, 64, 65, 130, 299, 300] {
            for end in (start..=300).step_by(7) {
                let expected: usize = sizes[start..end].iter().map(|size| size / 3).sum();
                assert_eq!(chars.between(&(start..end)), expected as u64, "{start}..{end}");
            }
        }
        assert_eq!(chars.total(), chars.between(&(0..300)));
    }

    #[test]
    fn what_is_not_in_memory_is_estimated_behind_the_sample() {
        let sizes = [600_000, 300_000, 300_000, 30, 3_000_000];
        let (held, read) = (counted(&record(&sizes, true)), counted(&record(&sizes, false)));
        let is_close =
            |index: usize| held.get(PostId::new(index)).abs_diff(read.get(PostId::new(index))) <= 1;
        assert!((0..sizes.len()).all(is_close), "{held:?} {read:?}");
        assert_eq!(read.counted.bytes, 900_030);
    }

    #[test]
    fn a_first_post_larger_than_the_sample_is_estimated_by_its_own_beginning() {
        let read = counted(&record(&[6_000_000], false));
        assert!(read.total().abs_diff(2_000_000) < 10, "{}", read.total());
    }

    #[test]
    fn a_body_that_grows_is_counted_as_at_once() {
        let mut draft = Draft::default();
        let (mut transcript, mut chars) = (Transcript::default(), Chars::default());
        for step in 0..200 {
            let more = draft.append_text(["一 二", "", "\n三"][step % 3]);
            if step % 5 == 0 {
                draft.push(Post { body: more, ..Post::default() });
            } else {
                draft.extend_body(more.start, more.end);
            }
            transcript.grow(draft.take());
            chars.retake(&transcript);
            while chars.len() < transcript.len() {
                chars.take(&transcript);
            }
        }
        assert_eq!(chars, counted(&transcript));
    }
}
