//! The fixed words of search and filter, in both languages side by side.

/// The fixed words of search and filter.
#[derive(Debug)]
pub struct FindWords {
    /// Label of the filter prompt, and before the count of what filters show.
    pub filter: &'static str,
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
    filter_examples: "质量|标准  from:姓名  role:guest  !不含此词",
    filters: "过滤",
    how_to_filter: "还没有过滤,按 n 新建",
    no_filter: "没有过滤,按 & 新建",
    none_left: "已去掉全部过滤",
    turned_off: "过滤已停用,按 H 恢复",
    turned_on: "过滤已启用",
    not_held: "过滤停用",
    nothing_matches: "没有发言符合过滤。H 停用,F 列表。",
    nothing_yet: "符合过滤的发言还没有出现。H 停用。",
    nothing_left_out: "这里没有略去的发言",
    closed: "已收起",
    hits_left_out: "命中都在略去的发言里,按 H 停用过滤",
};

/// English
pub(super) const EN: FindWords = FindWords {
    filter: "only",
    filter_examples: "tea|coffee  from:name  role:guest  !without this",
    filters: "filters",
    how_to_filter: "no filter yet, n makes one",
    no_filter: "no filter: & makes one",
    none_left: "all filters taken away",
    turned_off: "filters are off, H turns them on",
    turned_on: "filters are on",
    not_held: "filters off",
    nothing_matches: "No post matches. H turns filters off, F lists them.",
    nothing_yet: "No post that matches has come yet. H turns filters off.",
    nothing_left_out: "nothing is left out here",
    closed: "left out again",
    hits_left_out: "all hits are left out: H turns filters off",
};
