//! The lists under the mouse: which item of the one that is open stands at a cell.

use super::{breaks, candidates, filters, marks, outline, overlay};
use crate::action::Mode;
use crate::app::App;
use crate::layout::panes::{boxed, first_in_sight, inside};
use ratatui::layout::{Position, Rect};

/// The items of a list in sight.
struct Items {
    /// Where they stand, one a row.
    rows: Rect,
    /// Index of the first of them.
    first: usize,
    /// How many there are in all.
    len: usize,
}

/// The item at a cell, by index.
pub fn at(app: &App, at: Position) -> Option<usize> {
    let items = open(app)?;
    let index = items.first + usize::from(at.y.checked_sub(items.rows.y)?);
    (items.rows.contains(at) && index < items.len).then_some(index)
}

/// The items of the list that is open.
fn open(app: &App) -> Option<Items> {
    let within = app.panes.text.union(app.panes.tracks);
    let listed = |size, head, chosen, len| {
        let rows = inside(boxed(within, size));
        let rows = Rect { y: rows.y + head, height: rows.height.saturating_sub(head), ..rows };
        Items { rows, first: first_in_sight(chosen, len, usize::from(rows.height)), len }
    };
    Some(match app.mode {
        Mode::Finder => listed(overlay::size(app, within), 1, app.finder.chosen, app.finder.found.len()),
        Mode::Outline => listed(outline::size(app, within), 0, app.outline.chosen, app.outline_len()),
        Mode::Breaks => {
            let breaks = &app.controls.breaks;
            listed(breaks::size(app, within), 0, breaks.chosen, breaks.list.len())
        }
        Mode::Filters => {
            let filters = &app.sought.filters;
            listed(filters::size(app, within), 0, filters.chosen, filters.list.len())
        }
        Mode::Marks => listed(marks::size(app, within), 0, app.kept.chosen, app.kept.marks.len()),
        Mode::Results => {
            let listed = app.listed();
            Items { rows: listed.rows, first: listed.first, len: app.listed_hits().len() }
        }
        Mode::Prompt => {
            let (area, first) = candidates::place(app, app.panes.status)?;
            Items { rows: area, first, len: app.candidates.all.len() }
        }
        Mode::Reading | Mode::People | Mode::Note | Mode::Card | Mode::Help => return None,
    })
}
