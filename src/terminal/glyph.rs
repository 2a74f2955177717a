//! One cell's symbol as it goes to the terminal: its cells, and what the terminal may make of it.

use crate::text::certain::{self, Certainty, Trust};
use ratatui::buffer::{Cell, CellDiffOption, CellWidth};

/// No symbol is drawn wider than this: `text::cluster` lets at most fourteen characters through, and joiners.
const REACH: usize = 64;

/// What a symbol takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    /// Cells that it is measured with.
    pub width: u16,
    /// Cells that the terminal may draw on, at least `width`.
    pub reach: u16,
    /// Whether the terminal takes just `width`.
    pub sure: bool,
}

impl Glyph {
    /// Whether a cell holds a character of ASCII, as most do.
    pub fn is_plain(cell: &Cell) -> bool {
        matches!(cell.symbol().as_bytes(), [b' '..=b'~']) && cell.diff_option == CellDiffOption::None
    }

    /// The glyph of a cell.
    pub fn of(cell: &Cell, trust: Trust) -> Self {
        let symbol = cell.symbol();
        let forced = match cell.diff_option {
            CellDiffOption::ForcedWidth(width) => Some(width.get()),
            _ => None,
        };
        if forced.is_none() && symbol.len() <= 1 {
            return Self { width: 1, reach: 1, sure: matches!(symbol.as_bytes(), [b' '..=b'~']) };
        }
        let (certainty, most) = certain::of(symbol);
        let width = forced.unwrap_or_else(|| match certainty {
            Certainty::Plain | Certainty::Ambiguous | Certainty::Letter => 1,
            Certainty::Wide => 2,
            Certainty::Doubtful => cell.cell_width().max(1),
        });
        let sure = trust.covers(certainty);
        Self { width, reach: if sure { width } else { width.max(most) }, sure }
    }
}

/// Whether a symbol may reach a terminal at all: no control, and nothing that would join the cell before it.
pub fn is_harmless(symbol: &str) -> bool {
    certain::stands_alone(symbol) && !symbol.contains(char::is_control)
}

/// Puts first characters or blanks in place of what would wrap at the right edge of a terminal that takes more
/// cells for it than we do.
pub fn tame(row: &mut [Cell], trust: Trust) {
    let width = row.len();
    for (x, cell) in row.iter_mut().enumerate().skip(width.saturating_sub(REACH)) {
        let room = (width - x) as u16;
        // No character takes more cells than it has bytes.
        let fits = cell.symbol().len() <= width - x && cell.diff_option == CellDiffOption::None;
        if fits || Glyph::of(cell, trust).reach <= room {
            continue;
        }
        let first: String = cell.symbol().chars().take(1).collect();
        cell.set_symbol(&first);
        if Glyph::of(cell, trust).reach > room {
            cell.set_symbol(" ").set_diff_option(CellDiffOption::None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::num::NonZeroU16;

    const ALL: Trust = Trust { wide: true, ambiguous: true, letters: true };

    fn cell(symbol: &str, forced: u16) -> Cell {
        let mut cell = Cell::default();
        cell.set_symbol(symbol);
        if let Some(width) = NonZeroU16::new(forced) {
            cell.set_diff_option(CellDiffOption::ForcedWidth(width));
        }
        cell
    }

    #[test]
    fn a_glyph_reaches_as_far_as_a_terminal_may_draw_it() {
        for (symbol, forced, trust, width, reach, sure) in [
            ("a", 0, Trust::default(), 1, 1, true),
            ("质", 0, Trust::default(), 2, 2, false),
            ("质", 0, ALL, 2, 2, true),
            ("“", 0, Trust::default(), 1, 2, false),
            ("“", 0, ALL, 1, 1, true),
            ("“", 2, ALL, 2, 2, true),
            ("👨\u{200d}👩", 0, ALL, 2, 5, false),
            ("👨\u{200d}👩", 5, ALL, 5, 5, false),
            ("\u{1b}", 0, ALL, 1, 1, false),
        ] {
            assert_eq!(Glyph::of(&cell(symbol, forced), trust), Glyph { width, reach, sure }, "{symbol:?}");
        }
    }

    #[test]
    fn nothing_can_wrap_at_the_edge() {
        for (symbol, at, trust, shown) in [
            ("质", 8, Trust::default(), "质"),
            ("质", 9, ALL, " "),
            ("─", 9, ALL, "─"),
            ("─", 9, Trust::default(), " "),
            ("─", 8, Trust::default(), "─"),
            ("👨\u{200d}👩", 5, ALL, "👨\u{200d}👩"),
            ("👨\u{200d}👩", 6, ALL, "👨"),
            ("e\u{301}", 9, ALL, "e\u{301}"),
        ] {
            let mut row = vec![Cell::EMPTY; 10];
            row[at].set_symbol(symbol);
            tame(&mut row, trust);
            assert_eq!(row[at].symbol(), shown, "{symbol:?} at {at}");
        }
    }

    #[test]
    fn what_must_not_reach_a_terminal_is_known() {
        for (symbol, harmless) in [("a", true), ("❤\u{fe0f}", true), ("\u{301}", false), ("a\u{9b}", false)]
        {
            assert_eq!(is_harmless(symbol), harmless, "{symbol:?}");
        }
    }
}
