//! All posts, as packed columns: some nine bytes for a post of a usual record.

use super::packed::{PAGE, Packed, ordered, signed};
use super::post::{Kind, Post, PostId};
use super::speaker::SpeakerId;
use std::ops::Range;

/// The columns.
#[derive(Debug, Clone, Default)]
pub struct Posts {
    starts: Packed,
    /// Length in time and one; 0 where there is none.
    lengths: Packed,
    speakers: Packed,
    kinds: Packed,
    lines: Packed,
    places: Packed,
    sizes: Packed,
    /// The latest start up to the end of each page.
    latest: Vec<i64>,
    span: Option<(i64, i64)>,
}

/// What no start is kept as: earlier than all.
const NO_START: i64 = i64::MIN;

impl Posts {
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    pub fn push(&mut self, post: &Post) {
        let start = post.start;
        if self.len().is_multiple_of(PAGE) {
            self.latest.push(self.latest.last().copied().unwrap_or(NO_START));
        }
        if let (Some(start), Some(latest)) = (start, self.latest.last_mut()) {
            *latest = start.max(*latest);
            let (first, last) = self.span.unwrap_or((start, start));
            self.span = Some((first.min(start), last.max(start)));
        }
        self.starts.push(ordered(start.unwrap_or(NO_START)));
        let length = post.end.zip(start).map_or(0, |(end, start)| end.saturating_sub(start) as u64 + 1);
        self.lengths.push(length);
        self.speakers.push(post.speaker.index() as u64);
        self.kinds.push(u64::from(post.kind.code()));
        self.lines.push(u64::from(post.line.unwrap_or(0)));
        self.places.push(post.body.start as u64);
        self.sizes.push(post.body.len() as u64);
    }

    /// Gives the last post another body.
    pub fn set_last_body(&mut self, body: &Range<usize>) {
        if self.places.pop().and(self.sizes.pop()).is_some() {
            self.places.push(body.start as u64);
            self.sizes.push(body.len() as u64);
        }
    }

    pub fn get(&self, id: PostId) -> Post {
        let start = self.start(id);
        let length = self.lengths.get(id.index()).checked_sub(1);
        Post {
            start,
            end: start.zip(length).map(|(start, length)| start.saturating_add_unsigned(length)),
            speaker: self.speaker(id),
            kind: Kind::of_code(self.kinds.get(id.index()) as u16),
            body: self.body(id),
            line: Some(self.lines.get(id.index()) as u32).filter(|&line| line > 0),
        }
    }

    pub fn start(&self, id: PostId) -> Option<i64> {
        Some(signed(self.starts.get(id.index()))).filter(|&start| start != NO_START)
    }

    /// The starts from a post on.
    pub fn starts(&self, from: PostId) -> impl Iterator<Item = Option<i64>> {
        self.starts.from(from.index()).map(|start| Some(signed(start)).filter(|&start| start != NO_START))
    }

    pub fn speaker(&self, id: PostId) -> SpeakerId {
        SpeakerId::new(self.speakers.get(id.index()) as usize)
    }

    /// The speakers from a post on.
    pub fn speakers(&self, from: PostId) -> impl Iterator<Item = SpeakerId> {
        self.speakers.from(from.index()).map(|speaker| SpeakerId::new(speaker as usize))
    }

    pub fn line(&self, id: PostId) -> Option<u32> {
        Some(self.lines.get(id.index()) as u32).filter(|&line| line > 0)
    }

    pub fn body(&self, id: PostId) -> Range<usize> {
        let start = self.places.get(id.index()) as usize;
        start..start + self.sizes.get(id.index()) as usize
    }

    /// How many posts have a body that begins before `at` in the source; bodies stand there in file order.
    pub fn before(&self, at: usize) -> usize {
        self.places.partition_point(|place| place < at as u64)
    }

    /// The first post that starts at a time or after it.
    pub fn starting_from(&self, at_ms: i64) -> Option<PostId> {
        let page = self.latest.partition_point(|&latest| latest < at_ms) * PAGE;
        let found =
            self.starts(PostId::new(page)).position(|start| start.is_some_and(|start| start >= at_ms));
        found.map(|index| PostId::new(page + index))
    }

    /// The earliest and the latest start.
    pub fn span(&self) -> Option<(i64, i64)> {
        self.span
    }

    /// Bytes that are held.
    pub fn size(&self) -> usize {
        let columns = [
            &self.starts,
            &self.lengths,
            &self.speakers,
            &self.kinds,
            &self.lines,
            &self.places,
            &self.sizes,
        ];
        columns.into_iter().map(Packed::size).sum::<usize>() + self.latest.len() * size_of::<i64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(index: i64) -> Post {
        Post {
            start: (index % 7 != 3).then_some(index * 60_000 - (index % 5) * 300_000),
            end: (index % 11 == 0 && index % 7 != 3).then_some(index * 60_000 + 17),
            speaker: SpeakerId::new((index * 31 % 28) as usize),
            kind: if index % 13 == 0 { Kind::Other(3) } else { Kind::Answer },
            body: index as usize * 600 + 50..index as usize * 600 + 580,
            line: (index % 2 == 0).then_some(index as u32 * 6 + 1),
        }
    }

    #[test]
    fn every_post_comes_out_as_it_went_in() {
        let mut posts = Posts::default();
        let all: Vec<_> = (0..500).map(post).collect();
        for (count, post) in all.iter().enumerate() {
            posts.push(post);
            posts.set_last_body(&post.body);
            assert_eq!(posts.len(), count + 1);
        }
        for (index, post) in all.iter().enumerate() {
            let id = PostId::new(index);
            assert_eq!(&posts.get(id), post);
            assert_eq!((posts.start(id), posts.speaker(id)), (post.start, post.speaker));
        }
        assert_eq!(posts.starts(PostId::new(70)).nth(3), Some(all[73].start));
        assert_eq!(posts.speakers(PostId::new(70)).nth(3), Some(all[73].speaker));
        assert_eq!(posts.before(600 * 120), 120);
    }

    #[test]
    fn a_moment_is_found_as_by_looking_at_every_post() {
        let mut posts = Posts::default();
        let all: Vec<_> = (0..500).map(post).collect();
        for post in &all {
            posts.push(post);
        }
        for at in (-10..520).map(|minute| minute * 60_000 + 1) {
            let expected = all.iter().position(|post| post.start.is_some_and(|start| start >= at));
            assert_eq!(posts.starting_from(at).map(PostId::index), expected, "{at}");
        }
        assert_eq!(posts.starting_from(i64::MIN).map(PostId::index), Some(0));
        let starts = || all.iter().filter_map(|post| post.start);
        assert_eq!(posts.span(), starts().min().zip(starts().max()));
    }

    #[test]
    fn a_usual_post_takes_about_nine_bytes() {
        let mut posts = Posts::default();
        for index in 0..64_000 {
            let usual = Post { start: Some(index * 300_000), end: None, kind: Kind::Speech, ..post(index) };
            posts.push(&Post { line: Some(index as u32 * 6 + 1), ..usual });
        }
        assert!(posts.size() < 64_000 * 10, "{}", posts.size() / 64_000);
    }
}
