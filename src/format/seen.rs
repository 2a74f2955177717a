//! What was read of a file that is followed, to tell whether it still begins with that.

use crate::transcript::read_at;
use std::fs::File;

/// What is compared byte by byte at either end, in bytes.
const EDGE: usize = 4096;

/// What is compared as a whole is no longer, in bytes.
const LONGEST: u64 = 64 << 20;

/// How a file is compared with what was read of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// The first bytes and the last ones: whatever was put in or taken out between them has moved those.
    Edges,
    /// All of it, unless it is very long.
    Whole,
}

/// What became of a file that is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It has become shorter, and is read anew.
    Shortened,
    /// Another one stands in its place, and is read anew.
    Replaced,
    /// What had been read was written over, and it is read anew.
    Rewritten,
    /// It was deleted; what was read is kept.
    Deleted,
    /// It is there again as it was.
    Back,
}

/// What was read.
#[derive(Debug)]
pub struct Seen {
    first: Vec<u8>,
    last: Vec<u8>,
    len: u64,
    hash: u64,
}

impl Default for Seen {
    fn default() -> Self {
        Self { first: Vec::new(), last: Vec::new(), len: 0, hash: FNV }
    }
}

impl Seen {
    /// More was read.
    pub fn take(&mut self, bytes: &[u8]) {
        let room = (EDGE - self.first.len()).min(bytes.len());
        self.first.extend_from_slice(&bytes[..room]);
        self.last.extend_from_slice(&bytes[bytes.len().saturating_sub(EDGE)..]);
        self.last.drain(..self.last.len().saturating_sub(EDGE));
        if self.len < LONGEST {
            self.hash = hashed(self.hash, bytes);
        }
        self.len += bytes.len() as u64;
    }

    /// Whether a file begins with it.
    pub fn is_in(&self, file: &File, compared: Compared) -> bool {
        let last_at = self.len - self.last.len() as u64;
        let edges = holds(file, 0, &self.first) && holds(file, last_at, &self.last);
        edges
            && (compared == Compared::Edges
                || self.len > LONGEST
                || hash_of(file, self.len) == Some(self.hash))
    }
}

fn holds(file: &File, at: u64, expected: &[u8]) -> bool {
    let mut bytes = vec![0; expected.len()];
    read_at(file, at, &mut bytes).is_ok() && bytes == expected
}

/// The hash of the first `len` bytes of a file; none if it is shorter.
fn hash_of(file: &File, len: u64) -> Option<u64> {
    let mut block = vec![0; 64 * 1024];
    let (mut hash, mut at) = (FNV, 0);
    while at < len {
        let wanted = block.len().min((len - at) as usize);
        let read = read_at(file, at, &mut block[..wanted]).ok().filter(|&read| read == wanted)?;
        hash = hashed(hash, &block[..read]);
        at += read as u64;
    }
    Some(hash)
}

/// FNV-1a: it does not matter how bytes are cut.
const FNV: u64 = 0xcbf2_9ce4_8422_2325;

fn hashed(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn file(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    #[test]
    fn a_file_that_has_grown_is_known_and_one_that_was_rewritten_is_not() {
        let bytes: Vec<u8> = (0..20_000u32).map(|index| ((index * index) >> 7) as u8).collect();
        for cut in [1, 700, 4096, 5000, 20_000] {
            let mut seen = Seen::default();
            bytes.chunks(cut).for_each(|bytes| seen.take(bytes));
            let known = |bytes: &[u8]| {
                [Compared::Edges, Compared::Whole].map(|compared| seen.is_in(&file(bytes), compared))
            };
            assert_eq!(known(&bytes), [true, true]);
            assert_eq!(known(&[&bytes[..], b"more"].concat()), [true, true]);
            assert_eq!(known(&bytes[1..]), [false, false]);
            assert_eq!(known(&bytes[..19_999]), [false, false]);
            let mut altered = bytes.clone();
            altered[10_000] ^= 1;
            assert_eq!(known(&altered), [true, false], "only a look at all of it tells");
            altered.insert(9_000, b'x');
            assert_eq!(known(&altered), [false, false]);
        }
        assert!(Seen::default().is_in(&file(b"any"), Compared::Whole));
    }
}
