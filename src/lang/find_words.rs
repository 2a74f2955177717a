//! The fixed words of search and filter, in both languages side by side.

/// The fixed words of search and filter.
#[derive(Debug)]
pub struct FindWords {
    /// Label of the filter prompt.
    pub filter: &'static str,
    /// What is typed is a regular expression, or plain text.
    pub regex: [&'static str; 2],
    /// Letters are also pinyin, or not.
    pub pinyin: [&'static str; 2],
    /// Widths, forms of characters and quotes are one, or not.
    pub folding: [&'static str; 2],
    /// What a search that is not as usual is called: plain text, pinyin, forms told apart.
    pub switches: [&'static str; 3],
    /// There is no word to search.
    pub no_word: &'static str,
    /// How one comes to the next word.
    pub next_word: &'static str,
    /// What may be asked for beside a pattern, shorter and shorter.
    pub language: [&'static str; 3],
}

/// 中文
pub(super) const ZH: FindWords = FindWords {
    filter: "只看",
    regex: ["按正则查找", "按原样查找"],
    pinyin: ["字母也按拼音查找", "字母不按拼音查找"],
    folding: ["全半角、简繁、引号不分", "全半角、简繁、引号有别"],
    switches: ["原样", "拼音", "分"],
    no_word: "这里没有词",
    next_word: "再按 * 换下一个词",
    language: [
        "from:姓名 role:嘉宾 kind:提问 after:15:14 before:#42 · Alt-p 拼音",
        "from:姓名 role:嘉宾 after:15:14",
        "from:姓名",
    ],
};

/// English
pub(super) const EN: FindWords = FindWords {
    filter: "only",
    regex: ["searched as a regular expression", "searched as plain text"],
    pinyin: ["letters are pinyin too", "letters are not pinyin"],
    folding: ["widths, 简繁 and quotes are alike", "widths, 简繁 and quotes are told apart"],
    switches: ["plain", "pinyin", "apart"],
    no_word: "there is no word here",
    next_word: "* again: the next word",
    language: [
        "from:name role:guest kind:question after:15:14 before:#42 · Alt-p pinyin",
        "from:name role:guest after:15:14",
        "from:name",
    ],
};
