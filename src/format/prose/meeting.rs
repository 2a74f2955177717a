//! Text of a meeting: who speaks and the time since the beginning, then what was said. Otter, Zoom chats, Teams, Google Meet,
//! Rev, Descript, 讯飞听见, 腾讯会议, 飞书妙记, and others that write the same.
//!
//! `name 0:12` above the words; `[00:00:12] name: words` before them; a time alone, with the names below it. Which of them it is
//! shows in the first lines. A text with times and no names, as of a video, is read all the same.

use super::meeting_line::{Form, Heading, heading, is_name};
use crate::format::by_line::{ByLine, InPlace, Line};
use crate::format::head::Head;
use crate::format::lead::Opening;
use crate::format::parser::{Parser, Wire};
use crate::transcript::{Declared, Draft, Extra, Extras, Kind, Post};
use std::ops::Range;

/// The format.
#[derive(Debug, Default)]
pub struct Meeting {
    style: Style,
    is_after_words: bool,
    /// The line before is a heading without words.
    is_bare: bool,
    last_ms: i64,
    /// A time alone that no words have followed.
    time: Option<(Option<i64>, Option<i64>, u32)>,
    /// A line that is a name if words follow at once.
    name: Option<Name>,
    opening: Opening,
}

#[derive(Debug)]
struct Name {
    label: String,
    place: Range<usize>,
    number: u32,
    /// It stands right below a time: blank lines may follow.
    is_sure: bool,
}

/// How a text is laid out, by its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Style {
    form: Option<Form>,
    /// Blank lines stand before headings.
    is_spaced: bool,
    /// What follows a time, without a colon, is a name.
    are_names: bool,
}

/// What was counted in the first lines.
#[derive(Debug, Default)]
struct Count {
    found: usize,
    named: usize,
    sent: usize,
    sure: usize,
    spaced: usize,
    /// Lines without a time right behind, and how often there were at least one, and two.
    above_words: usize,
    above_two: usize,
    descents: usize,
    /// Otter's own form: `Ann  9:50`.
    of_otter: usize,
    latest_ms: i64,
    first: Option<(usize, i64)>,
    last_ms: i64,
}

/// The place of a field of a post behind all others.
const LAST: usize = 100;

/// Minutes and seconds beyond this are no hours and minutes of a day, in milliseconds.
const DAY_MS: i64 = 24 * 60_000;

/// So many lines tell how a text is laid out.
const LOOKED_AT: usize = 120;

fn counts(head: &str) -> [Count; 3] {
    let mut counts = [Count::default(), Count::default(), Count::default()];
    let mut above: Option<usize> = None;
    let (mut words, mut is_spaced, mut seen) = (0, true, 0);
    for line in head.lines() {
        if line.trim().is_empty() {
            is_spaced = true;
            continue;
        }
        seen += 1;
        let is_likely = |found: &Heading| is_spaced || found.form != Form::Behind || is_like_a_name(found);
        let Some(found) = heading(line).filter(|found| seen <= LOOKED_AT && is_likely(found)) else {
            if seen > LOOKED_AT {
                break;
            }
            words += 1;
            if let Some(count) = above.and_then(|form| counts.get_mut(form)) {
                count.above_words += usize::from(words == 1);
                count.above_two += usize::from(words == 2);
            }
            is_spaced = false;
            continue;
        };
        let form = found.form as usize;
        let count = &mut counts[form];
        count.found += 1;
        count.named += usize::from(found.name.is_some());
        count.sent += usize::from(found.is_sent);
        count.sure += usize::from(found.span.is_sure);
        count.spaced += usize::from(is_spaced);
        count.descents += usize::from(found.span.from < count.last_ms);
        count.of_otter += usize::from(is_of_otter(line));
        count.latest_ms = count.latest_ms.max(found.span.from);
        count.first = count.first.or(Some((seen, found.span.from)));
        count.last_ms = found.span.from;
        (above, words, is_spaced) = (Some(form), 0, false);
    }
    counts
}

/// Whether a line is a name in Latin letters, two blanks, and a time whose minutes are not filled up, as Otter prints it: a chat
/// fills up its hours, or has its times in other places.
fn is_of_otter(line: &str) -> bool {
    let parted = line.trim().rsplit_once("  ");
    parted.is_some_and(|(name, time)| {
        let is_latin = |ch: char| !ch.is_alphabetic() || ch < '\u{250}';
        name.chars().all(is_latin) && !name.ends_with(' ') && !time.contains(' ') && !time.starts_with('0')
    })
}

/// Whether a name does not begin like a word of a sentence.
fn is_like_a_name(found: &Heading) -> bool {
    !found.name.unwrap_or_default().starts_with(|ch: char| ch.is_ascii_lowercase())
}

/// Of what sort a line is that the program writes: Otter at the end, Teams when somebody stops it.
fn of_program(line: &str) -> Option<Kind> {
    let line = line.trim();
    let does = ["started transcription", "stopped transcription"];
    match () {
        () if line.starts_with("Transcribed by https://otter.ai") => Some(Kind::Note),
        () if does.iter().any(|does| line.strip_suffix(does).is_some_and(is_name)) => Some(Kind::System),
        () => None,
    }
}

/// Whether names stand as `[name]：`, so that a time below words is that of those words.
fn has_bracketed_names(head: &str) -> bool {
    let is_one = |line: &&str| {
        let inner = line
            .trim()
            .strip_prefix(['[', '【', '［'])
            .and_then(|rest| [']', '】', '］'].into_iter().find_map(|close| rest.split_once(close)));
        inner.is_some_and(|(name, rest)| {
            is_name(name) && rest.starts_with([':', '：']) && heading(line).is_none()
        })
    };
    head.lines().take(LOOKED_AT).filter(is_one).nth(1).is_some()
}

impl Style {
    fn of(head: &str) -> Self {
        let counts = counts(head);
        let forms = [Form::Alone, Form::Before, Form::Behind];
        let Some(form) = forms.into_iter().max_by_key(|&form| counts[form as usize].found) else {
            return Self::default();
        };
        let count = &counts[form as usize];
        let are_names = match form {
            Form::Alone => count.above_two * 2 > count.found,
            _ => count.named * 2 < count.found && count.above_words * 5 > count.found * 4,
        };
        Self { form: Some(form), is_spaced: count.spaced * 3 >= count.found * 2, are_names }
    }
}

impl Meeting {
    /// Whether a line that looks like a heading is one.
    fn is_heading(&self, found: &Heading, out: &Draft) -> bool {
        let Heading { form, name, span, .. } = *found;
        if Some(form) != self.style.form {
            return false;
        }
        let is_free = !self.is_after_words || form != Form::Behind;
        let goes_on = span.from >= self.last_ms;
        let is_known = name.is_some_and(|name| out.speaker(name.as_bytes()).is_some());
        is_free || !self.is_bare && goes_on && (is_known || is_like_a_name(found) && !self.style.is_spaced)
    }

    fn heading(&mut self, found: &Heading, line: &Line, out: &mut Draft) {
        self.settle(out);
        let Heading { span, name, words, .. } = *found;
        self.last_ms = span.from;
        let start = out.offset(span.from, span.resolution_ms);
        if found.form == Form::Alone {
            self.time = Some((start, span.to, line.number));
            return;
        }
        let (label, words) = match name {
            Some(name) => (name, words),
            None if self.style.are_names && is_name(words) => (words.trim(), ""),
            None => ("", words),
        };
        let is_new = out.speaker(label.as_bytes()).is_none();
        let speaker = out.intern(label);
        if let Some(title) = found.title.filter(|_| is_new) {
            let title = Some(title.to_owned());
            out.speaker_mut(speaker).declare(Declared { title, ..Declared::default() });
        }
        let body = line.place(words);
        let id =
            out.push(Post { start, end: span.to, speaker, body, line: Some(line.number), ..Post::default() });
        if let Some(to) = found.to {
            let json = serde_json::Value::from(to).to_string();
            out.keep_extras(id, Extras(vec![Extra { place: LAST, name: "to".to_owned(), json }]));
        }
    }

    /// A line below a time that stands alone.
    fn below(&mut self, line: &Line, out: &mut Draft) {
        if let Some(name) = self.name.take() {
            return self.say(&name.label, line.place(line.text), name.number, out);
        }
        let is_first = self.time.is_some();
        let is_free = is_first || !self.is_after_words;
        let named = line.text.split_once(": ").filter(|(name, _)| {
            let is_upper = |word: &str| word.starts_with(char::is_uppercase);
            let is_full = name.contains(' ') && name.split(' ').all(is_upper);
            is_name(name) && (is_free || is_full || out.speaker(name.trim().as_bytes()).is_some())
        });
        if let Some((name, words)) = named {
            self.say(name.trim(), line.place(words), line.number, out);
        } else if self.style.are_names && is_free && is_name(line.text) {
            let (label, place) = (line.text.trim().to_owned(), line.place(line.text));
            self.name = Some(Name { label, place, number: line.number, is_sure: is_first });
        } else if is_first {
            self.say("", line.place(line.text), line.number, out);
        } else {
            let body = line.place(line.text);
            out.extend_body(body.start, body.end);
        }
    }

    fn say(&mut self, label: &str, body: Range<usize>, number: u32, out: &mut Draft) {
        let (start, end, number) = self.time.take().unwrap_or((None, None, number));
        let speaker = out.intern(label);
        out.push(Post { start, end, speaker, body, line: Some(number), ..Post::default() });
    }

    /// What might have been a name was words.
    fn settle(&mut self, out: &mut Draft) {
        match self.name.take() {
            Some(name) if self.time.is_some() => self.say("", name.place, name.number, out),
            Some(name) => out.extend_body(name.place.start, name.place.end),
            None => {}
        }
        self.time = None;
    }

    /// What the program says of the transcript itself, behind the words.
    fn ends(&mut self, kind: Kind, line: &Line, out: &mut Draft) {
        self.settle(out);
        let (speaker, body) = (out.intern(""), line.place(line.text));
        out.push(Post { speaker, kind, body, line: Some(line.number), ..Post::default() });
    }
}

impl ByLine for Meeting {
    fn begin(&mut self, head: &str) {
        self.style = Style::of(head);
    }

    fn suits(&self, head: &str) -> bool {
        self.style == Style::of(head)
    }

    fn line(&mut self, line: &Line, out: &mut Draft) {
        let text = line.text.trim_start_matches('\u{feff}');
        if text.trim().is_empty() {
            self.is_after_words = false;
            if self.name.as_ref().is_some_and(|name| !name.is_sure) {
                self.settle(out);
            }
            return;
        }
        let found = heading(text).filter(|found| self.is_heading(found, out));
        self.is_bare = found.is_some_and(|found| found.words.is_empty());
        if let Some(found) = found {
            self.heading(&found, line, out);
        } else if let Some(kind) = of_program(text).filter(|_| !out.is_empty()) {
            self.ends(kind, line, out);
        } else if self.style.form == Some(Form::Alone)
            && (!out.is_empty() || self.time.is_some() || self.name.is_some())
        {
            self.below(line, out);
        } else if out.is_empty() {
            self.opening.line(line.text, line.number, out);
        } else {
            let body = line.place(line.text);
            out.extend_body(body.start, body.end);
        }
        self.is_after_words = true;
    }

    fn finish(&mut self, out: &mut Draft) {
        self.settle(out);
    }

    fn elsewhere(&self) -> Option<Self> {
        // Below a time alone, who speaks depends on what came before.
        let (style, opening) = (self.style, Opening::elsewhere());
        (style.form != Some(Form::Alone)).then(|| Self { style, opening, ..Self::default() })
    }
}

impl Wire for Meeting {
    fn score(head: &Head) -> u8 {
        // A talk in the open, printed with times of day.
        let is_led =
            |line: &str| ["主持人：", "主持人:", "主持人】", "主持人]"].iter().any(|who| line.contains(who));
        if head.is_log() || head.lines().take(50).any(is_led) {
            return 0;
        }
        if has_bracketed_names(head.text) {
            return 0;
        }
        counts(head.text)
            .into_iter()
            .zip([Form::Alone, Form::Before, Form::Behind])
            .map(|(count, form)| count.score(form))
            .max()
            .unwrap_or_default()
    }

    fn parser() -> Box<dyn Parser> {
        Box::<InPlace<Self>>::default()
    }
}

impl Count {
    fn score(&self, form: Form) -> u8 {
        let Some((line, from)) = self.first else { return 0 };
        // Without hours it may be a time of day.
        let is_of_otter = form == Form::Behind && self.of_otter == self.found && self.spaced == self.found;
        let is_of_day =
            self.sure * 2 < self.found && from >= 5 * 60_000 && self.latest_ms < DAY_MS && !is_of_otter;
        if self.descents * 4 > self.found {
            return 0;
        }
        // Shown as it is printed in either case.
        if is_of_day {
            return if form == Form::Before && self.found > 1 && self.named * 4 > self.found * 3 {
                64
            } else {
                0
            };
        }
        match (form, self.found) {
            (Form::Before, 2..) if self.sent > 1 => 93,
            (Form::Before, 1..) if self.sent > 0 => 58,
            (Form::Before | Form::Behind, 2..) if self.named * 2 >= self.found => 86,
            (Form::Before, 3..) if self.sure * 2 > self.found || self.found > 3 => 64,
            (Form::Alone, 2..) if self.above_two * 2 > self.found => 76,
            (Form::Alone, 3..) if self.above_words * 4 >= self.found * 3 => 62,
            (Form::Before | Form::Behind, 1) if self.named > 0 && line < 4 => 48,
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::choice::Format;
    use crate::format::{Forced, read_bytes};

    fn told(text: &str) -> Vec<String> {
        let forced = Forced { format: Some(Format::Meeting), ..Forced::default() };
        let (transcript, _) = read_bytes(text.as_bytes(), forced).unwrap();
        let posts = transcript.ids().map(|id| {
            let label = &transcript.speaker(transcript.speaker_of(id)).label;
            let start = transcript.post(id).start.map_or("-".to_owned(), |start| (start / 1000).to_string());
            format!("{start} {label}: {}", transcript.body(id))
        });
        posts.collect()
    }

    #[test]
    fn meetings_of_many_programs_are_read() {
        for (text, expected) in [
            (
                "Our meeting\n\nAnn Smith  0:00  \nHello. See you\nat 10:30\n\nUnknown Speaker  0:12\nGood.\n",
                &["0 Ann Smith: Hello. See you\nat 10:30", "12 Unknown Speaker: Good."][..],
            ),
            (
                "说话人1 00:00\n大家好。\n说话人2 00:12\n你好。\n",
                &["0 说话人1: 大家好。", "12 说话人2: 你好。"],
            ),
            (
                "张三(00:00:00):\n大家好。\n\n李四(00:00:12):\n你好。",
                &["0 张三: 大家好。", "12 李四: 你好。"],
            ),
            ("[00:00:00] Ann: Hi.\nYes.\n[00:00:12] Bob: Good.", &["0 Ann: Hi.\nYes.", "12 Bob: Good."]),
            (
                "09:01:12\t From  Ann to Everyone : hi\n09:01:20\t From  Bob to Ann(Direct Message) : psst\n",
                &["32472 Ann: hi", "32480 Bob: psst"],
            ),
            ("09:01:12 From Ann To Everyone:\n\thi\n\tyou\n", &["32472 Ann: \thi\n\tyou"]),
            (
                "0:0:0.0 --> 0:0:2.1\nAnn\nHi there.\n0:0:2.1 --> 0:0:3.0\nBob\nGood.\n",
                &["0 Ann: Hi there.", "2 Bob: Good."],
            ),
            (
                "00:00:00\n\nAnn\nHi there.\n\nBob\nGood.\nYes.\n\n00:05:00\n\nAnn\nBye.\n",
                &["0 Ann: Hi there.", "- Bob: Good.\nYes.", "300 Ann: Bye."],
            ),
            (
                "00:00:00\nAnn: Hi there.\nBob Lee: Good.\nSo: well.\n\nAnn: Yes.\n",
                &["0 Ann: Hi there.", "- Bob Lee: Good.\nSo: well.", "- Ann: Yes."],
            ),
            (
                "0:00\nhello there\n0:05\nand welcome\n0:09\nto the show\n",
                &["0 : hello there", "5 : and welcome", "9 : to the show"],
            ),
            ("[00:00:00.340] - Ann\nHi.\n\n[00:00:12.000] - Bob\nGood.\n", &["0 Ann: Hi.", "12 Bob: Good."]),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn words_that_end_with_a_time_are_no_heading() {
        let text = "Ann 0:00\nHi. It's 10:30\nBob 0:05\nYes.\nAnn 0:07\nSo.\n";
        assert_eq!(told(text), ["0 Ann: Hi. It's 10:30", "5 Bob: Yes.", "7 Ann: So."]);
        let text = "Ann 0:00\nHi.\nWe meet 0:30\nat 10:30\n\nBob 0:12\nGood.\n\nAnn 0:20\nYes.\n";
        assert_eq!(told(text), ["0 Ann: Hi.\nWe meet 0:30\nat 10:30", "12 Bob: Good.", "20 Ann: Yes."]);
    }
}
