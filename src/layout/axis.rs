//! The time axis: show time to columns and back, with the longest silences folded.
//!
//! Columns follow the show time of the schedule, so that one gap model drives the replay and the picture of
//! it. The longest breaks between sessions are folded to a mark however long they are.

use crate::lang::Lang;
use crate::replay::Schedule;
use crate::structure::Structure;
use crate::text::ruler::Ruler;
use crate::transcript::{ClockKind, PostId, Transcript};
use crate::when::length;

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

impl Axis {
    /// The axis of a record over that many columns.
    pub fn new(
        transcript: &Transcript,
        structure: &Structure,
        schedule: &Schedule,
        columns: usize,
        (lang, ruler): (Lang, Ruler),
    ) -> Self {
        let mut axis = Self::default();
        if transcript.is_empty() || columns == 0 {
            return axis;
        }
        let breaks = folded(structure, columns);
        let labels = labels(&breaks, columns, (lang, ruler));
        let widths: Vec<usize> =
            labels.iter().map(|label| if label.is_empty() { 1 } else { ruler.width(label) + 2 }).collect();
        axis.cut(transcript, schedule, &breaks, columns.saturating_sub(widths.iter().sum()));
        let mut shift = 0;
        for (index, label) in labels.into_iter().enumerate() {
            let column = axis.segments[index].column + axis.segments[index].columns;
            axis.folds.push(Fold { column, columns: widths[index], label });
            shift += widths[index];
            axis.segments[index + 1].column += shift;
        }
        axis.ticks = axis.tick(transcript, schedule, ruler);
        axis
    }

    /// Shares `columns` out to the runs of posts between the folds, by show time, one column at least.
    fn cut(
        &mut self,
        transcript: &Transcript,
        schedule: &Schedule,
        breaks: &[(PostId, i64)],
        columns: usize,
    ) {
        let firsts = std::iter::once(PostId::new(0)).chain(breaks.iter().map(|&(first, _)| first));
        let lasts =
            breaks.iter().map(|&(first, _)| PostId::new(first.index() - 1)).chain(transcript.last_id());
        let runs: Vec<_> =
            firsts.zip(lasts).map(|(a, b)| (a, b, schedule.show(a), schedule.show(b))).collect();
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

    fn tick(&self, transcript: &Transcript, schedule: &Schedule, ruler: Ruler) -> Vec<Tick> {
        match transcript.meta.clock {
            ClockKind::None => self.post_ticks(schedule, ruler),
            ClockKind::Wall | ClockKind::Offset => STEPS_MIN
                .iter()
                .map(|&step| self.time_ticks(transcript, schedule, ruler, step * 60_000))
                .find(Option::is_some)
                .flatten()
                .unwrap_or_default(),
        }
    }

    fn post_ticks(&self, schedule: &Schedule, ruler: Ruler) -> Vec<Tick> {
        let mut ticks = Vec::new();
        let mut free = 0;
        let last = self.segments.last().map_or(0, |segment| segment.last.number());
        let end = self.segments.last().map_or(0, |segment| segment.column + segment.columns);
        let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
            .into_iter()
            .find(|step| last / step <= 12)
            .unwrap_or(5000);
        for number in (step..=last).step_by(step) {
            let column = self.column(schedule.show(PostId::new(number - 1)));
            let label = format!("#{number}");
            let width = ruler.width(&label);
            if column >= free && column + width <= end {
                free = column + width + 2;
                ticks.push(Tick { column, label });
            }
        }
        ticks
    }

    /// Marks every `step` of the record's own clock; none if they would crowd.
    fn time_ticks(
        &self,
        transcript: &Transcript,
        schedule: &Schedule,
        ruler: Ruler,
        step: i64,
    ) -> Option<Vec<Tick>> {
        let mut ticks: Vec<Tick> = Vec::new();
        let mut crowded = 0;
        let shift = transcript.meta.origin.map_or(0, |origin| {
            use chrono::Timelike;
            i64::from(origin.time().num_seconds_from_midnight()) * 1000
        });
        for segment in &self.segments {
            let start = |id: PostId| transcript.start(id).unwrap_or(0) + shift;
            let (from, to) = (start(segment.first), start(segment.last));
            let mut at = (from + step - 1).div_euclid(step) * step;
            if to.saturating_sub(from) / step > 400 {
                return None;
            }
            let mut free = segment.column;
            while at <= to {
                let column = self.column(show_of(transcript, schedule, segment, at - shift));
                let label = tick_label(transcript.meta.clock, at, step);
                let width = ruler.width(&label);
                if column >= free && column + width <= segment.column + segment.columns {
                    free = column + width + 2;
                    ticks.push(Tick { column, label });
                } else {
                    crowded += 1;
                }
                at += step;
            }
        }
        (crowded <= ticks.len() / 3 + 1).then_some(ticks)
    }
}

const STEPS_MIN: [i64; 13] = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 10_080, 43_200, 525_600];

fn tick_label(clock: ClockKind, at: i64, step: i64) -> String {
    let minutes = at / 60_000;
    let (hour, minute) = (minutes / 60, minutes % 60);
    match clock {
        ClockKind::Offset => format!("{hour}:{minute:02}"),
        _ if step % 3_600_000 == 0 => format!("{:02}", hour.rem_euclid(24)),
        _ => format!("{:02}:{minute:02}", hour.rem_euclid(24)),
    }
}

/// The show time of a moment between two posts.
fn show_of(transcript: &Transcript, schedule: &Schedule, segment: &Segment, at: i64) -> i64 {
    let start = |index: usize| transcript.start(PostId::new(index)).unwrap_or(i64::MIN);
    let (mut low, mut high) = (segment.first.index(), segment.last.index());
    while low < high {
        let middle = usize::midpoint(low, high);
        if start(middle) < at { low = middle + 1 } else { high = middle }
    }
    let show = |index| schedule.show(PostId::new(index));
    if low == segment.first.index() || start(low) <= at {
        return show(low);
    }
    let (before, after) = (start(low - 1), start(low));
    let share = (at - before) as f64 / (after - before).max(1) as f64;
    show(low - 1) + ((show(low) - show(low - 1)) as f64 * share) as i64
}

/// The breaks that are folded: the longest, as many as there is room for, as (first post behind, length).
fn folded(structure: &Structure, columns: usize) -> Vec<(PostId, i64)> {
    let most = columns / 12;
    let sessions = structure.sessions().iter().skip(1);
    let mut breaks: Vec<_> = sessions
        .filter_map(|session| Some((session.first, structure.gap_before(session.first)?.ms)))
        .collect();
    breaks.sort_by_key(|&(_, ms)| std::cmp::Reverse(ms));
    breaks.truncate(most);
    breaks.sort_by_key(|&(first, _)| first);
    breaks
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
    use crate::format::{Forced, read_bytes};
    use crate::replay::Pacing;

    fn record(minutes: &[u32]) -> (Transcript, Structure, Schedule) {
        let stamp = |minute: &u32| format!("2025-01-01 {:02}:{:02}\n甲\n一\n", 8 + minute / 60, minute % 60);
        let text: Vec<String> = minutes.iter().map(stamp).collect();
        let text = text.concat();
        let transcript = read_bytes(text.as_bytes(), Forced::default()).unwrap().0;
        let structure = Structure::of(&transcript);
        let schedule = Schedule::of(&transcript, &structure, Pacing::default());
        (transcript, structure, schedule)
    }

    fn axis(minutes: &[u32], columns: usize) -> (Axis, Schedule) {
        let (transcript, structure, schedule) = record(minutes);
        let axis = Axis::new(&transcript, &structure, &schedule, columns, (Lang::Zh, Ruler::default()));
        (axis, schedule)
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
        let (axis, _) = axis(&[0, 30, 60, 110, 360, 400, 440], 60);
        assert_eq!(axis.folds.len(), 1);
        assert_eq!(drawn(&axis, 60).len(), 60);
        let labels: Vec<_> = axis.ticks.iter().map(|tick| tick.label.as_str()).collect();
        assert!(labels.starts_with(&["08"]) || labels.starts_with(&["08:00"]), "{labels:?}");
    }

    #[test]
    fn columns_grow_with_time_and_lead_back_to_it() {
        for columns in [1, 2, 5, 17, 60, 133] {
            let (axis, schedule) = axis(&[0, 0, 1, 3, 30, 60, 120, 360, 420, 480], columns);
            let mut before = 0;
            for show in (0..=schedule.total()).step_by(7000) {
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
        for columns in 10..150 {
            let (axis, _) = axis(&[0, 7, 13, 30, 62, 121, 179, 360, 420, 481, 540, 700], columns);
            let mut free = 0;
            for tick in &axis.ticks {
                assert!(tick.column >= free, "{} at {columns}", drawn(&axis, columns));
                free = tick.column + tick.label.len() + 1;
            }
        }
    }

    #[test]
    fn a_capped_gap_is_short_on_the_axis_too() {
        let (transcript, structure, _) = record(&[0, 10, 55, 60]);
        let column = |gaps| {
            let schedule = Schedule::of(&transcript, &structure, Pacing { gaps, ..Pacing::default() });
            let axis = Axis::new(&transcript, &structure, &schedule, 60, (Lang::En, Ruler::default()));
            axis.column(schedule.show(PostId::new(2))) - axis.column(schedule.show(PostId::new(1)))
        };
        assert!(column(GapModel::Cap) < column(GapModel::Real));
    }

    #[test]
    fn one_post_and_none_have_an_axis() {
        assert_eq!(axis(&[0], 40).0.column(0), 0);
        assert_eq!(axis(&[], 40).0, Axis::default());
    }
}
