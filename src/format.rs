//! From bytes to a transcript, and back.
//!
//! One way in, in two stages that may run on threads of their own: [`Intake`] makes pieces of valid text of a file or
//! a pipe, [`Index`] gives them to the parser of the format that it found in the first 64 KiB and hands over batches.
//! Loading a file, reading a pipe and following a growing record are the same thing. [`read`] does all of it at once.
//!
//! # A new format
//! A format is one file with a type that implements [`Wire`](parser::Wire): how sure it is of a text by its beginning, and a parser.
//!
//! 1. Add a variant to [`Format`](crate::choice::Format), before those that are surer of less; the compiler asks for the rest of the table
//!    there and for a line in `detect.rs`.
//! 2. Put the file in the group where it belongs: `timed` (times in a recording), `speech` (JSON of speech recognition), `chat`, `prose`
//!    (text for people). It need not be a [`Parser`] from the ground up:
//!    - lines whose words stand there as they are to be read: [`ByLine`](by_line::ByLine) in [`InPlace`](by_line::InPlace). The
//!      file may be of any size, and two threads may read it. `chat/qq.rs` is an example.
//!    - lines with markup: the same in [`Rewritten`](by_line::Rewritten). `timed/lrc.rs` is an example.
//!    - JSON: [`Items`](items::Items) in [`Apart`](items::Apart), with private structs for what it reads. `chat/slack.rs` is an example.
//!    - XML and other trees: [`Whole`](whole::Whole) in [`AtOnce`](whole::AtOnce). `timed/ttml.rs` is an example.
//! 3. Times go through `Draft::wall` or `Draft::offset`, which keep clock, origin and resolution. What the service writes is of kind
//!    system. What is not quite as it should be is read all the same and noted in `Draft::remarks`; nothing readable is refused.
//! 4. Put a short text of our own words in `tests/samples`, called as the format: `tests/parity.rs` tells what is missing.

mod by_line;
mod chat;
mod decode;
mod detect;
mod documents;
mod error;
mod glimpse;
mod guess;
mod head;
mod index;
mod input;
mod intake;
mod items;
mod keeper;
mod lead;
mod lines;
mod parser;
mod parts;
mod pipeline;
mod plain;
mod prose;
mod scan;
mod seen;
mod shilu;
mod shilu_writer;
mod speech;
mod stamp;
mod subtitles;
mod surrogates;
mod timed;
mod unpack;
mod whole;
mod zhibo;
mod zhibo_writer;

pub use decode::Notice;
pub use detect::{Detection, detect};
pub use documents::{Quotation, Record, Thing, quotation, write_csv, write_html, write_markdown};
pub use error::{ParseError, Problem};
pub use index::{Facts, Forced, Index, facts, read, read_bytes};
pub use input::{Broken, Input};
pub use intake::{Intake, Patience, Piece, Sizes, lines_of_file};
pub use parser::{HEAD, Parser};
pub use pipeline::{Progress, Wait, on_threads};
pub use seen::{Compared, Fate};
pub use shilu_writer::{write_json, write_json_of, write_jsonl, write_jsonl_of};
pub use stamp::{Stamp, parse as parse_stamp, parse_time_of_day};
pub use subtitles::{Lost, Subtitles, write_subtitles};
pub use timed::webvtt;
pub use unpack::Packing;
pub use zhibo_writer::{Unfit, write_txt};
