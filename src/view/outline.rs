//! The outline in its box: one line for each exchange and each chapter.

use super::overlay::boxed;
use super::paint::Painter;
use super::scene::Scene;
use crate::app::{App, OutlineEntry, OutlineLine};
use crate::layout::panes;
use crate::when::{clock_time, duration};
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// The widest box.
const WIDEST: u16 = 104;

/// From this width on a line tells how long the exchange takes to read.
const WITH_READING: u16 = 48;

/// Draws it.
pub fn draw(painter: &mut Painter, within: Rect, scene: Scene) {
    let (app, len) = (scene.app, scene.app.outline_len());
    let inner = boxed(painter, within, size(app, within), app.lang.words().outline, scene);
    let rows = usize::from(inner.height);
    let first = panes::first_in_sight(app.outline.chosen, len, rows);
    for (y, index) in (0..).zip(first..len.min(first + rows)) {
        match app.outline_line(index) {
            Some(OutlineLine::Exchange(entry)) => line(painter, inner, y, &entry, scene),
            Some(OutlineLine::Chapter(_, title)) => {
                let title = painter.ruler().fit(&title, usize::from(inner.width.saturating_sub(2)));
                painter.text(inner, 2, y, &title, scene.theme.text.add_modifier(Modifier::BOLD));
            }
            None => {}
        }
        if index == app.outline.chosen {
            painter.restyle(Rect { y: inner.y + y, height: 1, ..inner }, scene.theme.chosen);
        }
    }
}

/// The size of the box.
pub fn size(app: &App, within: Rect) -> (u16, u16) {
    (within.width.saturating_sub(4).clamp(18, WIDEST), app.outline_len().min(1000) as u16 + 2)
}

/// `● 4 09:01 宋怀瑾 书最怕什么？… 2 分`
fn line(painter: &mut Painter, area: Rect, y: u16, entry: &OutlineEntry, scene: Scene) {
    let (app, theme, ruler) = (scene.app, scene.theme, painter.ruler());
    if !entry.read {
        painter.glyph(area, (0, y), scene.glyphs.unread, theme.accent);
    }
    let digits = app.structure.exchange_count().to_string().len();
    let mut x = painter.text_to(area, 2, y, &format!("{:>digits$} ", entry.number), theme.dim);
    if let Some(start) = app.transcript.start(entry.question) {
        x = painter.text_to(area, x, y, &clock_time(&app.transcript.meta, start), theme.dim) + 2;
    }
    let mut end = area.width;
    if area.width >= WITH_READING {
        let reading = duration(app.lang, entry.reading_ms);
        end = painter.text_before(area, end, y, &reading, theme.dim).saturating_sub(2);
    }
    let room = |x: u16| usize::from(end.saturating_sub(x));
    // Names stand in a column of their own, as wide as three or four characters.
    let column = if area.width >= WITH_READING { 10 } else { 6 }.min(room(x));
    if let Some(&guest) = entry.guests.first() {
        let more = if entry.guests.len() > 1 { "+" } else { "" };
        let name = ruler.fit(scene.name(guest), column - more.len().min(column));
        let hue = scene.hue(guest).add_modifier(Modifier::BOLD);
        painter.text(area, x, y, &(name + more), hue);
    }
    x += column as u16 + 1;
    let words = ruler.fit(&entry.words, room(x));
    painter.text(area, x, y, &words, if entry.read { theme.dim } else { theme.text });
}
