//! Times in a recording, as exports of its chat print them.

use super::json::Loose;
use crate::transcript::Draft;

/// No time lies farther from the start, in milliseconds: ten years.
const FARTHEST_MS: f64 = 315_576_000_000.0;

/// A time in seconds; a fraction may tell milliseconds.
pub fn seconds(value: Loose, out: &mut Draft) -> Option<i64> {
    milliseconds(value.number()? * 1000.0, out)
}

/// A time in milliseconds.
pub fn milliseconds(ms: f64, out: &mut Draft) -> Option<i64> {
    let ms = Some(ms.round()).filter(|ms| ms.abs() <= FARTHEST_MS)? as i64;
    out.offset(ms, if ms % 1000 == 0 { 1000 } else { 1 })
}

/// `1:02:03`, `-0:05`, as a player prints them, in milliseconds.
pub fn clock(text: &str) -> Option<f64> {
    let text = text.trim();
    let (sign, text) = match text.strip_prefix(['-', '−']) {
        Some(text) => (-1.0, text),
        None => (1.0, text),
    };
    let parts: Option<Vec<u32>> = text.split(':').map(|part| part.parse().ok()).collect();
    let parts = parts.filter(|parts| (2..=3).contains(&parts.len()))?;
    let seconds = parts.iter().fold(0.0, |seconds, &part| seconds * 60.0 + f64::from(part));
    Some(sign * seconds * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_a_player_are_read() {
        for (text, ms) in [
            ("0:05", Some(5_000.0)),
            ("-0:05", Some(-5_000.0)),
            ("1:02:03", Some(3_723_000.0)),
            ("-0:00", Some(0.0)),
            ("5", None),
            ("a:b", None),
            ("1:2:3:4", None),
        ] {
            assert_eq!(clock(text), ms, "{text}");
        }
    }

    #[test]
    fn times_beyond_all_reason_are_none() {
        let mut out = Draft::default();
        for (ms, expected) in [(-5e3, Some(-5000)), (1.4, Some(1)), (1e13, None), (f64::MAX, None)] {
            assert_eq!(milliseconds(ms, &mut out), expected);
        }
        assert_eq!(out.meta.resolution_ms, 1);
    }
}
