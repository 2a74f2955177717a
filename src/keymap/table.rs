//! The rows themselves.

use super::key::Key;
use super::names::numbered;
use crate::action::{Action, Group, Mode};

/// One command and its keys.
#[derive(Debug)]
pub struct Row {
    /// Where it works.
    pub modes: &'static [Mode],
    /// Its keys; a sequence is written with spaces, `1-9` stands for the nine digits, `10-99` for two digits.
    pub keys: &'static [&'static str],
    /// What it does; for digits, with the number 1.
    pub action: Action,
    /// Where it stands in the help.
    pub group: Group,
    /// What it does, in Chinese.
    pub zh: &'static str,
    /// What it does, in English.
    pub en: &'static str,
    /// Priority among the hints of the status line, higher first; 0 is never hinted. Rows of one priority are
    /// hinted together or not at all.
    pub hint: u8,
}

impl Row {
    /// Every key sequence of the row with its action.
    pub fn expanded(&self) -> Vec<(Vec<Key>, Action)> {
        self.keys.iter().filter_map(|keys| expanded(keys, self.action).ok()).flatten().collect()
    }
}

/// The key sequences that are written so, each with its action.
///
/// # Errors
/// What is no key.
pub fn expanded(keys: &str, action: Action) -> Result<Vec<(Vec<Key>, Action)>, String> {
    let counts = numbered(action, 1) != numbered(action, 2);
    let each = |numbers: std::ops::RangeInclusive<u8>, typed: &dyn Fn(u8) -> String| {
        numbers.map(|number| Ok((sequence(&typed(number))?, numbered(action, number)))).collect()
    };
    if let Some(prefix) = keys.strip_suffix("10-99").filter(|_| counts) {
        return each(10..=99, &|number| format!("{prefix}{} {}", number / 10, number % 10));
    }
    if let Some(prefix) = keys.strip_suffix("1-9").filter(|_| counts) {
        return each(1..=9, &|digit| format!("{prefix}{digit}"));
    }
    Ok(vec![(sequence(keys)?, action)])
}

fn sequence(keys: &str) -> Result<Vec<Key>, String> {
    keys.split(' ').map(|key| key.parse().map_err(|_| key.to_owned())).collect()
}

const READING: &[Mode] = &[Mode::Reading, Mode::People];
const TEXT: &[Mode] = &[Mode::Reading];
const INPUT: &[Mode] = &[Mode::Prompt, Mode::Finder, Mode::People, Mode::Outline, Mode::Results, Mode::Marks];
const LISTS: &[Mode] = &[
    Mode::People,
    Mode::Outline,
    Mode::Breaks,
    Mode::Results,
    Mode::Filters,
    Mode::Marks,
    Mode::Card,
    Mode::Help,
];
const PAGES: &[Mode] = &[Mode::Outline, Mode::Results, Mode::Marks, Mode::Help];
const ENDS: &[Mode] = &[Mode::Outline, Mode::Results, Mode::Marks];
const BOXES: &[Mode] =
    &[Mode::Outline, Mode::Breaks, Mode::Results, Mode::Filters, Mode::Marks, Mode::Card, Mode::Help];
const OPEN: &[Mode] = &[
    Mode::People,
    Mode::Prompt,
    Mode::Finder,
    Mode::Outline,
    Mode::Breaks,
    Mode::Results,
    Mode::Filters,
    Mode::Marks,
    Mode::Card,
    Mode::Help,
];
const PROMPT: &[Mode] = &[Mode::Prompt];
const COMMANDS: &[Mode] = &[
    Mode::Reading,
    Mode::People,
    Mode::Outline,
    Mode::Breaks,
    Mode::Results,
    Mode::Filters,
    Mode::Marks,
    Mode::Card,
];
const SEARCHING: &[Mode] = &[Mode::Reading, Mode::People, Mode::Prompt, Mode::Results];
const FILTERS: &[Mode] = &[Mode::Filters];
const MARKS: &[Mode] = &[Mode::Marks];
const CARD: &[Mode] = &[Mode::Card];
const BREAKS: &[Mode] = &[Mode::Breaks];
const FINDER: &[Mode] = &[Mode::Finder];

macro_rules! row {
    ($modes:expr, $keys:expr, $action:expr, $group:ident, $zh:expr, $en:expr, $hint:expr) => {
        Row {
            modes: $modes,
            keys: &$keys,
            action: $action,
            group: Group::$group,
            zh: $zh,
            en: $en,
            hint: $hint,
        }
    };
}

/// The table.
#[rustfmt::skip]
pub static ROWS: &[Row] = &[
    row!(READING, ["Space"], Action::TogglePlay, Replay, "播放 / 暂停", "play / pause", 100),
    row!(READING, ["."], Action::StepForward, Replay, "揭示下一条", "reveal the next post", 0),
    row!(READING, [","], Action::StepBack, Replay, "收回一条", "take the last post back", 0),
    row!(READING, ["}"], Action::Faster, Replay, "加快一倍", "twice as fast", 40),
    row!(READING, ["{"], Action::Slower, Replay, "放慢一倍", "half as fast", 40),
    row!(READING, ["Backspace"], Action::NormalSpeed, Replay, "恢复原速", "normal speed", 0),
    row!(READING, ["Right"], Action::SeekForward, Replay, "前进 10 秒", "10 s on", 0),
    row!(READING, ["Left"], Action::SeekBack, Replay, "后退 10 秒", "10 s back", 0),
    row!(READING, ["Shift-Right"], Action::SeekFarForward, Replay, "前进 1 分钟", "1 min on", 0),
    row!(READING, ["Shift-Left"], Action::SeekFarBack, Replay, "后退 1 分钟", "1 min back", 0),
    row!(READING, ["Ctrl-Right"], Action::ScrubForward, Replay, "时间轴前进一格", "a column of the timeline on", 0),
    row!(READING, ["Ctrl-Left"], Action::ScrubBack, Replay, "时间轴后退一格", "a column of the timeline back", 0),
    row!(READING, [">"], Action::SkipGap, Replay, "跳过这段静默", "skip this gap", 35),
    row!(READING, ["L"], Action::CycleGaps, Replay, "静默模型:实时 截短 渐缩 跳过", "gap model: real, cap, log, skip", 0),
    row!(READING, ["P"], Action::CyclePace, Replay, "节奏:按时钟 / 按阅读", "pace: clock, reading", 0),
    row!(READING, ["T"], Action::ToggleTyped, Replay, "逐字出现 / 整条出现", "posts appear letter by letter / at once", 0),
    row!(READING, ["l"], Action::Repeat, Replay, "循环:标起点、标终点、取消", "repeat: mark the start, the end, no more", 0),
    row!(READING, ["b"], Action::BreakHere, Replay, "在此条、此人处停下", "stop at this post, this speaker", 0),
    row!(&[Mode::Reading, Mode::People, Mode::Breaks], ["B"], Action::Breaks, Replay, "断点列表", "list of breakpoints", 0),
    row!(READING, ["R"], Action::LiveEdge, Replay, "回到重放的最新处,再按到直播", "back to the replay's edge; again: live", 30),
    row!(READING, ["E"], Action::RevealAll, Replay, "结束重放,全部显示", "end the replay, show everything", 0),
    row!(TEXT, ["j", "Down"], Action::RowDown, Read, "下一行", "row down", 0),
    row!(TEXT, ["k", "Up"], Action::RowUp, Read, "上一行", "row up", 0),
    row!(READING, ["J"], Action::PostDown, Read, "下一条发言", "next post", 60),
    row!(READING, ["K"], Action::PostUp, Read, "上一条发言", "previous post", 0),
    row!(READING, ["Ctrl-d", "d"], Action::HalfDown, Read, "下半页", "half a page down", 0),
    row!(READING, ["Ctrl-u"], Action::HalfUp, Read, "上半页", "half a page up", 0),
    row!(READING, ["PgDn", "Ctrl-f", "f"], Action::PageDown, Read, "下一页", "page down", 0),
    row!(READING, ["PgUp", "Ctrl-b"], Action::PageUp, Read, "上一页", "page up", 0),
    row!(READING, ["g g", "Home"], Action::Top, Read, "开头", "beginning", 0),
    row!(READING, ["G", "End"], Action::Bottom, Read, "末尾", "end", 0),
    row!(COMMANDS, [":"], Action::GoTo, Read, "去某处、下指令(Tab 补全)", "go somewhere, command (Tab completes)", 50),
    row!(READING, ["Ctrl-o", "Alt-Left"], Action::JumpBack, Read, "回到跳转之前", "back to before the jump", 0),
    row!(READING, ["Alt-o", "Alt-Right"], Action::JumpForward, Read, "再次跳转", "forward again", 0),
    row!(READING, ["o"], Action::SpeakerNext, People, "此人的下一条", "next post by this speaker", 45),
    row!(READING, ["O"], Action::SpeakerPrevious, People, "此人的上一条", "previous post by this speaker", 0),
    row!(READING, ["]"], Action::TurnNext, People, "下一个话轮", "next turn", 55),
    row!(READING, ["["], Action::TurnPrevious, People, "上一个话轮", "previous turn", 0),
    row!(READING, [")"], Action::ExchangeNext, People, "下一组问答", "next exchange", 0),
    row!(READING, ["("], Action::ExchangePrevious, People, "上一组问答", "previous exchange", 0),
    row!(READING, ["1-9", "0 10-99"], Action::NumberNext(1), People, "该编号发言人的下一条", "next post by the speaker of that number", 42),
    row!(READING, ["Alt-1-9"], Action::NumberPrevious(1), People, "该编号发言人的上一条", "previous post by that speaker", 0),
    row!(READING, ["@"], Action::FindSpeaker, People, "找发言人(汉字、拼音、首字母)", "find a speaker (pinyin too)", 38),
    row!(&[Mode::Reading, Mode::People, Mode::Outline], ["c"], Action::Outline, People, "问答目录", "outline of questions and answers", 22),
    row!(READING, ["z"], Action::Solo, People, "独听此人:旁人变暗,再按隐去", "solo: dim the others, then hide them", 24),
    row!(READING, ["x"], Action::Mute, People, "静音此人:变暗,再按隐去", "mute: dim the speaker, then hide", 24),
    row!(READING, ["X"], Action::HearAll, People, "恢复所有人", "hear everybody again", 0),
    row!(READING, ["u"], Action::CycleOrder, People, "排序:首次发言 条数 字数 姓名", "order: first post, posts, characters, name", 21),
    row!(READING, ["U"], Action::GroupByRole, People, "按角色分组", "group by role", 0),
    row!(&[Mode::Reading, Mode::People, Mode::Card], ["e"], Action::Card, People, "此人的卡片:依据、更正", "card of the speaker: evidence, corrections", 23),
    row!(CARD, ["n"], Action::EditName, Correct, "姓名", "name", 66),
    row!(CARD, ["t"], Action::EditTitle, Correct, "职务", "title", 65),
    row!(CARD, ["r"], Action::CycleRole, Correct, "角色:主持人 嘉宾 观众 管理员 不改", "role: host, guest, audience, admin, derived", 64),
    row!(CARD, ["m"], Action::Merge, Correct, "并为同一人", "same person as another byline", 63),
    row!(CARD, ["a"], Action::Part, Correct, "分开", "several people after all", 62),
    row!(CARD, ["d"], Action::Restore, Correct, "撤销更正", "take corrections back", 61),
    row!(READING, ["/"], Action::Search, Find, "搜索(正则)", "search (regular expression)", 70),
    row!(READING, ["n"], Action::HitNext, Find, "下一处", "next hit", 0),
    row!(READING, ["N"], Action::HitPrevious, Find, "上一处", "previous hit", 0),
    row!(TEXT, ["*"], Action::SearchWord, Find, "搜索所读之词", "search the word that one reads", 0),
    row!(&[Mode::Reading, Mode::People, Mode::Results], ["r"], Action::Results, Find, "命中列表:上下文、各人次数", "list of hits: context, counts by speaker", 37),
    row!(SEARCHING, ["Alt-p"], Action::TogglePinyin, Find, "拼音:tsg 即图书馆", "pinyin: tsg finds 图书馆", 0),
    row!(SEARCHING, ["Alt-r"], Action::ToggleRegex, Find, "正则 / 原样", "regular expression / plain", 0),
    row!(SEARCHING, ["Alt-f"], Action::ToggleFolding, Find, "全半角、简繁、引号不分 / 分", "widths, 简繁, quotes alike / apart", 0),
    row!(READING, ["&"], Action::Filter, Find, "只看符合的发言;再按叠加", "show only posts that match; again: narrow", 36),
    row!(READING, ["H"], Action::ToggleFilters, Find, "停用 / 启用过滤", "filters off / on", 0),
    row!(&[Mode::Reading, Mode::People, Mode::Filters], ["F"], Action::Filters, Find, "过滤列表", "list of filters", 0),
    row!(TEXT, ["Enter"], Action::Open, Find, "展开 / 收起此处略去的发言", "show / hide what is left out here", 0),
    row!(TEXT, ["Esc"], Action::Cancel, Find, "清除搜索", "clear the search", 0),
    row!(READING, ["s"], Action::GapNext, Find, "下一段静默之后", "behind the next silence", 0),
    row!(READING, ["S"], Action::GapPrevious, Find, "上一段静默之后", "behind the previous silence", 0),
    row!(READING, ["m"], Action::Bookmark, Keep, "书签 / 取消", "bookmark / no bookmark", 34),
    row!(&[Mode::Reading, Mode::People, Mode::Marks], ["'"], Action::Marks, Keep, "书签与笔记列表", "list of bookmarks and notes", 33),
    row!(READING, ["`"], Action::MarkNext, Keep, "下一个书签或笔记", "next bookmark or note", 0),
    row!(READING, ["~"], Action::MarkPrevious, Keep, "上一个书签或笔记", "previous bookmark or note", 0),
    row!(&[Mode::Reading, Mode::Marks], ["a"], Action::Note, Keep, "写笔记", "write a note", 32),
    row!(&[Mode::Reading, Mode::Marks], ["A"], Action::Tag, Keep, "标签", "tags", 0),
    row!(READING, ["y"], Action::Copy, Keep, "复制为引文(此条或选定)", "copy as quotation (post or range)", 31),
    row!(READING, ["Y"], Action::CopyExchange, Keep, "复制整组问答", "copy the exchange", 0),
    row!(READING, ["V"], Action::Select, Keep, "选定:标起点,移到终点", "range: mark its start, go to its end", 0),
    row!(READING, ["Alt-y"], Action::CycleCopyForm, Keep, "引文格式:纯文本 Markdown 段落号", "copy as: plain, Markdown, marked", 0),
    row!(READING, ["Ctrl-s"], Action::Export, Keep, "导出到文件", "export to a file", 0),
    row!(READING, ["Tab"], Action::SwitchPane, View, "正文 / 发言人", "text / speakers", 20),
    row!(READING, ["v"], Action::CycleLayout, View, "布局", "layout", 25),
    row!(READING, ["t"], Action::CycleTheme, View, "配色", "theme", 0),
    row!(READING, ["w"], Action::CycleMeasure, View, "栏宽", "measure", 0),
    row!(READING, ["i"], Action::ToggleReveal, View, "显示不可见字符", "show invisible characters", 0),
    row!(READING, ["W"], Action::FlipAmbiguous, View, "引号、破折号占 1 / 2 格", "quotes and dashes: 1 / 2 cells", 0),
    row!(&[Mode::Reading, Mode::People, Mode::Help], ["?", "h"], Action::Help, View, "全部按键", "all keys", 90),
    row!(READING, ["q", "Ctrl-c"], Action::Quit, View, "退出", "quit", 80),
    row!(READING, ["Ctrl-z"], Action::Suspend, View, "挂起", "suspend", 0),
    row!(LISTS, ["j", "Down"], Action::ItemDown, Lists, "下一项", "next item", 0),
    row!(LISTS, ["k", "Up"], Action::ItemUp, Lists, "上一项", "previous item", 0),
    row!(PAGES, ["PgDn", "Space"], Action::PageDown, Lists, "下一页(列表、帮助)", "next page of a list or the help", 0),
    row!(PAGES, ["PgUp"], Action::PageUp, Lists, "上一页(列表、帮助)", "previous page of a list or the help", 0),
    row!(ENDS, ["g g", "Home"], Action::Top, Lists, "列表开头", "beginning of the list", 0),
    row!(ENDS, ["G", "End"], Action::Bottom, Lists, "列表末尾", "end of the list", 0),
    row!(BREAKS, ["Enter", "Space"], Action::Accept, Lists, "启用 / 停用断点", "breakpoint on / off", 67),
    row!(BREAKS, ["n"], Action::NewBreak, Lists, "新建断点", "new breakpoint", 66),
    row!(BREAKS, ["d"], Action::DropBreak, Lists, "删去断点", "delete the breakpoint", 65),
    row!(FILTERS, ["Enter", "Space"], Action::Accept, Lists, "启用 / 停用此过滤", "filter on / off", 67),
    row!(FILTERS, ["n"], Action::Filter, Lists, "新建过滤", "new filter", 66),
    row!(FILTERS, ["e"], Action::EditFilter, Lists, "改此过滤", "edit the filter", 65),
    row!(FILTERS, ["d"], Action::DropFilter, Lists, "删去此过滤", "delete the filter", 64),
    row!(FILTERS, ["+", "="], Action::MoreContext, Lists, "多看前后一条", "one more post of context", 63),
    row!(FILTERS, ["-"], Action::LessContext, Lists, "少看前后一条", "one less post of context", 63),
    row!(PROMPT, ["Alt-=", "Alt-+"], Action::MoreContext, Lists, "输入过滤时多看前后一条", "more context while typing a filter", 0),
    row!(PROMPT, ["Alt--"], Action::LessContext, Lists, "输入过滤时少看前后一条", "less context while typing a filter", 0),
    row!(MARKS, ["n"], Action::NameMark, Lists, "给书签命名", "name the bookmark", 66),
    row!(MARKS, ["d"], Action::DropMark, Lists, "删去书签、笔记和标签", "delete bookmark, note and tags", 65),
    row!(&[Mode::Note], ["Ctrl-s", "Esc"], Action::Accept, Lists, "存下笔记", "keep the note", 95),
    row!(&[Mode::Note], ["Ctrl-c"], Action::Cancel, Lists, "放弃改动", "give up the changes", 85),
    row!(PROMPT, ["Down", "Ctrl-n"], Action::ItemDown, Lists, "后一条输入", "later input", 0),
    row!(PROMPT, ["Up", "Ctrl-p"], Action::ItemUp, Lists, "前一条输入", "earlier input", 0),
    row!(PROMPT, ["Tab"], Action::Complete, Lists, "补全,再按换下一个", "complete; again: the next way", 0),
    row!(PROMPT, ["Shift-Tab"], Action::CompleteBack, Lists, "换上一个", "the way before", 0),
    row!(FINDER, ["Down", "Ctrl-n"], Action::ItemDown, Lists, "查找中的下一项", "next item while typing", 0),
    row!(FINDER, ["Up", "Ctrl-p"], Action::ItemUp, Lists, "查找中的上一项", "previous item while typing", 0),
    row!(INPUT, ["Enter"], Action::Accept, Lists, "确定", "accept", 95),
    row!(OPEN, ["Esc"], Action::Cancel, Lists, "关闭", "close", 85),
    row!(&[Mode::Prompt, Mode::Finder], ["Ctrl-c"], Action::Cancel, Lists, "放弃输入", "give up the input", 0),
    row!(BOXES, ["q", "Ctrl-c"], Action::Cancel, Lists, "关闭列表、卡片、帮助", "close list, card or help", 0),
];
