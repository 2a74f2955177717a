//! Axis and lanes: every speaker's posts on the row of the name, and the playhead across all of them.

use super::marks;
use super::paint::Painter;
use super::people;
use super::scene::Scene;
use crate::app::LaneRow;
use crate::layout::hearing::Voice;
use crate::transcript::PostId;
use ratatui::layout::Rect;

/// Draws the pane.
pub fn draw(painter: &mut Painter, area: Rect, scene: Scene) {
    if area.height < 2 || scene.app.transcript.is_empty() {
        return;
    }
    let (names, columns) = scene.app.lane_columns();
    let lanes = Rect { x: area.x + names, width: columns, ..area };
    let list = Rect { width: names, ..area };
    people::heading(painter, list, scene);
    let heads = Heads::of(scene);
    axis(painter, lanes, scene);
    hits_on_axis(painter, lanes, scene);
    set_on_axis(painter, lanes, scene);
    for (index, lane) in scene.app.tracks.lanes.iter().enumerate() {
        let y = index as u16 + 1;
        people::row(painter, list, y, lane.speaker, scene);
        row(painter, lanes, y, lane, heads, scene);
    }
}

/// Columns of the playhead, and of the reading position where it is elsewhere.
#[derive(Clone, Copy)]
struct Heads {
    play: usize,
    read: Option<usize>,
}

impl Heads {
    fn of(scene: Scene) -> Self {
        let read = scene.app.tracks.axis.column(scene.app.shows().show(scene.app.reader.focus));
        if scene.app.is_replaying() {
            let play = scene.app.tracks.axis.column(scene.app.show_ms());
            return Self { play, read: (play != read).then_some(read) };
        }
        Self { play: read, read: None }
    }
}

fn axis(painter: &mut Painter, area: Rect, scene: Scene) {
    for tick in &scene.app.tracks.axis.ticks {
        painter.text(area, tick.column as u16, 0, &tick.label, scene.theme.dim);
    }
    for fold in &scene.app.tracks.axis.folds {
        painter.glyph(area, (fold.column as u16, 0), scene.glyphs.fold, scene.theme.rule);
        if fold.columns > 1 {
            painter.text(area, fold.column as u16 + 1, 0, &fold.label, scene.theme.dim);
            let end = (fold.column + fold.columns) as u16 - 1;
            painter.glyph(area, (end, 0), scene.glyphs.fold, scene.theme.rule);
        }
    }
}

/// What is found is told on the axis, whoever says it: lanes may be out of sight.
fn hits_on_axis(painter: &mut Painter, area: Rect, scene: Scene) {
    for column in scene.app.tracks.columns_with_hits() {
        let cell = Rect { x: area.x + column as u16, width: 1, height: 1, ..area };
        painter.restyle(cell.intersection(area), scene.theme.hit);
    }
}

/// What is set on the axis: the range that is repeated, bookmarks and notes, and posts that the replay stops at.
fn set_on_axis(painter: &mut Painter, area: Rect, scene: Scene) {
    if scene.app.ahead().is_some() {
        // The posts that are shown are others.
        return;
    }
    let column = |post: PostId| scene.app.tracks.axis.column(scene.app.shows().show(post)) as u16;
    if let Some((first, last)) = scene.app.controls.repeat.posts() {
        let (from, to) = (column(first), column(last));
        let range = Rect { x: area.x + from, width: to - from + 1, height: 1, ..area };
        painter.restyle(range.intersection(area), scene.theme.chosen);
    }
    for (post, mark) in scene.app.kept.marks.iter() {
        let x = column(post);
        let is_last = area.x + x + 1 == scene.app.size.0;
        let sign = if is_last { marks::sign_at_edge } else { marks::sign };
        painter.glyph(area, (x, 0), sign(mark, scene.glyphs), scene.theme.accent);
    }
    for post in scene.app.controls.breaks.posts() {
        painter.glyph(area, (column(post), 0), scene.glyphs.breakpoint, scene.theme.accent);
    }
}

fn row(painter: &mut Painter, area: Rect, y: u16, lane: &LaneRow, heads: Heads, scene: Scene) {
    for fold in &scene.app.tracks.axis.folds {
        painter.glyph(area, (fold.column as u16, y), scene.glyphs.fold, scene.theme.rule);
        if fold.columns > 1 {
            let end = (fold.column + fold.columns) as u16 - 1;
            painter.glyph(area, (end, y), scene.glyphs.fold, scene.theme.rule);
        }
    }
    let hue = match scene.app.hearing.voice(lane.speaker) {
        Voice::Heard => scene.hue(lane.speaker),
        Voice::Dimmed | Voice::Hidden => scene.theme.unrevealed,
    };
    let edge = if scene.app.is_replaying() { heads.play } else { usize::MAX };
    for (column, &shade) in lane.shades.iter().enumerate() {
        let glyph = shade.checked_sub(1).and_then(|shade| scene.glyphs.shades.get(usize::from(shade)));
        let is_left_out = lane.kept.as_ref().is_some_and(|kept| kept.get(column) == Some(&false));
        let glyph = if is_left_out { glyph.map(|_| &scene.glyphs.hollow) } else { glyph };
        let is_hit = lane.hits.get(column).copied().unwrap_or_default();
        match glyph {
            Some(glyph) if column == heads.play => {
                let style = scene.theme.accent;
                let style = if is_hit { style.patch(scene.theme.hit) } else { style };
                painter.glyph(area, (column as u16, y), glyph, style);
            }
            Some(glyph) => {
                let style = if column > edge || is_left_out { scene.theme.unrevealed } else { hue };
                let style = if is_hit { style.patch(scene.theme.hit) } else { style };
                painter.glyph(area, (column as u16, y), glyph, style);
            }
            None if column == heads.play => {
                painter.glyph(area, (column as u16, y), scene.glyphs.playhead, scene.theme.accent);
            }
            None => {}
        }
    }
    let reads = scene.app.structure.author(&scene.app.transcript, scene.app.reader.focus) == lane.speaker;
    if let Some(read) = heads.read.filter(|_| reads) {
        painter.glyph(area, (read as u16, y), scene.glyphs.reading, scene.theme.accent);
    }
}
