//! The time axis: show time to columns and back, with the longest silences folded.
//!
//! Columns follow the show time of the schedule, so that one gap model drives the replay and the picture of
//! it. The longest breaks between sessions are folded to a mark however long they are.

use super::ticks::{Scale, Step};
use crate::lang::Lang;
use crate::replay::Shows;
use crate::text::ruler::Ruler;
use crate::transcript::{ClockKind, PostId};
use crate::when::length;
use std::ops::Range;

/// Columns that show a run of posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Segment {
    first: PostId,
    last: PostId,
    from_ms: i64,
    to_ms: i64,
    column: usize,
    columns: usize,
}

/// A folded silence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    /// Its first column.
    pub column: usize,
    /// How many columns.
    pub columns: usize,
    /// What to write there; empty where there is no room.
    pub label: String,
}

/// A mark of time on the axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// Where it begins.
    pub column: usize,
    /// What it says.
    pub label: String,
}

/// The axis of a timeline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Axis {
    segments: Vec<Segment>,
    /// The folded silences.
    pub folds: Vec<Fold>,
    /// Marks of time, left to right, never touching.
    pub ticks: Vec<Tick>,
}

/// A break that would take fewer columns than this is not folded: in the record of years a night is nothing.
const LEAST_FOLDED: f64 = 1.0;

impl Axis {
    /// The axis of a record over that many columns.
    pub fn new(shows: Shows, columns: usize, (lang, ruler): (Lang, Ruler)) -> Self {
        let mut axis = Self::default();
        if shows.transcript.is_empty() || columns == 0 {
            return axis;
        }
        // The breaks that are folded: the longest, as many as there is room for, of those that would show unfolded.
        let span = shows.transcript.span_ms().max(1) as f64;
        let mut breaks = shows.structure.longest_breaks(columns / 12);
        breaks.retain(|&(_, ms)| ms as f64 / span * columns as f64 >= LEAST_FOLDED);
        let labels = labels(&breaks, columns, (lang, ruler));
        let widths: Vec<usize> =
            labels.iter().map(|label| if label.is_empty() { 1 } else { ruler.width(label) + 2 }).collect();
        axis.cut(shows, &breaks, columns.saturating_sub(widths.iter().sum()));
        let mut shift = 0;
        for (index, label) in labels.into_iter().enumerate() {
            let column = axis.segments[index].column + axis.segments[index].columns;
            axis.folds.push(Fold { column, columns: widths[index], label });
            shift += widths[index];
            axis.segments[index + 1].column += shift;
        }
        axis.ticks = axis.tick(shows, ruler);
        axis
    }

    /// Shares `columns` out to the runs of posts between the folds, by show time, one column at least.
    fn cut(&mut self, shows: Shows, breaks: &[(PostId, i64)], columns: usize) {
        let firsts = std::iter::once(PostId::new(0)).chain(breaks.iter().map(|&(first, _)| first));
        let lasts =
            breaks.iter().map(|&(first, _)| PostId::new(first.index() - 1)).chain(shows.transcript.last_id());
        let runs: Vec<_> = firsts.zip(lasts).map(|(a, b)| (a, b, shows.show(a), shows.show(b))).collect();
        let total: i64 = runs.iter().map(|run| run.3 - run.2 + 1).sum();
        let spare = columns.saturating_sub(runs.len()) as i64;
        let (mut column, mut passed, mut given) = (0, 0, 0);
        for (index, &(first, last, from_ms, to_ms)) in runs.iter().enumerate() {
            passed += to_ms - from_ms + 1;
            let upto = (passed as f64 / total as f64 * spare as f64).round() as i64;
            let columns = usize::from(index < columns) + (upto - given) as usize;
            given = upto;
            self.segments.push(Segment { first, last, from_ms, to_ms, column, columns });
            column += columns;
        }
    }

    /// How many posts appear up to the end of each column: show times never decrease, so that a column is a run of posts.
    pub fn ends(&self, shows: Shows, columns: usize) -> Vec<usize> {
        shows.borders((0..columns).map(|column| move |show| self.column(show) <= column)).collect()
    }

    /// The posts that appear in a column, by index.
    pub fn posts(&self, shows: Shows, column: usize) -> Range<usize> {
        let upto = |column| shows.partition_point(|show| self.column(show) <= column);
        column.checked_sub(1).map_or(0, upto)..upto(column)
    }

    /// The column of a show time.
    pub fn column(&self, show_ms: i64) -> usize {
        let index = self.segments.partition_point(|segment| segment.from_ms <= show_ms);
        let Some(segment) = self.segments.get(index.saturating_sub(1)) else { return 0 };
        if show_ms <= segment.to_ms {
            let into = (show_ms - segment.from_ms).max(0) as usize;
            let length = (segment.to_ms - segment.from_ms + 1) as usize;
            return segment.column + into * segment.columns / length;
        }
        let end = segment.column + segment.columns;
        let Some((fold, next)) = self.folds.get(index - 1).zip(self.segments.get(index)) else {
            return end.saturating_sub(1);
        };
        let silence = (next.from_ms - segment.to_ms).max(1) as usize;
        fold.column + ((show_ms - segment.to_ms) as usize * fold.columns / silence).min(fold.columns - 1)
    }

    /// The show time of a column: of its beginning.
    pub fn show(&self, column: usize) -> i64 {
        let index = self.segments.partition_point(|segment| segment.column <= column);
        let Some(segment) = self.segments.get(index.saturating_sub(1)) else { return 0 };
        let into = column.saturating_sub(segment.column);
        if into >= segment.columns {
            return self.segments.get(index).map_or(segment.to_ms, |next| next.from_ms);
        }
        let length = segment.to_ms - segment.from_ms + 1;
        segment.from_ms + (into as i64 * length + segment.columns as i64 - 1) / segment.columns.max(1) as i64
    }

    fn tick(&self, shows: Shows, ruler: Ruler) -> Vec<Tick> {
        if shows.transcript.meta.clock == ClockKind::None {
            return self.post_ticks(shows, ruler);
        }
        let scale = Scale::of(&shows.transcript.meta);
        scale.steps().find_map(|step| self.time_ticks(shows, ruler, &scale, step)).unwrap_or_default()
    }

    /// One behind the last column.
    pub fn end(&self) -> usize {
        self.segments.last().map_or(0, |segment| segment.column + segment.columns)
    }

    fn post_ticks(&self, shows: Shows, ruler: Ruler) -> Vec<Tick> {
        let (mut ticks, mut free) = (Vec::new(), 0);
        let last = shows.transcript.len();
        let powers = std::iter::successors(Some(1), |power| Some(power * 10));
        let mut steps = powers.flat_map(|power| [power, 2 * power, 5 * power]);
        let step = steps.find(|step| last / step <= 12).unwrap_or(last);
        for number in (step..=last).step_by(step) {
            let column = self.column(shows.show(PostId::new(number - 1)));
            let label = format!("#{number}");
            let width = ruler.width(&label);
            if column >= free && column + width <= self.end() {
                free = column + width + 2;
                ticks.push(Tick { column, label });
            }
        }
        ticks
    }

    /// Marks every step of the record's own clock; none if they would crowd.
    fn time_ticks(&self, shows: Shows, ruler: Ruler, scale: &Scale, step: Step) -> Option<Vec<Tick>> {
        let start = |id: PostId| known_start(shows, id.index()).unwrap_or(0).saturating_add(scale.shift_ms);
        let marks = |segment: &Segment| scale.marks(step, start(segment.first), start(segment.last));
        // Where stamps are out of order, a segment may end before it begins: none stands there.
        let count = |marks: Range<i64>| (marks.end - marks.start).max(0);
        let count: i64 = self.segments.iter().map(|segment| count(marks(segment))).sum();
        // So many find room at most: a third more may be left out.
        let width = ruler.width(&scale.label(step, scale.at(step, 1)?)) + 2;
        let room: usize = self.segments.iter().map(|segment| segment.columns / width + 1).sum();
        if count as usize > room + room / 3 + 1 {
            return None;
        }
        let mut ticks: Vec<Tick> = Vec::new();
        for segment in &self.segments {
            let mut free = segment.column;
            for at in marks(segment).filter_map(|mark| scale.at(step, mark)) {
                let column = self.column(show_of(shows, segment, at - scale.shift_ms));
                let label = scale.label(step, at);
                let width = ruler.width(&label);
                if column >= free && column + width <= segment.column + segment.columns {
                    free = column + width + 2;
                    ticks.push(Tick { column, label });
                }
            }
        }
        let crowded = count as usize - ticks.len();
        (crowded <= ticks.len() / 3 + 1).then_some(ticks)
    }
}

/// So many posts in a row may have no time of their own.
const TIMELESS: usize = 1000;

/// When a post was sent, else the one before it that tells: who joins a channel does so in the minute of the talk.
fn known_start(shows: Shows, index: usize) -> Option<i64> {
    let before = (index.saturating_sub(TIMELESS)..=index).rev();
    before.map(PostId::new).find_map(|id| shows.transcript.start(id))
}

/// The show time of a moment between two posts.
fn show_of(shows: Shows, segment: &Segment, at: i64) -> i64 {
    let start = |index: usize| known_start(shows, index).unwrap_or(i64::MIN);
    let (mut low, mut high) = (segment.first.index(), segment.last.index());
    while low < high {
        let middle = usize::midpoint(low, high);
        if start(middle) < at { low = middle + 1 } else { high = middle }
    }
    let show = |index| shows.show(PostId::new(index));
    if low == segment.first.index() || start(low) <= at {
        return show(low);
    }
    let (before, after) = (start(low - 1), start(low));
    let share = at.saturating_sub(before) as f64 / after.saturating_sub(before).max(1) as f64;
    show(low - 1) + ((show(low) - show(low - 1)) as f64 * share) as i64
}

/// What to write on the folds: the longest first, on a third of the columns at most.
fn labels(breaks: &[(PostId, i64)], columns: usize, (lang, ruler): (Lang, Ruler)) -> Vec<String> {
    let mut order: Vec<usize> = (0..breaks.len()).collect();
    order.sort_by_key(|&index| std::cmp::Reverse(breaks[index].1));
    let mut labels = vec![String::new(); breaks.len()];
    let mut room = columns / 3;
    for index in order {
        let label = format!("{} {}", lang.words().silence, length(breaks[index].1));
        let Some(left) = room.checked_sub(ruler.width(&label) + 2) else { break };
        room = left;
        labels[index] = label;
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::GapModel;
    use crate::replay::{Pacing, Schedule};
    use crate::structure::Structure;
    use crate::transcript::{Draft, Post, Transcript};

    const DAY: i64 = 1440;

    /// A record of posts at minutes since eight o'clock.
    fn record(clock: ClockKind, minutes: impl IntoIterator<Item = i64>) -> (Transcript, Structure, Schedule) {
        let mut draft = Draft::default();
        let origin = chrono::NaiveDate::from_ymd_opt(2018, 1, 1).and_then(|day| day.and_hms_opt(8, 0, 0));
        draft.meta.origin = origin.filter(|_| clock == ClockKind::Wall);
        draft.meta.clock = clock;
        draft.meta.resolution_ms = if clock == ClockKind::None { 0 } else { 60_000 };
        for minute in minutes {
            let (speaker, body) = (draft.intern("甲"), draft.append_text("一"));
            let start = (clock != ClockKind::None).then_some(minute * 60_000);
            draft.push(Post { start, speaker, body, ..Post::default() });
        }
        let transcript = Transcript::from(draft.take());
        let structure = Structure::of(&transcript);
        let schedule = Schedule::of(&transcript, &structure, Pacing::default());
        (transcript, structure, schedule)
    }

    fn axis_of(
        (transcript, structure, schedule): &(Transcript, Structure, Schedule),
        columns: usize,
    ) -> Axis {
        Axis::new(schedule.over(transcript, structure), columns, (Lang::Zh, Ruler::default()))
    }

    fn axis(minutes: &[i64], columns: usize) -> Axis {
        axis_of(&record(ClockKind::Wall, minutes.iter().copied()), columns)
    }

    fn told(axis: &Axis) -> Vec<&str> {
        axis.ticks.iter().map(|tick| tick.label.as_str()).collect()
    }

    /// The axis as text.
    fn drawn(axis: &Axis, columns: usize) -> String {
        let mut cells = vec![" ".to_owned(); columns];
        for fold in &axis.folds {
            cells[fold.column..fold.column + fold.columns].fill("~".to_owned());
        }
        for tick in &axis.ticks {
            for (offset, ch) in tick.label.chars().enumerate() {
                cells[tick.column + offset] = ch.to_string();
            }
        }
        cells.concat()
    }

    #[test]
    fn long_breaks_are_folded_and_hours_are_marked() {
        let axis = axis(&[0, 30, 60, 110, 360, 400, 440], 60);
        assert_eq!(axis.folds.len(), 1);
        assert_eq!(drawn(&axis, 60).len(), 60);
        let labels = told(&axis);
        assert!(labels.starts_with(&["08"]) || labels.starts_with(&["08:00"]), "{labels:?}");
    }

    #[test]
    fn columns_grow_with_time_and_lead_back_to_it() {
        for columns in [1, 2, 5, 17, 60, 133] {
            let record = record(ClockKind::Wall, [0, 0, 1, 3, 30, 60, 120, 360, 420, 480]);
            let axis = axis_of(&record, columns);
            let mut before = 0;
            for show in (0..=record.2.over(&record.0, &record.1).total()).step_by(7000) {
                let column = axis.column(show);
                assert!(column >= before && column < columns, "{column} of {columns}");
                before = column;
            }
            for column in 0..columns {
                let found = axis.column(axis.show(column));
                assert!(
                    found >= column || axis.folds.iter().any(|fold| fold.column <= column),
                    "{column} {found}"
                );
            }
        }
    }

    #[test]
    fn marks_never_touch() {
        let all = [
            (ClockKind::Wall, vec![0, 7, 13, 30, 62, 121, 179, 360, 420, 481, 540, 700]),
            (ClockKind::Wall, (0..900).map(|day| day * DAY / 3).collect()),
            (ClockKind::Wall, (0..2000).map(|post| post * 7 + post / 300 * DAY * 40).collect()),
            (ClockKind::Wall, vec![0, 60, 120, 180, 240, 700, 760, 540]),
            (ClockKind::Offset, (0..500).map(|post| post * 11).collect()),
            (ClockKind::None, (0..500).collect()),
        ];
        for (clock, minutes) in all {
            let record = record(clock, minutes);
            for columns in 10..150 {
                let axis = axis_of(&record, columns);
                let mut free = 0;
                for tick in &axis.ticks {
                    assert!(tick.column >= free, "{} at {columns}", drawn(&axis, columns));
                    free = tick.column + tick.label.len() + 1;
                }
                assert!(free <= columns + 1, "{} at {columns}", drawn(&axis, columns));
            }
        }
    }

    #[test]
    fn a_long_record_is_marked_by_days_months_or_years() {
        for (days, first) in [(3, "01-02"), (40, "01-08"), (400, "2018-04"), (16 * 366, "2020")] {
            let dense = record(ClockKind::Wall, (0..days * 30).map(|post| post * DAY / 30));
            let axis = axis_of(&dense, 134);
            let labels = told(&axis);
            assert!(labels.len() >= 2 && labels.contains(&first), "{days} days: {labels:?}");
        }
    }

    #[test]
    fn the_posts_of_all_columns_are_all_posts_in_order() {
        let record =
            record(ClockKind::Wall, (0..700).map(|post| post * post % 7 + post * 2 + post / 90 * 200));
        let shows = record.2.over(&record.0, &record.1);
        for columns in [1, 13, 60, 133] {
            let axis = axis_of(&record, columns);
            let mut next = 0;
            for column in 0..columns {
                let posts = axis.posts(shows, column);
                assert_eq!(posts.start, next);
                assert!(posts.clone().all(|post| axis.column(shows.show(PostId::new(post))) == column));
                next = posts.end;
            }
            assert_eq!(next, record.0.len());
        }
    }

    #[test]
    fn a_capped_gap_is_short_on_the_axis_too() {
        let (transcript, structure, _) = record(ClockKind::Wall, [0, 10, 55, 60]);
        let column = |gaps| {
            let schedule = Schedule::of(&transcript, &structure, Pacing { gaps, ..Pacing::default() });
            let shows = schedule.over(&transcript, &structure);
            let axis = Axis::new(shows, 60, (Lang::En, Ruler::default()));
            axis.column(shows.show(PostId::new(2))) - axis.column(shows.show(PostId::new(1)))
        };
        assert!(column(GapModel::Cap) < column(GapModel::Real));
    }

    #[test]
    fn one_post_and_none_have_an_axis() {
        assert_eq!(axis(&[0], 40).column(0), 0);
        assert_eq!(axis(&[], 40), Axis::default());
    }
}
