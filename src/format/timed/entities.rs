//! Character references as in HTML (section 13.5, "Named character references"; the table is `assets/entities.txt`: a name and its
//! characters in hexadecimal, a line each, in the order of bytes). `WebVTT` asks for them, and `SubRip` has them in the wild.

use std::borrow::Cow;
use std::sync::LazyLock;

/// The longest name in the table, in bytes.
const LONGEST: usize = 33;

static TABLE: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let lines = include_str!("../../../assets/entities.txt").lines();
    lines.filter_map(|line| line.split_once(' ')).collect()
});

/// A text with its character references replaced by what they stand for. What is none stays as it is.
pub fn decoded(text: &str) -> Cow<'_, str> {
    let Some((before, mut rest)) = text.split_once('&') else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    out.push_str(before);
    loop {
        rest = reference(rest, &mut out).unwrap_or_else(|| {
            out.push('&');
            rest
        });
        let Some((before, behind)) = rest.split_once('&') else { break };
        out.push_str(before);
        rest = behind;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Takes a reference whose `&` was taken; gives back what is behind it, if it is one.
fn reference<'a>(rest: &'a str, out: &mut String) -> Option<&'a str> {
    match rest.strip_prefix('#') {
        Some(number) => numeric(number, out),
        None => named(rest, out),
    }
}

/// The longest name that the text begins with. Some need no semicolon.
fn named<'a>(rest: &'a str, out: &mut String) -> Option<&'a str> {
    let letters = rest.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let ends_well = rest.as_bytes().get(letters) == Some(&b';');
    let lengths = (2..=letters + usize::from(ends_well)).rev();
    let name = |length: usize| rest.split_at_checked(length);
    let (codes, behind) = lengths.filter_map(name).find_map(|(name, behind)| {
        let at = TABLE.binary_search_by(|(known, _)| known.as_bytes().cmp(name.as_bytes())).ok()?;
        Some((TABLE[at].1, behind))
    })?;
    out.extend(codes.split(' ').filter_map(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?)));
    Some(behind)
}

fn numeric<'a>(number: &'a str, out: &mut String) -> Option<&'a str> {
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    let behind = digits.trim_start_matches(|ch: char| ch.is_digit(radix));
    let digits = digits.strip_suffix(behind).filter(|digits| !digits.is_empty())?;
    let digits = digits.trim_start_matches('0');
    let code = if digits.is_empty() { 0 } else { u32::from_str_radix(digits, radix).unwrap_or(u32::MAX) };
    match u8::try_from(code) {
        // As browsers do: who writes them means Windows-1252.
        Ok(byte @ 0x80..=0x9f) => out.push_str(&encoding_rs::WINDOWS_1252.decode(&[byte]).0),
        _ => out.push(char::from_u32(code).filter(|&ch| ch != '\0').unwrap_or('\u{fffd}')),
    }
    Some(behind.strip_prefix(';').unwrap_or(behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_replaced_and_the_rest_stays() {
        for (text, expected) in [
            ("灯与塔", "灯与塔"),
            ("a &amp; b &lt;c&gt;", "a & b <c>"),
            ("&AMP &copy", "& ©"),
            ("&notit; &notin;", "¬it; ∉"),
            ("&nsubE;", "\u{2ac5}\u{338}"),
            ("&#28783;&#x5854;&#x5854", "灯塔塔"),
            ("&#0; &#xd800; &#99999999999;", "\u{fffd} \u{fffd} \u{fffd}"),
            ("& && &; &1; &#; &#x; &灯;", "& && &; &1; &#; &#x; &灯;"),
            ("it&#146;s R&D", "it’s R&D"),
        ] {
            assert_eq!(decoded(text), expected, "{text}");
        }
    }

    #[test]
    fn the_table_is_in_order() {
        assert!(TABLE.is_sorted_by(|a, b| a.0.as_bytes() < b.0.as_bytes()));
        assert_eq!(
            TABLE.iter().map(|(name, _)| name.len() - 1).max(),
            Some("CounterClockwiseContourIntegral".len())
        );
    }

    #[test]
    fn a_million_ampersands_take_no_time() {
        let text = "&".repeat(1_000_000);
        assert_eq!(decoded(&text), text);
        let text = "&a".repeat(500_000);
        assert_eq!(decoded(&text), text);
    }
}
