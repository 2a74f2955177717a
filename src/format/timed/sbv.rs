//! SBV, subtitles of `YouTube` (support.google.com/youtube, "Supported subtitle and closed caption files"): a line with both times,
//! `0:00:00.599,0:00:04.160`, lines of words, a blank line.

use super::clock::{self, Time};
use super::entities::decoded;
use super::stanzas::Stanzas;
use crate::format::by_line::{ByLine, Line, Rewritten};
use crate::format::head::Head;
use crate::format::parser::{Parser, Wire};
use crate::transcript::Draft;

/// The format.
#[derive(Debug, Default)]
pub struct Sbv {
    stanzas: Stanzas,
}

impl Wire for Sbv {
    fn score(head: &Head) -> u8 {
        let mut lines = head.lines().take(200);
        if lines.next().is_none_or(|line| range(line).is_none()) {
            return 0;
        }
        if lines.any(|line| range(line).is_some()) { 95 } else { 85 }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Rewritten<Self>>::default()
    }
}

/// Both times of a line, each with hours and a point.
fn range(line: &str) -> Option<(Time, Time)> {
    let (from, to) = line.trim().split_once(',')?;
    let whole = |text: &str| {
        let (time, rest) = clock::time(text)?;
        let is_full = text.matches(':').count() == 2 && text.contains('.') && rest.is_empty();
        is_full.then_some(time)
    };
    Some((whole(from)?, whole(to)?))
}

fn plain(text: &str) -> String {
    decoded(&text.replace("[br]", "\n")).into_owned()
}

impl ByLine for Sbv {
    fn line(&mut self, line: &Line, out: &mut Draft) {
        match range(line.text) {
            Some(times) => self.stanzas.times(times, line.number, out),
            None => self.stanzas.words(line.text, plain, line.number, out),
        }
    }

    fn finish(&mut self, out: &mut Draft) {
        self.stanzas.finish(out);
    }
}

#[cfg(test)]
mod tests {
    use super::super::told::told;
    use super::*;

    #[test]
    fn cues_have_both_times_in_a_line() {
        let text = "0:00:00.599,0:00:04.160\n>> ANN: One\ntwo\n\n0:00:04.160,0:00:06.770\n三[br]四\n\n1:00:06.770,1:00:10.880\n>> ANN: &gt; 5\n";
        let expected = ["599-4160 ANN|One two", "4160-6770 |三\n四", "3606770-3610880 ANN|> 5"];
        assert_eq!(told::<Sbv>(text), expected);
        assert_eq!(Sbv::score(&Head::new(text)), 95);
        for other in ["0:00:00.599,0:00:04.160 x", "1,2\n3,4", "00:00:01,000 --> 00:00:02,000", ""] {
            assert_eq!(Sbv::score(&Head::new(other)), 0, "{other}");
        }
    }
}
