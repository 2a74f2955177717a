//! Words to the user about a replay on standard output: how it stands, and which keys there are.

use super::source;
use crate::action::{Action, Mode};
use crate::cli::PlayArgs;
use crate::keymap::{Keymap, row_in};
use crate::lang::Lang;
use crate::replay::Clock;
use crate::terminal::{Aside, Pen, Word};
use crate::text::ruler::Ruler;
use crate::view::glyphs::Glyphs;
use crate::view::theme::Theme;
use crate::when::speed as told;

/// What means something in a replay that only goes on, the most needed first: a narrow terminal has no room for all.
const KNOWN: [Action; 7] = [
    Action::TogglePlay,
    Action::Quit,
    Action::Faster,
    Action::Slower,
    Action::SkipGap,
    Action::NormalSpeed,
    Action::StepForward,
];

/// Says them.
pub struct Voice<'a> {
    /// How they are said, if at all.
    pub aside: Option<Aside>,
    theme: Option<&'a Theme>,
    keymap: &'a Keymap,
    linear: bool,
    ruler: Ruler,
    lang: Lang,
}

impl<'a> Voice<'a> {
    /// One for a terminal that has this theme, or knows no escape sequences.
    pub fn new(args: &PlayArgs, lang: Lang, (theme, keymap): (Option<&'a Theme>, &'a Keymap)) -> Self {
        let aside = match theme {
            Some(_) if !args.linear => Some(Aside::Passing),
            _ if args.json => None,
            _ => Some(Aside::Lasting),
        };
        Self { aside, theme, keymap, linear: args.linear, ruler: source::ruler(args.text), lang }
    }

    /// A word: dimmed, and no wider than the terminal, where it is to be taken back.
    pub fn word(&self, about: Word, columns: usize) -> String {
        let text = match about {
            Word::State(clock) => self.state(clock),
            Word::Keys => self.keys(),
        };
        match (self.aside, self.theme) {
            (Some(Aside::Passing), Some(theme)) => {
                let (plain, dim) = (Pen::default(), Pen::for_text(theme.dim));
                // A row that is full might begin another one.
                let text = self.ruler.fit(&text, columns.saturating_sub(1));
                format!("{}{text}{}", plain.turned(dim), dim.turned(plain))
            }
            _ => text,
        }
    }

    /// `‖ 60× 暂停`, `▶ 4×`; for the ear in words alone.
    fn state(&self, clock: Clock) -> String {
        let glyphs = Glyphs::of(self.ruler);
        let speed = format!("{}{}", told(clock.speed()), glyphs.times);
        let paused = self.lang.pick("暂停", "paused");
        match clock.is_playing() {
            true if self.linear => format!("{} {speed}", self.lang.pick("播放", "playing")),
            false if self.linear => format!("{paused} {speed}"),
            true => format!("{} {speed}", glyphs.playing),
            false => format!("{} {speed} {paused}", glyphs.paused),
        }
    }

    fn keys(&self) -> String {
        let hint = |&action: &Action| {
            let (row, keys) = (row_in(action, Mode::Reading)?, self.keymap.keys_for(action, Mode::Reading));
            Some(format!("{} {}", keys.first()?, self.lang.pick(row.zh, row.en)))
        };
        KNOWN.iter().filter_map(hint).collect::<Vec<_>>().join("  ")
    }
}
