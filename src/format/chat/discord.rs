//! JSON of `DiscordChatExporter` (2.x): one channel.
//!
//! `{"guild": {"name"}, "channel": {"name"}, "messages": [..]}`. A message has `type`, `timestamp` with a zone, `content`,
//! `author` with `name`, `nickname` and `isBot`, and lists of `attachments`, `embeds`, `stickers`, `reactions`.

use super::json::{Answered, Loose, People, Words, Zone, iso, nothing, object};
use crate::format::head::Head;
use crate::format::items::{Apart, Item, Items};
use crate::format::parser::{Parser, Wire};
use crate::transcript::{Draft, Kind, Post, Role};
use hashbrown::HashMap;
use serde::Deserialize;
use std::borrow::Cow;

/// The format.
#[derive(Debug, Default)]
pub struct Discord {
    zone: Zone,
    people: People,
    answered: Answered,
    /// Bylines by what is told of the author, which most messages tell again.
    bylines: HashMap<Box<str>, Box<str>>,
    guild: String,
}

/// So many authors are known by what is told of them, at most.
const AUTHORS: usize = 10_000;

#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default, rename = "type")]
    sort: Loose<'a>,
    #[serde(borrow, default)]
    timestamp: Loose<'a>,
    #[serde(borrow, default, rename = "timestampEdited")]
    edited: Loose<'a>,
    #[serde(borrow, default)]
    author: Loose<'a>,
    #[serde(borrow, default)]
    content: Loose<'a>,
    #[serde(borrow, default)]
    attachments: Loose<'a>,
    #[serde(borrow, default)]
    embeds: Loose<'a>,
    #[serde(borrow, default)]
    stickers: Loose<'a>,
    #[serde(borrow, default)]
    reactions: Loose<'a>,
    #[serde(borrow, default)]
    reference: Loose<'a>,
    #[serde(borrow, default)]
    interaction: Loose<'a>,
    #[serde(borrow, default, rename = "forwardedMessage")]
    forwarded: Loose<'a>,
}

#[derive(Deserialize, Default)]
struct Author<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default)]
    discriminator: Loose<'a>,
    #[serde(borrow, default)]
    nickname: Loose<'a>,
    #[serde(borrow, default, rename = "isBot")]
    is_bot: Loose<'a>,
}

/// A guild, a channel, a sticker, an emoji.
#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default)]
    category: Loose<'a>,
}

#[derive(Deserialize)]
struct Attachment<'a> {
    #[serde(borrow, default, rename = "fileName")]
    name: Loose<'a>,
}

#[derive(Deserialize)]
struct Embed<'a> {
    #[serde(borrow, default)]
    url: Loose<'a>,
    #[serde(borrow, default)]
    author: Loose<'a>,
    #[serde(borrow, default)]
    title: Loose<'a>,
    #[serde(borrow, default)]
    description: Loose<'a>,
    #[serde(borrow, default)]
    fields: Loose<'a>,
    #[serde(borrow, default)]
    footer: Loose<'a>,
}

/// A field or the foot of an embed.
#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default)]
    value: Loose<'a>,
    #[serde(borrow, default)]
    text: Loose<'a>,
}

#[derive(Deserialize)]
struct Reaction<'a> {
    #[serde(borrow, default)]
    emoji: Loose<'a>,
    #[serde(borrow, default)]
    count: Loose<'a>,
}

#[derive(Deserialize)]
struct Reference<'a> {
    #[serde(borrow, default, rename = "messageId")]
    message: Loose<'a>,
}

impl Items for Discord {
    const PLACES: &'static [&'static str] = &["messages"];

    fn item(&mut self, item: Item, out: &mut Draft) -> serde_json::Result<()> {
        let message: Message = object(item.json)?;
        let start = self.zone.tell(iso(&message.timestamp.text()), out);
        if message.timestamp.is_none() && message.content.is_none() {
            return Err(nothing());
        }
        let label = self.byline(message.author, out);
        let post = Post { start, line: Some(item.line), ..Post::default() };
        if message.is_of_service() {
            out.say("", &message.sentence(&label), Post { kind: Kind::System, ..post });
            return Ok(());
        }
        let words = self.words(&message);
        self.answered.note(&message.id.text(), &label, words.text());
        out.say(&label, words.text(), post);
        Ok(())
    }

    fn field(&mut self, field: Item, out: &mut Draft) -> serde_json::Result<()> {
        match field.path {
            "guild" => self.guild = object::<Named>(field.json)?.name.text().into_owned(),
            "channel" => {
                let channel: Named = object(field.json)?;
                let parts = [Cow::Borrowed(&*self.guild), channel.category.text(), channel.name.text()];
                let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                out.meta.title = Some(parts.join(" / ")).filter(|title| !title.is_empty());
            }
            _ => {}
        }
        Ok(())
    }
}

impl Discord {
    fn byline(&mut self, author: Loose, out: &mut Draft) -> Box<str> {
        if let Some(label) = self.bylines.get(author.json()) {
            return label.clone();
        }
        let known: Author = author.read().unwrap_or_default();
        let name = known.nickname.some_text().or_else(|| known.name.some_text());
        let name = name.or_else(|| known.id.some_text()).unwrap_or_default();
        let label: Box<str> = self.people.byline(&name, &known.id.text(), &known.handle()).into();
        People::declare(&label, known.is_bot.is_true().then_some(Role::Bot), out);
        if self.bylines.len() >= AUTHORS {
            self.bylines.clear();
        }
        self.bylines.insert(author.json().into(), label.clone());
        label
    }

    fn words(&self, message: &Message) -> Words {
        let mut words = Words::default();
        if let Some(reference) = message.reference.read::<Reference>() {
            self.answered.line(&reference.message.text()).iter().for_each(|line| words.line(line));
        }
        if let Some(command) = message.interaction.read::<Named>() {
            words.mark("command", &command.name.text());
        }
        message.sent(&mut words);
        if let Some(forwarded) = message.forwarded.read::<Message>() {
            words.mark("forwarded", "");
            forwarded.sent(&mut words);
        }
        let reactions = message.reactions.list::<Reaction>().into_iter();
        words.reactions(reactions.map(|Reaction { emoji, count }| {
            let name = emoji.read::<Named>().map(|emoji| emoji.name.text().into_owned());
            (name.unwrap_or_default(), count.integer().unwrap_or_default())
        }));
        if !message.edited.is_none() {
            words.edited();
        }
        words
    }
}

impl Author<'_> {
    /// What no two accounts have in common: `name`, or `name#1234` where accounts still have numbers.
    fn handle(&self) -> String {
        let (name, number) = (self.name.text(), self.discriminator.text());
        if matches!(&*number, "" | "0" | "0000") { name.into_owned() } else { format!("{name}#{number}") }
    }
}

impl Message<'_> {
    /// What was written and sent with it.
    fn sent(&self, words: &mut Words) {
        let content = self.content.text();
        words.line(&content);
        for attachment in self.attachments.list::<Attachment>() {
            words.mark("file", &attachment.name.text());
        }
        for sticker in self.stickers.list::<Named>() {
            words.mark("sticker", &sticker.name.text());
        }
        // That of a link which was written shows the page there: nobody said that.
        for embed in self.embeds.list::<Embed>() {
            if embed.url.some_text().is_none_or(|url| !content.contains(&*url)) {
                embed.tell(words);
            }
        }
    }

    /// Whether the service tells it: any sort but those that somebody writes.
    fn is_of_service(&self) -> bool {
        // Sorts without a name are numbers: 19 answers, 20 and 23 are commands.
        !matches!(
            &*self.sort.text(),
            "" | "Default" | "Reply" | "0" | "19" | "20" | "21" | "23" | "ThreadStarterMessage"
        )
    }

    fn sentence(&self, label: &str) -> String {
        let content = self.content.text();
        let content = match (&*self.sort.text(), content.trim()) {
            ("7" | "GuildMemberJoin", "") => "joined the server",
            ("8" | "9" | "10" | "11", "") => "boosted the server",
            ("ChannelPinnedMessage", "") => "pinned a message",
            ("ThreadCreated", "") => "started a thread",
            (sort, "") => return format!("{label} [{sort}]"),
            (_, content) => content,
        };
        // The exporter prints what somebody did as a sentence without a subject.
        let mut rest = content.chars();
        let first = rest.next().map(|first| first.to_ascii_lowercase());
        format!("{label} {}{}", first.map(String::from).unwrap_or_default(), rest.as_str())
    }
}

impl Embed<'_> {
    fn tell(&self, words: &mut Words) {
        let (author, footer) = (self.author.read::<Entry>(), self.footer.read::<Entry>());
        for line in [author.map(|author| author.name), Some(self.title), Some(self.description)] {
            words.line(&line.unwrap_or_default().text());
        }
        for Entry { name, value, .. } in self.fields.list() {
            words.line(&format!("{}: {}", name.text(), value.text()));
        }
        words.line(&footer.map(|footer| footer.text).unwrap_or_default().text());
    }
}

impl Wire for Discord {
    fn score(head: &Head) -> u8 {
        let has_messages =
            head.has_paths(&["messages[].timestamp", "messages[].author.name", "messages[].content"]);
        let (has_guild, has_channel) =
            (head.has_paths(&["guild.id"]), head.has_paths(&["channel.id", "channel.name"]));
        match () {
            () if has_messages && (has_guild || has_channel) => 97,
            () if has_guild && has_channel => 90,
            () if has_messages && head.has_paths(&["messages[].timestampEdited"]) => 90,
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
    use super::*;

    fn channel(messages: &[&str]) -> String {
        let author = r#""author": {"id": "1", "name": "ann", "discriminator": "0000", "nickname": "安", "isBot": true}"#;
        let messages: Vec<_> = messages
            .iter()
            .map(|more| {
                format!(r#"{{"id": "5", "timestamp": "2024-05-04T08:00:00.5+08:00", {author}, {more}}}"#)
            })
            .collect();
        format!(
            r#"{{"guild": {{"id": "1", "name": "G"}}, "channel": {{"id": "2", "name": "c"}}, "messages": [{}]}}"#,
            messages.join(",")
        )
    }

    #[test]
    fn messages_of_every_sort_are_read() {
        for (more, expected) in [
            (
                r#""type": "Default", "content": "好", "timestampEdited": "2024-05-04T09:00:00+08:00""#,
                "speech 安: 好 [edited]",
            ),
            (
                r#""type": "GuildMemberJoin", "content": "Joined the server.""#,
                "system : 安 joined the server.",
            ),
            (
                r#""type": "ChannelPinnedMessage", "content": "Pinned a message.""#,
                "system : 安 pinned a message.",
            ),
            (r#""type": "8", "content": """#, "system : 安 boosted the server"),
            (
                r#""type": "20", "content": "done", "interaction": {"id": "1", "name": "roll"}"#,
                "speech 安: [command roll] / done",
            ),
            (
                r#""type": "Default", "content": "", "attachments": [{"fileName": "a.png"}], "stickers": [{"name": "hi"}]"#,
                "speech 安: [file a.png] / [sticker hi]",
            ),
            (
                r#""type": "Default", "content": "http://a", "embeds": [{"url": "http://a", "title": "A"}]"#,
                "speech 安: http://a",
            ),
            (
                r#""type": "Default", "content": "", "embeds": [{"title": "A", "url": null, "description": "b", "author": {"name": "N"}, "fields": [{"name": "k", "value": "v"}], "footer": {"text": "f"}}]"#,
                "speech 安: N / A / b / k: v / f",
            ),
            (
                r#""type": "Default", "content": "", "forwardedMessage": {"content": "远"}"#,
                "speech 安: [forwarded] / 远",
            ),
            (
                r#""type": "Default", "content": "x", "reactions": [{"emoji": {"name": "👍"}, "count": 2}]"#,
                "speech 安: x / [👍 2]",
            ),
            (r#""type": "Default", "content": null"#, "speech 安: [no text]"),
        ] {
            assert_eq!(told(&channel(&[more])), [format!("0 {expected}")], "{more}");
        }
    }

    #[test]
    fn a_program_is_declared_and_the_channel_is_the_title() {
        let (transcript, facts) = read(&channel(&[r#""type": "Default", "content": "好""#]));
        assert_eq!(transcript.speakers()[0].declared().role, Some(Role::Bot));
        assert_eq!(transcript.meta.title.as_deref(), Some("G / c"));
        assert_eq!((transcript.meta.offset.as_deref(), transcript.meta.resolution_ms), (Some("+08:00"), 1));
        assert_eq!(facts.remarks.iter().count(), 0);
    }
}
