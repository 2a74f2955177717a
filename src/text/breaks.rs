//! Where a row may end: the Unicode line breaking algorithm (UAX #14, Unicode 18), tailored for Chinese.
//!
//! The text is read once, in units of a character with its combining marks (LB9). What the rules ask of the text
//! before is kept in a few flags; they look at most two units ahead. Without a [`Kinsoku`] level the rules are
//! those of the standard, all of `LineBreakTest.txt`.

#![expect(clippy::match_same_arms, reason = "an arm is a rule of the standard, in its order")]

use super::class::Class::{
    self, AK, AL, AP, AS, B2, BA, BB, BK, CB, CL, CM, CP, CR, DC, EB, EM, EX, GL, H2, H3, HH, HL, HY, ID, IN,
    IS, JL, JT, JV, LF, NL, NS, NU, OP, PO, PR, Pf, Pi, QU, RI, SP, SY, VF, VI, WJ, XA, XP, ZW, ZWJ,
};
use super::kind::Kind;
use super::kinsoku::{self, Around};
use super::slice::slice;
use crate::choice::Kinsoku;

/// Whether a row may end at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// It may not.
    No,
    /// It may, though another place would be better: between a number and its measure word.
    Soft,
    /// It may.
    Yes,
    /// It must.
    Must,
}

/// A character and the marks that combine with it.
#[derive(Debug, Clone, Copy)]
struct Unit {
    kind: Kind,
    first: char,
    end: usize,
    /// Whether its last character is ZWJ.
    joins: bool,
}

/// How far a number has come (LB25).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Number {
    #[default]
    None,
    /// `NU (SY | IS)*`
    Open,
    /// The same and a closing mark.
    Closed,
}

/// What the rules ask of the text before a place.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is what one rule asks")]
struct Past {
    last: Option<Unit>,
    /// The class before the spaces, or that of the last unit.
    base: Option<Class>,
    /// Whether the unit before the last is East Asian (LB19a).
    wide_before: bool,
    /// Whether the last mark but spaces is an opening quote (LB15a).
    opens: bool,
    /// Whether the last unit is a hyphen that begins a word (LB20a).
    hyphen_first: bool,
    /// Whether the last unit is a hyphen behind a Hebrew letter (LB21a).
    hyphen_hebrew: bool,
    number: Number,
    /// Whether the last two units are solidi.
    slashes: bool,
    /// Whether the last unit is a virama behind an aksara (LB28a).
    virama: bool,
    /// Whether an odd number of regional indicators ends the text (LB30a).
    odd_flag: bool,
}

/// Reads a text and says where its rows may end.
#[derive(Debug, Clone)]
pub struct Breaker<'a> {
    text: &'a str,
    level: Option<Kinsoku>,
    at: usize,
    past: Past,
    quoting: bool,
}

impl<'a> Breaker<'a> {
    /// Begins with a text; without a level by UAX #14 alone.
    pub fn new(text: &'a str, level: Option<Kinsoku>) -> Self {
        Self { text, level, at: 0, past: Past::default(), quoting: false }
    }

    /// Whether a row may end before the byte `place`. Places must be asked for in ascending order.
    pub fn before(&mut self, place: usize) -> Break {
        while self.at < place {
            if self.step().is_none() {
                return Break::No;
            }
        }
        if self.at == place { self.step().unwrap_or(Break::No) } else { Break::No }
    }

    /// Passes over ideographs with nothing that combines, up to the byte `to`.
    pub fn skip_ideographs(&mut self, to: usize) {
        let kind = Kind { class: ID, east_asian: true };
        self.past = Past {
            last: Some(Unit { kind, first: '一', end: to, joins: false }),
            base: Some(ID),
            wide_before: true,
            ..Past::default()
        };
        self.at = to;
    }

    /// Passes over more of what was taken last, a letter or a digit with nothing that combines, up to the byte `to`.
    pub fn skip_alike(&mut self, to: usize) {
        if let Some(last) = self.past.last {
            self.past.take(Unit { end: to, ..last }, self.tailored());
        }
        self.at = to;
    }

    /// Takes the next unit; says whether a row may end before it.
    fn step(&mut self) -> Option<Break> {
        let mut unit = self.unit(self.at)?;
        if let Some(level) = self.level {
            let around = Around {
                before: self.past.last.map(|last| last.kind.class),
                behind_east_asian: self.past.last.is_some_and(|last| last.kind.east_asian),
                ahead_east_asian: kinsoku::looks_ahead(unit.first, unit.kind.class)
                    && self.unit(unit.end).is_some_and(|next| next.kind.east_asian),
            };
            unit.kind = kinsoku::tailor(level, unit.first, unit.kind, around, &mut self.quoting);
        }
        let found = self.decide(unit);
        self.past.take(unit, self.tailored());
        self.at = unit.end;
        Some(found)
    }

    /// The unit at a place (LB9, LB10).
    #[inline]
    fn unit(&self, at: usize) -> Option<Unit> {
        let mut chars = slice(self.text, at..self.text.len()).chars();
        let first = chars.next()?;
        let mut kind = Kind::of(first);
        let mut unit = Unit { kind, first, end: at + first.len_utf8(), joins: kind.class == ZWJ };
        if matches!(kind.class, CM | ZWJ) {
            kind.class = AL;
            unit.kind = kind;
        }
        // What follows most often combines with nothing: ASCII but its controls, and ideographs.
        let alone = matches!(chars.as_str().as_bytes().first(), None | Some(b' '..=b'~' | 0xe4..=0xe9));
        if !alone && !matches!(kind.class, BK | CR | LF | NL | SP | ZW) {
            for ch in chars {
                let class = Kind::of(ch).class;
                if !matches!(class, CM | ZWJ) {
                    break;
                }
                unit.end += ch.len_utf8();
                unit.joins = class == ZWJ;
            }
        }
        Some(unit)
    }

    fn decide(&self, unit: Unit) -> Break {
        let Some(last) = self.past.last else { return Break::No };
        let pair = (last.kind.class, unit.kind.class);
        if let Some(found) = frequent(pair, last) {
            return found;
        }
        let plain = (alphabetic(pair.0), alphabetic(pair.1));
        let found = match pair {
            (CR, LF) => Some(false),
            (BK | CR | LF | NL, _) => return Break::Must,
            _ => self.spacing(pair, last),
        };
        let found = found
            .or_else(|| self.punctuation(pair, unit))
            .or_else(|| self.quotation(last, unit))
            .or_else(|| self.clusters(pair, unit))
            .or_else(|| self.word(plain))
            .or_else(|| self.number(plain, last, unit))
            .or_else(|| self.letters(plain, last, unit));
        match found {
            Some(false) => Break::No,
            None if self.level.is_some() && pair == (NU, ID) => Break::Soft,
            Some(true) | None => Break::Yes,
        }
    }

    /// LB6 to LB12a.
    fn spacing(&self, pair: (Class, Class), last: Unit) -> Option<bool> {
        match pair {
            (_, BK | CR | LF | NL | SP | ZW) => Some(false),
            _ if self.past.base == Some(ZW) => Some(true),
            _ if last.joins => Some(false),
            (_, WJ) | (WJ | GL, _) => Some(false),
            (SP | HY | HH, GL) => None,
            (_, GL) => Some(false),
            _ => None,
        }
    }

    /// LB13 to LB18.
    fn punctuation(&self, pair: (Class, Class), unit: Unit) -> Option<bool> {
        let base = self.past.base;
        let follower = || self.unit(unit.end).map(|next| next.kind.class);
        match pair {
            (_, CL | CP | EX | SY) => Some(false),
            _ if base == Some(OP) || self.past.opens => Some(false),
            (_, Pf) if self.level.is_some() || follower().is_none_or(closes) => Some(false),
            (SP, IS) if !self.tailored() && follower() == Some(NU) => Some(true),
            (_, IS) => Some(false),
            (_, NS) if matches!(base, Some(CL | CP)) => Some(false),
            (_, B2) if base == Some(B2) => Some(false),
            _ if self.tailored() && self.keeps_in_row(pair) => Some(false),
            (SP, _) => Some(true),
            _ => None,
        }
    }

    fn tailored(&self) -> bool {
        self.level.is_some_and(|level| level >= Kinsoku::Basic)
    }

    /// What may not begin a row does not even after a space; nor does a sign of measure, whatever it follows.
    fn keeps_in_row(&self, pair: (Class, Class)) -> bool {
        match pair {
            (_, PO | GL) | (SP, NS | IN) => true,
            (SP, _) => self.past.base == Some(Pi),
            _ => false,
        }
    }

    /// LB19 and LB19a. Tailored, a quotation mark looks only at the side it does not belong to.
    fn quotation(&self, last: Unit, unit: Unit) -> Option<bool> {
        let tailored = self.tailored();
        let before = last.kind;
        let next_wide = || self.unit(unit.end).is_some_and(|next| next.kind.east_asian);
        match (before.class, unit.kind.class) {
            (_, QU | Pf) | (QU | Pi, _) => Some(false),
            (_, Pi) if !(before.east_asian && (tailored || next_wide())) => Some(false),
            (Pf, _) if !(unit.kind.east_asian && (tailored || self.past.wide_before)) => Some(false),
            _ => None,
        }
    }

    /// LB20 to LB24.
    fn word(&self, pair: (Class, Class)) -> Option<bool> {
        match pair {
            (CB, _) | (_, CB) => Some(true),
            (HY | HH, AL | HL) if self.past.hyphen_first => Some(false),
            (_, BA | HH | HY | NS) | (BB, _) => Some(false),
            (HY | HH, class) if self.past.hyphen_hebrew && class != HL => Some(false),
            (SY, HL) | (_, IN) => Some(false),
            // `https://` keeps its host.
            (SY, _) if self.past.slashes && self.tailored() => Some(false),
            (AL | HL, NU) | (NU, AL | HL) => Some(false),
            (PR, ID | XP | EB | EM) | (ID | XP | EB | EM, PO) => Some(false),
            (PR | PO, AL | HL) | (AL | HL, PR | PO) => Some(false),
            _ => None,
        }
    }

    /// LB25.
    fn number(&self, pair: (Class, Class), last: Unit, unit: Unit) -> Option<bool> {
        let number = self.past.number;
        let joined = match pair {
            (_, PO | PR) => number != Number::None,
            (PO | PR, OP) => {
                let next = self.unit(unit.end);
                let class = next.map(|next| next.kind.class);
                let behind = || next.and_then(|next| self.unit(next.end)).map(|unit| unit.kind.class);
                class == Some(NU) || class == Some(IS) && behind() == Some(NU)
            }
            // Behind East Asian text it parts clauses, not digits: `字,2018`.
            (IS, NU) => !(self.tailored() && last.kind.east_asian),
            (PO | PR | HY, NU) => true,
            (_, NU) => number == Number::Open,
            _ => false,
        };
        joined.then_some(false)
    }

    /// LB26 to LB28, LB29 and LB30.
    fn letters(&self, pair: (Class, Class), last: Unit, unit: Unit) -> Option<bool> {
        let joined = match pair {
            (JL, JL | JV | H2 | H3) | (JV | H2, JV | JT) | (JT | H3, JT) => true,
            (JL | JV | JT | H2 | H3, PO) | (PR, JL | JV | JT | H2 | H3) => true,
            (AL | HL, AL | HL) => true,
            // Behind East Asian text it parts clauses, not an abbreviation: `字:abc`.
            (IS, AL | HL) => !(self.tailored() && last.kind.east_asian),
            (AL | HL | NU, OP) => !unit.kind.east_asian,
            (CP, AL | HL | NU) => !last.kind.east_asian,
            _ => false,
        };
        joined.then_some(false)
    }

    /// LB28a, LB30a and LB30b.
    fn clusters(&self, pair: (Class, Class), unit: Unit) -> Option<bool> {
        let next = || self.unit(unit.end).map(|next| next.kind.class);
        let joined = match pair {
            (AP, AK | DC | AS) | (AK | DC | AS, VF | VI) => true,
            (VI, AK | DC) if self.past.virama => true,
            (AK | DC | AS, AK | DC | AS) if next() == Some(VF) => true,
            (RI, RI) => self.past.odd_flag,
            (EB | XP | XA, EM) => true,
            _ => false,
        };
        joined.then_some(false)
    }
}

impl Past {
    #[inline]
    fn take(&mut self, unit: Unit, tailored: bool) {
        let class = unit.kind.class;
        // Behind an opening mark a space that does not break is no other than one that does.
        let space = class == SP || tailored && class == GL && matches!(self.base, Some(OP | Pi));
        let before = self.last.map(|last| last.kind.class);
        if matches!(class, ID | AL | EX) {
            let wide_before = self.last.is_some_and(|last| last.kind.east_asian);
            *self = Self { last: Some(unit), base: Some(class), wide_before, ..Self::default() };
            return;
        }
        let fresh = matches!(before, None | Some(BK | CR | LF | NL | SP | ZW | GL));
        let opening = fresh || matches!(before, Some(OP | QU | Pi | Pf));
        *self = Self {
            last: Some(unit),
            base: if space { self.base } else { Some(class) },
            wide_before: self.last.is_some_and(|last| last.kind.east_asian),
            opens: if space { self.opens } else { class == Pi && opening },
            hyphen_first: matches!(class, HY | HH) && (fresh || before == Some(CB)),
            hyphen_hebrew: matches!(class, HY | HH) && before == Some(HL),
            number: match class {
                NU => Number::Open,
                SY | IS if self.number == Number::Open => Number::Open,
                CL | CP if self.number == Number::Open => Number::Closed,
                _ => Number::None,
            },
            slashes: class == SY && before == Some(SY),
            virama: class == VI && matches!(before, Some(AK | DC | AS)),
            odd_flag: class == RI && !(before == Some(RI) && self.odd_flag),
        };
    }
}

/// The most frequent pairs, which the rules decide without regard to what is around them.
fn frequent(pair: (Class, Class), last: Unit) -> Option<Break> {
    match pair {
        _ if last.joins => None,
        (ID, ID | AL | NU) | (AL, ID) => Some(Break::Yes),
        (ID | AL | NU, CL | EX | IS | NS) | (AL, AL | NU) | (NU, AL) => Some(Break::No),
        (IS | NS | EX | CL, ID) => Some(Break::Yes),
        _ => None,
    }
}

/// What may follow a closing quotation mark that no row begins with (LB15b).
const fn closes(class: Class) -> bool {
    matches!(class, SP | GL | WJ | CL | QU | Pi | Pf | CP | EX | IS | SY | BK | CR | LF | NL | ZW)
}

/// The class of what is a letter to all rules but those of its script (LB28a, LB30b).
const fn alphabetic(class: Class) -> Class {
    if matches!(class, DC | XA) { AL } else { class }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with `|` where a row may end and `¦` where it would rather not.
    fn marked(text: &str, level: Option<Kinsoku>) -> String {
        let mut breaker = Breaker::new(text, level);
        let mut out = String::new();
        for (at, ch) in text.char_indices() {
            match breaker.before(at) {
                Break::No => {}
                Break::Soft => out.push('¦'),
                Break::Yes => out.push('|'),
                Break::Must => out.push('‖'),
            }
            out.push(ch);
        }
        out
    }

    fn check(level: Option<Kinsoku>, table: &[&str]) {
        for expected in table {
            let plain: String = expected.chars().filter(|ch| !"|¦‖".contains(*ch)).collect();
            assert_eq!(marked(&plain, level), *expected, "at {level:?}");
        }
    }

    #[test]
    fn rows_end_where_chinese_typesetters_end_them() {
        check(
            Some(Kinsoku::Strict),
            &[
                "质|量,|提|升。|好",
                "“质|量”——|“提|升”",
                "(甲)|乙",
                "《甲》、|《乙》",
                "增|长|91.6%,|下|降|8.84%",
                "用|RFID|标|签",
                "3℃",
                "￥30¦元",
                "他|说:|“好……”|走",
                "foo |bar, |baz",
                "don’t |stop",
                "f(x) |and |a,b",
                "甲 |乙",
                "甲\u{a0}乙",
                "well-|known |-5",
                "阿|里·|买|买|提",
                "100%|的",
                "(1)|第|一",
                "甲|( 乙)",
                "一\r‖二",
            ],
        );
    }

    #[test]
    fn japanese_and_korean_keep_their_own_rules() {
        check(
            Some(Kinsoku::Strict),
            &["コ|ピーッ|ト", "きゃっ", "人々|は", "お|わ|り。|「次」", "한|국|어, |말"],
        );
    }

    #[test]
    fn ascii_punctuation_parts_clauses_behind_east_asian_text_and_digits_elsewhere() {
        check(
            Some(Kinsoku::Basic),
            &["字,|2018|年".replace("8|年", "8¦年").as_str(), "字:|08:21¦开", "字;|a", "8.84", "A.B"],
        );
        check(None, &["字,2018|年", "字:08:21|开", "字;a"]);
    }

    #[test]
    fn quotation_marks_beside_punctuation_take_after_the_text_they_belong_to() {
        check(
            Some(Kinsoku::Basic),
            &["“甲”,|“乙”", "“甲”|“乙”", "说|“RFID”|标", "a “b”, “c”".replace(" “", " |“").as_str()],
        );
        check(None, &["“甲”,“乙”"]);
    }

    #[test]
    fn straight_quotation_marks_open_and_close_by_turns() {
        check(
            Some(Kinsoku::Basic),
            &["他|说|\"甲\"|乙", "say |\"x y\", |then".replace("x y", "x |y").as_str(), "5\" |tape"],
        );
        check(None, &["他|说\"甲\"乙"]);
    }

    #[test]
    fn connectors_and_bullets_do_not_begin_a_row() {
        check(Some(Kinsoku::Basic), &["甲～|乙", "甲－|乙", "甲／|乙", "甲•|乙"]);
        check(None, &["甲|～|乙", "甲|／|乙"]);
    }

    #[test]
    fn a_solidus_holds_both_sides_from_the_level_of_the_standard_on() {
        check(Some(Kinsoku::Basic), &["甲/|乙"]);
        check(Some(Kinsoku::Gb), &["甲/乙", "甲／乙", "http://a/|b"]);
    }

    #[test]
    fn a_dash_does_not_begin_a_row_at_the_strict_level() {
        check(Some(Kinsoku::Gb), &["甲|——|乙"]);
        check(Some(Kinsoku::Strict), &["甲——|乙", "甲⸺|乙", "foo —|bar"]);
    }

    #[test]
    fn without_kinsoku_punctuation_of_east_asian_text_may_stand_anywhere() {
        check(Some(Kinsoku::None), &["甲|。|乙", "甲|,|乙", "甲|（|乙|）", "foo, |bar"]);
    }

    #[test]
    fn a_number_rather_keeps_its_measure_word() {
        check(Some(Kinsoku::Basic), &["第|5¦年", "1.5¦亿"]);
    }
}
