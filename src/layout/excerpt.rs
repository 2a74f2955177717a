//! A hit in one row, with what stands around it.

use crate::text::ruler::Ruler;
use std::ops::Range;

/// What a row says of a hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// Blank cells before it, so that hits stand below one another.
    pub indent: usize,
    /// The words.
    pub text: String,
    /// The bytes of the hit in them.
    pub hit: Range<usize>,
}

/// Sets a hit and its surroundings on a row of `room` cells, `left` of them before the hit. What is not shown on either side
/// is told by an ellipsis. An empty hit stands at the beginning of the row.
pub fn excerpt(
    ruler: Ruler,
    (before, hit, after): (&str, &str, &str),
    (left, room): (usize, usize),
) -> Excerpt {
    let (before, hit, after) = (one_line(before), one_line(hit), one_line(after));
    let before = ending(ruler, before.trim_start(), left);
    let indent = if hit.is_empty() { 0 } else { left - ruler.width(&before).min(left) };
    let whole = format!("{before}{hit}{}", after.trim_end());
    let text = ruler.fit(&whole, room.saturating_sub(indent));
    let kept = common(&whole, &text);
    let (start, end) = (before.len().min(kept), before.len() + hit.len());
    // The ellipsis stands for what is left of a hit.
    let end = if end <= kept { end } else { text.len() };
    Excerpt { indent, hit: start..end, text }
}

/// Bytes at the beginning that are the same in both.
fn common(a: &str, b: &str) -> usize {
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b);
    same.map(|(ch, _)| ch.len_utf8()).sum()
}

/// The longest end of a text that fits, with an ellipsis where it was cut.
fn ending(ruler: Ruler, text: &str, cells: usize) -> String {
    if ruler.width(text) <= cells {
        return text.to_owned();
    }
    let cut = |from: usize| format!("…{}", text.get(from..).unwrap_or_default());
    let starts = ruler.clusters(text).map(|cluster| cluster.end);
    starts.map(cut).find(|rest| ruler.width(rest) <= cells).unwrap_or_default()
}

/// Text with its line ends and runs of blanks as one blank.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for ch in text.chars() {
        if !ch.is_whitespace() {
            out.push(ch);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::slice;
    use proptest::proptest;

    #[test]
    fn a_hit_stands_in_its_column() {
        for (before, hit, after, left, room, expected) in [
            ("我们提出", "质量提升", "行动。", 8, 22, "我们提出[质量提升]行动。"),
            ("在会上我们提出", "质量提升", "行动。", 8, 18, " …们提出[质量提升]…"),
            ("提出", "质量", "", 8, 18, "    提出[质量]"),
            ("第一段。\n\n", "第二", "段\n第三段", 10, 30, " 第一段。 [第二]段 第三段"),
            ("", "", "整条发言的话", 8, 9, "[]整条发言…"),
            ("a b", "c", "d", 0, 9, "[c]d"),
            ("", "质量提升", "行动", 0, 7, "[质量提…]"),
            ("e", "\u{301}质", "量提升行动", 1, 7, "e[\u{301}质]量…"),
            ("质", "\u{301}量", "", 2, 2, "[…]"),
        ] {
            let found = excerpt(Ruler::default(), (before, hit, after), (left, room));
            let (from, to) = (found.hit.start, found.hit.end);
            let [a, b, c] = [0..from, from..to, to..found.text.len()].map(|range| slice(&found.text, range));
            assert_eq!(format!("{}{a}[{b}]{c}", " ".repeat(found.indent)), expected);
        }
    }

    proptest! {
        #[test]
        fn no_row_is_too_wide_and_the_hit_begins_in_it(before in ".{0,30}", hit in "\\PC{1,9}", after in ".{0,30}", left in 0usize..20, more in 8usize..40, wide: bool) {
            let ruler = Ruler::new(wide);
            let found = excerpt(ruler, (&before, &hit, &after), (left, left + more));
            assert!(found.indent + ruler.width(&found.text) <= left + more);
            assert!(found.text.get(found.hit.clone()).is_some());
        }
    }
}
