//! From bytes to a transcript, and back.
//!
//! One way in, in two stages that may run on threads of their own: [`Intake`] makes pieces of valid text of a file or
//! a pipe, [`Index`] gives them to the parser of the format that it found in the first 64 KiB and hands over batches.
//! Loading a file, reading a pipe and following a growing record are the same thing. [`read`] does all of it at once.
//!
//! # A new format
//! A format is one file here with a struct that implements [`Parser`]; `plain.rs` is the shortest example.
//! Add its variant to [`Format`](crate::choice::Format), then follow the compiler: `parser` and
//! `score` in `detect.rs` are exhaustive, and `tests/parity.rs` asks for a sample.

mod decode;
mod detect;
mod error;
mod index;
mod intake;
mod keeper;
mod lines;
mod parser;
mod pipeline;
mod plain;
mod seen;
mod shilu;
mod shilu_writer;
mod stamp;
mod subtitles;
mod zhibo;
mod zhibo_writer;

pub use decode::Notice;
pub use detect::{Detection, detect};
pub use error::{ParseError, Problem};
pub use index::{Facts, Forced, Index, facts, read, read_bytes};
pub use intake::{Broken, Input, Intake, Patience, Piece, Sizes, lines_of_file};
pub use parser::{HEAD, Parser};
pub use pipeline::{Progress, Wait, on_threads};
pub use seen::{Compared, Fate};
pub use shilu_writer::{write_json, write_jsonl};
pub use stamp::{Stamp, parse as parse_stamp, parse_time_of_day};
pub use subtitles::{Lost, Subtitles, write_subtitles};
pub use zhibo_writer::{Unfit, write_txt};
