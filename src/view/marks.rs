//! The list of bookmarks and notes in its box: a row for each.

use super::glyphs::Glyphs;
use super::overlay::boxed;
use super::paint::Painter;
use super::scene::Scene;
use crate::app::{App, told_tags};
use crate::layout::panes;
use crate::marks::Mark;
use crate::text::wrap::{self, Typesetting};
use crate::transcript::PostId;
use crate::when::clock_time;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// The widest box.
const WIDEST: u16 = 104;

/// From this width on the names have a wide column.
const ROOMY: u16 = 48;

/// Cells that what a mark is called by may take where a note stands behind it.
const CALLED: usize = 28;

/// The size of the box.
pub fn size(app: &App, within: Rect) -> (u16, u16) {
    let rows = if app.kept.marks.is_empty() { 3 } else { app.kept.marks.len().min(1000) as u16 };
    (within.width.saturating_sub(4).clamp(18, WIDEST), rows + 2)
}

/// Draws it.
pub fn draw(painter: &mut Painter, within: Rect, scene: Scene) {
    let (app, words) = (scene.app, &scene.app.lang.words().keep);
    let marks = &app.kept.marks;
    let title = match app.missing_marks() {
        0 => words.marks.to_owned(),
        missing => format!("{} · {}", words.marks, app.lang.missing_marks(missing)),
    };
    let size = size(app, within);
    let title = painter.ruler().fit(&title, usize::from(size.0.saturating_sub(6)));
    let inner = boxed(painter, within, size, &title, scene);
    if marks.is_empty() {
        let text = scene.app.with_keys(words.no_marks);
        let set = (painter.ruler(), Typesetting::default());
        let rows = wrap::rows(set, &text, usize::from(inner.width).max(1), 0);
        for (y, row) in (0..).zip(rows) {
            painter.text(inner, 0, y, text.get(row).unwrap_or_default(), scene.theme.dim);
        }
        return;
    }
    let rows = usize::from(inner.height);
    let first = panes::first_in_sight(app.kept.chosen, marks.len(), rows);
    for (y, (index, (post, mark))) in (0..).zip(marks.iter().enumerate().skip(first).take(rows)) {
        line(painter, inner, y, (post, mark), scene);
        if index == app.kept.chosen {
            painter.restyle(Rect { y: inner.y + y, height: 1, ..inner }, scene.theme.chosen);
        }
    }
}

/// The sign of a mark: of a bookmark, else of a note.
pub fn sign(mark: &Mark, glyphs: &Glyphs) -> &'static str {
    if mark.bookmarked { glyphs.bookmark } else { glyphs.note }
}

/// The same in the last column of the screen.
pub fn sign_at_edge(mark: &Mark, glyphs: &Glyphs) -> &'static str {
    let [bookmark, note] = glyphs.at_edge;
    if mark.bookmarked { bookmark } else { note }
}

/// `⚑ 15:14 陆知远 五个重点 #报告 ✎ 问一问原话`
fn line(painter: &mut Painter, area: Rect, y: u16, (post, mark): (PostId, &Mark), scene: Scene) {
    let (app, theme, ruler) = (scene.app, scene.theme, painter.ruler());
    painter.glyph(area, (0, y), sign(mark, scene.glyphs), theme.accent);
    let when = match app.transcript.start(post) {
        Some(start) => clock_time(&app.transcript.meta, start),
        None => format!("#{}", post.number()),
    };
    let mut x = painter.text_to(area, 2, y, &when, theme.dim) + 2;
    let room = |x: u16| usize::from(area.width.saturating_sub(x));
    let column = if area.width >= ROOMY { 10 } else { 6 }.min(room(x));
    let author = app.structure.author(&app.transcript, post);
    let name = ruler.fit(scene.name(author), column);
    painter.text(area, x, y, &name, scene.hue(author).add_modifier(Modifier::BOLD));
    x += column as u16 + 2;
    let note = mark.note.lines().next().unwrap_or_default();
    let tags = told_tags(&mark.tags);
    let aside = if note.is_empty() && tags.is_empty() { usize::MAX } else { CALLED };
    let words = app.first_words(post);
    let (called, style) = if mark.name.is_empty() {
        (words.as_str(), theme.text)
    } else {
        (mark.name.as_str(), theme.text.add_modifier(Modifier::BOLD))
    };
    let called = ruler.fit(called, room(x).min(aside));
    x = painter.text_to(area, x, y, &called, style) + 2;
    if !tags.is_empty() {
        x = painter.text_to(area, x, y, &ruler.fit(&tags, room(x)), theme.dim) + 2;
    }
    if !note.is_empty() && room(x) > 4 {
        painter.glyph(area, (x, y), scene.glyphs.note, theme.dim);
        painter.text(area, x + 2, y, &ruler.fit(note, room(x + 2)), theme.dim);
    }
}
