//! What can be wrong with an input, as data; the words are in `lang`.

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Not text: the offset of the first byte that says so.
    Binary {
        /// Offset in bytes.
        offset: usize,
    },
    /// A compressed file.
    Compressed {
        /// Name of the compression.
        how: &'static str,
    },
    /// An archive that does not hold one text alone.
    Archive {
        /// How many files are in it.
        files: usize,
        /// How many of them are called like a text.
        texts: usize,
    },
    /// Broken JSON, in the words of the JSON reader.
    Json {
        /// What it says.
        message: String,
    },
    /// A JSON value is not what the schema asks for there.
    Expected {
        /// Where, as a path such as `posts[3].body`.
        place: String,
        /// What is expected, such as `an array of strings`.
        what: &'static str,
    },
}

/// What is wrong with an input, and in which line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// Line from 1, where there is one.
    pub line: Option<usize>,
    /// What.
    pub problem: Problem,
}

impl ParseError {
    /// A problem of the source as a whole.
    pub fn whole(problem: Problem) -> Self {
        Self { line: None, problem }
    }
}
