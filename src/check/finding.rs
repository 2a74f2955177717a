//! What was found: data without words.

use crate::structure::Place;
use crate::transcript::{PostId, Remark, SpeakerId};

/// Something irregular.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The post that is meant; none if it is the record.
    pub post: Option<PostId>,
    /// The source line, from 1, where the source has lines.
    pub line: Option<u32>,
    /// What it is.
    pub detail: Detail,
}

/// What sort of irregularity it is. The names are stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// One person, spelled in two ways.
    NearDuplicateName,
    /// A byline that lost characters.
    DamagedByline,
    /// A caption whose office lost or gained a character.
    DamagedCaption,
    /// A line in the form of a caption that names nobody who speaks.
    UnmatchedCaption,
    /// A stamp earlier than the one before it.
    Disorder,
    /// A time between two posts that is improbable.
    SuspiciousGap,
    /// Paragraphs that have run together.
    LostParagraphBreaks,
    /// A quotation mark or a bracket without its other half.
    UnbalancedQuotes,
    /// Characters that could not be decoded.
    ReplacedCharacters,
    /// A source that is not as its format asks.
    DamagedSource,
    /// A stamp and a byline without words.
    EmptyPost,
    /// A post without a time in a record with a clock.
    Unstamped,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 12] = [
        Self::NearDuplicateName,
        Self::DamagedByline,
        Self::DamagedCaption,
        Self::UnmatchedCaption,
        Self::Disorder,
        Self::SuspiciousGap,
        Self::LostParagraphBreaks,
        Self::UnbalancedQuotes,
        Self::ReplacedCharacters,
        Self::DamagedSource,
        Self::EmptyPost,
        Self::Unstamped,
    ];

    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NearDuplicateName => "near-duplicate-name",
            Self::DamagedByline => "damaged-byline",
            Self::DamagedCaption => "damaged-caption",
            Self::UnmatchedCaption => "unmatched-caption",
            Self::Disorder => "disorder",
            Self::SuspiciousGap => "suspicious-gap",
            Self::LostParagraphBreaks => "lost-paragraph-breaks",
            Self::UnbalancedQuotes => "unbalanced-quotes",
            Self::ReplacedCharacters => "replaced-characters",
            Self::DamagedSource => "damaged-source",
            Self::EmptyPost => "empty-post",
            Self::Unstamped => "unstamped",
        }
    }
}

/// How sure it is that the record is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Certainly.
    Error,
    /// Probably.
    Warning,
    /// Worth a look.
    Note,
}

impl Level {
    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// What exactly was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    /// A name is spelled otherwise elsewhere.
    Spelled(Box<Spelling>),
    /// Two bylines of what is probably one person.
    Alike {
        /// The one that the post has.
        byline: SpeakerId,
        /// The earlier one.
        other: SpeakerId,
        /// The first post with that.
        first: PostId,
    },
    /// The office in a byline is cut.
    CutByline {
        /// The byline without the name.
        office: String,
        /// What a caption says, or what most likely is missing.
        full: String,
        /// Whether a caption says so.
        is_told: bool,
    },
    /// The office in a caption is damaged.
    DamagedCaption {
        /// The office.
        office: String,
    },
    /// A caption names nobody who speaks.
    LoneCaption {
        /// The name.
        name: String,
    },
    /// The post is earlier than the one before it.
    Earlier {
        /// By so many milliseconds.
        ms: i64,
        /// The post it is compared with.
        than: PostId,
    },
    /// The post is earlier than the one before it by as much as a clock of 12 hours, or a date, may be wrong by.
    Slip {
        /// 12 or 24.
        hours: u8,
        /// The post it is compared with.
        than: PostId,
    },
    /// A jump of days, in a record that else knows none.
    Days {
        /// How long.
        ms: i64,
    },
    /// A guest falls silent in the middle of a turn.
    Torn {
        /// How long.
        ms: i64,
    },
    /// Runs of blanks in a line, where breaks of paragraphs were.
    LostBreaks {
        /// How many.
        count: u32,
    },
    /// A post of one long paragraph.
    LongParagraph {
        /// Its characters.
        chars: usize,
    },
    /// A mark without its other half.
    Unbalanced {
        /// The first of them in the post.
        mark: char,
        /// How many there are in the post.
        count: u32,
    },
    /// The source is not as its format asks.
    Indulged {
        /// What was read with indulgence.
        remark: Remark,
        /// How often.
        count: u32,
    },
    /// Characters were replaced.
    Replaced {
        /// How many.
        count: usize,
    },
    /// No words.
    Empty,
    /// No time.
    Unstamped,
}

/// A name that is spelled otherwise elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    /// Where it stands.
    pub at: Place,
    /// As it is spelled there.
    pub here: String,
    /// As it is spelled elsewhere.
    pub there: String,
    /// Elsewhere.
    pub places: Vec<Place>,
}

impl Finding {
    /// The rule that it breaks.
    pub const fn rule(&self) -> Rule {
        match self.detail {
            Detail::Spelled(_) | Detail::Alike { .. } => Rule::NearDuplicateName,
            Detail::CutByline { .. } => Rule::DamagedByline,
            Detail::DamagedCaption { .. } => Rule::DamagedCaption,
            Detail::LoneCaption { .. } => Rule::UnmatchedCaption,
            Detail::Earlier { .. } => Rule::Disorder,
            Detail::Slip { .. } | Detail::Days { .. } | Detail::Torn { .. } => Rule::SuspiciousGap,
            Detail::LostBreaks { .. } | Detail::LongParagraph { .. } => Rule::LostParagraphBreaks,
            Detail::Unbalanced { .. } => Rule::UnbalancedQuotes,
            Detail::Indulged { .. } => Rule::DamagedSource,
            Detail::Replaced { .. } => Rule::ReplacedCharacters,
            Detail::Empty => Rule::EmptyPost,
            Detail::Unstamped => Rule::Unstamped,
        }
    }

    /// How sure it is that the record is damaged.
    pub const fn level(&self) -> Level {
        match self.detail {
            Detail::CutByline { is_told: true, .. }
            | Detail::DamagedCaption { .. }
            | Detail::Earlier { .. }
            | Detail::Slip { .. }
            | Detail::Indulged { remark: Remark::Skipped | Remark::CutShort, .. }
            | Detail::Replaced { .. } => Level::Error,
            Detail::Spelled(_)
            | Detail::Alike { .. }
            | Detail::CutByline { .. }
            | Detail::LostBreaks { .. }
            | Detail::Unbalanced { .. }
            | Detail::Indulged { .. }
            | Detail::Empty
            | Detail::Unstamped => Level::Warning,
            Detail::LoneCaption { .. }
            | Detail::Days { .. }
            | Detail::Torn { .. }
            | Detail::LongParagraph { .. } => Level::Note,
        }
    }
}
