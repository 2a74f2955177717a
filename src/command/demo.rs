//! The built-in demo: a broadcast that never was.

/// A library congress, as live text.
pub const DEMO: &str = include_str!("../../assets/demo.txt");
