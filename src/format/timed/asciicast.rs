//! asciicast v2 and v3 (docs.asciinema.org/manual/asciicast): a header, then a line an event. The posts are the markers of a recording;
//! where it has none, what was written on the terminal, as lines. Times of v2 are those since the start, of v3 those since the last event.

use super::screen::Screen;
use crate::format::by_line::{ByLine, Line, Rewritten};
use crate::format::head::Head;
use crate::format::parser::{Parser, Wire};
use crate::transcript::{Draft, Kind, Post, Remark};
use serde::Deserialize;
use serde_json::Value;

/// Output is kept until markers come, up to so many bytes.
const ENOUGH: usize = 1 << 20;

/// Output behind such a pause is a post of its own, in milliseconds.
const PAUSE_MS: i64 = 1000;

/// A post has no more bytes of output.
const LONGEST: usize = 4000;

/// The format.
#[derive(Debug, Default)]
pub struct Asciicast {
    version: u64,
    has_header: bool,
    now_ms: i64,
    /// How many markers there were.
    markers: usize,
    screen: Screen,
    block: Block,
    held: Vec<Block>,
    bytes: usize,
}

/// What was written without a pause.
#[derive(Debug, Default)]
struct Block {
    start: i64,
    end: i64,
    line: u32,
    text: String,
}

#[derive(Deserialize)]
struct Header {
    version: u64,
    title: Option<String>,
}

impl Wire for Asciicast {
    fn score(head: &Head) -> u8 {
        let first = head.text.lines().next().unwrap_or_default().trim_end();
        if !first.starts_with('{') || !first.contains("\"version\"") {
            return 0;
        }
        let has = |key: &str| first.contains(key);
        if has("\"width\"") && has("\"height\"") || has("\"term\"") { 95 } else { 0 }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Rewritten<Self>>::default()
    }
}

impl ByLine for Asciicast {
    fn line(&mut self, line: &Line, out: &mut Draft) {
        let text = line.text.trim();
        if text.is_empty() || text.starts_with('#') {
            return;
        }
        if !std::mem::replace(&mut self.has_header, true)
            && let Ok(header) = serde_json::from_str::<Header>(text)
        {
            self.version = header.version;
            out.meta.title = header.title.filter(|title| !title.trim().is_empty());
            return;
        }
        let event = serde_json::from_str::<(f64, String, Value)>(text);
        match event {
            Ok((seconds, code, data)) if seconds.is_finite() => {
                let ms = (seconds * 1000.0).round() as i64;
                self.now_ms = if self.version > 2 { self.now_ms.saturating_add(ms) } else { ms };
                self.event(&code, data.as_str().unwrap_or_default(), line.number, out);
            }
            _ => out.remarks.note(Remark::Skipped, line.number),
        }
    }

    fn finish(&mut self, out: &mut Draft) {
        let rest = self.screen.finish();
        self.block.text.push_str(&rest);
        self.end_block(out);
        self.tell(out);
    }
}

impl Asciicast {
    fn event(&mut self, code: &str, data: &str, line: u32, out: &mut Draft) {
        match code {
            "m" => {
                // The screen is what the markers are about.
                self.markers += 1;
                if self.markers == 1 {
                    self.held.clear();
                    (self.block, self.screen) = (Block::default(), Screen::default());
                }
                let start = out.offset(self.now_ms, 1);
                let number = format!("marker {}", self.markers);
                let label = if data.trim().is_empty() { &number } else { data.trim() };
                let post = Post { start, kind: Kind::Note, line: Some(line), ..Post::default() };
                out.say("", label, post);
            }
            "o" if self.markers == 0 => self.output(data, line, out),
            _ => {}
        }
    }

    fn output(&mut self, data: &str, line: u32, out: &mut Draft) {
        if self.now_ms - self.block.end >= PAUSE_MS || self.block.text.len() > LONGEST {
            self.end_block(out);
        }
        let lines = self.screen.write(data);
        if self.block.text.is_empty() && !self.block_is_begun() {
            self.block = Block { start: self.now_ms, end: self.now_ms, line, text: String::new() };
        }
        self.block.end = self.now_ms;
        self.block.text.push_str(&lines);
    }

    fn block_is_begun(&self) -> bool {
        self.block.line > 0
    }

    fn end_block(&mut self, out: &mut Draft) {
        let block = std::mem::take(&mut self.block);
        if !block.text.trim().is_empty() {
            self.bytes += block.text.len();
            self.held.push(block);
        }
        if self.bytes > ENOUGH {
            self.tell(out);
        }
    }

    /// Makes posts of the output that is kept.
    fn tell(&mut self, out: &mut Draft) {
        self.bytes = 0;
        for block in std::mem::take(&mut self.held) {
            let (start, end) = (out.offset(block.start, 1), Some(block.end));
            out.say(
                "",
                block.text.trim_end(),
                Post { start, end, line: Some(block.line), ..Post::default() },
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::told::{read, told};
    use super::*;

    const OLD: &str = "{\"version\": 2, \"width\": 80, \"height\": 24, \"title\": \"灯\"}\n";
    const NEW: &str = "{\"version\": 3, \"term\": {\"cols\": 80, \"rows\": 24}}\n";

    #[test]
    fn markers_are_posts_and_without_them_lines() {
        for (events, old, new) in [
            (
                "[1, \"o\", \"x\\r\\n\"]\n[2, \"m\", \"一\"]\n[3, \"m\", \"二\"]\n",
                &["*2000- |一", "*3000- |二"][..],
                &["*3000- |一", "*6000- |二"][..],
            ),
            (
                "[0.5, \"o\", \"$ l\"]\n[0.6, \"o\", \"s\\r\\na\\r\\n\"]\n[4, \"o\", \"b\"]\n",
                &["500-600 |$ ls\na", "4000-4000 |b"],
                &["500-1100 |$ ls\na", "5100-5100 |b"],
            ),
            (
                "[1, \"i\", \"x\"]\n[2, \"m\", \"\"]\n[3, \"m\", \"b\"]\n",
                &["*2000- |marker 1", "*3000- |b"],
                &["*3000- |marker 1", "*6000- |b"],
            ),
        ] {
            assert_eq!(told::<Asciicast>(&format!("{OLD}{events}")), old, "{events}");
            assert_eq!(told::<Asciicast>(&format!("{NEW}{events}")), new, "{events}");
        }
        let (transcript, remarks) = read::<Asciicast>(&format!("{OLD}[1, \"m\", \"a\"]\n[2, \"m\"\n"));
        assert_eq!((transcript.meta.title.as_deref(), transcript.len()), (Some("灯"), 1));
        assert_eq!(remarks.count(Remark::Skipped), 1);
    }

    #[test]
    fn it_is_told_by_its_header() {
        for (text, expected) in [(OLD, 95), (NEW, 95), ("{\"version\": 3}\n", 0), ("[1, 2]\n", 0), ("", 0)] {
            assert_eq!(Asciicast::score(&Head::new(text)), expected, "{text}");
        }
    }
}
