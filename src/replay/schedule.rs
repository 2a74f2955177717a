//! When each post appears: show times under a pacing, in both directions.
//!
//! Posts that share a stamp form a group. Between groups the gap model turns gaps of the clock into show
//! time; inside a group whose stamp is coarser than a second the posts are spread by length, never past the
//! next stamp. Such times are estimates and say so.

use crate::choice::{GapModel, Pace};
use crate::structure::Structure;
use crate::transcript::{PostId, Transcript};

/// What turns the clock of a transcript into show time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pacing {
    /// What becomes of silence.
    pub gaps: GapModel,
    /// The idle limit of the gap model, in milliseconds of show time.
    pub limit_ms: i64,
    /// Whether stamps or reading time set the pace.
    pub pace: Pace,
    /// Reading speed, in characters a minute.
    pub cpm: u32,
}

impl Default for Pacing {
    fn default() -> Self {
        Self { gaps: GapModel::Real, limit_ms: 120_000, pace: Pace::Clock, cpm: 400 }
    }
}

impl Pacing {
    /// The show time of a gap. A gap that is left out keeps what its stamp can express, a second at least, so
    /// that posts of one stamp still have room.
    pub fn gap(self, gap_ms: i64, resolution_ms: i64) -> i64 {
        let limit = self.limit_ms;
        if gap_ms <= limit {
            return gap_ms;
        }
        match self.gaps {
            GapModel::Real => gap_ms,
            GapModel::Cap => limit,
            GapModel::Log if limit <= 0 => 0,
            GapModel::Log => (limit as f64 * (1.0 + (gap_ms as f64 / limit as f64).ln())) as i64,
            GapModel::Skip => limit.min(resolution_ms.max(1000)),
        }
    }
}

/// Time to read that many characters, in milliseconds.
pub fn reading_ms(chars: usize, cpm: u32) -> i64 {
    (chars as i64 * 60_000) / i64::from(cpm.max(1))
}

/// Show times of all posts; they never decrease.
#[derive(Debug, Clone, Default)]
pub struct Schedule {
    pacing: Pacing,
    shows: Vec<i64>,
    estimated: Vec<bool>,
    group: Group,
    resolution: i64,
}

/// The last group of posts with one stamp: it may still grow.
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    first: usize,
    show: i64,
    stamp: Option<i64>,
}

impl Schedule {
    /// The show times of a transcript.
    pub fn of(transcript: &Transcript, structure: &Structure, pacing: Pacing) -> Self {
        let mut schedule = Self { pacing, ..Self::default() };
        schedule.extend(transcript, structure);
        schedule
    }

    /// Takes in what the transcript has gained. The group that was last is laid out anew; everything is when a
    /// finer stamp has shown that the source can express more.
    pub fn extend(&mut self, transcript: &Transcript, structure: &Structure) {
        let resolution = transcript.meta.resolution_ms;
        if self.resolution != resolution {
            *self = Self { pacing: self.pacing, resolution, ..Self::default() };
        }
        let from = self.group.first;
        self.shows.truncate(from);
        self.estimated.truncate(from);
        match self.pacing.pace {
            Pace::Reading => self.extend_by_reading(transcript, structure),
            Pace::Clock => self.extend_by_clock(transcript, structure),
        }
    }

    fn extend_by_reading(&mut self, transcript: &Transcript, structure: &Structure) {
        let mut show = self.group.show;
        for index in self.shows.len()..transcript.len() {
            self.group = Group { first: index, show, stamp: None };
            self.shows.push(show);
            self.estimated.push(true);
            show += reading_ms(structure.chars(PostId::new(index)), self.pacing.cpm);
        }
    }

    fn extend_by_clock(&mut self, transcript: &Transcript, structure: &Structure) {
        let resolution = transcript.meta.resolution_ms;
        if resolution == 0 {
            return self.extend_by_reading(transcript, structure);
        }
        let mut first = self.group.first;
        while first < transcript.len() {
            let stamp = self.group.stamp.or_else(|| transcript.start(PostId::new(first)));
            let later = |index: &usize| {
                transcript
                    .start(PostId::new(*index))
                    .filter(|&start| stamp.is_none_or(|stamp| start > stamp))
            };
            let next = (first + 1..transcript.len()).find(|index| later(index).is_some());
            self.group = Group { first, show: self.group.show, stamp };
            let room = match (next.and_then(|next| later(&next)), stamp) {
                (Some(later), Some(stamp)) => self.pacing.gap(later - stamp, resolution),
                (Some(_), None) => 0,
                (None, _) => resolution,
            };
            self.spread(first..next.unwrap_or(transcript.len()), room.min(resolution), structure);
            let Some(next) = next else { break };
            self.group = Group { first: next, show: self.group.show + room, stamp: None };
            first = next;
        }
    }

    /// Lays the posts of one stamp out over `room`, each after a share by the length of those before it.
    fn spread(&mut self, posts: std::ops::Range<usize>, room: i64, structure: &Structure) {
        let room = if room > 1000 { room } else { 0 };
        let weight = |index| structure.chars(PostId::new(index)) as i64 + 1;
        let total: i64 = posts.clone().map(weight).sum();
        let mut before = 0;
        for index in posts.clone() {
            self.shows.push(self.group.show + room * before / total.max(1));
            self.estimated.push(room > 0 && index > posts.start);
            before += weight(index);
        }
    }

    /// The pacing it was made for.
    pub fn pacing(&self) -> Pacing {
        self.pacing
    }

    /// When a post appears, in milliseconds of show time.
    pub fn show(&self, id: PostId) -> i64 {
        self.shows.get(id.index()).copied().unwrap_or_else(|| self.total())
    }

    /// Whether that time is finer than the source says.
    pub fn is_estimated(&self, id: PostId) -> bool {
        self.estimated.get(id.index()).copied().unwrap_or_default()
    }

    /// When the last post appears.
    pub fn total(&self) -> i64 {
        self.shows.last().copied().unwrap_or(0)
    }

    /// How many posts have appeared at a show time.
    pub fn revealed(&self, show_ms: i64) -> usize {
        self.shows.partition_point(|&show| show <= show_ms)
    }

    /// The show time of the next post to appear after `show_ms`.
    pub fn next_after(&self, show_ms: i64) -> Option<i64> {
        self.shows.get(self.revealed(show_ms)).copied()
    }

    /// The same place under another schedule of the same transcript: as far between two posts as here.
    pub fn translate(&self, show_ms: i64, other: &Self) -> i64 {
        let Some(last) = self.revealed(show_ms).checked_sub(1) else { return show_ms.min(0) };
        let here = self.shows[last];
        let (Some(&next), Some(&start)) = (self.shows.get(last + 1), other.shows.get(last)) else {
            return other.total();
        };
        let there = other.shows.get(last + 1).map_or(0, |&next| next - start);
        start + (there as f64 * ((show_ms - here) as f64 / (next - here).max(1) as f64)) as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{ClockKind, Kind, NewPost};

    /// Posts at seconds with bodies of that many characters.
    fn record(resolution_ms: i64, posts: &[(Option<i64>, usize)]) -> Transcript {
        let mut transcript = Transcript::default();
        transcript.meta.clock = if resolution_ms > 0 { ClockKind::Wall } else { ClockKind::None };
        transcript.meta.resolution_ms = resolution_ms;
        for &(second, chars) in posts {
            let speaker = transcript.intern("甲");
            let body = transcript.append_source(&"字".repeat(chars));
            let start = second.map(|second| second * 1000);
            transcript.push(&NewPost { start, end: None, speaker, kind: Kind::Speech, body, line: None });
        }
        transcript
    }

    fn shows(transcript: &Transcript, pacing: Pacing) -> Vec<i64> {
        Schedule::of(transcript, &Structure::of(transcript), pacing)
            .shows
            .iter()
            .map(|ms| ms / 1000)
            .collect()
    }

    #[test]
    fn gap_models_turn_silence_into_show_time() {
        let transcript = record(60_000, &[(Some(0), 1), (Some(60), 1), (Some(7260), 1)]);
        for (gaps, expected) in [
            (GapModel::Real, [0, 60, 7260]),
            (GapModel::Cap, [0, 60, 180]),
            (GapModel::Log, [0, 60, 671]),
            (GapModel::Skip, [0, 60, 120]),
        ] {
            assert_eq!(shows(&transcript, Pacing { gaps, ..Pacing::default() }), expected, "{gaps:?}");
        }
    }

    #[test]
    fn posts_of_one_minute_are_spread_by_length_and_say_so() {
        let posts = [(Some(0), 9), (Some(0), 29), (Some(0), 19), (Some(60), 1)];
        let transcript = record(60_000, &posts);
        assert_eq!(shows(&transcript, Pacing::default()), [0, 10, 40, 60]);
        let schedule = Schedule::of(&transcript, &Structure::of(&transcript), Pacing::default());
        let estimated: Vec<_> = transcript.ids().map(|id| schedule.is_estimated(id)).collect();
        assert_eq!(estimated, [false, true, true, false]);
    }

    #[test]
    fn posts_of_one_second_are_not_spread() {
        let transcript = record(1000, &[(Some(0), 9), (Some(0), 9), (Some(5), 1)]);
        assert_eq!(shows(&transcript, Pacing::default()), [0, 0, 5]);
    }

    #[test]
    fn disorder_and_missing_stamps_wait_for_nothing() {
        let transcript = record(1000, &[(None, 1), (Some(10), 1), (Some(5), 1), (None, 1), (Some(12), 1)]);
        assert_eq!(shows(&transcript, Pacing::default()), [0, 0, 0, 0, 2]);
    }

    #[test]
    fn reading_pace_pays_for_a_post_after_it_was_shown() {
        let transcript = record(0, &[(None, 400), (None, 200), (None, 1)]);
        assert_eq!(shows(&transcript, Pacing::default()), [0, 60, 90]);
        let transcript = record(60_000, &[(Some(0), 400), (Some(3600), 200), (Some(7200), 1)]);
        let pacing = Pacing { pace: Pace::Reading, ..Pacing::default() };
        assert_eq!(shows(&transcript, pacing), [0, 60, 90]);
    }

    #[test]
    fn both_directions_agree() {
        let transcript = record(60_000, &[(Some(0), 5), (Some(0), 5), (Some(60), 5), (Some(600), 5)]);
        let schedule = Schedule::of(&transcript, &Structure::of(&transcript), Pacing::default());
        for id in transcript.ids() {
            assert_eq!(schedule.revealed(schedule.show(id)), id.number());
            assert_eq!(schedule.revealed(schedule.show(id) - 1), id.index());
        }
        assert_eq!(schedule.next_after(60_000), Some(600_000));
        assert_eq!(schedule.next_after(600_000), None);
    }

    #[test]
    fn a_growing_schedule_is_that_of_the_whole() {
        let posts =
            [(Some(0), 9), (Some(0), 29), (Some(60), 19), (Some(60), 1), (Some(50), 3), (Some(900), 1)];
        for pacing in [Pacing::default(), Pacing { pace: Pace::Reading, ..Pacing::default() }] {
            let mut grown = Schedule { pacing, ..Schedule::default() };
            for end in 0..=posts.len() {
                let transcript = record(60_000, &posts[..end]);
                grown.extend(&transcript, &Structure::of(&transcript));
            }
            assert_eq!(
                grown.shows,
                Schedule::of(&record(60_000, &posts), &Structure::of(&record(60_000, &posts)), pacing).shows
            );
        }
    }

    #[test]
    fn a_change_of_pacing_keeps_the_place() {
        let transcript = record(60_000, &[(Some(0), 5), (Some(600), 5), (Some(1200), 5)]);
        let structure = Structure::of(&transcript);
        let real = Schedule::of(&transcript, &structure, Pacing::default());
        let cap = Schedule::of(&transcript, &structure, Pacing { gaps: GapModel::Cap, ..Pacing::default() });
        assert_eq!(real.translate(900_000, &cap), 180_000);
        assert_eq!(cap.translate(180_000, &real), 900_000);
        assert_eq!(real.translate(5_000_000, &cap), cap.total());
    }
}
