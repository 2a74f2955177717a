//! Memory to read files into: what is read begins with a page.
//!
//! Some processors copy at a third of their speed to an address that lies a few bytes behind that of the source within
//! its page (AMD, fast short `rep movsb`), and a large allocation begins just there: 16 bytes into a page.

use std::ops::{Deref, DerefMut, Range};

/// Bytes of a page.
const PAGE: usize = 4096;

/// A run of bytes in memory of its own.
#[derive(Debug, Clone, Default)]
pub struct Buffer {
    bytes: Vec<u8>,
    range: Range<usize>,
}

impl Buffer {
    /// Makes it hold a head and so many bytes behind it; these begin a page.
    pub fn reset(&mut self, head: &[u8], len: usize) {
        let size = head.len() + len + 2 * PAGE;
        if self.bytes.len() < size {
            self.bytes = vec![0; size];
        }
        let page = self.bytes.as_ptr().align_offset(PAGE).min(PAGE);
        let begin = page + head.len().next_multiple_of(PAGE) - head.len();
        self.range = begin..begin + head.len() + len;
        self[..head.len()].copy_from_slice(head);
    }

    /// Keeps the first `len` bytes.
    pub fn truncate(&mut self, len: usize) {
        self.range.end = self.range.end.min(self.range.start + len);
    }
}

impl From<Vec<u8>> for Buffer {
    fn from(bytes: Vec<u8>) -> Self {
        let range = 0..bytes.len();
        Self { bytes, range }
    }
}

impl Deref for Buffer {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes[self.range.clone()]
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut self.bytes[self.range.clone()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_the_head_begins_a_page() {
        let mut buffer = Buffer::default();
        for (head, len) in [(0, 1), (3, 100), (3, 300_000), (0, 0), (4096, 10), (5000, 10), (5, 65_536)] {
            buffer.reset(&vec![7; head], len);
            assert_eq!(buffer.len(), head + len);
            assert_eq!(buffer[head..].as_ptr().align_offset(PAGE), 0, "{head}");
            assert!(buffer[..head].iter().all(|&byte| byte == 7));
        }
        buffer.truncate(2);
        assert_eq!(buffer.len(), 2);
    }
}
