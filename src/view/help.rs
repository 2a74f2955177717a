//! The page of keys, from the one table and the keys of the user.

use super::paint::Painter;
use super::scene::Scene;
use crate::layout::help::{self, INDENT, Line, Page};
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// Draws the page.
pub fn draw(painter: &mut Painter, area: Rect, scene: Scene) {
    let words = scene.app.lang.words();
    let title = painter.text_to(area, 1, 0, words.keys, scene.theme.text.add_modifier(Modifier::BOLD));
    let room = usize::from(area.width.saturating_sub(title + 3));
    let about = painter.ruler().fit(&source(scene), room);
    painter.text_before(area, area.width - 1, 0, &about, scene.theme.dim);
    let foot = Rect { y: area.bottom() - 1, height: 1, ..area };
    painter.text(foot, 1, 0, &scene.app.with_keys(words.help_foot), scene.theme.dim);
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(help::MARGIN), ..area };
    let (voice, keymap) = ((scene.app.lang, scene.app.ruler), &scene.app.config.keymap);
    let page = help::page(voice, keymap, area.width);
    let scroll = scene.app.help_scroll;
    for (column, lines) in page.columns.iter().enumerate() {
        let part = Rect { x: body.x + column as u16 * page.width, width: page.width - 1, ..body };
        for (y, line) in lines.iter().skip(scroll).take(usize::from(body.height)).enumerate() {
            draw_line(painter, (part, y as u16), line, &page, scene);
        }
    }
    if scroll < help::last_scroll(voice, keymap, (area.width, area.height)) {
        painter.text_before(foot, foot.width - 1, 0, scene.glyphs.below, scene.theme.accent);
    }
}

/// Where settings and keys come from.
fn source(scene: Scene) -> String {
    match &scene.app.config.path {
        Some(path) => path.display().to_string(),
        None => {
            scene.app.lang.pick("换键:shilu --write-config", "your own keys: shilu --write-config").to_owned()
        }
    }
}

fn draw_line(painter: &mut Painter, (area, y): (Rect, u16), line: &Line, page: &Page, scene: Scene) {
    let bold = scene.theme.text.add_modifier(Modifier::BOLD);
    let words_at = page.words_at();
    match line {
        Line::Blank => {}
        Line::Heading(name) => painter.text(area, 1, y, name, scene.theme.accent),
        Line::Sign(sign, words) => {
            let end = painter.text_to(area, INDENT, y, &scene.glyphs.sign(*sign), bold);
            let x = words_at.max(end + 1);
            let words = painter.ruler().fit(words, usize::from(area.width.saturating_sub(x)));
            painter.text(area, x, y, &words, scene.theme.text);
        }
        Line::Keys(keys, words, name) => {
            painter.text(area, INDENT, y, keys, bold);
            painter.text(area, words_at, y, words, scene.theme.text);
            if !name.is_empty() {
                painter.text_before(area, area.width - 1, y, &format!(":{name}"), scene.theme.dim);
            }
        }
    }
}
