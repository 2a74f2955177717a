//! Minutes, debates, interviews.

use super::table::Table;

pub fn run(_table: &mut Table) {}
