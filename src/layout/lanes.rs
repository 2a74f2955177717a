//! Lanes: how much a speaker says in each column of the timeline.

use super::axis::Axis;
use crate::replay::Schedule;
use crate::structure::Structure;
use crate::transcript::SpeakerId;

/// Shades of a lane: nothing, then from a word to a speech.
pub const SHADES: u8 = 4;

/// The shades of one speaker's lane, one a column.
pub fn lane(
    structure: &Structure,
    schedule: &Schedule,
    axis: &Axis,
    speaker: SpeakerId,
    columns: usize,
) -> Vec<u8> {
    let mut chars = vec![0u32; columns];
    for &post in &structure.member(speaker).posts {
        if let Some(cell) = chars.get_mut(axis.column(schedule.show(post))) {
            *cell = cell.saturating_add(structure.chars(post) as u32 + 1);
        }
    }
    chars.into_iter().map(shade).collect()
}

/// A fixed scale, so that lanes can be compared between records: up to 60, 200, 500 characters, and more.
const fn shade(chars: u32) -> u8 {
    match chars {
        0 => 0,
        1..=60 => 1,
        61..=200 => 2,
        201..=500 => 3,
        _ => SHADES,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Forced, read_bytes};
    use crate::lang::Lang;
    use crate::replay::Pacing;
    use crate::text::ruler::Ruler;

    #[test]
    fn a_lane_is_darker_where_more_is_said() {
        let long = "字".repeat(300);
        let text =
            format!("2025-01-01 08:00\n甲\n一\n2025-01-01 08:30\n乙\n二\n2025-01-01 09:00\n甲\n{long}\n");
        let transcript = read_bytes(text.as_bytes(), Forced::default()).unwrap().0;
        let structure = Structure::of(&transcript);
        let schedule = Schedule::of(&transcript, &structure, Pacing::default());
        let axis = Axis::new(&transcript, &structure, &schedule, 5, (Lang::Zh, Ruler::default()));
        assert_eq!(lane(&structure, &schedule, &axis, SpeakerId::new(0), 5), [1, 0, 0, 0, 3]);
        assert_eq!(lane(&structure, &schedule, &axis, SpeakerId::new(1), 5), [0, 0, 1, 0, 0]);
    }
}
