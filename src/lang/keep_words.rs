//! The fixed words of bookmarks, notes, copies and exports, in both languages side by side.

/// The fixed words of what is kept and taken away.
#[derive(Debug)]
pub struct KeepWords {
    /// Label of the prompt for the name of a bookmark.
    pub mark_name: &'static str,
    /// Label of the prompt for tags.
    pub tags: &'static str,
    /// Label of the prompt for a file to export to.
    pub export: &'static str,
}

/// 中文
pub(super) const ZH: KeepWords = KeepWords { mark_name: "书签名", tags: "标签", export: "导出到" };

/// English
pub(super) const EN: KeepWords =
    KeepWords { mark_name: "name of the bookmark", tags: "tags", export: "export to" };
