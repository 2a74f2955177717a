//! Lanes: how much each speaker says in each column of the timeline.

use crate::replay::Shows;
use crate::transcript::SpeakerId;

/// Shades of a lane: nothing, then from a word to a speech.
pub const SHADES: u8 = 4;

/// Characters in a column up to which the scale is the same for all records.
const USUAL: usize = 1024;

/// The shades of the lanes of some people over columns that are runs of posts up to `ends`: what is said in each is
/// summed from the tally.
pub fn lanes(shows: Shows, ends: &[usize], people: &[SpeakerId]) -> Vec<Vec<u8>> {
    let mean = shows.structure.total_chars() / ends.len().max(1);
    let weights = shows.structure.weights(shows.transcript, ends, people);
    weights.into_iter().map(|row| row.into_iter().map(|weight| shade(weight, mean)).collect()).collect()
}

/// The shade of so many characters in a column: up to 60, 200, 500, and more; a fixed scale, so that lanes can be
/// compared between records. Where a column holds more than is usual on average, the scale grows with that: then the
/// borders are 6, 20 and 49 hundredths of an average column, so that a lane still tells a remark from a speech.
fn shade(weight: u64, mean: usize) -> u8 {
    let unit = mean.max(USUAL) as u64;
    let upto = |chars: u64| weight.saturating_mul(USUAL as u64) <= chars.saturating_mul(unit);
    match [0, 60, 200, 500].iter().position(|&chars| upto(chars)) {
        Some(shade) => shade as u8,
        None => SHADES,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use crate::layout::axis::Axis;
    use crate::replay::{Pacing, Schedule};
    use crate::structure::Structure;
    use crate::text::ruler::Ruler;
    use crate::transcript::{ClockKind, Draft, Post, PostId, Transcript};

    /// A record of (minute, byline, characters), and its lanes over some columns.
    fn lanes_of(posts: &[(i64, &str, usize)], columns: usize) -> Vec<Vec<u8>> {
        let mut draft = Draft::default();
        draft.meta.clock = ClockKind::Wall;
        draft.meta.resolution_ms = 60_000;
        for &(minute, label, chars) in posts {
            let (speaker, body) = (draft.intern(label), draft.append_text(&"字".repeat(chars)));
            draft.push(Post { start: Some(minute * 60_000), speaker, body, ..Post::default() });
        }
        let transcript = Transcript::from(draft.take());
        let structure = Structure::of(&transcript);
        let schedule = Schedule::of(&transcript, &structure, Pacing::default());
        let shows = schedule.over(&transcript, &structure);
        let axis = Axis::new(shows, columns, (Lang::Zh, Ruler::default()));
        let people: Vec<_> = structure.people().collect();
        let lanes = lanes(shows, &axis.ends(shows, columns), &people);
        assert_eq!(lanes, one_by_one(shows, &axis, columns));
        lanes
    }

    /// The same by a look at every post.
    fn one_by_one(shows: Shows, axis: &Axis, columns: usize) -> Vec<Vec<u8>> {
        let mut weights = vec![vec![0; columns]; shows.transcript.speakers().len()];
        for (index, speaker) in shows.transcript.speakers_from(PostId::new(0)).enumerate() {
            let id = PostId::new(index);
            weights[speaker.index()][axis.column(shows.show(id))] += shows.structure.chars(id) as u64 + 1;
        }
        let mean = shows.structure.total_chars() / columns;
        weights.iter().map(|row| row.iter().map(|&weight| shade(weight, mean)).collect()).collect()
    }

    #[test]
    fn a_lane_is_darker_where_more_is_said() {
        let lanes = lanes_of(&[(0, "甲", 1), (30, "乙", 1), (60, "甲", 300)], 5);
        assert_eq!(lanes, [[1, 0, 0, 0, 3], [0, 0, 1, 0, 0]]);
    }

    #[test]
    fn lanes_of_a_long_record_are_those_of_a_look_at_every_post() {
        let labels = ["甲", "乙", "丙", "丁"];
        let post = |index: usize| {
            let minute = index as i64 / 4 * 3 + index as i64 / 700 * 300;
            (minute, labels[(index * index / 5) % 4], index * 31 % 400)
        };
        for count in [1, 700, 5000] {
            let posts: Vec<_> = (0..count).map(post).collect();
            for columns in [1, 7, 60, 134] {
                lanes_of(&posts, columns);
            }
        }
    }

    #[test]
    fn the_scale_is_fixed_for_usual_records_and_grows_with_large_ones() {
        for (weight, mean, expected) in [
            (0, 0, 0),
            (1, 1024, 1),
            (60, 900, 1),
            (61, 1024, 2),
            (200, 500, 2),
            (201, 0, 3),
            (500, 0, 3),
            (501, 0, 4),
            (501, 2048, 3),
            (1, 1_000_000, 1),
            (59_000, 1_000_000, 2),
            (490_000, 1_000_000, 4),
        ] {
            assert_eq!(shade(weight, mean), expected, "{weight} of {mean}");
        }
    }
}
