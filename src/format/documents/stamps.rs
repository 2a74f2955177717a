//! The times of a record as documents tell them, never finer than the source.

use crate::transcript::{ClockKind, Meta, PostId, Transcript};

/// Seconds and thousandths, as far as the source tells them: of `08:27:30.250`, what is behind the minute.
const fn pattern(resolution_ms: i64) -> &'static str {
    match resolution_ms {
        60_000.. => "%H:%M",
        1000.. => "%H:%M:%S",
        _ => "%H:%M:%S%.3f",
    }
}

/// The day of a post, `2018-01-09`, where it is another one than that of the post before.
pub fn new_day(transcript: &Transcript, before: Option<PostId>, id: PostId) -> Option<String> {
    let day = |id| told(transcript, id).and_then(|ms| transcript.meta.moment(ms)).map(|moment| moment.date());
    let today = day(id)?;
    (before.and_then(day) != Some(today)).then(|| today.format("%Y-%m-%d").to_string())
}

/// When a post starts, if the source says so.
pub fn told(transcript: &Transcript, id: PostId) -> Option<i64> {
    transcript.start(id).filter(|_| !transcript.is_arrival(id))
}

/// A time for people: `15:14`, `0:03:12`.
pub fn time(meta: &Meta, ms: i64) -> Option<String> {
    match meta.clock {
        ClockKind::Wall => Some(meta.moment(ms)?.format(pattern(meta.resolution_ms)).to_string()),
        ClockKind::Offset => Some(elapsed(ms, 1, meta.resolution_ms.max(1000))),
        ClockKind::None => None,
    }
}

/// A time for people in a text that is read back: no shorter than `00:03:12`, and in seconds at most.
pub fn heading(meta: &Meta, ms: i64) -> Option<String> {
    match meta.clock {
        ClockKind::Offset => Some(elapsed(ms, 2, meta.resolution_ms.max(1000))),
        _ => time(meta, ms),
    }
}

/// A time for programs: ISO 8601 of a wall clock, with the offset from UTC that is known (`2018-01-09T15:14+08:00`); else hours,
/// minutes and seconds since the start (`00:03:12.040`).
pub fn exact(meta: &Meta, ms: i64) -> Option<String> {
    match meta.clock {
        ClockKind::Wall => {
            let moment =
                meta.moment(ms)?.format(&format!("%Y-%m-%dT{}", pattern(meta.resolution_ms))).to_string();
            let offset = meta.offset.as_deref().filter(|offset| is_offset(offset)).unwrap_or_default();
            Some(moment + offset)
        }
        ClockKind::Offset => Some(elapsed(ms, 2, meta.resolution_ms)),
        ClockKind::None => None,
    }
}

/// The `datetime` of HTML: a moment, or a duration (`PT192.04S`).
pub fn machine(meta: &Meta, ms: i64) -> Option<String> {
    if meta.clock != ClockKind::Offset {
        return exact(meta, ms);
    }
    if meta.resolution_ms >= 60_000 {
        // A time of day of which nothing tells the date.
        return (0..86_400_000).contains(&ms).then(|| elapsed(ms, 2, meta.resolution_ms));
    }
    let (seconds, rest) = (ms / 1000, ms % 1000);
    (ms >= 0).then(|| if rest == 0 { format!("PT{seconds}S") } else { format!("PT{seconds}.{rest:03}S") })
}

fn is_offset(text: &str) -> bool {
    text == "Z"
        || text.len() == 6
            && text.starts_with(['+', '-'])
            && text.bytes().skip(1).all(|byte| byte.is_ascii_digit() || byte == b':')
}

/// `1:02:03`, with so many digits of hours, and thousandths where the source tells them; `12:18` where it tells minutes, which are
/// those of a day.
fn elapsed(ms: i64, hours: usize, resolution_ms: i64) -> String {
    let (sign, ms) = (if ms < 0 { "-" } else { "" }, ms.unsigned_abs());
    let (seconds, rest) = (ms / 1000, ms % 1000);
    if resolution_ms >= 60_000 {
        return format!("{sign}{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
    }
    let whole = format!("{sign}{:0hours$}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if resolution_ms < 1000 { format!("{whole}.{rest:03}") } else { whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_no_finer_than_its_source() {
        let origin = chrono::NaiveDate::from_ymd_opt(2025, 1, 2).and_then(|day| day.and_hms_opt(8, 0, 0));
        let wall = |resolution_ms, offset: Option<&str>| {
            let offset = offset.map(str::to_owned);
            Meta { clock: ClockKind::Wall, origin, resolution_ms, offset, ..Meta::default() }
        };
        let offset = |resolution_ms| Meta { clock: ClockKind::Offset, resolution_ms, ..Meta::default() };
        for (meta, ms, expected) in [
            (wall(60_000, None), 60_000, ["08:01", "2025-01-02T08:01", "2025-01-02T08:01"]),
            (
                wall(1000, Some("+08:00")),
                1000,
                ["08:00:01", "2025-01-02T08:00:01+08:00", "2025-01-02T08:00:01+08:00"],
            ),
            (wall(1, Some("<b>")), 1, ["08:00:00.001", "2025-01-02T08:00:00.001", "2025-01-02T08:00:00.001"]),
            (offset(60_000), 44_280_000, ["12:18", "12:18", "12:18"]),
            (offset(1000), 3_723_000, ["1:02:03", "01:02:03", "PT3723S"]),
            (offset(1), 3_723_040, ["1:02:03", "01:02:03.040", "PT3723.040S"]),
        ] {
            let told = [time(&meta, ms), exact(&meta, ms), machine(&meta, ms)];
            assert_eq!(told, expected.map(|text| Some(text.to_owned())));
        }
        for (resolution_ms, expected) in [(1, "01:02:03"), (1000, "01:02:03"), (60_000, "01:02")] {
            assert_eq!(heading(&offset(resolution_ms), 3_723_040).as_deref(), Some(expected));
        }
        assert_eq!(exact(&offset(1000), -2000).as_deref(), Some("-00:00:02"));
        assert_eq!(machine(&offset(1000), -2000), None);
        assert_eq!(time(&Meta::default(), 5), None);
    }
}
