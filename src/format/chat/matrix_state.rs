//! What changes in a room of Matrix, as sentences.

use super::json::Loose;
use serde::Deserialize;
use std::borrow::Cow;

/// A member of the room.
#[derive(Deserialize, Default)]
pub struct Member<'a> {
    #[serde(borrow, default)]
    membership: Loose<'a>,
    #[serde(borrow, default)]
    displayname: Loose<'a>,
    #[serde(borrow, default)]
    avatar_url: Loose<'a>,
    #[serde(borrow, default)]
    reason: Loose<'a>,
}

/// What the room is like, in one respect.
#[derive(Deserialize, Default)]
pub struct State<'a> {
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default)]
    topic: Loose<'a>,
    #[serde(borrow, default)]
    body: Loose<'a>,
}

impl Member<'_> {
    /// The name the member has given itself.
    pub fn name(&self) -> Option<Cow<'_, str>> {
        self.displayname.some_text()
    }
}

/// What became of a member: who it is, by whom if not by itself, how it was called and what it was before.
pub fn of_member(whom: &str, by: Option<&str>, old: &str, now: &Member, before: &Member) -> Option<String> {
    let because = now.reason.some_text().map(|reason| format!(": {reason}")).unwrap_or_default();
    let told = match (&*before.membership.text(), &*now.membership.text(), by) {
        ("join", "join", _) if before.displayname.text() != now.displayname.text() => {
            let old = before.name().unwrap_or(Cow::Borrowed(old));
            format!("{old} is now called {whom}")
        }
        ("join", "join", _) if before.avatar_url.text() != now.avatar_url.text() => {
            format!("{whom} changed their picture")
        }
        ("join", "join", _) => return None,
        (_, "join", _) => format!("{whom} joined the room"),
        (_, "invite", Some(by)) => format!("{by} invited {whom}"),
        (_, "invite", None) => format!("{whom} was invited"),
        ("ban", "leave", Some(by)) => format!("{by} lifted the ban on {whom}"),
        ("invite", "leave", Some(by)) => format!("{by} withdrew the invitation of {whom}"),
        ("invite", "leave", None) => format!("{whom} declined the invitation"),
        (_, "leave", Some(by)) => format!("{by} removed {whom}"),
        (_, "leave", None) => format!("{whom} left the room"),
        (_, "ban", Some(by)) => format!("{by} banned {whom}"),
        (_, "knock", _) => format!("{whom} asked to be let in"),
        _ => return None,
    };
    Some(told + &because)
}

/// What an event tells that is neither a message nor of a member, if it is worth telling.
pub fn sentence(sort: &str, who: &str, state: &State) -> Option<String> {
    Some(match sort {
        "m.room.create" => format!("{who} created the room"),
        "m.room.name" => format!("{who} named the room “{}”", state.name.text()),
        "m.room.topic" => format!("{who} set the topic: {}", state.topic.text()),
        "m.room.avatar" => format!("{who} changed the picture of the room"),
        "m.room.encryption" => format!("{who} turned on encryption"),
        "m.room.pinned_events" => format!("{who} changed the pinned messages"),
        "m.room.tombstone" => format!("{who} moved the room: {}", state.body.text()),
        "m.call.invite" => format!("{who} called"),
        "m.call.hangup" => format!("{who} ended the call"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_becomes_of_members_is_told() {
        for (before, now, by, expected) in [
            ("{}", r#"{"membership": "join"}"#, None, Some("王 joined the room")),
            ("{}", r#"{"membership": "invite"}"#, Some("Ann"), Some("Ann invited 王")),
            (r#"{"membership": "join"}"#, r#"{"membership": "leave"}"#, None, Some("王 left the room")),
            (
                r#"{"membership": "join"}"#,
                r#"{"membership": "leave", "reason": "spam"}"#,
                Some("Ann"),
                Some("Ann removed 王: spam"),
            ),
            (
                r#"{"membership": "invite"}"#,
                r#"{"membership": "leave"}"#,
                None,
                Some("王 declined the invitation"),
            ),
            (
                r#"{"membership": "ban"}"#,
                r#"{"membership": "leave"}"#,
                Some("Ann"),
                Some("Ann lifted the ban on 王"),
            ),
            (
                r#"{"membership": "join", "displayname": "旧"}"#,
                r#"{"membership": "join", "displayname": "王"}"#,
                None,
                Some("旧 is now called 王"),
            ),
            (r#"{"membership": "join"}"#, r#"{"membership": "join"}"#, None, None),
            ("{}", "{}", None, None),
        ] {
            let (before, now_) = (serde_json::from_str(before).unwrap(), serde_json::from_str(now).unwrap());
            assert_eq!(of_member("王", by, "?", &now_, &before).as_deref(), expected, "{now}");
        }
    }

    #[test]
    fn what_is_of_no_use_to_a_reader_is_not_told() {
        let state: State = serde_json::from_str(r#"{"name": "茶"}"#).unwrap();
        assert_eq!(sentence("m.room.name", "王", &state).as_deref(), Some("王 named the room “茶”"));
        assert_eq!(sentence("m.room.power_levels", "王", &state), None);
        assert_eq!(sentence("m.reaction", "王", &state), None);
    }
}
