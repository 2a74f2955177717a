//! Where the replay stands, and how it moves.

use super::state::App;
use crate::replay::{Pacing, Schedule};
use crate::transcript::PostId;
use std::time::Duration;

impl App {
    /// Whether posts are still to be revealed.
    pub fn is_replaying(&self) -> bool {
        self.revealed < self.transcript.len() || self.clock.is_playing()
    }

    /// Show time, no later than the last post.
    pub fn show_ms(&self) -> i64 {
        self.clock.at_ms(self.now).clamp(0, self.shows().total())
    }

    /// Where the replay stands on the record's own clock: between two posts, in proportion to show time.
    pub fn event_ms(&self) -> Option<i64> {
        let newest = PostId::new(self.revealed.checked_sub(1)?);
        let next = PostId::new(self.revealed);
        let start = self.transcript.start(newest)?;
        let after = (next.index() < self.transcript.len()).then(|| self.transcript.start(next)).flatten();
        let Some(after) = after.filter(|&after| after > start) else { return Some(start) };
        let (from, to) = (self.shows().show(newest), self.shows().show(next));
        let share = (self.show_ms() - from) as f64 / (to - from).max(1) as f64;
        Some(start + ((after - start) as f64 * share.clamp(0.0, 1.0)) as i64)
    }

    /// When something on the screen changes by itself; none while the replay stands.
    pub fn deadline(&self) -> Option<Duration> {
        if !self.clock.is_playing() {
            return None;
        }
        let show = self.clock.at_ms(self.now);
        let post = self.clock.reaches(self.shows().next_after(show)?)?;
        let second = Duration::from_secs(self.now.as_secs() + 1);
        Some(post.min(second))
    }

    pub(super) fn reveal(&mut self, now: Duration) {
        let count = self.transcript.len();
        self.revealed = self.shows().revealed(self.clock.at_ms(now)).max(usize::from(count > 0));
        if self.clock.is_playing() && self.revealed == count && !self.source.loading && count > 0 {
            self.clock = self.clock.pause(now);
            self.message = Some(self.lang.words().replay_ended.to_owned());
        }
        self.hurry(now);
    }

    /// Moves the replay to a show time and the reader with it.
    pub(super) fn seek(&mut self, show_ms: i64, now: Duration) {
        self.clock = self.clock.seek(show_ms.clamp(0, self.shows().total()), now);
        self.refresh(now);
        self.reader = self.reader.to_edge(&self.flow(), self.height());
        self.refresh(now);
    }

    /// Another pacing; the replay keeps its place.
    pub(super) fn repace(&mut self, pacing: Pacing, now: Duration) {
        let schedule = Schedule::of(&self.transcript, &self.structure, pacing);
        let there = schedule.over(&self.transcript, &self.structure);
        let show = self.clock.at_ms(now);
        if show < self.shows().total() {
            self.clock = self.clock.seek(self.shows().translate(show, &there), now);
        }
        self.schedule = schedule;
    }
}
