//! Text and names in HTML.

use super::record::{Record, clean};
use crate::transcript::{Role, SpeakerId};

/// Text in which no character is markup, in an element or a quoted attribute.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            ch => out.push(ch),
        }
    }
    out
}

/// The classes of a speaker: the shape of the role, and the hue, which is that of the reader on the screen.
pub fn classes(record: Record, speaker: SpeakerId) -> String {
    let person = record.structure.person(speaker);
    let (shape, hue) = match record.structure.role(person) {
        Role::Admin | Role::System | Role::Bot => return "admin".to_owned(),
        Role::Host => ("host", 0),
        Role::Guest => ("guest", 1 + person.index() % 7),
        Role::Audience => ("audience", 1 + person.index() % 7),
        Role::Unknown | Role::Other(_) => ("other", 1 + person.index() % 7),
    };
    format!("{shape} p{hue}")
}

/// A name and an office, each apart from the way the other runs.
pub fn named(record: Record, speaker: SpeakerId) -> Option<String> {
    let person = record.structure.person(speaker);
    let name = clean(record.structure.name(record.transcript, person));
    if name.is_empty() {
        return None;
    }
    let office = clean(record.structure.title(record.transcript, person));
    let office = if office.is_empty() {
        String::new()
    } else {
        format!(" <bdi class=\"office\">{}</bdi>", escaped(&office))
    };
    Some(format!("<bdi class=\"name\">{}</bdi>{office}", escaped(&name)))
}
