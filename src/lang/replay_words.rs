//! The fixed words of the replay and of live records, in both languages side by side.

/// The fixed words of the replay.
#[derive(Debug)]
pub struct ReplayWords {
    /// A live record has come to its end.
    pub live_ended: &'static str,
    /// The replay was moved, before the post.
    pub moved: &'static str,
    /// Before a speed.
    pub speed: &'static str,
    /// Behind a reading speed that is still to be measured.
    pub measuring: &'static str,
    /// What may be typed for a place, and orders.
    pub places_and_orders: &'static str,
    /// A record that is followed: everything that has come is shown.
    pub caught_up: &'static str,
    /// A record is shown as it comes.
    pub live: &'static str,
    /// A record that is followed stands still.
    pub held: &'static str,
    /// No range is repeated any more.
    pub no_repeat: &'static str,
    /// A range that is repeated, before its posts.
    pub repeat: &'static str,
    /// How a range gets its end.
    pub repeat_end: &'static str,
    /// The replay has stopped at a breakpoint, before its name.
    pub stopped_at: &'static str,
    /// A breakpoint at each exchange.
    pub each_exchange: &'static str,
    /// Title of the list of breakpoints.
    pub breaks: &'static str,
    /// The list of breakpoints is empty.
    pub no_breaks: &'static str,
    /// What a breakpoint may be.
    pub breaks_examples: &'static str,
    /// What was typed is begun like an order and cannot be understood.
    pub not_understood: &'static str,
    /// Before the length of the whole replay.
    pub whole: &'static str,
    /// Characters a minute, behind their number.
    pub cpm: &'static str,
    /// Behind a reading speed that was measured.
    pub measured: &'static str,
    /// Posts appear letter by letter, or at once.
    pub typed: [&'static str; 2],
    /// A breakpoint was set, or taken away.
    pub breakpoint: [&'static str; 2],
    /// The replay is at its end.
    pub replay_ended: &'static str,
    /// Without a clock there is one gap model and one pace.
    pub no_pacing: &'static str,
    /// Before the time that a replay still takes.
    pub left: &'static str,
    /// Below the last revealed post of a replay, before and behind the number of posts to come.
    pub to_come: [&'static str; 2],
    /// New posts that were not seen yet, behind their number.
    pub new_posts: &'static str,
    /// Below the last post of a live record.
    pub more_to_come: &'static str,
    /// The same, where its last line has no end yet.
    pub unfinished: &'static str,
}

/// 中文
pub(super) const ZH: ReplayWords = ReplayWords {
    live_ended: "直播结束了",
    moved: "重放移到",
    speed: "速度",
    measuring: "(还在测)",
    places_and_orders: "15:14 · #42 · 50% · @姓名 · 问答 11 · +10m · speed 45 · gaps cap 2m · theme dark · next-hit",
    caught_up: "已到直播",
    live: "直播",
    held: "已暂停,新发言先留着,{toggle-play} 继续",
    no_repeat: "不再循环",
    repeat: "循环",
    repeat_end: "再按 {repeat} 标终点",
    stopped_at: "断点停下:",
    each_exchange: "每组问答",
    breaks: "断点",
    no_breaks: "没有断点。{break-here} 在此条停下,{new-break} 新建。",
    breaks_examples: "@姓名 · /词语 · gap 10m · exchange · bookmark · #42 · 15:14",
    not_understood: "看不懂",
    whole: "全长",
    cpm: "字/分",
    measured: "(实测)",
    typed: ["逐字出现", "整条出现"],
    breakpoint: ["断点:", "取消断点"],
    replay_ended: "重放完毕",
    no_pacing: "没有时间，重放只按阅读速度",
    left: "余",
    to_come: ["后面还有", "条"],
    new_posts: "条新发言",
    more_to_come: "等候新发言",
    unfinished: "末行还没写完",
};

/// English
pub(super) const EN: ReplayWords = ReplayWords {
    live_ended: "the live record has ended",
    moved: "replay moved to",
    speed: "speed",
    measuring: " (measuring)",
    places_and_orders: "15:14 · #42 · 50% · @name · exchange 11 · +10m · speed 45 · gaps cap 2m · theme dark · next-hit",
    caught_up: "live",
    live: "live",
    held: "held: what comes waits, {toggle-play} goes on",
    no_repeat: "no repeat",
    repeat: "repeat",
    repeat_end: "{repeat} marks its end",
    stopped_at: "stopped at",
    each_exchange: "each exchange",
    breaks: "Breakpoints",
    no_breaks: "No breakpoint: {break-here} here, {new-break} new.",
    breaks_examples: "@name · /words · gap 10m · exchange · bookmark · #42 · 15:14",
    not_understood: "not understood",
    whole: "in all",
    cpm: "cpm",
    measured: " (measured)",
    typed: ["posts appear letter by letter", "posts appear at once"],
    breakpoint: ["breakpoint", "no breakpoint"],
    replay_ended: "the replay is over",
    no_pacing: "no clock: the replay goes by reading time",
    left: "left",
    to_come: ["", "more to come"],
    new_posts: "new",
    more_to_come: "waiting for more",
    unfinished: "the last line is not complete",
};
