//! TTML (W3C Timed Text Markup Language 2; also DFXP, IMSC, the lyrics of iTunes), and the two shapes of XML in which `YouTube` serves
//! captions: `<transcript><text start dur>` and `<timedtext><body><p t d>`. A post is a paragraph; its time is its own, or that of the
//! spans in it. Times count from the start of the element around, except in documents that repeat those of the whole, as lyrics do.

use super::entities::decoded;
use super::prefixes::{Cue, Cues};
use super::ttml_time::{Rates, Timing};
use crate::format::head::Head;
use crate::format::parser::{Parser, Wire};
use crate::format::whole::{AtOnce, Whole};
use crate::transcript::{Draft, Remark};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;

/// Elements that lie deeper have the times of the one they lie in.
const DEEPEST: usize = 256;

/// The format.
#[derive(Debug, Default)]
pub struct Ttml;

impl Wire for Ttml {
    fn score(head: &Head) -> u8 {
        let has = |words: &str| head.text.contains(words);
        if head.is_xml_of("tt") {
            95
        } else if head.is_xml_of("timedtext") && has("<p t=")
            || head.is_xml_of("transcript") && has("<text start=")
        {
            90
        } else {
            0
        }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<AtOnce<Self>>::default()
    }
}

impl Whole for Ttml {
    fn read(&mut self, text: &str, out: &mut Draft) {
        let (mut document, mut cut) = Document::of(text, false);
        if document.is_absolute {
            (document, cut) = Document::of(text, true);
        }
        if let Some(line) = cut {
            out.remarks.note(Remark::CutShort, line);
        }
        document.tell(out);
    }
}

impl Document {
    /// Reads a document, and says in which line it breaks off.
    fn of(text: &str, absolute: bool) -> (Self, Option<u32>) {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        let mut document = Self { is_absolute: absolute, ..Self::default() };
        document.rates.absolute = absolute;
        let mut lines = Lines { rest: text, at: 0, line: 1 };
        loop {
            let line = lines.up_to(reader.buffer_position());
            match reader.read_event() {
                Ok(Event::Start(tag)) => document.begin(&Tag::of(&tag), line),
                Ok(Event::End(_)) => document.end(),
                Ok(Event::Empty(tag)) => {
                    document.begin(&Tag::of(&tag), line);
                    document.end();
                }
                Ok(Event::Text(text)) => document.text(&text.into_inner()),
                Ok(Event::CData(text)) => document.text(&text.into_inner()),
                Ok(Event::GeneralRef(name)) => document.text(&decoded(&format!("&{};", name.into_inner()))),
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(_) => return (document, Some(line)),
            }
        }
        let cut = (!document.open.is_empty()).then_some(lines.line);
        (document, cut)
    }
}

/// Counts lines.
struct Lines<'a> {
    rest: &'a str,
    at: u64,
    line: u32,
}

impl Lines<'_> {
    fn up_to(&mut self, position: u64) -> u32 {
        let (before, rest) =
            self.rest.split_at_checked((position - self.at) as usize).unwrap_or((self.rest, ""));
        self.line += before.bytes().filter(|&byte| byte == b'\n').count() as u32;
        (self.rest, self.at) = (rest, position);
        self.line
    }
}

/// A start tag: its name and attributes, without prefixes.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn of(tag: &BytesStart) -> Self {
        let mut found = tag.attributes();
        let attributes = found.with_checks(false).flatten().take(64).map(|attribute| {
            (attribute.key.local_name().as_ref().to_owned(), decoded(&attribute.value).into_owned())
        });
        let attributes = attributes.collect();
        Self { name: tag.local_name().as_ref().to_owned(), attributes }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// What is read of a document.
#[derive(Default)]
struct Document {
    rates: Rates,
    /// Its times all count from the start of the whole: those of lyrics do, and others that the sums would lead astray.
    is_absolute: bool,
    open: Vec<Open>,
    /// How many elements are open that lie too deep.
    deeper: usize,
    title: Option<String>,
    language: Option<String>,
    agents: HashMap<String, String>,
    /// The agent that is described.
    agent: Option<String>,
    paragraph: Option<Cue>,
    cues: Vec<Cue>,
}

/// An element that is open.
#[derive(Default, Clone)]
struct Open {
    name: String,
    timing: Timing,
    agent: Option<String>,
    preserves: bool,
}

impl Document {
    fn begin(&mut self, tag: &Tag, line: u32) {
        let parent = self.open.last().cloned().unwrap_or_default();
        if self.open.len() >= DEEPEST {
            self.deeper += 1;
            return;
        }
        match tag.name.as_str() {
            "tt" => {
                let absolute = self.rates.absolute;
                self.rates = Rates::of(|name| tag.get(name));
                self.rates.absolute = absolute;
                // `itunes:timing` is of lyrics.
                self.is_absolute |= tag.get("timing").is_some();
                self.language = tag.get("lang").filter(|tag| !tag.is_empty()).map(str::to_owned);
            }
            "agent" => self.agent = tag.get("id").map(str::to_owned),
            "br" => self.words("\n"),
            "span" if tag.get("role").is_some_and(|role| role == "x-translation" || role == "x-roman") => {
                self.words("\n");
            }
            _ => {}
        }
        let open = Open {
            name: tag.name.clone(),
            timing: parent.timing.within(|name| tag.get(name), self.rates),
            agent: tag.get("agent").map(str::to_owned).or(parent.agent),
            preserves: tag
                .get("space")
                .map_or(parent.preserves || tag.name == "text", |space| space == "preserve"),
        };
        self.is_absolute |= open.timing.strays;
        if tag.name == "p" || tag.name == "text" && parent.name == "transcript" {
            self.end_paragraph();
            let (start, end) = (open.timing.begin(), open.timing.end);
            self.paragraph = Some(Cue { start, end, voice: open.agent.clone(), line, ..Cue::default() });
        } else if let (Some(paragraph), true) = (&mut self.paragraph, open.timing.is_own) {
            // A paragraph that has no times of its own has those of what is in it.
            if !parent.timing.is_timed && paragraph.start.is_none() {
                paragraph.start = open.timing.begin();
            }
            if !parent.timing.is_timed {
                paragraph.end = paragraph.end.max(open.timing.end);
            }
            paragraph.voice = paragraph.voice.take().or_else(|| open.agent.clone());
        }
        self.open.push(open);
    }

    fn end(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let Some(closed) = self.open.pop() else { return };
        if let (Some(paragraph), "text") = (&mut self.paragraph, closed.name.as_str()) {
            // This shape is escaped twice.
            paragraph.text = decoded(&paragraph.text).into_owned();
        }
        if closed.name == "p" || closed.name == "text" {
            self.end_paragraph();
        }
        if let Some(parent) = self.open.last_mut() {
            parent.timing.passed(&closed.timing);
        }
    }

    fn end_paragraph(&mut self) {
        if let Some(mut paragraph) = self.paragraph.take() {
            let lines = paragraph.text.split('\n').map(str::trim).filter(|line| !line.is_empty());
            paragraph.text = lines.collect::<Vec<_>>().join("\n");
            if !paragraph.text.is_empty() {
                self.cues.push(paragraph);
            }
        }
    }

    fn text(&mut self, text: &str) {
        let Some(open) = self.open.last() else { return };
        match open.name.as_str() {
            "title" if self.paragraph.is_none() => self.title.get_or_insert_default().push_str(text),
            "name" if self.paragraph.is_none() => {
                if let Some(agent) = &self.agent {
                    self.agents.entry(agent.clone()).or_default().push_str(text.trim());
                }
            }
            "title" | "desc" => {}
            _ if open.preserves => self.words(text),
            _ => self.words(&collapsed(text)),
        }
    }

    fn words(&mut self, text: &str) {
        if let Some(paragraph) = &mut self.paragraph {
            let is_double = text.starts_with(' ') && paragraph.text.ends_with([' ', '\n']);
            paragraph.text.push_str(if is_double { text.trim_start_matches(' ') } else { text });
        }
    }

    fn tell(mut self, out: &mut Draft) {
        self.end_paragraph();
        let title = self.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
        out.meta.title = title.map(str::to_owned);
        out.meta.language = self.language;
        // Of one voice that has no name there is nothing to tell.
        let first = self.cues.first().and_then(|cue| cue.voice.clone());
        let is_alone = self.cues.iter().all(|cue| cue.voice == first);
        let mut told = Cues::default();
        for mut cue in self.cues {
            let id = cue.voice.take();
            cue.voice = id.and_then(|id| match self.agents.get(&id).filter(|name| !name.is_empty()) {
                Some(name) => Some(name.clone()),
                None => (!is_alone).then_some(id),
            });
            cue.start = cue.start.and_then(|start| out.offset(start, 1));
            told.take(cue, out);
        }
        told.finish(out);
    }
}

/// Runs of white space as one blank.
fn collapsed(text: &str) -> String {
    let is_white = |ch: char| matches!(ch, ' ' | '\t' | '\n' | '\r');
    let words = text.split(is_white).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let ends = |is: bool| if is { " " } else { "" };
    if words.is_empty() {
        return ends(!text.is_empty()).to_owned();
    }
    format!("{}{words}{}", ends(text.starts_with(is_white)), ends(text.ends_with(is_white)))
}

#[cfg(test)]
mod tests {
    use super::super::told::{read, told};
    use super::*;

    #[test]
    fn paragraphs_are_read_in_the_shapes_that_are_served() {
        for (text, expected) in [
            // With ticks, spaces and styles.
            (
                "<tt xmlns=\"http://www.w3.org/ns/ttml\" ttp:tickRate=\"10000000\"><body><div xml:space=\"preserve\">\
                 <p begin=\"10000000t\" end=\"20000000t\"><span style=\"i\">One</span><br/>two &amp; three</p></div></body></tt>",
                &["1000-2000 |One two & three"][..],
            ),
            // Lyrics: words with times, and voices without names.
            (
                "<tt itunes:timing=\"Word\"><head><metadata><ttm:agent type=\"person\" xml:id=\"v1\"/></metadata></head><body dur=\"1:00.0\">\
                 <div begin=\"1.0\" end=\"9.0\"><p begin=\"1.0\" end=\"3.5\" ttm:agent=\"v1\"><span begin=\"1.0\" end=\"2.0\">The</span> \
                 <span begin=\"2.0\" end=\"3.5\">lamp</span></p><p begin=\"4.0\" end=\"5.0\" ttm:agent=\"v2\">灯</p></div></body></tt>",
                &["1000-3500 v1|The lamp", "4000-5000 v2|灯"],
            ),
            // Times that count from the start of what they lie in, and times that do not.
            (
                "<tt><body begin=\"10s\" end=\"60s\"><div><p begin=\"1s\" end=\"2s\">a</p><p begin=\"48s\" end=\"50s\">b</p></div></body></tt>",
                &["11000-12000 |a", "58000-60000 |b"],
            ),
            (
                "<tt><body begin=\"10s\" end=\"60s\"><p begin=\"12s\" end=\"14s\">a</p><p begin=\"52s\" end=\"54s\">b</p></body></tt>",
                &["12000-14000 |a", "52000-54000 |b"],
            ),
            (
                "<tt><body><div begin=\"19.764\" end=\"59.300\"><p begin=\"19.764\" end=\"21.900\">When</p>\
                 <p begin=\"57\" end=\"59.3\">then</p></div><div><p begin=\"60\" end=\"61\">so</p></div></body></tt>",
                &["19764-21900 |When", "57000-59300 |then", "60000-61000 |so"],
            ),
            (
                "<tt><body><div><p><span begin=\"1s\" end=\"2s\">a</span> <span begin=\"2s\" end=\"3s\">b</span></p></div></body></tt>",
                &["1000-3000 |a b"],
            ),
            (
                "<tt><body><div timeContainer=\"seq\"><p dur=\"2s\" begin=\"0s\">a</p><p dur=\"2s\" begin=\"0s\">b</p></div></body></tt>",
                &["0-2000 |a", "2000-4000 |b"],
            ),
            (
                "<transcript><text start=\"1.5\" dur=\"2\">it&amp;#39;s\nlit</text><text start=\"4\">so</text></transcript>",
                &["1500-3500 |it's lit", "4000- |so"],
            ),
            (
                "<timedtext format=\"3\"><body><p t=\"1500\" d=\"500\"><s>the</s><s t=\"100\"> lamp</s></p></body></timedtext>",
                &["1500-2000 |the lamp"],
            ),
            ("<tt><body><p begin=\"1s\" end=\"2s\">a<p begin=\"3s\"", &["1000-2000 |a"]),
            ("<tt><body><p>no time</p></body></tt>", &["- |no time"]),
        ] {
            assert_eq!(told::<Ttml>(text), expected, "{text}");
            assert!(Ttml::score(&Head::new(text)) >= 90, "{text}");
        }
    }

    #[test]
    fn a_document_that_breaks_off_is_noted() {
        let (transcript, remarks) = read::<Ttml>("<tt>\n<body><p begin=\"1s\">a");
        assert_eq!((transcript.len(), remarks.count(Remark::CutShort)), (1, 1));
    }

    #[test]
    fn depth_and_length_are_no_burden() {
        for (part, times) in [
            ("<p begin='1s'>", 100_000),
            ("<span>", 100_000),
            ("&", 1_000_000),
            ("<", 1_000_000),
            ("</p>", 100_000),
            ("<p a='", 100_000),
        ] {
            let text = format!("<tt><body>{}", part.repeat(times));
            read::<Ttml>(&text);
        }
    }
}
