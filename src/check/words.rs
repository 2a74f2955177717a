//! Bodies: paragraphs that have run together, characters that were replaced, posts without words.

use super::finding::{Detail, Finding};
use super::record::Record;
use crate::text::count::chars;
use crate::text::safe::is_invisible;
use crate::text::slice;
use crate::transcript::PostId;
use memchr::memmem::Finder;
use std::ops::Range;

/// A post of one paragraph is long from so many bytes on: 1500 ideographs, 4500 Latin letters.
const LONG: usize = 4500;

/// Text between runs of blanks is a paragraph from so many bytes on; what is shorter may be a table.
const PROSE: usize = 36;

/// What a paragraph ends with.
const ENDS: [char; 16] =
    ['。', '！', '？', '…', '；', '：', '”', '』', '」', '）', '.', '!', '?', ';', ':', '"'];

/// What an invalid character is replaced with.
const REPLACEMENT: &str = "\u{fffd}";

/// Looks at bodies.
pub struct Words {
    replacement: Finder<'static>,
}

impl Words {
    pub fn new() -> Self {
        Self { replacement: Finder::new(REPLACEMENT) }
    }

    /// Looks at a body.
    pub fn take(&self, record: Record, id: PostId, body: &str, found: &mut Vec<Finding>) {
        if let Some(at) = self.replacement.find(body.as_bytes()) {
            let count = self.replacement.find_iter(body.as_bytes()).count();
            let line = record.lines(id).line(body, at);
            found.push(Finding { post: Some(id), line, detail: Detail::Replaced { count } });
        }
        let mut pieces = record.transcript.paragraphs(body);
        let Some(first) = pieces.next().filter(|first| !is_blank(slice(body, first.clone()))) else {
            if body.chars().all(|ch| ch.is_whitespace() || is_invisible(ch)) {
                found.push(record.at_post(id, Detail::Empty));
            }
            return;
        };
        let Some(second) = pieces.next() else {
            if first.len() > LONG {
                found.push(record.at_words(id, Detail::LongParagraph { chars: chars(slice(body, first)) }));
            }
            return;
        };
        lost(record, id, body, (first, second), pieces, found);
    }
}

/// Tells of each line that holds two paragraphs and more.
fn lost(
    record: Record,
    id: PostId,
    body: &str,
    (mut before, second): (Range<usize>, Range<usize>),
    rest: impl Iterator<Item = Range<usize>>,
    found: &mut Vec<Finding>,
) {
    let mut lines = None;
    let mut line: Option<Finding> = None;
    for piece in std::iter::once(second).chain(rest) {
        let is_same_line = !slice(body, before.end..piece.start).contains(is_line_end);
        match (&mut line, is_same_line) {
            (_, true) if !is_lost(body, &before, &piece) => {}
            (Some(Finding { detail: Detail::LostBreaks { count }, .. }), true) => *count += 1,
            (_, true) => {
                let line_at = lines.get_or_insert_with(|| record.lines(id)).line(body, before.end);
                let detail = Detail::LostBreaks { count: 1 };
                line = Some(Finding { post: Some(id), line: line_at, detail });
            }
            (_, false) => found.extend(line.take()),
        }
        before = piece;
    }
    found.extend(line);
}

/// Whether the blanks between two pieces of a line were the end of a paragraph.
fn is_lost(body: &str, before: &Range<usize>, behind: &Range<usize>) -> bool {
    slice(body, before.clone()).ends_with(ENDS) || before.len().max(behind.len()) >= PROSE
}

fn is_blank(text: &str) -> bool {
    text.chars().all(is_invisible)
}

const fn is_line_end(ch: char) -> bool {
    matches!(ch, '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
