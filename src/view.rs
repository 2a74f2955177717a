//! Drawing: the state in, cells out. Nothing here changes anything.

mod bar;
mod glyphs;
mod help;
mod overlay;
mod paint;
mod reading;
mod scene;
mod status;
pub mod theme;
mod tracks;

use crate::action::Mode;
use crate::app::App;
use crate::layout::panes::SMALLEST;
use glyphs::Glyphs;
use paint::Painter;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use scene::Scene;
use theme::Theme;

/// Draws the whole screen into a blank buffer; says where the cursor is to be shown, if at all.
pub fn draw(buffer: &mut Buffer, app: &App, theme: &Theme) -> Option<Position> {
    let area = buffer.area;
    let scene = Scene { app, theme, glyphs: Glyphs::of(app.ruler) };
    let mut painter = Painter::new(buffer, app.ruler, theme.dim);
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        let size = format!("{} {}x{}", app.lang.words().too_small, area.width, area.height);
        let fits = painter.ruler().width(&size) <= usize::from(area.width);
        let text = if fits { &size } else { app.lang.words().too_small };
        painter.text(area, 0, area.height / 2, text, theme.dim);
        return None;
    }
    if app.mode == Mode::Help {
        help::draw(&mut painter, area, scene);
        return None;
    }
    bar::draw(&mut painter, app.panes.bar, scene);
    tracks::draw(&mut painter, app.panes.tracks, scene);
    painter.rule(app.panes.rule, scene.glyphs, theme.rule);
    reading::draw(&mut painter, app.panes.text, scene);
    let cursor = status::draw(&mut painter, app.panes.status, scene);
    if app.mode == Mode::Finder {
        return Some(overlay::draw(&mut painter, app.panes.text.union(app.panes.tracks), scene));
    }
    cursor
}
