//! Lines of times, each with lines of words behind it: what `SubRip` and SBV have in common. Blank lines between them are
//! not needed.

use super::clock::Time;
use super::prefixes::{Cue, Cues};
use crate::transcript::{Draft, Remark};

/// A longer cue is told in parts, in bytes.
const LONGEST: usize = 1 << 20;

/// Gathers lines to cues.
#[derive(Debug, Default)]
pub struct Stanzas {
    cues: Cues,
    begun: Option<Cue>,
    /// The last line may be the number of the next cue.
    number: Option<String>,
    after_blank: bool,
    /// A cue had a number.
    numbered: bool,
}

impl Stanzas {
    /// Takes a line of times.
    pub fn times(&mut self, (start, end): (Time, Time), line: u32, out: &mut Draft) {
        self.numbered |= self.number.take().is_some();
        self.end(out);
        let resolution_ms = start.resolution_ms.min(end.resolution_ms);
        let start = out.offset(start.ms, resolution_ms);
        self.begun = Some(Cue { start, end: Some(end.ms), line, ..Cue::default() });
        self.after_blank = false;
    }

    /// Takes any other line, with markup gone by `plain`.
    pub fn words(&mut self, text: &str, plain: fn(&str) -> String, line: u32, out: &mut Draft) {
        self.add_number();
        let words = text.trim();
        if words.is_empty() {
            self.after_blank = true;
            return;
        }
        let is_number = words.len() < 10 && words.bytes().all(|byte| byte.is_ascii_digit());
        if is_number && (self.begun.is_none() || self.after_blank || self.numbered) {
            self.number = Some(words.to_owned());
        } else if self.begun.is_some() {
            self.add(&plain(text), out);
        } else {
            out.remarks.note(Remark::Skipped, line);
        }
    }

    /// Says that no more is to come.
    pub fn finish(&mut self, out: &mut Draft) {
        // At the end stands the number of a cue that was cut off, unless it can only be words.
        if !self.after_blank {
            self.add_number();
        }
        self.end(out);
        self.cues.finish(out);
    }

    /// What looked like a number was words.
    fn add_number(&mut self) {
        if let (Some(number), Some(cue)) = (self.number.take(), &mut self.begun) {
            add_line(&mut cue.text, &number);
        }
    }

    fn add(&mut self, words: &str, out: &mut Draft) {
        let Some(cue) = &mut self.begun else { return };
        add_line(&mut cue.text, words);
        if cue.text.len() > LONGEST {
            let next = Cue { text: String::new(), ..cue.clone() };
            self.end(out);
            self.begun = Some(next);
        }
    }

    fn end(&mut self, out: &mut Draft) {
        if let Some(mut cue) = self.begun.take() {
            cue.text.truncate(cue.text.trim_end().len());
            if !cue.text.is_empty() {
                self.cues.take(cue, out);
            }
        }
    }
}

fn add_line(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line.trim());
}
