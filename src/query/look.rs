//! From places that a scan has found to hits in the words of posts.

use super::pattern::Pattern;
use super::scan::{Found, OVERLAP};
use crate::text::visible::Visible;
use crate::transcript::{PostId, Transcript};
use std::ops::Range;

/// Longer posts are looked at in parts, in bytes.
const LONG: usize = 1 << 20;

/// The posts whose words stand in a part of the source.
pub fn posts_in<'a>(
    part: &Range<usize>,
    transcript: &'a Transcript,
) -> impl Iterator<Item = PostId> + use<'a> {
    let part = part.clone();
    let first = transcript.post_at(part.start).unwrap_or_default();
    let end = transcript.post_at(part.end.saturating_sub(1)).map_or(0, PostId::number);
    (first.index()..end).map(PostId::new).filter(move |&post| {
        let body = transcript.body_range(post);
        body.start < part.end && part.start < body.end
    })
}

/// The posts that a scan says may have hits, in order.
pub fn posts_of<'a>(found: &'a Found, transcript: &'a Transcript) -> impl Iterator<Item = PostId> + use<'a> {
    let everywhere = found.anywhere.then_some(&found.range);
    let mut last = None;
    everywhere.into_iter().chain(&found.places).flat_map(|part| posts_in(part, transcript)).filter(
        move |&post| {
            let is_new = last < Some(post);
            last = last.max(Some(post));
            is_new
        },
    )
}

/// What is to be looked at of a body when a scan has come through a range: all of it, of a very long one the part that the
/// scan has come through, and before it what a match that was found may begin in.
pub fn part_of(body: &Range<usize>, scanned: &Range<usize>) -> Range<usize> {
    if body.len() <= LONG {
        return 0..body.len();
    }
    let end = scanned.end.min(body.end).saturating_sub(body.start);
    scanned.start.saturating_sub(body.start).saturating_sub(OVERLAP).min(end)..end
}

/// The hits that begin in a part of a post, in bytes of its body.
pub fn hits_in(
    pattern: &Pattern,
    transcript: &Transcript,
    (post, part): (PostId, Range<usize>),
    mut take: impl FnMut(Range<usize>) -> bool,
) {
    let (start, text) = transcript.part(post, part.start..part.end.saturating_add(OVERLAP));
    let visible = Visible::of(&text);
    for range in pattern.find_iter(visible.as_str()) {
        let range = visible.in_source(&range);
        if start + range.start >= part.end || !take(start + range.start..start + range.end) {
            return;
        }
    }
}

/// All hits in a post, in bytes of its body, up to `most`.
pub fn hits_of(pattern: &Pattern, transcript: &Transcript, post: PostId, most: usize) -> Vec<Range<usize>> {
    let len = transcript.body_range(post).len();
    let mut hits: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while from < len && hits.len() < most {
        let end = if len <= LONG { len } else { (from + LONG).min(len) };
        hits_in(pattern, transcript, (post, from..end), |hit| {
            hits.push(hit);
            hits.len() < most
        });
        from = hits.last().map_or(end, |last| last.end.max(end));
    }
    hits
}
