//! The text of Slack: its escapes, and the blocks that hold it where there is no text.

use serde_json::Value;
use std::collections::HashMap;

/// The names of those who were seen, by their numbers.
#[derive(Debug, Default)]
pub struct Names(HashMap<Box<str>, Box<str>>);

/// Deeper blocks are not looked at.
const DEEPEST: usize = 32;

impl Names {
    /// Takes note of somebody's name.
    pub fn note(&mut self, user: &str, name: &str) {
        if !user.is_empty() && self.find(user) != Some(name) {
            self.0.insert(user.into(), name.into());
        }
    }

    /// Somebody's name.
    pub fn find(&self, user: &str) -> Option<&str> {
        self.0.get(user).map(|name| &**name)
    }

    /// The text without its escapes.
    pub fn plain(&self, text: &str) -> String {
        let mut plain = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('<') {
            unescape(before, &mut plain);
            // What opens and does not close before the next one is text.
            let end = behind.find(['<', '>', '\n']).and_then(|end| behind.split_at_checked(end));
            rest = behind;
            if let Some((inside, behind)) =
                end.and_then(|(inside, end)| Some((inside, end.strip_prefix('>')?)))
            {
                self.reference(inside, &mut plain);
                rest = behind;
            } else {
                plain.push('<');
            }
        }
        unescape(rest, &mut plain);
        plain
    }

    /// What stands between `<` and `>`: somebody, a channel, a command, a link; behind `|` how it is shown.
    fn reference(&self, inside: &str, plain: &mut String) {
        let (what, shown) = inside.split_once('|').unwrap_or((inside, ""));
        let name = |sign: &str, known: &str| {
            if shown.is_empty() {
                format!("{sign}{known}")
            } else {
                format!("{sign}{}", shown.trim_start_matches(sign))
            }
        };
        let text = match what.split_at_checked(1) {
            Some(("@", user)) => name("@", self.find(user).unwrap_or(user)),
            Some(("#", channel)) => name("#", channel),
            Some(("!", command)) if shown.is_empty() => format!("@{command}"),
            Some(("!", _)) => shown.to_owned(),
            _ => {
                let address = what.trim_start_matches("mailto:").trim_start_matches("tel:");
                match shown {
                    "" => address.to_owned(),
                    _ if what.ends_with(shown) => shown.to_owned(),
                    _ => format!("{shown} ({what})"),
                }
            }
        };
        unescape(&text, plain);
    }
}

fn unescape(text: &str, plain: &mut String) {
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        plain.push_str(before);
        let found = [("lt;", '<'), ("gt;", '>'), ("amp;", '&')]
            .into_iter()
            .find_map(|(name, ch)| Some((ch, behind.strip_prefix(name)?)));
        let (ch, behind) = found.unwrap_or(('&', behind));
        plain.push(ch);
        rest = behind;
    }
    plain.push_str(rest);
}

/// The words in blocks.
pub fn of_blocks(json: &str, names: &Names) -> String {
    let mut text = String::new();
    if let Ok(blocks) = serde_json::from_str::<Value>(json) {
        walk(&blocks, names, 0, &mut text);
    }
    text
}

fn walk(value: &Value, names: &Names, depth: usize, text: &mut String) {
    if depth > DEEPEST {
        return;
    }
    if let Some(parts) = value.as_array() {
        return parts.iter().for_each(|part| walk(part, names, depth + 1, text));
    }
    let word = |key: &str| value.get(key).and_then(Value::as_str);
    // Parts of a line follow each other; everything else begins a line.
    let is_part = matches!(
        word("type"),
        Some("text" | "link" | "user" | "usergroup" | "channel" | "emoji" | "broadcast" | "date" | "color")
    );
    if !is_part && !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    match word("type") {
        Some("user") => {
            text.extend(word("user_id").map(|user| format!("@{}", names.find(user).unwrap_or(user))));
        }
        Some("channel") => text.extend(word("channel_id").map(|channel| format!("#{channel}"))),
        Some("emoji") => text.extend(word("name").map(|name| format!(":{name}:"))),
        Some("broadcast") => text.extend(word("range").map(|range| format!("@{range}"))),
        Some("link") => match (word("text"), word("url")) {
            (Some(shown), Some(url)) if shown != url => text.extend([shown, " (", url, ")"]),
            (shown, url) => text.push_str(url.or(shown).unwrap_or_default()),
        },
        Some("text") | None => text.push_str(word("text").unwrap_or_default()),
        Some("mrkdwn" | "plain_text") => text.push_str(&names.plain(word("text").unwrap_or_default())),
        Some(_) => {
            for key in ["title", "text", "fields", "elements"] {
                value.get(key).into_iter().for_each(|part| walk(part, names, depth + 1, text));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let mut names = Names::default();
        names.note("U1", "王");
        names
    }

    #[test]
    fn escapes_are_read() {
        for (text, expected) in [
            ("<@U1> and <@U2>, <@U3|bo>", "@王 and @U2, @bo"),
            ("a &lt;b&gt; &amp;amp; & c", "a <b> &amp; & c"),
            (
                "<https://a.example/?x=1&amp;y|here> <https://b.example>",
                "here (https://a.example/?x=1&y) https://b.example",
            ),
            ("<http://a.example|a.example> <mailto:a@b.example|a@b.example>", "a.example a@b.example"),
            ("<!here> <!subteam^S1|@team> <#C1|general> <#C2>", "@here @team #general #C2"),
            ("1 < 2 <", "1 < 2 <"),
            ("<>", ""),
        ] {
            assert_eq!(names().plain(text), expected, "{text}");
        }
    }

    #[test]
    fn blocks_are_read() {
        let json = r#"[{"type": "header", "text": {"type": "plain_text", "text": "标题"}},
            {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
                {"type": "text", "text": "hi "}, {"type": "user", "user_id": "U1"}, {"type": "emoji", "name": "wave"}]},
                {"type": "rich_text_list", "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": "a"}]},
                    {"type": "rich_text_section", "elements": [{"type": "link", "url": "u", "text": "b"}]}]}]},
            {"type": "section", "fields": [{"type": "mrkdwn", "text": "<@U1>"}]}, {"type": "image"}]"#;
        assert_eq!(of_blocks(json, &names()).trim_end(), "标题\nhi @王:wave:\na\nb (u)\n@王");
        assert_eq!(of_blocks("[", &names()), "");
    }
}
