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
        Self { area: setting.column(area), gutter: setting.gutter as u16 }
    }
}
