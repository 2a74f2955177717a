//! Finds rows that only moved: a band of whole rows that the terminal can shift itself.
//!
//! It goes by what stands in the cells and knows no panes: rows of the same text vote for a shift, and a shift
//! is taken if it leaves fewer cells to write, counted cell by cell.

use super::frame::{Frame, Line};
use std::cmp::Reverse;
use std::rc::Rc;

/// Cells that a shift must save: its sequences are as long as some ten of them.
const WORTH: i32 = 16;

/// How many of the shifts with most votes are counted out.
const CANDIDATES: usize = 2;

/// Rows `top..bottom` move up by `by`, or down where it is negative; blank rows come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scroll {
    /// The first row of the band.
    pub top: u16,
    /// The row behind it.
    pub bottom: u16,
    /// How far its rows move.
    pub by: i16,
}

impl Scroll {
    /// The row that stands in row `y` after the shift; nothing where a blank one came in.
    pub fn source(self, y: u16) -> Option<u16> {
        if !(self.top..self.bottom).contains(&y) {
            return Some(y);
        }
        y.checked_add_signed(self.by).filter(|from| (self.top..self.bottom).contains(from))
    }
}

/// The best shift, if one is worth it. `changed` says which rows differ.
pub fn find(shown: &Frame, next: &Frame, changed: &[bool]) -> Option<Scroll> {
    let votes = votes(shown, next, changed);
    if votes.is_empty() {
        return None;
    }
    let costs = Costs::of(shown, next);
    let best = votes.iter().filter_map(|votes| costs.band(votes)).max()?;
    let (saved, top, bottom, by) = best;
    (saved > WORTH).then_some(Scroll { top, bottom, by })
}

/// The rows that voted for a shift: the first, the last, and how many.
#[derive(Debug, Clone, Copy, Default)]
struct Votes {
    by: i16,
    first: usize,
    last: usize,
    count: usize,
}

/// The shifts that rows of the same text ask for, the most wanted ones.
fn votes(shown: &Frame, next: &Frame, changed: &[bool]) -> Vec<Votes> {
    let height = changed.len();
    let texts = |frame: &Frame| -> Vec<(usize, u64)> {
        let changed = (0..height).filter(|&y| changed[y]);
        changed.filter_map(|y| Some((y, frame.rows[y].text()?))).collect()
    };
    let (old, new) = (texts(shown), texts(next));
    let mut tally = vec![Votes::default(); 2 * height];
    for &(y, wanted) in &new {
        for &(from, _) in old.iter().filter(|&&(from, found)| found == wanted && from != y) {
            let votes = &mut tally[height + from - y];
            let first = if votes.count == 0 { y } else { votes.first };
            *votes = Votes { by: from as i16 - y as i16, first, last: y, count: votes.count + 1 };
        }
    }
    tally.retain(|votes| votes.count > 0);
    tally.sort_by_key(|votes| (Reverse(votes.count), votes.by.unsigned_abs()));
    tally.truncate(CANDIDATES);
    tally
}

/// What rows cost to write, in cells.
struct Costs<'a> {
    shown: &'a Frame,
    next: &'a Frame,
    /// Each row where nothing moves.
    stays: Vec<i32>,
    /// What the rows before each row save if they come in blank.
    blank: Vec<i32>,
}

impl<'a> Costs<'a> {
    fn of(shown: &'a Frame, next: &'a Frame) -> Self {
        let cost = |(next, shown): (&Rc<Line>, &Rc<Line>)| differing(next, shown);
        let stays: Vec<_> = next.rows.iter().zip(&shown.rows).map(cost).collect();
        let mut blank = vec![0];
        for (y, stays) in stays.iter().enumerate() {
            blank.push(blank[y] + stays - next.rows[y].inked() as i32);
        }
        Self { shown, next, stays, blank }
    }

    /// The band that saves most cells with a shift: how many, its top and bottom, the shift.
    ///
    /// Rows `from..to` of the next screen take the text of `from + by..to + by`; as many rows as the shift is
    /// long come in blank behind them, or before them. What is saved is a sum over rows, so the best `from` for
    /// each `to` is found in one pass.
    fn band(&self, votes: &Votes) -> Option<(i32, u16, u16, i16)> {
        let (by, length) = (isize::from(votes.by), usize::from(votes.by.unsigned_abs()));
        let (mut best, mut start, mut saved) = (None, None, 0);
        for y in votes.first..=votes.last {
            let ahead = if by < 0 { self.blank[y] - self.blank[y.checked_sub(length)?] } else { 0 };
            start = start.max(Some((ahead - saved, Reverse(y))));
            let from = &self.shown.rows[y.checked_add_signed(by)?];
            saved += self.stays[y] - differing(&self.next.rows[y], from);
            let to = y + 1;
            let behind = if by > 0 { self.blank.get(to + length)? - self.blank[to] } else { 0 };
            if let Some((value, Reverse(from))) = start {
                let band = if by > 0 { (from, to + length) } else { (from - length, to) };
                best = best.max(Some((value + saved + behind, band.0 as u16, band.1 as u16, votes.by)));
            }
        }
        best
    }
}

/// How many cells of a row differ from those of another.
fn differing(next: &Line, shown: &Line) -> i32 {
    next.differing(shown) as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::certain::Trust;
    use ratatui::buffer::{Buffer, Cell};
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};

    fn screen(rows: &[&str]) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 24, rows.len() as u16));
        for (y, row) in rows.iter().enumerate() {
            buffer.set_string(0, y as u16, row, Style::new());
        }
        buffer
    }

    fn found(shown: &Buffer, next: &Buffer) -> Option<Scroll> {
        let frame = |buffer: &Buffer| {
            let rows = buffer.content.chunks(24);
            let line =
                |cells: &[Cell]| Rc::new(Line::new(cells.to_vec(), Trust { wide: true, ..Trust::default() }));
            Frame { width: 24, rows: rows.map(line).collect() }
        };
        let (shown, next) = (frame(shown), frame(next));
        find(&shown, &next, &next.changes(&shown))
    }

    const PAGE: [&str; 7] = [
        "标题",
        "一行文字在这里写着",
        "二行的文字不一样了",
        "三行文字又是另一行",
        "四行到这里差不多了",
        "五行是最后的一行字",
        "q 退出",
    ];

    #[test]
    fn rows_that_moved_are_found() {
        let [title, one, two, three, four, five, foot] = PAGE;
        for (next, expected) in [
            ([title, two, three, four, five, "新来的一行", foot], Some((1, 6, 1))),
            ([title, "新来的一行", one, two, three, four, foot], Some((1, 6, -1))),
            ([title, three, four, five, "六", "七", foot], Some((1, 6, 2))),
            ([title, "再前面", "前面的一行", one, two, three, foot], Some((1, 6, -2))),
            (["另一个标题", two, three, four, five, "新来的一行", "w 别的"], Some((1, 6, 1))),
            ([title, "─▎", two, three, four, five, foot], None),
            ([title, "完", "全", "不", "一", "样", foot], None),
            (PAGE, None),
        ] {
            let scroll = found(&screen(&PAGE), &screen(&next));
            assert_eq!(scroll.map(|scroll| (scroll.top, scroll.bottom, scroll.by)), expected, "{next:?}");
        }
    }

    #[test]
    fn marks_in_the_margin_hide_no_move_and_make_none() {
        let marked = |rows: &[&str], mark: usize| {
            let mut buffer = screen(rows);
            for y in 0..rows.len() {
                buffer[(23, y as u16)].set_symbol(if y == mark { "▎" } else { " " });
            }
            buffer
        };
        let [title, _, two, three, four, five, foot] = PAGE;
        let next = [title, two, three, four, five, "新来的一行", foot];
        let expected = Some(Scroll { top: 1, bottom: 6, by: 1 });
        assert_eq!(found(&marked(&PAGE, 3), &marked(&next, 3)), expected);
        assert_eq!(found(&marked(&PAGE, 3), &marked(&PAGE, 2)), None);
    }

    #[test]
    fn a_move_that_saves_less_than_it_costs_is_none() {
        assert_eq!(found(&screen(&["a", "b", "c", "d"]), &screen(&["b", "c", "d", "e"])), None);
        let beside = |rows: [&str; 4], colour| {
            let mut buffer = screen(&rows);
            for y in 0..4 {
                buffer.set_string(4, y, format!("{y} stays as it is"), Style::new().fg(colour));
            }
            buffer
        };
        let (before, after) = (["甲", "乙", "丙", "丁"], ["乙", "丙", "丁", "戊"]);
        assert_eq!(found(&beside(before, Color::Red), &beside(after, Color::Red)), None);
    }

    #[test]
    fn a_row_comes_from_where_it_was_or_is_blank() {
        let up = Scroll { top: 2, bottom: 5, by: 1 };
        assert_eq!(
            [0, 1, 2, 3, 4, 5].map(|y| up.source(y)),
            [Some(0), Some(1), Some(3), Some(4), None, Some(5)]
        );
        let down = Scroll { by: -2, ..up };
        assert_eq!([1, 2, 3, 4, 5].map(|y| down.source(y)), [Some(1), None, None, Some(2), Some(5)]);
    }
}
