//! The one box at a time: the speaker finder.

use super::glyphs::Glyphs;
use super::paint::Painter;
use super::status;
use super::theme::Theme;
use crate::app::App;
use crate::transcript::SpeakerId;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

/// Draws the finder; says where the cursor stands.
pub fn draw(painter: &mut Painter, within: Rect, app: &App, theme: &Theme, glyphs: Glyphs) -> Position {
    let width = within.width.saturating_sub(4).clamp(18, 64).min(within.width);
    let wanted = app.transcript.speakers().len() as u16 + 3;
    let height = within.height.saturating_sub(2).clamp(4, 20).min(within.height).min(wanted.max(4));
    let x = within.x + (within.width - width) / 2;
    let y = within.y + (within.height - height) / 3;
    let area = Rect { x, y, width, height };
    painter.clear(area);
    frame(painter, area, app.lang.words().find_speaker, theme, glyphs);
    let inner = Rect { x: x + 2, y: y + 1, width: width - 4, height: height - 2 };
    let label = painter.text(inner, 0, 0, "@", theme.accent);
    let cursor = status::input(painter, Rect { height: 1, ..inner }, label, app, theme);
    let rows = usize::from(inner.height.saturating_sub(1));
    let first = (app.finder.chosen + 1).saturating_sub(rows);
    for (row, (index, &id)) in app.finder.found.iter().enumerate().skip(first).take(rows).enumerate() {
        item(painter, inner, row as u16 + 1, id, app, theme, glyphs);
        if index == app.finder.chosen {
            painter.restyle(Rect { y: inner.y + row as u16 + 1, height: 1, ..inner }, theme.chosen);
        }
    }
    if app.finder.found.is_empty() {
        painter.text(inner, 0, 1, app.lang.words().not_found, theme.dim);
    }
    Position::new(inner.x + cursor, inner.y)
}

fn item(painter: &mut Painter, area: Rect, y: u16, id: SpeakerId, app: &App, theme: &Theme, glyphs: Glyphs) {
    let member = app.structure.member(id);
    let role = app.structure.role(id);
    let hue = theme.speaker(id, role);
    let end = painter.text_before(area, area.width, y, &member.posts.len().to_string(), theme.dim);
    let mut x = painter.text(area, 0, y, &format!("{:>2} ", id.number()), theme.dim);
    x = painter.text(area, x, y, glyphs.role(role), hue) + 1;
    let room = |x: u16| usize::from(end.saturating_sub(x + 1));
    let name = if member.name.is_empty() { app.lang.words().nameless } else { &member.name };
    let name = painter.ruler().fit(name, room(x));
    x = painter.text(area, x, y, &name, hue.add_modifier(Modifier::BOLD)) + 2;
    let title = painter.ruler().fit(&member.title, room(x));
    painter.text(area, x, y, &title, theme.dim);
}

fn frame(painter: &mut Painter, area: Rect, title: &str, theme: &Theme, glyphs: Glyphs) {
    let (right, bottom) = (area.width - 1, area.height - 1);
    for y in [0, bottom] {
        painter.fill(area, (1, right), y, glyphs.across, theme.rule);
    }
    for y in 1..bottom {
        painter.text(area, 0, y, glyphs.down, theme.rule);
        painter.text(area, right, y, glyphs.down, theme.rule);
    }
    for (x, y, glyph) in [(0, 0, 0), (right, 0, 1), (0, bottom, 2), (right, bottom, 3)] {
        painter.text(area, x, y, glyphs.corners[glyph], theme.rule);
    }
    painter.text(area, 2, 0, &format!(" {title} "), theme.dim);
}
