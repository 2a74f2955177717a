//! XML as a tree of elements, for formats in which words, names and times stand far apart.
//!
//! Names are without their prefixes. Entities of XML and numeric ones are decoded, others are kept as they are written; nothing of a
//! document type is expanded. What is broken ends the reading there: what came before it is kept.

use crate::transcript::Remark;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// Elements further down are taken as a part of the one there.
const DEEPEST: usize = 200;

/// An element, or text.
#[derive(Debug, PartialEq, Eq)]
pub enum Node {
    Element(Element),
    Text(String),
}

/// An element with all that is in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name, without a prefix.
    pub name: String,
    attributes: Vec<(String, String)>,
    /// What is in it.
    pub nodes: Vec<Node>,
    /// The line where it begins, from 1.
    pub line: u32,
}

impl Element {
    /// An attribute, whatever its prefix.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// The elements in it.
    pub fn children(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of that name, however deep.
    pub fn find(&self, name: &str) -> Option<&Element> {
        self.children().find_map(|child| if child.name == name { Some(child) } else { child.find(name) })
    }

    /// Every element of that name, however deep.
    pub fn all<'a>(&'a self, name: &str, found: &mut Vec<&'a Element>) {
        for child in self.children() {
            if child.name == name {
                found.push(child);
            }
            child.all(name, found);
        }
    }

    /// All its text, blanks folded.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        fold(&text)
    }

    fn add_text(&self, text: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(more) => text.push_str(more),
                Node::Element(child) => child.add_text(text),
            }
        }
    }
}

/// A text with single blanks.
pub fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The tree of a text, and what was not as it should be, with its line.
pub fn tree(text: &str) -> (Element, Option<(Remark, u32)>) {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut growing = Growing { open: vec![Element::default()], ..Growing::default() };
    loop {
        let at = reader.buffer_position() as usize;
        growing.count(text, at);
        match reader.read_event() {
            Ok(Event::Start(start)) => growing.open(&start),
            Ok(Event::Empty(start)) => {
                growing.open(&start);
                growing.close();
            }
            Ok(Event::End(_)) => growing.close(),
            Ok(Event::Text(text)) => growing.text(&text),
            Ok(Event::CData(text)) => growing.text(&text),
            Ok(Event::GeneralRef(entity)) => growing.text(&decoded(&entity)),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(_) => {
                growing.fault = Some((Remark::CutShort, growing.line));
                break;
            }
        }
    }
    let fault =
        growing.fault.or_else(|| (growing.open.len() > 1).then_some((Remark::CutShort, growing.line)));
    while growing.open.len() > 1 {
        growing.close();
    }
    (growing.open.pop().unwrap_or_default(), fault)
}

#[derive(Default)]
struct Growing {
    open: Vec<Element>,
    /// Elements that are too far down to be told.
    sunken: usize,
    line: u32,
    counted: usize,
    fault: Option<(Remark, u32)>,
}

impl Growing {
    /// Counts the lines up to a place in the text.
    fn count(&mut self, text: &str, at: usize) {
        let between = text.as_bytes().get(self.counted..at).unwrap_or_default();
        self.line = self.line.max(1) + memchr::memchr_iter(b'\n', between).count() as u32;
        self.counted = at.max(self.counted);
    }

    fn open(&mut self, start: &BytesStart) {
        if self.open.len() >= DEEPEST {
            self.sunken += 1;
            self.fault.get_or_insert((Remark::Skipped, self.line));
            return;
        }
        let mut read = start.attributes();
        let attributes = read.with_checks(false).filter_map(Result::ok).map(|attribute| {
            let key = attribute.key.local_name().into_inner().to_owned();
            (key, unescaped(&attribute.value).into_owned())
        });
        let attributes = attributes.collect();
        let name = start.local_name().into_inner().to_owned();
        self.open.push(Element { name, attributes, nodes: Vec::new(), line: self.line });
    }

    fn close(&mut self) {
        if self.sunken > 0 {
            self.sunken -= 1;
        } else if self.open.len() > 1
            && let Some(closed) = self.open.pop()
            && let Some(parent) = self.open.last_mut()
        {
            parent.nodes.push(Node::Element(closed));
        }
    }

    fn text(&mut self, text: &str) {
        let Some(parent) = self.open.last_mut() else { return };
        match parent.nodes.last_mut() {
            Some(Node::Text(last)) => last.push_str(text),
            _ => parent.nodes.push(Node::Text(text.to_owned())),
        }
    }
}

/// What an entity stands for.
fn decoded(entity: &str) -> String {
    let number = entity.strip_prefix('#').and_then(|number| {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        };
        code.and_then(char::from_u32)
    });
    let known = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", '\u{a0}')];
    let known = known.into_iter().find(|(name, _)| *name == entity).map(|(_, ch)| ch);
    number.or(known).map_or_else(|| format!("&{entity};"), String::from)
}

/// A value with its entities decoded.
fn unescaped(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let (mut text, mut rest) = (String::new(), value);
    while let Some((before, behind)) = rest.split_once('&') {
        text.push_str(before);
        if let Some((entity, after)) = behind.split_once(';').filter(|(entity, _)| entity.len() < 12) {
            text.push_str(&decoded(entity));
            rest = after;
        } else {
            text.push('&');
            rest = behind;
        }
    }
    Cow::Owned(text + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_attributes_and_entities_are_read() {
        let text = "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY x \"y\">]>\n<t:a k:id='1 &amp; 2'>\n<b>x &lt; &#x7532; &x;</b><c/><![CDATA[<z>]]></t:a>";
        let (root, fault) = tree(text);
        let a = root.find("a").unwrap();
        assert_eq!((a.get("id"), a.line, a.text().as_str()), (Some("1 & 2"), 3, "x < 甲 &x;<z>"));
        assert_eq!(
            a.children().map(|child| (child.name.as_str(), child.line)).collect::<Vec<_>>(),
            [("b", 4), ("c", 4)]
        );
        assert_eq!(fault, None);
    }

    #[test]
    fn what_is_cut_or_deep_is_kept_as_far_as_it_goes() {
        let (root, fault) = tree("<a><b>x</b>\n<c>y");
        assert_eq!((root.text().as_str(), fault), ("x y", Some((Remark::CutShort, 2))));
        let (root, _) = tree(&"<a>x".repeat(100_000));
        assert_eq!(root.text().matches('x').count(), 100_000);
        assert_eq!(tree("").0, Element::default());
    }
}
