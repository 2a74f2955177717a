//! A pattern of words: a regular expression or plain text, with smart case and what is one in it.

use super::fold::{Alike, folded};
use super::trace::{may_be_replaced, trace};
use crate::lang::Lang;
use regex::{RegexBuilder, bytes};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::Hir;
use std::ops::Range;

/// The largest compiled expression, in bytes. What is spelled has large classes.
const LARGEST: usize = 16 << 20;

/// The largest one that was typed as such: `(a{1000}){1000}` is none.
const LARGEST_TYPED: usize = 1 << 20;

/// How words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ways {
    /// What is typed is a regular expression, else it stands for itself.
    pub regex: bool,
    /// Full and half width, simplified and traditional characters, curly and straight quotes are one.
    pub folding: bool,
    /// Letters are also looked for as pinyin.
    pub pinyin: bool,
    /// Whether case counts; by default it does where there are capital letters.
    pub case: Case,
}

/// Whether case counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Case {
    /// Where the pattern has capital letters.
    #[default]
    Smart,
    /// Never.
    Ignored,
    /// Always.
    Counts,
}

impl Default for Ways {
    fn default() -> Self {
        Self { regex: true, folding: true, pinyin: false, case: Case::Smart }
    }
}

/// A pattern, ready to be looked for.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// For the words of a post.
    words: bytes::Regex,
    /// For the source, in which posts stand one after another.
    raw: Option<bytes::Regex>,
    /// Whether what is looked for in the source may be what could not be decoded.
    is_of_anything: bool,
}

impl Pattern {
    /// A pattern as it was typed.
    ///
    /// # Errors
    /// If it is no regular expression, or an excessive one.
    pub fn new(text: &str, ways: Ways) -> Result<Self, regex::Error> {
        let escaped = if ways.regex { text.to_owned() } else { regex::escape(text) };
        let insensitive = match ways.case {
            Case::Smart => !text.chars().any(char::is_uppercase),
            Case::Ignored => true,
            Case::Counts => false,
        };
        // It is held to be right, and of a right size, as it was typed.
        RegexBuilder::new(&escaped).case_insensitive(insensitive).size_limit(LARGEST_TYPED).build()?;
        let mut parser = ParserBuilder::new();
        // What a dot stands for ends with a line, however that ends.
        let hir = parser.case_insensitive(insensitive).crlf(true).build().parse(&escaped);
        let hir = hir.map_err(|error| regex::Error::Syntax(error.to_string()))?;
        let hir = folded(&hir, Alike { forms: ways.folding, sounds: ways.pinyin });
        let build = |hir: &Hir| bytes::RegexBuilder::new(&hir.to_string()).size_limit(LARGEST).build();
        let words = build(&hir)?;
        let trace = trace(&hir);
        let is_of_anything = trace.as_ref().is_none_or(may_be_replaced);
        // To make one takes its time where it has the classes of what is spelled.
        let raw = trace.map(|trace| if trace == hir { Ok(words.clone()) } else { build(&trace) });
        Ok(Self { words, raw: raw.transpose()?, is_of_anything })
    }

    /// Where it matches in a text.
    pub fn find_iter(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        self.words.find_iter(text.as_bytes()).map(|found| found.range()).filter(|range| !range.is_empty())
    }

    /// Whether it matches somewhere in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.words.is_match(text.as_bytes())
    }

    /// The expression for the source: what it matches is in each match, or something in the same line before it is. None
    /// where the pattern may match anywhere.
    pub fn raw(&self) -> Option<&bytes::Regex> {
        self.raw.as_ref()
    }

    /// Whether that may match what could not be decoded.
    pub fn is_of_anything(&self) -> bool {
        self.is_of_anything
    }
}

/// Why a pattern is no regular expression, in a few words.
pub fn fault(lang: Lang, error: &regex::Error) -> String {
    const KNOWN: [(&str, &str); 9] = [
        ("unclosed group", "括号没有闭合"),
        ("unopened group", "括号没有开头"),
        ("unclosed character class", "方括号没有闭合"),
        ("repetition operator missing expression", "重复符前没有内容"),
        ("unclosed counted repetition", "花括号没有闭合"),
        ("repetition quantifier expects a valid decimal", "花括号里应为数字"),
        ("incomplete escape sequence", "反斜杠后没有内容"),
        ("unrecognized escape sequence", "不认识的转义"),
        ("invalid character class range", "字符范围颠倒"),
    ];
    let regex::Error::Syntax(text) = error else { return lang.pick("太大", "too big").to_owned() };
    let why = text.rsplit("error: ").next().unwrap_or_default();
    let known = KNOWN.iter().find(|(en, _)| lang == Lang::Zh && why.starts_with(en));
    let why = known.map_or(why, |&(_, zh)| zh);
    why.split([',', '\n']).next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pinyin() -> Ways {
        Ways { pinyin: true, ..Ways::default() }
    }

    fn found(pattern: &str, ways: Ways, text: &str) -> Vec<String> {
        let pattern = Pattern::new(pattern, ways).unwrap();
        let found: Vec<_> = pattern.find_iter(text).collect();
        let is_traced = pattern.raw().is_none_or(|raw| raw.is_match(text.as_bytes()));
        assert!(found.is_empty() || is_traced, "{text}");
        found.into_iter().filter_map(|range| text.get(range)).map(str::to_owned).collect()
    }

    #[test]
    fn what_is_written_otherwise_is_found() {
        for (pattern, text, expected) in [
            ("質量提升", "质量提升", "质量提升"),
            ("质量", "品質量", "質量"),
            ("ＰｈＤ", "a PhD.", "PhD"),
            ("PhD", "ＰｈＤ phd", "ＰｈＤ"),
            ("phd", "ＰｈＤ phd ＰＨＤ", "ＰｈＤ|phd|ＰＨＤ"),
            ("\"好\"", "“好” ＂好＂ '好'", "“好”|＂好＂"),
            ("it's", "It’s", "It’s"),
            ("a b", "a\u{3000}b a\nb a \u{a0} b ab", "a\u{3000}b|a\nb|a \u{a0} b"),
            ("质量,安全", "质量，安全", "质量，安全"),
            ("ガラス", "ｶﾞﾗｽ ガラス", "ｶﾞﾗｽ|ガラス"),
            ("ﾗｽ", "ガラス", "ラス"),
            ("[质x]量", "質量 x量", "質量|x量"),
            ("[^质]量", "質量 质量 大量", "質量|大量"),
            ("發", "发 髮", "发|髮"),
            ("2-3", "2–3 2－3", "2–3|2－3"),
            ("(质|量){2}", "質量", "質量"),
            ("x*", "质", ""),
        ] {
            assert_eq!(found(pattern, Ways::default(), text).join("|"), expected, "{pattern}");
        }
    }

    #[test]
    fn nothing_else_is_found_where_forms_are_told_apart() {
        let apart = Ways { folding: false, ..Ways::default() };
        for (pattern, text) in [("質量", "质量"), ("phd", "ＰｈＤ"), ("\"", "“"), ("a b", "a\u{3000}b")]
        {
            assert_eq!(found(pattern, apart, text), [""; 0], "{pattern}");
            assert_eq!(found(text, apart, text), [text], "{text}");
        }
    }

    #[test]
    fn plain_text_stands_for_itself() {
        let plain = Ways { regex: false, ..Ways::default() };
        for text in ["a.b", "(", "[x", "a|b", r"\d", "^$", "#42"] {
            assert_eq!(found(text, plain, &format!("-{text}-axb")), [text]);
        }
        assert_eq!(found("A.b", plain, "a.b Ａ．b"), ["Ａ．b"]);
    }

    #[test]
    fn letters_are_found_by_their_sound_where_that_is_asked_for() {
        for (pattern, text, expected) in [
            ("zjzj", "国家质检总局的", "质检总局"),
            ("zhijian", "质检总局", "质检"),
            ("zhijzj", "质检总局", "质检总局"),
            ("zhjzj", "质检总局", "质检总局"),
            ("zongj", "质检总局", "总局"),
            ("chongqing", "重庆", "重庆"),
            ("zhongqing", "重庆", "重庆"),
            ("zhil", "質量 zhil", "質量|zhil"),
            ("质jian", "质检", "质检"),
            ("zj.*j", "质检总局", "质检总局"),
            ("xian", "西安 先", "西安|先"),
            ("zjzj", "质量总局 zjzj", "zjzj"),
            ("ZJ", "质检 ZJ", "ZJ"),
        ] {
            assert_eq!(found(pattern, pinyin(), text).join("|"), expected, "{pattern}");
        }
        assert_eq!(found("zjzj", Ways::default(), "质检总局"), [""; 0]);
    }

    #[test]
    fn no_row_of_letters_is_read_in_all_its_ways() {
        for letters in ["a".repeat(60), "an".repeat(30), "zhongguo".repeat(8), "xianan".repeat(9)] {
            assert!(Pattern::new(&letters, pinyin()).is_ok(), "{letters}");
        }
        assert_eq!(found(&"an".repeat(6), pinyin(), &"安".repeat(6)), ["安".repeat(6)]);
    }

    #[test]
    fn capitals_make_a_search_strict() {
        let ways = |case| Ways { case, ..Ways::default() };
        for (pattern, case, expected) in [
            ("quality", Case::Smart, "quality|Quality"),
            ("Quality", Case::Smart, "Quality"),
            ("Quality", Case::Ignored, "quality|Quality"),
            ("quality", Case::Counts, "quality"),
        ] {
            assert_eq!(found(pattern, ways(case), "quality Quality").join("|"), expected, "{pattern}");
        }
    }

    #[test]
    fn a_pattern_that_is_none_is_told_why() {
        for (pattern, en, zh) in [
            ("(", "unclosed group", "括号没有闭合"),
            (")", "unopened group", "括号没有开头"),
            ("[a", "unclosed character class", "方括号没有闭合"),
            ("*", "repetition operator missing expression", "重复符前没有内容"),
            ("a{x}", "repetition quantifier expects a valid decimal", "花括号里应为数字"),
            ("a{1", "unclosed counted repetition", "花括号没有闭合"),
            ("\\", "incomplete escape sequence", "反斜杠后没有内容"),
            ("\\y", "unrecognized escape sequence", "不认识的转义"),
            ("[z-a]", "invalid character class range", "字符范围颠倒"),
            ("a{100000}", "too big", "太大"),
        ] {
            let error = Pattern::new(pattern, Ways::default()).unwrap_err();
            assert_eq!(
                (fault(Lang::En, &error).as_str(), fault(Lang::Zh, &error).as_str()),
                (en, zh),
                "{pattern}"
            );
        }
    }
}
