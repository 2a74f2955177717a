//! JSON of chat-downloader, of `YouTube`, Twitch and others: an array, or JSON lines.
//!
//! A message has `time_in_seconds` in the recording or a `timestamp` in microseconds since 1970, `message`, and `author`: a name in
//! old files, `{"name", "badges"}` in new ones (0.1 and later), where `message_type` says what it is and `money` what was paid.
//!
//! What was paid stands first, as printed: `[$5.00]`. What is told twice, as a message and on top of the chat, is read once.

use super::json::{Loose, Moment, People, Words, Zone, object, unix_ms};
use super::offset::{milliseconds, seconds};
use super::seen::Seen;
use crate::format::head::Head;
use crate::format::items::{Apart, Item, Items};
use crate::format::parser::{Parser, Wire};
use crate::transcript::{Draft, Kind, Post, Role};
use serde::Deserialize;

/// The format.
#[derive(Debug, Default)]
pub struct ChatDownloader {
    zone: Zone,
    seen: Seen,
}

#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow, default)]
    author: Loose<'a>,
    #[serde(borrow, default)]
    author_id: Loose<'a>,
    #[serde(borrow, default, rename = "message")]
    text: Loose<'a>,
    #[serde(borrow, default, rename = "message_id")]
    id: Loose<'a>,
    #[serde(borrow, default, rename = "message_type")]
    sort: Loose<'a>,
    #[serde(borrow, default)]
    time_in_seconds: Loose<'a>,
    #[serde(borrow, default)]
    video_offset_time_msec: Loose<'a>,
    #[serde(borrow, default)]
    timestamp: Loose<'a>,
    #[serde(borrow, default)]
    amount: Loose<'a>,
    #[serde(borrow, default)]
    money: Loose<'a>,
    #[serde(borrow, default)]
    bits: Loose<'a>,
    #[serde(borrow, default, rename = "system_message")]
    told: Loose<'a>,
    #[serde(borrow, default, alias = "primary_text")]
    header_primary_text: Loose<'a>,
    #[serde(borrow, default, alias = "header_secondary_text", alias = "secondary_text")]
    sub_text: Loose<'a>,
}

#[derive(Deserialize, Default)]
struct Author<'a> {
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default)]
    display_name: Loose<'a>,
    #[serde(borrow, default)]
    badges: Loose<'a>,
    #[serde(borrow, default)]
    is_bot: Loose<'a>,
}

#[derive(Deserialize)]
struct Badge<'a> {
    #[serde(borrow, default)]
    title: Loose<'a>,
}

#[derive(Deserialize)]
struct Money<'a> {
    #[serde(borrow, default)]
    text: Loose<'a>,
    #[serde(borrow, default)]
    amount: Loose<'a>,
    #[serde(borrow, default)]
    currency: Loose<'a>,
}

/// Sorts of messages that the service tells.
const OF_SERVICE: [&str; 14] = [
    "membership_item",
    "sponsorships_gift_purchase_announcement",
    "sponsorships_gift_redemption_announcement",
    "viewer_engagement_message",
    "mode_change_message",
    "donation_announcement",
    "subscription",
    "resubscription",
    "subscription_gift",
    "mystery_subscription_gift",
    "raid",
    "ban_user",
    "room_state",
    "banner",
];

impl Items for ChatDownloader {
    const PLACES: &'static [&'static str] = &[""];

    fn item(&mut self, item: Item, out: &mut Draft) -> serde_json::Result<()> {
        let message: Message = object(item.json)?;
        let sort = message.sort.text();
        if sort.starts_with("ticker_") || self.seen.has(&message.identity()) || !message.is_any() {
            return Ok(());
        }
        let start = message.offset(out);
        let start = if start.is_some() { start } else { self.zone.tell(message.moment(), out) };
        let post = Post { start, line: Some(item.line), ..Post::default() };
        let (label, role) = message.author();
        let words = message.words();
        let told = [message.told, message.header_primary_text, message.sub_text];
        let told: Vec<_> = told.iter().filter_map(|line| line.some_text()).collect();
        let is_told = OF_SERVICE.contains(&&*sort) || !message.told.is_none();
        if is_told && (!told.is_empty() || label.is_empty()) {
            let told = told.join(" · ");
            let names =
                if label.is_empty() || told.contains(&*label) { told } else { format!("{label}: {told}") };
            out.say("", &names, Post { kind: Kind::System, ..post.clone() });
            if message.text.some_text().is_none() {
                return Ok(());
            }
        }
        People::declare(&label, role, out);
        let kind = if label.is_empty() { Kind::System } else { Kind::Speech };
        out.say(&label, words.text(), Post { kind, ..post });
        Ok(())
    }
}

impl Message<'_> {
    /// Whether there is anything in it.
    fn is_any(&self) -> bool {
        [self.text, self.amount, self.money, self.sort, self.author].iter().any(|part| !part.is_none())
    }

    /// What tells it from all others.
    fn identity(&self) -> String {
        match self.id.some_text() {
            Some(id) => id.into_owned(),
            None if self.timestamp.is_none() => String::new(),
            None => [self.author, self.author_id, self.timestamp, self.text].map(Loose::json).join(" "),
        }
    }

    /// Where it is in the recording.
    fn offset(&self, out: &mut Draft) -> Option<i64> {
        let second = self.time_in_seconds.number();
        // Old files tell milliseconds too, and 0 of what was before the start.
        match self.video_offset_time_msec.number() {
            Some(ms) if second.is_none_or(|second| (second * 1000.0 - ms).abs() < 1000.0) => {
                milliseconds(ms, out)
            }
            _ => seconds(self.time_in_seconds, out),
        }
    }

    /// When it was on the clock on the wall.
    fn moment(&self) -> Option<Moment> {
        let stamp = self.timestamp.integer()?;
        // Microseconds; some sites tell milliseconds, or seconds.
        let ms = match stamp {
            100_000_000_000_000.. => stamp / 1000,
            100_000_000_000.. => stamp,
            _ => stamp.checked_mul(1000)?,
        };
        unix_ms(ms)
    }

    fn author(&self) -> (String, Option<Role>) {
        let Some(author) = self.author.read::<Author>() else {
            return (self.author.text().into_owned(), None);
        };
        let name = author.display_name.some_text().or_else(|| author.name.some_text());
        let badges = author.badges.list::<Badge>();
        let role = badges.iter().find_map(|badge| match &*badge.title.text() {
            "Owner" | "Broadcaster" | "Moderator" => Some(Role::Admin),
            _ => None,
        });
        let role = if author.is_bot.is_true() { Some(Role::Bot) } else { role };
        (name.unwrap_or_default().into_owned(), role)
    }

    fn words(&self) -> Words {
        let mut words = Words::default();
        let paid = self.money.read::<Money>().map(|money| match money.text.some_text() {
            Some(text) => text.into_owned(),
            None => format!("{} {}", money.currency.text(), money.amount.text()).trim().to_owned(),
        });
        let paid = paid.or_else(|| self.amount.some_text().map(std::borrow::Cow::into_owned));
        paid.filter(|paid| !paid.is_empty()).iter().for_each(|paid| words.mark(paid, ""));
        if let Some(bits) = self.bits.integer().filter(|&bits| bits > 0) {
            words.mark(&format!("{bits} bits"), "");
        }
        if self.sort.text() == "paid_sticker" {
            words.behind("[sticker]");
        }
        words.behind(&self.text.text());
        words
    }
}

impl Wire for ChatDownloader {
    fn score(head: &Head) -> u8 {
        let is_told = ["[].", ""].iter().any(|at| {
            let has = |key: &str| head.has_paths(&[&format!("{at}{key}")]);
            let is_timed = has("time_in_seconds") || has("timestamp") && has("message_id");
            has("author") && has("message") && is_timed
        });
        if is_told { 95 } else { 0 }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Apart<Self>>::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::json::tests::{read, told};

    #[test]
    fn messages_of_old_and_new_files_are_read() {
        for (message, expected) in [
            (
                r#""author": "安", "message": "好", "time_in_seconds": 307.0, "timestamp": 1562541137129857"#,
                &["307000 speech 安: 好"][..],
            ),
            (
                r#""author": "安", "message": null, "amount": "$5.00", "time_in_seconds": 2, "video_offset_time_msec": 2577"#,
                &["2577 speech 安: [$5.00]"],
            ),
            (
                r#""author": {"name": "an", "display_name": "安"}, "message": "好", "time_in_seconds": -1.5"#,
                &["-1500 speech 安: 好"],
            ),
            (
                r#""author": {"name": "安"}, "message": "好", "message_id": "1", "timestamp": 1717243200000000"#,
                &["0 speech 安: 好"],
            ),
            (
                r#""author": {"name": "安"}, "message": "好", "message_type": "paid_message", "money": {"amount": 5.0, "currency": "USD", "text": null}, "time_in_seconds": 1"#,
                &["1000 speech 安: [USD 5.0] 好"],
            ),
            (
                r#""author": {"name": "安"}, "message": null, "message_type": "membership_item", "header_secondary_text": "Welcome!", "time_in_seconds": 1"#,
                &["1000 system : 安: Welcome!"],
            ),
            (
                r#""author": {"name": "an"}, "message": "再来", "message_type": "resubscription", "system_message": "an resubscribed.", "time_in_seconds": 1"#,
                &["1000 system : an resubscribed.", "1000 speech an: 再来"],
            ),
            (
                r#""author": {"name": "安"}, "message": "好", "message_type": "ticker_paid_message_item", "time_in_seconds": 1"#,
                &[],
            ),
        ] {
            for text in [format!("[{{{message}}}]"), format!("{{{message}}}\n{{{message}}}\n")] {
                let mut posts = told(&text);
                posts.truncate(expected.len());
                assert_eq!(posts, expected, "{text}");
            }
        }
    }

    #[test]
    fn what_is_told_twice_is_read_once() {
        let message = |id: u32| {
            format!(r#"{{"author": "安", "message": "好", "timestamp": 1{id:015}, "time_in_seconds": 1}}"#)
        };
        assert_eq!(told(&format!("[{0}, {0}, {1}]", message(1), message(2))).len(), 2);
        let badge = r#"[{"author": {"name": "安", "badges": [{"title": "Moderator"}]}, "message": "好", "time_in_seconds": 1}]"#;
        assert_eq!(read(badge).0.speakers()[0].declared().role, Some(super::Role::Admin));
    }
}
