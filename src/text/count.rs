//! Characters as people count them: without white space.

/// How much text there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Unicode scalar values that are not white space (NBSP is white space).
    pub chars: usize,
    /// Those of script Han.
    pub han: usize,
}

/// Counts the characters of `text`.
pub fn count(text: &str) -> Count {
    let mut total = Count::default();
    for ch in text.chars().filter(|ch| !ch.is_whitespace()) {
        total.chars += 1;
        total.han += usize::from(is_han(ch));
    }
    total
}

/// Bytes that are counted in a single byte: no more of them begin a character than fit.
const CHUNK: usize = 240;

/// Counts the characters of `text` that are not white space: [`Count::chars`] alone, at the speed of a scan.
pub fn chars(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut total) = (0, 0);
    while let Some(window) = bytes.get(at..at + CHUNK + 2) {
        let triples = window.iter().zip(&window[1..]).zip(&window[2..]);
        total += usize::from(triples.fold(0, |count, ((&a, &b), &c)| count + begins_visible(a, b, c)));
        at += CHUNK;
    }
    let rest = (at..bytes.len()).find_map(|at| text.get(at..)).unwrap_or_default();
    total + rest.chars().filter(|ch| !ch.is_whitespace()).count()
}

/// 1 if a character that is not white space (Unicode `White_Space`) begins with these bytes of UTF-8, else 0: without a
/// branch, so that many are told at once.
fn begins_visible(a: u8, b: u8, c: u8) -> u8 {
    let is = |byte: u8, wanted: u8| u8::from(byte == wanted);
    let within = |byte: u8, first: u8, count: u8| u8::from(byte.wrapping_sub(first) < count);
    let ascii = is(a, b' ') | within(a, b'\t', 5);
    let latin = is(a, 0xc2) & (is(b, 0x85) | is(b, 0xa0));
    let ogham = is(a, 0xe1) & is(b, 0x9a) & is(c, 0x80);
    let spaces =
        is(b, 0x80) & (within(c, 0x80, 11) | within(c, 0xa8, 2) | is(c, 0xaf)) | is(b, 0x81) & is(c, 0x9f);
    let ideographic = is(a, 0xe3) & is(b, 0x80) & is(c, 0x80);
    let begins = u8::from(a & 0xc0 != 0x80);
    begins & !(ascii | latin | ogham | is(a, 0xe2) & spaces | ideographic)
}

/// As how many characters of Chinese a text of so many characters is read: one in letters that make words by its words.
/// A word takes 9/8 of a character: people read 255 characters of Chinese and 228 words of English a minute
/// (Trauzettel-Klosinski and Dietz, Investigative Ophthalmology & Visual Science 53, 2012).
pub fn reading(text: &str, chars: usize) -> usize {
    // A character of Chinese has three bytes, a letter one or two: here letters are fewer than half.
    if text.len() * 2 >= chars * 5 {
        return chars;
    }
    let (mut letters, mut words, mut others, mut in_word) = (0, 0, 0, false);
    for ch in text.chars() {
        let is_letter = makes_words(ch);
        letters += usize::from(is_letter);
        words += usize::from(is_letter && !in_word);
        others += usize::from(!is_letter && ch.is_alphanumeric());
        in_word = is_letter || in_word && matches!(ch, '\'' | '’' | '-');
    }
    if letters * 2 > chars { chars.min(words * 9 / 8 + others) } else { chars }
}

/// Whether a character is a letter or digit of a script that parts words by blanks, of those whose letters have one or two
/// bytes: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic and the like, and what Latin and Greek have further up.
const fn makes_words(ch: char) -> bool {
    ch.is_ascii_alphanumeric()
        || matches!(ch, '\u{aa}'..='\u{7ff}' | '\u{1e00}'..='\u{1fff}')
            && !matches!(ch, '×' | '÷' | '·' | '»')
}

/// Whether a character is of script Han (Unicode `Scripts.txt`, assigned blocks).
pub const fn is_han(ch: char) -> bool {
    matches!(ch,
        '\u{2E80}'..='\u{2FD5}' | '\u{3005}' | '\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3038}'..='\u{303B}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAD9}'
        | '\u{16FE2}'..='\u{16FE3}' | '\u{16FF0}'..='\u{16FF1}' | '\u{20000}'..='\u{3347F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_of_any_kind_is_not_counted() {
        for (text, chars, han) in
            [("", 0, 0), ("a b\u{a0}c\u{3000}d\n", 4, 0), ("质量,2018", 7, 2), ("〇々ア가", 4, 2)]
        {
            assert_eq!(count(text), Count { chars, han }, "{text:?}");
            assert_eq!(super::chars(text), chars, "{text:?}");
        }
    }

    #[test]
    fn long_texts_are_counted_as_short_ones_are() {
        let blanks: String = ('\0'..=char::MAX).filter(|ch| ch.is_whitespace()).collect();
        let others = "质a\u{7f}\u{a1}\u{1681}\u{200b}\u{202a}\u{2060}\u{3001}𝄞é\u{feff}";
        for pad in 0..7 {
            let text = format!("{}{}", "x".repeat(pad), format!("{others}{blanks}").repeat(40));
            assert_eq!(chars(&text), text.chars().filter(|ch| !ch.is_whitespace()).count(), "{pad}");
        }
    }
}
