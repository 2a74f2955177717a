//! Axis and lanes: every speaker's posts on the row of the name, and the playhead across all of them.

use super::glyphs::Glyphs;
use super::paint::Painter;
use super::theme::Theme;
use crate::action::Mode;
use crate::app::{App, LaneRow};
use crate::layout::panes::lane_columns;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// Name columns from this width on also hold the number of posts.
const WITH_COUNTS: u16 = 18;

/// Draws the pane.
pub fn draw(painter: &mut Painter, area: Rect, app: &App, theme: &Theme, glyphs: Glyphs) {
    if area.height < 2 || app.transcript.is_empty() {
        return;
    }
    let (names, columns) = lane_columns(area.width);
    let lanes = Rect { x: area.x + names, width: columns, ..area };
    heading(painter, area, names, app, theme);
    let heads = Heads::of(app);
    axis(painter, lanes, app, heads, theme, glyphs);
    for (index, lane) in app.tracks.lanes.iter().enumerate() {
        let y = index as u16 + 1;
        name(painter, Rect { width: names, ..area }, y, lane, app, theme, glyphs);
        row(painter, lanes, y, lane, app, heads, theme, glyphs);
    }
}

/// Columns of the playhead, and of the reading position where it is elsewhere.
#[derive(Clone, Copy)]
struct Heads {
    play: usize,
    read: Option<usize>,
}

impl Heads {
    fn of(app: &App) -> Self {
        let read = app.tracks.axis.column(app.schedule.show(app.reader.focus));
        if app.is_replaying() {
            let play = app.tracks.axis.column(app.show_ms());
            return Self { play, read: (play != read).then_some(read) };
        }
        Self { play: read, read: None }
    }
}

fn heading(painter: &mut Painter, area: Rect, names: u16, app: &App, theme: &Theme) {
    let count = app.transcript.speakers().len().to_string();
    let area = Rect { width: names, ..area };
    painter.text(area, 1, 0, app.lang.words().speakers, theme.dim);
    painter.text_before(area, names.saturating_sub(1), 0, &count, theme.dim);
}

fn axis(painter: &mut Painter, area: Rect, app: &App, heads: Heads, theme: &Theme, glyphs: Glyphs) {
    for tick in &app.tracks.axis.ticks {
        painter.text(area, tick.column as u16, 0, &tick.label, theme.dim);
    }
    for fold in &app.tracks.axis.folds {
        painter.text(area, fold.column as u16, 0, glyphs.fold, theme.rule);
        if fold.columns > 1 {
            painter.text(area, fold.column as u16 + 1, 0, &fold.label, theme.dim);
            painter.text(area, (fold.column + fold.columns) as u16 - 1, 0, glyphs.fold, theme.rule);
        }
    }
    if let Some(read) = heads.read {
        painter.text(area, read as u16, 0, glyphs.reading, theme.accent);
    }
}

#[expect(clippy::too_many_arguments, reason = "a lane is drawn from these and nothing else")]
fn row(
    painter: &mut Painter,
    area: Rect,
    y: u16,
    lane: &LaneRow,
    app: &App,
    heads: Heads,
    theme: &Theme,
    glyphs: Glyphs,
) {
    for fold in &app.tracks.axis.folds {
        painter.text(area, fold.column as u16, y, glyphs.fold, theme.rule);
        if fold.columns > 1 {
            painter.text(area, (fold.column + fold.columns) as u16 - 1, y, glyphs.fold, theme.rule);
        }
    }
    let hue = theme.speaker(lane.speaker, app.structure.role(lane.speaker));
    let edge = if app.is_replaying() { heads.play } else { usize::MAX };
    for (column, &shade) in lane.shades.iter().enumerate() {
        let glyph = shade.checked_sub(1).and_then(|shade| glyphs.shades.get(usize::from(shade)));
        match glyph {
            Some(glyph) if column == heads.play => {
                painter.text(area, column as u16, y, glyph, theme.accent);
            }
            Some(glyph) => {
                let style = if column > edge { theme.unrevealed } else { hue };
                painter.text(area, column as u16, y, glyph, style);
            }
            None if column == heads.play => {
                painter.text(area, column as u16, y, glyphs.playhead, theme.accent);
            }
            None => {}
        }
    }
}

fn name(painter: &mut Painter, area: Rect, y: u16, lane: &LaneRow, app: &App, theme: &Theme, glyphs: Glyphs) {
    let id = lane.speaker;
    let member = app.structure.member(id);
    let role = app.structure.role(id);
    let hue = theme.speaker(id, role);
    let current = app.speaker() == id;
    let chosen = current && app.mode == Mode::People;
    if current {
        painter.text(area, 0, y, glyphs.chosen, theme.accent);
    }
    let digits = if app.transcript.speakers().len() > 99 { 3 } else { 2 };
    let number = id.number();
    let shown = if number < 1000 { format!("{number:>digits$}") } else { " ".repeat(digits) };
    let mut x = painter.text(area, 1, y, &shown, theme.dim) + 1;
    x = painter.text(area, x, y, glyphs.role(role), hue) + 1;
    let mut end = area.width.saturating_sub(1);
    if area.width >= WITH_COUNTS {
        end = painter.text_before(area, end, y, &member.posts.len().to_string(), theme.dim).saturating_sub(1);
        end = end.min(area.width.saturating_sub(5));
    }
    let name = if member.name.is_empty() { app.lang.words().nameless } else { &member.name };
    let name = painter.ruler().fit(name, usize::from(end.saturating_sub(x)));
    let style = if current { hue.add_modifier(Modifier::BOLD) } else { hue };
    painter.text(area, x, y, &name, style);
    if chosen {
        painter.restyle(
            Rect { y: area.y + y, height: 1, width: area.width.saturating_sub(1), ..area },
            theme.chosen,
        );
    }
}
