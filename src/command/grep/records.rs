//! Reading a record to be searched, unless it is plain that nothing in it is looked for.

use super::find::Asked;
use super::sift::{self, Places};
use super::targets::Target;
use crate::choice::Format;
use crate::cli::SourceArgs;
use crate::command::corrections;
use crate::command::source::{failed, forced, open};
use crate::command::stream::Failure;
use crate::format::{Broken, Index, Input, Intake, Patience, Piece, Problem};
use crate::lang::Lang;
use crate::structure::Structure;
use crate::transcript::{Buffer, Transcript};
use std::fs::File;
use std::sync::Arc;
use std::sync::mpsc::{channel, sync_channel};
use std::thread::scope;

/// A larger file is read by one thread while another finds the posts in it, in bytes.
const LARGE: u64 = 4 << 20;

/// Pieces that wait for the thread that finds posts.
const WAITING: usize = 4;

/// What has come of reading a file.
pub enum Read {
    /// A record in which something may be found.
    Record(Box<Record>),
    /// Nothing in it is looked for.
    Nothing,
    /// It is no record, or none that can be told.
    Skipped(Why),
}

/// Why a file that was found in a folder is skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is no text.
    Binary,
    /// It holds several files.
    Archive,
    /// Nothing is in it.
    Empty,
    /// It is of no format of transcripts.
    Unknown,
}

impl Why {
    /// In a few words.
    pub const fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Binary => lang.pick("二进制文件", "binary"),
            Self::Archive => lang.pick("压缩包", "an archive"),
            Self::Empty => lang.pick("空文件", "empty"),
            Self::Unknown => lang.pick("看不出是哪种实录", "no known format of transcripts"),
        }
    }
}

/// A record, and where in it something may be found.
pub struct Record {
    /// The record.
    pub transcript: Transcript,
    /// What is derived from it; nothing where nobody asks for it.
    pub structure: Structure,
    /// Where; none where every post may be asked for.
    pub places: Option<Places>,
}

/// A file whose head was read.
struct Begun {
    intake: Intake,
    index: Index,
    /// The text of its head.
    head: Vec<u8>,
    file: Option<(Arc<File>, u64)>,
}

impl Asked {
    /// Reads a file; its structure only where it is asked for.
    pub fn read(
        &self,
        target: &Target,
        args: &SourceArgs,
        (lang, structured): (Lang, bool),
    ) -> Result<Read, Failure> {
        let begun = match Begun::of(open(&target.path, lang)?, args) {
            Ok(begun) => begun,
            Err(error) => match skipped(&error).filter(|_| !target.named) {
                Some(why) => return Ok(Read::Skipped(why)),
                None => return Err(failed(&target.path, &error, lang)),
            },
        };
        if let Some(why) = begun.why_skipped().filter(|_| !target.named) {
            return Ok(Read::Skipped(why));
        }
        let unreadable = |error| failed(&target.path, &error, lang);
        let mut places = None;
        if let Some((pattern, file)) = self.query.pattern().zip(begun.file.as_ref()) {
            let head = (&begun.intake, &begun.index, begun.head.as_slice());
            places = sift::of_file(pattern, (&file.0, file.1), head)
                .map_err(|error| unreadable(Broken::Input(error)))?;
        }
        if !self.inverted && places.as_ref().is_some_and(Places::is_empty) {
            return Ok(Read::Nothing);
        }
        let (transcript, is_whole) = begun.read().map_err(unreadable)?;
        let known = places.filter(|_| is_whole);
        let places = self
            .query
            .pattern()
            .map(|pattern| known.unwrap_or_else(|| sift::of_record(pattern, &transcript)));
        let structure = if structured {
            Structure::corrected(&transcript, Arc::new(corrections::load(&target.path, lang)))
        } else {
            Structure::default()
        };
        Ok(Read::Record(Box::new(Record { transcript, structure, places })))
    }
}

/// Why a file is no record that was not read because of an error.
fn skipped(error: &Broken) -> Option<Why> {
    let Broken::Text(error) = error else { return None };
    match error.problem {
        Problem::Binary { .. } => Some(Why::Binary),
        Problem::Archive { .. } | Problem::Compressed { .. } => Some(Why::Archive),
        Problem::Json { .. } | Problem::Expected { .. } => None,
    }
}

impl Begun {
    fn of(input: Input, args: &SourceArgs) -> Result<Self, Broken> {
        let forced = forced(args);
        let file = match &input {
            Input::File(file, len) => Some((Arc::clone(file), *len)),
            Input::Stream(_) => None,
        };
        let intake = Intake::new(input, forced.encoding, Patience::Head);
        let index = Index::new(forced.format).starting(forced.start);
        let mut begun = Self { intake, index, head: Vec::new(), file };
        if let Some(piece) = begun.intake.next()? {
            begun.index.feed(&piece).map_err(Broken::Text)?;
            begun.head = piece.text().to_vec();
        }
        Ok(begun)
    }

    fn why_skipped(&self) -> Option<Why> {
        match self.index.detection() {
            None => Some(Why::Empty),
            Some(found) => (found.format == Format::Plain).then_some(Why::Unknown),
        }
    }

    /// Reads the rest; says whether the text is that of the file.
    fn read(self) -> Result<(Transcript, bool), Broken> {
        let Self { mut intake, mut index, file, .. } = self;
        let mut transcript = Transcript::default();
        transcript.grow(index.take());
        let mut take = |piece: Piece| {
            index.feed(&piece).map_err(Broken::Text)?;
            transcript.grow(index.take());
            Ok(piece.into_buffer())
        };
        if file.is_some_and(|(_, len)| len > LARGE) {
            on_two_threads(&mut intake, take)?;
        } else {
            while let Some(piece) = intake.next()? {
                let buffer = take(piece)?;
                intake.reuse(std::iter::once(buffer));
            }
        }
        index.finish().map_err(Broken::Text)?;
        transcript.grow(index.take());
        let is_whole = intake.notice().is_none();
        Ok((transcript, is_whole))
    }
}

/// Takes the pieces of a file while a thread reads them.
fn on_two_threads(
    intake: &mut Intake,
    mut take: impl FnMut(Piece) -> Result<Buffer, Broken>,
) -> Result<(), Broken> {
    let (pieces, waiting) = sync_channel(WAITING);
    let (spent, spare) = channel();
    scope(|scope| {
        scope.spawn(move || {
            loop {
                intake.reuse(spare.try_iter());
                let piece = intake.next().transpose();
                let Some(piece) = piece else { return };
                let is_last = piece.is_err();
                if pieces.send(piece).is_err() || is_last {
                    return;
                }
            }
        });
        for piece in waiting {
            // Nobody may be reading any more.
            let _ = spent.send(take(piece?)?);
        }
        Ok(())
    })
}
