//! The lines of a source that comes in pieces: each is told once, when it is complete, or in parts as it comes.

/// Longer lines may be told in parts, as they come: no stamp and no name is as long, in bytes.
const LONGEST: usize = 4096;

/// A line without its end, or a part of a long one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its first byte in the source.
    pub start: usize,
    /// Its text, UTF-8; with the CR that ends it if it is long.
    pub text: &'a [u8],
    /// Its number, from 1.
    pub number: u32,
    /// Whether it is a line from end to end, and not a long one: those look the same whether they come in parts.
    pub whole: bool,
    /// Whether it is the beginning of a line.
    pub first: bool,
}

impl<'a> Line<'a> {
    /// A line from end to end.
    fn of(text: &'a [u8], start: usize, number: u32) -> Self {
        let whole = text.len() <= LONGEST;
        // The first half of CR LF.
        let text = if whole { without_cr(text) } else { text };
        Self { start, text, number, whole, first: true }
    }

    /// The byte behind it in the source.
    pub const fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// How far the lines of a source were told.
#[derive(Debug, Default)]
pub struct Lines {
    /// How many lines were begun.
    pub count: u32,
    /// What has come of a line and was not told: all of it, or a CR that may belong to its end.
    held: Vec<u8>,
    held_from: usize,
    /// Where the line began that is told in parts.
    inside: Option<usize>,
}

impl Lines {
    /// Tells the lines of the next piece of the source, which begins at `at`.
    pub fn feed(&mut self, piece: &[u8], at: usize, mut tell: impl FnMut(Line)) {
        let mut from = 0;
        if self.is_midway() {
            let Some(end) = memchr::memchr(b'\n', piece) else {
                return self.hold(piece, at, &mut tell);
            };
            self.go_on(&piece[..end], at, &mut tell);
            from = end + 1;
        }
        while let Some(length) = memchr::memchr(b'\n', &piece[from..]) {
            let (text, start) = (&piece[from..from + length], at + from);
            from += length + 1;
            self.count += 1;
            tell(Line::of(text, start, self.count));
            // Half of the lines of a page are empty.
            while piece.get(from) == Some(&b'\n') {
                self.count += 1;
                tell(Line { start: at + from, text: &[], number: self.count, whole: true, first: true });
                from += 1;
            }
        }
        self.hold(&piece[from..], at + from, &mut tell);
    }

    /// Tells what stands behind the last line end, when no more is to come.
    pub fn finish(&mut self, mut tell: impl FnMut(Line)) {
        if self.is_midway() {
            self.go_on(&[], self.held_from + self.held.len(), &mut tell);
        }
    }

    /// Whether a line has begun whose end has not come yet.
    pub fn is_midway(&self) -> bool {
        self.inside.is_some() || !self.held.is_empty()
    }

    /// Tells what has come of a line whose end has not come yet, if `is_certain` of it: whatever comes behind it, it
    /// is to be taken in as a part of a line. What comes then is told in parts.
    pub fn settle(&mut self, is_certain: impl Fn(&[u8]) -> bool, mut tell: impl FnMut(Line)) {
        let certain = without_cr(&self.held);
        if self.inside.is_none() && !certain.is_empty() && is_certain(certain) {
            self.begin_parts(&mut tell);
        }
    }

    /// The end of the line that was begun in an earlier piece.
    fn go_on(&mut self, text: &[u8], at: usize, tell: &mut impl FnMut(Line)) {
        let start = if self.held.is_empty() { at } else { self.held_from };
        self.held.extend_from_slice(text);
        if let Some(begun) = self.inside.take() {
            let is_long = start + self.held.len() - begun > LONGEST;
            let text = if is_long { &self.held } else { without_cr(&self.held) };
            tell(Line { start, text, number: self.count, whole: false, first: false });
        } else {
            self.count += 1;
            tell(Line::of(&self.held, start, self.count));
        }
        self.held.clear();
    }

    /// Holds the beginning of a line back until its end comes, unless it is long.
    fn hold(&mut self, text: &[u8], at: usize, tell: &mut impl FnMut(Line)) {
        if text.is_empty() {
            return;
        }
        if self.held.is_empty() {
            self.held_from = at;
        }
        self.held.extend_from_slice(text);
        if self.inside.is_some() {
            self.tell_part(false, tell);
        } else if self.held.len() > LONGEST {
            self.begin_parts(tell);
        }
    }

    fn begin_parts(&mut self, tell: &mut impl FnMut(Line)) {
        self.count += 1;
        self.inside = Some(self.held_from);
        self.tell_part(true, tell);
    }

    /// Tells what is held, but for a CR at its end.
    fn tell_part(&mut self, first: bool, tell: &mut impl FnMut(Line)) {
        let text = without_cr(&self.held);
        let told = text.len();
        if told > 0 || first {
            tell(Line { start: self.held_from, text, number: self.count, whole: false, first });
        }
        self.held.drain(..told);
        self.held_from += told;
    }
}

fn without_cr(text: &[u8]) -> &[u8] {
    text.strip_suffix(b"\r").unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told of a text in pieces of `size`: start, text and number of each line, parts joined.
    fn told(text: &str, size: usize) -> Vec<(usize, String, u32)> {
        let mut found: Vec<(usize, Vec<u8>, u32)> = Vec::new();
        let mut lines = Lines::default();
        let mut tell = |line: Line| {
            if line.first {
                found.push((line.start, line.text.to_vec(), line.number));
            } else if let Some((start, held, _)) = found.last_mut() {
                assert_eq!(*start + held.len(), line.start);
                held.extend_from_slice(line.text);
            }
        };
        for (index, piece) in text.as_bytes().chunks(size).enumerate() {
            lines.feed(piece, index * size, &mut tell);
        }
        lines.finish(&mut tell);
        found
            .into_iter()
            .map(|(start, text, number)| (start, String::from_utf8(text).unwrap(), number))
            .collect()
    }

    #[test]
    fn lines_are_the_same_at_any_cut() {
        let long = "x".repeat(3 * LONGEST);
        for text in
            ["", "\n", "a", "a\nb", "a\r\n\r\nb\r\n", "a\n\nb\n", "\n\n\n", &format!("a\n{long}\nb\n{long}")]
        {
            let mut start = 0;
            let ends = if text.contains('\r') { 2 } else { 1 };
            let expected: Vec<_> = text
                .lines()
                .enumerate()
                .map(|(index, line)| {
                    let begin = start;
                    start += line.len() + ends;
                    (begin, line.to_owned(), index as u32 + 1)
                })
                .collect();
            for size in (1..10).chain([1000, LONGEST - 1, LONGEST, LONGEST + 1, 100_000]) {
                assert_eq!(told(text, size), expected, "pieces of {size}");
            }
        }
    }

    #[test]
    fn a_long_line_is_told_before_it_ends() {
        let mut lines = Lines::default();
        let mut told = 0;
        lines.feed(&[b'x'; LONGEST + 1], 0, |line| told += line.text.len());
        assert_eq!(told, LONGEST + 1);
        lines.feed(b"yy", LONGEST + 1, |line| told += line.text.len());
        assert_eq!(told, LONGEST + 3);
    }

    #[test]
    fn a_long_line_looks_the_same_whether_it_comes_in_parts() {
        for blanks in [LONGEST - 2, LONGEST - 1, LONGEST, LONGEST + 1, 2 * LONGEST] {
            let line = " ".repeat(blanks) + "x";
            for end in ["\n", "\r\n"] {
                let text = format!("{line}{end}y");
                let is_long = line.len() + end.len() - 1 > LONGEST;
                let expected = if is_long { line.len() + end.len() - 1 } else { line.len() };
                for size in [1, 100, LONGEST, LONGEST + 1, LONGEST + 2, 3 * LONGEST] {
                    let (mut lines, mut told, mut whole) = (Lines::default(), 0, Vec::new());
                    for (index, piece) in text.as_bytes().chunks(size).enumerate() {
                        lines.feed(piece, index * size, |line| {
                            told += line.text.len();
                            whole.push(line.whole);
                        });
                    }
                    let is_told = (told, whole.contains(&true));
                    assert_eq!(is_told, (expected, !is_long), "{blanks} {end:?} in pieces of {size}");
                }
            }
        }
    }
}
