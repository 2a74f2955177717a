//! Debates as parliaments print them: `Mr. SMITH (Member for X): text` (Australia, Canada, the United Nations), `Mr. SMITH. Mr. President,`
//! (Congressional Record), `The Prime Minister (Keir Starmer)` on a line of its own (Westminster).
//!
//! A byline is kept as it is printed, offices in brackets too, without the colon; a time in its last brackets is its time. Lines in
//! brackets, in capitals, and interjections of nobody by name are notes.

use super::labels::{Standing, is_sentence, standing};
use super::mark::{self, Mark};
use super::turns::{Before, Shape, Turn, Turns, direction};
use crate::format::head::Head;
use crate::format::parser::{Parser, Wire};
use crate::text::slice;
use std::collections::BTreeSet;

/// The format.
#[derive(Debug)]
pub struct Hansard;

impl Wire for Hansard {
    fn score(head: &Head) -> u8 {
        match Print::of(head.text) {
            Print { turns: 3.., .. } => 82,
            Print { turns: 2, .. } => 62,
            _ => 0,
        }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Turns<Print>>::default()
    }
}

/// How a name stands before what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// Behind it is a colon.
    Colon,
    /// Behind it is a full stop.
    Stop,
    /// It is a line of its own.
    Line,
}

/// What begins a byline.
const ADDRESS: [&str; 34] = [
    "Mr",
    "Mr.",
    "Mrs",
    "Mrs.",
    "Ms",
    "Ms.",
    "Miss",
    "Dr",
    "Dr.",
    "Hon",
    "Hon.",
    "The",
    "Senator",
    "Sir",
    "Dame",
    "Lord",
    "Lady",
    "Baroness",
    "Viscount",
    "Earl",
    "Professor",
    "Prof.",
    "Rev.",
    "Madam",
    "An",
    "A",
    "Honourable",
    "Honorable",
    "Right",
    "Rt",
    "Some",
    "Several",
    "Chief",
    "Sen.",
];

/// Longer bylines are none, in bytes.
const LONGEST: usize = 240;

/// So many lines are looked at.
const MOST_LINES: usize = 600;

/// How names stand in a text, and in how many lines of its beginning they are sure to, up to three.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Print {
    ways: BTreeSet<Way>,
    turns: u8,
    /// Whether members are told without an address, with their seats when they first speak: Jo Reed (Lake) (Green).
    is_plain: bool,
}

/// A line taken apart.
struct Cut<'a> {
    way: Way,
    label: &'a str,
    body: &'a str,
    mark: Option<Mark>,
    /// Whether nothing but a debate is written so: capitals or an office.
    is_sure: bool,
    /// Whether it is a name and nothing else: one of whom it was told before who that is.
    is_plain: bool,
}

impl Shape for Print {
    fn of(head: &str) -> Self {
        let lines = head.split('\n').map(str::trim).filter(|line| !line.is_empty()).take(MOST_LINES);
        let found: Vec<_> = lines.filter_map(cut).collect();
        let is_plain = found.iter().any(|found| found.way == Way::Colon && has_seat(found.label));
        let mut counts = [(Way::Colon, 0_u8, 0_u8), (Way::Stop, 0, 0), (Way::Line, 0, 0)];
        for found in found.iter().filter(|found| is_plain || !found.is_plain) {
            let count = &mut counts[found.way as usize];
            count.1 = count.1.saturating_add(1).min(3);
            count.2 = count.2.saturating_add(u8::from(found.is_sure)).min(3);
        }
        let known =
            counts.iter().filter(|&&(way, all, sure)| sure > 1 || sure == 1 && all > 2 && way == Way::Colon);
        let ways: BTreeSet<_> = known.clone().map(|&(way, ..)| way).collect();
        // Offices alone on lines are in many texts.
        let turns =
            known.map(|&(way, all, sure)| if way == Way::Line { u8::from(sure > 2) * 3 } else { all }).max();
        Self { turns: turns.unwrap_or_default(), ways, is_plain }
    }

    fn is_known(&self) -> bool {
        !self.ways.is_empty()
    }

    fn turn<'a>(&self, line: &'a str, _number: u32, before: Before) -> Option<Turn<'a>> {
        if !self.is_known() {
            return None;
        }
        if is_proceeding(line) {
            return Some(Turn::note(line, false));
        }
        let is_one = |found: &Cut| self.ways.contains(&found.way) && (self.is_plain || !found.is_plain);
        if let Some(found) = cut(line).filter(is_one) {
            let Cut { label, body, mark, .. } = found;
            return Some(Turn { label, body, mark, is_note: false, is_aside: false });
        }
        if mark::whole(line.trim_matches(['(', ')', '[', ']'])).is_some() {
            return None;
        }
        let aside = direction(line).or_else(|| is_interjection(line).then(|| Turn::note(line, true)));
        aside.or_else(|| (before.parted && is_heading(line)).then(|| Turn::note(line, false)))
    }
}

/// Opposition members interjecting—
fn is_interjection(line: &str) -> bool {
    let line = line.trim_end_matches(['—', '-', '–', '.', '…', ' ']);
    line.len() < 80
        && (line.ends_with("interjecting")
            || line == "Interjection"
            || line == "Interruption"
            || line == "Interjections")
}

/// The SPEAKER took the chair at 10:00., The House rose at 5:30 p.m.
fn is_proceeding(line: &str) -> bool {
    const WHO: [&str; 6] = ["The ", "House ", "Sitting ", "Proceedings ", "Mr", "Madam "];
    const CLOCKS: [&str; 10] = [
        " rose at ",
        " adjourned at ",
        " adjourned accordingly at ",
        " suspended at ",
        " suspended from ",
        " resumed at ",
        " met at ",
        " was adjourned until ",
        " adjourned until ",
        " reconvened at ",
    ];
    let has_clock = line.len() < 100 && CLOCKS.iter().any(|clock| line.contains(clock));
    let has_chair = line.len() < 240 && line.to_ascii_lowercase().contains(" took the chair");
    (has_clock || has_chair)
        && WHO.iter().any(|who| line.starts_with(who))
        && (has_chair || line.contains(|ch: char| ch.is_ascii_digit()))
        && end_of_name(line)
            .is_none_or(|end| slice(line, 0..end).contains(" took the ") || end + 1 >= line.len())
}

/// ORDERS OF THE DAY
fn is_heading(line: &str) -> bool {
    line.len() < 120
        && line.contains(|ch: char| ch.is_ascii_uppercase())
        && line.contains(' ')
        && !line.contains(char::is_lowercase)
        && !line.ends_with(['.', ':', ','])
}

fn cut(line: &str) -> Option<Cut<'_>> {
    let line = unnumbered(line);
    let first = line.split(' ').next()?;
    if !line.starts_with(|ch: char| ch.is_ascii_uppercase()) {
        return None;
    }
    let is_address = is_address(first);
    let end = end_of_name(line)?;
    let (label, rest) = line.split_at(end);
    let is_capital = shouts(label);
    let has_office = label.contains(" (") && label.ends_with([')', ']']);
    if label.contains(" (") && !has_office {
        return None;
    }
    let (way, body) = if let Some(body) = rest.strip_prefix([':', '：']) {
        (Way::Colon, body)
    } else if let Some(body) = rest.strip_prefix(". ").or((rest == ".").then_some("")) {
        (Way::Stop, body)
    } else if rest.is_empty() {
        (Way::Line, "")
    } else {
        return None;
    };
    let is_sure = match way {
        Way::Colon => {
            is_address && (is_capital || has_office) && is_cased(label)
                || is_chair(label)
                || has_seat(label)
                || is_capital && label.contains(" (in ")
        }
        Way::Stop => is_address && is_capital && is_cased(label),
        Way::Line => has_office && is_title_case(label),
    };
    let is_plain = way == Way::Colon && is_plain(label, body);
    let is_turn = match way {
        Way::Colon => {
            is_plain
                || is_address && is_cased(label)
                || is_sure
                || has_office && is_title_case(label)
                || is_capital && is_cased(label)
        }
        Way::Stop => is_sure,
        Way::Line => {
            is_sure
                || matches!(
                    label,
                    "Mr Speaker"
                        | "Madam Speaker"
                        | "Madam Deputy Speaker"
                        | "Mr Deputy Speaker"
                        | "Mr. Speaker"
                )
        }
    };
    let (label, mark) = timed(label);
    let is_plain = is_plain && !is_address && !is_sure && !has_office && !is_capital;
    is_turn.then_some(Cut { way, label, body: body.trim_start(), mark, is_sure, is_plain })
}

/// A line without the number of a question: 1. Jo Reed (Lake) (Green): Why?
fn unnumbered(line: &str) -> &str {
    let digits = line.trim_start_matches(['Q', 'T']).trim_start_matches(|ch: char| ch.is_ascii_digit());
    if digits.len() == line.len() {
        return line;
    }
    let Some(rest) = digits.strip_prefix(". ") else { return line };
    let rest = rest.trim_start();
    let bare = match rest.strip_prefix(['[', '(']).and_then(|inner| inner.split_once([']', ')'])) {
        Some((number, behind)) if number.bytes().all(|byte| byte.is_ascii_digit()) => behind.trim_start(),
        _ => rest,
    };
    let is_named =
        end_of_name(bare).is_some_and(|end| slice(bare, 0..end).contains(" (") && end < bare.len());
    if is_named { bare } else { line }
}

/// Jo Reed (Lake and Hill) (Green)
fn has_seat(label: &str) -> bool {
    label.matches(" (").count() > 1 && label.ends_with([')', ']']) && is_title_case(label)
}

/// Jo Reed: I thank her.
fn is_plain(label: &str, body: &str) -> bool {
    label.split(' ').count() < 5
        && label.split(' ').all(|word| word.starts_with(char::is_uppercase))
        && is_title_case(label)
        && standing(label) >= Standing::Likely
        && is_sentence(body)
}

fn is_address(word: &str) -> bool {
    ADDRESS.iter().any(|address| address.eq_ignore_ascii_case(word))
}

/// Where a name ends: at a colon outside of brackets, behind capitals at a full stop, or with the line.
fn end_of_name(line: &str) -> Option<usize> {
    let mut depth = 0_u32;
    for (at, ch) in line.char_indices() {
        match ch {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.checked_sub(1)?,
            _ if depth > 0 => {}
            ':' | '：' => {
                let is_time = slice(line, 0..at).ends_with(|ch: char| ch.is_ascii_digit())
                    && slice(line, at + ch.len_utf8()..line.len())
                        .starts_with(|ch: char| ch.is_ascii_digit());
                return (!is_time).then_some(at);
            }
            '.' if slice(line, at..line.len()).starts_with(". ") && is_full(slice(line, 0..at)) => {
                return Some(at);
            }
            '.' if at + 1 == line.len() => return Some(at),
            '?' | '!' | ';' | '"' | '“' => return None,
            _ => {}
        }
        if at > LONGEST {
            return None;
        }
    }
    (depth == 0).then_some(line.len())
}

/// Whether a full stop behind this is no abbreviation: Mr. SMITH of Texas, but not Mr. or J.
fn is_full(label: &str) -> bool {
    let last = label.rsplit(' ').next().unwrap_or_default();
    label.contains(' ')
        && last.chars().nth(1).is_some()
        && !matches!(last, "Mr" | "Mrs" | "Ms" | "Dr" | "Hon" | "St" | "Sen" | "Rev" | "Jr")
}

/// Whether there is a name in capitals behind the address: Mr. REED, The SPEAKER, Ms. LAKE HILL of Ohio.
fn shouts(label: &str) -> bool {
    let name = slice(label, 0..label.find(" (").unwrap_or(label.len()));
    let is_loud = |word: &str| {
        let letters = word.chars().filter(|ch| ch.is_alphabetic());
        letters.clone().filter(|ch| ch.is_uppercase()).count() > 1
            && letters.filter(|ch| ch.is_lowercase()).count() < 3
            && word.ends_with(|ch: char| ch.is_uppercase() || matches!(ch, '.' | '\'' | '’'))
    };
    let mut words = name.split_whitespace().skip_while(|word| is_address(word)).peekable();
    let first = words.peek().copied().unwrap_or_default();
    let is_word = |word: &str| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
    let is_named = is_loud(first) || words.clone().nth(1).is_some_and(is_loud) && is_word(first);
    // SECRETARY FOR COMMERCE, INDUSTRY AND TECHNOLOGY
    let is_all_loud = !name.contains(char::is_lowercase);
    is_named && (is_all_loud && words.clone().count() < 16 || words.count() < 8 && !name.contains(','))
}

/// The President, The Acting Speaker, Mr Speaker
fn is_chair(label: &str) -> bool {
    let name = slice(label, 0..label.find(" (").unwrap_or(label.len()));
    let chairs = [
        "The President",
        "The Acting President",
        "The Chair",
        "The Chairman",
        "The Chairperson",
        "The Speaker",
        "The Acting Speaker",
        "The Deputy Speaker",
        "The Secretary-General",
        "Mr Speaker",
        "Mr. Speaker",
        "Madam Speaker",
        "The Clerk",
        "Madam President",
        "Mr President",
        "The Deputy President",
        "An hon. Member",
        "An Hon. Member",
        "Some hon. Members",
        "Hon. Members",
        "The Convener",
        "The Presiding Officer",
    ];
    chairs.contains(&name)
}

/// Whether every word outside of brackets begins with a capital, small ones aside.
fn is_cased(label: &str) -> bool {
    const SMALL: [&str; 18] = [
        "pro", "tempore", "of", "the", "for", "and", "de", "van", "hon.", "to", "in", "at", "on", "der",
        "da", "von", "la", "del",
    ];
    let name = slice(label, 0..label.find(" (").unwrap_or(label.len()));
    name.len() < 120
        && name.split_whitespace().all(|word| !word.starts_with(char::is_lowercase) || SMALL.contains(&word))
}

/// The same in a line that is nothing else.
fn is_title_case(label: &str) -> bool {
    let name = slice(label, 0..label.find(" (").unwrap_or(label.len()));
    let is_word = |ch: char| ch.is_alphabetic() || matches!(ch, ' ' | '-' | '\'' | '’');
    name.chars().all(is_word) && !name.contains("  ") && name.contains(' ') && is_cased(label)
}

/// Senator WONG (South Australia) (14:02)
fn timed(label: &str) -> (&str, Option<Mark>) {
    match mark::trailing(label).filter(|_| label.ends_with([')', ']'])) {
        Some((before, mark)) => (before.trim_end(), Some(mark)),
        None => (label.trim_end(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{Draft, Kind, Transcript};

    fn told(text: &str) -> Vec<String> {
        let mut draft = Draft::default();
        let mut parser = Hansard::parser();
        let at = draft.append(crate::transcript::Extent::Memory(text.into()));
        parser.feed(text.as_bytes(), at, &mut draft).unwrap();
        parser.finish(&mut draft).unwrap();
        let transcript = Transcript::from(draft.take());
        let one = |id| {
            let post = transcript.post(id);
            let label = &transcript.speakers()[post.speaker.index()].label;
            let time = post.start.map(|ms| format!("{} ", ms / 60_000)).unwrap_or_default();
            let kind = if post.kind == Kind::Note { "*" } else { "" };
            format!("{time}{label}{kind}|{}", transcript.body(id).replace('\n', "/"))
        };
        transcript.ids().map(one).collect()
    }

    #[test]
    fn bylines_of_many_parliaments_are_kept_as_they_are_printed() {
        for (text, expected) in [
            (
                "House of Rivers\nThe SPEAKER: Order!\nMr. REED (Member for Lake, East): I ask: why?\nMore.\n(Applause.)\nAnd more.\nSenator LOW (North—Minister for Hay) (14:02): Because.\n",
                &[
                    "The SPEAKER|Order!",
                    "Mr. REED (Member for Lake, East)|I ask: why?/More.",
                    "*|(Applause.)",
                    "Mr. REED (Member for Lake, East)|And more.",
                    "842 Senator LOW (North—Minister for Hay)|Because.",
                ][..],
            ),
            (
                "Mr. McREED. Mr. President, I rise. It is late.\nThe PRESIDING OFFICER. The Senator has the floor.\nMs. LAKE HILL of Ohio. I yield.\n",
                &[
                    "Mr. McREED|Mr. President, I rise. It is late.",
                    "The PRESIDING OFFICER|The Senator has the floor.",
                    "Ms. LAKE HILL of Ohio|I yield.",
                ],
            ),
            (
                "The Minister for Hay (Ann Reed)\nI thank him.\n\nBen Low (Lake and Hill) (Green)\nWhy?\n\nMr Speaker\nOrder.\n\nThe Minister for Hay\n(Ann Reed)\nCut Ann (x) (y)\n",
                &[
                    "The Minister for Hay (Ann Reed)|I thank him.",
                    "Ben Low (Lake and Hill) (Green)|Why?",
                    "Mr Speaker|Order.\n\nThe Minister for Hay".replace('\n', "/").leak(),
                    "*|(Ann Reed)",
                    "Cut Ann (x) (y)|",
                ],
            ),
            (
                "The President (spoke in French): I call on Mali.\nMr. Reed (Mali) (spoke in French): Thank you.\nOpposition members interjecting—\nThe President: Go on.\n",
                &[
                    "The President (spoke in French)|I call on Mali.",
                    "Mr. Reed (Mali) (spoke in French)|Thank you.",
                    "*|Opposition members interjecting—",
                    "The President|Go on.",
                ],
            ),
            (
                "Jo Reed (East Lake) (LD): May I?\n\nMr Mitchell: Yes.\n\nJo Reed: I thank him.\n\n2. Ann Low (Hill) (Lab): What hay?\n",
                &[
                    "Jo Reed (East Lake) (LD)|May I?",
                    "Mr Mitchell|Yes.",
                    "Jo Reed|I thank him.",
                    "Ann Low (Hill) (Lab)|What hay?",
                ],
            ),
            (
                "The SPEAKER pro tempore (Mr. Reed of Lake). Without objection, so ordered.\nMs. LOW. I yield.\nThe Acting CHAIR. The question is on hay.\n",
                &[
                    "The SPEAKER pro tempore (Mr. Reed of Lake)|Without objection, so ordered.",
                    "Ms. LOW|I yield.",
                    "The Acting CHAIR|The question is on hay.",
                ],
            ),
            (
                "PRESIDENT (in Cantonese): Order.\nMR REED KIN-POR (in Cantonese): Why, Secretary?\nSECRETARY FOR HAY, BARNS AND FIELDS (in Cantonese): Because.\nSECRETARY FOR HAY: So.\n",
                &[
                    "PRESIDENT (in Cantonese)|Order.",
                    "MR REED KIN-POR (in Cantonese)|Why, Secretary?",
                    "SECRETARY FOR HAY, BARNS AND FIELDS (in Cantonese)|Because.",
                    "SECRETARY FOR HAY|So.",
                ],
            ),
            (
                "The SPEAKER (Hon. Ann Reed) took the chair at 10:00, made an acknowledgement and read prayers.\nMr. LOW: So.\nThe SPEAKER: I put it.\n(Question put and agreed to)\nThe House rose at 5:30 p.m.\n",
                &[
                    "*|The SPEAKER (Hon. Ann Reed) took the chair at 10:00, made an acknowledgement and read prayers.",
                    "Mr. LOW|So.",
                    "The SPEAKER|I put it.",
                    "*|(Question put and agreed to)",
                    "*|The House rose at 5:30 p.m.",
                ],
            ),
        ] {
            assert_eq!(told(text), expected, "{text}");
            assert!(Hansard::score(&Head::new(text)) > 60, "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_debates() {
        for text in [
            "Mr. Smith: Hello.\nMs. Jones: Hello.\n",
            "The end.\nThe NATO. It is.\nHe said: no.\n",
            "Note: x\nThe Thing (1982)\nThe Fly (1986)\n",
            "主持人：早。\n李明：早。\n",
            "",
        ] {
            assert_eq!(Hansard::score(&Head::new(text)), 0, "{text}");
        }
    }
}
