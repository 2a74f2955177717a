//! How the reader starts: what the command line says.

use crate::choice::ThemeName;
use crate::config::Config;
use crate::lang::Lang;
use crate::query::Where;
use crate::replay::Pacing;
use crate::text::ruler::Ruler;
use crate::text::wrap::Typesetting;

/// How the reader starts.
#[derive(Debug, Clone)]
pub struct Options {
    /// Gap model, idle limit, pace.
    pub pacing: Pacing,
    /// Whether the reading speed is measured.
    pub measured: bool,
    /// Speed of the replay.
    pub speed: f64,
    /// Whether the replay starts at once.
    pub play: bool,
    /// Where to start.
    pub at: Option<Where>,
    /// Language of the screen.
    pub lang: Lang,
    /// The ruler.
    pub ruler: Ruler,
    /// How text is set.
    pub typesetting: Typesetting,
    /// The theme.
    pub theme: ThemeName,
    /// What is configured beside; the command line may have changed its settings.
    pub config: Config,
}

impl Default for Options {
    /// As the reader starts when nothing is asked for: in Chinese, paused, at the beginning.
    fn default() -> Self {
        Self {
            pacing: Pacing::default(),
            measured: false,
            speed: 1.0,
            play: false,
            at: None,
            lang: Lang::Zh,
            ruler: Ruler::default(),
            typesetting: Typesetting::default(),
            theme: ThemeName::Auto,
            config: Config::default(),
        }
    }
}
