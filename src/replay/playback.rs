//! A replay that only goes on: which post is due, and when the next one will be. Time is an argument.

use super::clock::Clock;
use crate::action::Action;
use crate::transcript::PostId;
use std::time::Duration;

/// A post, and when it appears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    /// The post.
    pub post: PostId,
    /// Its show time, in milliseconds.
    pub show_ms: i64,
}

/// What an action has led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Nothing that is worth a word: either it is seen by itself, or the action means nothing here.
    Nothing,
    /// Another speed, a pause or its end.
    Changed,
    /// Tell which keys there are.
    Help,
    /// Leave.
    Quit,
    /// Stop the process for a while.
    Suspend,
}

/// A replay of some posts, which come in the order of their show times.
#[derive(Debug, Clone)]
pub struct Playback<Cues> {
    cues: Cues,
    next: Option<Cue>,
    clock: Clock,
}

impl<Cues: Iterator<Item = Cue>> Playback<Cues> {
    /// Begins: the first post is due now, whatever its show time.
    pub fn begin(mut cues: Cues, speed: f64, now: Duration) -> Self {
        let next = cues.next();
        let first = next.map_or(0, |cue| cue.show_ms);
        Self { cues, next, clock: Clock::paused_at(first, speed).play(now) }
    }

    /// The post that comes next; none at the end.
    pub fn next(&self) -> Option<PostId> {
        self.next.map(|cue| cue.post)
    }

    /// The next post, if its time has come; it is given out once.
    pub fn take_due(&mut self, now: Duration) -> Option<PostId> {
        let due = self.next.filter(|cue| cue.show_ms <= self.clock.at_ms(now))?;
        self.next = self.cues.next();
        Some(due.post)
    }

    /// When the next post will be due; none at the end, and while it is paused.
    pub fn deadline(&self) -> Option<Duration> {
        let cue = self.next?;
        // A clock that stands may have been set to the time of a post, or of several.
        let stands_there = || cue.show_ms <= self.clock.at_ms(Duration::ZERO);
        self.clock.reaches(cue.show_ms).or_else(|| stands_there().then_some(Duration::ZERO))
    }

    /// The clock.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// The process stood still: that time has not passed.
    pub fn leave_out(&mut self, from: Duration, to: Duration) {
        if self.clock.is_playing() {
            self.clock = self.clock.pause(from).play(to);
        }
    }

    /// Does what a key means in a replay. What moves a reader means nothing here.
    pub fn act(&mut self, action: Action, now: Duration) -> Reply {
        self.clock = match action {
            Action::TogglePlay if self.clock.is_playing() => self.clock.pause(now),
            Action::TogglePlay => self.clock.play(now),
            Action::Faster => self.clock.with_speed(self.clock.speed() * 2.0, now),
            Action::Slower => self.clock.with_speed(self.clock.speed() / 2.0, now),
            Action::NormalSpeed => self.clock.with_speed(1.0, now),
            Action::StepForward | Action::SkipGap => {
                self.skip(now);
                return Reply::Nothing;
            }
            Action::Help => return Reply::Help,
            Action::Quit => return Reply::Quit,
            Action::Suspend => return Reply::Suspend,
            _ => return Reply::Nothing,
        };
        Reply::Changed
    }

    /// The time of the next post is now. A post that is late already stays so.
    fn skip(&mut self, now: Duration) {
        let Some(cue) = self.next else { return };
        if cue.show_ms > self.clock.at_ms(now) {
            self.clock = self.clock.seek(cue.show_ms, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::{Just, Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};

    const fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    fn cues(shows: &[i64]) -> std::vec::IntoIter<Cue> {
        let cues = shows.iter().enumerate();
        cues.map(|(index, &show_ms)| Cue { post: PostId::new(index), show_ms })
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// Numbers of the posts that are given out at a time.
    fn due<Cues: Iterator<Item = Cue>>(playback: &mut Playback<Cues>, now: Duration) -> Vec<usize> {
        std::iter::from_fn(|| playback.take_due(now)).map(PostId::number).collect()
    }

    #[test]
    fn it_begins_with_its_first_post_and_keeps_the_distances() {
        let mut playback = Playback::begin(cues(&[60_000, 61_000, 61_000, 90_000]), 2.0, ms(7));
        assert_eq!((due(&mut playback, ms(7)), playback.next()), (vec![1], Some(PostId::new(1))));
        let deadline = playback.deadline().unwrap();
        assert!(deadline >= ms(507) && deadline < ms(508), "{deadline:?}");
        assert!(due(&mut playback, ms(506)).is_empty());
        assert_eq!(due(&mut playback, deadline), [2, 3]);
        assert_eq!(due(&mut playback, ms(60_000)), [4]);
        assert_eq!((playback.next(), playback.deadline()), (None, None));
    }

    #[test]
    fn keys_pause_it_change_its_speed_and_skip() {
        let mut playback = Playback::begin(cues(&[0, 10_000, 20_000, 20_000, 90_000]), 1.0, ms(0));
        assert_eq!(due(&mut playback, ms(0)), [1]);
        for (at, action, reply, shown, deadline) in [
            (1000, Action::TogglePlay, Reply::Changed, &[][..], None),
            (50_000, Action::TogglePlay, Reply::Changed, &[], Some(59_000)),
            (51_000, Action::Faster, Reply::Changed, &[], Some(55_000)),
            (52_000, Action::Slower, Reply::Changed, &[], Some(58_000)),
            (53_000, Action::StepForward, Reply::Nothing, &[2], Some(63_000)),
            (54_000, Action::TogglePlay, Reply::Changed, &[], None),
            // Those of one moment come together, and a standing replay stands on.
            (60_000, Action::SkipGap, Reply::Nothing, &[3, 4], None),
            (61_000, Action::Slower, Reply::Changed, &[], None),
            (62_000, Action::TogglePlay, Reply::Changed, &[], Some(202_000)),
            (62_000, Action::NormalSpeed, Reply::Changed, &[], Some(132_000)),
            (62_000, Action::RowDown, Reply::Nothing, &[], Some(132_000)),
            (62_000, Action::Help, Reply::Help, &[], Some(132_000)),
            (62_000, Action::Suspend, Reply::Suspend, &[], Some(132_000)),
            (62_000, Action::Quit, Reply::Quit, &[], Some(132_000)),
            (62_000, Action::StepForward, Reply::Nothing, &[5], None),
            (62_000, Action::StepForward, Reply::Nothing, &[], None),
        ] {
            assert_eq!(playback.act(action, ms(at)), reply, "{action:?} at {at}");
            assert_eq!(due(&mut playback, ms(at)), shown, "{action:?} at {at}");
            let found = playback.deadline().map(|deadline| deadline.as_millis());
            assert_eq!(found, deadline, "{action:?} at {at}");
        }
    }

    #[test]
    fn a_post_that_was_skipped_to_is_due_though_the_replay_stands() {
        let mut playback = Playback::begin(cues(&[0, 10_000]), 1.0, ms(0));
        assert_eq!(due(&mut playback, ms(0)), [1]);
        playback.act(Action::TogglePlay, ms(5));
        playback.act(Action::StepForward, ms(6));
        assert_eq!(playback.deadline(), Some(Duration::ZERO));
    }

    #[test]
    fn time_in_which_the_process_stood_still_has_not_passed() {
        let mut playback = Playback::begin(cues(&[0, 10_000]), 1.0, ms(0));
        assert_eq!(due(&mut playback, ms(0)), [1]);
        playback.leave_out(ms(4000), ms(100_000));
        assert_eq!(playback.deadline().map(|deadline| deadline.as_millis()), Some(106_000));
        playback.act(Action::TogglePlay, ms(101_000));
        playback.leave_out(ms(102_000), ms(103_000));
        assert_eq!((due(&mut playback, ms(200_000)), playback.deadline()), (vec![], None));
    }

    fn step() -> impl Strategy<Value = (u64, Option<Action>)> {
        let action = prop_oneof![
            4 => Just(None), 2 => Just(Some(Action::TogglePlay)), 1 => Just(Some(Action::Faster)),
            1 => Just(Some(Action::Slower)), 1 => Just(Some(Action::NormalSpeed)),
            1 => Just(Some(Action::StepForward)), 1 => Just(Some(Action::SkipGap)), 1 => Just(Some(Action::Top)),
        ];
        (prop_oneof![0u64..20, 0u64..3000], action)
    }

    proptest! {
        #[test]
        fn whatever_is_pressed_every_post_comes_once_in_order_and_never_early(
            gaps in vec(prop_oneof![Just(0i64), 0i64..4000], 1..40), steps in vec(step(), 0..120)
        ) {
            let shows: Vec<i64> = gaps.iter().scan(1000, |at, gap| { *at += gap; Some(*at) }).collect();
            let mut playback = Playback::begin(cues(&shows), 1.0, ms(3));
            // The same in plain sums: show time, speed, whether it runs.
            let (mut now, mut show, mut speed, mut runs) = (3, shows[0] as f64, 1.0f64, true);
            let mut told = Vec::new();
            for (wait, action) in steps {
                now += wait;
                show += if runs { wait as f64 * speed } else { 0.0 };
                if let Some(action) = action {
                    let next = shows.get(told.len()).map_or(0.0, |&next| next as f64);
                    match action {
                        Action::TogglePlay => runs = !runs,
                        Action::Faster => speed = (speed * 2.0).min(10_000.0),
                        Action::Slower => speed = (speed / 2.0).max(0.1),
                        Action::NormalSpeed => speed = 1.0,
                        Action::StepForward | Action::SkipGap => show = show.max(next),
                        _ => {}
                    }
                    playback.act(action, ms(now));
                }
                while let Some(post) = playback.take_due(ms(now)) {
                    prop_assert!(shows[post.index()] as f64 <= show + 1.0, "{post:?} at {show}");
                    told.push(post.index());
                }
                let waiting = shows.get(told.len());
                prop_assert!(waiting.is_none_or(|&next| next as f64 > show - 1.0), "late at {show}");
                prop_assert_eq!(playback.deadline().is_some(), runs && waiting.is_some());
                prop_assert!(playback.deadline().is_none_or(|deadline| deadline > ms(now)));
            }
            if !runs {
                playback.act(Action::TogglePlay, ms(now));
            }
            while let Some(deadline) = playback.deadline() {
                let post = playback.take_due(deadline);
                prop_assert!(post.is_some(), "nothing is due at the deadline");
                told.extend(post.map(PostId::index));
            }
            prop_assert_eq!(told, (0..shows.len()).collect::<Vec<_>>());
        }
    }
}
