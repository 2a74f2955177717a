//! The rows themselves.

use super::key::Key;
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
        let mut all = Vec::new();
        for keys in self.keys {
            if let Some(prefix) = keys.strip_suffix("10-99") {
                for number in 10..=99u8 {
                    let typed = format!("{prefix}{} {}", number / 10, number % 10);
                    all.push((sequence(&typed), numbered(self.action, number)));
                }
            } else if let Some(prefix) = keys.strip_suffix("1-9") {
                for digit in 1..=9u8 {
                    all.push((sequence(&format!("{prefix}{digit}")), numbered(self.action, digit)));
                }
            } else {
                all.push((sequence(keys), self.action));
            }
        }
        all
    }
}

fn sequence(keys: &str) -> Vec<Key> {
    keys.split(' ').filter_map(|key| key.parse().ok()).collect()
}

const fn numbered(action: Action, digit: u8) -> Action {
    match action {
        Action::NumberNext(_) => Action::NumberNext(digit),
        Action::NumberPrevious(_) => Action::NumberPrevious(digit),
        other => other,
    }
}

const READING: &[Mode] = &[Mode::Reading, Mode::People];
const TEXT: &[Mode] = &[Mode::Reading];
const INPUT: &[Mode] = &[Mode::Prompt, Mode::Finder, Mode::People, Mode::Outline];
const LISTS: &[Mode] = &[Mode::People, Mode::Outline, Mode::Breaks, Mode::Card, Mode::Help];
const PAGES: &[Mode] = &[Mode::Outline, Mode::Help];
const BOXES: &[Mode] = &[Mode::Outline, Mode::Breaks, Mode::Card, Mode::Help];
const OPEN: &[Mode] =
    &[Mode::People, Mode::Prompt, Mode::Finder, Mode::Outline, Mode::Breaks, Mode::Card, Mode::Help];
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
pub const ROWS: &[Row] = &[
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
    row!(READING, ["Ctrl-d"], Action::HalfDown, Read, "下半页", "half a page down", 0),
    row!(READING, ["Ctrl-u"], Action::HalfUp, Read, "上半页", "half a page up", 0),
    row!(READING, ["PgDn", "Ctrl-f"], Action::PageDown, Read, "下一页", "page down", 0),
    row!(READING, ["PgUp", "Ctrl-b"], Action::PageUp, Read, "上一页", "page up", 0),
    row!(READING, ["g g", "Home"], Action::Top, Read, "开头", "beginning", 0),
    row!(READING, ["G", "End"], Action::Bottom, Read, "末尾", "end", 0),
    row!(READING, [":"], Action::GoTo, Read, "去某处:15:14、#42、@姓名;指令:speed 45", "go to 15:14, #42, @name; order: speed 45", 50),
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
    row!(CARD, ["r"], Action::CycleRole, Correct, "角色:主持人 嘉宾 观众 管理员 不改", "role: host, guest, audience, admin, as derived", 64),
    row!(CARD, ["m"], Action::Merge, Correct, "并为同一人", "same person as another byline", 63),
    row!(CARD, ["a"], Action::Part, Correct, "分开", "several people after all", 62),
    row!(CARD, ["d"], Action::Restore, Correct, "撤销更正", "take corrections back", 61),
    row!(READING, ["/"], Action::Search, Find, "搜索(正则)", "search (regular expression)", 70),
    row!(READING, ["n"], Action::HitNext, Find, "下一处", "next hit", 0),
    row!(READING, ["N"], Action::HitPrevious, Find, "上一处", "previous hit", 0),
    row!(TEXT, ["Esc"], Action::Cancel, Find, "清除搜索", "clear the search", 0),
    row!(READING, ["s"], Action::GapNext, Find, "下一段静默之后", "behind the next silence", 0),
    row!(READING, ["S"], Action::GapPrevious, Find, "上一段静默之后", "behind the previous silence", 0),
    row!(READING, ["Tab"], Action::SwitchPane, View, "正文 / 发言人", "text / speakers", 20),
    row!(READING, ["v"], Action::CycleLayout, View, "布局", "layout", 25),
    row!(READING, ["t"], Action::CycleTheme, View, "配色", "theme", 0),
    row!(READING, ["w"], Action::CycleMeasure, View, "栏宽", "measure", 0),
    row!(READING, ["i"], Action::ToggleReveal, View, "显示不可见字符", "show invisible characters", 0),
    row!(READING, ["W"], Action::FlipAmbiguous, View, "引号、破折号占 1 / 2 格", "quotes and dashes: 1 / 2 cells", 0),
    row!(&[Mode::Reading, Mode::People, Mode::Help], ["?"], Action::Help, View, "全部按键", "all keys", 90),
    row!(READING, ["q", "Ctrl-c"], Action::Quit, View, "退出", "quit", 80),
    row!(READING, ["Ctrl-z"], Action::Suspend, View, "挂起", "suspend", 0),
    row!(LISTS, ["j", "Down"], Action::ItemDown, Lists, "下一项", "next item", 0),
    row!(LISTS, ["k", "Up"], Action::ItemUp, Lists, "上一项", "previous item", 0),
    row!(PAGES, ["PgDn", "Space"], Action::PageDown, Lists, "目录、帮助的下一页", "next page of outline or help", 0),
    row!(PAGES, ["PgUp"], Action::PageUp, Lists, "目录、帮助的上一页", "previous page of outline or help", 0),
    row!(&[Mode::Outline], ["g g", "Home"], Action::Top, Lists, "目录开头", "beginning of the outline", 0),
    row!(&[Mode::Outline], ["G", "End"], Action::Bottom, Lists, "目录末尾", "end of the outline", 0),
    row!(BREAKS, ["Enter", "Space"], Action::Accept, Lists, "启用 / 停用断点", "breakpoint on / off", 67),
    row!(BREAKS, ["n"], Action::NewBreak, Lists, "新建断点", "new breakpoint", 66),
    row!(BREAKS, ["d"], Action::DropBreak, Lists, "删去断点", "delete the breakpoint", 65),
    row!(FINDER, ["Down", "Ctrl-n"], Action::ItemDown, Lists, "查找中的下一项", "next item while typing", 0),
    row!(FINDER, ["Up", "Ctrl-p"], Action::ItemUp, Lists, "查找中的上一项", "previous item while typing", 0),
    row!(INPUT, ["Enter"], Action::Accept, Lists, "确定", "accept", 95),
    row!(OPEN, ["Esc"], Action::Cancel, Lists, "关闭", "close", 85),
    row!(&[Mode::Prompt, Mode::Finder], ["Ctrl-c"], Action::Cancel, Lists, "放弃输入", "give up the input", 0),
    row!(BOXES, ["q", "Ctrl-c"], Action::Cancel, Lists, "关闭目录、卡片、帮助", "close outline, card or help", 0),
];
