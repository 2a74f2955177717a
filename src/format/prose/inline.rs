//! Markdown within a line, as a reader sees it: emphasis, links, code and tags without their marks.

use crate::text::slice;

/// A line without its marks.
pub fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['*', '_', '`', '[', '!', '<', '\\', '&']) {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        let (taken, shown) = mark(from, text.chars().next_back());
        text.push_str(&shown);
        rest = slice(from, taken..from.len());
    }
    text.push_str(rest);
    text
}

/// How many bytes a mark takes at the beginning of a text, and what is shown for them.
fn mark(text: &str, before: Option<char>) -> (usize, String) {
    let first = text.chars().next().unwrap_or_default();
    let asis = (first.len_utf8(), first.to_string());
    match first {
        '\\' => text.chars().nth(1).filter(char::is_ascii_punctuation).map_or(asis, |ch| (2, ch.to_string())),
        '`' => code(text).unwrap_or(asis),
        '*' | '_' => emphasis(text, first, before),
        '!' if text.starts_with("![") => {
            link(slice(text, 1..text.len())).map_or(asis, |(taken, shown)| (taken + 1, shown))
        }
        '[' => link(text).unwrap_or(asis),
        '<' => tag(text).unwrap_or(asis),
        '&' => entity(text).unwrap_or(asis),
        _ => asis,
    }
}

fn code(text: &str) -> Option<(usize, String)> {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let inner = slice(text, ticks..text.len());
    let end = inner.find(slice(text, 0..ticks))?;
    Some((ticks * 2 + end, slice(inner, 0..end).to_owned()))
}

/// A run of marks that touches a word on one side and not a blank on both.
fn emphasis(text: &str, mark: char, before: Option<char>) -> (usize, String) {
    let rest = text.trim_start_matches(mark);
    let run = text.len() - rest.len();
    let is_word = |ch: Option<char>| ch.is_some_and(char::is_alphanumeric);
    let is_blank = |ch: Option<char>| ch.is_none_or(char::is_whitespace);
    let after = rest.chars().next();
    let is_kept =
        is_blank(before) && is_blank(after) || mark == '_' && is_word(before) && is_word(after) || run > 3;
    (run, if is_kept { slice(text, 0..run).to_owned() } else { String::new() })
}

/// [text](address), [text][id]
fn link(text: &str) -> Option<(usize, String)> {
    let mut depth = 0_u32;
    let end = text.char_indices().take(2000).find_map(|(at, ch)| {
        match ch {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })?;
    let behind = slice(text, end + 1..text.len());
    let close = if behind.starts_with('(') {
        ')'
    } else if behind.starts_with('[') {
        ']'
    } else {
        return None;
    };
    let taken = behind.find(close)? + 1;
    let shown = slice(text, 1..end);
    // Within its text may be marks, but no link.
    let shown = if shown.contains('[') { shown.to_owned() } else { plain(shown) };
    Some((end + 1 + taken, shown))
}

/// <https://…> is an address, <b> is a tag.
fn tag(text: &str) -> Option<(usize, String)> {
    let end = text.char_indices().take(300).find(|(_, ch)| *ch == '>')?.0;
    let inner = slice(text, 1..end);
    if inner.contains("://") || inner.contains('@') && !inner.contains(' ') {
        return Some((end + 1, inner.to_owned()));
    }
    let name = inner.trim_start_matches('/');
    let is_tag = name.starts_with(|ch: char| ch.is_ascii_alphabetic())
        && name
            .split([' ', '/'])
            .next()
            .is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let is_break = name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("br"));
    is_tag.then(|| (end + 1, if is_break { "\n".to_owned() } else { String::new() }))
}

fn entity(text: &str) -> Option<(usize, String)> {
    let known = [
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&nbsp;", "\u{a0}"),
        ("&#39;", "'"),
        ("&mdash;", "—"),
    ];
    known
        .into_iter()
        .find(|(entity, _)| text.starts_with(entity))
        .map(|(entity, ch)| (entity.len(), ch.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_not_shown() {
        for (line, expected) in [
            ("**甲**：早", "甲：早"),
            ("a *b* __c__ ***d***", "a b c d"),
            ("snake_case_name 2 * 3 **", "snake_case_name 2 * 3 **"),
            ("see [the *page*](http://x/(y)) now", "see the page) now"),
            ("![a cat](c.png)[x][1] [note]", "a catx [note]"),
            ("`a*b*` and ``c`d``", "a*b* and c`d"),
            (r"\*no\* &amp; <b>yes</b><br>x <https://x.y> a < b", "*no* & yes\nx https://x.y a < b"),
            ("", ""),
        ] {
            assert_eq!(plain(line), expected, "{line}");
        }
    }
}
