//! What is looked for: places, patterns, and the search through a record.

mod place;
mod scan;
mod search;

pub use place::{EXCHANGE, Where, fold, named};
pub use scan::{Found, Scan};
pub use search::{Hit, Search, fault, smart_case};
