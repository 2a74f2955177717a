//! `shilu print`: the whole record as wrapped text, every row within the width.
//!
//! A header row for each turn, rows of words, a row of time for each post that continues a turn, a row for
//! each long gap. Headers are wrapped as words are, so that nothing is cut.

use super::source::{self, Opened};
use super::stream::Failure;
use crate::cli::{PrintArgs, SourceArgs, TextArgs};
use crate::lang::Lang;
use crate::structure::Structure;
use crate::text::paragraphs::paragraphs;
use crate::text::ruler::Ruler;
use crate::text::slice;
use crate::text::wrap::{self, Typesetting};
use crate::transcript::{Kind, PostId, Transcript};
use crate::when::{clock_time, duration, long_date};
use std::io::{self, BufWriter, Write};
use std::path::Path;

const DEFAULT_WIDTH: usize = 80;

/// Runs the command.
pub fn run(args: &PrintArgs) -> Result<u8, Failure> {
    file(&args.file, args.width, &args.source, args.text)
}

/// Prints a file: also what the reader does when its output is not a terminal.
pub fn file(path: &Path, width: Option<usize>, source: &SourceArgs, text: TextArgs) -> Result<u8, Failure> {
    let lang = source::lang(text.lang);
    let opened = source::read(path, source, lang)?;
    record(&opened, &Page::new(text, width, lang))?;
    Ok(0)
}

/// The width asked for, else that of the terminal, else 80.
fn width_or_default(width: Option<usize>) -> usize {
    use std::io::IsTerminal;
    let terminal = || io::stdout().is_terminal().then(crate::terminal::columns).flatten();
    width.or_else(terminal).unwrap_or(DEFAULT_WIDTH).max(2)
}

/// Prints a record.
pub fn record(opened: &Opened, page: &Page) -> io::Result<()> {
    let structure = opened.structure();
    let mut out = BufWriter::new(io::stdout().lock());
    for id in opened.transcript.ids() {
        page.post(&mut out, &opened.transcript, &structure, id)?;
    }
    out.flush()
}

/// How text is set on paper.
pub struct Page {
    ruler: Ruler,
    set: Typesetting,
    width: usize,
    lang: Lang,
}

impl Page {
    /// A page of that width: else that of the terminal, else 80.
    pub fn new(text: TextArgs, width: Option<usize>, lang: Lang) -> Self {
        let set = source::typesetting(text);
        Self { ruler: set.ruler(source::ruler(text)), set, width: width_or_default(width), lang }
    }

    /// Writes one post with what stands before it.
    pub fn post(
        &self,
        out: &mut dyn Write,
        transcript: &Transcript,
        structure: &Structure,
        id: PostId,
    ) -> io::Result<()> {
        self.lead(out, transcript, structure, id)?;
        let body = transcript.body(id);
        for (index, paragraph) in paragraphs(&body).enumerate() {
            self.rows(out, slice(&body, paragraph), self.set.indent(index == 0, self.width))?;
        }
        Ok(())
    }

    fn lead(
        &self,
        out: &mut dyn Write,
        transcript: &Transcript,
        structure: &Structure,
        id: PostId,
    ) -> io::Result<()> {
        let first = id.index() == 0;
        let turn = structure.begins_turn(transcript, id);
        let before = id.index().checked_sub(1).map(PostId::new);
        let other = before.is_some_and(|before| {
            // A byline is printed as it stands, also where it is the same person as before.
            let author = structure.author(transcript, before);
            author == structure.author(transcript, id)
                && transcript.speaker_of(before) != transcript.speaker_of(id)
        });
        let gap = structure.gap_before(id);
        let moment = transcript.moment(id).filter(|_| transcript.begins_day(id));
        let day = moment.map(|moment| long_date(self.lang, moment));
        let label = &transcript.speaker(transcript.speaker_of(id)).label;
        let time = transcript.start(id).map(|start| clock_time(&transcript.meta, start)).unwrap_or_default();
        let chapter = structure.chapters().at(id).is_some();
        if !first && (turn || chapter || gap.is_some() || day.is_some() || time.is_empty()) {
            writeln!(out)?;
        }
        if let Some(gap) = gap {
            self.rows(out, &format!("{} {}", self.lang.words().silence, duration(self.lang, gap.ms)), 0)?;
        }
        if let Some(day) = &day {
            self.rows(out, day, 0)?;
        }
        if !first && gap.is_some() || day.is_some() {
            writeln!(out)?;
        }
        if let Some(title) = structure.chapters().at(id) {
            self.rows(out, title, 0)?;
            writeln!(out)?;
        }
        let header = match self.lang.kind(Kind::Caption).filter(|_| structure.caption_of(id).is_some()) {
            Some(caption) => format!("{time} {caption}"),
            None if turn || other || gap.is_some() || day.is_some() => format!("{time} {label}"),
            None => time,
        };
        self.rows(out, header.trim(), 0)
    }

    fn rows(&self, out: &mut dyn Write, text: &str, mut indent: usize) -> io::Result<()> {
        // A hanging mark hangs inside the width that was asked for.
        let measure = self.width.saturating_sub(self.set.hang).max(1);
        for row in wrap::rows((self.ruler, self.set), text, measure, indent) {
            write!(out, "{:indent$}", "")?;
            indent = 0;
            for cluster in self.ruler.clusters(slice(text, row)) {
                write!(out, "{:lead$}{}", "", cluster.shown, lead = cluster.lead)?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}
