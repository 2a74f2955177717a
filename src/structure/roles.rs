//! Roles by a lexicon of bylines in two languages.

use super::english::says_title;
use super::titles::{Ending, ending};
use crate::text::slice;
use crate::transcript::{Role, Speaker};

/// Chinese words: a byline is one of them, or begins or ends with one.
const WORDS: [(&[&str], Role); 4] = [
    (&["直播管理员", "管理员", "直播员", "小编", "网站编辑", "直播编辑", "编辑部", "导播"], Role::Admin),
    (&["主持人", "主持", "主播", "司仪"], Role::Host),
    (&["嘉宾"], Role::Guest),
    (&["网友", "观众", "听众", "读者", "现场提问", "场外提问"], Role::Audience),
];

/// Words that are the whole byline.
const WHOLE: [(&[&str], Role); 3] = [
    (&["场外", "编辑"], Role::Admin),
    (
        &[
            "系统",
            "系统消息",
            "系统提示",
            "系统通知",
            "系统公告",
            "system",
            "system message",
            "system notice",
        ],
        Role::System,
    ),
    (&["机器人", "机器人助手", "聊天机器人"], Role::Bot),
];

/// English words: a part of a byline is one of them, or begins with one, or the byline ends with one.
const ENGLISH: [(&[&str], Role); 4] = [
    (&["admin", "administrator", "moderation team"], Role::Admin),
    (&["host", "co-host", "moderator", "interviewer", "anchor", "presenter", "chair"], Role::Host),
    (&["guest", "panelist", "panellist"], Role::Guest),
    (&["audience", "audience member", "listener", "caller"], Role::Audience),
];

/// Words before one of those.
const BEFORE: [&str; 7] = ["本场", "场外", "现场", "特邀", "特约", "热心", "直播"];

/// What stands behind a word without a border between them is no longer, in characters.
const LONGEST_REST: usize = 6;

/// The declared role of a speaker, or the one whose word its byline is, or begins or ends with.
pub fn role_of(speaker: &Speaker) -> Role {
    speaker.declared().role.clone().or_else(|| said(speaker.label.trim())).unwrap_or_default()
}

fn said(label: &str) -> Option<Role> {
    let whole = WHOLE.iter().find(|(words, _)| words.iter().any(|word| label.eq_ignore_ascii_case(word)));
    let han = || WORDS.iter().find(|_| !label.is_ascii()).and_then(|_| in_chinese(label));
    whole.map(|(_, role)| role.clone()).or_else(han).or_else(|| in_english(label))
}

fn in_chinese(label: &str) -> Option<Role> {
    let plain = BEFORE.iter().find_map(|word| label.strip_prefix(word)).unwrap_or(label);
    let open = plain.trim_start_matches(['【', '[', '（', '(', '「', '<']);
    let shut = label.trim_end_matches(['】', ']', '）', ')', '」', '>']);
    let is_said = |word: &&str| {
        open.strip_prefix(word).or_else(|| label.strip_prefix(word)).is_some_and(is_rest)
            || shut.strip_suffix(word).is_some_and(|rest| is_short(rest) || shut.len() < label.len())
    };
    WORDS.iter().find(|(words, _)| words.iter().any(is_said)).map(|(_, role)| role.clone())
}

/// Whether that behind a word leaves it what it says: 读者小鱼, but not 读者服务部.
fn is_rest(rest: &str) -> bool {
    let is_parted = rest.starts_with(|ch: char| !ch.is_alphabetic() || ch.is_ascii());
    is_parted || is_short(rest) && !matches!(ending(rest), Some(Ending::Title(_) | Ending::Place))
}

fn is_short(text: &str) -> bool {
    text.chars().nth(LONGEST_REST).is_none()
}

fn in_english(label: &str) -> Option<Role> {
    if !label.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let is_border = |ch: char| !ch.is_alphanumeric() && !matches!(ch, ' ' | '-' | '\'') || !ch.is_ascii();
    let mut parts = label.split(is_border).map(str::trim).filter(|part| !part.is_empty());
    let is_said =
        |part: &str, word: &str| says(part, word) || ends_with_word(label, word) && label.len() < 24;
    let found = parts.find_map(|part| {
        ENGLISH
            .iter()
            .find(|(words, _)| words.iter().any(|word| is_said(part, word)))
            .map(|(_, role)| role.clone())
    });
    found.or_else(|| is_bot(label).then_some(Role::Bot))
}

/// Whether a part of a byline is a word, or begins with it and goes on with a name or a number.
fn says(part: &str, word: &str) -> bool {
    let is_word = part.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let rest = slice(part, word.len().min(part.len())..part.len());
    is_word
        && !rest.starts_with(|ch: char| ch.is_alphabetic() || matches!(ch, '-' | '\''))
        && !says_title(rest)
}

fn ends_with_word(label: &str, word: &str) -> bool {
    let start = label.len().saturating_sub(word.len());
    label.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(word))
        && slice(label, 0..start).ends_with([' ', '('])
}

/// weather-bot, `NewsBot`
fn is_bot(label: &str) -> bool {
    let rest = label.strip_suffix("bot").or_else(|| label.strip_suffix("BOT"));
    rest.is_some_and(|rest| !rest.ends_with(char::is_alphabetic))
        || label.strip_suffix("Bot").is_some_and(|rest| !rest.ends_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_say_what_part_someone_has() {
        for (label, role) in [
            ("直播管理员", Role::Admin),
            ("管理员2", Role::Admin),
            ("直播员", Role::Admin),
            ("网站编辑", Role::Admin),
            ("编辑部", Role::Admin),
            ("场外", Role::Admin),
            ("小编", Role::Admin),
            ("Admin", Role::Admin),
            ("admin_2", Role::Admin),
            ("Moderation Team", Role::Admin),
            ("主持人", Role::Host),
            ("主持人沙某", Role::Host),
            ("主持人：林溪", Role::Host),
            ("本场主持人林溪", Role::Host),
            ("林溪（主持人）", Role::Host),
            ("【主持人】林溪", Role::Host),
            ("嘉宾主持", Role::Host),
            ("主播阿强", Role::Host),
            ("司仪", Role::Host),
            ("Moderator", Role::Host),
            ("MODERATOR: ", Role::Host),
            ("Interviewer", Role::Host),
            ("Host Ann Lee", Role::Host),
            ("Ann Lee (host)", Role::Host),
            ("Ann Lee, Moderator", Role::Host),
            ("Chair", Role::Host),
            ("嘉宾王强", Role::Guest),
            ("特邀嘉宾", Role::Guest),
            ("Guest 3", Role::Guest),
            ("Panelist", Role::Guest),
            ("网友小鱼", Role::Audience),
            ("热心网友", Role::Audience),
            ("观众提问", Role::Audience),
            ("现场提问", Role::Audience),
            ("Audience member", Role::Audience),
            ("Caller", Role::Audience),
            ("系统消息", Role::System),
            ("System", Role::System),
            ("SYSTEM NOTICE", Role::System),
            ("weather-bot", Role::Bot),
            ("@bot", Role::Bot),
            ("NewsBot", Role::Bot),
            ("机器人助手", Role::Bot),
        ] {
            assert_eq!(role_of(&Speaker::new(label)), role, "{label}");
        }
    }

    #[test]
    fn words_inside_of_others_say_nothing() {
        for label in [
            "某市局局长李明",
            "记者李某",
            "读者服务部",
            "系统工程师王强",
            "操作系统",
            "Ghost Writer",
            "Ann Lee, System Engineer",
            "Guest Relations Manager",
            "Abbot",
            "Talbot",
            "robot",
            "Hostel Owner",
            "夜里的风",
            "",
        ] {
            assert_eq!(role_of(&Speaker::new(label)), Role::Unknown, "{label}");
        }
    }
}
