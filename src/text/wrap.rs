//! The one knife: cuts a paragraph into rows that fit.
//!
//! First fit: each row takes what it holds, and ends at the last place where [`Breaker`] lets it. White space at
//! the end of a row hangs over and is not drawn. Where nothing may be broken, as in a word longer than the row, the
//! cut falls between graphemes, moved forward when that keeps punctuation from the wrong end of a row. Runs of
//! ideographs, of letters and of digits are measured in one step each; that changes no row.

use super::breaks::{Break, Breaker};
use super::cluster::is_simple;
use super::kinsoku::{begins_no_row, ends_no_row, may_hang};
use super::ruler::{Extent, Ruler, is_blank};
use super::run::{is_ideograph, run, stands_apart};
use super::slice::slice;
use crate::choice::{Indent, Kinsoku};
use std::ops::Range;

/// How far an unavoidable cut is moved back, in clusters, to spare a punctuation rule.
const GIVE: usize = 6;

/// Cells that a row may lose so that a number keeps its measure word.
const SOFT: usize = 2;

/// Cells that a row may lose so that the last one of a paragraph is more than one character.
const RUNT: usize = 4;

/// Cells of a paragraph's indent: two ideographs.
const INDENT: usize = 4;

/// Rows of fewer cells have no indent.
const NARROW: usize = 24;

/// How text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Typesetting {
    /// How strictly punctuation is kept from the wrong end of a row.
    pub kinsoku: Kinsoku,
    /// Cells that a pause or stop may hang over the end of a row (CLREQ, “hanging punctuation”): 0, 1 or 2.
    pub hang: usize,
    /// Whether a cell is left between ideographs and Latin letters or digits.
    pub autospace: bool,
    /// Which paragraphs begin with two ideographs of space.
    pub indent: Indent,
}

impl Typesetting {
    /// A ruler for text that is set so.
    #[must_use]
    pub const fn ruler(self, ruler: Ruler) -> Ruler {
        Ruler { autospace: self.autospace, ..ruler }
    }

    /// Cells before the first row of a paragraph; `first` is whether the paragraph begins a post.
    pub fn indent(self, first: bool, width: usize) -> usize {
        let indented = self.indent == Indent::All || self.indent == Indent::Rest && !first;
        if indented && width >= NARROW { INDENT } else { 0 }
    }
}

/// The rows of `text` as byte ranges, each at most `width` cells and a hanging mark, the first `indent` cells less.
/// A cluster wider than a whole row gets a row of its own.
pub fn rows(
    (ruler, set): (Ruler, Typesetting),
    text: &str,
    width: usize,
    indent: usize,
) -> Vec<Range<usize>> {
    let mut knife = Knife::new(ruler, set, text, (width, indent));
    while knife.run_of_ideographs() || knife.cluster() {
        knife.rest_of_word();
    }
    knife.finish()
}

/// The same without the short way for ideographs: what the other must equal.
pub fn rows_by_cluster(
    (ruler, set): (Ruler, Typesetting),
    text: &str,
    width: usize,
    indent: usize,
) -> Vec<Range<usize>> {
    let mut knife = Knife::new(ruler, set, text, (width, indent));
    while knife.cluster() {}
    knife.finish()
}

/// Where a row may end, and how many cells it then has.
#[derive(Debug, Clone, Copy)]
struct Place {
    at: usize,
    used: usize,
    soft: bool,
}

struct Knife<'a> {
    ruler: Ruler,
    hang: usize,
    /// Cells of a closing quotation mark, where marks are kept from the start of a row.
    quote: Option<usize>,
    text: &'a str,
    width: usize,
    breaker: Breaker<'a>,
    rows: Vec<Range<usize>>,
    /// Cells of the present row.
    room: usize,
    start: usize,
    at: usize,
    used: usize,
    before: Option<&'a str>,
    /// Where the last run of ideographs ended: another one may follow, and a row end between.
    run_end: usize,
    /// The last place where the row may end, and the one before it.
    best: Option<Place>,
    prior: Option<Place>,
    /// How the row before could have ended earlier.
    earlier: Option<Earlier>,
}

/// The place before the one where a row has ended.
#[derive(Debug, Clone, Copy)]
struct Earlier {
    /// Where the row begins.
    row: usize,
    place: Place,
    /// Cells that the row would lose.
    cost: usize,
}

impl<'a> Knife<'a> {
    fn new(ruler: Ruler, set: Typesetting, text: &'a str, (width, indent): (usize, usize)) -> Self {
        Self {
            ruler: set.ruler(ruler),
            hang: set.hang,
            quote: (set.kinsoku != Kinsoku::None).then(|| ruler.width("”")),
            text,
            width: width.max(1),
            breaker: Breaker::new(text, Some(set.kinsoku)),
            // Most of what is wrapped takes three bytes for two cells.
            rows: Vec::with_capacity(text.len() / (width.max(1) * 3 / 2).max(1) + 2),
            room: width.saturating_sub(indent).max(1),
            start: 0,
            at: 0,
            used: 0,
            before: None,
            run_end: 0,
            best: None,
            prior: None,
            earlier: None,
        }
    }

    /// Takes as many ideographs as there are and fit, with the pauses and stops between them.
    fn run_of_ideographs(&mut self) -> bool {
        let bytes = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let follows = self.run_end > 0 && self.at == self.run_end;
        if !is_ideograph(bytes) || !follows && (self.ruler.autospace || !self.before.is_some_and(is_alone)) {
            return false;
        }
        let room = self.room.saturating_sub(self.used);
        if follows && room < 2 && self.at > self.start {
            self.may_end(Break::Yes);
            self.end_row(Place { at: self.at, used: self.used, soft: false });
            return true;
        }
        let run = run(bytes, room, self.quote);
        if run.bytes == 0 {
            return false;
        }
        let first = if follows { Break::Yes } else { self.breaker.before(self.at) };
        self.may_end(first);
        for (at, used) in run.last {
            if at > 0 {
                self.prior = self.best;
                self.best = Some(Place { at: self.at + at, used: self.used + used, soft: false });
            }
        }
        self.at += run.bytes;
        self.used += run.cells;
        self.run_end = self.at;
        self.before = self.text.get(self.at - run.end..self.at);
        self.breaker.skip_ideographs(self.at);
        true
    }

    /// Notes whether the row may end where it stands now.
    fn may_end(&mut self, found: Break) {
        if self.at > self.start && found != Break::No {
            self.prior = self.best;
            self.best = Some(Place { at: self.at, used: self.used, soft: found == Break::Soft });
        }
    }

    /// Takes the next cluster; false at the end.
    fn cluster(&mut self) -> bool {
        let Some(mut next) = self.next() else { return false };
        let found = self.breaker.before(self.at);
        self.may_end(found);
        let mut must = found == Break::Must;
        while self.at > self.start && (must || self.overflows(&next)) {
            let place = if must { self.best } else { self.chosen() };
            self.end_row(place.unwrap_or_else(|| self.forced(next.raw)));
            // Tabs and leads depend on where the row begins.
            next = self.next().unwrap_or(next);
            must = false;
        }
        self.at += next.raw.len();
        self.used += next.lead + next.width;
        self.before = Some(next.raw);
        true
    }

    /// Takes the rest of a run of ASCII letters or of digits, as far as it fits: no row ends within.
    fn rest_of_word(&mut self) {
        let same: fn(&u8) -> bool = match self.before.map(str::as_bytes) {
            Some([b'0'..=b'9']) => u8::is_ascii_digit,
            Some([b'a'..=b'z' | b'A'..=b'Z']) => u8::is_ascii_alphabetic,
            _ => return,
        };
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let fits = self.room.saturating_sub(self.used);
        let mut count = rest.iter().take(fits).take_while(|byte| same(byte)).count();
        if !stands_apart(rest.get(count..).unwrap_or_default()) {
            count = count.saturating_sub(1);
        }
        if count > 0 {
            self.at += count;
            self.used += count;
            self.before = self.text.get(self.at - 1..self.at);
            self.breaker.skip_alike(self.at);
        }
    }

    /// The next cluster as it is where the row stands now.
    fn next(&self) -> Option<Extent<'a>> {
        let before = if self.at == self.start { None } else { self.before };
        self.ruler.extent(self.text, self.at, self.used, before)
    }

    fn overflows(&self, next: &Extent) -> bool {
        let end = self.used + next.lead + next.width;
        if end <= self.room {
            return false;
        }
        // One mark hangs, not the last of several.
        let hangs = may_hang(next.raw) && !self.before.is_some_and(begins_no_row);
        end > self.room + if hangs { self.hang } else { 0 } && !is_blank(next.raw)
    }

    /// The last place, or the one before when that is better and costs little.
    fn chosen(&self) -> Option<Place> {
        let best = self.best?;
        Some(self.prior.filter(|prior| best.soft && best.used - prior.used <= SOFT).unwrap_or(best))
    }

    /// Ends the row at a place; what stands behind it begins the next one.
    fn end_row(&mut self, place: Place) {
        let drawn = slice(self.text, self.start..place.at).trim_end();
        self.rows.push(self.start..self.start + drawn.len());
        let before = if self.best.is_some_and(|best| best.at == place.at) { self.prior } else { None };
        self.earlier = before.map(|before| Earlier {
            row: self.start,
            place: before,
            cost: place.used.saturating_sub(before.used),
        });
        self.best = self.best.filter(|best| best.at > place.at);
        self.prior = None;
        self.start = place.at;
        self.room = self.width;
        let carried = slice(self.text, self.start..self.at);
        self.used = self.ruler.width(carried);
        if let Some(best) = &mut self.best {
            best.used = self.ruler.width(slice(self.text, self.start..best.at));
        }
    }

    /// The best cut before the cluster that does not fit, where none is allowed.
    fn forced(&self, next: &str) -> Place {
        let row: Vec<_> = self.ruler.clusters(slice(self.text, self.start..self.at)).collect();
        let place = |end: usize| Place { at: self.start + end, used: self.used, soft: false };
        let mut following = next;
        for cluster in row.iter().skip(1).rev().take(GIVE) {
            if is_blank(cluster.raw) {
                continue;
            }
            if !begins_no_row(following) && !ends_no_row(cluster.raw) {
                return place(cluster.end);
            }
            following = cluster.raw;
        }
        match row.first() {
            Some(first) if row.len() <= GIVE && !begins_no_row(following) && !ends_no_row(first.raw) => {
                place(first.end)
            }
            _ => place(self.at - self.start),
        }
    }

    fn finish(mut self) -> Vec<Range<usize>> {
        if self.start < self.text.len() {
            self.spare_runt();
            self.end_row(Place { at: self.text.len(), used: self.used, soft: false });
        }
        self.rows
    }

    /// Gives a last row of a single character one more from the row before, if that costs little.
    fn spare_runt(&mut self) {
        let fair = |earlier: &Earlier| earlier.cost <= RUNT && 4 * earlier.place.used >= 3 * self.width;
        let Some(Earlier { row, place, .. }) = self.earlier.filter(fair) else { return };
        let last = slice(self.text, self.start..self.text.len()).trim_end();
        let counted = self.ruler.clusters(last).filter(|cluster| !begins_no_row(cluster.raw)).take(2);
        let fits = self.ruler.width(slice(self.text, place.at..self.text.len())) <= self.width;
        if counted.count() == 1 && fits {
            let drawn = slice(self.text, row..place.at).trim_end();
            self.rows.pop();
            self.rows.push(row..row + drawn.len());
            self.start = place.at;
        }
    }
}

/// Whether a cluster is a single character that combines with nothing and ends no line.
fn is_alone(cluster: &str) -> bool {
    let mut chars = cluster.chars();
    chars.next().is_some_and(is_simple) && chars.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(hang: usize, autospace: bool) -> Typesetting {
        Typesetting { hang, autospace, ..Typesetting::default() }
    }

    fn cut(set: Typesetting, text: &str, width: usize) -> Vec<&str> {
        rows((Ruler::default(), set), text, width, 0).into_iter().map(|row| slice(text, row)).collect()
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
            ("the quick brown", 9, &["the quick", "brown"]),
            ("the quick  brown", 10, &["the quick", "brown"]),
            ("abcdefghij", 4, &["abcd", "efgh", "ij"]),
            ("质a\tb", 8, &["质a\tb"]),
            ("字", 1, &["字"]),
            ("一二三", 5, &["一二", "三"]),
            ("safe\rEVIL", 20, &["safe", "EVIL"]),
        ];
        for (text, width, expected) in table {
            assert_eq!(&cut(set(0, false), text, *width), expected, "{text} at {width}");
        }
    }

    #[test]
    fn an_indent_shortens_the_first_row_only() {
        let rows = rows((Ruler::default(), Typesetting::default()), "一二三四五六七八", 8, 4);
        assert_eq!(rows, [0..6, 6..18, 18..24]);
    }

    #[test]
    fn a_cut_without_choice_spares_punctuation() {
        for (text, width, expected) in [
            ("“““““““甲", 8, &["“““““““", "甲"][..]),
            ("甲，，，，，，乙", 6, &["甲，，", "，，，", "，乙"]),
            ("abcdefg,hij", 7, &["abcdef", "g,hij"]),
        ] {
            assert_eq!(cut(set(0, false), text, width), expected);
        }
    }

    #[test]
    fn a_number_keeps_its_measure_word_where_that_costs_little() {
        assert_eq!(cut(set(0, false), "一二三四5年六", 9), ["一二三四", "5年六"]);
        assert_eq!(cut(set(0, false), "一二三四2018年六", 12), ["一二三四2018", "年六"]);
    }

    #[test]
    fn a_last_row_is_more_than_one_character() {
        for (text, width, expected) in [
            ("一二三四五", 8, &["一二三", "四五"][..]),
            ("一二三四五。", 8, &["一二三", "四五。"]),
            ("一二三四五六", 8, &["一二三四", "五六"]),
            ("增长8.84%以上", 8, &["增长", "8.84%以", "上"]),
            ("一二,四五", 7, &["一二,四", "五"]),
        ] {
            assert_eq!(cut(set(0, false), text, width), expected, "{text}");
        }
    }

    #[test]
    fn a_stop_may_hang_in_the_margin() {
        for (hang, expected) in [
            (0, &["一二三", "四，五", "六七"][..]),
            (1, &["一二三", "四，五", "六七"]),
            (2, &["一二三四，", "五六七"]),
        ] {
            assert_eq!(cut(set(hang, false), "一二三四，五六七", 8), expected, "{hang}");
        }
        assert_eq!(cut(set(1, false), "一二三四,五六七", 8), ["一二三四,", "五六七"]);
        assert_eq!(
            cut(set(2, false), "一二“三”，五六七", 8),
            ["一二", "“三”，五", "六七"],
            "no mark behind another"
        );
    }

    #[test]
    fn the_cell_between_scripts_is_not_at_the_end_of_a_row() {
        assert_eq!(cut(set(0, true), "一二三abc四五", 9), ["一二三", "abc 四五".replace(' ', "").as_str()]);
        assert_eq!(cut(set(0, true), "一二三abc四五", 10), ["一二三abc", "四五"]);
    }
}
