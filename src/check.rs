//! Irregularities of a record: what a careful reader would send back to the one who made it.
//!
//! One file a family of rules; what is found is data ([`Finding`]) and gets its words elsewhere. Bodies are looked at
//! one after another.

mod bylines;
mod captions;
mod finding;
mod marks;
mod names;
mod offices;
mod questions;
mod record;
mod times;
mod words;

pub use finding::{Detail, Finding, Level, Rule, Spelling};

use crate::structure::Structure;
use crate::transcript::{Remarks, Transcript};
use marks::Marks;
use record::Record;
use words::Words;

/// What is known of the source beside the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Read {
    /// Characters that could not be decoded.
    pub replaced: usize,
    /// What was read with indulgence.
    pub remarks: Remarks,
    /// Whether the posts stand in lines of the source.
    pub has_lines: bool,
}

/// Everything irregular, in file order.
pub fn findings(transcript: &Transcript, structure: &Structure, read: Read) -> Vec<Finding> {
    let record = Record { transcript, structure, has_lines: read.has_lines };
    let mut found = Vec::new();
    if read.replaced > 0 {
        found.push(Finding { post: None, line: None, detail: Detail::Replaced { count: read.replaced } });
    }
    found.extend(read.remarks.iter().map(|(remark, count, line)| {
        let line = Some(line).filter(|&line| line > 0);
        Finding { post: None, line, detail: Detail::Indulged { remark, count } }
    }));
    names::look(record, &mut found);
    questions::look(record, &mut found);
    bylines::look(record, &mut found);
    times::look(record, &mut found);
    let (words, mut marks) = (Words::new(), Marks::default());
    for id in transcript.ids() {
        let body = transcript.body(id);
        words.take(record, id, &body, &mut found);
        marks.take(record, id, &body, &mut found);
        captions::look(record, id, &body, &mut found);
    }
    marks.finish(&mut found);
    found.sort_by_key(|finding| (finding.post, finding.line, finding.rule()));
    found
}
