//! Which posts of a record are asked for.

use super::record::Record;
use crate::query::{Bound, Query, hits_of, posts_in};
use crate::transcript::PostId;
use std::io;
use std::ops::Range;

/// What is looked for.
pub struct Asked {
    /// The query.
    pub query: Query,
    /// Whether the other posts are meant.
    pub inverted: bool,
}

/// A post that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The post.
    pub post: PostId,
    /// Where the pattern matches, in bytes of its body; nothing where the whole post is meant.
    pub hits: Vec<Range<usize>>,
}

impl Asked {
    /// A query, or whatever it does not ask for.
    pub const fn new(query: Query, inverted: bool) -> Self {
        Self { query, inverted }
    }

    /// Tells of each post that is found, in order, as long as more is wanted.
    ///
    /// # Errors
    /// That of whom it is told.
    pub fn each(&self, record: &Record, mut tell: impl FnMut(&Found) -> io::Result<bool>) -> io::Result<()> {
        let bound = self.bound(record);
        let mut matching = self.matching(record, &bound, (record.places.as_deref(), None));
        if !self.inverted {
            while let Some(found) = matching.next()
                && tell(&found)?
            {}
            return Ok(());
        }
        let mut matching = matching.peekable();
        for post in record.transcript.ids() {
            let is_other = matching.next_if(|found| found.post == post).is_none();
            if is_other && !tell(&Found { post, hits: Vec::new() })? {
                break;
            }
        }
        Ok(())
    }

    /// What is asked of posts beside the pattern, looked up in a record.
    pub fn bound(&self, record: &Record) -> Bound {
        self.query.bound((&record.transcript, &record.structure), &record.marks)
    }

    /// The posts that match, in order: in some places, where those are known, and behind a post.
    pub fn matching<'a>(
        &'a self,
        record: &'a Record,
        bound: &'a Bound,
        (places, behind): (Option<&'a [Range<usize>]>, Option<PostId>),
    ) -> impl Iterator<Item = Found> + 'a {
        let Record { transcript, structure, .. } = record;
        let posts: Box<dyn Iterator<Item = PostId>> = match places {
            Some(places) => Box::new(places.iter().flat_map(|place| posts_in(place, transcript))),
            None => Box::new(transcript.ids()),
        };
        let mut last = behind;
        // A post may have several places.
        let posts = posts.filter(move |&post| last < Some(post) && last.replace(post) != Some(post));
        posts.filter(move |&post| bound.matches(post, (transcript, structure.as_ref()))).filter_map(|post| {
            let Some(pattern) = self.query.pattern() else { return Some(Found { post, hits: Vec::new() }) };
            let hits = hits_of(pattern, transcript, post, usize::MAX);
            (!hits.is_empty()).then_some(Found { post, hits })
        })
    }
}
