//! Looking through the bytes of a file before it is read as a record: most files say nothing of what is looked for.
//!
//! It is done where the text of the record is that of the file, byte for byte: in UTF-8, not packed, of a format whose words
//! stand there as they are to be read. What is invalid in it becomes U+FFFD, which no trace matches that is looked for here.

use crate::format::{Index, Intake};
use crate::query::{Pattern, Scan};
use crate::transcript::{Extent, Source, Transcript, read_at};
use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::thread::{available_parallelism, scope};

/// Bytes that pay for a thread.
const SHARE: usize = 4 << 20;

/// Threads share a file at multiples of this, in bytes.
const BLOCK: usize = 256 * 1024;

/// UTF-8 may begin with this, which is no text.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Parts of the text where something may match, in order; all of it is one part where nothing is known.
pub type Places = Vec<Range<usize>>;

/// Where something in a file may match whose head was read, in bytes of its text; none if that cannot be told by its bytes.
///
/// # Errors
/// If it cannot be read.
pub fn of_file(
    pattern: &Pattern,
    (file, len): (&Arc<File>, u64),
    (intake, index, head): (&Intake, &Index, &[u8]),
) -> io::Result<Option<Places>> {
    let is_utf8 = intake.encoding() == "UTF-8" && intake.notice().is_none() && intake.packing().is_none();
    if !is_utf8 || !index.is_in_place() || pattern.is_of_anything() {
        return Ok(None);
    }
    let mut begin = vec![0; MARK.len() + head.len()];
    let read = read_at(file, 0, &mut begin)?;
    begin.truncate(read);
    let mark = if begin.starts_with(MARK) { MARK.len() } else { 0 };
    // Line ends may have been made of others.
    if !begin.get(mark..).is_some_and(|text| text.starts_with(head)) {
        return Ok(None);
    }
    let mut source = Source::default();
    let at = mark as u64;
    source.push(Extent::File { file: Arc::clone(file), at, len: (len - at.min(len)) as usize });
    Ok(Some(of_source(pattern, &source)))
}

/// Where something in a record may match.
pub fn of_record(pattern: &Pattern, transcript: &Transcript) -> Places {
    of_source(pattern, transcript.source())
}

fn of_source(pattern: &Pattern, source: &Source) -> Places {
    let threads = available_parallelism().map_or(1, usize::from).min(source.len() / SHARE + 1);
    let share = source.len().div_ceil(threads).next_multiple_of(BLOCK);
    let shares = (0..threads).map(|number| number * share..((number + 1) * share).min(source.len()));
    let scan = |share| Scan::new(0, source.clone(), pattern.raw().cloned(), share);
    let scans: Vec<_> = shares.filter(|share| !share.is_empty()).map(scan).collect();
    let [first, others @ ..] = scans.as_slice() else { return Places::new() };
    scope(|scope| {
        let others: Vec<_> =
            others.iter().cloned().map(|other| scope.spawn(move || places(&other))).collect();
        let mut found = places(first);
        for other in others {
            found.extend(other.join().unwrap_or_default());
        }
        found
    })
}

fn places(scan: &Scan) -> Places {
    let mut places = Places::new();
    scan.run(|found| {
        if found.anywhere {
            places.push(found.range);
        } else {
            places.extend(found.places);
        }
        true
    });
    places
}
