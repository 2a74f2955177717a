//! Search: a regular expression with smart case over all bodies.

use crate::lang::Lang;
use crate::text::visible::Visible;
use crate::transcript::{PostId, Transcript};
use regex::{Regex, RegexBuilder};
use std::ops::Range;

/// Hits that are kept: more than anyone goes through, and few enough to count for each frame.
const MOST: usize = 100_000;

/// A place where the pattern matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The post.
    pub post: PostId,
    /// Byte range in its body.
    pub range: Range<usize>,
}

/// A pattern and where it was found.
#[derive(Debug, Clone)]
pub struct Search {
    /// What was typed.
    pub pattern: String,
    regex: Regex,
    hits: Vec<Hit>,
    searched: usize,
    most: usize,
    /// Index of the hit one stands on.
    pub current: Option<usize>,
}

impl Search {
    /// Searches a transcript. Capital letters in the pattern make it case-sensitive.
    ///
    /// # Errors
    /// If the pattern is no regular expression, or an excessive one.
    pub fn new(pattern: &str, transcript: &Transcript) -> Result<Self, regex::Error> {
        Self::up_to(MOST, pattern, transcript)
    }

    fn up_to(most: usize, pattern: &str, transcript: &Transcript) -> Result<Self, regex::Error> {
        let regex = RegexBuilder::new(pattern)
            .case_insensitive(!pattern.chars().any(char::is_uppercase))
            .size_limit(1 << 20)
            .build()?;
        let pattern = pattern.to_owned();
        let mut search = Self { pattern, regex, hits: Vec::new(), searched: 0, most, current: None };
        search.extend(transcript);
        Ok(search)
    }

    /// Searches what the transcript has gained, and its last known post again.
    pub fn extend(&mut self, transcript: &Transcript) {
        let from = self.searched.saturating_sub(1);
        self.hits.truncate(self.hits.partition_point(|hit| hit.post.index() < from));
        for index in from..transcript.len() {
            if self.is_full() {
                break;
            }
            let post = PostId::new(index);
            let body = transcript.body(post);
            let visible = Visible::of(&body);
            let found = self.regex.find_iter(visible.as_str()).map(|found| found.range());
            let hits = found.filter(|range| !range.is_empty()).take(self.most - self.hits.len());
            self.hits.extend(hits.map(|range| Hit { post, range: visible.in_source(&range) }));
        }
        self.searched = transcript.len();
    }

    /// Whether there may be more hits than are kept.
    pub fn is_full(&self) -> bool {
        self.hits.len() >= self.most
    }

    /// How many hits lie behind the first `posts` posts.
    pub fn later(&self, posts: usize) -> usize {
        self.hits.len() - self.hits(posts).len()
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

    /// The next or previous hit among the first `posts` posts, seen from a post or from the hit one stands on;
    /// true with it if it lies at the other end.
    pub fn advance(&mut self, from: PostId, posts: usize, forward: bool) -> Option<(Hit, bool)> {
        let hits = self.hits(posts);
        let count = hits.len();
        if count == 0 {
            return None;
        }
        let stands = self.current.filter(|&index| hits.get(index).is_some_and(|hit| hit.post == from));
        let (index, wrapped) = match (stands, forward) {
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
        };
        let hit = hits[index].clone();
        self.current = Some(index);
        Some((hit, wrapped))
    }
}

/// Why a pattern is no regular expression, in a few words.
pub fn fault(lang: Lang, error: &regex::Error) -> String {
    const KNOWN: [(&str, &str); 9] = [
        ("unclosed group", "括号没有闭合"),
        ("unopened group", "括号没有开头"),
        ("unclosed character class", "方括号没有闭合"),
        ("repetition operator missing expression", "重复符前没有内容"),
        ("unclosed counted repetition", "花括号没有闭合"),
        ("repetition quantifier expects a valid decimal", "花括号里应为数字"),
        ("incomplete escape sequence", "反斜杠后没有内容"),
        ("unrecognized escape sequence", "不认识的转义"),
        ("invalid character class range", "字符范围颠倒"),
    ];
    let regex::Error::Syntax(text) = error else { return lang.pick("太大", "too big").to_owned() };
    let why = text.rsplit("error: ").next().unwrap_or_default();
    let known = KNOWN.iter().find(|(en, _)| lang == Lang::Zh && why.starts_with(en));
    let why = known.map_or(why, |&(_, zh)| zh);
    why.split([',', '\n']).next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Forced, read_bytes};

    fn record() -> Transcript {
        read_bytes("质量 Quality\n\nquality 质量质量\n\n别的\n".as_bytes(), Forced::default())
            .unwrap()
            .0
    }

    #[test]
    fn capitals_make_a_search_strict() {
        for (pattern, count) in
            [("质量", 3), ("quality", 2), ("Quality", 1), ("q.*y", 2), ("没有", 0), ("x*", 0)]
        {
            assert_eq!(Search::new(pattern, &record()).unwrap().hits(3).len(), count, "{pattern}");
        }
        assert!(Search::new("(", &record()).is_err());
        assert!(Search::new("(a{1000}){1000}", &record()).is_err());
    }

    #[test]
    fn no_more_hits_are_kept_than_anyone_goes_through() {
        for (most, count, full) in [(2, 2, true), (3, 3, true), (4, 3, false)] {
            let search = Search::up_to(most, "质量", &record()).unwrap();
            assert_eq!((search.hits(3).len(), search.is_full()), (count, full), "{most}");
        }
        let mut search = Search::up_to(2, "质量", &record()).unwrap();
        search.extend(&record());
        assert_eq!((search.hits(3).len(), search.later(1)), (2, 1));
    }

    #[test]
    fn a_pattern_that_is_none_is_told_why() {
        for (pattern, en, zh) in [
            ("(", "unclosed group", "括号没有闭合"),
            (")", "unopened group", "括号没有开头"),
            ("[a", "unclosed character class", "方括号没有闭合"),
            ("*", "repetition operator missing expression", "重复符前没有内容"),
            ("a{x}", "repetition quantifier expects a valid decimal", "花括号里应为数字"),
            ("a{1", "unclosed counted repetition", "花括号没有闭合"),
            ("\\", "incomplete escape sequence", "反斜杠后没有内容"),
            ("\\y", "unrecognized escape sequence", "不认识的转义"),
            ("[z-a]", "invalid character class range", "字符范围颠倒"),
            ("a{100000}", "too big", "太大"),
        ] {
            let error = Search::new(pattern, &record()).unwrap_err();
            assert_eq!(
                (fault(Lang::En, &error).as_str(), fault(Lang::Zh, &error).as_str()),
                (en, zh),
                "{pattern}"
            );
        }
    }

    #[test]
    fn hits_follow_one_another_and_go_round() {
        let mut search = Search::new("质量", &record()).unwrap();
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
        let mut search = Search::new("质量", &record()).unwrap();
        assert_eq!(search.hits(1).len(), 1);
        assert_eq!(search.advance(PostId::new(0), 0, true), None);
    }
}
