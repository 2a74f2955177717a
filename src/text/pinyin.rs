//! Finding Chinese names by typing Latin letters: syllables or initials, all readings of a character.
//!
//! All ways to read a text go on side by side, as a set of how much of the query each has matched: a text costs
//! what it is long, whatever it is made of.

use ib_pinyin::pinyin::{PinyinData, PinyinNotation};
use std::sync::OnceLock;

/// The longest query that is looked for as pinyin, in letters: a set of its places is one word.
const LONGEST: usize = 63;

fn readings() -> &'static PinyinData {
    static READINGS: OnceLock<PinyinData> = OnceLock::new();
    READINGS.get_or_init(|| PinyinData::new(PinyinNotation::Ascii))
}

/// What was typed, made ready to be looked for in many texts.
#[derive(Debug, Clone)]
pub struct Query {
    text: String,
    /// Whether it holds letters that come in two cases.
    cased: bool,
    /// For each ASCII character, where it stands in the query; none where the query is not looked for as pinyin.
    places: Option<[u64; 128]>,
}

impl Query {
    /// A query of characters or pinyin (`lw`, `linwei`), without regard to case.
    pub fn new(query: &str) -> Self {
        let text = query.to_lowercase();
        let places = (text.is_ascii() && (1..=LONGEST).contains(&text.len())).then(|| {
            let mut places = [0; 128];
            for (at, byte) in text.bytes().enumerate() {
                places[usize::from(byte)] |= 1 << at;
            }
            places
        });
        Self { cased: text != query.to_uppercase(), text, places }
    }

    /// Whether it is contained in `text`: literally, or as pinyin. The last syllable may be unfinished.
    pub fn is_in(&self, text: &str) -> bool {
        let Some(places) = &self.places else {
            return text.contains(&self.text) || self.cased && text.to_lowercase().contains(&self.text);
        };
        let done = 1 << self.text.len();
        let mut matched = 1;
        text.chars().any(|ch| {
            matched = 1 | self.step(places, matched, ch);
            matched & done != 0
        })
    }

    /// How much is matched behind a character, if one of the amounts in `matched` was before it.
    fn step(&self, places: &[u64; 128], matched: u64, ch: char) -> u64 {
        let at = |letter: u8| matched & places.get(usize::from(letter)).copied().unwrap_or(0);
        if ch.is_ascii() {
            return at(ch.to_ascii_lowercase() as u8) << 1;
        }
        let mut next = 0;
        readings().get_pinyins_and_for_each(ch, |reading| {
            let Some(syllable) = reading.notation(PinyinNotation::Ascii) else { return };
            let mut begun = syllable.bytes().next().map_or(0, at);
            next |= begun << 1;
            while begun != 0 {
                let place = begun.trailing_zeros() as usize;
                begun &= begun - 1;
                let rest = self.text.get(place..).unwrap_or_default();
                if rest.starts_with(syllable) {
                    next |= 1 << (place + syllable.len());
                } else if syllable.starts_with(rest) {
                    next |= 1 << self.text.len();
                }
            }
        });
        next
    }
}

/// How a text sounds by the first reading of each character, without tones; what has no reading stays as it is.
pub fn sound(text: &str) -> String {
    let mut sound = String::with_capacity(text.len() * 2);
    for ch in text.chars() {
        let from = sound.len();
        readings().get_pinyins_and_for_each(ch, |reading| {
            if sound.len() == from {
                sound.push_str(reading.notation(PinyinNotation::Ascii).unwrap_or_default());
            }
        });
        if sound.len() == from {
            sound.push(ch);
        }
        sound.push(' ');
    }
    sound
}

/// What a text is listed by: how it sounds, without regard to case. Texts that sound alike are listed by their
/// characters.
pub fn sort_key(text: &str) -> (String, String) {
    (sound(text).to_lowercase(), text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_by_how_they_read() {
        let mut names = ["赵六", "Bob", "张三", "阿强", "李四", "李思", "alice", "7号"];
        names.sort_by_cached_key(|name| sort_key(name));
        assert_eq!(names, ["7号", "阿强", "alice", "Bob", "李思", "李四", "张三", "赵六"]);
    }

    #[test]
    fn names_that_sound_alike_have_one_sound() {
        assert_eq!(sound("毕可新"), sound("毕克新"));
        assert_ne!(sound("王建国"), sound("王建军"));
        assert_eq!(sound("Ann"), "A n n ");
    }

    #[test]
    fn no_name_is_read_in_all_its_ways_one_after_another() {
        // Ten ways to read each: ten to the power of two hundred, one after another.
        let hostile = "啊".repeat(200);
        assert!(!Query::new(&format!("{}z", "a".repeat(60))).is_in(&hostile));
        assert!(Query::new(&"a".repeat(60)).is_in(&hostile));
    }

    #[test]
    fn a_name_is_found_by_characters_syllables_and_initials() {
        for (text, query, found) in [
            ("办公厅主任林伟", "林", true),
            ("办公厅主任林伟", "lw", true),
            ("办公厅主任林伟", "LinWei", true),
            ("单田芳", "stf", true),
            ("重庆", "cq", true),
            ("林伟", "wl", false),
            ("Paul", "au", true),
            ("林伟", "", true),
            ("林伟", "linw", true),
            ("林伟", "linwe", true),
            ("林伟", "lie", false),
            ("馆长 Lin 伟", "linwei", false),
            ("馆长Lin伟", "linwei", true),
            ("长乐", "changle", true),
            ("长乐", "zhangyue", true),
            ("ＬＩＮ", "ＬＩＮ", true),
            ("Ｌ林", "ｌ林", true),
            ("林", &"l".repeat(64), false),
            (&"l".repeat(64), &"L".repeat(64), true),
        ] {
            assert_eq!(Query::new(query).is_in(text), found, "{query} in {text}");
        }
    }
}
