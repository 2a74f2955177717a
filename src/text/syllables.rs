//! Chinese characters by how they are read, for what is typed in Latin letters: all readings, without tones.

use ib_pinyin::pinyin::{PinyinData, PinyinNotation};
use std::collections::BTreeMap;
use std::ops::{Bound, RangeInclusive};
use std::sync::OnceLock;

/// Where characters with readings stand: the block of ideographs, its extension A, zero, and the compatibility ideographs.
const HAN: [RangeInclusive<char>; 4] =
    ['\u{3007}'..='\u{3007}', '\u{3400}'..='\u{4dbf}', '\u{4e00}'..='\u{9fff}', '\u{f900}'..='\u{faff}'];

/// The longest syllable, in letters: `zhuang`.
pub const LONGEST: usize = 6;

fn syllables() -> &'static BTreeMap<String, Vec<char>> {
    static SYLLABLES: OnceLock<BTreeMap<String, Vec<char>>> = OnceLock::new();
    static READINGS: OnceLock<PinyinData> = OnceLock::new();
    SYLLABLES.get_or_init(|| {
        let readings = READINGS.get_or_init(|| PinyinData::new(PinyinNotation::Ascii));
        let mut all: BTreeMap<String, Vec<char>> = BTreeMap::new();
        for ch in HAN.into_iter().flatten() {
            readings.get_pinyins_and_for_each(ch, |reading| {
                let Some(syllable) = reading.notation(PinyinNotation::Ascii) else { return };
                let chars = all.entry(syllable.to_owned()).or_default();
                if chars.last() != Some(&ch) {
                    chars.push(ch);
                }
            });
        }
        all
    })
}

/// The characters read so, in order.
pub fn read_as(syllable: &str) -> &'static [char] {
    syllables().get(syllable).map_or(&[], Vec::as_slice)
}

/// The characters whose reading begins so, some of them more than once.
pub fn read_from(beginning: &str) -> impl Iterator<Item = char> {
    let from = syllables().range::<str, _>((Bound::Included(beginning), Bound::Unbounded));
    from.take_while(move |(syllable, _)| syllable.starts_with(beginning))
        .flat_map(|(_, chars)| chars)
        .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_found_by_each_of_their_readings() {
        for (ch, readings) in [('长', ["chang", "zhang"]), ('重', ["zhong", "chong"]), ('质', ["zhi", "zhi"])]
        {
            for reading in readings {
                assert!(read_as(reading).contains(&ch), "{ch} {reading}");
            }
        }
        assert!(read_as("zh").is_empty() && read_from("zh").any(|ch| ch == '质'));
        assert!(!read_from("q").any(|ch| ch == '质') && read_from("zhuangx").next().is_none());
    }

    #[test]
    fn no_syllable_is_longer_than_the_longest() {
        assert!(syllables().keys().all(|syllable| (1..=LONGEST).contains(&syllable.len())));
        assert!(syllables().keys().all(|syllable| syllable.bytes().all(|byte| byte.is_ascii_lowercase())));
    }
}
