//! Who speaks before each turn, without a clock or with times beside the names: interviews and live records as sites print them
//! (人民网, 中国政府网, ministries), minutes of parliaments in East Asia, plays, depositions.
//!
//! `名：`, `[名]`, `【名】`, a name alone on a line, 问/答, `○議長（甲野君）　`, `Q.`, `[08:27] 名：`, `2018-01-09 08:27 名`. Which of them a text
//! has is told by its first 64 KiB: words before a turn name somebody if they are the word for a part, look like a name, or stand
//! there again and again.

use super::cut::{Cut, Form, cut};
use super::labels::{Standing, is_button, is_cue, is_names, is_sentence, standing};
use super::mark;
use super::turns::{Shape, Turn, Turns, direction};
use crate::format::head::Head;
use crate::format::parser::{Parser, Wire};
use std::collections::{BTreeMap, BTreeSet};

/// The format.
#[derive(Debug)]
pub struct Dialogue;

impl Wire for Dialogue {
    fn score(head: &Head) -> u8 {
        let is_other = head.text.trim_start().starts_with(['<', '{']) || head.json().is_some();
        if is_other { 0 } else { Habits::of(head.text).sureness }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Turns<Habits>>::default()
    }
}

/// So many lines are looked at, blank ones aside.
const MOST_LINES: usize = 1500;

/// So many labels that stand there once are looked at.
const MOST_LABELS: usize = 60;

/// How turns are written in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Habits {
    forms: BTreeSet<Form>,
    /// Names that are told by their coming again.
    labels: BTreeSet<String>,
    /// The line of the first turn, from 1.
    begins: u32,
    /// Whether times stand in brackets at the end of turns.
    closing: bool,
    sureness: u8,
}

/// A line that may begin a turn.
struct Candidate<'a> {
    cut: Cut<'a>,
    number: u32,
    standing: Standing,
    /// Its words, or those of the next line.
    words: &'a str,
}

impl Shape for Habits {
    fn of(head: &str) -> Self {
        let (candidates, lines) = candidates(head);
        let mut judged: Vec<_> = Form::ALL
            .into_iter()
            .map(|form| judge(form, candidates.iter().filter(|found| found.cut.form == form), lines))
            .filter(|(sureness, turns)| *sureness > 0 && !turns.is_empty())
            .collect();
        judged.sort_by_key(|(_, turns)| std::cmp::Reverse(turns.len()));
        let Some((sureness, main)) = judged.first() else { return Self::default() };
        let begins = begins(main, &candidates);
        let mut found = Self { begins, sureness: *sureness, ..Self::default() };
        for (_, turns) in &judged {
            let inner = turns.iter().filter(|turn| turn.number >= begins).count();
            if inner * 5 < main.len() || inner < 2 {
                continue;
            }
            found.forms.insert(turns[0].cut.form);
            let weak = turns.iter().filter(|turn| turn.standing == Standing::Perhaps || turn.cut.form == Form::Alone);
            found.labels.extend(weak.map(|turn| turn.cut.label.to_owned()));
        }
        let closed = main.iter().filter(|turn| closing(turn.cut.body).is_some()).count();
        found.closing = closed > 1 && closed * 2 > main.len();
        found
    }

    fn is_known(&self) -> bool {
        !self.forms.is_empty()
    }

    fn turn<'a>(&self, line: &'a str, number: u32, parted: bool) -> Option<Turn<'a>> {
        if number < self.begins || !self.is_known() {
            return None;
        }
        let turn = cut(line).filter(|cut| self.forms.contains(&cut.form)).and_then(|cut| self.taken(line, &cut, parted));
        turn.or_else(|| direction(line).filter(|_| mark::leading(line).is_none()))
    }
}

impl Habits {
    fn taken<'a>(&self, line: &'a str, cut: &Cut<'a>, parted: bool) -> Option<Turn<'a>> {
        let standing = standing(cut.label);
        let is_known = standing >= Standing::Name || self.labels.contains(cut.label);
        let is_taken = match cut.form {
            Form::Square | Form::Lenticular => {
                let is_word = cut.label.contains(char::is_alphabetic);
                if is_button(cut.label) || !is_word {
                    return None;
                }
                if is_cue(cut.label) && standing < Standing::Name || !is_known && cut.body.is_empty() {
                    return Some(Turn::note(line, cut.body.is_empty()));
                }
                is_known || standing == Standing::Perhaps
            }
            Form::Circle => standing != Standing::Never || cut.body.is_empty(),
            Form::Letter => true,
            Form::Gap => self.labels.contains(cut.label) || standing == Standing::Part,
            Form::Stamped => standing != Standing::Never,
            Form::Alone => self.labels.contains(cut.label) || standing >= Standing::Name && parted,
            Form::Colon => is_known && standing != Standing::Never,
        };
        let (body, mark) = match closing(cut.body).filter(|_| self.closing && cut.mark.is_none()) {
            Some((body, mark)) => (body, Some(mark)),
            None => (cut.body, cut.mark),
        };
        is_taken.then_some(Turn { label: cut.label, body, mark, is_note: false, is_aside: false })
    }
}

/// A time in brackets at the end of a turn, and what stands before it.
fn closing(body: &str) -> Option<(&str, mark::Mark)> {
    if !body.ends_with([']', ')', '）', '】', '］']) {
        return None;
    }
    mark::trailing(body).map(|(before, mark)| (before.trim_end(), mark))
}

/// The lines that may begin a turn, and how many lines there are that are not blank.
fn candidates(head: &str) -> (Vec<Candidate<'_>>, usize) {
    let lines = head.split('\n').zip(1..).map(|(line, number)| (line.trim_matches(|ch: char| ch.is_whitespace() || ch == '\u{feff}'), number));
    let lines: Vec<(&str, u32)> = lines.filter(|(line, _)| !line.is_empty()).take(MOST_LINES).collect();
    let mut counts: BTreeMap<(Form, &str), u32> = BTreeMap::new();
    let mut found = Vec::new();
    for (index, &(line, number)) in lines.iter().enumerate() {
        let Some(cut) = cut(line) else { continue };
        let next = lines.get(index + 1).map_or("", |(next, _)| *next);
        *counts.entry((cut.form, cut.label)).or_default() += 1;
        let words = if cut.body.is_empty() { next } else { cut.body };
        found.push(Candidate { cut, number, standing: Standing::Never, words });
    }
    let mut known: BTreeMap<&str, Standing> = BTreeMap::new();
    for candidate in &mut found {
        let label = candidate.cut.label;
        let again = counts[&(candidate.cut.form, label)] > 1;
        let is_rare = matches!(candidate.cut.form, Form::Alone | Form::Gap) || known.len() > MOST_LABELS;
        if !again && is_rare {
            continue;
        }
        let standing = *known.entry(label).or_insert_with(|| standing(label));
        candidate.standing = if standing == Standing::Perhaps && !again { Standing::Never } else { standing };
    }
    (found, lines.len())
}

/// How sure it is that a form begins turns in a text, and the turns.
fn judge<'a, 'b: 'a>(
    form: Form,
    candidates: impl Iterator<Item = &'a Candidate<'b>>,
    lines: usize,
) -> (u8, Vec<&'a Candidate<'b>>) {
    let mut turns: Vec<_> = candidates.filter(|turn| turn.standing > Standing::Never).collect();
    if form == Form::Alone {
        // A list of names has no words between them.
        turns.retain(|turn| is_sentence(turn.words));
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    turns.iter().for_each(|turn| *counts.entry(turn.cut.label).or_default() += 1);
    let count = |is: &dyn Fn(&Candidate) -> bool| turns.iter().filter(|turn| is(turn)).count();
    let all = turns.len();
    let parts = count(&|turn| turn.standing == Standing::Part);
    let names = count(&|turn| turn.standing >= Standing::Name);
    let sentences = count(&|turn| is_sentence(turn.words));
    let again = counts.values().filter(|&&count| count > 1).count();
    let is_dense = all * 10 >= lines * 3;
    let is_said = sentences * 2 >= all;
    let sureness = match form {
        Form::Gap if again < 2 || !is_dense || !is_said || all < 4 => 0,
        Form::Alone if names * 2 < all || again < 1 || all < 3 => 0,
        Form::Circle | Form::Letter if parts + names == 0 => 0,
        _ if counts.len() > 1 && parts > 0 && again > 0 && all > 2 && sentences * 4 >= all => 75,
        _ if counts.len() > 1 && names > 1 && again > 0 && all > 2 && is_said => 68,
        _ if counts.len() > 1 && parts > 0 && all > 1 && sentences == all && all * 3 >= lines => 45,
        _ if counts.len() == 1 && parts > 2 && sentences * 3 >= all * 2 => 50,
        _ if again > 1 && all > 3 && is_dense && is_said => 55,
        Form::Stamped if all > 1 && is_said => 60,
        _ => 0,
    };
    (sureness, turns)
}

/// The line of the first turn: before it may stand fields of a form that name who takes part.
fn begins(turns: &[&Candidate], all: &[Candidate]) -> u32 {
    let numbers: BTreeSet<u32> =
        all.iter().filter(|other| other.standing == Standing::Never).map(|other| other.number).collect();
    let is_field = |turn: &Candidate| {
        let is_bare = !is_sentence(turn.cut.body) && !turn.cut.body.is_empty();
        let is_near = |step: i64| u32::try_from(i64::from(turn.number) + step).is_ok_and(|near| numbers.contains(&near));
        is_bare && turn.cut.form == Form::Colon && (is_names(turn.cut.body) || is_near(-1) && turn.cut.body.chars().count() < 30)
    };
    let first = turns.iter().find(|turn| !is_field(turn)).or(turns.first());
    first.map_or(1, |turn| turn.number)
}
