//! The first row: what is read, and where the replay stands.

use super::glyphs::Glyphs;
use super::paint::Painter;
use super::theme::Theme;
use crate::app::App;
use crate::transcript::PostId;
use crate::when::{clock_time, timer};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// The longest progress bar, in cells.
const LONGEST_BAR: u16 = 24;

/// Draws the bar.
pub fn draw(painter: &mut Painter, area: Rect, app: &App, theme: &Theme, glyphs: Glyphs) {
    let mut end = area.width.saturating_sub(1);
    let total = app.transcript.len();
    if total > 0 {
        end = right(painter, area, end, app, theme, glyphs);
    }
    let title = app.transcript.meta.title.as_deref().unwrap_or(&app.source.name);
    let title = painter.ruler().fit(title, usize::from(end.saturating_sub(2)));
    painter.text(area, 1, 0, &title, theme.text.add_modifier(Modifier::BOLD));
}

/// A piece of the right side: text, style, and the least width of the screen at which it is shown.
struct Piece {
    text: String,
    style: Style,
    from: u16,
}

fn right(painter: &mut Painter, area: Rect, end: u16, app: &App, theme: &Theme, glyphs: Glyphs) -> u16 {
    let total = app.transcript.len();
    let replaying = app.is_replaying();
    let number = if replaying { app.revealed } else { app.reader.focus.number() };
    let digits = total.to_string().len();
    let left = app.schedule.total() - app.show_ms();
    let left = (left as f64 / app.clock.speed()) as i64;
    let mut pieces = vec![Piece { text: moment(app, glyphs), style: theme.text, from: 30 }];
    pieces.push(Piece { text: format!("{number:>digits$}/{total}"), style: theme.dim, from: 0 });
    if replaying {
        let state = if app.clock.is_playing() { glyphs.playing } else { glyphs.paused };
        let speed = format!("{state} {}{}", speed(app.clock.speed()), glyphs.times);
        pieces.insert(0, Piece { text: speed, style: theme.accent, from: 0 });
        let words = format!("{} {:>5}", app.lang.words().left, timer(left));
        pieces.push(Piece { text: words, style: theme.dim, from: 60 });
    }
    let mut at = end;
    for (index, piece) in pieces.iter().enumerate().rev() {
        if area.width < piece.from || piece.text.is_empty() {
            continue;
        }
        at = painter.text_before(area, at, 0, &piece.text, piece.style).saturating_sub(2);
        let before_position = index + 2 == pieces.len() - usize::from(replaying);
        if before_position && area.width >= 70 {
            let cells = LONGEST_BAR.min(area.width / 6);
            at = at.saturating_sub(cells);
            progress(painter, area, (at, cells), share(app), theme, glyphs);
            at = at.saturating_sub(2);
        }
    }
    at
}

/// The moment shown: where the replay stands on the record's own clock, else that of the post in focus. Where
/// the newest post appeared at an estimated time, the moment is marked.
fn moment(app: &App, glyphs: Glyphs) -> String {
    let newest = PostId::new(app.revealed.saturating_sub(1));
    let (at, about) = if app.is_replaying() {
        (app.event_ms(), app.schedule.is_estimated(newest))
    } else {
        (app.transcript.post(app.reader.focus).start(), false)
    };
    let Some(at) = at else { return String::new() };
    format!("{}{}", if about { glyphs.about } else { " " }, clock_time(&app.transcript.meta, at))
}

/// How much is done: of the show time in a replay, else of the posts.
fn share(app: &App) -> f64 {
    if app.is_replaying() {
        return app.show_ms() as f64 / app.schedule.total().max(1) as f64;
    }
    match app.transcript.len() {
        0 | 1 => 1.0,
        total => app.reader.focus.index() as f64 / (total - 1) as f64,
    }
}

fn progress(
    painter: &mut Painter,
    area: Rect,
    (x, cells): (u16, u16),
    share: f64,
    theme: &Theme,
    glyphs: Glyphs,
) {
    let halves = (share.clamp(0.0, 1.0) * f64::from(cells) * 2.0).round() as u16;
    let full = halves / 2;
    painter.fill(area, (x, x + cells), 0, glyphs.bar[2], theme.rule);
    painter.fill(area, (x, x + full), 0, glyphs.bar[0], theme.accent);
    if halves % 2 == 1 {
        painter.text(area, x + full, 0, glyphs.bar[1], theme.accent);
    }
}

/// A speed without idle digits: `0.25`, `60`.
fn speed(speed: f64) -> String {
    let text = format!("{speed:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
