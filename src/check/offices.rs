//! Offices that were cut, and those that only one person has.

use crate::structure::split_byline;
use crate::text::slice;

/// Parts of an organisation whose head is called after it: 局局长, which is cut to 局局.
const UNITS: [&str; 28] = [
    "局", "厅", "处", "司", "部", "院", "所", "会", "校", "馆", "社", "站", "台", "园", "县", "市", "省",
    "镇", "乡", "村", "厂", "队", "组", "行", "科", "团", "庭", "州",
];

/// What is left of an office, and what is missing.
const STUMPS: [(&str, &str); 22] = [
    ("副局", "长"),
    ("副厅", "长"),
    ("副处", "长"),
    ("副司", "长"),
    ("副部", "长"),
    ("副院", "长"),
    ("副所", "长"),
    ("副会", "长"),
    ("副校", "长"),
    ("副馆", "长"),
    ("副社", "长"),
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
        let unit = UNITS.iter().find(|&unit| office.ends_with(unit))?;
        let rest = slice(office, 0..office.len() - unit.len());
        (rest.ends_with(unit) && rest.len() > unit.len()).then_some("长")
    })
}

/// A byline whose office looks cut: office, name, and what is missing between them.
pub fn cut(label: &str) -> Option<(&str, &str, &'static str)> {
    let starts = label.char_indices().rev().map(|(at, _)| at).take(4).skip(1);
    starts.into_iter().find_map(|at| {
        let (office, name) = (slice(label, 0..at), slice(label, at..label.len()));
        let missing = missing(office)?;
        let mended = format!("{office}{missing}{name}");
        let (found, title) = split_byline(&mended);
        let is_mended = found == (at + missing.len()..mended.len()) && title.end == at + missing.len();
        is_mended.then_some((office, name, missing))
    })
}

/// Whether an office of a caption is that of a byline with one more character at its end.
pub fn is_cut_of(office: &str, full: &str) -> bool {
    let full = first(full);
    let Some((last, _)) = full.char_indices().next_back() else { return false };
    let (kept, lost) = (slice(full, 0..last), slice(full, last..full.len()));
    let ends_alike = kept.chars().rev().take(2).eq(office.chars().rev().take(2));
    let mut longer = kept.chars();
    let mut shorter = office.chars();
    let is_within = |short: &mut std::str::Chars, long: &mut std::str::Chars| {
        short.all(|ch| long.any(|other| other == ch))
    };
    let is_short = is_within(&mut shorter, &mut longer) || is_within(&mut kept.chars(), &mut office.chars());
    // 某局局长 may be called 某局; only 某局局 is cut.
    ends_alike && is_short && (lost != "长" || missing(office).is_some())
}

/// The first of several offices.
pub fn first(office: &str) -> &str {
    office.split(['、', ',', '，', '兼']).next().unwrap_or_default().trim()
}

/// Whether an office is one that no two people have at a time.
pub fn is_of_one(office: &str) -> bool {
    let office = first(office);
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
            ("云江市档案馆馆宇方远", "云江市档案馆馆", "长"),
            ("某省应急局局王芳", "某省应急局局", "长"),
            ("某市档案馆副馆陆知远", "某市档案馆副馆", "长"),
            ("某局办公室主王芳", "某局办公室主", "任"),
            ("某集团总经欧阳明", "某集团总经", "理"),
        ] {
            let found = cut(label).map(|(office, _, missing)| (office, missing));
            assert_eq!(found, Some((office, missing)), "{label}");
        }
        for label in
            ["云江市图书馆陆知远", "某局王芳", "某市档案馆馆长陆知远", "馆馆", "", "Ann Lee", "村村通王芳"]
        {
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
