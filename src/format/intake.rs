//! Bytes in, pieces of valid text out, each with the place where its text can be read again.
//!
//! A file that is larger than [`Sizes::in_memory`] and is UTF-8 stays where it is: its pieces point into it. Text that is not
//! in the file as it is (another encoding, invalid bytes, a pipe) is kept in memory up to that size, and beyond it in
//! a temporary file that has no name.

use super::decode::{self, Decoded, Decoder, Notice};
use super::detect::is_clear;
use super::error::ParseError;
use super::parser::HEAD;
use crate::transcript::{Buffer, Extent, read_at};
use encoding_rs::Encoding;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Write};
use std::ops::Range;
use std::sync::Arc;

/// Sizes, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// What is read at a time.
    pub block: usize,
    /// Up to this size a source is kept in memory.
    pub in_memory: u64,
}

impl Default for Sizes {
    fn default() -> Self {
        Self { block: 256 * 1024, in_memory: 64 << 20 }
    }
}

/// Where bytes come from.
pub enum Input {
    /// A file that can be read by position, and its length.
    File(Arc<File>, u64),
    /// Anything else.
    Stream(Box<dyn Read + Send>),
}

/// A piece of text.
#[derive(Debug)]
pub struct Piece {
    /// Where the text is.
    pub extent: Extent,
    bytes: Buffer,
    range: Range<usize>,
}

impl Piece {
    /// The text: UTF-8.
    pub fn text(&self) -> &[u8] {
        match &self.extent {
            Extent::Memory(text) => text.as_bytes(),
            Extent::File { .. } => &self.bytes[self.range.clone()],
        }
    }

    /// Its buffer, to be filled again.
    pub fn into_buffer(self) -> Buffer {
        self.bytes
    }
}

/// The whole lines in a part of a file, if they are UTF-8: from the first that begins there to the last that ends there,
/// or to the end of the file.
///
/// # Errors
/// As the system says.
pub fn lines_of_file(file: &Arc<File>, part: Range<u64>) -> io::Result<Option<Piece>> {
    let mut bytes = Buffer::default();
    bytes.reset(&[], (part.end - part.start) as usize);
    let read = read_at(file, part.start, &mut bytes)?;
    let ended = read < bytes.len();
    bytes.truncate(read);
    let begin = if part.start == 0 { Some(0) } else { memchr::memchr(b'\n', &bytes).map(|line| line + 1) };
    let end = if ended { Some(read) } else { memchr::memrchr(b'\n', &bytes).map(|line| line + 1) };
    let range = begin.unwrap_or(read)..end.unwrap_or(read);
    if range.is_empty() || simdutf8::basic::from_utf8(&bytes[range.clone()]).is_err() {
        return Ok(None);
    }
    let at = part.start + range.start as u64;
    let extent = Extent::File { file: Arc::clone(file), at, len: range.len() };
    Ok(Some(Piece { extent, bytes, range }))
}

/// Why there is no next piece.
#[derive(Debug)]
pub enum Broken {
    /// The input cannot be read.
    Input(io::Error),
    /// It is no text.
    Text(ParseError),
}

/// The way in.
pub struct Intake {
    sizes: Sizes,
    input: Input,
    forced: Option<&'static Encoding>,
    decoder: Option<Decoder>,
    keeper: Keeper,
    /// Bytes that were read and not decoded: the head of a stream, a character that is not complete.
    held: Vec<u8>,
    spare: Vec<Buffer>,
    at: u64,
    ended: bool,
    patience: Patience,
}

/// How much of a stream is waited for before any of it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// The whole head: whoever asks wants all of it anyway.
    Head,
    /// What makes clear what it is: more may be long in coming.
    Clear,
    /// Anything: its format is settled.
    None,
}

impl Intake {
    /// Takes an input in.
    pub fn new(input: Input, forced: Option<&'static Encoding>, patience: Patience) -> Self {
        let keeper = Keeper::default();
        Self {
            sizes: Sizes::default(),
            input,
            forced,
            decoder: None,
            keeper,
            held: Vec::new(),
            spare: Vec::new(),
            at: 0,
            ended: false,
            patience,
        }
    }

    /// Reads with other sizes than the usual ones.
    #[must_use]
    pub fn with(mut self, sizes: Sizes) -> Self {
        self.sizes = sizes;
        self
    }

    /// Whether the file itself is read where text is wanted, as far as it is UTF-8.
    pub fn is_in_place(&self) -> bool {
        matches!(self.input, Input::File(_, len) if len > self.sizes.in_memory) && self.encoding() == "UTF-8"
    }

    /// Gives buffers back that pieces were made of, to be filled again.
    pub fn reuse(&mut self, buffers: impl Iterator<Item = Buffer>) {
        self.spare.extend(buffers);
    }

    /// The next piece; none at the end. Waits for a stream that has nothing to say.
    ///
    /// # Errors
    /// If the input cannot be read, or its head is not that of a text.
    #[expect(
        clippy::should_implement_trait,
        reason = "an iterator ends with an error, this may go on behind one"
    )]
    pub fn next(&mut self) -> Result<Option<Piece>, Broken> {
        loop {
            if self.has_ended() {
                return Ok(None);
            }
            let held = std::mem::take(&mut self.held);
            let mut bytes = self.spare.pop().unwrap_or_default();
            match self.fill(&held, &mut bytes) {
                Ok(ended) => self.ended = ended,
                Err(error) => {
                    // A stream that has nothing to say for now may be asked again.
                    self.held = held;
                    return Err(Broken::Input(error));
                }
            }
            let mut rest = Vec::new();
            if self.decoder.is_none() {
                let enough = self.ended
                    || bytes.len() >= HEAD
                    || match self.patience {
                        Patience::Head => false,
                        Patience::Clear => is_clear(&bytes),
                        // Whether CR alone ends lines is told by what follows it.
                        Patience::None => !bytes.ends_with(b"\r"),
                    };
                if !enough {
                    self.held = bytes.to_vec();
                    continue;
                }
                decode::refuse_binary(&bytes).map_err(Broken::Text)?;
                // The first piece is the head alone, however much has come, so that all tell the same by it.
                rest = bytes[bytes.len().min(HEAD)..].to_vec();
                bytes.truncate(HEAD);
                self.decoder = Some(Decoder::new(&bytes, self.forced));
            }
            if let Some(piece) = self.decode(bytes, rest) {
                return Ok(Some(piece));
            }
        }
    }

    /// Decodes bytes; `rest` was read behind them.
    fn decode(&mut self, bytes: Buffer, mut rest: Vec<u8>) -> Option<Piece> {
        let in_place = self.is_in_place();
        let last = self.ended && rest.is_empty();
        let Decoded { skipped, text, consumed } = self.decoder.as_mut()?.decode(&bytes, last);
        let begin = self.at - (bytes.len() + rest.len()) as u64;
        let range = skipped..skipped + text.len();
        let (skipped, len) = (skipped as u64, text.len());
        let extent = match (&self.input, &text) {
            (Input::File(file, _), Cow::Borrowed(text)) if in_place => {
                Extent::File { file: Arc::clone(file), at: begin + skipped, len }
            }
            _ => self.keeper.keep(&text, self.sizes.in_memory),
        };
        let made = match text {
            Cow::Owned(text) => Some(text),
            Cow::Borrowed(_) => None,
        };
        rest.splice(0..0, bytes[consumed..].iter().copied());
        self.held = rest;
        // What a temporary file holds is not read back to be parsed.
        let (bytes, range) = made.map_or((bytes, range), |text| (Buffer::from(text.into_bytes()), 0..len));
        (len > 0).then_some(Piece { extent, bytes, range })
    }

    /// Fills a buffer with what is held and what is read behind it; says whether the input has ended.
    fn fill(&mut self, held: &[u8], bytes: &mut Buffer) -> io::Result<bool> {
        if self.ended {
            bytes.reset(held, 0);
            return Ok(true);
        }
        // The head of a file is read by itself: it makes the first screen.
        let is_head = self.decoder.is_none() && matches!(self.input, Input::File(..));
        let block = if is_head { HEAD } else { self.sizes.block };
        bytes.reset(held, block);
        let held = held.len();
        let read = match &mut self.input {
            Input::File(file, _) => read_at(file, self.at, &mut bytes[held..])?,
            Input::Stream(stream) => loop {
                match stream.read(&mut bytes[held..]) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    result => break result?,
                }
            },
        };
        bytes.truncate(held + read);
        self.at += read as u64;
        Ok(match &self.input {
            Input::File(..) => read < block,
            Input::Stream(_) => read == 0,
        })
    }

    /// Whether the next piece is the end: all was read.
    pub fn has_ended(&self) -> bool {
        self.ended && self.held.is_empty()
    }

    /// Name of the encoding, once that is known.
    pub fn encoding(&self) -> &'static str {
        self.decoder.as_ref().map_or("UTF-8", Decoder::name)
    }

    /// What a reader should know about the decoding.
    pub fn notice(&self) -> Option<Notice> {
        self.decoder.as_ref().and_then(Decoder::notice)
    }

    /// How many bytes were read.
    pub fn bytes(&self) -> u64 {
        self.at
    }
}

/// Keeps text that is not in the file as it is.
#[derive(Default)]
struct Keeper {
    in_memory: u64,
    spool: Option<(Arc<File>, u64)>,
}

impl Keeper {
    fn keep(&mut self, text: &str, most: u64) -> Extent {
        if self.in_memory + text.len() as u64 > most
            && let Some(extent) = self.spool(text)
        {
            return extent;
        }
        self.in_memory += text.len() as u64;
        Extent::Memory(text.into())
    }

    /// Appends to the temporary file; none if there cannot be one.
    fn spool(&mut self, text: &str) -> Option<Extent> {
        let (file, at) = match self.spool.take() {
            Some(spool) => spool,
            None => (Arc::new(tempfile::tempfile().ok()?), 0),
        };
        (&*file).write_all(text.as_bytes()).ok()?;
        self.spool = Some((Arc::clone(&file), at + text.len() as u64));
        Some(Extent::File { file, at, len: text.len() })
    }
}
