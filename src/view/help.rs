//! The page of keys, from the one table.

use super::glyphs::Glyphs;
use super::paint::Painter;
use super::theme::Theme;
use crate::action::Group;
use crate::app::App;
use crate::keymap::{group_name, rows_of};
use crate::text::ruler::Ruler;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// The least width of a column of keys.
const COLUMN: u16 = 46;

/// A line of the help: a heading, keys with words, or nothing.
enum Line {
    Heading(&'static str),
    Keys(String, &'static str),
    Blank,
}

/// Draws the page.
pub fn draw(painter: &mut Painter, area: Rect, app: &App, theme: &Theme, glyphs: Glyphs) {
    let words = app.lang.words();
    painter.text(area, 1, 0, words.keys, theme.text.add_modifier(Modifier::BOLD));
    painter.text_before(area, area.width - 1, 0, "shilu", theme.dim);
    let foot = Rect { y: area.bottom() - 1, height: 1, ..area };
    painter.text(foot, 1, 0, words.help_foot, theme.dim);
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(4), ..area };
    let columns = (area.width / COLUMN).clamp(1, 3);
    let width = area.width / columns;
    let parts = shared_out(app, usize::from(columns));
    let longest = parts.iter().map(Vec::len).max().unwrap_or(0);
    let scroll = app.help_scroll.min(longest.saturating_sub(usize::from(body.height)));
    for (column, lines) in parts.iter().enumerate() {
        let part = Rect { x: body.x + column as u16 * width, width: width - 1, ..body };
        let keys = keys_width(painter.ruler(), &parts).min(width / 2);
        for (y, line) in lines.iter().skip(scroll).take(usize::from(body.height)).enumerate() {
            draw_line(painter, part, y as u16, line, keys, theme);
        }
    }
    if scroll + usize::from(body.height) < longest {
        painter.text_before(foot, foot.width - 1, 0, glyphs.below, theme.accent);
    }
}

fn draw_line(painter: &mut Painter, area: Rect, y: u16, line: &Line, keys: u16, theme: &Theme) {
    match line {
        Line::Blank => {}
        Line::Heading(name) => {
            painter.text(area, 1, y, name, theme.accent);
        }
        Line::Keys(text, words) => {
            let end = painter.text(area, 3, y, text, theme.text.add_modifier(Modifier::BOLD));
            let x = (keys + 5).max(end + 1);
            let words = painter.ruler().fit(words, usize::from(area.width.saturating_sub(x)));
            painter.text(area, x, y, &words, theme.text);
        }
    }
}

fn keys_width(ruler: Ruler, parts: &[Vec<Line>]) -> u16 {
    let width = |line: &Line| match line {
        Line::Keys(keys, _) => ruler.width(keys),
        Line::Heading(_) | Line::Blank => 0,
    };
    parts.iter().flatten().map(width).max().unwrap_or(0) as u16
}

/// The groups, shared out to columns of about the same length.
fn shared_out(app: &App, columns: usize) -> Vec<Vec<Line>> {
    let groups: Vec<Vec<Line>> = Group::ALL.iter().map(|&group| lines(app, group)).collect();
    let total: usize = groups.iter().map(Vec::len).sum();
    let mut parts: Vec<Vec<Line>> = vec![Vec::new()];
    for group in groups {
        let full = parts.last().map_or(0, Vec::len);
        if full > 0 && full + group.len() / 2 > total.div_ceil(columns) && parts.len() < columns {
            parts.push(Vec::new());
        }
        if let Some(part) = parts.last_mut() {
            part.extend(group);
        }
    }
    parts
}

fn lines(app: &App, group: Group) -> Vec<Line> {
    let mut lines = vec![Line::Heading(group_name(group, app.lang))];
    lines.extend(rows_of(group).map(|row| Line::Keys(row.keys.join("  "), app.lang.pick(row.zh, row.en))));
    lines.push(Line::Blank);
    lines
}
