//! What the timeline shows: the axis and the lanes in sight.

use super::search::Hit;
use crate::lang::Lang;
use crate::layout::axis::Axis;
use crate::layout::lanes::lanes;
use crate::replay::{Pacing, Shows};
use crate::text::ruler::Ruler;
use crate::transcript::{SpeakerId, Transcript};

/// So many lanes above and below those in sight are known too.
const NEAR: usize = 64;

/// One lane in sight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaneRow {
    /// Whose it is.
    pub speaker: SpeakerId,
    /// Shade of each column.
    pub shades: Vec<u8>,
    /// Columns with hits of the search.
    pub hits: Vec<bool>,
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
    /// The shades of lanes in sight and near it, from that of a speaker on.
    shades: (usize, Vec<Vec<u8>>),
    /// How many posts appear up to the end of each column.
    ends: Vec<usize>,
    /// Which search and how many of its hits the lanes show.
    marked: (u64, usize),
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
            self.ends = self.axis.ends(shows, columns);
            self.lanes.clear();
            self.shades.1.clear();
            self.basis = basis;
        }
        let count = shows.transcript.speakers().len();
        let wanted = speaker.index();
        self.first =
            self.first.clamp((wanted + 1).saturating_sub(rows), wanted).min(count.saturating_sub(rows));
        let in_sight = self.first..(self.first + rows).min(count);
        let same = self.lanes.iter().map(|row| row.speaker.index()).eq(in_sight.clone());
        if !same {
            let (from, shades) = &mut self.shades;
            if in_sight.start < *from || in_sight.end > *from + shades.len() {
                // It costs hardly more to know some more, and then scrolling costs nothing.
                *from = in_sight.start.saturating_sub(NEAR);
                *shades = lanes(shows, &self.ends, *from..(in_sight.end + NEAR).min(count));
            }
            self.lanes = in_sight
                .map(|index| LaneRow {
                    speaker: SpeakerId::new(index),
                    shades: shades[index - *from].clone(),
                    hits: Vec::new(),
                })
                .collect();
            self.marked = (0, 0);
        }
    }

    /// Marks the hits of a search, whose id is not 0, on the lanes in sight; none are left of another.
    pub fn mark(&mut self, search: u64, hits: &[Hit], transcript: &Transcript) {
        if self.marked == (search, hits.len()) {
            return;
        }
        self.marked = (search, hits.len());
        let (columns, first) = (self.ends.len(), self.first);
        self.lanes.iter_mut().for_each(|lane| lane.hits = vec![false; columns]);
        for posts in hits.chunk_by(|a, b| a.post == b.post) {
            let post = posts[0].post;
            let speaker = transcript.speaker_of(post).index();
            let column = self.ends.partition_point(|&end| end <= post.index());
            let lane = speaker.checked_sub(first).and_then(|index| self.lanes.get_mut(index));
            if let Some(hit) = lane.and_then(|lane| lane.hits.get_mut(column)) {
                *hit = true;
            }
        }
    }
}
