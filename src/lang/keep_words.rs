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
    marks: "书签与笔记",
    no_marks: "还没有书签和笔记。在正文里按 m 做书签,按 a 写笔记,按 A 加标签。",
    no_more_marks: ["后面没有书签和笔记了", "前面没有书签和笔记了"],
    bookmarked: ["书签", "取消书签"],
    noted: ["笔记已存", "笔记已删"],
    unchanged: "没有改动",
    dropped: "已删去",
    drop_note: "有笔记:再按 d 一并删去,不能恢复",
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
    marks: "Bookmarks and notes",
    no_marks: "No bookmark and no note yet. In the text, m makes a bookmark, a writes a note, A gives tags.",
    no_more_marks: ["no bookmark or note further on", "no bookmark or note further back"],
    bookmarked: ["bookmark:", "no bookmark:"],
    noted: ["note kept:", "note deleted:"],
    unchanged: "unchanged",
    dropped: "deleted:",
    drop_note: "there is a note: d again deletes it too, for good",
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
