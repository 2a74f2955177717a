//! The fixed words of bookmarks, notes, copies and exports, in both languages side by side.

/// The fixed words of what is kept and taken away.
#[derive(Debug)]
pub struct KeepWords {
    /// Label of the prompt for the name of a bookmark.
    pub mark_name: &'static str,
    /// Label of the prompt for tags.
    pub tags: &'static str,
    /// How tags are typed.
    pub tags_aside: &'static str,
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
    /// Before how many posts are being written, and the file.
    pub exporting: &'static str,
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
    /// Title of the list of bookmarks and notes.
    pub marks: &'static str,
    /// Nothing is marked: how that is done.
    pub no_marks: &'static str,
    /// There is no mark further on, further back.
    pub no_more_marks: [&'static str; 2],
    /// A post has a bookmark, has none any more; before the post.
    pub bookmarked: [&'static str; 2],
    /// A note is kept, is taken away; before the post.
    pub noted: [&'static str; 2],
    /// Nothing was changed.
    pub unchanged: &'static str,
    /// A mark is taken away; before the post.
    pub dropped: &'static str,
    /// What takes away a mark that has a note.
    pub drop_note: &'static str,
    /// Title of the editor of a note, before the post.
    pub note: &'static str,
    /// Marks hold as long as the reader is open.
    pub unwritten: &'static str,
    /// A breakpoint at every bookmark.
    pub each_bookmark: &'static str,
    /// Where one stopped to read is not in the record any more.
    pub place_lost: &'static str,
    /// Title of the card of where one has come back to.
    pub came_back: &'static str,
    /// Before the time of the last reading.
    pub last_read: &'static str,
    /// Before a number of posts that were not read.
    pub unread: &'static str,
    /// Nothing is unread.
    pub all_read: &'static str,
    /// Before a duration that is estimated.
    pub about: &'static str,
    /// Before a measured reading speed.
    pub your_pace: &'static str,
}

/// 中文
pub(super) const ZH: KeepWords = KeepWords {
    mark_name: "书签名",
    tags: "标签",
    tags_aside: "以空格或逗号分隔",
    export: "导出到",
    kept: ["书签", "笔记", "标签"],
    copied: "已复制",
    no_exchange: "此处不在问答之中",
    range: ["选定从", "移到终点,{copy} 复制,{cancel} 取消"],
    no_range: "不再选定",
    form: "引文",
    forms: ["纯文本", "Markdown", "带段落号"],
    too_large: "过长,终端的剪贴板放不下:请用 {export} 导出",
    no_clipboard: "这个终端没有剪贴板:请用 {export} 导出",
    exporting: "正在导出",
    exported: "已导出",
    exists: "已有此文件:再按 {accept} 覆盖",
    is_record: "是实录本身,不会被改写",
    no_format: "后缀须是",
    nothing: "没有可取的发言",
    marks: "书签与笔记",
    no_marks: "还没有书签和笔记。在正文里按 {bookmark} 做书签,按 {note} 写笔记,按 {tag} 加标签。",
    no_more_marks: ["后面没有书签和笔记了", "前面没有书签和笔记了"],
    bookmarked: ["书签", "取消书签"],
    noted: ["笔记已存", "笔记已删"],
    unchanged: "没有改动",
    dropped: "已删去",
    drop_note: "有笔记:再按 {drop-mark} 一并删去,不能恢复",
    note: "笔记",
    unwritten: "书签和笔记没有保存",
    each_bookmark: "每个书签",
    place_lost: "上次读到的地方已经找不到了",
    came_back: "回到上次读到的地方",
    last_read: "上次",
    unread: "未读",
    all_read: "已经读到末尾",
    about: "约",
    your_pace: "你的速度 ",
};

/// English
pub(super) const EN: KeepWords = KeepWords {
    mark_name: "name of the bookmark",
    tags: "tags",
    tags_aside: "with blanks or commas between them",
    export: "export to",
    kept: ["Bookmark", "Note", "Tags"],
    copied: "copied",
    no_exchange: "this post is in no exchange",
    range: ["range from", "go to its end; {copy} copies, {cancel} gives up"],
    no_range: "no range",
    form: "quotation",
    forms: ["plain", "Markdown", "with paragraph marks"],
    too_large: "too long for the clipboard of a terminal: export it with {export}",
    no_clipboard: "this terminal has no clipboard: export with {export}",
    exporting: "exporting",
    exported: "exported",
    exists: "it exists: {accept} again writes over it",
    is_record: "is the record itself, which is never written",
    no_format: "end it with",
    nothing: "there is no post to take away",
    marks: "Bookmarks and notes",
    no_marks: "No bookmark and no note yet. In the text, {bookmark} makes a bookmark, {note} writes a note, {tag} gives tags.",
    no_more_marks: ["no bookmark or note further on", "no bookmark or note further back"],
    bookmarked: ["bookmark:", "no bookmark:"],
    noted: ["note kept:", "note deleted:"],
    unchanged: "unchanged",
    dropped: "deleted:",
    drop_note: "there is a note: {drop-mark} again deletes it too, for good",
    note: "Note",
    unwritten: "bookmarks and notes not kept",
    each_bookmark: "each bookmark",
    place_lost: "where you stopped to read is not in this record any more",
    came_back: "Back where you stopped",
    last_read: "last read",
    unread: "unread:",
    all_read: "read to the end",
    about: "about",
    your_pace: "your ",
};
