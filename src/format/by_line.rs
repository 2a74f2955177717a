//! For formats that are read line by line: the parser around one that only looks at lines.
//!
//! Two ways: [`InPlace`] where the words stand in the source as they are to be read, so that a post is a range of it, however large
//! the file; [`Rewritten`] where they do not (markup, entities), and where a lone CR ends a line too.

use super::error::ParseError;
use super::lead;
use super::lines::Lines;
use super::parser::{Parser, head};
use crate::text::valid;
use crate::transcript::Draft;

/// A line without its end.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// Its first byte in the source; only of use where words are read in place.
    pub start: usize,
    /// Its text.
    pub text: &'a str,
    /// Its number, from 1.
    pub number: u32,
}

impl Line<'_> {
    /// Where a part of its text stands in the source, in bytes. `part` is a slice of `text`.
    pub fn place(&self, part: &str) -> std::ops::Range<usize> {
        let from = self.start + (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        from..from + part.len()
    }
}

/// What reads a format of lines.
pub trait ByLine: Default + Send + 'static {
    /// Is told how the source begins, up to [`HEAD`](super::HEAD) bytes, before its first line: how it is written may show in many lines only.
    fn begin(&mut self, _head: &str) {}

    /// Whether one that was begun with less would be the same if it had been told all of this head; as in [`Parser::suits`].
    fn suits(&self, _head: &str) -> bool {
        true
    }

    /// Takes the next line. Of a very long one it gets the beginning; in place, the rest is added to the last post's body.
    fn line(&mut self, line: &Line, out: &mut Draft);

    /// Says that no more is to come.
    fn finish(&mut self, _out: &mut Draft) {}

    /// One that can read a later part of the source by itself, beginning with a line; as in [`Parser::elsewhere`].
    fn elsewhere(&self) -> Option<Self> {
        None
    }
}

/// Words are read in place.
#[derive(Debug, Default)]
pub struct InPlace<F> {
    lines: Lines,
    has_begun: bool,
    format: F,
}

impl<F: ByLine> InPlace<F> {
    fn tell(format: &mut F, line: super::lines::Line, out: &mut Draft) {
        if !line.first {
            return Self::more(valid(line.text), line.start..line.end(), out);
        }
        // The first part of a long line may end within a character.
        let text = valid(line.text);
        format.line(&Line { start: line.start, text, number: line.number }, out);
        if text.len() < line.text.len() {
            out.extend_body(line.start + text.len(), line.end());
        }
    }

    /// The rest of a long line: of the last post, or of what stands before the first one.
    fn more(text: &str, place: std::ops::Range<usize>, out: &mut Draft) {
        if out.is_empty() {
            lead::more(text, out);
        } else {
            out.extend_body(place.start, place.end);
        }
    }
}

/// The beginning of a source, without a byte order mark.
fn unmarked_head(text: &[u8]) -> &str {
    head(text).trim_start_matches('\u{feff}')
}

impl<F: ByLine> Parser for InPlace<F> {
    fn feed(&mut self, text: &[u8], at: usize, out: &mut Draft) -> Result<(), ParseError> {
        let Self { lines, has_begun, format } = self;
        if !std::mem::replace(has_begun, true) {
            format.begin(unmarked_head(text));
        }
        lines.feed(text, at, |line| Self::tell(format, line, out));
        out.lines = lines.count;
        Ok(())
    }

    fn finish(&mut self, out: &mut Draft) -> Result<(), ParseError> {
        let Self { lines, format, .. } = self;
        lines.finish(|line| Self::tell(format, line, out));
        out.lines = lines.count;
        format.finish(out);
        Ok(())
    }

    fn is_midway(&self) -> bool {
        self.lines.is_midway()
    }

    fn suits(&self, text: &[u8]) -> bool {
        !self.has_begun || self.format.suits(unmarked_head(text))
    }

    fn elsewhere(&self) -> Option<Box<dyn Parser>> {
        let format = self.format.elsewhere()?;
        Some(Box::new(Self { lines: Lines::default(), has_begun: true, format }))
    }
}

/// A longer line is told in parts of about this many bytes, each as a line of its own.
const LONGEST: usize = 1 << 20;

/// Words are written anew.
#[derive(Debug, Default)]
pub struct Rewritten<F> {
    held: String,
    /// A CR came last: an LF behind it belongs to it.
    after_cr: bool,
    number: u32,
    format: F,
}

impl<F: ByLine> Rewritten<F> {
    fn tell(&mut self, out: &mut Draft) {
        self.number += 1;
        out.lines = self.number;
        let text = std::mem::take(&mut self.held);
        self.format.line(&Line { start: 0, text: &text, number: self.number }, out);
        self.held = text;
        self.held.clear();
    }
}

impl<F: ByLine> Parser for Rewritten<F> {
    fn in_place(&self) -> bool {
        false
    }

    fn feed(&mut self, text: &[u8], _at: usize, out: &mut Draft) -> Result<(), ParseError> {
        let mut rest = std::str::from_utf8(text).unwrap_or_default();
        while !rest.is_empty() {
            if std::mem::take(&mut self.after_cr) {
                rest = rest.strip_prefix('\n').unwrap_or(rest);
            }
            let Some(end) = rest.find(['\n', '\r']) else {
                self.held.push_str(rest);
                if self.held.len() > LONGEST {
                    self.tell(out);
                }
                break;
            };
            let (line, behind) = rest.split_at(end);
            self.held.push_str(line);
            self.tell(out);
            self.after_cr = behind.starts_with('\r');
            rest = behind.split_at(1).1;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Draft) -> Result<(), ParseError> {
        if !self.held.is_empty() {
            self.tell(out);
        }
        self.format.finish(out);
        Ok(())
    }

    fn is_midway(&self) -> bool {
        !self.held.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{Extent, Post, Transcript};

    /// `name: words`, and lines that go on.
    #[derive(Debug, Default)]
    struct Named;

    impl ByLine for Named {
        fn line(&mut self, line: &Line, out: &mut Draft) {
            if let Some((name, words)) = line.text.split_once(": ") {
                let (speaker, body) = (out.intern(name), line.place(words));
                out.push(Post { speaker, body, line: Some(line.number), ..Post::default() });
            } else {
                let body = line.place(line.text);
                out.extend_body(body.start, body.end);
            }
        }
    }

    /// Each line as a post.
    #[derive(Debug, Default)]
    struct Each;

    impl ByLine for Each {
        fn line(&mut self, line: &Line, out: &mut Draft) {
            out.say("", line.text, Post { line: Some(line.number), ..Post::default() });
        }
    }

    fn told(parser: &mut dyn Parser, text: &str, size: usize) -> Vec<String> {
        let mut draft = Draft::default();
        let mut rest = text;
        while !rest.is_empty() {
            let end = (size.min(rest.len())..=rest.len()).find(|&end| rest.is_char_boundary(end)).unwrap();
            let (piece, behind) = rest.split_at(end);
            let at = draft.source_len();
            if parser.in_place() {
                draft.append(Extent::Memory(piece.into()));
            }
            parser.feed(piece.as_bytes(), at, &mut draft).unwrap();
            rest = behind;
        }
        parser.finish(&mut draft).unwrap();
        let transcript = Transcript::from(draft.take());
        transcript
            .ids()
            .map(|id| format!("{:?} {}", transcript.lines(id).map(|lines| lines.0), transcript.body(id)))
            .collect()
    }

    #[test]
    fn bodies_in_place_are_the_same_at_any_cut() {
        let long = "很长".repeat(1000);
        let text = format!("甲: 一\n二\r\n乙: {long}\n丙: 三");
        let expected = ["Some(1) 一\n二".to_owned(), format!("Some(3) {long}"), "Some(4) 三".to_owned()];
        for size in [1, 2, 3, 7, 100, 4096, 5000, 100_000] {
            assert_eq!(told(&mut InPlace::<Named>::default(), &text, size), expected, "pieces of {size}");
        }
    }

    /// Says how many lines the beginning has.
    #[derive(Debug, Default)]
    struct Counted(usize);

    impl ByLine for Counted {
        fn begin(&mut self, head: &str) {
            self.0 += head.lines().count();
        }

        fn suits(&self, head: &str) -> bool {
            self.0 == head.lines().count()
        }

        fn line(&mut self, line: &Line, out: &mut Draft) {
            let (speaker, body) = (out.intern(&self.0.to_string()), line.place(line.text));
            out.push(Post { speaker, body, ..Post::default() });
        }
    }

    #[test]
    fn a_format_is_told_once_how_the_source_begins() {
        let mut parser = InPlace::<Counted>::default();
        assert!(parser.suits(b"one\ntwo\n"));
        let mut draft = Draft::default();
        for (piece, at) in [("\u{feff}one\ntwo\n", 0), ("three\n", 11)] {
            parser.feed(piece.as_bytes(), at, &mut draft).unwrap();
        }
        assert_eq!(draft.take().speakers.len(), 1);
        assert_eq!([parser.suits(b"one\ntwo\n"), parser.suits(b"one\ntwo\nthree\n")], [true, false]);
        assert!(parser.suits("\u{feff}one\ntwo\n".as_bytes()));
    }

    #[test]
    fn lines_end_at_lf_cr_and_both_wherever_they_are_cut() {
        for size in 1..12 {
            let told = told(&mut Rewritten::<Each>::default(), "a\rb\r\nc\n\n\rd", size);
            assert_eq!(
                told,
                ["Some(1) a", "Some(2) b", "Some(3) c", "Some(4) ", "Some(5) ", "Some(6) d"],
                "pieces of {size}"
            );
        }
    }

    #[test]
    fn a_line_without_an_end_takes_little_memory() {
        let text = "x".repeat(3 * LONGEST);
        assert!(told(&mut Rewritten::<Each>::default(), &text, 64 * 1024).len() > 2);
    }
}
