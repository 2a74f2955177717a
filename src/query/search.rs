//! Search: the hits of a query in a record.
//!
//! A search looks through the source in the order of its likely use: from where one reads to the end, then from the
//! beginning. It gives out [`Scan`]s and takes in what they found, so that it streams, on this thread or another.

use super::ask::Query;
use super::look::{hits_in, part_of, posts_of};
use super::scan::{Found, SLICE, Scan};
use super::terms::{Bound, NoValue, Recorded};
use crate::marks::Marks;
use crate::transcript::{PostId, Transcript};
use std::collections::VecDeque;
use std::ops::Range;

/// Hits that are kept: more than anyone goes through, and few enough to count for each frame.
const MOST: usize = 100_000;

/// A place where the pattern matches; of a query without a pattern, a post that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The post.
    pub post: PostId,
    /// Byte range in its body; an empty one at its beginning where the whole post is meant.
    pub range: Range<usize>,
}

/// A query and what was found.
#[derive(Debug, Clone)]
pub struct Search {
    /// What is looked for.
    pub query: Query,
    /// Index of the hit one stands on.
    pub current: Option<usize>,
    /// Whether its first hit is to be gone to when it is found.
    pub awaited: bool,
    id: u64,
    /// What is asked of posts beside the pattern.
    bound: Bound,
    hits: Vec<Hit>,
    /// How many posts have hits.
    posts: usize,
    most: usize,
    /// Bytes that are given out at a time.
    slice: usize,
    /// Parts of the source that are still to be looked through, in order.
    left: VecDeque<Range<usize>>,
    /// What of a part that was given out is still to be told.
    out: Option<Range<usize>>,
    /// Where the search began, and whether it has come round to what lies before.
    begin: usize,
    wrapped: bool,
    /// Where the last post began when the search was last told of the whole source, and where the source ended.
    last_post: usize,
    upto: usize,
    /// How many posts were asked for, whatever is said in them.
    asked: usize,
}

impl Search {
    /// A search that begins with a post. `id` tells it from every other search.
    pub fn new(id: u64, query: Query, record: Recorded, marks: &Marks, from: PostId) -> Self {
        let transcript = record.0;
        let begin = if from.index() < transcript.len() { transcript.body_range(from).start } else { 0 };
        let mut search = Self {
            bound: query.bound(record, marks),
            query,
            current: None,
            awaited: true,
            id,
            hits: Vec::new(),
            posts: 0,
            most: MOST,
            slice: SLICE,
            left: VecDeque::new(),
            out: None,
            begin,
            wrapped: false,
            last_post: begin,
            upto: begin,
            asked: 0,
        };
        search.extend(record);
        if begin > 0 && search.query.pattern().is_some() {
            search.left.push_back(0..begin);
        }
        search
    }

    /// The record has grown: there is more to look through, and its last known post again.
    pub fn extend(&mut self, record: Recorded) {
        self.bound.extend(record);
        let transcript = record.0;
        if self.query.pattern().is_none() {
            return self.ask(record);
        }
        let end = transcript.source().len();
        if end > self.upto {
            let more = self.last_post..end;
            match self.left.front_mut().filter(|next| next.end == self.upto) {
                Some(next) => next.end = end,
                None => self.left.push_front(more),
            }
            self.upto = end;
        }
        self.last_post = transcript.last_id().map_or(0, |last| transcript.body_range(last).start);
    }

    /// Looks for whole posts: those that have come, and the last one before them, of which more may be known.
    fn ask(&mut self, record: Recorded) {
        let again = PostId::new(self.asked.saturating_sub(1));
        if self.hits.last().is_some_and(|hit| hit.post == again) {
            self.hits.pop();
        }
        let posts = (again.index()..record.0.len()).map(PostId::new);
        let asked = posts.filter(|&post| self.bound.matches(post, record));
        let room = self.most - self.hits.len();
        self.hits.extend(asked.take(room).map(|post| Hit { post, range: 0..0 }));
        self.posts = self.hits.len();
        self.asked = record.0.len();
    }

    /// The next slice to look through, unless one is out.
    pub fn next_scan(&mut self, transcript: &Transcript) -> Option<Scan> {
        if self.out.is_some() || self.is_full() {
            return None;
        }
        let raw = self.query.pattern()?.raw().cloned();
        let part = self.left.front_mut()?;
        let range = part.start..part.end.min(part.start + self.slice);
        part.start = range.end;
        if part.start == part.end {
            self.left.pop_front();
        }
        self.out = Some(range.clone());
        self.wrapped |= range.start < self.begin;
        Some(Scan::new(self.id, transcript.source().clone(), raw, range))
    }

    /// The same search where nobody waits for the scan any more that is out: what that would still tell is to be looked
    /// through again.
    #[must_use]
    pub fn restarted(mut self, id: u64) -> Self {
        self.id = id;
        if let Some(out) = self.out.take() {
            match self.left.front_mut().filter(|next| next.start == out.end) {
                Some(next) => next.start = out.start,
                None => self.left.push_front(out),
            }
        }
        self
    }

    /// Looks through what has not been looked through, here and now.
    pub fn run(&mut self, record: Recorded) {
        while let Some(scan) = self.next_scan(record.0) {
            scan.run(|found| {
                self.take(&found, record);
                true
            });
        }
    }

    /// Takes in what a scan has found so far.
    pub fn take(&mut self, found: &Found, record: Recorded) {
        if found.search != self.id {
            return;
        }
        self.out = self.out.take().filter(|_| !found.last).map(|out| found.range.end..out.end);
        for post in posts_of(found, record.0) {
            if self.is_full() {
                return;
            }
            self.look_at(post, &found.range, record);
        }
    }

    /// Looks for the pattern in the words of a post, of a very long one in the part that a scan has come through; the
    /// hits there of earlier are forgotten.
    fn look_at(&mut self, post: PostId, scanned: &Range<usize>, record: Recorded) {
        let transcript = record.0;
        let Some(pattern) = self.query.pattern().filter(|_| self.bound.matches(post, record)) else { return };
        let room = self.most - self.hits.len();
        let (from, known) = self.hits_in(post);
        let Range { start, end } = part_of(&transcript.body_range(post), scanned);
        let before = known[..known.partition_point(|hit| hit.range.start < start)].last();
        let part = start.max(before.map_or(0, |hit| hit.range.end)).min(end)..end;
        let mut new = Vec::new();
        hits_in(pattern, transcript, (post, part.clone()), |range| {
            new.push(Hit { post, range });
            new.len() < room
        });
        let before = |byte: usize| from + known.partition_point(|hit| hit.range.start < byte);
        let old = before(part.start)..before(part.end);
        let has_other = known.len() > old.len();
        let had = usize::from(!known.is_empty());
        self.posts = self.posts + usize::from(has_other || !new.is_empty()) - had;
        if let Some(current) = self.current.filter(|&current| current >= old.end) {
            self.current = Some(current + new.len() - old.len());
        }
        self.hits.splice(old, new);
    }

    /// A value of the query that names nobody, or no place of the record.
    pub fn nowhere(&self) -> Option<NoValue> {
        self.bound.nowhere()
    }

    /// What tells the search from others; not 0.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// Whether there may be more hits than are kept.
    pub fn is_full(&self) -> bool {
        self.hits.len() >= self.most
    }

    /// Whether everything was looked through, or as much as is ever shown.
    pub fn is_complete(&self) -> bool {
        self.out.is_none() && self.left.is_empty() || self.is_full()
    }

    /// Whether the scan has come to what lies before the post it began with.
    pub fn has_wrapped(&self) -> bool {
        self.wrapped || self.is_complete()
    }

    /// How many hits lie behind the first `posts` posts.
    pub fn later(&self, posts: usize) -> usize {
        self.hits.len() - self.hits(posts).len()
    }

    /// How many of the first `posts` posts have hits.
    pub fn posts_with_hits(&self, posts: usize) -> usize {
        let hits = self.hits(posts);
        if hits.len() == self.hits.len() {
            return self.posts;
        }
        hits.chunk_by(|a, b| a.post == b.post).count()
    }

    /// The hits in the first `posts` posts.
    pub fn hits(&self, posts: usize) -> &[Hit] {
        &self.hits[..self.hits.partition_point(|hit| hit.post.index() < posts)]
    }

    /// The hits in one post, with the index of the first of them.
    pub fn hits_in(&self, post: PostId) -> (usize, &[Hit]) {
        let from = self.hits.partition_point(|hit| hit.post < post);
        let to = self.hits.partition_point(|hit| hit.post <= post);
        (from, &self.hits[from..to])
    }

    /// Goes to the next or previous hit among the first `posts` posts; true with it if it lies at the other end.
    pub fn advance(&mut self, from: PostId, posts: usize, forward: bool) -> Option<(Hit, bool)> {
        let (index, wrapped) = self.next(from, posts, forward)?;
        self.current = Some(index);
        Some((self.hits[index].clone(), wrapped))
    }

    /// Whether the next or previous hit lies at the other end, if there is one.
    pub fn wraps(&self, from: PostId, posts: usize, forward: bool) -> Option<bool> {
        self.next(from, posts, forward).map(|(_, wrapped)| wrapped)
    }

    /// Index of the next or previous hit, seen from a post or from the hit one stands on.
    fn next(&self, from: PostId, posts: usize, forward: bool) -> Option<(usize, bool)> {
        let hits = self.hits(posts);
        let count = hits.len();
        if count == 0 {
            return None;
        }
        let stands = self.current.filter(|&index| hits.get(index).is_some_and(|hit| hit.post == from));
        Some(match (stands, forward) {
            (Some(index), true) => ((index + 1) % count, index + 1 == count),
            (Some(index), false) => ((index + count - 1) % count, index == 0),
            (None, true) => {
                let next = hits.partition_point(|hit| hit.post < from);
                (next % count, next == count)
            }
            (None, false) => {
                let before = hits.partition_point(|hit| hit.post < from);
                ((before + count - 1) % count, before == 0)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Forced, Index, Input, Intake, Patience, read_bytes};
    use crate::query::Ways;
    use crate::structure::Structure;

    fn record() -> Transcript {
        read("质量 Quality\n\nquality 质量质量\n\n别的\n")
    }

    fn read(text: &str) -> Transcript {
        read_bytes(text.as_bytes(), Forced::default()).unwrap().0
    }

    fn begun(id: u64, line: &str, transcript: &Transcript, from: usize) -> Search {
        let query = Query::parse(line, Ways::default()).unwrap();
        let structure = Structure::of(transcript);
        Search::new(id, query, (transcript, &structure), &Marks::default(), PostId::new(from))
    }

    /// A search that has run to its end.
    fn search(pattern: &str, transcript: &Transcript) -> Search {
        run(begun(1, pattern, transcript, 0), transcript)
    }

    fn run(mut search: Search, transcript: &Transcript) -> Search {
        let structure = Structure::of(transcript);
        search.run((transcript, &structure));
        search
    }

    #[test]
    fn a_search_from_anywhere_in_a_record_that_grows_finds_what_one_of_the_whole_does() {
        let part =
            |index: usize| format!("质量{index} 质\u{200b}量\n\n别的\n\n{}质量\n\n", "长".repeat(index * 40));
        let text: String = (0..30).map(part).collect();
        let whole = read_bytes(text.as_bytes(), Forced::default()).unwrap().0;
        let expected = search("质量", &whole);
        assert_eq!(expected.hits(usize::MAX).len(), 90);
        for from in [0, 1, 44, 89, 1000] {
            let mut index = Index::new(None);
            let mut intake = Intake::new(
                Input::Stream(Box::new(Drip(text.clone().into_bytes(), 700))),
                None,
                Patience::None,
            );
            let mut transcript = Transcript::default();
            let mut found = Search { slice: 300, ..begun(2, "质量", &transcript, from) };
            while let Some(piece) = intake.next().unwrap() {
                index.feed(&piece).unwrap();
                transcript.grow(index.take());
                found.extend((&transcript, &Structure::of(&transcript)));
                found = run(found, &transcript);
            }
            index.finish().unwrap();
            transcript.grow(index.take());
            found.extend((&transcript, &Structure::of(&transcript)));
            found = run(found, &transcript);
            assert_eq!(found.hits, expected.hits, "from {from}");
            let later = run(begun(3, "质量", &transcript, from), &transcript);
            assert_eq!((&later.hits, later.posts_with_hits(usize::MAX)), (&expected.hits, 60), "from {from}");
        }
    }

    /// Gives out so many bytes at a time.
    struct Drip(Vec<u8>, usize);

    impl std::io::Read for Drip {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let count = self.0.len().min(self.1).min(into.len());
            into[..count].copy_from_slice(&self.0.drain(..count).collect::<Vec<_>>());
            Ok(count)
        }
    }

    #[test]
    fn the_first_hits_are_those_behind_the_place_where_the_search_began() {
        let text = "质量\n\n".repeat(200_000);
        let transcript = read_bytes(text.as_bytes(), Forced::default()).unwrap().0;
        let mut search = begun(1, "质量", &transcript, 150_000);
        let scan = search.next_scan(&transcript).unwrap();
        let structure = Structure::of(&transcript);
        scan.run(|found| {
            search.take(&found, (&transcript, &structure));
            false
        });
        assert_eq!(search.hits(usize::MAX)[0].post, PostId::new(150_000));
        assert!(!search.has_wrapped() && !search.is_complete());
    }

    #[test]
    fn a_search_is_given_out_in_slices_from_where_one_reads_round_to_there() {
        let transcript = read(&"质量\n\n".repeat(100));
        let structure = Structure::of(&transcript);
        let mut search = Search { slice: 200, ..begun(1, "质量", &transcript, 50) };
        let end = transcript.source().len();
        let begin = transcript.body_range(PostId::new(50)).start;
        let mut given = Vec::new();
        while let Some(scan) = search.next_scan(&transcript) {
            assert!(search.next_scan(&transcript).is_none(), "one at a time");
            assert_eq!(search.has_wrapped(), scan.range.start < begin);
            if given.len() == 1 {
                // Nobody waits for the second one any more: it is given out again.
                given.push(scan.range.clone());
                search = search.restarted(1);
                continue;
            }
            given.push(scan.range.clone());
            scan.run(|found| {
                search.take(&found, (&transcript, &structure));
                true
            });
        }
        assert_eq!(given.remove(1), given[1]);
        assert!(given.iter().all(|part| part.len() <= 200) && given.len() >= 4, "{given:?}");
        let turns: Vec<_> = given.windows(2).filter(|pair| pair[0].end != pair[1].start).collect();
        assert_eq!((turns.len(), turns[0][0].end, turns[0][1].start), (1, end, 0));
        assert_eq!((given[0].start, given.last().unwrap().end), (begin, begin));
        assert_eq!((search.hits.len(), search.is_complete()), (100, true));
    }

    #[test]
    fn a_post_of_megabytes_is_looked_at_in_parts() {
        let text = format!("开头\n\n{}\n质量\n\n别的质量\n", "字质量长长的一段话".repeat(200_000));
        let transcript = read_bytes(text.as_bytes(), Forced::default()).unwrap().0;
        assert_eq!(transcript.len(), 3);
        let search = Search { most: 1_000_000, ..begun(1, "质量", &transcript, 0) };
        let search = run(search, &transcript);
        let hits = search.hits(usize::MAX);
        assert_eq!((hits.len(), search.posts_with_hits(usize::MAX)), (200_002, 2));
        assert!(
            hits.windows(2)
                .all(|pair| (pair[0].post, pair[0].range.end) <= (pair[1].post, pair[1].range.start))
        );
        assert!(hits.iter().all(|hit| transcript.part(hit.post, hit.range.clone()).1 == "质量"));
    }

    #[test]
    fn a_pattern_may_begin_and_end_where_a_post_does() {
        let transcript = record();
        for (pattern, count) in [("^质量", 1), ("质量$", 1), ("^别的$", 1), (r"\A质量", 1), (r"质量\z", 1)]
        {
            assert_eq!(search(pattern, &transcript).hits(3).len(), count, "{pattern}");
        }
    }

    #[test]
    fn capitals_make_a_search_strict() {
        for (pattern, count) in
            [("质量", 3), ("quality", 2), ("Quality", 1), ("q.*y", 2), ("没有", 0), ("x*", 0)]
        {
            assert_eq!(search(pattern, &record()).hits(3).len(), count, "{pattern}");
        }
    }

    #[test]
    fn no_more_hits_are_kept_than_anyone_goes_through() {
        for (most, count, full) in [(2, 2, true), (3, 3, true), (4, 3, false)] {
            let search = Search { most, ..begun(1, "质量", &record(), 0) };
            let search = run(search, &record());
            assert_eq!((search.hits(3).len(), search.is_full()), (count, full), "{most}");
        }
        let mut search = Search { most: 2, ..search("质量", &record()) };
        search.extend((&record(), &Structure::default()));
        assert!(search.next_scan(&record()).is_none() && search.is_complete());
    }

    #[test]
    fn hits_follow_one_another_and_go_round() {
        let mut search = search("质量", &record());
        let mut at = PostId::new(0);
        let mut seen = Vec::new();
        for _ in 0..4 {
            let (hit, wrapped) = search.advance(at, 3, true).unwrap();
            seen.push((hit.post.index(), hit.range.start, wrapped));
            at = hit.post;
        }
        assert_eq!(seen, [(0, 0, false), (1, 8, false), (1, 14, false), (0, 0, true)]);
        assert_eq!(
            search.advance(PostId::new(0), 3, false).map(|(hit, wrapped)| (hit.range.start, wrapped)),
            Some((14, true))
        );
        assert_eq!(search.advance(PostId::new(2), 3, false).map(|(hit, _)| hit.range.start), Some(14));
    }

    #[test]
    fn what_is_not_revealed_is_not_found() {
        let mut search = search("质量", &record());
        assert_eq!(search.hits(1).len(), 1);
        assert_eq!(search.advance(PostId::new(0), 0, true), None);
    }

    const TALK: &str = "2025-01-01 08:00\n主持人\n请陆知远馆长谈谈机器人?\n2025-01-01 08:05\n某市图书馆馆长陆知远\n机器人很好。\n\
        2025-01-01 09:20\n主持人\n谢谢。\n2025-01-01 09:30\n某市图书馆馆长陆知远\n再见,机器人。\n";

    #[test]
    fn words_of_a_query_say_whose_posts_and_when() {
        let transcript = read(TALK);
        for (line, posts) in [
            ("机器人", &[1, 2, 4][..]),
            ("from:陆知远 机器人", &[2, 4]),
            ("from:lzy 机器人", &[2, 4]),
            ("from:主持人", &[1, 3]),
            ("-from:主持人", &[2, 4]),
            ("from:主持人,lzy 谢谢", &[3]),
            ("role:guest", &[2, 4]),
            ("角色:主持人 机器人", &[1]),
            ("kind:question", &[1, 3]),
            ("after:08:05 机器人", &[2, 4]),
            ("before:09:20 机器人", &[1, 2]),
            ("after:#2 before:#4", &[2, 3]),
            ("before:08:05,#4 from:lzy", &[2]),
            ("from:没有这人 机器人", &[]),
        ] {
            let search = search(line, &transcript);
            let found: Vec<_> = search.hits(9).iter().map(|hit| hit.post.number()).collect();
            assert_eq!(found, posts, "{line}");
            assert!(search.is_complete(), "{line}");
        }
    }

    #[test]
    fn whole_posts_that_are_asked_for_are_found_as_they_come() {
        let (part, whole) = (read(TALK.split("2025-01-01 09:20").next().unwrap()), read(TALK));
        let mut search = begun(1, "from:lzy", &part, 1);
        assert_eq!(search.hits(9).len(), 1);
        search.extend((&whole, &Structure::of(&whole)));
        let found: Vec<_> = search.hits(9).iter().map(|hit| (hit.post.number(), hit.range.clone())).collect();
        assert_eq!(found, [(2, 0..0), (4, 0..0)]);
        assert_eq!((search.posts_with_hits(9), search.posts_with_hits(2)), (2, 1));
    }
}
