//! Stamps: disorder, none at all, and times between posts that are improbable.

use super::finding::{Detail, Finding};
use super::record::Record;
use crate::structure::BREAK_MS;
use crate::transcript::{ClockKind, Kind, PostId, Role, SpeakerId};

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;

/// A turn that goes on after so many times the usual gap is torn.
const MANY: i64 = 20;

/// What is a jump of days.
const JUMP: i64 = 3 * DAY;

/// A jump is so many times as long as what the record knows else.
const FAR: i64 = 8;

/// There are no more jumps than that: more are the way of the record.
const JUMPS: usize = 1;

/// In a record of fewer gaps nothing is usual.
const FEWEST: usize = 8;

/// A gap, and what stands behind it.
#[derive(Clone, Copy)]
struct Step {
    than: PostId,
    id: PostId,
    ms: i64,
}

/// Looks at all stamps.
pub fn look(record: Record, found: &mut Vec<Finding>) {
    if record.transcript.meta.clock == ClockKind::None {
        return;
    }
    let mut usual = Usual::default();
    for step in steps(record) {
        match step {
            Ok(step) => usual.take(step.ms),
            // Who joins a channel is often told without a time.
            Err(unstamped) if record.transcript.post(unstamped).kind == Kind::System => {}
            Err(unstamped) => found.push(record.at_post(unstamped, Detail::Unstamped)),
        }
    }
    let is_hosted = record.structure.is_hosted();
    for step in steps(record).filter_map(Result::ok) {
        let detail = match step.ms {
            ..0 => Some(backward(record, step)),
            ms if usual.is_jump(ms) => Some(Detail::Days { ms }),
            ms if is_hosted && usual.is_long(ms) && is_torn(record, step) => Some(Detail::Torn { ms }),
            _ => None,
        };
        found.extend(detail.map(|detail| record.at_post(step.id, detail)));
    }
}

/// Every step from one stamped post to the next, and every post without a stamp.
fn steps(record: Record) -> impl Iterator<Item = Result<Step, PostId>> {
    let mut before: Option<(PostId, i64)> = None;
    let starts = record.transcript.starts(PostId::default()).enumerate();
    starts.filter_map(move |(index, start)| {
        let id = PostId::new(index);
        let Some(start) = start else { return Some(Err(id)) };
        let (than, earlier) = before.replace((id, start))?;
        Some(Ok(Step { than, id, ms: start.saturating_sub(earlier) }))
    })
}

/// A step back: by twelve hours or a day less than an hour, a clock or a date was read wrongly.
fn backward(record: Record, step: Step) -> Detail {
    let Step { than, ms, .. } = step;
    let is_wall = record.transcript.meta.clock == ClockKind::Wall;
    let slip = [12, 24].into_iter().find(|&hours| (0..=HOUR).contains(&(ms + i64::from(hours) * HOUR)));
    match slip.filter(|_| is_wall) {
        Some(hours) => Detail::Slip { hours, than },
        None => Detail::Earlier { ms: ms.saturating_neg(), than },
    }
}

/// Whether a guest is silent in the middle of a turn. Hosts and admins part sessions.
fn is_torn(record: Record, step: Step) -> bool {
    let speaker = |id: PostId| -> SpeakerId { record.structure.author(record.transcript, id) };
    speaker(step.than) == speaker(step.id) && *record.structure.role(speaker(step.id)) == Role::Guest
}

/// What is usual in a record.
struct Usual {
    /// How many gaps there are of each length, by powers of two.
    lengths: [usize; 64],
    count: usize,
    /// The longest ones, falling.
    longest: [i64; JUMPS + 1],
}

impl Default for Usual {
    fn default() -> Self {
        Self { lengths: [0; 64], count: 0, longest: [0; JUMPS + 1] }
    }
}

impl Usual {
    fn take(&mut self, ms: i64) {
        let Ok(length) = u64::try_from(ms) else { return };
        self.lengths[(64 - length.leading_zeros()).min(63) as usize] += 1;
        self.count += 1;
        let place = self.longest.partition_point(|&longer| longer >= ms);
        if let Some(later) = self.longest.get_mut(place..).filter(|later| !later.is_empty()) {
            later.rotate_right(1);
            later[0] = ms;
        }
    }

    /// The gap in the middle, rounded up to a power of two.
    fn middle(&self) -> i64 {
        let mut seen = 0;
        let middle = self.lengths.iter().position(|count| {
            seen += count;
            seen * 2 >= self.count
        });
        1 << middle.unwrap_or(0).min(62)
    }

    fn is_jump(&self, ms: i64) -> bool {
        self.count >= FEWEST && ms >= JUMP && ms / FAR >= self.longest[JUMPS]
    }

    fn is_long(&self, ms: i64) -> bool {
        self.count >= FEWEST && ms >= BREAK_MS.max(self.middle().saturating_mul(MANY))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_is_told_from_what_is_not() {
        let mut usual = Usual::default();
        for _ in 0..20 {
            usual.take(60_000);
        }
        usual.take(16 * HOUR);
        usual.take(9 * DAY);
        assert_eq!(usual.middle(), 65_536);
        assert!(usual.is_long(HOUR) && !usual.is_long(HOUR / 2));
        assert!(usual.is_jump(9 * DAY) && !usual.is_jump(2 * DAY));
        for _ in 0..4 {
            usual.take(7 * DAY);
        }
        assert!(!usual.is_jump(9 * DAY), "a record of every week");
        assert!(!Usual::default().is_jump(DAY * 9) && !Usual::default().is_long(DAY));
    }
}
