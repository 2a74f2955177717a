//! Cues that are no words: `[music]`, `(laughs)`, `♪`.

/// Brackets that stand around what is heard and not said.
const BRACKETS: [(char, char); 5] = [('[', ']'), ('(', ')'), ('（', '）'), ('【', '】'), ('［', '］')];

/// Words that tell what is heard, or a part of them; in small letters.
const HEARD: [&str; 38] = [
    "laugh",
    "chuckl",
    "giggl",
    "sigh",
    "music",
    "applau",
    "cheer",
    "gasp",
    "cough",
    "groan",
    "grunt",
    "scream",
    "shout",
    "whisper",
    "sob",
    "crying",
    "sniff",
    "inaudible",
    "unintelligible",
    "crosstalk",
    "noise",
    "silence",
    "pause",
    "beep",
    "buzz",
    "ringing",
    "knock",
    "playing",
    "clears throat",
    "笑",
    "掌声",
    "鼓掌",
    "音乐",
    "叹",
    "哭",
    "静",
    "听不清",
    "咳",
];

/// Whether a cue says what is heard: it stands in one pair of brackets, or has no letters and a note of music.
pub fn is_sound(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['-', '>', ' ']);
    if let Some(inside) = bracketed(text) {
        return inside.1.is_empty() && inside.0.chars().any(char::is_alphanumeric);
    }
    text.contains(['♪', '♫', '♬', '🎵', '🎶']) && !text.contains(char::is_alphanumeric)
}

/// Whether words in brackets tell what is heard.
pub fn is_heard(words: &str) -> bool {
    let words = words.to_lowercase();
    HEARD.iter().any(|heard| words.contains(heard))
}

/// What stands in the brackets that a text begins with, and what stands behind them.
pub fn bracketed(text: &str) -> Option<(&str, &str)> {
    let first = text.chars().next()?;
    let &(open, close) = BRACKETS.iter().find(|(open, _)| *open == first)?;
    let (inside, behind) = text.strip_prefix(open)?.split_once(close)?;
    (!inside.contains(open)).then_some((inside, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sounds_are_told_from_words() {
        for (text, expected) in [
            ("[music]", true),
            ("(door opens)", true),
            ("- (laughs)", true),
            ("（掌声）", true),
            ("【片头音乐】", true),
            ("♪", true),
            ("♪ ♪", true),
            ("(rain on\nthe roof)", true),
            ("♪ down by the sea ♪", false),
            ("[Anna] Come in.", false),
            ("(quietly) Come in.", false),
            ("(a) and (b)", false),
            ("(...)", false),
            ("Come in.", false),
            ("(", false),
            ("", false),
        ] {
            assert_eq!(is_sound(text), expected, "{text}");
        }
    }
}
