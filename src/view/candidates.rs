//! What the line of commands may be completed to: a short list above it, with what each does and its key.

use super::paint::Painter;
use super::scene::Scene;
use crate::app::{App, Candidate};
use crate::layout::panes;
use ratatui::layout::Rect;

/// The most rows of the list, and the share of the screen that it may take.
const MOST: (u16, u16) = (8, 3);

/// Cells that are easily read across.
const WIDEST: u16 = 88;

/// Where the rows of the list stand above the row of the prompt, and the first one in sight; none without any.
pub fn place(app: &App, prompt: Rect) -> Option<(Rect, usize)> {
    let len = app.candidates.all.len();
    let most = (prompt.y / MOST.1).clamp(1, MOST.0);
    let rows = len.min(usize::from(most)) as u16;
    let y = prompt.y.checked_sub(rows).filter(|y| rows > 0 && *y > 0)?;
    let first = panes::first_in_sight(app.candidates.chosen.unwrap_or(0), len, usize::from(rows));
    Some((Rect { y, height: rows, width: prompt.width.min(WIDEST), ..prompt }, first))
}

/// Draws the list.
pub fn draw(painter: &mut Painter, prompt: Rect, scene: Scene) {
    let all = &scene.app.candidates.all;
    let Some((Rect { y, height: rows, .. }, first)) = place(scene.app, prompt) else { return };
    let area = Rect { y: y - 1, height: rows + 1, ..prompt };
    painter.clear(area);
    painter.rule(Rect { height: 1, ..area }, scene.glyphs, scene.theme.rule);
    let area = Rect { width: area.width.min(WIDEST), ..area };
    let chosen = scene.app.candidates.chosen;
    if all.len() > usize::from(rows) {
        let count = match chosen {
            Some(chosen) => format!(" {}/{} ", chosen + 1, all.len()),
            None => format!(" {} ", all.len()),
        };
        painter.text_before(area, area.width - 1, 0, &count, scene.theme.dim);
    }
    let names =
        all.iter().skip(first).take(usize::from(rows)).map(|found| painter.ruler().width(&found.name));
    let names = names.max().unwrap_or(0).min(usize::from(area.width / 2)) as u16;
    for (y, (index, found)) in (1..).zip(all.iter().enumerate().skip(first).take(usize::from(rows))) {
        row(painter, (area, y), found, names, scene);
        if chosen == Some(index) {
            painter.restyle(Rect { y: area.y + y, height: 1, ..area }, scene.theme.chosen);
        }
    }
}

fn row(painter: &mut Painter, (area, y): (Rect, u16), found: &Candidate, names: u16, scene: Scene) {
    let ruler = painter.ruler();
    painter.text(area, 1, y, &ruler.fit(&found.name, usize::from(names)), scene.theme.text);
    let end = match found.key.as_str() {
        "" => area.width,
        key => painter.text_before(area, area.width - 1, y, key, scene.theme.accent),
    };
    let x = 1 + names + 2;
    let words = ruler.fit(&found.words, usize::from(end.saturating_sub(x + 1)));
    painter.text(area, x, y, &words, scene.theme.dim);
}
