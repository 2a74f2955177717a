//! One arm for each action.

use super::finder::Purpose;
use super::input::Effect;
use super::reader::Reader;
use super::state::{App, MEASURES};
use crate::action::{Action, Mode, PromptKind};
use crate::choice::LayoutKind;
use crate::layout::{help, panes};
use crate::query::Where;
use crate::transcript::{PostId, SpeakerId};
use std::time::Duration;

/// Farther than any list is long.
const FAR: isize = isize::MAX / 2;

impl App {
    /// Does what a key or a click asks for.
    pub fn act(&mut self, action: Action, now: Duration) -> Effect {
        self.message = None;
        self.now = now;
        self.look();
        let before = self.reader;
        self.mixed.last.take_if(|(before, _)| *before != action);
        match action {
            Action::Quit => return Effect::Quit,
            Action::Suspend => return Effect::Suspend,
            Action::Accept if self.is_commanded() => return self.accept_command(now),
            _ if self.transcript.is_empty() && !is_of_screen(action) => {}
            _ => {
                self.at.take_if(|_| !is_of_screen(action));
                if !is_of_screen(action) {
                    self.stay();
                }
                self.do_act(action, now);
            }
        }
        if self.ahead().is_none() && self.mode == Mode::Reading {
            self.measure(action, before, now);
        }
        self.refresh(now);
        match action {
            Action::FlipAmbiguous => Effect::Redraw,
            _ if self.kept.takeaway.errand.is_some() => Effect::TakeAway,
            _ => Effect::None,
        }
    }

    fn do_act(&mut self, action: Action, now: Duration) {
        if self.act_on_replay(action, now)
            || self.act_on_search(action, now)
            || self.act_on_filters(action, now)
            || self.act_on_marks(action, now)
            || self.act_on_taking(action, now)
        {
            return;
        }
        match action {
            Action::RowDown
            | Action::RowUp
            | Action::HalfDown
            | Action::HalfUp
            | Action::PageDown
            | Action::PageUp => self.turn_page(action),
            Action::Top | Action::Bottom => self.go_to_end(action),
            Action::PostDown | Action::PostUp => self.step_post(action, now),
            Action::JumpBack | Action::JumpForward => self.travel(action, now),
            Action::SpeakerNext | Action::SpeakerPrevious => {
                self.go_by(self.speaker(), action == Action::SpeakerNext, now);
            }
            Action::NumberNext(number) => self.go_by_number(number, true, now),
            Action::NumberPrevious(number) => self.go_by_number(number, false, now),
            Action::TurnNext
            | Action::TurnPrevious
            | Action::ExchangeNext
            | Action::ExchangePrevious
            | Action::GapNext
            | Action::GapPrevious => self.go_by_structure(action, now),
            Action::GoTo => self.open_prompt(PromptKind::GoTo),
            Action::Search => self.open_prompt(PromptKind::Search),
            Action::FindSpeaker => self.open_finder(Purpose::Go),
            Action::Solo | Action::Mute | Action::HearAll | Action::CycleOrder | Action::GroupByRole => {
                self.mix(action, now);
            }
            Action::Card => self.toggle_card(),
            Action::EditName
            | Action::EditTitle
            | Action::CycleRole
            | Action::Merge
            | Action::Part
            | Action::Restore => self.begin_correction(action),
            Action::Outline => self.toggle_outline(),
            Action::HitNext | Action::HitPrevious => self.go_hit(action == Action::HitNext, now),
            Action::SwitchPane => self.switch_pane(),
            Action::CycleLayout | Action::CycleTheme | Action::CycleMeasure => self.cycle_look(action),
            Action::FlipAmbiguous => self.flip_ambiguous(),
            Action::ToggleReveal => self.toggle_reveal(),
            Action::Help => self.toggle_help(),
            Action::Accept => self.accept(now),
            Action::Cancel => self.cancel(),
            Action::ItemDown => self.move_item(1),
            Action::ItemUp => self.move_item(-1),
            Action::Complete => self.complete(1),
            Action::CompleteBack => self.complete(-1),
            // To leave is for the shell; all else is of the replay.
            _ => {}
        }
    }

    /// A sentence with the keys of the user in it, as [`crate::keymap::Keymap::fill`] puts them there.
    pub fn with_keys(&self, sentence: &str) -> String {
        self.config.keymap.fill(sentence, self.mode)
    }

    pub(super) fn say(&mut self, words: &str) {
        self.message = Some(self.with_keys(words));
    }

    /// The speaker that commands act on.
    pub fn speaker(&self) -> SpeakerId {
        match self.mode {
            Mode::People => self.chosen,
            _ if self.is_on_card() => self.card.person,
            _ => self.structure.author(&self.transcript, self.reader.focus),
        }
    }

    fn page_rows(&self) -> isize {
        if self.mode == Mode::Help {
            return (self.size.1 as isize - help::MARGIN as isize).max(1);
        }
        if self.mode == Mode::People {
            return self.tracks.lanes.len().max(1) as isize;
        }
        (self.height() as isize - 1 - isize::from(self.covered)).max(1)
    }

    fn turn_page(&mut self, action: Action) {
        let rows = self.page_rows();
        self.scroll(match action {
            Action::RowDown => 1,
            Action::RowUp => -1,
            Action::HalfDown => rows / 2,
            Action::HalfUp => -rows / 2,
            Action::PageDown => rows,
            _ => -rows,
        });
    }

    fn scroll(&mut self, by: isize) {
        if self.mode == Mode::Help {
            self.help_scroll = self.help_scroll.saturating_add_signed(by);
            return;
        }
        if matches!(self.mode, Mode::Outline | Mode::People | Mode::Results | Mode::Marks) {
            return self.move_item(by);
        }
        let before = self.reader;
        self.reader = before.scroll(&self.flow(), self.height(), by);
        if self.reader == before && self.look_on(by > 0) {
            self.reader = self.reader.scroll(&self.flow(), self.height(), by);
        }
    }

    fn go_to_end(&mut self, action: Action) {
        if matches!(self.mode, Mode::Outline | Mode::People | Mode::Results | Mode::Marks) {
            return self.move_item(if action == Action::Top { -FAR } else { FAR });
        }
        self.jumps.leave(self.reader.focus);
        if action == Action::Top {
            self.look_back();
            self.reader = Reader::at_start(&self.flow());
        } else if !self.look_at_end() {
            self.reader = Reader::at_end(&self.flow(), self.height());
            // More may come: the end of that is meant.
            self.at = self.source.loading.then_some(Where::Percent(100.0));
        }
    }

    fn step_post(&mut self, action: Action, now: Duration) {
        let by = if action == Action::PostDown { 1 } else { -1 };
        let at_end = |app: &Self| {
            let last = app.transcript.len().saturating_sub(1);
            app.reader.focus.index() == if by > 0 { last } else { 0 }
        };
        if at_end(self) {
            self.look_on(by > 0);
        }
        let next = PostId::new(self.reader.focus.index().saturating_add_signed(by));
        match self.shown(next, by > 0) {
            Some(next) if next != self.reader.focus => self.go(next, now),
            _ => self.say(self.lang.words().no_more),
        }
    }

    fn travel(&mut self, action: Action, now: Duration) {
        let found = match action {
            Action::JumpBack if self.look_back() => self.jumps.back(PostId::default()),
            Action::JumpBack => self.jumps.back(self.reader.focus),
            _ => self.jumps.forward(),
        };
        match found {
            Some(post) => self.go(post, now),
            None => self.say(self.lang.words().no_jump),
        }
    }

    fn go_by(&mut self, speaker: SpeakerId, forward: bool, now: Duration) {
        let from = self.reader.focus;
        self.go_or_say(self.by_shown(speaker, from, forward), now);
    }

    fn go_by_number(&mut self, number: u8, forward: bool, now: Duration) {
        let index = usize::from(number).saturating_sub(1);
        if index >= self.transcript.speakers().len() {
            self.say(self.lang.words().no_speaker);
            return;
        }
        self.chosen = self.structure.person(SpeakerId::new(index));
        self.go_by(self.chosen, forward, now);
    }

    fn go_by_structure(&mut self, action: Action, now: Duration) {
        let found = self.start_of_next(action, self.reader.focus);
        self.go_or_say(found, now);
    }

    fn cycle_look(&mut self, action: Action) {
        let words = self.lang.words();
        let message = match action {
            Action::CycleLayout => {
                self.layout = self.layout.next();
                if self.layout == LayoutKind::SideBySide && self.size.0 < panes::SIDE_BY_SIDE {
                    self.layout = self.layout.next();
                }
                format!("{} {}", words.layout, self.lang.layout(self.layout))
            }
            Action::CycleTheme => {
                self.theme = self.theme.next(self.config.themes.len() as u8);
                format!("{} {}", words.theme, self.theme_name())
            }
            _ => {
                self.measure = self.next_measure();
                let size =
                    if self.measure == 0 { words.full_width.to_owned() } else { self.measure.to_string() };
                format!("{} {size}", words.measure)
            }
        };
        self.say(&message);
    }

    /// The measure behind the one that is set; what was configured takes its turn.
    fn next_measure(&self) -> usize {
        let own = Some(self.config.settings.measure).filter(|own| !MEASURES.contains(own));
        let all = own.into_iter().chain(MEASURES);
        let mut behind = all.clone().cycle().skip_while(|measure| *measure != self.measure).skip(1);
        let known = all.clone().any(|measure| measure == self.measure);
        if known { behind.next() } else { all.clone().next() }.unwrap_or(self.measure)
    }

    /// What the theme is called.
    pub(super) fn theme_name(&self) -> &str {
        self.config.own_theme(self.theme).map_or(self.lang.theme(self.theme), |own| &own.name)
    }

    fn switch_pane(&mut self) {
        self.mode = match self.mode {
            Mode::Reading if self.panes.tracks.height > 1 => {
                self.chosen = self.structure.author(&self.transcript, self.reader.focus);
                Mode::People
            }
            _ => Mode::Reading,
        };
    }

    fn toggle_help(&mut self) {
        self.help_scroll = 0;
        self.mode = if self.mode == Mode::Help { Mode::Reading } else { Mode::Help };
    }
}

/// Whether an action makes sense without any post.
const fn is_of_screen(action: Action) -> bool {
    matches!(
        action,
        Action::Help
            | Action::Cancel
            | Action::CycleTheme
            | Action::CycleLayout
            | Action::FlipAmbiguous
            | Action::ToggleReveal
            | Action::ItemDown
            | Action::ItemUp
    )
}
