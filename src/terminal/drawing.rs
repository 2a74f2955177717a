//! A screen of the reader as bytes: drawn by the view, then turned into the least that a terminal needs of it.

use super::output::Output;
use crate::app::App;
use crate::view::strokes::Strokes;
use crate::view::theme::Theme;
use crate::view::{self, Sheet};

/// What turns screens of the reader into bytes.
pub type Drawing = Output<Strokes>;

/// The bytes of the next screen.
pub fn draw<'a>(drawing: &'a mut Drawing, app: &App, theme: &Theme) -> &'a [u8] {
    let Sheet { rows, cursor } = view::draw(app, theme, drawing.spare_rows());
    drawing.frame(app.size.0, rows, Strokes::paint, cursor)
}
