//! What Telegram itself says in a chat, as sentences.

use super::json::{Loose, length};
use serde::Deserialize;

/// A message of the service.
#[derive(Deserialize)]
pub struct Service<'a> {
    #[serde(borrow, default)]
    actor: Loose<'a>,
    #[serde(borrow, default)]
    actor_id: Loose<'a>,
    #[serde(borrow, default)]
    from: Loose<'a>,
    #[serde(borrow, default)]
    action: Loose<'a>,
    #[serde(borrow, default)]
    title: Loose<'a>,
    #[serde(borrow, default)]
    new_title: Loose<'a>,
    #[serde(borrow, default)]
    members: Loose<'a>,
    #[serde(borrow, default)]
    inviter: Loose<'a>,
    #[serde(borrow, default)]
    message_id: Loose<'a>,
    #[serde(borrow, default)]
    score: Loose<'a>,
    #[serde(borrow, default)]
    amount: Loose<'a>,
    #[serde(borrow, default)]
    currency: Loose<'a>,
    #[serde(borrow, default)]
    cost: Loose<'a>,
    #[serde(borrow, default)]
    duration: Loose<'a>,
    #[serde(borrow, default)]
    duration_seconds: Loose<'a>,
    #[serde(borrow, default)]
    discard_reason: Loose<'a>,
    #[serde(borrow, default)]
    information_text: Loose<'a>,
    #[serde(borrow, default)]
    emoticon: Loose<'a>,
    #[serde(borrow, default)]
    to: Loose<'a>,
    #[serde(borrow, default)]
    distance: Loose<'a>,
    #[serde(borrow, default)]
    schedule_date: Loose<'a>,
    #[serde(borrow, default)]
    text: Loose<'a>,
}

/// What it says; `begun` knows messages by their names.
pub fn sentence<'k>(service: &Service, begun: impl Fn(&str) -> Option<&'k str>) -> String {
    let actor = [service.actor, service.from, service.actor_id].into_iter().find_map(Loose::some_text);
    let actor = actor.unwrap_or_default();
    let more = service.text.some_text().map(|text| format!("\n{text}")).unwrap_or_default();
    let told = match service.information_text.some_text() {
        Some(told) => told.into_owned(),
        None => service.told(begun),
    };
    format!("{actor} {told}{more}").trim().to_owned()
}

impl Service<'_> {
    /// What the actor did.
    fn told<'k>(&self, begun: impl Fn(&str) -> Option<&'k str>) -> String {
        let title = self.title.text();
        match &*self.action.text() {
            "create_group" => format!("created the group “{title}”{}", self.with_members(" with ")),
            "create_channel" => format!("created the channel “{title}”"),
            "edit_group_title" => format!("changed the name of the group to “{title}”"),
            "edit_group_photo" => "changed the photo of the group".to_owned(),
            "delete_group_photo" => "removed the photo of the group".to_owned(),
            "invite_members" if self.is_self() => "joined the group".to_owned(),
            "invite_members" => format!("invited{}", self.with_members(" ")),
            "remove_members" if self.is_self() => "left the group".to_owned(),
            "remove_members" => format!("removed{}", self.with_members(" ")),
            "join_group_by_link" => match self.inviter.some_text() {
                Some(inviter) => format!("joined the group by a link of {inviter}"),
                None => "joined the group by a link".to_owned(),
            },
            "join_group_by_request" => "was let into the group".to_owned(),
            "migrate_to_supergroup" => "made the group a supergroup".to_owned(),
            "migrate_from_group" => format!("made the group “{title}” a supergroup"),
            "pin_message" => match begun(&self.message_id.text()) {
                Some(pinned) => format!("pinned a message\n{pinned}"),
                None => "pinned a message".to_owned(),
            },
            "clear_history" => "cleared the history".to_owned(),
            "score_in_game" => format!("scored {} in a game", self.score.text()),
            "send_payment" => format!("paid {} {}", self.amount.text(), self.currency.text()),
            "send_premium_gift" | "send_star_gift" => format!("sent a gift {}", self.cost.text()),
            "phone_call" => format!("called{}", self.call()),
            "group_call" => format!("held a group call{}", self.call()),
            "group_call_scheduled" => format!("planned a group call for {}", self.schedule_date.text()),
            "invite_to_group_call" => format!("invited to the group call{}", self.with_members(" ")),
            "take_screenshot" => "took a screenshot".to_owned(),
            "joined_telegram" => "joined Telegram".to_owned(),
            "proximity_reached" => format!("came within {} m of {}", self.distance.text(), self.to.text()),
            "edit_chat_theme" => format!("changed the theme of the chat {}", self.emoticon.text()),
            "set_chat_wallpaper" | "set_same_chat_wallpaper" => {
                "changed the wallpaper of the chat".to_owned()
            }
            "topic_created" => format!("created the topic “{title}”"),
            "topic_edit" => format!("changed the topic {}", self.new_title.text()),
            other => format!("{} {title}{}", other.replace('_', " "), self.with_members(" ")),
        }
    }

    fn is_self(&self) -> bool {
        self.members.elements().iter().map(|member| member.text()).eq([self.actor.text()])
    }

    fn with_members(&self, before: &str) -> String {
        let members = self.members.elements().into_iter();
        let members: Vec<_> = members.map(|member| member.some_text().unwrap_or("?".into())).collect();
        if members.is_empty() { String::new() } else { format!("{before}{}", members.join(", ")) }
    }

    /// How long a call was, or why there was none.
    fn call(&self) -> String {
        let seconds = self.duration_seconds.integer().or_else(|| self.duration.integer());
        match (seconds, &*self.discard_reason.text()) {
            (Some(seconds), _) => format!(" ({})", length(seconds)),
            (None, "" | "hangup") => String::new(),
            (None, reason) => format!(" ({reason})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_service_says_is_a_sentence() {
        for (json, expected) in [
            (
                r#"{"actor": "王", "action": "create_group", "title": "书", "members": ["王", null]}"#,
                "王 created the group “书” with 王, ?",
            ),
            (r#"{"actor": "Ann", "action": "invite_members", "members": ["Ann"]}"#, "Ann joined the group"),
            (r#"{"actor": "Ann", "action": "invite_members", "members": ["Bo"]}"#, "Ann invited Bo"),
            (r#"{"actor": "Ann", "action": "remove_members", "members": ["Ann"]}"#, "Ann left the group"),
            (
                r#"{"actor": "Ann", "action": "phone_call", "duration_seconds": 62, "discard_reason": "hangup"}"#,
                "Ann called (1:02)",
            ),
            (
                r#"{"actor": "Ann", "action": "phone_call", "discard_reason": "missed"}"#,
                "Ann called (missed)",
            ),
            (r#"{"actor": "Ann", "action": "pin_message", "message_id": 7}"#, "Ann pinned a message\n王: 好"),
            (r#"{"actor": null, "actor_id": "user5", "action": "joined_telegram"}"#, "user5 joined Telegram"),
            (r#"{"actor": "Ann", "action": "boost_apply", "boosts": 1, "text": "x"}"#, "Ann boost apply \nx"),
            (r#"{"actor": "Bot", "information_text": "says so"}"#, "Bot says so"),
            ("{}", ""),
        ] {
            let service = serde_json::from_str(json).unwrap();
            let told = sentence(&service, |id| (id == "7").then_some("王: 好"));
            assert_eq!(told, expected, "{json}");
        }
    }
}
