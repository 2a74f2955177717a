//! What the timeline shows: the axis and the lanes in sight.

use super::roster::Roster;
use crate::lang::Lang;
use crate::layout::axis::Axis;
use crate::layout::lanes::lanes;
use crate::layout::sieve::Sieve;
use crate::query::Hit;
use crate::replay::{Pacing, Shows};
use crate::structure::Structure;
use crate::text::ruler::Ruler;
use crate::transcript::{SpeakerId, Transcript};
use hashbrown::HashMap;
use std::ops::Range;

/// So many lanes above and below those in sight are known too.
const NEAR: usize = 64;

/// So many posts of a column are looked at to see who has said what filters let through.
const PER_COLUMN: usize = 2000;

/// One lane in sight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaneRow {
    /// Whose it is.
    pub speaker: SpeakerId,
    /// Shade of each column.
    pub shades: Vec<u8>,
    /// Columns with hits of the search.
    pub hits: Vec<bool>,
    /// Columns with posts that filters let through; none where none holds.
    pub kept: Option<Vec<bool>>,
}

/// What the axis depends on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Basis {
    columns: usize,
    posts: usize,
    chars: usize,
    roster: u64,
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
    /// The place of the first of them among all.
    pub first: usize,
    /// The shades of lanes in sight and near it, from one on.
    shades: (usize, Vec<Vec<u8>>),
    /// How many posts appear up to the end of each column.
    ends: Vec<usize>,
    /// Which search and how many of its hits the lanes show.
    marked: (u64, usize),
    /// Columns with hits, whoever says them.
    hits: Vec<bool>,
    /// Which sieve, how many posts it knew and how many matches, when the lanes were last told of them.
    sifted: Option<(u64, usize, usize)>,
}

impl Tracks {
    /// Brings axis and lanes up to date for `rows` lanes of `columns` cells, with one person in sight.
    pub fn update(
        &mut self,
        (shows, roster): (Shows, &Roster),
        (rows, columns, person): (usize, usize, SpeakerId),
        (lang, ruler): (Lang, Ruler),
    ) {
        let (posts, chars) = (shows.transcript.len(), shows.structure.total_chars());
        let (roster_version, pacing) = (roster.version(), shows.pacing());
        let basis = Basis { columns, posts, chars, roster: roster_version, pacing, lang, ruler };
        if basis != self.basis {
            self.axis = Axis::new(shows, columns, (lang, ruler));
            self.ends = self.axis.ends(shows, columns);
            self.lanes.clear();
            self.shades.1.clear();
            self.basis = basis;
        }
        let count = roster.len();
        let wanted = roster.place(person).unwrap_or(self.first);
        self.first =
            self.first.clamp((wanted + 1).saturating_sub(rows), wanted).min(count.saturating_sub(rows));
        let in_sight = self.first..(self.first + rows).min(count);
        let listed = |places: Range<usize>| places.filter_map(|place| roster.at(place));
        let same = self.lanes.iter().map(|row| row.speaker).eq(listed(in_sight.clone()));
        if !same {
            let (from, shades) = &mut self.shades;
            if in_sight.start < *from || in_sight.end > *from + shades.len() {
                // It costs hardly more to know some more, and then scrolling costs nothing.
                *from = in_sight.start.saturating_sub(NEAR);
                let near: Vec<_> = listed(*from..(in_sight.end + NEAR).min(count)).collect();
                *shades = lanes(shows, &self.ends, &near);
            }
            let rows = listed(in_sight.clone()).zip(&shades[in_sight.start - *from..]);
            let row = |(speaker, shades): (SpeakerId, &Vec<u8>)| LaneRow {
                speaker,
                shades: shades.clone(),
                hits: Vec::new(),
                kept: None,
            };
            self.lanes = rows.map(row).collect();
            (self.marked, self.sifted) = ((0, 0), None);
        }
    }

    /// Columns with hits, whoever says them.
    pub fn columns_with_hits(&self) -> impl Iterator<Item = usize> {
        self.hits.iter().enumerate().filter(|(_, is_hit)| **is_hit).map(|(column, _)| column)
    }

    /// Marks the hits of a search, whose id is not 0, on the lanes in sight; none are left of another.
    pub fn mark(&mut self, search: u64, hits: &[Hit], (transcript, structure): (&Transcript, &Structure)) {
        if self.marked == (search, hits.len()) {
            return;
        }
        self.marked = (search, hits.len());
        let columns = self.ends.len();
        let rows: HashMap<_, _> =
            self.lanes.iter().enumerate().map(|(row, lane)| (lane.speaker, row)).collect();
        self.lanes.iter_mut().for_each(|lane| lane.hits = vec![false; columns]);
        self.hits = vec![false; columns];
        for posts in hits.chunk_by(|a, b| a.post == b.post) {
            let post = posts[0].post;
            let column = self.ends.partition_point(|&end| end <= post.index());
            if let Some(hit) = self.hits.get_mut(column) {
                *hit = true;
            }
            let row = rows.get(&structure.author(transcript, post));
            if let Some(hit) = row.and_then(|&row| self.lanes[row].hits.get_mut(column)) {
                *hit = true;
            }
        }
    }

    /// Marks where filters let something through on the lanes in sight. Where it is not known yet, they may.
    pub fn sift(&mut self, sieve: Option<&Sieve>, (transcript, structure): (&Transcript, &Structure)) {
        let state = sieve.map(|sieve| (sieve.id(), sieve.known(), sieve.matches().len()));
        if self.sifted == state {
            return;
        }
        self.sifted = state;
        let columns = self.ends.len();
        let kept = |end: &usize| sieve.is_some_and(|sieve| *end > sieve.known());
        let kept: Vec<_> = self.ends.iter().map(kept).collect();
        self.lanes.iter_mut().for_each(|lane| lane.kept = sieve.map(|_| kept.clone()));
        let Some(sieve) = sieve else { return };
        let rows: HashMap<_, _> =
            self.lanes.iter().enumerate().map(|(row, lane)| (lane.speaker, row)).collect();
        for column in 0..columns {
            let start = column.checked_sub(1).map_or(0, |before| self.ends[before]);
            for post in sieve.matches().members(start..self.ends[column]).take(PER_COLUMN) {
                let row = rows.get(&structure.author(transcript, post));
                if let Some(kept) = row.and_then(|&row| self.lanes[row].kept.as_mut()) {
                    kept[column] = true;
                }
            }
        }
    }
}
