//! `SubRip` subtitles (no standard; the format of `SubRip` 1.50 and of what has been written for its readers since): a number, a
//! line of times, lines of words, a blank line. Read as leniently as any player does: numbers and blank lines may be missing.

use super::clock;
use super::markup;
use super::stanzas::Stanzas;
use crate::format::by_line::{ByLine, Line, Rewritten};
use crate::format::head::Head;
use crate::format::parser::{Parser, Wire};
use crate::transcript::{Draft, Remark};

/// The format.
#[derive(Debug, Default)]
pub struct Srt {
    stanzas: Stanzas,
}

impl Wire for Srt {
    fn score(head: &Head) -> u8 {
        if head.text.starts_with("WEBVTT") {
            return 0;
        }
        let mut lines = head.lines().take(200);
        let Some(first) = lines.next() else { return 0 };
        let is_number = |line: &str| line.bytes().all(|byte| byte.is_ascii_digit());
        let is_first = is_number(first) || clock::range(first).is_some();
        let times = lines.filter(|line| clock::range(line).is_some()).take(3).count();
        match times + usize::from(clock::range(first).is_some()) {
            0 => 0,
            1 if is_first => 85,
            1 => 35,
            _ if is_first => 95,
            _ => 80,
        }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Rewritten<Self>>::default()
    }
}

impl ByLine for Srt {
    fn line(&mut self, line: &Line, out: &mut Draft) {
        match clock::range(line.text) {
            Some((start, end, _)) => {
                // Hours and three digits are asked for, but what has fewer is as plain.
                if end.ms < start.ms {
                    out.remarks.note(Remark::LooseTime, line.number);
                }
                self.stanzas.times((start, end), line.number, out);
            }
            None => self.stanzas.words(line.text, markup::plain, line.number, out),
        }
    }

    fn finish(&mut self, out: &mut Draft) {
        self.stanzas.finish(out);
    }
}
