//! From pieces of text to batches of posts.

use super::decode::Notice;
use super::detect::{Detection, detect, parser};
use super::error::ParseError;
use super::input::{Broken, Input};
use super::intake::{Intake, Patience, Piece, Sizes};
use super::keeper::Keeper;
use super::parser::{Parser, head};
use super::seen::Fate;
use super::unpack::Packing;
use crate::choice::Format;
use crate::transcript::{Batch, ClockKind, Draft, Extent, Remark, Remarks, Speaker, Transcript};
use chrono::NaiveDateTime;
use std::io::Cursor;

/// What the user decided about a source.
#[derive(Debug, Clone, Copy, Default)]
pub struct Forced {
    /// Instead of detection.
    pub format: Option<Format>,
    /// Instead of the encoding that was found.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// The moment of 0 ms of a record whose times count from its start.
    pub start: Option<NaiveDateTime>,
}

/// How a source was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// What it was taken for, once that is known.
    pub detection: Option<Detection>,
    /// Name of the encoding.
    pub encoding: &'static str,
    /// What a reader should know about the decoding.
    pub notice: Option<Notice>,
    /// What was read with indulgence.
    pub remarks: Remarks,
    /// How it is packed, if it is.
    pub packing: Option<Packing>,
    /// How many bytes were read; of what is in it, if it is packed.
    pub bytes: u64,
    /// What became last of a file that is followed, numbered.
    pub fate: Option<(u32, Fate)>,
}

/// Parses a source piece by piece.
pub struct Index {
    format: Option<Format>,
    parser: Option<Box<dyn Parser>>,
    detection: Option<Detection>,
    draft: Draft,
    head: Head,
    start: Option<NaiveDateTime>,
    keeper: Keeper,
}

/// The beginning of a source, by which it is told what it is: more of it may tell something else.
#[derive(Default)]
struct Head {
    text: Vec<u8>,
    extents: Vec<Extent>,
    told_by: usize,
}

impl Index {
    /// An index of nothing.
    pub fn new(format: Option<Format>) -> Self {
        let (draft, head, keeper) = (Draft::default(), Head::default(), Keeper::default());
        Self { format, parser: None, detection: None, draft, head, keeper, start: None }
    }

    /// A record whose times count from its start is taken to have begun at that moment.
    #[must_use]
    pub fn starting(self, start: Option<NaiveDateTime>) -> Self {
        Self { start, ..self }
    }

    /// An index of a later part of a source, by itself: with what is known of the source from its beginning. The given
    /// speakers keep their ids there.
    pub fn elsewhere(&self, speakers: &[Speaker]) -> Option<Self> {
        let parser = self.parser.as_ref()?.elsewhere()?;
        let mut draft = Draft::default();
        draft.meta = self.draft.meta.clone();
        for speaker in speakers {
            draft.intern(&speaker.label);
        }
        let (format, detection) = (self.format, self.detection);
        Some(Self { parser: Some(parser), detection, draft, ..Self::new(format).starting(self.start) })
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// If the source breaks the first rule of its format.
    pub fn feed(&mut self, piece: &Piece) -> Result<(), ParseError> {
        if piece.anew {
            self.restart();
        }
        let text = piece.text();
        if piece.is_head {
            self.head.text.extend_from_slice(text);
            self.head.extents.push(piece.extent.clone());
            let (len, told_by) = (self.head.text.len(), self.head.told_by);
            let is_due = len - told_by > told_by / 8 || text.contains(&b'\n');
            if is_due && self.tell()? {
                return Ok(());
            }
        } else {
            self.leave_head()?;
        }
        self.parse(text, std::slice::from_ref(&piece.extent))
    }

    /// Forgets all that came: the source is begun anew.
    pub fn restart(&mut self) {
        *self = Self { draft: Draft::anew(), ..Self::new(self.format).starting(self.start) };
    }

    /// Tells by the head what the source is. If that is something else than before, what came is parsed anew: true.
    fn tell(&mut self) -> Result<bool, ParseError> {
        self.head.told_by = self.head.text.len();
        let forced = self.format.map(Detection::forced);
        let detection = forced.unwrap_or_else(|| detect(head(&self.head.text)));
        let is_same = self.detection.replace(detection).is_some_and(|known| known.format == detection.format);
        if is_same && self.parser.as_ref().is_some_and(|parser| parser.suits(&self.head.text)) {
            return Ok(false);
        }
        if self.parser.is_some() {
            self.draft = Draft::anew();
        }
        detection.format.name().clone_into(&mut self.draft.meta.format);
        self.parser = Some(parser(detection.format));
        let Head { text, extents, .. } = std::mem::take(&mut self.head);
        self.parse(&text, &extents)?;
        self.head = Head { told_by: text.len(), text, extents };
        Ok(true)
    }

    /// No more of the head is to come.
    fn leave_head(&mut self) -> Result<(), ParseError> {
        if self.head.text.len() > self.head.told_by {
            self.tell()?;
        }
        self.head = Head::default();
        Ok(())
    }

    fn parse(&mut self, text: &[u8], extents: &[Extent]) -> Result<(), ParseError> {
        let Some(parser) = &mut self.parser else { return Ok(()) };
        let at = self.draft.source_len();
        if parser.in_place() {
            for extent in extents {
                self.draft.append(extent.clone());
            }
        }
        parser.feed(text, at, &mut self.draft)
    }

    /// Takes in what is not complete, as far as it is certain whatever comes next: before what was found is shown.
    ///
    /// # Errors
    /// As [`Index::feed`].
    pub fn settle(&mut self) -> Result<(), ParseError> {
        self.parser.as_mut().map_or(Ok(()), |parser| parser.settle(&mut self.draft))
    }

    /// Whether the last thing that was fed has not come to its end, such as a line.
    pub fn is_midway(&self) -> bool {
        self.parser.as_ref().is_some_and(|parser| parser.is_midway())
    }

    /// Says that no more is to come.
    ///
    /// # Errors
    /// As [`Index::feed`].
    pub fn finish(&mut self) -> Result<(), ParseError> {
        self.leave_head()?;
        if self.parser.is_none() {
            let format = self.format.unwrap_or(Format::Plain);
            format.name().clone_into(&mut self.draft.meta.format);
            self.detection = Some(Detection::forced(format));
            self.parser = Some(parser(format));
        }
        match &mut self.parser {
            Some(parser) => parser.finish(&mut self.draft),
            None => Ok(()),
        }
    }

    /// Says that what was found since [`Index::take`] has come at this moment, for a record without a clock.
    pub fn arrive(&mut self, moment: NaiveDateTime) {
        self.draft.arrive(moment);
    }

    /// What was found since this was asked last.
    pub fn take(&mut self) -> Batch {
        let mut batch = self.draft.take();
        if let Some(start) = self.start.filter(|_| batch.meta.clock == ClockKind::Offset) {
            batch.meta.clock = ClockKind::Wall;
            batch.meta.origin = Some(start);
        }
        // What a parser has written itself may be more than memory should hold.
        if self.parser.as_ref().is_some_and(|parser| !parser.in_place()) {
            let kept = |extent| self.keeper.hold(extent, Sizes::default().in_memory);
            batch.source = batch.source.into_iter().map(kept).collect();
        }
        batch
    }

    /// How many posts were found.
    pub fn posts(&self) -> usize {
        self.draft.len()
    }

    /// Whether the words of posts stand in the source as it came; false where that is not known yet.
    pub fn is_in_place(&self) -> bool {
        self.parser.as_ref().is_some_and(|parser| parser.in_place())
    }

    /// What the source was taken for, once that is known.
    pub fn detection(&self) -> Option<Detection> {
        self.detection
    }
}

/// Reads a whole source.
///
/// # Errors
/// If it cannot be read, is no text, or breaks the first rule of its format.
pub fn read(input: Input, forced: Forced) -> Result<(Transcript, Facts), Broken> {
    let mut intake = Intake::new(input, forced.encoding, Patience::Head);
    let (mut index, mut transcript) =
        (Index::new(forced.format).starting(forced.start), Transcript::default());
    while let Some(piece) = intake.next()? {
        index.feed(&piece).map_err(Broken::Text)?;
        transcript.grow(index.take());
        intake.reuse(std::iter::once(piece.into_buffer()));
    }
    index.finish().map_err(Broken::Text)?;
    transcript.grow(index.take());
    Ok((transcript, facts(&intake, Some(&index))))
}

/// Reads a whole source that is in memory.
///
/// # Errors
/// As [`read`].
pub fn read_bytes(bytes: &[u8], forced: Forced) -> Result<(Transcript, Facts), Broken> {
    read(Input::Stream(Box::new(Cursor::new(bytes.to_vec()))), forced)
}

/// How a source was read, as far as it was.
pub fn facts(intake: &Intake, index: Option<&Index>) -> Facts {
    let (encoding, notice) = (intake.encoding(), intake.notice());
    let mut facts = Facts {
        detection: None,
        encoding,
        notice,
        remarks: Remarks::default(),
        packing: intake.packing(),
        bytes: intake.bytes(),
        fate: intake.fate(),
    };
    if intake.is_cut_short() {
        facts.remarks.note(Remark::CutShort, 0);
    }
    index.map_or(facts, |index| facts.found(index))
}

impl Facts {
    /// With what an index has found.
    #[must_use]
    pub fn found(self, index: &Index) -> Self {
        let remarks = self.remarks.with(index.draft.remarks);
        Self { detection: index.detection, remarks, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::write_json;

    const RECORD: &str =
        "2025-10-18 08:05\n\n直播管理员\n\n直播将于9点开始。\n\n2025-10-18 09:00\n\n主持人\n\n早上好。\n";

    /// Gives out a few bytes at a time.
    struct Drip(Vec<u8>, usize, usize);

    impl std::io::Read for Drip {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let rest = &self.0[self.1..];
            let count = rest.len().min(into.len()).min(self.2);
            into[..count].copy_from_slice(&rest[..count]);
            self.1 += count;
            Ok(count)
        }
    }

    fn exported(transcript: &Transcript) -> String {
        let mut out = Vec::new();
        write_json(transcript, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn any_cut_of_the_bytes_gives_the_same_transcript() {
        let whole = read_bytes(RECORD.as_bytes(), Forced::default()).unwrap().0;
        for size in 1..RECORD.len() {
            let drip = Drip(RECORD.as_bytes().to_vec(), 0, size);
            let (cut, facts) = read(Input::Stream(Box::new(drip)), Forced::default()).unwrap();
            assert_eq!(exported(&cut), exported(&whole), "pieces of {size}");
            assert_eq!(facts.bytes, RECORD.len() as u64);
        }
    }

    #[test]
    fn a_line_end_that_is_cut_at_once_is_one() {
        let forced = Some(Format::Plain);
        for size in 1..6 {
            let drip = Drip(b"a\r\nb\r\nc".to_vec(), 0, size);
            let mut intake = Intake::new(Input::Stream(Box::new(drip)), None, Patience::None);
            let (mut index, mut transcript) = (Index::new(forced), Transcript::default());
            while let Some(piece) = intake.next().unwrap() {
                index.feed(&piece).unwrap();
            }
            index.finish().unwrap();
            transcript.grow(index.take());
            let lines: Vec<_> = transcript.ids().filter_map(|id| transcript.lines(id)).collect();
            assert_eq!(lines, [(1, 1), (2, 2), (3, 3)], "pieces of {size}");
        }
    }

    #[test]
    fn a_later_part_is_read_by_itself() {
        let text = "2025-01-01 08:00\n主持人\n一\n2025-01-01 08:01\n甲\n二\n2025-01-01 08:02\n乙\n三\n";
        let mut intake = Intake::new(Input::Stream(Box::new(Cursor::new(text))), None, Patience::None);
        let mut index = Index::new(None);
        index.feed(&intake.next().unwrap().unwrap()).unwrap();
        let part = text.split_once("一\n").unwrap().1;
        let mut part =
            Intake::new(Input::Stream(Box::new(Cursor::new(format!("尾\n{part}")))), None, Patience::None);
        let mut later = index.elsewhere(&[]).unwrap();
        later.feed(&part.next().unwrap().unwrap()).unwrap();
        later.finish().unwrap();
        let transcript = Transcript::from(later.take());
        let told: Vec<_> = transcript.ids().map(|id| (transcript.start(id), transcript.body(id))).collect();
        assert_eq!(told, [(Some(60_000), "二".into()), (Some(120_000), "三".into())]);
    }
}
