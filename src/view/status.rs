//! The last row: input, a word to the user, or hints; and how the record is read.

use super::paint::Painter;
use super::theme::Theme;
use crate::action::{Mode, PromptKind};
use crate::app::App;
use crate::choice::{Format, GapModel, Pace};
use crate::keymap::{ROWS, Row};
use crate::transcript::ClockKind;
use ratatui::layout::{Position, Rect};

/// Draws the row; says where the cursor stands if there is one.
pub fn draw(painter: &mut Painter, area: Rect, app: &App, theme: &Theme) -> Option<Position> {
    if app.mode == Mode::Prompt {
        return Some(prompt(painter, area, app, theme));
    }
    let end = facts(painter, area, app, theme);
    if let Some(message) = &app.message {
        let message = painter.ruler().fit(message, usize::from(area.width.saturating_sub(2)));
        painter.clear(Rect { width: (painter.ruler().width(&message) as u16 + 2).min(area.width), ..area });
        painter.text(area, 1, 0, &message, theme.message);
    } else {
        hints(painter, area, end, app, theme);
    }
    None
}

fn prompt(painter: &mut Painter, area: Rect, app: &App, theme: &Theme) -> Position {
    let words = app.lang.words();
    let label = match app.prompt {
        PromptKind::GoTo => format!("{}: ", words.go_to),
        PromptKind::Search => format!("{}/", words.search),
    };
    let start = painter.text(area, 1, 0, &label, theme.accent);
    let end = input(painter, area, start, app, theme);
    let aside = match app.prompt {
        PromptKind::GoTo => words.places.to_owned(),
        PromptKind::Search => app.message.clone().unwrap_or_else(|| hit_count(app)),
    };
    let width = painter.ruler().width(&aside) as u16;
    if end + width + 4 <= area.width {
        painter.text_before(area, area.width - 1, 0, &aside, theme.dim);
    }
    Position::new(area.x + end.min(area.width - 1), area.y)
}

/// Draws the line of input, its end in sight; says the column of the cursor.
pub fn input(painter: &mut Painter, area: Rect, start: u16, app: &App, theme: &Theme) -> u16 {
    let ruler = painter.ruler();
    let before: String = app.input.value().chars().take(app.input.cursor()).collect();
    let after: String = app.input.value().chars().skip(app.input.cursor()).collect();
    let room = usize::from(area.width.saturating_sub(start + 1));
    let mut shown = before.as_str();
    while ruler.width(shown) > room {
        let first = ruler.clusters(shown).next().map_or(shown.len(), |cluster| cluster.end);
        shown = shown.get(first..).unwrap_or_default();
    }
    let cursor = painter.text(area, start, 0, shown, theme.text);
    painter.text(area, cursor, 0, &after, theme.text);
    cursor
}

fn hit_count(app: &App) -> String {
    let Some(search) = &app.search else { return String::new() };
    let hits = search.hits(app.revealed);
    let mut posts: Vec<_> = hits.iter().map(|hit| hit.post).collect();
    posts.dedup();
    let at = search.current.map_or(0, |index| index + 1);
    match app.lang {
        crate::lang::Lang::Zh => format!("/{} {at}/{} · {} 条", search.pattern, hits.len(), posts.len()),
        crate::lang::Lang::En => format!("/{} {at}/{} in {}", search.pattern, hits.len(), posts.len()),
    }
}

/// How the record is read, at the right; says the column before it.
fn facts(painter: &mut Painter, area: Rect, app: &App, theme: &Theme) -> u16 {
    let mut facts = Vec::new();
    let words = app.lang.words();
    if app.source.loading {
        facts.push(format!("{} {}", words.loading, app.transcript.len()));
    }
    if app.search.is_some() {
        facts.push(hit_count(app));
    }
    if app.source.replaced > 0 {
        facts.push(format!("{} {}", app.source.replaced, words.replaced));
    } else if let Some(encoding) = app.source.encoding {
        facts.push(encoding.to_owned());
    }
    let pacing = app.schedule.pacing();
    if pacing.gaps != GapModel::Real {
        facts.push(format!("{} {}", words.gaps, app.lang.gap_model(pacing.gaps)));
    }
    if pacing.pace != Pace::Clock {
        facts.push(app.lang.pace(pacing.pace).to_owned());
    }
    match app.source.format {
        Some(Format::Plain) => facts.push(words.plain_text.to_owned()),
        Some(format) => {
            if app.transcript.meta.clock == ClockKind::None {
                facts.push(words.no_clock.to_owned());
            }
            facts.push(format.name().to_owned());
        }
        None => {}
    }
    while facts.len() > 1 && painter.ruler().width(&facts.join("  ")) > usize::from(area.width) / 2 {
        facts.pop();
    }
    let text = painter.ruler().fit(&facts.join("  "), usize::from(area.width.saturating_sub(2)));
    painter.text_before(area, area.width - 1, 0, &text, theme.dim)
}

/// The hints that fit before column `end`, the most needed first, in the order of the table.
fn hints(painter: &mut Painter, area: Rect, end: u16, app: &App, theme: &Theme) {
    let hint = |row: &&Row| row.hint > 0 && row.modes.contains(&app.mode);
    let mut wanted: Vec<_> = ROWS.iter().filter(hint).collect();
    wanted.sort_by_key(|row| std::cmp::Reverse(row.hint));
    let words = |row: &Row| (row.keys.first().copied().unwrap_or_default(), app.lang.pick(row.zh, row.en));
    let cells = |row: &Row| painter.ruler().width(words(row).0) + painter.ruler().width(words(row).1) + 4;
    let mut left = usize::from(end).saturating_sub(1);
    wanted.retain(|row| {
        let fits = cells(row) <= left;
        left -= if fits { cells(row) } else { 0 };
        fits
    });
    let mut x = 1;
    for row in ROWS.iter().filter(|row| wanted.iter().any(|wanted| std::ptr::eq(*wanted, *row))) {
        let (key, words) = words(row);
        x = painter.text(area, x, 0, key, theme.accent) + 1;
        x = painter.text(area, x, 0, words, theme.dim) + 3;
    }
}
