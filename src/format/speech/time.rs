//! Times as programs write them that recognise speech: numbers of seconds, milliseconds or ticks of 100 ns, alone or in a string
//! (`"1.200s"`), ISO 8601 durations (`PT1.2S`), hours and minutes (`0:00:01.2`), or protobuf's `{"seconds": "1", "nanos": 200000000}`.

use serde_json::Value;

/// A time from the start of a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    /// In milliseconds.
    pub ms: i64,
    /// What the print can express, in milliseconds.
    pub resolution_ms: i64,
}

/// Longer recordings are none: a thousand years, in milliseconds.
const LONGEST_MS: f64 = 3.2e13;

impl Time {
    fn of(number: f64, unit_ms: f64, resolution_ms: i64) -> Option<Self> {
        let ms = (number * unit_ms).round();
        (ms.abs() < LONGEST_MS).then_some(Self { ms: ms as i64, resolution_ms })
    }

    /// A time that lies so much later.
    pub fn after(self, length: Self) -> Self {
        Self { ms: self.ms + length.ms, resolution_ms: self.resolution_ms.min(length.resolution_ms) }
    }
}

/// A time in seconds.
pub fn seconds(value: &Value) -> Option<Time> {
    match value {
        Value::Number(number) => plain(&number.to_string()),
        Value::String(text) => {
            let text = text.trim();
            plain(text.strip_suffix('s').unwrap_or(text)).or_else(|| iso(text)).or_else(|| clock(text))
        }
        Value::Object(parts) => {
            let part = |name| parts.get(name).and_then(seconds).map_or(0, |time| time.ms / 1000);
            let nanos = part("nanos");
            Some(Time { ms: part("seconds") * 1000 + nanos / 1_000_000, resolution_ms: 1 })
                .filter(|_| parts.contains_key("seconds") || parts.contains_key("nanos"))
        }
        _ => None,
    }
}

/// A time in milliseconds.
pub fn milliseconds(value: &Value) -> Option<Time> {
    Time::of(number(value)?, 1.0, 1)
}

/// A time in ticks of 100 nanoseconds.
pub fn ticks(value: &Value) -> Option<Time> {
    Time::of(number(value)?, 1e-4, 1)
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// `1.2`; whole seconds express no more than that.
fn plain(text: &str) -> Option<Time> {
    let is_whole = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    Time::of(text.parse().ok()?, 1000.0, if is_whole { 1000 } else { 1 })
}

/// `PT1H2M3.4S`
fn iso(text: &str) -> Option<Time> {
    let mut rest = text.strip_prefix("PT")?;
    let mut sum = 0.0;
    while let Some(at) = rest.find(['H', 'M', 'S']) {
        let (number, unit) = rest.split_at(at);
        let (unit, behind) = unit.split_at(1);
        sum += number.parse::<f64>().ok()?
            * if unit == "H" {
                3600.0
            } else if unit == "M" {
                60.0
            } else {
                1.0
            };
        rest = behind;
    }
    if rest.is_empty() { Time::of(sum, 1000.0, 1) } else { None }
}

/// `1:02:03.4`, `02:03,400`
fn clock(text: &str) -> Option<Time> {
    let text = text.replace(',', ".");
    let (before, last) = text.rsplit_once(':')?;
    let mut sum = last.parse::<f64>().ok()?;
    for (part, unit) in before.rsplit(':').zip([60.0, 3600.0]) {
        sum += f64::from(part.parse::<u32>().ok()?) * unit;
    }
    Time::of(sum, 1000.0, if last.contains('.') { 1 } else { 1000 }).filter(|_| before.split(':').count() < 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_in_every_form_it_is_written_in() {
        for (json, expected) in [
            ("1.2", Some((1200, 1))),
            ("12", Some((12_000, 1000))),
            ("-0.5", Some((-500, 1))),
            ("1.23456e1", Some((12_346, 1))),
            ("\"0.04\"", Some((40, 1))),
            ("\"1.200s\"", Some((1200, 1))),
            ("\"3s\"", Some((3000, 1000))),
            ("{\"seconds\": \"61\", \"nanos\": 200000000}", Some((61_200, 1))),
            ("{\"nanos\": 5000000}", Some((5, 1))),
            ("\"PT1H2M3.4S\"", Some((3_723_400, 1))),
            ("\"1:02:03.4\"", Some((3_723_400, 1))),
            ("\"02:03,400\"", Some((123_400, 1))),
            ("\"00:00:01\"", Some((1000, 1000))),
            ("null", None),
            ("\"nan\"", None),
            ("\"1:2:3:4\"", None),
            ("\"PTx\"", None),
            ("{}", None),
            ("[]", None),
            ("1e300", None),
        ] {
            let value = serde_json::from_str(json).unwrap();
            assert_eq!(seconds(&value).map(|time| (time.ms, time.resolution_ms)), expected, "{json}");
        }
        let ms = |json: &str| milliseconds(&serde_json::from_str(json).unwrap()).map(|time| time.ms);
        assert_eq!([ms("170"), ms("\"170\""), ms("null")], [Some(170), Some(170), None]);
        assert_eq!(ticks(&700_000.into()).map(|time| time.ms), Some(70));
    }
}
