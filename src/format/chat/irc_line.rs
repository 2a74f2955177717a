//! A line of an IRC log: a time, if there is one, and what happened.

use crate::format::scan::Scan;
use crate::text::beginning;
use chrono::{NaiveDate, NaiveTime};

/// What was looked at of a line, in bytes: longer names do not exist.
const LONGEST: usize = 512;

/// Longer names do not exist, in bytes.
const LONGEST_NICK: usize = 100;

/// When a line was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The date, if it is told.
    pub date: Option<NaiveDate>,
    /// Month and day, if no year is told with them.
    pub day: Option<(u32, u32)>,
    /// The time of day.
    pub time: NaiveTime,
    /// What the print can express, in milliseconds.
    pub resolution_ms: i64,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// Somebody says words.
    Said(&'a str, &'a str),
    /// Somebody does something: `/me`.
    Did(&'a str, &'a str),
    /// A notice by somebody.
    Told(&'a str, &'a str),
    /// Somebody joins, leaves, changes something.
    Service(&'a str),
    /// A line that only tells a date; with what it says, if that is more.
    Dated(NaiveDate, Option<&'a str>),
    /// Something else.
    Other(&'a str),
}

/// Reads a line. The time zone is told as printed.
pub fn read(line: &str) -> (Option<When>, Option<String>, Event<'_>) {
    let line = line.trim_start_matches('\u{feff}');
    let stamped = stamp(line);
    let (when, zone, rest) =
        stamped.map_or((None, None, line), |(when, zone, rest)| (Some(when), zone, rest));
    let event = when.filter(|_| rest.starts_with('\t')).and_then(|_| columns(rest));
    (when, zone, event.unwrap_or_else(|| event_of(rest, when.is_some())))
}

/// The time at the beginning of a line, the zone, and what stands behind.
fn stamp(line: &str) -> Option<(When, Option<String>, &str)> {
    let shown = beginning(line, 80);
    let mut scan = Scan::new(shown);
    let close =
        [('[', ']'), ('(', ')')].into_iter().find(|&(open, _)| scan.eat(&[open])).map(|(_, close)| close);
    let date = scan.date();
    if date.is_some() && !scan.eat(&['T', ' ', '\t', '_']) {
        return None;
    }
    let day = if date.is_none() { month_and_day(&mut scan) } else { None };
    scan.blanks();
    let clock = scan.clock(&[':'])?;
    let zone = fraction_and_zone(&mut scan).filter(|_| date.is_some());
    let when = When { date, day, time: clock.time()?, resolution_ms: clock.resolution_ms() };
    let is_closed = close.is_none_or(|close| scan.eat(&[close]));
    let rest = line.get(shown.len() - scan.rest.len()..)?;
    (is_closed && (rest.is_empty() || rest.starts_with([' ', '\t', '<']))).then_some((when, zone, rest))
}

/// A fraction is passed over; a zone is told as `+08:00`.
fn fraction_and_zone(scan: &mut Scan) -> Option<String> {
    if scan.eat(&['.', ',']) {
        scan.number(1..=9)?;
    }
    if scan.eat(&['Z']) {
        return Some("+00:00".to_owned());
    }
    let mut ahead = *scan;
    let sign = if ahead.eat(&['+']) { '+' } else { ahead.eat(&['-']).then_some('-')? };
    let (hours, minutes) = if let Some(both) = ahead.number(4..=4) {
        (both / 100, both % 100)
    } else {
        let hours = ahead.number(2..=2)?;
        if !ahead.eat(&[':']) {
            return None;
        }
        (hours, ahead.number(2..=2)?)
    };
    *scan = ahead;
    Some(format!("{sign}{hours:02}:{minutes:02}"))
}

/// `Nov 15`.
fn month_and_day(scan: &mut Scan) -> Option<(u32, u32)> {
    let mut ahead = *scan;
    let month = month(ahead.rest.get(..3)?)?;
    ahead.rest = ahead.rest.get(3..)?;
    if !ahead.blanks() {
        return None;
    }
    let day = ahead.number(1..=2)?;
    *scan = ahead;
    Some((month, day))
}

fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = beginning(word, 3).to_ascii_lowercase();
    MONTHS.iter().position(|known| *known == month).map(|index| index as u32 + 1)
}

/// weechat: `\tname\twords`, with a sign in place of the name.
fn columns(rest: &str) -> Option<Event<'_>> {
    let (name, words) = rest.strip_prefix('\t')?.split_once('\t')?;
    let sign = name.trim();
    Some(match sign {
        "" | "-->" | "<--" | "--" | "=!=" | "<->" => service(words),
        "*" => act(words),
        _ => Event::Said(nick(sign).filter(|nick| !nick.ends_with(':') && !nick.contains(' '))?, words),
    })
}

/// `name does something`.
fn act(words: &str) -> Event<'_> {
    match words.split_once([' ', '\t']) {
        Some((name, words)) if nick(name).is_some() => Event::Did(nick(name).unwrap_or(name), words),
        _ => Event::Service(words),
    }
}

/// A name without what stands before it: signs of rank.
fn nick(name: &str) -> Option<&str> {
    let name = name.trim().trim_start_matches(['@', '+', '%', '~', '&', '!']).trim_start();
    (!name.is_empty() && name.len() <= LONGEST_NICK).then_some(name)
}

fn event_of(rest: &str, is_stamped: bool) -> Event<'_> {
    let rest = rest.strip_prefix([' ', '\t']).unwrap_or(rest);
    let text = rest.trim_start();
    if let Some(said) = said(text, is_stamped) {
        return said;
    }
    if is_stamped && is_of_eggdrop(text) {
        return Event::Service(text);
    }
    let shown = beginning(text, LONGEST_NICK + 8);
    let Some(end) = shown.find([' ', '\t']) else { return Event::Other(rest) };
    let Some((sign, words)) = text.split_at_checked(end) else { return Event::Other(rest) };
    let words = words.trim_start_matches(['\t', ' ']);
    match sign {
        "*" | "•" | "===" if is_of_service(words) => service(words),
        "*" | "•" | "===" => act(words),
        "-!-" | "***" | "****" | "---" | "-->" | "<--" | "->" | "<-" | "--" | "-=-" | "=-=" | "|<--"
        | ">>>" | "<<<" | "!!!" => service(words),
        "Action:" if is_stamped => act(words),
        "Session" => service(text),
        _ if is_stamped => notice(sign, words).unwrap_or(Event::Other(rest)),
        _ => Event::Other(rest),
    }
}

/// `<name> words`.
fn said(text: &str, is_stamped: bool) -> Option<Event<'_>> {
    let shown = beginning(text, LONGEST).strip_prefix('<')?;
    let end = shown.match_indices('>').map(|(at, _)| at).find(|&at| {
        let behind = shown.get(at + 1..).unwrap_or_default();
        behind.is_empty() || behind.starts_with([' ', '\t'])
    })?;
    let name = nick(shown.get(..end)?)?;
    let words = text.get(end + 2..)?;
    let is_name = is_stamped
        || !name.contains(' ') && !name.starts_with('/') && !beginning(words, LONGEST).contains("</");
    let words = words.strip_prefix([' ', '\t']).unwrap_or(words);
    (is_name && !name.contains(['<', '\t']) && name.split(' ').count() < 5)
        .then_some(Event::Said(name, words))
}

/// `-name- words`, `-name:#channel- words`.
fn notice<'a>(sign: &'a str, words: &'a str) -> Option<Event<'a>> {
    let name = sign.strip_prefix('-')?.strip_suffix('-')?;
    let name = name.split([':', '(']).next()?;
    (!name.is_empty() && !name.starts_with(['-', '!'])).then_some(Event::Told(name, words))
}

/// Whether `name did something` is what the program says of somebody.
fn is_of_service(words: &str) -> bool {
    const BEGIN: [&str; 20] = [
        "Joins:",
        "Parts:",
        "Quits:",
        "Now talking",
        "Topic",
        "Set by",
        "Disconnected",
        "Rejoin",
        "Attempt",
        "Mode",
        "mode/",
        "Users on",
        "Looking up",
        "Connect",
        "You have",
        "You are",
        "You've",
        "Channel ",
        "Kicked",
        "Retrieving",
    ];
    const DONE: [&str; 20] = [
        "has joined ",
        "has left ",
        "has quit",
        "is now known as ",
        "sets mode",
        "set mode",
        "has changed ",
        "changed the topic",
        "changes topic",
        "changes the topic",
        "gives ",
        "removes ",
        "was kicked ",
        "has been kicked",
        "has kicked",
        "sets ban",
        "joined #",
        "left #",
        "quit (",
        "set the topic",
    ];
    let words = beginning(words, LONGEST);
    if BEGIN.iter().any(|begin| words.starts_with(begin)) {
        return true;
    }
    let Some((_, done)) = words.split_once(' ') else { return false };
    let done = done.trim_start();
    let is_host = done.starts_with(['[', '(']) && done.contains(['@', '.']);
    let behind = done.split_once([']', ')']).map_or(done, |(_, behind)| behind.trim_start());
    let is_done = |done: &str| DONE.iter().any(|begin| done.starts_with(begin));
    is_done(done) || is_host && is_done(behind)
}

/// Whether eggdrop says so, without a sign before it: `ann (a@b.c) joined #x.`, `Nick change: ann -> bob`, `#x: mode change '+o ann' by bob`.
fn is_of_eggdrop(text: &str) -> bool {
    let shown = beginning(text, LONGEST);
    if shown.starts_with("Nick change: ") || shown.starts_with("Topic changed on ") {
        return true;
    }
    if let Some((channel, said)) = shown.split_once(": ").filter(|_| shown.starts_with(['#', '&', '!', '+']))
    {
        return !channel.contains(' ') && (said.starts_with("mode change '") || said.starts_with("topic "));
    }
    let Some((_, done)) = shown.split_once(' ').filter(|(name, _)| !name.contains([':', '<', '['])) else {
        return false;
    };
    if done.starts_with("kicked from ") || done.starts_with("was kicked from ") {
        return true;
    }
    let host =
        done.strip_prefix('(').and_then(|rest| rest.split_once(") ")).filter(|(host, _)| host.contains('@'));
    let does = ["joined ", "left ", "got netsplit", "got lost in the net-split", "returned to ", "rejoined "];
    host.is_some_and(|(_, done)| does.iter().any(|begin| done.starts_with(begin)))
}

/// What the program says; a line that tells a date is one of its own.
fn service(words: &str) -> Event<'_> {
    const DATED: [&str; 9] = [
        "Log opened",
        "Log closed",
        "BEGIN LOGGING AT",
        "ENDING LOGGING AT",
        "Session Start:",
        "Session Close:",
        "Session Time:",
        "Logging started",
        "Log started",
    ];
    let shown = beginning(words, LONGEST);
    if let Some(date) =
        shown.strip_prefix("Day changed").and_then(|rest| date(rest.trim_start_matches(" to")))
    {
        return Event::Dated(date, None);
    }
    // Eggdrop: a date alone.
    let is_alone = shown.split_whitespace().count() == 4;
    if let Some(date) = date(shown).filter(|_| is_alone) {
        return Event::Dated(date, None);
    }
    let dated = DATED.iter().find_map(|begin| shown.strip_prefix(begin)).and_then(date);
    dated.map_or(Event::Service(words), |date| Event::Dated(date, Some(words)))
}

/// `Mon Nov 15 12:18:05 2004`, `Mon Nov 15 2004`, `15 Nov 2004`, `2004-11-15`.
fn date(text: &str) -> Option<NaiveDate> {
    let words: Vec<_> =
        text.split_whitespace().take(7).map(|word| word.trim_end_matches([',', '.'])).collect();
    if let Some(date) = words.iter().find_map(|word| Scan::new(word).date()) {
        return Some(date);
    }
    let at = words.iter().position(|word| word.len() >= 3 && month(word).is_some())?;
    let month = month(words.get(at)?)?;
    let number =
        |at: Option<usize>| at.and_then(|at| words.get(at)).and_then(|word| word.parse::<u32>().ok());
    let day = number(Some(at + 1)).filter(|&day| day < 32).or_else(|| number(at.checked_sub(1)))?;
    let year =
        (at + 1..at + 5).find_map(|at| number(Some(at)).filter(|&year| year > 1970 && year < 10_000))?;
    NaiveDate::from_ymd_opt(year as i32, month, day)
}

/// The time of day that such a line tells.
pub fn clock_in(line: &str) -> Option<NaiveTime> {
    let words = beginning(line, LONGEST).split_whitespace().take(10);
    words.into_iter().find_map(|word| Scan::new(word).clock(&[':'])?.time())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> (Option<String>, Event<'_>) {
        let (when, _, event) = read(line);
        let when = when.map(|When { date, day, time, .. }| match (date, day) {
            (Some(date), _) => format!("{date} {time}"),
            (None, Some((month, day))) => format!("{month}/{day} {time}"),
            (None, None) => time.to_string(),
        });
        (when, event)
    }

    #[test]
    fn lines_of_many_programs_are_read() {
        use Event::{Did, Other, Said, Service, Told};
        for (line, when, event) in [
            // irssi
            ("12:18 <@ann> hi <b>", "12:18:00", Said("ann", "hi <b>")),
            ("12:18 < ann> hi", "12:18:00", Said("ann", "hi")),
            ("12:18:05 <+ann> hi", "12:18:05", Said("ann", "hi")),
            ("12:18  * ann waves", "12:18:00", Did("ann", "waves")),
            ("12:18 -!- ann [a@b] has joined #x", "12:18:00", Service("ann [a@b] has joined #x")),
            ("12:18 -ann:#x- listen", "12:18:00", Told("ann", "listen")),
            // weechat
            ("2009-10-01 17:00:01\t@ann\thi\tyou", "2009-10-01 17:00:01", Said("ann", "hi\tyou")),
            (
                "2009-10-01 17:00:01\t-->\tann (a@b) has joined #x",
                "2009-10-01 17:00:01",
                Service("ann (a@b) has joined #x"),
            ),
            ("2009-10-01 17:00:01\t *\tann waves", "2009-10-01 17:00:01", Did("ann", "waves")),
            (
                "2009-10-01 17:00:01\t--\tMode #x [+o ann] by bob",
                "2009-10-01 17:00:01",
                Service("Mode #x [+o ann] by bob"),
            ),
            // ZNC
            ("[12:18:05] <ann> hi", "12:18:05", Said("ann", "hi")),
            ("[12:18:05] *** Joins: ann (a@b)", "12:18:05", Service("Joins: ann (a@b)")),
            ("[12:18:05] * ann waves", "12:18:05", Did("ann", "waves")),
            ("[12:18:05] -ann- listen", "12:18:05", Told("ann", "listen")),
            // HexChat
            ("Nov 15 12:18:05 <ann>\thi", "11/15 12:18:05", Said("ann", "hi")),
            ("Nov 15 12:18:05 *\tann waves", "11/15 12:18:05", Did("ann", "waves")),
            (
                "Nov 15 12:18:05 *\tann (~a@b.c) has joined #x",
                "11/15 12:18:05",
                Service("ann (~a@b.c) has joined #x"),
            ),
            ("Nov 15 12:18:05 *\tNow talking on #x", "11/15 12:18:05", Service("Now talking on #x")),
            // mIRC
            ("[12:18] * ann is now known as ann_", "12:18:00", Service("ann is now known as ann_")),
            // eggdrop
            ("[12:18] Action: ann waves", "12:18:00", Did("ann", "waves")),
            ("[12:18] ann (a@b) joined #x.", "12:18:00", Service("ann (a@b) joined #x.")),
            // Ubuntu, tclers, Limnoria
            ("[12:18] === ann [a@b.c]  has joined #x", "12:18:00", Service("ann [a@b.c]  has joined #x")),
            ("2009-10-01T17:00:01 <ann> hi", "2009-10-01 17:00:01", Said("ann", "hi")),
            ("[2009-10-01 17:00:01] <ann> hi", "2009-10-01 17:00:01", Said("ann", "hi")),
            (
                "2009-10-01T17:00:01.250+02:00 *** ann has quit IRC",
                "2009-10-01 17:00:01",
                Service("ann has quit IRC"),
            ),
            ("[12:18] <Ann Lee> hi", "12:18:00", Said("Ann Lee", "hi")),
            ("[12:18:05.250] <ann> hi", "12:18:05", Said("ann", "hi")),
            ("(5:18 PM) <ann> hi", "17:18:00", Said("ann", "hi")),
            ("[Nov 15 12:18:05] <ann> hi", "11/15 12:18:05", Said("ann", "hi")),
        ] {
            assert_eq!(told(line), (Some(when.to_owned()), event), "{line}");
        }
        for (line, event) in [
            ("<ann> hi", Said("ann", "hi")),
            ("<ann>", Said("ann", "")),
            ("* ann waves", Did("ann", "waves")),
            ("=== ann [~a@b.c]  has left #x [\"bye\"]", Service("ann [~a@b.c]  has left #x [\"bye\"]")),
            ("=== ann scrolls up", Did("ann", "scrolls up")),
            ("Session Ident: #x", Service("Session Ident: #x")),
            ("<p>words</p>", Other("<p>words</p>")),
            ("<tt xml:lang=\"en\"> x", Other("<tt xml:lang=\"en\"> x")),
            ("words go on", Other("words go on")),
            ("", Other("")),
        ] {
            assert_eq!(told(line), (None, event), "{line}");
        }
    }

    #[test]
    fn lines_that_tell_a_date_are_found() {
        for (line, is_said) in [
            ("--- Log opened Mon Nov 15 12:18:05 2004", true),
            ("--- Day changed Mon Nov 15 2004", false),
            ("**** BEGIN LOGGING AT Mon Nov 15 12:18:05 2004", true),
            ("Session Start: Mon Nov 15 12:18:05 2004", true),
            ("[00:00] --- Mon Nov 15 2004", false),
            ("--- Log opened 15 Nov 2004", true),
            ("--- Day changed to 2004-11-15", false),
        ] {
            let (_, event) = told(line);
            let date = NaiveDate::from_ymd_opt(2004, 11, 15).unwrap();
            assert!(
                matches!(event, Event::Dated(found, words) if found == date && words.is_some() == is_said),
                "{line}: {event:?}"
            );
        }
        assert!(matches!(told("--- Log opened some day").1, Event::Service(_)));
    }
}
