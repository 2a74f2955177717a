//! What documents are made of: a record, what is derived from it, and text in which nothing acts.

use crate::lang::Lang;
use crate::marks::{Mark, Marks};
use crate::structure::Structure;
use crate::text::safe::Shown;
use crate::text::slice;
use crate::transcript::{PostId, Transcript};

/// A record that is written, and what is derived from it.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// The record.
    pub transcript: &'a Transcript,
    /// What is derived from it.
    pub structure: &'a Structure,
    /// The posts that are written, in their order.
    pub posts: &'a [PostId],
    /// What a reader keeps of them.
    pub marks: &'a Marks,
    /// What it is called where it has no title.
    pub name: &'a str,
    /// The language of words that are not of the record.
    pub lang: Lang,
}

impl<'a> Record<'a> {
    /// Its title, or what it is called.
    pub fn title(&self) -> String {
        let title = self.transcript.meta.title.as_deref().map(clean).filter(|title| !title.is_empty());
        title.unwrap_or_else(|| clean(self.name))
    }

    /// Whether all of it is written.
    pub fn is_whole(&self) -> bool {
        self.posts.len() == self.transcript.len()
    }

    /// What is kept of a post.
    pub fn mark(&self, id: PostId) -> Option<&'a Mark> {
        self.marks.of(id)
    }

    /// Whether anything is kept of a post that is written.
    pub fn has_marks(&self) -> bool {
        self.marks.iter().any(|(id, _)| self.posts.binary_search(&id).is_ok())
    }

    /// The byline of a post, as printed.
    pub fn label(&self, id: PostId) -> String {
        clean(&self.transcript.speaker(self.transcript.speaker_of(id)).label)
    }

    /// The paragraphs of a post, none of which is empty. Characters that act or do not show are marks.
    pub fn paragraphs(&self, id: PostId) -> Vec<String> {
        let body = self.transcript.body(id);
        let all = self.transcript.paragraphs(&body).map(|range| clean(slice(&body, range)));
        all.filter(|paragraph| !paragraph.is_empty()).collect()
    }

    /// The chapter that begins with a post.
    pub fn chapter(&self, id: PostId) -> Option<&'a str> {
        self.structure.chapters().at(id)
    }
}

/// A line of text in which no character acts.
pub fn clean(text: &str) -> String {
    Shown::of(text).as_str().trim().to_owned()
}

/// The record of a text, as a whole and without marks.
#[cfg(test)]
pub fn with_record<T>(text: &str, then: impl FnOnce(Record) -> T) -> T {
    let forced = crate::format::Forced::default();
    let transcript = crate::format::read_bytes(text.as_bytes(), forced).expect("a text").0;
    let structure = Structure::of(&transcript);
    let (posts, marks): (Vec<_>, _) = (transcript.ids().collect(), Marks::default());
    then(Record {
        transcript: &transcript,
        structure: &structure,
        posts: &posts,
        marks: &marks,
        name: "x",
        lang: Lang::En,
    })
}
