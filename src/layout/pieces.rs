//! Long bodies in pieces, so that a page costs what it shows: a post of ten million characters is laid out a screen's
//! worth at a time.
//!
//! Where a piece begins depends on the text around that place alone. It is the beginning of a row whatever the
//! width, which shortens one row in hundreds.

use crate::text::cluster::is_simple;
use crate::transcript::{PostId, Transcript};
use std::borrow::Cow;
use std::ops::Range;

/// Bytes of a piece, about.
const PIECE: usize = 1 << 15;

/// How far behind that a better place is looked for, in bytes.
const SEARCH: usize = 1 << 12;

/// The body of a post, of which no more is read than is asked for.
#[derive(Clone, Copy)]
pub struct Body<'a> {
    transcript: &'a Transcript,
    post: PostId,
    len: usize,
}

impl<'a> Body<'a> {
    /// The body of a post.
    pub fn of(transcript: &'a Transcript, post: PostId) -> Self {
        Self { transcript, post, len: transcript.body_range(post).len() }
    }

    /// The text of a range that falls on character borders.
    pub fn text(self, range: Range<usize>) -> Cow<'a, str> {
        self.transcript.part(self.post, range).1
    }

    /// The paragraphs of a piece.
    pub fn paragraphs(self, text: &str) -> impl Iterator<Item = Range<usize>> {
        self.transcript.paragraphs(text)
    }

    /// How many pieces it has; one at least.
    pub fn pieces(self) -> usize {
        let most = self.len.div_ceil(PIECE).max(1);
        if most > 1 && self.start(most - 1) == self.len { most - 1 } else { most }
    }

    /// The bytes of a piece.
    pub fn piece(self, index: usize) -> Range<usize> {
        self.start(index)..self.start(index + 1)
    }

    /// The piece that holds a byte.
    pub fn piece_at(self, byte: usize) -> usize {
        let index = byte / PIECE;
        let found = if self.start(index) > byte { index.saturating_sub(1) } else { index };
        found.min(self.pieces() - 1)
    }

    /// Where a piece begins: behind a line end, else behind a full stop, else before a character by itself.
    fn start(self, index: usize) -> usize {
        let from = index * PIECE;
        if from == 0 || from >= self.len {
            return from.min(self.len);
        }
        let (from, near) = self.transcript.part(self.post, from..from + SEARCH);
        let behind = |wanted: &[char]| near.char_indices().find(|(_, ch)| wanted.contains(ch));
        behind(&['\n'])
            .or_else(|| behind(&['。', '！', '？']))
            .or_else(|| behind(&[' ', '，']))
            .map(|(at, ch)| at + ch.len_utf8())
            .or_else(|| near.find(is_simple))
            .map_or(from, |at| from + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{Draft, Extent, Post};

    /// A record of one post whose body begins and ends in other extents than its middle.
    fn record(body: &str) -> Transcript {
        let mut draft = Draft::default();
        let cut = (0..=body.len().min(PIECE + 7)).rev().find(|&at| body.is_char_boundary(at)).unwrap_or(0);
        let (begin, end) = body.split_at(cut);
        for part in ["前\n", begin, end] {
            draft.append(Extent::Memory(part.into()));
        }
        let start = "前\n".len();
        draft.push(Post { body: start..start + body.len(), ..Post::default() });
        Transcript::from(draft.take())
    }

    #[test]
    fn pieces_tile_a_body() {
        let stop = "质量提升。".repeat(40_000);
        let lines = "line\n".repeat(50_000);
        let marks = format!("a{}", "\u{301}".repeat(200_000));
        let quoted = format!("{}”", "甲。".repeat(10_000));
        for body in ["", "短", &stop, &lines, &marks, &quoted, &"字".repeat(PIECE), &"a".repeat(PIECE)] {
            let mut end = 0;
            let transcript = record(body);
            let whole = Body::of(&transcript, PostId::new(0));
            for index in 0..whole.pieces() {
                let piece = whole.piece(index);
                assert_eq!(Some(&*whole.text(piece.clone())), body.get(piece.clone()));
                assert_eq!(piece.start, end);
                assert!(piece.len() <= PIECE + SEARCH + 4 && body.is_char_boundary(piece.end));
                assert!(piece.is_empty() == body.is_empty());
                assert!(
                    [piece.start, piece.end.saturating_sub(1)]
                        .into_iter()
                        .all(|byte| body.is_empty() || whole.piece_at(byte) == index)
                );
                end = piece.end;
            }
            assert_eq!(end, body.len());
        }
    }
}
