//! The list of breakpoints in its box.

use super::overlay::boxed;
use super::paint::Painter;
use super::scene::Scene;
use crate::app::App;
use crate::layout::panes;
use ratatui::layout::Rect;

/// Draws it.
pub fn draw(painter: &mut Painter, within: Rect, scene: Scene) {
    let (app, theme) = (scene.app, scene.theme);
    let breaks = &app.controls.breaks;
    let inner = boxed(painter, within, size(app, within), app.lang.words().replay.breaks, scene);
    if breaks.list.is_empty() {
        let text =
            painter.ruler().fit(&app.with_keys(app.lang.words().replay.no_breaks), usize::from(inner.width));
        painter.text(inner, 0, 0, &text, theme.dim);
    }
    let rows = usize::from(inner.height);
    let first = panes::first_in_sight(breaks.chosen, breaks.list.len(), rows);
    for (y, (index, known)) in (0..).zip(breaks.list.iter().enumerate().skip(first).take(rows)) {
        let (mark, style) = if known.on { ("[x] ", theme.text) } else { ("[ ] ", theme.dim) };
        let x = painter.text_to(inner, 0, y, mark, theme.dim);
        let name = app.stop_name(&known.stop);
        let name = painter.ruler().fit(&name, usize::from(inner.width.saturating_sub(x)));
        painter.text(inner, x, y, &name, style);
        if index == breaks.chosen {
            painter.restyle(Rect { y: inner.y + y, height: 1, ..inner }, theme.chosen);
        }
    }
}

/// The size of the box.
pub fn size(app: &App, within: Rect) -> (u16, u16) {
    let rows = app.controls.breaks.list.len().clamp(1, 1000) as u16;
    (within.width.saturating_sub(4).clamp(18, 60), rows + 2)
}
