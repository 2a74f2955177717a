//! What the terminal is asked at the start, and what its answers mean.
//!
//! A glyph is written at the left of row 2 and the terminal is asked where its cursor stands (CPR): that is how wide it
//! draws it. Row 2, since a report from row 1 may be Shift-F3. A last question that every terminal answers (DA1) marks
//! the end. The glyphs are concealed and erased; the cursor is not saved, as some terminals keep only one saved place,
//! that of the normal screen. In tmux it is tmux that answers, and tmux whose cells count.

use super::decoder::{Decoder, Held, Token, Typed, numbers};
use crate::text::certain::Trust;
use crate::text::habits::Habits;
use crate::text::ruler::Ruler;

/// Glyphs of two cells everywhere: an ideograph, full-width punctuation, Hangul, an emoji.
const WIDE: [&str; 4] = ["中", "，", "한", "👍"];

/// East Asian *ambiguous* ones (UAX #11), of those that text and drawing are made of.
const AMBIGUOUS: [&str; 5] = ["“", "—", "…", "·", "│"];

/// An emoji joined by ZWJ, one with a skin tone, one by VS16 (UTS #51).
const EMOJI: [&str; 3] = ["👨\u{200d}👩\u{200d}👧", "👍🏽", "❤\u{fe0f}"];

/// The row that is asked about.
const ROW: u16 = 2;

/// Cells of the first glyph where its three bytes are taken for three characters.
const BYTES: u16 = 3;

/// What the terminal said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing that can be used.
    Unknown,
    /// It takes the bytes of UTF-8 for characters.
    NotUtf8,
    /// How it draws.
    Found(Found),
}

/// How the terminal draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// What it does where it has a choice.
    pub habits: Habits,
    /// Whether it draws all wide glyphs alike, in two cells.
    pub wide_agrees: bool,
    /// Whether it draws all ambiguous glyphs alike.
    pub ambiguous_agrees: bool,
}

impl Found {
    /// What a ruler measures as this terminal draws it; there no cursor needs to be set right.
    pub fn trust(self, ruler: Ruler) -> Trust {
        let ambiguous = self.ambiguous_agrees && self.habits.ambiguous_wide == ruler.is_wide();
        Trust { wide: self.wide_agrees, ambiguous, letters: ambiguous && !ruler.is_wide() }
    }
}

/// Whether a screen has room for the question: row 2, and an emoji whose members and joiners all take cells.
pub const fn fits(width: u16, height: u16) -> bool {
    width > 9 && height >= ROW
}

/// What is written to ask. It leaves row 2 and the rest of the screen blank.
pub fn question() -> String {
    let mut text = "\x1b[8m".to_owned();
    for glyph in glyphs() {
        text.push_str("\x1b[2;1H");
        text.push_str(glyph);
        text.push_str("\x1b[6n");
    }
    text.push_str("\x1b[0m\x1b[1;1H\x1b[J\x1b[c");
    text
}

fn glyphs() -> impl Iterator<Item = &'static str> {
    WIDE.into_iter().chain(AMBIGUOUS).chain(EMOJI)
}

/// Takes what comes from the terminal while the question is out, at any cut.
#[derive(Debug, Default)]
pub struct Replies {
    decoder: Decoder,
    columns: Vec<u16>,
    ended: bool,
}

impl Replies {
    /// Takes a byte; says what was typed, if that is complete.
    pub fn feed(&mut self, byte: u8) -> Option<Typed> {
        let token = self.decoder.feed(byte)?;
        self.sort(token)
    }

    /// Nothing has come for a while.
    pub fn pause(&mut self) -> Option<Typed> {
        let token = self.decoder.pause()?;
        self.sort(token)
    }

    /// Whether the last answer has come.
    pub const fn is_ended(&self) -> bool {
        self.ended
    }

    /// What is held back.
    pub const fn held(&self) -> Held {
        self.decoder.held()
    }

    /// What is known by now.
    pub fn outcome(&self) -> Outcome {
        let widths: Vec<_> = self.columns.iter().map(|column| column.saturating_sub(1)).collect();
        // Bytes of the further glyphs are controls there, so that their answers may be missing.
        if widths.first() == Some(&BYTES) {
            return Outcome::NotUtf8;
        }
        let Some((wide, rest)) = widths.split_first_chunk() else { return Outcome::Unknown };
        let Some((ambiguous, emoji)) = rest.split_first_chunk() else { return Outcome::Unknown };
        match emoji.try_into() {
            Ok(emoji) => judge(*wide, *ambiguous, emoji),
            Err(_) => Outcome::Unknown,
        }
    }

    /// A typed thing is handed on, an answer is kept.
    fn sort(&mut self, token: Token) -> Option<Typed> {
        match token {
            Token::Typed(typed) => return Some(typed),
            Token::Control(body, b'R') => {
                let place = numbers(&body);
                if let &[ROW, column] = place.as_slice()
                    && self.columns.len() <= glyphs().count()
                {
                    self.columns.push(column);
                }
            }
            Token::Control(body, b'c') => self.ended |= body.starts_with(b"?"),
            Token::Control(..) => {}
        }
        None
    }
}

fn judge(
    wide: [u16; WIDE.len()],
    ambiguous: [u16; AMBIGUOUS.len()],
    [family, toned, presented]: [u16; EMOJI.len()],
) -> Outcome {
    if !matches!(wide[0], 1 | 2) {
        return Outcome::Unknown;
    }
    let habits = Habits {
        // Room for two is safe where some take one: nothing is covered.
        ambiguous_wide: ambiguous.contains(&2),
        joins: family == 2,
        tones: toned == 2,
        presents: presented == 2,
    };
    let alike = ambiguous.iter().all(|&cells| cells == ambiguous[0]);
    Outcome::Found(Found {
        habits,
        wide_agrees: wide.iter().all(|&cells| cells == 2),
        ambiguous_agrees: alike && matches!(ambiguous[0], 1 | 2),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    const END: &str = "\x1b[?62;22c";

    /// The answers of a terminal that draws the glyphs in so many cells.
    fn answers(widths: &[u16]) -> String {
        let answers: Vec<_> = widths.iter().map(|cells| format!("\x1b[2;{}R", cells + 1)).collect();
        answers.concat()
    }

    fn typed(replies: &mut Replies, bytes: &[u8]) -> String {
        let mut out = String::new();
        for &byte in bytes {
            match replies.feed(byte) {
                Some(Typed::Key(key)) => out.push_str(&key.to_string()),
                Some(other) => write!(out, "{other:?}").unwrap(),
                None => {}
            }
        }
        out
    }

    fn outcome(text: &str) -> (Outcome, bool, String) {
        let mut replies = Replies::default();
        let typed = typed(&mut replies, text.as_bytes());
        (replies.outcome(), replies.is_ended(), typed)
    }

    const fn found(ambiguous_wide: bool, emoji: bool, agreed: (bool, bool)) -> Outcome {
        let habits = Habits { ambiguous_wide, joins: emoji, tones: emoji, presents: emoji };
        Outcome::Found(Found { habits, wide_agrees: agreed.0, ambiguous_agrees: agreed.1 })
    }

    #[test]
    fn widths_are_habits() {
        for (widths, expected) in [
            // kitty's, xterm's, xterm -cjk_width's, VS Code's with the old tables
            ([2, 2, 2, 2, 1, 1, 1, 1, 1, 2, 2, 2], found(false, true, (true, true))),
            ([2, 2, 2, 2, 1, 1, 1, 1, 1, 6, 4, 1], found(false, false, (true, true))),
            ([2, 2, 2, 2, 2, 2, 2, 2, 2, 8, 4, 1], found(true, false, (true, true))),
            ([2, 2, 2, 1, 1, 1, 1, 1, 1, 3, 3, 1], found(false, false, (false, true))),
            // not all alike
            ([2, 2, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2], found(true, true, (true, false))),
            ([2, 2, 2, 2, 1, 2, 1, 1, 1, 2, 2, 2], found(true, true, (true, false))),
            ([2, 2, 2, 2, 0, 0, 0, 0, 0, 2, 2, 2], found(false, true, (true, false))),
            ([1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2], found(false, true, (false, true))),
            // xterm +u8
            ([3, 2, 3, 4, 1, 1, 1, 2, 3, 9, 8, 5], Outcome::NotUtf8),
            ([0; 12], Outcome::Unknown),
            ([7; 12], Outcome::Unknown),
        ] {
            let text = answers(&widths) + END;
            assert_eq!(outcome(&text), (expected, true, String::new()), "{widths:?}");
        }
    }

    const WIDTHS: [u16; 12] = [2, 2, 2, 2, 2, 2, 2, 2, 2, 6, 4, 1];

    fn whole() -> String {
        answers(&WIDTHS) + END
    }

    #[test]
    fn the_question_asks_for_every_glyph_and_for_the_end() {
        let text = question();
        assert_eq!((text.matches("\x1b[2;1H").count(), text.matches("\x1b[6n").count()), (12, 12));
        assert!(text.ends_with("\x1b[0m\x1b[1;1H\x1b[J\x1b[c"));
        assert_eq!(outcome(&whole()).0, found(true, false, (true, true)));
    }

    #[test]
    fn what_is_typed_between_the_answers_is_kept_in_order() {
        let text = whole();
        let pieces: Vec<_> = text.split_inclusive(['R', 'c']).collect();
        for typing in ["j", "质", "gg", "\x1b[B", "\x1b[1;2R", "\r", "\x1b[<0;1;1M", "\x1b[200~q\x1b[201~"] {
            let mut alone = Replies::default();
            let expected = typed(&mut alone, typing.as_bytes()).repeat(pieces.len());
            let mixed = pieces.iter().fold(String::new(), |mixed, piece| mixed + typing + piece);
            assert_eq!(outcome(&mixed), (found(true, false, (true, true)), true, expected), "{typing:?}");
        }
    }

    #[test]
    fn a_cut_at_any_place_breaks_nothing() {
        let text = whole();
        for cut in 0..=text.len() {
            let mut replies = Replies::default();
            let (before, after) = text.as_bytes().split_at(cut);
            assert_eq!(typed(&mut replies, before), "");
            let held = match before.last() {
                None | Some(b'R' | b'c') => Held::Nothing,
                Some(0x1b) => Held::Escape,
                Some(_) => Held::Sequence,
            };
            assert_eq!(replies.held(), held);
            assert_eq!(typed(&mut replies, after), "", "cut at {cut}");
            assert_eq!(replies.outcome(), found(true, false, (true, true)));
        }
    }

    #[test]
    fn answers_that_do_not_add_up_are_no_answers() {
        let all = answers(&WIDTHS);
        let few = answers(&WIDTHS[1..]);
        for text in [
            String::new(),
            END.to_owned(),
            few + END,
            all.clone() + "\x1b[2;3R" + END,
            all.clone() + &all + &all + END,
            all.replace("\x1b[2;", "\x1b[1;") + END,
            all.replace("\x1b[2;", "\x1b[3;") + END,
            all.replace("\x1b[2;", "\x1b[?2;") + END,
            all.replace("\x1b[", "\x1b]") + END,
            all.replace("\x1b[2;", "\x1b[99999999999999999999;") + END,
        ] {
            assert_eq!(outcome(&text).0, Outcome::Unknown, "{text:?}");
        }
    }

    #[test]
    fn a_terminal_without_utf_8_is_known_by_its_first_answer() {
        assert_eq!(outcome("\x1b[2;4R"), (Outcome::NotUtf8, false, String::new()));
        assert_eq!(outcome("\x1b[2;4R\x1b[2;2R\x1b[1;7R").0, Outcome::NotUtf8);
    }

    #[test]
    fn other_answers_are_no_end() {
        for text in ["\x1b[>1;2;3c", "\x1b[c", "\x1b[62;1c", "\x1b[?1u", "\x1b[?2026;2$y", "\x1b[0n"] {
            assert_eq!(outcome(text), (Outcome::Unknown, false, String::new()), "{text:?}");
        }
    }

    #[test]
    fn answers_in_eight_bits_are_answers() {
        let bytes = whole().replace("\x1b[", "\x01").into_bytes();
        let bytes: Vec<_> = bytes.into_iter().map(|byte| if byte == 1 { 0x9b } else { byte }).collect();
        let mut replies = Replies::default();
        assert_eq!(typed(&mut replies, &bytes), "");
        assert_eq!((replies.outcome(), replies.is_ended()), (found(true, false, (true, true)), true));
    }

    #[test]
    fn a_ruler_of_the_users_own_choice_does_not_agree() {
        let Outcome::Found(wide) = outcome(&whole()).0 else { panic!("a wide terminal") };
        let trust = |ambiguous, letters| Trust { wide: true, ambiguous, letters };
        assert_eq!(wide.trust(Ruler::new(true)), trust(true, false));
        assert_eq!(wide.trust(Ruler::new(false)), trust(false, false));
        let mixed = Found { ambiguous_agrees: false, ..wide };
        assert_eq!(mixed.trust(Ruler::new(true)), trust(false, false));
    }
}
