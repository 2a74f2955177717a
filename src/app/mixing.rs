//! Solo, mute and the order of the speaker list; the replay hurries through what is muted.

use super::state::App;
use crate::action::Action;
use crate::layout::hearing::{Hearing, Voice};
use crate::replay::{FASTEST, SLOWEST};
use crate::transcript::PostId;
use std::time::Duration;

/// So many times as fast the replay goes while somebody speaks who is muted.
const HURRY: f64 = 10.0;

impl App {
    pub(super) fn mix(&mut self, action: Action) {
        let person = self.speaker();
        let words = self.lang.words();
        let message = match action {
            Action::Solo | Action::Mute => {
                let name = self.structure.name(&self.transcript, person).to_owned();
                let of = if action == Action::Solo {
                    self.hearing.turn_solo(person);
                    [words.solo, words.alone, words.no_solo][self.solo_level()]
                } else {
                    self.hearing.turn_mute(person);
                    match self.hearing.voice(person) {
                        _ if !self.hearing.is_muted(person) => words.unmuted,
                        Voice::Hidden => words.hidden,
                        _ => words.muted,
                    }
                };
                self.rehear();
                format!("{of} {name}")
            }
            Action::HearAll => {
                self.hearing = Hearing::default();
                self.rehear();
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
        self.message = Some(message);
    }

    /// Who is heard has changed: other posts may be shown.
    fn rehear(&mut self) {
        self.cache.clear();
    }

    fn solo_level(&self) -> usize {
        match (self.hearing.has_solo(self.speaker()), self.hearing.hides_others()) {
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
        let record = (&self.transcript, &self.structure);
        if self.hearing.voice_of(record.0, record.1, post) != Voice::Hidden {
            return Some(post);
        }
        if forward {
            self.hearing.after(record, post, self.transcript.len())
        } else {
            self.hearing.before(record, post)
        }
    }

    /// Shows what is hidden, if a post is that one goes to.
    pub(super) fn unhide(&mut self, post: PostId) {
        if self.hearing.voice_of(&self.transcript, &self.structure, post) == Voice::Hidden {
            self.hearing.show();
            self.rehear();
            self.message = Some(self.lang.words().shown_again.to_owned());
        }
    }

    pub(super) fn change_speed(&mut self, action: Action, now: Duration) {
        let speed = match action {
            Action::Faster => self.speed * 2.0,
            Action::Slower => self.speed / 2.0,
            _ => 1.0,
        };
        self.speed = speed.clamp(SLOWEST, FASTEST);
        self.run(now);
    }

    /// Sets the clock to the speed, which is higher while it hurries.
    fn run(&mut self, now: Duration) {
        let factor = if self.hurries { HURRY } else { 1.0 };
        self.clock = self.clock.with_speed(self.speed * factor, now);
    }

    /// Hurries while somebody speaks who is not heard.
    pub(super) fn hurry(&mut self, now: Duration) {
        let newest = self.revealed.checked_sub(1).map(PostId::new).filter(|_| self.clock.is_playing());
        let voice = newest.map(|post| self.hearing.voice_of(&self.transcript, &self.structure, post));
        let hurries = voice.is_some_and(|voice| voice != Voice::Heard);
        if hurries != self.hurries {
            self.hurries = hurries;
            self.run(now);
        }
    }
}
