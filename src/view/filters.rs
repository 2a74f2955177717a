//! The list of filters in its box.

use super::overlay::boxed;
use super::paint::Painter;
use super::scene::Scene;
use crate::app::App;
use crate::layout::panes;
use ratatui::layout::Rect;

/// Draws it.
pub fn draw(painter: &mut Painter, within: Rect, scene: Scene) {
    let (app, theme) = (scene.app, scene.theme);
    let filters = &app.sought.filters;
    let words = &app.lang.words().find;
    let title = match app.only() {
        Some(only) => format!("{} · {only}", words.filters),
        None if filters.off && !filters.list.is_empty() => words.not_held.to_owned(),
        None => words.filters.to_owned(),
    };
    let size = size(app, within);
    let title = painter.ruler().fit(&title, usize::from(size.0.saturating_sub(6)));
    let inner = boxed(painter, within, size, &title, scene);
    if filters.list.is_empty() {
        let text = painter.ruler().fit(&app.with_keys(words.how_to_filter), usize::from(inner.width));
        painter.text(inner, 0, 0, &text, theme.dim);
    }
    let rows = usize::from(inner.height);
    let first = panes::first_in_sight(filters.chosen, filters.list.len(), rows);
    for (y, (index, filter)) in (0..).zip(filters.list.iter().enumerate().skip(first).take(rows)) {
        let (mark, style) = if filter.on { ("[x] ", theme.text) } else { ("[ ] ", theme.dim) };
        let (count, is_certain) = filter.count(app.revealed);
        let count = format!("{count}{}", if is_certain { "" } else { "+" });
        let end = painter.text_before(inner, inner.width, y, &count, theme.dim);
        let x = painter.text_to(inner, 0, y, mark, theme.dim);
        let text = painter.ruler().fit(&filter.text, usize::from(end.saturating_sub(x + 1)));
        painter.text(inner, x, y, &text, if filters.off { theme.dim } else { style });
        if index == filters.chosen {
            painter.restyle(Rect { y: inner.y + y, height: 1, ..inner }, theme.chosen);
        }
    }
}

/// The size of the box.
pub fn size(app: &App, within: Rect) -> (u16, u16) {
    let rows = app.sought.filters.list.len().clamp(1, 1000) as u16;
    (within.width.saturating_sub(4).clamp(18, 60), rows + 2)
}
