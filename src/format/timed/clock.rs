//! Times in a recording as they are found in the wild: `1:02:03,004`, `02:03.4`, `123.4`.

/// A time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    /// Milliseconds from the start.
    pub ms: i64,
    /// What it can express, in milliseconds.
    pub resolution_ms: i64,
}

/// Reads a time at the beginning of a text, behind blanks; and what stands behind it.
pub fn time(text: &str) -> Option<(Time, &str)> {
    let text = text.trim_start();
    let (negative, mut rest) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut seconds = 0i64;
    let mut parts = 0;
    loop {
        let (number, behind) = number(rest)?;
        seconds = seconds.checked_mul(60)?.checked_add(number)?;
        parts += 1;
        rest = behind;
        match behind.strip_prefix([':', '：']).filter(|next| parts < 3 && next.starts_with(is_digit)) {
            Some(next) => rest = next,
            None => break,
        }
    }
    let (thousandths, resolution_ms, rest) = part(rest);
    let ms = seconds.checked_mul(1000)?.checked_add(thousandths)?;
    Some((Time { ms: if negative { -ms } else { ms }, resolution_ms }, rest))
}

/// Both times of a line such as `00:01,5 --> 00:02,5 X1:40`, each with a colon, and what stands behind them.
pub fn range(line: &str) -> Option<(Time, Time, &str)> {
    if line.matches([':', '：']).take(2).count() < 2 {
        return None;
    }
    let (start, rest) = time(line)?;
    let rest = rest.trim_start();
    let arrows = ["-->", "->", "—>", "–>", "−−>", "--＞"];
    let rest = arrows.iter().find_map(|arrow| rest.strip_prefix(arrow))?;
    let (end, behind) = time(rest)?;
    (behind.is_empty() || behind.starts_with(char::is_whitespace)).then_some((start, end, behind))
}

const fn is_digit(ch: char) -> bool {
    ch.is_ascii_digit()
}

/// No more than nine digits.
fn number(text: &str) -> Option<(i64, &str)> {
    let end = text.find(|ch| !is_digit(ch)).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    Some((digits.parse().ok().filter(|_| end < 10)?, rest))
}

/// A decimal fraction, in thousandths, and what it can express.
fn part(text: &str) -> (i64, i64, &str) {
    let behind = text.strip_prefix(['.', ',', '．', '，']).unwrap_or_default();
    let end = behind.find(|ch| !is_digit(ch)).unwrap_or(behind.len());
    if end == 0 {
        return (0, 1000, text);
    }
    let (digits, rest) = behind.split_at(end);
    let thousandths =
        digits.bytes().chain(*b"00").take(3).fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    (thousandths, [100, 10].get(end - 1).copied().unwrap_or(1), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_they_are_found() {
        for (text, expected) in [
            ("01:02:03,004", Some((3_723_004, 1, ""))),
            (" 1:02:03.4 x", Some((3_723_400, 100, " x"))),
            ("02:03", Some((123_000, 1000, ""))),
            ("00：00：01，50", Some((1500, 10, ""))),
            ("123.4567", Some((123_456, 1, ""))),
            ("-00:00:01,5", Some((-1500, 100, ""))),
            ("1:", Some((1000, 1000, ":"))),
            ("1.", Some((1000, 1000, "."))),
            ("1:2:3:4", Some((3_723_000, 1000, ":4"))),
            ("x", None),
            ("", None),
            ("12345678901", None),
        ] {
            let found = time(text).map(|(time, rest)| (time.ms, time.resolution_ms, rest));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_range_has_two_times_and_an_arrow() {
        for (text, expected) in [
            ("00:01:39 --> 00:01:41,04", Some((99_000, 101_040))),
            ("00:01,0-->00:02,0   X1:40 X2:600", Some((1000, 2000))),
            ("0:01 -> 0:02", Some((1000, 2000))),
            ("0:01 0:02", None),
            ("1 --> 2", None),
            ("0:01 --> 0:02x", None),
            ("a --> b", None),
        ] {
            assert_eq!(range(text).map(|(start, end, _)| (start.ms, end.ms)), expected, "{text}");
        }
    }
}
