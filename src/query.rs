//! What is looked for: places, patterns and the language of queries, and the search through a record.
//!
//! # The language
//! One line for the reader, its filters and `shilu grep`. Words ask something of a post; what is left is one pattern, a regular
//! expression or plain text, that its words must match.
//! ```text
//! from:NAME  发言人:    who speaks: exactly, else a part of name or byline, or pinyin
//! role:ROLE  角色:      admin, host, guest, audience, system, bot, unknown
//! kind:KIND  类别:      speech, question, answer, caption, notice, action, system, note
//! after:PLACE before:PLACE  之后: 之前:   from there on; up to there, without it: 15:14, #42, 50%, 2018-01-09T15:14
//! tag:TAG    标签:      a tag of the reader
//! has:note   有:        a note, a bookmark
//! ```
//! `-` before a word turns it round, commas between values mean one of them, quotes hold blanks together.

mod ask;
mod fold;
mod line;
mod look;
mod pattern;
mod picked;
mod place;
mod scan;
mod search;
mod terms;
mod trace;

pub use ask::{Fault, Query};
pub use line::KEYS;
pub use look::{hits_of, posts_in};
pub use pattern::{Case, Pattern, Ways};
pub use picked::Picked;
pub use place::{EXCHANGE, Where, fold, named};
pub use scan::{Found, Scan};
pub use search::{Hit, Search};
pub use terms::{Bound, NoValue};
