//! The card of where one has come back to: when one was there, what is unread, how long that takes.

use super::overlay::boxed;
use super::paint::Painter;
use super::scene::Scene;
use crate::app::{Resume, Unread};
use crate::layout::panes;
use crate::when::duration;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// The widest box.
const WIDEST: u16 = 60;

/// Draws it below the words that one has come back to.
pub fn draw(painter: &mut Painter, within: Rect, resume: &Resume, scene: Scene) {
    let words = &scene.app.lang.words().keep;
    let lines = lines(resume, scene);
    let width = within.width.saturating_sub(4).clamp(18, WIDEST);
    let height = lines.len() as u16 + 2;
    let inner = boxed(painter, panes::lower(within, height), (width, height), words.came_back, scene);
    for (y, (text, style)) in (0..inner.height).zip(lines) {
        let text = painter.ruler().fit(&text, usize::from(inner.width));
        painter.text(inner, 0, y, &text, style);
    }
}

fn lines(resume: &Resume, scene: Scene) -> Vec<(String, Style)> {
    let (app, theme) = (scene.app, scene.theme);
    let words = &app.lang.words().keep;
    let bold = theme.text.add_modifier(Modifier::BOLD);
    let mut lines = vec![
        (app.post_words(app.reader.focus), bold),
        (format!("{} {}", words.last_read, resume.when), theme.dim),
    ];
    let Some(unread) = &resume.unread else { return lines };
    if unread.new > 0 {
        lines.push((app.lang.new_since(unread.new), theme.text));
    }
    lines.push((told(unread, scene), theme.text));
    let digits = unread.by.iter().map(|(_, posts)| posts.to_string().len()).max().unwrap_or(1);
    for &(person, posts) in &unread.by {
        lines.push((format!("{posts:>digits$}  {}", scene.name(person)), theme.dim));
    }
    if unread.others > 0 {
        lines.push((app.lang.other_people(unread.others), theme.dim));
    }
    lines
}

/// `未读 87 条 · 约 23 分(400 字/分)`
fn told(unread: &Unread, scene: Scene) -> String {
    let (lang, (left, cpm, measured)) = (scene.app.lang, unread.left);
    let words = &lang.words().keep;
    if unread.posts == 0 {
        return words.all_read.to_owned();
    }
    let pace = if measured { words.your_pace } else { "" };
    let posts = format!("{} {}", words.unread, lang.posts(unread.posts));
    let cpm = format!("{pace}{cpm} {}", lang.words().replay.cpm);
    format!("{posts} · {} {} ({cpm})", words.about, duration(lang, left))
}
