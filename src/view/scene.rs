//! What every part of the screen is drawn from.

use super::glyphs::Glyphs;
use super::theme::Theme;
use crate::app::App;
use crate::layout::hearing::Voice;
use crate::transcript::SpeakerId;
use ratatui::style::Style;

/// The state, and how it looks.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The state.
    pub app: &'a App,
    /// Its colours.
    pub theme: &'a Theme,
    /// Its drawing characters.
    pub glyphs: &'static Glyphs,
}

impl<'a> Scene<'a> {
    /// What a speaker is called.
    pub fn name(self, id: SpeakerId) -> &'a str {
        match self.app.structure.name(&self.app.transcript, id) {
            "" if self.app.setting().names > 0 => self.app.lang.words().service,
            "" => self.app.lang.words().nameless,
            name => name,
        }
    }

    /// The hue of a speaker; none of one who is not heard as loud as others.
    pub fn hue(self, id: SpeakerId) -> Style {
        match self.app.hearing.voice(id) {
            Voice::Heard => self.theme.speaker(id, self.app.structure.role(id)),
            Voice::Dimmed | Voice::Hidden => self.theme.dim,
        }
    }

    /// The office or title of a speaker.
    pub fn title(self, id: SpeakerId) -> &'a str {
        self.app.structure.title(&self.app.transcript, id)
    }
}
