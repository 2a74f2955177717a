//! Half surrogate pairs in JSON (RFC 8259, section 8.2), with which no text can be made.

use std::borrow::Cow;

/// JSON in which half a surrogate pair, such as a program leaves that cuts an emoji, is U+FFFD.
pub fn mended(json: &str) -> Cow<'_, str> {
    let half = |at: usize, lead: &[u8]| {
        let escape = json.as_bytes().get(at..at + 6)?;
        let [b'\\', b'u', b'd' | b'D', second, third, fourth] = escape else { return None };
        let is_hex = third.is_ascii_hexdigit() && fourth.is_ascii_hexdigit();
        (is_hex && lead.contains(&second.to_ascii_lowercase())).then_some(())
    };
    let mut lone = Vec::new();
    let mut from = 0;
    while let Some(ahead) = json.get(from..).and_then(|rest| memchr::memchr(b'\\', rest.as_bytes())) {
        let at = from + ahead;
        from = at + 2;
        if half(at, b"89ab").is_some() {
            if half(at + 6, b"cdef").is_some() {
                from = at + 12;
            } else {
                lone.push(at);
            }
        } else if half(at, b"cdef").is_some() {
            lone.push(at);
        }
    }
    if lone.is_empty() {
        return Cow::Borrowed(json);
    }
    let (mut text, mut done) = (String::with_capacity(json.len()), 0);
    for at in lone {
        text.push_str(json.get(done..at).unwrap_or_default());
        text.push_str("\\ufffd");
        done = at + 6;
    }
    text.push_str(json.get(done..).unwrap_or_default());
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_surrogate_pair_is_one_replacement() {
        for (json, expected) in [
            (r#""x \ud83d""#, r#""x \ufffd""#),
            (r#""\ud83d\ude00 \uDE00 \\ud83d""#, r#""\ud83d\ude00 \ufffd \\ud83d""#),
            (r#""\ud83d\ud83d\ude00""#, r#""\ufffd\ud83d\ude00""#),
            (r#""\ud8"#, r#""\ud8"#),
            ("é\\é", "é\\é"),
        ] {
            assert_eq!(mended(json), expected);
        }
    }
}
