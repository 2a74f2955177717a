//! The reader's state and what changes it: `update` in, [`Effect`] out. No terminal, no clock of its own.

mod act;
mod ahead;
mod cells;
mod finder;
mod hits;
mod input;
mod jumps;
mod opening;
mod options;
mod outline;
mod outlining;
mod place;
mod pointer;
mod reader;
mod roster;
mod scan;
mod search;
mod state;
mod tracks;
mod waiting;

pub use finder::Finder;
pub use input::Effect;
pub use jumps::Jumps;
pub use options::Options;
pub use outline::{Outline, OutlineEntry};
pub use place::Where;
pub use pointer::{Pointer, PointerKind};
pub use reader::Reader;
pub use scan::{Found, Scan};
pub use search::{Hit, Search};
pub use state::{App, Source};
pub use tracks::{LaneRow, Tracks};
