//! Positions in the running text: a row of it, and a reading position.

use crate::transcript::PostId;

/// A row: its post and its index there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    /// The post.
    pub post: PostId,
    /// The piece of the post.
    pub piece: usize,
    /// The row of the piece.
    pub row: usize,
}

/// A reading position that names text, so that it survives any change of width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Anchor {
    /// The post.
    pub post: PostId,
    /// The first byte of the body that can be read.
    pub byte: usize,
    /// Rows above the words of the post, when the position is there.
    pub above: usize,
    /// Rows below the words of the post, when the position is there.
    pub below: usize,
    /// Whether the row before it is the top of the page, covered by the speaker's name.
    pub covered: bool,
}
