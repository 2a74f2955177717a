//! The items of a live chat of `YouTube`, as its page is sent them.

use super::json::Loose;
use crate::transcript::Role;
use serde::Deserialize;

/// An item: its one field says what it is.
#[derive(Deserialize)]
pub struct Item<'a> {
    #[serde(borrow, default, rename = "liveChatTextMessageRenderer")]
    text: Loose<'a>,
    #[serde(borrow, default, rename = "liveChatPaidMessageRenderer")]
    paid: Loose<'a>,
    #[serde(borrow, default, rename = "liveChatPaidStickerRenderer")]
    sticker: Loose<'a>,
    #[serde(
        borrow,
        default,
        rename = "liveChatMembershipItemRenderer",
        alias = "liveChatLegacyPaidMessageRenderer"
    )]
    member: Loose<'a>,
    #[serde(borrow, default, rename = "liveChatSponsorshipsGiftPurchaseAnnouncementRenderer")]
    gift: Loose<'a>,
    #[serde(borrow, default, rename = "liveChatSponsorshipsGiftRedemptionAnnouncementRenderer")]
    gifted: Loose<'a>,
    #[serde(
        borrow,
        default,
        rename = "liveChatViewerEngagementMessageRenderer",
        alias = "liveChatModeChangeMessageRenderer",
        alias = "liveChatDonationAnnouncementRenderer",
        alias = "liveChatModerationMessageRenderer",
        alias = "liveChatPurchasedProductMessageRenderer"
    )]
    notice: Loose<'a>,
}

/// What is read of any item.
#[derive(Deserialize, Default)]
struct Renderer<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default, rename = "timestampUsec")]
    usec: Loose<'a>,
    #[serde(borrow, default, rename = "timestampText")]
    clock: Loose<'a>,
    #[serde(borrow, default, rename = "authorName")]
    author: Loose<'a>,
    #[serde(borrow, default, rename = "authorBadges")]
    badges: Loose<'a>,
    #[serde(borrow, default)]
    message: Loose<'a>,
    #[serde(borrow, default)]
    text: Loose<'a>,
    #[serde(borrow, default)]
    subtext: Loose<'a>,
    #[serde(borrow, default, rename = "purchaseAmountText")]
    amount: Loose<'a>,
    #[serde(borrow, default, rename = "headerPrimaryText", alias = "primaryText", alias = "eventText")]
    primary: Loose<'a>,
    #[serde(borrow, default, rename = "headerSubtext", alias = "detailText")]
    secondary: Loose<'a>,
    #[serde(borrow, default)]
    sticker: Loose<'a>,
    #[serde(borrow, default)]
    header: Loose<'a>,
}

/// A text, in one of the ways in which the page is sent it.
#[derive(Deserialize)]
struct Text<'a> {
    #[serde(borrow, default, rename = "simpleText", alias = "content")]
    simple: Loose<'a>,
    #[serde(borrow, default)]
    runs: Loose<'a>,
}

#[derive(Deserialize)]
struct Run<'a> {
    #[serde(borrow, default)]
    text: Loose<'a>,
    #[serde(borrow, default)]
    emoji: Loose<'a>,
}

#[derive(Deserialize)]
struct Emoji<'a> {
    #[serde(borrow, default, rename = "emojiId")]
    id: Loose<'a>,
    #[serde(borrow, default)]
    shortcuts: Loose<'a>,
}

/// What has one of these within it, around what counts.
#[derive(Deserialize)]
struct Around<'a> {
    #[serde(
        borrow,
        default,
        rename = "liveChatAuthorBadgeRenderer",
        alias = "icon",
        alias = "liveChatSponsorshipsHeaderRenderer",
        alias = "accessibility",
        alias = "accessibilityData",
        alias = "bannerRenderer",
        alias = "liveChatBannerRenderer",
        alias = "liveChatBannerHeaderRenderer",
        alias = "panelToShow",
        alias = "liveChatActionPanelRenderer",
        alias = "pollHeaderRenderer"
    )]
    inner: Loose<'a>,
    #[serde(borrow, default, rename = "iconType", alias = "label")]
    word: Loose<'a>,
}

/// What is pinned, or asked.
#[derive(Deserialize)]
struct Banner<'a> {
    #[serde(borrow, default)]
    header: Loose<'a>,
    #[serde(borrow, default)]
    contents: Loose<'a>,
}

#[derive(Deserialize)]
struct Contents<'a> {
    #[serde(borrow, default, rename = "liveChatTextMessageRenderer")]
    message: Loose<'a>,
    #[serde(borrow, default, rename = "liveChatBannerRedirectRenderer")]
    redirect: Loose<'a>,
    #[serde(borrow, default, rename = "pollRenderer")]
    poll: Loose<'a>,
}

#[derive(Deserialize)]
struct Poll<'a> {
    #[serde(borrow, default)]
    header: Loose<'a>,
    #[serde(borrow, default)]
    choices: Loose<'a>,
    #[serde(borrow, default, rename = "pollQuestion")]
    question: Loose<'a>,
    #[serde(borrow, default)]
    text: Loose<'a>,
    #[serde(borrow, default, rename = "bannerMessage")]
    message: Loose<'a>,
}

/// What somebody said, or the service did.
#[derive(Debug, Default)]
pub struct Said {
    /// Its name.
    pub id: String,
    /// Nobody, where the service speaks.
    pub author: String,
    /// Owner or moderator.
    pub role: Option<Role>,
    /// The time on the player.
    pub clock: String,
    /// Microseconds since 1970.
    pub usec: Option<i64>,
    /// What it is besides text.
    pub marks: Vec<String>,
    /// The text.
    pub text: String,
}

impl Item<'_> {
    /// What is said; nothing for a place that is kept free.
    pub fn said(&self) -> Option<Said> {
        let of =
            |item: Loose| item.read::<Renderer>().map(|renderer| (renderer.said(), text(renderer.message)));
        if let Some((said, message)) = of(self.text).or_else(|| of(self.paid)) {
            return Some(Said { text: message, ..said });
        }
        if let Some((mut said, _)) = of(self.sticker) {
            let label =
                self.sticker.read::<Renderer>().map(|renderer| inner(renderer.sticker)).unwrap_or_default();
            said.marks.push(format!("sticker {label}").trim().to_owned());
            return Some(said);
        }
        let service = |said: Said, text: String| Said { author: String::new(), role: None, text, ..said };
        if let Some(renderer) = self.member.read::<Renderer>() {
            let mut said = renderer.said();
            let (message, told) = (text(renderer.message), renderer.told());
            if message.is_empty() {
                let told = format!("{}: {told}", said.author);
                return Some(service(said, told));
            }
            said.marks.push(told);
            return Some(Said { text: message, ..said });
        }
        if let Some(renderer) = self.gift.read::<Renderer>() {
            let header = renderer.header.read::<Around>().and_then(|header| header.inner.read::<Renderer>());
            let header = header.unwrap_or_default();
            let told = format!("{}: {}", text(header.author), header.told());
            return Some(service(renderer.said(), told));
        }
        if let Some((said, message)) = of(self.gifted) {
            let told = format!("{} {message}", said.author);
            return Some(service(said, told));
        }
        let renderer = self.notice.read::<Renderer>()?;
        let lines = [renderer.author, renderer.message, renderer.text, renderer.subtext, renderer.primary];
        let lines: Vec<_> = lines.into_iter().map(text).filter(|line| !line.is_empty()).collect();
        (!lines.is_empty()).then(|| service(renderer.said(), lines.join("\n")))
    }
}

impl Renderer<'_> {
    /// Who says it, when, and for how much.
    fn said(&self) -> Said {
        let amount = text(self.amount);
        Said {
            id: self.id.text().into_owned(),
            author: text(self.author),
            role: self.role(),
            clock: text(self.clock),
            usec: self.usec.integer(),
            marks: if amount.is_empty() { Vec::new() } else { vec![amount] },
            text: String::new(),
        }
    }

    fn role(&self) -> Option<Role> {
        self.badges.elements().into_iter().find_map(|badge| match &*inner(badge) {
            "OWNER" | "MODERATOR" => Some(Role::Admin),
            _ => None,
        })
    }

    /// What the service says of it.
    fn told(&self) -> String {
        let lines = [text(self.primary), text(self.secondary)];
        lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

/// The text in a value that is sent as a text.
fn text(value: Loose) -> String {
    let Some(Text { simple, runs }) = value.read() else { return value.text().into_owned() };
    if !simple.is_none() {
        return simple.text().into_owned();
    }
    let mut whole = String::new();
    for run in runs.list::<Run>() {
        match run.emoji.read::<Emoji>() {
            Some(emoji) => whole.push_str(&emoji.shown()),
            None => whole.push_str(&run.text.text()),
        }
    }
    whole
}

impl Emoji<'_> {
    /// The character; for one of the channel's own what is typed for it.
    fn shown(&self) -> String {
        let id = self.id.text();
        if !id.is_ascii() {
            return id.into_owned();
        }
        let shortcut = self.shortcuts.elements().first().map(|shortcut| shortcut.text().into_owned());
        shortcut.unwrap_or_else(|| format!(":{}:", id.rsplit('/').next().unwrap_or_default()))
    }
}

/// The word or text within what stands around it.
fn inner(value: Loose) -> String {
    let mut value = value;
    for _ in 0..4 {
        let Some(around) = value.read::<Around>() else { break };
        if let Some(word) = around.word.some_text() {
            return word.into_owned();
        }
        if around.inner.is_none() {
            return text(value);
        }
        value = around.inner;
    }
    String::new()
}

/// What is pinned or asked on top of the chat.
pub fn of_banner(told: Loose) -> Option<String> {
    let mut value = told;
    for _ in 0..3 {
        let inner = value.read::<Around>().map(|around| around.inner);
        value = inner.filter(|inner| !inner.is_none()).unwrap_or(value);
    }
    let banner: Banner = value.read()?;
    let contents: Contents = banner.contents.read()?;
    if let Some(message) = contents.message.read::<Renderer>() {
        let header = banner.header.read::<Around>().map(|header| header.inner);
        let header = header.and_then(Loose::read::<Poll>).map(|header| text(header.text)).unwrap_or_default();
        return Some(
            format!("{header}\n{}: {}", text(message.author), text(message.message)).trim().to_owned(),
        );
    }
    if let Some(redirect) = contents.redirect.read::<Poll>() {
        return Some(text(redirect.message)).filter(|told| !told.is_empty());
    }
    let poll: Poll = contents.poll.read()?;
    let header = poll.header.read::<Around>().and_then(|header| header.inner.read::<Poll>());
    let mut lines =
        vec![format!("[poll] {}", header.map(|header| text(header.question)).unwrap_or_default())];
    lines.extend(poll.choices.list::<Poll>().iter().map(|choice| format!("- {}", text(choice.text))));
    Some(lines.join("\n"))
}
