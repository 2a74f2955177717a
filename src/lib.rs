//! x
pub mod choice;
pub mod format;
pub mod structure;
pub mod text;
pub mod transcript;
