//! The word that one reads, searched by its key; and what the mouse does with words and beside them.

use super::pointer::{Pointer, PointerKind};
use super::sought::Word;
use super::state::App;
use crate::action::PromptKind;
use crate::layout::flow::PageRow;
use crate::layout::rows::RowKind;
use crate::query::{Query, Search, Ways};
use crate::text::phrases::words;
use crate::text::ruler::Cluster;
use crate::text::visible::Visible;
use crate::transcript::PostId;
use std::ops::Range;
use std::time::Duration;

/// Bytes of the record that tell what recurs, round the post.
const NEAR: usize = 1 << 20;

/// Bytes of a post that words are taken from at once.
const LONGEST: usize = 4096;

/// The fewest rows and columns of a pane with something beside the text.
const ROOM: (u16, u16) = (30, 4);

impl App {
    /// Searches a word of the post in focus: the hit one stands on, the word that was clicked on, else the first one in
    /// sight; the next word, if that one was searched by this key. One stays where one is.
    pub(super) fn search_word(&mut self) {
        let Some((post, range)) = self.word_to_search() else {
            return self.say(self.lang.words().find.no_word);
        };
        let (_, text) = self.transcript.part(post, range.clone());
        let visible = Visible::of(&text).as_str().to_lowercase();
        let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(query) = plain(&line, self.sought.ways) else {
            return self.say(self.lang.words().find.no_word);
        };
        let is_escaped = self.sought.ways.regex && !query.ways.regex;
        let typed = if is_escaped { regex::escape(&query.text) } else { query.text.clone() };
        self.sought.history.keep(PromptKind::Search, &typed);
        self.look_for(query);
        self.stand_at(post, range.start);
        let search = self.search.as_ref().map_or(0, Search::id);
        self.sought.word = Some(Word { post, range, search });
        let again = self.with_keys(self.lang.words().find.next_word);
        self.message = self.no_hits().or_else(|| Some(format!("{line} · {again}")));
    }

    fn word_to_search(&self) -> Option<(PostId, Range<usize>)> {
        let post = self.reader.focus;
        let sight = self.in_sight(post);
        let id = self.search.as_ref().map(Search::id);
        let last = self.sought.word.as_ref().filter(|word| word.post == post && Some(word.search) == id);
        let last = last.filter(|word| sight.contains(&word.range.start)).map(|word| word.range.end);
        let clicked = self.sought.clicked.filter(|&(other, byte)| other == post && sight.contains(&byte));
        if let (None, None, Some(hit)) = (last, clicked, self.hit_in_focus()) {
            return Some((post, hit));
        }
        let (start, text) = self.transcript.part(post, sight.clone());
        let wanted = last.or(clicked.map(|(_, byte)| byte + 1)).unwrap_or(start);
        let near = self.near(post);
        let count = |word: &str| memchr::memmem::find_iter(&near, word).take(NEAR).count();
        let mut all = words(&text, count).map(|word| start + word.start..start + word.end);
        let first = all.next()?;
        let is_wanted = |word: &Range<usize>| match last {
            Some(last) => word.start >= last,
            None => word.end >= wanted,
        };
        let found = if is_wanted(&first) { Some(first.clone()) } else { all.find(is_wanted) };
        Some((post, found.unwrap_or(first)))
    }

    /// The bytes of the hit one stands on, in the post in focus.
    fn hit_in_focus(&self) -> Option<Range<usize>> {
        let search = self.search.as_ref()?;
        let hit = search.hits(self.revealed).get(search.current?)?;
        (hit.post == self.reader.focus && !hit.range.is_empty()).then(|| hit.range.clone())
    }

    /// The bytes of a post that are in sight; where none are, those it begins with.
    fn in_sight(&self, post: PostId) -> Range<usize> {
        let shown = self.page.iter().skip(usize::from(self.covered)).filter(|row| row.post == post);
        let mut ranges = shown.filter_map(|row| match &row.kind {
            RowKind::Body { range, .. } => Some(range),
            _ => None,
        });
        let first = ranges.next().cloned().unwrap_or(0..LONGEST);
        let end = ranges.next_back().map_or(first.end, |last| last.end);
        first.start..end.min(first.start + LONGEST)
    }

    /// The source round a post.
    fn near(&self, post: PostId) -> Vec<u8> {
        let source = self.transcript.source();
        let at = self.transcript.body_range(post).start;
        let from = at.saturating_sub(NEAR / 2).min(source.len().saturating_sub(NEAR));
        let mut bytes = vec![0; (source.len() - from).min(NEAR)];
        source.read(from, &mut bytes);
        bytes
    }

    /// A press in the text: beside it, one goes there; on words, their post has the focus.
    pub(super) fn press_text(&mut self, pointer: Pointer, now: Duration) {
        let row = usize::from(pointer.y - self.panes.text.y);
        let is_press = pointer.kind == PointerKind::Press;
        if self.has_scrollbar() && pointer.x + 1 == self.panes.text.right() {
            return self.press_scrollbar(row, pointer.kind, now);
        }
        // The name that covers the first row is that of the second.
        let row = if self.covered { row.max(1) } else { row };
        let Some((post, kind)) = self.page.get(row).map(|row| (row.post, &row.kind)) else { return };
        match kind {
            RowKind::Hidden(_) if is_press => self.press_left_out(post, false, now),
            RowKind::HiddenTail if is_press => self.press_left_out(post, true, now),
            RowKind::Opened(_) if is_press => self.press_opened(post, now),
            _ => {
                self.reader.focus = post;
                self.sought.clicked = self.byte_at(row, pointer.x).map(|byte| (post, byte));
                self.sought.word = None;
            }
        }
    }

    /// The byte of a post whose character stands in a column of a row of the page.
    fn byte_at(&self, row: usize, x: u16) -> Option<usize> {
        let row = self.page.get(row)?;
        let RowKind::Body { range, indent, .. } = &row.kind else { return None };
        let setting = self.setting();
        let begin = usize::from(setting.column(self.panes.text).x) + setting.gutter + indent;
        let (_, text) = self.transcript.part(row.post, range.clone());
        let mut end = begin;
        let is_there = |cluster: &Cluster| {
            end += cluster.lead + cluster.width;
            usize::from(x) < end
        };
        let found = setting.ruler.clusters(&text).find(is_there)?;
        (usize::from(x) >= begin).then_some(range.start + found.start)
    }

    /// Whether hits and marks stand beside the text.
    pub fn has_scrollbar(&self) -> bool {
        let pane = self.panes.text;
        !self.sought.scrollbar.is_empty()
            && pane.width >= ROOM.0
            && pane.height >= ROOM.1
            && self.ahead().is_none()
            // A page that shows everything shows every one.
            && self.page_on_scrollbar().len() < self.sought.scrollbar.hits.len()
    }

    /// The rows beside the text that stand for the page.
    pub fn page_on_scrollbar(&self) -> Range<usize> {
        let byte = |row: &PageRow| {
            let body = self.transcript.body_range(row.post);
            match &row.kind {
                RowKind::Body { range, .. } => (body.start + range.start, body.start + range.end),
                RowKind::End | RowKind::HiddenTail => (body.end, body.end),
                _ => (body.start, body.start),
            }
        };
        let bar = &self.sought.scrollbar;
        let Some((first, last)) = self.page.first().zip(self.page.last()) else { return 0..0 };
        bar.row(byte(first).0)..bar.row(byte(last).1) + 1
    }

    /// Brings what stands beside the text up to date.
    pub(super) fn refresh_scrollbar(&mut self) {
        let (search, hits) =
            self.search.as_ref().map_or((0, &[][..]), |search| (search.id(), search.hits(self.revealed)));
        let rows = usize::from(self.panes.text.height);
        self.sought.scrollbar.update(
            (search, hits),
            &self.kept.marks,
            (&self.transcript, self.revealed),
            rows,
        );
    }

    /// Goes to the marked post that a row beside the text shows, else to the first hit, else to the post there.
    fn press_scrollbar(&mut self, row: usize, kind: PointerKind, now: Duration) {
        if kind == PointerKind::Press {
            self.jumps.leave(self.reader.focus);
        }
        if let Some(&Some(post)) = self.sought.scrollbar.marks.get(row) {
            return self.go(post, now);
        }
        if let Some(&Some(hit)) = self.sought.scrollbar.hits.get(row) {
            return self.land_on(hit, now);
        }
        let post = self.transcript.post_at(self.sought.scrollbar.byte(row));
        if let Some(post) = post.filter(|post| post.index() < self.revealed) {
            self.go(post, now);
        }
    }
}

/// A query for text as it stands there; with escapes where it would ask for something else.
fn plain(text: &str, ways: Ways) -> Option<Query> {
    let is_either = regex::escape(text) == text;
    let plain = Ways { regex: ways.regex && is_either, pinyin: false, ..ways };
    let query = Query::parse(text, plain).ok().filter(Query::is_of_words);
    let escaped = || regex::escape(text).replace([':', '：'], r"\:");
    let query = query
        .or_else(|| Query::parse(&escaped(), Ways { regex: true, ..plain }).ok().filter(Query::is_of_words));
    query.filter(|query| query.pattern().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stands_for_itself_whatever_it_looks_like() {
        for (text, line) in [
            ("质量", "质量"),
            ("a.b(", "a.b("),
            ("from:x", r"from\:x"),
            ("a role:x.", r"a role\:x\."),
            ("http://x", "http://x"),
        ] {
            let query = plain(text, Ways { pinyin: true, ..Ways::default() }).unwrap();
            assert_eq!((query.text.as_str(), query.ways.pinyin), (line, false));
            let line = format!("- {text} -");
            let found: Vec<_> =
                query.pattern().unwrap().find_iter(&line).filter_map(|range| line.get(range)).collect();
            assert_eq!(found, [text], "{text}");
        }
        assert!(plain("", Ways::default()).is_none());
    }
}
