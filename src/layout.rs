//! Where things stand: rows of a post, pages, the time axis, lanes and panes. Numbers only, no paint.

pub mod axis;
pub mod card;
pub mod editor;
pub mod excerpt;
pub mod flow;
pub mod hearing;
pub mod help;
pub mod lanes;
pub mod notes;
pub mod opened;
pub mod panes;
pub mod pieces;
mod position;
pub mod rows;
pub mod shown;
pub mod sieve;
mod ticks;
