//! Offices that were cut, and those that only one person has.

use crate::structure::{ends_alike, first_office, is_short_for, split_byline};
use crate::text::slice;

/// Parts of an organisation whose head is called after it: 局局长, which is cut to 局局.
const UNITS: [&str; 28] = [
    "局", "厅", "处", "司", "部", "院", "所", "会", "校", "馆", "社", "站", "台", "园", "县", "市", "省",
    "镇", "乡", "村", "厂", "队", "组", "行", "科", "团", "庭", "州",
];

/// What is left of an office, and what is missing.
const STUMPS: [(&str, &str); 11] = [
    ("副主", "任"),
    ("室主", "任"),
    ("会主", "任"),
    ("厅主", "任"),
    ("心主", "任"),
    ("组书", "记"),
    ("委书", "记"),
    ("部书", "记"),
    ("副书", "记"),
    ("总经", "理"),
    ("总工程", "师"),
];

/// A name that is one for certain.
const SOMEBODY: &str = "王建国";

/// Offices of which an organisation has one.
const HEADS: [&str; 34] = [
    "局长",
    "厅长",
    "司长",
    "馆长",
    "院长",
    "校长",
    "部长",
    "所长",
    "会长",
    "社长",
    "台长",
    "园长",
    "站长",
    "行长",
    "市长",
    "县长",
    "省长",
    "镇长",
    "乡长",
    "村长",
    "区长",
    "州长",
    "厂长",
    "主任",
    "书记",
    "主席",
    "总裁",
    "总监",
    "总经理",
    "总编辑",
    "主编",
    "秘书长",
    "董事长",
    "理事长",
];

/// No office of one person is shorter, in bytes: an organisation stands before it.
const SHORTEST: usize = 12;

/// What an office without its last character lacks, if it looks as if it lacks one.
pub fn missing(office: &str) -> Option<&'static str> {
    let stump = STUMPS.iter().find(|(stump, _)| office.ends_with(stump)).map(|&(_, rest)| rest);
    stump.or_else(|| {
        let (unit, rest) = UNITS.iter().find_map(|&unit| Some((unit, office.strip_suffix(unit)?)))?;
        let is_head = rest.ends_with('副') || rest.ends_with(unit) && rest.len() > unit.len();
        is_head.then_some("长")
    })
}

/// A byline whose office looks cut: the office, and what is missing between it and the name.
pub fn cut(label: &str) -> Option<(&str, &'static str)> {
    let mut starts = label.char_indices().rev().map(|(at, _)| at).take(4).skip(1);
    starts.find_map(|at| {
        let (office, name) = (slice(label, 0..at), slice(label, at..label.len()));
        let missing = missing(office)?;
        let is_mended = splits(&format!("{office}{missing}"), name);
        (is_mended && !goes_on(office, name)).then_some((office, missing))
    })
}

/// Whether an office is one with the first character of what stands behind it: 会主 of 会主席某, 队队 of 队队医某.
pub fn goes_on(office: &str, name: &str) -> bool {
    name.chars().next().is_some_and(|first| splits(&format!("{office}{first}"), SOMEBODY))
}

/// Whether a byline of an office and a name is taken apart into the two.
fn splits(office: &str, name: &str) -> bool {
    let (found, title) = split_byline(&format!("{office}{name}"));
    found.start == office.len() && title == (0..office.len())
}

/// Whether an office of a caption is that of a byline with one more character at its end.
pub fn is_cut_of(office: &str, full: &str) -> bool {
    let full = first_office(full);
    let Some((end, last)) = full.char_indices().next_back() else { return false };
    let kept = slice(full, 0..end);
    // 某局局长 may be called 某局; only 某局局 is cut.
    ends_alike(kept, office)
        && (is_short_for(office, kept) || is_short_for(kept, office))
        && (last != '长' || missing(office).is_some())
}

/// Whether an office is one that no two people have at a time.
pub fn is_of_one(office: &str) -> bool {
    let office = first_office(office);
    office.len() >= SHORTEST
        && !office.contains(['副', '原', '前'])
        && HEADS.iter().any(|head| office.ends_with(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_that_is_cut_is_told_from_one_without_an_office() {
        for (label, office, missing) in [
            ("云江市档案馆馆方知远", "云江市档案馆馆", "长"),
            ("某省应急局局王芳", "某省应急局局", "长"),
            ("某市档案馆副馆陆知远", "某市档案馆副馆", "长"),
            ("云江市石桥镇副镇蔡洋", "云江市石桥镇副镇", "长"),
            ("某局办公室主王芳", "某局办公室主", "任"),
            ("某集团总经欧阳明", "某集团总经", "理"),
        ] {
            assert_eq!(cut(label), Some((office, missing)), "{label}");
        }
        for label in [
            "云江市图书馆陆知远",
            "某局王芳",
            "某市档案馆馆长陆知远",
            "临岚县轮滑协会主席文斌",
            "柳溪村村委会主任文军",
            "云江市田径队队医范佳玲",
            "某读书会会员小鱼",
            "石桥村村民王芳",
            "村村通王芳",
            "馆馆",
            "",
            "Ann Lee",
        ] {
            assert_eq!(cut(label), None, "{label}");
        }
    }

    #[test]
    fn a_caption_says_what_was_cut() {
        assert!(is_cut_of("云江市档案馆馆", "云江市档案馆馆长、书记"));
        assert!(is_cut_of("云江市档案馆馆", "档案馆馆长"));
        assert!(is_cut_of("青石公司总工程", "青石公司总工程师"));
        for (office, full) in [
            ("云江市档案馆", "云江市档案馆馆长"),
            ("云江市档案馆", "云江市档案馆长"),
            ("某局局长", "某局局长"),
            ("某校校", "某局局长"),
            ("", "局长"),
            ("", ""),
        ] {
            assert!(!is_cut_of(office, full), "{office} {full}");
        }
    }

    #[test]
    fn an_office_of_one_person_has_an_organisation() {
        for office in ["某省应急局局长", "某省应急局局长、党组书记", "云江市委书记"]
        {
            assert!(is_of_one(office), "{office}");
        }
        for office in ["局长", "某省应急局副局长", "某院医师", "网友", "三年级学生家长", ""]
        {
            assert!(!is_of_one(office), "{office}");
        }
    }
}
