//! How a terminal draws what Unicode leaves open to it.

/// What a terminal does where UAX #11 and UTS #51 leave it a choice. The default is what `unicode-width` takes for
/// granted: ambiguous characters are narrow, emoji sequences are one picture of two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four questions, each answered by itself")]
pub struct Habits {
    /// East Asian *ambiguous* characters (“ ” — … · │) take two cells.
    pub ambiguous_wide: bool,
    /// An emoji joined by ZWJ (👨‍👩‍👧) is one picture of two cells; else its members stand side by side.
    pub joins: bool,
    /// An emoji with a skin tone (👍🏽) is one picture of two cells; else the tone takes two of its own.
    pub tones: bool,
    /// VS16 makes a text symbol (❤️) two cells wide; else it stays as it is.
    pub presents: bool,
}

impl Default for Habits {
    fn default() -> Self {
        Self { ambiguous_wide: false, joins: true, tones: true, presents: true }
    }
}
