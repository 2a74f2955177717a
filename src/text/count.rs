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

/// Counts the characters of `text` that are not white space: [`Count::chars`] alone, at the speed of a scan.
pub fn chars(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut total) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            // Three bytes from U+4000 to U+9FFF: ideographs, never white space.
            0xe4..=0xe9 => {
                at += 3;
                total += 1;
            }
            b'!'..=b'~' => {
                at += 1;
                total += 1;
            }
            _ => {
                let Some(ch) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
                at += ch.len_utf8();
                total += usize::from(!ch.is_whitespace());
            }
        }
    }
    total
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
}
