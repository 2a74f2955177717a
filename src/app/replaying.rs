//! The replay under the keys: play, seek, step, pacing, a range, and the orders that are typed.

use super::controls::Repeat;
use super::order::Order;
use super::reader::Reader;
use super::state::App;
use crate::action::Action;
use crate::choice::{GapModel, Pace, ReadingSpeed};
use crate::replay::Pacing;
use crate::transcript::{ClockKind, PostId};
use crate::when::{duration, timer};
use std::time::Duration;

const SHORT_SEEK_MS: i64 = 10_000;
const LONG_SEEK_MS: i64 = 60_000;

/// Where no timeline is shown it is scrubbed in so many steps.
const STEPS: i64 = 100;

/// A measured reading speed is taken over when it differs from the one before by more than one part in so many.
const NOTICED: u32 = 30;

impl App {
    /// Does what concerns the replay; false if an action does not.
    pub(super) fn act_on_replay(&mut self, action: Action, now: Duration) -> bool {
        match action {
            Action::Faster | Action::Slower | Action::NormalSpeed => self.change_speed(action, now),
            Action::Breaks | Action::NewBreak | Action::DropBreak => self.break_points(action),
            _ if !is_of_replay(action) => return false,
            _ if self.ahead().is_some() => self.say(self.lang.words().indexing),
            Action::BreakHere => self.break_points(action),
            Action::CycleGaps | Action::CyclePace => self.cycle_pacing(action, now),
            _ => self.replay(action, now),
        }
        true
    }

    fn replay(&mut self, action: Action, now: Duration) {
        match action {
            Action::TogglePlay => self.toggle_play(now),
            Action::LiveEdge => self.rejoin(now),
            Action::RevealAll => {
                self.put(self.clock.parked(now), now);
                self.reader.follow = false;
            }
            Action::StepForward | Action::SkipGap if self.is_over(now) => {
                self.say(self.lang.words().no_more);
            }
            Action::StepForward => {
                self.engage(now);
                self.seek(self.next_show(now), now);
            }
            Action::SkipGap => {
                self.engage(now);
                // What it lands on may be where the replay is to stop.
                if !self.is_live() {
                    self.clock = self.clock.seek(self.next_show(now), now);
                }
                self.follow(now);
            }
            Action::StepBack => {
                // Where nothing is replayed, back from what is read.
                let shown = if self.is_replaying() || self.source.live {
                    self.revealed
                } else {
                    self.reader.focus.number()
                };
                let newest = self.shows().show(PostId::new(shown.saturating_sub(1)));
                let before = self.shows().revealed(newest - 1).saturating_sub(1);
                self.seek(self.shows().show(PostId::new(before)), now);
            }
            Action::SeekForward => self.seek_by(SHORT_SEEK_MS, now),
            Action::SeekFarForward => self.seek_by(LONG_SEEK_MS, now),
            Action::SeekBack => self.seek_by(-SHORT_SEEK_MS, now),
            Action::SeekFarBack => self.seek_by(-LONG_SEEK_MS, now),
            Action::ScrubForward => self.scrub(true, now),
            Action::ScrubBack => self.scrub(false, now),
            Action::Repeat => self.mark_repeat(now),
            Action::ToggleTyped => {
                self.controls.typed = !self.controls.typed;
                // What stands there was read.
                self.controls.appeared = None;
                self.say(self.lang.words().replay.typed[usize::from(!self.controls.typed)]);
            }
            _ => {}
        }
    }

    fn toggle_play(&mut self, now: Duration) {
        if self.clock.is_playing() {
            self.clock = self.clock.pause(now);
            self.controls.appeared = None;
        } else if self.is_live() {
            // What comes from now on waits.
            self.clock = self.clock.seek(self.shows().total(), now);
            self.say(&self.with_keys(self.lang.words().replay.held));
        } else {
            self.engage(now);
            self.clock = self.clock.play(now);
            self.reader.follow = true;
        }
    }

    /// Whether everything is shown and its last post is read: nothing is left to step on to.
    fn is_over(&self, now: Duration) -> bool {
        let shown = self.clock.at_ms(now) >= self.shows().total() && !self.clock.is_playing();
        shown && !self.source.live && self.reader.focus.number() == self.transcript.len()
    }

    /// Starts the replay from the post in focus if it stands at its end.
    fn engage(&mut self, now: Duration) {
        // A live record that is held goes on from there, and one that is seen as it comes has nothing behind that.
        let goes_on = self.source.live && (self.reader.follow || !self.is_at_edge());
        if self.clock.at_ms(now) >= self.shows().total() && !self.clock.is_playing() && !goes_on {
            let last = self.reader.focus.number() == self.transcript.len();
            let from = if last && !self.source.live { PostId::default() } else { self.reader.focus };
            self.seek(self.shows().show(from), now);
        }
    }

    /// The reader to where posts appear; if it is there, the replay of a live record to what comes just now.
    fn rejoin(&mut self, now: Duration) {
        if self.reader.follow && self.source.live && !self.is_at_edge() {
            self.go_live(now);
            self.say(self.lang.words().replay.caught_up);
        }
        self.follow(now);
    }

    fn follow(&mut self, now: Duration) {
        self.refresh(now);
        self.reader = self.reader.to_edge(&self.flow(), self.height());
    }

    /// When the next post appears.
    fn next_show(&self, now: Duration) -> i64 {
        let show = self.clock.at_ms(now);
        self.shows().next_after(show).unwrap_or(show)
    }

    /// On or back in show time. Back from what comes just now, the record goes on that much later.
    fn seek_by(&mut self, by_ms: i64, now: Duration) {
        let leaves = self.is_live() && by_ms < 0;
        let show = self.clock.at_ms(now).clamp(0, self.shows().total());
        self.seek(show + by_ms, now);
        if leaves {
            self.clock = self.clock.play(now);
        }
    }

    /// A column of the timeline on or back: the replay if there is one, else the reader.
    fn scrub(&mut self, forward: bool, now: Duration) {
        let shows = self.shows();
        let at = if self.is_replaying() { self.show_ms() } else { shows.show(self.reader.focus) };
        let show = if self.panes.tracks.height < 2 {
            let step = shows.total() / STEPS + 1;
            if forward { at + step } else { at - step }
        } else {
            let axis = &self.tracks.axis;
            let column = axis.column(at);
            if forward {
                (column + 1..axis.end()).map(|column| axis.show(column)).find(|&show| show > at)
            } else {
                (0..column).rev().map(|column| axis.show(column)).find(|&show| show < at)
            }
            .unwrap_or(if forward { shows.total() } else { 0 })
        };
        if self.is_replaying() {
            return self.seek(show, now);
        }
        let before = shows.revealed(show).saturating_sub(1);
        let next = if forward { before.max(self.reader.focus.number()) } else { before };
        if next < self.transcript.len() {
            self.go(PostId::new(next), now);
        }
    }

    fn mark_repeat(&mut self, now: Duration) {
        self.controls.repeat = self.controls.repeat.marked(self.reader.focus);
        let words = self.lang.words();
        let message = match self.controls.repeat {
            Repeat::Off => words.replay.no_repeat.to_owned(),
            Repeat::From(post) => {
                format!(
                    "{} #{} · {}",
                    words.replay.repeat,
                    post.number(),
                    self.with_keys(words.replay.repeat_end)
                )
            }
            Repeat::Within(first, last) => {
                self.seek(self.shows().show(first), now);
                self.clock = self.clock.play(now);
                format!("{} #{}–#{}", words.replay.repeat, first.number(), last.number())
            }
        };
        self.message = Some(message);
    }

    fn cycle_pacing(&mut self, action: Action, now: Duration) {
        let pacing = self.schedule.pacing();
        if action == Action::CycleGaps {
            self.pace_by(Pacing { gaps: pacing.gaps.next(), ..pacing }, now);
        } else {
            self.pace_by(Pacing { pace: pacing.pace.next(), ..pacing }, now);
        }
    }

    /// Another pacing, and what it makes of the whole.
    fn pace_by(&mut self, pacing: Pacing, now: Duration) {
        if self.transcript.meta.clock == ClockKind::None {
            return self.say(self.lang.words().replay.no_pacing);
        }
        let measured = self.controls.meter.cpm().filter(|_| self.controls.meter.on);
        let pacing = Pacing { cpm: measured.unwrap_or(pacing.cpm), ..pacing };
        self.repace(pacing, now);
        let words = self.lang.words();
        let as_it_was = || format!("{} {}", words.gaps, self.lang.gap_model(GapModel::Real));
        let told = self.pacing_words().unwrap_or_else(as_it_was);
        self.message = Some(format!("{told} · {}", self.length_words()));
    }

    /// How the replay is paced, unless it is as it happened: `静默 截短 2 分`.
    pub fn pacing_words(&self) -> Option<String> {
        let (pacing, words) = (self.schedule.pacing(), self.lang.words());
        if pacing.pace == Pace::Reading || self.transcript.meta.clock == ClockKind::None {
            let measured = match (self.controls.meter.on, self.controls.meter.cpm()) {
                (false, _) => "",
                (true, Some(_)) => words.replay.measured,
                (true, None) => words.replay.measuring,
            };
            return Some(format!(
                "{} {} {}{measured}",
                self.lang.pace(Pace::Reading),
                pacing.cpm,
                words.replay.cpm
            ));
        }
        let model = self.lang.gap_model(pacing.gaps);
        match pacing.gaps {
            GapModel::Real => None,
            _ => Some(format!("{} {model} {}", words.gaps, duration(self.lang, pacing.limit_ms))),
        }
    }

    /// How long the replay is at 1×: `全长 1:42:00`.
    pub fn length_words(&self) -> String {
        format!("{} {}", self.lang.words().replay.whole, timer(self.shows().total()))
    }

    /// Does what was typed.
    pub(super) fn obey(&mut self, order: Order, now: Duration) {
        if self.ahead().is_some() && !matches!(order, Order::Speed(_)) {
            return self.say(self.lang.words().indexing);
        }
        let pacing = self.schedule.pacing();
        match order {
            Order::Speed(speed) => {
                self.set_speed(speed, now);
                self.tell_speed();
            }
            Order::Gaps(gaps, limit) => {
                let limit_ms = limit.unwrap_or(pacing.limit_ms);
                self.pace_by(Pacing { gaps, limit_ms, pace: Pace::Clock, ..pacing }, now);
            }
            Order::Pace(pace) => self.pace_by(Pacing { pace, ..pacing }, now),
            Order::Reading(speed) => {
                self.controls.meter.on = speed == ReadingSpeed::Measured;
                let cpm = match speed {
                    ReadingSpeed::Fixed(cpm) => cpm,
                    ReadingSpeed::Measured => self.controls.meter.cpm().unwrap_or(pacing.cpm),
                };
                self.repace(Pacing { cpm, pace: Pace::Reading, ..pacing }, now);
                self.message = self.pacing_words().map(|words| format!("{words} · {}", self.length_words()));
            }
            Order::By(ms) => self.seek_by(ms, now),
            Order::Show(ms) => self.seek(ms, now),
            Order::Seek(place) => match place.find(&self.transcript, &self.structure, self.reader.focus) {
                Some(post) => self.seek(self.shows().show(post), now),
                None => self.message = Some(format!("{}: {place}", self.lang.words().not_found)),
            },
            Order::Break(text) => self.add_break(&text),
        }
    }

    /// Somebody has moved on in the text from a position, or done something else.
    pub(super) fn measure(&mut self, action: Action, before: Reader, now: Duration) {
        if !matches!(action, Action::RowDown | Action::HalfDown | Action::PageDown | Action::PostDown) {
            return self.controls.meter.lost();
        }
        if self.clock.is_playing() {
            return;
        }
        let passed = self.read_upto(self.reader).saturating_sub(self.read_upto(before));
        self.controls.meter.moved(passed, now);
        let pacing = self.schedule.pacing();
        let Some(cpm) = self.controls.meter.cpm().filter(|_| self.controls.meter.on) else { return };
        let counts = pacing.pace == Pace::Reading || self.transcript.meta.clock == ClockKind::None;
        if counts && cpm.abs_diff(pacing.cpm) > pacing.cpm / NOTICED {
            self.repace(Pacing { cpm, ..pacing }, now);
        }
    }

    /// As how many characters the text is read that lies before the top of the page.
    fn read_upto(&self, reader: Reader) -> u64 {
        let post = reader.anchor.post;
        let before = self.structure.reading_between(&(0..post.index())) as u64;
        let bytes = self.transcript.body_range(post).len().max(1);
        before + (self.structure.reading(post) * reader.anchor.byte.min(bytes) / bytes) as u64
    }
}

/// Whether an action moves the replay, or depends on where it stands.
const fn is_of_replay(action: Action) -> bool {
    matches!(
        action,
        Action::TogglePlay
            | Action::StepForward
            | Action::StepBack
            | Action::SkipGap
            | Action::SeekForward
            | Action::SeekBack
            | Action::SeekFarForward
            | Action::SeekFarBack
            | Action::LiveEdge
            | Action::RevealAll
            | Action::ScrubForward
            | Action::ScrubBack
            | Action::Repeat
            | Action::ToggleTyped
            | Action::BreakHere
            | Action::CycleGaps
            | Action::CyclePace
    )
}
