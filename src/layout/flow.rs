//! The running text as a sequence of rows: cut lazily, addressed by post and piece, walked in both directions.
//!
//! The top row of a page may be *covered*: when it lies inside a turn, the name of the speaker stands in
//! its place. A reading position therefore names the first row that can be read.

pub use super::position::{Anchor, Place};

use super::notes::Notes;
use super::pieces::Body;
use super::rows::{LeftOut, RowKind, Setting, rows};
use super::shown::Shown;
use crate::structure::Structure;
use crate::transcript::{PostId, Transcript};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Pieces of posts whose rows are kept.
const KEPT: usize = 512;

/// The rows of pieces of posts.
type Pieces = hashbrown::HashMap<(PostId, usize), Rc<[RowKind]>>;

/// Rows that were cut, for one setting.
#[derive(Debug, Default)]
pub struct Cache {
    setting: Setting,
    rows: RefCell<Pieces>,
    notes: Notes,
    /// Of so many posts the last one that is shown.
    last: Cell<Option<(usize, Option<PostId>)>>,
}

impl Cache {
    /// Makes ready for a setting; another one forgets every row.
    pub fn set(&mut self, setting: Setting) {
        if self.setting != setting {
            self.setting = setting;
            self.rows.get_mut().clear();
        }
    }

    /// The setting.
    pub fn setting(&self) -> Setting {
        self.setting
    }

    /// Shows other notes below posts.
    pub fn annotate(&mut self, notes: Notes) {
        if self.notes != notes {
            self.notes = notes;
            self.rows.get_mut().clear();
        }
    }

    /// The last of so many posts that is shown, once it was found.
    fn last(&self, posts: usize, find: impl FnOnce() -> Option<PostId>) -> Option<PostId> {
        if let Some((_, last)) = self.last.get().filter(|&(known, _)| known == posts) {
            return last;
        }
        let last = find();
        self.last.set(Some((posts, last)));
        last
    }

    /// Forgets every row: posts of another record follow, or others of them are shown or captions.
    pub fn clear(&mut self) {
        self.last.set(None);
        self.rows.get_mut().clear();
    }

    /// Forgets the rows of a post whose body has grown.
    pub fn forget(&mut self, id: PostId) {
        self.rows.get_mut().retain(|&(post, _), _| post != id);
    }
}

/// The rows of the first posts of a record, as far as they are shown.
#[derive(Debug, Clone, Copy)]
pub struct Flow<'a> {
    transcript: &'a Transcript,
    structure: &'a Structure,
    cache: &'a Cache,
    shown: Shown<'a>,
    /// How many posts there are, shown or not.
    posts: usize,
    /// The last one that is shown.
    last: Option<PostId>,
}

/// One row of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRow {
    /// The post it belongs to.
    pub post: PostId,
    /// What it holds.
    pub kind: RowKind,
}

impl<'a> Flow<'a> {
    /// The rows of the first `posts` posts, without what is left out; `cache` has those that were cut before.
    pub fn new(shown: Shown<'a>, cache: &'a Cache, posts: usize) -> Self {
        let last = cache.last(posts, || shown.before(PostId::new(posts)));
        let Shown { transcript, structure, .. } = shown;
        Self { transcript, structure, cache, shown, posts, last }
    }

    /// The first post that is shown behind one.
    pub fn after(&self, post: PostId) -> Option<PostId> {
        self.shown.after(post, self.posts)
    }

    /// The last post that is shown before one.
    pub fn before(&self, post: PostId) -> Option<PostId> {
        self.shown.before(post)
    }

    /// The post itself if it is shown, else the next that is, else the last.
    pub fn nearest(&self, post: PostId) -> PostId {
        match post.index().checked_sub(1) {
            Some(before) => self.after(PostId::new(before)),
            None => self.first(),
        }
        .unwrap_or_else(|| self.last())
    }

    /// The first post that is shown.
    fn first(&self) -> Option<PostId> {
        let begin = PostId::default();
        if self.posts > 0 && self.shown.has(begin) { Some(begin) } else { self.after(begin) }
    }

    /// The first row.
    pub fn start(&self) -> Place {
        self.first().map(|first| self.start_of(first)).unwrap_or_default()
    }

    /// Whether nothing is shown.
    pub fn is_empty(&self) -> bool {
        self.last.is_none()
    }

    /// Whether a post is the last that is shown.
    pub fn is_last(&self, post: PostId) -> bool {
        self.last == Some(post)
    }

    /// What is left out, or was opened, right before a post.
    fn left_out(&self, post: PostId) -> LeftOut {
        if !self.shown.hides() {
            return LeftOut::default();
        }
        LeftOut {
            hidden: self.shown.left_out_before(post).len(),
            opened: self.shown.opened.begun_at(post).unwrap_or(0),
        }
    }

    /// The rows of a piece of a post; the last one that is to be seen is followed by the end mark.
    pub fn rows(&self, piece: (PostId, usize)) -> Rc<[RowKind]> {
        if let Some(rows) = self.cache.rows.borrow().get(&piece) {
            return Rc::clone(rows);
        }
        let left_out = self.left_out(piece.0);
        let mut cut = rows((self.transcript, self.structure), piece, left_out, self.cache.setting);
        if piece.1 + 1 == self.pieces(piece.0) {
            cut.extend(self.cache.notes.rows(piece.0, self.cache.setting));
        }
        let cut: Rc<[RowKind]> = cut.into();
        let mut kept = self.cache.rows.borrow_mut();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(piece, Rc::clone(&cut));
        cut
    }

    /// The last post that is shown.
    pub fn last(&self) -> PostId {
        self.last.unwrap_or_default()
    }

    /// The rows below the last post.
    fn tail(&self) -> &'static [RowKind] {
        let hidden = self.posts - self.last.map_or(0, PostId::number);
        if hidden > 0 {
            &[RowKind::Blank, RowKind::HiddenTail, RowKind::Blank, RowKind::End]
        } else {
            &[RowKind::Blank, RowKind::End]
        }
    }

    /// Whether a post begins with who speaks.
    pub fn has_header(&self, id: PostId) -> bool {
        self.rows((id, 0)).contains(&RowKind::Header)
    }

    fn pieces(&self, id: PostId) -> usize {
        Body::of(self.transcript, id).pieces()
    }

    /// The last row of a post.
    fn end_of(&self, post: PostId) -> Place {
        let piece = self.pieces(post) - 1;
        Place { post, piece, row: self.count((post, piece)) - 1 }
    }

    fn count(&self, piece: (PostId, usize)) -> usize {
        let last = piece.0 == self.last() && piece.1 + 1 == self.pieces(piece.0);
        self.rows(piece).len() + if last { self.tail().len() } else { 0 }
    }

    fn kind(&self, place: Place) -> RowKind {
        let rows = self.rows((place.post, place.piece));
        let kind = rows.get(place.row).or_else(|| self.tail().get(place.row - rows.len()));
        kind.cloned().unwrap_or(RowKind::End)
    }

    /// Whether a row is part of the running text of a turn. A caption is not: it has another author.
    fn is_running(&self, place: Place) -> bool {
        self.kind(place).is_running() && self.structure.caption_of(place.post).is_none()
    }

    /// The first row of a post.
    pub fn start_of(&self, id: PostId) -> Place {
        Place { post: id.min(self.last()), ..Place::default() }
    }

    /// Where a jump to a post puts the top: its separator or its header, without the blank row before.
    pub fn head_of(&self, id: PostId) -> Place {
        if self.is_empty() {
            return Place::default();
        }
        let id = id.min(self.last());
        let rows = self.rows((id, 0));
        let above = rows.iter().take_while(|row| matches!(row, RowKind::Blank | RowKind::Lead { .. }));
        Place { post: id, piece: 0, row: above.count() }
    }

    /// The first row of a post with words of its own.
    pub fn words_of(&self, id: PostId) -> Place {
        let head = self.head_of(id);
        let rows = self.rows((head.post, 0));
        let words = rows.iter().position(|row| matches!(row, RowKind::Body { .. }));
        words.map_or(head, |row| Place { row, ..head })
    }

    /// Where a page begins that is to show a post from its first row on: inside a turn one row above, which gives way
    /// to the speaker's name.
    pub fn top_for(&self, id: PostId) -> Place {
        let head = self.head_of(id);
        let named = !self.is_empty() && self.cache.setting.headers && self.is_running(head);
        if named { self.step(head, -1) } else { head }
    }

    /// The row `by` rows on (or back), or the nearest there is.
    pub fn step(&self, from: Place, by: isize) -> Place {
        if self.is_empty() {
            return Place::default();
        }
        let mut place = from;
        let mut left = by;
        while left > 0 {
            let below = self.count((place.post, place.piece)) - 1 - place.row;
            let more = place.piece + 1 < self.pieces(place.post);
            if left as usize <= below || place.post >= self.last() && !more {
                place.row += below.min(left as usize);
                return place;
            }
            left -= below as isize + 1;
            place = match self.after(place.post) {
                _ if more => Place { piece: place.piece + 1, row: 0, ..place },
                Some(next) => self.start_of(next),
                None => return place,
            };
        }
        while left < 0 {
            if left.unsigned_abs() <= place.row {
                place.row -= left.unsigned_abs();
                return place;
            }
            left += place.row as isize + 1;
            place = match (place.piece.checked_sub(1), self.before(place.post)) {
                (Some(piece), _) => Place { piece, row: self.count((place.post, piece)) - 1, ..place },
                (None, Some(before)) => self.end_of(before),
                (None, None) => return Place { row: 0, ..place },
            };
        }
        place
    }

    /// The highest top of a page of `height` rows that still shows the last row.
    pub fn last_top(&self, height: usize) -> Place {
        if self.is_empty() {
            return Place::default();
        }
        self.step(self.end_of(self.last()), 1 - height.max(1) as isize)
    }

    /// Whether there are `height` rows from `top` on.
    pub fn fills(&self, top: Place, height: usize) -> bool {
        let Some(rest) = height.checked_sub(1).filter(|&rest| rest > 0) else { return !self.is_empty() };
        let before = self.step(top, rest as isize - 1);
        self.step(before, 1) != before
    }

    /// Whether the row at the top of a page gives way to the speaker's name.
    pub fn is_covered(&self, top: Place) -> bool {
        if self.is_empty() || !self.cache.setting.headers || !self.is_running(top) {
            return false;
        }
        let next = self.step(top, 1);
        next != top
            && self.is_running(next)
            && self.structure.turn_of(self.transcript, next.post)
                == self.structure.turn_of(self.transcript, top.post)
    }

    /// The reading position of a page with that top.
    pub fn anchor(&self, top: Place) -> Anchor {
        if self.is_empty() {
            return Anchor::default();
        }
        let covered = self.is_covered(top);
        let place = if covered { self.step(top, 1) } else { top };
        let post = place.post;
        let rows = self.rows((post, place.piece));
        if let Some(RowKind::Body { range, .. }) = rows.get(place.row) {
            return Anchor { post, byte: range.start, covered, ..Anchor::default() };
        }
        let words = rows.iter().position(|row| matches!(row, RowKind::Body { .. })).unwrap_or(0);
        if place.row < words {
            return Anchor { post, above: words - place.row, covered, ..Anchor::default() };
        }
        let last = rows.iter().enumerate().rev().find_map(|(row, kind)| match kind {
            RowKind::Body { range, .. } => Some((row, range.start)),
            _ => None,
        });
        let (row, byte) = last.unwrap_or_default();
        let below = place.row.min(rows.len() - 1).saturating_sub(row);
        Anchor { post, byte, below, covered, above: 0 }
    }

    /// The top of the page whose reading position is `anchor`.
    pub fn top(&self, anchor: Anchor) -> Place {
        if self.is_empty() {
            return Place::default();
        }
        if anchor.post > self.last() {
            return self.start_of(anchor.post);
        }
        let place = self.row_of(anchor);
        if anchor.covered || self.is_covered(place) { self.step(place, -1) } else { place }
    }

    /// The row that shows a byte of a post's body.
    pub fn row_at(&self, post: PostId, byte: usize) -> Place {
        self.row_of(Anchor { post, byte, ..Anchor::default() })
    }

    fn row_of(&self, anchor: Anchor) -> Place {
        let post = anchor.post;
        let piece = if anchor.above > 0 { 0 } else { Body::of(self.transcript, post).piece_at(anchor.byte) };
        let rows = self.rows((post, piece));
        let words = rows.iter().position(|row| matches!(row, RowKind::Body { .. })).unwrap_or(0);
        if anchor.above > 0 {
            return Place { post, piece, row: words.saturating_sub(anchor.above) };
        }
        let starts_by =
            |row: &RowKind| matches!(row, RowKind::Body { range, .. } if range.start <= anchor.byte);
        let row = rows.iter().rposition(starts_by).unwrap_or(words);
        Place { post, piece, row: (row + anchor.below).min(rows.len() - 1) }
    }

    /// The rows of a page from `top`.
    pub fn page(&self, top: Place, height: usize) -> Vec<PageRow> {
        let mut page = Vec::with_capacity(height);
        let mut place = top;
        while page.len() < height && !self.is_empty() {
            page.push(PageRow { post: place.post, kind: self.kind(place) });
            let next = self.step(place, 1);
            if next == place {
                break;
            }
            place = next;
        }
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Forced, read_bytes};
    use crate::layout::hearing::Hearing;
    use crate::layout::opened::Opened;
    use crate::text::ruler::Ruler;
    use crate::text::wrap::Typesetting;

    fn record() -> Transcript {
        let text = "2025-01-01 08:00\n甲\n一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十\n\
                    2025-01-01 08:01\n甲\n甲乙丙丁戊己庚辛\n2025-01-01 08:30\n乙\n天地玄黄\n宇宙洪荒\n";
        read_bytes(text.as_bytes(), Forced::default()).unwrap().0
    }

    fn with_flow(width: usize, posts: usize, test: impl Fn(Flow)) {
        let transcript = record();
        let structure = Structure::of(&transcript);
        let mut cache = Cache::default();
        cache.set(Setting::new(&transcript, (Ruler::default(), Typesetting::default()), width, 0));
        let (hearing, opened) = (Hearing::default(), Opened::default());
        let (transcript, structure) = (&transcript, &structure);
        let shown = Shown { transcript, structure, hearing: &hearing, sieve: None, opened: &opened };
        test(Flow::new(shown, &cache, posts));
    }

    fn all(flow: &Flow) -> Vec<Place> {
        let mut places = vec![Place::default()];
        loop {
            let last = places[places.len() - 1];
            let next = flow.step(last, 1);
            if next == last {
                return places;
            }
            places.push(next);
        }
    }

    #[test]
    fn steps_forward_and_back_meet() {
        with_flow(30, 3, |flow| {
            let places = all(&flow);
            for (from, &place) in places.iter().enumerate() {
                for (to, &other) in places.iter().enumerate() {
                    assert_eq!(flow.step(place, to as isize - from as isize), other);
                }
                assert_eq!(flow.step(place, 1000), places[places.len() - 1]);
                assert_eq!(flow.step(place, -1000), places[0]);
            }
            assert_eq!(flow.last_top(4), places[places.len() - 4]);
            assert_eq!(flow.last_top(1000), places[0]);
        });
    }

    #[test]
    fn a_position_finds_its_row_again() {
        for width in [12, 20, 30, 80] {
            with_flow(width, 3, |flow| {
                for place in all(&flow) {
                    let again = flow.top(flow.anchor(place));
                    let tail = matches!(flow.kind(place), RowKind::End)
                        || flow.step(place, 1) == flow.step(place, 2);
                    assert!(again == place || tail, "{place:?} became {again:?} at {width}");
                }
            });
        }
    }

    #[test]
    fn every_row_down_shows_another_row() {
        for width in [12, 20, 30, 80] {
            with_flow(width, 3, |flow| {
                let shown = |top| {
                    let anchor = flow.anchor(top);
                    let top = flow.top(anchor);
                    let covered = usize::from(flow.is_covered(top));
                    (covered, flow.page(top, 5).split_off(covered))
                };
                let last = flow.last_top(5);
                let mut top = Place::default();
                while top < last {
                    let next = flow.step(flow.top(flow.anchor(top)), 1);
                    assert_ne!(shown(next), shown(top), "{top:?} at {width}");
                    top = next;
                }
            });
        }
    }

    #[test]
    fn a_position_keeps_its_words_at_another_width() {
        for from in [14, 20, 30, 70] {
            for to in [14, 20, 30, 70] {
                with_flow(from, 3, |flow| {
                    for place in all(&flow) {
                        let anchor = flow.anchor(place);
                        with_flow(to, 3, |other| {
                            let top = other.top(anchor);
                            let readable = if other.is_covered(top) { other.step(top, 1) } else { top };
                            let page = other.page(readable, 3);
                            let found = anchor.above > 0
                                || page.iter().any(|row| {
                                    let holds = matches!(&row.kind, RowKind::Body { range, .. }
                                        if range.contains(&anchor.byte) || range.start == anchor.byte);
                                    row.post == anchor.post && holds
                                });
                            assert!(found, "{anchor:?} {from} to {to}");
                        });
                    }
                });
            }
        }
    }

    #[test]
    fn a_page_for_a_post_shows_its_first_row_and_who_speaks() {
        for width in [12, 20, 30, 80] {
            with_flow(width, 3, |flow| {
                for post in [0, 1, 2].map(PostId::new) {
                    let top = flow.top_for(post);
                    let readable = flow.step(top, isize::from(flow.is_covered(top)));
                    assert_eq!(readable, flow.head_of(post), "{post:?} at {width}");
                    assert_eq!(
                        flow.is_covered(top),
                        !flow.structure.begins_turn(flow.transcript, post) && post.index() == 1
                    );
                }
            });
        }
    }

    #[test]
    fn a_replay_ends_at_its_edge() {
        with_flow(40, 1, |flow| {
            let places = all(&flow);
            assert!(places.iter().all(|place| place.post == PostId::new(0)));
            let page = flow.page(Place::default(), 100);
            assert_eq!(page[page.len() - 1].kind, RowKind::End);
        });
        with_flow(40, 0, |flow| {
            assert!(flow.page(Place::default(), 10).is_empty());
            assert_eq!(flow.step(Place::default(), 5), Place::default());
        });
    }
}
