//! x
pub mod action;
pub mod app;
pub mod choice;
pub mod cli;
pub mod command;
pub mod format;
pub mod keymap;
pub mod lang;
pub mod layout;
pub mod replay;
pub mod structure;
pub mod terminal;
pub mod text;
pub mod transcript;
pub mod view;
pub mod when;
