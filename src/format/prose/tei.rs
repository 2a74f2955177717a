//! TEI P5: debates as `ParlaMint` has them, plays, transcripts of speech (chapters 7, 8 and 16 of the Guidelines; ISO 24624).
//!
//! `<u who="#X" start="#T1">` or `<sp who="#X"><speaker>` are turns; the header names who is who, a timeline tells when. What stands
//! before and between them (headings, notes, stage directions) are notes.

use super::blocks::{id_of, is_aside, moment, note, remark, words};
use super::mark::{Clock, Mark, day};
use super::tree::{Element, Node, fold, tree};
use crate::format::head::Head;
use crate::format::parser::{Parser, Wire};
use crate::format::whole::{AtOnce, Whole};
use crate::text::count::is_han;
use crate::transcript::{Declared, Draft, Post, Role};
use std::collections::BTreeMap;

/// The format.
#[derive(Debug, Default)]
pub struct Tei;

impl Wire for Tei {
    fn score(head: &Head) -> u8 {
        let is_tei = ["TEI", "teiCorpus", "TEI.2"].into_iter().any(|name| head.is_xml_of(name));
        if is_tei { 92 } else { 0 }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<AtOnce<Self>>::default()
    }
}

impl Whole for Tei {
    fn read(&mut self, text: &str, out: &mut Draft) {
        let (root, fault) = tree(text);
        if let Some((fault, line)) = fault {
            out.remarks.note(fault, line);
        }
        let mut documents = Vec::new();
        for name in ["TEI", "TEI.2"] {
            root.all(name, &mut documents);
        }
        let mut reading = Reading { names: names(&root), times: times(&root), ..Reading::default() };
        for document in documents {
            about(document, &mut reading.clock, out);
            let Some(text) = document.children().find(|child| child.name == "text") else { continue };
            reading.walk(text.find("body").unwrap_or(text), out);
        }
    }
}

/// Title, language and day of a document.
fn about(document: &Element, clock: &mut Clock, out: &mut Draft) {
    let header = document.children().find(|child| child.name == "teiHeader");
    let mut titles = Vec::new();
    if let Some(found) = header.and_then(|header| header.find("titleStmt")) {
        found.all("title", &mut titles);
    }
    let main = titles.iter().find(|title| title.get("type") == Some("main")).or(titles.first());
    out.meta.title =
        out.meta.title.take().or_else(|| main.map(|title| title.text()).filter(|title| !title.is_empty()));
    out.meta.language = out.meta.language.take().or_else(|| document.get("lang").map(str::to_owned));
    let setting = header.and_then(|header| header.find("setting").or_else(|| header.find("sourceDesc")));
    let date = setting.and_then(|setting| setting.find("date"));
    clock.day = date.and_then(|date| day(date.get("when").unwrap_or(&date.text()))).or(clock.day);
}

/// Names by id: people of the header, roles of a play.
fn names(root: &Element) -> BTreeMap<String, String> {
    let mut found = Vec::new();
    for name in ["person", "personGrp", "role", "org"] {
        root.all(name, &mut found);
    }
    let named = |element: &&Element| Some((element.get("id")?.to_owned(), name_of(element)?));
    found.iter().filter_map(named).collect()
}

fn name_of(person: &Element) -> Option<String> {
    let name =
        ["persName", "name", "orgName"].into_iter().find_map(|name| person.find(name)).unwrap_or(person);
    let part = |part: &str| {
        let mut parts = Vec::new();
        name.all(part, &mut parts);
        fold(&parts.into_iter().map(Element::text).collect::<Vec<_>>().join(" "))
    };
    let (given, family) = (part("forename"), part("surname"));
    let full = match (given.is_empty(), family.contains(is_han)) {
        (true, _) if family.is_empty() => name.text(),
        (_, true) => format!("{family}{given}"),
        _ => fold(&format!("{given} {} {family}", part("nameLink"))),
    };
    Some(full).filter(|full| !full.is_empty() && full.len() < 200)
}

/// A point of a timeline.
#[derive(Debug, Clone, Copy)]
enum Point {
    Mark(Mark),
    /// Behind the start, in milliseconds.
    Behind(i64),
}

/// The points of all timelines by id. One may be told as so long behind another that stands before it.
fn times(root: &Element) -> BTreeMap<String, Point> {
    let mut timelines = Vec::new();
    root.all("timeline", &mut timelines);
    let mut points: BTreeMap<String, Point> = BTreeMap::new();
    for timeline in timelines {
        let unit = timeline.get("unit").unwrap_or("s");
        let mut last = 0;
        for when in timeline.children().filter(|child| child.name == "when") {
            let Some(id) = when.get("id") else { continue };
            let since = when.get("since").and_then(|since| points.get(id_of(since)));
            let from = match since {
                Some(Point::Behind(ms)) => *ms,
                Some(Point::Mark(_)) => 0,
                None if when.get("since").is_some() => 0,
                None => last,
            };
            let absolute = when.get("absolute").and_then(moment).map(|(mark, _)| Point::Mark(mark));
            let interval =
                when.get("interval").and_then(|interval| millis(interval, when.get("unit").unwrap_or(unit)));
            let point = interval.map(|ms| Point::Behind(from.saturating_add(ms))).or(absolute);
            let point = point.unwrap_or(Point::Behind(from));
            if let Point::Behind(ms) = point {
                last = ms;
            }
            points.insert(id.to_owned(), point);
        }
    }
    points
}

fn millis(number: &str, unit: &str) -> Option<i64> {
    let number: f64 = number.trim_end_matches(char::is_alphabetic).parse().ok()?;
    let factor = match unit {
        "ms" => 1.0,
        "min" => 60_000.0,
        "h" => 3_600_000.0,
        _ => 1000.0,
    };
    Some((number * factor).round() as i64).filter(|ms| ms.abs() < 1 << 40)
}

#[derive(Default)]
struct Reading {
    names: BTreeMap<String, String>,
    times: BTreeMap<String, Point>,
    clock: Clock,
    /// A byline as it is printed before a turn, and its line.
    byline: Option<(String, u32)>,
    /// A time that stands before a turn.
    waiting: Option<Mark>,
}

impl Reading {
    fn walk(&mut self, element: &Element, out: &mut Draft) {
        for node in &element.nodes {
            match node {
                Node::Text(text) => note(&fold(text), element.line, out),
                Node::Element(child) => self.element(child, out),
            }
        }
    }

    fn element(&mut self, element: &Element, out: &mut Draft) {
        self.waiting = time_in(element).or(self.waiting);
        match element.name.as_str() {
            "note" if element.get("type") == Some("speaker") => {
                self.flush_byline(out);
                self.byline = Some((element.text(), element.line));
            }
            "u" | "sp" | "annotationBlock" => self.turn(element, out),
            "timeline" | "pb" | "teiHeader" | "listPerson" | "castList" | "spanGrp" => {}
            "head" | "p" | "l" | "ab" | "seg" | "lg" | "speaker" | "opener" | "closer" | "list" | "table"
            | "trailer" => {
                self.note(&words(&element.nodes), element.line, out);
            }
            _ if is_aside(element) => self.note(&remark(element), element.line, out),
            _ => self.walk(element, out),
        }
    }

    fn note(&mut self, text: &str, line: u32, out: &mut Draft) {
        self.flush_byline(out);
        note(text, line, out);
    }

    /// A byline that no turn followed is a note.
    fn flush_byline(&mut self, out: &mut Draft) {
        if let Some((text, line)) = self.byline.take() {
            note(&text, line, out);
        }
    }

    fn turn(&mut self, turn: &Element, out: &mut Draft) {
        let inner = if turn.name == "annotationBlock" { turn.find("u").unwrap_or(turn) } else { turn };
        let attribute = |name: &str| turn.get(name).or_else(|| inner.get(name));
        let names: Vec<&str> = attribute("who").unwrap_or_default().split_whitespace().map(id_of).collect();
        let known: Vec<&str> =
            names.iter().map(|id| self.names.get(*id).map_or(*id, String::as_str)).collect();
        let known = known.join(", ");
        let is_known = names.iter().all(|id| self.names.contains_key(*id));
        let printed = turn.children().chain(inner.children()).find(|child| is_name(child)).map(Element::text);
        let printed = printed.or_else(|| self.byline.take().map(|(text, _)| text));
        let printed = printed
            .map(|text| text.trim_end_matches([':', '：', '.', ' ', '—', '–']).to_owned())
            .filter(|text| !text.is_empty());
        let label = printed.unwrap_or_else(|| known.clone());
        let role = match attribute("ana").unwrap_or_default().split_whitespace().map(id_of).next() {
            Some("chair") => Some(Role::Host),
            Some("guest") => Some(Role::Guest),
            _ => None,
        };
        let start = self.start(attribute("start").or_else(|| attribute("synch")), inner, out);
        let end = attribute("end").and_then(|end| self.point(end, out));
        let end = end.and_then(|end| Some(end.max(start?)));
        if said(inner, &label, Post { start, end, ..Post::default() }, out) {
            // An id is no name.
            declare(&label, if is_known { &known } else { "" }, role, out);
        }
    }

    fn start(&mut self, reference: Option<&str>, turn: &Element, out: &mut Draft) -> Option<i64> {
        let anchor = || turn.find("anchor").and_then(|anchor| anchor.get("synch"));
        let waiting = self.waiting.take();
        let told = reference.or_else(anchor).and_then(|reference| self.point(reference, out));
        told.or_else(|| waiting.and_then(|mark| self.clock.time(mark, out)))
    }

    fn point(&mut self, reference: &str, out: &mut Draft) -> Option<i64> {
        match self.times.get(id_of(reference)).copied() {
            Some(Point::Behind(ms)) => out.offset(ms, 1),
            Some(Point::Mark(mark)) => self.clock.time(mark, out),
            // Some tell seconds here.
            None => reference.parse::<f64>().ok().and_then(|_| out.offset(millis(reference, "s")?, 1)),
        }
    }
}

/// Whether an element names who speaks.
fn is_name(element: &Element) -> bool {
    element.name == "speaker" || element.name == "note" && element.get("type") == Some("speaker")
}

/// The words of a turn; remarks between its paragraphs are notes of their own. Whether there are words.
fn said(turn: &Element, label: &str, post: Post, out: &mut Draft) -> bool {
    let is_paragraph = |child: &Element| matches!(child.name.as_str(), "seg" | "p" | "l" | "lg" | "ab");
    let parts = turn.children().any(is_paragraph);
    let aside = |node: &Node| matches!(node, Node::Element(child) if parts && is_aside(child));
    let is_byline = |node: &&Node| matches!(node, Node::Element(child) if is_name(child));
    let nodes: Vec<&Node> = turn.nodes.iter().filter(|node| !is_byline(node)).collect();
    let mut next = Some(post);
    let mut line = turn.line;
    for run in nodes.chunk_by(|a, b| !aside(a) && !aside(b)) {
        if let [Node::Element(found)] = run
            && aside(run[0])
        {
            note(&remark(found), found.line, out);
            line = found.line;
            continue;
        }
        let text = words(run.iter().copied());
        if !text.is_empty() {
            let post = next.take().unwrap_or_default();
            out.say(label, &text, Post { line: Some(line), ..post });
        }
    }
    next.is_none()
}

/// `<time when="…">` in a note, or as an element of its own.
fn time_in(element: &Element) -> Option<Mark> {
    if !matches!(element.name.as_str(), "note" | "time" | "p") {
        return None;
    }
    let is_time = element.name == "time" || element.get("type") == Some("time");
    let inner = element.children().find(|child| child.name == "time");
    let time = inner.or_else(|| is_time.then_some(element))?;
    let told = time.get("when").or_else(|| time.get("from")).and_then(moment);
    told.or_else(|| moment(time.text().trim_matches(['(', ')', '[', ']', '.', ' ']))).map(|(mark, _)| mark)
}

fn declare(label: &str, name: &str, role: Option<Role>, out: &mut Draft) {
    if label.is_empty() {
        return;
    }
    let id = out.intern(label);
    let name = (!name.is_empty() && name != label).then(|| name.to_owned());
    let speaker = out.speaker_mut(id);
    let old = speaker.declared().clone();
    let new = Declared { name: old.name.clone().or(name), role: old.role.clone().or(role), ..old };
    speaker.declare(new);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{Kind, Transcript};

    fn read(text: &str) -> Transcript {
        let mut draft = Draft::default();
        Tei.read(text, &mut draft);
        Transcript::from(draft.take())
    }

    fn told(transcript: &Transcript) -> Vec<String> {
        let one = |id| {
            let post = transcript.post(id);
            let label = &transcript.speakers()[post.speaker.index()].label;
            let time = post.start.map(|ms| format!("{ms} ")).unwrap_or_default();
            let end = post.end.map(|ms| format!("-{ms} ")).unwrap_or_default();
            let kind = if post.kind == Kind::Note { "*" } else { "" };
            format!("{time}{end}{label}{kind}|{}", transcript.body(id).replace('\n', "/"))
        };
        transcript.ids().map(one).collect()
    }

    #[test]
    fn a_debate_is_read_with_the_names_of_its_header() {
        let transcript = read(
            "<TEI xmlns='http://www.tei-c.org/ns/1.0' xml:lang='en'><teiHeader><fileDesc><titleStmt><title type='sub'>S</title>\
             <title type='main'>Day one</title></titleStmt></fileDesc><profileDesc><settingDesc><setting><date when='2020-01-02'/></setting></settingDesc>\
             <particDesc><listPerson><person xml:id='AnnLee'><persName><surname>Lee</surname><forename>Ann</forename></persName></person></listPerson>\
             </particDesc></profileDesc></teiHeader><text><body><div><head>Hay</head><note type='time'><time when='09:30:00'>half past</time></note>\
             <note type='speaker'>The Chair:</note><u who='#AnnLee' ana='#chair'><seg>One <gap/>two.</seg><vocal><desc>laughter</desc></vocal><seg>Three &amp; four.</seg></u>\
             <u who='list.xml#Bo'><seg>Five.</seg></u><kinesic type='applause'/></div></body></text></TEI>",
        );
        assert_eq!(
            told(&transcript),
            [
                "*|Hay",
                "*|(half past)",
                "0 The Chair|One two.",
                "*|(laughter)",
                "The Chair|Three & four.",
                "Bo|Five.",
                "*|(applause)"
            ]
        );
        let meta = &transcript.meta;
        assert_eq!((meta.title.as_deref(), meta.language.as_deref()), (Some("Day one"), Some("en")));
        assert_eq!(meta.origin.map(|origin| origin.to_string()).as_deref(), Some("2020-01-02 09:30:00"));
        let declared =
            transcript.speakers().iter().find(|speaker| speaker.label == "The Chair").unwrap().declared();
        assert_eq!((declared.name.as_deref(), declared.role.clone()), (Some("Ann Lee"), Some(Role::Host)));
    }

    #[test]
    fn a_note_names_who_speaks_where_nobody_is_listed() {
        let transcript = read(
            "<TEI><teiHeader><profileDesc><settingDesc><setting><date when='2020-01-02'/></setting></settingDesc></profileDesc></teiHeader>\
             <text><body><div><note type='time'>(14:30)</note><note type='speaker'>Ann Lee (Lake) (Con):</note>\n<u who='#AnnLee'><seg>One.</seg></u>\
             <u who='#Bo'><note type='speaker'>Bo Reed:</note><seg>Two.</seg></u></div></body></text></TEI>",
        );
        assert_eq!(told(&transcript), ["*|(14:30)", "0 Ann Lee (Lake) (Con)|One.", "Bo Reed|Two."]);
        let meta = &transcript.meta;
        assert_eq!(meta.origin.map(|origin| origin.to_string()).as_deref(), Some("2020-01-02 14:30:00"));
        assert!(transcript.speakers().iter().all(|speaker| speaker.declared().name.is_none()));
    }

    #[test]
    fn a_play_and_a_recording_are_read() {
        let play = "<TEI><text><body><stage>Night.</stage><sp who='#h'><speaker>HAL.</speaker><l>One</l><stage>sits</stage><l>two</l></sp></body></text></TEI>";
        assert_eq!(told(&read(play)), ["*|(Night.)", "HAL|One", "*|(sits)", "HAL|two"]);
        let speech = "<TEI><text><timeline unit='s'><when xml:id='T0'/><when xml:id='T1' interval='1.5' since='#T0'/><when xml:id='T2' interval='2' since='#T1'/></timeline>\
            <body><annotationBlock who='#A' start='#T1' end='#T2'><u><w>well</w><w>yes</w></u></annotationBlock></body></text></TEI>";
        assert_eq!(told(&read(speech)), ["1500 -3500 A|well yes"]);
    }
}
