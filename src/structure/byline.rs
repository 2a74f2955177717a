//! A byline that holds organisation, title and name, taken apart where that is certain.
//!
//! A name is told by its surname, by characters that write the sound of foreign names, or by a dot in it; what
//! stands before it by how it ends. `split` asks for both. A surname with a form of address (陈老师, 王女士) stays
//! whole, and so does what names two people. `candidates` gives what one of the two speaks for.

use super::english;
use super::names::{Name, is_dot, is_refused, name, shape};
use super::titles::{Ending, ending};
use crate::text::count::is_han;
use crate::text::slice;
use std::cmp::Reverse;
use std::ops::Range;

/// No name is longer, in characters.
const LONGEST_NAME: usize = 40;

/// No name without a dot in it is longer, in characters.
const LONGEST_PLAIN: usize = 6;

/// Brackets, each behind the one it closes.
const BRACKETS: [(char, char); 10] = [
    ('(', ')'),
    ('（', '）'),
    ('[', ']'),
    ('［', '］'),
    ('【', '】'),
    ('〔', '〕'),
    ('「', '」'),
    ('『', '』'),
    ('〈', '〉'),
    ('<', '>'),
];

/// Words before what someone calls himself.
const FRONTS: [&str; 7] = ["主持人", "主播", "听众", "嘉宾", "网友", "观众", "读者"];

/// Name and title, in bytes.
type Parts = (Range<usize>, Range<usize>);

/// One way to read a byline, and how sure it is.
#[derive(Debug, Clone)]
struct Reading {
    parts: Parts,
    is_certain: bool,
    title: Option<Ending>,
    name: Name,
}

/// Where name and title stand in a byline, in bytes. A doubtful byline is all name.
pub fn split(label: &str) -> Parts {
    certain(label).unwrap_or((0..label.len(), 0..0))
}

/// Every plausible name and title of a byline that holds both, in bytes, the most plausible first. What [`split`] is
/// certain of comes first; other evidence in the record may choose among the others.
pub fn candidates(label: &str) -> Vec<Parts> {
    let mut readings: Vec<_> = readings(label, Name::Plain).chain(turned(label)).collect();
    readings.sort_by_key(|reading| Reverse((reading.is_certain, reading.title, reading.name)));
    let mut found: Vec<Parts> = certain(label).into_iter().collect();
    for Reading { parts, .. } in readings {
        if !parts.1.is_empty() && !found.contains(&parts) {
            found.push(parts);
        }
    }
    found
}

fn certain(label: &str) -> Option<Parts> {
    bracketed(label)
        .or_else(|| glued(label))
        .or_else(|| turned(label).find(|reading| reading.is_certain).map(|reading| reading.parts))
        .or_else(|| latin(label))
        .or_else(|| called(label))
        .or_else(|| english::split(label))
}

/// 某市图书馆馆长张三
fn glued(label: &str) -> Option<Parts> {
    let best =
        sure(label).max_by_key(|reading| (reading.title, reading.name, Reverse(reading.parts.0.len())))?;
    (!names_another(slice(label, best.parts.1.clone()))).then_some(best.parts)
}

/// Whether one of the titles in a list holds a name itself.
fn names_another(titles: &str) -> bool {
    titles.contains(is_listing) && titles.split(is_listing).any(|title| sure(title).next().is_some())
}

/// Every certain reading of a byline with the name at its end.
fn sure(label: &str) -> impl Iterator<Item = Reading> {
    readings(label, Name::Sound).filter(|reading| reading.is_certain)
}

/// Every plausible reading of a byline with the name at its end, if that is as sure to be a name as `least`.
fn readings(label: &str, least: Name) -> impl Iterator<Item = Reading> {
    let whole = label.trim_end();
    let is_part = |ch: char| is_han(ch) || ch.is_alphanumeric() || is_dot(ch) || is_mask(ch);
    let reach = if whole.contains(is_dot) { LONGEST_NAME } else { LONGEST_PLAIN };
    let starts = whole.char_indices().rev().take(reach).take_while(move |&(_, ch)| is_part(ch));
    starts.skip(1).filter_map(move |(at, _)| reading(whole, at, least))
}

/// Whether a character may stand between a title and a name.
fn is_parting(ch: char) -> bool {
    !is_han(ch)
        && (matches!(ch, ':' | '：' | '/' | '／' | '|' | '｜' | '-' | '—' | '–' | ',' | '，')
            || ch.is_whitespace())
}

/// Whether a character may stand between titles, or between people.
fn is_listing(ch: char) -> bool {
    matches!(ch, '、' | ';' | '；' | '&') || !matches!(ch, '-' | '—' | '–') && is_parting(ch)
}

fn is_mask(ch: char) -> bool {
    matches!(ch, '*' | '×' | '＊' | '○')
}

/// The reading of a byline whose name starts there.
fn reading(label: &str, at: usize, least: Name) -> Option<Reading> {
    let word = slice(label, at..label.len());
    let name = shape(word).filter(|name| *name >= least && !is_refused(word))?;
    let title = before(label, at);
    let found = ending_of(slice(label, title.clone()));
    let is_parted = title.end < at;
    let is_certain = match (name, found) {
        (Name::Person, Some(Ending::Place)) => is_parted,
        (Name::Person, Some(_)) | (Name::Sound, Some(Ending::Title(_))) => true,
        _ => false,
    };
    let is_long = || title.len() >= 2 * '某'.len_utf8();
    let is_plausible = || match name {
        Name::Person => found.is_some() || is_long() && !word.contains(is_dot),
        _ => matches!(found, Some(Ending::Title(_) | Ending::Place)),
    };
    // Who asks for sure names only has no use for the rest.
    let is_wanted = is_certain || least == Name::Plain && is_plausible() && !begins_late(label, at);
    is_wanted.then_some(Reading { parts: (at..label.len(), title), is_certain, title: found, name })
}

/// Whether a word begins inside of a title, or with what ends the name of an organisation.
fn begins_late(label: &str, at: usize) -> bool {
    let word = slice(label, at..label.len());
    let begins = |index: usize, ch: char| {
        let found = ending(slice(label, 0..at + index + ch.len_utf8()));
        matches!(found, Some(Ending::Title(_))) || index == 0 && found == Some(Ending::Place)
    };
    word.char_indices().any(|(index, ch)| begins(index, ch))
}

/// What stands before a place, without what parts it from that and without brackets around it.
fn before(label: &str, at: usize) -> Range<usize> {
    let head = slice(label, 0..at).trim_end_matches(is_parting);
    match opening(head) {
        Some(start) if slice(head, 0..start).trim().is_empty() => inner(head, start),
        _ => head.len() - head.trim_start().len()..head.len(),
    }
}

/// What a title ends with, whether or not it has a remark in brackets behind it.
fn ending_of(title: &str) -> Option<Ending> {
    match opening(title) {
        Some(start) => {
            ending(slice(title, 0..start).trim_end()).or_else(|| ending(slice(title, inner(title, start))))
        }
        None => ending(title),
    }
}

/// Where the bracket opens that a text ends with the closing one of.
fn opening(text: &str) -> Option<usize> {
    let close = text.chars().next_back().filter(|ch| !ch.is_alphanumeric())?;
    BRACKETS.iter().find(|pair| pair.1 == close).and_then(|pair| text.find(pair.0))
}

/// What a bracket at the end of a text holds.
fn inner(text: &str, start: usize) -> Range<usize> {
    let mut bounds = slice(text, start..text.len()).char_indices();
    let (first, last) = (bounds.next(), bounds.next_back());
    let from = start + first.map_or(0, |(_, ch)| ch.len_utf8());
    trimmed(text, from..last.map_or(from, |(at, _)| start + at))
}

/// 张三（某市图书馆馆长）
fn bracketed(label: &str) -> Option<Parts> {
    let whole = label.trim_end();
    let start = opening(whole)?;
    let (head, inner) = (trimmed(label, 0..start), inner(whole, start));
    let (said, remark) = (slice(label, head.clone()), slice(label, inner.clone()));
    if let Some((name, title)) = certain_at_end(said) {
        return Some((shifted(name, head.start), shifted(title, head.start)));
    }
    let says_title =
        matches!(ending(remark), Some(Ending::Title(_) | Ending::Kind)) || english::says_title(remark);
    let is_told =
        remark.is_empty() || remark.chars().all(|ch| ch.is_alphabetic() || " 、，·,&.".contains(ch));
    let named = name(said);
    if matches!(named, Some(Name::Person | Name::Sound)) && is_told
        || english::is_name(said) && (says_title || remark.starts_with(char::is_uppercase) && is_told)
        || (named.is_some() || english::is_capital(said)) && says_title
    {
        return Some((head, inner));
    }
    let is_turned = matches!(ending(said), Some(Ending::Title(_))) && name(remark) == Some(Name::Person);
    is_turned.then_some((inner, head))
}

/// The certain parts of a byline with the name at its end.
fn certain_at_end(label: &str) -> Option<Parts> {
    glued(label).or_else(|| latin(label)).or_else(|| called(label))
}

fn shifted(range: Range<usize>, by: usize) -> Range<usize> {
    if range.is_empty() { 0..0 } else { range.start + by..range.end + by }
}

/// 张三 某市图书馆馆长, 张三/某市图书馆馆长
fn turned(label: &str) -> impl Iterator<Item = Reading> {
    let ends = label.char_indices().take(LONGEST_NAME).filter(|&(_, ch)| is_parting(ch));
    ends.filter_map(move |(at, _)| {
        let head = trimmed(label, 0..at);
        let named = name(slice(label, head.clone()))?;
        let rest = slice(label, at..label.len()).trim_start_matches(is_parting);
        let title = trimmed(label, label.len() - rest.len()..label.len());
        let said = slice(label, title.clone());
        let found = ending_of(said);
        let is_certain = named > Name::Plain
            && matches!(found, Some(Ending::Title(_) | Ending::Kind))
            && name(said) != Some(Name::Person)
            && !names_another(said)
            && sure(said).next().is_none();
        let is_plausible = is_certain || named > Name::Plain && found.is_some();
        is_plausible.then_some(Reading { parts: (head, title), is_certain, title: found, name: named })
    })
}

/// 某市图书馆馆长Ann Lee
fn latin(label: &str) -> Option<Parts> {
    let (last, ch) = label.char_indices().rev().find(|&(_, ch)| is_han(ch) || is_closing(ch))?;
    let rest = slice(label, last + ch.len_utf8()..label.len());
    if rest.is_empty() {
        return None;
    }
    let start = label.len() - rest.trim_start_matches(is_parting).len();
    let name = trimmed(label, start..label.len());
    let said = slice(label, name.clone());
    let is_name = english::is_name(said) || english::is_capital(said) && said.chars().nth(1).is_some();
    let title = before(label, start);
    let is_certain = is_name
        && !english::says_title(said)
        && ending(said).is_none()
        && matches!(ending_of(slice(label, title.clone())), Some(Ending::Title(_)));
    is_certain.then_some((name, title))
}

/// Whether a character closes a bracket.
fn is_closing(ch: char) -> bool {
    BRACKETS.iter().any(|pair| pair.1 == ch)
}

/// 网友小鱼
fn called(label: &str) -> Option<Parts> {
    let front = FRONTS.iter().find(|&front| label.starts_with(front))?;
    let rest = slice(label, front.len()..label.len());
    let start = label.len() - rest.trim_start_matches(is_parting).len();
    let name = trimmed(label, start..label.len());
    let said = slice(label, name.clone());
    let count = said.chars().take(LONGEST_PLAIN + 3).count();
    let is_nick =
        said.starts_with(['小', '阿', '老', '大']) && count <= 3 || *front == "网友" || start > front.len();
    let is_word =
        said.chars().all(|ch| ch.is_alphanumeric() || ch == '_') && said.starts_with(char::is_alphabetic);
    let is_name = is_nick && is_word && (2..=LONGEST_PLAIN + 2).contains(&count) && !is_refused(said);
    is_name.then_some((name, 0..front.len()))
}

/// A part of a text without the white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = slice(text, range.clone());
    let start = range.end - part.trim_start().len();
    start..start + part.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert, prop_oneof, proptest};
    use proptest::strategy::Strategy;

    /// Title and name with a bar between them, which the byline is without.
    const GLUED: &str = "
        国家质检总局办公厅主任|林伟 云江市图书馆馆长|陆知远 某局局长、党组书记|欧阳明 主持人|沙某 书记兼董事长|王强
        某局局长助理|王芳 某省副省长|周远山 云江市代市长|韩立 某厅常务副主任|孟小川 青石集团总工程师|丁一
        海洋所首席科学家|申屠远 镇党委副书记|马小兰 学会秘书长|司徒静 某局二级巡视员|蒋文 中国工程院院士|慕容博
        电力公司教授级高工|许大力 第一医院主治医师|白晓 正阳律师事务所律师|江小北 远山证券分析师|贺兰 美食博主|田甜
        女排队员|朱小婷 清水村村民|李某 云江市市民|温某某 师范大学学生|于欢 三年级家长|胡波 社区志愿者|章华
        特勤站消防员|雷鸣 短跑运动员|苏小添 主教练|郎青 第三中学副校长|顾海 某科技CEO|王强 青木资本合伙人|沈星
        州长|索朗扎西 牧民|次仁顿珠 苏木书记|巴特尔 白杨滩县图书馆副馆长|阿依古丽·买买提江
        某州副州长|阿不都热合曼·买买提 某州副州长|阿不都热合曼・买买提 某州副州长|阿不都热合曼•买买提
        某州副州长|阿不都热合曼．买买提 医生|古丽娜尔·艾山 运动员|乌兰图雅 议长|扎西才让 画家|格桑多吉
        某院院长|司马青 工程师|长孙无忌 总工程师|长孙立 研究员|宇文成 研究员|尉迟恭 主任|上官云 律师|诸葛亮亮
        会长|皇甫松 讲师|公孙胜 演员|令狐冲 编辑|夏侯渊 主任|东方明 教授|独孤信 法官|南宫雪 检察官|端木赐
        村长|呼延庆 村医|轩辕明 馆长|闻人静 董事长|孙明 副理事长|孙立 市长|江明 部长|江泽 秘书长|孙静
        第二人民医院儿科主任医师|钱小红 护士长|尹芳 急诊科护士|贾玲玲 麻醉师|石磊 药剂师|秦勇 村卫生室医生|夏雨
        高级人民法院审判长|韩正 人民法院法官|邱慧 检察院检察长|郝大方 公证处公证员|龚雪 人民陪审员|方小圆 书记员|谭松
        小学班主任|任小虹 高三数学老师|陈芳 幼儿园园长|梁小燕 大学讲师|傅明 研究生|林夕 博士后|
        青石科技总经理|赵大海 财务总监|范小姗 首席执行官|柯南 产品经理|叶子 程序员|潘安 设计师|卓然 销售代表|熊勇
        国家队主教练|徐根 守门员|张小林 裁判员|杜威 击剑选手|谭雪 龙舟队队长|廖明 田径队领队|孔亮 体操名将|
        清水镇镇长|龙小飞 石桥村村支书|牛大壮 种粮大户|郭守 护林员|万青 养蜂人|段小峰 渔民|蔡根 网格员|孟瑶 驻村干部|毛宁
        商务部新闻发言人|高峰 气象台首席预报员|甘霖 地震局研究员|车时 铁路局列车长|邓超 民航机长|洪波 远洋轮船长|戴维
        晚报记者|鲁小迅 电视台主播|康辉 出版社总编辑|阮小琴 诗人|李白 青年作家|余秀 导演|贾樟 歌手|田震 词曲作者|庄奴
        派出所民警|卫国 交警|武松 退役士兵|史进 战士|雷小锋 出租车司机|祁子安 快递员|汪勇 环卫工|时小侠 保安|郝大川
        修鞋匠人|石磊 非遗传承人|姚惠 民间艺人|单雄 家属|于小姐 黑石局局长|居远 市民|王女士 学生家长|李先生 村民|王×× 患者|张某
        网友|小鱼 网友|夜里的风 主播|阿强 观众|小李 嘉宾|王强 记者|李某 主任|Peter 数字资源部主任|Peter_Lin
        嘉宾|Tom 某某局副局长（正厅级）|郑大同 北郡大学副校长(兼)|魏青 馆长、流动书车主管|阿依古丽·买买提江";

    const WHOLE: [&str; 96] = [
        "张长",
        "李师",
        "王家",
        "陈老师",
        "陈先生",
        "王女士",
        "李总",
        "张主任",
        "刘教授",
        "某校陈老师",
        "小美同学",
        "夜里的风",
        "@bot",
        "Ann",
        "user_123",
        "质量万里行记者站",
        "某市人民政府",
        "外交部发言人办公室",
        "中国女排队员",
        "福建出入境检验检疫局局宇方成",
        "主持人",
        "直播管理员",
        "某局局长",
        "某局新闻发言人",
        "馆长助理兼数字资源部",
        "局长办公室",
        "主任委员会",
        "校长信箱",
        "市长热线",
        "校长高中部",
        "专家组",
        "专家在线答疑",
        "专家解读",
        "律师解惑",
        "记者连线",
        "律师事务所",
        "作家协会",
        "作家出版社",
        "运动员村",
        "运动员党支部",
        "主持人大赛",
        "观众提问",
        "网友留言",
        "读者来信",
        "听众热线",
        "网友们",
        "嘉宾席位",
        "家长会",
        "老师党员",
        "国家林业局",
        "国家林草",
        "国家安全部",
        "林家明",
        "张三、李四",
        "局长王芳、副局长李明",
        "局长王芳,副局长李明",
        "王家林森",
        "张长江河",
        "欧阳明",
        "巴特尔",
        "次仁顿珠",
        "买买提·艾山",
        "（张三）",
        "张三（2）",
        "小美（北京）",
        "工程师A",
        "观众1",
        "某公司董事长",
        "院士工作站",
        "Moderator",
        "Admin",
        "Dr.",
        "Mr.",
        "President",
        "🙂",
        "。",
        "·",
        "（",
        "）",
        "局长王芳 主任李明",
        "主任: ",
        " :张三",
        "江南 电视台",
        "高山 流水",
        "北京 王强",
        "MODERATOR: ",
        "Dr. Lee",
        "Mr. Lee",
        "New York, USA",
        "Ann Lee, Bob Ray",
        "Ann (she/her)",
        "Ann Lee",
        "Guest Relations Manager",
        "President Lincoln High School",
        "Smith, John",
        "Head of Data Ann Lee",
    ];

    const OTHERS: [(&str, &str, &str); 44] = [
        ("张三（某局局长）", "张三", "某局局长"),
        ("张三(某局局长)", "张三", "某局局长"),
        ("张三【某局局长】", "张三", "某局局长"),
        ("张三[某局局长]", "张三", "某局局长"),
        ("张三〔某局〕", "张三", "某局"),
        ("张三（云江市）", "张三", "云江市"),
        ("张三()", "张三", ""),
        ("小美（主持人）", "小美", "主持人"),
        ("索朗扎西（州长）", "索朗扎西", "州长"),
        ("买买提·艾山（馆长）", "买买提·艾山", "馆长"),
        ("某局局长张三（特邀）", "张三", "某局局长"),
        ("某局局长（张三）", "张三", "某局局长"),
        ("【主持人】沙某", "沙某", "主持人"),
        ("[记者]李某", "李某", "记者"),
        ("张三 某局局长", "张三", "某局局长"),
        ("张三，某局局长", "张三", "某局局长"),
        ("张三/某局局长", "张三", "某局局长"),
        ("张三-某局局长", "张三", "某局局长"),
        ("张三 某市 图书馆 馆长", "张三", "某市 图书馆 馆长"),
        ("某局局长 张三", "张三", "某局局长"),
        ("某局局长　张三", "张三", "某局局长"),
        ("某局局长:张三", "张三", "某局局长"),
        ("某局局长：张三", "张三", "某局局长"),
        ("某局局长/张三", "张三", "某局局长"),
        ("某局 局长 张三", "张三", "某局 局长"),
        ("北郡大学 王强", "王强", "北郡大学"),
        ("主持人：小美", "小美", "主持人"),
        ("某馆馆长 Ann Lee", "Ann Lee", "某馆馆长"),
        ("Ann Smith, Director", "Ann Smith", "Director"),
        ("Ann Smith, Director, Oakfield Library", "Ann Smith", "Director, Oakfield Library"),
        ("Ann Smith, Oakfield University", "Ann Smith", "Oakfield University"),
        ("Juan de la Cruz, Mayor", "Juan de la Cruz", "Mayor"),
        ("Mary-Jane O'Neil, Head of Data", "Mary-Jane O'Neil", "Head of Data"),
        ("J. R. Hill, Senior Analyst", "J. R. Hill", "Senior Analyst"),
        ("Ann Lee (Director)", "Ann Lee", "Director"),
        ("Ann Lee ( Director )", "Ann Lee", "Director"),
        ("Ann (moderator)", "Ann", "moderator"),
        ("Ann Lee (Oakfield)", "Ann Lee", "Oakfield"),
        ("Ann Lee - Director", "Ann Lee", "Director"),
        ("Ann Lee – Chief Executive Officer", "Ann Lee", "Chief Executive Officer"),
        ("Dr. Ann Lee", "Ann Lee", "Dr."),
        ("Dr. Ann Lee, Surgeon", "Ann Lee", "Surgeon"),
        ("Vice President Ann Lee", "Ann Lee", "Vice President"),
        ("Moderator: Ann Lee", "Ann Lee", "Moderator"),
    ];

    fn parts(label: &str) -> (&str, &str) {
        let (name, title) = split(label);
        (slice(label, name), slice(label, title))
    }

    #[test]
    fn a_name_behind_its_title_is_told() {
        let mut wrong = Vec::new();
        for case in GLUED.split_whitespace().map(|case| case.replace('_', " ")) {
            let (title, name) = case.split_once('|').unwrap();
            let label = format!("{title}{name}");
            let wanted = if name.is_empty() { (title, "") } else { (name, title) };
            if parts(&label) != wanted {
                wrong.push(format!("{label}: {:?}", parts(&label)));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn what_is_doubtful_stays_whole() {
        let mut wrong = Vec::new();
        for label in WHOLE {
            if split(label) != (0..label.len(), 0..0) {
                wrong.push(format!("{label}: {:?}", parts(label)));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn names_and_titles_are_told_by_what_parts_them() {
        let mut wrong = Vec::new();
        for (label, name, title) in OTHERS {
            if parts(label) != (name, title) {
                wrong.push(format!("{label}: {:?}", parts(label)));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn other_evidence_can_choose_among_what_is_plausible() {
        for (label, names) in [
            ("福建出入境检验检疫局局宇方成", &["宇方成", "方成"][..]),
            ("某局局长、党组书记欧阳明", &["欧阳明"]),
            ("云江女排朱小婷", &["朱小婷"]),
            ("清水县医院王强", &["王强"]),
            ("记者小鱼", &["小鱼"]),
            ("李明 北郡大学", &["李明"]),
            ("质量万里行记者站", &[]),
            ("夜里的风", &[]),
            ("小美同学", &[]),
            ("某市人民政府", &[]),
            ("张三", &[]),
            ("", &[]),
        ] {
            let found: Vec<_> = candidates(label).into_iter().map(|(name, _)| slice(label, name)).collect();
            assert_eq!(found.get(..names.len()), Some(names), "{label}: {found:?}");
            assert_eq!(found.is_empty(), names.is_empty(), "{label}: {found:?}");
        }
    }

    fn label() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            proptest::sample::select(vec![
                "局长",
                "主任",
                "、",
                "某局",
                "王",
                "欧阳",
                "强",
                "·",
                "（",
                "）",
                "[",
                "]",
                " ",
                "　",
                ":",
                "，",
                "Ann Lee",
                "Director",
                ", ",
                "Dr. ",
                "网友",
                "小",
                "买买提",
                "师",
                "*",
                "CEO",
                "🙂",
                "e\u{301}",
            ])
            .prop_map(String::from),
            any::<char>().prop_map(String::from),
        ];
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_split_is_in_the_label_and_has_a_name(label in label()) {
            let whole = split(&label);
            let candidates = candidates(&label);
            prop_assert!(whole.1.is_empty() || candidates.first() == Some(&whole));
            for (name, title) in candidates.into_iter().chain([whole]) {
                prop_assert!(label.get(name.clone()).is_some() && label.get(title.clone()).is_some());
                prop_assert!(label.is_empty() || !name.is_empty());
                prop_assert!(title.is_empty() || name.end <= title.start || title.end <= name.start);
            }
        }
    }
}
