//! JSON export of Telegram Desktop (`result.json`, "Export chat history" or "Export Telegram data", machine-readable).
//!
//! One chat is `{"name", "type", "id", "messages": [..]}`; a whole account has `{"chats": {"list": [chat, ..]}}`. A message has
//! `date` on the local clock and `date_unixtime`, `from`, and `text`: a string, or an array of strings and of objects with a
//! `text`. What the service says (`"type": "service"`) has `actor` and `action`.
//!
//! Of several chats each begins with a note that names it.

use super::json::{
    Answered, Loose, Moment, People, Words, Zone, base_name, iso, length, nothing, object, unix_ms,
};
use super::telegram_service::{Service, sentence};
use crate::format::head::Head;
use crate::format::items::{Apart, Item, Items};
use crate::format::parser::{Parser, Wire};
use crate::transcript::{Draft, Kind, Post, Role};
use serde::Deserialize;
use std::borrow::Cow;

/// The format.
#[derive(Debug, Default)]
pub struct Telegram {
    zone: Zone,
    answered: Answered,
    /// The name of the chat, and its sort.
    chat: String,
    sort: String,
    /// The name was told of the chat whose sort comes next.
    is_named: bool,
    /// A chat among others has begun.
    has_begun: bool,
}

#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default, rename = "type")]
    sort: Loose<'a>,
    #[serde(borrow, default)]
    date: Loose<'a>,
    #[serde(borrow, default)]
    date_unixtime: Loose<'a>,
    #[serde(borrow, default)]
    from: Loose<'a>,
    #[serde(borrow, default)]
    from_id: Loose<'a>,
    #[serde(borrow, default)]
    author: Loose<'a>,
    #[serde(borrow, default)]
    text: Loose<'a>,
    #[serde(borrow, default)]
    edited: Loose<'a>,
    #[serde(borrow, default)]
    reply_to_message_id: Loose<'a>,
    #[serde(borrow, default)]
    forwarded_from: Loose<'a>,
    #[serde(borrow, default)]
    saved_from: Loose<'a>,
    #[serde(borrow, default)]
    via_bot: Loose<'a>,
    #[serde(borrow, default)]
    reactions: Loose<'a>,
    #[serde(borrow, default)]
    media_type: Loose<'a>,
    #[serde(borrow, default)]
    photo: Loose<'a>,
    #[serde(borrow, default)]
    file: Loose<'a>,
    #[serde(borrow, default)]
    poll: Loose<'a>,
    #[serde(borrow, default)]
    contact_information: Loose<'a>,
    #[serde(borrow, default)]
    location_information: Loose<'a>,
    #[serde(borrow, default)]
    place_name: Loose<'a>,
    #[serde(borrow, default)]
    game_title: Loose<'a>,
    #[serde(borrow, default)]
    invoice_information: Loose<'a>,
}

/// What tells more about what is sent, and is seldom there.
#[derive(Deserialize)]
struct Media<'a> {
    #[serde(borrow, default)]
    file_name: Loose<'a>,
    #[serde(borrow, default)]
    duration_seconds: Loose<'a>,
    #[serde(borrow, default)]
    sticker_emoji: Loose<'a>,
    #[serde(borrow, default)]
    performer: Loose<'a>,
    #[serde(borrow, default)]
    title: Loose<'a>,
    #[serde(borrow, default)]
    address: Loose<'a>,
}

#[derive(Deserialize)]
struct Part<'a> {
    #[serde(borrow, default)]
    text: Loose<'a>,
    #[serde(borrow, default)]
    href: Loose<'a>,
}

#[derive(Deserialize)]
struct Poll<'a> {
    #[serde(borrow, default)]
    question: Loose<'a>,
    #[serde(borrow, default)]
    answers: Loose<'a>,
}

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow, default)]
    text: Loose<'a>,
    #[serde(borrow, default)]
    voters: Loose<'a>,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow, default)]
    first_name: Loose<'a>,
    #[serde(borrow, default)]
    last_name: Loose<'a>,
    #[serde(borrow, default)]
    phone_number: Loose<'a>,
    #[serde(borrow, default)]
    latitude: Loose<'a>,
    #[serde(borrow, default)]
    longitude: Loose<'a>,
    #[serde(borrow, default)]
    title: Loose<'a>,
}

#[derive(Deserialize)]
struct Reaction<'a> {
    #[serde(borrow, default)]
    emoji: Loose<'a>,
    #[serde(borrow, default)]
    count: Loose<'a>,
}

impl Items for Telegram {
    const PLACES: &'static [&'static str] =
        &["messages", "chats.list[].messages", "left_chats.list[].messages"];

    fn item(&mut self, item: Item, out: &mut Draft) -> serde_json::Result<()> {
        let message: Message = object(item.json)?;
        if message.date.is_none() && message.text.is_none() {
            return Err(nothing());
        }
        let start = self.zone.tell(message.moment(), out);
        let post = Post { start, line: Some(item.line), ..Post::default() };
        if std::mem::take(&mut self.has_begun) {
            let name = if self.chat.is_empty() { self.sort.replace('_', " ") } else { self.chat.clone() };
            out.say("", &format!("[chat: {name}]"), Post { kind: Kind::Note, ..post.clone() });
        }
        if message.sort.text() == "service" {
            let service: Service = object(item.json)?;
            let told = sentence(&service, |id| self.answered.begun(id));
            out.say("", &told, Post { kind: Kind::System, ..post });
            return Ok(());
        }
        let from = message.from.some_text().or_else(|| message.from_id.some_text());
        let label = from.or_else(|| message.author.some_text()).unwrap_or_default();
        let words = self.words(&message, item.json);
        let is_bot = self.sort == "bot_chat" && label == self.chat;
        People::declare(&label, is_bot.then_some(Role::Bot), out);
        self.answered.note(&message.id.text(), &label, words.text());
        out.say(&label, words.text(), post);
        Ok(())
    }

    fn field(&mut self, field: Item, out: &mut Draft) -> serde_json::Result<()> {
        let value: Loose = serde_json::from_str(field.json)?;
        let (chat, key) = field.path.rsplit_once('.').unwrap_or(("", field.path));
        if !matches!(chat, "" | "chats.list[]" | "left_chats.list[]") || !matches!(key, "name" | "type") {
            return Ok(());
        }
        let text = value.text().into_owned();
        self.has_begun = !chat.is_empty();
        if key == "type" {
            self.sort = text;
            if std::mem::take(&mut self.is_named) {
                return Ok(());
            }
            // That of the saved messages has no name.
            self.chat.clear();
        } else {
            if chat.is_empty() && !text.is_empty() {
                out.meta.title = Some(text.clone());
            }
            self.is_named = true;
            self.chat = text;
        }
        self.answered.clear();
        Ok(())
    }
}

impl Telegram {
    fn words(&self, message: &Message, json: &str) -> Words {
        let mut words = Words::default();
        let answers = message.reply_to_message_id.text();
        self.answered.line(&answers).iter().for_each(|line| words.line(line));
        for (what, whom) in [
            ("forwarded from", message.forwarded_from),
            ("saved from", message.saved_from),
            ("via", message.via_bot),
        ] {
            whom.some_text().iter().for_each(|whom| words.mark(what, whom));
        }
        message.media(json, &mut words);
        words.line(&text(message.text));
        if let Some(poll) = message.poll.read::<Poll>() {
            words.mark("poll", &poll.question.text());
            for answer in poll.answers.list::<Answer>() {
                words.line(&format!(
                    "- {} ({})",
                    answer.text.text(),
                    answer.voters.integer().unwrap_or_default()
                ));
            }
        }
        let reactions = message.reactions.list::<Reaction>().into_iter();
        words.reactions(reactions.map(|reaction| {
            (reaction.emoji.text().into_owned(), reaction.count.integer().unwrap_or_default())
        }));
        // Old exports print the beginning of time where nothing was edited.
        if message.edited.some_text().is_some_and(|edited| !edited.starts_with("1970-01-01")) {
            words.edited();
        }
        words
    }
}

impl Message<'_> {
    fn moment(&self) -> Option<Moment> {
        let unix_s = self.date_unixtime.integer();
        let local = iso(&self.date.text()).map(|local| local.seen_from(unix_s));
        local.or_else(|| unix_ms(unix_s?.checked_mul(1000)?))
    }

    /// Marks for what was sent besides text.
    fn media(&self, json: &str, words: &mut Words) {
        let sends = [self.file, self.photo, self.media_type, self.place_name];
        let media =
            if sends.iter().any(|sent| !sent.is_none()) { serde_json::from_str(json).ok() } else { None };
        if let Some(media) = &media {
            self.file(media, words);
        }
        if let Some(contact) = self.contact_information.read::<Named>() {
            let Named { first_name, last_name, phone_number, .. } = contact;
            words.mark("contact", &joined(&[first_name, last_name, phone_number], " "));
        }
        if let Some(place) = self.location_information.read::<Named>().filter(|_| self.place_name.is_none()) {
            words.mark("location", &joined(&[place.latitude, place.longitude], ", "));
        }
        self.game_title.some_text().iter().for_each(|title| words.mark("game", title));
        if let Some(invoice) = self.invoice_information.read::<Named>() {
            words.mark("invoice", &invoice.title.text());
        }
    }

    fn file(&self, media: &Media, words: &mut Words) {
        let seconds = media.duration_seconds.integer().map(length).unwrap_or_default();
        let path = self.file.text();
        let name = media.file_name.some_text();
        // In brackets stands why it was left out.
        let name = name.as_deref().or((!path.contains('(')).then(|| base_name(&path))).unwrap_or_default();
        match &*self.media_type.text() {
            "sticker" => words.mark("sticker", &media.sticker_emoji.text()),
            "voice_message" => words.mark("voice message", &seconds),
            "video_message" => words.mark("video message", &seconds),
            "animation" => words.mark("animation", name),
            "video_file" => words.mark("video", &format!("{seconds} {name}")),
            "audio_file" => {
                let song = joined(&[media.performer, media.title], " – ");
                words.mark("audio", &format!("{seconds} {}", if song.is_empty() { name } else { &song }));
            }
            _ if !self.photo.is_none() => words.mark("photo", ""),
            _ if !self.file.is_none() => words.mark("file", name),
            _ => {}
        }
        if !self.place_name.is_none() {
            words.mark("place", &joined(&[self.place_name, media.address], ", "));
        }
    }
}

fn joined(parts: &[Loose], with: &str) -> String {
    let parts: Vec<_> = parts.iter().filter_map(|part| part.some_text()).collect();
    parts.join(with)
}

/// The text of a message; where a link hides behind words it is told.
fn text(text: Loose<'_>) -> Cow<'_, str> {
    if !text.json().starts_with('[') {
        return text.text();
    }
    let mut whole = String::new();
    for part in text.elements() {
        let Some(entity) = part.read::<Part>().filter(|_| part.json().starts_with('{')) else {
            whole.push_str(&part.text());
            continue;
        };
        let (shown, link) = (entity.text.text(), entity.href.text());
        whole.push_str(&shown);
        if !link.is_empty() && link != shown {
            whole.extend([" (", &*link, ")"]);
        }
    }
    Cow::Owned(whole)
}

impl Wire for Telegram {
    fn score(head: &Head) -> u8 {
        let of_chat = |chat: &str| {
            let has = |keys: &[&str]| {
                let paths: Vec<_> = keys.iter().map(|key| format!("{chat}messages[].{key}")).collect();
                head.has_paths(&paths.iter().map(String::as_str).collect::<Vec<_>>())
            };
            match () {
                () if has(&["date_unixtime", "type", "id"]) => 97,
                () if has(&["date", "type", "id", "text"]) => 93,
                () => 0,
            }
        };
        let of_account = || of_chat("chats.list[].").max(of_chat("left_chats.list[]."));
        // In an account the contacts may fill more than the beginning.
        let begins_account = || head.has_paths(&["about", "personal_information", "contacts"]);
        match of_chat("") {
            0 => of_account().max(if begins_account() { 90 } else { 0 }),
            sure => sure,
        }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Apart<Self>>::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::json::tests::{read, told};

    fn chat(messages: &str) -> String {
        format!(
            r#"{{"name": "茶", "type": "bot_chat", "id": 1, "messages": [{messages}, {}]}}"#,
            message(9, "尾", "\"text\": \"\"")
        )
    }

    fn message(id: u32, from: &str, more: &str) -> String {
        format!(
            r#"{{"id": {id}, "type": "message", "date": "2024-03-02T19:30:0{id}", "date_unixtime": "170937900{id}", "from": "{from}", {more}}}"#
        )
    }

    #[test]
    fn what_is_sent_besides_text_is_marked() {
        for (more, expected) in [
            (r#""photo": "photos/1.jpg", "text": "看""#, "[photo] / 看"),
            (
                r#""file": "(File not included. Change data exporting settings to download.)", "media_type": "sticker", "sticker_emoji": "👍", "text": """#,
                "[sticker 👍]",
            ),
            (
                r#""file": "v/1.ogg", "media_type": "voice_message", "duration_seconds": 62, "text": """#,
                "[voice message 1:02]",
            ),
            (r#""file": "files/a b.pdf", "mime_type": "application/pdf", "text": """#, "[file a b.pdf]"),
            (
                r#""file": "x", "media_type": "audio_file", "performer": "P", "title": "T", "duration_seconds": 5, "text": """#,
                "[audio 0:05 P – T]",
            ),
            (
                r#""location_information": {"latitude": 1.5, "longitude": -2}, "text": """#,
                "[location 1.5, -2]",
            ),
            (
                r#""contact_information": {"first_name": "Bo", "last_name": "", "phone_number": "+1"}, "text": """#,
                "[contact Bo +1]",
            ),
            (
                r#""poll": {"question": "几点？", "closed": false, "answers": [{"text": "八", "voters": 2}]}, "text": """#,
                "[poll 几点？] / - 八 (2)",
            ),
            (
                r#""forwarded_from": "Bo", "text": ["a ", {"type": "text_link", "text": "b", "href": "http://c"}], "edited": "2024-03-02T20:00:00""#,
                "[forwarded from Bo] / a b (http://c) [edited]",
            ),
            (r#""text": "", "edited": "1970-01-01T08:00:00""#, "[no text]"),
        ] {
            let posts = told(&chat(&message(1, "王", more)));
            assert_eq!(posts[0], format!("0 speech 王: {expected}"), "{more}");
        }
    }

    #[test]
    fn an_answer_shows_what_it_answers_and_the_zone_is_known() {
        let text = chat(
            &[
                message(1, "茶", r#""text": "好""#),
                message(2, "", r#""from_id": "user7", "reply_to_message_id": 1, "text": "谢""#),
            ]
            .join(","),
        );
        assert_eq!(told(&text)[..2], ["0 speech 茶: 好", "1000 speech user7: ↩ 茶: 好 / 谢"]);
        let (transcript, _) = read(&text);
        assert_eq!(transcript.meta.offset.as_deref(), Some("+08:00"));
        assert_eq!(transcript.meta.title.as_deref(), Some("茶"));
        assert_eq!(transcript.speakers()[0].declared().role, Some(super::Role::Bot));
    }

    #[test]
    fn chats_of_an_account_are_named_by_notes() {
        let one = message(1, "王", r#""text": "一""#);
        let text = format!(
            r#"{{"about": "x", "personal_information": {{}}, "chats": {{"about": "", "list": [
                {{"name": "空", "type": "private_group", "id": 1, "messages": []}},
                {{"type": "saved_messages", "id": 2, "messages": [{one}, {one}]}},
                {{"name": "Bo", "type": "personal_chat", "id": 3, "messages": [{one}]}}]}}}}"#
        );
        let expected = [
            "0 note : [chat: saved messages]",
            "0 speech 王: 一",
            "0 speech 王: 一",
            "0 note : [chat: Bo]",
            "0 speech 王: 一",
        ];
        assert_eq!(told(&text), expected);
        assert_eq!(read(&text).0.meta.title, None);
    }
}
