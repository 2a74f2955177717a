//! The lines of a source that grows: each is told once, when it is complete.

use crate::transcript::Transcript;
use std::ops::Range;

/// How far the lines of a source were told.
#[derive(Debug, Default)]
pub struct Lines {
    scanned: usize,
    /// How many lines were told.
    pub count: u32,
}

impl Lines {
    /// The next complete line, without its end.
    pub fn next(&mut self, out: &mut Transcript) -> Option<Range<usize>> {
        let rest = out.source().as_bytes().get(self.scanned..)?;
        let length = memchr::memchr(b'\n', rest)?;
        let line = self.scanned..self.scanned + length;
        self.scanned = line.end + 1;
        self.told(out);
        Some(line)
    }

    /// What stands behind the last line end, when no more is to come.
    pub fn last(&mut self, out: &mut Transcript) -> Option<Range<usize>> {
        let line = self.scanned..out.source().len();
        if line.is_empty() {
            return None;
        }
        self.scanned = line.end;
        self.told(out);
        Some(line)
    }

    fn told(&mut self, out: &mut Transcript) {
        self.count += 1;
        out.set_lines(self.count);
    }
}
