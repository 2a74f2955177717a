//! The mouse: wheel, and clicks on lanes, names and text.

use super::input::Effect;
use super::state::App;
use crate::action::{Action, Mode};
use crate::query::Where;
use crate::transcript::PostId;
use ratatui::layout::{Position, Rect};
use std::time::Duration;

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointerKind {
    /// The left button was pressed.
    Press,
    /// It is held while the mouse moves.
    Drag,
    /// The wheel turned towards the user.
    WheelDown,
    /// The wheel turned away.
    WheelUp,
}

/// What is under the mouse beside text and timeline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// Something that does what a key does.
    Act(Action),
    /// A share of the whole, 0 to 1.
    Share(f64),
    /// An item of the list that is open, by index.
    Item(usize),
}

/// A mouse event, in cells from the top left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pointer {
    /// What happened.
    pub kind: PointerKind,
    /// Column.
    pub x: u16,
    /// Row.
    pub y: u16,
}

const WHEEL_ROWS: usize = 3;

impl App {
    /// Takes a click on something that stands on the screen for an action or a place; it is held for a place alone.
    pub fn click(&mut self, target: Target, kind: PointerKind, now: Duration) -> Effect {
        self.settle(now);
        self.go_on();
        match (target, kind) {
            (Target::Act(action), PointerKind::Press) => return self.act(action, now),
            // The wheel over the speed turns it.
            (Target::Act(Action::TogglePlay), PointerKind::WheelUp) => return self.act(Action::Faster, now),
            (Target::Act(Action::TogglePlay), PointerKind::WheelDown) => {
                return self.act(Action::Slower, now);
            }
            (Target::Share(share), PointerKind::Press | PointerKind::Drag) if self.is_replaying() => {
                self.seek((self.shows().total() as f64 * share) as i64, now);
            }
            (Target::Item(index), PointerKind::Press) => return self.press_item(index, now),
            (Target::Item(_), kind) => self.wheel(kind, now),
            (Target::Share(share), PointerKind::Press) => self.go_to(Where::Percent(share * 100.0), now),
            _ => {}
        }
        Effect::None
    }

    /// A press on an item of a list chooses it, a press on the chosen one accepts it.
    fn press_item(&mut self, index: usize, now: Duration) -> Effect {
        let chosen = match self.mode {
            Mode::Finder => self.finder.chosen,
            Mode::Outline => self.outline.chosen,
            Mode::Breaks => self.controls.breaks.chosen,
            Mode::Results => self.sought.results.index(self.listed_hits()),
            Mode::Filters => self.sought.filters.chosen,
            Mode::Marks => self.kept.chosen,
            Mode::Prompt if self.candidates.chosen != Some(index) => {
                self.take_candidate(index);
                return Effect::None;
            }
            Mode::Prompt => index,
            Mode::Reading | Mode::People | Mode::Note | Mode::Card | Mode::Help => return Effect::None,
        };
        if chosen == index {
            return self.act(Action::Accept, now);
        }
        self.move_item(index as isize - chosen as isize);
        self.refresh(now);
        Effect::None
    }

    /// Takes a mouse event.
    pub fn pointer(&mut self, pointer: Pointer, now: Duration) {
        self.settle(now);
        self.go_on();
        if self.transcript.is_empty()
            || !matches!(
                self.mode,
                Mode::Reading
                    | Mode::People
                    | Mode::Outline
                    | Mode::Breaks
                    | Mode::Results
                    | Mode::Filters
                    | Mode::Marks
                    | Mode::Card
                    | Mode::Help
            )
        {
            return;
        }
        match pointer.kind {
            PointerKind::Press | PointerKind::Drag if !matches!(self.mode, Mode::Reading | Mode::People) => {}
            PointerKind::Press | PointerKind::Drag => self.press(pointer, now),
            PointerKind::WheelDown | PointerKind::WheelUp => self.wheel(pointer.kind, now),
        }
    }

    fn wheel(&mut self, kind: PointerKind, now: Duration) {
        for _ in 0..WHEEL_ROWS {
            let action = match (kind, self.mode) {
                (PointerKind::WheelDown, Mode::Reading) => Action::RowDown,
                (PointerKind::WheelUp, Mode::Reading) => Action::RowUp,
                // What was typed before is not what the wheel turns over.
                (PointerKind::WheelDown, Mode::Prompt) => Action::Complete,
                (PointerKind::WheelUp, Mode::Prompt) => Action::CompleteBack,
                (PointerKind::WheelDown, _) => Action::ItemDown,
                (PointerKind::WheelUp, _) => Action::ItemUp,
                (PointerKind::Press | PointerKind::Drag, _) => return,
            };
            self.act(action, now);
        }
    }

    fn press(&mut self, pointer: Pointer, now: Duration) {
        let at = Position::new(pointer.x, pointer.y);
        if self.panes.text.contains(at) {
            self.press_text(pointer, now);
        } else if self.panes.tracks.contains(at) {
            self.press_tracks(self.panes.tracks, pointer, now);
        }
        self.refresh(now);
    }

    fn press_tracks(&mut self, pane: Rect, pointer: Pointer, now: Duration) {
        let (names, _) = self.lane_columns();
        let lane = self.tracks.lanes.get(usize::from(pointer.y - pane.y).wrapping_sub(1));
        let speaker = lane.map(|lane| lane.speaker);
        let column = usize::from((pointer.x - pane.x).saturating_sub(names));
        if pointer.x - pane.x < names {
            if let Some(speaker) = speaker {
                self.accept_speaker(Some(speaker), now);
            }
            return;
        }
        if speaker.is_none() && self.is_replaying() {
            return self.seek(self.tracks.axis.show(column), now);
        }
        let own = speaker.and_then(|speaker| {
            let posts = self.tracks.axis.posts(self.shows(), column);
            self.structure.first_in(&self.transcript, speaker, &posts)
        });
        let any = || PostId::new(self.shows().revealed(self.tracks.axis.show(column)).saturating_sub(1));
        let post = own.unwrap_or_else(any);
        self.jump(post, now);
    }
}
