//! Which posts of a record are asked for.

use super::record::Record;
use crate::query::{Query, hits_of, posts_in};
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
        let mut matching = self.matching(record);
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

    /// The posts that match, in order.
    fn matching<'a>(&'a self, record: &'a Record) -> impl Iterator<Item = Found> + 'a {
        let Record { transcript, structure, marks, places } = record;
        let bound = self.query.bound((transcript, structure), marks);
        let posts: Box<dyn Iterator<Item = PostId>> = match places {
            Some(places) => Box::new(places.iter().flat_map(|place| posts_in(place, transcript))),
            None => Box::new(transcript.ids()),
        };
        let mut last = None;
        // A post may have several places.
        let posts = posts.filter(move |&post| last < Some(post) && last.replace(post) != Some(post));
        posts.filter(move |&post| bound.matches(post, (transcript, structure))).filter_map(|post| {
            let Some(pattern) = self.query.pattern() else { return Some(Found { post, hits: Vec::new() }) };
            let hits = hits_of(pattern, transcript, post, usize::MAX);
            (!hits.is_empty()).then_some(Found { post, hits })
        })
    }
}
