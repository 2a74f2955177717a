//! A found post as lines: where, when, who and the paragraph, for people and for programs.

use super::cut::pieces;
use super::find::Found;
use super::record::Record;
use crate::cli::GrepArgs;
use crate::command::stream::harmless_json;
use crate::lang::Lang;
use crate::terminal::Pen;
use crate::text::ruler::Ruler;
use crate::text::safe::Shown;
use crate::text::slice;
use crate::transcript::{ClockKind, Kind, PostId};
use crate::view::theme::Theme;
use crate::when::clock_time;
use ratatui::style::Style;
use serde::Serialize;
use std::io::{self, Write};
use std::ops::Range;

/// How lines look.
pub struct Look {
    /// Whether each names its file.
    pub names: bool,
    /// The language of what is no part of the record.
    pub lang: Lang,
    /// Colours, if there are any.
    pub theme: Option<Theme>,
    /// The columns that long paragraphs are cut for.
    pub columns: Option<usize>,
}

impl Look {
    /// The name of a file with what parts it from what follows; nothing where files are not named.
    pub fn file(&self, name: &str, mark: char) -> String {
        if self.names { format!("{}{mark}", self.file_alone(name)) } else { String::new() }
    }

    /// The name of a file.
    pub fn file_alone(&self, name: &str) -> String {
        self.styled(name, |theme| theme.accent)
    }

    /// Harmless text in a style of the theme.
    fn styled(&self, text: &str, style: impl Fn(&Theme) -> Style) -> String {
        let text = Shown::of(text);
        let Some(theme) = &self.theme else { return text.to_string() };
        let pen = Pen::for_text(style(theme));
        format!("{}{text}{}", Pen::default().turned(pen), pen.turned(Pen::default()))
    }
}

/// What is told of one file.
pub struct Sheet<'a> {
    record: &'a Record,
    look: &'a Look,
    file: &'a str,
    /// Whether it has several days, so that the date is told with the time.
    dated: bool,
    form: Form,
    /// Posts that are shown before and behind each one that was found.
    around: (usize, usize),
    /// The first post that was not shown yet, and how many behind the last one that was found are still to be.
    shown: usize,
    owed: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Lines,
    Matches,
    Json,
}

impl<'a> Sheet<'a> {
    /// Nothing is told yet.
    pub fn new(record: &'a Record, (look, file): (&'a Look, &'a str), args: &GrepArgs) -> Self {
        let form = match args.tell {
            tell if tell.json => Form::Json,
            tell if tell.only_matching => Form::Matches,
            _ => Form::Lines,
        };
        let around =
            |wanted: Option<usize>| wanted.or(args.context).filter(|_| form == Form::Lines).unwrap_or(0);
        let transcript = &record.transcript;
        let days = [transcript.ids().next(), transcript.last_id()]
            .map(|post| transcript.moment(post?).map(|moment| moment.date()));
        Self {
            record,
            look,
            file,
            dated: transcript.meta.clock == ClockKind::Wall && days[0] != days[1],
            form,
            around: (around(args.before_context), around(args.after_context)),
            shown: 0,
            owed: 0,
        }
    }

    /// Tells of a post, and of those around it.
    ///
    /// # Errors
    /// Those of the output.
    pub fn found(&mut self, found: &Found, out: &mut impl Write) -> io::Result<()> {
        match self.form {
            Form::Json => return self.json(found, out),
            Form::Matches => return self.matches(found, out),
            Form::Lines => {}
        }
        let index = found.post.index();
        self.pay(index, out)?;
        let from = self.shown.max(index.saturating_sub(self.around.0));
        if from > self.shown && self.shown > 0 && self.around != (0, 0) {
            writeln!(out, "--")?;
        }
        for before in from..index {
            self.post(&Found { post: PostId::new(before), hits: Vec::new() }, '-', out)?;
        }
        self.post(found, ':', out)?;
        (self.shown, self.owed) = (index + 1, self.around.1);
        Ok(())
    }

    /// Tells of what stands behind the last post that was found.
    ///
    /// # Errors
    /// Those of the output.
    pub fn end(&mut self, out: &mut impl Write) -> io::Result<()> {
        self.pay(self.record.transcript.len(), out)
    }

    /// Tells of the posts behind the last one that was found, up to another one.
    fn pay(&mut self, end: usize, out: &mut impl Write) -> io::Result<()> {
        for index in self.shown..end.min(self.shown + self.owed) {
            self.post(&Found { post: PostId::new(index), hits: Vec::new() }, '-', out)?;
            self.shown = index + 1;
        }
        self.owed = 0;
        Ok(())
    }

    /// The paragraphs of a post that have hits; all of them where the whole post is meant.
    fn post(&self, found: &Found, mark: char, out: &mut impl Write) -> io::Result<()> {
        let transcript = &self.record.transcript;
        let body = transcript.body(found.post);
        let prefix = self.prefix(found.post, mark);
        let mut is_told = false;
        for (_, paragraph, hits) in paragraphs(self.record, &body, &found.hits) {
            let text = slice(&body, paragraph);
            let room = self.look.columns.map(|columns| columns.saturating_sub(prefix.cells).max(columns / 2));
            out.write_all(prefix.text.as_bytes())?;
            self.text(text, &hits, room, out)?;
            out.write_all(b"\n")?;
            is_told = true;
        }
        if is_told { Ok(()) } else { writeln!(out, "{}", prefix.text.trim_end()) }
    }

    fn matches(&self, found: &Found, out: &mut impl Write) -> io::Result<()> {
        let body = self.record.transcript.body(found.post);
        let prefix = self.prefix(found.post, ':');
        for hit in &found.hits {
            let words = self.look.styled(slice(&body, hit.clone()), |theme| theme.hit);
            writeln!(out, "{}{words}", prefix.text)?;
        }
        Ok(())
    }

    /// Writes a paragraph, its hits lit, and cut to the words around them where there is little room.
    fn text(
        &self,
        text: &str,
        hits: &[Range<usize>],
        room: Option<usize>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let whole: Vec<_> = std::iter::once(0..text.len()).collect();
        let pieces = room.map_or(whole, |cells| pieces(text, hits, cells));
        let mut end = 0;
        for piece in &pieces {
            if piece.start > end {
                write!(out, "…")?;
            }
            let mut at = piece.start;
            for hit in hits.iter().filter(|hit| hit.start < piece.end && piece.start < hit.end) {
                let (from, to) = (hit.start.max(at), hit.end.min(piece.end));
                write!(out, "{}", Shown::of(slice(text, at..from)))?;
                out.write_all(self.look.styled(slice(text, from..to), |theme| theme.hit).as_bytes())?;
                at = to;
            }
            write!(out, "{}", Shown::of(slice(text, at..piece.end)))?;
            end = piece.end;
        }
        if end < text.len() { write!(out, "…") } else { Ok(()) }
    }

    /// What stands before the words of a post; `mark` parts it from them.
    fn prefix(&self, post: PostId, mark: char) -> Prefix {
        let look = self.look;
        let (number, time, who) = (format!("#{}", post.number()), self.time(post), self.who(post));
        let structure = &self.record.structure;
        let author = structure.author(&self.record.transcript, post);
        let file = look.file(self.file, mark);
        let when = if time.is_empty() { number } else { format!("{number} {time}") };
        let when_shown = look.styled(&when, |theme| theme.dim);
        let who_shown = look.styled(&who, |theme| theme.speaker(author, structure.role(author)));
        let width = |text: &str| Ruler::default().width(text);
        let cells = if look.columns.is_none() {
            0
        } else {
            let named = if look.names { width(self.file) + 1 } else { 0 };
            named + width(&when) + width(&who) + 3
        };
        Prefix { text: format!("{file}{when_shown} {who_shown}{mark} "), cells }
    }

    /// When a post was sent, no finer than the source tells.
    fn time(&self, post: PostId) -> String {
        let transcript = &self.record.transcript;
        let time =
            transcript.start(post).map(|start| clock_time(&transcript.meta, start)).unwrap_or_default();
        match transcript.moment(post).filter(|_| self.dated) {
            Some(moment) => format!("{} {time}", moment.date()),
            None => time,
        }
    }

    /// Who speaks, as the reader tells it.
    fn who(&self, post: PostId) -> String {
        let Record { transcript, structure, .. } = self.record;
        let is_caption = structure.caption_of(post).is_some();
        let caption = self.look.lang.kind(Kind::Caption).filter(|_| is_caption);
        match caption.unwrap_or_else(|| structure.name(transcript, structure.author(transcript, post))) {
            "" => self.look.lang.words().nameless.to_owned(),
            name => name.to_owned(),
        }
    }

    fn json(&self, found: &Found, out: &mut impl Write) -> io::Result<()> {
        let Record { transcript, structure, .. } = self.record;
        let post = transcript.post(found.post);
        let body = transcript.body(found.post);
        let mut tell = |paragraph: usize, range: Range<usize>, hit: Option<Range<usize>>| {
            let told = Told {
                file: self.file,
                id: found.post.number(),
                at_ms: post.start,
                speaker: structure.person(post.speaker).number(),
                label: &transcript.speaker(post.speaker).label,
                name: structure.name(transcript, post.speaker),
                kind: transcript.kind_name(structure.kind(transcript, found.post)),
                paragraph,
                start: hit.as_ref().map(|hit| hit.start),
                end: hit.map(|hit| hit.end),
                text: slice(&body, range),
            };
            let json = serde_json::to_vec(&told).map_err(io::Error::from)?;
            writeln!(out, "{}", harmless_json(&json))
        };
        let mut is_told = false;
        for (number, range, hits) in paragraphs(self.record, &body, &found.hits) {
            is_told = true;
            if hits.is_empty() {
                tell(number, range.clone(), None)?;
            }
            hits.into_iter().try_for_each(|hit| tell(number, range.clone(), Some(hit)))?;
        }
        if is_told { Ok(()) } else { tell(1, 0..0, None) }
    }
}

/// What stands before the words of a post, and how many cells that takes where it is asked for.
struct Prefix {
    text: String,
    cells: usize,
}

/// A hit for programs, or a paragraph of a post that is meant as a whole.
#[derive(Serialize)]
struct Told<'a> {
    file: &'a str,
    id: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_ms: Option<i64>,
    speaker: usize,
    label: &'a str,
    name: &'a str,
    kind: &'a str,
    paragraph: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
    text: &'a str,
}

/// The paragraphs of a body that have hits, by number from 1, with their hits in bytes of the paragraph: a hit that reaches
/// over several is in each. All of them where there is no hit.
fn paragraphs(
    record: &Record,
    body: &str,
    hits: &[Range<usize>],
) -> Vec<(usize, Range<usize>, Vec<Range<usize>>)> {
    let all = record.transcript.paragraphs(body).zip(1..);
    if hits.is_empty() {
        return all.map(|(range, number)| (number, range, Vec::new())).collect();
    }
    let mut rest = hits;
    let mut told = Vec::new();
    for (range, number) in all {
        while rest.first().is_some_and(|hit| hit.end <= range.start) {
            rest = &rest[1..];
        }
        let within = rest.iter().take_while(|hit| hit.start < range.end);
        let within: Vec<_> = within
            .map(|hit| hit.start.max(range.start) - range.start..hit.end.min(range.end) - range.start)
            .collect();
        if !within.is_empty() {
            told.push((number, range, within));
        }
    }
    told
}
