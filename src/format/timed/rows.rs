//! The rows of a cue as text: a row that a sentence goes on in is no paragraph of its own.

use crate::text::kind::Kind;

/// What nothing goes on behind.
const ENDS: [char; 14] = ['.', '!', '?', '…', ':', ';', '"', '”', ')', ']', '♪', '—', '*', '#'];

/// Lets rows flow on where that is certain: in Latin script in the middle of a sentence, in others behind a comma.
pub fn flowing(rows: &[&str]) -> String {
    let mut out = String::new();
    for row in rows.iter().map(|row| row.trim()).filter(|row| !row.is_empty()) {
        if let (Some(last), Some(first)) = (out.chars().next_back(), row.chars().next()) {
            out.push_str(between(last, first));
        }
        out.push_str(row);
    }
    out
}

/// What stands between two rows that end and begin so: a line end where nothing goes on.
pub fn between(last: char, first: char) -> &'static str {
    let is_wide = |ch| Kind::of(ch).east_asian;
    if matches!(last, '，' | '、') && is_wide(first) && first.is_alphanumeric() {
        return "";
    }
    let goes_on = first.is_alphanumeric() || matches!(first, '\'' | '’' | '"' | '“' | '$');
    let is_narrow = !is_wide(last) && !is_wide(first);
    if is_narrow && goes_on && !ENDS.contains(&last) { " " } else { "\n" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_flow_on_where_a_sentence_does() {
        for (rows, expected) in [
            (&["When you first", "begin, it's"][..], "When you first begin, it's"),
            (&["on a Sunday,", "\"so,\" he said"], "on a Sunday, \"so,\" he said"),
            (&["灯一亮，", "船就认得路了。"], "灯一亮，船就认得路了。"),
            (&["你好吗", "我很好"], "你好吗\n我很好"),
            (&["灯塔", "The lamp"], "灯塔\nThe lamp"),
            (&["Yes.", "So then"], "Yes.\nSo then"),
            (&["- Who", "- I"], "- Who\n- I"),
            (&["♪ by the sea ♪", "la"], "♪ by the sea ♪\nla"),
            (&[" ", "a", ""], "a"),
            (&[], ""),
        ] {
            assert_eq!(flowing(rows), expected, "{rows:?}");
        }
    }
}
