//! The filters: which posts are shown.

/// The filters, and which one is chosen in their list.
#[derive(Debug, Clone, Default)]
pub struct Filters {
    /// Index of the chosen one.
    pub chosen: usize,
}
