//! JSON export of Slack: a channel's day, an array of messages; also what slackdump writes (`{"name", "messages": [..]}`), and
//! JSON lines of messages.
//!
//! A message has `ts` (seconds since 1970, as a string), `text` with escapes of its own (`<@U1>`, `<url|words>`, `&amp;`), `user`, and
//! often `user_profile`. A `subtype` says what else it is: joins and renames are told by the service.

use super::json::{Answered, Loose, People, Words, Zone, object, unix_ms};
use super::slack_text::{self, Names};
use crate::format::head::Head;
use crate::format::items::{Apart, Item, Items};
use crate::format::parser::{Parser, Wire};
use crate::transcript::{Draft, Kind, Post, Role};
use serde::Deserialize;
use std::borrow::Cow;

/// The format.
#[derive(Debug, Default)]
pub struct Slack {
    zone: Zone,
    people: People,
    names: Names,
    answered: Answered,
    /// The name of the channel, if the messages prove to be those of one.
    channel: String,
}

#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow, default)]
    ts: Loose<'a>,
    #[serde(borrow, default)]
    subtype: Loose<'a>,
    #[serde(borrow, default)]
    user: Loose<'a>,
    #[serde(borrow, default)]
    user_profile: Loose<'a>,
    #[serde(borrow, default)]
    username: Loose<'a>,
    #[serde(borrow, default)]
    bot_id: Loose<'a>,
    #[serde(borrow, default)]
    bot_profile: Loose<'a>,
    #[serde(borrow, default)]
    text: Loose<'a>,
    #[serde(borrow, default)]
    blocks: Loose<'a>,
    #[serde(borrow, default)]
    attachments: Loose<'a>,
    #[serde(borrow, default)]
    files: Loose<'a>,
    #[serde(borrow, default)]
    file: Loose<'a>,
    #[serde(borrow, default)]
    edited: Loose<'a>,
    #[serde(borrow, default)]
    thread_ts: Loose<'a>,
    #[serde(borrow, default)]
    reactions: Loose<'a>,
    #[serde(borrow, default, rename = "message")]
    changed: Loose<'a>,
    #[serde(borrow, default, rename = "slackdump_thread_replies")]
    replies: Loose<'a>,
}

#[derive(Deserialize, Default)]
struct Profile<'a> {
    #[serde(borrow, default)]
    display_name: Loose<'a>,
    #[serde(borrow, default)]
    real_name: Loose<'a>,
    #[serde(borrow, default)]
    name: Loose<'a>,
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default)]
    title: Loose<'a>,
    #[serde(borrow, default)]
    mode: Loose<'a>,
}

/// What a program attaches, or what is shown of a link.
#[derive(Deserialize)]
struct Attachment<'a> {
    #[serde(borrow, default)]
    from_url: Loose<'a>,
    #[serde(borrow, default)]
    pretext: Loose<'a>,
    #[serde(borrow, default)]
    title: Loose<'a>,
    #[serde(borrow, default)]
    text: Loose<'a>,
    #[serde(borrow, default)]
    fallback: Loose<'a>,
    #[serde(borrow, default)]
    fields: Loose<'a>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow, default)]
    title: Loose<'a>,
    #[serde(borrow, default)]
    value: Loose<'a>,
}

#[derive(Deserialize)]
struct Reaction<'a> {
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default)]
    count: Loose<'a>,
}

impl Items for Slack {
    const PLACES: &'static [&'static str] = &["", "messages"];

    fn item(&mut self, item: Item, out: &mut Draft) -> serde_json::Result<()> {
        let message: Message = object(item.json)?;
        if item.path == "messages" && !self.channel.is_empty() {
            out.meta.title = Some(std::mem::take(&mut self.channel));
        }
        // One that was changed is told with what it was changed to.
        let changed = message.changed.read::<Message>().filter(|_| message.text.is_none());
        self.tell(changed.as_ref().unwrap_or(&message), item.line, out);
        for reply in message.replies.list() {
            self.tell(&reply, item.line, out);
        }
        Ok(())
    }

    fn field(&mut self, field: Item, _out: &mut Draft) -> serde_json::Result<()> {
        if matches!(field.path, "name" | "channel") {
            self.channel = serde_json::from_str::<Loose>(field.json)?.text().into_owned();
        }
        Ok(())
    }
}

impl Slack {
    fn tell(&mut self, message: &Message, line: u32, out: &mut Draft) {
        if message.ts.is_none() && message.text.is_none() {
            return;
        }
        let start = self.zone.tell(message.ms().and_then(unix_ms), out);
        let (label, is_bot) = self.byline(message);
        let subtype = message.subtype.text();
        let kind = match &*subtype {
            "me_message" => Kind::Action,
            ""
            | "bot_message"
            | "thread_broadcast"
            | "reply_broadcast"
            | "file_share"
            | "file_comment"
            | "file_mention"
            | "slackbot_response"
            | "assistant_app_thread"
            | "tombstone"
            | "message_changed" => Kind::Speech,
            _ => Kind::System,
        };
        let words = self.words(message);
        let post = Post { start, kind, line: Some(line), ..Post::default() };
        if kind == Kind::System {
            let text = if words.is_empty() {
                format!("{label} {}", subtype.replace('_', " "))
            } else {
                words.text().to_owned()
            };
            out.say("", text.trim_start_matches('@'), post);
            return;
        }
        People::declare(&label, is_bot.then_some(Role::Bot), out);
        self.answered.note(&message.ts.text(), &label, words.text());
        out.say(&label, words.text(), post);
    }

    /// Who posts, and whether that is a program.
    fn byline(&mut self, message: &Message) -> (String, bool) {
        let (user, bot) = (message.user.text(), message.bot_profile.read::<Profile>().unwrap_or_default());
        let profile: Profile = message.user_profile.read().unwrap_or_default();
        let told =
            [profile.display_name, profile.real_name, profile.name].into_iter().find_map(Loose::some_text);
        if let Some(name) = &told {
            self.names.note(&user, name);
        }
        let is_bot = !message.bot_id.is_none() || message.subtype.text() == "bot_message";
        let of_program = || message.username.some_text().or_else(|| bot.name.some_text());
        let known = || self.names.find(&user).map(Cow::Borrowed);
        let name = told.or_else(of_program).or_else(known).or_else(|| message.user.some_text());
        let name = name.or_else(|| message.bot_id.some_text()).unwrap_or_default();
        (self.people.byline(&name, &user, &profile.name.text()).into_owned(), is_bot)
    }

    fn words(&self, message: &Message) -> Words {
        let mut words = Words::default();
        let thread = message.thread_ts.text();
        if thread != message.ts.text() {
            self.answered.line(&thread).iter().for_each(|line| words.line(line));
        }
        let text = self.names.plain(&message.text.text());
        words.line(&text);
        if text.trim().is_empty() {
            words.line(&slack_text::of_blocks(message.blocks.json(), &self.names));
        }
        let attachments = message.attachments.list::<Attachment>();
        // What is shown of a link is not said, unless nothing else is.
        for shown in attachments
            .iter()
            .filter(|shown| shown.from_url.is_none() || words.is_empty())
            .collect::<Vec<_>>()
        {
            self.attached(shown, &mut words);
        }
        for file in message.files.list::<File>().iter().chain(&message.file.read()) {
            let name = file.name.some_text().or_else(|| file.title.some_text());
            let is_gone = file.mode.text() == "tombstone";
            words.mark(if is_gone { "file deleted" } else { "file" }, &name.unwrap_or_default());
        }
        let reactions = message.reactions.list::<Reaction>().into_iter();
        words.reactions(reactions.map(|Reaction { name, count }| {
            (
                name.some_text().map(|name| format!(":{name}:")).unwrap_or_default(),
                count.integer().unwrap_or_default(),
            )
        }));
        if !message.edited.is_none() {
            words.edited();
        }
        words
    }

    fn attached(&self, shown: &Attachment, words: &mut Words) {
        let Attachment { pretext, title, text, fallback, fields, .. } = shown;
        let mut lines = vec![*pretext, *title, *text];
        if lines.iter().all(|line| line.some_text().is_none()) {
            lines = vec![*fallback];
        }
        for line in lines {
            words.line(&self.names.plain(&line.text()));
        }
        for Entry { title, value } in fields.list() {
            words.line(&self.names.plain(&format!("{}: {}", title.text(), value.text())));
        }
    }
}

impl Message<'_> {
    /// Milliseconds since 1970.
    fn ms(&self) -> Option<i64> {
        let text = self.ts.text();
        let (seconds, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let ms = fraction
            .chars()
            .chain("000".chars())
            .take(3)
            .try_fold(0, |ms, digit| Some(ms * 10 + digit.to_digit(10)?))?;
        seconds.parse::<i64>().ok()?.checked_mul(1000)?.checked_add(ms.into())
    }
}

impl Wire for Slack {
    fn score(head: &Head) -> u8 {
        let of = |at: &str| {
            let has = |keys: &[&str]| {
                let paths: Vec<_> = keys.iter().map(|key| format!("{at}{key}")).collect();
                head.has_paths(&paths.iter().map(String::as_str).collect::<Vec<_>>())
            };
            has(&["ts", "type", "text"])
                && ["user", "bot_id", "username", "subtype"].iter().any(|who| has(&[who]))
        };
        if of("[].") || of("messages[].") || of("") { 95 } else { 0 }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Apart<Self>>::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::json::tests::{read, told};

    const FIRST: &str = r#"{"type": "message", "ts": "1714953600.000200", "user": "U1", "text": "一", "user_profile": {"display_name": "", "real_name": "李晓", "name": "lx"}}"#;

    #[test]
    fn messages_of_every_sort_are_read() {
        for (more, expected) in [
            (r#""user": "U1", "text": "&lt;二&gt;""#, "60500 speech 李晓: <二>"),
            (
                r#""user": "U2", "text": "x", "thread_ts": "1714953600.000200""#,
                "60500 speech U2: ↩ 李晓: 一 / x",
            ),
            (r#""user": "U1", "subtype": "me_message", "text": "waves""#, "60500 action 李晓: waves"),
            (
                r#""user": "U1", "subtype": "channel_topic", "text": "<@U1> set the topic""#,
                "60500 system : 李晓 set the topic",
            ),
            (r#""user": "U1", "subtype": "channel_archive""#, "60500 system : 李晓 channel archive"),
            (
                r#""subtype": "bot_message", "bot_id": "B1", "username": "build", "text": "ok""#,
                "60500 speech build: ok",
            ),
            (
                r#""bot_id": "B1", "bot_profile": {"name": "ci"}, "text": "", "attachments": [{"fallback": "failed"}]"#,
                "60500 speech ci: failed",
            ),
            (
                r#""user": "U1", "text": "http://a", "attachments": [{"from_url": "http://a", "title": "A"}]"#,
                "60500 speech 李晓: http://a",
            ),
            (
                r#""user": "U1", "text": "", "files": [{"name": "a.png"}, {"mode": "tombstone"}]"#,
                "60500 speech 李晓: [file a.png] / [file deleted]",
            ),
            (
                r#""user": "U1", "text": "x", "edited": {"ts": "1"}, "reactions": [{"name": "+1", "count": 3}]"#,
                "60500 speech 李晓: x / [:+1: 3] [edited]",
            ),
            (
                r#""user": "U1", "text": "", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "块"}}]"#,
                "60500 speech 李晓: 块",
            ),
        ] {
            let message = format!(r#"{{"type": "message", "ts": "1714953660.500000", {more}}}"#);
            for text in [
                format!("[{FIRST}, {message}]"),
                format!("{FIRST}\n{message}\n"),
                format!(r#"{{"name": "c", "messages": [{FIRST}, {message}]}}"#),
            ] {
                assert_eq!(told(&text), ["0 speech 李晓: 一", expected], "{text}");
            }
        }
    }

    #[test]
    fn a_channel_of_slackdump_has_a_title_and_threads() {
        let text = r#"{"channel_id": "C1", "name": "茶", "messages": [{"type": "message", "ts": "1714953600.000200", "user": "U1", "text": "问", "thread_ts": "1714953600.000200", "slackdump_thread_replies": [{"type": "message", "ts": "1714953700.000200", "user": "U2", "text": "答", "thread_ts": "1714953600.000200"}]}]}"#;
        assert_eq!(told(text), ["0 speech U1: 问", "100000 speech U2: ↩ U1: 问 / 答"]);
        let (transcript, _) = read(text);
        assert_eq!(
            (transcript.meta.title.as_deref(), transcript.meta.offset.as_deref()),
            (Some("茶"), Some("+00:00"))
        );
    }
}
