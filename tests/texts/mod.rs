//! Texts for properties: as people write them, and as nobody should.
#![allow(dead_code, reason = "each test file uses its part")]

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::prop_oneof;
use proptest::sample::select;
use proptest::strategy::{Just, Strategy};

/// Marks that begin no row (DESIGN 7).
pub const CLOSING: &str = "，。、；：？！」』）》”’…—,.;:?!)%";

/// Marks that end no row.
pub const OPENING: &str = "“‘（《「『【〔([{";

/// A piece of text as people write it.
pub fn clean_piece() -> impl Strategy<Value = String> {
    let marks: Vec<char> = CLOSING.chars().chain(OPENING.chars()).collect();
    prop_oneof![
        6 => "[一-龥]{1,6}",
        3 => "[a-zA-Z]{1,9}",
        2 => "[0-9]{1,4}",
        4 => select(marks).prop_map(String::from),
        2 => select(vec![" ", " ", "\u{a0}", "\u{3000}"]).prop_map(String::from),
        1 => select(vec!["📚", "👨\u{200d}👩\u{200d}👧", "🇨🇳", "❤\u{fe0f}", "e\u{301}", "·", "①", "ー", "$", "℃", "-"])
            .prop_map(String::from),
    ]
}

/// A piece of text that nobody should have written.
pub fn strange_piece() -> impl Strategy<Value = String> {
    let invisible = vec![
        "\u{301}",
        "\u{20dd}",
        "\u{e0100}",
        "\u{fe0f}",
        "\u{200d}",
        "\u{200b}",
        "\u{2060}",
        "\u{feff}",
        "\u{ad}",
        "\u{34f}",
        "\u{e0041}",
        "\u{3164}",
        "\u{1160}",
        "\u{1100}",
        "\u{600}",
        "🇨",
        "👩\u{200d}",
        "\u{1f3fb}",
        "\u{ffff}",
        "\u{fffd}",
        "\u{2028}",
        "\u{61c}",
        "\u{200f}",
        "\u{202e}",
        "\u{2067}",
        "\u{fffa}",
    ];
    prop_oneof![
        4 => select(invisible).prop_map(String::from),
        2 => Just("\t".to_owned()),
        2 => (0u32..0xa0).prop_filter_map("a scalar", char::from_u32).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ]
}

/// The same piece again and again.
pub fn stack() -> impl Strategy<Value = String> {
    let pieces = select(vec!["—", "…", "·", "一", "\u{301}", "👩\u{200d}", "ᄀ", "\u{e0100}", "a"]);
    (pieces, 1usize..30).prop_map(|(piece, times)| piece.repeat(times))
}

pub fn clean_text(pieces: usize) -> impl Strategy<Value = String> {
    vec(clean_piece(), 0..pieces).prop_map(|pieces| pieces.concat())
}

pub fn strange_text(pieces: usize) -> impl Strategy<Value = String> {
    vec(prop_oneof![3 => clean_piece(), 2 => strange_piece()], 0..pieces).prop_map(|pieces| pieces.concat())
}

pub fn any_text(pieces: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![12 => clean_piece(), 7 => strange_piece(), 1 => stack()];
    vec(piece, 0..pieces).prop_map(|pieces| pieces.concat())
}

/// What a reader misses when it is gone: everything but white space.
pub fn ink(text: &str) -> String {
    text.chars().filter(|ch| !ch.is_whitespace()).collect()
}

/// The text with at most three marks of punctuation in a row, white space aside.
pub fn with_few_marks(text: &str) -> String {
    let mut run = 0;
    let few = |ch: &char| {
        run = if ch.is_alphanumeric() { 0 } else { run + usize::from(!ch.is_whitespace()) };
        run <= 3
    };
    text.chars().filter(few).collect()
}

pub fn is_bidi_control(ch: char) -> bool {
    matches!(ch, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A line that is nothing but a moment, in one of the shapes that are read.
fn stamp() -> impl Strategy<Value = String> {
    (1u32..29, 0u32..24, 0u32..60, 0u32..60, 0u8..9).prop_map(
        |(day, hour, minute, second, shape)| match shape {
            0 => format!("2018/1/{day} {hour}:{minute:02}"),
            1 => format!("2018-01-{day:02} {hour:02}:{minute:02}:{second:02}"),
            2 => format!("2018年1月{day}日 {hour}:{minute:02}"),
            3 => format!("　２０１８－０１－{day:02}　{hour:02}：{minute:02}\u{a0}"),
            _ => format!("2018-01-09 {:02}:{:02}", 7 + hour / 4, minute),
        },
    )
}

fn byline() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => select(vec!["主持人", "直播管理员", "云江市图书馆馆长陆知远", "Ann Smith, Director", "网友小鱼"])
            .prop_map(String::from),
        1 => any_text(4),
    ]
}

/// The lines of one post of live text, or what became of one.
fn post_lines() -> impl Strategy<Value = Vec<String>> {
    let header = prop_oneof![
        8 => (stamp(), byline()).prop_map(|(stamp, byline)| vec![stamp, byline]),
        1 => stamp().prop_map(|stamp| vec![stamp]),
        1 => (stamp(), stamp(), byline()).prop_map(|(stray, stamp, byline)| vec![stray, stamp, byline]),
        1 => Just(Vec::new()),
    ];
    let blank = select(vec![None, Some(String::new()), Some("\u{3000} ".to_owned())]);
    (header, vec(prop_oneof![5 => clean_text(12), 1 => any_text(12)], 0..4), vec(blank, 8)).prop_map(
        |(header, body, blanks)| {
            let lines = header.into_iter().chain(body).map(|line| line.replace('\n', ""));
            lines.zip(blanks).flat_map(|(line, blank)| [Some(line), blank]).flatten().collect()
        },
    )
}

/// A live text: furniture, posts, and everything that goes wrong between them.
pub fn live_text(posts: usize) -> impl Strategy<Value = String> {
    let ends = select(vec!["\n", "\r\n"]);
    (vec(clean_text(6), 0..3), vec(post_lines(), 0..posts), ends, any::<bool>()).prop_map(
        |(furniture, posts, end, ended)| {
            let lines: Vec<String> = furniture.into_iter().chain(posts.into_iter().flatten()).collect();
            lines.join(end) + if ended { end } else { "" }
        },
    )
}
