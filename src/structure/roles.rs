//! Roles by a lexicon of bylines in two languages.

use crate::transcript::{Role, Speaker};

const LEXICON: [(&[&str], Role); 5] = [
    (&["直播管理员", "管理员", "直播员", "小编", "admin", "administrator", "moderation team"], Role::Admin),
    (&["主持人", "主持", "司仪", "host", "moderator", "interviewer", "anchor"], Role::Host),
    (&["嘉宾", "guest"], Role::Guest),
    (&["网友", "观众", "听众", "读者", "audience", "listener", "caller"], Role::Audience),
    (&["系统", "系统消息", "system"], Role::System),
];

/// The declared role of a speaker, or the one whose word its byline is, or begins or ends with.
pub fn role_of(speaker: &Speaker) -> Role {
    if let Some(role) = &speaker.declared().role {
        return role.clone();
    }
    let label = speaker.label.to_lowercase();
    LEXICON
        .iter()
        .find(|(words, _)| words.iter().any(|word| is_said_in(&label, word)))
        .map_or(Role::Unknown, |(_, role)| role.clone())
}

fn is_said_in(label: &str, word: &str) -> bool {
    if word.is_ascii() {
        label.split(|ch: char| !ch.is_ascii_alphabetic()).any(|part| part == word)
    } else {
        let rest = label.strip_prefix(word).or_else(|| label.strip_suffix(word));
        rest.is_some_and(|rest| rest.chars().count() <= 6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_say_what_part_someone_has() {
        for (label, role) in [
            ("直播管理员", Role::Admin),
            ("主持人", Role::Host),
            ("主持人沙某", Role::Host),
            ("网友小鱼", Role::Audience),
            ("Moderator", Role::Host),
            ("某市局局长李明", Role::Unknown),
            ("Ghost Writer", Role::Unknown),
            ("", Role::Unknown),
        ] {
            assert_eq!(role_of(&Speaker::new(label)), role, "{label}");
        }
    }
}
