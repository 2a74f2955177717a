//! A byline that glues organisation, title and name, taken apart where that is certain.

use crate::text::count::is_han;
use crate::text::slice;
use std::ops::Range;

/// Words that end a title; the longest match that leaves a name behind it wins.
const TITLES: [&str; 75] = [
    "主持人",
    "局长",
    "主任",
    "书记",
    "司长",
    "处长",
    "部长",
    "厅长",
    "院长",
    "馆长",
    "会长",
    "校长",
    "行长",
    "市长",
    "县长",
    "省长",
    "区长",
    "镇长",
    "乡长",
    "村长",
    "社长",
    "所长",
    "站长",
    "科长",
    "组长",
    "队长",
    "厂长",
    "店长",
    "园长",
    "班长",
    "台长",
    "董事长",
    "理事长",
    "秘书长",
    "监事长",
    "总经理",
    "经理",
    "总裁",
    "总监",
    "主席",
    "委员",
    "教授",
    "研究员",
    "工程师",
    "设计师",
    "修复师",
    "医师",
    "律师",
    "记者",
    "编辑",
    "主编",
    "专家",
    "代表",
    "发言人",
    "负责人",
    "创始人",
    "顾问",
    "讲师",
    "博士",
    "院士",
    "馆员",
    "老师",
    "管理员",
    "志愿者",
    "司机",
    "店主",
    "飞行员",
    "运动员",
    "演员",
    "导演",
    "作家",
    "校友",
    "村支书",
    "干事",
    "保安",
];

/// No name is longer, in characters.
const LONGEST_NAME: usize = 40;

/// Where name and title stand in a byline, in bytes. A doubtful byline is all name.
pub fn split(label: &str) -> (Range<usize>, Range<usize>) {
    glued(label).or_else(|| bracketed(label)).or_else(|| listed(label)).unwrap_or((0..label.len(), 0..0))
}

/// 某市图书馆馆长张三
fn glued(label: &str) -> Option<(Range<usize>, Range<usize>)> {
    let ends = label.char_indices().rev().map(|(at, _)| at);
    let is_title = |end: usize| TITLES.iter().any(|title| slice(label, 0..end).ends_with(title));
    let end = ends.take(LONGEST_NAME).find(|&end| is_title(end))?;
    is_name(slice(label, end..label.len())).then_some((end..label.len(), 0..end))
}

/// 张三（某市图书馆馆长）
fn bracketed(label: &str) -> Option<(Range<usize>, Range<usize>)> {
    let inner = label.strip_suffix(['）', ')'])?;
    let (name, title) = inner.split_once(['（', '('])?;
    let (name, title) =
        (trimmed(label, 0..name.len()), trimmed(label, inner.len() - title.len()..inner.len()));
    is_name(slice(label, name.clone())).then_some((name, title))
}

/// Ann Smith, Director
fn listed(label: &str) -> Option<(Range<usize>, Range<usize>)> {
    let (name, title) = label.split_once(", ")?;
    let latin = name.contains(' ')
        && name.chars().all(|ch| ch.is_alphabetic() || matches!(ch, ' ' | '.' | '-' | '\''));
    (latin && !title.contains(", ")).then(|| (0..name.len(), label.len() - title.len()..label.len()))
}

/// A part of a text without the white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = slice(text, range.clone());
    let start = range.end - part.trim_start().len();
    start..start + part.trim().len()
}

/// Two to four ideographs, or a dotted or Latin name.
pub fn is_name(name: &str) -> bool {
    let letters = name.chars().filter(|ch| !matches!(ch, '·' | '•' | '・' | ' ' | '.'));
    let (mut han, mut other) = (0, 0);
    for ch in letters {
        if is_han(ch) {
            han += 1;
        } else if ch.is_alphabetic() {
            other += 1;
        } else {
            return false;
        }
    }
    let dotted = name.contains(['·', '•', '・']);
    match (han, other) {
        (2..=4, 0) => !name.contains(' '),
        (5..=14, 0) => dotted,
        (0, 2..) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glued_byline_is_split_where_that_is_certain() {
        for (label, name, title) in [
            ("云江市图书馆馆长陆知远", "陆知远", "云江市图书馆馆长"),
            ("某局局长、党组书记欧阳明", "欧阳明", "某局局长、党组书记"),
            ("某州图书馆副馆长阿依古丽·买买提江", "阿依古丽·买买提江", "某州图书馆副馆长"),
            ("主持人沙某", "沙某", "主持人"),
            ("主持人", "主持人", ""),
            ("直播管理员", "直播管理员", ""),
            ("张三（某局局长）", "张三", "某局局长"),
            ("Ann Lee ( Director )", "Ann Lee", "Director"),
            ("张三()", "张三", ""),
            ("Ann Smith, Director", "Ann Smith", "Director"),
            ("某局局长", "某局局长", ""),
            ("馆长助理兼数字资源部", "馆长助理兼数字资源部", ""),
            ("", "", ""),
        ] {
            let (in_name, in_title) = split(label);
            assert_eq!((slice(label, in_name), slice(label, in_title)), (name, title), "{label}");
        }
    }
}
