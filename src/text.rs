//! Text in cells: paragraphs, the ruler, the knife, and what makes hostile text harmless.

pub mod breaks;
pub mod count;
pub mod habits;
pub mod paragraphs;
pub mod pinyin;
pub mod ruler;
pub mod safe;
mod slice;
mod width;
pub mod wrap;

pub use slice::slice;
