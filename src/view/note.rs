//! The editor of a note in its box, and notes below the posts they are about.

use super::column::Column;
use super::overlay::boxed;
use super::paint::Painter;
use super::scene::Scene;
use crate::app::told_tags;
use crate::layout::panes;
use crate::layout::{editor, notes};
use crate::text::slice;
use crate::transcript::PostId;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use std::ops::Range;

/// Draws the editor; says where the cursor stands.
pub fn draw(painter: &mut Painter, within: Rect, scene: Scene) -> Option<Position> {
    let app = scene.app;
    let note = app.kept.editor.as_ref()?;
    let (size, (width, _)) = editor::size(&app.panes);
    let rows = editor::rows(note.lines(), app.ruler, width);
    let title = format!("{} {}", app.lang.words().keep.note, app.post_words(note.post));
    let title = painter.ruler().fit(&title, usize::from(size.0.saturating_sub(6)));
    let inner = boxed(painter, panes::lower(within, size.1), size, &title, scene);
    let height = usize::from(inner.height);
    for (y, row) in (0..).zip(rows.iter().skip(note.first).take(height)) {
        let words = note.lines().get(row.line).map_or("", |line| slice(line, row.bytes.clone()));
        painter.text(inner, 0, y, words, scene.theme.text);
    }
    // What lies out of sight is told on the frame.
    let (above, below) = (note.first, rows.len().saturating_sub(note.first + height));
    for (y, glyph, count) in
        [(inner.y - 1, scene.glyphs.above, above), (inner.bottom(), scene.glyphs.below, below)]
    {
        if count > 0 {
            let edge = Rect { y, height: 1, ..inner };
            painter.text_before(edge, inner.width, 0, &format!(" {glyph}{count} "), scene.theme.dim);
        }
    }
    let (row, x) = editor::find(&rows, note.lines(), note.cursor(), app.ruler);
    let y = (row.saturating_sub(note.first) as u16).min(inner.height.saturating_sub(1));
    Some(Position::new(inner.x + (x as u16).min(inner.width.saturating_sub(1)), inner.y + y))
}

/// Name and tags of a post, below it.
pub fn head(painter: &mut Painter, column: &Column, y: u16, post: PostId, scene: Scene) {
    let Some(mark) = scene.app.kept.marks.of(post) else { return };
    let (area, glyphs, dim) = (column.area, scene.glyphs, scene.theme.dim);
    let glyph = if mark.bookmarked { glyphs.bookmark } else { glyphs.note };
    painter.glyph(area, (column.gutter, y), glyph, dim);
    let mut x = column.gutter + notes::MARK as u16;
    let room = |x: u16| usize::from(area.width.saturating_sub(x));
    if !mark.name.is_empty() {
        let name = painter.ruler().fit(&mark.name, room(x));
        x = painter.text_to(area, x, y, &name, dim.add_modifier(Modifier::BOLD)) + 2;
    }
    let tags = painter.ruler().fit(&told_tags(&mark.tags), room(x));
    painter.text(area, x, y, &tags, dim);
}

/// A row of a note, below its post.
pub fn row(
    painter: &mut Painter,
    column: &Column,
    (y, post): (u16, PostId),
    (range, first, more): (&Range<usize>, bool, bool),
    scene: Scene,
) {
    let Some(mark) = scene.app.kept.marks.of(post) else { return };
    let (area, dim, setting) = (column.area, scene.theme.dim, scene.app.setting());
    if first {
        painter.glyph(area, (column.gutter, y), scene.glyphs.note, dim);
    }
    let x = column.gutter + notes::MARK as u16;
    let text = slice(&mark.note, range.clone());
    if !more {
        return painter.words(setting.ruler, area, (x, y), text, dim, std::iter::empty());
    }
    let room = setting.measure.saturating_sub(notes::MARK + 2);
    let fitting = setting.ruler.width_within(text, room);
    let narrow = Rect { width: (x + fitting as u16).min(area.width), ..area };
    painter.words(setting.ruler, narrow, (x, y), text, dim, std::iter::empty());
    painter.glyph(area, (x + fitting as u16 + 1, y), scene.glyphs.hidden, dim);
}
