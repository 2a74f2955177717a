//! The shape of JSON by its beginning, which may be cut anywhere: which keys stand where.

use hashbrown::HashSet;

/// Deeper paths and more of them are not looked at.
const DEEPEST: usize = 8;
const MOST: usize = 2000;

/// The paths of the keys that were seen, such as `messages[].author.name`; `[].ts` in an array at the top, or in
/// values that follow each other (JSON lines).
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Glimpse {
    paths: HashSet<String>,
}

impl Glimpse {
    /// Whether a path was seen.
    pub fn has(&self, path: &str) -> bool {
        self.paths.contains(path)
    }
}

/// Looks at a text, if it begins like an object or an array.
pub fn glimpse(text: &str) -> Option<Glimpse> {
    let text = text.trim_start();
    let first = text.bytes().next().filter(|byte| matches!(byte, b'{' | b'['))?;
    let second = text.bytes().skip(1).find(|byte| !byte.is_ascii_whitespace());
    let is_json = match second {
        None | Some(b'{' | b'"' | b'[' | b']') => true,
        Some(b'}') => first == b'{',
        Some(byte) => first == b'[' && matches!(byte, b'0'..=b'9' | b'-' | b't' | b'f' | b'n'),
    };
    is_json.then(|| Look::default().at(text))
}

/// How far a text was looked at.
#[derive(Default)]
struct Look {
    found: Glimpse,
    /// The open objects and arrays: the length of the path to each, and whether it is an object.
    open: Vec<(usize, bool)>,
    path: String,
    /// Values at the top that were closed.
    closed: usize,
}

impl Look {
    fn at(mut self, text: &str) -> Glimpse {
        let bytes = text.as_bytes();
        let mut key: Option<&str> = None;
        let mut at = 0;
        while let Some(ahead) = bytes.get(at..).and_then(|rest| rest.iter().position(|&byte| is_mark(byte))) {
            at += ahead + 1;
            match bytes[at - 1] {
                b'"' => {
                    let Some(length) = length_of_string(&bytes[at..]) else { break };
                    key = text.get(at..at + length);
                    at += length + 1;
                }
                b':' => key.take().into_iter().for_each(|key| self.key(key)),
                mark @ (b'{' | b'[') => self.enter(mark == b'{'),
                b'}' | b']' => self.leave(),
                _ => key = None,
            }
            if self.found.paths.len() > MOST {
                break;
            }
        }
        self.found
    }

    fn enter(&mut self, object: bool) {
        // Values that follow each other at the top are looked at like those of an array.
        if self.open.is_empty() && self.closed == 1 {
            let first = std::mem::take(&mut self.found.paths);
            self.found.paths =
                first.iter().map(|path| format!("[].{path}")).chain(first.iter().cloned()).collect();
        }
        if self.open.is_empty() && self.closed > 0 {
            "[]".clone_into(&mut self.path);
        }
        self.open.push((self.path.len(), object));
        if !object && self.open.len() <= DEEPEST {
            self.path.push_str("[]");
        }
    }

    fn leave(&mut self) {
        if let Some((len, _)) = self.open.pop() {
            self.path.truncate(len);
            self.up_to_element();
        }
        if self.open.is_empty() {
            self.path.clear();
            self.closed += 1;
        }
    }

    /// Within an array the path is that of an element again.
    fn up_to_element(&mut self) {
        if let Some(&(len, object)) = self.open.last() {
            self.path.truncate(if object { len } else { len + 2 });
        }
    }

    fn key(&mut self, key: &str) {
        let Some(&(len, true)) = self.open.last() else { return };
        self.path.truncate(len);
        if self.open.len() > DEEPEST || key.len() > 64 {
            return;
        }
        if !self.path.is_empty() {
            self.path.push('.');
        }
        self.path.push_str(key);
        if !self.found.paths.contains(&self.path) {
            self.found.paths.insert(self.path.clone());
        }
    }
}

const fn is_mark(byte: u8) -> bool {
    matches!(byte, b'{' | b'}' | b'[' | b']' | b'"' | b':' | b',')
}

/// How long a string is behind its quotation mark, in bytes.
fn length_of_string(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        let mut paths: Vec<_> = glimpse(text).into_iter().flat_map(|found| found.paths).collect();
        paths.sort();
        paths
    }

    #[test]
    fn keys_are_told_with_their_places() {
        for (text, expected) in [
            (
                r#"{"a": 1, "b": {"c": [1, {"d": "x: {"}], "e": "}"}, "f": null}"#,
                &["a", "b", "b.c", "b.c[].d", "b.e", "f"][..],
            ),
            (r#" [{"a": "\"b\":", "c": {}}, {"d": [[{"e": 1}]]}]"#, &["[].a", "[].c", "[].d", "[].d[][].e"]),
            ("{\"a\": 1}\n{\"b\": {\"c\": 2}}\n{\"d\"", &["[].a", "[].b", "[].b.c", "a"]),
            (r#"{"a": {"b": "cut of"#, &["a", "a.b"]),
            ("[主持人]你好", &[]),
            ("{\\rtf1 x}", &[]),
            ("[12:01] <a> \"b\": c", &[]),
        ] {
            let expected: Vec<_> = expected.iter().map(|path| (*path).to_owned()).collect();
            assert_eq!(paths(text), expected, "{text}");
        }
    }

    #[test]
    fn any_cut_is_looked_at_without_harm() {
        let text = r#"[{"a": "\\\"", "b": [{"c": {"d": "\u00e9é"}}]}] {"e": 1}"#;
        for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)) {
            let cut = text.get(..end).unwrap_or_default();
            let seen = paths(cut);
            let whole = paths(text);
            assert!(seen.iter().all(|path| whole.contains(path)), "{cut}: {seen:?}");
        }
        assert_eq!(paths(&"[{\"a\":".repeat(100_000)).len(), 4);
    }
}
