//! The text that bodies point into: a rope of extents, held in memory or read from a file on demand.
//!
//! Offsets are bytes of the decoded text, which is UTF-8 from end to end. An extent of a file is read by position, in
//! blocks that are kept in a small cache; nothing is mapped, so that a file that shrinks is a notice and no crash.

use super::buffer::Buffer;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io;
use std::ops::Range;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::sync::Arc;
use std::time::SystemTime;

/// Bytes of a cached block.
const BLOCK: usize = 64 * 1024;

/// Blocks that are kept.
const KEPT: usize = 16;

/// A run of text, and where it is.
#[derive(Debug, Clone)]
pub enum Extent {
    /// In memory.
    Memory(Arc<str>),
    /// In a file: `len` bytes of UTF-8 from byte `at` on.
    File {
        /// The file.
        file: Arc<File>,
        /// Its first byte there.
        at: u64,
        /// How many bytes.
        len: usize,
    },
}

impl Extent {
    /// How many bytes it holds.
    pub fn len(&self) -> usize {
        match self {
            Self::Memory(text) => text.len(),
            Self::File { len, .. } => *len,
        }
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// This one and the next as one: where that goes on in the same file, and where both are in memory and short, so that
    /// of what comes in drops not every drop is kept by itself.
    pub(super) fn joined(&self, next: &Self) -> Option<Self> {
        match (self, next) {
            (Self::Memory(text), Self::Memory(more)) if text.len() + more.len() <= BLOCK => {
                Some(Self::Memory([&**text, &**more].concat().into()))
            }
            (Self::File { file, at, len }, Self::File { file: other, at: from, len: more }) => {
                let goes_on = Arc::ptr_eq(file, other) && at + *len as u64 == *from;
                goes_on.then(|| Self::File { file: Arc::clone(file), at: *at, len: len + more })
            }
            _ => None,
        }
    }
}

/// The source of a record.
#[derive(Debug, Default)]
pub struct Source {
    extents: Vec<(usize, Extent)>,
    len: usize,
    cache: RefCell<Cache>,
    lost: Cell<bool>,
}

impl Clone for Source {
    /// The same text, with a cache of its own.
    fn clone(&self) -> Self {
        Self { extents: self.extents.clone(), len: self.len, ..Self::default() }
    }
}

impl Source {
    /// How many bytes there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds an extent at the end.
    pub fn push(&mut self, extent: Extent) {
        let added = extent.len();
        let joined = self.extents.last().and_then(|(_, last)| last.joined(&extent));
        match (joined, self.extents.last_mut()) {
            (Some(joined), Some((_, last))) => *last = joined,
            _ if added > 0 => self.extents.push((self.len, extent)),
            _ => {}
        }
        self.len += added;
    }

    /// Whether all of a range is in memory.
    pub fn in_memory(&self, range: &Range<usize>) -> bool {
        let held = |(_, extent): &(usize, Extent)| matches!(extent, Extent::Memory(_));
        self.extents[self.index(range.start)..].iter().take_while(|(start, _)| *start < range.end).all(held)
    }

    /// Where a byte of the source stands in a file, if it is read from there.
    pub fn in_file(&self, place: usize, of: &Arc<File>) -> Option<u64> {
        match self.extents.get(self.index(place))? {
            (start, Extent::File { file, at, .. }) if Arc::ptr_eq(file, of) => {
                Some(at + (place - start) as u64)
            }
            _ => None,
        }
    }

    /// The byte of the source that is read from a place in a file.
    pub fn from_file(&self, byte: u64, of: &Arc<File>) -> Option<usize> {
        self.extents.iter().find_map(|(start, extent)| match extent {
            Extent::File { file, at, len } if Arc::ptr_eq(file, of) => {
                let into = byte.checked_sub(*at)? as usize;
                (into < *len).then_some(start + into)
            }
            _ => None,
        })
    }

    /// The text of a range.
    pub fn text(&self, range: Range<usize>) -> Cow<'_, str> {
        self.whole_text(range).1
    }

    /// The text of a range, and where it begins: a character that the range cuts is left out.
    pub fn whole_text(&self, range: Range<usize>) -> (usize, Cow<'_, str>) {
        let range = range.start.min(self.len)..range.end.min(self.len);
        if range.is_empty() {
            return (range.start, Cow::Borrowed(""));
        }
        if let Some((start, Extent::Memory(text))) = self.extents.get(self.index(range.start))
            && range.end <= start + text.len()
        {
            let (from, to) = (border_from(text, range.start - start), border_upto(text, range.end - start));
            let whole = text.get(from..to).unwrap_or_default();
            return (start + from, Cow::Borrowed(whole));
        }
        let mut bytes = vec![0; range.len()];
        self.read(range.start, &mut bytes);
        let (cut, text) = whole_characters(&bytes);
        (range.start + cut, Cow::Owned(text))
    }

    /// Reads bytes from `start` on. What can no longer be read becomes blanks.
    pub fn read(&self, start: usize, into: &mut [u8]) {
        let (mut at, mut into) = (start, into);
        let first = self.index(start);
        for (begin, extent) in &self.extents[first..] {
            let skip = at - begin;
            let (now, rest) = into.split_at_mut(into.len().min(extent.len() - skip));
            match extent {
                Extent::Memory(text) => now.copy_from_slice(&text.as_bytes()[skip..skip + now.len()]),
                Extent::File { file, at: from, .. } => {
                    let from = from + skip as u64;
                    // What is read at once to be looked through need not be kept.
                    let read = if now.len() > BLOCK {
                        read_all(file, from, now)
                    } else {
                        self.cache.borrow_mut().read(file, from, now)
                    };
                    self.lost.set(self.lost.get() || read.is_err());
                }
            }
            at += now.len();
            into = rest;
            if into.is_empty() {
                break;
            }
        }
        into.fill(b' ');
    }

    /// Whether text could not be read any more since this was asked last: the file has changed.
    pub fn take_lost(&self) -> bool {
        self.lost.take()
    }

    /// What has become of a file since text was first read from it, as far as that was noticed in reading on.
    pub fn change(&self) -> Option<Change> {
        self.cache.borrow().change
    }

    /// Index of the extent that holds a byte.
    fn index(&self, at: usize) -> usize {
        self.extents.partition_point(|(start, _)| *start <= at).saturating_sub(1)
    }
}

/// The first border of characters at a byte or behind it.
fn border_from(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

/// The last border of characters at a byte or before it.
fn border_upto(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The whole characters of bytes that were cut from UTF-8, and where they begin; what is no UTF-8 is replaced.
fn whole_characters(bytes: &[u8]) -> (usize, String) {
    let continues = |byte: &u8| byte & 0xc0 == 0x80;
    let from = bytes.iter().take(3).take_while(|byte| continues(byte)).count();
    let bytes = &bytes[from..];
    let text = match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(error) if error.error_len().is_none() => {
            String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned()
        }
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
    };
    (from, text)
}

/// What can become of a file that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It has become shorter.
    Shrunk,
    /// It was deleted, or another was put in its place; what was opened can still be read.
    Deleted,
    /// Other bytes were written where it was read before.
    Altered,
}

/// What tells whether a file is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looks {
    len: u64,
    links: u64,
    modified: Option<SystemTime>,
}

impl Looks {
    /// What a file looks like now; none if it cannot be told.
    pub fn of(file: &File) -> Option<Self> {
        let metadata = file.metadata().ok()?;
        Some(Self { len: metadata.len(), links: metadata.nlink(), modified: metadata.modified().ok() })
    }

    /// What has become of a file that looked like this. One that has only grown is as it was.
    pub fn change(self, now: Self) -> Option<Change> {
        match () {
            () if now.len < self.len => Some(Change::Shrunk),
            () if now.links < self.links && now.links == 0 => Some(Change::Deleted),
            () if now.modified != self.modified && now.len == self.len => Some(Change::Altered),
            () => None,
        }
    }
}

/// Blocks of files that were read last.
#[derive(Debug, Default)]
struct Cache {
    blocks: Vec<Block>,
    reads: u64,
    /// The files, as they looked when they were first read.
    files: Vec<(Arc<File>, Looks)>,
    change: Option<Change>,
}

#[derive(Debug)]
struct Block {
    file: Arc<File>,
    at: u64,
    used: u64,
    bytes: Buffer,
}

impl Cache {
    /// Reads bytes of a file; what is not there any more becomes blanks, and an error.
    fn read(&mut self, file: &Arc<File>, at: u64, into: &mut [u8]) -> io::Result<()> {
        let (mut at, mut into) = (at, into);
        while !into.is_empty() {
            let begin = at / BLOCK as u64 * BLOCK as u64;
            let skip = (at - begin) as usize;
            let (now, rest) = into.split_at_mut(into.len().min(BLOCK - skip));
            let block = match self.block(file, begin, skip + now.len()) {
                Ok(block) => {
                    block.get(skip..skip + now.len()).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
                }
                Err(error) => Err(error),
            };
            match block {
                Ok(block) => now.copy_from_slice(block),
                Err(error) => {
                    now.fill(b' ');
                    rest.fill(b' ');
                    return Err(error);
                }
            }
            at += now.len() as u64;
            into = rest;
        }
        Ok(())
    }

    /// A block, which holds `least` bytes if the file does: one that was read at the end of a file may have grown.
    fn block(&mut self, file: &Arc<File>, at: u64, least: usize) -> io::Result<&[u8]> {
        self.reads += 1;
        let held =
            |block: &Block| block.at == at && Arc::ptr_eq(&block.file, file) && block.bytes.len() >= least;
        let index = match self.blocks.iter().position(held) {
            Some(index) => index,
            None => self.fetch(file, at)?,
        };
        self.blocks[index].used = self.reads;
        Ok(&self.blocks[index].bytes)
    }

    fn fetch(&mut self, file: &Arc<File>, at: u64) -> io::Result<usize> {
        self.look_at(file);
        let mut bytes = if self.blocks.len() < KEPT { Buffer::default() } else { self.drop_oldest() };
        bytes.reset(&[], BLOCK);
        let read = read_at(file, at, &mut bytes)?;
        bytes.truncate(read);
        self.blocks.push(Block { file: Arc::clone(file), at, used: 0, bytes });
        Ok(self.blocks.len() - 1)
    }

    fn look_at(&mut self, file: &Arc<File>) {
        let Some(now) = Looks::of(file) else { return };
        match self.files.iter_mut().find(|(known, _)| Arc::ptr_eq(known, file)) {
            Some((_, looks)) => {
                self.change = self.change.or(looks.change(now));
                *looks = Looks { len: looks.len.max(now.len), links: looks.links, modified: now.modified };
            }
            None => self.files.push((Arc::clone(file), now)),
        }
    }

    fn drop_oldest(&mut self) -> Buffer {
        let oldest =
            self.blocks.iter().enumerate().min_by_key(|(_, block)| block.used).map(|(index, _)| index);
        oldest.map(|index| self.blocks.swap_remove(index).bytes).unwrap_or_default()
    }
}

/// Fills a buffer from a place in a file; what is not there becomes blanks, and an error.
fn read_all(file: &File, at: u64, into: &mut [u8]) -> io::Result<()> {
    let read = read_at(file, at, into);
    let rest = &mut into[*read.as_ref().unwrap_or(&0)..];
    rest.fill(b' ');
    if rest.is_empty() { Ok(()) } else { read.and(Err(io::ErrorKind::UnexpectedEof.into())) }
}

/// Reads from a place in a file until the buffer is full or the file ends; says how many bytes there were.
///
/// # Errors
/// As the system says.
pub fn read_at(file: &File, at: u64, into: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < into.len() {
        match file.read_at(&mut into[filled..], at + filled as u64) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    /// Han text of so many bytes, about.
    fn text(bytes: usize) -> String {
        (0..).map(|index| char::from_u32(0x4e00 + index % 5000).unwrap()).take(bytes / 3).collect()
    }

    /// The same text as a source of three extents: file, memory, file.
    fn rope(text: &str, cuts: [usize; 2]) -> (Source, Arc<File>) {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let file = Arc::new(file);
        let mut source = Source::default();
        let part =
            |at: usize, end: usize| Extent::File { file: Arc::clone(&file), at: at as u64, len: end - at };
        source.push(part(0, cuts[0]));
        source.push(Extent::Memory(text.get(cuts[0]..cuts[1]).unwrap().into()));
        source.push(part(cuts[1], text.len()));
        (source, file)
    }

    #[test]
    fn any_range_reads_as_from_one_text() {
        let text = text(400_000);
        let (source, _file) = rope(&text, [90_000, 200_001]);
        assert_eq!(source.len(), text.len());
        for start in [0usize, 1, 2, 3, 65_535, 65_536, 89_997, 90_000, 131_072, 200_000, 200_001, 399_000] {
            for len in [0, 1, 2, 3, 4, 100, 70_000, 500_000] {
                // Every character takes three bytes.
                let (from, to) = (start.div_ceil(3) * 3, (start + len).min(text.len()) / 3 * 3);
                let expected = text.get(from..to).unwrap_or_default();
                let (begin, found) = source.whole_text(start..start + len);
                assert_eq!(found, expected, "{start} {len}");
                assert!(begin == from.min(text.len()) || expected.is_empty(), "{start} {len}");
            }
        }
        assert!(source.in_memory(&(90_000..200_001)) && !source.in_memory(&(89_999..90_001)));
    }

    #[test]
    fn what_goes_on_in_a_file_is_one_extent() {
        let file = Arc::new(tempfile::tempfile().unwrap());
        let mut source = Source::default();
        for at in [0, 10, 20] {
            source.push(Extent::File { file: Arc::clone(&file), at, len: 10 });
        }
        source.push(Extent::File { file, at: 31, len: 10 });
        assert_eq!((source.extents.len(), source.len()), (2, 40));
    }

    #[test]
    fn of_what_comes_in_drops_not_every_drop_is_kept_by_itself() {
        let text = text(200_000);
        let mut source = Source::default();
        for ch in text.chars() {
            source.push(Extent::Memory(ch.to_string().into()));
        }
        assert_eq!(source.text(0..text.len()), text);
        assert!(source.extents.len() < 6, "{}", source.extents.len());
    }

    #[test]
    fn a_file_that_has_shrunk_is_blank_and_said_once() {
        let text = text(300_000);
        let (source, file) = rope(&text, [100_000 / 3 * 3, 100_002]);
        assert_eq!(source.text(0..3), text.get(0..3).unwrap());
        file.set_len(150_000).unwrap();
        assert!(!source.take_lost());
        assert_eq!(source.text(250_000..250_010).trim(), "");
        assert!(source.take_lost() && !source.take_lost());
    }

    #[test]
    fn a_file_that_is_rewritten_under_its_reader_is_told_of_and_one_that_grows_is_not() {
        let text = text(300_000);
        let (source, file) = rope(&text, [100_000 / 3 * 3, 100_002]);
        let _ = source.text(0..3);
        (&*file).write_all(b"more").unwrap();
        let _ = source.text(250_000..250_010);
        assert_eq!(source.change(), None);
        file.set_modified(std::time::UNIX_EPOCH).unwrap();
        let _ = source.text(70_000..70_010);
        assert_eq!(source.change(), Some(Change::Altered));
    }

    #[test]
    fn bytes_that_are_no_longer_utf_8_are_replaced() {
        assert_eq!(whole_characters(b"\x80\x80a\xffb\xe4\xbd"), (2, "a\u{fffd}b\u{fffd}".to_owned()));
        assert_eq!(whole_characters("a字".as_bytes().split_last().unwrap().1), (0, "a".to_owned()));
    }
}
