//! Bytes in, pieces of valid text out, each with the place where its text can be read again.
//!
//! A file that is larger than [`Sizes::in_memory`] and is UTF-8 stays where it is: its pieces point into it. Text that is not
//! in the file as it is (another encoding, invalid bytes, a pipe) is kept in memory up to that size, and beyond it in
//! a temporary file that has no name.

use super::decode::{Decoded, Decoder, Manner, Notice};
use super::guess::{SAMPLE, is_half_a_mark, refuse_binary};
use super::input::{Broken, Input};
use super::keeper::Keeper;
use super::parser::HEAD;
use super::seen::{Compared, Fate, Seen};
use super::unpack::{Packing, Unpacked, is_half_a_magic, unpack};
use crate::transcript::{Buffer, Extent, read_at};
use encoding_rs::Encoding;
use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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

/// A piece of text.
#[derive(Debug)]
pub struct Piece {
    /// Where the text is.
    pub extent: Extent,
    /// Whether the source is begun anew with it: what came before is void.
    pub anew: bool,
    /// Whether it belongs to the head, by which it is told what the source is.
    pub is_head: bool,
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
    Ok(Some(Piece { extent, anew: false, is_head: false, bytes, range }))
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
    /// Whether more than the beginning of a character is held.
    has_rest: bool,
    spare: Vec<Buffer>,
    at: u64,
    ended: bool,
    patience: Patience,
    /// The bytes of the head, as far as they were read; none when all were.
    head: Option<Vec<u8>>,
    /// How much of the head the manner of decoding was told by.
    told_by: usize,
    anew: bool,
    /// What a file begins with, if it is read on when it has grown.
    followed: Option<Seen>,
    fate: Option<(u32, Fate)>,
    /// How the source is packed, and whether what is in it breaks off.
    packed: Option<(Packing, Arc<AtomicBool>)>,
}

/// How much of a stream is waited for before any of it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// The whole head: whoever asks wants all of it anyway.
    Head,
    /// Nothing is waited for. What the source is may prove to be something else while the head comes; then it is begun
    /// anew.
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
            has_rest: false,
            spare: Vec::new(),
            at: 0,
            ended: false,
            patience,
            head: Some(Vec::new()),
            told_by: 0,
            anew: false,
            followed: None,
            fate: None,
            packed: None,
        }
    }

    /// Reads a file on when it has grown: its end is not the end.
    #[must_use]
    pub fn following(mut self) -> Self {
        self.followed = matches!(self.input, Input::File(..)).then(Seen::default);
        self
    }

    /// Begins anew with another input, or with the same one.
    pub fn restart(&mut self, input: Input) {
        let (spare, followed, fate) = (std::mem::take(&mut self.spare), self.followed.is_some(), self.fate);
        let new = Self::new(input, self.forced, self.patience).with(self.sizes);
        *self = Self { spare, anew: true, followed: followed.then(Seen::default), fate, ..new };
    }

    /// Notes what became of the file, for whoever is told of the source.
    pub fn note(&mut self, fate: Fate) {
        self.fate = Some((self.fate.map_or(0, |(number, _)| number + 1), fate));
    }

    /// What became of the file last, numbered.
    pub fn fate(&self) -> Option<(u32, Fate)> {
        self.fate
    }

    /// Whether it was begun anew and nothing has come of it since; true once.
    pub fn take_anew(&mut self) -> bool {
        std::mem::take(&mut self.anew)
    }

    /// Reads on in another file that begins with all that was read.
    pub fn go_on_in(&mut self, file: Arc<File>) {
        if let Input::File(old, _) = &mut self.input {
            *old = file;
        }
    }

    /// Whether a file that is followed, or another one, begins with what was read: looked at in a few places, or in all
    /// of them.
    pub fn is_begun_by(&self, file: &File, compared: Compared) -> bool {
        self.followed.as_ref().is_none_or(|seen| seen.is_in(file, compared))
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

    /// The next piece; none at the end, and where there is nothing for now: see [`Intake::has_ended`]. Waits for a stream
    /// that has nothing to say, unless that says so.
    ///
    /// # Errors
    /// If the input cannot be read, or its head is not that of a text.
    #[expect(
        clippy::should_implement_trait,
        reason = "an iterator ends with none, this may go on behind one"
    )]
    pub fn next(&mut self) -> Result<Option<Piece>, Broken> {
        loop {
            if self.has_ended() {
                return Ok(None);
            }
            let held = std::mem::take(&mut self.held);
            let mut bytes = self.spare.pop().unwrap_or_default();
            match self.fill(&held, &mut bytes) {
                Ok(true) => {}
                Ok(false) => {
                    self.held = held;
                    return Ok(None);
                }
                Err(error) => {
                    self.held = held;
                    return Err(Broken::Input(error));
                }
            }
            if self.begin_unpacking(&mut bytes, held.len())? {
                continue;
            }
            let (piece, is_head) = match self.head.take() {
                Some(begun) => (self.decode_head(begun, bytes, held.len())?, true),
                None => (self.decode(bytes, Vec::new()), false),
            };
            if let Some(mut piece) = piece {
                piece.anew = std::mem::take(&mut self.anew);
                piece.is_head = is_head;
                return Ok(Some(piece));
            }
        }
    }

    /// Goes on with what is in the source, if its first bytes say that it is packed; `old` of these bytes were held.
    fn begin_unpacking(&mut self, bytes: &mut Buffer, old: usize) -> Result<bool, Broken> {
        let is_first = self.packed.is_none() && self.decoder.is_none();
        let Some(packing) = self.head.as_mut().filter(|_| is_first).and_then(|begun| {
            let first: Vec<u8> = begun.iter().chain(&bytes[old..]).take(4).copied().collect();
            Packing::of(&first)
        }) else {
            return Ok(false);
        };
        let mut begun = self.head.replace(Vec::new()).unwrap_or_default();
        begun.extend_from_slice(&bytes[old..]);
        let input = std::mem::replace(&mut self.input, Input::Stream(Box::new(io::empty())));
        let Unpacked { input, cut } = unpack(packing, input, begun)?;
        // Of a packed file that has grown, what is new cannot be told.
        (self.input, self.followed, self.packed) = (input, None, Some((packing, cut)));
        (self.at, self.ended) = (0, false);
        self.spare.push(std::mem::take(bytes));
        Ok(true)
    }

    /// How the source is packed, if it is.
    pub fn packing(&self) -> Option<Packing> {
        self.packed.as_ref().map(|(packing, _)| *packing)
    }

    /// Whether a packed source breaks off.
    pub fn is_cut_short(&self) -> bool {
        self.packed.as_ref().is_some_and(|(_, cut)| cut.load(Ordering::Relaxed))
    }

    /// Decodes bytes that were read while the head was not complete; `old` of them were held.
    fn decode_head(&mut self, begun: Vec<u8>, bytes: Buffer, old: usize) -> Result<Option<Piece>, Broken> {
        let (mut begun, mut bytes) = (begun, bytes);
        // A piece is of the head alone or of what follows, however much has come, so that all tell the same by it.
        let (new, behind) = bytes[old..].split_at((bytes.len() - old).min(HEAD - begun.len()));
        begun.extend_from_slice(new);
        let has_line_end = new.iter().any(|byte| matches!(byte, b'\n' | b'\r'));
        let rest = behind.to_vec();
        bytes.truncate(bytes.len() - rest.len());
        let complete = self.ended || begun.len() == HEAD;
        let refused = if self.decoder.is_none() { refuse_binary(&begun) } else { Ok(()) };
        let is_unclear =
            refused.is_err() && begun.len() < SAMPLE || is_half_a_mark(&begun) || is_half_a_magic(&begun);
        if !complete && (is_unclear || self.patience == Patience::Head) {
            self.held = bytes.to_vec();
            self.head = Some(begun);
            return Ok(None);
        }
        refused.map_err(Broken::Text)?;
        // What a whole head says is not asked for again at every byte.
        let is_due = complete || has_line_end || begun.len() - self.told_by > self.told_by / 8;
        if is_due {
            self.told_by = begun.len();
            let manner = Manner::of(&begun, complete, self.forced);
            let known = self.decoder.as_ref().map(Decoder::manner);
            if known != Some(manner) {
                self.anew |= known.is_some();
                self.decoder = Some(Decoder::new(manner));
                if self.anew {
                    bytes = Buffer::from(begun.clone());
                }
            }
        }
        self.head = (!complete).then_some(begun);
        Ok(self.decode(bytes, rest))
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
        self.has_rest = !rest.is_empty();
        rest.splice(0..0, bytes[consumed..].iter().copied());
        self.held = rest;
        // What a temporary file holds is not read back to be parsed.
        let (bytes, range) = made.map_or((bytes, range), |text| (Buffer::from(text.into_bytes()), 0..len));
        (len > 0).then_some(Piece { extent, anew: false, is_head: false, bytes, range })
    }

    /// Fills a buffer with what is held and what is read behind it. False if there is nothing for now.
    fn fill(&mut self, held: &[u8], bytes: &mut Buffer) -> io::Result<bool> {
        if std::mem::take(&mut self.has_rest) || self.ended {
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
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(false),
                    result => break result?,
                }
            },
        };
        bytes.truncate(held + read);
        self.at += read as u64;
        if let Some(seen) = &mut self.followed {
            seen.take(&bytes[held..]);
            return Ok(read > 0);
        }
        self.ended = match &self.input {
            Input::File(..) => read < block,
            Input::Stream(_) => read == 0,
        };
        Ok(true)
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
