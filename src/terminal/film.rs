//! The reader filmed: a replay to its end, by a clock that nobody waits for.
//!
//! Where the loop of the reader sleeps until the next deadline, the deadline is here at once.

use super::drawing::{Drawing, draw};
use super::output::is_empty;
use crate::app::App;
use crate::text::certain::Trust;
use crate::view::theme::Theme;
use std::io;
use std::ops::Range;
use std::time::Duration;

/// Clocks tick once a second, but in a long silence only so often for what is left of it: one of years is no more film
/// than one of hours.
const TICKS: u32 = 600;

/// A change of the screen.
#[derive(Debug)]
pub struct Shot<'a> {
    /// When, in the viewer's time since the start.
    pub at: Duration,
    /// What is written to a terminal that shows the shots before.
    pub bytes: &'a [u8],
    /// The posts that were revealed since the shot before.
    pub posts: Range<usize>,
}

/// Lets a replay run to its end and hands over each change of its screen: the first wipes what a terminal shows and
/// hides its cursor. Nothing is asked of the terminal; it is taken to draw as `app` measures.
///
/// # Errors
/// Those of `take`.
pub fn film(
    app: &mut App,
    theme: &Theme,
    mut take: impl FnMut(&App, Shot) -> io::Result<()>,
) -> io::Result<()> {
    let mut drawing = Drawing::new();
    drawing.find_cursor();
    drawing.trust(Trust { wide: true, ambiguous: true, letters: !app.ruler.is_wide() });
    let mut taken = 0;
    loop {
        let bytes = draw(&mut drawing, app, theme);
        if !is_empty(bytes) {
            take(app, Shot { at: app.now, bytes, posts: taken..app.revealed })?;
            taken = app.revealed;
        }
        let Some(deadline) = app.deadline() else { return Ok(()) };
        let wait = app.next_post().map_or(Duration::ZERO, |post| post.saturating_sub(app.now));
        app.tick(deadline.max(app.now + wait / TICKS));
    }
}

/// What gives a terminal of so many rows back behind the last shot: all of it stays but the row of hints, where the
/// cursor is shown again.
pub fn closing(rows: u16) -> String {
    format!("\x1b[{rows}H\x1b[K\x1b[?25h")
}
