//! `WebVTT` to the letter (W3C `WebVTT`, section 6), for who wants the cues and not what is said in them.

use super::vtt_file::{Blocks, Found};

pub use super::vtt_file::Cue;
pub use super::vtt_settings::{Region, Settings};
pub use super::vtt_text::{Leaf, Node, Span, Tag, parse as parse_text};

/// What is in a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct File {
    /// The cues, in the order of the file.
    pub cues: Vec<Cue>,
    /// The regions.
    pub regions: Vec<Region>,
    /// How many style sheets there are.
    pub stylesheets: usize,
}

/// Reads a file. What the standard refuses is left out; a text without the signature has nothing.
pub fn parse(text: &str) -> File {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    let mut blocks = Blocks::default();
    let lines = (1..).zip(text.split('\n'));
    let mut found: Vec<_> = lines.filter_map(|(number, line)| blocks.line(line, number)).collect();
    found.extend(blocks.finish());
    let cue = |found| match found {
        Found::Cue(cue) => Some(*cue),
        Found::Refused(_) => None,
    };
    let cues = found.into_iter().filter_map(cue).collect();
    File { cues, regions: blocks.regions, stylesheets: blocks.stylesheets }
}
