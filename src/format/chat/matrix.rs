//! Messages of a room of Matrix: the JSON export of Element (`{"room_name", "messages": [..]}`), what a server answers
//! (`{"chunk": [..]}`), and events alone, in an array or as JSON lines.
//!
//! An event (Matrix specification, client-server API) has `type`, `sender`, `origin_server_ts` in milliseconds since 1970, and
//! `content`, which for a message has `msgtype` and `body`.

use super::json::{Answered, Loose, People, Words, Zone, length, object, unix_ms};
use super::matrix_state::{self, Member, State};
use crate::format::head::Head;
use crate::format::items::{Apart, Item, Items};
use crate::format::parser::{Parser, Wire};
use crate::transcript::{Draft, Kind, Post};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashMap;

/// The format.
#[derive(Debug, Default)]
pub struct Matrix {
    zone: Zone,
    people: People,
    answered: Answered,
    /// Names of the members, by their addresses.
    names: HashMap<Box<str>, Box<str>>,
    room: Option<String>,
}

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow, default, rename = "type")]
    sort: Loose<'a>,
    #[serde(borrow, default)]
    sender: Loose<'a>,
    #[serde(borrow, default)]
    state_key: Loose<'a>,
    #[serde(borrow, default, rename = "event_id")]
    id: Loose<'a>,
    #[serde(borrow, default)]
    origin_server_ts: Loose<'a>,
    #[serde(borrow, default)]
    content: Loose<'a>,
    #[serde(borrow, default)]
    prev_content: Loose<'a>,
    #[serde(borrow, default)]
    unsigned: Loose<'a>,
    #[serde(borrow, default)]
    redacts: Loose<'a>,
}

#[derive(Deserialize, Default)]
struct Unsigned<'a> {
    #[serde(borrow, default)]
    prev_content: Loose<'a>,
    #[serde(borrow, default)]
    redacted_because: Loose<'a>,
}

#[derive(Deserialize, Default)]
struct Content<'a> {
    #[serde(borrow, default)]
    msgtype: Loose<'a>,
    #[serde(borrow, default)]
    body: Loose<'a>,
    #[serde(borrow, default)]
    filename: Loose<'a>,
    #[serde(borrow, default)]
    info: Loose<'a>,
    #[serde(borrow, default, rename = "org.matrix.msc3245.voice")]
    voice: Loose<'a>,
    #[serde(borrow, default, rename = "m.relates_to")]
    relates_to: Loose<'a>,
    #[serde(borrow, default, rename = "m.new_content")]
    new: Loose<'a>,
    #[serde(
        borrow,
        default,
        rename = "m.poll",
        alias = "org.matrix.msc3381.poll.start",
        alias = "m.poll.start"
    )]
    poll: Loose<'a>,
}

#[derive(Deserialize, Default)]
struct Relation<'a> {
    #[serde(borrow, default)]
    rel_type: Loose<'a>,
    #[serde(borrow, default)]
    event_id: Loose<'a>,
    #[serde(borrow, default)]
    is_falling_back: Loose<'a>,
    #[serde(borrow, default, rename = "m.in_reply_to")]
    answers: Loose<'a>,
}

#[derive(Deserialize)]
struct Info<'a> {
    #[serde(borrow, default)]
    duration: Loose<'a>,
}

#[derive(Deserialize)]
struct Poll<'a> {
    #[serde(borrow, default)]
    question: Loose<'a>,
    #[serde(borrow, default)]
    answers: Loose<'a>,
}

/// A text of a poll, in one of the ways in which it has been written.
#[derive(Deserialize)]
struct PollText<'a> {
    #[serde(borrow, default, rename = "body", alias = "org.matrix.msc1767.text")]
    text: Loose<'a>,
}

impl Items for Matrix {
    const PLACES: &'static [&'static str] = &["", "messages", "chunk", "events"];

    fn item(&mut self, item: Item, out: &mut Draft) -> serde_json::Result<()> {
        let event: Event = object(item.json)?;
        if !item.path.is_empty() && self.room.is_some() {
            out.meta.title = self.room.take();
        }
        let sort = event.sort.text();
        let is_said = matches!(
            &*sort,
            "m.room.message"
                | "m.room.encrypted"
                | "m.sticker"
                | "m.poll.start"
                | "org.matrix.msc3381.poll.start"
        );
        let sender = event.sender.text();
        let told = if is_said { None } else { self.told(&event, &sender) };
        if !is_said && told.is_none() {
            return Ok(());
        }
        let start = self.zone.tell(event.origin_server_ts.integer().and_then(unix_ms), out);
        let post = Post { start, line: Some(item.line), ..Post::default() };
        if let Some(told) = told {
            out.say("", &told, Post { kind: Kind::System, ..post });
            return Ok(());
        }
        let content: Content = event.content.read().unwrap_or_default();
        let kind = match &*content.msgtype.text() {
            "m.emote" => Kind::Action,
            "m.notice" | "m.server_notice" => Kind::Notice,
            _ => Kind::Speech,
        };
        let words = self.words(&event, &content);
        let label = self.people.byline(name(&self.names, &sender), &sender, &sender).into_owned();
        self.answered.note(&event.id.text(), &label, words.text());
        out.say(&label, words.text(), Post { kind, ..post });
        Ok(())
    }

    fn field(&mut self, field: Item, _out: &mut Draft) -> serde_json::Result<()> {
        if field.path == "room_name" {
            self.room = serde_json::from_str::<Loose>(field.json)?.some_text().map(Cow::into_owned);
        }
        Ok(())
    }
}

/// How somebody is called: by name, or by address.
fn name<'a>(names: &'a HashMap<Box<str>, Box<str>>, address: &'a str) -> &'a str {
    names.get(address).map_or(address, |name| name)
}

impl Matrix {
    /// What an event that is no message tells as a sentence, if anything.
    fn told(&mut self, event: &Event, sender: &str) -> Option<String> {
        let unsigned: Unsigned = event.unsigned.read().unwrap_or_default();
        if event.sort.text() == "m.room.redaction" {
            let told = format!("{} removed a message", name(&self.names, sender));
            let begun = self.answered.begun(&event.redacts.text());
            return Some(begun.map_or(told.clone(), |begun| format!("{told}\n{begun}")));
        }
        if event.sort.text() != "m.room.member" {
            let state: State = event.content.read().unwrap_or_default();
            return matrix_state::sentence(&event.sort.text(), name(&self.names, sender), &state);
        }
        let now: Member = event.content.read().unwrap_or_default();
        let before = event.prev_content.read().or_else(|| unsigned.prev_content.read()).unwrap_or_default();
        let address = event.state_key.text();
        let old = name(&self.names, &address).to_owned();
        if let Some(name) = now.name() {
            self.names.insert(address.as_ref().into(), name.as_ref().into());
        }
        let whom = name(&self.names, &address);
        let by = (sender != address).then(|| name(&self.names, sender));
        matrix_state::of_member(whom, by, &old, &now, &before)
    }

    fn words(&self, event: &Event, content: &Content) -> Words {
        let mut words = Words::default();
        let relation: Relation = content.relates_to.read().unwrap_or_default();
        let answers = relation.answers.read::<Relation>().map(|answered| answered.event_id.text());
        // Within a thread every message names the last one for programs that know no threads.
        if let Some(answers) = answers.as_ref().filter(|_| !relation.is_falling_back.is_true()) {
            self.answered.line(answers).iter().for_each(|line| words.line(line));
        }
        let replaces = relation.rel_type.text() == "m.replace";
        if replaces && let Some(begun) = self.answered.begun(&relation.event_id.text()) {
            words.line(&format!("↩ {begun}"));
        }
        let new = content.new.read::<Content>().filter(|_| replaces);
        new.as_ref().unwrap_or(content).tell(&event.sort.text(), answers.is_some(), &mut words);
        if words.is_empty() {
            let unsigned: Unsigned = event.unsigned.read().unwrap_or_default();
            let is_removed = !unsigned.redacted_because.is_none() || event.content.json() == "{}";
            words.mark(if is_removed { "message deleted" } else { "no text" }, "");
        }
        if replaces {
            words.edited();
        }
        words
    }
}

impl Content<'_> {
    fn tell(&self, sort: &str, is_answer: bool, words: &mut Words) {
        let body = self.body.text();
        let seconds =
            || self.info.read::<Info>().and_then(|info| info.duration.integer()).map(|ms| length(ms / 1000));
        if let Some(poll) = self.poll.read::<Poll>() {
            words.mark(
                "poll",
                &poll.question.read::<PollText>().map(|text| text.text.text()).unwrap_or_default(),
            );
            for answer in poll.answers.list::<PollText>() {
                words.line(&format!("- {}", answer.text.text()));
            }
            return;
        }
        let what = match (sort, &*self.msgtype.text()) {
            ("m.room.encrypted", _) => return words.mark("encrypted", ""),
            (_, "m.bad.encrypted") => return words.mark("not decrypted", ""),
            ("m.sticker", _) => "sticker",
            (_, "m.image") => "image",
            (_, "m.video") => "video",
            (_, "m.audio") if !self.voice.is_none() => {
                return words.mark("voice message", &seconds().unwrap_or_default());
            }
            (_, "m.audio") => "audio",
            (_, "m.file") => "file",
            (_, "m.location") => "location",
            _ => return words.line(if is_answer { own(&body) } else { &body }),
        };
        // Beside the name of the file the body is what was said of it.
        match self.filename.some_text().filter(|file| *file != body) {
            Some(file) => {
                words.mark(what, &file);
                words.line(&body);
            }
            None => words.mark(what, &body),
        }
    }
}

/// An answer without the quotation before it, for programs that know no answers.
fn own(body: &str) -> &str {
    let mut rest = body;
    while let Some(quoted) = rest.strip_prefix('>') {
        rest = quoted.split_once('\n').map_or("", |(_, behind)| behind);
    }
    if rest.trim().is_empty() { body } else { rest.trim_start_matches('\n') }
}

impl Wire for Matrix {
    fn score(head: &Head) -> u8 {
        let is_told = ["messages[].", "[].", "chunk[].", "events[].", ""].iter().any(|at| {
            let paths = ["type", "sender", "content", "origin_server_ts"].map(|key| format!("{at}{key}"));
            head.has_paths(&paths.each_ref().map(String::as_str))
        });
        match () {
            () if is_told => 97,
            () if head.has_paths(&["room_name", "export_date"]) => 90,
            () => 0,
        }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Apart<Self>>::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::json::tests::{read, told};

    const JOIN: &str = r#"{"type": "m.room.member", "sender": "@a:x", "state_key": "@a:x", "content": {"membership": "join", "displayname": "安"}, "origin_server_ts": 1717200000000, "event_id": "$1"}"#;
    const FIRST: &str = r#"{"type": "m.room.message", "sender": "@a:x", "content": {"msgtype": "m.text", "body": "早"}, "origin_server_ts": 1717200001500, "event_id": "$2"}"#;

    #[test]
    fn events_of_every_sort_are_read() {
        for (sort, content, expected) in [
            ("m.room.message", r#"{"msgtype": "m.emote", "body": "笑"}"#, "2000 action @b:x: 笑"),
            ("m.room.message", r#"{"msgtype": "m.notice", "body": "n"}"#, "2000 notice @b:x: n"),
            (
                "m.room.message",
                r#"{"msgtype": "m.image", "body": "a.png"}"#,
                "2000 speech @b:x: [image a.png]",
            ),
            (
                "m.room.message",
                r#"{"msgtype": "m.file", "filename": "a.pdf", "body": "看"}"#,
                "2000 speech @b:x: [file a.pdf] / 看",
            ),
            (
                "m.room.message",
                r#"{"msgtype": "m.audio", "body": "v", "info": {"duration": 12000}, "org.matrix.msc3245.voice": {}}"#,
                "2000 speech @b:x: [voice message 0:12]",
            ),
            (
                "m.room.message",
                r#"{"msgtype": "m.text", "body": "> <@a:x> 早\n> 好\n\n你好", "m.relates_to": {"m.in_reply_to": {"event_id": "$2"}}}"#,
                "2000 speech @b:x: ↩ 安: 早 / 你好",
            ),
            (
                "m.room.message",
                r#"{"msgtype": "m.text", "body": "> 引", "m.relates_to": {"m.in_reply_to": {"event_id": "$9"}}}"#,
                "2000 speech @b:x: > 引",
            ),
            (
                "m.room.message",
                r#"{"msgtype": "m.text", "body": "* 晚", "m.new_content": {"msgtype": "m.text", "body": "晚"}, "m.relates_to": {"rel_type": "m.replace", "event_id": "$2"}}"#,
                "2000 speech @b:x: ↩ 安: 早 / 晚 [edited]",
            ),
            ("m.room.message", "{}", "2000 speech @b:x: [message deleted]"),
            ("m.room.encrypted", r#"{"ciphertext": "x"}"#, "2000 speech @b:x: [encrypted]"),
            ("m.sticker", r#"{"body": "hi"}"#, "2000 speech @b:x: [sticker hi]"),
            (
                "org.matrix.msc3381.poll.start",
                r#"{"org.matrix.msc3381.poll.start": {"question": {"body": "茶？"}, "answers": [{"org.matrix.msc1767.text": "绿"}]}}"#,
                "2000 speech @b:x: [poll 茶？] / - 绿",
            ),
            ("m.room.topic", r#"{"topic": "茶"}"#, "2000 system : @b:x set the topic: 茶"),
        ] {
            let event = format!(
                r#"{{"type": "{sort}", "sender": "@b:x", "content": {content}, "origin_server_ts": 1717200002000, "event_id": "$3"}}"#
            );
            for text in [
                format!("[{JOIN}, {FIRST}, {event}]"),
                format!("{JOIN}\n{FIRST}\n{event}\n"),
                format!(r#"{{"room_name": "茶", "messages": [{JOIN}, {FIRST}, {event}]}}"#),
            ] {
                assert_eq!(
                    told(&text),
                    ["0 system : 安 joined the room", "1500 speech 安: 早", expected],
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn what_is_removed_is_told_and_reactions_are_not() {
        let removal = r#"{"type": "m.room.redaction", "sender": "@a:x", "redacts": "$2", "content": {}, "origin_server_ts": 1717200003000}"#;
        let reaction = r#"{"type": "m.reaction", "sender": "@a:x", "content": {"m.relates_to": {}}, "origin_server_ts": 1717200003000}"#;
        let text = format!(r#"{{"room_name": "茶", "messages": [{JOIN}, {FIRST}, {reaction}, {removal}]}}"#);
        assert_eq!(told(&text)[2..], ["3000 system : 安 removed a message / 安: 早"]);
        let (transcript, facts) = read(&text);
        assert_eq!((transcript.meta.title.as_deref(), facts.remarks.iter().count()), (Some("茶"), 0));
    }
}
