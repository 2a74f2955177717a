//! The list of hits.

/// Which hit of the list is chosen.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// Index of the chosen hit.
    pub chosen: usize,
}
