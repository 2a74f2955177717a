//! What can be set, and how it is set where nobody says anything.

use crate::choice::{
    Alert, AmbiguousWidth, GapModel, Indent, Kinsoku, LangChoice, LayoutKind, Pace, QuoteForm, ReadingSpeed,
};

/// Everything that is set by the configuration, and by options of the same names.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Settings {
    /// Language of the user interface.
    pub lang: LangChoice,
    /// Name of the theme.
    pub theme: String,
    /// Where the panes stand.
    pub layout: LayoutKind,
    /// Cells of the text column, 0 for the whole pane.
    pub measure: usize,
    /// Which paragraphs are indented.
    pub indent: Indent,
    /// How strictly punctuation is kept from the wrong end of a row.
    pub kinsoku: Kinsoku,
    /// Cells that a mark may hang in the margin.
    pub hang: u8,
    /// Whether there is a cell between ideographs and Latin letters.
    pub autospace: bool,
    /// Cells of ambiguous characters.
    pub ambiguous_width: AmbiguousWidth,
    /// Speed of a replay.
    pub speed: f64,
    /// What becomes of silence.
    pub gaps: GapModel,
    /// From where on silence is cut, in milliseconds.
    pub idle_limit: i64,
    /// What paces a replay.
    pub pace: Pace,
    /// Reading speed.
    pub cpm: ReadingSpeed,
    /// Whether posts appear letter by letter.
    pub typed: bool,
    /// How it is told that something came that was watched for.
    pub alert: Alert,
    /// Whether letters that are searched are also pinyin.
    pub pinyin: bool,
    /// Whether what is searched is a regular expression.
    pub regex: bool,
    /// Whether widths, simplified and traditional characters, and quotes are one in a search.
    pub folding: bool,
    /// Posts before and behind each one that a filter shows.
    pub filter_context: usize,
    /// What a quotation is copied as.
    pub copy_form: QuoteForm,
    /// Whether a record is opened where it was left.
    pub resume: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lang: LangChoice::Auto,
            theme: "auto".to_owned(),
            layout: LayoutKind::Stacked,
            measure: 72,
            indent: Indent::Rest,
            kinsoku: Kinsoku::Strict,
            hang: 0,
            autospace: false,
            ambiguous_width: AmbiguousWidth::Auto,
            speed: 1.0,
            gaps: GapModel::Real,
            idle_limit: 120_000,
            pace: Pace::Clock,
            cpm: ReadingSpeed::Fixed(400),
            typed: false,
            alert: Alert::Bell,
            pinyin: false,
            regex: true,
            folding: true,
            filter_context: 0,
            copy_form: QuoteForm::Plain,
            resume: true,
        }
    }
}
