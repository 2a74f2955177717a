//! The words of a text, where one would be looked for. Latin and the like by UAX #29; Chinese has no blanks between
//! words, so that a phrase is what recurs: two characters, and those behind them for as long as they mostly follow.

use super::slice;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Characters of the longest phrase.
const LONGEST: usize = 8;

/// Characters that begin no phrase.
const LITTLE: [char; 9] = ['的', '了', '在', '是', '也', '就', '和', '与', '着'];

/// Of them, those that end one.
const ENDING: [char; 3] = ['的', '了', '着'];

/// The words of a text as byte ranges, in order; `count` says how often a text occurs in the record, about.
pub fn words(text: &str, mut count: impl FnMut(&str) -> usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    let mut behind_han = false;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
            let first = rest.chars().next()?;
            let was_behind = std::mem::replace(&mut behind_han, is_han(first));
            let start = at;
            if is_han(first) {
                let goes_on = |ch: char| is_han(ch) && !ENDING.contains(&ch);
                let end = rest.find(|ch| !goes_on(ch)).unwrap_or(rest.len());
                let run = slice(rest, 0..end);
                if LITTLE.contains(&first) {
                    at += first.len_utf8();
                    continue;
                }
                at += phrase(run, &mut count);
                // What is left of a run is seldom a word.
                if was_behind && slice(text, start..at).chars().nth(1).is_none() {
                    continue;
                }
                return Some(start..at);
            }
            let word = rest.split_word_bounds().next()?;
            at += word.len();
            if word.chars().any(char::is_alphanumeric) {
                return Some(start..at);
            }
        }
    })
}

/// Bytes of the phrase that a run of Chinese characters begins with: of one character, if it is the next two that recur.
fn phrase(run: &str, count: &mut impl FnMut(&str) -> usize) -> usize {
    let mut ends = run.char_indices().map(|(at, ch)| at + ch.len_utf8()).take(LONGEST);
    let Some((first, mut end)) = ends.next().zip(ends.next()) else { return run.len() };
    let mut known = count(slice(run, 0..end));
    if let Some(next) = ends.clone().next()
        && known < 2
        && count(slice(run, first..next)) > 1
    {
        return first;
    }
    for longer in ends {
        let times = count(slice(run, 0..longer));
        if times < 2 || 2 * times < known {
            break;
        }
        (end, known) = (longer, times);
    }
    end
}

/// Whether a character is a Chinese one.
fn is_han(ch: char) -> bool {
    matches!(ch, '々' | '〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, record: &str) -> String {
        let count = |word: &str| record.matches(word).count();
        words(text, count).map(|range| slice(text, range)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn what_recurs_is_a_phrase() {
        let record = "一带一路,一带一路的倡议。质量提升,质量安全,质量管理,质量提升。谢谢大家!谢谢大家!";
        for (text, expected) in [
            ("一带一路的倡议", "一带一路|倡议"),
            ("质量提升", "质量提升"),
            ("谢谢大家。", "谢谢大家"),
            ("在质量管理", "质量|管理"),
            ("请谢谢大家", "请|谢谢大家"),
            ("新的词", "新"),
            ("好", "好"),
            ("不曾见过", "不曾|见过"),
            ("不曾见", "不曾"),
            ("", ""),
            ("……,。 ", ""),
        ] {
            assert_eq!(told(text, record), expected, "{text}");
        }
    }

    #[test]
    fn latin_words_are_those_between_blanks_and_marks() {
        for (text, expected) in [
            ("It's a well-read book, isn't it?", "It's|a|well|read|book|isn't|it"),
            ("用PhD和3.5倍", "用|PhD|3.5|倍"),
            ("ガラスの城", "ガラス|の|城"),
            ("한국어 글", "한국어|글"),
        ] {
            assert_eq!(told(text, text), expected, "{text}");
        }
    }

    #[test]
    fn words_tile_no_byte_twice() {
        let text = "质量提升abc 在总局的指导下,一带一路；é ü 𠀀𠀁";
        let all: Vec<_> = words(text, |_| 1).collect();
        assert!(all.windows(2).all(|pair| pair[0].end <= pair[1].start), "{all:?}");
        assert!(all.iter().all(|range| text.get(range.clone()).is_some_and(|word| !word.is_empty())));
    }
}
