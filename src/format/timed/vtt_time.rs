//! The times of `WebVTT` (W3C `WebVTT`, section 6.3, "collect a `WebVTT` timestamp").

/// Reads a time at the beginning of a text: its milliseconds, and what stands behind it.
pub fn parse(text: &str) -> Option<(i64, &str)> {
    let (first, rest) = digits(text)?;
    let (second, rest) = pair(rest.strip_prefix(':')?)?;
    let number = first.parse().unwrap_or(i64::MAX);
    let (hours, minutes, seconds, rest) = match rest.strip_prefix(':') {
        Some(rest) => {
            let (third, rest) = pair(rest)?;
            (number, second, third, rest)
        }
        None if first.len() == 2 && number <= 59 => (0, number, second, rest),
        None => return None,
    };
    let (thousandths, rest) = digits(rest.strip_prefix('.')?)?;
    if thousandths.len() != 3 || minutes > 59 || seconds > 59 {
        return None;
    }
    // Nothing is recorded for longer than a million years.
    let seconds = hours.min(10_000_000_000) * 3600 + minutes * 60 + seconds;
    Some((seconds * 1000 + thousandths.parse::<i64>().ok()?, rest))
}

fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|ch: char| !ch.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

fn pair(text: &str) -> Option<(i64, &str)> {
    let (found, rest) = digits(text)?;
    if found.len() == 2 { Some((found.parse().ok()?, rest)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_to_the_letter() {
        for (text, expected) in [
            ("00:01.500", Some((1500, ""))),
            ("01:02:03.004 x", Some((3_723_004, " x"))),
            ("1:00:00.000", Some((3_600_000, ""))),
            ("60:00:00.000", Some((216_000_000, ""))),
            ("100:00:00.001", Some((360_000_001, ""))),
            ("60:00.000", None),
            ("0:01.500", None),
            ("00:00:60.000", None),
            ("00:01,500", None),
            ("00:01.50", None),
            ("00:01.5000", None),
            ("01", None),
            ("", None),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
        assert!(parse(&format!("{}:00:00.000", "9".repeat(100))).is_some());
    }
}
