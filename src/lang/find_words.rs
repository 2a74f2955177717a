//! The fixed words of search and filter, in both languages side by side.

/// The fixed words of search and filter.
#[derive(Debug)]
pub struct FindWords {
    /// Label of the filter prompt, and before the count of what filters show.
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
    /// What can be typed there.
    pub filter_examples: &'static str,
    /// Title of the list of filters.
    pub filters: &'static str,
    /// What an empty list says.
    pub how_to_filter: &'static str,
    /// There is none.
    pub no_filter: &'static str,
    /// All were taken away.
    pub none_left: &'static str,
    /// None holds for now.
    pub turned_off: &'static str,
    /// They hold again.
    pub turned_on: &'static str,
    /// For the status line, while none holds.
    pub not_held: &'static str,
    /// Nothing matches them.
    pub nothing_matches: &'static str,
    /// Nothing that was revealed so far does.
    pub nothing_yet: &'static str,
    /// Nothing is left out beside the post in focus.
    pub nothing_left_out: &'static str,
    /// What was opened is left out again.
    pub closed: &'static str,
    /// Hits lie in what filters leave out alone.
    pub hits_left_out: &'static str,
}

/// 中文
pub(super) const ZH: FindWords = FindWords {
    filter: "只看",
    regex: ["按正则查找", "按原样查找"],
    pinyin: ["字母也按拼音查找", "字母不按拼音查找"],
    folding: ["全半角、简繁、引号不分", "全半角、简繁、引号有别"],
    switches: ["原样", "拼音", "分"],
    no_word: "这里没有词",
    next_word: "再按 {search-word} 换下一个词",
    language: [
        "from:姓名 role:嘉宾 kind:提问 after:15:14 before:#42 · {toggle-pinyin} 拼音",
        "from:姓名 role:嘉宾 after:15:14",
        "from:姓名",
    ],
    filter_examples: "质量|标准  from:姓名  role:guest  !不含此词",
    filters: "过滤",
    how_to_filter: "还没有过滤,按 {filter} 新建",
    no_filter: "没有过滤,按 {filter} 新建",
    none_left: "已去掉全部过滤",
    turned_off: "过滤已停用,按 {toggle-filters} 恢复",
    turned_on: "过滤已启用",
    not_held: "过滤停用",
    nothing_matches: "没有发言符合过滤。{toggle-filters} 停用,{filters} 列表。",
    nothing_yet: "符合过滤的发言还没有出现。{toggle-filters} 停用。",
    nothing_left_out: "这里没有略去的发言",
    closed: "已收起",
    hits_left_out: "命中都在略去的发言里,按 {toggle-filters} 停用过滤",
};

/// English
pub(super) const EN: FindWords = FindWords {
    filter: "only",
    regex: ["searched as a regular expression", "searched as plain text"],
    pinyin: ["letters are pinyin too", "letters are not pinyin"],
    folding: ["widths, 简繁 and quotes are alike", "widths, 简繁 and quotes are told apart"],
    switches: ["plain", "pinyin", "apart"],
    no_word: "there is no word here",
    next_word: "{search-word} again: the next word",
    language: [
        "from:name role:guest kind:question after:15:14 before:#42 · {toggle-pinyin} pinyin",
        "from:name role:guest after:15:14",
        "from:name",
    ],
    filter_examples: "tea|coffee  from:name  role:guest  !without this",
    filters: "filters",
    how_to_filter: "no filter yet, {filter} makes one",
    no_filter: "no filter: {filter} makes one",
    none_left: "all filters taken away",
    turned_off: "filters are off, {toggle-filters} turns them on",
    turned_on: "filters are on",
    not_held: "filters off",
    nothing_matches: "No post matches. {toggle-filters} turns filters off, {filters} lists them.",
    nothing_yet: "No post that matches has come yet. {toggle-filters} turns filters off.",
    nothing_left_out: "nothing is left out here",
    closed: "left out again",
    hits_left_out: "all hits are left out: {toggle-filters} turns filters off",
};
