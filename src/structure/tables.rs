//! Words of one length in one string, by code point, and how they are looked up.

/// Bytes of each character in the tables.
pub const WIDE: usize = 3;

/// Whether the first `BYTES` bytes of a text are one of the words of as many bytes in a sorted table.
pub fn begins<const BYTES: usize>(table: &str, text: &str) -> bool {
    let words = table.as_bytes().as_chunks::<BYTES>().0;
    text.as_bytes().first_chunk().is_some_and(|first| words.binary_search(first).is_ok())
}

/// Fails if a table of words of so many characters cannot be looked up.
#[cfg(test)]
pub fn assert_sorted(table: &str, size: usize) {
    let chars: Vec<char> = table.chars().collect();
    assert!(chars.iter().all(|ch| ch.len_utf8() == WIDE), "{table}");
    assert!(chars.chunks(size).is_sorted_by(|a, b| a < b), "{table}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_where_a_text_begins() {
        assert_sorted("主任书记局长", 2);
        assert!(begins::<6>("主任书记局长", "书记兼董事长"));
        assert!(!begins::<6>("主任书记局长", "任书记"));
        assert!(!begins::<6>("主任书记局长", "书"));
        assert!(!begins::<6>("主任书记局长", ""));
    }
}
