//! Drawing: the state in, the rows of the screen out. Nothing here changes anything.

pub mod bar;
mod breaks;
mod candidates;
mod card;
mod column;
mod filters;
pub mod glyphs;
mod help;
mod items;
mod marks;
mod note;
mod outline;
mod overlay;
mod paint;
mod palette;
mod people;
mod pin;
mod reading;
mod results;
mod resume;
mod scene;
mod status;
pub mod strokes;
pub mod theme;
mod tracks;

use crate::action::{Action, Mode};
use crate::app::{App, Target};
use crate::layout::panes::SMALLEST;
use glyphs::Glyphs;
use paint::Painter;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use scene::Scene;
use strokes::Strokes;
use theme::Theme;

/// A drawn screen.
#[derive(Debug)]
pub struct Sheet {
    /// Its rows.
    pub rows: Vec<Strokes>,
    /// Where the cursor is to be shown, if at all.
    pub cursor: Option<Position>,
}

impl Sheet {
    /// Paints it all into a blank buffer.
    pub fn paint(&self, buffer: &mut Buffer) {
        let width = usize::from(buffer.area.width).max(1);
        for (row, cells) in self.rows.iter().zip(buffer.content.chunks_mut(width)) {
            row.paint(cells);
        }
    }
}

/// Draws the whole screen, in the memory of rows that are no longer needed.
pub fn draw(app: &App, theme: &Theme, spare: Vec<Strokes>) -> Sheet {
    let mut painter = Painter::new(app.size, (app.ruler, theme.dim), spare);
    let cursor = draw_on(&mut painter, Scene { app, theme, glyphs: Glyphs::of(app.ruler) });
    Sheet { rows: painter.into_rows(), cursor }
}

/// What a click on a cell means, where neither text nor timeline stands.
pub fn target(app: &App, x: u16, y: u16) -> Option<Target> {
    let at = Position::new(x, y);
    if app.size.0 < SMALLEST.0 || app.size.1 < SMALLEST.1 {
        return None;
    }
    if let Some(index) = items::at(app, at) {
        return Some(Target::Item(index));
    }
    match app.mode {
        Mode::Prompt | Mode::Help => return None,
        // What is typed is not given up by a click beside it.
        Mode::Finder | Mode::Note if !app.panes.status.contains(at) => return None,
        _ => {}
    }
    if reading::badge(app, app.panes.text).is_some_and(|(badge, _)| badge.contains(at)) {
        return Some(Target::Act(Action::LiveEdge));
    }
    match (app.panes.bar.contains(at), app.panes.status.contains(at)) {
        (true, _) => bar::target(app, app.panes.bar, x),
        (_, true) => status::target(app, app.panes.status, x),
        _ => None,
    }
}

fn draw_on(painter: &mut Painter, scene: Scene) -> Option<Position> {
    let (app, area) = (scene.app, painter.area());
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        let size = format!("{} {}x{}", app.lang.words().too_small, area.width, area.height);
        let fits = painter.ruler().width(&size) <= usize::from(area.width);
        let text = if fits { &size } else { app.lang.words().too_small };
        painter.text(area, 0, area.height / 2, text, scene.theme.dim);
        return None;
    }
    if app.mode == Mode::Help {
        help::draw(painter, area, scene);
        return None;
    }
    bar::draw(painter, app.panes.bar, scene);
    tracks::draw(painter, app.panes.tracks, scene);
    painter.rule(app.panes.rule, scene.glyphs, scene.theme.rule);
    pin::draw(painter, app.panes.pin, scene);
    reading::draw(painter, app.panes.text, scene);
    let cursor = status::draw(painter, app.panes.status, scene);
    if app.mode == Mode::Prompt {
        candidates::draw(painter, app.panes.status, scene);
    }
    if app.mode == Mode::Outline {
        outline::draw(painter, app.panes.text.union(app.panes.tracks), scene);
    }
    if app.mode == Mode::Breaks {
        breaks::draw(painter, app.panes.text.union(app.panes.tracks), scene);
    }
    if app.mode == Mode::Results {
        results::draw(painter, app.panes.text.union(app.panes.tracks), scene);
    }
    if app.mode == Mode::Filters {
        filters::draw(painter, app.panes.text.union(app.panes.tracks), scene);
    }
    if app.mode == Mode::Card {
        card::draw(painter, app.panes.text.union(app.panes.tracks), scene);
    }
    if app.mode == Mode::Marks {
        marks::draw(painter, app.panes.text.union(app.panes.tracks), scene);
    }
    if app.mode == Mode::Note {
        return note::draw(painter, app.panes.text, scene);
    }
    if let Some(resume) = app.resume_card().filter(|_| app.mode == Mode::Reading) {
        resume::draw(painter, app.panes.text, resume, scene);
    }
    if app.mode == Mode::Finder {
        return Some(overlay::draw(painter, app.panes.text.union(app.panes.tracks), scene));
    }
    cursor
}
