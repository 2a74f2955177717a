//! `shilu print`: the whole record as wrapped text, every row within the width.
//!
//! A header row for each turn, rows of words, a row of time for each post that continues a turn, a row for
//! each long gap. Headers are wrapped as words are, so that nothing is cut.

use super::lead::Lead;
use super::source::{self, Opened};
use super::stream::Failure;
use crate::cli::{PrintArgs, SourceArgs, TextArgs};
use crate::lang::Lang;
use crate::layout::rows::has_own_time;
use crate::structure::Structure;
use crate::terminal::Pen;
use crate::text::ruler::Ruler;
use crate::text::slice;
use crate::text::wrap::{self, Typesetting};
use crate::transcript::{Kind, PostId, Transcript};
use crate::view::glyphs::Glyphs;
use crate::view::theme::Theme;
use crate::when::{clock_time, duration, long_date};
use ratatui::style::{Modifier, Style};
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
        let before = id.index().checked_sub(1).map(PostId::new);
        page.post(
            &mut out,
            (&opened.transcript, &structure),
            Entry { id, before, next: None, told: false, about: false },
        )?;
    }
    out.flush()
}

/// A post as it stands on a page.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The post.
    pub id: PostId,
    /// The one above it.
    pub before: Option<PostId>,
    /// The one below it, where the silence between them is told with this one: when it begins.
    pub next: Option<PostId>,
    /// Whether the silence before it was told so.
    pub told: bool,
    /// Whether its time is marked as an estimate.
    pub about: bool,
}

/// How text is set on paper.
pub struct Page {
    ruler: Ruler,
    set: Typesetting,
    /// Cells of a row.
    pub width: usize,
    lang: Lang,
    theme: Option<Theme>,
}

impl Page {
    /// A page of that width: else that of the terminal, else 80.
    pub fn new(text: TextArgs, width: Option<usize>, lang: Lang) -> Self {
        let set = source::typesetting(text);
        let ruler = set.ruler(source::ruler(text));
        Self { ruler, set, width: width_or_default(width), lang, theme: None }
    }

    /// The same page in the colours of a theme, for a terminal.
    pub fn in_colour(self, theme: Theme) -> Self {
        Self { theme: Some(theme), ..self }
    }

    /// Writes what stands before the first post.
    fn lead(&self, out: &mut dyn Write, lines: &[String]) -> io::Result<()> {
        let dim = [(0, self.style(|theme| theme.dim))];
        lines.iter().try_for_each(|line| self.rows(out, line, 0, &dim))?;
        if lines.is_empty() { Ok(()) } else { writeln!(out) }
    }

    /// Writes one post with what stands before it.
    pub fn post(
        &self,
        out: &mut dyn Write,
        record: (&Transcript, &Structure),
        entry: Entry,
    ) -> io::Result<()> {
        let (transcript, structure) = record;
        let lead = Lead::of(record, entry.before, entry.id);
        if entry.id.index() == 0 {
            self.lead(out, &transcript.meta.lead)?;
        }
        self.above(out, transcript, (&lead, entry))?;
        self.header(out, (transcript, structure), (&lead, entry))?;
        let style = if lead.caption { self.style(|theme| theme.dim) } else { Style::new() };
        let body = transcript.body(entry.id);
        for (index, paragraph) in transcript.paragraphs(&body).enumerate() {
            let indent = self.set.indent(index == 0, self.width);
            self.rows(out, slice(&body, paragraph), indent, &[(0, style)])?;
        }
        let below = entry.next.and_then(|next| Lead::of(record, Some(entry.id), next).silence_ms);
        below.map_or(Ok(()), |ms| self.silence(out, ms))
    }

    /// Writes how long nobody speaks.
    fn silence(&self, out: &mut dyn Write, ms: i64) -> io::Result<()> {
        let text = format!("{} {}", self.lang.words().silence, duration(self.lang, ms));
        writeln!(out)?;
        self.rows(out, &text, 0, &[(0, self.style(|theme| theme.dim))])
    }

    /// Writes what lies before a post: silence, day, chapter.
    fn above(
        &self,
        out: &mut dyn Write,
        transcript: &Transcript,
        (lead, entry): (&Lead, Entry),
    ) -> io::Result<()> {
        let first = entry.before.is_none();
        let timeless = self.time(transcript, entry).is_empty();
        match lead.silence_ms {
            Some(_) if entry.told => {}
            Some(ms) => self.silence(out, ms)?,
            None if first => {}
            None if lead.turn || lead.chapter.is_some() || lead.day.is_some() || timeless => writeln!(out)?,
            None => {}
        }
        let dim = [(0, self.style(|theme| theme.dim))];
        if let Some(day) = lead.day {
            self.rows(out, &long_date(self.lang, day), 0, &dim)?;
        }
        if lead.silence_ms.is_some() || lead.day.is_some() {
            writeln!(out)?;
        }
        if let Some(title) = lead.chapter {
            self.rows(out, title, 0, &[(0, self.style(|theme| theme.text.add_modifier(Modifier::BOLD)))])?;
            writeln!(out)?;
        }
        Ok(())
    }

    /// Writes when, and who where that is new.
    fn header(
        &self,
        out: &mut dyn Write,
        (transcript, structure): (&Transcript, &Structure),
        (lead, entry): (&Lead, Entry),
    ) -> io::Result<()> {
        let author = structure.author(transcript, entry.id);
        let time = self.time(transcript, entry);
        let dim = self.style(|theme| theme.dim);
        let hue = self.style(|theme| theme.speaker(author, structure.role(author)));
        let who = match self.lang.kind(Kind::Caption).filter(|_| lead.caption) {
            Some(caption) => Some((caption, dim)),
            None if lead.turn || lead.byline || lead.silence_ms.is_some() || lead.day.is_some() => {
                let label = transcript.speaker(transcript.speaker_of(entry.id)).label.as_str();
                Some((label, self.style(|_| hue.add_modifier(Modifier::BOLD))))
            }
            None => None,
        };
        match who {
            Some((who, style)) if time.is_empty() => self.rows(out, who.trim(), 0, &[(0, style)]),
            Some((who, style)) => {
                let styles = [(0, dim), (time.len(), style)];
                self.rows(out, format!("{time} {who}").trim(), 0, &styles)
            }
            None if !has_own_time(transcript, entry.id) => Ok(()),
            None => self.rows(out, &time, 0, &[(0, dim)]),
        }
    }

    /// When a post was sent, as the source tells it.
    fn time(&self, transcript: &Transcript, entry: Entry) -> String {
        let time = transcript.start(entry.id).map(|start| clock_time(&transcript.meta, start));
        let about = if entry.about { Glyphs::of(self.ruler).about } else { "" };
        time.filter(|time| !time.is_empty()).map(|time| format!("{about}{time}")).unwrap_or_default()
    }

    /// A style of the theme; none on paper.
    fn style(&self, of: impl Fn(&Theme) -> Style) -> Style {
        self.theme.as_ref().map(of).unwrap_or_default()
    }

    /// Writes text in rows; each of the styles, which are in order, holds from a byte on.
    fn rows(
        &self,
        out: &mut dyn Write,
        text: &str,
        mut indent: usize,
        styles: &[(usize, Style)],
    ) -> io::Result<()> {
        // A hanging mark hangs inside the width that was asked for.
        let measure = self.width.saturating_sub(self.set.hang).max(1);
        for row in wrap::rows((self.ruler, self.set), text, measure, indent) {
            write!(out, "{:indent$}", "")?;
            indent = 0;
            let mut pen = Pen::default();
            for cluster in self.ruler.clusters(slice(text, row.clone())) {
                let style = styles.iter().rev().find(|(from, _)| *from <= row.start + cluster.start);
                let next = style.map_or(pen, |&(_, style)| Pen::for_text(style));
                if next != pen {
                    write!(out, "{}", pen.turned(next))?;
                    pen = next;
                }
                write!(out, "{:lead$}{}", "", cluster.shown, lead = cluster.lead)?;
            }
            writeln!(out, "{}", pen.turned(Pen::default()))?;
        }
        Ok(())
    }
}
