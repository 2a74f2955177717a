//! SSA and ASS subtitles (the specification of `SubStation` Alpha 4 and Aegisub's of ASS 4+): sections, of which `[Events]` has a `Format`
//! line with the names of the columns and a `Dialogue` line for each cue. Lines stand in any order; they are told in that of time.

use super::clock;
use super::prefixes::{Cue, Cues};
use crate::format::head::Head;
use crate::format::parser::{Parser, Wire};
use crate::format::whole::{AtOnce, Whole};
use crate::transcript::{Draft, Remark};

/// The format.
#[derive(Debug, Default)]
pub struct Ass;

impl Wire for Ass {
    fn score(head: &Head) -> u8 {
        let mut lines = head.lines().take(2000);
        let Some(first) = lines.next() else { return 0 };
        let is_section = |line: &str, name: &str| line.eq_ignore_ascii_case(name);
        if is_section(first, "[Script Info]") {
            return 98;
        }
        let begins = first.starts_with(';') || first.starts_with("Dialogue:") || first.starts_with("Format:");
        let dialogue =
            |line: &str| line.strip_prefix("Dialogue:").is_some_and(|rest| rest.matches(',').count() > 8);
        if is_section(first, "[Events]") || begins && (dialogue(first) || lines.any(dialogue)) {
            90
        } else {
            0
        }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<AtOnce<Self>>::default()
    }
}

/// Which column holds what.
struct Columns {
    count: usize,
    start: usize,
    end: usize,
    name: Option<usize>,
}

impl Default for Columns {
    /// Those of ASS.
    fn default() -> Self {
        Self { count: 10, start: 1, end: 2, name: Some(4) }
    }
}

impl Columns {
    fn of(line: &str) -> Option<Self> {
        let names: Vec<_> = line.split(',').map(|name| name.trim().to_ascii_lowercase()).collect();
        let at = |wanted: &[&str]| names.iter().position(|name| wanted.contains(&name.as_str()));
        Some(Self {
            count: names.len(),
            start: at(&["start"])?,
            end: at(&["end"])?,
            name: at(&["name", "actor"]),
        })
    }

    /// The cue of a line: start, end, name and text.
    fn cue<'a>(&self, line: &'a str) -> Option<(i64, i64, &'a str, &'a str)> {
        let fields: Vec<&str> = line.splitn(self.count, ',').collect();
        let time = |at: usize| Some(clock::time(fields.get(at)?)?.0.ms);
        let name = self.name.and_then(|at| fields.get(at)).copied().unwrap_or_default();
        let text = fields.get(self.count - 1)?;
        Some((time(self.start)?, time(self.end)?, name.trim(), text))
    }
}

impl Whole for Ass {
    fn read(&mut self, text: &str, out: &mut Draft) {
        let mut cues = Vec::new();
        let mut columns = Columns::default();
        let mut section = String::new();
        for (number, line) in
            (1..).zip(text.split(['\n']).flat_map(|line| line.trim_end_matches('\r').split('\r')))
        {
            let line = line.trim();
            if line.starts_with('[') && line.ends_with(']') {
                section = line.to_ascii_lowercase();
                continue;
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            let in_events = section.is_empty() || section == "[events]";
            match name {
                "Title" if section == "[script info]" => {
                    let is_title =
                        |title: &str| !title.is_empty() && !title.eq_ignore_ascii_case("<untitled>");
                    out.meta.title = Some(value.trim().to_owned()).filter(|title| is_title(title));
                }
                "Format" if in_events => columns = Columns::of(value).unwrap_or(columns),
                "Dialogue" if in_events => match columns.cue(value.trim_start()) {
                    Some((start, end, name, text)) => {
                        let voice = Some(name.to_owned()).filter(|name| !name.is_empty());
                        let text = plain(text);
                        cues.push(Cue {
                            start: Some(start),
                            end: Some(end),
                            voice,
                            text,
                            line: number,
                            last_line: Some(number),
                        });
                    }
                    None => out.remarks.note(Remark::Skipped, number),
                },
                _ => {}
            }
        }
        tell(cues, out);
    }
}

/// Tells cues in the order of time; what is drawn in several layers once.
fn tell(mut cues: Vec<Cue>, out: &mut Draft) {
    cues.retain(|cue| !cue.text.trim().is_empty());
    cues.sort_by_key(|cue| cue.start);
    cues.dedup_by(|next, cue| {
        next.start == cue.start && next.end == cue.end && next.text == cue.text && next.voice == cue.voice
    });
    let mut told = Cues::default();
    for cue in cues {
        let start = cue.start.and_then(|start| out.offset(start, 10));
        told.take(Cue { start, ..cue }, out);
    }
    told.finish(out);
}

/// The words of a text: without `{\...}` and without what is drawn, which is between `{\p1}` and `{\p0}`.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut draws = false;
    let mut rest = text;
    loop {
        let (words, behind) = rest.split_once('{').unwrap_or((rest, ""));
        if !draws {
            out.push_str(words);
        }
        if words.len() == rest.len() {
            break;
        }
        let Some((inside, next)) = behind.split_once('}') else {
            if !draws {
                out.push('{');
                out.push_str(behind);
            }
            break;
        };
        let scale = |tag: &str| tag.trim().strip_prefix('p')?.parse::<u32>().ok();
        draws = inside.split('\\').filter_map(scale).next_back().map_or(draws, |scale| scale > 0);
        rest = next;
    }
    out.replace("\\N", "\n").replace("\\n", " ").replace("\\h", " ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::told::told;
    use super::*;

    #[test]
    fn columns_are_found_by_their_names_and_cues_told_in_order() {
        let text = "[Script Info]\nTitle: x\n[Events]\nFormat: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n\
            Dialogue: Marked=0,0:00:05.00,0:00:06.00,D,Bo,0,0,0,,two, three\n\
            Dialogue: Marked=0,0:00:01.50,0:00:02.00,D,林舟,0,0,0,,{\\an8\\i1}一\\N二{\\i0}\\h三\n\
            Comment: Marked=0,0:00:01.50,0:00:02.00,D,,0,0,0,,no\n\
            Dialogue: Marked=0,0:00:03.00,0:00:04.00,D,,0,0,0,,{\\p1}m 0 0 l 1 1{\\p0}\n\
            Dialogue: Marked=0,0:00:05.00,0:00:06.00,D,Bo,0,0,0,,{\\blur2}two, three\n\
            Dialogue: broken\n[Fonts]\nDialogue: 0\n";
        assert_eq!(told::<Ass>(text), ["1500-2000 林舟|一\n二 三", "5000-6000 Bo|two, three"]);
        let other = "[Events]\nFormat: Start, End, Text\nDialogue: 0:00:01.00,0:00:02.00,a, b\n";
        assert_eq!(told::<Ass>(other), ["1000-2000 |a, b"]);
        for text in [text, other] {
            assert!(Ass::score(&Head::new(text)) >= 90, "{text}");
        }
    }

    #[test]
    fn overrides_go_and_braces_stay() {
        for (text, expected) in [
            ("{\\k20}a{\\k30}b", "ab"),
            ("a{b", "a{b"),
            ("{\\p1}m 0 0{\\p0}x", "x"),
            ("{\\pos(1,2)}x", "x"),
            ("{note}x", "x"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }
}
