//! Who speaks, where a format has no place for it and cues begin with a name: `NAME:`, `姓名：`, `>> NAME:`, `- NAME:`, `[Name]`.
//!
//! A name is only taken for one where it recurs, or where most cues have one. So cues are held until enough of them are known,
//! and then handed on.

use super::names::{self, Prefix};
use super::rows;
use super::sound;
use crate::transcript::{Draft, Kind, Post};
use std::collections::HashMap;

/// So many bytes of text are enough to know the names by.
const ENOUGH: usize = 256 * 1024;

/// A name that comes up later than that is one after so many times.
const LATER: u32 = 3;

/// A cue, ready but for who speaks.
#[derive(Debug, Clone, Default)]
pub struct Cue {
    /// When it is shown, in milliseconds.
    pub start: Option<i64>,
    /// When it is gone, in milliseconds.
    pub end: Option<i64>,
    /// Who speaks, where the format says so.
    pub voice: Option<String>,
    /// What is said, without markup.
    pub text: String,
    /// Its first line in the source.
    pub line: u32,
    /// Its last one, where it does not follow from the next cue.
    pub last_line: Option<u32>,
}

/// Cues on their way to a draft.
#[derive(Debug, Default)]
pub struct Cues {
    held: Vec<Cue>,
    bytes: usize,
    counts: HashMap<String, u32>,
    known: Option<Known>,
    /// Who spoke last, where only changes are marked.
    last: String,
}

/// What is known of the names.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// So often a name must come up.
    needed: u32,
    /// A cue without a name goes on with the speaker of the one before.
    goes_on: bool,
}

impl Cues {
    /// Takes the next cue.
    pub fn take(&mut self, cue: Cue, out: &mut Draft) {
        if cue.voice.is_none() {
            for prefix in cue.text.lines().filter_map(names::prefix) {
                // Of a file without end not all names are kept.
                if self.counts.len() < 10_000 || self.counts.contains_key(prefix.name) {
                    *self.counts.entry(prefix.name.to_owned()).or_default() += 1;
                }
            }
        }
        if let Some(known) = self.known {
            return self.say(&cue, known, out);
        }
        self.bytes += cue.text.len() + size_of::<Cue>();
        self.held.push(cue);
        if self.bytes > ENOUGH {
            self.decide(out);
            self.known = self.known.map(|known| Known { needed: known.needed.max(LATER), ..known });
        }
    }

    /// Says that no more is to come.
    pub fn finish(&mut self, out: &mut Draft) {
        self.decide(out);
    }

    fn decide(&mut self, out: &mut Draft) {
        let open = || self.held.iter().filter(|cue| cue.voice.is_none() && !sound::is_sound(&cue.text));
        let named = open().filter(|cue| names::prefix(&cue.text).is_some()).count();
        let total = open().count();
        let throughout = named >= 2 && named * 2 >= total;
        // Where nothing is said but names, they are what is said.
        let is_alone =
            |cue: &Cue| names::prefix(&cue.text).is_some_and(|prefix| prefix.words.trim().is_empty());
        let needed = if open().all(is_alone) {
            u32::MAX
        } else if throughout {
            1
        } else {
            2 + (total / 500).min(3) as u32
        };
        let goes_on = marks_changes(open().map(|cue| {
            names::prefix(&cue.text)
                .map(|prefix| prefix.name)
                .filter(|name| self.counts.get(*name) >= Some(&needed))
        }));
        let known = Known { needed, goes_on };
        self.known = Some(known);
        for cue in std::mem::take(&mut self.held) {
            self.say(&cue, known, out);
        }
    }

    /// Makes posts of a cue: one, or one for each line that begins with a name.
    fn say(&mut self, cue: &Cue, known: Known, out: &mut Draft) {
        if let Some(voice) = &cue.voice {
            let text = rows::flowing(&cue.text.lines().collect::<Vec<_>>());
            let is_sounding = sound::is_sound(&text) && !voice.is_empty();
            let kind = if is_sounding { Kind::Action } else { kind(&text) };
            return push(cue, voice, &text, kind, out);
        }
        let mut parts: Vec<(Option<&str>, Vec<&str>)> = Vec::new();
        for line in cue.text.lines() {
            let is_known = |prefix: &Prefix| self.counts.get(prefix.name) >= Some(&known.needed);
            match (names::prefix(line).filter(is_known), parts.last_mut()) {
                (Some(prefix), _) => parts.push((Some(prefix.name), vec![prefix.words])),
                (None, Some((_, lines))) => lines.push(line),
                (None, None) => parts.push((None, vec![line])),
            }
        }
        for (name, lines) in parts {
            let text = rows::flowing(&lines);
            let text = text.as_str();
            if text.is_empty() {
                // A name alone: the words come in the next cue.
                name.unwrap_or_default().clone_into(&mut self.last);
                continue;
            }
            let is_sound = sound::is_sound(text);
            let goes_on = known.goes_on && !is_sound && !text.starts_with(['>', '-', '–', '—']);
            let label = match name {
                Some(name) => name,
                None if goes_on => &self.last,
                None => "",
            };
            let kind = if is_sound && !label.is_empty() { Kind::Action } else { kind(text) };
            push(cue, label, text, kind, out);
            if !is_sound {
                self.last = label.to_owned();
            }
        }
    }
}

fn kind(text: &str) -> Kind {
    if sound::is_sound(text) { Kind::Note } else { Kind::Speech }
}

fn push(cue: &Cue, label: &str, text: &str, kind: Kind, out: &mut Draft) {
    let end = cue.end.filter(|end| cue.start.is_some_and(|start| start <= *end));
    let post = Post { start: cue.start, end, kind, line: Some(cue.line), ..Post::default() };
    let id = out.say(label, text, post);
    if let Some(line) = cue.last_line {
        out.keep_last_line(id, line);
    }
}

/// Whether names are only put where the speaker changes: the first cue has one, and hardly ever does a name follow itself.
fn marks_changes<'a>(cues: impl Iterator<Item = Option<&'a str>>) -> bool {
    let cues: Vec<_> = cues.collect();
    let names: Vec<&str> = cues.iter().flatten().copied().collect();
    let repeated = names.windows(2).filter(|pair| pair[0] == pair[1]).count();
    cues.first().is_some_and(Option::is_some) && names.len() > 2 && repeated * 20 <= names.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::Transcript;

    /// Posts as `label|text`, of the texts of cues.
    fn told(texts: &[&str]) -> Vec<String> {
        let (mut cues, mut out) = (Cues::default(), Draft::default());
        for text in texts {
            cues.take(Cue { text: (*text).to_owned(), line: 1, ..Cue::default() }, &mut out);
        }
        cues.finish(&mut out);
        let transcript = Transcript::from(out.take());
        let label = |id| transcript.speaker(transcript.speaker_of(id)).label.clone();
        transcript.ids().map(|id| format!("{}|{}", label(id), transcript.body(id))).collect()
    }

    #[test]
    fn a_name_is_one_where_it_recurs() {
        for (texts, expected) in [
            (&["注意：风大。", "好。", "走吧。"][..], &["|注意：风大。", "|好。", "|走吧。"][..]),
            (
                &["林:早。", "早。", "天冷。", "林:是。", "嗯。"],
                &["林|早。", "|早。", "|天冷。", "林|是。", "|嗯。"],
            ),
            (&["Anna: Hi.", "Ben: Hello."], &["Anna|Hi.", "Ben|Hello."]),
            (&[">> ANNA: Hi.", ">> Hello.", ">> ANNA: So."], &["ANNA|Hi.", "|>> Hello.", "ANNA|So."]),
            (&["- [Anna] Hi.", "- Hello.", "[Anna] So."], &["Anna|Hi.", "|- Hello.", "Anna|So."]),
            (&["MAN:\nHi.", "Who?", "It is he.", "MAN: I."], &["MAN|Hi.", "|Who?", "|It is he.", "MAN|I."]),
            (&["男：一", "女：二", "男：三\n女：四"], &["男|一", "女|二", "男|三", "女|四"]),
        ] {
            assert_eq!(told(texts), expected, "{texts:?}");
        }
    }

    #[test]
    fn who_is_marked_at_changes_speaks_on() {
        let texts =
            ["Ann: One", "two.", "Ben: Three.", "[laughs]", "Four.", "Ann: Five.", "- Six.", "Ben: Seven."];
        let expected = [
            "Ann|One",
            "Ann|two.",
            "Ben|Three.",
            "|[laughs]",
            "Ben|Four.",
            "Ann|Five.",
            "|- Six.",
            "Ben|Seven.",
        ];
        assert_eq!(told(&texts), expected);
    }

    #[test]
    fn many_cues_are_not_held() {
        let (mut cues, mut out) = (Cues::default(), Draft::default());
        for index in 0..10_000 {
            let text = if index % 2 == 0 { "Ann: what is said here" } else { "and here" };
            cues.take(Cue { text: text.to_owned(), line: index, ..Cue::default() }, &mut out);
            assert!(cues.bytes < 2 * ENOUGH);
        }
        cues.finish(&mut out);
        assert_eq!(out.len(), 10_000);
    }
}
