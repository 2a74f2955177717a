//! x
pub mod action;
pub mod choice;
pub mod format;
pub mod keymap;
pub mod lang;
pub mod layout;
pub mod replay;
pub mod structure;
pub mod text;
pub mod transcript;
