//! Long bodies in pieces, so that a page costs what it shows: a post of ten million characters is laid out a screen's
//! worth at a time.
//!
//! Where a piece begins depends on the text around that place alone. It is the beginning of a row whatever the
//! width, which shortens one row in hundreds.

use crate::text::cluster::is_simple;
use crate::text::slice;
use std::ops::Range;

/// Bytes of a piece, about.
const PIECE: usize = 1 << 15;

/// How far behind that a better place is looked for, in bytes.
const SEARCH: usize = 1 << 12;

/// How many pieces a body has; one at least.
pub fn count(body: &str) -> usize {
    let most = body.len().div_ceil(PIECE).max(1);
    if most > 1 && start(body, most - 1) == body.len() { most - 1 } else { most }
}

/// The bytes of a piece.
pub fn piece(body: &str, index: usize) -> Range<usize> {
    start(body, index)..start(body, index + 1)
}

/// The piece that holds a byte.
pub fn piece_at(body: &str, byte: usize) -> usize {
    let index = byte / PIECE;
    let found = if start(body, index) > byte { index.saturating_sub(1) } else { index };
    found.min(count(body) - 1)
}

/// Where a piece begins: behind a line end, else behind a full stop, else before a character by itself.
fn start(body: &str, index: usize) -> usize {
    let from = index * PIECE;
    if from == 0 || from >= body.len() {
        return from.min(body.len());
    }
    let from = boundary(body, from);
    let near = slice(body, from..boundary(body, (from + SEARCH).min(body.len())));
    let behind = |wanted: &[char]| near.find(wanted).map(|at| from + at).map(|at| at + character(body, at));
    behind(&['\n'])
        .or_else(|| behind(&['。', '！', '？']))
        .or_else(|| near.find([' ', '，']).map(|at| from + at + character(body, from + at)))
        .or_else(|| near.find(is_simple).map(|at| from + at))
        .unwrap_or(from)
}

fn character(body: &str, at: usize) -> usize {
    slice(body, at..body.len()).chars().next().map_or(0, char::len_utf8)
}

fn boundary(body: &str, mut at: usize) -> usize {
    while !body.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_tile_a_body() {
        let stop = "质量提升。".repeat(40_000);
        let lines = "line\n".repeat(50_000);
        let marks = format!("a{}", "\u{301}".repeat(200_000));
        let quoted = format!("{}”", "甲。".repeat(10_000));
        for body in ["", "短", &stop, &lines, &marks, &quoted, &"字".repeat(PIECE), &"a".repeat(PIECE)] {
            let mut end = 0;
            for index in 0..count(body) {
                let piece = piece(body, index);
                assert_eq!(piece.start, end);
                assert!(piece.len() <= PIECE + SEARCH + 4 && body.is_char_boundary(piece.end));
                assert!(piece.is_empty() == body.is_empty());
                assert!(
                    [piece.start, piece.end.saturating_sub(1)]
                        .into_iter()
                        .all(|byte| body.is_empty() || piece_at(body, byte) == index)
                );
                end = piece.end;
            }
            assert_eq!(end, body.len());
        }
    }
}
