//! Cells of what terminals draw in one way or another: by what the terminal says, or by the user's word.

use super::state::App;
use crate::choice::AmbiguousWidth;
use crate::text::habits::Habits;
use crate::text::ruler::Ruler;
use std::time::Duration;

impl App {
    /// The user's word on ambiguous characters; it stands whatever the terminal says.
    pub fn insist(&mut self, ambiguous: AmbiguousWidth) {
        self.ambiguous = ambiguous;
    }

    /// Takes what the terminal says of itself, but for what the user said. The reading place stays. Says whether the
    /// ruler is now another one.
    pub fn learn(&mut self, said: Habits, now: Duration) -> bool {
        let ambiguous_wide = match self.ambiguous {
            AmbiguousWidth::Auto => said.ambiguous_wide,
            AmbiguousWidth::One => false,
            AmbiguousWidth::Two => true,
        };
        let ruler = Ruler::of(Habits { ambiguous_wide, ..said });
        let changed = ruler != self.ruler;
        if changed {
            self.ruler = ruler;
            self.refresh(now);
        }
        changed
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
