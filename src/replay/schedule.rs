//! When each post appears: show times under a pacing, in both directions.
//!
//! Posts that share a stamp form a group. Between groups the gap model turns gaps of the clock into show
//! time; inside a group whose stamp is coarser than a second the posts are spread by length, never past the
//! next stamp. Such times are estimates and say so.
//!
//! Kept is one mark a page of posts. A show time is worked out when it is asked for, from the mark before it: see
//! [`Shows`].

use super::marks::{Group, Marks};
use super::pacing::{Pacing, reading_ms};
use crate::choice::Pace;
use crate::structure::Structure;
use crate::transcript::{PAGE, PostId, Transcript};
use std::ops::Range;

/// What no stamp is spread over: a second is as fine as it gets.
const FINE_MS: i64 = 1000;

/// What show times are worked out from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schedule {
    pacing: Pacing,
    resolution: i64,
    marks: Marks,
}

impl Schedule {
    /// The schedule of a transcript.
    pub fn of(transcript: &Transcript, structure: &Structure, pacing: Pacing) -> Self {
        let mut schedule = Self { pacing, ..Self::default() };
        schedule.extend(transcript, structure);
        schedule
    }

    /// Takes in what the transcript has gained; everything when a finer stamp has shown that the source can express
    /// more.
    pub fn extend(&mut self, transcript: &Transcript, structure: &Structure) {
        let resolution = transcript.meta.resolution_ms;
        if self.resolution != resolution {
            *self = Self { pacing: self.pacing, resolution, ..Self::default() };
        }
        if self.is_read() {
            self.marks.extend_by_reading(transcript, structure, self.pacing.cpm);
        } else {
            self.marks.extend_by_clock(transcript, self.pacing, resolution);
        }
    }

    /// Whether reading time sets the pace: that was chosen, or there is no clock.
    fn is_read(&self) -> bool {
        self.pacing.pace == Pace::Reading || self.resolution == 0
    }

    /// The pacing it was made for.
    pub fn pacing(&self) -> Pacing {
        self.pacing
    }

    /// The show times of the record that the schedule was made of.
    pub fn over<'a>(&'a self, transcript: &'a Transcript, structure: &'a Structure) -> Shows<'a> {
        Shows { transcript, structure, schedule: self }
    }

    /// Bytes that are held.
    pub fn size(&self) -> usize {
        self.marks.size()
    }
}

/// Show times of all posts; they never decrease.
#[derive(Debug, Clone, Copy)]
pub struct Shows<'a> {
    /// The record.
    pub transcript: &'a Transcript,
    /// What is derived from it.
    pub structure: &'a Structure,
    schedule: &'a Schedule,
}

/// A group as a whole: up to where it goes, and what show time its posts are spread over.
#[derive(Debug, Clone, Copy)]
struct Spread {
    group: Group,
    end: usize,
    room: i64,
}

impl Spread {
    fn posts(&self) -> Range<usize> {
        self.group.first..self.end
    }
}

/// A walk from post to post that tells the group of each. It looks at `at` next.
struct Walk<'a, Starts> {
    schedule: &'a Schedule,
    group: Group,
    at: usize,
    starts: Starts,
}

impl<Starts: Iterator<Item = Option<i64>>> Walk<'_, Starts> {
    /// The group of the next post.
    #[inline]
    fn step(&mut self) -> Option<Group> {
        let start = self.starts.next()?;
        self.group = self.group.step(self.at, start, self.schedule.pacing, self.schedule.resolution);
        self.at += 1;
        Some(self.group)
    }

    /// The group of the next post, if it comes before `end`.
    fn next_before(&mut self, end: usize) -> Option<Group> {
        if self.at < end { self.step() } else { None }
    }

    /// The first group before `end` that fulfils something.
    fn find(&mut self, end: usize, wanted: impl Fn(Group) -> bool) -> Option<Group> {
        while let Some(group) = self.next_before(end) {
            if wanted(group) {
                return Some(group);
            }
        }
        None
    }
}

impl<'a> Shows<'a> {
    /// The pacing they follow.
    pub fn pacing(&self) -> Pacing {
        self.schedule.pacing
    }

    /// How many posts are scheduled.
    fn posts(&self) -> usize {
        self.schedule.marks.posts()
    }

    /// When a post appears, in milliseconds of show time.
    pub fn show(&self, id: PostId) -> i64 {
        let index = id.index().min(self.posts().saturating_sub(1));
        if self.schedule.is_read() {
            return self.read_before(index);
        }
        let spread = self.spread(index);
        self.show_in(&spread, index)
    }

    /// Whether that time is finer than the source says.
    pub fn is_estimated(&self, id: PostId) -> bool {
        let is_worked_out = || self.schedule.is_read() || self.spread(id.index()).room > 0;
        id.index() < self.posts() && (self.transcript.is_arrival(id) || is_worked_out())
    }

    /// When the last post appears.
    pub fn total(&self) -> i64 {
        self.show(PostId::new(self.posts()))
    }

    /// How many posts have appeared at a show time.
    pub fn revealed(&self, show_ms: i64) -> usize {
        self.partition_point(|show| show <= show_ms)
    }

    /// The show time of the next post to appear after `show_ms`.
    pub fn next_after(&self, show_ms: i64) -> Option<i64> {
        let next = self.revealed(show_ms);
        (next < self.posts()).then(|| self.show(PostId::new(next)))
    }

    /// How many posts have a show time that fulfils what holds up to some time and not behind it.
    pub fn partition_point(&self, holds: impl Fn(i64) -> bool) -> usize {
        self.borders(std::iter::once(holds)).next().unwrap_or_default()
    }

    /// How many posts fulfil each of some conditions, as for [`Shows::partition_point`]; none holds for less than the
    /// one before.
    pub fn borders<Holds: Fn(i64) -> bool>(
        self,
        conditions: impl Iterator<Item = Holds>,
    ) -> impl Iterator<Item = usize> {
        let (mut on, mut walked) = (None, None);
        conditions.map(move |holds| {
            let Some(page) = self.schedule.marks.pages(&holds).checked_sub(1) else { return 0 };
            if self.schedule.is_read() {
                return page * PAGE + self.read_in_page(page).take_while(|&show| holds(show)).count();
            }
            let same = on.replace(page) == Some(page);
            let (mut walk, mut group, mut next) = walked.take().filter(|_| same).unwrap_or_else(|| {
                let mut walk = self.walk(page);
                let (group, next) = (walk.group, walk.next_before(self.end_of(page)));
                (walk, group, next)
            });
            while let Some(behind) = next.filter(|next| holds(next.show)) {
                (group, next) = (behind, walk.next_before(self.end_of(page)));
            }
            walked = Some((walk, group, next));
            self.border_in(&self.spread_between(group, next), holds)
        })
    }

    /// How many posts fulfil a condition that holds for the first of a group.
    fn border_in(&self, spread: &Spread, holds: impl Fn(i64) -> bool) -> usize {
        let (mut low, mut high) = (spread.group.first + 1, spread.end);
        if spread.room == 0 {
            return high;
        }
        while low < high {
            let middle = usize::midpoint(low, high);
            if holds(self.show_in(spread, middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// The same place under another schedule of the same transcript: as far between two posts as here.
    pub fn translate(&self, show_ms: i64, other: &Self) -> i64 {
        let next = self.revealed(show_ms);
        let Some(last) = next.checked_sub(1) else { return show_ms.min(0) };
        if next >= self.posts() || last >= other.posts() {
            return other.total();
        }
        let (last, next) = (PostId::new(last), PostId::new(next));
        let (here, start) = (self.show(last), other.show(last));
        let there = if next.index() < other.posts() { other.show(next) - start } else { 0 };
        let share = (show_ms - here) as f64 / (self.show(next) - here).max(1) as f64;
        start + (there as f64 * share) as i64
    }

    /// Show times of the posts of a page, under the pace of reading.
    fn read_in_page(&self, page: usize) -> impl Iterator<Item = i64> {
        let first = PostId::new(page * PAGE);
        let cpm = self.schedule.pacing.cpm;
        let posts = self.posts().saturating_sub(first.index()).min(PAGE);
        let mut show = self.schedule.marks.show(page);
        self.structure.reading_from(first).take(posts).map(move |chars| {
            let own = show;
            show += reading_ms(chars, cpm);
            own
        })
    }

    fn read_before(&self, index: usize) -> i64 {
        self.read_in_page(index / PAGE).nth(index % PAGE).unwrap_or(0)
    }

    /// A walk from the first post of a page.
    fn walk(&self, page: usize) -> Walk<'a, impl Iterator<Item = Option<i64>> + use<'a>> {
        let group = self.schedule.marks.group(page, self.transcript);
        let at = page * PAGE + 1;
        Walk { schedule: self.schedule, group, at, starts: self.transcript.starts(PostId::new(at)) }
    }

    /// Where a walk over a page ends: with the first post of the next one.
    fn end_of(&self, page: usize) -> usize {
        ((page + 1) * PAGE + 1).min(self.posts())
    }

    /// The group of a post as a whole. Of a post that is the first of its group, or where nothing is spread, no more
    /// than its show time is found out.
    fn spread(&self, index: usize) -> Spread {
        let page = index / PAGE;
        let mut walk = self.walk(page);
        walk.find(index + 1, |_| false);
        let group = walk.group;
        if group.first == index || self.schedule.resolution <= FINE_MS {
            return Spread { group, end: index + 1, room: 0 };
        }
        let behind = |next: Group| next.first > group.first;
        let next = walk.find(self.end_of(page), behind).or_else(|| {
            // None begins on this page: it does on the last one that begins in this group.
            let last = self.schedule.marks.pages_upto(group).saturating_sub(1);
            (last > page).then(|| self.walk(last).find(self.end_of(last), behind))?
        });
        self.spread_between(group, next)
    }

    /// A group as a whole, by the one that comes next; none where it is the last.
    fn spread_between(&self, group: Group, next: Option<Group>) -> Spread {
        let resolution = self.schedule.resolution;
        let room = next.map_or(resolution, |next| next.show - group.show).min(resolution);
        let end = next.map_or(self.posts(), |next| next.first);
        Spread { group, end, room: if room > FINE_MS { room } else { 0 } }
    }

    /// When a post of a group appears: after a share of the room by the length of those before it.
    fn show_in(&self, spread: &Spread, index: usize) -> i64 {
        let Spread { group, room, .. } = *spread;
        if room == 0 {
            return group.show;
        }
        let weight = |posts: &Range<usize>| (self.structure.chars_between(posts) + posts.len()) as i64;
        group.show + room * weight(&(group.first..index)) / weight(&spread.posts()).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::GapModel;
    use crate::transcript::{ClockKind, Draft, Post};
    use proptest::collection::vec;
    use proptest::prelude::{Just, Strategy, any, prop_assert_eq, prop_oneof, proptest};

    /// Seconds, and how many characters the body has.
    type Told = (Option<i64>, usize);

    fn draft(resolution_ms: i64) -> Draft {
        let mut draft = Draft::default();
        draft.meta.clock = if resolution_ms > 0 { ClockKind::Wall } else { ClockKind::None };
        draft.meta.resolution_ms = resolution_ms;
        draft
    }

    fn say(draft: &mut Draft, &(second, chars): &Told) {
        let (speaker, body) = (draft.intern("甲"), draft.append_text(&"字".repeat(chars)));
        draft.push(Post { start: second.map(|second| second * 1000), speaker, body, ..Post::default() });
    }

    fn record(resolution_ms: i64, posts: &[Told]) -> (Transcript, Structure) {
        let mut draft = draft(resolution_ms);
        for post in posts {
            say(&mut draft, post);
        }
        let transcript = Transcript::from(draft.take());
        let structure = Structure::of(&transcript);
        (transcript, structure)
    }

    /// Seconds of show time.
    fn shows((transcript, structure): &(Transcript, Structure), pacing: Pacing) -> Vec<i64> {
        let schedule = Schedule::of(transcript, structure, pacing);
        let shows = schedule.over(transcript, structure);
        transcript.ids().map(|id| shows.show(id) / 1000).collect()
    }

    /// All show times and whether they are estimates, group by group: what [`Shows`] works out from marks.
    fn all(transcript: &Transcript, structure: &Structure, pacing: Pacing) -> Vec<(i64, bool)> {
        let resolution = transcript.meta.resolution_ms;
        let chars = |index: usize| structure.chars(PostId::new(index));
        let (mut all, mut show, mut first) = (Vec::new(), 0, 0);
        if resolution == 0 || pacing.pace == Pace::Reading {
            for index in 0..transcript.len() {
                all.push((show, true));
                show += reading_ms(structure.reading(PostId::new(index)), pacing.cpm);
            }
            return all;
        }
        while first < transcript.len() {
            let start = |index: usize| transcript.start(PostId::new(index));
            let stamp = start(first);
            let later =
                |index: &usize| start(*index).filter(|&start| stamp.is_none_or(|stamp| start > stamp));
            let next = (first + 1..transcript.len()).find(|index| later(index).is_some());
            let room = match (next.and_then(|next| later(&next)), stamp) {
                (Some(later), Some(stamp)) => pacing.gap(later - stamp, resolution),
                (Some(_), None) => 0,
                (None, _) => resolution,
            };
            let end = next.unwrap_or(transcript.len());
            let spread = Some(room.min(resolution)).filter(|&room| room > 1000).unwrap_or(0);
            let weight = |posts: Range<usize>| posts.map(|index| chars(index) as i64 + 1).sum::<i64>();
            for index in first..end {
                let before = spread * weight(first..index) / weight(first..end);
                all.push((show + before, spread > 0 && index > first));
            }
            show += room;
            first = end;
        }
        all
    }

    fn assert_same(shows: &Shows, expected: &[(i64, bool)]) {
        let ids = shows.transcript.ids();
        let found: Vec<_> = ids.map(|id| (shows.show(id), shows.is_estimated(id))).collect();
        assert_eq!(found, expected);
        let total = expected.last().map_or(0, |last| last.0);
        assert_eq!(shows.total(), total);
        let steps = (0..=60).map(|step| total / 60 * step);
        let edges = expected.iter().step_by(expected.len() / 40 + 1).flat_map(|&(show, _)| [show - 1, show]);
        for at in steps.chain(edges).chain([-1, total + 1]) {
            let revealed = expected.partition_point(|&(show, _)| show <= at);
            assert_eq!(shows.revealed(at), revealed, "{at}");
            assert_eq!(shows.next_after(at), expected.get(revealed).map(|next| next.0), "{at}");
        }
    }

    fn pacing() -> impl Strategy<Value = Pacing> {
        let gaps =
            prop_oneof![Just(GapModel::Real), Just(GapModel::Cap), Just(GapModel::Log), Just(GapModel::Skip)];
        let limit = prop_oneof![Just(0), Just(500), Just(2000), Just(120_000)];
        let pace = prop_oneof![4 => Just(Pace::Clock), 1 => Just(Pace::Reading)];
        (gaps, limit, pace, 100u32..900).prop_map(|(gaps, limit_ms, pace, cpm)| Pacing {
            gaps,
            limit_ms,
            pace,
            cpm,
        })
    }

    /// Steps from stamp to stamp, with lengths: small groups and large ones, disorder, lost stamps.
    fn posts() -> impl Strategy<Value = Vec<Told>> {
        let step = prop_oneof![
            6 => Just(Some(0)), 2 => Just(Some(60)), 1 => (1i64..9000).prop_map(Some),
            1 => (-4000i64..0).prop_map(Some), 1 => Just(None),
        ];
        let still = prop_oneof![40 => Just(Some(0)), 1 => (1i64..200).prop_map(|minutes| Some(minutes * 60))];
        let moving = vec((step, 0usize..40), 0..400);
        let standing = vec((still, 0usize..40), 0..900);
        prop_oneof![moving, standing].prop_map(|steps| {
            let mut second = 0;
            let stamp = |step: i64| {
                second += step;
                second
            };
            let mut stamp = stamp;
            steps.into_iter().map(|(step, chars)| (step.map(&mut stamp), chars)).collect()
        })
    }

    proptest! {
        #[test]
        fn show_times_are_those_of_all_groups_laid_out(
            resolution in prop_oneof![Just(60_000), Just(1000), Just(0)], posts in posts(), pacing in pacing()
        ) {
            let (transcript, structure) = record(resolution, &posts);
            let schedule = Schedule::of(&transcript, &structure, pacing);
            let expected = all(&transcript, &structure, pacing);
            assert_same(&schedule.over(&transcript, &structure), &expected);
        }

        #[test]
        fn a_growing_schedule_is_that_of_the_whole(
            resolution in prop_oneof![Just(60_000), Just(1000), Just(0)], posts in posts(), pacing in pacing(),
            finer in any::<bool>(), batch in 1usize..100
        ) {
            let (mut draft, mut transcript) = (draft(resolution), Transcript::default());
            let (mut structure, mut grown) = (Structure::default(), Schedule { pacing, ..Schedule::default() });
            for (index, posts) in posts.chunks(batch).enumerate() {
                if finer && index == 2 {
                    draft.meta.resolution_ms = 1000;
                }
                let more = draft.append_text("又");
                draft.extend_body(more.start, more.end);
                for post in posts {
                    say(&mut draft, post);
                }
                transcript.grow(draft.take());
                structure.extend(&transcript);
                grown.extend(&transcript, &structure);
                if index % 7 == 0 {
                    assert_same(&grown.over(&transcript, &structure), &all(&transcript, &structure, pacing));
                }
            }
            prop_assert_eq!(&grown, &Schedule::of(&transcript, &structure, pacing));
            assert_same(&grown.over(&transcript, &structure), &all(&transcript, &structure, pacing));
        }
    }

    #[test]
    fn gap_models_turn_silence_into_show_time() {
        let record = record(60_000, &[(Some(0), 1), (Some(60), 1), (Some(7260), 1)]);
        for (gaps, expected) in [
            (GapModel::Real, [0, 60, 7260]),
            (GapModel::Cap, [0, 60, 180]),
            (GapModel::Log, [0, 60, 671]),
            (GapModel::Skip, [0, 60, 120]),
        ] {
            assert_eq!(shows(&record, Pacing { gaps, ..Pacing::default() }), expected, "{gaps:?}");
        }
    }

    #[test]
    fn posts_of_one_minute_are_spread_by_length_and_say_so() {
        let posts = [(Some(0), 9), (Some(0), 29), (Some(0), 19), (Some(60), 1)];
        let record = record(60_000, &posts);
        assert_eq!(shows(&record, Pacing::default()), [0, 10, 40, 60]);
        let schedule = Schedule::of(&record.0, &record.1, Pacing::default());
        let shows = schedule.over(&record.0, &record.1);
        let estimated: Vec<_> = record.0.ids().map(|id| shows.is_estimated(id)).collect();
        assert_eq!(estimated, [false, true, true, false]);
    }

    #[test]
    fn posts_of_one_second_are_not_spread() {
        let record = record(1000, &[(Some(0), 9), (Some(0), 9), (Some(5), 1)]);
        assert_eq!(shows(&record, Pacing::default()), [0, 0, 5]);
    }

    #[test]
    fn disorder_and_missing_stamps_wait_for_nothing() {
        let record = record(1000, &[(None, 1), (Some(10), 1), (Some(5), 1), (None, 1), (Some(12), 1)]);
        assert_eq!(shows(&record, Pacing::default()), [0, 0, 0, 0, 2]);
    }

    #[test]
    fn reading_pace_pays_for_a_post_after_it_was_shown() {
        let without = record(0, &[(None, 400), (None, 200), (None, 1)]);
        assert_eq!(shows(&without, Pacing::default()), [0, 60, 90]);
        let with = record(60_000, &[(Some(0), 400), (Some(3600), 200), (Some(7200), 1)]);
        let pacing = Pacing { pace: Pace::Reading, ..Pacing::default() };
        assert_eq!(shows(&with, pacing), [0, 60, 90]);
    }

    #[test]
    fn both_directions_agree() {
        let (transcript, structure) =
            record(60_000, &[(Some(0), 5), (Some(0), 5), (Some(60), 5), (Some(600), 5)]);
        let schedule = Schedule::of(&transcript, &structure, Pacing::default());
        let shows = schedule.over(&transcript, &structure);
        for id in transcript.ids() {
            assert_eq!(shows.revealed(shows.show(id)), id.number());
            assert_eq!(shows.revealed(shows.show(id) - 1), id.index());
        }
        assert_eq!(shows.next_after(60_000), Some(600_000));
        assert_eq!(shows.next_after(600_000), None);
    }

    #[test]
    fn a_change_of_pacing_keeps_the_place() {
        let (transcript, structure) = record(60_000, &[(Some(0), 5), (Some(600), 5), (Some(1200), 5)]);
        let real = Schedule::of(&transcript, &structure, Pacing::default());
        let cap = Schedule::of(&transcript, &structure, Pacing { gaps: GapModel::Cap, ..Pacing::default() });
        let (real, cap) = (real.over(&transcript, &structure), cap.over(&transcript, &structure));
        assert_eq!(real.translate(900_000, &cap), 180_000);
        assert_eq!(cap.translate(180_000, &real), 900_000);
        assert_eq!(real.translate(5_000_000, &cap), cap.total());
    }

    #[test]
    fn no_post_has_no_show_time() {
        let (transcript, structure) = record(60_000, &[]);
        let schedule = Schedule::of(&transcript, &structure, Pacing::default());
        assert_same(&schedule.over(&transcript, &structure), &[]);
    }
}
