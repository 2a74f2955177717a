//! Cells of what terminals draw in one way or another: by what the terminal says, or by the user's word.

use super::state::App;
use crate::choice::AmbiguousWidth;
use crate::text::habits::Habits;
use crate::text::ruler::Ruler;

impl App {
    /// The user's word on ambiguous characters; it stands whatever the terminal says.
    pub fn insist(&mut self, ambiguous: AmbiguousWidth) {
        self.ambiguous = ambiguous;
    }

    /// Takes what the terminal says of itself, but for what the user said. The reading place stays. Says whether what
    /// is on the screen may stand in other cells than was thought.
    pub fn learn(&mut self, said: Habits) -> bool {
        let ambiguous_wide = match self.ambiguous {
            AmbiguousWidth::Auto => said.ambiguous_wide,
            AmbiguousWidth::One => false,
            AmbiguousWidth::Two => true,
        };
        let before = self.ruler;
        self.ruler = Ruler { habits: Habits { ambiguous_wide, ..said }, ..before };
        if before != self.ruler {
            self.refresh(self.now);
        }
        before.is_wide() != ambiguous_wide
    }

    /// Invisible characters are shown by marks, or no longer.
    pub(super) fn toggle_reveal(&mut self) {
        self.ruler.reveal = !self.ruler.reveal;
        let [shown, hidden] = self.lang.words().invisible;
        self.message = Some(if self.ruler.reveal { shown } else { hidden }.to_owned());
    }

    /// Ambiguous characters take the other number of cells.
    pub(super) fn flip_ambiguous(&mut self) {
        let habits = &mut self.ruler.habits;
        habits.ambiguous_wide = !habits.ambiguous_wide;
        let (ambiguous, cells) =
            if habits.ambiguous_wide { (AmbiguousWidth::Two, 2) } else { (AmbiguousWidth::One, 1) };
        self.ambiguous = ambiguous;
        self.message = Some(format!("{} {cells}", self.lang.words().ambiguous));
    }
}
