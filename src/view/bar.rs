//! The first row: what is read, and where the replay stands.

use super::glyphs::Glyphs;
use super::paint::Painter;
use super::scene::Scene;
use crate::action::Action;
use crate::app::{App, Target};
use crate::transcript::PostId;
use crate::when::{clock_time, speed, timer};
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// The shortest progress bar, in cells.
const SHORTEST_BAR: u16 = 10;

/// The longest progress bar, in cells.
const LONGEST_BAR: u16 = 48;

/// From this width of the screen on a moment of a record of several days has its date.
const DATED: u16 = 60;

/// From this width on the clock of the replay stands beside that of the record.
const BOTH_CLOCKS: u16 = 96;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Cells between two pieces.
const APART: u16 = 2;

/// What stands on the right of the bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// How long the replay still takes, or how far it is behind what comes.
    Left,
    /// The number of the post and of all.
    Position,
    /// The moment on the record's own clock.
    Moment,
    /// The clock of the replay, and its whole length.
    Shown,
    /// How much is done, as a bar.
    Progress,
    /// Whether it plays, and how fast.
    State,
}

/// A piece of the bar, and its column.
#[derive(Debug)]
struct Piece {
    kind: Kind,
    x: u16,
    cells: u16,
    text: String,
}

/// Draws the bar.
pub fn draw(painter: &mut Painter, area: Rect, scene: Scene) {
    let (app, theme) = (scene.app, scene.theme);
    let pieces = pieces(app, scene.glyphs, area.width);
    for piece in &pieces {
        let style = match piece.kind {
            Kind::Progress => {
                progress(painter, area, (piece.x, piece.cells), share(app), scene);
                continue;
            }
            Kind::Left | Kind::Position | Kind::Shown => theme.dim,
            Kind::Moment => theme.text,
            Kind::State => theme.accent,
        };
        painter.text(area, piece.x, 0, &piece.text, style);
    }
    let end = pieces.last().map_or(area.width, |piece| piece.x + 1).saturating_sub(APART + 1);
    let title = painter.ruler().fit(title(app), usize::from(end.saturating_sub(2)));
    painter.text(area, 1, 0, &title, theme.text.add_modifier(Modifier::BOLD));
}

/// What a click on a column of the bar means.
pub fn target(app: &App, area: Rect, x: u16) -> Option<Target> {
    let pieces = pieces(app, Glyphs::of(app.ruler), area.width);
    let piece = pieces.iter().find(|piece| (piece.x..piece.x + piece.cells).contains(&x))?;
    Some(match piece.kind {
        Kind::Progress => Target::Share(f64::from(x - piece.x) / f64::from(piece.cells.max(2) - 1)),
        Kind::State => Target::Act(Action::TogglePlay),
        Kind::Left if app.source.live => Target::Act(Action::LiveEdge),
        Kind::Left => Target::Act(Action::CycleGaps),
        Kind::Position | Kind::Moment | Kind::Shown => Target::Act(Action::GoTo),
    })
}

/// Pieces that are set from the right end on.
struct Pieces {
    set: Vec<Piece>,
    /// The column before which the next one ends.
    end: u16,
}

impl Pieces {
    /// Sets one, unless it is empty.
    fn set(&mut self, kind: Kind, text: String, cells: u16) {
        if cells > 0 {
            let x = self.end.saturating_sub(cells);
            self.end = x.saturating_sub(APART);
            self.set.push(Piece { kind, x, cells, text });
        }
    }
}

/// The pieces from the right end. What a narrow screen has no room for is left out; each keeps its width, so that
/// nothing moves but what changes.
fn pieces(app: &App, glyphs: &Glyphs, width: u16) -> Vec<Piece> {
    let mut pieces = Pieces { set: Vec::new(), end: width.saturating_sub(1) };
    if app.transcript.is_empty() {
        return pieces.set;
    }
    let measured = |text: &str| app.ruler.width(text) as u16;
    let replaying = app.is_replaying();
    let texts = [
        (Kind::Left, 60, replaying || app.is_behind(), left as fn(&App, &Glyphs) -> String),
        (Kind::Position, 0, true, position),
        (Kind::Moment, 30, true, moment),
        (Kind::Shown, BOTH_CLOCKS, replaying, shown),
    ];
    for (kind, _, _, told) in texts.into_iter().filter(|&(_, least, wanted, _)| wanted && width >= least) {
        let text = told(app, glyphs);
        let cells = measured(&text);
        pieces.set(kind, text, cells);
    }
    let state = state(app, glyphs);
    let cells = measured(&state);
    if width >= 70 {
        // A title that takes no more than a third of the row is not cut for it.
        let title = measured(title(app)).min(width / 3) + 2;
        let room = pieces.end.saturating_sub(title + cells + 2 * APART);
        pieces.set(Kind::Progress, String::new(), room.clamp(SHORTEST_BAR, LONGEST_BAR.min(width / 5)));
    }
    pieces.set(Kind::State, state, cells);
    pieces.set
}

/// The title of the record, or the name of its file.
fn title(app: &App) -> &str {
    app.transcript.meta.title.as_deref().unwrap_or(&app.source.name)
}

/// `▶ 60×`; nothing where nothing is replayed.
fn state(app: &App, glyphs: &Glyphs) -> String {
    if app.source.live && app.is_at_edge() {
        return format!("{} {}", glyphs.unread, app.lang.words().replay.live);
    }
    let glyph = match (app.clock.is_playing(), app.hurries) {
        (true, true) => glyphs.hurrying,
        (true, false) => glyphs.playing,
        (false, _) if app.is_replaying() || app.is_behind() => glyphs.paused,
        (false, _) => return String::new(),
    };
    let repeats = if app.repeat_ms().is_some() { glyphs.repeat } else { "" };
    format!("{glyph} {}{}{repeats}", speed(app.speed), glyphs.times)
}

/// The number of the post and of all; where the index has not come yet, no number is known.
fn position(app: &App, _: &Glyphs) -> String {
    let total = app.known_posts();
    let digits = total.to_string().len();
    let number = match app.ahead() {
        Some(_) => "?".to_owned(),
        None if app.is_replaying() => app.revealed.to_string(),
        None => app.reader.focus.number().to_string(),
    };
    format!("{number:>digits$}/{total}")
}

/// How long the replay still takes at this speed, as wide as its whole length; of a record that is followed, how many
/// posts it is behind.
fn left(app: &App, _: &Glyphs) -> String {
    let words = app.lang.words();
    if app.source.live {
        return app.lang.behind(app.transcript.len() - app.revealed);
    }
    let viewed = |show_ms: i64| timer((show_ms as f64 / app.speed) as i64);
    let width = viewed(app.shows().total()).len();
    format!("{} {:>width$}", words.replay.left, viewed(app.shows().total() - app.show_ms()))
}

/// The clock of the replay at 1×: `12:30/1:42:00`.
fn shown(app: &App, _: &Glyphs) -> String {
    let total = timer(app.shows().total());
    format!("{:>width$}/{total}", timer(app.show_ms()), width = total.len())
}

/// The moment shown: where the replay stands on the record's own clock, else that of the post in focus. Where
/// the newest post appeared at an estimated time, the moment is marked.
fn moment(app: &App, glyphs: &Glyphs) -> String {
    let newest = PostId::new(app.revealed.saturating_sub(1));
    let (at, about) = if app.is_replaying() {
        (app.event_ms(), app.shows().is_estimated(newest))
    } else {
        let focus = app.reader.focus;
        (app.transcript.start(focus), app.transcript.is_arrival(focus))
    };
    let Some(at) = at else { return String::new() };
    let transcript = &app.transcript;
    let day = transcript.meta.moment(at).filter(|_| app.size.0 >= DATED && transcript.span_ms() >= DAY_MS);
    let day = day.map(|day| day.format("%Y-%m-%d ").to_string()).unwrap_or_default();
    format!("{}{day}{}", if about { glyphs.about } else { " " }, clock_time(&transcript.meta, at))
}

/// How much is done: of the show time in a replay, else of the posts.
fn share(app: &App) -> f64 {
    if app.is_replaying() {
        return app.show_ms() as f64 / app.shows().total().max(1) as f64;
    }
    if let Some(share) = app.ahead() {
        return share;
    }
    match app.transcript.len() {
        0 | 1 => 1.0,
        total => app.reader.focus.index() as f64 / (total - 1) as f64,
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
