//! The times of TTML (TTML2, sections 12.2 and 12.3): expressions, and what elements inherit of those they lie in.

use super::clock;

/// What frames and ticks are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rates {
    frames: f64,
    ticks: f64,
    /// Times count from the start of the whole, and not from that of what an element lies in, as the standard has it.
    pub absolute: bool,
}

impl Default for Rates {
    fn default() -> Self {
        Self { frames: 30.0, ticks: 1.0, absolute: false }
    }
}

impl Rates {
    /// Those that the root element declares.
    pub fn of<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Self {
        let number = |name: &str| get(name)?.trim().parse::<f64>().ok().filter(|rate| *rate > 0.0);
        let multiplier = get("frameRateMultiplier").and_then(|text| {
            let (above, below) = text.trim().split_once([' ', ':'])?;
            Some(above.parse::<f64>().ok()? / below.trim().parse::<f64>().ok()?)
        });
        let multiplier = multiplier.filter(|found| found.is_finite() && *found > 0.0).unwrap_or(1.0);
        let frames = number("frameRate").map(|rate| rate * multiplier);
        let ticks = number("tickRate").or(frames).unwrap_or(1.0);
        Self { frames: frames.unwrap_or(30.0), ticks, absolute: false }
    }

    /// The milliseconds of an expression: `01:02:03.4`, `01:02:03:12`, `5.5s`, `120f`, `3000t`; without a unit seconds.
    fn ms(self, text: &str) -> Option<i64> {
        let text = text.trim();
        if text.contains(':') {
            let (time, rest) = clock::time(text)?;
            let frames = rest.strip_prefix([':', ';']).and_then(|frames| frames.parse::<f64>().ok());
            return match (rest.is_empty(), frames) {
                (true, _) => Some(time.ms),
                (false, Some(frames)) => Some(time.ms + whole(frames * 1000.0 / self.frames)?),
                (false, None) => None,
            };
        }
        let (number, unit) =
            text.split_at(text.find(|ch: char| ch.is_ascii_alphabetic()).unwrap_or(text.len()));
        let factor = match unit {
            "h" => 3_600_000.0,
            "m" => 60_000.0,
            "s" | "" => 1000.0,
            "ms" => 1.0,
            "f" => 1000.0 / self.frames,
            "t" => 1000.0 / self.ticks,
            _ => return None,
        };
        whole(number.parse::<f64>().ok()? * factor)
    }
}

fn whole(ms: f64) -> Option<i64> {
    (ms.is_finite() && ms.abs() < 1e15).then(|| ms.round() as i64)
}

/// When an element is shown, in milliseconds from the start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked by itself")]
pub struct Timing {
    from: i64,
    /// When it is gone, if that is said.
    pub end: Option<i64>,
    /// It or one that it lies in has a time.
    pub is_timed: bool,
    /// It has a time of its own.
    pub is_own: bool,
    /// What lies in it is shown one after the other.
    sequence: bool,
    /// Up to where a sequence has come.
    cursor: i64,
    /// The begin and the end as they are written.
    written: (Option<i64>, Option<i64>),
    /// As it is written it lies in the element around it, but beyond its end if it counts from its start.
    pub strays: bool,
}

impl Timing {
    /// That of an element with these attributes that lies in this one.
    pub fn within<'a>(&self, get: impl Fn(&str) -> Option<&'a str>, rates: Rates) -> Self {
        let base = match (self.sequence, rates.absolute) {
            (true, _) => self.cursor,
            (false, true) => 0,
            (false, false) => self.from,
        };
        let time = |name: &str| get(name).and_then(|text| rates.ms(text));
        // In captions as `YouTube` serves them, `start` and `dur` are seconds, `t` and `d` milliseconds.
        let thousandths = |name: &str| get(name).and_then(|text| text.trim().parse::<i64>().ok());
        let begin = time("begin").or_else(|| time("start")).or_else(|| thousandths("t"));
        let duration = time("dur").or_else(|| thousandths("d"));
        let from =
            begin.map_or(if self.sequence { base } else { self.from }, |begin| base.saturating_add(begin));
        let written = (begin, time("end"));
        let own_end = written.1.map(|end| base.saturating_add(end));
        let end = match (own_end, duration.map(|ms| from.saturating_add(ms))) {
            (Some(end), Some(other)) => Some(end.min(other)),
            (end, other) => end.or(other).or(self.end),
        };
        Self {
            from,
            end,
            is_timed: self.is_timed || begin.is_some(),
            is_own: begin.is_some(),
            sequence: get("timeContainer") == Some("seq"),
            cursor: from,
            strays: !self.sequence && self.is_left_by(written, own_end.unwrap_or(from)),
            // Of one that says nothing, what is around it holds.
            written: if begin.is_some() { written } else { self.written },
        }
    }

    /// Whether one with such times lies in this one as they are written, but ends behind it if they count from its start.
    fn is_left_by(&self, (begin, end): (Option<i64>, Option<i64>), sum: i64) -> bool {
        let ((Some(from), Some(to)), Some(begin)) = (self.written, begin) else { return false };
        from > 0 && begin >= from && end.unwrap_or(begin) <= to && self.end.is_some_and(|end| sum > end)
    }

    /// When it is shown, if that is said.
    pub fn begin(&self) -> Option<i64> {
        self.is_timed.then_some(self.from)
    }

    /// An element that lies in this one has come to its end.
    pub fn passed(&mut self, inner: &Self) {
        self.cursor = self.cursor.max(inner.end.unwrap_or(inner.cursor));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timing(base: &Timing, attributes: &[(&str, &'static str)]) -> Timing {
        base.within(
            |name| attributes.iter().find(|(found, _)| *found == name).map(|(_, value)| *value),
            Rates::default(),
        )
    }

    #[test]
    fn expressions_are_read() {
        let rates = Rates::of(|name| match name {
            "frameRate" => Some("24"),
            "frameRateMultiplier" => Some("1000 1001"),
            "tickRate" => Some("10000000"),
            _ => None,
        });
        for (text, expected) in [
            ("00:00:01.5", Some(1500)),
            ("01:02.345", Some(62_345)),
            ("00:00:01:06", Some(1250)),
            ("12.5s", Some(12_500)),
            ("12.5", Some(12_500)),
            ("24f", Some(1001)),
            ("25000000t", Some(2500)),
            ("500ms", Some(500)),
            ("1h", Some(3_600_000)),
            ("x", None),
            ("1q", None),
            ("1e300s", None),
        ] {
            assert_eq!(rates.ms(text), expected, "{text}");
        }
    }

    #[test]
    fn times_are_inherited() {
        let body = timing(&Timing::default(), &[("begin", "10s"), ("dur", "60s")]);
        let first = timing(&body, &[("begin", "1s"), ("end", "2s")]);
        assert_eq!((first.begin(), first.end), (Some(11_000), Some(12_000)));
        let bare = timing(&body, &[]);
        assert_eq!((bare.begin(), bare.end, bare.is_own), (Some(10_000), Some(70_000), false));
        let mut row = timing(&Timing::default(), &[("timeContainer", "seq")]);
        let one = timing(&row, &[("dur", "2s")]);
        row.passed(&one);
        let two = timing(&row, &[("begin", "1s"), ("dur", "2s")]);
        assert_eq!((two.begin(), two.end), (Some(3000), Some(5000)));
    }
}
