//! What a reader has noted, as rows below the posts it is about.

use super::rows::{RowKind, Setting};
use crate::text::slice;
use crate::text::wrap::{self, Typesetting};
use crate::transcript::PostId;
use std::collections::BTreeMap;

/// So many rows of a note are shown below its post.
pub const MOST_ROWS: usize = 3;

/// Cells of the mark before a note.
pub const MARK: usize = 2;

/// What stands below a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Whether there is a name or a tag.
    pub head: bool,
    /// The note; may be empty.
    pub text: String,
}

/// All of them, by post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes(BTreeMap<PostId, Note>);

impl FromIterator<(PostId, Note)> for Notes {
    fn from_iter<Iter: IntoIterator<Item = (PostId, Note)>>(notes: Iter) -> Self {
        Self(notes.into_iter().collect())
    }
}

impl Notes {
    /// The rows below a post.
    pub fn rows(&self, post: PostId, setting: Setting) -> Vec<RowKind> {
        let Some(note) = self.0.get(&post) else { return Vec::new() };
        let mut rows = if note.head { vec![RowKind::MarkHead] } else { Vec::new() };
        let ranges = cut(&note.text, setting, MOST_ROWS + 1);
        let more = ranges.len() > MOST_ROWS;
        let shown = ranges.len().min(MOST_ROWS);
        for (index, range) in ranges.into_iter().take(MOST_ROWS).enumerate() {
            rows.push(RowKind::Note { range, first: index == 0, more: more && index + 1 == shown });
        }
        rows
    }
}

/// The first rows of a note, as byte ranges of it; blank lines are left out.
fn cut(text: &str, setting: Setting, most: usize) -> Vec<std::ops::Range<usize>> {
    let width = setting.measure.saturating_sub(MARK).max(1);
    let set = (setting.ruler, Typesetting { indent: crate::choice::Indent::None, ..setting.typesetting });
    let (mut rows, mut start) = (Vec::new(), 0);
    for line in text.split('\n') {
        if !line.trim().is_empty() && rows.len() < most {
            // More of a line than the rows can hold need not be cut.
            let end = line.char_indices().nth(width * (most + 1)).map_or(line.len(), |(end, _)| end);
            let cut = wrap::rows(set, slice(line, 0..end), width, 0);
            rows.extend(cut.into_iter().map(|row| start + row.start..start + row.end));
        }
        start += line.len() + 1;
    }
    rows.truncate(most);
    rows
}
