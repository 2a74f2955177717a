//! The fixed words of search and filter, in both languages side by side.

/// The fixed words of search and filter.
#[derive(Debug)]
pub struct FindWords {
    /// Label of the filter prompt.
    pub filter: &'static str,
}

/// 中文
pub(super) const ZH: FindWords = FindWords { filter: "只看" };

/// English
pub(super) const EN: FindWords = FindWords { filter: "only" };
