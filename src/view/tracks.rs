//! Axis and lanes: every speaker's posts on the row of the name, and the playhead across all of them.

use super::paint::Painter;
use super::scene::Scene;
use crate::action::Mode;
use crate::app::LaneRow;
use crate::layout::hearing::Voice;
use crate::layout::panes::lane_columns;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// Name columns from this width on also hold the number of posts.
const WITH_COUNTS: u16 = 18;

/// Draws the pane.
pub fn draw(painter: &mut Painter, area: Rect, scene: Scene) {
    if area.height < 2 || scene.app.transcript.is_empty() {
        return;
    }
    let (names, columns) = lane_columns(area.width);
    let lanes = Rect { x: area.x + names, width: columns, ..area };
    heading(painter, area, names, scene);
    let heads = Heads::of(scene);
    axis(painter, lanes, scene);
    for (index, lane) in scene.app.tracks.lanes.iter().enumerate() {
        let y = index as u16 + 1;
        name(painter, Rect { width: names, ..area }, y, lane, scene);
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

/// How many speakers, and how many lie out of sight; well apart from the labels of the axis.
fn heading(painter: &mut Painter, area: Rect, names: u16, scene: Scene) {
    let area = Rect { width: names.saturating_sub(2), ..area };
    let (count, lanes) = (scene.app.roster.len(), &scene.app.tracks.lanes);
    let above = scene.app.tracks.first;
    let more = |glyph: &str, count: usize| if count > 0 { format!("{glyph}{count}") } else { String::new() };
    let below = more(scene.glyphs.below, count.saturating_sub(above + lanes.len()));
    let above = more(scene.glyphs.above, above);
    let word = scene.app.lang.words().speakers;
    let wanted = [
        format!("{word} {count} {above}{below}"),
        format!("{word} {above}{below}"),
        format!("{word} {count}"),
        word.to_owned(),
    ];
    let room = usize::from(area.width.saturating_sub(1));
    let fits = wanted.iter().map(|text| text.trim_end()).find(|text| painter.ruler().width(text) <= room);
    painter.text(area, 1, 0, fits.unwrap_or_default(), scene.theme.dim);
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
        let is_hit = lane.hits.get(column).copied().unwrap_or_default();
        match glyph {
            Some(glyph) if column == heads.play => {
                painter.glyph(area, (column as u16, y), glyph, scene.theme.accent);
            }
            Some(glyph) => {
                let style = if column > edge { scene.theme.unrevealed } else { hue };
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

fn name(painter: &mut Painter, area: Rect, y: u16, lane: &LaneRow, scene: Scene) {
    let id = lane.speaker;
    let member = scene.app.structure.member(id);
    let role = scene.app.structure.role(id);
    let hue = scene.hue(id);
    let current = scene.app.speaker() == id;
    let chosen = current && scene.app.mode == Mode::People;
    if current {
        painter.glyph(area, (0, y), scene.glyphs.chosen, scene.theme.accent);
    }
    let digits = if scene.app.transcript.speakers().len() > 99 { 3 } else { 2 };
    let number = id.number();
    let shown = if number < 1000 { format!("{number:>digits$}") } else { " ".repeat(digits) };
    let mut x = painter.text_to(area, 1, y, &shown, scene.theme.dim) + 1;
    x = painter.text_to(area, x, y, scene.glyphs.role(role), hue) + 1;
    let mut end = area.width.saturating_sub(1);
    if area.width >= WITH_COUNTS {
        end = painter.text_before(area, end, y, &member.posts.to_string(), scene.theme.dim).saturating_sub(1);
        end = end.min(area.width.saturating_sub(5));
    }
    let name = painter.ruler().fit(scene.name(id), usize::from(end.saturating_sub(x)));
    let style = if current { hue.add_modifier(Modifier::BOLD) } else { hue };
    painter.text(area, x, y, &name, style);
    if chosen {
        painter.restyle(
            Rect { y: area.y + y, height: 1, width: area.width.saturating_sub(1), ..area },
            scene.theme.chosen,
        );
    }
}
