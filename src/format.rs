//! From bytes to a transcript, and back.
//!
//! [`Ingest`] is the one way in: it is fed bytes at any cut and hands complete pieces of text to the parser
//! of the format that it found in the first 64 KiB. Loading a file, reading a pipe and following a growing
//! record are the same thing.
//!
//! # A new format
//! A format is one file here with a struct that implements [`Parser`]; `plain.rs` is the shortest example.
//! Add its variant to [`Format`](crate::choice::Format), then follow the compiler: `parser` and
//! `score` below are exhaustive, and `tests/parity.rs` asks for a sample.

mod decode;
mod error;
mod lines;
mod parser;
mod plain;
mod shilu;
mod shilu_writer;
mod stamp;
mod zhibo;
mod zhibo_writer;

pub use decode::Notice;
pub use error::{ParseError, Problem};
pub use parser::Parser;
pub use shilu_writer::{write_json, write_jsonl};
pub use stamp::{Stamp, parse as parse_stamp, parse_time_of_day};
pub use zhibo_writer::{Unfit, write_txt};

use crate::choice::Format;
use crate::transcript::Transcript;
use decode::Decoder;

/// How much of a pipe that has fallen silent is enough to take it for plain text, in bytes.
const SETTLED: usize = 4096;

/// How much of a file is looked at to tell what it is, in bytes.
pub const HEAD: usize = 64 * 1024;

fn parser(format: Format) -> Box<dyn Parser> {
    match format {
        Format::Zhibo => Box::new(zhibo::Zhibo::default()),
        Format::Shilu => Box::new(shilu::Shilu::default()),
        Format::Plain => Box::new(plain::Plain::default()),
    }
}

/// How sure a format is of a text, from 0 (not at all) to 100.
fn score(format: Format, head: &str) -> u8 {
    match format {
        Format::Zhibo => zhibo::score(head),
        Format::Shilu => shilu::score(head),
        Format::Plain => 20,
    }
}

/// What a text was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detection {
    /// The format it is read as.
    pub format: Format,
    /// The next best, if it scored at all.
    pub runner_up: Option<Format>,
}

/// Tells the format of a text from its beginning.
pub fn detect(head: &str) -> Detection {
    let mut ranked: Vec<_> = Format::ALL.into_iter().map(|format| (score(format, head), format)).collect();
    ranked.sort_by_key(|&(score, _)| std::cmp::Reverse(score));
    Detection {
        format: ranked[0].1,
        runner_up: ranked.get(1).filter(|(score, _)| *score > 0).map(|&(_, format)| format),
    }
}

/// What the user decided about a source.
#[derive(Debug, Clone, Copy, Default)]
pub struct Forced {
    /// Instead of detection.
    pub format: Option<Format>,
    /// Instead of the encoding that was found.
    pub encoding: Option<&'static encoding_rs::Encoding>,
}

/// Takes a source in, byte by byte if need be.
pub struct Ingest {
    forced: Forced,
    head: Vec<u8>,
    decoder: Option<Decoder>,
    parser: Option<Box<dyn Parser>>,
    detection: Option<Detection>,
    bytes: u64,
}

impl Ingest {
    /// An empty intake.
    pub fn new(forced: Forced) -> Self {
        Self { forced, head: Vec::new(), decoder: None, parser: None, detection: None, bytes: 0 }
    }

    /// The whole of a source at once.
    ///
    /// # Errors
    /// As [`Ingest::feed`].
    pub fn read_all(bytes: &[u8], forced: Forced) -> Result<(Transcript, Self), ParseError> {
        let mut transcript = Transcript::default();
        let mut ingest = Self::new(forced);
        ingest.feed(bytes, &mut transcript)?;
        ingest.finish(&mut transcript)?;
        Ok((transcript, ingest))
    }

    /// Takes the next bytes. Nothing is parsed before the head is complete.
    ///
    /// # Errors
    /// If the source is binary, or breaks the first rule of its format.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Transcript) -> Result<(), ParseError> {
        self.bytes += bytes.len() as u64;
        if self.decoder.is_some() {
            return self.decode(bytes, false, out);
        }
        if self.head.is_empty() && bytes.len() >= HEAD {
            return self.begin(bytes, false, out);
        }
        self.head.extend_from_slice(bytes);
        if self.head.len() < HEAD {
            return Ok(());
        }
        self.begin_with_head(false, out)
    }

    /// Begins to read before the head is complete, if what has come so far is clearly of one format: for a
    /// pipe that says nothing more for now.
    ///
    /// # Errors
    /// As [`Ingest::feed`].
    pub fn settle(&mut self, out: &mut Transcript) -> Result<(), ParseError> {
        let clear = |head: &str| self.forced.format.is_some() || detect(head).format != Format::Plain;
        if self.decoder.is_none()
            && (self.head.len() >= SETTLED || clear(&String::from_utf8_lossy(&self.head)))
        {
            return self.begin_with_head(false, out);
        }
        Ok(())
    }

    /// Says that no more is to come.
    ///
    /// # Errors
    /// As [`Ingest::feed`].
    pub fn finish(&mut self, out: &mut Transcript) -> Result<(), ParseError> {
        if self.decoder.is_none() {
            self.begin_with_head(true, out)?;
        } else {
            self.decode(&[], true, out)?;
        }
        match &mut self.parser {
            Some(parser) => parser.finish(out),
            None => Ok(()),
        }
    }

    fn begin_with_head(&mut self, last: bool, out: &mut Transcript) -> Result<(), ParseError> {
        let head = std::mem::take(&mut self.head);
        self.begin(&head, last, out)
    }

    /// Tells encoding and format by the first [`HEAD`] bytes, however many have come, and reads what is there.
    fn begin(&mut self, head: &[u8], last: bool, out: &mut Transcript) -> Result<(), ParseError> {
        decode::refuse_binary(head)?;
        let (first, rest) = head.split_at(head.len().min(HEAD));
        self.decoder = Some(Decoder::new(first, self.forced.encoding));
        self.decode(first, last && rest.is_empty(), out)?;
        if rest.is_empty() { Ok(()) } else { self.decode(rest, last, out) }
    }

    fn decode(&mut self, bytes: &[u8], last: bool, out: &mut Transcript) -> Result<(), ParseError> {
        let Some(decoder) = &mut self.decoder else { return Ok(()) };
        let text = decoder.decode(bytes, last);
        if text.is_empty() && !last {
            return Ok(());
        }
        let parser = match &mut self.parser {
            Some(parser) => parser,
            none => {
                let detected = || detect(&text);
                let forced = self.forced.format.map(|format| Detection { format, runner_up: None });
                let detection = forced.unwrap_or_else(detected);
                detection.format.name().clone_into(&mut out.meta.format);
                self.detection = Some(detection);
                none.insert(parser(detection.format))
            }
        };
        parser.feed(text, out)
    }

    /// What the source was taken for, once that is known.
    pub fn detection(&self) -> Option<Detection> {
        self.detection
    }

    /// Name of the encoding, once that is known.
    pub fn encoding(&self) -> &'static str {
        self.decoder.as_ref().map_or("UTF-8", Decoder::name)
    }

    /// What a reader should know about the decoding.
    pub fn notice(&self) -> Option<Notice> {
        self.decoder.as_ref().and_then(Decoder::notice)
    }

    /// How many bytes were taken in.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str =
        "2025-10-18 08:05\n\n直播管理员\n\n直播将于9点开始。\n\n2025-10-18 09:00\n\n主持人\n\n早上好。\n";

    #[test]
    fn any_cut_of_the_bytes_gives_the_same_transcript() {
        let whole = Ingest::read_all(RECORD.as_bytes(), Forced::default()).unwrap().0;
        let exported = |transcript: &Transcript| {
            let mut out = Vec::new();
            write_json(transcript, &mut out).unwrap();
            out
        };
        for size in 1..RECORD.len() {
            let mut cut = Transcript::default();
            let mut ingest = Ingest::new(Forced::default());
            ingest.feed(&RECORD.as_bytes()[..80], &mut cut).unwrap();
            ingest.settle(&mut cut).unwrap();
            for piece in RECORD.as_bytes()[80..].chunks(size) {
                ingest.feed(piece, &mut cut).unwrap();
            }
            ingest.finish(&mut cut).unwrap();
            assert_eq!(exported(&cut), exported(&whole), "pieces of {size}");
        }
    }

    #[test]
    fn a_format_is_told_by_its_content() {
        for (head, format, runner_up) in [
            (RECORD, Format::Zhibo, Some(Format::Plain)),
            ("{\n \"schema\": \"shilu/1\",", Format::Shilu, Some(Format::Plain)),
            ("甲\n\n乙\n", Format::Plain, None),
            ("", Format::Plain, None),
            ("来源:某网\n2018-08-04 20:25:08\n\n主持人沙某\n\n欢迎。\n", Format::Plain, Some(Format::Zhibo)),
        ] {
            assert_eq!(detect(head), Detection { format, runner_up }, "{head}");
        }
    }
}
