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
    /// What a bookmark, a note and tags are called before their words.
    pub kept: [&'static str; 3],
    /// Before what was copied.
    pub copied: &'static str,
    /// The post in focus is in no exchange.
    pub no_exchange: &'static str,
    /// A range begins, before its first post, and what to do.
    pub range: [&'static str; 2],
    /// A range is given up.
    pub no_range: &'static str,
    /// Before the form of quotations.
    pub form: &'static str,
    /// The forms: plain, Markdown, with marks.
    pub forms: [&'static str; 3],
    /// A copy is larger than terminals take.
    pub too_large: &'static str,
    /// The terminal has no clipboard.
    pub no_clipboard: &'static str,
    /// Before the name of a file that was written.
    pub exported: &'static str,
    /// A file is there, and what to do.
    pub exists: &'static str,
    /// What a file is not written over.
    pub is_record: &'static str,
    /// The ending of a file name tells no format.
    pub no_format: &'static str,
    /// There is nothing to take away.
    pub nothing: &'static str,
}

/// 中文
pub(super) const ZH: KeepWords = KeepWords {
    mark_name: "书签名",
    tags: "标签",
    export: "导出到",
    kept: ["书签", "笔记", "标签"],
    copied: "已复制",
    no_exchange: "此处不在问答之中",
    range: ["选定从", "移到终点,y 复制,Esc 取消"],
    no_range: "不再选定",
    form: "引文",
    forms: ["纯文本", "Markdown", "带段落号"],
    too_large: "过长,终端的剪贴板放不下:请用 Ctrl-s 导出",
    no_clipboard: "这个终端没有剪贴板:请用 Ctrl-s 导出",
    exported: "已导出",
    exists: "已有此文件:再按 Enter 覆盖",
    is_record: "是实录本身,不会被改写",
    no_format: "后缀须是",
    nothing: "没有可取的发言",
};

/// English
pub(super) const EN: KeepWords = KeepWords {
    mark_name: "name of the bookmark",
    tags: "tags",
    export: "export to",
    kept: ["Bookmark", "Note", "Tags"],
    copied: "copied",
    no_exchange: "this post is in no exchange",
    range: ["range from", "go to its end; y copies, Esc gives up"],
    no_range: "no range",
    form: "quotation",
    forms: ["plain", "Markdown", "with paragraph marks"],
    too_large: "too long for the clipboard of a terminal: export it with Ctrl-s",
    no_clipboard: "this terminal has no clipboard: export with Ctrl-s",
    exported: "exported",
    exists: "it exists: Enter again writes over it",
    is_record: "is the record itself, which is never written",
    no_format: "end it with",
    nothing: "there is no post to take away",
};
