//! The line of commands: places, orders to the replay, settings, and everything that a key does, by its name.

use super::completing::{action_called, known};
use super::finder::Finder;
use super::input::Effect;
use super::order::Order;
use super::state::App;
use crate::action::{Action, Mode, PromptKind};
use crate::choice::{AmbiguousWidth, LangChoice};
use crate::config::{self, Entry, Thing, What, nearest, unknown};
use crate::keymap::{mode_name, modes_of, numbered, row_in};
use crate::lang::Lang;
use crate::query::Ways;
use crate::query::{Where, fold};
use crate::replay::Pacing;
use crate::transcript::{ClockKind, PostId};
use std::time::Duration;
use tui_input::Input;

impl App {
    /// Whether what is typed is for this file.
    pub(super) fn is_commanded(&self) -> bool {
        self.mode == Mode::Prompt && self.prompt == PromptKind::GoTo
    }

    /// Does what was typed at `:`. What it does it does where one came from; a place is gone to in the text.
    pub(super) fn accept_command(&mut self, now: Duration) -> Effect {
        self.message = None;
        self.mode = self.candidates.from;
        self.sought.history.keep(self.prompt, self.input.value());
        let typed = self.input.value().trim().to_owned();
        let folded: String = typed.chars().map(fold).collect();
        let (first, rest) = folded.split_once(char::is_whitespace).unwrap_or((&folded, ""));
        // What is behind the name is taken as it was typed.
        let behind = typed.split_once(char::is_whitespace).map_or("", |(_, behind)| behind.trim()).to_owned();
        let effect = if let Some(order) = Order::parse(&typed) {
            self.obey_or_say(order, &typed, now);
            Effect::None
        } else if let Some(action) = action_called(first, self.candidates.from) {
            self.act_by_name(action, first, &behind, now)
        } else if let Some(entry) = config::entry(first) {
            self.set(entry, rest.trim(), now)
        } else {
            self.accept_place(&typed, first, now);
            Effect::None
        };
        self.refresh(now);
        effect
    }

    fn obey_or_say(&mut self, order: Result<Order, &'static str>, typed: &str, now: Duration) {
        match order {
            Ok(order) => {
                self.at = None;
                self.obey(order, now);
            }
            Err(example) => {
                let words = self.lang.words().replay.not_understood;
                self.message = Some(format!("{words}: {typed} · {example}"));
            }
        }
    }

    /// Does what an action does; what it asks for then is what was typed behind its name.
    fn act_by_name(&mut self, action: Action, name: &str, behind: &str, now: Duration) -> Effect {
        if row_in(action, self.candidates.from).is_none() {
            let modes: Vec<_> = modes_of(action).map(mode_name).collect();
            let (words, modes) = (self.lang.pick("只用于", "is for"), modes.join(" "));
            self.message = Some(format!("{name} {words} {modes}"));
            return Effect::None;
        }
        if behind.is_empty() {
            return self.act(action, now);
        }
        match action {
            Action::NumberNext(_) | Action::NumberPrevious(_) => {
                if let Some(number) = behind.parse().ok().filter(|number| (1..=99).contains(number)) {
                    return self.act(numbered(action, number), now);
                }
                let words = self.lang.pick("后面是发言人的号码", "takes the number of a speaker");
                self.message = Some(format!("{name} {words}: {behind}"));
                return Effect::None;
            }
            Action::Bookmark => {
                self.bookmark_as(behind);
                return Effect::None;
            }
            _ if !asks(action) => {
                let words = self.lang.pick("后面不写别的", "takes nothing behind it");
                self.message = Some(format!("{name} {words}: {behind}"));
                return Effect::None;
            }
            _ => {}
        }
        let effect = self.act(action, now);
        match self.mode {
            Mode::Prompt => {
                self.type_in(behind, now);
                self.act(Action::Accept, now)
            }
            Mode::Finder => {
                self.input = Input::from(behind.to_owned());
                self.finder = Finder::new(behind, &self.transcript, &self.structure);
                self.act(Action::Accept, now)
            }
            Mode::Note => {
                // What is noted already stays, above it.
                let is_new = self.post_to_mark().is_none_or(|post| self.mark_of(post).note.is_empty());
                self.paste_note(&[if is_new { "" } else { "\n" }, behind].concat());
                self.act(Action::Accept, now)
            }
            _ => effect,
        }
    }

    fn accept_place(&mut self, typed: &str, first: &str, now: Duration) {
        if typed.is_empty() {
            return;
        }
        if let Some(place) = Where::parse(typed) {
            self.mode = Mode::Reading;
            return self.go_to(place, now);
        }
        let words = self.lang.words();
        self.message = Some(match nearest(first, known()) {
            Some(near) => unknown(Thing::Command, first, Some(near), self.lang),
            None => format!("{}: {typed} · {}", words.not_found, words.try_places),
        });
    }

    /// So much on or back from the post one stands on: by the clock of the record, else by that of the replay.
    pub(super) fn go_by_time(&mut self, ms: i64, now: Duration) {
        let from = self.reader.focus;
        let found = if self.transcript.meta.clock == ClockKind::None {
            let shown = self.shows().revealed(self.shows().show(from).saturating_add(ms).max(0));
            Some(PostId::new(shown.saturating_sub(1)))
        } else {
            Where::By(ms).find(&self.transcript, &self.structure, from)
        };
        self.go_or_say(found.filter(|found| *found != from), now);
    }

    /// Sets what the configuration sets, until the reader is left.
    fn set(&mut self, entry: &Entry, value: &str, now: Duration) -> Effect {
        if entry.key == "resume" {
            let words = self.lang.pick(
                "resume 只在打开时起作用:写在配置文件里",
                "resume holds when a record is opened: set it in the configuration",
            );
            self.message = Some(words.to_owned());
            return Effect::None;
        }
        let mut settings = self.config.settings.clone();
        let is_theme = entry.key == "theme";
        if is_theme && self.config.theme(value).is_err() || !(entry.set)(&mut settings, value) {
            let names = if is_theme { self.config.theme_names() } else { entry.words() };
            let near = nearest(value, names.iter().map(String::as_str)).map(str::to_owned);
            let wrong = What::Value(entry.key.to_owned(), value.to_owned(), entry.allowed(), near);
            self.message = Some(wrong.tell(self.lang));
            return Effect::None;
        }
        self.config.settings = settings;
        self.hold(entry.key, now);
        self.message = Some(format!("{} = {}", entry.key, (entry.get)(&self.config.settings)));
        if entry.key == "ambiguous-width" { Effect::Redraw } else { Effect::None }
    }

    /// Makes hold what was set; what is asked for anew at each use holds by itself.
    fn hold(&mut self, key: &str, now: Duration) {
        let settings = &self.config.settings;
        match key {
            "lang" if settings.lang != LangChoice::Auto => self.lang = Lang::choose(settings.lang, ""),
            "theme" => self.theme = self.config.theme(&settings.theme).unwrap_or(self.theme),
            "layout" => self.layout = settings.layout,
            "measure" => self.measure = settings.measure,
            "indent" => self.typesetting.indent = settings.indent,
            "kinsoku" => self.typesetting.kinsoku = settings.kinsoku,
            "hang" => self.typesetting.hang = settings.hang.into(),
            "autospace" => self.typesetting.autospace = settings.autospace,
            "typed" => self.controls.typed = settings.typed,
            "pinyin" | "regex" | "folding" => {
                let (regex, folding, pinyin) = (settings.regex, settings.folding, settings.pinyin);
                self.sought.ways = Ways { regex, folding, pinyin, ..self.sought.ways };
                // What was right in one way may be wrong in another.
                if let Err(fault) = self.search_in(self.sought.ways) {
                    self.message = Some(fault.words(self.lang));
                }
            }
            "filter-context" => {
                let by = settings.filter_context as isize - self.sought.filters.context as isize;
                self.set_context(by, now);
            }
            "copy-form" => self.kept.takeaway.form = settings.copy_form,
            "alert" => self.watch.alert_by(settings.alert),
            "ambiguous-width" => {
                self.ambiguous = settings.ambiguous_width;
                self.ruler.habits.ambiguous_wide = self.ambiguous == AmbiguousWidth::Two;
            }
            "idle-limit" => {
                let limit_ms = settings.idle_limit;
                self.repace(Pacing { limit_ms, ..self.schedule.pacing() }, now);
            }
            _ => {}
        }
    }
}

/// Whether an action asks for words, which may then stand behind its name.
const fn asks(action: Action) -> bool {
    matches!(
        action,
        Action::GoTo
            | Action::Search
            | Action::Filter
            | Action::EditFilter
            | Action::FindSpeaker
            | Action::NewBreak
            | Action::Note
            | Action::Tag
            | Action::NameMark
            | Action::Export
            | Action::EditName
            | Action::EditTitle
            | Action::Merge
    )
}
