//! The reading pane: the words, who says them, and what lies between.

use super::column::Column;
use super::glyphs::Glyphs;
use super::marks;
use super::note;
use super::paint::Painter;
use super::scene::Scene;
use crate::app::App;
use crate::choice::Pace;
use crate::layout::flow::PageRow;
use crate::layout::rows::{CAPTION_MARK, RowKind};
use crate::text::slice;
use crate::transcript::{Kind, PostId, Role};
use crate::when::{clock_time, duration, long_date};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use std::ops::Range;

/// Draws the pane.
pub fn draw(painter: &mut Painter, area: Rect, scene: Scene) {
    if scene.app.transcript.is_empty() {
        let words = scene.app.lang.words();
        let text = if scene.app.source.loading { words.waiting } else { words.empty };
        centred(painter, area, area.height / 3, text, scene.theme.dim);
        return;
    }
    if scene.app.page.is_empty() {
        let words = scene.app.lang.words();
        let text = match (scene.app.is_filtered_empty(), scene.app.is_replaying()) {
            (true, true) => words.find.nothing_yet,
            (true, false) => words.find.nothing_matches,
            (false, true) => words.nobody_heard,
            (false, false) => words.all_hidden,
        };
        centred(painter, area, area.height / 3, &scene.app.with_keys(text), scene.theme.dim);
        return;
    }
    beside(painter, area, scene);
    let column = Column::of(area, scene);
    for (index, row) in scene.app.page.iter().enumerate() {
        let y = index as u16;
        if let Some(mark) = mark(row, scene) {
            painter.glyph(column.area, (0, y), mark, scene.theme.accent);
        }
        if index == 0 && scene.app.covered {
            let post = scene.app.page.get(1).map_or(row.post, |next| next.post);
            header(painter, &column, y, post, scene);
            continue;
        }
        draw_row(painter, &column, y, row, scene);
    }
    if let Some((at, text)) = badge(scene.app, area) {
        painter.clear(at);
        painter.text(at, 0, 0, &text, scene.theme.current_hit);
    }
}

/// What stands beside a row of a post: that the replay stops there, that it is marked, that it has the focus, that it is new.
fn mark(row: &PageRow, scene: Scene) -> Option<&'static str> {
    let (app, glyphs) = (scene.app, scene.glyphs);
    let is_first = match row.kind {
        RowKind::Body { first, .. } => first && !app.flow().has_header(row.post),
        RowKind::Header | RowKind::Time => true,
        _ => return None,
    };
    if is_first && app.ahead().is_none() && app.controls.breaks.posts().any(|post| post == row.post) {
        return Some(glyphs.breakpoint);
    }
    if let Some(mark) = app.kept.marks.of(row.post).filter(|_| is_first && app.ahead().is_none()) {
        return Some(marks::sign(mark, glyphs));
    }
    let in_range = app.range().is_some_and(|range| range.contains(&row.post));
    // The row that a post begins with tells which end of the range one moves.
    if row.post == app.reader.focus && (is_first || !in_range) {
        return Some(glyphs.focus);
    }
    if in_range {
        return Some(glyphs.range);
    }
    if is_first && asked_for(row.post, scene).is_some() {
        return Some(glyphs.beside[1]);
    }
    if app.is_new(row.post) {
        return Some(glyphs.new);
    }
    let is_aside = app.showing().sieve.is_some_and(|sieve| !sieve.is_match(row.post));
    (is_first && is_aside).then_some(glyphs.aside)
}

/// How a post is marked that is asked for as a whole, whatever is said in it.
fn asked_for(post: PostId, scene: Scene) -> Option<Style> {
    let search = scene.app.search.as_ref()?;
    let (first, hits) = search.hits_in(post);
    hits.first().filter(|hit| hit.range.is_empty())?;
    let is_current = search.current == Some(first);
    Some(if is_current { scene.theme.current_hit } else { scene.theme.hit })
}

/// The style of the time of a post.
fn time_style(post: PostId, scene: Scene) -> Style {
    asked_for(post, scene).map_or(scene.theme.dim, |hit| scene.theme.dim.patch(hit))
}

/// Hits and marks of the record beside the text, and where the page stands among them.
fn beside(painter: &mut Painter, area: Rect, scene: Scene) {
    let app = scene.app;
    if !app.has_scrollbar() {
        return;
    }
    let [on_page, hit, hit_on_page, current] = scene.glyphs.beside;
    let page = app.page_on_scrollbar();
    let stands = app.search.as_ref().and_then(|search| search.hits(app.revealed).get(search.current?));
    let stands = stands
        .map(|hit| app.sought.scrollbar.row(app.transcript.body_range(hit.post).start + hit.range.start));
    let bar = &app.sought.scrollbar;
    for (y, (found, marked)) in bar.hits.iter().zip(&bar.marks).enumerate() {
        let mark = marked.and_then(|post| app.kept.marks.of(post));
        let (glyph, style) = match (found, page.contains(&y)) {
            (Some(_), _) if stands == Some(y) => (current, scene.theme.accent),
            _ if mark.is_some() => {
                (mark.map_or(hit, |mark| marks::sign_at_edge(mark, scene.glyphs)), scene.theme.accent)
            }
            (Some(_), true) => (hit_on_page, scene.theme.accent),
            (Some(_), false) => (hit, scene.theme.accent),
            (None, true) => (on_page, scene.theme.rule),
            (None, false) => continue,
        };
        painter.glyph(area, (area.width - 1, y as u16), glyph, style);
    }
}

fn draw_row(painter: &mut Painter, column: &Column, y: u16, row: &PageRow, scene: Scene) {
    match &row.kind {
        RowKind::Blank => {}
        RowKind::Separator { day, gap } => {
            let text = separator(scene, row.post, *day, *gap);
            line_through(painter, column.area, y, &text, scene);
        }
        RowKind::Lead { line, range } => {
            let text = scene.app.transcript.meta.lead.get(*line).map(|text| slice(text, range.clone()));
            let (ruler, place) = (scene.app.setting().ruler, (column.gutter, y));
            let style = scene.theme.dim;
            painter.words(ruler, column.area, place, text.unwrap_or_default(), style, std::iter::empty());
        }
        RowKind::Hidden(posts) => hidden(painter, column, y, *posts, scene),
        RowKind::HiddenTail => {
            let posts = scene.app.revealed - row.post.number();
            hidden(painter, column, y, posts, scene);
        }
        RowKind::Opened(posts) => {
            let text = format!("{} {}", scene.glyphs.opened, scene.app.lang.opened(*posts));
            painter.text(column.area, column.gutter, y, &text, scene.theme.dim);
        }
        RowKind::Chapter => {
            let title = scene.app.structure.chapters().at(row.post).unwrap_or_default();
            let title = painter.ruler().fit(title, scene.app.setting().measure);
            let bold = scene.theme.text.add_modifier(Modifier::BOLD);
            painter.text(column.area, column.gutter, y, &title, bold);
        }
        RowKind::Header => header(painter, column, y, row.post, scene),
        RowKind::Time => {
            let style = time_style(row.post, scene);
            painter.text(column.area, column.gutter, y, &time(scene, row.post), style);
        }
        RowKind::Body { range, indent, first } => {
            let is_caption = scene.app.structure.caption_of(row.post).is_some();
            if *first && is_caption {
                let mark = scene.glyphs.role(&Role::Admin);
                let x = column.gutter + indent.saturating_sub(CAPTION_MARK) as u16;
                painter.glyph(column.area, (x, y), mark, scene.theme.dim);
            }
            if *first && scene.app.setting().times_in_gutter && !is_below_header(scene, y, row.post) {
                time_in_gutter(painter, column, y, row.post, scene);
            }
            if *first && scene.app.setting().names > 0 {
                name(painter, column, y, row.post, scene);
            }
            let x = column.gutter + *indent as u16;
            words(painter, column.area, (x, y), row.post, range, scene);
        }
        RowKind::MarkHead => note::head(painter, column, y, row.post, scene),
        RowKind::Note { range, first, more } => {
            note::row(painter, column, (y, row.post), (range, *first, *more), scene);
        }
        RowKind::End => line_through(painter, column.area, y, &end(scene), scene),
    }
}

/// What stands below the last post.
fn end(scene: Scene) -> String {
    let left = scene.app.transcript.len() - scene.app.revealed;
    let words = scene.app.lang.words();
    match left {
        0 if scene.app.source.live && scene.app.source.unfinished => words.replay.unfinished.to_owned(),
        0 if scene.app.source.live => words.replay.more_to_come.to_owned(),
        0 if scene.app.has_end() => words.end.to_owned(),
        0 => words.loading.to_owned(),
        _ => {
            format!("{} {left} {}", words.replay.to_come[0], words.replay.to_come[1]).trim_start().to_owned()
        }
    }
}

/// `⋯ 12 条未显示`
fn hidden(painter: &mut Painter, column: &Column, y: u16, posts: usize, scene: Scene) {
    let text = format!("{} {}", scene.glyphs.hidden, scene.app.lang.hidden(posts));
    painter.text(column.area, column.gutter, y, &text, scene.theme.dim);
}

/// Whether the time of a post stands in the header above it: its own, or the one that covers the top of the page.
fn is_below_header(scene: Scene, y: u16, post: PostId) -> bool {
    y == 1 && scene.app.covered || scene.app.flow().has_header(post)
}

/// The time of a post, marked if it is that of its arrival.
fn time(scene: Scene, post: PostId) -> String {
    let transcript = &scene.app.transcript;
    let Some(start) = transcript.start(post) else { return String::new() };
    let about = if transcript.is_arrival(post) { scene.glyphs.about } else { "" };
    format!("{about}{}", clock_time(&transcript.meta, start))
}

/// When, before the words: minutes below minutes, however many digits there are.
fn time_in_gutter(painter: &mut Painter, column: &Column, y: u16, post: PostId, scene: Scene) {
    let end = 1 + scene.app.setting().stamp as u16;
    let style = time_style(post, scene);
    painter.text_before(column.area, end, y, &time(scene, post), style);
}

/// Who speaks, before the words: where that is not who spoke in the row above.
fn name(painter: &mut Painter, column: &Column, y: u16, post: PostId, scene: Scene) {
    let (app, ruler) = (scene.app, painter.ruler());
    let kind = app.structure.kind(&app.transcript, post);
    let is_below_body = matches!(app.flow().rows((post, 0)).first(), Some(RowKind::Body { .. }));
    let goes_on = y > 0 && is_below_body && !app.structure.begins_turn(&app.transcript, post);
    if goes_on && kind != Kind::Action {
        return;
    }
    let id = app.structure.author(&app.transcript, post);
    let (mark, label) = match kind {
        Kind::System => ("", "-"),
        Kind::Action => ("* ", scene.name(id)),
        _ => ("", scene.name(id)),
    };
    let room = app.setting().names - ruler.width(mark);
    let text = format!("{mark}{}", ruler.fit(label, room));
    let style =
        if kind == Kind::System { scene.theme.dim } else { scene.hue(id).add_modifier(Modifier::BOLD) };
    painter.text_before(column.area, column.gutter - 2, y, &text, style);
}

fn header(painter: &mut Painter, column: &Column, y: u16, post: PostId, scene: Scene) {
    let area = column.area;
    let id = scene.app.structure.author(&scene.app.transcript, post);
    let time = time(scene, post);
    let in_gutter = scene.app.setting().times_in_gutter;
    let mut x = if in_gutter {
        time_in_gutter(painter, column, y, post, scene);
        column.gutter
    } else if time.is_empty() {
        column.gutter
    } else {
        let style = time_style(post, scene);
        painter.text_to(area, column.gutter, y, &time, style) + 1
    };
    // What stands beside the text has a column of its own.
    let is_beside = scene.app.has_scrollbar() && area.right() == scene.app.panes.text.right();
    let mut end = area.width - u16::from(is_beside);
    if let Some(number) = scene.app.structure.exchange_of(post) {
        let text =
            format!("{} {number}/{}", scene.app.lang.words().exchange, scene.app.structure.exchange_count());
        if usize::from(end.saturating_sub(x)) > painter.ruler().width(&text) + 24 {
            end = painter.text_before(area, end, y, &text, scene.theme.dim).saturating_sub(2);
        }
    }
    let hue = scene.hue(id).add_modifier(Modifier::BOLD);
    let name = painter.ruler().fit(scene.name(id), usize::from(end.saturating_sub(x)));
    x = painter.text_to(area, x, y, &name, hue);
    let title = painter.ruler().fit(scene.title(id), usize::from(end.saturating_sub(x + 2)));
    painter.text(area, x + 2, y, &title, scene.theme.dim);
}

/// `2018年1月9日 星期二 · 下午 · 静默 3 小时 51 分`
fn separator(scene: Scene, post: PostId, day: bool, gap: Option<i64>) -> String {
    let mut parts = Vec::new();
    if let Some(moment) = scene.app.transcript.moment(post).filter(|_| day) {
        parts.push(long_date(scene.app.lang, moment));
    }
    if let Some(part) = scene.app.structure.session_at(post).and_then(|session| session.part) {
        parts.push(scene.app.lang.day_part(part).to_owned());
    }
    if let Some(ms) = gap {
        parts.push(silence(scene, ms));
    }
    parts.join(if scene.app.ruler.is_wide() { " - " } else { " · " })
}

/// `静默 3 小时 51 分`, and what the pacing makes of it: `→ 2 分`.
fn silence(scene: Scene, ms: i64) -> String {
    let (app, pacing) = (scene.app, scene.app.schedule.pacing());
    let text = format!("{} {}", app.lang.words().silence, duration(app.lang, ms));
    let paced = pacing.gap(ms, app.transcript.meta.resolution_ms);
    if pacing.pace == Pace::Reading || paced >= ms {
        return text;
    }
    format!("{text} {} {}", scene.glyphs.becomes, duration(app.lang, paced))
}

fn line_through(painter: &mut Painter, area: Rect, y: u16, text: &str, scene: Scene) {
    let text = painter.ruler().fit(text, usize::from(area.width.saturating_sub(4)));
    let width = painter.ruler().width(&text) as u16;
    let start = (area.width.saturating_sub(width)) / 2;
    let dash = 6.min(start.saturating_sub(1));
    painter.fill(
        area,
        (start - dash - u16::from(dash > 0), start.saturating_sub(1)),
        y,
        scene.glyphs.across,
        scene.theme.rule,
    );
    painter.text(area, start, y, &text, scene.theme.dim);
    painter.fill(
        area,
        (start + width + 1, start + width + 1 + dash),
        y,
        scene.glyphs.across,
        scene.theme.rule,
    );
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
    place: (u16, u16),
    post: PostId,
    range: &Range<usize>,
    scene: Scene,
) {
    let (_, text) = scene.app.transcript.part(post, range.clone());
    let (first, hits) = scene.app.search.as_ref().map_or((0, &[][..]), |search| search.hits_in(post));
    let current = scene.app.search.as_ref().and_then(|search| search.current);
    let from = hits.partition_point(|hit| hit.range.end <= range.start);
    let in_row = hits.iter().enumerate().skip(from).take_while(|(_, hit)| hit.range.start < range.end);
    let marks = in_row.map(|(index, hit)| {
        let current = current == Some(first + index);
        let style = if current { scene.theme.current_hit } else { scene.theme.hit };
        (hit.range.start.saturating_sub(range.start)..hit.range.end.saturating_sub(range.start), style)
    });
    let ruler = scene.app.setting().ruler;
    let app = scene.app;
    let is_said =
        app.structure.caption_of(post).is_none() && app.structure.kind(&app.transcript, post) != Kind::System;
    let is_loud = app.showing().is_loud(post) && is_said;
    let style = if is_loud { scene.theme.text } else { scene.theme.dim };
    let text = typed(post, range.start, &text, scene);
    painter.words(ruler, area, place, text, style, marks);
}

/// As much of a row that begins at a byte of its post as is typed out.
fn typed<'a>(post: PostId, start: usize, text: &'a str, scene: Scene) -> &'a str {
    let Some((_, upto)) = scene.app.typed_out().filter(|&(typed, _)| typed == post) else { return text };
    let ends = scene.app.ruler.clusters(text).map(|cluster| cluster.end);
    let end = ends.take_while(|end| start + end <= upto).last().unwrap_or(0);
    slice(text, 0..end)
}

/// How many posts have appeared below the page that were not seen: where that stands, and in which words.
pub fn badge(app: &App, area: Rect) -> Option<(Rect, String)> {
    let last =
        app.page.iter().rev().find(|row| row.kind != RowKind::Blank).map_or(0, |row| row.post.number());
    let unseen = app.shown_since(last.max(app.looked()));
    if !app.goes_on() || app.reader.follow || unseen == 0 {
        return None;
    }
    let below = Glyphs::of(app.ruler).below;
    let text = format!(" {below} {unseen} {} R ", app.lang.words().replay.new_posts);
    let width = app.ruler.width(&text) as u16;
    let (x, y) = (area.right().checked_sub(width + 1)?, area.bottom().checked_sub(1)?);
    (x > area.x).then_some((Rect { x, y, width, height: 1 }, text))
}
