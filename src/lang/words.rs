//! Every fixed word of the screen, in both languages side by side.

use super::find_words::{self, FindWords};
use super::keep_words::{self, KeepWords};
use super::replay_words::{self, ReplayWords};

/// The fixed words of the screen.
#[derive(Debug)]
pub struct Words {
    /// Those of the replay.
    pub replay: ReplayWords,
    /// Those of search and filter.
    pub find: FindWords,
    /// Those of what is kept and taken away.
    pub keep: KeepWords,
    /// Solo of a speaker, before the name.
    pub solo: &'static str,
    /// The others are hidden.
    pub alone: &'static str,
    /// The solo is over.
    pub no_solo: &'static str,
    /// A speaker is muted.
    pub muted: &'static str,
    /// A speaker is hidden.
    pub hidden: &'static str,
    /// A speaker is heard again.
    pub unmuted: &'static str,
    /// Everybody is heard.
    pub all_heard: &'static str,
    /// What was hidden is dimmed: one goes there.
    pub shown_again: &'static str,
    /// What people are listed by, before its name.
    pub order: &'static str,
    /// People of one role stand together.
    pub by_role: &'static str,
    /// They do not.
    pub not_by_role: &'static str,
    /// Label of the name prompt.
    pub name: &'static str,
    /// Label of the title prompt.
    pub title: &'static str,
    /// What an empty input means for a correction.
    pub empty_takes_back: &'static str,
    /// The two are one person already.
    pub same_already: &'static str,
    /// There is nothing to part.
    pub one_byline: &'static str,
    /// There is nothing to take back.
    pub not_corrected: &'static str,
    /// A correction that holds as long as the reader is open.
    pub not_kept: &'static str,
    /// How long one waits for answers.
    pub waits: &'static str,
    /// First appearance, posts, characters, name.
    pub orders: [&'static str; 4],
    /// Something was corrected that is not kept.
    pub unkept: &'static str,
    /// Everybody is hidden.
    pub all_hidden: &'static str,
    /// Title of the finder when a byline is merged: with whom.
    pub merge_with: &'static str,
    /// Everybody is hidden who has spoken so far.
    pub nobody_heard: &'static str,
    /// Heading of the speaker list.
    pub speakers: &'static str,
    /// Who speaks in a chat where nobody does: the service.
    pub service: &'static str,
    /// A byline that is empty.
    pub nameless: &'static str,
    /// Before the length of a silence.
    pub silence: &'static str,
    /// Before the number of an exchange.
    pub exchange: &'static str,
    /// Below the last post.
    pub end: &'static str,
    /// A record without posts.
    pub empty: &'static str,
    /// Nothing has come down the pipe yet.
    pub waiting: &'static str,
    /// The window is too small.
    pub too_small: &'static str,
    /// Title of the help.
    pub keys: &'static str,
    /// How to leave the help.
    pub help_foot: &'static str,
    /// Title of the finder.
    pub find_speaker: &'static str,
    /// Title of the outline.
    pub outline: &'static str,
    /// There is no exchange.
    pub no_exchange: &'static str,
    /// Label of the place prompt.
    pub go_to: &'static str,
    /// Label of the search prompt.
    pub search: &'static str,
    /// What a place may be.
    pub places: &'static str,
    /// What completes the line of commands.
    pub completes: &'static str,
    /// What to try where a place was not found.
    pub try_places: &'static str,
    /// Nothing was found.
    pub not_found: &'static str,
    /// The file has become shorter while it was open.
    pub shrunk: &'static str,
    /// A file that is followed has become shorter.
    pub shortened: &'static str,
    /// It was replaced by another.
    pub replaced_by_other: &'static str,
    /// It was written over.
    pub rewritten: &'static str,
    /// It was deleted.
    pub gone: &'static str,
    /// It is there again.
    pub back: &'static str,
    /// The file was deleted while it was open.
    pub deleted: &'static str,
    /// Other text was written into the file while it was open.
    pub altered: &'static str,
    /// Text that was in the file is not there any more.
    pub lost: &'static str,
    /// What is wanted lies where the index has not come yet.
    pub indexing: &'static str,
    /// The record is still being looked through.
    pub searching: &'static str,
    /// The pattern is no regular expression.
    pub bad_pattern: &'static str,
    /// A search started over from the other end.
    pub wrapped: &'static str,
    /// There is no search to go on with.
    pub no_search: &'static str,
    /// What is read where there is no file.
    pub standard_input: &'static str,
    /// There is nothing further that way.
    pub no_more: &'static str,
    /// No speaker has that number.
    pub no_speaker: &'static str,
    /// The jump list ends here.
    pub no_jump: &'static str,
    /// Gap model, before its name.
    pub gaps: &'static str,
    /// Pace, before its name.
    pub pace: &'static str,
    /// Layout, before its name.
    pub layout: &'static str,
    /// Theme, before its name.
    pub theme: &'static str,
    /// Measure, before its size.
    pub measure: &'static str,
    /// Invisible characters: shown, or not.
    pub invisible: [&'static str; 2],
    /// Cells of ambiguous characters, before their number.
    pub ambiguous: &'static str,
    /// The terminal takes bytes for characters.
    pub not_utf8: &'static str,
    /// The record has no clock.
    pub no_clock: &'static str,
    /// Before the format that a source might also be of.
    pub or_else: &'static str,
    /// Nothing known fits: plain text.
    pub plain_text: &'static str,
    /// Still reading the source.
    pub loading: &'static str,
    /// The window shows a posting time that is finer than the source.
    pub estimated: &'static str,
    /// No limit on the text column.
    pub full_width: &'static str,
}

/// 中文
pub(super) const ZH: Words = Words {
    replay: replay_words::ZH,
    find: find_words::ZH,
    keep: keep_words::ZH,
    solo: "独听",
    alone: "只看",
    no_solo: "取消独听",
    muted: "静音",
    hidden: "隐去",
    unmuted: "恢复",
    all_heard: "恢复所有人",
    shown_again: "隐去的发言改为变暗",
    order: "排序",
    by_role: "按角色分组",
    not_by_role: "不分组",
    name: "姓名",
    title: "职务",
    empty_takes_back: "留空则撤销更正",
    same_already: "本来就是同一人",
    one_byline: "只有一个署名",
    not_corrected: "没有更正",
    not_kept: "更正只在这次有效:没有可以写在旁边的文件",
    waits: "应答",
    orders: ["首次发言", "条数", "字数", "姓名"],
    unkept: "有更正未保存",
    all_hidden: "所有人都已隐去。按 {hear-all} 恢复。",
    merge_with: "同一人是谁",
    nobody_heard: "还没有轮到没隐去的人发言。",
    speakers: "发言人",
    service: "(系统)",
    nameless: "(未署名)",
    silence: "静默",
    exchange: "问答",
    end: "完",
    empty: "这份实录里没有发言。",
    waiting: "等待输入……",
    too_small: "窗口太小",
    keys: "按键",
    help_foot: "{item-down} {item-up} 翻看 · {cancel} {help} 关闭",
    find_speaker: "找发言人",
    outline: "问答目录",
    no_exchange: "没有问答",
    go_to: "去",
    search: "找",
    places: "15:14 · #42 或 42 · 50% · @姓名",
    completes: "{complete} 补全",
    try_places: "可以写 15:14、#42、50%、@姓名",
    not_found: "没有找到",
    shrunk: "文件变短了,后面的已读不到",
    altered: "文件被改写了,请重新打开",
    deleted: "文件已被删除,打开着的还能读",
    shortened: "文件变短了,已从头读起",
    replaced_by_other: "文件换成了新的,已从头读起",
    rewritten: "文件被改写了,已从头读起",
    gone: "文件被删除了:读到的还在,等它重新出现",
    back: "文件又出现了,接着读",
    lost: "文件变了,有的文字已读不到",
    indexing: "还在索引,读到那里就去",
    searching: "还在查找……",
    bad_pattern: "不是正则表达式",
    wrapped: "已从另一头继续",
    no_search: "还没有搜索，按 {search} 开始",
    standard_input: "标准输入",
    no_more: "那边没有了",
    no_speaker: "没有这个编号的发言人",
    no_jump: "跳转记录到头了",
    gaps: "静默",
    pace: "节奏",
    layout: "布局",
    theme: "配色",
    measure: "栏宽",
    invisible: ["不可见字符显示为 ·", "不显示不可见字符"],
    ambiguous: "引号、破折号占格",
    not_utf8: "终端不是 UTF-8 (this terminal is not set to UTF-8)",
    no_clock: "无时间",
    or_else: "或",
    plain_text: "未识别格式,按纯文本阅读",
    loading: "载入中",
    estimated: "估计",
    full_width: "满",
};

/// English
pub(super) const EN: Words = Words {
    replay: replay_words::EN,
    find: find_words::EN,
    keep: keep_words::EN,
    solo: "solo:",
    alone: "alone:",
    no_solo: "no solo:",
    muted: "muted:",
    hidden: "hidden:",
    unmuted: "heard again:",
    all_heard: "everybody is heard",
    shown_again: "hidden posts are dimmed instead",
    order: "order",
    by_role: "grouped by role",
    not_by_role: "not grouped",
    name: "name",
    title: "title",
    empty_takes_back: "empty takes the correction back",
    same_already: "one person already",
    one_byline: "there is one byline only",
    not_corrected: "nothing was corrected",
    not_kept: "the correction holds for now only: there is no file to keep it beside",
    waits: "waits",
    orders: ["first post", "posts", "characters", "name"],
    unkept: "corrections not kept",
    all_hidden: "Everybody is hidden. {hear-all} shows them.",
    merge_with: "the same person as",
    nobody_heard: "Nobody who is shown has spoken yet.",
    speakers: "Speakers",
    service: "(service)",
    nameless: "(no name)",
    silence: "silence",
    exchange: "Q&A",
    end: "end",
    empty: "This transcript holds no post.",
    waiting: "Waiting for input…",
    too_small: "too small",
    keys: "Keys",
    help_foot: "{item-down} {item-up} scroll · {cancel} {help} close",
    find_speaker: "Find a speaker",
    outline: "Questions and answers",
    no_exchange: "no questions and answers",
    go_to: "go to",
    search: "search",
    places: "15:14 · #42 or 42 · 50% · @name",
    completes: "{complete} completes",
    try_places: "try 15:14, #42, 50%, @name",
    not_found: "not found",
    shrunk: "the file has become shorter: the rest cannot be read",
    altered: "the file was rewritten: open it again",
    deleted: "the file was deleted: what is open can still be read",
    shortened: "the file was cut short: read anew from its beginning",
    replaced_by_other: "the file was replaced: the new one is read from its beginning",
    rewritten: "the file was rewritten: read anew from its beginning",
    gone: "the file was deleted: what was read is kept, and it is waited for",
    back: "the file is there again: reading on",
    lost: "the file has changed: some of its text cannot be read any more",
    indexing: "still indexing: it is gone to when it is reached",
    searching: "still searching…",
    bad_pattern: "not a regular expression",
    wrapped: "went on from the other end",
    no_search: "no search yet: {search} begins one",
    standard_input: "standard input",
    no_more: "nothing further that way",
    no_speaker: "no speaker has that number",
    no_jump: "end of the jump list",
    gaps: "gaps",
    pace: "pace",
    layout: "layout",
    theme: "theme",
    measure: "measure",
    invisible: ["invisible characters are shown as ·", "invisible characters are not shown"],
    ambiguous: "cells of quotes and dashes",
    not_utf8: "this terminal is not set to UTF-8",
    no_clock: "no clock",
    or_else: "or",
    plain_text: "format not recognised, read as plain text",
    loading: "loading",
    estimated: "estimate",
    full_width: "full",
};
