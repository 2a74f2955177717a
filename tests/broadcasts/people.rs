//! Guests: names of many kinds, offices, bylines with and without damage, and captions.

use super::chance::Chance;
use super::fields::{Body, Field};

const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";

const COMPOUNDS: [&str; 10] =
    ["欧阳", "司马", "上官", "诸葛", "慕容", "皇甫", "尉迟", "令狐", "夏侯", "司徒"];

/// Characters of given names, each with one that is easily written for it.
const GIVEN: [(char, char); 40] = [
    ('明', '鸣'),
    ('伟', '炜'),
    ('丽', '莉'),
    ('芳', '方'),
    ('建', '健'),
    ('军', '君'),
    ('志', '智'),
    ('华', '桦'),
    ('梅', '玫'),
    ('红', '虹'),
    ('静', '靖'),
    ('平', '萍'),
    ('磊', '垒'),
    ('洋', '阳'),
    ('燕', '艳'),
    ('峰', '锋'),
    ('玲', '铃'),
    ('英', '瑛'),
    ('雯', '文'),
    ('勇', '永'),
    ('辉', '晖'),
    ('杰', '洁'),
    ('晓', '小'),
    ('清', '青'),
    ('秀', '绣'),
    ('兰', '岚'),
    ('波', '博'),
    ('涛', '韬'),
    ('国', '帼'),
    ('宇', '雨'),
    ('欣', '新'),
    ('佳', '嘉'),
    ('琪', '琦'),
    ('超', '朝'),
    ('斌', '彬'),
    ('春', '椿'),
    ('学', '雪'),
    ('远', '元'),
    ('诚', '成'),
    ('怡', '宜'),
];

const FOUR: [&str; 14] = [
    "扎西顿珠",
    "次仁卓玛",
    "格桑曲珍",
    "洛桑坚赞",
    "巴桑旺堆",
    "达瓦央金",
    "索朗多吉",
    "丹增罗布",
    "乌兰图雅",
    "额尔德尼",
    "斯琴高娃",
    "阿拉坦仓",
    "乌云其格",
    "苏日娜仁",
];

const DOTTED: ([&str; 7], [&str; 7]) = (
    ["阿依古丽", "艾力", "古丽娜尔", "迪丽拜尔", "买买提明", "帕提古丽", "努尔兰"],
    ["买买提", "吐尔逊", "阿不都热合曼", "艾山江", "卡德尔", "玉素甫", "依明"],
);

/// Words by which people with an office are called; whoever has none of them is called 老师.
const CALLS: [&str; 24] = [
    "主任",
    "局长",
    "处长",
    "院长",
    "所长",
    "校长",
    "庭长",
    "检察长",
    "会长",
    "秘书长",
    "支队长",
    "科长",
    "站长",
    "理事长",
    "董事长",
    "总经理",
    "经理",
    "段长",
    "台长",
    "馆长",
    "镇长",
    "书记",
    "教授",
    "教练",
];

/// What a byline has suffered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// Nothing.
    None,
    /// The last character of the office is lost.
    Office,
    /// A character of the name is another.
    Name,
}

/// Somebody who is asked.
#[derive(Debug, Clone)]
pub struct Guest {
    /// The right name.
    pub name: String,
    /// What stands before the word by which the guest is called: 张 of 张局长.
    pub surname: String,
    /// How the byline spells the name.
    pub spelled: String,
    /// Organisation and office, as the byline would have them undamaged.
    pub office: String,
    /// The byline.
    pub byline: String,
    /// The word by which the guest is called: 局长.
    pub call: &'static str,
    /// What the byline has suffered.
    pub damage: Damage,
    /// The offices that captions give, none if there is no caption.
    pub captions: Vec<String>,
}

/// The guests of a broadcast. `captioned` of a hundred have a caption.
pub fn invite(
    chance: &mut Chance,
    field: &Field,
    region: &str,
    (count, captioned): (usize, usize),
) -> Vec<Guest> {
    let mut guests: Vec<Guest> = Vec::new();
    while guests.len() < count {
        let (name, surname) = name(chance, &guests);
        let is_taken = guests.iter().any(|guest| is_close(&guest.name, &name) || guest.spelled == name);
        if !is_taken {
            let office = office(chance, field, region, &guests);
            guests.push(guest(chance, field, (name, surname), office, captioned));
        }
    }
    guests
}

/// Whether nobody could tell by the spelling who is meant.
fn is_close(one: &str, other: &str) -> bool {
    one.contains(other) || other.contains(one)
}

/// A name, and what of it stands before the word by which somebody is called. Some look like one that is there.
fn name(chance: &mut Chance, guests: &[Guest]) -> (String, String) {
    let given = |chance: &mut Chance| chance.pick(&GIVEN).0;
    if let Some(model) = guests.last().filter(|_| chance.percent(12)) {
        let chars: Vec<char> = model.name.chars().collect();
        if let &[surname, first, _] = chars.as_slice() {
            return (format!("{surname}{first}{}", given(chance)), surname.to_string());
        }
    }
    let kind = chance.within(0..=99);
    if kind < 5 {
        let name = chance.pick(&FOUR).to_owned();
        return (name.clone(), name);
    }
    if kind < 10 {
        let first = chance.pick(&DOTTED.0);
        return (format!("{first}·{}", chance.pick(&DOTTED.1)), first.to_owned());
    }
    let surnames: Vec<char> = SURNAMES.chars().collect();
    let surname =
        if kind < 18 { chance.pick(&COMPOUNDS).to_owned() } else { chance.pick(&surnames).to_string() };
    let mut name = surname.clone();
    name.push(given(chance));
    if chance.percent(72) {
        name.push(given(chance));
    }
    (name, surname)
}

/// Organisation and office, in full and with the organisation for short. Heads are there once if that can be.
fn office(chance: &mut Chance, field: &Field, region: &str, guests: &[Guest]) -> (String, String) {
    let mut found = (String::new(), String::new());
    for _ in 0..20 {
        let (full, short, titles): Body = chance.pick(field.bodies);
        let title = chance.pick(titles);
        let (place, last) = region.split_at(region.len() - '市'.len_utf8());
        let inside = |body: &str| body.replace("{R}", region).replace("{P}", place).replace("{r}", last);
        found = (format!("{}{title}", inside(full)), format!("{}{title}", inside(short)));
        if guests.iter().all(|guest| guest.office != found.0) {
            break;
        }
    }
    found
}

fn guest(
    chance: &mut Chance,
    field: &Field,
    (name, surname): (String, String),
    (full, short): (String, String),
    captioned: usize,
) -> Guest {
    let call = CALLS.into_iter().filter(|call| full.ends_with(call)).max_by_key(|call| call.len());
    let is_head = call.is_some();
    let second = chance.pick(field.seconds);
    let office = if is_head && chance.percent(20) { format!("{full}、{second}") } else { full.clone() };
    let wrong = misspelt(&name);
    let damage = match chance.within(0..=99) {
        0..=5 => Damage::Office,
        6..=11 if wrong.is_some() => Damage::Name,
        _ => Damage::None,
    };
    let spelled = wrong.filter(|_| damage == Damage::Name).unwrap_or_else(|| name.clone());
    let mut printed = office.clone();
    if damage == Damage::Office {
        printed.pop();
    }
    let mut captions = Vec::new();
    if damage != Damage::None || chance.percent(captioned) {
        captions.push(match chance.within(0..=99) {
            0..=29 if is_head => format!("{full}、{second}"),
            30..=54 => short.clone(),
            _ => office.clone(),
        });
        if chance.percent(15) {
            captions.push(office.clone());
        }
    }
    Guest {
        byline: format!("{printed}{spelled}"),
        call: call.unwrap_or("老师"),
        name,
        surname,
        spelled,
        office,
        damage,
        captions,
    }
}

/// The name with its last character that has a likeness put for another; none for names of four characters.
fn misspelt(name: &str) -> Option<String> {
    let chars: Vec<char> = name.chars().collect();
    let last = chars.last().filter(|_| chars.len() <= 3)?;
    let wrong = GIVEN.iter().find(|(right, _)| right == last)?.1;
    let head: String = chars.iter().take(chars.len() - 1).collect();
    Some(format!("{head}{wrong}"))
}
