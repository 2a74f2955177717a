//! What is said: questions, answers, announcements, captions.

use super::chance::Chance;
use super::fields::Field;
use super::people::{Damage, Guest};

const ANSWERS: [&str; 12] = [
    "谢谢主持人，也谢谢各位网友。",
    "这个问题提得很实在，我分三点来说。",
    "{T}这件事，我们是去年春天开始做的，当时只有6个人。",
    "到上个月底，{T}已经覆盖了82%的街道，群众打来的电话少了一半。",
    "我举个例子：有位老人连着来了三天，我们就把窗口挪到了门口。",
    "困难当然有，主要是人手不够，其次是大家还不习惯。",
    "关于{T}，文件写得很清楚，难的是落到每一天。",
    "下一步，我们打算把{T}的经验整理成一本小册子，年底前发到各个点上。",
    "刚才几位同志讲得很全面，我只补充一个数字：4011。",
    "有人问要不要收费，我在这里回答：不收。",
    "欢迎大家来看，来挑毛病。",
    "我就说到这里，谢谢。",
];

const TASKS: [&str; 6] = [
    "介绍一下{T}的进展",
    "谈谈{T}",
    "回答一下网友关心的{T}问题",
    "给大家讲一讲{T}是怎么一回事",
    "说说{T}当中最难的一步",
    "结合自己的工作谈一谈{T}",
];

const ASKS: [&str; 6] = [
    "{T}推进得怎么样了？",
    "网友“早起的鱼”想问，{T}什么时候能惠及普通人？",
    "关于{T}，下一步有什么打算？",
    "{T}当中最难的是哪一步？",
    "为什么要把{T}放在第一位？",
    "今年的{T}和往年有什么不同？",
];

const OPEN_QUESTIONS: [&str; 5] = [
    "接下来我们看下一个问题：{T}推进得怎么样了？",
    "网友“临水一棵树”提问：{T}到底是怎么回事，能不能说得通俗一点？",
    "好的。那么{T}呢？",
    "再问一个大家都关心的问题，{T}会不会影响到老百姓的日常？",
    "还有网友追问{T}的细节，请给大家解答。",
];

const BEFORE: [&str; 4] = [
    "欢迎各位网友，本场直播马上开始啦！",
    "{P}图文直播即将开始，请稍候。",
    "各位网友，直播将于半小时后开始，敬请期待。",
    "大家好，{V}已经准备就绪。",
];

const BETWEEN: [&str; 6] = [
    "信号有些延迟，请稍候。",
    "网友可以在页面下方留言提问。",
    "现在在线人数突破3万。",
    "下半场马上开始，请不要走开。",
    "更多现场照片正在上传中。",
    "本场直播的回放稍后可以在首页观看。",
];

const VENUES: [&str; 5] = ["会议现场", "{V}", "{V}一角", "现场提问环节", "现场座无虚席"];

const NAMING: [&str; 6] = [
    "主持人正在提问{N}。",
    "{N}正在回答网友的问题，请稍候。",
    "刚刚走进会场的是{N}，掌声响起来了。",
    "网友给{N}的留言已有1200条。",
    "下面出场的是{N}，敬请关注。",
    "主持人正在提问{N}",
];

/// Words with the field's own put in.
fn fill(chance: &mut Chance, field: &Field, words: &str) -> String {
    let topic = chance.pick(field.topics);
    words.replace("{T}", topic).replace("{P}", field.page).replace("{V}", field.venue)
}

fn say(chance: &mut Chance, field: &Field, all: &[&str]) -> String {
    let words = chance.pick(all);
    fill(chance, field, words)
}

/// The host's welcome.
pub fn welcome(chance: &mut Chance, field: &Field, is_first: bool) -> String {
    let first = "各位网友，大家好！欢迎来到{P}。今天我们在{V}和大家见面。";
    let again = "各位网友，欢迎回来，我们接着聊。";
    fill(chance, field, if is_first { first } else { again })
}

/// The host's farewell.
pub fn farewell(chance: &mut Chance, field: &Field, is_last: bool) -> String {
    let last = "{P}到这里就全部结束了，感谢各位嘉宾，感谢各位网友，再见！";
    let part = "上半场的访谈先到这里，大家休息一下，稍后再见。";
    fill(chance, field, if is_last { last } else { part })
}

/// The host turns to somebody, or just asks.
pub fn question(chance: &mut Chance, field: &Field, guests: &[&Guest], before: Option<&Guest>) -> String {
    let mut words = String::new();
    if let Some(before) = before.filter(|_| chance.percent(30)) {
        words = format!("谢谢{}{}。", before.surname, before.call);
    }
    words
        + &match guests {
            [guest] => question_to(chance, field, guest),
            [first, second] => {
                let task = say(chance, field, &TASKS);
                let [one, other] = [first, second].map(|guest| format!("{}{}", guest.name, guest.call));
                format!("下面请{one}和{other}{task}。")
            }
            _ => say(chance, field, &OPEN_QUESTIONS),
        }
}

fn question_to(chance: &mut Chance, field: &Field, guest: &Guest) -> String {
    let (task, ask) = (say(chance, field, &TASKS), say(chance, field, &ASKS));
    let Guest { name, surname, call, office, damage, .. } = guest;
    // Where the byline is damaged the host says who it is.
    let form = if *damage == Damage::None { chance.within(0..=9) } else { chance.within(0..=4) };
    match form {
        0 => format!("下面请{office}{name}{task}。"),
        1 => format!("{name}{call}您好！{ask}"),
        2 => format!("您好，{name}{call}。{ask}"),
        3 => format!("有请{office}{name}，{name}{call}请您{task}。"),
        4 => format!("请问{name}{call}，{ask}"),
        5 | 6 => format!("请问{surname}{call}，{ask}"),
        7 => format!("{surname}{call}您好，{ask}"),
        _ => say(chance, field, &OPEN_QUESTIONS),
    }
}

/// The host asks on.
pub fn follow_up(chance: &mut Chance, field: &Field, guest: &Guest) -> String {
    let ask = say(chance, field, &ASKS);
    match chance.within(0..=3) {
        0 => format!("{}{}，我再追问一句，{ask}", guest.surname, guest.call),
        1 => format!("那么具体来说，{ask}"),
        2 => "嗯，请您接着说。".to_owned(),
        _ => format!("好的，再请问{}{}，{ask}", guest.name, guest.call),
    }
}

/// What a guest says in one post.
pub fn answer(chance: &mut Chance, field: &Field) -> Vec<String> {
    let paragraphs = chance.within(1..=3);
    let sentences = |chance: &mut Chance| {
        let count = chance.within(1..=4);
        (0..count).map(|_| say(chance, field, &ANSWERS)).collect()
    };
    (0..paragraphs).map(|_| sentences(chance)).collect()
}

/// An announcement before the first post of somebody else.
pub fn before(chance: &mut Chance, field: &Field) -> String {
    say(chance, field, &BEFORE)
}

/// An announcement hours after a session, and an hour before the next.
pub fn soon(chance: &mut Chance, evening: bool) -> String {
    let part = if evening { "晚上" } else { "下午" };
    let all = ["{D}的直播即将开始。", "{D}场将在一小时后开始，请稍候。", "下半场{D}继续，敬请关注。"];
    chance.pick(&all).replace("{D}", part)
}

/// An announcement in passing; it may be no caption though it looks like one.
pub fn between(chance: &mut Chance, field: &Field, guest: &Guest) -> String {
    match chance.within(0..=9) {
        0..=3 => say(chance, field, &BETWEEN),
        4..=6 => say(chance, field, &VENUES),
        _ => {
            let named = format!("{}{}", guest.name, guest.call);
            let full = format!("{}{}", guest.office, guest.name);
            let who = if chance.percent(70) { named } else { full };
            chance.pick(&NAMING).replace("{N}", &who)
        }
    }
}

/// The admin's last word.
pub fn over(chance: &mut Chance, is_last: bool) -> String {
    let last = ["本场直播结束，感谢关注！", "直播结束。", "今天的图文直播到此结束，谢谢大家。"];
    let part = ["上半场直播结束，请稍候。", "中场休息，精彩稍后继续。"];
    if is_last { chance.pick(&last) } else { chance.pick(&part) }.to_owned()
}

/// How a page writes its captions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// 局长:张三
    Colon,
    /// 局长：张三
    WideColon,
    /// 局长张三
    Glued,
    /// 张三（局长）
    Bracketed,
    /// 图为局长 张三
    Shown,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Colon, Self::WideColon, Self::Glued, Self::Bracketed, Self::Shown];

    /// A caption.
    pub fn caption(self, office: &str, name: &str) -> String {
        match self {
            Self::Colon => format!("{office}:{name}"),
            Self::WideColon => format!("{office}：{name}"),
            Self::Glued => format!("{office}{name}"),
            Self::Bracketed => format!("{name}（{office}）"),
            Self::Shown => format!("图为{office} {name}"),
        }
    }
}
