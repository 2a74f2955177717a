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
pub mod panes;
pub mod pieces;
mod position;
pub mod rows;
mod ticks;
