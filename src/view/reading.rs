//! The reading pane: the words, who says them, and what lies between.

use super::glyphs::Glyphs;
use super::paint::Painter;
use super::theme::Theme;
use crate::app::App;
use crate::layout::flow::PageRow;
use crate::layout::rows::RowKind;
use crate::text::slice;
use crate::transcript::PostId;
use crate::when::{clock_time, duration, long_date};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use std::ops::Range;

/// Draws the pane.
pub fn draw(painter: &mut Painter, area: Rect, app: &App, theme: &Theme, glyphs: Glyphs) {
    if app.transcript.is_empty() {
        let words = app.lang.words();
        let text = if app.source.loading { words.waiting } else { words.empty };
        centred(painter, area, area.height / 3, text, theme.dim);
        return;
    }
    let column = Column::of(area, app);
    for (index, row) in app.page.iter().enumerate() {
        let y = index as u16;
        if row.post == app.reader.focus
            && !matches!(row.kind, RowKind::Blank | RowKind::Separator { .. } | RowKind::End)
        {
            painter.text(column.area, 0, y, glyphs.focus, theme.accent);
        }
        if index == 0 && app.covered {
            let post = app.page.get(1).map_or(row.post, |next| next.post);
            header(painter, &column, y, post, app, theme);
            continue;
        }
        draw_row(painter, &column, y, row, app, theme, glyphs);
    }
    badge(painter, area, app, theme, glyphs);
}

/// The text column: gutter and measure, centred in the pane.
struct Column {
    area: Rect,
    gutter: u16,
}

impl Column {
    fn of(area: Rect, app: &App) -> Self {
        let setting = app.setting();
        let width = ((setting.gutter + setting.measure) as u16).min(area.width);
        let x = area.x + (area.width - width) / 2;
        Self { area: Rect { x, width, ..area }, gutter: setting.gutter as u16 }
    }
}

fn draw_row(
    painter: &mut Painter,
    column: &Column,
    y: u16,
    row: &PageRow,
    app: &App,
    theme: &Theme,
    glyphs: Glyphs,
) {
    match &row.kind {
        RowKind::Blank => {}
        RowKind::Separator { day, gap } => {
            let text = separator(app, row.post, *day, *gap);
            line_through(painter, column.area, y, &text, theme, glyphs);
        }
        RowKind::Header => header(painter, column, y, row.post, app, theme),
        RowKind::Time => {
            painter.text(column.area, column.gutter, y, &time(app, row.post), theme.dim);
        }
        RowKind::Body { range, indent, first } => {
            if *first && app.setting().times_in_gutter && !is_below_header(app, row.post) {
                painter.text(column.area, 1, y, &time(app, row.post), theme.dim);
            }
            let x = column.gutter + *indent as u16;
            words(painter, column.area, (x, y), row.post, range, app, theme);
        }
        RowKind::End => {
            let left = app.transcript.len() - app.revealed;
            let words = app.lang.words();
            let text = if left > 0 {
                format!("{} {left} {}", words.to_come[0], words.to_come[1])
            } else {
                words.end.to_owned()
            };
            line_through(painter, column.area, y, &text, theme, glyphs);
        }
    }
}

/// Whether the time of a post stands in the header above it.
fn is_below_header(app: &App, post: PostId) -> bool {
    app.flow().rows(post).contains(&RowKind::Header)
}

fn time(app: &App, post: PostId) -> String {
    app.transcript.post(post).start().map(|start| clock_time(&app.transcript.meta, start)).unwrap_or_default()
}

fn header(painter: &mut Painter, column: &Column, y: u16, post: PostId, app: &App, theme: &Theme) {
    let area = column.area;
    let id = app.transcript.post(post).speaker();
    let member = app.structure.member(id);
    let time = time(app, post);
    let in_gutter = app.setting().times_in_gutter;
    let mut x = if in_gutter {
        painter.text(area, 1, y, &time, theme.dim);
        column.gutter
    } else if time.is_empty() {
        column.gutter
    } else {
        painter.text(area, column.gutter, y, &time, theme.dim) + 1
    };
    let mut end = area.width;
    if let Some(number) = app.structure.exchange_of(post) {
        let text = format!("{} {number}/{}", app.lang.words().exchange, app.structure.exchange_count());
        if usize::from(end.saturating_sub(x)) > painter.ruler().width(&text) + 24 {
            end = painter.text_before(area, end, y, &text, theme.dim).saturating_sub(2);
        }
    }
    let name = if member.name.is_empty() { app.lang.words().nameless } else { &member.name };
    let hue = theme.speaker(id, app.structure.role(id)).add_modifier(Modifier::BOLD);
    let name = painter.ruler().fit(name, usize::from(end.saturating_sub(x)));
    x = painter.text(area, x, y, &name, hue);
    let title = painter.ruler().fit(&member.title, usize::from(end.saturating_sub(x + 2)));
    painter.text(area, x + 2, y, &title, theme.dim);
}

/// `2018年1月9日 星期二 · 下午 · 静默 3 小时 51 分`
fn separator(app: &App, post: PostId, day: bool, gap: Option<i64>) -> String {
    let mut parts = Vec::new();
    if let Some(moment) = app.transcript.moment(post).filter(|_| day) {
        parts.push(long_date(app.lang, moment));
    }
    if let Some(part) = app.structure.session_at(post).and_then(|session| session.part) {
        parts.push(app.lang.day_part(part).to_owned());
    }
    if let Some(ms) = gap {
        parts.push(format!("{} {}", app.lang.words().silence, duration(app.lang, ms)));
    }
    parts.join(if app.ruler.is_wide() { " - " } else { " · " })
}

fn line_through(painter: &mut Painter, area: Rect, y: u16, text: &str, theme: &Theme, glyphs: Glyphs) {
    let text = painter.ruler().fit(text, usize::from(area.width.saturating_sub(4)));
    let width = painter.ruler().width(&text) as u16;
    let start = (area.width.saturating_sub(width)) / 2;
    let dash = 6.min(start.saturating_sub(1));
    painter.fill(
        area,
        (start - dash - u16::from(dash > 0), start.saturating_sub(1)),
        y,
        glyphs.across,
        theme.rule,
    );
    painter.text(area, start, y, &text, theme.dim);
    painter.fill(area, (start + width + 1, start + width + 1 + dash), y, glyphs.across, theme.rule);
}

fn centred(painter: &mut Painter, area: Rect, y: u16, text: &str, style: Style) {
    let text = painter.ruler().fit(text, usize::from(area.width));
    let width = painter.ruler().width(&text) as u16;
    painter.text(area, (area.width - width) / 2, y, &text, style);
}

/// The words of a row, with the search hits in them marked.
fn words(
    painter: &mut Painter,
    area: Rect,
    (x, y): (u16, u16),
    post: PostId,
    range: &Range<usize>,
    app: &App,
    theme: &Theme,
) {
    let body = app.transcript.body(post);
    let (first, hits) = app.search.as_ref().map_or((0, &[][..]), |search| search.hits_in(post));
    let current = app.search.as_ref().and_then(|search| search.current);
    let mut x = x;
    let mut from = range.start;
    let marked =
        hits.iter().enumerate().filter(|(_, hit)| hit.range.end > range.start && hit.range.start < range.end);
    for (index, hit) in marked {
        let (start, end) = (hit.range.start.max(from), hit.range.end.min(range.end));
        x = painter.text(area, x, y, slice(&body, from..start), theme.text);
        let style = if current == Some(first + index) { theme.current_hit } else { theme.hit };
        x = painter.text(area, x, y, slice(&body, start..end), style);
        from = end.max(from);
    }
    painter.text(area, x, y, slice(&body, from..range.end), theme.text);
}

/// How many posts the replay has shown below the page.
fn badge(painter: &mut Painter, area: Rect, app: &App, theme: &Theme, glyphs: Glyphs) {
    let last =
        app.page.iter().rev().find(|row| row.kind != RowKind::Blank).map_or(0, |row| row.post.number());
    let unseen = app.revealed.saturating_sub(last);
    if !app.is_replaying() || app.reader.follow || unseen == 0 {
        return;
    }
    let text = format!(" {} {unseen} {} R ", glyphs.below, app.lang.words().new_posts);
    let width = painter.ruler().width(&text) as u16;
    if width + 2 <= area.width {
        let x = area.width - width - 1;
        painter.clear(Rect { x: area.x + x, y: area.bottom() - 1, width, height: 1 });
        painter.text(area, x, area.height - 1, &text, theme.current_hit);
    }
}
