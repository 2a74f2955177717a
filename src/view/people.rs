//! The speaker list, on the rows of the lanes: number, role, name and posts; in focus also who has how large a share, and
//! how long each lets one wait.

use super::paint::Painter;
use super::scene::Scene;
use crate::action::Mode;
use crate::app::Sorting;
use crate::transcript::SpeakerId;
use crate::when::coarse_duration;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Lists from this width on also hold the number of posts.
const WITH_COUNTS: u16 = 18;

/// Lists in focus from this width on also hold how long one waits.
const WITH_WAITS: u16 = 40;

/// Cells of the bar of shares.
const BAR: u16 = 8;

/// The columns of figures of a list, by where each ends; a width of 0 is not shown.
struct Columns {
    name: u16,
    posts: u16,
    bar: u16,
    wait: u16,
}

impl Columns {
    fn of(width: u16, scene: Scene) -> Self {
        let last = width.saturating_sub(2);
        if scene.app.mode != Mode::People {
            let posts = if width >= WITH_COUNTS { last + 1 } else { 0 };
            return Self { name: last + 1, posts, bar: 0, wait: 0 };
        }
        let wait = if width >= WITH_WAITS { last } else { 0 };
        let bar = if wait > 0 { last - 10 } else { last };
        let posts = bar - BAR - 1;
        Self { name: posts - 4, posts, bar, wait }
    }
}

/// How many speakers, and how many lie out of sight; well apart from the labels of the axis. In focus also what the
/// columns hold; the one that people are listed by is marked.
pub fn heading(painter: &mut Painter, area: Rect, scene: Scene) {
    let app = scene.app;
    let columns = Columns::of(area.width, scene);
    let mut end = area.width.saturating_sub(2);
    if app.mode == Mode::People {
        let words = app.lang.words();
        let style = |order| if app.roster.order == order { scene.theme.accent } else { scene.theme.dim };
        if columns.wait > 0 {
            painter.text_before(area, columns.wait, 0, words.waits, scene.theme.dim);
        }
        painter.text(
            area,
            columns.bar - BAR,
            0,
            words.orders[Sorting::Chars as usize],
            style(Sorting::Chars),
        );
        end = painter
            .text_before(area, columns.posts, 0, words.orders[Sorting::Posts as usize], style(Sorting::Posts))
            .saturating_sub(1);
    }
    let area = Rect { width: end, ..area };
    let lanes = &app.tracks.lanes;
    let (count, all) = (app.roster.len(), app.structure.people_count());
    let above = app.tracks.first;
    let more = |glyph: &str, count: usize| if count > 0 { format!("{glyph}{count}") } else { String::new() };
    let below = more(scene.glyphs.below, count.saturating_sub(above + lanes.len()));
    let count = if count < all { format!("{count}/{all}") } else { count.to_string() };
    let above = more(scene.glyphs.above, above);
    let word = app.lang.words().speakers;
    let wanted = [
        format!("{word} {count} {above}{below}"),
        format!("{word} {above}{below}"),
        format!("{word} {count}"),
        word.to_owned(),
    ];
    let room = usize::from(area.width.saturating_sub(1));
    let fits = wanted.iter().map(|text| text.trim_end()).find(|text| painter.ruler().width(text) <= room);
    painter.text(area, 1, 0, fits.unwrap_or_default(), scene.theme.dim);
}

/// The row of a speaker.
pub fn row(painter: &mut Painter, area: Rect, y: u16, id: SpeakerId, scene: Scene) {
    let app = scene.app;
    let member = app.structure.member(id);
    let role = app.structure.role(id);
    let hue = scene.hue(id);
    let current = app.speaker() == id;
    if current {
        painter.glyph(area, (0, y), scene.glyphs.chosen, scene.theme.accent);
    }
    let digits = if app.transcript.speakers().len() > 99 { 3 } else { 2 };
    let number = id.number();
    let shown = if number < 1000 { format!("{number:>digits$}") } else { " ".repeat(digits) };
    let mut x = painter.text_to(area, 1, y, &shown, scene.theme.dim) + 1;
    x = painter.text_to(area, x, y, scene.glyphs.role(role), hue) + 1;
    let columns = Columns::of(area.width, scene);
    let mut end = columns.name;
    if columns.posts > 0 {
        let posts = member.posts.to_string();
        end = end.min(painter.text_before(area, columns.posts, y, &posts, scene.theme.dim).saturating_sub(1));
        end = end.min(area.width.saturating_sub(5));
    }
    for (mark, is_set) in [("S", app.hearing.has_solo(id)), ("M", app.hearing.is_muted(id))] {
        if is_set {
            end = painter.text_before(area, end, y, mark, scene.theme.accent).saturating_sub(1);
        }
    }
    let name = painter.ruler().fit(scene.name(id), usize::from(end.saturating_sub(x)));
    let style = if current { hue.add_modifier(Modifier::BOLD) } else { hue };
    painter.text(area, x, y, &name, style);
    if app.mode == Mode::People {
        figures(painter, area, y, id, (&columns, hue), scene);
        if current {
            let row = Rect { y: area.y + y, height: 1, width: area.width.saturating_sub(1), ..area };
            painter.restyle(row, scene.theme.chosen);
        }
    }
}

/// The share of all that is said as a bar, full for the one who says most; and how long one waits.
fn figures(
    painter: &mut Painter,
    area: Rect,
    y: u16,
    id: SpeakerId,
    (columns, hue): (&Columns, Style),
    scene: Scene,
) {
    let app = scene.app;
    let talk = app.structure.talk(id);
    let most = app.roster.most().max(1);
    // Before all is known nothing is compared.
    let halves = if app.roster.most() == 0 { 0 } else { (talk * usize::from(BAR) * 2).div_ceil(most) as u16 };
    let from = columns.bar - BAR;
    painter.fill(area, (from, from + halves / 2), y, scene.glyphs.bar[0], hue);
    if !halves.is_multiple_of(2) {
        painter.glyph(area, (from + halves / 2, y), scene.glyphs.bar[1], hue);
    }
    if let Some(wait) = app.structure.latency(id).filter(|_| columns.wait > 0) {
        let wait = coarse_duration(app.lang, &app.transcript.meta, wait);
        painter.text_before(area, columns.wait, y, &wait, scene.theme.dim);
    }
}
