//! The card of a speaker in its box.

use super::overlay::boxed;
use super::paint::Painter;
use super::scene::Scene;
use crate::layout::card::{self, Tone};
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// Draws it.
pub fn draw(painter: &mut Painter, within: Rect, scene: Scene) {
    let app = scene.app;
    let (lines, last) = app.card_lines();
    let (width, rows) = card::size((within.width, within.height));
    let size = (width as u16 + 4, lines.len().min(rows) as u16 + 2);
    let name = painter.ruler().fit(scene.name(app.card.person), width.saturating_sub(4));
    let inner = boxed(painter, within, size, &name, scene);
    let indent = card::indent(app.lang) as u16;
    for (y, line) in (0..inner.height).zip(lines.iter().skip(app.card.scroll)) {
        painter.text(inner, 0, y, line.about, scene.theme.dim);
        let style = match line.tone {
            Tone::Fact if line.about == lines[0].about => {
                scene.hue(app.card.person).add_modifier(Modifier::BOLD)
            }
            Tone::Fact => scene.theme.text,
            Tone::Reason => scene.theme.dim,
        };
        painter.text(inner, indent, y, &line.text, style);
    }
    if app.card.scroll < last {
        painter.text_before(inner, inner.width, inner.height - 1, scene.glyphs.below, scene.theme.accent);
    }
}
