//! Where the text column of the reading pane stands.

use super::scene::Scene;
use ratatui::layout::Rect;

/// The text column: gutter and measure, centred in the pane.
pub struct Column {
    pub area: Rect,
    pub gutter: u16,
}

impl Column {
    /// That of a pane.
    pub fn of(area: Rect, scene: Scene) -> Self {
        let setting = scene.app.setting();
        let width = ((setting.gutter + setting.measure) as u16).min(area.width);
        let x = area.x + (area.width - width) / 2;
        // A mark may hang over the column.
        let width = (width + setting.typesetting.hang as u16).min(area.right() - x);
        Self { area: Rect { x, width, ..area }, gutter: setting.gutter as u16 }
    }
}
