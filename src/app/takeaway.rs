//! What is taken away from a record: the form of quotations, the marked range, and what the shell is to do about it.

use crate::choice::{ExportFormat, QuoteForm};
use crate::transcript::PostId;

/// How things are taken away.
#[derive(Debug, Clone, Default)]
pub struct Takeaway {
    /// The form of quotations.
    pub form: QuoteForm,
    /// Where a range begins that is being marked; it ends with the post in focus.
    pub from: Option<PostId>,
    /// What the shell is to do.
    pub errand: Option<Errand>,
    /// How many posts an export would write, when its file was asked for.
    pub count: usize,
    /// A file that is there, of which it was asked whether to write over it.
    pub asked: Option<String>,
}

/// What the shell is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand {
    /// Copy a text.
    Copy {
        /// The text.
        text: String,
        /// What to say once it is copied.
        said: String,
    },
    /// Write a file.
    Export(ExportOrder),
}

/// A file that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportOrder {
    /// Its name, as typed.
    pub name: String,
    /// Its format.
    pub format: ExportFormat,
    /// The posts that are written.
    pub posts: Vec<PostId>,
    /// Whether one that is there may be written over.
    pub over: bool,
}

/// What became of a file that was to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exported {
    /// It was written: what to say.
    Written(String),
    /// There is one already.
    Exists,
    /// It was not written: why.
    Failed(String),
}
