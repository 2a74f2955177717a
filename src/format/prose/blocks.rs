//! The words of an element of a debate or a play in XML, paragraph by paragraph, and the moments in its attributes.

use super::mark::{self, Mark};
use super::tree::{Element, Node, fold};
use crate::text::count::is_han;
use crate::transcript::{Draft, Kind, Post};
use chrono::{DateTime, NaiveDateTime};

/// Elements whose words are a paragraph.
const BLOCKS: [&str; 21] = [
    "p",
    "l",
    "seg",
    "ab",
    "lg",
    "item",
    "li",
    "head",
    "heading",
    "subheading",
    "row",
    "tr",
    "label",
    "block",
    "content",
    "quote",
    "list",
    "table",
    "div",
    "lb",
    "br",
];

/// Remarks within words.
const ASIDES: [&str; 8] =
    ["note", "kinesic", "vocal", "incident", "stage", "remark", "writing", "authorialNote"];

/// Whether an element is a remark.
pub fn is_aside(element: &Element) -> bool {
    ASIDES.contains(&element.name.as_str())
}

/// The words of some nodes: a line for a paragraph.
pub fn words<'a>(nodes: impl IntoIterator<Item = &'a Node>) -> String {
    let mut text = String::new();
    for node in nodes {
        add(node, &mut text);
    }
    let lines: Vec<_> = text.split('\u{2029}').map(fold).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

fn add(node: &Node, text: &mut String) {
    let element = match node {
        Node::Text(more) => return text.push_str(more),
        Node::Element(element) => element,
    };
    let name = element.name.as_str();
    if is_aside(element) {
        let aside = remark(element);
        if !aside.is_empty() {
            text.extend([" ", &aside, " "]);
        }
        return;
    }
    let is_block = BLOCKS.contains(&name);
    if is_block {
        text.push('\u{2029}');
    }
    if name == "choice" {
        return add(chosen(element), text);
    }
    let is_token = matches!(name, "w" | "pc");
    if is_token && element.text().is_empty() {
        return;
    }
    if is_token && element.get("join").is_none_or(|join| join == "right") && parts_words(text, element) {
        text.push(' ');
    }
    element.nodes.iter().for_each(|node| add(node, text));
    if is_token && matches!(element.get("join"), Some("right" | "both")) {
        text.push('\u{2060}');
    }
    if is_block {
        text.push('\u{2029}');
    }
}

/// Of what was written and what it should have been, the latter.
fn chosen(choice: &Element) -> &Node {
    let is_right = |node: &&Node| matches!(node, Node::Element(child) if matches!(child.name.as_str(), "corr" | "reg" | "expan"));
    let is_any = |node: &&Node| matches!(node, Node::Element(_));
    let nodes = || choice.nodes.iter();
    nodes().find(is_right).or_else(|| nodes().find(is_any)).unwrap_or(&NOTHING)
}

static NOTHING: Node = Node::Text(String::new());

/// Whether a blank stands between a text and the word behind it.
fn parts_words(text: &mut String, word: &Element) -> bool {
    if text.ends_with('\u{2060}') {
        text.pop();
        return false;
    }
    let is_wide = |ch: Option<char>| ch.is_none_or(is_han);
    let last = text.chars().next_back();
    !is_wide(last) || !is_wide(word.text().chars().next())
}

/// A remark in brackets: what it says, or else of what sort it is.
pub fn remark(element: &Element) -> String {
    let said = element.text();
    let said = if said.is_empty() { element.get("type").unwrap_or_default().to_owned() } else { said };
    if said.is_empty() || said.starts_with(['(', '[', '（', '〔', '/']) {
        said
    } else {
        format!("({said})")
    }
}

/// Adds a remark of the editor, if it says something.
pub fn note(text: &str, line: u32, out: &mut Draft) {
    if !text.trim().is_empty() {
        out.say("", text, Post { kind: Kind::Note, line: Some(line), ..Post::default() });
    }
}

/// A time in an attribute, as the clock on the wall of the place shows it; with its offset from UTC.
pub fn moment(text: &str) -> Option<(Mark, Option<String>)> {
    let text = text.trim();
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        let mark = at(moment.naive_local());
        return Some((mark, Some(moment.offset().to_string())));
    }
    let parsed = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"];
    let parsed = parsed.into_iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    parsed.map(at).or_else(|| mark::whole(text)).map(|mark| (mark, None))
}

fn at(moment: NaiveDateTime) -> Mark {
    use chrono::Timelike;
    let resolution_ms = if moment.nanosecond() > 0 { 1 } else { 1000 };
    Mark::Moment(crate::format::stamp::Stamp { moment, resolution_ms })
}

/// The id that a reference names: `#X`, `file.xml#X`.
pub fn id_of(reference: &str) -> &str {
    reference.rsplit('#').next().unwrap_or(reference)
}

#[cfg(test)]
mod tests {
    use super::super::tree::tree;
    use super::*;

    #[test]
    fn words_are_paragraphs_with_their_remarks() {
        for (xml, expected) in [
            (
                "<a><p>One\n two.</p><p>Three <note>aside</note> four.</p></a>",
                "One two.\nThree (aside) four.",
            ),
            ("<a><s><w>One</w><w join='right'>two</w><pc>.</pc></s></a>", "One two."),
            ("<a><w>甲</w><w>乙</w></a>", "甲乙"),
            ("<a><w>I</w><w join='right'>can't<w norm='can'/><w norm='not'/></w><pc>.</pc></a>", "I can't."),
            (
                "<a>che <choice><sic>amro</sic><corr>amor</corr></choice> e <choice><abbr>q</abbr></choice></a>",
                "che amor e q",
            ),
            ("<a>x<kinesic type='applause'/>y</a>", "x (applause) y"),
        ] {
            assert_eq!(words(&tree(xml).0.nodes), expected, "{xml}");
        }
    }

    #[test]
    fn moments_are_told_with_their_offset() {
        let told = |text| moment(text).map(|(mark, offset)| (matches!(mark, Mark::Moment(_)), offset));
        assert_eq!(told("2014-03-05T10:00:00+01:00"), Some((true, Some("+01:00".to_owned()))));
        assert_eq!(told("2014-03-05T10:00:00"), Some((true, None)));
        assert_eq!(told("10:00:00"), Some((false, None)));
        assert_eq!(told("noon"), None);
    }
}
