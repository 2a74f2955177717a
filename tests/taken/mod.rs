//! Records that are written, and other programs' readers of what was written.
#![allow(dead_code, reason = "each test file uses its part")]

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use quick_xml::events::Event as Xml;
use shilu::format::Record;
use shilu::lang::Lang;
use shilu::marks::Marks;
use shilu::structure::Structure;
use shilu::text::safe::Shown;
use shilu::text::slice;
use shilu::transcript::{Draft, Post, PostId, Transcript};
use std::collections::BTreeMap;

/// A record of (byline, body), a minute each on the clock of a recording.
pub fn record(posts: &[(String, String)]) -> Transcript {
    let mut draft = Draft::default();
    for (minute, (label, body)) in posts.iter().enumerate() {
        let start = draft.offset(minute as i64 * 60_000, 60_000);
        draft.say(label, body, Post { start, ..Post::default() });
    }
    Transcript::from(draft.take())
}

pub fn clean(text: &str) -> String {
    Shown::of(text).as_str().trim().to_owned()
}

/// The paragraphs of a post as they show.
pub fn shown(transcript: &Transcript, id: PostId) -> Vec<String> {
    let body = transcript.body(id);
    let all = transcript.paragraphs(&body).map(|range| clean(slice(&body, range)));
    all.filter(|paragraph| !paragraph.is_empty()).collect()
}

/// Every post of a record.
pub fn all(transcript: &Transcript) -> Vec<PostId> {
    transcript.ids().collect()
}

/// What is made of posts of a record, with what is kept of them.
pub fn made<T>(
    transcript: &Transcript,
    (posts, marks): (&[PostId], &Marks),
    lang: Lang,
    make: impl FnOnce(Record) -> T,
) -> T {
    let structure = Structure::of(transcript);
    make(Record { transcript, structure: &structure, posts, marks, name: "x", lang })
}

/// What a writer makes of a whole record.
pub fn written(transcript: &Transcript, write: impl FnOnce(Record, &mut Vec<u8>)) -> String {
    let mut out = Vec::new();
    made(transcript, (&all(transcript), &Marks::default()), Lang::En, |record| write(record, &mut out));
    String::from_utf8(out).expect("UTF-8")
}

/// Whether a text holds what a terminal or an editor would obey.
pub fn acts(text: &str) -> bool {
    let is_bidi = |ch| matches!(ch, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.contains(|ch: char| ch.is_control() && ch != '\n' || is_bidi(ch))
}

/// A block of Markdown: in a quotation or not, the level of a heading or 0, the text.
pub type Block = (bool, usize, String);

/// The blocks that a reader of Markdown finds, with the extensions of GitHub or without. Anything but headings, paragraphs and
/// quotations is told as a block that no test expects.
pub fn blocks(markdown: &str, extended: bool) -> Vec<Block> {
    let options = if extended {
        Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_MATH
    } else {
        Options::empty()
    };
    let (mut found, mut quoted) = (Vec::new(), false);
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::BlockQuote(_)) => quoted = true,
            Event::End(TagEnd::BlockQuote(_)) => quoted = false,
            Event::Start(Tag::Paragraph) => found.push((quoted, 0, String::new())),
            Event::Start(Tag::Heading { level, .. }) => found.push((quoted, depth(level), String::new())),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => {}
            Event::Text(text) => found.last_mut().expect("text is in a block").2.push_str(&text),
            Event::HardBreak => found.last_mut().expect("a break is in a block").2.push('\n'),
            other => found.push((quoted, usize::MAX, format!("{other:?}"))),
        }
    }
    found
}

fn depth(level: HeadingLevel) -> usize {
    level as usize
}

/// The paragraphs of each post of a page, by its anchor, and the words of its asides. The page is read as XML.
pub fn articles(page: &str) -> BTreeMap<usize, (Vec<String>, String)> {
    let mut reader = quick_xml::Reader::from_str(page);
    let mut found: BTreeMap<usize, (Vec<String>, String)> = BTreeMap::new();
    let (mut article, mut paragraph, mut aside) = (None, None::<String>, None::<String>);
    loop {
        match reader.read_event().expect("the page is well-formed") {
            Xml::Start(start) => {
                let id = start.try_get_attribute("id").expect("attributes");
                let id = id.map(|id| id.value.parse().expect("a number"));
                match start.name().as_ref() {
                    "article" => {
                        article = id;
                        found.insert(id.expect("an anchor"), Default::default());
                    }
                    "p" if article.is_some() => paragraph = Some(String::new()),
                    "aside" => aside = Some(String::new()),
                    "script" | "img" | "iframe" | "form" | "object" | "link" => panic!("{start:?}"),
                    _ => {}
                }
            }
            Xml::End(end) => match (end.name().as_ref(), article) {
                ("article", _) => article = None,
                ("p", Some(id)) => {
                    let text = paragraph.take().expect("a paragraph");
                    found.get_mut(&id).expect("an article").0.push(text);
                }
                ("aside", Some(id)) => {
                    found.get_mut(&id).expect("an article").1 = aside.take().expect("an aside");
                }
                _ => {}
            },
            Xml::Text(text) => add(&mut paragraph, &mut aside, &text),
            Xml::GeneralRef(entity) => {
                let name = entity.to_string();
                let text = match name.as_str() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "#39" => "'",
                    other => panic!("&{other};"),
                };
                add(&mut paragraph, &mut aside, text);
            }
            Xml::Eof => return found,
            _ => {}
        }
    }
}

fn add(paragraph: &mut Option<String>, aside: &mut Option<String>, text: &str) {
    if let Some(into) = paragraph.as_mut().or(aside.as_mut()) {
        into.push_str(text);
    }
}
