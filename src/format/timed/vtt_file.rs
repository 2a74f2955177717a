//! The blocks of a `WebVTT` file (W3C `WebVTT`, sections 6.1 to 6.3), line by line.
//!
//! A block is read to the letter. Where the standard refuses the times of a cue, [`Blocks::lenient`] reads them if the file has a way
//! of its own to write times: both times of the cue, or of one before, are in another form than the standard's, and up to here no
//! times had to be refused.

use super::clock;
use super::vtt_settings::{Region, Settings};
use super::vtt_time;

/// Between the times of a cue.
const ARROW: &str = "-->";

/// More text of a block is not kept together, in bytes.
const LONGEST: usize = 1 << 20;

/// A cue.
#[derive(Debug, Clone, PartialEq)]
pub struct Cue {
    /// Its name.
    pub id: String,
    /// When it is shown, in milliseconds.
    pub start: i64,
    /// When it is gone, in milliseconds.
    pub end: i64,
    /// How it is placed.
    pub settings: Settings,
    /// Its text, with markup.
    pub text: String,
    /// The line of its times, from 1.
    pub line: u32,
    /// Whether its times are not written as the standard asks.
    pub loose: bool,
}

/// What a block was.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// A cue.
    Cue(Box<Cue>),
    /// A block that is neither a cue nor a comment: the line where it begins.
    Refused(u32),
}

/// Reads lines, and tells what the blocks are that end with them.
#[derive(Debug, Default)]
pub struct Blocks {
    /// Words behind the signature.
    pub title: String,
    /// Lines of the header below the signature.
    pub header: Vec<String>,
    /// The regions.
    pub regions: Vec<Region>,
    /// How many style sheets there are.
    pub stylesheets: usize,
    place: Place,
    block: Block,
    seen_cue: bool,
    is_lenient: bool,
    indulgence: Indulgence,
}

/// Whether times of another form are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Indulgence {
    /// No: to the letter, or some times had to be refused.
    #[default]
    None,
    /// If both times of a cue are of another form.
    Ready,
    /// Those of some cue were.
    Given,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Place {
    #[default]
    Signature,
    /// In the line behind it, which belongs to the header unless it is empty.
    Header,
    Body,
    /// No `WebVTT`.
    Outside,
}

/// A block that is begun.
#[derive(Debug, Default)]
struct Block {
    lines: u32,
    first: u32,
    seen_arrow: bool,
    kind: Kind,
    buffer: String,
}

#[derive(Debug, Default)]
enum Kind {
    #[default]
    Unknown,
    Cue(Box<Cue>),
    Style,
    Region,
}

impl Blocks {
    /// Reads files that break the standard too.
    pub fn lenient() -> Self {
        Self { indulgence: Indulgence::Ready, is_lenient: true, ..Self::default() }
    }

    /// Takes the next line.
    pub fn line(&mut self, line: &str, number: u32) -> Option<Found> {
        if line.contains('\0') {
            return self.line(&line.replace('\0', "\u{fffd}"), number);
        }
        match self.place {
            Place::Outside => None,
            Place::Body => self.body(line, number),
            Place::Header => self.head(line, number),
            Place::Signature => match signature(line) {
                Some(title) => {
                    title.clone_into(&mut self.title);
                    self.place = Place::Header;
                    None
                }
                None if self.indulgence == Indulgence::Ready => {
                    self.place = Place::Body;
                    self.body(line, number)
                }
                None => {
                    self.place = Place::Outside;
                    None
                }
            },
        }
    }

    /// Says that no more is to come.
    pub fn finish(&mut self) -> Option<Found> {
        self.end()
    }

    fn head(&mut self, line: &str, number: u32) -> Option<Found> {
        if line.is_empty() {
            self.place = Place::Body;
        } else if line.contains(ARROW) {
            self.place = Place::Body;
            return self.body(line, number);
        } else if self.header.len() < 64 {
            self.header.push(line.to_owned());
        }
        None
    }

    fn body(&mut self, line: &str, number: u32) -> Option<Found> {
        if line.is_empty() {
            return self.end();
        }
        // What is nothing but blanks is none of a file that is read leniently, unless it is within a cue.
        if self.is_lenient && self.block.lines == 0 && line.trim().is_empty() {
            return None;
        }
        if line.contains(ARROW) {
            let is_first = self.block.lines == 0 || self.block.lines == 1 && !self.block.seen_arrow;
            let found = if is_first { None } else { self.end() };
            self.times(line, number);
            return found;
        }
        self.words(line, number)
    }

    /// A line with an arrow: the first of a block, or the second behind an id.
    fn times(&mut self, line: &str, number: u32) {
        let timed = timings(line).map(|times| (times, false)).or_else(|| {
            let times = self.loose_timings(line)?;
            Some((times, true))
        });
        let id = std::mem::take(&mut self.block.buffer);
        self.block.begin(number);
        self.block.seen_arrow = true;
        let Some(((start, end, settings), loose)) = timed else {
            if self.indulgence == Indulgence::Ready {
                self.indulgence = Indulgence::None;
            }
            self.block.buffer = id;
            return;
        };
        let settings = Settings::of(settings, &self.regions);
        self.seen_cue = true;
        let text = String::new();
        self.block.kind = Kind::Cue(Box::new(Cue { id, start, end, settings, text, line: number, loose }));
    }

    /// Times of another form. `12.5 --> 14`
    fn loose_timings<'a>(&mut self, line: &'a str) -> Option<(i64, i64, &'a str)> {
        let (from, to) = line.split_once(ARROW).filter(|_| self.indulgence != Indulgence::None)?;
        let ((start, after), (end, settings)) = (clock::time(from)?, clock::time(to)?);
        let both = vtt_time::parse(from.trim_start()).is_none() && vtt_time::parse(to.trim_start()).is_none();
        if both {
            self.indulgence = Indulgence::Given;
        }
        let separate = settings.is_empty() || settings.starts_with(is_white);
        (self.indulgence == Indulgence::Given && separate && after.trim().is_empty())
            .then_some((start.ms, end.ms, settings))
    }

    fn words(&mut self, line: &str, number: u32) -> Option<Found> {
        let block = &mut self.block;
        block.begin(number);
        if block.lines == 2 && !self.seen_cue && !block.seen_arrow {
            block.kind = match block.buffer.trim_end_matches(is_white) {
                "STYLE" => Kind::Style,
                "REGION" => Kind::Region,
                _ => Kind::Unknown,
            };
            if !matches!(block.kind, Kind::Unknown) {
                block.buffer.clear();
            }
        }
        let mut found = None;
        if block.buffer.len() + line.len() > LONGEST
            && let Kind::Cue(cue) = &block.kind
        {
            let text = std::mem::take(&mut block.buffer);
            found = Some(Found::Cue(Box::new(Cue { text, ..Cue::clone(cue) })));
        }
        if block.buffer.len() <= LONGEST {
            if !block.buffer.is_empty() {
                block.buffer.push('\n');
            }
            block.buffer.push_str(line);
        }
        found
    }

    /// Ends the block that is begun.
    fn end(&mut self) -> Option<Found> {
        let Block { lines, first, kind, buffer, .. } = std::mem::take(&mut self.block);
        match kind {
            Kind::Cue(cue) => return Some(Found::Cue(Box::new(Cue { text: buffer, ..*cue }))),
            Kind::Style => self.stylesheets += 1,
            Kind::Region => self.regions.push(Region::of(&buffer)),
            Kind::Unknown if lines == 0 || is_comment(&buffer) => {}
            Kind::Unknown => return Some(Found::Refused(first)),
        }
        None
    }
}

impl Block {
    /// Counts a line.
    fn begin(&mut self, number: u32) {
        self.lines += 1;
        if self.lines == 1 {
            self.first = number;
        }
    }
}

fn is_comment(text: &str) -> bool {
    ["NOTE", "STYLE", "REGION"].iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n']))
    })
}

const fn is_white(ch: char) -> bool {
    matches!(ch, ' ' | '\t' | '\u{c}')
}

/// What stands behind the signature, if the line begins with it.
fn signature(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('\u{feff}').strip_prefix("WEBVTT")?;
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then(|| rest.trim())
}

/// Start, end and settings, to the letter.
fn timings(line: &str) -> Option<(i64, i64, &str)> {
    let (start, rest) = vtt_time::parse(line.trim_start_matches(is_white))?;
    let rest = rest.trim_start_matches(is_white).strip_prefix(ARROW)?;
    let (end, settings) = vtt_time::parse(rest.trim_start_matches(is_white))?;
    Some((start, end, settings))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(mut blocks: Blocks, text: &str) -> Vec<String> {
        let mut found: Vec<_> =
            (1..).zip(text.lines()).filter_map(|(number, line)| blocks.line(line, number)).collect();
        found.extend(blocks.finish());
        let told = found.into_iter().map(|found| match found {
            Found::Cue(cue) => format!("{}|{}-{} {}", cue.id, cue.start, cue.end, cue.text),
            Found::Refused(line) => format!("refused {line}"),
        });
        told.collect()
    }

    #[test]
    fn blocks_end_at_blank_lines_and_arrows() {
        let text = "WEBVTT 题\nLanguage: zh\n\nSTYLE\nx\n\nREGION\nid:a\n\nNOTE 注\n\n甲\n00:01.000 --> 00:02.000\n一\n二\n\
            00:02.000 --> 00:03.000\n三\n\n00:04.000 --> 5\n四\n\n五\n";
        let mut blocks = Blocks::default();
        assert_eq!(
            told(Blocks::default(), text),
            ["甲|1000-2000 一\n二", "|2000-3000 三", "refused 19", "refused 22"]
        );
        (1..).zip(text.lines()).for_each(|(number, line)| drop(blocks.line(line, number)));
        assert_eq!((blocks.title.as_str(), blocks.header.len()), ("题", 1));
        assert_eq!((blocks.regions.len(), blocks.stylesheets), (1, 1));
    }

    #[test]
    fn times_of_another_form_are_read_where_a_file_has_them_throughout() {
        for (times, expected) in [
            ("12.5 --> 14", Some("|12500-14000 x")),
            ("00:00:01,500 --> 00:00:02,000 align:start", Some("|1500-2000 x")),
            ("0:01.5 --> 0:02.5", Some("|1500-2500 x")),
            ("0:01.5 --> 00:02.500", None),
            ("00:01.500 --> 3", None),
            ("00:01,500x --> 00:02,000", None),
            ("--> 3", None),
        ] {
            let text = format!("WEBVTT\n\n{times}\nx\n");
            let expected = expected.unwrap_or("refused 3");
            assert_eq!(told(Blocks::lenient(), &text), [expected], "{times}");
            assert_eq!(told(Blocks::default(), &text), ["refused 3"], "{times}");
        }
        let mixed = "0:59.5 --> 0:59.8\na\n\n0:59.8 --> 01:00.000\nb\n";
        assert_eq!(told(Blocks::lenient(), mixed), ["|59500-59800 a", "|59800-60000 b"]);
        assert!(told(Blocks::default(), mixed).is_empty());
    }
}
