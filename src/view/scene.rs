//! What every part of the screen is drawn from.

use super::glyphs::Glyphs;
use super::theme::Theme;
use crate::app::App;

/// The state, and how it looks.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The state.
    pub app: &'a App,
    /// Its colours.
    pub theme: &'a Theme,
    /// Its drawing characters.
    pub glyphs: &'static Glyphs,
}
