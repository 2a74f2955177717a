//! Where the replay stands, and how it moves.

use super::controls::Repeat;
use super::state::App;
use crate::replay::{Clock, Pacing, Schedule, reading_ms};
use crate::transcript::PostId;
use std::time::Duration;

/// A post that is typed out gets a frame at most so often.
const FRAME_MS: i64 = 33;

/// A range is repeated once in so many milliseconds of viewer's time at most.
const SHORTEST_ROUND_MS: f64 = 1000.0;

impl App {
    /// Whether posts are still to be revealed.
    pub fn is_replaying(&self) -> bool {
        self.revealed < self.transcript.len() || self.clock.is_playing()
    }

    /// Whether posts may still appear.
    pub fn goes_on(&self) -> bool {
        self.is_replaying() || self.source.live
    }

    /// Whether every post is shown as soon as it is there.
    pub fn is_at_edge(&self) -> bool {
        !self.clock.is_playing() && self.clock.is_parked()
    }

    /// Whether the record is followed and shown as it comes.
    pub fn is_live(&self) -> bool {
        self.source.live && self.is_at_edge()
    }

    /// Whether a record that is followed is not shown as it comes.
    pub fn is_behind(&self) -> bool {
        self.source.live && !self.is_at_edge()
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

    /// When the next post appears; none while the replay stands.
    pub fn next_post(&self) -> Option<Duration> {
        self.clock.reaches(self.shows().next_after(self.clock.at_ms(self.now))?)
    }

    /// When something on the screen changes by itself; none while the replay stands.
    pub fn deadline(&self) -> Option<Duration> {
        if !self.clock.is_playing() {
            return None;
        }
        let second = Some(Duration::from_secs(self.now.as_secs() + 1));
        let post = self.next_post();
        let turn = self.repeat_ms().and_then(|(_, end)| self.clock.reaches(end));
        let letter = self.typed_out().map(|_| self.now + self.letter());
        // A replay that is over has nothing to wait for.
        post.or(turn).or(letter)?;
        [second, post, turn, letter].into_iter().flatten().min()
    }

    /// Viewer's time between two frames of a post that is typed out.
    fn letter(&self) -> Duration {
        Duration::from_millis(reading_ms(1, self.schedule.pacing().cpm).max(FRAME_MS) as u64)
    }

    /// The post that is being typed out, and how many bytes of its body are there.
    pub fn typed_out(&self) -> Option<(PostId, usize)> {
        let newest = PostId::new(self.revealed.checked_sub(1)?);
        if !self.controls.typed || !self.clock.is_playing() {
            return None;
        }
        let passed = self.now.saturating_sub(self.controls.appeared?).as_millis() as f64;
        let whole = reading_ms(self.structure.reading(newest), self.schedule.pacing().cpm) as f64;
        let bytes = self.transcript.body_range(newest).len();
        (passed < whole).then(|| (newest, (bytes as f64 * (passed / whole)) as usize))
    }

    /// How many posts the schedule shows at a time.
    fn due(&self, now: Duration) -> usize {
        self.shows().revealed(self.clock.at_ms(now)).max(usize::from(!self.transcript.is_empty()))
    }

    /// Sets the clock elsewhere; what lies between was not played.
    pub(super) fn put(&mut self, clock: Clock, now: Duration) {
        self.clock = clock;
        self.revealed = self.due(now);
        self.controls.looked = self.revealed;
        self.controls.appeared = Some(now);
    }

    pub(super) fn reveal(&mut self, now: Duration) {
        let mut before = self.revealed;
        if let Some(start) = self.turn_round(now) {
            // What the range begins with is played once more.
            before = self.shows().revealed(start - 1);
        }
        self.revealed = self.due(now);
        self.stop_at_break(before, now);
        if self.revealed != before {
            self.controls.appeared = Some(now);
        }
        self.end_replay(now);
        self.looked_on(before);
        self.hurry(now);
    }

    /// The end: a record that goes on is followed from there, in any other the replay stops.
    fn end_replay(&mut self, now: Duration) {
        let is_over = self.revealed == self.transcript.len() && !self.transcript.is_empty();
        if !self.clock.is_playing()
            || !is_over
            || self.source.loading
            || self.repeat_ms().is_some()
            || self.typed_out().is_some()
        {
            return;
        }
        let words = self.lang.words();
        if self.source.live {
            self.go_live(now);
            self.message = Some(words.replay.caught_up.to_owned());
        } else {
            self.clock = self.clock.pause(now);
            self.message = Some(words.replay.replay_ended.to_owned());
        }
    }

    /// Behind what comes just now there is no faster.
    pub(super) fn go_live(&mut self, now: Duration) {
        self.set_speed(1.0, now);
        self.clock = self.clock.parked(now);
        self.revealed = self.due(now);
    }

    /// Show time of the range that is repeated: to where its last post was read, or the next one comes.
    pub fn repeat_ms(&self) -> Option<(i64, i64)> {
        let Repeat::Within(first, last) = self.controls.repeat else { return None };
        let start = self.shows().show(last);
        let reading = reading_ms(self.structure.reading(last), self.schedule.pacing().cpm).max(1000);
        let read = start + (reading as f64 * self.speed.max(1.0)) as i64;
        let end = self.shows().next_after(start).map_or(read, |next| next.min(read));
        let first = self.shows().show(first);
        // A round that nobody can see is none.
        Some((first, end.max(first + (SHORTEST_ROUND_MS * self.speed.max(1.0)) as i64)))
    }

    /// Goes on at the beginning of the range that is repeated when its end is reached, as much later as it is past; says
    /// when the beginning is shown.
    fn turn_round(&mut self, now: Duration) -> Option<i64> {
        let (start, end) = self.repeat_ms().filter(|_| self.clock.is_playing())?;
        let at = self.clock.at_ms(now);
        if at < end {
            return None;
        }
        self.put(self.clock.seek(start + (at - end) % (end - start), now), now);
        Some(start)
    }

    /// Moves the replay to a show time and the reader with it.
    pub(super) fn seek(&mut self, show_ms: i64, now: Duration) {
        // There is nothing behind what comes just now.
        if self.is_live() && show_ms >= self.shows().total() {
            return self.say(self.lang.words().no_more);
        }
        if self.repeat_ms().is_some_and(|(start, end)| !(start..end).contains(&show_ms)) {
            self.controls.repeat = Repeat::Off;
        }
        self.put(self.clock.seek(show_ms.clamp(0, self.shows().total()), now), now);
        self.refresh(now);
        self.reader = self.reader.to_edge(&self.flow(), self.height());
        self.refresh(now);
    }

    /// Another pacing; the replay keeps its place.
    pub(super) fn repace(&mut self, pacing: Pacing, now: Duration) {
        let schedule = Schedule::of(&self.transcript, &self.structure, pacing);
        let there = schedule.over(&self.transcript, &self.structure);
        let show = self.shows().translate(self.clock.at_ms(now), &there);
        self.schedule = schedule;
        if !self.is_at_edge() {
            self.put(self.clock.seek(show, now), now);
        }
    }

    /// What grows may move the posts that share its last stamp: the replay keeps its place among them, and one that
    /// stands reveals nothing.
    pub(super) fn keep_place(&mut self, newest: Option<(PostId, i64)>) {
        let Some((newest, was)) = newest.filter(|_| !self.is_at_edge()) else { return };
        let is = self.shows().show(newest);
        self.clock = self.clock.shifted(is - was);
        let next = PostId::new(newest.number());
        if !self.clock.is_playing() && next.index() < self.transcript.len() {
            let latest = (self.shows().show(next) - 1).max(is);
            if self.clock.at_ms(self.now) > latest {
                self.clock = self.clock.seek(latest, self.now);
            }
        }
    }

    /// Whoever follows what appears has seen it; whoever has stayed behind has not.
    fn looked_on(&mut self, before: usize) {
        let is_up_to_date = self.reader.follow && self.controls.looked >= before;
        if is_up_to_date || self.source.loading {
            self.controls.looked = self.revealed;
        }
        self.controls.looked = self.controls.looked.min(self.revealed);
    }

    /// What stands on the page was seen.
    pub(super) fn look(&mut self) {
        let last = self.page.last().map_or(0, |row| row.post.number());
        self.controls.looked = self.controls.looked.max(last).min(self.revealed);
    }

    /// How many posts were seen.
    pub fn looked(&self) -> usize {
        self.controls.looked
    }

    /// Whether a post has appeared since one looked.
    pub fn is_new(&self, post: PostId) -> bool {
        self.goes_on() && (self.controls.looked..self.revealed).contains(&post.index())
    }
}
