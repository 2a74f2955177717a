//! The page of keys, from the one table.

use super::paint::Painter;
use super::scene::Scene;
use crate::layout::help::{self, Line};
use crate::text::ruler::Ruler;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// Draws the page.
pub fn draw(painter: &mut Painter, area: Rect, scene: Scene) {
    let words = scene.app.lang.words();
    painter.text(area, 1, 0, words.keys, scene.theme.text.add_modifier(Modifier::BOLD));
    painter.text_before(area, area.width - 1, 0, "shilu", scene.theme.dim);
    let foot = Rect { y: area.bottom() - 1, height: 1, ..area };
    painter.text(foot, 1, 0, words.help_foot, scene.theme.dim);
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(help::MARGIN), ..area };
    let parts = help::columns(scene.app.lang, area.width);
    let width = area.width / parts.len() as u16;
    let scroll = scene.app.help_scroll;
    for (column, lines) in parts.iter().enumerate() {
        let part = Rect { x: body.x + column as u16 * width, width: width - 1, ..body };
        let keys = keys_width(painter.ruler(), &parts).min(width / 2);
        for (y, line) in lines.iter().skip(scroll).take(usize::from(body.height)).enumerate() {
            draw_line(painter, part, y as u16, line, keys, scene);
        }
    }
    if scroll < help::last_scroll(scene.app.lang, (area.width, area.height)) {
        painter.text_before(foot, foot.width - 1, 0, scene.glyphs.below, scene.theme.accent);
    }
}

fn draw_line(painter: &mut Painter, area: Rect, y: u16, line: &Line, keys: u16, scene: Scene) {
    match line {
        Line::Blank => {}
        Line::Heading(name) => {
            painter.text(area, 1, y, name, scene.theme.accent);
        }
        Line::Sign(sign, words) => {
            draw_pair(painter, (area, y), (&scene.glyphs.sign(*sign), words), keys, scene);
        }
        Line::Keys(text, words) => draw_pair(painter, (area, y), (text, words), keys, scene),
    }
}

fn draw_pair(
    painter: &mut Painter,
    (area, y): (Rect, u16),
    (text, words): (&str, &str),
    keys: u16,
    scene: Scene,
) {
    let end = painter.text_to(area, 3, y, text, scene.theme.text.add_modifier(Modifier::BOLD));
    let x = (keys + 5).max(end + 1);
    let words = painter.ruler().fit(words, usize::from(area.width.saturating_sub(x)));
    painter.text(area, x, y, &words, scene.theme.text);
}

fn keys_width(ruler: Ruler, parts: &[Vec<Line>]) -> u16 {
    let width = |line: &Line| match line {
        Line::Keys(keys, _) => ruler.width(keys),
        Line::Heading(_) | Line::Sign(..) | Line::Blank => 0,
    };
    parts.iter().flatten().map(width).max().unwrap_or(0) as u16
}
