//! Whatever nothing else fits: one speaker's paragraphs without a clock.
//!
//! A post is a block between blank lines; in a text without blank lines it is a line.

use super::error::ParseError;
use super::head::Head;
use super::lines::{Line, Lines};
use super::parser::{HEAD, Parser, Wire};
use crate::transcript::{Draft, Post};

/// The streaming parser.
#[derive(Debug, Default)]
pub struct Plain {
    lines: Lines,
    blocks: Option<bool>,
    inside: bool,
    /// What comes before the first end of a block belongs to a block that began out of sight.
    skips: bool,
}

impl Wire for Plain {
    fn score(_: &Head) -> u8 {
        20
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Self>::default()
    }
}

impl Parser for Plain {
    fn feed(&mut self, text: &[u8], at: usize, out: &mut Draft) -> Result<(), ParseError> {
        let blocks = *self.blocks.get_or_insert_with(|| has_blank_line(&text[..text.len().min(HEAD)]));
        let mut lines = std::mem::take(&mut self.lines);
        lines.feed(text, at, |line| self.line(line, blocks, out));
        self.lines = lines;
        Ok(())
    }

    fn finish(&mut self, out: &mut Draft) -> Result<(), ParseError> {
        let blocks = self.blocks.unwrap_or_default();
        let mut lines = std::mem::take(&mut self.lines);
        lines.finish(|line| self.line(line, blocks, out));
        Ok(())
    }

    fn settle(&mut self, out: &mut Draft) -> Result<(), ParseError> {
        let blocks = self.blocks.unwrap_or_default();
        let mut lines = std::mem::take(&mut self.lines);
        lines.settle(|begun| !is_blank(begun), |line| self.line(line, blocks, out));
        self.lines = lines;
        Ok(())
    }

    fn is_midway(&self) -> bool {
        self.lines.is_midway()
    }

    fn suits(&self, head: &[u8]) -> bool {
        self.blocks.is_none_or(|blocks| blocks == has_blank_line(&head[..head.len().min(HEAD)]))
    }

    fn elsewhere(&self) -> Option<Box<dyn Parser>> {
        let skips = self.blocks == Some(true);
        Some(Box::new(Self { blocks: self.blocks, skips, ..Self::default() }))
    }
}

impl Plain {
    fn line(&mut self, line: Line, blocks: bool, out: &mut Draft) {
        out.lines = line.number;
        let goes_on = !line.first || self.inside && blocks;
        if line.whole && is_blank(line.text) {
            self.inside = false;
            self.skips = false;
        } else if self.skips {
            // Out of sight.
        } else if self.inside && goes_on {
            out.extend_body(line.start, line.end());
        } else {
            self.inside = true;
            let speaker = out.intern("");
            let body = line.start..line.end();
            out.push(Post { speaker, body, line: Some(line.number), ..Post::default() });
        }
    }
}

/// Whether a line holds nothing but white space.
fn is_blank(line: &[u8]) -> bool {
    match line.first() {
        None => true,
        Some(b'!'..=b'~' | 0xe4..=0xe9) => false,
        Some(_) => std::str::from_utf8(line).is_ok_and(|line| line.trim().is_empty()),
    }
}

fn has_blank_line(text: &[u8]) -> bool {
    let mut lines = text.split(|&byte| byte == b'\n').skip_while(|line| is_blank(line)).peekable();
    while let Some(line) = lines.next() {
        if is_blank(line) && lines.peek().is_some_and(|next| !is_blank(next)) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{Extent, Transcript};

    fn read(mut parser: impl Parser, text: &str) -> Transcript {
        let mut draft = Draft::default();
        let at = draft.append(Extent::Memory(text.into()));
        parser.feed(text.as_bytes(), at, &mut draft).unwrap();
        parser.finish(&mut draft).unwrap();
        Transcript::from(draft.take())
    }

    #[test]
    fn a_post_is_a_block_or_a_line() {
        for (text, bodies) in [
            ("一\n二\n\n三\n", &["一\n二", "三"][..]),
            ("一\n二\n三", &["一", "二", "三"]),
            ("\n\n一\n二\n\n\n", &["一", "二"]),
            ("", &[]),
        ] {
            let transcript = read(Plain::default(), text);
            let found: Vec<_> = transcript.ids().map(|id| transcript.body(id).into_owned()).collect();
            assert_eq!(found, bodies, "{text:?}");
        }
    }
}
