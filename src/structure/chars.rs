//! How much each post says, in characters: counted, or estimated where the record is too large for memory.
//!
//! A record that is read from a file on demand is not read twice for this: of such a record the first [`SAMPLE`]
//! bytes of bodies are counted, and the rest is estimated by what a byte of those has given.

use super::sums::Sums;
use crate::text::beginning;
use crate::text::count;
use crate::transcript::{PostId, Transcript};
use std::ops::Range;

/// Bytes of bodies that are counted even if they are not in memory.
pub const SAMPLE: usize = 1 << 20;

/// How long a post takes to read is told by so many of its first bytes.
const READ: usize = 1 << 16;

/// Characters of each post, and how many fewer it is read as.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chars {
    said: Sums,
    /// Nothing but for posts that are read word by word.
    saved: Sums,
    counted: Counted,
    last: Last,
}

/// What was counted, the last post left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counted {
    bytes: usize,
    chars: u64,
    saved: u64,
    /// Characters in [`SAMPLE`] bytes of it.
    rate: u64,
}

impl Counted {
    fn add(&mut self, bytes: usize, size: Size) {
        self.bytes += bytes;
        self.chars += size.chars;
        self.saved += size.saved;
        self.rate = (u128::from(self.chars) * SAMPLE as u128 / self.bytes.max(1) as u128) as u64;
    }

    /// What so many bytes would have.
    fn estimate(self, bytes: usize) -> Size {
        let chars = (bytes as u64).saturating_mul(self.rate) / SAMPLE as u64;
        Size { chars, saved: share(self.saved, chars, self.chars) }
    }
}

/// How much is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Size {
    chars: u64,
    saved: u64,
}

impl Size {
    /// A text that begins with these words and has so many characters.
    fn of(first_words: &str, chars: u64) -> Self {
        let first = count::chars(first_words);
        let saved = first - count::reading(first_words, first);
        Self { chars, saved: share(saved as u64, chars, first as u64) }
    }
}

/// `value`, which is of `whole`, for `part` instead.
fn share(value: u64, part: u64, whole: u64) -> u64 {
    if part == whole {
        value
    } else {
        (u128::from(value) * u128::from(part) / u128::from(whole.max(1))) as u64
    }
}

/// The last post, whose body may still grow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Last {
    body: Range<usize>,
    size: Size,
    is_counted: bool,
}

impl Chars {
    pub fn len(&self) -> usize {
        self.said.len()
    }

    /// Takes in the next post; says how much it says.
    pub fn take(&mut self, transcript: &Transcript) -> u64 {
        if self.last.is_counted {
            self.counted.add(self.last.body.len(), self.last.size);
        }
        let id = PostId::new(self.len());
        let body = transcript.body_range(id);
        let (size, is_counted) = self.measured(transcript, id, &body);
        self.last = Last { body, size, is_counted };
        self.said.push(size.chars);
        self.saved.push(size.saved);
        size.chars
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
            let chars = old.size.chars + count::chars(&more) as u64;
            let size = Size::of(&transcript.part(id, 0..READ).1, chars);
            Last { body, size, is_counted: true }
        } else {
            let (size, is_counted) = self.measured(transcript, id, &body);
            Last { body, size, is_counted }
        };
        self.said.replace_last(self.last.size.chars);
        self.saved.replace_last(self.last.size.saved);
        Some((old.size.chars, self.last.size.chars))
    }

    /// How much a body says, and whether that was counted.
    fn measured(&self, transcript: &Transcript, id: PostId, body: &Range<usize>) -> (Size, bool) {
        let in_sample = self.counted.bytes + body.len() <= SAMPLE;
        if in_sample || transcript.source().in_memory(body) {
            let text = transcript.body(id);
            return (Size::of(beginning(&text, READ), count::chars(&text) as u64), true);
        }
        let mut known = self.counted;
        if known.bytes == 0 {
            let (_, sample) = transcript.part(id, 0..SAMPLE);
            known.add(sample.len(), Size::of(beginning(&sample, READ), count::chars(&sample) as u64));
        }
        (known.estimate(body.len()), false)
    }

    /// Characters of a post.
    pub fn get(&self, id: PostId) -> u64 {
        self.said.get(id.index())
    }

    /// Characters of all posts.
    pub fn total(&self) -> u64 {
        self.said.total()
    }

    /// Characters of each post from one on.
    pub fn from(&self, from: PostId) -> impl Iterator<Item = u64> {
        self.said.from(from.index())
    }

    /// Characters of a run of posts.
    pub fn between(&self, posts: &Range<usize>) -> u64 {
        self.said.between(posts)
    }

    /// As how many characters a post is read.
    pub fn reading(&self, id: PostId) -> u64 {
        self.said.get(id.index()) - self.saved.get(id.index())
    }

    /// As how many characters each post is read from one on.
    pub fn reading_from(&self, from: PostId) -> impl Iterator<Item = u64> {
        let saved = self.saved.from(from.index());
        self.said.from(from.index()).zip(saved).map(|(chars, saved)| chars - saved)
    }

    /// As how many characters a run of posts is read.
    pub fn reading_between(&self, posts: &Range<usize>) -> u64 {
        self.said.between(posts) - self.saved.between(posts)
    }

    /// Bytes that are held.
    pub fn size(&self) -> usize {
        self.said.size() + self.saved.size()
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

    #[test]
    fn a_post_in_latin_letters_is_read_by_its_words() {
        let english = "It is ten o'clock; the meeting begins.";
        for (text, reading) in
            [("汉字多, and", 4 + 3), ("汉字 and so on", 2 + 3), (english, 7 * 9 / 8), ("质量", 2), ("", 0)]
        {
            let mut draft = Draft::default();
            let body = draft.append_text(text);
            draft.push(Post { body, ..Post::default() });
            let chars = counted(&Transcript::from(draft.take()));
            assert_eq!(chars.reading(PostId::new(0)), reading, "{text}");
            assert_eq!(chars.reading_between(&(0..1)), reading, "{text}");
            assert_eq!(chars.reading_from(PostId::new(0)).collect::<Vec<_>>(), [reading], "{text}");
        }
    }

    #[test]
    fn a_long_english_book_in_one_post_is_read_as_its_beginning_is() {
        let text = "all the words here have some letters ".repeat(4000);
        let mut draft = Draft::default();
        let body = draft.append_text(&text);
        draft.push(Post { body, ..Post::default() });
        let reading = counted(&Transcript::from(draft.take())).reading(PostId::new(0));
        assert!(reading.abs_diff(7 * 4000 * 9 / 8) < 40, "{reading}");
    }
}
