//! Sources that are packed: gzip (RFC 1952), zstd (RFC 8878), and zip with one text in it.
//!
//! What is unpacked comes as a stream, never more of it than [`MOST`].

use super::error::{ParseError, Problem};
use super::input::{Broken, Input};
use crate::transcript::read_at;
use flate2::read::{DeflateDecoder, MultiGzDecoder};
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use zip::{CompressionMethod, ZipArchive};

/// No source is longer when it is unpacked, in bytes: a few kilobytes may claim to be petabytes.
pub const MOST: u64 = 4 << 30;

/// How a source is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// gzip, one member or several.
    Gzip,
    /// zstd, one frame or several.
    Zstd,
    /// zip with one text in it.
    Zip,
}

impl Packing {
    const ALL: [Self; 3] = [Self::Gzip, Self::Zstd, Self::Zip];

    const fn magic(self) -> &'static [u8] {
        match self {
            Self::Gzip => b"\x1f\x8b\x08",
            Self::Zstd => b"\x28\xb5\x2f\xfd",
            Self::Zip => b"PK\x03\x04",
        }
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Zip => "zip",
        }
    }

    /// That of a source that begins with these bytes.
    pub fn of(head: &[u8]) -> Option<Self> {
        // A frame that is to be skipped may be the first one.
        if matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]) {
            return Some(Self::Zstd);
        }
        Self::ALL.into_iter().find(|packing| head.starts_with(packing.magic()))
    }
}

/// Whether these few bytes may be the beginning of a packed source.
pub fn is_half_a_magic(head: &[u8]) -> bool {
    !head.is_empty() && Packing::ALL.iter().any(|packing| packing.magic().starts_with(head))
}

/// What is in a packed source, of which `begun` was read if it is a stream.
///
/// # Errors
/// If a zip has not one text in it, or one that cannot be unpacked here.
pub fn unpack(packing: Packing, input: Input, begun: Vec<u8>) -> Result<Unpacked, Broken> {
    let packed: Box<dyn Read + Send> = match input {
        Input::File(file, len) if packing == Packing::Zip => return member(&file, len).map(bounded),
        Input::File(file, len) => Box::new(Part { file, at: 0, end: len }),
        Input::Stream(stream) => Box::new(Cursor::new(begun).chain(stream)),
    };
    Ok(match packing {
        Packing::Gzip => bounded(MultiGzDecoder::new(packed)),
        Packing::Zstd => bounded(Frames { packed: Shared::new(packed), frame: None }),
        // The list of what is in it stands at its end.
        Packing::Zip => {
            let (file, len) = kept(packed).map_err(Broken::Input)?;
            bounded(member(&Arc::new(file), len)?)
        }
    })
}

/// What is in a packed source.
pub struct Unpacked {
    /// The stream of it.
    pub input: Input,
    /// Set where it breaks off.
    pub cut: Arc<AtomicBool>,
}

fn bounded(unpacked: impl Read + Send + 'static) -> Unpacked {
    let cut = Arc::default();
    let stream = Bounded { unpacked, left: MOST, cut: Arc::clone(&cut) };
    Unpacked { input: Input::Stream(Box::new(stream)), cut }
}

/// Names that are not a text of their own: what systems leave in archives.
fn is_litter(name: &str) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.ends_with('/') || name.starts_with("__MACOSX/") || file.starts_with('.')
}

const TEXTS: [&str; 18] = [
    "txt", "log", "md", "json", "jsonl", "ndjson", "vtt", "srt", "sbv", "ass", "ssa", "lrc", "ttml", "xml",
    "dfxp", "cast", "csv", "text",
];

fn is_text(name: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, extension)| TEXTS.iter().any(|text| text.eq_ignore_ascii_case(extension)))
}

/// The one text in a zip: the only file in it, or the only one that is called like a text.
fn member(file: &Arc<File>, len: u64) -> Result<Box<dyn Read + Send>, Broken> {
    let refused = |problem| Broken::Text(ParseError::whole(problem));
    let broken = |error: zip::result::ZipError| Broken::Input(io::Error::other(error.to_string()));
    let whole = Part { file: Arc::clone(file), at: 0, end: len };
    let mut archive = ZipArchive::new(whole).map_err(broken)?;
    let names = (0..archive.len()).zip(
        archive.file_names().map(|name| name.map(Cow::into_owned).unwrap_or_default()).collect::<Vec<_>>(),
    );
    let files: Vec<_> = names.filter(|(_, name)| !is_litter(name)).collect();
    let texts: Vec<_> = files.iter().filter(|(_, name)| is_text(name)).collect();
    let index = match (&files[..], &texts[..]) {
        ([(only, _)], _) | (_, [(only, _)]) => *only,
        _ => return Err(refused(Problem::Archive { files: files.len(), texts: texts.len() })),
    };
    let Ok(found) = archive.by_index_raw(index) else {
        return Err(refused(Problem::Compressed { how: "zip" }));
    };
    let method = found.compression();
    let (Some(at), false) = (found.data_start(), found.encrypted()) else {
        return Err(refused(Problem::Compressed { how: "zip" }));
    };
    let packed =
        Part { file: Arc::clone(file), at, end: at.saturating_add(found.compressed_size()).min(len) };
    match method {
        CompressionMethod::Stored => Ok(Box::new(packed)),
        CompressionMethod::Deflated => Ok(Box::new(DeflateDecoder::new(packed))),
        _ => Err(refused(Problem::Compressed { how: "zip" })),
    }
}

/// A stream as a temporary file without a name.
fn kept(packed: impl Read) -> io::Result<(File, u64)> {
    let mut file = tempfile::tempfile()?;
    let len = io::copy(&mut packed.take(MOST), &mut file)?;
    file.flush()?;
    Ok((file, len))
}

/// A part of a file, read by position.
struct Part {
    file: Arc<File>,
    at: u64,
    end: u64,
}

impl Read for Part {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let wanted = into.len().min(self.end.saturating_sub(self.at) as usize);
        let read = read_at(&self.file, self.at, &mut into[..wanted])?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Part {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        let at = match to {
            io::SeekFrom::Start(at) => Some(at),
            io::SeekFrom::End(by) => self.end.checked_add_signed(by),
            io::SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

/// The frames of zstd, one after the other.
struct Frames {
    packed: Shared,
    frame: Option<StreamingDecoder<Shared, FrameDecoder>>,
}

/// A stream that a frame reads and gives back, also where it cannot be begun.
#[derive(Clone)]
struct Shared(Arc<Mutex<Peeked>>);

/// A stream of which one byte may have been looked at.
struct Peeked {
    packed: Box<dyn Read + Send>,
    first: Option<u8>,
}

impl Shared {
    fn new(packed: Box<dyn Read + Send>) -> Self {
        Self(Arc::new(Mutex::new(Peeked { packed, first: None })))
    }

    /// Whether nothing follows.
    fn has_ended(&mut self) -> io::Result<bool> {
        let mut byte = [0];
        let read = self.read(&mut byte)?;
        let mut stream = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        stream.first = (read == 1).then_some(byte[0]);
        Ok(read == 0)
    }
}

impl Read for Shared {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut stream = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match (into.first_mut(), stream.first.take()) {
            (Some(first), Some(byte)) => {
                *first = byte;
                Ok(1)
            }
            _ => stream.packed.read(into),
        }
    }
}

impl Frames {
    /// Begins the next frame that is not to be skipped; false if there is none.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            if self.packed.has_ended()? {
                return Ok(false);
            }
            match StreamingDecoder::new(self.packed.clone()) {
                Ok(frame) => {
                    self.frame = Some(frame);
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    io::copy(&mut (&mut self.packed).take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(io::Error::other(error.to_string())),
            }
        }
    }
}

impl Read for Frames {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let read = frame.read(into)?;
                if read > 0 || into.is_empty() {
                    return Ok(read);
                }
                self.frame = None;
            }
            if !self.begin()? {
                return Ok(0);
            }
        }
    }
}

/// Ends with an error where there is too much, and without one where what is packed is broken: what came before is worth
/// reading.
struct Bounded<R> {
    unpacked: R,
    left: u64,
    cut: Arc<AtomicBool>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.unpacked.read(into) {
            Ok(read) => {
                self.left = self.left.checked_sub(read as u64).ok_or(io::ErrorKind::FileTooLarge)?;
                Ok(read)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(_) if self.left < MOST => {
                self.cut.store(true, Ordering::Relaxed);
                Ok(0)
            }
            Err(_) => Err(io::ErrorKind::InvalidData.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zip::write::SimpleFileOptions;

    const TEXT: &str = "2025-01-01 08:00\n主持人\n早上好。\n";

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(text).unwrap();
        packer.finish().unwrap()
    }

    fn zstd(text: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn zip(files: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            archive.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
            archive.write_all(text).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    /// What is unpacked of these bytes, from a file and from a stream, and whether it broke off.
    fn unpacked(bytes: &[u8]) -> Vec<(Result<Vec<u8>, Broken>, bool)> {
        let packing = Packing::of(bytes).unwrap();
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        let (begun, rest) = bytes.split_at(bytes.len().min(7));
        [
            (Input::File(Arc::new(file), bytes.len() as u64), Vec::new()),
            (Input::Stream(Box::new(Cursor::new(rest.to_vec()))), begun.to_vec()),
        ]
        .into_iter()
        .map(|(input, begun)| match unpack(packing, input, begun) {
            Ok(Unpacked { input: Input::Stream(mut stream), cut }) => {
                let mut text = Vec::new();
                let read = stream.read_to_end(&mut text).map(|_| text).map_err(Broken::Input);
                (read, cut.load(Ordering::Relaxed))
            }
            Ok(_) => panic!("no stream"),
            Err(broken) => (Err(broken), false),
        })
        .collect()
    }

    #[test]
    fn what_is_packed_comes_out_as_it_was() {
        let long = TEXT.repeat(10_000);
        for text in [TEXT, &long] {
            let text = text.as_bytes();
            let two_frames = [zstd(text), b"\x50\x2a\x4d\x18\x03\0\0\0abc".to_vec(), zstd(text)].concat();
            let two = [text, text].concat();
            for (bytes, expected) in [
                (gzip(text), text),
                ([gzip(text), gzip(text)].concat(), &two),
                (zstd(text), text),
                ([b"\x51\x2a\x4d\x18\0\0\0\0".to_vec(), zstd(text)].concat(), text),
                (two_frames, &two),
                (zip(&[("a.txt", text)], CompressionMethod::Deflated), text),
                (zip(&[("a", text)], CompressionMethod::Stored), text),
                (
                    zip(
                        &[("__MACOSX/a.txt", b"x"), ("x/_chat.txt", text), ("x/1.jpg", b"y")],
                        CompressionMethod::Deflated,
                    ),
                    text,
                ),
            ] {
                for (read, cut) in unpacked(&bytes) {
                    assert!(read.unwrap() == expected && !cut);
                }
            }
        }
    }

    #[test]
    fn of_what_is_broken_the_beginning_is_read() {
        let mut seed = 1u32;
        let noise = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        });
        let text: Vec<u8> = noise.take(600_000).collect();
        for packed in [gzip(&text), zstd(&text)] {
            for (read, cut) in unpacked(&packed[..packed.len() * 3 / 4]) {
                let read = read.unwrap();
                assert!(cut && read.len() > 100_000 && text.starts_with(&read), "{}", read.len());
            }
        }
    }

    #[test]
    fn an_archive_of_several_texts_is_refused_and_says_so() {
        let several = zip(&[("a.txt", b"a"), ("b.txt", b"b"), ("c.jpg", b"c")], CompressionMethod::Stored);
        let nothing = zip(&[], CompressionMethod::Stored);
        for (bytes, expected) in [(several, (3, 2)), ([b"PK\x03\x04".to_vec(), nothing].concat(), (0, 0))] {
            for (read, _) in unpacked(&bytes) {
                let Err(Broken::Text(error)) = read else { panic!("{read:?}") };
                assert_eq!(error.problem, Problem::Archive { files: expected.0, texts: expected.1 });
            }
        }
    }

    #[test]
    fn more_than_anybody_reads_is_not_unpacked() {
        let endless = Bounded { unpacked: io::repeat(0), left: 1000, cut: Arc::default() };
        let error = io::copy(&mut { endless }, &mut io::sink()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
    }

    #[test]
    fn few_bytes_may_be_the_beginning_of_a_packed_source() {
        for (head, expected) in
            [(&b""[..], false), (b"P", true), (b"PK", true), (b"\x1f", true), (b"PX", false)]
        {
            assert_eq!(is_half_a_magic(head), expected);
        }
    }
}
