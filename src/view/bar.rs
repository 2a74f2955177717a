//! The first row: what is read, and where the replay stands.

use super::paint::Painter;
use super::scene::Scene;
use crate::app::App;
use crate::transcript::PostId;
use crate::when::{clock_time, timer};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// The longest progress bar, in cells.
const LONGEST_BAR: u16 = 24;

/// From this width of the screen on a moment of a record of several days has its date.
const DATED: u16 = 60;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Draws the bar.
pub fn draw(painter: &mut Painter, area: Rect, scene: Scene) {
    let mut end = area.width.saturating_sub(1);
    let total = scene.app.transcript.len();
    if total > 0 {
        end = right(painter, area, end, scene);
    }
    let title = scene.app.transcript.meta.title.as_deref().unwrap_or(&scene.app.source.name);
    let title = painter.ruler().fit(title, usize::from(end.saturating_sub(2)));
    painter.text(area, 1, 0, &title, scene.theme.text.add_modifier(Modifier::BOLD));
}

/// The right side from its end: time left, position, moment, progress, speed. What a narrow screen has no room for
/// is left out; each piece keeps its width, so that nothing moves but what changes.
fn right(painter: &mut Painter, area: Rect, end: u16, scene: Scene) -> u16 {
    let app = scene.app;
    let replaying = app.is_replaying();
    let mut at = end;
    if replaying && area.width >= 60 {
        at = before(painter, area, at, &time_left(app), scene.theme.dim);
    }
    at = before(painter, area, at, &position(app), scene.theme.dim);
    if area.width >= 30 {
        at = before(painter, area, at, &moment(scene), scene.theme.text);
    }
    if area.width >= 70 {
        let cells = LONGEST_BAR.min(area.width / 6);
        progress(painter, area, (at.saturating_sub(cells), cells), share(scene), scene);
        at = at.saturating_sub(cells + 2);
    }
    if replaying {
        let state = match (app.clock.is_playing(), app.hurries) {
            (true, true) => scene.glyphs.hurrying,
            (true, false) => scene.glyphs.playing,
            (false, _) => scene.glyphs.paused,
        };
        let speed = format!("{state} {}{}", speed(app.speed), scene.glyphs.times);
        at = before(painter, area, at, &speed, scene.theme.accent);
    }
    at
}

/// The number of the post and of all; where the index has not come yet, no number is known.
fn position(app: &App) -> String {
    let total = app.known_posts();
    let digits = total.to_string().len();
    let number = match app.ahead() {
        Some(_) => "?".to_owned(),
        None if app.is_replaying() => app.revealed.to_string(),
        None => app.reader.focus.number().to_string(),
    };
    format!("{number:>digits$}/{total}")
}

/// Writes a piece that ends before column `end`, unless it is empty; says the end of the next one.
fn before(painter: &mut Painter, area: Rect, end: u16, text: &str, style: Style) -> u16 {
    if text.is_empty() { end } else { painter.text_before(area, end, 0, text, style).saturating_sub(2) }
}

/// How long the replay still takes at this speed, as wide as its whole length.
fn time_left(app: &App) -> String {
    let viewed = |show_ms: i64| timer((show_ms as f64 / app.speed) as i64);
    let width = viewed(app.shows().total()).len();
    format!("{} {:>width$}", app.lang.words().left, viewed(app.shows().total() - app.show_ms()))
}

/// The moment shown: where the replay stands on the record's own clock, else that of the post in focus. Where
/// the newest post appeared at an estimated time, the moment is marked.
fn moment(scene: Scene) -> String {
    let newest = PostId::new(scene.app.revealed.saturating_sub(1));
    let (at, about) = if scene.app.is_replaying() {
        (scene.app.event_ms(), scene.app.shows().is_estimated(newest))
    } else {
        (scene.app.transcript.start(scene.app.reader.focus), false)
    };
    let Some(at) = at else { return String::new() };
    let transcript = &scene.app.transcript;
    let day =
        transcript.meta.moment(at).filter(|_| scene.app.size.0 >= DATED && transcript.span_ms() >= DAY_MS);
    let day = day.map(|day| day.format("%Y-%m-%d ").to_string()).unwrap_or_default();
    format!("{}{day}{}", if about { scene.glyphs.about } else { " " }, clock_time(&transcript.meta, at))
}

/// How much is done: of the show time in a replay, else of the posts.
fn share(scene: Scene) -> f64 {
    if scene.app.is_replaying() {
        return scene.app.show_ms() as f64 / scene.app.shows().total().max(1) as f64;
    }
    if let Some(share) = scene.app.ahead() {
        return share;
    }
    match scene.app.transcript.len() {
        0 | 1 => 1.0,
        total => scene.app.reader.focus.index() as f64 / (total - 1) as f64,
    }
}

/// A bar of so many cells from column `x` on, done by a share of 0 to 1.
pub fn progress(painter: &mut Painter, area: Rect, (x, cells): (u16, u16), share: f64, scene: Scene) {
    let halves = (share.clamp(0.0, 1.0) * f64::from(cells) * 2.0).round() as u16;
    let full = halves / 2;
    painter.fill(area, (x, x + cells), 0, scene.glyphs.bar[2], scene.theme.rule);
    painter.fill(area, (x, x + full), 0, scene.glyphs.bar[0], scene.theme.accent);
    if halves % 2 == 1 {
        painter.text(area, x + full, 0, scene.glyphs.bar[1], scene.theme.accent);
    }
}

/// A speed without idle digits: `0.25`, `60`.
pub fn speed(speed: f64) -> String {
    let text = format!("{speed:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
