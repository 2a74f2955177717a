//! `SubRip` subtitles (no standard; the format of `SubRip` 1.50 and of what has been written for its readers since): a number, a
//! line of times, lines of words, a blank line. Read as leniently as any player does: numbers and blank lines may be missing.

use super::clock;
use super::markup;
use super::stanzas::Stanzas;
use crate::format::by_line::{ByLine, Line, Rewritten};
use crate::format::head::Head;
use crate::format::parser::{Parser, Wire};
use crate::transcript::{Draft, Remark};

/// The format.
#[derive(Debug, Default)]
pub struct Srt {
    stanzas: Stanzas,
}

impl Wire for Srt {
    fn score(head: &Head) -> u8 {
        if head.text.starts_with("WEBVTT") {
            return 0;
        }
        let mut lines = head.lines().take(200);
        // A little may stand before the first cue.
        let before = lines.by_ref().take(8).take_while(|line| clock::range(line).is_none());
        let before: Vec<_> = before.collect();
        let is_first = before.iter().all(|line| line.bytes().all(|byte| byte.is_ascii_digit()));
        let is_there = before.len() < 8 && head.lines().nth(before.len()).is_some();
        let more = lines.any(|line| clock::range(line).is_some());
        // Meetings of Teams have neither numbers nor two digits.
        let is_bare = before.is_empty() && head.lines().next().is_some_and(|line| !has_pairs(line));
        match (is_there, is_first, more) {
            (false, ..) => 0,
            _ if is_bare => 60,
            (true, true, true) => 95,
            (true, true, false) => 85,
            (true, false, true) => 80,
            (true, false, false) => 35,
        }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Rewritten<Self>>::default()
    }
}

/// Whether the minutes of the first time in a line are two digits.
fn has_pairs(line: &str) -> bool {
    line.split(':').nth(1).is_some_and(|minutes| minutes.len() == 2)
}

impl ByLine for Srt {
    fn line(&mut self, line: &Line, out: &mut Draft) {
        match clock::range(line.text) {
            Some((start, end, _)) => {
                // Hours and three digits are asked for, but what has fewer is as plain.
                if end.ms < start.ms {
                    out.remarks.note(Remark::LooseTime, line.number);
                }
                self.stanzas.times((start, end), line.number, out);
            }
            None => self.stanzas.words(line.text, markup::plain, line.number, out),
        }
    }

    fn finish(&mut self, out: &mut Draft) {
        self.stanzas.finish(out);
    }
}

#[cfg(test)]
mod tests {
    use super::super::told::{read, told};
    use super::*;

    #[test]
    fn cues_are_read_however_they_are_written() {
        for (text, expected) in [
            (
                "1\n00:00:01,000 --> 00:00:02,000\n一\n二\n\n2\n00:00:03,000 --> 00:00:04,000\n三\n",
                &["1000-2000 |一\n二", "3000-4000 |三"][..],
            ),
            // Neither numbers nor blank lines, and three kinds of line ends.
            ("00:01.5 --> 00:02.5\r一\r\n00:03 --> 00:04\n二", &["1500-2500 |一", "3000-4000 |二"]),
            // A number within a cue, and one that is the whole of it.
            ("1\n00:01 --> 00:02\n42\n\n2\n00:03 --> 00:04\n7\nx\n", &["1000-2000 |42", "3000-4000 |7 x"]),
            ("00:01 --> 00:02\n1984\n\n00:03 --> 00:04\nx", &["1000-2000 |1984", "3000-4000 |x"]),
            // Blank lines within.
            ("1\n00:01 --> 00:02\na\n\n\nb\n\n2\n00:03 --> 00:04\nc", &["1000-2000 |a b", "3000-4000 |c"]),
            ("1\n00:01 --> 00:02 X1:10 X2:20\n<i>a</i> {\\an8}&amp;\n", &["1000-2000 |a &"]),
            ("1\n00:02 --> 00:01\na\n", &["2000- |a"]),
            ("1\n00:01 --> 00:02\n\n2\n00:03 --> 00:04\n[rain]\n", &["*3000-4000 |[rain]"]),
            ("x\n", &[]),
            ("", &[]),
        ] {
            assert_eq!(told::<Srt>(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_stands_before_the_first_cue_is_noted() {
        let (_, remarks) = read::<Srt>("Made by hand\n1\n00:01 --> 00:02\na\n");
        assert_eq!(remarks.iter().next(), Some((Remark::Skipped, 1, 1)));
    }

    #[test]
    fn it_is_told_by_its_arrows() {
        for (text, expected) in [
            ("1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:03,000 --> 00:00:04,000\nb", 95),
            ("1\n00:00:01,000 --> 00:00:02,000\na", 85),
            ("A b --> c\n1 --> 2 apples", 0),
            ("WEBVTT\n\n00:01.000 --> 00:02.000\na", 0),
            ("1\n2\n3", 0),
            ("", 0),
        ] {
            assert_eq!(Srt::score(&Head::new(text)), expected, "{text:?}");
        }
    }
}
