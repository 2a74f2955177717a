//! The last row: input, a word to the user, or hints; and how the record is read.

use super::bar;
use super::paint::Painter;
use super::scene::Scene;
use crate::action::{Group, Mode, PromptKind};
use crate::app::{App, Target};
use crate::choice::{ExportFormat, Format};
use crate::keymap::{ROWS, Row};
use crate::query::Ways;
use crate::transcript::{Change, ClockKind};
use crate::when::timer;
use ratatui::layout::{Position, Rect};

/// Cells of the bar that shows how far the record has been read.
const BAR: u16 = 16;

/// How much more the keys of a replay are needed while there is one.
const PLAYED: u8 = 43;

/// Cells between two hints.
const APART: usize = 3;

/// Draws the row; says where the cursor stands if there is one.
pub fn draw(painter: &mut Painter, area: Rect, scene: Scene) -> Option<Position> {
    if scene.app.mode == Mode::Prompt {
        return Some(prompt(painter, area, scene));
    }
    let facts = facts(scene.app, area.width);
    let facts_from = painter.text_before(area, area.width - 1, 0, &facts, scene.theme.dim);
    let room = usize::from(area.width.saturating_sub(2));
    let message = scene.app.message.as_ref().map(|message| painter.ruler().fit(message, room));
    let said = message.as_ref().map_or(0, |message| painter.ruler().width(message) as u16 + 2);
    let end = if scene.app.source.loading {
        progress(painter, area, (said, facts_from), scene)
    } else {
        facts_from
    };
    if let Some(message) = message {
        // Facts that it covers in part tell nothing any more.
        let covered = if said > facts_from { area.width } else { said };
        painter.clear(Rect { width: covered, ..area });
        painter.text(area, 1, 0, &message, scene.theme.message);
    } else {
        for (x, row) in hints(scene.app, end) {
            let (key, words) = told(row, scene.app);
            let x = painter.text_to(area, x, 0, key, scene.theme.accent) + 1;
            painter.text(area, x, 0, words, scene.theme.dim);
        }
    }
    None
}

fn prompt(painter: &mut Painter, area: Rect, scene: Scene) -> Position {
    let app = scene.app;
    let words = app.lang.words();
    let label = match app.prompt {
        PromptKind::GoTo => format!("{}: ", words.go_to),
        PromptKind::Search => format!("{}/", [words.search, &switches(app, app.sought.ways)].join("")),
        PromptKind::Filter => format!("{}: ", words.find.filter),
        PromptKind::MarkName => format!("{}: ", words.keep.mark_name),
        PromptKind::Tags => format!("{}: ", words.keep.tags),
        PromptKind::Export => format!("{}: ", words.keep.export),
        PromptKind::Name => format!("{}: ", words.name),
        PromptKind::Title => format!("{}: ", words.title),
        PromptKind::Break => format!("{}: ", words.replay.breaks),
    };
    let start = painter.text_to(area, 1, 0, &label, scene.theme.accent);
    let end = input(painter, area, start, scene);
    let aside = match app.prompt {
        PromptKind::GoTo if !app.candidates.all.is_empty() => app.with_keys(words.completes),
        PromptKind::GoTo => match app.order_example() {
            Some(example) => example.to_owned(),
            None if usize::from(area.width) > 2 * painter.ruler().width(words.replay.places_and_orders) => {
                words.replay.places_and_orders.to_owned()
            }
            None => words.places.to_owned(),
        },
        PromptKind::Search => found(app, usize::from(area.width.saturating_sub(end + 4))),
        PromptKind::Break => words.replay.breaks_examples.to_owned(),
        PromptKind::Export => app.message.clone().unwrap_or_else(|| {
            let endings = ExportFormat::DOCUMENTS.map(|(ending, _)| ending).join(" ");
            format!("{} · {endings}", app.lang.posts(app.kept.takeaway.count))
        }),
        PromptKind::Tags => words.keep.tags_aside.to_owned(),
        PromptKind::Filter => filter_aside(app),
        PromptKind::MarkName => String::new(),
        PromptKind::Name | PromptKind::Title => words.empty_takes_back.to_owned(),
    };
    // What is said of a file, that it would be written over above all, goes before its name.
    // What is wrong with a search or a filter is said as far as there is room.
    let is_fault = matches!(app.prompt, PromptKind::Search | PromptKind::Filter) && app.message.is_some();
    let is_urgent = app.prompt == PromptKind::Export && app.message.is_some();
    let aside = painter
        .ruler()
        .fit(&aside, usize::from(area.width.saturating_sub(if is_fault { end } else { start } + 4)));
    let width = painter.ruler().width(&aside) as u16;
    let fits = end + width + 4 <= area.width;
    if is_urgent {
        let x = area.x + area.width.saturating_sub(width + 3);
        painter.clear(Rect { x, width: width + 3, ..area });
    }
    if fits || is_urgent {
        let style = if is_urgent { scene.theme.message } else { scene.theme.dim };
        painter.text_before(area, area.width - 1, 0, &aside, style);
    }
    let last = if fits { area.width - 1 } else { area.width.saturating_sub(width + 3) };
    Position::new(area.x + if is_urgent { end.min(last) } else { end.min(area.width - 1) }, area.y)
}

/// Draws the line of input, its end in sight; says the column of the cursor.
pub fn input(painter: &mut Painter, area: Rect, start: u16, scene: Scene) -> u16 {
    let ruler = painter.ruler();
    let before: String = scene.app.input.value().chars().take(scene.app.input.cursor()).collect();
    let after: String = scene.app.input.value().chars().skip(scene.app.input.cursor()).collect();
    let room = usize::from(area.width.saturating_sub(start + 1));
    let mut shown = before.as_str();
    while ruler.width(shown) > room {
        let first = ruler.clusters(shown).next().map_or(shown.len(), |cluster| cluster.end);
        shown = shown.get(first..).unwrap_or_default();
    }
    let cursor = painter.text_to(area, start, 0, shown, scene.theme.text);
    painter.text(area, cursor, 0, &after, scene.theme.text);
    cursor
}

/// What is wrong with the filter that is being typed, or what it shows; an example before there is one.
fn filter_aside(app: &App) -> String {
    let example = || app.lang.words().find.filter_examples.to_owned();
    let only = || if app.input.value().is_empty() { None } else { app.only() };
    app.message.clone().or_else(only).unwrap_or_else(example)
}

/// What filters show, with the key that turns them off or on.
fn filter_fact(app: &App) -> Option<String> {
    let off = || {
        let filters = &app.sought.filters;
        (filters.off && !filters.list.is_empty()).then(|| app.lang.words().find.not_held.to_owned())
    };
    Some(app.with_keys(&format!("{} ({{toggle-filters}})", app.only().or_else(off)?)))
}

/// What is beside the line that is typed to search: how much is found, what is wrong, or what may be typed, as much as there
/// is room for.
fn found(app: &App, room: usize) -> String {
    let Some(search) = &app.search else {
        let language = || {
            let mut examples = app.lang.words().find.language.iter().map(|text| app.with_keys(text));
            examples.find(|text| app.ruler.width(text) <= room)
        };
        return app.message.clone().or_else(language).unwrap_or_default();
    };
    match &app.message {
        Some(message) if search.hits(app.revealed).is_empty() => message.clone(),
        Some(message) => format!("{message} · {}", hit_count(app)),
        None => hit_count(app),
    }
}

/// The running search: `/zjzj 拼音`.
pub fn searched(app: &App) -> String {
    let Some(search) = &app.search else { return String::new() };
    format!("/{}{}", search.query.text, switches(app, search.query.ways))
}

/// The switches of a search that are not as usual, each behind a blank.
fn switches(app: &App, ways: Ways) -> String {
    let [plain, pinyin, apart] = app.lang.words().find.switches;
    let all = [(plain, !ways.regex), (pinyin, ways.pinyin), (apart, !ways.folding)];
    all.into_iter().filter(|(_, is_on)| *is_on).flat_map(|(name, _)| [" ", name]).collect()
}

/// How many hits there are, in how many posts, and on which one stands: `3/41 · 26 条`.
pub fn hit_count(app: &App) -> String {
    let Some(search) = &app.search else { return String::new() };
    let (lang, revealed) = (app.lang, app.revealed);
    let (hits, later) = (search.hits(revealed), search.later(revealed));
    if hits.is_empty() {
        return match later {
            0 if !search.is_complete() => lang.words().searching.to_owned(),
            0 => lang.words().not_found.to_owned(),
            later => lang.not_yet(later),
        };
    }
    let posts = search.posts_with_hits(revealed);
    let at = search.current.map_or(0, |index| index + 1);
    let more = if (search.is_full() || !search.is_complete()) && later == 0 { "+" } else { "" };
    let told = match app.hits_left_out() {
        0 => lang.in_posts(posts),
        count => lang.hits_left_out(count),
    };
    format!("{at}/{}{more} {told}", hits.len())
}

/// How the record is read, for the right.
fn facts(app: &App, width: u16) -> String {
    let mut facts = Vec::new();
    let words = app.lang.words();
    // A word about a file that is followed says the same, as long as it stands.
    match app.source.change.filter(|_| !app.source.live || app.message.is_none()) {
        Some(Change::Shrunk) => facts.push(words.shrunk.to_owned()),
        Some(Change::Deleted) => facts.push(words.deleted.to_owned()),
        Some(Change::Altered) => facts.push(words.altered.to_owned()),
        None => {}
    }
    facts.extend(app.source.fault.clone());
    if app.unkept {
        facts.push(words.unkept.to_owned());
    }
    if app.kept.is_unwritten() {
        facts.push(words.keep.unwritten.to_owned());
    }
    if let Some(range) = app.range() {
        facts.push(app.lang.in_range(range.end().number() - range.start().index()));
    }
    // The list says so itself.
    facts.extend(filter_fact(app).filter(|_| app.mode != Mode::Filters));
    if app.search.is_some() {
        facts.push(format!("{} {}", searched(app), hit_count(app)));
    }
    if app.source.replaced > 0 {
        facts.push(app.lang.replaced(app.source.replaced));
    } else if let Some(encoding) = &app.source.encoding {
        facts.push(encoding.clone());
    }
    facts.extend(app.source.remarks.iter().map(|(remark, count, _)| app.lang.remark(remark, count)));
    let has_clock = app.transcript.meta.clock != ClockKind::None;
    if let Some(pacing) = app.pacing_words().filter(|_| has_clock || app.is_replaying()) {
        facts.push(format!("{pacing} · {}", app.length_words()));
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
    if let (Some(fact), Some(other)) = (facts.last_mut(), app.source.runner_up) {
        *fact = format!("{fact} ({} {})", words.or_else, other.name());
    }
    facts.extend(app.source.packing.map(|packing| packing.name().to_owned()));
    let ruler = app.ruler;
    // What has just been said need not be said twice.
    facts.retain(|fact| app.message.as_ref() != Some(fact));
    while facts.len() > 1 && ruler.width(&facts.join("  ")) > usize::from(width) / 2 {
        facts.pop();
    }
    ruler.fit(&facts.join("  "), usize::from(width.saturating_sub(2)))
}

/// How far the record has been read: a bar, posts, bytes, time left, as much as fits between two columns in half of the
/// row; from a pipe, posts and bytes. Says the column before it.
fn progress(painter: &mut Painter, area: Rect, (start, end): (u16, u16), scene: Scene) -> u16 {
    let (source, words) = (&scene.app.source, scene.app.lang.words());
    let posts = scene.app.lang.posts(scene.app.known_posts());
    let share = source.total.map(|total| (source.read as f64 / total.max(1) as f64).clamp(0.0, 1.0));
    let wanted = match (share, source.total) {
        (Some(share), Some(total)) => {
            let left = scene.app.now.as_millis() as f64 * (1.0 - share) / share.max(1e-3);
            let (percent, left) = (format!("{:>3.0}%", share * 100.0), timer(left as i64));
            let bytes = format!("{} / {}", size(source.read), size(total));
            vec![
                (BAR, format!("{percent}  {posts}  {bytes}  {} {left}", words.replay.left)),
                (BAR, format!("{percent}  {posts}  {} {left}", words.replay.left)),
                (BAR / 2, format!("{percent}  {posts}")),
                (0, format!("{percent}  {posts}")),
                (0, percent),
            ]
        }
        _ => vec![(0, format!("{posts}  {}", size(source.read))), (0, posts)],
    };
    let label = painter.ruler().width(words.loading) as u16 + 1;
    let cells = |bar: u16, text: &str| label + bar + u16::from(bar > 0) + painter.ruler().width(text) as u16;
    let room = end.saturating_sub(start + 2).min(area.width / 5 * 3);
    let Some((bar, text)) = wanted.into_iter().find(|(bar, text)| cells(*bar, text) <= room) else {
        return end;
    };
    let x = end.saturating_sub(2 + cells(bar, &text));
    painter.text(area, x, 0, words.loading, scene.theme.dim);
    if let Some(share) = share.filter(|_| bar > 0) {
        bar::progress(painter, area, (x + label, bar), share, scene);
    }
    painter.text_before(area, end.saturating_sub(2), 0, &text, scene.theme.dim);
    x
}

/// Bytes as people say them.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        1_000_000..1_000_000_000 => format!("{} MB", bytes / 1_000_000),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

/// Key and words of a hint.
fn told<'a>(row: &Row, app: &'a App) -> (&'a str, &'a str) {
    let keys = app.config.keymap.keys_of(row, Some(app.mode));
    (keys.first().copied().unwrap_or_default(), app.lang.pick(row.zh, row.en))
}

/// Cells of a hint.
fn cells(row: &Row, app: &App) -> usize {
    let (key, words) = told(row, app);
    app.ruler.width(key) + app.ruler.width(words) + 1
}

/// The hints that fit before column `end` with their columns: the most needed, in the order of the table.
fn hints(app: &App, end: u16) -> Vec<(u16, &'static Row)> {
    let hint = |row: &&Row| row.hint > 0 && row.modes.contains(&app.mode) && !told(row, app).0.is_empty();
    let mut wanted: Vec<_> = ROWS.iter().filter(hint).collect();
    let need = |row: &Row| {
        let is_played = row.group == Group::Replay && app.is_replaying();
        row.hint + if is_played { PLAYED } else { 0 }
    };
    wanted.sort_by_key(|row| std::cmp::Reverse(need(row)));
    // Behind the last one there need be less room than between them.
    let mut left = usize::from(end);
    let mut fitting: Vec<&Row> = Vec::new();
    for rows in wanted.chunk_by(|a, b| need(a) == need(b)) {
        if let Some(rest) = left.checked_sub(rows.iter().map(|row| cells(row, app) + APART).sum()) {
            left = rest;
            fitting.extend(rows);
        }
    }
    let mut x = 1;
    let rows = ROWS.iter().filter(|row| fitting.iter().any(|fits| std::ptr::eq(*fits, *row)));
    let place = |row| {
        let own = x;
        x += (cells(row, app) + APART) as u16;
        (own, row)
    };
    rows.map(place).collect()
}

/// The hint that is clicked on.
pub fn target(app: &App, area: Rect, x: u16) -> Option<Target> {
    if app.message.is_some() || app.source.loading {
        return None;
    }
    let end = area.width.saturating_sub(1 + app.ruler.width(&facts(app, area.width)) as u16);
    let hints = hints(app, end).into_iter();
    let hit = |&(from, row): &(u16, &Row)| (from..from + cells(row, app) as u16).contains(&x);
    hints.rev().find(hit).map(|(_, row)| Target::Act(row.action))
}
