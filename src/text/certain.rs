//! How certain it is that a terminal takes the cells for a symbol that it is measured with.

use super::width::both_widths;

/// How well a symbol's width is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// ASCII: one cell everywhere.
    Plain,
    /// A character of the old East Asian blocks: two cells, once the terminal has shown that it knows them.
    Wide,
    /// One character that is ambiguous (UAX #11), or a narrow one like it: as the terminal has shown.
    Ambiguous,
    /// A letter of the old alphabets, such as é, Ж, Ω: one cell to the ruler, and to terminals whose ambiguous
    /// characters are narrow.
    Letter,
    /// Anything else: emoji, several characters, marks, newer scripts. No terminal's word covers it.
    Doubtful,
}

/// What a terminal has shown that it draws as it is measured. The default: nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Trust {
    /// Han and its like take two cells.
    pub wide: bool,
    /// Ambiguous characters take what the ruler gives them, all of them.
    pub ambiguous: bool,
    /// Ambiguous characters take one cell: then the letters among them do too.
    pub letters: bool,
}

impl Trust {
    /// Whether a width of that certainty is taken for granted.
    pub const fn covers(self, certainty: Certainty) -> bool {
        match certainty {
            Certainty::Plain => true,
            Certainty::Wide => self.wide,
            Certainty::Ambiguous => self.ambiguous,
            Certainty::Letter => self.letters,
            Certainty::Doubtful => false,
        }
    }

    /// Whether everything that `other` trusts is trusted here.
    pub fn includes(self, other: Self) -> bool {
        let keeps = |here: bool, there: bool| here || !there;
        keeps(self.wide, other.wide)
            && keeps(self.ambiguous, other.ambiguous)
            && keeps(self.letters, other.letters)
    }
}

/// How certain a symbol is, and the most cells that any terminal may take for it.
pub fn of(symbol: &str) -> (Certainty, u16) {
    // The ideographs from U+5000 to U+9FFF, which are most of what is asked about.
    if let [0xe5..=0xe9, _, _] = symbol.as_bytes() {
        return (Certainty::Wide, 2);
    }
    let mut chars = symbol.chars();
    match (chars.next(), chars.next()) {
        (None, _) => (Certainty::Doubtful, 0),
        (Some(ch), None) => of_char(ch),
        _ => (Certainty::Doubtful, symbol.chars().map(|ch| most(ch, both_widths(ch))).sum()),
    }
}

fn of_char(ch: char) -> (Certainty, u16) {
    if matches!(ch, ' '..='~') {
        return (Certainty::Plain, 1);
    }
    if is_wide(ch) {
        return (Certainty::Wide, 2);
    }
    let widths = both_widths(ch);
    let certainty = if is_settled(ch, widths) {
        Certainty::Ambiguous
    } else if is_letter(ch, widths) {
        Certainty::Letter
    } else {
        Certainty::Doubtful
    };
    (certainty, most(ch, widths))
}

/// Whether a symbol begins with something that stands by itself.
pub fn stands_alone(symbol: &str) -> bool {
    symbol.chars().next().is_some_and(|ch| both_widths(ch).0 > 0)
}

/// Han, kana, Hangul syllables, CJK punctuation and full-width forms: wide since the first tables.
const fn is_wide(ch: char) -> bool {
    matches!(ch,
        '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{309b}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}')
}

/// Ambiguous characters whose width is a matter of the terminal's one setting, and narrow ones that go with them:
/// no emoji, no marks, nothing private or new.
const fn is_settled(ch: char, widths: (usize, usize)) -> bool {
    if is_emoji(ch) || ch >= '\u{2600}' && !matches!(ch, '\u{ff61}'..='\u{ff9d}') {
        return false;
    }
    match widths {
        (1, 2) => true,
        (1, 1) => {
            matches!(ch, '\u{a0}' | '\u{2574}'..='\u{257f}' | '\u{25b8}' | '\u{25be}' | '\u{ff61}'..='\u{ff9d}')
        }
        _ => false,
    }
}

/// Latin, Greek and Cyrillic. Many of them are ambiguous by UAX #11, but narrow to `unicode-width`.
const fn is_letter(ch: char, widths: (usize, usize)) -> bool {
    matches!(ch, '\u{aa}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}') && !is_emoji(ch) && matches!(widths, (1, 1))
}

/// Symbols below U+2600 that some terminals draw as pictures (`Emoji` of emoji-data.txt).
const fn is_emoji(ch: char) -> bool {
    matches!(ch,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2194}'..='\u{2199}'
        | '\u{21a9}' | '\u{21aa}' | '\u{231a}' | '\u{231b}' | '\u{2328}' | '\u{23cf}' | '\u{23e9}'..='\u{23fa}'
        | '\u{24c2}' | '\u{25aa}' | '\u{25ab}' | '\u{25b6}' | '\u{25c0}' | '\u{25fb}'..='\u{25fe}')
}

/// The most cells that any terminal may take for a character. Joiners have one in mlterm, jamo in old tables,
/// flag letters two where they are not paired.
fn most(ch: char, (narrow, wide): (usize, usize)) -> u16 {
    let least = match ch {
        ' '..='~'
        | '\u{200d}'
        | '\u{ff9e}'
        | '\u{ff9f}'
        | '\u{1160}'..='\u{11ff}'
        | '\u{d7b0}'..='\u{d7ff}' => 1,
        _ if narrow == 0 => 0,
        _ if is_settled(ch, (narrow, wide)) => 1,
        '\u{80}'..='\u{4ff}'
        | '\u{2100}'..='\u{2bff}'
        | '\u{4dc0}'..='\u{4dff}'
        | '\u{10000}'..='\u{10ffff}' => 2,
        _ => 1,
    };
    if narrow == 0 { least } else { least.max(narrow as u16).max(wide as u16) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_is_as_certain_as_terminals_are_alike() {
        for (symbols, certainty, most) in [
            ("a ~", Certainty::Plain, 1),
            ("质，。あア한（）　〇", Certainty::Wide, 2),
            ("“”‘’—…·─│━▁▇●◆①≠", Certainty::Ambiguous, 2),
            ("╸▸▾ｱ\u{a0}", Certainty::Ambiguous, 1),
            ("éǎйñæЖΩ", Certainty::Letter, 2),
            ("ộ", Certainty::Letter, 1),
            ("☺❤▶★©😀𠀀\u{e000}\u{fffd}\u{1f1e8}", Certainty::Doubtful, 2),
            ("عकก", Certainty::Doubtful, 1),
        ] {
            for symbol in symbols.split("").filter(|symbol| !symbol.is_empty() && *symbol != " ") {
                assert_eq!(of(symbol), (certainty, most), "{symbol:?}");
            }
        }
    }

    #[test]
    fn the_most_cells_of_several_characters_are_the_sum() {
        for (symbol, most) in [
            ("e\u{301}", 1),
            ("❤\u{fe0f}", 2),
            ("👍🏽", 4),
            ("🇨🇳", 4),
            ("👨\u{200d}👩\u{200d}👧", 8),
            ("ｶﾞ", 2),
            ("葛\u{e0100}", 2),
            ("\u{301}", 0),
            ("", 0),
        ] {
            assert_eq!(of(symbol), (Certainty::Doubtful, most), "{symbol:?}");
        }
        assert!(stands_alone("e\u{301}") && !stands_alone("\u{301}") && !stands_alone(""));
    }

    #[test]
    fn no_character_takes_more_cells_than_it_has_bytes() {
        for ch in '\0'..=char::MAX {
            let (certainty, most) = of(ch.encode_utf8(&mut [0; 4]));
            assert!(usize::from(most) <= ch.len_utf8(), "{ch:?}");
            let ideograph = ('\u{5000}'..='\u{9fff}').contains(&ch);
            assert!(!ideograph || (certainty, most) == (Certainty::Wide, 2), "{ch:?}");
        }
    }

    #[test]
    fn trust_covers_what_was_shown() {
        let (none, wide) = (Trust::default(), Trust { wide: true, ..Trust::default() });
        let all = Trust { wide: true, ambiguous: true, letters: true };
        let kinds =
            [Certainty::Plain, Certainty::Wide, Certainty::Ambiguous, Certainty::Letter, Certainty::Doubtful];
        for (trust, covered) in [(none, 1), (wide, 2), (all, 4)] {
            assert_eq!(kinds.map(|kind| trust.covers(kind)), [0, 1, 2, 3, 4].map(|kind| kind < covered));
        }
        assert!(all.includes(wide) && wide.includes(none) && !none.includes(wide) && !wide.includes(all));
    }
}
