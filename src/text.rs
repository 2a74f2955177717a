//! Text in cells: paragraphs, the ruler, the knife, and what makes hostile text harmless.

pub mod breaks;
pub mod certain;
pub mod class;
pub mod cluster;
pub mod count;
pub mod habits;
pub mod kind;
pub mod kinsoku;
pub mod paragraphs;
pub mod phrases;
pub mod pinyin;
pub mod ruler;
mod run;
pub mod safe;
mod slice;
pub mod syllables;
mod tables;
pub mod variants;
pub mod visible;
mod width;
pub mod wrap;

pub use slice::{beginning, slice, valid};
