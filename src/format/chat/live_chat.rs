//! Live chat of `YouTube`, as yt-dlp saves it (`--write-subs --sub-langs live_chat`): JSON lines of what the page was sent.
//!
//! `{"replayChatItemAction": {"actions": [..], "videoOffsetTimeMsec": "101308"}}`; of a chat that is still live the offset stands
//! outside. An action adds an item, whose one field says what it is: `liveChatTextMessageRenderer`, with `authorName` and with
//! `message.runs` of text and emoji. What runs on top of the chat (`addLiveChatTickerItemAction`) repeats what is paid for.
//!
//! What was paid stands first, as printed: `[¥500]`.

use super::json::{Loose, Moment, People, Words, Zone, unix_ms};
use super::live_items::{Item as Chat, Said, of_banner};
use super::offset::{clock, milliseconds};
use super::seen::Seen;
use crate::format::head::Head;
use crate::format::items::{Apart, Item, Items};
use crate::format::parser::{Parser, Wire};
use crate::transcript::{Draft, Kind, Post};
use serde::Deserialize;

/// The format.
#[derive(Debug, Default)]
pub struct LiveChat {
    zone: Zone,
    seen: Seen,
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow, default, rename = "replayChatItemAction")]
    replay: Loose<'a>,
    #[serde(borrow, default, rename = "continuationContents")]
    continuation: Loose<'a>,
    #[serde(borrow, default)]
    actions: Loose<'a>,
    #[serde(borrow, default, rename = "videoOffsetTimeMsec")]
    offset: Loose<'a>,
}

#[derive(Deserialize)]
struct Continuation<'a> {
    #[serde(borrow, default, rename = "liveChatContinuation")]
    chat: Loose<'a>,
}

#[derive(Deserialize)]
struct Action<'a> {
    #[serde(borrow, default, rename = "addChatItemAction")]
    add: Loose<'a>,
    #[serde(borrow, default, rename = "replaceChatItemAction")]
    replace: Loose<'a>,
    #[serde(borrow, default, rename = "addBannerToLiveChatCommand")]
    banner: Loose<'a>,
    #[serde(borrow, default, rename = "showLiveChatActionPanelAction")]
    panel: Loose<'a>,
}

#[derive(Deserialize)]
struct Added<'a> {
    #[serde(borrow, default, alias = "replacementItem")]
    item: Loose<'a>,
}

impl Items for LiveChat {
    const PLACES: &'static [&'static str] = &[""];

    fn item(&mut self, item: Item, out: &mut Draft) -> serde_json::Result<()> {
        self.line(Loose::of(item.json)?, None, item.line, 0, out);
        Ok(())
    }
}

/// Lines within lines are not looked at deeper.
const DEEPEST: usize = 3;

impl LiveChat {
    /// A line, or a part of it that is one in other files.
    fn line(&mut self, json: Loose, offset: Option<f64>, number: u32, depth: usize, out: &mut Draft) {
        let Some(line) = json.read::<Line>().filter(|_| depth <= DEEPEST) else { return };
        let offset = line.offset.number().or(offset);
        if let Some(continuation) = line.continuation.read::<Continuation>() {
            return self.line(continuation.chat, offset, number, depth + 1, out);
        }
        if !line.replay.is_none() {
            return self.line(line.replay, offset, number, depth + 1, out);
        }
        if line.actions.is_none() {
            return json.read().into_iter().for_each(|action| self.action(&action, offset, number, out));
        }
        for part in line.actions.elements() {
            self.line(part, offset, number, depth + 1, out);
        }
    }

    fn action(&mut self, action: &Action, offset: Option<f64>, number: u32, out: &mut Draft) {
        let item = [action.add, action.replace].into_iter().find_map(Loose::read::<Added>);
        if let Some(chat) = item.and_then(|added| added.item.read::<Chat>()) {
            return self.tell(chat.said(), offset, number, out);
        }
        for told in [action.banner, action.panel] {
            if let Some(text) = of_banner(told) {
                let said = Said { text, ..Said::default() };
                self.tell(Some(said), offset, number, out);
            }
        }
    }

    fn tell(&mut self, said: Option<Said>, offset: Option<f64>, number: u32, out: &mut Draft) {
        let Some(said) = said.filter(|said| !self.seen.has(&said.id)) else { return };
        let start = self.start(&said, offset, out);
        let post = Post { start, line: Some(number), ..Post::default() };
        let mut words = Words::default();
        for mark in &said.marks {
            words.behind(&format!("[{mark}]"));
        }
        words.behind(&said.text);
        if said.author.is_empty() {
            out.say("", words.text(), Post { kind: Kind::System, ..post });
            return;
        }
        People::declare(&said.author, said.role, out);
        out.say(&said.author, words.text(), post);
    }

    /// When it was said: in the recording, else on the clock on the wall.
    fn start(&mut self, said: &Said, offset: Option<f64>, out: &mut Draft) -> Option<i64> {
        // What was said before the start of the recording has an offset of 0 and a negative time.
        let before = clock(&said.clock).filter(|&ms| ms < 0.0);
        match before.or(offset).or_else(|| clock(&said.clock)) {
            Some(ms) => milliseconds(ms, out),
            None => self.zone.tell(moment(said.usec), out),
        }
    }
}

fn moment(usec: Option<i64>) -> Option<Moment> {
    unix_ms(usec?.div_euclid(1000))
}

impl Wire for LiveChat {
    fn score(head: &Head) -> u8 {
        let has = |path: &str| head.has_paths(&[path]) || head.has_paths(&[&format!("[].{path}")]);
        match () {
            () if has("replayChatItemAction.actions") => 98,
            () if has("addChatItemAction.item")
                || has("continuationContents.liveChatContinuation.actions") =>
            {
                95
            }
            () if has("replayChatItemAction") || has("addChatItemAction") => 90,
            () => 0,
        }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Apart<Self>>::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::json::tests::told;

    const AUTHOR: &str = r#""authorName": {"simpleText": "安"}, "timestampUsec": "1717243200000000""#;

    /// A line with an item whose renderer is begun.
    fn line(offset: &str, id: u32, item: &str) -> String {
        format!(
            r#"{{"replayChatItemAction": {{"actions": [{{"addChatItemAction": {{"item": {{{item}, "id": "{id}", {AUTHOR}}}}}}}}}]{offset}}}}}"#
        )
    }

    #[test]
    fn items_of_every_sort_are_read() {
        for (item, expected) in [
            (
                r#""liveChatTextMessageRenderer": {"message": {"runs": [{"text": "a "}, {"emoji": {"emojiId": "😀", "shortcuts": [":d:"]}}, {"emoji": {"emojiId": "UC/x", "shortcuts": [":_x:"]}}]}"#,
                "5000 speech 安: a 😀:_x:",
            ),
            (
                r#""liveChatPaidMessageRenderer": {"purchaseAmountText": {"simpleText": "¥500"}, "message": {"runs": [{"text": "茶"}]}"#,
                "5000 speech 安: [¥500] 茶",
            ),
            (
                r#""liveChatPaidMessageRenderer": {"purchaseAmountText": {"simpleText": "¥500"}"#,
                "5000 speech 安: [¥500]",
            ),
            (
                r#""liveChatPaidStickerRenderer": {"purchaseAmountText": {"simpleText": "$2.00"}, "sticker": {"accessibility": {"accessibilityData": {"label": "a cat"}}}"#,
                "5000 speech 安: [$2.00] [sticker a cat]",
            ),
            (
                r#""liveChatMembershipItemRenderer": {"headerSubtext": {"simpleText": "New member"}"#,
                "5000 system : 安: New member",
            ),
            (
                r#""liveChatMembershipItemRenderer": {"headerPrimaryText": {"runs": [{"text": "Member for "}, {"text": "6 months"}]}, "message": {"runs": [{"text": "好"}]}"#,
                "5000 speech 安: [Member for 6 months] 好",
            ),
            (
                r#""liveChatSponsorshipsGiftPurchaseAnnouncementRenderer": {"header": {"liveChatSponsorshipsHeaderRenderer": {"authorName": {"simpleText": "博"}, "primaryText": {"runs": [{"text": "Sent 5 gifts"}]}}}"#,
                "5000 system : 博: Sent 5 gifts",
            ),
            (
                r#""liveChatSponsorshipsGiftRedemptionAnnouncementRenderer": {"message": {"runs": [{"text": "was gifted a membership by 博"}]}"#,
                "5000 system : 安 was gifted a membership by 博",
            ),
        ] {
            assert_eq!(told(&line(r#", "videoOffsetTimeMsec": "5000""#, 1, item)), [expected], "{item}");
        }
    }

    #[test]
    fn times_come_from_the_recording_or_the_clock_on_the_wall() {
        let item = |clock: &str| {
            format!(
                r#""liveChatTextMessageRenderer": {{"message": {{"runs": [{{"text": "x"}}]}}, "timestampText": {{"simpleText": "{clock}"}}"#
            )
        };
        for (offset, clock, expected) in [
            (r#", "videoOffsetTimeMsec": "0""#, "-0:05", "-5000 speech 安: x"),
            (r#", "videoOffsetTimeMsec": "83500""#, "1:23", "83500 speech 安: x"),
            ("", "1:23", "83000 speech 安: x"),
            ("", "", "0 speech 安: x"),
        ] {
            assert_eq!(told(&line(offset, 1, &item(clock))), [expected]);
        }
        let live =
            line("", 1, &item("")).replacen('{', r#"{"videoOffsetTimeMsec": "7000", "isLive": true, "#, 1);
        assert_eq!(told(&live), ["7000 speech 安: x"]);
    }

    #[test]
    fn what_is_told_twice_or_by_the_page_alone_is_read_once() {
        let item = r#""liveChatTextMessageRenderer": {"message": {"runs": [{"text": "x"}]}"#;
        let ticker = r#"{"replayChatItemAction": {"actions": [{"addLiveChatTickerItemAction": {"item": {}}}, {"addChatItemAction": {"item": {"liveChatPlaceholderItemRenderer": {"id": "p"}}}}]}}"#;
        let banner = r#"{"replayChatItemAction": {"actions": [{"addBannerToLiveChatCommand": {"bannerRenderer": {"liveChatBannerRenderer": {"header": {"liveChatBannerHeaderRenderer": {"text": {"runs": [{"text": "Pinned by 博"}]}}}, "contents": {"liveChatTextMessageRenderer": {"authorName": {"simpleText": "博"}, "message": {"runs": [{"text": "规则"}]}}}}}}}], "videoOffsetTimeMsec": "9000"}}"#;
        let offset = r#", "videoOffsetTimeMsec": "5000""#;
        let text = [&line(offset, 1, item), &line(offset, 1, item), ticker, &line(offset, 2, item), banner]
            .join("\n");
        assert_eq!(
            told(&text),
            ["5000 speech 安: x", "5000 speech 安: x", "9000 system : Pinned by 博 / 博: 规则"]
        );
    }
}
