//! Who posts: the byline as printed, and what an imported file declares of it.

use super::extras::Extras;

/// Names a speaker: index by first appearance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SpeakerId(u32);

impl SpeakerId {
    /// The id of the speaker at `index`.
    pub const fn new(index: usize) -> Self {
        Self(index as u32)
    }

    /// Position by first appearance, from 0.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// What a reader calls it: counted from 1.
    pub const fn number(self) -> usize {
        self.0 as usize + 1
    }
}

/// The part a speaker has in the record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Role {
    /// Runs the page (直播管理员).
    Admin,
    /// Asks and leads (主持人).
    Host,
    /// Answers.
    Guest,
    /// Asks from the floor or the net.
    Audience,
    /// The service itself.
    System,
    /// A program.
    Bot,
    /// Not known.
    #[default]
    Unknown,
    /// A role this version does not know.
    Other(String),
}

impl Role {
    /// The word in JSON.
    pub fn name(&self) -> &str {
        match self {
            Self::Admin => "admin",
            Self::Host => "host",
            Self::Guest => "guest",
            Self::Audience => "audience",
            Self::System => "system",
            Self::Bot => "bot",
            Self::Unknown => "unknown",
            Self::Other(name) => name,
        }
    }
}

impl From<&str> for Role {
    fn from(name: &str) -> Self {
        match name {
            "admin" => Self::Admin,
            "host" => Self::Host,
            "guest" => Self::Guest,
            "audience" => Self::Audience,
            "system" => Self::System,
            "bot" => Self::Bot,
            "unknown" => Self::Unknown,
            other => Self::Other(other.to_owned()),
        }
    }
}

/// A speaker. `label` is the identity; everything else is what a file declared, if it did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Speaker {
    /// The byline exactly as printed.
    pub label: String,
    declared: Option<Box<Declared>>,
}

/// What a file declares of a speaker.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Declared {
    /// Name.
    pub name: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Role.
    pub role: Option<Role>,
    /// Other spellings.
    pub aliases: Option<Vec<String>>,
    /// Unknown fields.
    pub extras: Extras,
}

static NOTHING: Declared =
    Declared { name: None, title: None, role: None, aliases: None, extras: Extras(Vec::new()) };

impl Speaker {
    /// A speaker of whom nothing but the byline is known.
    pub fn new(label: &str) -> Self {
        Self { label: label.to_owned(), declared: None }
    }

    /// What the file declares of the speaker.
    pub fn declared(&self) -> &Declared {
        self.declared.as_deref().unwrap_or(&NOTHING)
    }

    /// Records what the file declares of the speaker.
    pub fn declare(&mut self, declared: Declared) {
        self.declared = (declared != NOTHING).then(|| Box::new(declared));
    }
}
