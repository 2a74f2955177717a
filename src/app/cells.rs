//! Cells of what terminals draw in one way or another: by what the terminal says, or by the user's word.

use super::state::App;
use crate::action::Mode;
use crate::choice::AmbiguousWidth;
use crate::layout::flow::PageRow;
use crate::layout::rows::RowKind;
use crate::structure::Member;
use crate::text::habits::Habits;
use crate::text::ruler::Ruler;
use crate::text::slice;

impl App {
    /// The user's word on ambiguous characters; it stands whatever the terminal says.
    pub fn insist(&mut self, ambiguous: AmbiguousWidth) {
        self.ambiguous = ambiguous;
    }

    /// Takes what the terminal says of itself, but for what the user said. The reading place stays. Says whether
    /// anything in sight is to be drawn otherwise.
    pub fn learn(&mut self, said: Habits) -> bool {
        let ambiguous_wide = match self.ambiguous {
            AmbiguousWidth::Auto => said.ambiguous_wide,
            AmbiguousWidth::One => false,
            AmbiguousWidth::Two => true,
        };
        let before = std::mem::replace(&mut self.ruler, Ruler::of(Habits { ambiguous_wide, ..said }));
        if before == self.ruler {
            return false;
        }
        let seen = before.is_wide() != ambiguous_wide || self.shows_sequences();
        self.refresh(self.now);
        seen || self.shows_sequences()
    }

    /// Whether an emoji is in sight that terminals draw in several ways: in most records there is none. What lies over
    /// the page is not looked through.
    fn shows_sequences(&self) -> bool {
        let in_row = |row: &PageRow| match &row.kind {
            RowKind::Body { range, .. } => {
                has_sequence(slice(&self.transcript.body(row.post), range.clone()))
            }
            _ => false,
        };
        let in_name = |member: &Member| has_sequence(&member.name) || has_sequence(&member.title);
        let speakers = self.page.iter().map(|row| self.transcript.post(row.post).speaker());
        let mut speakers = speakers.chain(self.tracks.lanes.iter().map(|lane| lane.speaker));
        self.mode != Mode::Reading
            || has_sequence(self.transcript.meta.title.as_deref().unwrap_or(&self.source.name))
            || self.page.iter().any(in_row)
            || (!self.transcript.is_empty() && speakers.any(|id| in_name(self.structure.member(id))))
    }

    /// Ambiguous characters take the other number of cells.
    pub(super) fn flip_ambiguous(&mut self) {
        let habits = self.ruler.habits();
        let (ambiguous, cells) =
            if habits.ambiguous_wide { (AmbiguousWidth::One, 1) } else { (AmbiguousWidth::Two, 2) };
        self.ambiguous = ambiguous;
        self.ruler = Ruler::of(Habits { ambiguous_wide: cells == 2, ..habits });
        self.message = Some(format!("{} {cells}", self.lang.words().ambiguous));
    }
}

/// Whether a text holds an emoji with a joiner, a skin tone or a presentation selector (UTS #51).
fn has_sequence(text: &str) -> bool {
    text.contains(['\u{200d}', '\u{fe0f}', '\u{1f3fb}', '\u{1f3fc}', '\u{1f3fd}', '\u{1f3fe}', '\u{1f3ff}'])
}
