//! The list of hits in its box: how many are whose, and a row for each with what stands around it.

use super::overlay::boxed;
use super::paint::Painter;
use super::scene::Scene;
use super::status::{hit_count, searched};
use crate::query::{Hit, Search};
use crate::when::clock_time;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// From this width on there is room for full names.
const WITH_NAMES: u16 = 60;

/// The narrowest list with times.
const WITH_TIMES: u16 = 40;

/// Draws it.
pub fn draw(painter: &mut Painter, within: Rect, scene: Scene) {
    let app = scene.app;
    let listed = app.listed();
    let count = hit_count(app);
    let room = usize::from(listed.area.width).saturating_sub(painter.ruler().width(&count) + 8);
    let title = format!("{} {count}", painter.ruler().fit(&searched(app), room));
    let title = painter.ruler().fit(title.trim(), usize::from(listed.area.width.saturating_sub(6)));
    let inner = boxed(painter, within, (listed.area.width, listed.area.height), &title, scene);
    if listed.rows.y > inner.y {
        counts(painter, Rect { height: 1, ..inner }, scene);
    }
    let hits = app.listed_hits();
    let chosen = app.sought.results.index(hits);
    let mut above = None;
    for (y, (index, hit)) in (0..listed.rows.height).zip(hits.iter().enumerate().skip(listed.first)) {
        row(painter, listed.rows, y, (hit, above == Some(hit.post)), scene);
        above = Some(hit.post);
        if index == chosen {
            painter.restyle(Rect { y: listed.rows.y + y, height: 1, ..listed.rows }, scene.theme.chosen);
        }
    }
    if hits.is_empty() {
        let is_complete = app.search.as_ref().is_none_or(Search::is_complete);
        let words = app.lang.words();
        let text = app.no_hits().unwrap_or_else(|| words.not_found.to_owned());
        let text = if is_complete { &text } else { words.searching };
        let text = painter.ruler().fit(text, usize::from(listed.rows.width));
        painter.text(listed.rows, 0, 0, &text, scene.theme.dim);
    }
}

/// `陆知远 8  沈砚秋 5  另 3 人 4`, as many as there is room for.
fn counts(painter: &mut Painter, area: Rect, scene: Scene) {
    let (counts, lang, ruler) = (&scene.app.sought.results.counts, scene.app.lang, painter.ruler());
    let mut x = 0;
    for (index, count) in counts.iter().enumerate() {
        let (name, number) = (scene.name(count.speaker), count.hits.to_string());
        let rest = &counts[index + 1..];
        let others = lang.others(rest.len(), rest.iter().map(|count| count.hits).sum());
        let others = if rest.is_empty() { 0 } else { ruler.width(&others) + 2 };
        let cells = ruler.width(name) + 1 + number.len();
        if usize::from(x) + cells + others > usize::from(area.width) {
            let rest = &counts[index..];
            let others = lang.others(rest.len(), rest.iter().map(|count| count.hits).sum());
            painter.text(area, x, 0, &others, scene.theme.dim);
            return;
        }
        x = painter.text_to(area, x, 0, name, scene.hue(count.speaker).add_modifier(Modifier::BOLD)) + 1;
        x = painter.text_to(area, x, 0, &number, scene.theme.dim) + 2;
    }
}

/// `15:22 陆知远  …我们提出慢一点的灯…`; when and who only where that is not told in the row above. Before
/// a hit in a post that is left out stands the mark of thin lines.
fn row(painter: &mut Painter, area: Rect, y: u16, (hit, is_same): (&Hit, bool), scene: Scene) {
    let (app, theme, ruler) = (scene.app, scene.theme, painter.ruler());
    let stamp = app.setting().stamp as u16;
    let mut x = 0;
    if area.width >= WITH_TIMES && stamp > 0 {
        if let Some(start) = app.transcript.start(hit.post).filter(|_| !is_same) {
            painter.text_before(area, stamp, y, &clock_time(&app.transcript.meta, start), theme.dim);
        }
        x = stamp + 1;
    }
    let names = if area.width >= WITH_NAMES { 10 } else { 6 };
    if !is_same {
        let speaker = app.structure.author(&app.transcript, hit.post);
        let name = ruler.fit(scene.name(speaker), usize::from(names));
        painter.text(area, x, y, &name, scene.hue(speaker).add_modifier(Modifier::BOLD));
    }
    if !app.is_shown(hit.post) {
        painter.text(area, x + names, y, scene.glyphs.hidden, theme.dim);
    }
    x += names + 1;
    let room = usize::from(area.width.saturating_sub(x));
    let excerpt = app.excerpt(hit, room / 3, room);
    let current = app.search.as_ref().and_then(|search| search.hits(app.revealed).get(search.current?));
    let style = if current == Some(hit) { theme.current_hit } else { theme.hit };
    let mark = Some((excerpt.hit, style)).filter(|(bytes, _)| !bytes.is_empty());
    let place = (x + excerpt.indent as u16, y);
    painter.words(ruler, area, place, &excerpt.text, theme.text, mark.into_iter());
}
