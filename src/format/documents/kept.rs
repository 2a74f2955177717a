//! What a reader keeps of a post, as documents tell it: a bookmark, a note, tags; never taken for what was said.

use super::record::{Record, clean};
use crate::transcript::PostId;

/// Something kept: what it is called, and its words, a line each.
pub struct Kept {
    /// `书签`, `笔记`, `标签`.
    pub label: &'static str,
    /// Its words; none for a bookmark without a name.
    pub lines: Vec<String>,
}

/// What is kept of a post, in the language of the user.
pub fn kept(record: Record, id: PostId) -> Vec<Kept> {
    let Some(mark) = record.mark(id) else { return Vec::new() };
    let [bookmark, note, tags] = record.lang.words().keep.kept;
    let lines =
        |text: &str| -> Vec<String> { text.lines().map(clean).filter(|line| !line.is_empty()).collect() };
    let mut all = Vec::new();
    if mark.bookmarked {
        all.push(Kept { label: bookmark, lines: lines(&mark.name) });
    }
    if !mark.note.trim().is_empty() {
        all.push(Kept { label: note, lines: lines(&mark.note) });
    }
    if !mark.tags.is_empty() {
        let named: Vec<_> = mark.tags.iter().map(|tag| clean(tag)).collect();
        all.push(Kept { label: tags, lines: vec![named.join(record.lang.pick("、", ", "))] });
    }
    all
}
