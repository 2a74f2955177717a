//! Chat of a Twitch video: JSON of `TwitchDownloader` (1.x), which is that of Twitch's old API for comments.
//!
//! `{"streamer": {"name"}, "video": {"title"}, "comments": [..]}`, or the comments alone. A comment has `content_offset_seconds`,
//! `commenter.display_name`, and a `message` with its `body`.

use super::json::{Loose, People, Words, object};
use super::offset::seconds;
use crate::format::head::Head;
use crate::format::items::{Apart, Item, Items};
use crate::format::parser::{Parser, Wire};
use crate::transcript::{Draft, Kind, Post, Role};
use serde::Deserialize;

/// The format.
#[derive(Debug, Default)]
pub struct Twitch {
    streamer: String,
}

#[derive(Deserialize)]
struct Comment<'a> {
    #[serde(borrow, default)]
    content_offset_seconds: Loose<'a>,
    #[serde(borrow, default)]
    commenter: Loose<'a>,
    #[serde(borrow, default)]
    message: Loose<'a>,
}

#[derive(Deserialize, Default)]
struct Commenter<'a> {
    #[serde(borrow, default)]
    display_name: Loose<'a>,
    #[serde(borrow, default)]
    name: Loose<'a>,
}

#[derive(Deserialize, Default)]
struct Message<'a> {
    #[serde(borrow, default)]
    body: Loose<'a>,
    #[serde(borrow, default)]
    fragments: Loose<'a>,
    #[serde(borrow, default)]
    bits_spent: Loose<'a>,
    #[serde(borrow, default)]
    is_action: Loose<'a>,
    #[serde(borrow, default)]
    user_badges: Loose<'a>,
    #[serde(borrow, default)]
    user_notice_params: Loose<'a>,
}

#[derive(Deserialize)]
struct Fragment<'a> {
    #[serde(borrow, default)]
    text: Loose<'a>,
}

#[derive(Deserialize)]
struct Badge<'a> {
    #[serde(borrow, default, rename = "_id")]
    id: Loose<'a>,
}

#[derive(Deserialize)]
struct NoticeParams<'a> {
    #[serde(borrow, default, rename = "msg_id", alias = "msg-id")]
    sort: Loose<'a>,
}

/// The video, or who streams it.
#[derive(Deserialize)]
struct Video<'a> {
    #[serde(borrow, default)]
    title: Loose<'a>,
    #[serde(borrow, default)]
    name: Loose<'a>,
}

impl Items for Twitch {
    const PLACES: &'static [&'static str] = &["", "comments"];

    fn item(&mut self, item: Item, out: &mut Draft) -> serde_json::Result<()> {
        let comment: Comment = object(item.json)?;
        let Some(message) = comment.message.read::<Message>() else { return Ok(()) };
        let commenter: Commenter = comment.commenter.read().unwrap_or_default();
        let name = commenter.display_name.some_text().or_else(|| commenter.name.some_text());
        let label = name.unwrap_or_default();
        let start = seconds(comment.content_offset_seconds, out);
        let post = Post { start, line: Some(item.line), ..Post::default() };
        let text = message.text();
        if message.is_of_service() && text.starts_with(&*label) {
            out.say("", &text, Post { kind: Kind::System, ..post });
            return Ok(());
        }
        let (text, is_action) = match text.strip_prefix("/me ") {
            Some(action) => (action, true),
            None => (&*text, message.is_action.is_true()),
        };
        let mut words = Words::default();
        if let Some(bits) = message.bits_spent.integer().filter(|&bits| bits > 0) {
            words.mark(&format!("{bits} bits"), "");
        }
        words.behind(text);
        People::declare(&label, message.role(), out);
        out.say(
            &label,
            words.text(),
            Post { kind: if is_action { Kind::Action } else { Kind::Speech }, ..post },
        );
        Ok(())
    }

    fn field(&mut self, field: Item, out: &mut Draft) -> serde_json::Result<()> {
        if !matches!(field.path, "video" | "streamer") {
            return Ok(());
        }
        let video: Video = object(field.json)?;
        if let Some(name) = video.name.some_text() {
            self.streamer = name.into_owned();
        }
        let title = video.title.some_text().map(std::borrow::Cow::into_owned);
        out.meta.title = title.or_else(|| out.meta.title.take()).or_else(|| Some(self.streamer.clone()));
        Ok(())
    }
}

impl Message<'_> {
    /// The text; of parts where it is not told as a whole.
    fn text(&self) -> String {
        match self.body.some_text() {
            Some(body) => body.trim().to_owned(),
            None => self.fragments.list::<Fragment>().iter().map(|part| part.text.text()).collect(),
        }
    }

    /// Whether the service tells it: that somebody subscribed, gave, came with others.
    fn is_of_service(&self) -> bool {
        let sort = self.user_notice_params.read::<NoticeParams>();
        sort.and_then(|params| params.sort.some_text()).is_some_and(|sort| sort != "highlighted-message")
    }

    fn role(&self) -> Option<Role> {
        self.user_badges.list::<Badge>().iter().find_map(|badge| match &*badge.id.text() {
            "broadcaster" | "moderator" => Some(Role::Admin),
            _ => None,
        })
    }
}

impl Wire for Twitch {
    fn score(head: &Head) -> u8 {
        let is_told = ["comments[].", "[].", ""].iter().any(|at| {
            let (offset, body) = (format!("{at}content_offset_seconds"), format!("{at}message.body"));
            head.has_paths(&[&offset, &body])
        });
        if is_told { 97 } else { 0 }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Apart<Self>>::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::json::tests::{read, told};

    #[test]
    fn comments_of_every_sort_are_read() {
        for (offset, message, expected) in [
            ("7", r#""body": "好""#, "7000 speech 安: 好"),
            ("7.25", r#""body": "", "fragments": [{"text": "a "}, {"text": "b"}]"#, "7250 speech 安: a b"),
            ("7", r#""body": "/me waves""#, "7000 action 安: waves"),
            ("7", r#""body": "waves", "is_action": true"#, "7000 action 安: waves"),
            ("7", r#""body": "Cheer100", "bits_spent": 100"#, "7000 speech 安: [100 bits] Cheer100"),
            (
                "7",
                r#""body": "安 subscribed at Tier 1.", "user_notice_params": {"msg_id": "sub"}"#,
                "7000 system : 安 subscribed at Tier 1.",
            ),
            (
                "7",
                r#""body": "look", "user_notice_params": {"msg-id": "highlighted-message"}"#,
                "7000 speech 安: look",
            ),
            ("7", r#""body": "x", "user_notice_params": {"msg_id": null}"#, "7000 speech 安: x"),
        ] {
            let comment = format!(
                r#"{{"_id": "1", "content_offset_seconds": {offset}, "commenter": {{"display_name": "安", "name": "an"}}, "message": {{{message}}}}}"#
            );
            for text in [
                format!(r#"{{"video": {{"title": "修"}}, "comments": [{comment}]}}"#),
                format!("[{comment}]"),
                format!("{comment}\n"),
            ] {
                assert_eq!(told(&text), [expected], "{text}");
            }
        }
    }

    #[test]
    fn the_title_is_that_of_the_video_or_who_streams_it() {
        let comments =
            r#""comments": [{"content_offset_seconds": 1, "commenter": null, "message": {"body": "x"}}]"#;
        for (head, title) in [
            (r#""streamer": {"name": "s"}, "video": {"title": "v"},"#, Some("v")),
            (r#""video": {"title": "v"}, "streamer": {"name": "s"},"#, Some("v")),
            (r#""streamer": {"name": "s"}, "video": {"title": null},"#, Some("s")),
            ("", None),
        ] {
            let (transcript, _) = read(&format!("{{{head} {comments}}}"));
            assert_eq!(transcript.meta.title.as_deref(), title, "{head}");
        }
    }
}
