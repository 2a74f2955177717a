//! Solo, mute and the order of the speaker list; the replay hurries through what is muted.

use super::state::App;
use crate::action::Action;
use crate::layout::hearing::{Hearing, Voice};
use crate::transcript::{PostId, SpeakerId};
use crate::when::{FASTEST, SLOWEST, speed};
use std::time::Duration;

/// So many times as fast the replay goes while somebody speaks who is muted.
const HURRY: f64 = 10.0;

/// Among so many posts that are shown the next turn or exchange is looked for.
const MOST_SHOWN: usize = 1000;

impl App {
    pub(super) fn mix(&mut self, action: Action, now: Duration) {
        // A further press means the same person, wherever one reads then.
        let again = self.mixed.last.filter(|(before, _)| *before == action).map(|(_, person)| person);
        let person = again.unwrap_or_else(|| self.speaker());
        self.mixed.last = Some((action, person));
        let place = self.roster.place(person);
        let hid = self.hearing.hides();
        let words = self.lang.words();
        let message = match action {
            Action::Solo | Action::Mute => {
                let name = self.structure.name(&self.transcript, person).to_owned();
                let of = if action == Action::Solo {
                    self.hearing.turn_solo(person);
                    [words.solo, words.alone, words.no_solo][self.solo_level(person)]
                } else {
                    self.hearing.turn_mute(person);
                    match self.hearing.voice(person) {
                        _ if !self.hearing.is_muted(person) => words.unmuted,
                        Voice::Hidden => words.hidden,
                        _ => words.muted,
                    }
                };
                self.rehear(hid, now);
                format!("{of} {name}")
            }
            Action::HearAll => {
                self.hearing = Hearing::default();
                self.rehear(hid, now);
                words.all_heard.to_owned()
            }
            Action::CycleOrder => {
                self.roster.order = self.roster.order.next();
                format!("{} {}", words.order, words.orders[self.roster.order as usize])
            }
            _ => {
                self.roster.by_role = !self.roster.by_role;
                if self.roster.by_role { words.by_role } else { words.not_by_role }.to_owned()
            }
        };
        self.refresh(now);
        // Whoever stands there now is chosen instead of one who is hidden.
        if self.roster.place(self.chosen).is_none() {
            let last = self.roster.len().saturating_sub(1);
            self.chosen = place.and_then(|place| self.roster.at(place.min(last))).unwrap_or(self.chosen);
        }
        self.message = Some(message);
    }

    /// Who is heard has changed: other posts may be shown.
    fn rehear(&mut self, hid: bool, now: Duration) {
        if !hid && self.hearing.hides() {
            self.jumps.leave(self.reader.focus);
        }
        self.reshow(now, Self::sift);
    }

    /// Where the next or previous turn, exchange or silence begins; of those that are hidden in part, with the first post
    /// that is shown.
    pub(super) fn start_of_next(&self, action: Action, from: PostId) -> Option<PostId> {
        let (structure, transcript) = (&self.structure, &self.transcript);
        if !self.showing().hides() {
            return match action {
                Action::TurnNext => structure.next_turn(transcript, from),
                Action::TurnPrevious => structure.previous_turn(transcript, from),
                Action::ExchangeNext => structure.next_exchange(from),
                Action::ExchangePrevious => structure.previous_exchange(from),
                Action::GapNext => structure.next_gap(from),
                _ => structure.previous_gap(from),
            };
        }
        let of = |post: PostId| match action {
            Action::TurnNext | Action::TurnPrevious => Some(structure.turn_of(transcript, post)),
            Action::ExchangeNext | Action::ExchangePrevious => structure.question_of(post),
            // What lies between two silences.
            _ => structure.previous_gap(PostId::new(post.number())).or(Some(PostId::default())),
        };
        let own = of(from);
        if matches!(action, Action::TurnNext | Action::ExchangeNext | Action::GapNext) {
            return self.spoken(from, true).find(|&post| of(post).is_some_and(|other| Some(other) != own));
        }
        let first = |post: PostId| {
            self.spoken(post, false).take_while(|&before| of(before) == of(post)).last().unwrap_or(post)
        };
        if own.is_some() && first(from) != from {
            return Some(first(from));
        }
        let last = self.spoken(from, false).find(|&post| of(post).is_some_and(|other| Some(other) != own));
        last.map(first)
    }

    /// Posts that are shown, no captions, from one on in a direction; some thousand.
    fn spoken(&self, from: PostId, forward: bool) -> impl Iterator<Item = PostId> {
        let shown = self.showing();
        let next = move |&post: &PostId| {
            if forward { shown.after(post, self.transcript.len()) } else { shown.before(post) }
        };
        let posts = std::iter::successors(next(&from), next).take(MOST_SHOWN);
        posts.filter(|&post| self.structure.caption_of(post).is_none())
    }

    fn solo_level(&self, person: SpeakerId) -> usize {
        match (self.hearing.has_solo(person), self.hearing.hides_others()) {
            (true, false) => 0,
            (true, true) => 1,
            _ => 2,
        }
    }

    /// A post, or if it is hidden the nearest that way that is shown.
    pub(super) fn shown(&self, post: PostId, forward: bool) -> Option<PostId> {
        if post.index() >= self.transcript.len() {
            return None;
        }
        let shown = self.showing();
        if shown.has(post) {
            return Some(post);
        }
        if forward { shown.after(post, self.transcript.len()) } else { shown.before(post) }
    }

    /// Shows what is hidden, if a post is that one goes to.
    pub(super) fn unhide(&mut self, post: PostId) {
        let shown = self.showing();
        if shown.voice(post) == Voice::Hidden && !shown.has(post) {
            self.hearing.show();
            self.mixed.hid_at = None;
            self.sift();
            self.message = Some(self.lang.words().shown_again.to_owned());
        }
        self.open_for(post);
    }

    pub(super) fn change_speed(&mut self, action: Action, now: Duration) {
        let wanted = match action {
            Action::Faster => self.speed * 2.0,
            Action::Slower => self.speed / 2.0,
            _ => 1.0,
        };
        // What lies outside is left out, so that the way back leads over the same speeds.
        if (SLOWEST..=FASTEST).contains(&wanted) {
            self.set_speed(wanted, now);
        }
        if !self.is_replaying() {
            self.tell_speed();
        }
    }

    /// Tells the speed, where the bar does not.
    pub(super) fn tell_speed(&mut self) {
        self.message = Some(format!("{} {}×", self.lang.words().replay.speed, speed(self.speed)));
    }

    pub(super) fn set_speed(&mut self, speed: f64, now: Duration) {
        self.speed = speed.clamp(SLOWEST, FASTEST);
        self.run(now);
    }

    /// Sets the clock to the speed, which is higher while it hurries.
    fn run(&mut self, now: Duration) {
        let factor = if self.hurries { HURRY } else { 1.0 };
        self.clock = self.clock.with_speed(self.speed * factor, now);
    }

    /// Hurries while somebody speaks who is not heard, and through what filters leave out.
    pub(super) fn hurry(&mut self, now: Duration) {
        let newest = self.revealed.checked_sub(1).map(PostId::new).filter(|_| self.clock.is_playing());
        let shown = self.showing();
        let hurries = newest.is_some_and(|post| shown.voice(post) != Voice::Heard || shown.is_filtered(post));
        if hurries != self.hurries {
            self.hurries = hurries;
            self.run(now);
        }
    }
}
