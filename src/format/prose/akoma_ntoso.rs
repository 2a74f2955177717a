//! Akoma Ntoso 1.0 to 3.0 (OASIS `LegalDocML`): the document type `debate`.
//!
//! `<speech by="#x"><from>Name</from><p>`, and the same for questions and answers; headings of sections, scenes, narratives and summaries are
//! notes; `recordedTime` and `startTime` tell when.

use super::blocks::{id_of, moment, note, words};
use super::mark::{Clock, day};
use super::tree::{Element, Node, tree};
use crate::format::head::Head;
use crate::format::parser::{Parser, Wire};
use crate::format::whole::{AtOnce, Whole};
use crate::transcript::{Declared, Draft, Kind, Post};
use std::collections::BTreeMap;

/// The format.
#[derive(Debug, Default)]
pub struct AkomaNtoso;

impl Wire for AkomaNtoso {
    fn score(head: &Head) -> u8 {
        if head.is_xml_of("akomaNtoso") || head.is_xml_of("akomantoso") { 92 } else { 0 }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<AtOnce<Self>>::default()
    }
}

impl Whole for AkomaNtoso {
    fn read(&mut self, text: &str, out: &mut Draft) {
        let (root, fault) = tree(text);
        if let Some((fault, line)) = fault {
            out.remarks.note(fault, line);
        }
        let mut reading = Reading { people: people(&root), printed: printed(&root), ..Reading::default() };
        reading.about(&root, out);
        let mut bodies = Vec::new();
        for name in ["debateBody", "mainBody", "body"] {
            root.all(name, &mut bodies);
        }
        for body in bodies {
            reading.walk(body, out);
        }
        if reading.offsets.len() == 1 && reading.all_have_offset {
            out.meta.offset = reading.offsets.pop();
        }
    }
}

/// What references to people are shown as.
fn people(root: &Element) -> BTreeMap<String, String> {
    let mut found = Vec::new();
    for name in ["TLCPerson", "TLCRole", "TLCOrganization"] {
        root.all(name, &mut found);
    }
    let shown = |found: &&Element| {
        let id = found.get("eId").or_else(|| found.get("id")).or_else(|| found.get("href"))?;
        Some((id.to_owned(), found.get("showAs")?.to_owned()))
    };
    found.iter().filter_map(shown).collect()
}

/// What references to people are first printed as.
fn printed(root: &Element) -> BTreeMap<String, String> {
    let mut turns = Vec::new();
    for name in ["speech", "question", "answer"] {
        root.all(name, &mut turns);
    }
    let mut found = BTreeMap::new();
    for turn in turns {
        let label = from_of(turn);
        if let Some(by) = turn.get("by").filter(|_| !label.is_empty()) {
            found.entry(id_of(by).to_owned()).or_insert(label);
        }
    }
    found
}

/// The name that is printed before a turn.
fn from_of(turn: &Element) -> String {
    let from = turn.children().find(|child| child.name == "from").map(Element::text).unwrap_or_default();
    from.trim_end_matches([':', '：', ' ', '.', '—', '-']).to_owned()
}

/// Whether two ways to call somebody have a name in common: Deputy Mary Lou, Mary Lou Reed.
fn is_alike(one: &str, other: &str) -> bool {
    let is_name = |word: &&str| word.chars().nth(1).is_some() && *word != "The" && *word != "of";
    one.split([' ', ',']).filter(is_name).any(|word| other.split([' ', ',']).any(|found| found == word))
}

/// Whether somebody speaks in an element.
fn has_turns(element: &Element) -> bool {
    element
        .children()
        .any(|child| matches!(child.name.as_str(), "speech" | "question" | "answer") || has_turns(child))
}

struct Reading {
    people: BTreeMap<String, String>,
    printed: BTreeMap<String, String>,
    clock: Clock,
    waiting: Option<i64>,
    offsets: Vec<String>,
    all_have_offset: bool,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            people: BTreeMap::new(),
            printed: BTreeMap::new(),
            clock: Clock::default(),
            waiting: None,
            offsets: Vec::new(),
            all_have_offset: true,
        }
    }
}

impl Reading {
    /// Title, language and day.
    fn about(&mut self, root: &Element, out: &mut Draft) {
        let preface = root.find("preface").or_else(|| root.find("coverPage"));
        let title = root.find("docTitle").map(Element::text).filter(|title| !title.is_empty());
        let alias = || root.find("FRBRalias").and_then(|alias| alias.get("value")).map(str::to_owned);
        let first = || preface.and_then(|preface| preface.find("p").or(Some(preface))).map(Element::text);
        let title = title
            .or_else(alias)
            .or_else(first)
            .filter(|title| !title.is_empty() && title.chars().count() <= 200);
        // What else stands there is no part of the debate, and no reader would miss it but for this.
        let rest = preface.map(|preface| (words(&preface.nodes), preface.line));
        if let Some((text, line)) = rest.filter(|(text, _)| Some(text) != title.as_ref()) {
            note(&text, line, out);
        }
        out.meta.title = title;
        out.meta.language =
            root.find("FRBRlanguage").and_then(|found| found.get("language")).map(str::to_owned);
        let printed = root.find("docDate").and_then(|date| date.get("date")).and_then(day);
        self.clock.day = printed.or_else(|| root.find("FRBRdate").and_then(|date| day(date.get("date")?)));
    }

    fn walk(&mut self, element: &Element, out: &mut Draft) {
        for child in element.children() {
            match child.name.as_str() {
                "speech" | "question" | "answer" | "speechGroup"
                    if child.get("by").is_some() || child.find("from").is_some() =>
                {
                    self.turn(child, out);
                }
                "meta" => {}
                "heading" | "subheading" | "num" | "scene" | "narrative" | "summary" | "other" | "p"
                | "from" | "comment" | "remark" | "ul" | "ol" | "table" | "blockList" | "adjournment" => {
                    self.waiting = self.recorded(child, out).or(self.waiting);
                    if has_turns(child) {
                        self.walk(child, out);
                    } else {
                        note(&words(&child.nodes), child.line, out);
                    }
                }
                "recordedTime" => self.waiting = self.time(child, out).or(self.waiting),
                _ => self.walk(child, out),
            }
        }
    }

    fn turn(&mut self, turn: &Element, out: &mut Draft) {
        let printed = from_of(turn);
        let by = turn.get("by").map(id_of).unwrap_or_default();
        let shown = self.people.get(by).cloned();
        let elsewhere =
            self.printed.get(by).filter(|label| shown.as_ref().is_none_or(|shown| is_alike(label, shown)));
        let unprinted = || elsewhere.or(shown.as_ref()).map_or(by, String::as_str).to_owned();
        let label = if printed.is_empty() { unprinted() } else { printed };
        let kind = match turn.name.as_str() {
            "question" => Kind::Question,
            "answer" => Kind::Answer,
            _ => Kind::default(),
        };
        let waiting = self.waiting.take();
        let start = self.attribute(turn, "startTime", out).or_else(|| self.recorded(turn, out)).or(waiting);
        let end = self.attribute(turn, "endTime", out).and_then(|end| Some(end.max(start?)));
        let mut next = Some(Post { start, end, kind, line: Some(turn.line), ..Post::default() });
        let is_name = |node: &&Node| matches!(node, Node::Element(child) if child.name == "from");
        let is_scene = |node: &Node| matches!(node, Node::Element(child) if matches!(child.name.as_str(), "scene" | "narrative"));
        let nodes: Vec<&Node> = turn.nodes.iter().filter(|node| !is_name(node)).collect();
        for run in nodes.chunk_by(|a, b| !is_scene(a) && !is_scene(b)) {
            let text = words(run.iter().copied());
            if run.first().is_some_and(|first| is_scene(first)) {
                note(&text, turn.line, out);
            } else if !text.is_empty() {
                let post = next.take().unwrap_or(Post { kind, line: Some(turn.line), ..Post::default() });
                out.say(&label, &text, post);
            }
        }
        if let Some(name) = shown.filter(|name| *name != label && next.is_none() && !label.is_empty()) {
            let id = out.intern(&label);
            out.speaker_mut(id).declare(Declared { name: Some(name), ..Declared::default() });
        }
    }

    fn recorded(&mut self, element: &Element, out: &mut Draft) -> Option<i64> {
        element.find("recordedTime").and_then(|time| self.time(time, out))
    }

    fn time(&mut self, time: &Element, out: &mut Draft) -> Option<i64> {
        self.attribute(time, "time", out).or_else(|| {
            let (mark, _) = moment(&time.text())?;
            self.clock.time(mark, out)
        })
    }

    fn attribute(&mut self, element: &Element, name: &str, out: &mut Draft) -> Option<i64> {
        let (mark, offset) = element.get(name).and_then(moment)?;
        self.all_have_offset &= offset.is_some();
        if let Some(offset) = offset.filter(|offset| !self.offsets.contains(offset)) {
            self.offsets.push(offset);
        }
        self.clock.time(mark, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::Transcript;

    #[test]
    fn who_is_printed_once_is_the_same_where_only_the_reference_stands() {
        for people in ["", "<TLCPerson eId='M' showAs='Mary Lou Reed'/>"] {
            let text = format!(
                "<akomaNtoso><debate>{people}<debateBody><question by='#M'><p>Why?</p></question>\
                 <speech by='#M'><from>Deputy Mary Lou</from><p>So.</p></speech></debateBody></debate></akomaNtoso>"
            );
            let mut draft = Draft::default();
            AkomaNtoso.read(&text, &mut draft);
            let transcript = Transcript::from(draft.take());
            let labels: Vec<_> = transcript.speakers().iter().map(|speaker| speaker.label.as_str()).collect();
            assert_eq!((labels, transcript.len()), (vec!["Deputy Mary Lou"], 2));
        }
    }

    #[test]
    fn a_debate_is_read_with_its_sections_questions_and_times() {
        let text = "<akomaNtoso xmlns='x'><debate name='hansard'><meta><identification><FRBRWork><FRBRdate date='2014-03-05' name='d'/></FRBRWork></identification>\
            <references><TLCPerson eId='lee' href='/p/lee' showAs='Ann Lee'/></references></meta><preface><p>Sitting of Rivers</p></preface>\
            <debateBody><debateSection name='q'><heading>Hay</heading><speech by='#lee' startTime='2014-03-05T10:00:00+02:00'><from>The Chair:</from><p>One.</p><scene>(Applause)</scene><p>Two.</p></speech>\
            <question by='#bo'><from>Mr. Bo</from><p>Why?</p></question><narrative>They wait.</narrative><answer by='#lee'><p>Because.</p></answer>\
            </debateSection></debateBody></debate></akomaNtoso>";
        let mut draft = Draft::default();
        AkomaNtoso.read(text, &mut draft);
        let transcript = Transcript::from(draft.take());
        let one = |id| {
            let post = transcript.post(id);
            let label = &transcript.speakers()[post.speaker.index()].label;
            format!("{:?} {}|{label}|{}", post.start, post.kind.name(), transcript.body(id))
        };
        assert_eq!(
            transcript.ids().map(one).collect::<Vec<_>>(),
            [
                "None note||Hay",
                "Some(0) speech|The Chair|One.",
                "None note||(Applause)",
                "None speech|The Chair|Two.",
                "None question|Mr. Bo|Why?",
                "None note||They wait.",
                "None answer|Ann Lee|Because.",
            ]
        );
        let meta = &transcript.meta;
        assert_eq!(
            (meta.title.as_deref(), meta.offset.as_deref()),
            (Some("Sitting of Rivers"), Some("+02:00"))
        );
        assert_eq!(meta.origin.map(|origin| origin.to_string()).as_deref(), Some("2014-03-05 10:00:00"));
    }
}
