//! Whatever nothing else fits: one speaker's paragraphs without a clock.
//!
//! A post is a block between blank lines; in a text without blank lines it is a line.

use super::error::ParseError;
use super::lines::Lines;
use super::parser::Parser;
use crate::text::slice;
use crate::transcript::{Kind, NewPost, Transcript};
use std::ops::Range;

/// The streaming parser.
#[derive(Debug, Default)]
pub struct Plain {
    lines: Lines,
    blocks: Option<bool>,
    inside: bool,
}

impl Parser for Plain {
    fn feed(&mut self, text: String, out: &mut Transcript) -> Result<(), ParseError> {
        let blocks = *self.blocks.get_or_insert_with(|| has_blank_line(&text));
        out.take_source(text);
        while let Some(line) = self.lines.next(out) {
            self.line(line, blocks, out);
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Transcript) -> Result<(), ParseError> {
        if let Some(line) = self.lines.last(out) {
            self.line(line, self.blocks.unwrap_or_default(), out);
        }
        Ok(())
    }
}

impl Plain {
    fn line(&mut self, range: Range<usize>, blocks: bool, out: &mut Transcript) {
        let blank = slice(out.source(), range.clone()).trim().is_empty();
        if blank {
            self.inside = false;
        } else if self.inside && blocks {
            out.extend_body(range.start, range.end);
        } else {
            self.inside = true;
            let speaker = out.intern("");
            let line = Some(self.lines.count);
            out.push(&NewPost { start: None, end: None, speaker, kind: Kind::Speech, body: range, line });
        }
    }
}

fn has_blank_line(text: &str) -> bool {
    let mut lines = text.lines().skip_while(|line| line.trim().is_empty()).peekable();
    while let Some(line) = lines.next() {
        if line.trim().is_empty() && lines.peek().is_some_and(|next| !next.trim().is_empty()) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_a_block_or_a_line() {
        for (text, bodies) in [
            ("一\n二\n\n三\n", &["一\n二", "三"][..]),
            ("一\n二\n三", &["一", "二", "三"]),
            ("\n\n一\n二\n\n\n", &["一", "二"]),
            ("", &[]),
        ] {
            let mut transcript = Transcript::default();
            let mut parser = Plain::default();
            parser.feed(text.to_owned(), &mut transcript).unwrap();
            parser.finish(&mut transcript).unwrap();
            let found: Vec<_> = transcript.ids().map(|id| transcript.body(id).into_owned()).collect();
            assert_eq!(found, bodies, "{text:?}");
        }
    }
}
