//! Keys, pasted text and the size of the screen: what comes in, before it is an action.

use super::candidates::Candidates;
use super::finder::{Finder, Purpose};
use super::order::Order;
use super::state::App;
use crate::action::{Mode, PromptKind};
use crate::keymap::{Code, Key, Lookup};
use crate::transcript::SpeakerId;
use std::time::Duration;
use tui_input::{Input, InputRequest};

/// What the shell is to do after an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Draw.
    None,
    /// Leave.
    Quit,
    /// Give the terminal back for a while.
    Suspend,
    /// Draw everything: it was drawn with another ruler.
    Redraw,
    /// Do what [`App::take_errand`] says: copy or export.
    TakeAway,
}

/// Longer input is cut, in bytes.
const LONGEST_INPUT: usize = 1000;

impl App {
    /// Takes a key press.
    pub fn key(&mut self, key: Key, now: Duration) -> Effect {
        self.settle(now);
        self.go_on();
        let typing = matches!(self.mode, Mode::Prompt | Mode::Finder | Mode::Note);
        let looked_up = if typing { key } else { key.folded() };
        let pending = std::mem::take(&mut self.pending);
        match self.config.keymap.find(self.mode, &pending, looked_up) {
            Lookup::Found(action) => self.act(action, now),
            Lookup::Pending => {
                self.pending = pending;
                self.pending.push(looked_up);
                Effect::None
            }
            Lookup::Unbound => {
                if typing {
                    self.edit(key, now);
                }
                Effect::None
            }
        }
    }

    /// Takes pasted text: data for the input line or a note, nothing anywhere else.
    pub fn paste(&mut self, text: &str, now: Duration) {
        if self.mode == Mode::Note {
            self.paste_note(text);
        }
        if matches!(self.mode, Mode::Prompt | Mode::Finder) {
            for ch in text.chars().filter(|ch| !ch.is_control()).take(LONGEST_INPUT) {
                self.insert(ch);
            }
            self.typed(now);
        }
    }

    /// Takes a new size of the screen; none is taken as 80x24.
    pub fn resize(&mut self, width: u16, height: u16, now: Duration) {
        self.size = if width == 0 || height == 0 { (80, 24) } else { (width, height) };
        self.start(now);
        self.refresh(now);
    }

    /// Inserts a character; false when the input is full.
    fn insert(&mut self, ch: char) -> bool {
        self.input.value().len() < LONGEST_INPUT && self.input.handle(InputRequest::InsertChar(ch)).is_some()
    }

    fn edit(&mut self, key: Key, now: Duration) {
        if self.mode == Mode::Note {
            return self.edit_note(key);
        }
        let request = match (key.code, key.ctrl) {
            (Code::Char('w'), true) => InputRequest::DeletePrevWord,
            (Code::Char('u'), true) => InputRequest::DeleteFromStart,
            (Code::Char('k'), true) => InputRequest::DeleteTillEnd,
            (Code::Char('a'), true) | (Code::Home, _) => InputRequest::GoToStart,
            (Code::Char('e'), true) | (Code::End, _) => InputRequest::GoToEnd,
            (Code::Left, _) => InputRequest::GoToPrevChar,
            (Code::Right, _) => InputRequest::GoToNextChar,
            (Code::Delete, _) => InputRequest::DeleteNextChar,
            (Code::Backspace, _) if self.input.value().is_empty() => return self.cancel_input(now),
            (Code::Backspace, _) => InputRequest::DeletePrevChar,
            (Code::Char(ch), false) if !key.alt && !ch.is_control() => {
                if self.insert(ch) {
                    self.typed(now);
                }
                return;
            }
            _ => return,
        };
        let _ = self.input.handle(request);
        self.typed(now);
    }

    fn cancel_input(&mut self, now: Duration) {
        self.cancel();
        self.refresh(now);
    }

    /// Takes a text in place of what is typed.
    pub(super) fn type_in(&mut self, text: &str, now: Duration) {
        self.input = Input::from(text.to_owned());
        self.typed(now);
    }

    /// The input has changed.
    pub(super) fn typed(&mut self, now: Duration) {
        self.message = None;
        if self.mode == Mode::Finder {
            self.finder = self.finder.next(self.input.value(), &self.transcript, &self.structure);
        } else if self.prompt == PromptKind::Search {
            self.search_as_typed(now);
        } else if self.prompt == PromptKind::Filter {
            self.filter_as_typed(now);
        }
        self.find_candidates();
        self.refresh(now);
    }

    pub(super) fn open_prompt(&mut self, prompt: PromptKind) {
        self.candidates = Candidates { from: self.mode, ..Candidates::default() };
        self.mode = Mode::Prompt;
        self.prompt = prompt;
        self.input = Input::default();
        self.sought.before_search = (prompt == PromptKind::Search).then_some(self.reader);
        self.sought.earlier = self.search.clone().filter(|_| prompt == PromptKind::Search);
    }

    pub(super) fn open_finder(&mut self, purpose: Purpose) {
        self.purpose = purpose;
        self.mode = Mode::Finder;
        self.input = Input::default();
        self.finder = Finder::new("", &self.transcript, &self.structure);
    }

    pub(super) fn accept_speaker(&mut self, chosen: Option<SpeakerId>, now: Duration) {
        let Some(speaker) = chosen else { return };
        self.chosen = speaker;
        let next = self.structure.next_by(&self.transcript, speaker, self.reader.focus);
        if let Some(post) = next.or_else(|| self.structure.first_by(speaker)) {
            self.jump(post, now);
        }
    }

    /// What the order that is being typed looks like.
    pub fn order_example(&self) -> Option<&'static str> {
        Order::example(self.input.value())
    }

    pub(super) fn accept_break(&mut self) {
        self.mode = Mode::Breaks;
        let typed = self.input.value().trim().to_owned();
        if !typed.is_empty() {
            self.add_break(&typed);
        }
    }
}
