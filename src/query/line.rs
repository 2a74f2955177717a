//! A line of the query language, taken apart: words such as `from:name`, and the pattern that is left.
//!
//! A word is a key, an ASCII or full-width colon and a value, at the beginning of the line or behind a blank; `-` before it
//! turns it round. A value with blanks stands in quotes; several values, of which one is enough, have commas between them.
//! Whatever else is in the line is one pattern. A key with a backslash before its colon is no key.

/// What a word asks of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Who speaks.
    From,
    /// The role of who speaks.
    Role,
    /// The kind of post.
    Kind,
    /// From a place on.
    After,
    /// Up to a place, and without it.
    Before,
    /// A tag that the reader has given it.
    Tag,
    /// A bookmark or a note.
    Has,
}

/// The keys in both languages, with an example of a value.
pub const KEYS: [(Key, &str, &str, &str); 7] = [
    (Key::From, "from", "发言人", "from:name"),
    (Key::Role, "role", "角色", "role:guest"),
    (Key::Kind, "kind", "类别", "kind:question"),
    (Key::After, "after", "之后", "after:15:14"),
    (Key::Before, "before", "之前", "before:#42"),
    (Key::Tag, "tag", "标签", "tag:name"),
    (Key::Has, "has", "有", "has:note"),
];

/// A word of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// What it asks.
    pub key: Key,
    /// Its values, of which one is enough.
    pub values: Vec<String>,
    /// Whether the others are meant.
    pub negated: bool,
}

/// Takes a line apart: its words, and the pattern. Without words the pattern is the line as it is.
pub fn taken_apart(line: &str) -> (Vec<Word>, String) {
    let mut words = Vec::new();
    let mut pattern = String::new();
    let mut rest = line;
    while !rest.is_empty() {
        let blank = rest.len() - rest.trim_start().len();
        let (gap, behind) = rest.split_at(blank);
        if let Some((word, left)) = word(behind) {
            words.push(word);
            rest = left;
            continue;
        }
        let end = behind.find(char::is_whitespace).unwrap_or(behind.len());
        let (plain, left) = behind.split_at(end);
        pattern.push_str(gap);
        pattern.push_str(plain);
        rest = left;
    }
    let pattern = if words.is_empty() { pattern } else { pattern.trim().to_owned() };
    (words, pattern)
}

/// A word at the beginning of a text, and what follows it.
fn word(text: &str) -> Option<(Word, &str)> {
    let (negated, plain) = text.strip_prefix('-').map_or((false, text), |plain| (true, plain));
    let (name, rest) = plain.split_once([':', '：'])?;
    let (key, ..) = KEYS.iter().find(|(_, en, zh, _)| name.eq_ignore_ascii_case(en) || name == *zh)?;
    let mut values = vec![String::new()];
    let mut quote = None;
    let mut end = rest.len();
    for (at, ch) in rest.char_indices() {
        match (ch, quote) {
            (ch, Some(close)) if ch == close => quote = None,
            ('"', None) => quote = Some('"'),
            ('“', None) => quote = Some('”'),
            (',' | '，', None) => values.push(String::new()),
            (ch, None) if ch.is_whitespace() => {
                end = at;
                break;
            }
            (ch, _) => values.last_mut()?.push(ch),
        }
    }
    values.retain(|value| !value.is_empty());
    let (_, left) = rest.split_at(end);
    Some((Word { key: *key, values, negated }, left))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_the_pattern() {
        for (line, told, pattern) in [
            ("机器人", "", "机器人"),
            (" a b ", "", " a b "),
            ("from:施宗伟 机器人", "From=施宗伟", "机器人"),
            ("机器人  标准 from:施宗伟", "From=施宗伟", "机器人  标准"),
            ("a from:x b", "From=x", "a b"),
            ("发言人：张三，李四", "From=张三|李四", ""),
            ("-role:host kind:question,answer", "-Role=host Kind=question|answer", ""),
            ("from:\"John Smith\" from:“A, B”", "From=John Smith From=A, B", ""),
            ("after:15:14 before:#42", "After=15:14 Before=#42", ""),
            ("FROM:x", "From=x", ""),
            (r"from\:x", "", r"from\:x"),
            ("http://x.y", "", "http://x.y"),
            ("主持人:好", "", "主持人:好"),
            ("from:", "From=", ""),
        ] {
            let (words, left) = taken_apart(line);
            let word = |word: &Word| {
                format!("{}{:?}={}", if word.negated { "-" } else { "" }, word.key, word.values.join("|"))
            };
            let words: Vec<_> = words.iter().map(word).collect();
            assert_eq!((words.join(" ").as_str(), left.as_str()), (told, pattern), "{line}");
        }
    }
}
