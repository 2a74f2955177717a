//! The one knife: cuts a paragraph into rows that fit.
//!
//! First fit: each row takes what it holds. White space at the end of a row hangs over and is not
//! drawn. Where nothing may be broken, as in a word longer than the row, the cut falls between
//! graphemes, moved forward when that keeps punctuation from the wrong end of a row.

use super::breaks::{Breaker, is_closing, is_opening};
use super::ruler::Ruler;
use super::slice::slice;
use std::ops::Range;

/// How far an unavoidable cut is moved back, in clusters, to spare a punctuation rule.
const GIVE: usize = 6;

/// The rows of `text` as byte ranges, each at most `width` cells, the first `indent` cells less.
/// A cluster wider than a whole row gets a row of its own.
pub fn rows(ruler: Ruler, text: &str, width: usize, indent: usize) -> Vec<Range<usize>> {
    let mut knife =
        Knife { ruler, text, width, room: width.saturating_sub(indent).max(1), start: 0, rows: Vec::new() };
    knife.cut();
    knife.rows
}

struct Knife<'a> {
    ruler: Ruler,
    text: &'a str,
    width: usize,
    room: usize,
    start: usize,
    rows: Vec<Range<usize>>,
}

impl Knife<'_> {
    fn cut(&mut self) {
        let mut breaker = Breaker::default();
        let mut used = 0;
        let mut rest = None;
        for cluster in self.ruler.clusters(self.text) {
            let allowed = breaker.allows_break_before(cluster.raw);
            if allowed && cluster.start > self.start {
                rest = Some(cluster.start);
            }
            let mut width = self.ruler.measure(cluster.raw, used).1;
            let blank = cluster.raw.chars().all(char::is_whitespace);
            while used + width > self.room && !blank && cluster.start > self.start {
                let at = rest.take().unwrap_or_else(|| self.forced(cluster.start, cluster.raw));
                self.end_row(at);
                // Measured anew, since tabs now stand in other columns.
                used = self.ruler.width(slice(self.text, self.start..cluster.start));
                width = self.ruler.measure(cluster.raw, used).1;
            }
            used += width;
        }
        if self.start < self.text.len() {
            self.end_row(self.text.len());
        }
    }

    fn end_row(&mut self, at: usize) {
        let drawn = slice(self.text, self.start..at).trim_end();
        self.rows.push(self.start..self.start + drawn.len());
        self.start = at;
        self.room = self.width.max(1);
    }

    /// The best cut at or before `at` where none is allowed.
    fn forced(&self, at: usize, next: &str) -> usize {
        let row: Vec<_> = self.ruler.clusters(slice(self.text, self.start..at)).collect();
        let mut following = next;
        for cluster in row.iter().skip(1).rev().take(GIVE) {
            let blank = cluster.raw.chars().all(char::is_whitespace);
            if !blank && !is_closing(following) && !is_opening(cluster.raw) {
                return self.start + cluster.end;
            }
            if !blank {
                following = cluster.raw;
            }
        }
        match row.first() {
            Some(first) if row.len() <= GIVE && !is_closing(following) && !is_opening(first.raw) => {
                self.start + first.end
            }
            _ => at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, width: usize) -> Vec<&str> {
        rows(Ruler::default(), text, width, 0).into_iter().map(|row| slice(text, row)).collect()
    }

    #[test]
    fn rows_keep_the_rules_of_chinese_typesetting() {
        let table: &[(&str, usize, &[&str])] = &[
            ("", 10, &[]),
            ("质量提升行动", 6, &["质量提", "升行动"]),
            ("质量提升,行动", 8, &["质量提", "升,行动"]),
            ("质量提升。行动", 8, &["质量提", "升。行动"]),
            ("质量“提升”", 6, &["质量", "“提升”"]),
            ("质量——提升", 5, &["质", "量——", "提升"]),
            ("增长8.84%以上", 8, &["增长", "8.84%以", "上"]),
            ("the quick brown", 9, &["the quick", "brown"]),
            ("the quick  brown", 10, &["the quick", "brown"]),
            ("abcdefghij", 4, &["abcd", "efgh", "ij"]),
            ("质a\tb", 8, &["质a\tb"]),
            ("字", 1, &["字"]),
            ("一二三", 5, &["一二", "三"]),
        ];
        for (text, width, expected) in table {
            assert_eq!(&cut(text, *width), expected, "{text} at {width}");
        }
    }

    #[test]
    fn an_indent_shortens_the_first_row_only() {
        let rows = rows(Ruler::default(), "一二三四五六七", 8, 4);
        assert_eq!(rows, [0..6, 6..18, 18..21]);
    }

    #[test]
    fn a_cut_without_choice_spares_punctuation() {
        assert_eq!(cut("“““““““甲", 8), ["“““““““", "甲"]);
        assert_eq!(cut("甲，，，，，，乙", 6), ["甲，，", "，，，", "，乙"]);
        assert_eq!(cut("abcdefg,hij", 7), ["abcdef", "g,hij"]);
    }
}
