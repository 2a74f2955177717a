//! The one box at a time, and in it the speaker finder.

use super::paint::Painter;
use super::scene::Scene;
use super::status;
use crate::app::{App, Purpose};
use crate::layout::panes;
use crate::transcript::SpeakerId;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

pub use crate::layout::panes::first_in_sight;

/// Draws the finder; says where the cursor stands.
pub fn draw(painter: &mut Painter, within: Rect, scene: Scene) -> Position {
    let size = size(scene.app, within);
    let words = scene.app.lang.words();
    let title = match scene.app.purpose {
        Purpose::Go => words.find_speaker.to_owned(),
        Purpose::Merge => format!("{} {}", words.merge_with, scene.name(scene.app.card.person)),
    };
    let title = painter.ruler().fit(&title, usize::from(size.0.saturating_sub(6)));
    let inner = boxed(painter, within, size, &title, scene);
    let label = painter.text_to(inner, 0, 0, "@", scene.theme.accent);
    let cursor = status::input(painter, Rect { height: 1, ..inner }, label, scene);
    let rows = usize::from(inner.height.saturating_sub(1));
    let first = first_in_sight(scene.app.finder.chosen, scene.app.finder.found.len(), rows);
    for (row, (index, &id)) in scene.app.finder.found.iter().enumerate().skip(first).take(rows).enumerate() {
        item(painter, inner, row as u16 + 1, id, scene);
        if index == scene.app.finder.chosen {
            painter.restyle(Rect { y: inner.y + row as u16 + 1, height: 1, ..inner }, scene.theme.chosen);
        }
    }
    if scene.app.finder.found.is_empty() {
        painter.text(inner, 0, 1, scene.app.lang.words().not_found, scene.theme.dim);
    }
    Position::new(inner.x + cursor, inner.y)
}

/// The size of the finder.
pub fn size(app: &App, within: Rect) -> (u16, u16) {
    let wanted = app.structure.people_count().min(1000) as u16 + 3;
    (within.width.saturating_sub(4).clamp(18, 64), wanted.min(20))
}

/// Draws an empty box of a size, as far as there is room; says what is inside.
pub fn boxed(painter: &mut Painter, within: Rect, size: (u16, u16), title: &str, scene: Scene) -> Rect {
    let area = panes::boxed(within, size);
    painter.clear(area);
    frame(painter, area, title, scene);
    panes::inside(area)
}

fn item(painter: &mut Painter, area: Rect, y: u16, id: SpeakerId, scene: Scene) {
    let member = scene.app.structure.member(id);
    let role = scene.app.structure.role(id);
    let hue = scene.hue(id);
    let end = painter.text_before(area, area.width, y, &member.posts.to_string(), scene.theme.dim);
    let mut x = painter.text_to(area, 0, y, &format!("{:>2} ", id.number()), scene.theme.dim);
    x = painter.text_to(area, x, y, scene.glyphs.role(role), hue) + 1;
    let room = |x: u16| usize::from(end.saturating_sub(x + 1));
    let name = painter.ruler().fit(scene.name(id), room(x));
    x = painter.text_to(area, x, y, &name, hue.add_modifier(Modifier::BOLD)) + 2;
    let title = painter.ruler().fit(scene.title(id), room(x));
    painter.text(area, x, y, &title, scene.theme.dim);
}

fn frame(painter: &mut Painter, area: Rect, title: &str, scene: Scene) {
    let (right, bottom) = (area.width - 1, area.height - 1);
    for y in [0, bottom] {
        painter.fill(area, (1, right), y, scene.glyphs.across, scene.theme.rule);
    }
    for y in 1..bottom {
        painter.text(area, 0, y, scene.glyphs.down, scene.theme.rule);
        painter.text(area, right, y, scene.glyphs.down, scene.theme.rule);
    }
    for (x, y, glyph) in [(0, 0, 0), (right, 0, 1), (0, bottom, 2), (right, bottom, 3)] {
        painter.text(area, x, y, scene.glyphs.corners[glyph], scene.theme.rule);
    }
    painter.text(area, 2, 0, &format!(" {title} "), scene.theme.dim);
}
