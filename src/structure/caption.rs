//! A caption: one line by which an admin names a guest, with the office in full: `某市图书馆馆长、党组书记:陆知远`.

use super::{byline, english, names};
use crate::text::slice;

/// No caption is longer, in bytes: some forty ideographs.
pub const LONGEST: usize = 180;

/// What parts the office from the name.
const PARTING: [char; 4] = [':', '：', '/', '／'];

/// What no caption ends with: it is no sentence.
const SENTENCE_ENDS: [char; 11] = ['。', '!', '！', '?', '？', '…', ';', '；', ',', '，', '.'];

/// What an office does not hold, and a sentence about a guest does.
const VERBS: [&str; 12] =
    ["正在", "下面", "有请", "欢迎", "请问", "介绍", "提问", "回答", "表示", "现在", "接下来", "致辞"];

/// What stands before an office below a picture.
const LEADS: [&str; 3] = ["图为", "左为", "右为"];

/// Parts of an organisation: behind `副` only a head of one makes sense (副局长).
const UNITS: [&str; 10] = ["局", "司", "处", "厅", "部", "院", "所", "会", "校", "馆"];

/// What follows `副` and a part of an organisation in an office.
const HEADS: [char; 3] = ['长', '级', '主'];

/// What a caption says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caption<'a> {
    /// The office.
    pub title: &'a str,
    /// The name; behind a mark it is certain, else it is what a byline would be taken apart into.
    pub name: &'a str,
}

/// Reads a body as a caption, if it is in the form of one.
pub fn read(body: &str) -> Option<Caption<'_>> {
    let line = body.trim();
    if line.len() > LONGEST || line.contains('\n') || line.ends_with(SENTENCE_ENDS) {
        return None;
    }
    let line = LEADS
        .iter()
        .find_map(|lead| line.strip_prefix(lead))
        .unwrap_or(line)
        .trim_start_matches([':', '：', ' ']);
    let parted = line.rsplit_once(PARTING).map(|(title, name)| (title.trim(), name.trim()));
    let (title, name) = parted.unwrap_or_else(|| {
        let (name, title) = byline::split(line);
        (slice(line, title), slice(line, name))
    });
    let is_office = !title.is_empty() && !VERBS.iter().any(|verb| title.contains(verb));
    let is_person = names::name(name).is_some() || english::is_name(name);
    (is_office && is_person).then_some(Caption { title, name })
}

/// Whether an office has lost or gained a character where that can be told: a deputy of something that has none.
pub fn is_damaged(title: &str) -> bool {
    title.match_indices('副').any(|(at, deputy)| {
        let rest = slice(title, at + deputy.len()..title.len());
        UNITS.iter().filter_map(|unit| rest.strip_prefix(unit)).any(|rest| !rest.starts_with(HEADS))
    })
}

/// Whether two names are one character apart: one is another, or one is missing in a name of three or more.
pub fn is_variant(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let same = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let (rest, more) = (&short[same..], &long[same..]);
    match long.len() - short.len() {
        0 => short.len() >= 2 && !rest.is_empty() && rest[1..] == more[1..],
        1 => short.len() >= 2 && rest == &more[1..],
        _ => false,
    }
}

/// Whether two offices are one: by the first of several in each, which may be short for the other (`省应急局局长` for
/// `某省应急管理局局长`). A deputy is not the head.
pub fn is_same_office(one: &str, other: &str) -> bool {
    let (one, other) = (first_office(one), first_office(other));
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    is_short_for(short, long) && ends_alike(short, long) && short.contains('副') == long.contains('副')
}

/// Whether a text is another one with characters left out.
pub fn is_short_for(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|ch| rest.any(|other| other == ch))
}

/// Whether the last two characters of two texts are the same.
pub fn ends_alike(one: &str, other: &str) -> bool {
    one.chars().rev().take(2).eq(other.chars().rev().take(2))
}

/// The first of several offices.
pub fn first_office(title: &str) -> &str {
    title.split(['、', ',', '，', '兼']).next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_office_and_name_is_a_caption() {
        for (body, found) in [
            ("某市图书馆馆长:陆知远", Some(("某市图书馆馆长", "陆知远"))),
            (" 某市图书馆馆长、党组书记：陆知远 \n", Some(("某市图书馆馆长、党组书记", "陆知远"))),
            ("某市图书馆馆长陆知远", Some(("某市图书馆馆长", "陆知远"))),
            ("图为某市图书馆馆长陆知远", Some(("某市图书馆馆长", "陆知远"))),
            ("陆知远（某市图书馆馆长）", Some(("某市图书馆馆长", "陆知远"))),
            ("某州图书馆副馆长:阿依古丽·买买提江", Some(("某州图书馆副馆长", "阿依古丽·买买提江"))),
            ("直播开始啦!", None),
            ("下午的直播即将开始。", None),
            ("主持人正在提问馆长陆知远", None),
            ("有请某市图书馆馆长陆知远", None),
            ("某市图书馆馆长陆知远。", None),
            ("会议现场", None),
            ("某市图书馆馆长\n陆知远", None),
            ("时间:8点10分", None),
            (":陆知远", None),
            ("", None),
        ] {
            let caption = read(body);
            assert_eq!(caption.map(|caption| (caption.title, caption.name)), found, "{body:?}");
        }
    }

    #[test]
    fn a_deputy_of_nothing_is_a_misprint() {
        for title in ["某局副局长", "某部副部级巡视员", "某馆馆长、副主任", "某会副会长"]
        {
            assert!(!is_damaged(title), "{title}");
        }
        for title in ["某市监督副局党委书记", "某副馆馆长", "某局副局"] {
            assert!(is_damaged(title), "{title}");
        }
    }

    #[test]
    fn names_one_character_apart_are_variants() {
        for (one, other) in [("毕可心", "毕克心"), ("陆知远", "陆远"), ("王芳", "王方"), ("欧阳明", "欧阳朋")]
        {
            assert!(is_variant(one, other) && is_variant(other, one), "{one} {other}");
        }
        for (one, other) in
            [("陆知远", "陆知远"), ("陆知远", "陆之原"), ("王", "李"), ("陆", "陆远"), ("", "")]
        {
            assert!(!is_variant(one, other), "{one} {other}");
        }
    }

    #[test]
    fn offices_are_one_by_the_first_of_them() {
        assert!(is_same_office("某局局长", "某局局长、党组书记"));
        assert!(is_same_office("省应急局局长", "某省应急管理局局长"));
        assert!(is_same_office("", ""));
        for (one, other) in [
            ("某局局长", "某局副局长、党组书记"),
            ("某馆馆长", "某校校长"),
            ("", "某局局长"),
            ("某局", "某局局长"),
        ] {
            assert!(!is_same_office(one, other) && !is_same_office(other, one), "{one} {other}");
        }
    }
}
