//! JSON taken apart as it comes: the elements of certain arrays one by one, so that a large file needs no more memory than its
//! largest element.
//!
//! What is broken in one place does not make the rest unreadable: an element that is not as it should be is left out and counted.

use super::error::ParseError;
use super::parser::Parser;
use super::surrogates::mended;
use crate::transcript::{Draft, Remark};
use std::borrow::Cow;

/// A longer value is left out, in bytes.
const LONGEST: usize = 64 << 20;

/// Room that is kept for the next value, in bytes.
const ROOM: usize = 1 << 20;

/// What reads a format of JSON.
pub trait Items: Default + Send + 'static {
    /// The paths of the arrays whose elements are told one by one, such as `messages` or `chats.list[].messages`. The
    /// empty path is an array at the top, or values that follow each other: JSON lines. Where both are named, an object at
    /// the top in which none of the arrays stands is an element, and its fields are told before it.
    const PLACES: &'static [&'static str];

    /// Takes the next element of an array.
    ///
    /// # Errors
    /// If it is not as the format asks; it is counted.
    fn item(&mut self, item: Item, out: &mut Draft) -> serde_json::Result<()>;

    /// Says that no more is to come.
    fn finish(&mut self, _out: &mut Draft) {}

    /// Takes any other value that is met on the way, whole: `name` of `{"name": "x", "messages": []}`.
    ///
    /// # Errors
    /// If it is not as the format asks; it is counted.
    fn field(&mut self, _field: Item, _out: &mut Draft) -> serde_json::Result<()> {
        Ok(())
    }
}

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

/// The parser of a format of JSON.
#[derive(Debug)]
pub struct Apart<F> {
    format: F,
    frames: Vec<Frame>,
    path: String,
    /// Which element of each open array is next.
    at: Vec<u32>,
    begun: Option<Begun>,
    /// The text of what is begun, as far as it came in earlier pieces.
    text: String,
    /// The text of an object at the top, as long as it may be an element itself.
    whole: Option<(String, u32)>,
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
    is_too_long: bool,
    line: u32,
    scan: Scan,
}

/// How far a value was looked through for its end.
#[derive(Debug, Clone, Copy)]
struct Scan {
    depth: usize,
    state: State,
    /// It is a line of JSON lines: with a string that the line's end cuts, it ends there.
    is_line: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// A number or a word.
    Scalar,
    /// Between strings.
    Open,
    Quoted,
    /// Behind a backslash.
    Escaped,
}

impl<F: Default> Default for Apart<F> {
    fn default() -> Self {
        let (frames, path, at, text) = (Vec::new(), String::new(), Vec::new(), String::new());
        Self { format: F::default(), frames, path, at, begun: None, text, whole: None, line: 1 }
    }
}

impl Scan {
    /// Where it ends in the bytes that follow, if it does: behind its last byte.
    fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            at += match self.state {
                State::Scalar => {
                    return rest.iter().position(|&byte| ends_scalar(byte)).map(|ahead| at + ahead);
                }
                State::Escaped => {
                    self.state = State::Quoted;
                    at += 1;
                    continue;
                }
                State::Quoted if self.is_line => memchr::memchr3(b'"', b'\\', b'\n', rest)? + 1,
                State::Quoted => memchr::memchr2(b'"', b'\\', rest)? + 1,
                State::Open => rest.iter().position(|&byte| is_mark(byte))? + 1,
            };
            if self.is_ended_by(bytes[at - 1]) {
                return Some(at);
            }
        }
        None
    }

    /// Goes on behind a byte; says whether that was the last one.
    fn is_ended_by(&mut self, byte: u8) -> bool {
        match (self.state, byte) {
            (State::Quoted, b'\\') => self.state = State::Escaped,
            (State::Quoted, b'"') => self.state = State::Open,
            (State::Quoted, b'\n') => return self.is_line,
            (State::Open, b'"') => {
                self.state = State::Quoted;
                return false;
            }
            (State::Open, b'{' | b'[') => self.depth += 1,
            (State::Open, b'}' | b']') => self.depth = self.depth.saturating_sub(1),
            _ => return false,
        }
        self.depth == 0 && self.state == State::Open
    }
}

fn ends_scalar(byte: u8) -> bool {
    matches!(byte, b',' | b']' | b'}') || byte.is_ascii_whitespace()
}

const fn is_mark(byte: u8) -> bool {
    matches!(byte, b'"' | b'{' | b'[' | b'}' | b']')
}

impl<F: Items> Apart<F> {
    /// Takes what follows of a key or a value; says how many bytes of it.
    fn go_on(&mut self, mut begun: Begun, text: &str, out: &mut Draft) -> usize {
        let end = begun.scan.end(text.as_bytes());
        let taken = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', taken.as_bytes()).count() as u32;
        self.keep_whole(taken);
        begun.is_too_long |= self.text.len() + taken.len() > LONGEST;
        if begun.is_too_long {
            self.text = String::new();
        }
        if end.is_none() {
            self.begun = Some(begun);
            if !begun.is_too_long {
                self.text.push_str(taken);
            }
        } else if self.text.is_empty() {
            self.complete(begun, taken, out);
        } else {
            let mut text = std::mem::take(&mut self.text);
            text.push_str(taken);
            self.complete(begun, &text, out);
            if text.capacity() <= ROOM {
                text.clear();
                self.text = text;
            }
        }
        taken.len()
    }

    fn keep_whole(&mut self, text: &str) {
        if let Some((whole, _)) = &mut self.whole {
            whole.push_str(text);
            if whole.len() > LONGEST {
                self.whole = None;
            }
        }
    }

    fn complete(&mut self, begun: Begun, text: &str, out: &mut Draft) {
        self.begun = None;
        if begun.scan.is_line && text.ends_with('\n') {
            // A line that was cut; the next one is whole again.
            self.frames.clear();
            self.path.clear();
            self.at.clear();
            self.whole = None;
            return out.remarks.note(Remark::Skipped, begun.line);
        }
        if begun.is_key {
            return self.name(if begun.is_too_long { "" } else { text });
        }
        if begun.is_too_long {
            out.remarks.note(Remark::Skipped, begun.line);
            return self.leave_value();
        }
        let array = self.path.strip_suffix("[]").unwrap_or(&self.path);
        let is_item = F::PLACES.contains(&array) && (array.len() < self.path.len() || self.frames.is_empty());
        let path = if is_item { array } else { &self.path };
        let json = &*mended(text);
        let value = Item { path, at: &self.at, json, line: begun.line };
        let taken = if is_item { self.format.item(value, out) } else { self.format.field(value, out) };
        if taken.is_err() {
            out.remarks.note(Remark::Skipped, begun.line);
        }
        self.leave_value();
    }

    /// Goes on to the value of a key.
    fn name(&mut self, key: &str) {
        let key: Cow<str> = serde_json::from_str(key).map_or(Cow::Borrowed(key), Cow::Owned);
        if let Some(frame) = self.frames.last_mut() {
            frame.keyed = true;
            self.path.truncate(frame.base);
        }
        if !self.path.is_empty() {
            self.path.push('.');
        }
        self.path.push_str(&key);
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

    /// A character between keys and values.
    fn between(&mut self, mark: &str, out: &mut Draft) {
        match mark {
            "\n" => self.line += 1,
            "}" | "]" => {
                if self.frames.pop().is_some_and(|frame| !frame.object) {
                    self.at.pop();
                }
                self.leave_value();
                self.keep_whole(mark);
                if self.frames.is_empty() {
                    self.close_whole(out);
                }
                return;
            }
            "," | ":" | " " | "\t" | "\r" | "\u{c}" => {}
            _ => return self.begin(mark),
        }
        self.keep_whole(mark);
    }

    /// An object at the top has come to its end: without any of the arrays, it is an element itself.
    fn close_whole(&mut self, out: &mut Draft) {
        let Some((json, line)) = self.whole.take() else { return };
        let json = &*mended(&json);
        if self.format.item(Item { path: "", at: &[], json, line }, out).is_err() {
            out.remarks.note(Remark::Skipped, line);
        }
    }

    fn begin(&mut self, mark: &str) {
        let needs_key = self.frames.last().is_some_and(|frame| frame.object && !frame.keyed);
        let (is_object, is_array) = (mark == "{", mark == "[");
        if !needs_key && (is_object || is_array) && self.leads_on(is_array) {
            return self.enter(is_object);
        }
        let state = if is_object || is_array || mark == "\"" { State::Open } else { State::Scalar };
        let scan = Scan { depth: 0, state, is_line: self.frames.is_empty() || self.whole.is_some() };
        self.begun = Some(Begun { is_key: needs_key, is_too_long: false, line: self.line, scan });
    }

    fn enter(&mut self, object: bool) {
        if self.frames.is_empty() && object && F::PLACES.contains(&"") {
            self.whole = Some((String::new(), self.line));
        } else if F::PLACES.contains(&self.path.as_str()) {
            self.whole = None;
        }
        self.keep_whole(if object { "{" } else { "[" });
        self.frames.push(Frame { object, base: self.path.len(), keyed: false });
        if !object {
            self.path.push_str("[]");
            self.at.push(0);
        }
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
        let mut rest = simdutf8::basic::from_utf8(text).unwrap_or_default();
        while let Some(first) = rest.chars().next() {
            let taken = if let Some(begun) = self.begun {
                self.go_on(begun, rest, out)
            } else {
                let (mark, _) = rest.split_at(first.len_utf8());
                self.between(mark, out);
                // What begins here is looked through from its first byte on.
                if self.begun.is_some() { 0 } else { mark.len() }
            };
            rest = rest.get(taken..).unwrap_or_default();
        }
        out.lines = self.line;
        Ok(())
    }

    fn finish(&mut self, out: &mut Draft) -> Result<(), ParseError> {
        if let Some(begun) = self.begun.filter(|begun| begun.scan.state == State::Scalar) {
            let text = std::mem::take(&mut self.text);
            self.complete(begun, &text, out);
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

    /// Notes what it is told, at the top and at other places.
    #[derive(Debug, Default)]
    struct Noted(Vec<String>);

    /// The same of lines alone.
    #[derive(Debug, Default)]
    struct Lines(Noted);

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

    impl Items for Lines {
        const PLACES: &'static [&'static str] = &[""];

        fn item(&mut self, item: Item, out: &mut Draft) -> serde_json::Result<()> {
            self.0.item(item, out)
        }
    }

    fn fed<F: Items>(text: &str, size: usize) -> (F, Draft) {
        let (mut parser, mut out) = (Apart::<F>::default(), Draft::default());
        let chars: Vec<_> = text.chars().collect();
        for piece in chars.chunks(size) {
            parser.feed(piece.iter().collect::<String>().as_bytes(), 0, &mut out).unwrap();
        }
        parser.finish(&mut out).unwrap();
        (parser.format, out)
    }

    fn told(text: &str, size: usize) -> (Vec<String>, Draft) {
        let (Noted(found), out) = fed(text, size);
        (found, out)
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
    fn a_line_that_is_cut_in_a_string_does_not_swallow_the_next_one() {
        let text = "{\"a\": \"b\n{\"c\": 2}\n{\"d\": [\"\\\"\"]}";
        let whole = ["2 \"\"={\"c\": 2}", "3 \"\"={\"d\": [\"\\\"\"]}"];
        for size in 1..text.len() {
            let (Lines(Noted(lines)), out) = fed(text, size);
            assert_eq!(lines, whole);
            assert_eq!(out.remarks.iter().collect::<Vec<_>>(), [(Remark::Skipped, 1, 1)]);
            let (mixed, out) = told(text, size);
            let items: Vec<_> = mixed.into_iter().filter(|told| told.contains('=')).collect();
            assert_eq!(items, whole);
            assert_eq!(out.remarks.iter().collect::<Vec<_>>(), [(Remark::Skipped, 1, 1)]);
        }
    }

    #[test]
    fn what_is_too_long_is_left_out() {
        let (mut parser, mut out) = (Apart::<Lines>::default(), Draft::default());
        let long = "x".repeat(LONGEST / 4);
        for piece in ["[\"", &long, &long, &long, &long, "\", {\"a\": 1}]"] {
            parser.feed(piece.as_bytes(), 0, &mut out).unwrap();
        }
        assert_eq!(parser.format.0.0, ["1 \"\"={\"a\": 1}"]);
        assert!(parser.text.capacity() <= ROOM);
        assert_eq!(out.remarks.count(Remark::Skipped), 1);
    }

    #[test]
    fn values_that_follow_each_other_are_elements_unless_they_hold_such_arrays() {
        for (text, expected) in [
            ("1\n2 \"3\"\n", &["1 \"\"=1", "2 \"\"=2", "2 \"\"=\"3\""][..]),
            (
                "{\"a\": {\"list\": 1}}\n{ \"list\": \"x\" }{\"list\": [2]} {}",
                &[
                    "1 a:{\"list\": 1}",
                    "1 \"\"={\"a\": {\"list\": 1}}",
                    "2 list:\"x\"",
                    "2 \"\"={ \"list\": \"x\" }",
                    "2 \"list\"=2",
                    "2 \"\"={}",
                ],
            ),
        ] {
            for size in 1..text.len() {
                assert_eq!(told(text, size).0, expected, "{text} in pieces of {size}");
            }
        }
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
    fn depth_is_no_danger() {
        for open in ["[", "{\"a\":", "{\"list\":", "{\"chats\":"] {
            let (_, out) = told(&open.repeat(200_000), 100_000);
            assert_eq!(out.remarks.count(Remark::CutShort), 1);
        }
    }
}
