//! The line above the text: a rule, and in it the question that is being answered, once it has scrolled away.

use super::column::Column;
use super::paint::Painter;
use super::scene::Scene;
use ratatui::layout::Rect;

/// A rule that is shorter than this behind the question is left out.
const SHORTEST: u16 = 2;

/// Draws it: `── 问答 4/26 主持人 书最怕什么？ ──────`.
pub fn draw(painter: &mut Painter, area: Rect, scene: Scene) {
    painter.rule(area, scene.glyphs, scene.theme.rule);
    let app = scene.app;
    let Some((question, words)) = app.pinned.as_ref().filter(|_| area.height > 0) else { return };
    let question = *question;
    let Some(number) = app.structure.exchange_of(question) else { return };
    let column = Column::of(area, scene);
    let line =
        Rect { x: column.area.x + column.gutter - 1, width: column.area.width - column.gutter + 1, ..area };
    let end = line.width.saturating_sub(SHORTEST);
    let room = |x: u16| usize::from(end.saturating_sub(x));
    painter.clear(line);
    let place = format!("{} {number}/{}", app.lang.words().exchange, app.structure.exchange_count());
    let mut x = painter.text_to(line, 1, 0, &place, scene.theme.dim) + 1;
    let host = app.structure.author(&app.transcript, question);
    let name = painter.ruler().fit(scene.name(host), room(x));
    x = painter.text_to(line, x, 0, &name, scene.hue(host)) + 1;
    let words = painter.ruler().fit(words, room(x));
    x = painter.text_to(line, x, 0, &words, scene.theme.text) + 1;
    painter.fill(line, (x.min(line.width), line.width), 0, scene.glyphs.across, scene.theme.rule);
}
