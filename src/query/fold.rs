//! A regular expression that also matches what is written otherwise: in full or half width, simplified or traditional, with
//! curly or straight quotes, and by its sound.
//!
//! Not the text is folded but the expression: each character in it becomes the class of those that are one with it. So a
//! search goes at the speed of any other, and what it finds stands where it is found.

use crate::text::syllables::{LONGEST, read_as, read_from};
use crate::text::variants::variants;
use regex_syntax::hir::{Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Literal, Repetition};

/// A class with more characters means what it says: it is a script, or what is left out of one.
const LARGE: usize = 40;

/// Letters in a row that are looked for as pinyin.
const SPELLED: usize = 24;

/// Ways to read a row of letters that are all looked for; of one with more, the longest syllables are taken.
const WAYS: usize = 64;

/// What is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alike {
    /// Widths, forms of characters, quotes.
    pub forms: bool,
    /// Letters and what sounds so.
    pub sounds: bool,
}

/// The expression with what is one.
pub fn folded(hir: &Hir, alike: Alike) -> Hir {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => hir.clone(),
        HirKind::Literal(_) | HirKind::Class(_) => row(std::slice::from_ref(hir), alike),
        HirKind::Repetition(repetition) => Hir::repetition(Repetition {
            sub: Box::new(folded(&repetition.sub, alike)),
            ..repetition.clone()
        }),
        HirKind::Capture(capture) => {
            Hir::capture(Capture { sub: Box::new(folded(&capture.sub, alike)), ..capture.clone() })
        }
        HirKind::Concat(parts) => row(parts, alike),
        HirKind::Alternation(parts) => {
            Hir::alternation(parts.iter().map(|part| folded(part, alike)).collect())
        }
    }
}

/// A part of a row: a character, or several that it may be, or anything else.
enum Part {
    Chars(ClassUnicode),
    Other(Hir),
}

impl Part {
    fn is_blank(&self) -> bool {
        matches!(self, Self::Chars(class) if is_blank(class))
    }
}

/// What follows one another.
fn row(parts: &[Hir], alike: Alike) -> Hir {
    let parts: Vec<Part> = parts.iter().flat_map(|part| taken_apart(part, alike)).collect();
    let mut out = Vec::new();
    let mut rest = parts.iter().peekable();
    while let Some(part) = rest.next() {
        let Part::Chars(class) = part else {
            if let Part::Other(hir) = part {
                out.push(hir.clone());
            }
            continue;
        };
        let mut letters: String = letter(class).filter(|_| alike.sounds).into_iter().collect();
        let mut plain = vec![one(class, alike)];
        while let Some(Part::Chars(next)) = rest.peek()
            && !letters.is_empty()
            && letters.len() < SPELLED
            && let Some(ch) = letter(next)
        {
            letters.push(ch);
            plain.push(one(next, alike));
            rest.next();
        }
        if letters.is_empty() {
            // Blanks in a row are as many as there are.
            while alike.forms && is_blank(class) && rest.next_if(|next| next.is_blank()).is_some() {}
            out.extend(plain);
        } else {
            out.push(Hir::alternation(vec![Hir::concat(plain), spelled(&letters)]));
        }
    }
    Hir::concat(out)
}

/// The characters of a literal, a class as it is; what is no character is folded by itself.
fn taken_apart(hir: &Hir, alike: Alike) -> Vec<Part> {
    match hir.kind() {
        HirKind::Literal(Literal(bytes)) => match std::str::from_utf8(bytes) {
            Ok(text) => text.chars().map(|ch| Part::Chars(class_of([ch]))).collect(),
            Err(_) => vec![Part::Other(hir.clone())],
        },
        HirKind::Class(Class::Unicode(class)) => vec![Part::Chars(class.clone())],
        HirKind::Class(Class::Bytes(_)) => vec![Part::Other(hir.clone())],
        _ => vec![Part::Other(folded(hir, alike))],
    }
}

fn class_of(chars: impl IntoIterator<Item = char>) -> ClassUnicode {
    ClassUnicode::new(chars.into_iter().map(|ch| ClassUnicodeRange::new(ch, ch)))
}

/// The characters of a class that is no script.
fn few(class: &ClassUnicode) -> Option<Vec<char>> {
    let count: usize = class.iter().map(ClassUnicodeRange::len).sum();
    (count <= LARGE).then(|| class.iter().flat_map(|range| range.start()..=range.end()).collect())
}

/// A class with what is one with its characters.
fn one(class: &ClassUnicode, alike: Alike) -> Hir {
    let mut class = class.clone();
    let Some(chars) = few(&class).filter(|_| alike.forms) else { return Hir::class(Class::Unicode(class)) };
    let all: Vec<char> = chars.iter().flat_map(|&ch| forms(ch)).collect();
    class.union(&class_of(all));
    let blank = is_blank(&class);
    let hir = Hir::class(Class::Unicode(class));
    if blank {
        return Hir::repetition(Repetition { min: 1, max: None, greedy: true, sub: Box::new(hir) });
    }
    voiced(&chars).map_or(hir.clone(), |voiced| Hir::alternation(vec![hir, voiced]))
}

/// Whether a class is a space, or what is one with it.
fn is_blank(class: &ClassUnicode) -> bool {
    few(class).is_some_and(|chars| chars.contains(&' ') && chars.iter().all(|ch| BLANKS.contains(ch)))
}

/// What parts words alike: where a paragraph or a line ends as well.
const BLANKS: [char; 6] = [' ', '\u{a0}', '\u{3000}', '\t', '\n', '\r'];

/// Groups of marks that are one.
const MARKS: [&[char]; 7] = [
    &BLANKS,
    &['"', '“', '”', '„', '‟', '＂', '〝', '〞'],
    &['\'', '‘', '’', '‚', '‛', '＇', 'ʼ'],
    &['-', '‐', '‑', '–', '－'],
    &['。', '｡'],
    &['、', '､'],
    &['~', '～', '〜'],
];

/// What is one with a character, itself among it.
fn forms(ch: char) -> Vec<char> {
    let mut all = vec![ch];
    match ch {
        '!'..='~' => all.extend(char::from_u32(ch as u32 + 0xfee0)),
        '！'..='～' => all.extend(char::from_u32(ch as u32 - 0xfee0)),
        _ => {}
    }
    if let Some(at) = KANA.chars().position(|kana| kana == ch) {
        all.extend(char::from_u32(HALF_KANA + at as u32));
    } else if let Some(at) = (ch as u32).checked_sub(HALF_KANA) {
        all.extend(KANA.chars().nth(at as usize));
    }
    let marks = MARKS.iter().filter(|marks| all.iter().any(|ch| marks.contains(ch)));
    let marks: Vec<char> = marks.flat_map(|marks| marks.iter().copied()).collect();
    all.extend(marks);
    all.extend(variants(ch));
    all
}

/// The first of the half-width katakana, and what they are in full width, in order.
const HALF_KANA: u32 = 0xff66;
const KANA: &str = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

/// A voiced katakana in half width is two characters.
fn voiced(chars: &[char]) -> Option<Hir> {
    let &[ch] = chars else { return None };
    let half = |full: char| {
        KANA.chars().position(|kana| kana == full).and_then(|at| char::from_u32(HALF_KANA + at as u32))
    };
    let before = |by: u32| char::from_u32(ch as u32 - by).and_then(half);
    let (base, mark) = match ch {
        'ヴ' => (half('ウ'), 'ﾞ'),
        'ガ' | 'ギ' | 'グ' | 'ゲ' | 'ゴ' | 'ザ' | 'ジ' | 'ズ' | 'ゼ' | 'ゾ' | 'ダ' | 'ヂ' | 'ヅ' | 'デ'
        | 'ド' | 'バ' | 'ビ' | 'ブ' | 'ベ' | 'ボ' => (before(1), 'ﾞ'),
        'パ' | 'ピ' | 'プ' | 'ペ' | 'ポ' => (before(2), 'ﾟ'),
        _ => return None,
    };
    let text: String = base.into_iter().chain([mark]).collect();
    Some(Hir::literal(text.into_bytes()))
}

/// The small letter that a class stands for, in one case or in both.
fn letter(class: &ClassUnicode) -> Option<char> {
    let chars = few(class)?;
    let small = *chars.iter().find(|ch| ch.is_ascii_lowercase())?;
    let mut both = class_of([small]);
    let is_one = chars.len() == 1 || both.try_case_fold_simple().is_ok() && both == *class;
    is_one.then_some(small)
}

/// What sounds as letters say: whole syllables, initials, and at the end a syllable that is begun.
fn spelled(letters: &str) -> Hir {
    let count = letters.len();
    let steps: Vec<Vec<(usize, ClassUnicode)>> = (0..count).map(|at| syllables(letters, at)).collect();
    // How many ways lead from each place to the end.
    let mut ways = vec![0usize; count + 1];
    ways[count] = 1;
    for at in (0..count).rev() {
        ways[at] = steps[at].iter().fold(0, |sum: usize, (length, _)| sum.saturating_add(ways[at + length]));
    }
    from(&steps, &ways, 0)
}

/// What may be read from a place on.
fn from(steps: &[Vec<(usize, ClassUnicode)>], ways: &[usize], at: usize) -> Hir {
    let Some(here) = steps.get(at) else { return Hir::empty() };
    let going = here.iter().filter(|(length, _)| ways[at + length] > 0);
    let most = if ways[at] > WAYS { 1 } else { usize::MAX };
    let read = |(length, class): &(usize, ClassUnicode)| {
        Hir::concat(vec![Hir::class(Class::Unicode(class.clone())), from(steps, ways, at + length)])
    };
    Hir::alternation(going.take(most).map(read).collect())
}

/// How many letters a character may take at a place, the most first, and which ones do.
fn syllables(letters: &str, at: usize) -> Vec<(usize, ClassUnicode)> {
    let rest = letters.get(at..).unwrap_or_default();
    let step = |length: usize| {
        let part = rest.get(..length)?;
        let is_initial = length == 1 || matches!(part, "zh" | "ch" | "sh");
        let chars: Vec<char> = if is_initial || length == rest.len() {
            read_from(part).collect()
        } else {
            read_as(part).to_vec()
        };
        (!chars.is_empty()).then(|| (length, class_of(chars)))
    };
    (1..=LONGEST).rev().filter_map(step).collect()
}
