//! JSON taken apart as it comes: the elements of certain arrays one by one, so that a large file needs no more memory than its
//! largest element.
//!
//! What is broken in one place does not make the rest unreadable: an element that is not as it should be is left out and counted.

use super::error::ParseError;
use super::parser::Parser;
use crate::transcript::{Draft, Remark};

/// A longer value is left out, in bytes.
const LONGEST: usize = 64 << 20;

/// A value, as JSON.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// The path of the array it is an element of, or its own.
    pub path: &'a str,
    /// Which element it is of each array on its path, from 0.
    pub at: &'a [u32],
    /// Its text.
    pub json: &'a str,
    /// The line where it begins, from 1.
    pub line: u32,
}

/// What reads a format of JSON.
pub trait Items: Default + Send + 'static {
    /// The paths of the arrays whose elements are told one by one, such as `messages` or `chats.list[].messages`. The
    /// empty path is an array at the top, or values that follow each other: JSON lines.
    const PLACES: &'static [&'static str];

    /// Takes the next element of an array.
    ///
    /// # Errors
    /// If it is not as the format asks; it is counted.
    fn item(&mut self, item: Item, out: &mut Draft) -> serde_json::Result<()>;

    /// Takes any other value that is met on the way, whole: `name` of `{"name": "x", "messages": []}`.
    ///
    /// # Errors
    /// If it is not as the format asks; it is counted.
    fn field(&mut self, _field: Item, _out: &mut Draft) -> serde_json::Result<()> {
        Ok(())
    }

    /// Says that no more is to come.
    fn finish(&mut self, _out: &mut Draft) {}
}

/// The parser of a format of JSON.
#[derive(Debug)]
pub struct Apart<F> {
    format: F,
    frames: Vec<Frame>,
    path: String,
    /// Which element of each open array is next.
    at: Vec<u32>,
    begun: Option<Begun>,
    /// The text of what is begun.
    text: String,
    line: u32,
}

/// An object or array that is gone through.
#[derive(Debug, Clone, Copy)]
struct Frame {
    object: bool,
    /// Length of the path to it.
    base: usize,
    /// The key of the next value is known.
    keyed: bool,
}

/// A key, or a value that is taken as a whole.
#[derive(Debug, Clone, Copy)]
struct Begun {
    is_key: bool,
    depth: usize,
    quoted: bool,
    escaped: bool,
    scalar: bool,
    line: u32,
}

impl<F: Default> Default for Apart<F> {
    fn default() -> Self {
        Self {
            format: F::default(),
            frames: Vec::new(),
            path: String::new(),
            at: Vec::new(),
            begun: None,
            text: String::new(),
            line: 1,
        }
    }
}

impl Begun {
    /// Where it ends in the bytes that follow, if it does: behind its last byte.
    fn end(&mut self, bytes: &[u8], line: &mut u32) -> Option<usize> {
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if self.scalar {
                if matches!(byte, b',' | b']' | b'}') || byte.is_ascii_whitespace() {
                    return Some(at);
                }
            } else if self.quoted {
                if std::mem::take(&mut self.escaped) {
                    at += 1;
                    continue;
                }
                match memchr::memchr3(b'"', b'\\', b'\n', &bytes[at..]) {
                    None => return None,
                    Some(ahead) => at += ahead,
                }
                match bytes[at] {
                    b'"' => self.quoted = false,
                    b'\\' => self.escaped = true,
                    _ => *line += 1,
                }
            } else {
                match byte {
                    b'"' => self.quoted = true,
                    b'{' | b'[' => self.depth += 1,
                    b'}' | b']' => self.depth -= 1,
                    b'\n' => *line += 1,
                    _ => {}
                }
            }
            at += 1;
            if self.depth == 0 && !self.quoted && !self.scalar {
                return Some(at);
            }
        }
        None
    }
}

impl<F: Items> Apart<F> {
    /// Takes what follows of a key or a value; says how many bytes of it.
    fn go_on(&mut self, mut begun: Begun, text: &str, out: &mut Draft) -> usize {
        let end = begun.end(text.as_bytes(), &mut self.line);
        let taken = end.unwrap_or(text.len());
        // What is too long is not kept, and so proves to be broken.
        if self.text.len() <= LONGEST {
            self.text.push_str(text.get(..taken).unwrap_or_default());
        }
        self.begun = Some(begun);
        if end.is_some() {
            self.complete(out);
        }
        taken
    }

    fn complete(&mut self, out: &mut Draft) {
        let Some(begun) = self.begun.take() else { return };
        let text = std::mem::take(&mut self.text);
        if begun.is_key {
            let key = serde_json::from_str(&text).unwrap_or(text);
            if let Some(frame) = self.frames.last_mut() {
                frame.keyed = true;
                self.path.truncate(frame.base);
            }
            if !self.path.is_empty() {
                self.path.push('.');
            }
            self.path.push_str(&key);
            return;
        }
        let array = self.path.strip_suffix("[]").unwrap_or(&self.path);
        let is_item = F::PLACES.contains(&array) && (array.len() < self.path.len() || self.frames.is_empty());
        let path = if is_item { array } else { &self.path };
        let value = Item { path, at: &self.at, json: &text, line: begun.line };
        let taken = if is_item { self.format.item(value, out) } else { self.format.field(value, out) };
        if taken.is_err() {
            out.remarks.note(Remark::Skipped, begun.line);
        }
        self.text = text;
        self.text.clear();
        self.leave_value();
    }

    /// The next value of an object needs a key first.
    fn leave_value(&mut self) {
        match self.frames.last_mut() {
            Some(frame) => {
                frame.keyed = false;
                self.path.truncate(frame.base + if frame.object { 0 } else { 2 });
                if let Some(next) = self.at.last_mut().filter(|_| !frame.object) {
                    *next += 1;
                }
            }
            None => self.path.clear(),
        }
    }

    /// A byte between keys and values.
    fn between(&mut self, byte: u8) {
        match byte {
            b'\n' => self.line += 1,
            b'}' | b']' => {
                if self.frames.pop().is_some_and(|frame| !frame.object) {
                    self.at.pop();
                }
                self.leave_value();
            }
            b',' | b':' => {}
            _ if byte.is_ascii_whitespace() => {}
            _ => self.begin(byte),
        }
    }

    fn begin(&mut self, byte: u8) {
        let needs_key = self.frames.last().is_some_and(|frame| frame.object && !frame.keyed);
        if !needs_key && matches!(byte, b'{' | b'[') && self.leads_on(byte == b'[') {
            self.frames.push(Frame { object: byte == b'{', base: self.path.len(), keyed: false });
            if byte == b'[' {
                self.path.push_str("[]");
                self.at.push(0);
            }
            return;
        }
        let scalar = !matches!(byte, b'"' | b'{' | b'[');
        let line = self.line;
        self.begun = Some(Begun { is_key: needs_key, depth: 0, quoted: false, escaped: false, scalar, line });
    }

    /// Whether the elements of an array here, or of one further down, are told.
    fn leads_on(&self, is_array: bool) -> bool {
        F::PLACES.iter().any(|place| match place.strip_prefix(self.path.as_str()) {
            Some("") => is_array,
            Some(rest) if is_array => rest.starts_with("[]"),
            Some(rest) => self.path.is_empty() || rest.starts_with('.'),
            None => false,
        })
    }
}

impl<F: Items> Parser for Apart<F> {
    fn in_place(&self) -> bool {
        false
    }

    fn feed(&mut self, text: &[u8], _at: usize, out: &mut Draft) -> Result<(), ParseError> {
        let mut rest = std::str::from_utf8(text).unwrap_or_default();
        while let Some(&first) = rest.as_bytes().first() {
            if let Some(begun) = self.begun {
                let taken = self.go_on(begun, rest, out);
                rest = rest.get(taken..).unwrap_or_default();
                continue;
            }
            self.between(first);
            if self.begun.is_none() {
                let next = rest.chars().next().map_or(1, char::len_utf8);
                rest = rest.get(next..).unwrap_or_default();
            }
        }
        out.lines = self.line;
        Ok(())
    }

    fn finish(&mut self, out: &mut Draft) -> Result<(), ParseError> {
        if self.begun.is_some_and(|begun| begun.scalar) {
            self.complete(out);
        }
        if let Some(begun) = self.begun {
            out.remarks.note(Remark::CutShort, begun.line);
        } else if !self.frames.is_empty() {
            out.remarks.note(Remark::CutShort, self.line);
        }
        self.format.finish(out);
        Ok(())
    }

    fn is_midway(&self) -> bool {
        self.begun.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    /// Notes what it is told.
    #[derive(Debug, Default)]
    struct Noted(Vec<String>);

    #[derive(Deserialize)]
    struct Any(#[expect(dead_code, reason = "only its being valid counts")] serde_json::Value);

    impl Items for Noted {
        const PLACES: &'static [&'static str] = &["", "list", "chats.list[].messages"];

        fn item(&mut self, item: Item, _out: &mut Draft) -> serde_json::Result<()> {
            serde_json::from_str::<Any>(item.json)?;
            self.0.push(format!("{} {:?}={}", item.line, item.path, item.json));
            Ok(())
        }

        fn field(&mut self, field: Item, _out: &mut Draft) -> serde_json::Result<()> {
            self.0.push(format!("{} {}:{}", field.line, field.path, field.json));
            Ok(())
        }
    }

    fn told(text: &str, size: usize) -> (Vec<String>, Draft) {
        let (mut parser, mut out) = (Apart::<Noted>::default(), Draft::default());
        let chars: Vec<_> = text.chars().collect();
        for piece in chars.chunks(size) {
            parser.feed(piece.iter().collect::<String>().as_bytes(), 0, &mut out).unwrap();
        }
        parser.finish(&mut out).unwrap();
        (parser.format.0, out)
    }

    #[test]
    fn elements_of_the_named_arrays_are_told_at_any_cut() {
        for (text, expected) in [
            (
                r#"[1, {"a": "]}"}, "x\"", [2]]"#,
                &["1 \"\"=1", "1 \"\"={\"a\": \"]}\"}", "1 \"\"=\"x\\\"\"", "1 \"\"=[2]"][..],
            ),
            (
                "{\"n\": {\"a\": 1},\n\"list\": [{\"b\": 2},\n3],\"z\":null}",
                &["1 n:{\"a\": 1}", "2 \"list\"={\"b\": 2}", "3 \"list\"=3", "3 z:null"],
            ),
            (
                r#"{"chats": {"about": "é", "list": [{"name": "甲", "messages": [1]}, {"messages": [2]}]}}"#,
                &[
                    "1 chats.about:\"é\"",
                    "1 chats.list[].name:\"甲\"",
                    "1 \"chats.list[].messages\"=1",
                    "1 \"chats.list[].messages\"=2",
                ],
            ),
        ] {
            for size in 1..text.len() {
                assert_eq!(told(text, size).0, expected, "{text} in pieces of {size}");
            }
        }
    }

    #[test]
    fn values_that_follow_each_other_are_elements_unless_they_hold_such_arrays() {
        assert_eq!(told("1\n2 \"3\"\n", 1).0, ["1 \"\"=1", "2 \"\"=2", "2 \"\"=\"3\""]);
    }

    /// Notes where it is told each thing.
    #[derive(Debug, Default)]
    struct Placed(Vec<String>);

    impl Items for Placed {
        const PLACES: &'static [&'static str] = &["a[].b"];

        fn item(&mut self, item: Item, _out: &mut Draft) -> serde_json::Result<()> {
            self.0.push(format!("{} {:?}", item.json, item.at));
            Ok(())
        }

        fn field(&mut self, field: Item, out: &mut Draft) -> serde_json::Result<()> {
            self.item(field, out)
        }
    }

    #[test]
    fn an_element_says_which_it_is_of_each_array() {
        let (mut parser, mut out) = (Apart::<Placed>::default(), Draft::default());
        let text = br#"{"a": [{"b": [1, 2], "c": 3}, 4, {"b": [], "c": 5}, {"b": [6]}], "d": 7}"#;
        parser.feed(text, 0, &mut out).unwrap();
        assert_eq!(parser.format.0, ["1 [0, 0]", "2 [0, 1]", "3 [0]", "4 [1]", "5 [2]", "6 [3, 0]", "7 []"]);
    }

    #[test]
    fn what_is_broken_is_counted_and_the_rest_is_read() {
        let (found, out) = told("[1,\n{\"a\" 2}, 3, {\"b\": [4", 3);
        assert_eq!(found, ["1 \"\"=1", "2 \"\"=3"]);
        assert_eq!(
            out.remarks.iter().collect::<Vec<_>>(),
            [(Remark::Skipped, 1, 2), (Remark::CutShort, 1, 2)]
        );
    }

    #[test]
    fn depth_is_no_danger() {
        for open in ["[", "{\"a\":", "{\"list\":", "{\"chats\":"] {
            let (_, out) = told(&open.repeat(200_000), 100_000);
            assert_eq!(out.remarks.count(Remark::CutShort), 1);
        }
    }
}
