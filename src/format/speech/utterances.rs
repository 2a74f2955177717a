//! Words and phrases joined to utterances: posts that one reads, neither one for each word nor one of three hours.

use super::time::Time;
use crate::transcript::{Draft, Post};
use serde_json::Value;
use std::collections::BTreeMap;

/// A silence that parts any speech, in milliseconds: two and a half times what the services themselves part at, which is as
/// little as a breath.
const SILENCE_MS: i64 = 2000;

/// A silence that parts an utterance that is long: the default of Deepgram's `utt_split`.
const BREATH_MS: i64 = 800;

/// An utterance is long that takes two rows of 80 cells, which is spoken in some fifteen seconds: the next end of a sentence ends
/// it.
const LONG: usize = 160;

/// An utterance that is so long, in cells, ends with a phrase, though neither a sentence ends nor anybody draws breath: programs
/// leave punctuation out, and a minute is much to read at once.
const LONGER: usize = 3 * LONG;

/// No utterance is longer, in cells, wherever it has to end.
const LONGEST: usize = 6 * LONG;

/// What begins at no known time is given the time of the next word, unless it is longer than a few words, in cells.
const FEW: usize = 40;

/// A word or a phrase, or an utterance that was made of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Piece {
    /// The words, with the blanks around them.
    pub text: String,
    /// When it begins, if that is told.
    pub start: Option<Time>,
    /// When it ends, if that is told.
    pub end: Option<Time>,
    /// Who speaks; empty if nobody is named.
    pub speaker: String,
    /// Its line in the source.
    pub line: u32,
}

/// What pieces are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grain {
    /// Words: those of Chinese and Japanese stand together.
    #[default]
    Words,
    /// Phrases, or now and then words. Those of Chinese stand together too; a word of another script stands apart.
    Phrases,
    /// Phrases with every blank that is to be between them: one may begin within a word.
    Exact,
}

/// Makes utterances.
#[derive(Debug, Default)]
pub struct Utterances {
    grain: Grain,
    /// The one that pieces are added to; its text has no blanks around it.
    open: Option<Piece>,
    /// Its length in cells, whether a blank came last, and the length of the last piece in characters.
    cells: usize,
    blank: bool,
    last: usize,
    done: Vec<Piece>,
}

impl Utterances {
    /// One for pieces of that grain.
    pub fn of(grain: Grain) -> Self {
        Self { grain, ..Self::default() }
    }

    /// Adds what was said next. What is as long as several utterances is parted at its sentences; of the time of the later ones
    /// nothing is known.
    pub fn add(&mut self, piece: &Piece) {
        let lines = piece.text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
        let mut parts = lines.flat_map(sentences).peekable();
        if parts.peek().is_none() {
            return;
        }
        self.blank |= piece.text.starts_with(char::is_whitespace);
        if self.open.as_ref().is_some_and(|open| self.parts(open, piece)) {
            self.part();
        }
        let mut start = piece.start;
        while let Some(part) = parts.next() {
            let end = piece.end.filter(|_| parts.peek().is_none());
            self.join(part, (start.take(), end), piece);
            let ends = self.cells >= LONGEST || self.open.as_ref().is_some_and(ends_sentence);
            if parts.peek().is_some() && self.cells >= LONG && ends {
                self.part();
            }
        }
        self.blank = piece.text.ends_with(char::is_whitespace);
    }

    /// Adds what was said next, one after the other.
    pub fn add_all(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            self.add(piece);
        }
    }

    /// Whether another utterance begins with a piece.
    fn parts(&self, open: &Piece, piece: &Piece) -> bool {
        let begun = open.start.map(|time| time.ms);
        let heard = open.end.map(|time| time.ms).or(begun);
        let start = piece.start.map(|time| time.ms);
        let silence = start.zip(heard).map_or(0, |(start, heard)| start - heard);
        let goes_back = start.zip(begun).is_some_and(|(start, begun)| start < begun);
        let is_long = self.cells >= LONG && (silence >= BREATH_MS || ends_sentence(open));
        let is_untimed = begun.is_none() && start.is_some() && self.cells > FEW;
        let ends_phrase = match self.grain {
            Grain::Words => open.text.ends_with([',', ';', ':', '，', '；', '：', '、']),
            Grain::Phrases => true,
            Grain::Exact => self.blank || open.text.ends_with(is_ideographic),
        };
        let is_endless =
            self.cells >= LONGEST && self.grain == Grain::Words || self.cells >= LONGER && ends_phrase;
        open.speaker != piece.speaker
            || goes_back
            || is_untimed
            || silence >= SILENCE_MS
            || is_long
            || is_endless
    }

    /// Adds a part of a piece.
    fn join(&mut self, text: &str, (start, end): (Option<Time>, Option<Time>), piece: &Piece) {
        let chars = text.chars().count();
        self.cells += text.chars().map(cells).sum::<usize>();
        let Some(open) = &mut self.open else {
            let (speaker, line) = (piece.speaker.clone(), piece.line);
            self.open = Some(Piece { text: text.to_owned(), start, end, speaker, line });
            self.last = chars;
            self.blank = false;
            return;
        };
        let phrases = self.grain == Grain::Phrases && (chars > 2 || self.last > 2);
        let border = Border { blank: self.blank, phrases, exact: self.grain == Grain::Exact };
        let between = border.between(&open.text, text);
        self.cells += between.len();
        open.text.push_str(between);
        open.text.push_str(text);
        open.start = open.start.or(start);
        open.end = open.end.into_iter().chain(end).max_by_key(|time| time.ms);
        self.last = chars;
        self.blank = false;
    }

    /// Ends an utterance: what comes next is another one, whoever says it.
    pub fn part(&mut self) {
        self.done.extend(self.open.take());
        self.cells = 0;
        self.blank = false;
    }

    /// Hands over those that are complete.
    pub fn tell(&mut self, out: &mut Draft) {
        self.done.drain(..).for_each(|utterance| push(utterance, out));
    }

    /// Hands over all.
    pub fn finish(&mut self, out: &mut Draft) {
        self.part();
        self.tell(out);
    }
}

fn push(Piece { text, start, end, speaker, line }: Piece, out: &mut Draft) {
    let start = start.and_then(|time| out.offset(time.ms, time.resolution_ms));
    let end = end.and_then(|time| out.offset(time.ms, time.resolution_ms));
    let end = end.filter(|&end| start.is_some_and(|start| end >= start));
    out.say(&speaker, &text, Post { start, end, line: Some(line), ..Post::default() });
}

/// Hands over what was said, told by channels: the utterances of all of them by the time when they begin.
pub fn tell(grain: Grain, channels: &BTreeMap<u32, Vec<Piece>>, out: &mut Draft) {
    let mut all = Vec::new();
    for pieces in channels.values() {
        let mut channel = Utterances::of(grain);
        channel.add_all(pieces);
        channel.part();
        let mut last = i64::MIN;
        for utterance in channel.done {
            last = utterance.start.map_or(last, |time| time.ms);
            all.push((last, utterance));
        }
    }
    if channels.len() > 1 {
        all.sort_by_key(|(start, _)| *start);
    }
    for (_, utterance) in all {
        push(utterance, out);
    }
}

/// Hands over a text of which no times are told.
pub fn tell_text(text: &str, line: u32, out: &mut Draft) {
    let mut utterances = Utterances::of(Grain::Phrases);
    for paragraph in text.lines() {
        utterances.add(&Piece { text: paragraph.to_owned(), line, ..Piece::default() });
        utterances.part();
    }
    utterances.finish(out);
}

/// Who speaks, as a file tells it. A name stands as it is, and so does `SPEAKER_00` or `spk_0`; a bare number or letter says nothing
/// by itself and becomes `Speaker 0`. What is less than 0, and `?`, is nobody.
pub fn speaker(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return String::new(),
    };
    let is_bare = text.bytes().all(|byte| byte.is_ascii_digit())
        || text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    match text.as_str() {
        "" | "?" => String::new(),
        text if text.starts_with('-') => String::new(),
        text if is_bare => format!("Speaker {text}"),
        text => text.to_owned(),
    }
}

/// Says of which channel a speaker is, where there are several: `Channel 0`, `Channel 1 Speaker 2`.
pub fn name(channels: &mut BTreeMap<u32, Vec<Piece>>) {
    if channels.len() < 2 {
        return;
    }
    for (channel, pieces) in channels {
        for piece in pieces {
            let label = format!("Channel {channel} {}", piece.speaker);
            label.trim_end().clone_into(&mut piece.speaker);
        }
    }
}

/// What stands between two pieces.
#[derive(Clone, Copy)]
struct Border {
    blank: bool,
    phrases: bool,
    exact: bool,
}

impl Border {
    fn between(self, before: &str, after: &str) -> &'static str {
        let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { return "" };
        let words = last.is_alphanumeric() && first.is_alphanumeric();
        let joined = match (is_ideographic(last), is_ideographic(first)) {
            _ if self.exact => !self.blank && (words || is_ideographic(last) || !first.is_alphanumeric()),
            (true, true) => true,
            (true, false) | (false, true) => !(words && (self.phrases || self.blank)),
            (false, false) => {
                !self.blank
                    && (is_attached(after) || last.is_alphanumeric() && is_clitic(after) || opens(before))
            }
        };
        if joined { "" } else { " " }
    }
}

/// Whether there is nothing but punctuation that closes.
fn is_attached(text: &str) -> bool {
    text.chars().all(|ch| ",.;:?!)]}%…\u{2019}\u{201d}\"".contains(ch))
}

/// `'s`, `n't`
fn is_clitic(text: &str) -> bool {
    text.len() <= 6 && (text == "n't" || text.starts_with(['\'', '\u{2019}'])) && text.chars().count() <= 3
}

fn opens(text: &str) -> bool {
    text.ends_with(['(', '[', '{', '¿', '¡', '\u{201c}', '\u{2018}'])
}

/// Scripts that are written without blanks between words, with their punctuation.
const fn is_ideographic(ch: char) -> bool {
    matches!(ch, '\u{2e80}'..='\u{312f}' | '\u{31a0}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3fffd}')
}

const fn cells(ch: char) -> usize {
    if is_ideographic(ch) { 2 } else { 1 }
}

/// Whether a sentence ends with what was said; `Mr.` ends none.
fn ends_sentence(piece: &Piece) -> bool {
    let text = piece.text.trim_end_matches(['"', '\'', ')', '\u{201d}', '\u{2019}', '」', '』', '）']);
    let Some(end) = text.chars().next_back().filter(|&ch| ends(ch)) else { return false };
    let word = text.trim_end_matches(end).rsplit([' ', '.']).next().unwrap_or_default();
    end != '.' || word.chars().count() > 2 || !word.starts_with(char::is_uppercase)
}

const fn ends(ch: char) -> bool {
    matches!(ch, '.' | '?' | '!' | '…' | '。' | '？' | '！' | '．' | '｡' | '؟' | '।')
}

/// The sentences of a text that is longer than an utterance; else the text.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    let is_long = text.chars().map(cells).sum::<usize>() > 2 * LONG;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (sentence, behind) = rest.split_at(if is_long { end_of_sentence(rest) } else { rest.len() });
        rest = behind.trim_start();
        Some(sentence.trim_end())
    })
}

/// Where the first sentence of a text ends, in bytes; no later than is bearable.
fn end_of_sentence(text: &str) -> usize {
    let (mut length, mut blank, mut ended) = (0, None, false);
    for (at, ch) in text.char_indices() {
        let closes = matches!(ch, '"' | ')' | '\u{201d}' | '\u{2019}' | '」' | '』' | '）') || ends(ch);
        if ended && !closes && (ch.is_whitespace() || is_ideographic(ch)) {
            return at;
        }
        ended = ends(ch) || ended && closes;
        length += cells(ch);
        if ch.is_whitespace() {
            blank = Some(at);
        }
        if length >= LONGEST {
            return blank.unwrap_or(at + ch.len_utf8());
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::Transcript;

    fn piece(text: &str, start: i64, end: i64, speaker: &str) -> Piece {
        let time = |ms| Some(Time { ms, resolution_ms: 1 });
        Piece {
            text: text.to_owned(),
            start: time(start),
            end: time(end),
            speaker: speaker.to_owned(),
            line: 1,
        }
    }

    fn told(grain: Grain, pieces: &[Piece]) -> Vec<String> {
        let (mut utterances, mut out) = (Utterances::of(grain), Draft::default());
        utterances.add_all(pieces);
        utterances.finish(&mut out);
        let transcript = Transcript::from(out.take());
        transcript.ids().map(|id| transcript.body(id).into_owned()).collect()
    }

    fn joined(grain: Grain, texts: &[&str]) -> String {
        let pieces: Vec<_> = texts.iter().map(|text| piece(text, 0, 0, "")).collect();
        told(grain, &pieces).join(" | ")
    }

    #[test]
    fn words_are_joined_as_their_script_asks() {
        for (grain, texts, expected) in [
            (Grain::Words, &["I", "am", "here", ".", "It", "'s", "me", "."][..], "I am here. It's me."),
            (Grain::Words, &["大家", "好", "，", "我", "是", "Ann", "。"], "大家好，我是Ann。"),
            (Grain::Words, &["안녕", "하세요"], "안녕 하세요"),
            (Grain::Words, &["(", "pause", ")", "5", "%"], "(pause) 5%"),
            (Grain::Words, &["用", " iPhone", " 打"], "用 iPhone 打"),
            (Grain::Phrases, &["大家好", "欢迎收听", "今天，", "我们开始"], "大家好欢迎收听今天，我们开始"),
            (Grain::Phrases, &["大", "家", "好"], "大家好"),
            (Grain::Phrases, &["So it is\nsaid.", "", "Yes. "], "So it is said. Yes."),
            (Grain::Exact, &[" An", " ex", "ample", ",", " so", "."], "An example, so."),
            (Grain::Exact, &["大家", "好", "，", "我"], "大家好，我"),
        ] {
            assert_eq!(joined(grain, texts), expected);
        }
    }

    #[test]
    fn an_utterance_ends_with_the_speaker_a_silence_or_a_long_sentence() {
        let sentence = "word ".repeat(31) + "last.";
        let endless = "word ".repeat(50);
        for (pieces, expected) in [
            (vec![piece("a", 0, 10, "A"), piece("b", 10, 20, "B"), piece("c", 20, 30, "B")], 2),
            (vec![piece("a", 0, 10, ""), piece("b", 2000, 2020, ""), piece("c", 4020, 4030, "")], 2),
            (vec![piece("One.", 0, 10, ""), piece("Two.", 10, 20, "")], 1),
            (vec![piece(&sentence, 0, 10, ""), piece("Two.", 10, 20, "")], 2),
            (vec![piece(&endless, 0, 10, ""), piece("a", 500, 510, ""), piece("b", 1310, 1400, "")], 2),
            (vec![piece(&endless, 0, 10, ""); 12], 3),
            (vec![Piece { start: None, ..piece("It has", 0, 10, "") }, piece("begun", 20, 30, "")], 1),
            (vec![Piece { start: None, ..piece(&endless, 0, 10, "") }, piece("a", 20, 30, "")], 2),
            (vec![piece("later", 9000, 9010, ""), piece("earlier", 10, 20, "")], 2),
        ] {
            assert_eq!(told(Grain::Words, &pieces).len(), expected, "{pieces:?}");
        }
    }

    #[test]
    fn phrases_without_punctuation_are_parted_within_a_minute() {
        let told = |grain, text| told(grain, &vec![piece(text, 0, 10, ""); 60]);
        for (grain, text) in [
            (Grain::Phrases, "没有标点的一句话"),
            (Grain::Phrases, "a phrase without a stop"),
            (Grain::Exact, "没有标点的一句话"),
            (Grain::Exact, " a phrase without a stop"),
            (Grain::Words, "unpunctuated,"),
        ] {
            let bodies = told(grain, text);
            let cells: Vec<usize> = bodies.iter().map(|body| body.chars().map(cells).sum()).collect();
            assert!(bodies.len() > 1 && cells.iter().all(|&cells| cells < LONGER + 30), "{text}: {cells:?}");
        }
    }

    #[test]
    fn a_text_without_times_is_parted_at_its_sentences_and_nothing_is_lost() {
        for text in [
            "This is a sentence of some length that says little. ".repeat(40),
            "这句话没有什么内容，只是为了让文字长一些。".repeat(40),
            "endless".repeat(4000),
            "无".repeat(3000),
        ] {
            let mut out = Draft::default();
            tell_text(&text, 1, &mut out);
            let transcript = Transcript::from(out.take());
            let bodies: Vec<_> = transcript.ids().map(|id| transcript.body(id).into_owned()).collect();
            assert!(bodies.len() > 3, "{bodies:?}");
            assert!(
                bodies.iter().all(|body| body.chars().map(cells).sum::<usize>() <= LONGEST + LONG),
                "{bodies:?}"
            );
            let ink = |text: &str| text.chars().filter(|ch| !ch.is_whitespace()).collect::<String>();
            assert_eq!(ink(&bodies.concat()), ink(&text));
        }
    }

    #[test]
    fn channels_are_told_by_time_and_no_word_interrupts_another_utterance() {
        let channels = BTreeMap::from([
            (
                0,
                vec![piece("How", 0, 200, "a"), piece("so?", 300, 500, "a"), piece("Good.", 9000, 9100, "a")],
            ),
            (
                1,
                vec![
                    piece("mm", 250, 280, "b"),
                    piece("Like", 5000, 5200, "b"),
                    piece("this.", 5300, 5500, "b"),
                ],
            ),
        ]);
        let mut out = Draft::default();
        tell(Grain::Words, &channels, &mut out);
        let transcript = Transcript::from(out.take());
        let bodies: Vec<_> = transcript.ids().map(|id| transcript.body(id).into_owned()).collect();
        assert_eq!(bodies, ["How so?", "mm", "Like this.", "Good."]);
    }

    #[test]
    fn a_bare_number_or_letter_is_called_a_speaker() {
        for (json, expected) in [
            ("0", "Speaker 0"),
            ("\"12\"", "Speaker 12"),
            ("\"A\"", "Speaker A"),
            ("\"SPEAKER_00\"", "SPEAKER_00"),
            ("\"spk_0\"", "spk_0"),
            ("\" 李 \"", "李"),
            ("\"?\"", ""),
            ("-1", ""),
            ("null", ""),
        ] {
            assert_eq!(speaker(&serde_json::from_str(json).unwrap()), expected, "{json}");
        }
    }
}
