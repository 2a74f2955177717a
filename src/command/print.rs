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
use crate::text::wrap;
use crate::transcript::{PostId, Transcript};
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
    record(&opened, &Page { ruler: source::ruler(text), width: width_or_default(width), lang })?;
    Ok(0)
}

/// The width asked for, else that of the terminal, else 80.
pub fn width_or_default(width: Option<usize>) -> usize {
    use std::io::IsTerminal;
    let terminal = || io::stdout().is_terminal().then(crate::terminal::columns).flatten();
    width.or_else(terminal).unwrap_or(DEFAULT_WIDTH).max(2)
}

/// Prints a record.
pub fn record(opened: &Opened, page: &Page) -> io::Result<()> {
    let structure = Structure::of(&opened.transcript);
    let mut out = BufWriter::new(io::stdout().lock());
    for id in opened.transcript.ids() {
        page.post(&mut out, &opened.transcript, &structure, id)?;
    }
    out.flush()
}

/// How text is set on paper.
pub struct Page {
    /// The ruler.
    pub ruler: Ruler,
    /// Cells a row.
    pub width: usize,
    /// Language of the rows that are not the record's own.
    pub lang: Lang,
}

impl Page {
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
        for paragraph in paragraphs(&body) {
            self.rows(out, slice(&body, paragraph))?;
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
        let turn = structure.begins_turn(id);
        let gap = structure.gap_before(id);
        let moment = transcript.moment(id).filter(|_| transcript.begins_day(id));
        let day = moment.map(|moment| long_date(self.lang, moment));
        let label = &transcript.speaker(transcript.post(id).speaker()).label;
        let time =
            transcript.post(id).start().map(|start| clock_time(&transcript.meta, start)).unwrap_or_default();
        if !first && (turn || gap.is_some() || day.is_some() || time.is_empty()) {
            writeln!(out)?;
        }
        if let Some(gap) = gap {
            self.rows(out, &format!("{} {}", self.lang.words().silence, duration(self.lang, gap.ms)))?;
        }
        if let Some(day) = &day {
            self.rows(out, day)?;
        }
        if !first && gap.is_some() || day.is_some() {
            writeln!(out)?;
        }
        let header = if turn || gap.is_some() || day.is_some() { format!("{time} {label}") } else { time };
        self.rows(out, header.trim())
    }

    fn rows(&self, out: &mut dyn Write, text: &str) -> io::Result<()> {
        for row in wrap::rows(self.ruler, text, self.width, 0) {
            for cluster in self.ruler.clusters(slice(text, row)) {
                out.write_all(cluster.shown.as_bytes())?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}
