//! Looking through the source for a pattern, block by block: fast, on any thread, and a little too generous. What it
//! finds are places; whether they are hits in the words of a post is for [`Search`](super::search::Search) to say.

use crate::text::visible::may_hide;
use crate::transcript::{Buffer, Source};
use regex::bytes::Regex;
use std::ops::Range;

/// Bytes that are looked through at a time.
const BLOCK: usize = 256 * 1024;

/// Bytes behind a block that a match may reach into.
pub const OVERLAP: usize = 4096;

/// Bytes that are given out to be looked through at a time, so that whoever else looks for something has a turn.
pub const SLICE: usize = 64 << 20;

/// Bytes after which it is told how far the scan has come, though nothing was found.
const TELL: usize = 8 << 20;

/// A part of a source that is to be looked through.
#[derive(Debug, Clone)]
pub struct Scan {
    /// Which search it is for.
    pub search: u64,
    /// Where to look.
    pub range: Range<usize>,
    source: Source,
    /// None where anything may match.
    regex: Option<Regex>,
}

/// What was found in the next blocks of a scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Which search it is for.
    pub search: u64,
    /// The blocks: the scan has come to their end.
    pub range: Range<usize>,
    /// Where something matches, in order: from there to the end of its line.
    pub places: Vec<Range<usize>>,
    /// Whether the scan has come to its end.
    pub last: bool,
    /// Whether any post there may match: there are characters that are left out when words are searched.
    pub anywhere: bool,
}

impl Scan {
    /// A scan of a range.
    pub fn new(search: u64, source: Source, regex: Option<Regex>, range: Range<usize>) -> Self {
        Self { search, range, source, regex }
    }

    /// Looks through all of it, or until `tell` says that nobody wants to know any more.
    pub fn run(&self, mut tell: impl FnMut(Found) -> bool) {
        let mut block = Buffer::default();
        let mut told = self.range.start;
        let mut at = self.range.start;
        while at < self.range.end {
            // Blocks begin where pages of the file do, if it is read in place.
            let end = (at / BLOCK * BLOCK + BLOCK).min(self.range.end);
            block.reset(&[], (end + OVERLAP).min(self.source.len()) - at);
            self.source.read(at, &mut block);
            let places = self.places(&block, end - at);
            let places: Vec<_> = places.map(|place| at + place.start..at + place.end).collect();
            let anywhere = self.regex.is_none() || may_hide(&block);
            if told < at && (anywhere || !places.is_empty()) {
                // What is to be looked at is no more than a block.
                let found = Found {
                    search: self.search,
                    range: told..at,
                    places: Vec::new(),
                    last: false,
                    anywhere: false,
                };
                if !tell(found) {
                    return;
                }
                told = at;
            }
            at = end;
            if anywhere || !places.is_empty() || at - told >= TELL || at == self.range.end {
                let last = at == self.range.end;
                let found = Found { search: self.search, range: told..at, places, last, anywhere };
                if !tell(found) {
                    return;
                }
                told = at;
            }
        }
    }

    fn places(&self, block: &[u8], end: usize) -> impl Iterator<Item = Range<usize>> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.regex.as_ref()?.find_at(block, from).filter(|found| found.start() < end)?;
            let rest = &block[found.end()..];
            from = found.end() + memchr::memchr(b'\n', rest).map_or(rest.len(), |line| line + 1);
            Some(found.start()..from)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::Extent;

    fn scan(text: &str, pattern: &str) -> Vec<Found> {
        let mut source = Source::default();
        source.push(Extent::Memory(text.into()));
        let range = 0..source.len();
        let mut found = Vec::new();
        Scan::new(7, source, Some(Regex::new(pattern).unwrap()), range).run(|news| {
            found.push(news);
            true
        });
        found
    }

    #[test]
    fn places_are_found_also_across_the_borders_of_blocks() {
        for before in [0, 5, BLOCK - 4, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK - 3] {
            let text = format!("{}质量\n尾", "a".repeat(before));
            let places: Vec<_> = scan(&text, "质量").into_iter().flat_map(|found| found.places).collect();
            assert_eq!(places, std::slice::from_ref(&(before..before + 7)), "{before}");
        }
    }

    #[test]
    fn the_scan_tells_how_far_it_has_come() {
        let found = scan(&"字".repeat(TELL), "没有");
        let ranges: Vec<_> = found.iter().map(|found| found.range.clone()).collect();
        assert_eq!((ranges.len(), ranges[0].start, ranges.last().unwrap().end), (3, 0, 3 * TELL));
        assert!(ranges.windows(2).all(|pair| pair[0].end == pair[1].start));
    }

    #[test]
    fn blocks_with_invisible_characters_may_match_anywhere() {
        assert!(scan("质\u{200b}量", "质量")[0].anywhere);
        assert!(!scan("质“量”——…、。", "质量")[0].anywhere);
    }

    #[test]
    fn a_scan_that_nobody_wants_stops() {
        let mut source = Source::default();
        source.push(Extent::Memory("质量\n".repeat(BLOCK).into()));
        let range = 0..source.len();
        let mut told = 0;
        Scan::new(1, source, Some(Regex::new("质量").unwrap()), range).run(|_| {
            told += 1;
            false
        });
        assert_eq!(told, 1);
    }
}
