//! A long paragraph, cut to the words around what was found.

use crate::text::ruler::Ruler;
use std::ops::Range;

/// Cells around a hit at least.
const LEAST: usize = 12;

/// The parts of a text to show in a row of so many cells, in order: all of it where it fits, its beginning where nothing
/// was found in it, else what is around the hits. Of many hits all are shown, in more than a row.
pub fn pieces(text: &str, hits: &[Range<usize>], cells: usize) -> Vec<Range<usize>> {
    let ruler = Ruler::default();
    // The widest cluster that may lie across the end is a substitute.
    if ruler.width_within(text, cells + 8) <= cells {
        return std::iter::once(0..text.len()).collect();
    }
    let borders: Vec<(usize, usize)> = borders(ruler, text);
    let mut found: Vec<Range<usize>> = Vec::new();
    let lit: usize = hits.iter().filter_map(|hit| text.get(hit.clone())).map(|hit| ruler.width(hit)).sum();
    let room = cells.saturating_sub(lit + 2 * hits.len()) / (2 * hits.len().max(1));
    let side = room.max(LEAST);
    let begin = 0..0;
    let (all, side) =
        if hits.is_empty() { (std::slice::from_ref(&begin), cells.saturating_sub(1)) } else { (hits, side) };
    for hit in all {
        let piece = around(&borders, hit, side);
        match found.last_mut() {
            Some(last) if piece.start <= last.end => last.end = last.end.max(piece.end),
            _ => found.push(piece),
        }
    }
    found
}

/// Where clusters begin and the text ends, in bytes and in cells.
fn borders(ruler: Ruler, text: &str) -> Vec<(usize, usize)> {
    let mut cells = 0;
    let mut borders: Vec<_> = ruler
        .clusters(text)
        .map(|cluster| {
            let border = (cluster.start, cells);
            cells += cluster.lead + cluster.width;
            border
        })
        .collect();
    borders.push((text.len(), cells));
    borders
}

/// What is around a hit, up to so many cells on either side.
fn around(borders: &[(usize, usize)], hit: &Range<usize>, side: usize) -> Range<usize> {
    let last = borders.len() - 1;
    let from = borders.partition_point(|border| border.0 <= hit.start).saturating_sub(1);
    let to = borders.partition_point(|border| border.0 < hit.end).min(last);
    let (left, right) = (borders[from].1.saturating_sub(side), borders[to].1 + side);
    let start = borders.partition_point(|border| border.1 < left);
    let end = borders.partition_point(|border| border.1 <= right).saturating_sub(1);
    borders[start.min(from)].0..borders[end.max(to)].0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, words: &str, cells: usize) -> String {
        let hits: Vec<_> = text.match_indices(words).map(|(at, hit)| at..at + hit.len()).collect();
        let hits = if words.is_empty() { Vec::new() } else { hits };
        pieces(text, &hits, cells)
            .into_iter()
            .filter_map(|piece| text.get(piece))
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn a_long_text_is_cut_to_what_is_around_the_hits() {
        let long = format!("{}质量{}质量{}", "前".repeat(40), "中".repeat(40), "后".repeat(40));
        for (text, words, cells, expected) in [
            ("短的质量", "质量", 20, "短的质量".to_owned()),
            (&*long, "", 21, "前".repeat(10)),
            (&*long, "质量", 40, "前前前前前前质量中中中中中中|中中中中中中质量后后后后后后".to_owned()),
            (&*"前".repeat(30), "前前", 10, "前".repeat(30)),
        ] {
            assert_eq!(shown(text, words, cells), expected);
        }
    }

    #[test]
    fn no_cluster_is_cut() {
        let text = format!("{}e\u{301}x{}", "e\u{301}".repeat(40), "👩‍👩‍👧".repeat(30));
        for cells in 1..60 {
            for piece in pieces(&text, std::slice::from_ref(&(120..123)), cells) {
                let rest = text.get(piece.end..).unwrap_or_default();
                assert!(!rest.starts_with(['\u{301}', '\u{200d}']), "{cells}");
                assert!(text.get(piece).is_some(), "{cells}");
            }
        }
    }
}
