//! The panes of the screen.

use crate::choice::LayoutKind;
use ratatui::layout::Rect;

/// Below this size there is only a short line that says so.
pub const SMALLEST: (u16, u16) = (20, 5);

/// The narrowest screen that holds text and lanes side by side.
pub const SIDE_BY_SIDE: u16 = 90;

/// The rectangles of one screen. A pane that has no room is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Panes {
    /// The first row: title and replay.
    pub bar: Rect,
    /// Axis and lanes.
    pub tracks: Rect,
    /// The line between lanes and text.
    pub rule: Rect,
    /// The line above the text, where a question is pinned: the rule, if that lies there.
    pub pin: Rect,
    /// The words.
    pub text: Rect,
    /// The last row: messages, input, hints.
    pub status: Rect,
}

/// Cuts a screen of `width` by `height` cells; `speakers` bounds the lanes.
pub fn cut(width: u16, height: u16, kind: LayoutKind, speakers: usize) -> Panes {
    if width < SMALLEST.0 || height < SMALLEST.1 {
        return Panes::default();
    }
    let bar = Rect::new(0, 0, width, 1);
    let status = Rect::new(0, height - 1, width, 1);
    let body = Rect::new(0, 1, width, height - 2);
    let lanes = u16::try_from(speakers).unwrap_or(u16::MAX).max(1);
    let empty = Rect::default();
    match kind {
        LayoutKind::SideBySide if width >= SIDE_BY_SIDE => {
            let left = (width * 2 / 5).min(72);
            let tracks = Rect { width: left, ..body };
            let rule = Rect { x: left, width: 1, ..body };
            let (pin, text) = pinned(Rect { x: left + 1, width: width - left - 1, ..body });
            Panes { bar, tracks, rule, pin, text, status }
        }
        LayoutKind::Stacked | LayoutKind::SideBySide if height >= 9 => {
            let wanted = if height < 16 { 1 } else { (height - 6) / 3 };
            let above = wanted.min(lanes) + 1;
            let tracks = Rect { height: above, ..body };
            let rule = Rect { y: body.y + above, height: 1, ..body };
            let (pin, text) = pinned(Rect { y: rule.y, height: body.height - above, ..body });
            Panes { bar, tracks, rule, pin, text, status }
        }
        _ if height >= 9 => {
            let (pin, text) = pinned(body);
            Panes { bar, tracks: empty, rule: empty, pin, text, status }
        }
        _ => Panes { bar, tracks: empty, rule: empty, pin: empty, text: body, status },
    }
}

/// The line above a text, and the text.
fn pinned(area: Rect) -> (Rect, Rect) {
    (Rect { height: 1, ..area }, Rect { y: area.y + 1, height: area.height - 1, ..area })
}

/// A box of a size, as far as there is room: where it stands.
pub fn boxed(within: Rect, (width, height): (u16, u16)) -> Rect {
    let width = width.min(within.width);
    let height = within.height.saturating_sub(2).max(4).min(height.max(4)).min(within.height);
    let x = within.x + (within.width - width) / 2;
    let y = within.y + (within.height - height) / 3;
    Rect { x, y, width, height }
}

/// The lower part of a pane, in which a box of a height stands so that the words above it are in sight.
pub fn lower(within: Rect, height: u16) -> Rect {
    let height = (height + 2).min(within.height);
    Rect { y: within.bottom() - height, height, ..within }
}

/// What is inside of a box.
pub fn inside(area: Rect) -> Rect {
    Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    }
}

/// The first item in sight of a list, so that the chosen one is, well away from the edges where there are others.
pub fn first_in_sight(chosen: usize, len: usize, rows: usize) -> usize {
    (chosen + 1 + rows / 3).saturating_sub(rows).min(len.saturating_sub(rows))
}

/// How a lane row is divided: cells for the name, then cells for the lane. A list in focus has room for figures.
pub fn lane_columns(width: u16, in_focus: bool) -> (u16, u16) {
    let name = match (width, in_focus) {
        (0..30, _) => width,
        (30..50, false) => 14,
        (30..50, true) => 28,
        (50..100, false) => 20,
        (50..100, true) => 44,
        (_, false) => 26,
        (_, true) => 54,
    };
    (name, width - name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_tile_every_screen_without_overlap() {
        for kind in [LayoutKind::Stacked, LayoutKind::SideBySide, LayoutKind::TextOnly] {
            for width in 1..=200 {
                for height in 1..=80 {
                    let panes = cut(width, height, kind, 14);
                    if width < SMALLEST.0 || height < SMALLEST.1 {
                        assert_eq!(panes, Panes::default());
                        continue;
                    }
                    let pin = if panes.pin == panes.rule { Rect::default() } else { panes.pin };
                    let parts = [panes.bar, panes.tracks, panes.rule, pin, panes.text, panes.status];
                    let area: u32 = parts.iter().map(|part| part.area()).sum();
                    assert_eq!(area, u32::from(width) * u32::from(height), "{kind:?} {width}x{height}");
                    for (index, part) in parts.iter().enumerate() {
                        assert!(part.right() <= width && part.bottom() <= height);
                        let clash =
                            parts[..index].iter().any(|other| part.area() > 0 && other.intersects(*part));
                        assert!(!clash, "{kind:?} {width}x{height} {part:?}");
                    }
                    assert!(panes.text.height > 0 && panes.text.width > 0);
                }
            }
        }
    }
}
