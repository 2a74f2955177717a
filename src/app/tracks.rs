//! What the timeline shows: the axis and the lanes in sight.

use crate::lang::Lang;
use crate::layout::axis::Axis;
use crate::layout::lanes::lanes;
use crate::replay::{Pacing, Shows};
use crate::text::ruler::Ruler;
use crate::transcript::SpeakerId;

/// One lane in sight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaneRow {
    /// Whose it is.
    pub speaker: SpeakerId,
    /// Shade of each column.
    pub shades: Vec<u8>,
}

/// What the axis depends on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Basis {
    columns: usize,
    posts: usize,
    chars: usize,
    pacing: Pacing,
    lang: Lang,
    ruler: Ruler,
}

/// Axis and lanes, kept until what they depend on changes.
#[derive(Debug, Clone, Default)]
pub struct Tracks {
    basis: Basis,
    /// The axis.
    pub axis: Axis,
    /// The lanes in sight, top to bottom.
    pub lanes: Vec<LaneRow>,
    first: usize,
}

impl Tracks {
    /// Brings axis and lanes up to date for `rows` lanes of `columns` cells, with one speaker in sight.
    pub fn update(
        &mut self,
        shows: Shows,
        (rows, columns, speaker): (usize, usize, SpeakerId),
        (lang, ruler): (Lang, Ruler),
    ) {
        let (posts, chars) = (shows.transcript.len(), shows.structure.total_chars());
        let basis = Basis { columns, posts, chars, pacing: shows.pacing(), lang, ruler };
        if basis != self.basis {
            self.axis = Axis::new(shows, columns, (lang, ruler));
            self.lanes.clear();
            self.basis = basis;
        }
        let count = shows.transcript.speakers().len();
        let wanted = speaker.index();
        self.first =
            self.first.clamp((wanted + 1).saturating_sub(rows), wanted).min(count.saturating_sub(rows));
        let in_sight = self.first..(self.first + rows).min(count);
        let same = self.lanes.iter().map(|row| row.speaker.index()).eq(in_sight.clone());
        if !same {
            let shades = lanes(shows, &self.axis, in_sight.clone(), columns);
            self.lanes = in_sight
                .zip(shades)
                .map(|(index, shades)| LaneRow { speaker: SpeakerId::new(index), shades })
                .collect();
        }
    }
}
