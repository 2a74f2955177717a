//! The reading position: what stands at the top, which post has the focus, whether the edge is followed.

use crate::layout::flow::{Anchor, Flow, Place};
use crate::layout::rows::RowKind;
use crate::transcript::PostId;

/// A reading position; every move returns a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reader {
    /// The first words that can be read.
    pub anchor: Anchor,
    /// The post that commands act from.
    pub focus: PostId,
    /// Whether new posts scroll into view.
    pub follow: bool,
}

/// Where a post stands on a page: the row that shows a byte of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// The post.
    pub post: PostId,
    /// The byte of its body that the row begins with.
    pub byte: usize,
    /// The row of the page.
    pub row: usize,
}

/// Where one read before something was left out, and where that has led.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// The position before.
    pub before: Reader,
    /// Where the post in focus stood.
    pub seat: Option<Seat>,
    /// The position since.
    pub after: Reader,
}

impl Reader {
    /// The row that a page of `height` rows begins with: as the anchor says, but no further than the last full
    /// page, and with the focus in sight.
    pub fn top(self, flow: &Flow, height: usize) -> Place {
        let top = flow.top(self.anchor);
        let top = if flow.fills(top, height) { top } else { top.min(flow.last_top(height)) };
        let seen = flow.step(top, height as isize - 1);
        let lost = self.focus < top.post || flow.words_of(self.focus) > seen;
        if lost { flow.top_for(self.focus).min(flow.last_top(height)) } else { top }
    }

    /// `by` rows on or back from a page that begins at `top`. At either end single rows move the focus instead.
    #[must_use]
    pub fn scroll(self, flow: &Flow, height: usize, by: isize) -> Self {
        let top = self.top(flow, height);
        let last = flow.last_top(height);
        let new = flow.step(top, by).min(last);
        let bottom = new == last;
        if by == -1 && self.focus > first_readable(flow, top) && top == last {
            let focus = flow.before(self.focus).unwrap_or(self.focus);
            return Self { focus, follow: false, ..self };
        }
        if new != top {
            let focus = first_readable(flow, new);
            return Self { anchor: flow.anchor(new), focus, follow: bottom };
        }
        let focus = match by {
            1 => flow.after(self.focus).unwrap_or(self.focus),
            -1 => flow.before(self.focus).unwrap_or(self.focus),
            2.. => flow.last(),
            _ => flow.start().post,
        };
        Self { focus, follow: bottom && by > 0, ..self }
    }

    /// The beginning.
    pub fn at_start(flow: &Flow) -> Self {
        let start = flow.start();
        Self { anchor: flow.anchor(start), focus: start.post, follow: false }
    }

    /// The end: the last full page.
    pub fn at_end(flow: &Flow, height: usize) -> Self {
        Self { anchor: flow.anchor(flow.last_top(height)), focus: flow.last(), follow: true }
    }

    /// To a post: its first row at the top, below who speaks, unless the record ends before a full page.
    #[must_use]
    pub fn go(self, flow: &Flow, height: usize, post: PostId) -> Self {
        let top = flow.top_for(post).min(flow.last_top(height));
        Self { anchor: flow.anchor(top), focus: post, follow: flow.is_last(post) }
    }

    /// To the newest post: the page ends with it, or begins with it if it is longer than the page.
    #[must_use]
    pub fn to_edge(self, flow: &Flow, height: usize) -> Self {
        if flow.is_empty() {
            return self;
        }
        let focus = flow.last();
        let top = flow.last_top(height).min(flow.top_for(focus));
        Self { anchor: flow.anchor(top), focus, follow: true }
    }

    /// The same position in a flow that has become shorter, or in which less is shown.
    #[must_use]
    pub fn clamped(self, flow: &Flow) -> Self {
        if flow.is_empty() {
            return self;
        }
        let (post, focus) = (flow.nearest(self.anchor.post), flow.nearest(self.focus));
        if post == self.anchor.post && focus == self.focus {
            return self;
        }
        let anchor =
            if post == self.anchor.post { self.anchor } else { Anchor { post, ..Anchor::default() } };
        Self { anchor, focus, ..self }
    }
}

fn first_readable(flow: &Flow, top: Place) -> PostId {
    let covered = usize::from(flow.is_covered(top));
    let page = flow.page(top, 4);
    let readable = page.iter().skip(covered).find(|row| !matches!(row.kind, RowKind::Blank));
    readable.map_or(top.post, |row| row.post)
}
