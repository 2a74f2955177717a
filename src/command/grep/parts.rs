//! Many places of one record, in parts that threads look at side by side.

use crate::query::posts_in;
use crate::transcript::{PostId, Transcript};
use std::ops::Range;
use std::panic::resume_unwind;
use std::thread::scope;

/// Fewer places are looked at sooner than they are divided.
pub const MANY: usize = 1024;

/// A part has this many places at most, and ends where they have as many bytes together.
const MOST: usize = 1024;
const MOST_BYTES: usize = 2 << 20;

/// Places in order, and the last post of those before them: it is none of this part.
pub type Part<'a> = (&'a [Range<usize>], Option<PostId>);

/// Places in parts that share no post.
pub fn of<'a>(places: &'a [Range<usize>], transcript: &Transcript) -> Vec<Part<'a>> {
    let mut bytes = 0;
    let parts = places.chunk_by(|place, _| {
        // Where the text of a part would lie, counted from the beginning of all.
        let before = bytes / MOST_BYTES;
        bytes += place.len().max(MOST_BYTES / MOST);
        bytes / MOST_BYTES == before
    });
    let mut behind = None;
    parts
        .map(|part| {
            let last = part.last().and_then(|place| posts_in(place, transcript).last());
            let before = behind;
            behind = last.max(before);
            (part, before)
        })
        .collect()
}

/// What comes of some parts, in order: each on a thread of its own, with something of its own to work with.
pub fn side_by_side<P: Sync, W: Send, T: Send>(
    parts: &[P],
    own: &mut [W],
    work: impl Fn(&P, &mut W) -> T + Sync,
) -> Vec<T> {
    let work = &work;
    scope(|scope| {
        let works = parts.iter().zip(own).map(|(part, own)| scope.spawn(move || work(part, own)));
        let works: Vec<_> = works.collect();
        works.into_iter().map(|work| work.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Forced, read_bytes};

    #[test]
    fn parts_have_all_places_and_no_post_twice() {
        let posts = (0..3000).map(|post| format!("第{post}条质量\n又质量\n\n"));
        let text = posts.collect::<Vec<_>>().concat();
        let transcript = read_bytes(text.as_bytes(), Forced::default()).unwrap().0;
        let places: Vec<_> = text.match_indices("质量").map(|(at, hit)| at..at + hit.len()).collect();
        let parts = of(&places, &transcript);
        assert!(parts.len() > 4 && parts.iter().all(|part| part.0.len() <= MOST));
        assert_eq!(parts.iter().flat_map(|part| part.0).cloned().collect::<Vec<_>>(), places);
        let mut last = None;
        for (places, behind) in parts {
            assert_eq!(behind, last);
            last = places.last().and_then(|place| posts_in(place, &transcript).last());
        }
    }

    #[test]
    fn what_comes_of_parts_is_in_order() {
        let mut own = [0; 3];
        let done = side_by_side(&[3, 1, 2], &mut own, |part, own| {
            *own += part;
            part * 10
        });
        assert_eq!((done, own), (vec![30, 10, 20], [3, 1, 2]));
    }
}
